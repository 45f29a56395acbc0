"""Parse the candidates of an archive ahead, in as many processes as there are.

Most of an import is reading pages, and reading needs no database: while one batch is
recorded the next one is read. Order and refusals are as if one process did it all.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from tamizdat.newsroom.archives.sources import Candidate
from tamizdat.wire import parsers
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem

MOST = 4  # processes; each takes some forty MiB


@dataclass(frozen=True)
class Refused:
    """Say why a parser refused: an error of the room does not travel by itself."""

    expected: str
    found: str


Outcome = list[WireItem] | Refused


def parse_apart(
    data: bytes, name: str, address: str | None, cut: str | None
) -> Outcome:
    """Parse in a process of its own."""
    try:
        return parsers.parse_member(data, name, address, cut)
    except WireError as error:
        return Refused(error.expected, error.found)


Ahead = tuple[Candidate, "Future[Outcome] | None"]


def _begin() -> None:
    """Leave Ctrl-C to the process that records, and end when it is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Killed, it tells nobody: whoever parses would wait for work for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def batches(rows: Iterable[Candidate], size: int) -> Iterator[list[Candidate]]:
    """Put candidates into batches."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


class Readers:
    """Processes that parse; begun with the second batch, for a short run needs none."""

    def __init__(self, processes: int | None = None) -> None:
        known = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        self._processes = min(MOST, known) if processes is None else processes
        self._pool: ProcessPoolExecutor | None = None

    def ahead(self, every: Iterator[list[Candidate]]) -> Iterator[list[Ahead]]:
        """Give the batches in order, each with what is being parsed of it.

        While one is worked on the next is parsed, and no further one.
        """
        first = next(every, None)
        now: list[Ahead] | None = None
        if first is not None:
            now = [(one, None) for one in first]
        while now is not None:
            coming = next(every, None)
            following = None if coming is None else self._begun(coming)
            yield list(now)
            now = following

    def _begun(self, batch: Sequence[Candidate]) -> list[Ahead]:
        return [(one, self._submitted(one)) for one in batch]

    def _submitted(self, one: Candidate) -> "Future[Outcome] | None":
        if self._processes < 2 or not one.apart or one.why is not None:  # noqa: PLR2004
            return None
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, context, _begin)
        return self._pool.submit(parse_apart, one.data, one.name, one.address, one.cut)

    def close(self) -> None:
        """End the processes; what they were at is not waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
