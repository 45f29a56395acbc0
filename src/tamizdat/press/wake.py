"""Tell when the newsroom's database may have changed, cheaply.

SQLite counts the commits of other connections (`PRAGMA data_version`); asking costs
some microseconds and opens no transaction.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

SQLITE_SECONDS = 0.05  # between two questions
OTHER_SECONDS = 0.25  # a query over a socket costs more

Changed = Callable[[], bool]


def watcher() -> tuple[Changed, float]:
    """Make a question "has anything changed since I last asked?" and its pace.

    Returns:
        The question, true at first; seconds to wait between two.
    """
    if connection.vendor == "sqlite":
        return _sqlite(Path(settings.DATABASES["default"]["NAME"])), SQLITE_SECONDS
    return (lambda: True), OTHER_SECONDS


def _sqlite(path: Path) -> Changed:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    seen: int | None = None

    def changed() -> bool:
        nonlocal seen
        (version,) = database.execute("PRAGMA data_version").fetchone()
        before, seen = seen, version
        return bool(before != version)

    return changed
