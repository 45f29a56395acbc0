"""Processes that have modules loaded and fork for each command.

A journey asks dozens of short commands, `press status` above all; of the second that
each takes, nine tenths go into loading the same modules. The child runs the command
line as it is, with the settings of its newsroom, and ends.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

# With a newsroom's settings, all that its commands need.
_NEWSROOM = """
from tamizdat.newsroom.commands import start_django
start_django()
from django.db import connections
from tamizdat.mirrors import resident
from tamizdat.newsroom import actions
from tamizdat.server import commands
connections.close_all()
"""
# Without any settings, what needs none: each command reads its own.
_NOBODY = """
import babel.dates, lxml.html, minijinja, PIL.Image
import django.contrib.auth.hashers, django.core.management, django.db.migrations
import django.forms, django.template.defaulttags, django.views.generic
import tamizdat.mirrors.commands, tamizdat.mirrors.diff_command, tamizdat.press.build
import tamizdat.press.commands, tamizdat.server.commands, tamizdat.wire.commands
"""
_LOOP = """
import json, os, sys, time, traceback
from tamizdat.server.cli import main

def answer(asked):
    os.dup2(os.open(asked["said"], os.O_WRONLY | os.O_APPEND), 1)
    os.dup2(os.open(asked["complained"], os.O_WRONLY | os.O_APPEND), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if asked["environ"] is not None:
        os.environ.clear()
        os.environ.update(asked["environ"])
        time.tzset()
    os.chdir(asked["folder"])
    status = 1
    try:
        sys.argv = ["tamizdat", *asked["words"]]
        if asked["code"] is None:
            main()
        exec(asked["code"], {"__name__": "__main__"})
        status = 0
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)

told = os.dup(1)
for line in sys.stdin:
    child = os.fork()
    if not child:
        answer(json.loads(line))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(told, f"{status}\\n".encode())
"""


class Done(NamedTuple):
    """How a command ended, and all that it printed."""

    status: int
    said: str


class _Forking:
    """A process that waits for commands; it ends with whoever asks."""

    def __init__(self, begin: str, environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", begin + _LOOP],
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _ask(self, said: Path, complained: Path, **asked: object) -> int:
        for path in (said, complained):
            path.write_bytes(b"")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked |= {"said": str(said), "complained": str(complained)}
        asked |= {"folder": str(Path.cwd())}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status = self._process.stdout.readline()
        assert status, "the process ended"
        return int(status)


class Ready(_Forking):
    """A newsroom's process."""

    def __init__(self, home: Path) -> None:
        """Start it.

        Args:
            home: of a newsroom that stands; its settings are read now.
        """
        super().__init__(_NEWSROOM, {**os.environ, "TAMIZDAT_HOME": str(home)})
        self._said = home.with_suffix(".said")

    def command(self, *words: object) -> Done:
        """Run one command of `tamizdat`."""
        return self._run([str(word) for word in words], None)

    def python(self, code: str) -> Done:
        """Run a few lines, as an operator's script would."""
        return self._run([], code)

    def _run(self, words: list[str], code: str | None) -> Done:
        asked = {"words": words, "code": code, "environ": None}
        status = self._ask(self._said, self._said, **asked)
        return Done(status, self._said.read_text(encoding="utf-8"))


class Anybody(_Forking):
    """A process of no newsroom: each command has an environment of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it.

        Args:
            folder: for what commands print.
        """
        super().__init__(_NOBODY, os.environ)
        self._said, self._complained = folder / "said", folder / "complained"

    def run(
        self, words: list[str], environ: Mapping[str, str], code: str | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command in the folder where the test stands, or code with its words."""
        asked = {"words": words, "code": code, "environ": dict(environ)}
        status = self._ask(self._said, self._complained, **asked)
        told = (p.read_text(encoding="utf-8") for p in (self._said, self._complained))
        return subprocess.CompletedProcess(words, status, *told)
