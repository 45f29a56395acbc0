"""Keep long lists on pages that stay as they are once they are closed.

Decides which entries stand on which page. Entries are cut by time: first into units, a
day or a month by the UTC time of each, then within a unit into chunks of 20 counted
from its oldest. Every entry stands on exactly one page:

    the index    all chunks that fewer than 10 newer entries follow: 10 to 29 entries
    a closed     one chunk that at least 10 newer entries follow
    page

So a new entry changes the index and nothing else, until a chunk closes; and an entry
that comes or goes moves others only within its own unit. Which page an entry stands on
depends on the list alone, never on how it grew.

Feeds stand beside these pages and are cut as they are, but for the first document: it
tells of 20 entries at least, if need be of some that stand on closed pages too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any, Generic, Protocol, Self, TypeVar

from minijinja import Markup

from tamizdat.edition.cuts import clipped
from tamizdat.edition.pages.addresses import link, up
from tamizdat.edition.pages.cards import Card, shown
from tamizdat.edition.pages.chain import Leaf, chain
from tamizdat.edition.pages.feeds import (
    ATOM,
    TOLD,
    FeedEntry,
    FeedPage,
    Format,
    filled,
)
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import Service

FULL = 20  # entries of a chunk, at most
NEWER = 10  # entries that follow a closed chunk, at least
NEWEST = "news.html"  # all stories: a feed of what has no page of its own leads there

DAY, MONTH = 10, 7  # characters of an ISO date that name a unit

SHORTER = (100, 40)  # letters of a text, where one entry alone fills more than a page


class Listed(Protocol):
    """What stands on a list."""

    def shorter(self, most: int) -> Self:
        """Leave so many letters of each text that a page shows of it."""


Entry = TypeVar("Entry", bound=Listed)


@dataclass(frozen=True, order=True, slots=True)
class Chunk:
    """One run of entries. `unit`: "2026-11-20" or "2026-11"; `number`: from 1."""

    unit: str
    number: int


def unit_of(time: datetime, length: int) -> str:
    """Name the unit of a time: `length` is DAY or MONTH."""
    return time.astimezone(UTC).isoformat()[:length]


def open_chunks(
    counts: Iterable[tuple[str, int]], least: int = NEWER
) -> tuple[list[Chunk], Chunk | None]:
    """Tell the chunks of the index from the closed ones.

    Args:
        counts: units with the number of their entries, newest first; read only as far
            as is needed.
        least: entries that follow a closed chunk; of the feed's first document TOLD.

    Returns:
        The open chunks, newest first, and the newest closed one if there is any.
    """
    newer = 0
    found: list[Chunk] = []
    for unit, count in counts:
        for number in range(last_chunk(count), 0, -1):
            if newer >= least:
                return found, Chunk(unit, number)
            found.append(Chunk(unit, number))
            newer += min(FULL, count - FULL * (number - 1))
    return found, None


def last_chunk(count: int) -> int:
    """Tell the number of a unit's newest chunk: 0 where it has no entries."""
    return -(-count // FULL)


@dataclass(frozen=True)
class Shelf(Generic[Entry]):
    """One list of a service.

    Attributes:
        template: prints a page of it, None for a list that is a feed alone.
        title: gives its name from the entries of a page, newest first.
        index: path of the page with the newest entries.
        unit: DAY or MONTH.
        stem: gives the path of a unit's closed pages, without number and ending.
        show: prepares entries, newest first, for the template; takes the way up.
        feed: prepares one entry for the feeds beside each page, None for no feed.
        formats: of its feeds.
        alarms: breaking stories above the index; no other page has them.
        about: says from the newest entry whose list it is, on the index alone.
        older: what its other pages are called, "" as the index.
    """

    service: Service
    template: str | None
    title: Callable[[Sequence[Entry]], str]
    index: str
    unit: int
    stem: Callable[[str], str]
    show: Callable[[Sequence[Entry], str], dict[str, Any]]
    feed: Callable[[Entry], FeedEntry] | None = None
    formats: tuple[Format, ...] = (ATOM,)
    alarms: tuple[Card, ...] = ()
    about: Callable[[Entry, str], dict[str, Any] | None] | None = None
    older: str = ""

    def pages(
        self, entries: Sequence[Entry], time: Callable[[Entry], datetime]
    ) -> list[Page]:
        """Print the whole list.

        Args:
            entries: oldest first.
            time: by which an entry is placed.
        """
        chunks = self._chunks(entries, time)
        order = sorted(chunks)
        opened, closed = open_chunks(_counts(chunks))
        newest = [entry for chunk in sorted(opened) for entry in chunks[chunk]]
        told = entries[-max(TOLD, len(newest)) :]
        pages = self.index_pages(newest, closed, told)
        for before, chunk in zip([None, *order], order, strict=False):
            if chunk not in opened:
                pages.extend(self.closed_pages(chunks[chunk], chunk, before))
        return pages

    def _chunks(
        self, entries: Sequence[Entry], time: Callable[[Entry], datetime]
    ) -> dict[Chunk, list[Entry]]:
        found = {}
        for unit, group in groupby(entries, lambda e: unit_of(time(e), self.unit)):
            some = list(group)
            for number in range(1, last_chunk(len(some)) + 1):
                part = some[(number - 1) * FULL : number * FULL]
                found[Chunk(unit, number)] = part
        return found

    def index_pages(
        self,
        newest: Sequence[Entry],
        closed: Chunk | None,
        told: Sequence[Entry] = (),
    ) -> list[Page]:
        """Print the newest entries.

        Args:
            newest: of all open chunks, oldest first.
            closed: the newest closed chunk, if there is any.
            told: the newest TOLD entries, oldest first, where `newest` are fewer.
        """
        return self._printed(self.index, newest, closed, told)

    def closed_pages(
        self, part: Sequence[Entry], chunk: Chunk, before: Chunk | None
    ) -> list[Page]:
        """Print one closed chunk.

        Args:
            part: its entries, oldest first.
            chunk: which.
            before: the chunk before it, if there is any.
        """
        return self._printed(self.closed_path(chunk), part, before)

    def closed_path(self, chunk: Chunk) -> str:
        """Give the path of a closed chunk's first page."""
        return f"{self.stem(chunk.unit)}_{chunk.number}.html"

    def _printed(
        self,
        path: str,
        entries: Sequence[Entry],
        before: Chunk | None,
        told: Sequence[Entry] = (),
    ) -> list[Page]:
        """Print entries, oldest first, as HTML and as feeds."""
        newest_first = list(reversed(entries))
        older = self.closed_path(before) if before else None
        pages: list[Page] = []
        if self.template:
            printers = [partial(self._page, most) for most in (None, *SHORTER)]
            pages += chain(self.service, path, newest_first, printers, older=older)
        if self.feed:
            more = told if len(told) > len(entries) else entries
            pages += self._feeds(path, list(reversed(more)), older)
        return pages

    def _feeds(
        self, path: str, entries: Sequence[Entry], older: str | None
    ) -> Iterator[Page]:
        for kind in self.formats:
            beside = older and kind.path(older)
            printers = [partial(self._feed, kind)]
            first = kind.path(path)
            yield from chain(self.service, first, entries, printers, older=beside)

    def _page(self, most: int | None, leaf: Leaf, entries: Sequence[Entry]) -> Page:
        """Print a page. `most`: letters of each text, None for all that lists show."""
        path, older = leaf.path, leaf.after
        if self.template is None:
            raise ValueError(f"{path}: a list without pages")
        on_top = self.alarms if path == self.index else ()
        title = self.older if self.older and path != self.index else self.title(entries)
        if most is not None:
            entries = [one.shorter(most) for one in entries]
            on_top = tuple(card.shorter(most) for card in on_top)
            title = clipped(title, most)
        root = up(path)
        view = frame(path, self.service, title) | self.show(entries, root)
        view["breaking"] = [
            shown(card, root, self.service, bare=True) for card in on_top
        ]
        view["about"] = None
        if self.about and path == self.index and entries:
            view["about"] = self.about(entries[0], root)
        view["extras"] = ("by",) if view["about"] else ()
        view["newest"] = None if path == self.index else link(root + self.index)
        view["older"] = older and link(root + older)
        view["feeds"] = list(self._named_feeds(root))
        days = tuple(day["newest"] for day in view.get("days", ()))
        return Page(path, render(self.template, view).encode(), days)

    def _named_feeds(self, root: str) -> Iterator[dict[str, str]]:
        """Name the feeds of the list for the head of a page."""
        for kind in self.formats if self.feed else ():
            yield {
                "type": Markup(kind.type),
                "href": link(root + kind.path(self.index)),
            }

    def _feed(self, kind: Format, leaf: Leaf, entries: Sequence[Entry]) -> Page:
        path, older = leaf.path, leaf.after
        if self.feed is None:
            raise ValueError(f"{path}: a list without a feed")
        where = FeedPage(
            path=path,
            first=kind.path(self.index),
            page=self.index if self.template else NEWEST,
            older=older,
            title=f"{self.service.name}: {self.title(entries)}",
        )

        def write(some: Sequence[FeedEntry]) -> bytes:
            return kind.write(where, some, self.service).encode()

        told = [self.feed(entry) for entry in entries]
        shortens = path == where.first and len(told) <= TOLD
        return Page(path, filled(told, write) if shortens else write(told))


def _counts(chunks: dict[Chunk, list[Entry]]) -> Iterator[tuple[str, int]]:
    """List units with their entries, newest first."""
    newest_first = sorted(chunks, reverse=True)
    for unit, group in groupby(newest_first, lambda chunk: chunk.unit):
        yield unit, sum(len(chunks[chunk]) for chunk in group)
