"""Stay awake beside the newsroom: print what is released, deliver it, verify it."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.core.management import call_command
from django.db import DatabaseError

from tamizdat.edition.errors import EditionError
from tamizdat.mirrors import actions
from tamizdat.mirrors.errors import MirrorError
from tamizdat.press.actions import print_released, waiting
from tamizdat.press.errors import PressError
from tamizdat.press.home import rendition_folder
from tamizdat.press.run import Edition, Press
from tamizdat.press.wake import watcher

RETRY_SECONDS = 15.0  # between full looks, which also serve mirrors that are behind

_PASSING = (DatabaseError, OSError, EditionError, MirrorError, PressError)
_log = logging.getLogger(__name__)


def now_utc() -> datetime:
    """Take the time, UTC in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def turn(press: Press, *, every: bool) -> list[Edition]:
    """Print what waits, and deliver and verify each edition as it is made.

    Args:
        press: opened once, kept in memory.
        every: publish what is due by its schedule, and look at all services and at
            mirrors that are behind, not only at waiting releases.
    """
    if every:
        call_command("publish_scheduled")
    if not every and not waiting():
        return []

    def deliver(edition: Edition) -> None:
        push(press, [edition.service])

    folder = rendition_folder()
    printed = print_released(press, folder, now_utc(), deliver, every=every)
    if every:
        push(press, actions.behind(press.state.numbers()))
    return printed


def push(press: Press, services: list[str]) -> None:
    """Deliver the newest editions of services to every mirror and read them back."""
    if services:
        actions.push(press.archive, press.chain, services, now_utc())


def watch(press: Press, stop: Callable[[], bool]) -> None:
    """Take a turn whenever the newsroom's database changes, until told to stop.

    Args:
        press: opened once, kept in memory.
        stop: asked between two looks.
    """
    changed, pace = watcher()
    due = 0.0
    while not stop():
        every = time.monotonic() >= due
        if changed() or every:
            _try(press, every=every)
        if every:
            due = time.monotonic() + RETRY_SECONDS
        time.sleep(pace)


def _try(press: Press, *, every: bool) -> None:
    """Take one turn; what fails is tried again, and the loop goes on."""
    try:
        turn(press, every=every)
    except _PASSING:
        _log.exception("a turn of the press failed and is tried again")
