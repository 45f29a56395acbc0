"""A process that has a newsroom's Django loaded and forks for each command.

A journey asks dozens of short commands, `press status` above all; of the second that
each takes, nine tenths go into loading the same modules. The child runs the command
line as it is, with the settings of its newsroom, and ends.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_LOOP = """
import json, os, sys, traceback
from tamizdat.newsroom.commands import start_django
start_django()
from django.db import connections
from tamizdat.mirrors import resident
from tamizdat.newsroom import actions
from tamizdat.server import commands
from tamizdat.server.cli import main

def answer(asked):
    os.dup2(os.open(asked["said"], os.O_WRONLY | os.O_APPEND), 1)
    os.dup2(1, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    status = 1
    try:
        if asked["code"] is None:
            sys.argv = ["tamizdat", *asked["words"]]
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

connections.close_all()
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


class Ready:
    """A newsroom's process that waits for commands; it ends with whoever asks."""

    def __init__(self, home: Path) -> None:
        """Start it.

        Args:
            home: of a newsroom that stands; its settings are read now.
        """
        self._said = home.with_suffix(".said")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LOOP],
            env={**os.environ, "TAMIZDAT_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def command(self, *words: object) -> Done:
        """Run one command of `tamizdat`."""
        return self._ask(words=[str(word) for word in words], code=None)

    def python(self, code: str) -> Done:
        """Run a few lines, as an operator's script would."""
        return self._ask(words=[], code=code)

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _ask(self, **asked: object) -> Done:
        self._said.write_bytes(b"")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked["said"] = str(self._said)
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status = self._process.stdout.readline()
        assert status, "the process of the newsroom ended"
        return Done(int(status), self._said.read_text(encoding="utf-8"))
