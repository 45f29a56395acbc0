"""Read the body of a story: blocks of text and marks, media, boxes, posts.

Source: spec/story-document.md, "Blocks of the body".
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tamizdat.edition.associations import Associations
from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Mark, Passage, Post
from tamizdat.edition.fields import SHORT, SLUG, Fields
from tamizdat.edition.media import Medium, Picture

TEXTS = ("paragraph", "subhead", "quote", "list", "table")
SHOWN = ("picture", "audio", "video", "document")

_GALLERY = 30  # pictures
_MARKS = ("strong", "em", "link", "language")
_INNER = (*TEXTS, *SHOWN, "gallery", "box", "embed")  # what a post may hold
_ALL = (*_INNER, "post")
_EMBED = 1_000  # characters of its text


def read_body(
    ours: Fields, shown: Associations, *, live: bool, newest: datetime
) -> tuple[Passage, ...]:
    """Read the body of a story.

    Args:
        ours: the object that holds it.
        shown: associations, which blocks name.
        live: whether it may have posts.
        newest: time of the newest release, UTC.

    Raises:
        StoryError: not as spec/story-document.md says.
    """
    entries = ours.each("body")
    body = tuple(_part(entry, shown, _ALL) for entry in entries)
    _check_posts(entries, body, live=live, newest=newest)
    return body


def _part(fields: Fields, shown: Associations, kinds: tuple[str, ...]) -> Passage:
    kind = fields.word("kind", kinds)
    part: Passage
    if kind in TEXTS:
        part = _text(fields, kind)
    elif kind in SHOWN:
        part = Exhibit(kind, (_captioned(fields, "name", shown, kind),))
    elif kind == "gallery":
        part = _gallery(fields, shown)
    elif kind == "box":
        part = Box(fields.maybe("title", SHORT), tuple(_texts(fields)))
    elif kind == "embed":
        part = _embed(fields)
    else:
        part = _post(fields, shown)
    fields.done()
    return part


def _text(fields: Fields, kind: str) -> Block:
    if kind in ("list", "table"):
        items = kind == "list"
        rows = tuple((i,) for i in fields.texts("items")) if items else _rows(fields)
        return Block(kind, rows=rows, language=fields.maybe_language("language"))
    text = fields.text("text")
    return Block(kind, text=text, marks=tuple(_marks(fields, len(text))))


def _rows(fields: Fields) -> tuple[tuple[str, ...], ...]:
    inner = fields.entries("rows")
    return tuple(inner.texts(str(i)) for i in range(len(inner)))


def _marks(fields: Fields, length: int) -> Iterator[Mark]:
    """Read marks; a letter is in one language."""
    spoken: list[Mark] = []
    for entry in fields.each("marks"):
        mark = _mark(entry, length)
        if mark.language:
            if any(mark.start < one.end and one.start < mark.end for one in spoken):
                entry.fail("from", "expected one language for each letter")
            spoken.append(mark)
        yield mark


def _mark(fields: Fields, length: int) -> Mark:
    kind = fields.word("kind", _MARKS)
    start = fields.number("from", 0, length)
    mark = Mark(
        kind=kind,
        start=start,
        end=fields.number("to", start + 1, length),
        href=fields.address("href") if kind == "link" else None,
        language=fields.language("language") if kind == "language" else None,
    )
    fields.done()
    return mark


def _captioned(fields: Fields, key: str, shown: Associations, kind: str) -> Medium:
    """Take what a block shows; a picture in a text needs a caption."""
    medium = shown.medium(fields, key, kind)
    if isinstance(medium, Picture) and not medium.caption:
        fields.fail(key, "expected a picture with a caption")
    return medium


def _gallery(fields: Fields, shown: Associations) -> Exhibit:
    names = fields.entries("names", most=_GALLERY)
    count = len(names)
    if not count:
        fields.fail("names", "expected at least one")
    media = [_captioned(names, str(at), shown, "picture") for at in range(count)]
    return Exhibit("gallery", tuple(media), fields.maybe("title", SHORT))


def _texts(fields: Fields) -> Iterator[Block]:
    for entry in _some(fields):
        yield _text(entry, entry.word("kind", TEXTS))
        entry.done()


def _some(fields: Fields) -> list[Fields]:
    entries = fields.each("body")
    if not entries:
        fields.fail("body", "expected at least one block")
    return entries


def _embed(fields: Fields) -> Embed:
    return Embed(
        href=fields.address("href"),
        text=fields.text("text", _EMBED),
        source=fields.maybe("source", SHORT),
    )


def _post(fields: Fields, shown: Associations) -> Post:
    body: list[Block | Exhibit | Box | Embed] = []
    for entry in _some(fields):
        part = _part(entry, shown, _INNER)
        if not isinstance(part, Post):
            body.append(part)
    return Post(
        id=fields.match("id", SLUG),
        time=fields.time("time"),
        headline=fields.maybe("headline", SHORT),
        by=fields.maybe("by", SHORT),
        body=tuple(body),
    )


def _check_posts(
    entries: Sequence[Fields], body: Sequence[Passage], *, live: bool, newest: datetime
) -> None:
    """Check that posts are the last blocks, the newest first."""
    seen: set[str] = set()
    youngest = newest
    for entry, part in zip(entries, body, strict=True):
        if not isinstance(part, Post):
            if seen:
                entry.fail("kind", "expected posts after all other blocks")
            continue
        if not live:
            entry.fail("kind", "expected tamizdat.live in a story with posts")
        if part.id in seen:
            entry.fail("id", f"{part.id} stands twice")
        if part.time > youngest:
            entry.fail("time", _why(first=not seen))
        seen.add(part.id)
        youngest = part.time


def _why(*, first: bool) -> str:
    """Say what a post may not be younger than."""
    before = "the newest release" if first else "the post before it"
    return f"expected a time not after that of {before}"
