"""Hold one version of incoming copy, whatever family it came in.

The keys, their order and their null rule stand in `spec/wire-item.md`. A
field that the copy does not give is None or an empty tuple; nothing is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from tamizdat.wire.receipt import Dropped, Receipt


@dataclass(frozen=True, slots=True)
class Credited:
    """Name one person or organisation that made the copy.

    Attributes:
        name: as printed.
        role: what they did ("reporting", "editing"), None for the author.
        title: job title, as printed.
    """

    name: str
    role: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Say where and when the copy was reported.

    Attributes:
        place: in the words of the copy.
        date: ISO 8601 where the year is printed, else the words of the copy.
    """

    place: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Say which language a stretch of a text is in.

    Attributes:
        start, end: code points of the text; the end is exclusive.
        language: BCP 47 tag.
    """

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Name words of an item that are in another language, wherever its texts have them.

    Attributes:
        words: as they stand in a text, 300 characters at most.
        language: BCP 47 tag.
    """

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one part of the body.

    Attributes:
        kind: "paragraph", "subhead", "quote", "list" or "table".
        text: of every kind but list and table.
        rows: cells of a table, row by row.
        items: of a list.
        language: BCP 47 tag of all of a list or table, where it is not the item's.
        spoken: stretches of the text in other languages, in order, none in another.
    """

    kind: str
    text: str | None = None
    rows: tuple[tuple[str, ...], ...] | None = None
    items: tuple[str, ...] | None = None
    language: str | None = None
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendition:
    """Point to one file of a picture or recording; sizes in pixels."""

    name: str | None = None
    href: str | None = None
    mime: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """Describe one picture or recording of the copy.

    Attributes:
        kind: "picture", "video" or "audio".
        ratio: width and height of the crop, as in "16x9".
    """

    kind: str
    caption: str | None = None
    alt: str | None = None
    credit: str | None = None
    ratio: str | None = None
    renditions: tuple[Rendition, ...] = ()


@dataclass(frozen=True, slots=True)
class Association:
    """Point to another wire item and say how it is related."""

    rel: str
    guid: str | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class MoreLink:
    """Hold the line that leads to an explanation; target: None if lost."""

    text: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Hold a legal notice to readers, which is no part of the story.

    Attributes:
        authority, designation, entity: who declared whom to be what.
        persons, territories: whom it concerns: one of the persons who is in
            one of the territories.
        acts, penalties: normalised English words, in the order of the text.
        text: all paragraphs as they stand, joined by an empty line.
    """

    authority: str | None = None
    designation: str | None = None
    entity: str | None = None
    persons: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    text: str
    more: MoreLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WireItem:
    """Hold one version of incoming copy. Source: spec/wire-item.md."""

    family: str
    type: str = "text"
    provider: str | None = None
    guid: str | None = None
    version: str | None = None
    pubstatus: str | None = None
    signal: str | None = None
    language: str | None = None
    direction: str | None = None
    slugline: str | None = None
    kicker: str | None = None
    headline: str | None = None
    breaking: bool = False
    updated: bool = False
    byline: tuple[Credited, ...] = ()
    bio: str | None = None
    contributors: tuple[Credited, ...] = ()
    dateline: Dateline | None = None
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    embargo: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    credit: str | None = None
    credit_agencies: tuple[str, ...] = ()
    rights: str | None = None
    usageterms: str | None = None
    ednote: str | None = None
    abstract: str | None = None
    body: tuple[Block, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    media: tuple[Media, ...] = ()
    associations: tuple[Association, ...] = ()
    notices: tuple[Notice, ...] = ()
    receipt: Receipt

    def to_json(self) -> dict[str, Any]:
        """Make the object of `spec/wire-item.md`, keys in its order."""
        item: dict[str, Any] = _plain(asdict(self))
        return item


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def warned(item: WireItem, told: Iterable[str]) -> WireItem:
    """Add warnings to the receipt of an item."""
    receipt = replace(item.receipt, warnings=(*item.receipt.warnings, *told))
    return replace(item, receipt=receipt)


def read_item(row: Mapping[str, Any]) -> WireItem:
    """Read an item back from the object of `spec/wire-item.md`.

    Args:
        row: as `WireItem.to_json` made it; keys of later versions are passed over.

    Raises:
        KeyError, TypeError: it is no such object.
    """
    known = {field.name for field in fields(WireItem)}
    given = {key: value for key, value in row.items() if key in known}
    dateline, receipt = given["dateline"], given["receipt"]
    parts = {
        "byline": _each(Credited, given["byline"]),
        "contributors": _each(Credited, given["contributors"]),
        "dateline": Dateline(**dateline) if dateline else None,
        "body": tuple(_block(one) for one in given["body"]),
        # Items that were kept before have none.
        "foreign": _each(Foreign, given.get("foreign", ())),
        "media": tuple(_media(one) for one in given["media"]),
        "associations": _each(Association, given["associations"]),
        "notices": tuple(_notice(one) for one in given["notices"]),
        "receipt": Receipt(
            **{
                **receipt,
                "dropped": _each(Dropped, receipt["dropped"]),
                "warnings": tuple(receipt["warnings"]),
            }
        ),
    }
    for key in ("subjects", "credit_agencies"):
        parts[key] = tuple(given[key])
    return WireItem(**{**given, **parts})


def _each(kind: Any, rows: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**row) for row in rows)


def _block(row: Mapping[str, Any]) -> Block:
    table, items = row["rows"], row["items"]
    return Block(
        row["kind"],
        row["text"],
        None if table is None else tuple(tuple(cells) for cells in table),
        None if items is None else tuple(items),
        row.get("language"),  # items that were kept before have none
        _each(Spoken, row.get("spoken", ())),
    )


def _media(row: Mapping[str, Any]) -> Media:
    return Media(**{**row, "renditions": _each(Rendition, row["renditions"])})


def _notice(row: Mapping[str, Any]) -> Notice:
    more = row["more"]
    lists = ("persons", "territories", "acts", "penalties")
    return Notice(
        **{
            **row,
            **{key: tuple(row[key]) for key in lists},
            "more": MoreLink(**more) if more else None,
        }
    )
