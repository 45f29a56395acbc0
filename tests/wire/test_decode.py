# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest

from tamizdat.wire.decode import decode
from tamizdat.wire.errors import (
    BinaryDataError,
    BrokenUtf8Error,
    EmptyFileError,
    UnknownEncodingError,
)

RUSSIAN = "Совет сообщил, что откроет новый мост для всех деревень."


def test_mark_comes_first():
    decoded = decode(b"\xff\xfe" + RUSSIAN.encode("utf-16-le"), "f")

    assert (RUSSIAN, "utf-16-le", "bom") == (
        decoded.text,
        decoded.encoding,
        decoded.by,
    )


def test_utf8_wins_over_a_false_declaration():
    decoded = decode(f"charset=iso-8859-1\n{RUSSIAN}".encode(), "f")

    assert decoded.by == "utf-8"
    assert RUSSIAN in decoded.text


def test_declaration_is_followed_where_utf8_fails():
    decoded = decode(f"charset=windows-1251\n{RUSSIAN}".encode("cp1251"), "f")

    assert (decoded.encoding, decoded.by) == ("cp1251", "declared")
    assert RUSSIAN in decoded.text


def test_codecs_that_are_no_encodings_are_not_followed():
    decoded = decode(f"charset=unicode_escape\n{RUSSIAN}".encode("cp1251"), "f")

    assert decoded.by == "evidence"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_old_encoding_is_told_by_known_words(encoding):
    decoded = decode(RUSSIAN.encode(encoding), "f")

    assert RUSSIAN == decoded.text
    assert (encoding, "evidence") == (decoded.encoding, decoded.by)


def test_western_quotes_are_read_as_windows_1252():
    text = "The café owner said that it’s not the end of the world."

    assert text == decode(text.encode("cp1252"), "f").text


def test_controls_and_mixed_line_ends_are_evened_out():
    assert decode(b"a\r\nb\rc\x7fd\x0b", "f").text == "a\nb\ncd\n"


def test_lost_characters_are_counted():
    decoded = decode("it\ufffds".encode(), "f")

    assert (decoded.text, decoded.damaged) == ("it?s", 1)


@pytest.mark.parametrize(
    ("data", "error", "place"),
    [
        (b"", EmptyFileError, "the whole file"),
        (b" \n\t ", EmptyFileError, "the whole file"),
        (b"\x89PNG\r\n\x1a\n\x00", BinaryDataError, "byte 6"),
        (RUSSIAN.encode() + b"\xd0", BrokenUtf8Error, "byte 102"),
        (b"\xb5\xb5 \xb5\xb5", UnknownEncodingError, "byte 0"),
    ],
)
def test_refusal_names_the_place(data, error, place):
    with pytest.raises(error) as caught:
        decode(data, "f.txt")

    assert caught.value.file == "f.txt"
    assert place == caught.value.place
