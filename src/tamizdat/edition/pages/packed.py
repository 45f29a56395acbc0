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

from tamizdat.edition.blocks import Foreign, Mark
from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp, way_of, write_day
from tamizdat.edition.errors import PackError
from tamizdat.edition.languages import direction
from tamizdat.edition.pack import Head, Item, head_of, lines_of, moment
from tamizdat.edition.pages.addresses import dated_path, link, up
from tamizdat.edition.pages.budget import PAGE_BYTES, SHARES, fits
from tamizdat.edition.pages.cards import WITHDRAWN, Card, shown
from tamizdat.edition.pages.flow import Piece, clip, lay
from tamizdat.edition.pages.marked import marked
from tamizdat.edition.pages.shelves import DAY, Shelf
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.parts import Form
from tamizdat.edition.stories import Service
from tamizdat.edition.tongues import Tongue
from tamizdat.edition.wording import wording

INDEX = "p/index.html"
_OPENS = 32  # of 256: one story in eight, those of `parts.OPENS` among them
_LEAST_ROOM = 2_000  # bytes that a headline leaves for text, else it is text itself
SHORT = 100  # letters of such a headline that stand above the text
_MARGIN = 64  # bytes, by which a day may be longer than another, or names weigh more
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
        return len(self.html.encode())


@dataclass(frozen=True)
class Row:
    """A story as the list of pages names it. `path`: of the first that has it."""

    card: Card
    path: str

    def shorter(self, most: int) -> "Row":
        """Leave so many letters of each text."""
        return replace(self, card=self.card.shorter(most))


@lru_cache(maxsize=64)
def _blank(service: Service) -> bytes:
    """Print a page without a story, and with all that can stand around them."""
    near = link(_name(_LONGEST))
    view = _view(_LONGEST, service, datetime(2026, 11, 20, tzinfo=UTC))
    view |= {"stories": (), "before": near, "after": near, "extras": ("table",)}
    return render("packed.html", view).encode()


def room(service: Service) -> int:
    """Count the bytes that a page of a service leaves for stories."""
    return PAGE_BYTES - _MARGIN - len(_blank(service))


def form(service: Service) -> Form:
    """Say how pages are filled: with less where they get too dense for the wire.

    With the last of the rooms each passage has a page of its own, where it fits.
    """
    return Form(".html", (*_rooms(service), 0), _OPENS)


def _rooms(service: Service) -> Iterator[int]:
    return (int(room(service) * share) for share in SHARES)


def fit(passages: Sequence[Passage], service: Service) -> bool:
    """Tell whether passages fit on one page, whatever pages are beside it."""
    html = "".join(one.html for one in passages)
    return fits(_blank(service) + html.encode(), _MARGIN)


def passages_of(
    items: Sequence[Item],
    salt: str,
    service: Service,
    tongues: Sequence[Tongue] = (),
) -> list[Passage]:
    """Show the items of one story, in order, as one article or as many as it needs.

    Args:
        items: all of the story.
        salt: of its newest release.
        service: whose story it is.
        tongues: which words of its lines are in another language.

    Raises:
        PackError: the frame of the service leaves no room for text.
    """
    head, lines = head_of(items[0]), _lines(items, tongues)
    view = _shown(head, lines, service) | {"salt": salt}
    pieces = list(_pieces(lines, service))

    def passages(articles: Iterable[str]) -> list[Passage]:
        numbered = enumerate(articles, 1)
        return [Passage(head.story, n, head.published, html) for n, html in numbered]

    whole = passages([_article(view, pieces)])
    if whole[0].size <= room(service) and fit(whole, service):
        return whole
    for free in _rooms(service):
        try:
            found = passages(_cut(view, pieces, free))
        except ValueError as error:
            raise PackError(f"{head.story}: {error}") from error
        if all(fit([one], service) for one in found):
            return found
    raise PackError(f"{head.story}: too dense for pages of 8 KB of gzip")


@dataclass(frozen=True)
class _Line:
    """A line of a pack. `marks`: languages in it; `language`: of the whole row."""

    letter: str
    text: str
    marks: tuple[Mark, ...] = ()
    language: str = ""


def _lines(items: Sequence[Item], tongues: Sequence[Tongue]) -> list[_Line]:
    found = [_Line(letter, text) for letter, text in lines_of(items)]
    for number, some in groupby(tongues, key=lambda one: one.line):
        spans = list(some)
        whole = next((one.language for one in spans if one.start == one.end), "")
        marks = tuple(
            Mark("language", one.start, one.end, None, one.language)
            for one in spans
            if not whole
        )
        found[number] = replace(found[number], marks=marks, language=whole)
    return found


