"""Stay awake beside the newsroom: print what is released, deliver it, verify it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache

import click
from django.db.models import F

from tamizdat.edition.errors import EditionError
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import actions, onlookers
from tamizdat.mirrors.awake import RETRY_SECONDS, Awake, is_lasting
from tamizdat.mirrors.courier import Courier
from tamizdat.mirrors.errors import HeldError
from tamizdat.mirrors.locks import alone
from tamizdat.mirrors.making import Making
from tamizdat.mirrors.models import Holding
from tamizdat.mirrors.onlookers import Rounds
from tamizdat.newsroom import schedule
from tamizdat.press.actions import (
    note_stopped,
    print_released,
    renewals,
    services_seen,
    waiting,
)
from tamizdat.press.errors import PressError
from tamizdat.press.home import rendition_folder
from tamizdat.press.run import Edition, Press
from tamizdat.press.state import damaged
from tamizdat.press.wake import PACE_SECONDS, watcher

BEAT_SECONDS = 300.0  # between two looks for services whose heartbeat is due
DAMAGED = ("forged", "missing", "unfinished")

Deliver = Callable[[list[str]], None]


def now_utc() -> datetime:
    """Take the time, UTC in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def turn(press: Press, *, every: bool) -> list[Edition]:
    """Print what waits, and deliver and verify each edition as it is made.

    Args:
        press: opened once, kept in memory.
        every: do what was set for an hour that has come, and look at mirrors
            that are behind, not only at what waits to be printed.
    """

    def deliver(services: list[str]) -> None:
        actions.push(press.archive, press.chain, services, now_utc())

    if every:
        schedule.do_due(now_utc())
        compare(press)
    printed = _print(press, deliver, beat=every)
    if every:
        deliver(actions.behind(press.state.numbers()))
        bring_heads(press)
    return printed


def compare(press: Press) -> None:
    """Ask the witnesses, before a press that starts prints, whether it knows its log.

    Whatever is wrong with the archive is found again, and said, by printing.
    """
    with suppress(PressError, EditionError):
        onlookers.hold(press, now_utc, onlookers.FIRST_SECONDS)


def bring_heads(press: Press) -> None:
    """Carry the log, and what witnesses cosigned, to every mirror, and read it back."""
    services = list(press.state.numbers())
    actions.bring_heads(press.archive, press.chain, services, now_utc())


def _print(
    press: Press, deliver: Deliver, *, whole: bool = True, beat: bool = False
) -> list[Edition]:
    press.refused = refusals(press)
    return print_released(
        press,
        rendition_folder(),
        now_utc,
        lambda edition: deliver([edition.service]),
        whole=whole,
        beat=beat,
    )


@lru_cache(maxsize=1)
def refusals(press: Press) -> dict[str, str]:
    """Ask the mirrors, once for a press, whether it remembers all it has signed.

    Returns:
        For each service that must not be printed, why.
    """
    numbers = press.state.numbers()
    found = {}
    shown = actions.highest(press.chain, list(press.chain[-1].services))
    for service, (number, leaf) in shown.items():
        ours = numbers.get(service, 0)
        if number > ours or (number == ours and leaf != _leaf(press, service)):
            found[service] = (
                f"a mirror shows edition {number}, leaf {leaf[:16]}, the press"
                f" remembers {ours}: restore the newest backup of the archive,"
                " or rebuild it: tamizdat log recover"
            )
    return found


def _leaf(press: Press, service: str) -> str:
    try:
        latest = (press.archive.root / service / "latest").read_bytes()
        return parse_latest(latest).leaf.hex()
    except (OSError, EditionError):
        return "none"  # an archive that lost it does not remember it


@contextmanager
def printing_alone(press: Press) -> Iterator[None]:
    """Be the one process that prints for this newsroom.

    Raises:
        click.ClickException: another process is.
    """
    lock = press.archive.private / "resident.lock"
    try:
        with alone(lock, "printing for this newsroom"):
            yield
    except HeldError as error:
        raise click.ClickException(str(error)) from error


def watch(press: Press, stop: Callable[[], bool]) -> None:
    """Take a turn whenever the newsroom's database changes, until told to stop.

    A slow mirror delays no printing: a courier's threads serve the mirrors. Whoever
    calls it is `printing_alone`.

    Args:
        press: opened once, kept in memory.
        stop: asked between two looks.

    Raises:
        PressError: its memory is damaged. The board says so, and the memory is closed.
    """
    with said_on_the_board(press):
        _Resident(press).stay(stop)


