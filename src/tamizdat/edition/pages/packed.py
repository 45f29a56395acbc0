"""Print the pack as pages: every word of the newest stories, without a script.

Decides how the lines of a pack look and where a story too long for one page is cut;
which story stands on which page is for `edition.parts`, as it is for parts.

Source: spec/pack.md, "Pages with the same text".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from minijinja import Markup

from tamizdat.edition.blocks import Mark
from tamizdat.edition.dates import stamp, way_of, write_day
from tamizdat.edition.errors import PackError
from tamizdat.edition.pack import Head, Item, head_of, lines_of, moment
from tamizdat.edition.pages.addresses import dated_path, link, up
from tamizdat.edition.pages.budget import PAGE_BYTES, taken
from tamizdat.edition.pages.cards import WITHDRAWN, Card, shown
from tamizdat.edition.pages.flow import Piece, clipped, lay
from tamizdat.edition.pages.shelves import DAY, Shelf
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

INDEX = "p/index.html"
_LEAST_ROOM = 2_000  # bytes that a headline leaves for text, else it is text itself
_SHORT = 100  # letters of such a headline that stand above the text
_MARGIN = 64  # bytes, by which a day in the title may be longer than that of `_LONGEST`
_LONGEST = f"p/20261120t090000-{'0' * 8}-999.html"  # path of a page


@dataclass(frozen=True)
class Passage:
    """A story as it stands on a page, or a piece of one too long for a page.

    Attributes:
        story: id.
        number: of the piece, from 1.
        published: time of the story's first release, UTC.
        html: an article element.
    """

    story: str
    number: int
    published: datetime
    html: str

    @property
    def size(self) -> int:
        """Bytes that it takes of a page."""
        return taken(self.html.encode())


@dataclass(frozen=True)
class Row:
    """A story as the list of pages names it. `path`: of the first that has it."""

    card: Card
    path: str

    def shorter(self, most: int) -> "Row":
        """Leave so many letters of each text."""
        return replace(self, card=self.card.shorter(most))


@lru_cache(maxsize=64)
def room(service: Service) -> int:
    """Count the bytes that a page of a service leaves for stories."""
    near = link(_name(_LONGEST))
    view = _view(_LONGEST, service, datetime(2026, 11, 20, tzinfo=UTC))
    view |= {"stories": (), "before": near, "after": near, "extras": ("table",)}
    return PAGE_BYTES - _MARGIN - len(render("packed.html", view).encode())


def passages_of(items: Sequence[Item], salt: str, service: Service) -> list[Passage]:
    """Show the items of one story, in order, as one article or as many as it needs.

    Args:
        items: all of the story.
        salt: of its newest release.
        service: whose story it is.

    Raises:
        PackError: the frame of the service leaves no room for text.
    """
    head, lines = head_of(items[0]), lines_of(items)
    view = _shown(head, lines, service) | {"salt": salt}
    free, pieces = room(service), list(_pieces(lines, service))
    whole = Passage(head.story, 1, head.published, _article(view, pieces))
    if whole.size <= free:
        return [whole]
    if _size(view, ()) > free - _LEAST_ROOM:
        view, pieces = _in_text(view, pieces)
    spare = len(whole.html.encode()) * free // whole.size  # of text as dense as this
    rooms = [spare - _size(view, ()), spare - _size(_later(view), ())]
    try:
        laid = lay(pieces, lambda n: rooms[min(n, 1)], lambda p: _piece_size(p, view))
    except ValueError as error:
        raise PackError(f"{head.story}: {error}") from error
    return [
        Passage(
            head.story,
            number,
            head.published,
            _article(view if number == 1 else _later(view), some),
        )
        for number, some in enumerate(laid, 1)
    ]


def _shown(
    head: Head, lines: Sequence[tuple[str, str]], service: Service
) -> dict[str, Any]:
    """Collect what stands above a story's text."""
    found = {letter: text for letter, text in lines if letter in "kh"}
    path = dated_path(head.story, head.published)
    return {
        "lang": service.language,
        "anchor": _anchor(head.story),
        "standing": head.standing,
        "href": link(up(INDEX) + path),
        "kicker": found.get("k"),
        "headline": found["h"],
        "time": None if head.standing == WITHDRAWN else stamp(head.published, service),
    }


def _in_text(
    view: dict[str, Any], pieces: Iterable[Piece]
) -> tuple[dict[str, Any], list[Piece]]:
    """Put a headline that leaves no room for text into the text, which may be cut."""
    texts = filter(None, (view["kicker"], view["headline"]))
    said = [Piece("paragraph", text) for text in texts]
    short = clipped(view["headline"], _SHORT)
    return view | {"kicker": None, "headline": short}, [*said, *pieces]


def _later(view: dict[str, Any]) -> dict[str, Any]:
    return view | {"kicker": None, "time": None, "standing": ""}


def _article(view: dict[str, Any], pieces: Iterable[Piece]) -> str:
    return render("packstory.html", {**view, "pieces": list(pieces)})


