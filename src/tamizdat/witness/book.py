"""Remember which logs are watched, and the head of each that was cosigned last.

Promises: what `cosign_once` has written is on the disk before it returns, and of two
heads offered at once only one is compared with what stood before. A book that forgets
lets a log fork unseen; it is never restored from a backup.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import Verifier, parse_verifier
from tamizdat.witness.errors import BookError

_VERSION = 1  # of the tables
_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (vkey TEXT PRIMARY KEY, origin TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL DEFAULT 0, root BLOB NOT NULL DEFAULT x'',
    checkpoint BLOB NOT NULL DEFAULT x'');
"""


@dataclass(frozen=True)
class Watched:
    """A log, and its head that was cosigned last.

    Attributes:
        size: leaves; 0 if nothing was cosigned yet.
        root: 32 bytes; empty with size 0.
        checkpoint: its note, with the log's signature and ours.
    """

    key: Verifier
    size: int
    root: bytes
    checkpoint: bytes


class Book:
    """The one file of a witness. May be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the book, or begin one.

        Raises:
            BookError: it cannot be read or written.
        """
        self._path = path
        self._lock = RLock()
        try:
            self._database = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=10
            )
            self._database.execute("PRAGMA synchronous = FULL")
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version not in {0, _VERSION}:
                found = f"a book of version {version}, expected {_VERSION}"
                raise BookError(f"{path}: {found}")
            self._database.executescript(_SCHEMA)
            self._database.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.Error as error:
            raise BookError(f"{path}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def watch(self, key: Verifier) -> None:
        """Begin to watch a log, from nothing.

        Raises:
            BookError: another key of that origin is watched, or the book cannot be
                written.
        """
        try:
            self._execute(
                "INSERT INTO log (vkey, origin) VALUES (?, ?)"
                " ON CONFLICT (vkey) DO NOTHING",
                (str(key), key.name),
            )
        except sqlite3.IntegrityError as error:
            reason = f"{key.name} is watched already, with another key"
            raise BookError(f"{self._path}: {reason}") from error

    def logs(self) -> list[Watched]:
        """List the logs watched, by origin.

        Raises:
            BookError: the book cannot be read.
        """
        return self._read(f"{_SELECT} ORDER BY origin")

    def _watched(self, origin: str) -> Watched:
        watched = self.log(origin)
        if watched is None:
            raise BookError(f"{self._path}: {origin} is not watched")
        return watched

    def log(self, origin: str) -> Watched | None:
        """Look up a log; None if it is not watched.

        Raises:
            BookError: the book cannot be read.
        """
        found = self._read(f"{_SELECT} WHERE origin = ?", (origin,))
        return found[0] if found else None

    def cosign_once(
        self, origin: str, judge: Callable[[Watched], tuple[Checkpoint, bytes]]
    ) -> None:
        """Let a head be judged by what stood before, and write it down.

        Args:
            origin: of a log that is watched.
            judge: gives the new head and its note, or raises; then nothing is written.

        Raises:
            BookError: it cannot be written.
        """
        with self._lock:
            self._execute("BEGIN IMMEDIATE")  # another process may hold the same book
            try:
                head, note = judge(self._watched(origin))
                self._execute(
                    "UPDATE log SET size = ?, root = ?, checkpoint = ?"
                    " WHERE origin = ?",
                    (head.size, head.root, note, origin),
                )
                self._execute("COMMIT")
            except BaseException:
                self._database.rollback()
                raise

    def _read(self, query: str, values: tuple[str, ...] = ()) -> list[Watched]:
        """Read to the end: an open question keeps another process from writing."""
        with self._lock:
            return [_watched(row) for row in self._execute(query, values)]

    def _execute(
        self, statement: str, values: tuple[int | bytes | str, ...] = ()
    ) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, values)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise BookError(f"{self._path}: {error}") from error


_SELECT = "SELECT vkey, size, root, checkpoint FROM log"


def _watched(row: tuple[str, int, bytes, bytes]) -> Watched:
    vkey, size, root, checkpoint = row
    return Watched(parse_verifier(vkey), size, root, checkpoint)
