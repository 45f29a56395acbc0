"""Print the lists of a service that a press run touched, its front page among them.

Decides which list a story stands on and what the front page chooses from; which pages
of a list must be printed again is for `shelving`, how they look for `edition.pages`.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import merge
from itertools import islice

from tamizdat.edition import pages
from tamizdat.edition.fronts import Arrangement, Front
from tamizdat.edition.pages import Card, Chunk, Heard, Noted, Page, Shelf, registers
from tamizdat.edition.pages.registers import Named
from tamizdat.edition.stories import Section, Service
from tamizdat.press.almanac import Almanac
from tamizdat.press.registers import Registers
from tamizdat.press.shelving import Place, Reprint, Shelving, Touched
from tamizdat.press.stock import Stock

FRONT = 40  # newest stories the front page chooses from
FRONT_SECTION = 20  # the same, of each section
FRONT_BREAKING = 3

_NEWS, _CORRECTIONS, _BREAKING = "news", "corrections", "breaking"
_PODCAST = "podcast"


AnyShelf = Shelf[Card] | Shelf[Noted] | Shelf[Heard]


class Lists:
    """The lists of one service, inside one transaction."""

    def __init__(
        self, database: sqlite3.Connection, service: Service, stock: Stock
    ) -> None:
        self._service = service
        self._stock = stock
        self._shelving = Shelving(database, service.id)
        self._registers = Registers(database, service)
        self._almanac = Almanac(database, service)
        self._touched: dict[str, dict[str, Touched]] = {}
        self._alarmed = False  # what breaks is another story, or looks different
        self._sections = {section.id: section for section in service.sections}
        self._gone: set[str] = set()

    def newest(self, most: int) -> list[tuple[str, str]]:
        """List ids and ISO times of the newest stories, newest first."""
        return self._shelving.newest_ids(_NEWS, most)

    def newest_cards(self) -> Iterator[Card]:
        """Read what lists show of the newest stories, newest first."""
        return self._shelving.newest(_NEWS)

    def shelve(
        self, card: Card, notes: list[Noted], *, known: bool, changed: bool
    ) -> None:
        """Bring the entries of a story up to date and note what looks different.

        Args:
            card: what lists show of it.
            notes: what it adds to the corrections.
            known: whether it was printed before.
            changed: whether lists show something else of it now.
        """
        new = dict(_places(card, notes))
        if self._service.home:
            new |= dict(_podcast_places(card))
        old = self._shelving.places(card.id) if known else {}
        for place in old.keys() - new.keys():
            self._shelving.take(place)
            self._touch(place, moved=True)
        other = [one for one in new.items() if one not in old.items()]
        self._shelving.put(other)
        for place in new.keys() - old.keys():
            self._touch(place, moved=True)
        for place in new.keys() & old.keys():
            if changed or old[place] != new[place]:
                self._touch(place, moved=False)

    def _touch(self, place: Place, *, moved: bool) -> None:
        if place.shelf == _BREAKING:
            self._alarmed = True
            return
        units = self._touched.setdefault(place.shelf, {})
        units.setdefault(place.unit, Touched()).add(place, moved=moved)

    def printed(self, *, anew: bool) -> Iterator[Page]:
        """Print the pages of every list that something touched, and the front page.

        Args:
            anew: whether every page of every list is printed: what all share changed.
        """
        always = self._always()
        known = set(self._shelving.shelves())
        gone = {name for name in known - always if anew or name.startswith("s/")}
        wanted = self._touched.keys() | (always if anew else always - known) | gone
        if self._alarmed:
            wanted |= self._alarming()
        plans = {name: self._plan(name, anew=anew) for name in sorted(wanted)}
        yield from self._closed(plans)
        for name, plan in plans.items():
            yield from self._opened(name, plan)
            self._register(name)
        yield from self._almanac.printed(anew=anew)
        yield from self._registers.printed(anew=anew)
        self._gone |= self._almanac.gone() | self._registers.gone()
        arranged = self._stock.arrangement()
        cards = self._front_cards(arranged)
        front = pages.front_page(self._service, cards, arranged)
        yield front
        yield pages.text_front(front, cards)

    def _plan(self, name: str, *, anew: bool) -> Reprint:
        touched = self._touched.get(name, {})
        return self._shelving.reprint(name, touched, pages.FULL, anew=anew)

    def gone(self) -> set[str]:
        """List the files that go, once everything is printed."""
        return self._gone

    def _always(self) -> set[str]:
        """Name the lists that have an index even when they are empty."""
        sections = {_section_shelf(section.id) for section in self._service.sections}
        homes = {_PODCAST} if self._service.home else set()
        return {_NEWS, _CORRECTIONS} | sections | homes

    def _alarming(self) -> set[str]:
        """Name the lists above whose index stands what breaks."""
        return self._always() - {_CORRECTIONS, _PODCAST}

    def _closed(self, plans: Mapping[str, Reprint]) -> Iterator[Page]:
        """Print closed pages by their time: a story stands on many lists."""
        shelves = {name: self._shelf(name) for name, p in plans.items() if p.closed}
        for name, plan in plans.items():
            for chunk in plan.gone:
                files = self._replaced(name, chunk, [])
                self._shelving.printed(name, chunk, files)
        every = (self._by_time(name, plan.closed) for name, plan in plans.items())
        for _time, name, chunk in merge(*every):
            before = self._shelving.before(name, chunk)
            some = self._entries(name, [chunk])
            printed = shelves[name].closed_pages(some, chunk, before)
            files = self._replaced(name, chunk, printed)
            self._shelving.printed(name, chunk, files)
            yield from printed

    def _by_time(
        self, name: str, chunks: Iterable[Chunk]
    ) -> Iterator[tuple[str, str, Chunk]]:
        for chunk in chunks:
            yield self._shelving.begins(name, chunk, pages.FULL), name, chunk

    def _opened(self, name: str, plan: Reprint) -> Iterator[Page]:
        """Print the index of a list if its plan or what breaks asks for it."""
        there = bool(self._shelving.files_of(name, None))
        wanted = bool(plan.opened) or name in self._always()
        alarmed = self._alarmed and name in self._alarming()
        if plan.index or alarmed or there != wanted:
            yield from self._index(name, plan.opened, plan.newest_closed)

    def _index(
        self,
        name: str,
        opened: list[Chunk],
        closed: Chunk | None,
    ) -> list[Page]:
        printed: list[Page] = []
        if opened or name in self._always():
            shelf = self._with_alarms(name, self._shelf(name))
            newest = self._entries(name, sorted(opened))
            told = self._told(name) if closed and shelf.feed else []
            printed = shelf.index_pages(newest, closed, told)
        files = self._replaced(name, None, printed)
        self._shelving.printed_index(name, opened, files)
        return printed

    def _register(self, name: str) -> None:
        """Name a subject or an author as the oldest story on the shelf does.

        Later stories spell it as they like, and the page of its letter stays.
        """
        kind, _, key = name.partition("/")
        if kind not in registers.KINDS:
            return
        oldest = self._shelving.oldest(name)
        if oldest is None:
            self._registers.forget(name)
            return
        called = oldest.tags if kind == "t" else oldest.authors
        own = next(one.name for one in called if one.id == key)
        salt = oldest.beside.origin or oldest.salt
        self._registers.name(Named(name, own, salt))

    def _with_alarms(self, name: str, shelf: AnyShelf) -> AnyShelf:
        """Put what breaks above the newest stories, of all and of each section."""
        if name not in self._alarming():
            return shelf
        return replace(shelf, alarms=tuple(self._breaking()))

    def _breaking(self) -> Iterator[Card]:
        cards = self._shelving.newest(_BREAKING)
        return islice((card for card in cards if card.breaking), FRONT_BREAKING)

    def _replaced(
        self, name: str, chunk: Chunk | None, printed: Sequence[Page]
    ) -> list[str]:
        """Name the files of a chunk, and note that the others it had before go.

        Args:
            name: of the list.
            chunk: None for its index.
            printed: what it has now.
        """
        before = self._shelving.files_of(name, chunk)
        files = [page.path for page in printed]
        if name == _NEWS:
            self._almanac.replace(before, printed)
        self._gone |= before.difference(files)
        return files

    def _shelf(self, name: str) -> AnyShelf:
        if name == _NEWS:
            return pages.news_list(self._service)
        if name == _CORRECTIONS:
            return pages.corrections_list(self._service)
        if name == _PODCAST:
            return pages.podcast_list(self._service)
        kind, _, key = name.partition("/")
        if kind == "t":
            return pages.tag_list(self._service, key)
        if kind == "by":
            return pages.author_list(self._service, key)
        section = self._sections.get(key, Section(key, key))
        return pages.section_list(self._service, section)

    def _entries(self, name: str, chunks: Iterable[Chunk]) -> list:  # type: ignore[type-arg]
        rows = [
            row
            for chunk in chunks
            for row in self._shelving.chunk(name, chunk, pages.FULL)
        ]
        return _read_rows(name, rows)

    def _told(self, name: str) -> list:  # type: ignore[type-arg]
        """Read the entries that the first document of a feed tells of, oldest first."""
        return _read_rows(name, self._shelving.newest_rows(name, pages.TOLD)[::-1])

    def _front_cards(self, arranged: Arrangement) -> list[Card]:
        """Gather the stories the front page may show; others cannot be on it."""
        fixed = (self._stock.card(story) for story in arranged.stories)
        held = len(arranged.stories)  # each may have its place elsewhere
        shelves = [(_NEWS, FRONT + held), (_BREAKING, FRONT_BREAKING)]
        shelves += [
            (_section_shelf(section.id), FRONT_SECTION + held)
            for section in self._service.current
        ]
        found = {card.id: card for card in fixed if card}
        for shelf, most in shelves:
            standing = (
                card
                for card in self._shelving.newest(shelf)
                if card.standing != pages.WITHDRAWN
            )
            found.update({card.id: card for card in islice(standing, most)})
        return list(found.values())

    def arrange(self, front: Front | None) -> bool:
        """Arrange the front page anew; None leaves it to the newest stories.

        Returns:
            Whether it is another arrangement.

        Raises:
            StoryError: a section or a story is not there.
        """
        wanted = front.arrangement if front else Arrangement()
        if front:
            front.check_sections(self._service)
            for story in wanted.stories:
                if self._stock.card(story) is None:
                    front.fail("lead", f"{self._service.id} has no story {story!r}")
        if wanted == self._stock.arrangement():
            return False
        self._stock.arrange(wanted)
        return True


def _places(card: Card, notes: list[Noted]) -> Iterator[tuple[Place, str | None]]:
    """Tell on which shelves a story stands."""
    time = card.published.isoformat()
    day, month = time[:10], time[:7]
    yield Place(_NEWS, day, time, card.id, 0), None
    for section in (card.section, *card.also):
        yield Place(_section_shelf(section), month, time, card.id, 0), None
    for tag in card.tags:
        yield Place(f"t/{tag.id}", month, time, card.id, 0), None
    for author in card.authors:
        yield Place(f"by/{author.id}", month, time, card.id, 0), None
    if card.breaking:
        yield Place(_BREAKING, month, time, card.id, 0), None
    for note in notes:
        at = note.time.isoformat()
        row = [note.kind, note.note, note.number, at, note.told]
        data = json.dumps(row, ensure_ascii=False)
        yield Place(_CORRECTIONS, at[:7], at, card.id, note.number), data


def _podcast_places(card: Card) -> Iterator[tuple[Place, str]]:
    """Tell where the sounds of a story stand: feeds that only a home has."""
    time = card.published.isoformat()
    for number in range(1, len(card.beside.sounds) + 1):
        yield Place(_PODCAST, time[:7], time, card.id, number), str(number)


def _read_rows(name: str, rows: Sequence[tuple[Card, str | None]]) -> list:  # type: ignore[type-arg]
    if name == _CORRECTIONS:
        return [_read_noted(card, data or "") for card, data in rows]
    if name == _PODCAST:
        return [Heard(card, int(data or 0)) for card, data in rows]
    return [card for card, _data in rows]


def _read_noted(card: Card, data: str) -> Noted:
    kind, note, number, time, *told = json.loads(data)  # older rows tell no page
    return Noted(card, number, kind, datetime.fromisoformat(time), note, *told)


def _section_shelf(section: str) -> str:
    return f"s/{section}"
