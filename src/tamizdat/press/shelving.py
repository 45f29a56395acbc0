"""Know which entry stands on which list, and which page holds it.

Keeps of every list its entries and the files of its pages. Answers which pages must be
printed again after entries came, changed or went. Decides nothing about looks.

Everything happens inside the transaction of one press run. Two queries name their
index, because SQLite without statistics would read all rows of the service instead.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from tamizdat.edition.pages import LATELY, TOLD, Card, Chunk, last_chunk, open_chunks
from tamizdat.press.stock import read_card

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (service TEXT NOT NULL, shelf TEXT NOT NULL,
    unit TEXT NOT NULL, time TEXT NOT NULL, story TEXT NOT NULL,
    number INTEGER NOT NULL, data TEXT,
    PRIMARY KEY (service, shelf, unit, time, story, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_of ON entry (service, story);
CREATE TABLE IF NOT EXISTS closed (service TEXT NOT NULL, shelf TEXT NOT NULL,
    unit TEXT NOT NULL, number INTEGER NOT NULL, files TEXT NOT NULL,
    PRIMARY KEY (service, shelf, unit, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS opened (service TEXT NOT NULL, shelf TEXT NOT NULL,
    chunks TEXT NOT NULL, files TEXT NOT NULL,
    PRIMARY KEY (service, shelf)) WITHOUT ROWID;
"""


class Place(NamedTuple):
    """Where an entry stands on a shelf; places sort as the shelf does."""

    shelf: str
    unit: str
    time: str
    story: str
    number: int


@dataclass
class Touched:
    """What changed in one unit of one shelf.

    Attributes:
        moved: the first place from which entries came or went, None if none did.
        edited: places whose entry only looks different.
    """

    moved: Place | None = None
    edited: set[Place] = field(default_factory=set)

    def add(self, place: Place, *, moved: bool) -> None:
        """Note one change."""
        if not moved:
            self.edited.add(place)
        elif self.moved is None or place < self.moved:
            self.moved = place


@dataclass(frozen=True)
class Reprint:
    """The pages of one shelf to print again.

    Attributes:
        index: whether its index is one of them.
        closed: chunks to print, oldest first.
        gone: chunks whose pages are to be taken away.
        opened: chunks of the index, newest first.
        newest_closed: the newest closed chunk, if there is any.
    """

    index: bool
    closed: list[Chunk]
    gone: list[Chunk]
    opened: list[Chunk]
    newest_closed: Chunk | None


