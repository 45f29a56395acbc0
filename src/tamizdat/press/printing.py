"""Print all services of a run and record what is to be signed: steps 1 and 2 of `run`.

Decides which of them are printed. That one does not fit is known when all stories are
printed, which come in one stream: then everything is undone, it is given up, and the
others are printed again without it.

Source: docs/decisions/0094-what-does-not-fit-on-a-page.md.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import tamizdat
from tamizdat.edition import log, tree
from tamizdat.edition.dates import has_come
from tamizdat.edition.errors import PackError, StoryError
from tamizdat.edition.statement import Statement, write_time
from tamizdat.press import build, recovery
from tamizdat.press.archive import Archive
from tamizdat.press.build import Build
from tamizdat.press.content import Frozen, Refuse, Source
from tamizdat.press.errors import ContentError, CrowdedError, FaultError, PressError
from tamizdat.press.notes import Notes
from tamizdat.press.recall import Roll, frame_of
from tamizdat.press.signing import Signing, statement_of
from tamizdat.press.state import Pending, Printed, State

STEPS = (  # where printing can be cut; each leaves the last edition whole
    "printed",
    "placed",
    "settled",
    "recorded",
    "journal ended",
)
AHEAD = timedelta(minutes=5)  # that the newsroom's clock may be ahead of the press's


def _stop(error: StoryError) -> None:
    raise error


def _give_up(fault: FaultError) -> None:
    raise fault from fault.cause


@dataclass(frozen=True)
class Operator:
    """Whoever looks on while the press prints.

    Attributes:
        refuse: is given each story that cannot be printed, which is then left out.
        give_up: is given each service that cannot be printed, though its stories can:
            it stays as it was printed, and the others are printed without it; if
            this raises, none is.
        announce: is told, before it starts, of work that no story asked for.
        halt: asked when all is printed whether to sign nothing after all.
        heartbeat: wants an edition of a service of which nothing changed, too, so that
            readers see that the press is alive.
    """

    refuse: Refuse = _stop
    give_up: Callable[[FaultError], None] = _give_up
    announce: Callable[[str], None] = lambda _words: None
    halt: Callable[[], bool] = lambda: False
    heartbeat: bool = False


@dataclass(frozen=True)
class Job:
    """What one press run works on."""

    source: Source
    pictures: build.PictureReader
    now: datetime
    operator: Operator


class Printing:
    """The part of a press that prints, as `Signing` is the part that signs."""

    def __init__(
        self,
        archive: Archive,
        state: State,
        notes: Notes,
        signing: Signing,
        reached: Callable[[str], None],
    ) -> None:
        """Set up.

        Args:
            archive: the one that is printed into.
            state: what is remembered of it.
            notes: the chain that a statement names the newest of.
            signing: tells the size of the log.
            reached: told of each step.
        """
        self._archive = archive
        self._state = state
        self._notes = notes
        self._signing = signing
        self._reached = reached

    def record(
        self, job: Job, chosen: Sequence[str]
    ) -> tuple[dict[str, Build], list[Pending]]:
        """Print and record all services that can be: those that cannot are undone.

        One is found out when all stories are printed, so the others are printed again.
        """
        left = list(chosen)
        while True:
            try:
                return self._record_all(job, left)
            except FaultError as fault:
                if fault.takes_back and len(left) > 1:
                    raise  # else what endangers someone waits, and few may notice
                job.operator.give_up(fault)
                left.remove(fault.service)
                recovery.end_journal(self._archive, self._state)

    def _record_all(
        self, job: Job, chosen: Sequence[str]
    ) -> tuple[dict[str, Build], list[Pending]]:
        """Print, and record the statements that are to be signed: steps 1 and 2."""
        undoing = recovery.undone_if_unrecorded(self._archive, self._state)
        with undoing, self._state.transaction():
            builds = self._print(job, chosen)
            pending = self._compose(builds, job.now)
            self._reached("printed")
            self._place([builds[statement.service] for statement in pending])
            self._reached("placed")
            self._archive.settle()  # 1
            self._reached("settled")
            self._state.record_pending(pending)  # 2, with the transaction's end
        self._reached("recorded")
        recovery.end_journal(self._archive, self._state)
        self._reached("journal ended")
        return builds, pending

    def _place(self, builds: Sequence[Build]) -> None:
        if builds:
            changing = (place for one in builds for place, _target in one.places())
            self._archive.journal.note_pages(changing)
        for one in builds:
            one.place_pages()

    def _print(self, job: Job, chosen: Sequence[str]) -> dict[str, Build]:
        every = list(job.source.services.values())
        builds, fresh, anew = {}, set(), set()
        for name in chosen:
            service = job.source.services[name]
            one = Build(service, self._archive, self._state.database, job.pictures)
            own, all_names = build.constants_of(service, every)
            before = self._state.constants(name)
            builds[name] = one
            if before != (own, all_names):
                fresh.add(name)
                self._state.record_constants(name, own, all_names)
            if before is None or before[0] != own:
                anew.add(name)
                _announce_all(job, one)
        roll = self._roll(job.source, builds, anew)
        refused = self._print_stories(job, builds, roll)
        for name in anew if refused else ():
            self._state.record_constants(name, "", "")  # a story still has the old ones
        _arrange(job, builds, whole=job.source.whole and not refused)
        for name, one in builds.items():
            if one.changed or one.stories or name in fresh:
                with _faults(one):
                    one.print_lists(every, constants=name in fresh, anew=name in anew)
                one.changed = True
            one.changed |= job.operator.heartbeat or self._notes.outdate(name)
        if job.operator.halt():
            raise PressError("documents were refused, so nothing is signed")
        return builds

    def _roll(
        self, source: Source, builds: Mapping[str, Build], anew: Collection[str]
    ) -> Roll:
        every = list(source.services.values())
        own = {s.id: build.constants_of(s, every)[0] for s in every}
        stocks = {name: one.stock for name, one in builds.items()}
        return Roll(self._state.database, stocks, frame_of(builds, own), anew)

    def _print_stories(
        self, job: Job, builds: dict[str, Build], roll: Roll
    ) -> list[StoryError]:
        refused: list[StoryError] = []

        def refuse(error: StoryError) -> None:
            refused.append(error)
            job.operator.refuse(error)

        for frozen in job.source.stories(roll, refuse):
            one = builds.get(frozen.story.service)
            if one is None or _is_unchanged(job, one, frozen):
                continue
            try:
                _refuse_future(frozen, job.now)
                one.print_story(frozen)
            except StoryError as error:
                refuse(StoryError(frozen.named, error.field, error.reason))
        for one in builds.values():
            one.print_waiting(refuse)
            if one.flaw:  # known only now: whether it takes words back
                raise _fault(one, one.flaw)
            one.recovered.refuse_missing()
        if refused:
            for name in roll.missing():
                job.operator.announce(f"{name}: not read, stays as it was printed")
            roll.forget()
        else:
            roll.refuse_missing()
            job.source.remember(roll)
        return refused

    def _compose(self, builds: dict[str, Build], now: datetime) -> list[Pending]:
        size = self._signing.size()
        pending: list[Pending] = []
        for name, one in builds.items():
            printed = self._state.printed(name)
            if printed and not one.changed:
                continue
            text = self._statement(one, printed, now).text()
            pending.append(Pending(size + len(pending), name, text))
        return pending

    def _statement(
        self, one: Build, printed: Printed | None, now: datetime
    ) -> Statement:
        last = statement_of(printed.entry) if printed else None
        number = last.number + 1 if last else 1
        if last and last.time >= now:
            reason = f"the clock is not later than edition {last.number}"
            raise PressError(reason, "clock", number=last.number)
        facts = build.Facts(
            self._notes.chain[0].organisation, number, now, self._notes.chain[0].digest
        )
        with _faults(one):
            root = one.finish(tree.root_of(last.tree) if last else None, facts)
        return Statement(
            organisation=facts.organisation,
            service=one.service.id,
            number=number,
            time=now,
            tree=root.digest,
            previous=log.leaf_hash(printed.entry).hex() if printed else None,
            trust=self._notes.chain[-1].version,
            press=tamizdat.VERSION,
        )


@contextmanager
def _faults(one: Build) -> Iterator[None]:
    """Say of which service something does not fit.

    An archive that is damaged is no fault of one service: it stops them all.
    """
    try:
        yield
    except (StoryError, PackError, CrowdedError) as error:
        raise _fault(one, error) from error


def _fault(one: Build, cause: StoryError | PackError | CrowdedError) -> FaultError:
    return FaultError(one.service.id, cause, takes_back=one.takes_back)


def _is_unchanged(job: Job, one: Build, frozen: Frozen) -> bool:
    """Look up one of few stories; a whole source compares all it has at once."""
    if job.source.whole:
        return False
    return one.stock.digest(frozen.story.id) == frozen.digest


def _refuse_future(frozen: Frozen, now: datetime) -> None:
    """Refuse a date that has not come."""
    story = frozen.story
    times = {"versionCreated": story.release.time}
    if story.lineage:
        times["tamizdat.lineage.published"] = story.lineage.published
    for number, other in enumerate(story.translations):
        times[f"tamizdat.translations[{number}].published"] = other.published
    for number, one in enumerate(story.related):
        times[f"tamizdat.related[{number}].published"] = one.published
    late = {name: write_time(t) for name, t in times.items() if t > now + AHEAD}
    day = story.dateline.date if story.dateline else None
    if day and not has_come(day, now):
        late["tamizdat.dateline.date"] = day.isoformat()
    for name, found in late.items():
        why = f"{found} is in the future, it is {write_time(now)}"
        raise StoryError(frozen.named, name, why)


def _arrange(job: Job, builds: dict[str, Build], *, whole: bool) -> None:
    """Arrange front pages.

    Args:
        job: its source was read.
        builds: by service.
        whole: nothing was refused of whole content, so that a front document that is
            missing was taken away.
    """
    for name, front in job.source.fronts.items():
        if name not in job.source.services:
            reason = f"no service {name!r}"
            job.operator.refuse(StoryError(front.place, "service", reason))
            whole = False
    for name, one in builds.items():
        try:
            if name in job.source.fronts or whole:
                one.arrange(job.source.fronts.get(name))
        except StoryError as error:
            job.operator.refuse(error)


def _announce_all(job: Job, one: Build) -> None:
    """Have every story of a service printed again: what all its pages share changed."""
    name = one.service.id
    if not job.source.whole:
        raise ContentError(f"{name}: all its stories are needed, not only new ones")
    if many := one.stock.count():
        said = f"{name}: what all its pages share changed, {many} stories anew"
        job.operator.announce(said)
