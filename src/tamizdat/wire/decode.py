"""Turn the bytes of a file into text, and tell how the encoding was found.

A wire item cannot be sent again, so nearly nothing is refused: a truncated end is cut,
single bytes of cp1252 inside UTF-8 are read as what they are, and letters that are lost
become "?", each with a warning. The order of trust: byte order mark, strict UTF-8, the
declaration, evidence; ISO 2022 is told by its escapes before UTF-8, in which it would
be sound and no words. A declaration comes after UTF-8 because wires declare latin-1 and
send UTF-8. Before all but a mark comes the encoding that a person or a source chose.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from tamizdat.wire.copy_evidence import (
    candidates,
    cost_of,
    likely,
    makes_words,
    sample,
    strictly,
)
from tamizdat.wire.doubled import read_back
from tamizdat.wire.errors import EmptyFileError
from tamizdat.wire.receipt import ReceiptWriter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    *((letter + b"\x00", "utf-16-le") for letter in (b"<", b"{", b"[")),
    *((b"\x00" + letter, "utf-16-be") for letter in (b"<", b"{", b"[")),
)
# By which ISO 2022 goes over to its wide letters.
_ESCAPES = (
    (b"\x1b$B", "iso2022_jp_2"),
    (b"\x1b$@", "iso2022_jp_2"),
    (b"\x1b$)C", "iso2022_kr"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE
)
# One byte beyond ASCII between two of ASCII.
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_DECLARED_WITHIN = 2048  # bytes; a declaration stands at the top
# Python codecs that are no encodings of text (escapes, archives) are not allowed.
_ALLOWED = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|kz1048|ptcp154|tis-620"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|cp932|euc_jp|euc_kr|iso2022_jp"
)
# Declared as Latin-1, sent as its Windows sister: so has every browser read it.
_SISTERS = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_SISTERS |= {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ascii": "cp1252",
}
DOUBTED = "encoding in doubt"  # so begins the warning of a receipt
_LOST = "\ufffd"
_GOOD_PER_BROKEN = 2  # so many sound sequences for each damaged one mean UTF-8
# By how many nats another encoding must be likelier to gainsay a declaration, and one
# of Latin-1, which many programs declare that know nothing.
_CLEARLY, _CLEARLY_VAGUE = 12.0, 6.0
# First bytes of what stands in UTF-16: ASCII and Latin, Greek, Cyrillic, Armenian and
# Hebrew, Arabic, Georgian, signs of print.
_SCRIPTS_16 = (0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x10, 0x20)
_HALVES, _LEAST_HALVES, _NEARLY_ALL = 2_000, 20, 0.97
_CHOSEN: ContextVar[str | None] = ContextVar("chosen encoding", default=None)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_TELETYPE = re.compile("[\x00\x05-\x08\x0b\x0e-\x10\x14\x15\x17-\x1b\x7f-\x9f\ufeff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a file's text.

    Attributes:
        text: line ends are single line feeds, no control character but tab.
        encoding: Python's name of it.
        by: "bom", "chosen", "utf-8", "declared" or "evidence".
        damaged: places where the sender had already lost a character.
        told: False where the encoding was guessed and no known word speaks for it.
    """

    text: str
    encoding: str
    by: str
    damaged: int
    told: bool = True


