"""Read pages that a browser saved as MHTML: one letter that holds a page and its files.

The page is read as any saved page; a picture keeps its address, under which the letter
has it. Source: RFC 2557, "MIME Encapsulation of Aggregate Documents".
"""

from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import NotNewsError
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers import page
from tamizdat.wire.parsers.mail import is_cut, letter_of
from tamizdat.wire.parsers.mail.attached import bytes_of, leaves
from tamizdat.wire.parsers.mail.headers import ODD
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "mhtml"
_CUT = "the file has no end: it was cut short"


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a page saved as MHTML into one wire item.

    Raises:
        NotNewsError: there is no page in it; see `page.parse` for the others.
    """
    letter = letter_of(data)
    cut = [_CUT] if is_cut(letter) else []
    part = _page(letter)
    if part is None:
        raise NotNewsError(file, "a saved page without a page")
    told = _header(letter, "Snapshot-Content-Location") or _header(
        part, "Content-Location"
    )
    address = told if (told or "").startswith(("http:", "https:")) else None
    items = page.parse(_in_utf8(part), file, address)
    return [_of_file(item, data, cut) for item in items]


def _page(letter: EmailMessage) -> EmailMessage | None:
    """Find the page: the part that stands where the whole was saved, else the first."""
    pages = [part for part in leaves(letter) if _is_page(part)]
    where = _header(letter, "Snapshot-Content-Location")
    first = next(iter(pages), None)
    there = (one for one in pages if where == _header(one, "Content-Location"))
    return next(there, first) if where else first


def _is_page(part: EmailMessage) -> bool:
    try:
        kind = part.get_content_type()
    except ODD:
        return False
    return kind in {"text/html", "application/xhtml+xml"}


def _in_utf8(part: EmailMessage) -> bytes:
    """Give the bytes of a page; what its part says of its letters comes first."""
    data = bytes_of(part)
    try:
        text = data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data
    return text.encode("utf-8", "replace")


def _header(part: EmailMessage, name: str) -> str | None:
    try:
        return one_line(str(part.get(name) or "")) or None
    except ODD:
        return None


def _of_file(item: WireItem, data: bytes, cut: Sequence[str]) -> WireItem:
    """Let the receipt speak of the whole file, whose bytes are kept."""
    told = item.receipt
    whole = ReceiptWriter().seal(FAMILY, told.encoding, told.encoding_by, data)
    warnings = (*told.warnings, *cut)
    sealed = replace(
        told, family=FAMILY, size=whole.size, sha256=whole.sha256, warnings=warnings
    )
    return replace(item, family=FAMILY, receipt=sealed)
