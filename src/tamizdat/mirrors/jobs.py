"""What a courier has to do on each mirror, and what became of it."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Thread

from tamizdat.edition.tree import PAGE_BYTES
from tamizdat.mirrors.errors import PutOffError
from tamizdat.mirrors.findings import Problem, Report
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.transports import Reading
from tamizdat.mirrors.transports.directory import Writable
from tamizdat.mirrors.transports.web import WebSource


@dataclass(frozen=True)
class Place:
    """A mirror as threads see it, without the database.

    Attributes:
        key: of its row.
        log: whether every delivery brings the log; else rounds of witnesses do.
    """

    key: int
    name: str
    folder: str
    url: str
    archive: bool
    log: bool = True


@dataclass(frozen=True)
class Job:
    """One thing to do on one mirror.

    Attributes:
        kind: deliver, repair, bring heads, read what changed, or look at every byte.
        service: id; "" where it is for `services`.
        latest: what is delivered, a whole `<service>/latest`.
        since: tree it was verified to hold before; None reads every byte.
        why: what went wrong while it was written.
        services: ids whose heads are brought.
    """

    kind: str
    place: Place
    service: str
    latest: bytes = b""
    since: str | None = None
    why: str = ""
    services: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Tell writing from reading."""
        return self.kind in {"deliver", "repair", "heads"}


@dataclass(frozen=True)
class Done:
    """A job that ended. `report`: of a reading; `put_off`: for something urgent."""

    job: Job
    why: str = ""
    report: Report | None = None
    put_off: bool = False


@dataclass
class Lane:
    """The jobs of one mirror.

    Attributes:
        quiet: monotonic seconds; it is not read before.
        silence: how it did not answer.
        progress: of each service's reading of every byte that is not at its end.
    """

    jobs: deque[Job] = field(default_factory=deque)
    thread: Thread | None = None
    running: Job | None = None
    web: WebSource | None = None
    quiet: float = 0.0
    silence: Problem | None = None
    progress: dict[str, Progress] = field(default_factory=dict)


class Pausing:
    """A source that ends a reading when there is something more urgent.

    Attributes:
        pause: seconds before each file, where nobody waits for the reading; before
            as many bytes as a page may have, of a larger one.
    """

    def __init__(
        self, source: Reading, urgent: Callable[[], bool], pause: float = 0.0
    ) -> None:
        self._source = source
        self._urgent = urgent
        self._pause = pause
        self.paused = False

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole. Raises as `Source.read`, and PutOffError."""
        self.rest(path)
        return self._source.read(path, limit)

    def read_sent(self, path: str, limit: int) -> bytes:
        """Read a file whole as it is sent. Raises as `read`."""
        self.rest(path)
        return self._source.read_sent(path, limit)

    def save(self, path: str, limit: int, file: Writable) -> int:
        """Read a file into another. Raises as `read`, also in the middle of it."""
        self.rest(path)
        slow = _Slow(file, lambda: self.rest(path), bool(self._pause))
        return self._source.save(path, limit, slow)

    def rest(self, path: str) -> None:
        """Wait as long as it is told to.

        Raises:
            PutOffError: there is something more urgent.
        """
        if self._pause:
            time.sleep(self._pause)
        if self._urgent():
            self.paused = True
            raise PutOffError(f"{path}: put off")


class _Slow:
    """A file into which nobody who waits is writing."""

    def __init__(self, file: Writable, rest: Callable[[], None], often: bool) -> None:  # noqa: FBT001 - of one caller
        self._file, self._rest, self._often = file, rest, often

    def write(self, piece: bytes) -> int:
        """Write, and rest before: once, or before as much as a page may have."""
        for _ in range(0, len(piece) if self._often else 1, PAGE_BYTES):
            self._rest()
        return self._file.write(piece)


def with_reason(report: Report, why: str) -> Report:
    """Put what went wrong in writing before what was read."""
    if why:
        problem = Problem("unfinished", report.service, "delivery", why)
        report.problems.insert(0, problem)
        report.count += 1
    return report


def unread(job: Job, silence: Problem | None) -> Report:
    """Report a mirror that was not asked, because it did not answer before."""
    report = Report(job.service)
    if silence is not None:
        report.add(replace(silence, path=job.service))
    return with_reason(report, job.why)
