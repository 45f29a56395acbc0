"""Stay awake for the newsroom: do what was set for an hour, erase what is due.

A press that stays does so between two looks. One that cannot be opened, or whose memory
is damaged, leaves it to be done without a press: editors go on, holds end, releases
wait in the ledger.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import InterfaceError, OperationalError, close_old_connections

from tamizdat.newsroom import schedule
from tamizdat.newsroom.releases import erasing
from tamizdat.press.errors import PressError
from tamizdat.press.state import MEMORY, is_damage
from tamizdat.press.wake import AGAIN_SECONDS, PACE_SECONDS, Watcher, watcher

RETRY_SECONDS = 15.0  # between full looks

_log = logging.getLogger(__name__)


class Awake:
    """Looks when the newsroom's database changes, an hour comes, or time has passed.

    Attributes:
        every: whether this is a full look.
    """

    def __init__(self, watcher: Watcher, retry: float = RETRY_SECONDS) -> None:
        self.every = False
        self._watcher = watcher
        self._retry = retry  # seconds between full looks
        self._due = 0.0  # monotonic seconds of the next one
        self._hour: datetime | None = None  # of what is to be done next

    def stay(self, stop: Callable[[], bool]) -> None:
        """Take looks until told to stop."""
        self.attempt(schedule.make_ready)
        try:
            while not stop():
                self.attempt(self._look)
                time.sleep(PACE_SECONDS)
        finally:
            self._watcher.close()

    def _look(self) -> None:
        self.do_due()
        self.erase()

    def do_due(self) -> bool:
        """Do what was set for an hour that has come.

        Returns:
            Whether something may have changed.
        """
        self.every = time.monotonic() >= self._due
        if self.every:
            self._due = time.monotonic() + self._retry  # also after a fault
        now = datetime.now(UTC)
        hour_came = self._hour is not None and self._hour <= now
        if not (self._watcher.changed() or self.every or hour_came):
            return False
        close_old_connections()
        self._hour = schedule.next_hour(now)
        if self.every or hour_came:
            self.attempt(lambda: schedule.do_due(now))  # news and erasing go on
        return True

    def erase(self) -> None:
        """With a full look, erase what is due."""
        if self.every:
            erasing.erase_due()
            erasing.sweep()

    def attempt(self, part: Callable[[], object]) -> None:
        """Do one part of a look; what fails is tried again, and the loop goes on.

        Raises:
            PressError: the memory of the press is damaged: trying again mends nothing.
        """
        try:
            part()
        except (OperationalError, InterfaceError) as error:
            # Its message names machines and accounts.
            what = type(error.__cause__ or error).__name__
            _log.error("the database failed and is asked again: %s", what)
            close_old_connections()
            self._due = time.monotonic() + AGAIN_SECONDS
        except Exception as error:  # the one edge: news goes on after any fault
            if is_lasting(error):
                raise
            _log.exception("a turn of the press failed and is tried again")
            time.sleep(PACE_SECONDS)


def stand_by(stop: Callable[[], bool]) -> None:
    """Do what the newsroom set for an hour while there is no press, until told to stop.

    Args:
        stop: asked between two looks.
    """
    Awake(watcher()).stay(stop)


def is_lasting(error: Exception) -> bool:
    """Say whether the memory of the press is damaged: trying again mends nothing."""
    if isinstance(error, PressError):
        return error.code == MEMORY
    return isinstance(error, sqlite3.Error) and is_damage(error)
