"""Have offline files and indexes of words made beside a press that stays.

Decides when. They are made by a process of its own, which may take minutes and much
memory and gives way to the press: no edition waits for it but while a statement is
signed. Offline files are made once a day, after the first edition of the day (UTC), and
after a withdrawal, which deletes them; an index half an hour after an edition at most.
After a round of witnesses the files are sealed again, with what these cosigned.
What fails is said once in the log of the press and tried again an hour later.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from tempfile import TemporaryFile
from typing import IO

from django.db.models import Min

from tamizdat.press import filing, resealing
from tamizdat.press.models import PrintedEdition
from tamizdat.press.run import Press

FIRST_SECONDS = 60.0  # after the press began: news comes first
INDEX_SECONDS = 1_800.0  # between two indexes of one press, at least
AGAIN_SECONDS = 3_600.0  # before files that could not be made are tried again
ALWAYS = (".txt", ".html", "-pictures.html", ".epub")  # a library may need no file
NICE = 10  # how much it gives way
_END_SECONDS = 10.0
_SAID = 500  # characters of what a process said, at most

_WORDS = "from tamizdat.server.cli import main; main()"

_log = logging.getLogger(__name__)


class Making:
    """What is made beside one press; at most one process at a time."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._looked: dict[str, int] = {}  # newest edition that was indexed, or tried
        begin = time.monotonic() + FIRST_SECONDS
        self._due = {"index": begin, "offline": begin}  # not before, monotonic seconds
        self._verb = ""
        self._cosigned = False  # since files were last sealed

    def cosigned(self) -> None:
        """Hear that witnesses may have cosigned a head that proves files."""
        self._cosigned = True

    def step(self) -> bool:
        """Begin what is due, unless something is under way.

        Returns:
            Whether something has ended, and mirrors may lack what it made.
        """
        ended = self._process is not None and self._process.poll() is not None
        if ended:
            self._end()
        if self._process is None:
            self._begin()
        return ended

    def close(self) -> None:
        """End what is under way; nothing of it is lost but time."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._forget()

    def _begin(self) -> None:
        now = time.monotonic()
        for verb, wanted in (("index", self._indexes), ("offline", self._files)):
            services = sorted(wanted()) if self._due[verb] <= now else []
            if services:
                if verb == "index":
                    self._due[verb] = now + INDEX_SECONDS
                self._start(verb, [f"--service={service}" for service in services])
                return
        cosigned, self._cosigned = self._cosigned, False
        if cosigned and resealing.waiting(self._press):
            self._start("offline", ["--seal"])

    def _start(self, verb: str, more: list[str]) -> None:
        self._verb = verb
        root, keys = self._press.archive.root, self._press.key_folder
        command = [sys.executable, "-c", _WORDS, "edition", verb, str(root)]
        command += ["--keys", str(keys), *more]
        self._said = TemporaryFile()  # noqa: SIM115 - closed when the process ends
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=subprocess.DEVNULL, stderr=self._said
        )
        with suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICE)

    def _end(self) -> None:
        """Say what could not be made."""
        if self._process is not None and self._process.returncode and self._said:
            self._said.seek(0)
            words = self._said.read().decode("utf-8", "replace").strip()
            self._looked.clear()
            self._due[self._verb] = time.monotonic() + AGAIN_SECONDS
            _log.error("not everything was made to carry along: %s", words[-_SAID:])
        self._forget()

    def _forget(self) -> None:
        if self._said is not None:
            self._said.close()
        self._process = self._said = None

    # What is due

    def _indexes(self) -> Iterator[str]:
        """Name the services with an edition that was not looked at, or no index."""
        for service, number in self._press.state.numbers().items():
            folder = self._press.archive.root / filing.FIND / service
            known = self._looked.get(service) == number
            if not (known and (folder / filing.STATE).exists()):
                self._looked[service] = number
                yield service

    def _files(self) -> Iterator[str]:
        """Name the services that have an edition of today and not every file of it."""
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        rows = PrintedEdition.objects.filter(time__gte=today).order_by()
        firsts = rows.values_list("service").annotate(Min("number"))
        for service, first in firsts:
            newest = filing.newest(self._press.archive, service)
            if any(newest.get(ending, 0) < first for ending in ALWAYS):
                yield service