def known_encoding(name: str) -> str | None:
    """Find Python's name of an encoding that copy may be in; None of any other."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _SISTERS.get(found, found)
    wide = found == "utf-8" or found.startswith("utf-16-")
    return found if wide or _ALLOWED.fullmatch(found) else None


@contextmanager
def reading_in(encoding: str | None) -> Iterator[None]:
    """Read every file in an encoding that was chosen for it, as long as this holds.

    Args:
        encoding: as `known_encoding` names it; None to tell it by the bytes.
    """
    before = _CHOSEN.set(encoding)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def decode(
    data: bytes, file: str, receipt: ReceiptWriter, *, teletype: bool = False
) -> Decoded:
    """Turn the bytes of a file into text.

    Args:
        data: the whole file.
        file: its name, for messages.
        receipt: gets a warning for what was repaired or lost.
        teletype: keep the controls by which teletypes part their copy.

    Raises:
        EmptyFileError: there is nothing but white space and controls.
    """
    text, encoding, by = _decoded(data, receipt)
    text = read_back(text, receipt) if encoding.startswith("utf-") else text
    controls = _CONTROLS.findall(text)
    plain = (_TELETYPE if teletype else _CONTROLS).sub("", _lines(text))
    if not plain.strip() or not _CONTROLS.sub("", plain).strip():
        raise EmptyFileError(file, len(data))
    damaged = plain.count(_LOST)
    if damaged:
        receipt.warn(f"{damaged} characters were already lost: now '?'")
    if controls and not teletype:
        receipt.warn(f"{len(controls)} control characters dropped")
    guess = by == "evidence" and not encoding.startswith(("utf-", "iso2022"))
    told = not guess or makes_words(candidates(data)[0])
    return Decoded(plain.replace(_LOST, "?"), encoding, by, damaged, told)


def head_of(data: bytes, length: int) -> str:
    """Read the beginning of a file well enough to tell its family."""
    head = data[:length]
    for mark, encoding in (*_MARKS, *_UNMARKED):
        if head.startswith(mark):
            start = 0 if (mark, encoding) in _UNMARKED else len(mark)
            return head[start:].decode(encoding, "replace")
    return head.decode("latin-1")


def _lines(text: str) -> str:
    lines = re.sub("\r+\n|\r", "\n", text)
    return re.sub("[\u2028\u2029\x85\x0b\x0c]", "\n", lines)


def _decoded(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str]:
    return (
        _by_mark(data)
        or _as_chosen(data, receipt)
        or by_halves(data)
        or _by_escapes(data)
        or _as_utf8(data, receipt)
        or _by_declaration(data, receipt)
        or _by_evidence(data, receipt)
    )


def _by_mark(data: bytes) -> tuple[str, str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and encoding != "utf-8":
            return data[len(mark) :].decode(encoding, "replace"), encoding, "bom"
    for mark, encoding in _UNMARKED:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding, "evidence"
    return None


def by_halves(data: bytes) -> tuple[str, str, str] | None:
    """Read UTF-16 without a mark: one byte of each two is of one or two scripts."""
    head = data[: _HALVES * 2]
    if len(head) < _LEAST_HALVES * 2 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        scripts = sum(high.count(byte) for byte in _SCRIPTS_16)
        if scripts >= len(high) * _NEARLY_ALL and high.count(0) > len(high) // 20:
            return data.decode(name, "replace"), name, "evidence"
    return None


def _as_chosen(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str] | None:
    encoding = _CHOSEN.get()
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    lost = text.count(_LOST)
    if lost:
        receipt.warn(f"{lost} bytes are no {encoding}, which was chosen")
    return text, encoding, "chosen"


def _by_escapes(data: bytes) -> tuple[str, str, str] | None:
    """Read ISO 2022, seven bits of which all are sound UTF-8 and none are words."""
    for mark, encoding in _ESCAPES:
        if mark in data and data.isascii():
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            declared = _DECLARED.search(data[:_DECLARED_WITHIN])
            named = declared is not None and b"2022" in declared[1]
            return text, encoding, "declared" if named else "evidence"
    return None


def _as_utf8(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str] | None:
    by = "bom" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    plain = data.removeprefix(codecs.BOM_UTF8)
    try:
        return plain.decode("utf-8"), "utf-8", by
    except UnicodeDecodeError as error:
        if _is_cut(plain, error):
            receipt.warn("the file ends inside a character: it was cut short")
            return plain[: error.start].decode("utf-8"), "utf-8", by
    text = plain.decode("utf-8", "replace")
    already = plain.count(_LOST.encode())
    broken = text.count(_LOST) - already
    sound = sum(1 for letter in text if letter > "\x7f") - broken - already
    alone = sound and len(_ALONE.findall(plain)) == broken and _says_utf8(plain)
    if by != "bom" and not alone and sound < _GOOD_PER_BROKEN * broken:
        return None
    receipt.warn(f"{broken} bytes are no UTF-8: read as cp1252")
    return plain.decode("utf-8", "tamizdat-cp1252"), "utf-8", by


def _says_utf8(data: bytes) -> bool:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    return declared is not None and declared[1].lower() in {b"utf-8", b"utf8"}


def _is_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Say whether UTF-8 was cut short; else one older letter ends English copy.

    With these two bytes quotation marks and pictograms begin, which English has.
    """
    alone = data[: error.start].isascii() and data[error.start] not in b"\xe2\xf0"
    return error.reason == "unexpected end of data" and not alone


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return broken.decode("cp1252", "replace"), error.end


codecs.register_error("tamizdat-cp1252", _as_cp1252)


def _by_declaration(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str] | None:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared is None:
        return None
    name = declared[1].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        receipt.warn(f"declared encoding {name!r} is not known")
        return None
    # Latin-1 says little; "windows-1252" is what its sister is called on purpose.
    vague = encoding != "cp1252" and _SISTERS.get(encoding) == "cp1252"
    encoding = _SISTERS.get(encoding, encoding)
    text = strictly(data, encoding) if _ALLOWED.fullmatch(encoding) else None
    if text is None:
        receipt.warn(f"declared encoding {name!r} does not fit the bytes")
        return None
    best = candidates(data)[0]
    told = cost_of(sample(data).decode(encoding, "replace"), encoding)
    least = _CLEARLY_VAGUE if vague else _CLEARLY
    if best.encoding != encoding and told - best.cost >= least:
        receipt.warn(
            f"declared encoding {name!r} yields no words: {best.encoding} does"
        )
        return None
    return text, encoding, "declared"


def _by_evidence(data: bytes, receipt: ReceiptWriter) -> tuple[str, str, str]:
    best, *others = likely(data)
    text = strictly(data, best.encoding)
    if text is None:
        receipt.warn("no encoding fits all bytes: read as cp1252")
        return data.decode("cp1252", "replace"), "cp1252", "evidence"
    read = f"read as {best.encoding}"
    if others:
        names = ", ".join(one.encoding for one in others)
        receipt.warn(f"{DOUBTED}: {read}, may be {names}")
    else:
        receipt.warn(f"the encoding was guessed by words: {read}")
    return text, best.encoding, "evidence"
