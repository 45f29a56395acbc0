"""Keep the pages of the pack up to date: the same stories as in its parts, as HTML.

Decides which of these pages an edition prints. How they look is for
`edition.pages.packed`; where stories stand follows from their lengths, which the memory
of the press keeps, and never their words.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tamizdat.edition import parts
from tamizdat.edition.pages import packed
from tamizdat.edition.pages.cards import Card
from tamizdat.edition.pages.packed import Passage, Row
from tamizdat.edition.parts import Part, Slot
from tamizdat.edition.stories import Service
from tamizdat.press.packing import Newest, Stood, Texts, slots_of, window_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS packed_page (service TEXT NOT NULL, story TEXT NOT NULL,
    number INTEGER NOT NULL, size INTEGER NOT NULL, page TEXT,
    PRIMARY KEY (service, story, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS packed_list (service TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (service, path)) WITHOUT ROWID;
"""

_Near = tuple[str | None, str | None]  # paths of the pages before and after


class _Row(NamedTuple):
    """What is kept of a passage.

    Attributes:
        size: bytes that it takes of a page.
        page: None where it is on none.
    """

    story: str
    number: int
    size: int
    page: str | None


class Packed:
    """The pages of one service's pack, inside the transaction of one press run.

    Attributes:
        anew: whether the list of pages is printed, though it names the same ones.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        service: Service,
        card: Callable[[str], Card | None],
    ) -> None:
        """Open the pages.

        Args:
            database: the memory of the press.
            service: whose they are.
            card: gives what lists show of a story.
        """
        self.anew = False
        self._db = database
        self._service = service
        self._card = card

    def changes(
        self, newest: Newest, texts: Texts
    ) -> Iterator[tuple[str, bytes | None]]:
        """Tell which pages change: path, and content or None where one goes.

        Args:
            newest: the newest stories of the service, `parts.REACH` at most.
            texts: of all of them.
        """
        rows = self._rows()
        shown = _Shown(self._service, texts, rows)
        slots = slots_of(newest, shown.sizes)
        window = window_of(newest)
        pages = self._pages(slots, window, shown)
        near, before = _near([page.path for page in pages]), shown.near()
        for page in pages:
            if before.get(page.path) != near[page.path] or not shown.stands(page):
                yield page.path, self._print(page, shown, near[page.path])
        for path in sorted(before.keys() - near.keys()):
            yield path, None
        moved = before.keys() != near.keys()
        if self.anew or moved or any(map(texts.is_fresh, window)):
            yield from self._index(pages, window)
        self._keep(slots, pages)

    def _pages(
        self, slots: Sequence[Slot], window: frozenset[str], shown: "_Shown"
    ) -> list[Part]:
        """Put passages into pages: one that stood there with the same ones fits."""

        def fit(page: Part) -> bool:
            some = map(shown.passage, page.slots)
            return shown.stands(page) or packed.fit(list(some), self._service)

        return list(parts.fill(slots, window, packed.form(self._service), fit))

    def _print(self, page: Part, shown: "_Shown", near: _Near) -> bytes:
        passages = [shown.passage(slot) for slot in page.slots]
        before, after = near
        return packed.packed_page(
            page.path, passages, self._service, before=before, after=after
        ).content

    def _index(
        self, pages: Sequence[Part], window: frozenset[str]
    ) -> Iterator[tuple[str, bytes | None]]:
        """Print the list, and take away those of its pages that it needs no more."""
        first: dict[str, str] = {}
        for page in pages:
            for slot in page.slots:
                if slot.story in window:
                    first.setdefault(slot.story, page.path)
        found = ((self._card(story), path) for story, path in first.items())
        rows = [Row(card, path) for card, path in found if card]
        printed = packed.packed_index(self._service, rows)
        paths = [page.path for page in printed]
        yield from ((page.path, page.content) for page in printed)
        yield from ((path, None) for path in self._listed(paths))

    def _listed(self, paths: Sequence[str]) -> list[str]:
        """Remember the pages of the list; name those that it had and has not now."""
        own = (self._service.id,)
        query = "SELECT path FROM packed_list WHERE service = ? ORDER BY path"
        gone = [path for (path,) in self._db.execute(query, own) if path not in paths]
        self._db.execute("DELETE FROM packed_list WHERE service = ?", own)
        rows = [(*own, path) for path in paths]
        self._db.executemany("INSERT INTO packed_list VALUES (?, ?)", rows)
        return gone

    def _rows(self) -> list[_Row]:
        rows = self._db.execute(
            "SELECT story, number, size, page FROM packed_page WHERE service = ?"
            " ORDER BY story, number",
            (self._service.id,),
        )
        return [_Row(*row) for row in rows]

    def _keep(self, slots: Iterable[Slot], pages: Iterable[Part]) -> None:
        where = {(s.story, s.number): page.path for page in pages for s in page.slots}
        own = self._service.id
        rows = [
            (own, s.story, s.number, s.size, where.get((s.story, s.number)))
            for s in slots
        ]
        self._db.execute("DELETE FROM packed_page WHERE service = ?", (own,))
        self._db.executemany("INSERT INTO packed_page VALUES (?, ?, ?, ?, ?)", rows)


class _Shown:
    """Every passage that the pages may show, and where it stood before."""

    def __init__(self, service: Service, texts: Texts, rows: Sequence[_Row]) -> None:
        self._service = service
        self._texts = texts
        self._made: dict[str, list[Passage]] = {}
        self._known: dict[str, list[tuple[int, int]]] = {}
        for row in rows:
            self._known.setdefault(row.story, []).append((row.number, row.size))
        self._stood = Stood((row.page, (row.story, row.number)) for row in rows)

    def near(self) -> Mapping[str, _Near]:
        """Name the pages of the edition before, each with those beside it."""
        return _near(sorted(self._stood.paths))

    def stands(self, page: Part) -> bool:
        """Tell whether a page stood in the edition before with the same passages."""
        return self._stood.holds(page, self._texts.is_fresh)

    def sizes(self, story: str) -> list[tuple[int, int]]:
        """List the passages of a story: number and bytes."""
        if story in self._known and not self._texts.is_fresh(story):
            return self._known[story]
        return [(p.number, p.size) for p in self._passages(story)]

    def passage(self, slot: Slot) -> Passage:
        """Give one passage."""
        return self._passages(slot.story)[slot.number - 1]

    def _passages(self, story: str) -> list[Passage]:
        if story not in self._made:
            items, salt = self._texts.items(story), self._texts.salt(story)
            self._made[story] = packed.passages_of(
                items, salt, self._service, self._texts.tongues(story)
            )
        return self._made[story]


def _near(paths: Sequence[str]) -> dict[str, _Near]:
    """Tell of each page which it leads to. `paths`: oldest first.

    A page leads on only where the next one begins in the middle of a story, which its
    name says: a page that is full stays as it is when another one is begun.
    """
    after = [None if path.endswith("-1.html") else path for path in paths]
    near = zip([None, *paths], [*after[1:], None], strict=False)
    return dict(zip(paths, near, strict=False))
