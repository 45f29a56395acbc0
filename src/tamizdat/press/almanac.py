"""Keep the archive by date up to date: which days its months have, where each leads.

Decides nothing about days: those of a story are the ones under which the printed pages
of the list of all stories show it. Kept of each such page are its days, each with the
newest story under it; so a day leads to the page whose newest story is the newest.

Source: spec/addresses.md, "Archive by date".
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date

from tamizdat.edition import pages
from tamizdat.edition.dates import month_of, month_start, next_month, way_of
from tamizdat.edition.pages import Page
from tamizdat.edition.stories import Service

SCHEMA = """
CREATE TABLE IF NOT EXISTS day (service TEXT NOT NULL, day TEXT NOT NULL,
    time TEXT NOT NULL, story TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (service, day, time, story)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS day_of ON day (service, path);
CREATE TABLE IF NOT EXISTS almanac (service TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (service, path)) WITHOUT ROWID;
"""
_LAST = "~"  # after every date


class Almanac:
    """The archive by date of one service, inside the transaction of one press run."""

    def __init__(self, database: sqlite3.Connection, service: Service) -> None:
        self._db = database
        self._service = service
        self._way = way_of(service)
        self._before: dict[str, str | None] = {}  # day: where it led before this run
        self._gone: set[str] = set()

    def replace(self, before: Iterable[str], printed: Iterable[Page]) -> None:
        """Keep the days of pages of all stories that stand in place of others.

        A story stands on one page; one that moved is taken over from the page it left.

        Args:
            before: paths of the pages that stood there.
            printed: those that stand there now.
        """
        own = self._service.id
        for path in before:
            rows = self._db.execute(
                "SELECT day FROM day INDEXED BY day_of WHERE service = ? AND path = ?",
                (own, path),
            )
            self._note(day for (day,) in rows.fetchall())
            self._db.execute(
                "DELETE FROM day WHERE service = ? AND path = ?", (own, path)
            )
        for page in printed:
            self._note(one.day for one in page.days)
            self._db.executemany(
                "REPLACE INTO day VALUES (?, ?, ?, ?, ?)",
                ((own, *one, page.path) for one in page.days),
            )

    def _note(self, days: Iterable[str]) -> None:
        """Remember where days lead before a page of theirs changes."""
        for day in days:
            if day not in self._before:
                self._before[day] = self._days(day, day).get(day)

    def printed(self, *, anew: bool) -> Iterator[Page]:
        """Print the months of which days came, went or lead elsewhere, and their list.

        Args:
            anew: whether every month is printed.
        """
        moved = {
            day
            for day, path in self._before.items()
            if self._days(day, day).get(day) != path
        }
        touched = {month_of(date.fromisoformat(day), self._way) for day in moved}
        if not (touched or anew):
            return
        starts = self._months()
        there: set[str] = set()
        for start in reversed(starts):
            if anew or _name(start) in touched:
                printed = self._month(start)
                there.update(page.path for page in printed)
                yield from printed
            else:
                there.update(self._kept(_name(start)))
        printed = pages.archive_pages(self._service, list(map(_name, starts)))
        yield from printed
        self._keep(there | {page.path for page in printed})

    def _kept(self, month: str) -> list[str]:
        """List the pages of a month that stay as they are."""
        folder = pages.month_path(month).removesuffix("index.html")
        rows = self._db.execute(
            "SELECT path FROM almanac WHERE service = ? AND path GLOB ?",
            (self._service.id, f"{folder}*"),
        )
        return [path for (path,) in rows]

    def gone(self) -> set[str]:
        """List the files that go, once everything is printed."""
        return self._gone

    def _month(self, start: date) -> list[Page]:
        last = date.fromordinal(next_month(start, self._way).toordinal() - 1)
        days = self._days(start.isoformat(), last.isoformat())
        return pages.month_pages(self._service, _name(start), days)

    def _months(self) -> list[date]:
        """List the first days of the months that have stories, newest first."""
        found: list[date] = []
        day = self._newest(_LAST)
        while day:
            found.append(month_start(date.fromisoformat(day[0]), self._way))
            day = self._newest(found[-1].isoformat())
        return found

    def _days(self, first: str, last: str) -> dict[str, str]:
        """Tell the page with the newest story of each day from one to another."""
        found: dict[str, str] = {}
        row = self._newest(f"{last}{_LAST}")
        while row and row[0] >= first:
            found[row[0]] = row[1]
            row = self._newest(row[0])
        return found

    def _newest(self, before: str) -> tuple[str, str] | None:
        """Name the newest day before another one, and the page it leads to."""
        row: tuple[str, str] | None = self._db.execute(
            "SELECT day, path FROM day WHERE service = ? AND day < ?"
            " ORDER BY day DESC, time DESC, story DESC LIMIT 1",
            (self._service.id, before),
        ).fetchone()
        return row

    def _keep(self, there: set[str]) -> None:
        """Keep which pages the archive has now; the others it had go."""
        own = self._service.id
        rows = self._db.execute("SELECT path FROM almanac WHERE service = ?", (own,))
        before = {path for (path,) in rows}
        self._gone = before - there
        self._db.executemany(
            "DELETE FROM almanac WHERE service = ? AND path = ?",
            ((own, path) for path in self._gone),
        )
        self._db.executemany(
            "INSERT INTO almanac VALUES (?, ?)",
            ((own, path) for path in there - before),
        )


def _name(start: date) -> str:
    """Name the month that begins on a day, as `month_of` does."""
    return start.isoformat()[:7]
