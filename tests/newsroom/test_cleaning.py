"""Sounds and documents as they leave the newsroom: nothing of who made them, or where.

The samples are a tone of two seconds and a page, with a name, a place and remarks
planted into every field that their formats have for such things.
"""

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from newsroom import papers, planted
from tamizdat.newsroom.cleaning import MAX_BYTES, clean_file
from tamizdat.newsroom.cleaning.pdf import streams
from tamizdat.newsroom.errors import AttachmentError

SAMPLES = Path(__file__).parent / "samples"
PLANTED = b"PLANTED"


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _id3(body: bytes) -> bytes:
    size = len(body)
    coded = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + coded + body


def _ape(text: bytes) -> bytes:
    return (
        b"APETAGEX" + struct.pack("<4I", 2000, len(text) + 32, 1, 0) + bytes(8) + text
    )


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("tone.mp3", "audio/mpeg"),
        ("tone.m4a", "audio/mp4"),
        ("tone.ogg", "audio/ogg"),
        ("tone.opus", "audio/ogg"),
    ],
)
def test_sound_keeps_its_length_and_nothing_planted(name: str, type_: str) -> None:
    """Title, name and place are gone; it is cleaned once and for all.

    What an encoder leaves inside the sound, its own name, is no tag and stays.
    """
    data = _sample(name)
    assert PLANTED in data

    cleaned = clean_file("audio", data)

    assert (type_, 2) == (cleaned.type, cleaned.seconds)
    for trace in (PLANTED, b"+53.9", b"Lavf"):
        assert trace not in cleaned.data
    assert len(cleaned.data) > len(data) * 0.9
    assert cleaned == clean_file("audio", cleaned.data)


def test_tags_before_between_and_after_frames_go() -> None:
    """An MP3 put together from several, as radios do, has tags in its middle."""
    once = clean_file("audio", _sample("tone.mp3")).data
    spoiled = b"".join(
        [
            *(_id3(b"PLANTED" * 9), once, _id3(b"PLANTED"), bytes(40), once),
            *(_ape(b"PLANTED"), b"LYRICSBEGINPLANTEDLYRICS200"),
            b"TAG" + PLANTED.ljust(125),
        ]
    )

    cleaned = clean_file("audio", spoiled)

    assert PLANTED not in cleaned.data
    assert 4 == cleaned.seconds
    assert len(once) * 2 == len(cleaned.data)


def test_unknown_bytes_between_frames_refuse_an_mp3() -> None:
    """What is not understood is not passed through."""
    once = clean_file("audio", _sample("tone.mp3")).data

    with pytest.raises(AttachmentError, match="more than sound, at byte"):
        clean_file("audio", once + b"53.9022 27.5618" + once)


def test_video_is_no_sound() -> None:
    """A video's picture could show anything: it is refused, not stripped."""
    with pytest.raises(AttachmentError, match="holds a video"):
        clean_file("audio", _sample("video.mp4"))


@pytest.mark.parametrize("name", ["tone.ogg", "tone.opus"])
def test_sound_joined_to_another_is_refused(name: str) -> None:
    """The comment of the second would stay. RFC 3533, 4: a chained stream."""
    with pytest.raises(AttachmentError, match="more than one"):
        clean_file("audio", _sample(name) * 2)


def test_checksums_of_ogg_pages_are_right() -> None:
    """Players refuse a page whose checksum is not that of its bytes."""
    data = clean_file("audio", _sample("tone.ogg")).data
    pages = [match.start() for match in re.finditer(b"OggS\0", data)]
    for start, end in zip(pages, [*pages[1:], len(data)], strict=True):
        page = bytearray(data[start:end])
        said = int.from_bytes(page[22:26], "little")
        page[22:26] = bytes(4)
        assert said == _slow_crc(bytes(page))


