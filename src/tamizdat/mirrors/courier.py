"""Carry editions to mirrors and read them back, one thread a mirror.

Promises:

- A thread touches files and HTTP only. The database belongs to whoever calls `step`.
- One mirror's jobs run one after another, writing before reading; no mirror waits for
  another, except that none gets an edition before the archive mirror has it.
- A mirror that did not answer is not asked again for a minute; it is still written.
- A reading of every byte ends when there is something to write, and goes on from there
  later; one that nobody waits for takes its time.
- After `close` no thread is left, and what was not done is forgotten: the next look at
  the mirrors finds it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

from tamizdat.edition.errors import EditionError
from tamizdat.edition.trust import Trust
from tamizdat.mirrors import probe
from tamizdat.mirrors.deliver import bring_heads, deliver
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.finding import check_index
from tamizdat.mirrors.findings import Problem, Report
from tamizdat.mirrors.jobs import Done, Job, Lane, Pausing, Place, unread, with_reason
from tamizdat.mirrors.offline import check_files
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.repair import repair
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource
from tamizdat.press.archive import Archive
from tamizdat.press.errors import PressError

CHANGES_SECONDS = 30.0  # for reading what changed: a few dozen small files
WHOLE_SECONDS = 3600.0  # for reading every byte: 100,000 files at 30 a second
LOOK_PAUSE = 0.01  # seconds before each file that nobody waits for
QUIET_SECONDS = 60.0  # an unreachable mirror is left alone


class Courier:
    """Carries jobs; see the promises above.

    Attributes:
        since: tells a mirror's verified tree of a service, from the database.
        took: told of each reading, to write it down.
        refuse: raises MirrorError for a mirror that must not be written.
    """

    def __init__(
        self,
        archive: Archive,
        chain: Sequence[Trust],
        *,
        since: Callable[[Place, str], str | None],
        took: Callable[[Job, Report], None],
        refuse: Callable[[Place], None],
    ) -> None:
        self._archive = archive
        self._chain = chain
        self._since = since
        self._took = took
        self._refuse = refuse
        self._lanes: dict[Place, Lane] = {}
        # No SimpleQueue: it may wait for ever if a signal comes as its time is over.
        self._done: Queue[Done] = Queue()
        self._followers: dict[str, list[Job]] = {}
        self._stop = Event()

    @property
    def idle(self) -> bool:
        """Tell whether nothing is under way and nothing waits."""
        return not self._followers and not any(map(self.is_busy, self._lanes))

    def carry(
        self, places: Sequence[Place], services: Sequence[str], kind: str = "deliver"
    ) -> None:
        """Deliver or repair services on mirrors, then read them back.

        Args:
            places: every mirror meant, the archive mirror among them.
            services: ids.
            kind: deliver or repair.
        """
        for service in services:
            latest = (self._archive.root / service / "latest").read_bytes()
            self._begin([Job(kind, place, service, latest) for place in places])

    def bring_heads(self, places: Sequence[Place], services: Sequence[str]) -> None:
        """Bring what witnesses cosigned to mirrors, then read it back.

        Args:
            places: as `carry`.
            services: ids of those whose `latest` may be another.
        """
        some = tuple(services)
        if some:
            self._begin([Job("heads", place, "", services=some) for place in places])

    def _begin(self, jobs: Sequence[Job]) -> None:
        """Queue one job for each mirror, the archive mirror's before the others'."""
        first = [job for job in jobs if job.place.archive]
        for job in first or jobs:
            self._add(job)
        if first:
            rest = [job for job in jobs if not job.place.archive]
            self._followers[first[0].service] = rest

    def look(self, place: Place, service: str) -> None:
        """Read every byte of a service on a mirror, unless something is to be done."""
        self._add(Job("look", place, service))

    def is_quiet(self, place: Place) -> bool:
        """Tell whether a mirror did not answer a short time ago."""
        return self._lane(place).quiet > time.monotonic()

    def is_busy(self, place: Place) -> bool:
        """Tell whether something is under way on a mirror, or waits there."""
        lane = self._lane(place)
        return lane.running is not None or bool(lane.jobs)

    def step(self, seconds: float) -> None:
        """Start what can be started and take what has ended.

        Args:
            seconds: to wait for something to end, at most.
        """
        self._start()
        try:
            done = self._done.get(timeout=seconds)
        except Empty:
            return
        self._take(done)
        while not self._done.empty():
            self._take(self._done.get())
        self._start()

    def finish(self) -> None:
        """Go on until nothing waits."""
        while not self.idle:
            self.step(1)

    def close(self) -> None:
        """End every reading at its next file and wait for the threads."""
        self._stop.set()
        self._followers.clear()
        for lane in self._lanes.values():
            lane.jobs.clear()
            if lane.web:
                lane.web.cut()
            if lane.thread:
                lane.thread.join()
        while not self._done.empty():
            done = self._done.get()
            if done.report is not None:
                self._took(done.job, done.report)

    def _lane(self, place: Place) -> Lane:
        return self._lanes.setdefault(place, Lane())

    def _add(self, job: Job) -> None:
        """Queue a job, writing before reading, in place of an older one like it."""
        jobs = self._lane(job.place).jobs
        for other in list(jobs):
            if (other.kind, other.service) == (job.kind, job.service):
                jobs.remove(other)
        ahead = sum(other.writes for other in jobs) if job.writes else len(jobs)
        jobs.insert(ahead, job)

    def _start(self) -> None:
        for lane in self._lanes.values():
            if lane.running is None and lane.jobs and not self._stop.is_set():
                job = lane.jobs.popleft()
                if job.kind == "read":
                    job = replace(job, since=self._since(job.place, job.service))
                lane.running = job
                lane.thread = Thread(target=self._run, args=(job, lane), daemon=True)
                lane.thread.start()

    def _take(self, done: Done) -> None:
        """Write down a reading, or let the next step follow a writing."""
        job, lane = done.job, self._lane(done.job.place)
        lane.running = None
        if job.writes:
            self._read_next(job, done.why)
            if job.place.archive:
                self._follow(job, done.why)
        elif done.put_off and job.kind != "look":
            self._add(job)
        elif done.report is not None:
            self._took(job, done.report)
            silence = _silent(done.report)
            if silence:
                self._hush(lane, silence)

    def _read_next(self, job: Job, why: str) -> None:
        """Read back what was written; every byte after a repair."""
        kind = "whole" if job.kind == "repair" else "read"
        for service in job.services or (job.service,):
            reading = Job(kind, job.place, service, why=why)
            if self.is_quiet(job.place):
                self._took(reading, unread(reading, self._lane(job.place).silence))
            else:
                self._add(reading)

    def _follow(self, job: Job, why: str) -> None:
        """Let the other mirrors have what the archive mirror has."""
        waiting = self._followers.get(job.service, [])
        if any(other.latest != job.latest for other in waiting):
            return  # a newer edition is on its way to the archive mirror
        for other in self._followers.pop(job.service, []):
            if why:
                reason = f"waits for the archive mirror {job.place.name}: {why}"
                self._read_next(other, reason)
            else:
                self._add(other)

    def _hush(self, lane: Lane, problem: Problem) -> None:
        """Leave a mirror alone that did not answer, and say so of what was to be read.

        One silent mirror would else cost its time-out once for each service.
        """
        lane.quiet, lane.silence = time.monotonic() + QUIET_SECONDS, problem
        for job in [job for job in lane.jobs if not job.writes]:
            lane.jobs.remove(job)
            self._took(job, unread(job, problem))

    def _run(self, job: Job, lane: Lane) -> None:
        """Do one job in the mirror's thread; always say that it ended."""
        done = Done(job, why="it was ended")
        try:
            if job.writes:
                done = Done(job, why=self._write(job))
            else:
                done = self._read(job, lane)
        finally:
            self._done.put(done)

    def _write(self, job: Job) -> str:
        """Write one service to one mirror; return why it could not be."""
        transport = DirectoryTransport(Path(job.place.folder))
        try:
            self._refuse(job.place)
            with transport.held():
                if job.kind == "heads":
                    bring_heads(self._archive, transport, job.services)
                    return ""
                if job.kind == "repair":
                    self._lane(job.place).progress.pop(job.service, None)
                    repair(self._archive, transport, job.service, job.latest)
                log = job.place.log or job.kind == "repair"
                deliver(self._archive, transport, job.service, job.latest, log=log)
        except (MirrorError, EditionError, PressError, OSError) as error:
            return str(error)
        return ""

    def _read(self, job: Job, lane: Lane) -> Done:
        seconds = CHANGES_SECONDS if job.since else WHOLE_SECONDS
        web = lane.web = WebSource(job.place.url, seconds)
        pause = LOOK_PAUSE if job.kind == "look" else 0.0
        source = Pausing(web, lambda: self._urgent(job, lane), pause)
        progress = Progress()
        if job.since is None:
            progress = lane.progress.setdefault(job.service, progress)
        try:
            report = probe.check_service(
                source, self._chain, job.service, job.since, progress
            )
            if job.since is None and report.number and not _silent(report):
                self._read_beside(source, report, progress)
        finally:
            web.close()
        if source.paused or self._stop.is_set():
            return Done(job, put_off=True)
        if job.since is None and not _silent(report):
            del lane.progress[job.service]
        return Done(job, report=with_reason(report, job.why))

    def _read_beside(self, source: Pausing, report: Report, progress: Progress) -> None:
        """Read what stands in no tree: files to carry along, the index of words."""
        fingerprint = self._chain[0].digest
        for check in (check_files, check_index):
            _read, found = check(source, fingerprint, report.service, progress)
            for problem in found:
                report.add(problem)

    def _urgent(self, job: Job, lane: Lane) -> bool:
        """Tell whether a reading must end: what is to be written comes before it."""
        waiting = lane.jobs[0] if lane.jobs else None
        if self._stop.is_set() or waiting is None:
            return self._stop.is_set()
        return job.kind == "look" or (job.since is None and waiting.writes)


def _silent(report: Report) -> Problem | None:
    """Find where a mirror did not answer, which ends its reading."""
    return next((p for p in report.problems if p.kind == "unreachable"), None)
