"""Processes that stay: our warm press, a desk, and `hugo server` on loopback.

Each is started and ended here, by its own handle, and asked for one edit at a time.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from . import hugo, stories
from .measure import BenchError, Cost, start
from .stories import Record

_PATIENCE = 600  # seconds for a start or an edit; ends a wait that has no end
_PAUSE = 0.005  # seconds between two looks at a page
_TICK = os.sysconf("SC_CLK_TCK")


class Program:
    """A program with its errors kept aside, ended when the block ends."""

    def __init__(self, argv: list[object], **environment: str) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._process = start(argv, self._errors, **environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe:
                pipe.close()

    def ask(self, order: object) -> dict[str, float]:
        """Write an order as a line of JSON and wait for the answer."""
        if self._process.stdin is None:
            raise self._failed("no standard input")
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, float]:
        """Read the next line the program says."""
        row = self.line()
        answer: dict[str, float] = json.loads(row)
        return answer

    def line(self) -> bytes:
        """Read the next line, as it is."""
        out = self._process.stdout
        row = out.readline() if out else b""
        if not row:
            raise self._failed(f"process {self._process.pid} ended")
        return row

    def cpu(self) -> float:
        """Read its user and system seconds. Source: proc(5), stat."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self, which: str = "VmHWM") -> int:
        """Read its memory in bytes: the peak, or what it has now (VmRSS)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        line = next(x for x in status.splitlines() if x.startswith(f"{which}:"))
        return int(line.split()[1]) * 1024

    def _failed(self, what: str) -> BenchError:
        self._errors.seek(0)
        last = self._errors.read()[-800:].decode("utf-8", "replace")
        return BenchError(f"{what}: {last}")


class WarmPress(Program):
    """Our press with everything in memory."""

    def __init__(self, content: Path, archive: Path, keys: Path) -> None:
        super().__init__(
            [
                sys.executable,
                "-m",
                "bench.resident",
                content,
                archive,
                keys,
            ]
        )
        self.answer()

    def edit(self, record: Record, now: datetime) -> Cost:
        """Publish a correction of one story."""
        line = stories.story_document(record, (now,)).decode()
        return Cost(**self.ask({"line": line, "time": stories.utc(now)}))


class HugoServer(Program):
    """`hugo server` with its pages in memory."""

    def __init__(self, site: Path, *, fast: bool) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self._site = site
        super().__init__(hugo.server_command(site, self._port, fast=fast))
        self._wait("/", b"<main>", str(site))

    def edit(self, record: Record) -> Cost:
        """Edit one story's file and wait until its page shows the edit."""
        path = f"/{stories.address(record)}"
        self._wait(path, b"<article>", path)  # what was visited is rendered first
        begun, spent = time.perf_counter(), self.cpu()
        hugo.write_page(self._site, record, 1)
        self._wait(path, stories.ADDED.encode(), path)
        wall = time.perf_counter() - begun
        return Cost(self._settled() - spent, wall, self.memory())

    def _wait(self, path: str, sign: bytes, what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if sign in self._get(path):
                return
            if self._process.poll() is not None:
                raise self._failed(f"hugo server ended, {what}")
            time.sleep(_PAUSE)
        raise self._failed(f"hugo server: no answer in {_PATIENCE} s, {what}")

    def _get(self, path: str) -> bytes:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        try:
            link.request("GET", path)
            return link.getresponse().read()
        except (ConnectionError, http.client.HTTPException):
            return b""
        finally:
            link.close()

    def _settled(self) -> float:
        """Read CPU seconds once the server is idle again: the page may come first."""
        last = -1.0
        while (now := self.cpu()) != last:
            last = now
            time.sleep(0.25)
        return now
