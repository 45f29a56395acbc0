"""Remember what the press has signed, in one SQLite file beside the archive.

Promises: what a method has written is on the disk when it returns; a number recorded
as pending is only ever finished, never given to another statement.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tamizdat.edition.releases import Head

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS edition (service TEXT PRIMARY KEY, number INTEGER NOT NULL,
    entry BLOB NOT NULL, leaf INTEGER NOT NULL,
    digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pending (one INTEGER PRIMARY KEY CHECK (one = 1),
    service TEXT NOT NULL, text BLOB NOT NULL, leaf INTEGER NOT NULL,
    digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS head (service TEXT NOT NULL, article TEXT NOT NULL,
    number INTEGER NOT NULL, line TEXT NOT NULL, pending INTEGER NOT NULL,
    PRIMARY KEY (service, article, pending)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Printed:
    """The newest complete edition of a service.

    Attributes:
        entry: its statement note whole.
        leaf: its index in the log.
        digest: SHA-256 over the files that do not tell the edition's number.
    """

    number: int
    entry: bytes
    leaf: int
    digest: str


@dataclass(frozen=True)
class Pending:
    """A statement whose number is taken and whose publication is not complete."""

    service: str
    text: bytes
    leaf: int
    digest: str


class State:
    """The memory of one archive. Not safe for two writers: hold the archive's lock."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def log_size(self) -> tuple[int, bytes] | None:
        """Return size and root of the log as last recorded."""
        row: tuple[int, bytes] | None = self._db.execute(
            "SELECT size, root FROM log"
        ).fetchone()
        return row

    def record_log(self, size: int, root: bytes) -> None:
        """Record the log's size and root, before its checkpoint is signed."""
        self._db.execute("REPLACE INTO log VALUES (1, ?, ?)", (size, root))

    def printed(self, service: str) -> Printed | None:
        """Return the newest complete edition of a service."""
        row = self._db.execute(
            "SELECT number, entry, leaf, digest FROM edition WHERE service = ?",
            (service,),
        ).fetchone()
        return Printed(*row) if row else None

    def numbers(self) -> dict[str, int]:
        """Tell the newest edition number of each service that has one."""
        rows = self._db.execute("SELECT service, number FROM edition ORDER BY service")
        return dict(rows.fetchall())

    def pending(self) -> Pending | None:
        """Return the statement that must be finished first."""
        row = self._db.execute(
            "SELECT service, text, leaf, digest FROM pending"
        ).fetchone()
        return Pending(*row) if row else None

    def record_pending(self, pending: Pending, heads: Mapping[str, Head]) -> None:
        """Take a number: from here on this statement and no other will have it."""
        with self._transaction():
            self._db.execute(
                "INSERT INTO pending VALUES (1, ?, ?, ?, ?)",
                (
                    pending.service,
                    pending.text,
                    pending.leaf,
                    pending.digest,
                ),
            )
            self._db.executemany(
                "REPLACE INTO head VALUES (?, ?, ?, ?, 1)",
                ((pending.service, a, h.number, h.line) for a, h in heads.items()),
            )

    def record_printed(self, pending: Pending, number: int, entry: bytes) -> None:
        """Complete the pending statement: it is the service's newest edition."""
        with self._transaction():
            self._db.execute(
                "REPLACE INTO edition VALUES (?, ?, ?, ?, ?)",
                (
                    pending.service,
                    number,
                    entry,
                    pending.leaf,
                    pending.digest,
                ),
            )
            self._db.execute(
                "REPLACE INTO head SELECT service, article, number, line, 0"
                " FROM head WHERE pending = 1"
            )
            self._db.execute("DELETE FROM head WHERE pending = 1")
            self._db.execute("DELETE FROM pending")

    def heads(self, service: str, articles: Iterable[str]) -> dict[str, Head]:
        """Return the newest printed release of each article that has one."""
        wanted = set(articles)
        rows = self._db.execute(
            "SELECT article, number, line FROM head WHERE service = ? AND pending = 0",
            (service,),
        )
        return {a: Head(n, line) for a, n, line in rows if a in wanted}

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
