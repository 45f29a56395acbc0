"""Hold rounds of witnesses beside a press that prints, and carry what they cosigned.

Witnesses are asked in a thread of their own; archive and database belong to whoever
calls `step`. While one gives reason to sign nothing they are asked every minute.
"""

import time
from collections.abc import Callable
from datetime import datetime
from queue import Empty, Queue
from threading import Thread

from tamizdat.press import rounds
from tamizdat.press.actions import record_round
from tamizdat.press.rounds import Result, Round
from tamizdat.press.run import Press
from tamizdat.press.witnesses import SECONDS, Answer

EVERY_SECONDS = 600.0  # between the beginnings of two rounds
DOUBT_SECONDS = 60.0  # the same while nothing is signed
FIRST_SECONDS = 5.0  # for a witness, before a press that starts prints


def hold(
    press: Press, clock: Callable[[], datetime], seconds: float = SECONDS
) -> Result | None:
    """Hold one round and tell the newsroom of it; None if nobody is to be asked.

    Args:
        press: of the newsroom.
        clock: tells the time, UTC in whole seconds.
        seconds: that each witness has.

    Raises:
        PressError: the archive is held or damaged.
        EditionError: its checkpoint is not the log's.
    """
    result = press.round(clock(), seconds)
    if result is not None:
        record_round(result, clock())
    return result


class Rounds:
    """The rounds of one press. `due`: monotonic seconds of the next one."""

    def __init__(self, press: Press, clock: Callable[[], datetime]) -> None:
        self.due = 0.0
        self._press = press
        self._clock = clock
        self._asked: Round | None = None
        self._answers: Queue[list[Answer]] = Queue()

    def step(self) -> bool:
        """Begin a round that is due, or end one whose answers are there.

        Returns:
            Whether a round ended, so that mirrors are to have the log; one in which
            nobody is to be asked ends at once.
        """
        if self._asked is None:
            return time.monotonic() >= self.due and not self._begins()
        try:
            answers = self._answers.get_nowait()
        except Empty:
            return False
        asked, self._asked = self._asked, None
        result = self._press.end_round(asked, answers, self._clock())
        record_round(result, self._clock())
        if self._press.doubts():
            self.due = min(self.due, time.monotonic() + DOUBT_SECONDS)
        return True

    def _begins(self) -> bool:
        """Ask witnesses; False if there are none."""
        self.due = time.monotonic() + EVERY_SECONDS
        asked = self._press.begin_round()
        if asked is None:
            return False
        self._asked = asked
        answers = self._answers
        work = Thread(target=lambda: answers.put(_ask(asked)), daemon=True)
        work.start()
        return True


def _ask(asked: Round) -> list[Answer]:
    """Ask all; a fault of ours is no answer, and the round ends all the same."""
    try:
        return rounds.ask(asked)
    except Exception as error:  # noqa: BLE001 - else no round would ever begin again
        return [Answer(one, "unreachable", repr(error)) for one in asked.asked]
