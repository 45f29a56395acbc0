"""Keep the registers of subjects and authors up to date.

Decides which of their pages an edition prints: those of the letters under which a name
came, went or changed. How they look is for `edition.pages.registers`.

A name is kept with a salt of the story that brought it: a page that shows it is found
when that story is taken back, and no other story makes a new page.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from tamizdat.edition.pages import Page, registers
from tamizdat.edition.pages.registers import Named
from tamizdat.edition.stories import Service

SCHEMA = """
CREATE TABLE IF NOT EXISTS named (service TEXT NOT NULL, kind TEXT NOT NULL,
    letter TEXT NOT NULL, shelf TEXT NOT NULL, name TEXT NOT NULL, salt TEXT NOT NULL,
    PRIMARY KEY (service, kind, letter, shelf)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_of ON named (service, shelf);
CREATE TABLE IF NOT EXISTS register (service TEXT NOT NULL, kind TEXT NOT NULL,
    letter TEXT NOT NULL, page TEXT NOT NULL,
    PRIMARY KEY (service, kind, letter, page)) WITHOUT ROWID;
"""


class _Touched(NamedTuple):
    kind: str
    letter: str


class Registers:
    """The registers of one service, inside the transaction of one press run."""

    def __init__(self, database: sqlite3.Connection, service: Service) -> None:
        self._db = database
        self._service = service
        self._touched: set[_Touched] = set()
        self._gone: set[str] = set()

    def name(self, one: Named) -> None:
        """Keep a name as its oldest story has it."""
        kind = _kind(one.shelf)
        for letter, name, salt in self._kept(one.shelf):
            if (name, salt) == (one.name, one.salt):
                return
            self._drop(kind, letter, one.shelf)
        row = (self._service.id, kind, one.letter, one.shelf, one.name, one.salt)
        self._db.execute("INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)", row)
        self._touched.add(_Touched(kind, one.letter))

    def forget(self, shelf: str) -> None:
        """Drop a name that no story has any more."""
        for letter, _name, _salt in self._kept(shelf):
            self._drop(_kind(shelf), letter, shelf)

    def _kept(self, shelf: str) -> list[tuple[str, str, str]]:
        rows = self._db.execute(
            "SELECT letter, name, salt FROM named INDEXED BY named_of"
            " WHERE service = ? AND shelf = ?",
            (self._service.id, shelf),
        )
        return rows.fetchall()

    def _drop(self, kind: str, letter: str, shelf: str) -> None:
        self._db.execute(
            "DELETE FROM named WHERE service = ? AND kind = ? AND letter = ?"
            " AND shelf = ?",
            (self._service.id, kind, letter, shelf),
        )
        self._touched.add(_Touched(kind, letter))

    def printed(self, *, anew: bool) -> Iterator[Page]:
        """Print the pages that something touched; all of them where `anew`."""
        for kind in registers.KINDS:
            touched = {one.letter for one in self._touched if one.kind == kind}
            there = self._pages(kind)
            if anew or touched or not there:
                yield from self._print(kind, touched, there, anew=anew)

    def gone(self) -> set[str]:
        """List the files that go, once everything is printed."""
        return self._gone

    def _print(
        self, kind: str, touched: set[str], there: dict[str, set[str]], *, anew: bool
    ) -> Iterator[Page]:
        letters = self._letters(kind)
        few = self._few(kind)
        if few is not None:
            some = registers.few_pages(kind, self._service, few)
            yield from some
            self._replace(kind, {"", *there}, {"": {page.path for page in some}})
            return
        printed = {}
        if anew or there.keys() - {""} != letters:
            some = registers.letters_pages(kind, self._service, letters)
            printed[""] = {page.path for page in some}
            yield from some
        for letter in sorted(letters):
            if anew or letter in touched or letter not in there:
                names = self._names(kind, letter)
                some = registers.letter_pages(kind, self._service, letter, names)
                printed[letter] = {page.path for page in some}
                yield from some
        gone = (touched | there.keys()) - letters - {""}
        self._replace(kind, gone | printed.keys(), printed)

    def _replace(
        self, kind: str, letters: "set[str]", printed: dict[str, set[str]]
    ) -> None:
        """Keep which pages some letters have now; the others they had go.

        Those of "" are the index; it may have had names and have letters now.
        """
        there = self._pages(kind)
        own = self._service.id
        for letter in set(letters):
            self._gone |= there.get(letter, set()) - printed.get(letter, set())
            self._db.execute(
                "DELETE FROM register WHERE service = ? AND kind = ? AND letter = ?",
                (own, kind, letter),
            )
        rows = [
            (own, kind, letter, page) for letter in printed for page in printed[letter]
        ]
        self._db.executemany(
            "INSERT OR REPLACE INTO register VALUES (?, ?, ?, ?)", rows
        )
        self._gone -= {page for _own, _kind, _letter, page in rows}

    def _pages(self, kind: str) -> dict[str, set[str]]:
        """List the pages of each letter; the index under ""."""
        rows = self._db.execute(
            "SELECT letter, page FROM register WHERE service = ? AND kind = ?",
            (self._service.id, kind),
        )
        found: dict[str, set[str]] = {}
        for letter, page in rows:
            found.setdefault(letter, set()).add(page)
        return found

    def _letters(self, kind: str) -> set[str]:
        rows = self._db.execute(
            "SELECT DISTINCT letter FROM named WHERE service = ? AND kind = ?",
            (self._service.id, kind),
        )
        return {letter for (letter,) in rows}

    def _few(self, kind: str) -> list[Named] | None:
        """Give all names if they stand on one page, else None."""
        rows = self._db.execute(
            "SELECT shelf, name, salt FROM named"
            " WHERE service = ? AND kind = ? LIMIT ?",
            (self._service.id, kind, registers.FULL + 1),
        ).fetchall()
        few = len(rows) <= registers.FULL
        return [Named(*row) for row in rows] if few else None

    def _names(self, kind: str, letter: str) -> list[Named]:
        rows = self._db.execute(
            "SELECT shelf, name, salt FROM named"
            " WHERE service = ? AND kind = ? AND letter = ?",
            (self._service.id, kind, letter),
        )
        return [Named(*row) for row in rows]


def _kind(shelf: str) -> str:
    return shelf.partition("/")[0]
