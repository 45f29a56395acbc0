"""Remember which stories a content held, so that what did not change is not read.

Of each file of the content that was printed last: its stamp and its stretches, runs of
whole lines with the digest of their bytes; of each stretch its stories. All of it holds
only as long as nothing else was printed into the archive and the services are the same
(`frame`); whatever does not hold is forgotten whole, and everything is read.

Source: docs/decisions/0026-stretches-of-a-content.md.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tamizdat.edition.stories import Story
from tamizdat.press.errors import ContentError
from tamizdat.press.stock import Stock

SCHEMA = """
CREATE TABLE IF NOT EXISTS content (name TEXT PRIMARY KEY, stamp TEXT NOT NULL,
    stretches TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stretch (id INTEGER PRIMARY KEY AUTOINCREMENT,
    stories TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS frame (one INTEGER PRIMARY KEY CHECK (one = 1),
    digest TEXT NOT NULL);
"""
_CALLED = (  # of one run, outside memory: a million stories are called like ten
    "DROP TABLE IF EXISTS temp.expected",
    "DROP TABLE IF EXISTS temp.seen",
    "CREATE TABLE temp.expected (digest BLOB PRIMARY KEY, name TEXT) WITHOUT ROWID",
    "CREATE TABLE temp.seen (name TEXT PRIMARY KEY) WITHOUT ROWID",
)
SHOWN = 5  # missing stories named in one message

Stamp = tuple[int, int, int, int]


class Stretch(NamedTuple):
    """A run of whole lines of a content file, all of them printed.

    Attributes:
        id: in the memory; never given twice.
        size: bytes.
        lines: how many, empty ones too.
        others: whether other documents than stories may be among them.
        head: digest of the first line, hex.
        digest: SHA-256 of all bytes, hex.
    """

    id: int
    size: int
    lines: int
    others: bool
    head: str
    digest: str


@dataclass(frozen=True)
class Remembered:
    """What is remembered of a file.

    Attributes:
        stamp: size, mtime and ctime in ns, and inode; None if it proves nothing.
        stretches: all of the file, in order.
    """

    stamp: Stamp | None
    stretches: list[Stretch]


def read_files(database: sqlite3.Connection) -> dict[str, Remembered]:
    """Read what is remembered of every file, by name."""
    rows = database.execute("SELECT name, stamp, stretches FROM content")
    return {
        name: Remembered(
            tuple(json.loads(stamp) or ()) or None,
            [Stretch(*values) for values in json.loads(stretches)],
        )
        for name, stamp, stretches in rows
    }


def frame_of(chosen: Iterable[str], constants: Mapping[str, str]) -> str:
    """Digest what a memory depends on besides the content.

    Args:
        chosen: services that are printed.
        constants: by service of the content, what all its pages depend on.
    """
    frame = [sorted(chosen), sorted(constants.items())]
    return hashlib.sha256(json.dumps(frame).encode()).hexdigest()


class Roll:
    """The roll of printed stories: a whole content must answer for each of them.

    A story is named <service>/<id>.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        stocks: Mapping[str, Stock],
        frame: str,
        anew: Collection[str] = (),
    ) -> None:
        """Open the roll of one press run, inside its transaction.

        Args:
            database: the memory of the press.
            stocks: of the services that are printed; others are of no interest.
            frame: as `frame_of`.
            anew: services of which every story is printed again.
        """
        self._stocks = stocks
        self._db = database
        self._frame = frame
        self._anew = anew
        self._files: dict[str, Remembered] = {}
        self._holding: set[int] = set()
        self._kept: set[int] = set()
        self._expecting = False  # whether any printed story must answer
        for statement in _CALLED:
            database.execute(statement)
        row = database.execute("SELECT digest FROM frame").fetchone()
        if row and row[0] == frame:
            self._files = read_files(database)
            self._holding = {s.id for f in self._files.values() for s in f.stretches}

    @property
    def services(self) -> Collection[str]:
        """Services whose stories are called."""
        return self._stocks.keys()

    def holding(self, stretch: Stretch) -> bool:
        """Tell whether every story of a stretch is printed as it stands there."""
        return stretch.id in self._holding

    def expect_all_but(self, kept: Collection[int]) -> None:
        """Expect every printed story that does not stand in a stretch kept.

        Args:
            kept: ids of stretches that hold and still stand in the content.
        """
        self._kept = set(kept)
        if kept:
            for gone in sorted(self._holding - self._kept):
                self._expect(self._stories(gone))
            return
        for service, stock in self._stocks.items():
            named = ((d, f"{service}/{id_}") for d, id_ in stock.digests())
            if service in self._anew:  # whatever their documents are: by no digest
                named = ((name.encode(), name) for _digest, name in named)
            self._expect(named)

    def _expect(self, stories: Iterable[tuple[bytes, str]]) -> None:
        found = self._db.executemany(
            "REPLACE INTO temp.expected VALUES (?, ?)", stories
        )
        self._expecting |= found.rowcount > 0

    def _stories(self, stretch: int) -> Iterable[tuple[bytes, str]]:
        (stories,) = self._db.execute(
            "SELECT stories FROM stretch WHERE id = ?", (stretch,)
        ).fetchone()
        return [(bytes.fromhex(digest), name) for digest, name in json.loads(stories)]

    def answer(self, digest: bytes, place: str) -> str | None:
        """Take a document as answer for its story, if it is printed from just that.

        Returns:
            The story, None if the document is new to the press.

        Raises:
            ContentError: the story answered before.
        """
        if not self._expecting:
            return None
        rows = self._db.execute(
            "DELETE FROM temp.expected WHERE digest = ? RETURNING name", (digest,)
        ).fetchall()
        for (name,) in rows:
            self._note(name, place)
        return rows[0][0] if rows else None

    def come(self, story: Story, place: str) -> str:
        """Take a new or changed story as answer; returns its name.

        Raises:
            ContentError: it answered before, or stands in a stretch kept.
        """
        name = f"{story.service}/{story.id}"
        self._note(name, place)
        if self._kept and self._elsewhere(story):
            raise _twice(name, place)
        return name

    def _note(self, name: str, place: str) -> None:
        try:
            self._db.execute("INSERT INTO temp.seen VALUES (?)", (name,))
        except sqlite3.IntegrityError as error:
            raise _twice(name, place) from error

    def _elsewhere(self, story: Story) -> bool:
        """Tell whether a story was printed from a document that is not expected."""
        digest = self._stocks[story.service].digest(story.id)
        if digest is None:
            return False
        found = self._db.execute(
            "SELECT 1 FROM temp.expected WHERE digest = ?", (digest,)
        )
        return found.fetchone() is None

    def missing(self) -> list[str]:
        """List the printed stories that no document answered for, sorted."""
        rows = self._db.execute(
            "SELECT name FROM temp.expected"
            " WHERE name NOT IN (SELECT name FROM temp.seen) ORDER BY name"
        )
        return [name for (name,) in rows]

    def refuse_missing(self) -> None:
        """Refuse content without a printed story: that would be a silent withdrawal.

        Raises:
            ContentError: names the first of them.
        """
        if missing := self.missing():
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            raise ContentError(
                f"printed before, missing now: {', '.join(missing[:SHOWN])}{more};"
                " a story leaves by a release"
            )

    # What the next run may remember

    def add(self, stories: list[tuple[str, str]]) -> int:
        """Keep the stories of a new stretch: digests in hex and names.

        Returns:
            The id of the stretch.
        """
        row = self._db.execute(
            "INSERT INTO stretch (stories) VALUES (?)", (json.dumps(stories),)
        )
        return row.lastrowid or 0

    def keep(self, files: Mapping[str, Remembered]) -> None:
        """Remember the files of a content of which every story is printed now."""
        if files == self._files:
            return
        self._db.execute("REPLACE INTO frame VALUES (1, ?)", (self._frame,))
        before = read_files(self._db)
        for name in before.keys() - files.keys():
            self._db.execute("DELETE FROM content WHERE name = ?", (name,))
        for name, file in files.items():
            if before.get(name) != file:
                row = (name, json.dumps(file.stamp), json.dumps(file.stretches))
                self._db.execute("REPLACE INTO content VALUES (?, ?, ?)", row)
        kept = {s.id for file in files.values() for s in file.stretches}
        gone = {s.id for file in before.values() for s in file.stretches} - kept
        self._db.executemany(
            "DELETE FROM stretch WHERE id = ?", ((id_,) for id_ in gone)
        )

    def forget(self) -> None:
        """Remember nothing: the content and what is printed differ."""
        for table in ("frame", "content", "stretch"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words


def _twice(name: str, place: str) -> ContentError:
    return ContentError(
        f"{place} ({name}): tamizdat.id: a document of this story stands twice"
    )