def _size(view: dict[str, Any], pieces: Iterable[Piece]) -> int:
    return len(_article(view, pieces).encode())


def _piece_size(piece: Piece, view: dict[str, Any]) -> int:
    return len(render("piece.html", {"lang": view["lang"], "piece": piece}).encode())


def _pieces(lines: Iterable[tuple[str, str]], service: Service) -> Iterator[Piece]:
    """Make what stands below the headline: lists and tables of lines that follow."""
    for letter, some in groupby(lines, key=lambda line: line[0]):
        texts = [text for _letter, text in some]
        if letter in _ROWS:
            rows = tuple(tuple(text.split("\t")) for text in texts)
            heads = rows[0] if letter == "t" and len(rows) > 1 else ()
            yield Piece(_ROWS[letter], rows=rows, heads=heads, deep=True)
        elif letter in _MAKERS:
            yield from (_MAKERS[letter](text, service) for text in texts)


def _standfirst(text: str, _service: Service) -> Piece:
    return Piece("paragraph", text, (Mark("strong", 0, len(text), None),))


def _dateline(text: str, service: Service) -> Piece:
    day, _, place = text.partition(" ")
    if day == "-":
        return Piece("credit", place)
    written = write_day(moment(day).date(), way_of(service), service.language)
    return Piece("credit", f"{place}, {written}")


def _post(text: str, service: Service) -> Piece:
    time, _, by = text.partition(" ")
    at = stamp(moment(time), service).text
    return Piece("subhead", at if by == "-" else f"{at} {by}", deep=True)


def _note(text: str, service: Service) -> Piece:
    kind, time, note = text.split(" ", 2)
    return Piece("note", note, label=kind, aside=stamp(moment(time), service).day)


_ROWS = {"l": "list", "t": "table"}
_MAKERS: Mapping[str, Callable[[str, Service], Piece]] = {
    "s": _standfirst,
    "b": lambda text, _: Piece("credit", text),
    "d": _dateline,
    "p": lambda text, _: Piece("paragraph", text),
    "u": lambda text, _: Piece("subhead", text, deep=True),
    "q": lambda text, _: Piece("quote", text),
    "i": lambda text, _: Piece("credit", text.partition(" ")[2]),
    "o": _post,
    "n": _note,
    "c": lambda text, _: Piece("credit", text),
}


def packed_page(
    path: str,
    passages: Sequence[Passage],
    service: Service,
    *,
    before: str | None,
    after: str | None,
) -> Page:
    """Print one page.

    Args:
        path: of it.
        passages: oldest first; at least one.
        service: whose page it is.
        before: path of the page with the stories before, None for the oldest.
        after: path of the page where its last story goes on, None if it does not.
    """
    view = _view(path, service, passages[0].published)
    view["stories"] = [Markup(one.html) for one in passages]
    view["extras"] = ("table",) if any("<table>" in p.html for p in passages) else ()
    view |= {
        "before": before and link(_name(before)),
        "after": after and link(_name(after)),
    }
    content = render("packed.html", view).encode()
    if len(content) > PAGE_BYTES:
        reason = f"{len(content)} bytes, at most {PAGE_BYTES}"
        raise PackError(f"{service.id}/{path}: {reason}")
    return Page(path, content)


def packed_index(service: Service, rows: Sequence[Row]) -> list[Page]:
    """Print p/index.html: which stories the pages have, newest first.

    What has no room on it goes on at p/index.2.html, as every other list does.

    Args:
        service: whose they are.
        rows: a story each, oldest first.
    """
    title = wording(service.language).plain["packed"]
    shelf: Shelf[Row] = Shelf(
        service=service,
        template="packlist.html",
        title=lambda _: title,
        index=INDEX,
        unit=DAY,
        stem=lambda day: f"p/{day}",
        show=lambda some, root: {"listed": _listed(some, root, service)},
    )
    return shelf.index_pages(rows, None)


def _listed(rows: Sequence[Row], root: str, service: Service) -> list[dict[str, Any]]:
    """Put stories, newest first, under the days that their own pages show."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        href = link(f"{_name(row.path)}#{_anchor(row.card.id)}")
        view = shown(row.card, root, service) | {"href": href}
        found.setdefault(view["time"].iso[:10], []).append(view)
    return [
        {"date": date, "text": found[date][0]["time"].day, "lines": found[date]}
        for date in sorted(found, reverse=True)
    ]


def _anchor(story: str) -> str:
    """Name where a story stands on a page. No other part of it is called so."""
    return f"story-{story}"


def _view(path: str, service: Service, first: datetime | None = None) -> dict[str, Any]:
    """Frame a page; one with stories is told from the others by its first time."""
    heading = title = wording(service.language).plain["packed"]
    if first is not None:
        title = f"{title} – {stamp(first, service).text}"  # noqa: RUF001
    return frame(path, service, title) | {"later": path != INDEX, "heading": heading}


def _name(path: str) -> str:
    return path.rpartition("/")[2]
