"""Take back what endangers someone: find every object that carries its words.

Every object that carries words of a release carries the release's salt, so the salt
finds them all: pages, lists, whatever another version of the press may have made. Its
pictures carry none, so those that a story shows no more are remembered. The whole
archive is read for it; that is slow and rare, and misses nothing.

Promises: what is listed as withdrawn is deleted once the edition that lists it is
complete, if need be by the next run; then the salts are forgotten too. The words then
stand in no file of the memory either: SQLite overwrites what it deletes, and its log of
writes is emptied.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping

from tamizdat.edition.stories import Story
from tamizdat.edition.withdrawals import KINDS
from tamizdat.press.archive import Archive
from tamizdat.press.journal import flush

SCHEMA = """
CREATE TABLE IF NOT EXISTS salt (service TEXT NOT NULL, story TEXT NOT NULL,
    salt TEXT NOT NULL, PRIMARY KEY (service, story, salt)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dropped (service TEXT NOT NULL, story TEXT NOT NULL,
    name TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (service, story, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawn (number INTEGER PRIMARY KEY,
    service TEXT NOT NULL, digest TEXT NOT NULL, deleted INTEGER NOT NULL,
    UNIQUE (service, digest));
"""


class Purge:
    """The withdrawals of one service."""

    def __init__(
        self, database: sqlite3.Connection, archive: Archive, service: str
    ) -> None:
        self._db = database
        self._archive = archive
        self._service = service

    def note_salt(self, story: Story) -> None:
        """Remember the salt of a release that is printed now."""
        row = (self._service, story.id, story.release.salt)
        self._db.execute("INSERT OR IGNORE INTO salt VALUES (?, ?, ?)", row)

    def note_dropped(self, story: str, pictures: Mapping[str, str]) -> None:
        """Remember the pictures a story shows no more.

        Args:
            story: its id.
            pictures: SHA-256 in hex of each file, by name.
        """
        rows = [(self._service, story, *picture) for picture in pictures.items()]
        self._db.executemany("REPLACE INTO dropped VALUES (?, ?, ?, ?)", rows)

    def withdraw(
        self, story: Story, printed: int, shows: Callable[[str], bool]
    ) -> bool:
        """List every object that carries words of a story's older releases.

        Args:
            story: at its newest release.
            printed: number of the newest release printed before, 0 for none.
            shows: tells whether any story shows the picture of a name; the others that
                this story ever showed go with its words.

        Returns:
            Whether a withdrawal or a redaction is among the new releases.
        """
        if not any(release.kind in KINDS for release in story.releases[printed:]):
            return False
        salts = self._salts(story)
        for digest in (*self._carriers(salts), *self._pictures(story.id, shows)):
            self._db.execute(
                "INSERT OR IGNORE INTO withdrawn (service, digest, deleted)"
                " VALUES (?, ?, 0)",
                (self._service, digest),
            )
        for salt in salts:
            self._db.execute(
                "DELETE FROM salt WHERE service = ? AND story = ? AND salt = ?",
                (self._service, story.id, salt.decode()),
            )
        return True

    def _salts(self, story: Story) -> list[bytes]:
        rows = self._db.execute(
            "SELECT salt FROM salt WHERE service = ? AND story = ? AND salt <> ?",
            (self._service, story.id, story.release.salt),
        )
        return [salt.encode() for (salt,) in rows]

    def _carriers(self, salts: list[bytes]) -> Iterator[str]:
        if not salts:
            return
        for path in (self._archive.root / "o").glob("*/*"):
            content = path.read_bytes()
            if any(salt in content for salt in salts):
                yield path.name

    def _pictures(self, story: str, shows: Callable[[str], bool]) -> list[str]:
        """Take the pictures out of the memory that nobody shows any more."""
        key = (self._service, story)
        rows = self._db.execute(
            "SELECT name, digest FROM dropped WHERE service = ? AND story = ?", key
        ).fetchall()
        gone = {name: digest for name, digest in rows if not shows(name)}
        self._db.executemany(
            "DELETE FROM dropped WHERE service = ? AND story = ? AND name = ?",
            [(*key, name) for name in gone],
        )
        return list(gone.values())

    def listed(self) -> list[str]:
        """List every object withdrawn so far, in the order in which they were."""
        rows = self._db.execute(
            "SELECT digest FROM withdrawn WHERE service = ? ORDER BY number",
            (self._service,),
        )
        return [digest for (digest,) in rows]


def delete_withdrawn(database: sqlite3.Connection, archive: Archive) -> None:
    """Delete what complete editions list as withdrawn."""
    found = database.execute("SELECT number, digest FROM withdrawn WHERE deleted = 0")
    rows = found.fetchall()
    if not rows:
        return
    paths = [archive.object_path(digest) for _number, digest in rows]
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in sorted({str(path.parent) for path in paths}):
        flush(folder)  # or a power cut could bring back what is never deleted again
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    done = [(number,) for number, _digest in rows]
    database.executemany("UPDATE withdrawn SET deleted = 1 WHERE number = ?", done)