def _slow_crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def test_pdf_keeps_page_and_web_links_alone() -> None:
    """Properties, XMP, remarks, script, attached file and a photo's EXIF are gone."""
    data = _sample("paper.pdf")
    assert data.count(PLANTED) > 8

    cleaned = clean_file("document", data)

    reader = PdfReader(io.BytesIO(cleaned.data))
    assert ("application/pdf", 1) == (cleaned.type, len(reader.pages))
    assert reader.metadata is None
    assert PLANTED not in cleaned.data
    assert not any(PLANTED in text for text in papers.inflated(cleaned.data))
    (link,) = reader.pages[0]["/Annots"]
    assert "https://kept.example/" == link.get_object()["/A"]["/URI"]
    (picture,) = reader.pages[0].images
    assert (300, 200) == picture.image.size
    assert not picture.image.getexif()


def test_pdf_keeps_what_draws_and_nothing_that_tells() -> None:
    """Between scans, behind a photo, in the text, under names that nobody knows."""
    data = papers.paper()
    assert data.count(planted.TEXT) > 9

    cleaned = clean_file("document", data)

    inflated = papers.inflated(cleaned.data)
    assert not [x for x in planted.TRACES if any(x in text for text in inflated)]
    page = PdfReader(io.BytesIO(cleaned.data)).pages[0]
    assert [(64, 48)] * 3 == [one.image.size for one in page.images]
    drawn = [operator for _operands, operator in page.get_contents().operations]
    assert [b"q", b"cm", b"Do", b"Q"] * 3 == drawn


def test_pdf_with_a_layer_that_is_off_is_refused() -> None:
    """Cleaned, it would be seen; and who looks at the bytes sees it anyway."""
    assert clean_file("document", papers.layered(hidden=False))
    with pytest.raises(AttachmentError, match="layers that are not shown"):
        clean_file("document", papers.layered(hidden=True))


def test_remarks_in_a_scan_go() -> None:
    """A segment of JBIG2 that draws stays; one of kind 62 is a remark. T.88, 7.2."""
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 3) + b"abc"
    remark = struct.pack(">IBBBI", 1, 62, 0, 1, len(PLANTED)) + PLANTED
    wide = struct.pack(">IBBBII", 2, 0x40 | 38, 0x20, 0, 1, 2) + b"de"
    assert page + wide == b"".join(streams.segments(page + remark + wide))
    with pytest.raises(AttachmentError, match="damaged"):
        list(streams.segments(page[:-1]))


def test_csv_is_told_from_text_by_its_ending() -> None:
    """Both must be UTF-8; a byte order mark goes."""
    assert "text/csv" == clean_file("document", b"a,b\n", "Table.CSV").type
    text = clean_file("document", "\ufeffшя\n".encode(), "notes")
    assert ("text/plain", "шя\n".encode()) == (text.type, text.data)


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("audio", b"", "empty"),
        ("audio", b"RIFF....WAVE", "expected one of MP3"),
        ("audio", b"OggS" + bytes(40), "Ogg"),
        ("document", b"PK\x03\x04\xff", "expected one of PDF"),
        ("document", b"text\0", "expected one of PDF"),
        ("document", b"%PDF-1.7\nnothing", "damaged"),
        ("document", bytes(MAX_BYTES + 1), "at most 64 MiB"),
        ("audio", _cut(_sample("tone.m4a")), "damaged"),
        ("audio", _cut(_sample("tone.ogg")), "cut off"),
        ("document", _cut(_sample("paper.pdf")), "damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind: str, data: bytes, said: str) -> None:
    """One line of fact each."""
    with pytest.raises(AttachmentError, match=said):
        clean_file(kind, data)


@pytest.mark.parametrize("name", ["tone.mp3", "tone.m4a", "tone.ogg", "paper.pdf"])
def test_any_damage_is_refused_or_cleaned(name: str) -> None:
    """Bytes changed at random raise nothing but the error of this room."""
    data, kind = _sample(name), "document" if name.endswith("pdf") else "audio"
    for seed in range(60):
        spoiled = bytearray(data)
        at = zlib.crc32(bytes([seed])) % min(len(data), 3000)
        spoiled[at : at + 4] = struct.pack(">I", zlib.crc32(bytes([seed, 1])))
        try:
            clean_file(kind, bytes(spoiled))
        except AttachmentError as error:
            assert str(error)  # noqa: PT017 (either end is right)
