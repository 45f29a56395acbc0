"""Find the items in JSON, whatever lies round them, and tell whose they are."""

from collections.abc import Iterator
from typing import Any

from tamizdat.wire.records.values import Record, keyed

_MOST_DEPTH = 12  # levels of envelopes
# Members that hold items; others are looked through after them.
_HOLDERS = (
    *("item", "items", "newsitem", "newsitems", "entries", "entry", "articles"),
    *("stories", "documents", "docs", "results", "hits", "source", "content", "data"),
    *("records", "feed", "response", "news", "posts", "messages", "message"),
)
# What only an item has, and what needs another beside it.
_SURE = frozenset(
    {
        *("headline", "headlines", "headlinemain", "altids", "articlehtml"),
        *("bodytext", "bodyxhtml", "bodyhtml", "bodies", "bodymain", "bodyrichtext"),
        *("versioncreated", "slugline", "pubstatus", "contenthtml", "bodynitf"),
    }
)
_LIKELY = frozenset(
    {
        *("uri", "urn", "guid", "id", "itemid", "title", "body", "type", "text"),
        *("language", "url", "published", "updated", "date", "byline", "renditions"),
        *("firstcreated", "urgency", "description", "summary", "content", "html"),
        *("dategmt", "link", "pubdate", "datepublished", "publishedat"),
    }
)
_LEAST_LIKELY = 3


def items_in(values: list[Any]) -> list[Record]:
    """List the items, keys spelled plainly, in the order of the file."""
    return [record for value in values for record in _inside(value, 0)]


def _inside(value: Any, depth: int) -> Iterator[Record]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _inside(part, depth + 1)
    elif isinstance(value, dict):
        record = _with_fields(keyed(value))
        if _is_item(record):
            yield record
        else:
            yield from _in_envelope(record, depth)


def _with_fields(record: Record) -> Record:
    """Put beside an item's name and date what it keeps in members of its own."""
    fields = keyed(record.get("fields"))
    if fields and record.keys() & {"id", "webtitle", "uri"}:
        record = {**record, **fields}
    beside = keyed(record.get("embedded"))  # as WordPress has it
    if beside and "title" in record:
        own = {"authors": beside.get("author"), "media": beside.get("wp:featuredmedia")}
        record = {**record, **{key: part for key, part in own.items() if part}}
    return record


def _in_envelope(record: Record, depth: int) -> Iterator[Record]:
    for key in _HOLDERS:
        found = list(_inside(record.get(key), depth + 1))
        if found:
            yield from found
            return
    for part in record.values():
        if isinstance(part, dict | list):
            yield from _inside(part, depth + 1)


def _is_item(record: Record) -> bool:
    keys = record.keys()
    if isinstance(record.get("items"), list) and not keys & {"headline", "headlines"}:
        return False
    if keys & _SURE:
        return True
    plain = {k for k in keys & _LIKELY if not isinstance(record[k], dict | list)}
    return len(plain) >= _LEAST_LIKELY and bool(
        keys & {"title", "body", "text", "content"}
    )


def _is_of_ap(record: Record) -> bool:
    """Tell AP's other identifiers, an object, from those of ninjs 2, a list."""
    return bool(keyed(record.get("altids")).keys() & {"itemid", "etag", "friendlykey"})


def family_of(record: Record) -> str:
    """Tell the family of an item by what no other family has."""
    keys = record.keys()
    if _is_of_ap(record) or keys & {"editorialrole", "headlineextended", "fixture"}:
        return "ap-media"
    if "articlehtml" in keys or {"urn", "versioncreated", "categories"} <= keys:
        return "dpa-digitalwires"
    if any(key.startswith("dpa") for key in keys):
        return "dpa-digitalwires"
    ninjs = {"uri", "headlines", "versioncreated", "bodyxhtml", "bodytext", "bodies"}
    return "ninjs" if keys & ninjs else "json"