def _cut(view: dict[str, Any], pieces: list[Piece], free: int) -> list[str]:
    """Cut a story that is longer than a page into articles.

    Args:
        view: what stands above its text.
        pieces: all of the text.
        free: bytes that an article may take.

    Raises:
        ValueError: nothing of the text fits.
    """
    if _size(view, ()) > free - _LEAST_ROOM:
        view, pieces = _in_text(view, pieces)
    later = _later(view)
    left = [free - _size(view, ()), free - _size(later, ())]
    laid = lay(pieces, lambda n: left[min(n, 1)], lambda p: _piece_size(p, view))
    return [_article(view if n == 0 else later, some) for n, some in enumerate(laid)]


def _shown(head: Head, lines: Sequence[_Line], service: Service) -> dict[str, Any]:
    """Collect what stands above a story's text; `kicker` and `headline` are lines."""
    found = {line.letter: line for line in lines if line.letter in "kh"}
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
    said = [Piece("paragraph", line.text, line.marks) for line in texts]
    whole = view["headline"]
    text = clipped(whole.text, SHORT)
    is_whole = text == whole.text
    end = len(text.removesuffix("…").rstrip())  # a blank may part the two
    kept = whole.marks if is_whole else clip(whole.marks, end)
    short = replace(whole, text=text, marks=kept)
    return view | {"kicker": None, "headline": short}, [*said, *pieces]


def _later(view: dict[str, Any]) -> dict[str, Any]:
    return view | {"kicker": None, "time": None, "standing": ""}


def _article(view: dict[str, Any], pieces: Iterable[Piece]) -> str:
    above = {
        name: view[name] and _written(view[name]) for name in ("kicker", "headline")
    }
    return render("packstory.html", {**view, **above, "pieces": list(pieces)})


def _written(line: _Line) -> str:
    return marked(line.text, line.marks) if line.marks else line.text


def _size(view: dict[str, Any], pieces: Iterable[Piece]) -> int:
    return len(_article(view, pieces).encode())


def _piece_size(piece: Piece, view: dict[str, Any]) -> int:
    return len(render("piece.html", {"lang": view["lang"], "piece": piece}).encode())


def _pieces(lines: Iterable[_Line], service: Service) -> Iterator[Piece]:
    """Make what stands below the headline: lists and tables of lines that follow."""
    parts = groupby(lines, key=lambda line: (line.letter, line.language))
    for (letter, language), some in parts:
        if letter in _ROWS:
            yield _rows(letter, language, list(some))
        elif letter in _MAKERS:
            yield from (_spoken(line, service) for line in some)


def _rows(letter: str, language: str, lines: Sequence[_Line]) -> Piece:
    """Make a list or a table. `language`: of all of it, "" for that of the story."""
    rows = tuple(tuple(line.text.split("\t")) for line in lines)
    words = {
        Foreign(line.text[mark.start : mark.end], mark.language or ""): None
        for line in lines
        for mark in line.marks
    }
    return Piece(
        _ROWS[letter],
        rows=rows,
        heads=rows[0] if letter == "t" and len(rows) > 1 else (),
        deep=True,
        shown={"lang": language, "dir": direction(language)} if language else None,
        foreign=tuple(words),
    )


def _spoken(line: _Line, service: Service) -> Piece:
    """Make a text of a line; what stands before it there is told otherwise."""
    piece = _MAKERS[line.letter](line.text, service)
    before = len(line.text) - len(piece.text)
    if not line.text.endswith(piece.text):
        return piece
    marks = (
        replace(mark, start=mark.start - before, end=mark.end - before)
        for mark in line.marks
        if mark.start >= before
    )
    return replace(piece, marks=(*piece.marks, *marks))


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
    view = _paged(path, passages, service, before=before, after=after)
    content = render("packed.html", view).encode()
    if not fits(content):
        reason = f"{len(content)} bytes, at most {PAGE_BYTES}, or too dense"
        raise PackError(f"{service.id}/{path}: {reason}")
    return Page(path, content)


def _paged(
    path: str,
    passages: Sequence[Passage],
    service: Service,
    *,
    before: str | None,
    after: str | None,
) -> dict[str, Any]:
    """Collect what stands on a page, as for `packed_page`."""
    tables = any("<table" in one.html for one in passages)
    return _view(path, service, passages[0].published) | {
        "stories": [Markup(one.html) for one in passages],
        "extras": ("table",) if tables else (),
        "before": before and link(_name(before)),
        "after": after and link(_name(after)),
    }


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
