"""Find the family of the bytes and hand them to its parser.

`FAMILIES` is the whole of it: one row a family, the surest marks first. A row
names the parser's module, which is loaded when the first file of its family comes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tamizdat.wire.errors import EmptyFileError, UnknownFamilyError
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers.head import LOOKED_AT, Head
from tamizdat.wire.parsers.teletype_marks import (
    looks_like_7901,
    looks_like_anpa,
    looks_like_mail,
)


@dataclass(frozen=True, slots=True)
class Family:
    """Say how to tell a family, and which parser reads it.

    Attributes:
        name: as in `family` of the items.
        parser: module below `parsers` with `parse(data, file) -> items`, which
            raises a WireError for what it refuses; None where no parser is here.
        tells: looks at the first bytes; never raises.
    """

    name: str
    parser: str | None
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
    Family("warc", None, lambda head: head.data.startswith(b"WARC/")),
    Family("gzip", None, lambda head: head.data.startswith(b"\x1f\x8b")),
    Family("wacz", None, lambda head: head.data.startswith(b"PK\x03\x04")),
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
        lambda h: h.has_root(*G2_ROOTS) or h.wraps("newsItem ", "packageItem "),
    ),
    Family(
        "nitf", "nitf", lambda h: h.has_root("nitf") or h.wraps("nitf", "body.content")
    ),
    Family(
        "wxr", None, lambda h: h.has_root("rss") and h.holds("wordpress.org/export")
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
    Family("mail", "mail", looks_like_mail),
    # What has no marks at all.
    Family("xml", "own_xml", lambda head: head.root is not None),
    Family("saved-text", "saved_text", lambda _head: True),
)


def family_of(data: bytes) -> Family:
    """Tell the family of a file; the last row takes what no other does."""
    head = Head(data[:LOOKED_AT])
    return next(family for family in FAMILIES if family.tells(head))


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn the bytes of one file into wire items.

    Args:
        data: the whole file.
        file: its name, for messages.

    Raises:
        UnknownFamilyError: no parser here reads the family of the bytes.
        WireError: the family's parser refuses them, see `errors`.
    """
    if not data:
        raise EmptyFileError(file, 0)
    family = family_of(data)
    if family.parser is None:
        raise UnknownFamilyError(file, family.name)
    parser = import_module(f"tamizdat.wire.parsers.{family.parser}")
    items: list[WireItem] = parser.parse(data, file)
    return items
