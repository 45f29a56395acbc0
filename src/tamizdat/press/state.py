"""Remember what the press has signed, in one SQLite file beside the archive.

Promises: what a transaction has written is on the disk when it ends; a number recorded
as pending is only ever finished, never given to another statement; what is known of a
service's lists always fits its newest statement, pending or printed.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from tamizdat.edition.note import Verifier
from tamizdat.press import (
    almanac,
    packed,
    packing,
    purge,
    recall,
    recovered,
    registers,
    shelving,
    stock,
)
from tamizdat.press.errors import ArchiveError

CACHE_KIB = 32_768  # of the memory's pages; a full build touches many of them

MEMORY = "memory"  # code of an error: the file cannot be read, or is damaged
_VERSION = 4  # of the tables; another one belongs to another version of the press

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS edition (service TEXT PRIMARY KEY, number INTEGER NOT NULL,
    entry BLOB NOT NULL, leaf INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS pending (leaf INTEGER PRIMARY KEY, service TEXT NOT NULL,
    text BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, service TEXT NOT NULL,
    text BLOB NOT NULL, entry BLOB NOT NULL, leaf INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS witness (origin TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    asked TEXT NOT NULL, PRIMARY KEY (origin, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS disbelieved (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS constants (service TEXT PRIMARY KEY, own TEXT NOT NULL,
    every TEXT NOT NULL);
"""
_SCHEMAS = (
    _SCHEMA,
    stock.SCHEMA,
    shelving.SCHEMA,
    almanac.SCHEMA,
    recall.SCHEMA,
    packing.SCHEMA,
    packed.SCHEMA,
    purge.SCHEMA,
    recovered.SCHEMA,
    registers.SCHEMA,
)


@dataclass(frozen=True)
class Printed:
    """The newest complete edition of a service.

    Attributes:
        entry: its statement note whole.
        leaf: its index in the log.
    """

    number: int
    entry: bytes
    leaf: int


@dataclass(frozen=True)
class Pending:
    """A statement whose number is taken and whose publication is not complete."""

    leaf: int
    service: str
    text: bytes


@dataclass(frozen=True)
class Filed:
    """What was said of an offline file.

    Attributes:
        text: of its statement; `entry`: the note whole.
        leaf: its index in the log.
    """

    text: bytes
    entry: bytes
    leaf: int


