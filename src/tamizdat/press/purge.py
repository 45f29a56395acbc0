"""Take back what endangers someone: find every object that carries its words.

Every object that carries words of a release carries the release's salt, so the salt
finds them all: pages, lists, whatever another version of the press may have made. A
part of a pack has one salt derived from those of its items: it is read, and tells which
releases of which stories are in it. Pictures carry none, so those that a story shows no
more are remembered. The whole archive is read for it; that is slow and rare, and misses
nothing. What goes is decided when all stories of the run are printed, so that the order
of stories changes nothing.

Promises: what is listed as withdrawn is deleted once the edition that lists it is
complete, if need be by the next run; then the salts are forgotten too. The words then
stand in no file of the memory either: SQLite overwrites what it deletes, and its log of
writes is emptied.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

from tamizdat.edition import pack
from tamizdat.edition.errors import PackError
from tamizdat.edition.stories import Story
from tamizdat.edition.withdrawals import KINDS
from tamizdat.press import filing
from tamizdat.press.archive import Archive
from tamizdat.press.journal import flush

_PACK = b"tamizdat-pack/"  # begins a part of a pack, of any build

SCHEMA = """
CREATE TABLE IF NOT EXISTS salt (salt TEXT PRIMARY KEY, service TEXT NOT NULL,
    story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dropped (service TEXT NOT NULL, story TEXT NOT NULL,
    name TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (service, story, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawn (number INTEGER PRIMARY KEY,
    service TEXT NOT NULL, digest TEXT NOT NULL, deleted INTEGER NOT NULL,
    UNIQUE (digest, service));
"""


class Purge:
    """The withdrawals of one service."""

    def __init__(
        self, database: sqlite3.Connection, archive: Archive, service: str
    ) -> None:
        self._db = database
        self._archive = archive
        self._service = service
        self._endangered: dict[str, int] = {}  # stories taken back, and release now
        self._salts: list[bytes] = []  # of what is taken back

    def note_salt(self, story: Story, origin: str) -> None:
        """Remember the salts that stand beside the words of a story printed now.

        Args:
            story: at its newest release.
            origin: salt of an older release that stands in registers, or "".
        """
        salts = filter(None, (story.release.salt, origin))
        rows = [(salt, self._service, story.id) for salt in salts]
        self._db.executemany("INSERT OR IGNORE INTO salt VALUES (?, ?, ?)", rows)

    def note_all_salts(self, story: Story) -> None:
        """Remember the salts of releases that a memory printed that is gone now."""
        rows = [(r.salt, self._service, story.id) for r in story.releases]
        self._db.executemany("INSERT OR IGNORE INTO salt VALUES (?, ?, ?)", rows)

    def note_dropped(self, story: str, pictures: Mapping[str, str]) -> None:
        """Remember the pictures a story shows no more.

        Args:
            story: its id.
            pictures: SHA-256 in hex of each file, by name.
        """
        rows = [(self._service, story, *picture) for picture in pictures.items()]
        self._db.executemany("REPLACE INTO dropped VALUES (?, ?, ?, ?)", rows)

    def owner(self, salt: str) -> tuple[str, str] | None:
        """Tell service and story of the printed release that has a salt."""
        row: tuple[str, str] | None = self._db.execute(
            "SELECT service, story FROM salt WHERE salt = ?", (salt,)
        ).fetchone()
        return row

    def is_withdrawn(self, digest: str) -> bool:
        """Tell whether an earlier edition of any service withdrew an object."""
        found = self._db.execute(
            "SELECT 1 FROM withdrawn WHERE digest = ? LIMIT 1", (digest,)
        )
        return found.fetchone() is not None

    def take_back(self, story: Story, printed: int) -> None:
        """Note a story whose older releases are taken back, and forget their salts.

        Args:
            story: at its newest release.
            printed: number of the newest release printed before, 0 for none.
        """
        if not any(release.kind in KINDS for release in story.releases[printed:]):
            return
        self._endangered[story.id] = story.release.number
        key = (self._service, story.id, story.release.salt)
        older = "FROM salt WHERE service = ? AND story = ? AND salt <> ?"
        rows = self._db.execute(f"SELECT salt {older}", key)
        self._salts += [salt.encode() for (salt,) in rows]
        self._db.execute(f"DELETE {older}", key)

    def withdraw(self, shown: Callable[[str], bool]) -> None:
        """List every object that carries words taken back, and the pictures with it.

        Args:
            shown: tells whether any story shows a picture now, by its digest; the
                others that the stories taken back ever showed go with their words.
        """
        gone = {*self._carriers(), *self._pictures(shown)}
        self._db.executemany(
            "INSERT OR IGNORE INTO withdrawn (service, digest, deleted)"
            " VALUES (?, ?, 0)",
            [(self._service, digest) for digest in sorted(gone)],
        )

    def _carriers(self) -> Iterator[str]:
        if not self._endangered:
            return
        for path in (self._archive.root / "o").glob("*/*"):
            content = path.read_bytes()
            carries = self._packs if content.startswith(_PACK) else self._shows
            if carries(content):
                yield path.name

    def _shows(self, content: bytes) -> bool:
        return any(salt in content for salt in self._salts)

    def _packs(self, part: bytes) -> bool:
        """Tell whether a part of a pack carries words taken back.

        One that cannot be read is taken to: its words may be written in any way.
        """
        try:
            held = pack.read_part(part)
        except PackError:
            return True
        return held.service == self._service and any(
            item.release < self._endangered.get(item.story, 0) for item in held.items
        )

    def _pictures(self, shown: Callable[[str], bool]) -> Iterator[str]:
        """Take the pictures out of the memory that nobody shows any more."""
        for story in sorted(self._endangered):
            key = (self._service, story)
            rows = self._db.execute(
                "SELECT name, digest FROM dropped WHERE service = ? AND story = ?", key
            ).fetchall()
            gone = {name: digest for name, digest in rows if not shown(digest)}
            self._db.executemany(
                "DELETE FROM dropped WHERE service = ? AND story = ? AND name = ?",
                [(*key, name) for name in gone],
            )
            yield from gone.values()

    def deletes(self) -> bool:
        """Tell whether this edition withdraws, and so takes offline files away."""
        found = self._db.execute(
            "SELECT 1 FROM withdrawn WHERE service = ? AND deleted = 0 LIMIT 1",
            (self._service,),
        )
        return found.fetchone() is not None

    def listed(self) -> list[str]:
        """List every object withdrawn so far, in the order in which they were."""
        rows = self._db.execute(
            "SELECT digest FROM withdrawn WHERE service = ? ORDER BY number",
            (self._service,),
        )
        return [digest for (digest,) in rows]


def count(database: sqlite3.Connection, service: str) -> int:
    """Tell how many objects of a service were withdrawn so far."""
    row: tuple[int] = database.execute(
        "SELECT count(*) FROM withdrawn WHERE service = ?", (service,)
    ).fetchone()
    return row[0]


def delete_withdrawn(database: sqlite3.Connection, archive: Archive) -> None:
    """Delete what complete editions list as withdrawn.

    So are the offline files of their services and the index of words: what is
    compressed cannot be searched.
    """
    found = database.execute(
        "SELECT number, digest, service FROM withdrawn WHERE deleted = 0"
    )
    rows = found.fetchall()
    if not rows:
        return
    for service in sorted({service for _number, _digest, service in rows}):
        filing.delete_all(archive, service)
    paths = [archive.object_path(digest) for _number, digest, _service in rows]
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in sorted({str(path.parent) for path in paths}):
        flush(folder)  # or a power cut could bring back what is never deleted again
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    done = [(number,) for number, _digest, _service in rows]
    database.executemany("UPDATE withdrawn SET deleted = 1 WHERE number = ?", done)


def keep_shown(
    database: sqlite3.Connection, service: str, shown: Iterable[tuple[str, str, str]]
) -> None:
    """Write down which pictures stories showed in any edition: story, name, digest.

    Those that are still shown are told apart when a story is taken back.
    """
    rows = [(service, *one) for one in shown]
    database.executemany("REPLACE INTO dropped VALUES (?, ?, ?, ?)", rows)


def keep_listed(
    database: sqlite3.Connection, service: str, digests: Iterable[str]
) -> None:
    """Write down what the editions of an archive list as withdrawn, in their order."""
    rows = [(service, digest) for digest in digests]
    database.executemany(
        "INSERT OR IGNORE INTO withdrawn (service, digest, deleted) VALUES (?, ?, 0)",
        rows,
    )
