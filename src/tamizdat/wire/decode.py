"""Turn the bytes of a file into text, and tell how the encoding was found.

Decides in this order: byte order mark, strict UTF-8, the declaration inside
the text, evidence among the old single-byte encodings. A declaration comes
after UTF-8 because wires declare latin-1 and send UTF-8. Nothing is decoded
with replacement characters: what does not decode is refused.
"""

import codecs
import re
from dataclasses import dataclass

from tamizdat.wire.errors import (
    BinaryDataError,
    BrokenUtf8Error,
    EmptyFileError,
    UnknownEncodingError,
)
from tamizdat.wire.language import known_words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,30})")
_DECLARED_WITHIN = 2048  # bytes; a declaration stands at the top
# Python codecs that are no encodings of text (escapes, archives) are not allowed.
_ALLOWED = re.compile(r"cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|kz1048|ptcp154")
_OLD = ("cp1252", "cp1251", "cp1250", "cp1256", "koi8-r", "koi8-u", "cp866")
_MIXED = re.compile("[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
# Controls that no text file has; wires keep their own, and are another family.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_GOOD_PER_BROKEN = 8  # so many sound sequences for each damaged one mean UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a file's text.

    Attributes:
        text: line ends are single line feeds, no control character but tab.
        encoding: Python's name of it.
        by: "bom", "utf-8", "declared" or "evidence".
        damaged: places where the sender had already lost a character.
    """

    text: str
    encoding: str
    by: str
    damaged: int


def decode(data: bytes, file: str) -> Decoded:
    """Turn `data` into text.

    Raises:
        EmptyFileError: there is nothing but white space.
        BinaryDataError: the bytes hold controls that no text has.
        BrokenUtf8Error: UTF-8 with a few damaged sequences.
        UnknownEncodingError: no encoding yields known words.
    """
    if not data:
        raise EmptyFileError(file, 0)
    text, encoding, by = _decode(data, file)
    plain = _tidied(text)
    if not plain.strip():
        raise EmptyFileError(file, len(data))
    damaged = plain.count(_REPLACEMENT)
    return Decoded(plain.replace(_REPLACEMENT, "?"), encoding, by, damaged)


def _decode(data: bytes, file: str) -> tuple[str, str, str]:
    marked = _by_mark(data)
    if marked is not None:
        return marked
    binary = _BINARY.search(data)
    if binary is not None:
        raise BinaryDataError(file, binary.start(), data[binary.start()])
    try:
        return data.decode("utf-8"), "utf-8", "utf-8"
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error, file)
        return _by_declaration(data) or _by_evidence(data, error.start, file)


def _by_mark(data: bytes) -> tuple[str, str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, "bom"
            except UnicodeDecodeError:
                return None
    return None


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> None:
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_REPLACEMENT)
    sound = sum(1 for letter in text if letter > "\x7f") - broken
    if sound >= _GOOD_PER_BROKEN * broken:
        raise BrokenUtf8Error(file, error.start, data[error.start]) from error


def _by_declaration(data: bytes) -> tuple[str, str, str] | None:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared is None:
        return None
    try:
        encoding = codecs.lookup(declared[1].decode("ascii")).name
        if not _ALLOWED.fullmatch(encoding):
            return None
        return data.decode(encoding), encoding, "declared"
    except (LookupError, UnicodeError):
        return None


def _by_evidence(data: bytes, offset: int, file: str) -> tuple[str, str, str]:
    texts = [(text, name) for name in _OLD if (text := _strictly(data, name))]
    sense = [known_words(text) - len(_MIXED.findall(text)) for text, _ in texts]
    if max(sense, default=0) <= 0:
        raise UnknownEncodingError(file, offset, data[offset])
    text, encoding = texts[sense.index(max(sense))]
    return text, encoding, "evidence"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if re.search("[\x80-\x9f]", text) else text


def _tidied(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub("[\u2028\u2029\x85\x0c\x0b]", "\n", lines)
    return _CONTROLS.sub("", lines)
