"""Find the family of the bytes and hand them to its parser.

`FAMILIES` is the whole of it: one row a family, the surest marks first. A row
names the parser's module, which is loaded when the first file of its family comes.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module

from tamizdat.wire import faults
from tamizdat.wire.decode import reading_in
from tamizdat.wire.errors import (
    ArchiveError,
    CutShortError,
    EmptyFileError,
    TooLargeError,
    WireError,
)
from tamizdat.wire.items import WireItem, warned
from tamizdat.wire.parsers.head import LOOKED_AT, LOOKED_ON, Head
from tamizdat.wire.parsers.teletype_marks import (
    looks_like_7901,
    looks_like_anpa,
    looks_like_mail,
    looks_like_mhtml,
)


@dataclass(frozen=True, slots=True)
class Family:
    """Say how to tell a family, and which parser reads it.

    Attributes:
        name: as in `family` of the items.
        parser: module below `parsers` with `parse(data, file) -> items`, which
            raises a WireError for what it refuses.
        tells: looks at the first bytes; never raises.
    """

    name: str
    parser: str
    tells: Callable[[Head], bool]


G2_ROOTS: tuple[str, ...] = (
    "newsitem",
    "newsmessage",
    "packageitem",
    "itemset",
    "contentset",
)
G2_ROOTS += ("contentmeta", "groupset", "conceptitem", "knowledgeitem")
G2_ROOTS += ("planningitem", "catalogitem")
G2_MARKS = ("itemMeta", "contentMeta", "contentSet", "iptc.org/std/nar")
HTML_ROOTS: tuple[str, ...] = (
    "html",
    "body",
    "head",
    "p",
    "div",
    "article",
    "main",
    "section",
    "h1",
)
HTML_ROOTS += ("table", "span", "ul", "meta", "script")

FAMILIES = (
    # Archives, by the bytes themselves.
    Family("warc", "archive", lambda head: head.data.startswith(b"WARC/")),
    Family("gzip", "archive", lambda head: head.data.startswith(b"\x1f\x8b")),
    Family(
        "zip", "archive", lambda h: h.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    ),
    # JSON, by its keys.
    Family(
        "json-feed",
        "json_feed",
        lambda head: head.is_json and head.holds("jsonfeed.org", "jsonfeed.org\\/"),
    ),
    Family("agency-json", "agency_json", lambda head: head.is_json),
    # XML, by its first element. Of one name in two families the spelling decides.
    Family(
        "newsml-1",
        "newsml_1",
        lambda h: (
            h.root in {"NewsML", "NewsItem"}
            or h.has_root("newsml")
            or h.wraps("NewsML")
        ),
    ),
    Family(
        "newsml-g2",
        "newsml_g2",
        lambda h: (
            (h.has_root(*G2_ROOTS) and (h.root != "newsitem" or h.holds(*G2_MARKS)))
            or h.wraps("newsItem ", "packageItem ")
        ),
    ),
    Family(
        "nitf", "nitf", lambda h: h.has_root("nitf") or h.wraps("nitf", "body.content")
    ),
    Family(
        "wxr", "wxr", lambda h: h.has_root("rss") and h.holds("wordpress.org/export")
    ),
    Family("rss", "feed", lambda head: head.has_root("rss", "channel")),
    Family("rdf", "feed", lambda head: head.has_root("rdf")),
    Family("atom", "feed", lambda head: head.has_root("feed", "entry")),
    Family(
        "html",
        "page",
        lambda h: h.has_root(*HTML_ROOTS) or h.doctype == "html",
    ),
    # Teletype and mail, by the shape of their first lines.
    Family("iptc-7901", "iptc_7901", looks_like_7901),
    Family("anpa-1312", "anpa_1312", looks_like_anpa),
    Family("mhtml", "mhtml", looks_like_mhtml),
    Family("mail", "mail", looks_like_mail),
    # What has no marks at all.
    Family("xml", "own_xml", lambda head: head.root is not None or head.is_open),
    Family("saved-text", "saved_text", lambda _head: True),
)


def family_of(data: bytes) -> Family:
    """Tell the family of a file; the last row takes what no other does."""
    head = Head(data[:LOOKED_AT])
    if head.is_open and len(data) > LOOKED_AT:
        head = Head(data[:LOOKED_ON])
    return next(family for family in FAMILIES if family.tells(head))


ARCHIVES = frozenset({"warc", "gzip", "zip"})
# Of one file that is no archive: twice what the readers of markup take.
MOST_BYTES = 64 << 20


def parse_member(
    data: bytes, name: str, address: str | None, cut: str | None = None
) -> list[WireItem]:
    """Parse a file out of an archive, which itself is none.

    Args:
        data: the whole file, or what there is of it.
        name: for messages.
        address: where it stood on the web, None where nobody knows.
        cut: in words, what of it is missing; goes into each receipt.

    Raises:
        CutShortError: what there is of it is refused.
        WireError: see `parse`.
    """
    if cut:
        return _parse_rest(data, name, address, cut)
    if data and family_of(data).name in ARCHIVES and not _is_docx(data):
        raise ArchiveError(name, "an archive inside an archive")
    if address is not None and data and family_of(data).name == "html":
        from tamizdat.wire.parsers import page  # noqa: PLC0415 - it is large

        with faults.told(name, page.FAMILY):
            return page.parse(data, name, address)
    return parse(data, name)


def _parse_rest(
    data: bytes, name: str, address: str | None, cut: str
) -> list[WireItem]:
    """Parse what there is of a file that was cut short."""
    try:
        items = parse_member(data, name, address)
    except WireError as error:
        raise CutShortError(error, cut) from error
    return [warned(item, [cut]) for item in items]


def _is_docx(data: bytes) -> bool:
    from tamizdat.wire.parsers.docx import is_docx  # noqa: PLC0415 - it names archives

    return is_docx(data)


def parse(data: bytes, file: str, encoding: str | None = None) -> list[WireItem]:
    """Turn the bytes of one file into wire items.

    Args:
        data: the whole file.
        file: its name, for messages.
        encoding: that was chosen for it, as `decode.known_encoding` names it; None to
            tell it by the bytes.

    Raises:
        TooLargeError: it has more than MOST_BYTES, and is no archive.
        ParserFaultError: the parser itself failed.
        WireError: the family's parser refuses them, see `errors`.
    """
    if not data:
        raise EmptyFileError(file, 0)
    family = family_of(data)
    if len(data) > MOST_BYTES and family.name not in ARCHIVES:
        raise TooLargeError(file, len(data), MOST_BYTES, "bytes")
    parser = import_module(f"tamizdat.wire.parsers.{family.parser}")
    chosen = reading_in(encoding) if encoding else nullcontext()
    with faults.told(file, family.name), chosen:
        items: list[WireItem] = parser.parse(data, file)
    return items
