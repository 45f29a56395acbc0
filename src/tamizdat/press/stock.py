"""Know which story stands on which list, without reading a story again.

Keeps of every printed story what lists show of it, and of every list its entries and
closed pages. Answers which pages of a list must be printed again after stories came,
changed or went. Holds no text of a story and decides nothing about looks.

Everything happens inside the transaction of one press run. Two queries name their
index, because SQLite without statistics would read all rows of the service instead.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tamizdat.edition.fronts import Arrangement
from tamizdat.edition.pages import Card, Chunk, last_chunk, open_chunks
from tamizdat.edition.releases import Head
from tamizdat.edition.stories import Tag

SCHEMA = """
CREATE TABLE IF NOT EXISTS story (service TEXT NOT NULL, id TEXT NOT NULL,
    digest BLOB NOT NULL, card TEXT NOT NULL, pages INTEGER NOT NULL,
    release INTEGER NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (service, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (service TEXT NOT NULL, story TEXT NOT NULL,
    files INTEGER NOT NULL, PRIMARY KEY (service, story)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS picture (service TEXT NOT NULL, name TEXT NOT NULL,
    story TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (service, name, story)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS picture_of ON picture (service, story);
CREATE TABLE IF NOT EXISTS entry (service TEXT NOT NULL, shelf TEXT NOT NULL,
    unit TEXT NOT NULL, time TEXT NOT NULL, story TEXT NOT NULL,
    number INTEGER NOT NULL, data TEXT,
    PRIMARY KEY (service, shelf, unit, time, story, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_of ON entry (service, story);
CREATE TABLE IF NOT EXISTS closed (service TEXT NOT NULL, shelf TEXT NOT NULL,
    unit TEXT NOT NULL, number INTEGER NOT NULL, files TEXT NOT NULL,
    PRIMARY KEY (service, shelf, unit, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moved (service TEXT NOT NULL, path TEXT NOT NULL,
    story TEXT NOT NULL, PRIMARY KEY (service, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moved_of ON moved (service, story);
CREATE TABLE IF NOT EXISTS front (service TEXT PRIMARY KEY, lead TEXT NOT NULL,
    sections TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS opened (service TEXT NOT NULL, shelf TEXT NOT NULL,
    chunks TEXT NOT NULL, files TEXT NOT NULL,
    PRIMARY KEY (service, shelf)) WITHOUT ROWID;
"""
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
DIGEST_BYTES = 16  # of the SHA-256 of a document; only equal or not matters


class Place(NamedTuple):
    """Where an entry stands on a shelf; places sort as the shelf does."""

    shelf: str
    unit: str
    time: str
    story: str
    number: int


@dataclass(frozen=True)
class Known:
    """What is kept of a printed story.

    Attributes:
        card: what lists show of it, as JSON.
        pages: how many it has.
        head: its newest printed release.
    """

    card: str
    pages: int
    head: Head


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
        closed: chunks to print, each with the chunk before it.
        gone: chunks whose pages are to be taken away.
        opened: chunks of the index, newest first.
        newest_closed: the newest closed chunk, if there is any.
    """

    index: bool
    closed: list[tuple[Chunk, Chunk | None]]
    gone: list[Chunk]
    opened: list[Chunk]
    newest_closed: Chunk | None


class Stock:
    """The lists of one service."""

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        self._service = service

    # Stories

    def digests(self) -> Iterator[tuple[bytes, str]]:
        """List the digest of every printed story's document, and its id."""
        yield from self._db.execute(
            "SELECT digest, id FROM story WHERE service = ?", (self._service,)
        )

    def digest(self, story: str) -> bytes | None:
        """Tell the digest of the document a story was last printed from."""
        row: tuple[bytes] | None = self._db.execute(
            "SELECT digest FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return row[0] if row else None

    def count(self) -> int:
        """Count the printed stories."""
        row: tuple[int] = self._db.execute(
            "SELECT count(*) FROM story WHERE service = ?", (self._service,)
        ).fetchone()
        return row[0]

    def known(self, story: str) -> Known | None:
        """Tell what is kept of a story, if it was printed before."""
        row = self._db.execute(
            "SELECT card, pages, release, line FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return Known(row[0], row[1], Head(row[2], row[3])) if row else None

    def keep(self, card: Card, digest: bytes, pages: int, head: Head) -> str:
        """Keep what lists show of a story; returns it as JSON."""
        looks = write_card(card)
        self._db.execute(
            "REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._service,
                card.id,
                digest,
                looks,
                pages,
                head.number,
                head.line,
            ),
        )
        return looks

    def card(self, story: str) -> Card | None:
        """Tell what lists show of a story, if it was printed."""
        row = self._db.execute(
            "SELECT card FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return read_card(row[0]) if row else None

    def arrangement(self) -> Arrangement:
        """Tell how the front page is arranged."""
        row = self._db.execute(
            "SELECT lead, sections FROM front WHERE service = ?", (self._service,)
        ).fetchone()
        if row is None:
            return Arrangement()
        sections = {key: tuple(ids) for key, ids in json.loads(row[1]).items()}
        return Arrangement(tuple(json.loads(row[0])), sections)

    def arrange(self, wanted: Arrangement) -> None:
        """Keep how the front page is arranged."""
        lead, sections = json.dumps(wanted.lead), json.dumps(wanted.sections)
        row = (self._service, lead, sections)
        self._db.execute("REPLACE INTO front VALUES (?, ?, ?)", row)

    def keep_moved(self, story: str, paths: Iterable[str]) -> list[str]:
        """Keep which old addresses lead to a story.

        Returns:
            Those that led to it before and do not now.

        Raises:
            ValueError: one leads to another story already.
        """
        rows = self._db.execute(
            "SELECT path FROM moved INDEXED BY moved_of"
            " WHERE service = ? AND story = ?",
            (self._service, story),
        )
        before, now = {path for (path,) in rows}, set(paths)
        new = sorted(now - before)
        for path in new:
            taken = self._db.execute(
                "SELECT story FROM moved WHERE service = ? AND path = ?",
                (self._service, path),
            ).fetchone()
            if taken:
                raise ValueError(f"{path} leads to {taken[0]} already")
        for path in new:
            row = (self._service, path, story)
            self._db.execute("INSERT INTO moved VALUES (?, ?, ?)", row)
        for path in before - now:
            self._db.execute(
                "DELETE FROM moved WHERE service = ? AND path = ?",
                (self._service, path),
            )
        return sorted(before - now)

    def keep_changes(self, story: str, files: int) -> int:
        """Keep how many pages tell what a story's releases changed.

        Returns:
            How many did before.
        """
        key = (self._service, story)
        row = self._db.execute(
            "SELECT files FROM changes WHERE service = ? AND story = ?", key
        ).fetchone()
        if files:
            self._db.execute("REPLACE INTO changes VALUES (?, ?, ?)", (*key, files))
        elif row:
            self._db.execute("DELETE FROM changes WHERE service = ? AND story = ?", key)
        return row[0] if row else 0

    def keep_pictures(self, story: str, digests: Mapping[str, str]) -> dict[str, str]:
        """Keep which picture files a story shows.

        Args:
            story: its id.
            digests: SHA-256 in hex of each file, by name.

        Returns:
            The same of those it showed before and does not show now.
        """
        rows = self._db.execute(
            "SELECT name, digest FROM picture INDEXED BY picture_of"
            " WHERE service = ? AND story = ?",
            (self._service, story),
        )
        before = dict(rows.fetchall())
        for name in digests.keys() - before.keys():
            row = (self._service, name, story, digests[name])
            self._db.execute("INSERT INTO picture VALUES (?, ?, ?, ?)", row)
        dropped = {name: before[name] for name in before.keys() - digests.keys()}
        for name in dropped:
            self._db.execute(
                "DELETE FROM picture WHERE service = ? AND name = ? AND story = ?",
                (self._service, name, story),
            )
        return dropped

    def shows(self, name: str) -> bool:
        """Tell whether any story shows the picture of this name."""
        found = self._db.execute(
            "SELECT 1 FROM picture WHERE service = ? AND name = ? LIMIT 1",
            (self._service, name),
        )
        return found.fetchone() is not None

    # Entries

    def places(self, story: str) -> dict[Place, str | None]:
        """Tell where a story stands now, and what else is kept there."""
        rows = self._db.execute(
            "SELECT shelf, unit, time, story, number, data FROM entry"
            " INDEXED BY entry_of WHERE service = ? AND story = ?",
            (self._service, story),
        )
        return {Place(*row[:5]): row[5] for row in rows}

    def put(self, place: Place, data: str | None) -> None:
        """Put an entry on a shelf, or change what is kept there."""
        self._db.execute(
            "REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._service, *place, data),
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
            "SELECT card, data FROM entry JOIN story"
            " ON story.service = entry.service AND story.id = entry.story"
            " WHERE entry.service = ? AND shelf = ? AND unit = ?"
            " ORDER BY time, entry.story, number LIMIT ? OFFSET ?",
            (self._service, shelf, chunk.unit, full, (chunk.number - 1) * full),
        )
        return [(read_card(card), data) for card, data in rows]

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

    def newest_ids(self, shelf: str, most: int) -> list[tuple[str, str]]:
        """List ids and ISO times of a shelf, newest first."""
        rows = self._db.execute(
            "SELECT story, time FROM entry WHERE service = ? AND shelf = ?"
            " ORDER BY unit DESC, time DESC, story DESC LIMIT ?",
            (self._service, shelf, most),
        )
        return rows.fetchall()

    # Pages

    def reprint(self, shelf: str, touched: dict[str, Touched], full: int) -> Reprint:
        """Tell which pages of a shelf must be printed again.

        Args:
            shelf: its name.
            touched: by unit, what changed.
            full: entries of a chunk, at most.
        """
        opened, newest_closed = open_chunks(self._counts(shelf))
        before = self._opened(shelf)
        dirty = self._dirty(touched, full) | self._followers(shelf, touched)
        wanted = (dirty | set(before)) - set(opened)
        closed = [
            (chunk, self._before(shelf, chunk))
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
        index = opened != before or moved or not dirty.isdisjoint(opened)
        return Reprint(index, closed, gone, opened, newest_closed)

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

    def _before(self, shelf: str, chunk: Chunk) -> Chunk | None:
        if chunk.number > 1:
            return Chunk(chunk.unit, chunk.number - 1)
        row = self._db.execute(
            "SELECT max(unit) FROM entry WHERE service = ? AND shelf = ? AND unit < ?",
            (self._service, shelf, chunk.unit),
        ).fetchone()
        return row[0] and Chunk(row[0], last_chunk(self._count(shelf, row[0])))

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
        while True:
            row = self._db.execute(
                "SELECT max(unit) FROM entry"
                " WHERE service = ? AND shelf = ? AND unit < ?",
                (self._service, shelf, unit),
            ).fetchone()
            if row[0] is None:
                return
            unit = row[0]
            yield unit, self._count(shelf, unit)

    def _opened(self, shelf: str) -> list[Chunk]:
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


def write_card(card: Card) -> str:
    """Write a card as JSON: its values in their order."""
    values = (
        *(card.id, card.uri, card.path, card.section, card.kicker, card.headline),
        *(card.standfirst, card.published.isoformat()),
        card.updated and card.updated.isoformat(),
        *(card.breaking, card.salt, card.language),
        *([(tag.id, tag.name) for tag in card.tags], card.standing, card.note),
    )
    return _COMPACT.encode(values)


def read_card(text: str) -> Card:
    """Read a card as `write_card` wrote it."""
    values = json.loads(text)
    values[7] = datetime.fromisoformat(values[7])
    values[8] = values[8] and datetime.fromisoformat(values[8])
    values[12] = tuple(Tag(*tag) for tag in values[12])
    values[14] = values[14] and tuple(values[14])
    return Card(*values)