class Shelving:
    """The lists of one service."""

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        self._service = service
        self._card = lru_cache(maxsize=LATELY)(self._read)  # lists have many in common

    # Entries

    def places(self, story: str) -> dict[Place, str | None]:
        """Tell where a story stands now, and what else is kept there."""
        rows = self._db.execute(
            "SELECT shelf, unit, time, story, number, data FROM entry"
            " INDEXED BY entry_of WHERE service = ? AND story = ?",
            (self._service, story),
        )
        return {Place(*row[:5]): row[5] for row in rows}

    def put(self, entries: Iterable[tuple[Place, str | None]]) -> None:
        """Put entries on their shelves, or change what is kept there."""
        self._db.executemany(
            "REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((self._service, *place, data) for place, data in entries),
        )

    def take(self, place: Place) -> None:
        """Take an entry off a shelf."""
        self._db.execute(
            "DELETE FROM entry WHERE service = ? AND shelf = ? AND unit = ?"
            " AND time = ? AND story = ? AND number = ?",
            (self._service, *place),
        )

    def chunk(
        self, shelf: str, chunk: Chunk, full: int
    ) -> list[tuple[Card, str | None]]:
        """Read the entries of a chunk, oldest first. `full`: entries of a chunk."""
        rows = self._db.execute(
            "SELECT story, data FROM entry WHERE service = ? AND shelf = ? AND unit = ?"
            " ORDER BY time, story, number LIMIT ? OFFSET ?",
            (self._service, shelf, chunk.unit, full, (chunk.number - 1) * full),
        )
        return [(self._card(story), data) for story, data in rows]

    def _read(self, story: str) -> Card:
        row: tuple[str] = self._db.execute(
            "SELECT card FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return read_card(row[0])

    def begins(self, shelf: str, chunk: Chunk, full: int) -> str:
        """Tell the ISO time of a chunk's oldest entry. `full`: entries of a chunk."""
        row: tuple[str] = self._db.execute(
            "SELECT time FROM entry WHERE service = ? AND shelf = ? AND unit = ?"
            " ORDER BY time, story, number LIMIT 1 OFFSET ?",
            (self._service, shelf, chunk.unit, (chunk.number - 1) * full),
        ).fetchone()
        return row[0]

    def newest(self, shelf: str) -> Iterator[Card]:
        """Read the cards of a shelf, newest first, as far as is asked for."""
        rows = self._db.execute(
            "SELECT card FROM entry JOIN story"
            " ON story.service = entry.service AND story.id = entry.story"
            " WHERE entry.service = ? AND shelf = ?"
            " ORDER BY unit DESC, time DESC, entry.story DESC",
            (self._service, shelf),
        )
        return (read_card(card) for (card,) in rows)

    def newest_rows(self, shelf: str, most: int) -> list[tuple[Card, str | None]]:
        """Read the newest entries of a shelf, newest first."""
        rows = self._db.execute(
            "SELECT card, data FROM entry JOIN story"
            " ON story.service = entry.service AND story.id = entry.story"
            " WHERE entry.service = ? AND shelf = ?"
            " ORDER BY unit DESC, time DESC, entry.story DESC, number DESC LIMIT ?",
            (self._service, shelf, most),
        )
        return [(read_card(card), data) for card, data in rows]

    def oldest(self, shelf: str) -> Card | None:
        """Read the card of the oldest story of a shelf, if it has one."""
        row = self._db.execute(
            "SELECT card FROM entry JOIN story"
            " ON story.service = entry.service AND story.id = entry.story"
            " WHERE entry.service = ? AND shelf = ?"
            " ORDER BY unit, time, entry.story LIMIT 1",
            (self._service, shelf),
        ).fetchone()
        return read_card(row[0]) if row else None

    def newest_ids(self, shelf: str, most: int) -> list[tuple[str, str]]:
        """List ids and ISO times of a shelf, newest first."""
        rows = self._db.execute(
            "SELECT story, time FROM entry WHERE service = ? AND shelf = ?"
            " ORDER BY unit DESC, time DESC, story DESC LIMIT ?",
            (self._service, shelf, most),
        )
        return rows.fetchall()

    # Pages

    def reprint(
        self, shelf: str, touched: dict[str, Touched], full: int, *, anew: bool
    ) -> Reprint:
        """Tell which pages of a shelf must be printed again.

        Args:
            shelf: its name.
            touched: by unit, what changed.
            full: entries of a chunk, at most.
            anew: whether all of them must, whatever changed.
        """
        opened, newest_closed = open_chunks(self._counts(shelf))
        before = self.opened(shelf)
        dirty = self._dirty(touched, full) | self._followers(shelf, touched)
        if anew:
            dirty |= set(self._chunks(shelf))
        wanted = (dirty | set(before)) - set(opened)
        closed = [
            chunk
            for chunk in sorted(wanted)
            if chunk.number <= last_chunk(self._count(shelf, chunk.unit))
        ]
        gone = []
        near = {chunk.unit for chunk in (*wanted, *opened)} | touched.keys()
        for chunk in self._printed(shelf, near):
            last = last_chunk(self._count(shelf, chunk.unit))
            if chunk in opened or chunk.number > last:
                gone.append(chunk)
        moved = any(what.moved for what in touched.values())
        reach, _ = open_chunks(self._counts(shelf), TOLD)  # of the feed's beginning
        edited = not dirty.isdisjoint(reach)
        index = anew or opened != before or moved or edited
        return Reprint(index, closed, gone, opened, newest_closed)

    def _chunks(self, shelf: str) -> Iterator[Chunk]:
        for unit, count in self._counts(shelf):
            yield from (Chunk(unit, n) for n in range(1, last_chunk(count) + 1))

    def _dirty(self, touched: dict[str, Touched], full: int) -> set[Chunk]:
        found: set[Chunk] = set()
        for unit, what in touched.items():
            edited = (self._rank(place) // full + 1 for place in what.edited)
            found.update(Chunk(unit, number) for number in edited)
            if what.moved:
                first = self._rank(what.moved) // full + 1
                last = last_chunk(self._count(what.moved.shelf, unit))
                found.update(Chunk(unit, n) for n in range(first, last + 1))
        return found

    def _followers(self, shelf: str, touched: dict[str, Touched]) -> set[Chunk]:
        """Name the chunks whose link to the older one may lead elsewhere now."""
        found = set()
        for unit, what in touched.items():
            if what.moved and (later := self._unit_after(shelf, unit)):
                found.add(Chunk(later, 1))
        return found

    def before(self, shelf: str, chunk: Chunk) -> Chunk | None:
        """Name the chunk before another one, if there is any."""
        if chunk.number > 1:
            return Chunk(chunk.unit, chunk.number - 1)
        unit = self._newest_unit(shelf, chunk.unit)
        return Chunk(unit, last_chunk(self._count(shelf, unit))) if unit else None

    def _unit_after(self, shelf: str, unit: str) -> str | None:
        row: tuple[str | None] = self._db.execute(
            "SELECT min(unit) FROM entry WHERE service = ? AND shelf = ? AND unit > ?",
            (self._service, shelf, unit),
        ).fetchone()
        return row[0]

    def _rank(self, place: Place) -> int:
        row: tuple[int] = self._db.execute(
            "SELECT count(*) FROM entry WHERE service = ? AND shelf = ? AND unit = ?"
            " AND (time, story, number) < (?, ?, ?)",
            (self._service, *place),
        ).fetchone()
        return row[0]

    def _count(self, shelf: str, unit: str) -> int:
        row: tuple[int] = self._db.execute(
            "SELECT count(*) FROM entry WHERE service = ? AND shelf = ? AND unit = ?",
            (self._service, shelf, unit),
        ).fetchone()
        return row[0]

    def _counts(self, shelf: str) -> Iterator[tuple[str, int]]:
        """List units with their entries, newest first, as far as is asked for."""
        unit = "~"  # after every date
        while found := self._newest_unit(shelf, unit):
            unit = found
            yield unit, self._count(shelf, unit)

    def _newest_unit(self, shelf: str, before: str) -> str | None:
        row: tuple[str | None] = self._db.execute(
            "SELECT max(unit) FROM entry WHERE service = ? AND shelf = ? AND unit < ?",
            (self._service, shelf, before),
        ).fetchone()
        return row[0]

    def opened(self, shelf: str) -> list[Chunk]:
        """List the chunks that the index held when it was printed."""
        row = self._db.execute(
            "SELECT chunks FROM opened WHERE service = ? AND shelf = ?",
            (self._service, shelf),
        ).fetchone()
        return [Chunk(*chunk) for chunk in json.loads(row[0])] if row else []

    def _printed(self, shelf: str, units: set[str]) -> Iterator[Chunk]:
        for unit in sorted(units):
            rows = self._db.execute(
                "SELECT number FROM closed"
                " WHERE service = ? AND shelf = ? AND unit = ?",
                (self._service, shelf, unit),
            ).fetchall()
            yield from (Chunk(unit, number) for (number,) in rows)

    def files_of(self, shelf: str, chunk: Chunk | None) -> set[str]:
        """List the files of a closed chunk, or of the index where it is None."""
        where: tuple[str | int, ...] = (self._service, shelf)
        if chunk is None:
            query = "SELECT files FROM opened WHERE service = ? AND shelf = ?"
        else:
            query = (
                "SELECT files FROM closed"
                " WHERE service = ? AND shelf = ? AND unit = ? AND number = ?"
            )
            where += (chunk.unit, chunk.number)
        row = self._db.execute(query, where).fetchone()
        return set(json.loads(row[0])) if row else set()

    def printed(self, shelf: str, chunk: Chunk, files: Sequence[str]) -> None:
        """Keep which files a closed chunk has; none for one that is gone."""
        if files:
            self._db.execute(
                "REPLACE INTO closed VALUES (?, ?, ?, ?, ?)",
                (self._service, shelf, chunk.unit, chunk.number, json.dumps(files)),
            )
            return
        self._db.execute(
            "DELETE FROM closed"
            " WHERE service = ? AND shelf = ? AND unit = ? AND number = ?",
            (self._service, shelf, chunk.unit, chunk.number),
        )

    def printed_index(
        self, shelf: str, opened: Iterable[Chunk], files: Sequence[str]
    ) -> None:
        """Keep what the index of a shelf holds; no files for one that is gone."""
        if files:
            chunks = json.dumps([(chunk.unit, chunk.number) for chunk in opened])
            row = (self._service, shelf, chunks, json.dumps(files))
            self._db.execute("REPLACE INTO opened VALUES (?, ?, ?, ?)", row)
            return
        self._db.execute(
            "DELETE FROM opened WHERE service = ? AND shelf = ?", (self._service, shelf)
        )

    def shelves(self) -> list[str]:
        """List the shelves that have an index."""
        rows = self._db.execute(
            "SELECT shelf FROM opened WHERE service = ?", (self._service,)
        )
        return [shelf for (shelf,) in rows]
