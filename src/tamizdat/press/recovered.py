"""Know what an archive says of stories whose memory is gone, until they are printed.

After a recovery the memory knows of every article only its newest release line. The
next run prints every story again, takes the line over, and must miss none.

Source: docs/howto/restore-a-backup.md.
"""

import sqlite3
from collections.abc import Mapping

from tamizdat.edition.errors import StoryError
from tamizdat.edition.releases import Head
from tamizdat.edition.stories import Story
from tamizdat.press import ledger
from tamizdat.press.errors import ContentError

SCHEMA = """
CREATE TABLE IF NOT EXISTS recovered (service TEXT NOT NULL, story TEXT NOT NULL,
    release INTEGER NOT NULL, line TEXT NOT NULL,
    PRIMARY KEY (service, story)) WITHOUT ROWID;
"""


class Recovered:
    """The stories of one service that an archive names and the memory does not.

    Attributes:
        any: whether there were some when the run began.
    """

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        self._service = service
        self.any = bool(self._left())

    def check(self, story: Story) -> None:
        """Refuse a story whose ledger ends before the release that was printed.

        Raises:
            StoryError: it is older than the edition.
        """
        head = self._head(story.id)
        if head and story.release.number < head.number:
            raise StoryError(
                ledger.place_of(story),
                "tamizdat.releases",
                f"release {head.number} is printed, the ledger ends at"
                f" {story.release.number}",
            )

    def number(self, story: str) -> int:
        """Tell which release of a story is printed, 0 if the archive names none."""
        head = self._head(story)
        return head.number if head else 0

    def take(self, story: str) -> Head | None:
        """Take over the release line of a story that is printed now."""
        head = self._head(story)
        if head:
            self._db.execute(
                "DELETE FROM recovered WHERE service = ? AND story = ?",
                (self._service, story),
            )
        return head

    def refuse_missing(self) -> None:
        """Refuse content without a story that the archive names.

        Raises:
            ContentError: names the first of them.
        """
        if left := self._left():
            names = ", ".join(f"{self._service}/{story}" for story in left)
            raise ContentError(
                f"printed before the recovery, missing or refused now: {names}"
            )

    def _left(self) -> list[str]:
        rows = self._db.execute(
            "SELECT story FROM recovered WHERE service = ? ORDER BY story LIMIT 5",
            (self._service,),
        )
        return [story for (story,) in rows]

    def _head(self, story: str) -> Head | None:
        if not self.any:
            return None
        row = self._db.execute(
            "SELECT release, line FROM recovered WHERE service = ? AND story = ?",
            (self._service, story),
        ).fetchone()
        return Head(*row) if row else None


def keep(database: sqlite3.Connection, service: str, heads: Mapping[str, Head]) -> None:
    """Write down what an archive says of the stories of a service."""
    rows = [(service, story, h.number, h.line) for story, h in heads.items()]
    database.executemany("INSERT INTO recovered VALUES (?, ?, ?, ?)", rows)
