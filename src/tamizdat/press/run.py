"""Print editions and have them signed, in an order that survives a crash.

The steps are those of spec/mirror-layout.md, "Order of writing"; each leaves the last
edition whole:

    1 objects and pages written and settled
    2 statements recorded with their numbers      (from here on they are only finished)
    3 signed, entry and tiles written and settled
    4 log size and root recorded
    5 checkpoint signed and put in place
    6 `latest` put in place
    7 recorded as printed

Steps 1 and 2 are done by `printing`, 3 to 7 by `signing`. Killed before 2, nothing was
said, and the next run undoes it (`recovery`). Killed after 2, the next run finishes the
same statements from the memory of step 2.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tamizdat.edition import log, tree
from tamizdat.edition.files import seal_size
from tamizdat.edition.note import Verifier
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.trust import Trust
from tamizdat.press import (
    build,
    filing,
    printing,
    purge,
    recovery,
    rounds,
    signing,
)
from tamizdat.press.archive import Archive
from tamizdat.press.content import Source
from tamizdat.press.errors import (
    ArchiveError,
    ContentError,
    DoubtError,
    FormatError,
    PressError,
)
from tamizdat.press.formats.drafts import Basis, Draft
from tamizdat.press.notes import Notes
from tamizdat.press.printing import Job, Operator, Printing
from tamizdat.press.rounds import Result, Round
from tamizdat.press.signing import Signing, statement_of
from tamizdat.press.state import State, damaged, is_damage
from tamizdat.press.witnesses import SECONDS, Answer

STEPS = (*printing.STEPS, *signing.STEPS)  # where a run can be cut, in their order


@dataclass(frozen=True)
class Edition:
    """One published edition.

    Attributes:
        tree: SHA-256 of the root directory object, hex.
        leaf: index in the log.
        stories: printed for it.
        changed: False when nothing had changed and no edition was made.
    """

    service: str
    number: int
    time: datetime
    tree: str
    leaf: int
    stories: int
    changed: bool


class Press:
    """An archive, the keys that sign for it and the memory of what was signed.

    Attributes:
        reached: told each of `STEPS` as it is reached.
        refused: services that must not be printed, each with the reason.
        key_folder: where the keys lie.
    """

    def __init__(self, archive: Archive, key_folder: Path) -> None:
        self.archive = archive
        self.reached: Callable[[str], None] = lambda _step: None
        self.refused: Mapping[str, str] = {}
        self.key_folder = key_folder
        self._notes = Notes(archive, key_folder)
        self.chain: list[Trust] = self._notes.chain
        archive.private.mkdir(parents=True, exist_ok=True)
        self.state = State(archive.memory)
        self._signing = Signing(archive, self.state, key_folder, self.chain, self._tell)
        self._printing = Printing(
            archive, self.state, self._notes, self._signing, self._tell
        )

    def _tell(self, step: str) -> None:
        self.reached(step)  # whoever listens may have come after signing was set up

    @property
    def asks(self) -> bool:
        """Tell whether the newest trust note asks for a quorum of witnesses."""
        return parse_policy(self.chain[-1].policy).asks

    def doubts(self) -> str:
        """Say why nothing is signed now, or "" if no witness gives a reason."""
        return rounds.doubts(self.state, self.chain[-1])

    def disbelieve(self, witness: str) -> None:
        """Sign on though the witness that has this name now holds another log.

        Its key is what is disbelieved; another key under its name is believed.

        Raises:
            PressError: it was never asked.
        """
        self.state.disbelieve(self._asked(witness))

    def believe(self, witness: str) -> None:
        """Heed again what the witness that has this name now says of the log.

        Raises:
            PressError: it was never asked, or is believed.
        """
        key = self._asked(witness)
        if not self.state.disbelieves(key):
            raise PressError(f"witness {witness!r} is believed already")
        self.state.believe(key)

    def stopped_by(self, witness: str) -> bool:
        """Tell whether nothing is signed because of this witness."""
        found = rounds.stopping(self.state, self.chain[-1])
        return any(name == witness for name, _seen in found)

    def _asked(self, witness: str) -> Verifier:
        origin = self.chain[-1].log.name
        known = parse_policy(self.chain[-1].policy).witnesses
        if witness not in self.state.witnesses(origin) or witness not in known:
            raise PressError(f"no witness {witness!r} of {origin} was asked")
        return known[witness]

    def last_time(self, service: str) -> datetime | None:
        """Tell when the newest edition of a service was signed, UTC."""
        printed = self.state.printed(service)
        return statement_of(printed.entry).time if printed else None

    def stale(self, source: Source) -> dict[str, bool]:
        """Tell which services must be printed though no story changed.

        Returns:
            For each, whether all its stories are needed for that.
        """
        self._notes.read()
        every = list(source.services.values())
        found = {}
        for name, service in source.services.items():
            now = build.constants_of(service, every)
            before = self.state.constants(name)
            if before != now:
                found[name] = before is None or before[0] != now[0]
            elif self._notes.outdate(name):
                found[name] = False
        return found

    def round(self, now: datetime, seconds: float = SECONDS) -> Result | None:
        """Have the witnesses cosign the head; waits for them, so many seconds at most.

        Args:
            now: UTC, whole seconds.
            seconds: for all that one witness is asked.

        Returns:
            None if nobody is to be asked.

        Raises:
            PressError: the archive is held or damaged.
            EditionError: its checkpoint is not the log's.
        """
        begun = self.begin_round()
        return self.end_round(begun, rounds.ask(begun, seconds), now) if begun else None

    def begin_round(self) -> Round | None:
        """Take what is to be cosigned. Raises as `round`."""
        with self._on_disk():
            self._notes.read()
            return rounds.begin(self.archive, self.state, self.chain[-1])

    def end_round(
        self, begun: Round, answers: Sequence[Answer], now: datetime
    ) -> Result:
        """Record and write what came of a round. Raises as `round`."""
        with self._on_disk(), self.archive.locked():
            if not any(map(self._notes.outdate, self.state.numbers())):
                self._notes.place()  # so that readers know who the witnesses are
            return rounds.end(self.archive, self.state, begun, answers, now)

    def basis(self, service: str) -> Basis:
        """Give the newest edition of a service to make offline files from.

        Raises:
            PressError: it has none.
        """
        printed = self.state.printed(service)
        if printed is None:
            raise PressError(f"{service}: no edition yet")
        said = statement_of(printed.entry)
        return Basis(
            service=service,
            number=said.number,
            time=said.time,
            leaf=log.leaf_hash(printed.entry).hex(),
            root=tree.root_of(said.tree),
            fetch=self.archive.object,
            seal=seal_size(self._notes.content),
            withdrawn=purge.count(self.state.database, service),
        )

    def refuse_unsigned(self, service: str, now: datetime) -> None:
        """Refuse to make what could not be signed, before anybody works for it.

        Raises:
            KeyFileError: a key is missing or expired.
        """
        self._notes.read()
        self._signing.signer(service, self.chain[-1], now)

    def file(
        self,
        draft: Draft,
        basis: Basis,
        now: datetime,
        place: Callable[[], None] = lambda: None,
    ) -> None:
        """State the hash of an offline file in the log, seal it, put it in its place.

        One that was filed before, with the same bytes, is sealed again.

        Args:
            draft: in the press's own folder.
            basis: as `basis` gave it.
            now: UTC; the service's key must be valid.
            place: puts in its place what goes with the file, before it is signed.

        Raises:
            PressError: as `publish`; words of it were withdrawn meanwhile.
        """
        with self._on_disk():
            trust = self.chain[-1]
            # A large file is hashed before the lock: no edition waits for that.
            said = filing.statement_of(draft, basis, trust.organisation, trust.version)
        with self._on_disk(), self.archive.locked():
            self._notes.read()
            if doubt := self.doubts():
                raise DoubtError(doubt)
            self._signing.signer(basis.service, self.chain[-1], now)
            recovery.end_journal(self.archive, self.state)
            self._finish_pending()
            if purge.count(self.state.database, basis.service) != basis.withdrawn:
                draft.path.unlink()
                raise FormatError(f"{draft.path.name}: words in it were withdrawn")
            self._signing.file(said, place, self.chain[-1])

    def publish(
        self,
        source: Source,
        pictures: build.PictureReader,
        now: datetime,
        *,
        services: Sequence[str] | None = None,
        operator: Operator | None = None,
    ) -> list[Edition]:
        """Publish what is new as the next edition of each service it touches.

        Args:
            source: the frozen input.
            pictures: gives the bytes of a rendition by its SHA-256.
            now: UTC, whole seconds; the age of the editions.
            services: ids to publish; all of the source's if None.
            operator: who is told of refused stories; None stops at the first.

        Returns:
            One for each service that was not given up, in the order of their ids.

        Raises:
            PressError: a key is missing, the clock is behind, a printed story is
                missing, the archive is damaged, a witness gives reason to doubt.
            FaultError: a service does not fit and nobody gives it up, or something of
                it is to be taken back.
            EditionError: a story cannot be printed, the archive is damaged.
        """
        chosen = sorted(services if services is not None else source.services)
        for service in chosen:
            if service in self.refused:
                lost = {"command": "tamizdat log recover"}
                raise PressError(self.refused[service], "lost", **lost)
        if services is None and source.whole:
            _refuse_missing_service(source, self.state.numbers())
        job = Job(source, pictures, now, operator or Operator())
        with self._on_disk(), self.archive.locked():
            self._notes.read()
            if doubt := self.doubts():
                raise DoubtError(doubt)
            signers = {s: self._signing.signer(s, self.chain[-1], now) for s in chosen}
            recovery.end_journal(self.archive, self.state)
            self._finish_pending()
            builds, pending = self._printing.record(job, chosen)
            for statement in pending:
                self._signing.complete(statement, signers[statement.service])
            purge.delete_withdrawn(self.state.database, self.archive)
        done = {statement.service for statement in pending}
        return [self._edition(s, one.stories, s in done) for s, one in builds.items()]

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        """Say in the press's own words what the disk says."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and is_damage(error):
                raise damaged(self.archive.memory, error) from error
            raise ArchiveError(f"{self.archive.root}: {error}") from error

    def _finish_pending(self) -> None:
        self._notes.place()
        self._signing.finish()
        purge.delete_withdrawn(self.state.database, self.archive)

    def _edition(self, service: str, stories: int, changed: bool) -> Edition:  # noqa: FBT001
        printed = self.state.printed(service)
        if printed is None:
            raise ArchiveError(f"{service}: the memory of the press is gone")
        statement = statement_of(printed.entry)
        return Edition(
            service=service,
            number=statement.number,
            time=statement.time,
            tree=statement.tree,
            leaf=printed.leaf,
            stories=stories,
            changed=changed,
        )


def _refuse_missing_service(source: Source, printed: Collection[str]) -> None:
    """Refuse whole content without a printed service: readers are led to it."""
    if gone := sorted(set(printed) - source.services.keys()):
        names = ", ".join(gone)
        raise ContentError(f"printed before, no service document now: {names}")
