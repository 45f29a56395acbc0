"""Collect the files that an edition changes, outside memory."""

import sqlite3
from collections.abc import Iterable, Iterator

from tamizdat.edition import graft
from tamizdat.edition.tree import Target


class Grafts:
    """The files an edition changes, kept outside memory, in the order of a tree."""

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        self._table = f'temp."changes of {service}"'  # an id has no quotes
        self._db.execute(f"DROP TABLE IF EXISTS {self._table}")
        self._db.execute(
            f"CREATE TABLE {self._table} (place TEXT PRIMARY KEY, path TEXT NOT NULL,"
            " size INTEGER, digest TEXT) WITHOUT ROWID"
        )
        self._insert = f"REPLACE INTO {self._table} VALUES (?, ?, ?, ?)"  # noqa: S608
        query = "SELECT path, size, digest FROM {} ORDER BY place"
        self._select = query.format(self._table)

    def put(self, path: str, target: Target | None) -> None:
        """Put a file at a path, or take away what stands there."""
        size, digest = (target.size, target.digest) if target else (None, None)
        self._db.execute(self._insert, (graft.order(path), path, size, digest))

    def sorted(self) -> Iterator[graft.Graft]:
        """List the changes in the order `graft` needs."""
        for path, size, digest in self._db.execute(self._select):
            yield path, None if digest is None else Target(size, digest)


class Lines:
    """The release lines of an edition, kept outside memory, in the order of parts."""

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        table = f'temp."lines of {service}"'  # an id has no quotes
        self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.execute(
            f"CREATE TABLE {table} (article TEXT, number INTEGER, line TEXT NOT NULL,"
            " PRIMARY KEY (article, number)) WITHOUT ROWID"
        )
        self._insert = f"REPLACE INTO {table} VALUES (?, ?, ?)"  # noqa: S608
        query = "SELECT line FROM {} ORDER BY article, number"
        self._select = query.format(table)

    def extend(self, lines: Iterable[str]) -> None:
        """Add lines of a story."""
        rows = ((*line.split(" ", 2)[:2], line) for line in lines)
        self._db.executemany(self._insert, rows)

    def sorted(self) -> Iterator[str]:
        """List all lines, by article and number."""
        return (line for (line,) in self._db.execute(self._select))