@contextmanager
def said_on_the_board(press: Press) -> Iterator[None]:
    """Say on the board that the memory of a press is damaged, and close it.

    Raises:
        PressError: it is.
    """
    try:
        yield
    except (PressError, sqlite3.Error) as error:
        if not is_lasting(error):
            raise
        press.state.close()  # so that it can be put aside
        if isinstance(error, PressError):
            note_stopped(error, now_utc())
            raise
        damage = damaged(press.archive.memory, error)
        note_stopped(damage, now_utc())
        raise damage from error


class _Resident(Awake):
    """A press that stays, its courier, and what it has tried to mend."""

    def __init__(self, press: Press) -> None:
        super().__init__(watcher(), RETRY_SECONDS)
        self._press = press
        self._courier: Courier = actions.courier(press.archive, press.chain, now_utc)
        self._rounds = Rounds(press, now_utc)
        self._making = Making(press)
        self._beat = 0.0  # monotonic seconds of the next look for heartbeats
        self._services: list[tuple[object, ...]] = []
        self._mended: set[tuple[int, str, int | None]] = set()

    def stay(self, stop: Callable[[], bool]) -> None:
        """Take turns until told to stop."""
        self.attempt(schedule.make_ready)
        try:
            self.attempt(lambda: compare(self._press))
            while not stop():
                self.attempt(self._turn)
                self.attempt(self._round)
                self.attempt(self._make)
                self.attempt(self._serve_mirrors)
        finally:
            self._making.close()
            self._courier.close()
            self._watcher.close()

    def _turn(self) -> None:
        """Do what was set for an hour that has come, and print what waits."""
        if self.do_due():
            self._print()
        self.erase()

    def _round(self) -> None:
        """Have the log cosigned when it is time, and carry it and what came of it."""
        if self._rounds.step():
            self._making.cosigned()
            numbers = self._press.state.numbers()
            self._courier.bring_heads(actions.places(), list(numbers))

    def _make(self) -> None:
        """With a full look, have files made, and carry what was made."""
        if self.every and self._making.step():
            numbers = self._press.state.numbers()
            self._courier.bring_heads(actions.places(), list(numbers))

    def _print(self) -> None:
        """Print, unless the change was none of ours: most are what mirrors hold."""
        services = services_seen()
        whole = self.every or services != self._services
        if whole or renewals() or waiting():
            _print(self._press, self._deliver, whole=whole, beat=self._beat_is_due())
        self._services = services

    def _beat_is_due(self) -> bool:
        """Look for heartbeats with a full look, now and then: they come once a day."""
        if not self.every or time.monotonic() < self._beat:
            return False
        self._beat = time.monotonic() + BEAT_SECONDS
        return True

    def _serve_mirrors(self) -> None:
        """Take what the courier brings back, and after a full look give it work."""
        if self.every:
            self.every = False
            self._look_after_mirrors()
        self._courier.step(PACE_SECONDS)

    def _deliver(self, services: list[str]) -> None:
        self._courier.carry(actions.places(), services)

    def _look_after_mirrors(self) -> None:
        """Serve mirrors that are behind, mend damaged ones, else read one whole."""
        numbers = self._press.state.numbers()
        damaged = self._damaged(numbers)
        for held in damaged:
            place = actions.place_of(held.mirror)
            self._courier.carry([place], [held.service], "repair")
        places = actions.places()
        busy = [place for place in places if self._courier.is_busy(place)]
        if not damaged and not any(place.archive for place in busy):
            free = [place for place in places if place not in busy]
            self._courier.carry(free, actions.behind(numbers))
        if self._courier.idle:
            self._look()

    def _damaged(self, numbers: dict[str, int]) -> list[Holding]:
        """List what is wrong on mirrors though it was delivered, each once.

        What a repair does not mend needs a person: the board goes on saying it.
        """
        rows = Holding.objects.select_related("mirror")
        found = []
        for held in rows:
            key = (held.mirror.pk, held.service, held.number)
            if held.state == "verified":
                self._mended.discard(key)
            elif held.state in DAMAGED and held.number == numbers.get(held.service):
                if key not in self._mended:
                    found.append(held)
                self._mended.add(key)
        return found

    def _look(self) -> None:
        """Read every byte of what was longest not read whole."""
        rows = Holding.objects.select_related("mirror")
        for held in rows.order_by(F("whole").asc(nulls_first=True), "checked"):
            place = actions.place_of(held.mirror)
            if not self._courier.is_quiet(place):
                self._courier.look(place, held.service)
                return