@dataclass(frozen=True)
class Seen:
    """What a witness said in the last round.

    Attributes:
        size: of the log that it cosigned last, leaves; as far as the press knows.
        state: as in `witnesses.Answer`.
        asked: UTC.
    """

    size: int
    state: str
    reason: str
    asked: datetime


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether a file is damaged, rather than busy, full or away for a moment."""
    found = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what extends it
    return found in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damaged(path: Path, error: sqlite3.Error) -> ArchiveError:
    """Say what is wrong with a memory, and what to do."""
    reason = (
        f"{path}: {error}; restore the newest backup of the archive, or put"
        " this file aside and rebuild it: tamizdat log recover"
    )
    todo = {"command": "tamizdat run", "recover": "tamizdat log recover"}
    return ArchiveError(reason, MEMORY, **todo)


class State:
    """The memory of one archive. Not safe for two writers: hold the archive's lock."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            ArchiveError: it cannot be read or written.
        """
        self.database = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False
        )
        try:
            self.database.execute("PRAGMA journal_mode = WAL")
            self.database.execute("PRAGMA synchronous = FULL")
            self.database.execute("PRAGMA secure_delete = ON")
            self.database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._check_version(path)
            self.database.executescript("".join(_SCHEMAS))
        except sqlite3.Error as error:
            self.database.close()
            raise damaged(path, error) from error

    def _check_version(self, path: Path) -> None:
        """Refuse tables that would be misread."""
        (tables,) = self.database.execute(
            "SELECT count(*) FROM sqlite_master"
        ).fetchone()
        (version,) = self.database.execute("PRAGMA user_version").fetchone()
        if tables and version != _VERSION:
            self.database.close()
            found = f"memory of version {version} of the press"
            raise ArchiveError(f"{path}: {found}, expected {_VERSION}")
        self.database.execute(f"PRAGMA user_version = {_VERSION}")

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of it or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def empty_writes(self) -> None:
        """Empty the log of writes, where words of a run undone may still stand."""
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def log_size(self) -> tuple[int, bytes] | None:
        """Return size and root of the log as last recorded."""
        row: tuple[int, bytes] | None = self.database.execute(
            "SELECT size, root FROM log"
        ).fetchone()
        return row

    def record_log(self, size: int, root: bytes) -> None:
        """Record the log's size and root, before its checkpoint is signed."""
        self.database.execute("REPLACE INTO log VALUES (1, ?, ?)", (size, root))

    def printed(self, service: str) -> Printed | None:
        """Return the newest complete edition of a service."""
        row = self.database.execute(
            "SELECT number, entry, leaf FROM edition WHERE service = ?", (service,)
        ).fetchone()
        return Printed(*row) if row else None

    def editions(self) -> dict[str, Printed]:
        """Return the newest complete edition of each service that has one."""
        rows = self.database.execute("SELECT service, number, entry, leaf FROM edition")
        return {service: Printed(*row) for service, *row in rows}

    def witnesses(self, origin: str) -> dict[str, Seen]:
        """Tell what each witness of a log said in the last round."""
        rows = self.database.execute(
            "SELECT name, size, state, reason, asked FROM witness"
            " WHERE origin = ? ORDER BY name",
            (origin,),
        )
        return {
            name: Seen(size, state, why, datetime.fromisoformat(asked))
            for name, size, state, why, asked in rows
        }

    def record_witnesses(self, origin: str, seen: Iterable[tuple[str, Seen]]) -> None:
        """Record what witnesses said."""
        self.database.executemany(
            "INSERT INTO witness (origin, name, size, state, reason, asked)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (origin, name) DO UPDATE SET"
            " size = excluded.size, state = excluded.state, reason = excluded.reason,"
            " asked = excluded.asked",
            (
                (origin, name, one.size, one.state, one.reason, one.asked.isoformat())
                for name, one in seen
            ),
        )

    def disbelieve(self, key: Verifier) -> None:
        """Sign on whatever the witness of this key says, under any name."""
        self.database.execute(
            "INSERT OR IGNORE INTO disbelieved VALUES (?)", (key.key.hex(),)
        )

    def believe(self, key: Verifier) -> None:
        """Heed the witness of this key again."""
        self.database.execute("DELETE FROM disbelieved WHERE key = ?", (key.key.hex(),))

    def disbelieves(self, key: Verifier) -> bool:
        """Tell whether what the witness of this key says stops nothing."""
        found = self.database.execute(
            "SELECT 1 FROM disbelieved WHERE key = ?", (key.key.hex(),)
        )
        return found.fetchone() is not None

    def newest_service(self) -> str | None:
        """Tell whose edition was completed last; None if there is none."""
        row: tuple[str] | None = self.database.execute(
            "SELECT service FROM edition ORDER BY leaf DESC"
        ).fetchone()
        return row[0] if row else None

    def numbers(self) -> dict[str, int]:
        """Tell the newest edition number of each service that has one."""
        rows = self.database.execute(
            "SELECT service, number FROM edition ORDER BY service"
        )
        return dict(rows.fetchall())

    def pending(self) -> list[Pending]:
        """List the statements that must be finished first, in the order of leaves."""
        rows = self.database.execute(
            "SELECT leaf, service, text FROM pending ORDER BY leaf"
        )
        return [Pending(*row) for row in rows]

    def record_pending(self, pending: Iterable[Pending]) -> None:
        """Take numbers: from here on these statements and no others will have them."""
        self.database.executemany(
            "INSERT INTO pending VALUES (?, ?, ?)", map(astuple, pending)
        )

    def record_printed(self, pending: Pending, number: int, entry: bytes) -> None:
        """Complete a pending statement: it is the service's newest edition."""
        with self.transaction():
            self.database.execute(
                "REPLACE INTO edition VALUES (?, ?, ?, ?)",
                (pending.service, number, entry, pending.leaf),
            )
            self.database.execute("DELETE FROM pending WHERE leaf = ?", (pending.leaf,))

    def record_filed(self, pending: Pending, name: str, entry: bytes) -> None:
        """Complete the pending statement of a file."""
        with self.transaction():
            self.database.execute(
                "REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
                (name, pending.service, pending.text, entry, pending.leaf),
            )
            self.database.execute("DELETE FROM pending WHERE leaf = ?", (pending.leaf,))

    def filed(self, name: str) -> Filed | None:
        """Return what was said of a file of this name."""
        row = self.database.execute(
            "SELECT text, entry, leaf FROM file WHERE name = ?", (name,)
        ).fetchone()
        return Filed(*row) if row else None

    def filed_names(self, service: str) -> list[str]:
        """List the files of a service in the order of their leaves."""
        rows = self.database.execute(
            "SELECT name FROM file WHERE service = ? ORDER BY leaf", (service,)
        )
        return [name for (name,) in rows]

    def constants(self, service: str) -> tuple[str, str] | None:
        """Return the digests of what a service's pages were last printed from."""
        row: tuple[str, str] | None = self.database.execute(
            "SELECT own, every FROM constants WHERE service = ?", (service,)
        ).fetchone()
        return row

    def record_constants(self, service: str, own: str, every: str) -> None:
        """Record what a service's pages are printed from."""
        self.database.execute(
            "REPLACE INTO constants VALUES (?, ?, ?)", (service, own, every)
        )


def remembered(path: Path) -> dict[str, recall.Remembered]:
    """Read what a memory says of its content; nothing where there is no memory.

    Raises:
        ArchiveError: it cannot be read.
    """
    if not path.exists():
        return {}
    state = State(path)
    try:
        return recall.read_files(state.database)
    finally:
        state.close()
