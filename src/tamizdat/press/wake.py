"""Tell when the newsroom's database may have changed, cheaply.

SQLite counts the commits of other connections (`PRAGMA data_version`); asking costs
some microseconds and opens no transaction. PostgreSQL tells whoever listens, at commit;
asking is a look at a socket. A connection that was lost heard nothing: the first answer
after it is yes.
"""

import logging
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import Error, connection

from tamizdat.newsroom.triggers import CHANNEL

PACE_SECONDS = 0.05  # between two questions
AGAIN_SECONDS = 1.0  # before a server that did not answer is asked again

_log = logging.getLogger(__name__)


class Watcher(Protocol):
    """Answers "has anything changed since I last asked?"; the first answer is yes."""

    def changed(self) -> bool:
        """Tell whether something changed, or may have."""

    def close(self) -> None:
        """Watch no longer."""


def watcher() -> Watcher:
    """Watch the newsroom's database."""
    if connection.vendor == "sqlite":
        return _Counter(Path(settings.DATABASES["default"]["NAME"]))
    return _Listener(connection)


class _Counter:
    """Compares SQLite's count of commits with the count before."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._seen: int | None = None

    def changed(self) -> bool:
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        before, self._seen = self._seen, version
        return bool(before != version)

    def close(self) -> None:
        self._database.close()


class _Listener:
    """A connection of its own that hears what the newsroom's triggers tell."""

    def __init__(self, newsroom: Any) -> None:
        self._django = newsroom.copy()
        self._hearing: Any = None  # the driver's connection, while it listens
        self._again = 0.0  # monotonic seconds

    def changed(self) -> bool:
        """Tell whether something was told since, or may have been while nobody heard.

        Says no while the server does not answer: nothing could be printed then.
        """
        if self._hearing is None and time.monotonic() < self._again:
            return False
        try:
            if self._hearing is not None:
                return any(list(self._hearing.notifies(timeout=0)))
            self._listen()
        except (Error, self._django.Database.Error) as error:
            # The message of a driver names machines and accounts.
            _log.warning("the database tells nothing: %s", type(error).__name__)
            self.close()
            self._again = time.monotonic() + AGAIN_SECONDS
            return False
        return True

    def close(self) -> None:
        with suppress(Error, self._django.Database.Error):
            self._django.close()
        self._django.connection = self._hearing = None

    def _listen(self) -> None:
        """Listen first and look afterwards: between the two nothing is missed."""
        self._django.connect()
        with self._django.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self._hearing = self._django.connection
