"""Follow a mirror, remember what it showed, and say what nobody explained.

Decides what an onlooker outside the newsroom should be told: a change of an article
that no release line names, a log that does not go on, a signer nobody has seen before.
Believes nothing but the fingerprint it was given, and what it wrote down itself.

Its folder: `trust/<n>.note`, `checkpoint` and `<service>.latest` as last seen, and
`evidence/`. Each is written whole, after what it changed was told.

Source: spec/log.md; spec/releases.md; docs/howto/follow-a-mirror.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import (
    Checkpoint,
    Tile,
    leaf_hash,
    parse_checkpoint,
    range_hash,
)
from tamizdat.edition.note import NOTE_BYTES, Verifier, parse_note
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.statement import LATEST_BYTES, parse_latest
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import (
    VerifiedEdition,
    check_not_older,
    verify_latest,
    verify_statement,
)
from tamizdat.mirrors import contradictions, heads, probe
from tamizdat.mirrors.deep import Entries
from tamizdat.mirrors.diff_words import told
from tamizdat.mirrors.differences import differ
from tamizdat.mirrors.errors import MirrorError, MissingError, RoadError
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.shelf import Place
from tamizdat.mirrors.transports import Source

ALERT, NEWS = "alert", "news"
LATE = timedelta(minutes=60)  # that a log may be behind: rounds are every 10 minutes


@dataclass(frozen=True)
class Word:
    """One thing to tell: an alert, or news that was explained."""

    kind: str
    what: str


class Monitor:
    """One onlooker of one organisation, with a folder of its own."""

    def __init__(self, folder: Path, fingerprint: str | None = None) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._now = datetime.min.replace(tzinfo=UTC)
        self._tiles: dict[Tile, bytes] = {}
        self._size = 0

    def look(self, source: Source, now: datetime | None = None) -> list[Word]:
        """Read what is new on a mirror, judge it, and remember it.

        Args:
            source: the mirror.
            now: UTC; None for the time it is.

        Raises:
            RoadError: the mirror does not answer; nothing is remembered.
            EditionError: it is another organisation's, or has no log that verifies.
            MirrorError: it lacks trust notes or a part of its log.
        """
        self._now = now or datetime.now(UTC)
        notes, words = self._notes(source)
        chain = verify_chain(notes)
        words += self._log(source, chain, notes)
        for service in chain[-1].services:
            words += self._service(source, chain, service)
        return words

    # Trust notes

    def _notes(self, source: Source) -> tuple[list[bytes], list[Word]]:
        """Read the trust notes; the longer of two chains that agree counts."""
        shown, held = probe.read_chain(source), self._held_notes()
        words = []
        for number, (new, old) in enumerate(zip(shown, held, strict=False), 1):
            if new != old:
                path = self._write(f"evidence/trust-{number}-other.note", new)
                what = f"trust note {number} is another one than before; kept: {path}"
                words.append(Word(ALERT, what))
                return held, words
        notes = max(shown, held, key=len)
        fingerprint = self._fingerprint
        if held:
            verify_chain(held, fingerprint)
        chain = verify_chain(notes, fingerprint)
        if not held:
            words.append(Word(NEWS, f"fingerprint {chain[0].digest}"))
        for trust in chain[len(held) :]:
            kind = ALERT if held else NEWS  # at a first look all are new
            words += _signers(kind, chain[: trust.version - 1], trust)
            if held:
                words += _rules(chain[trust.version - 2], trust)
        for trust, note in zip(chain, notes, strict=True):
            self._write(f"trust/{trust.version}.note", note)
        return notes, words

    def _held_notes(self) -> list[bytes]:
        notes: list[bytes] = []
        while note := self._read(f"trust/{len(notes) + 1}.note"):
            notes.append(note)
        return notes

    # The log

    def _log(
        self, source: Source, chain: Sequence[Trust], notes: Sequence[bytes]
    ) -> list[Word]:
        """Check that the log goes on from where it was, and every new entry of it."""
        head, entries = read_log(source, chain[-1])
        self._tiles = rebuild([leaf_hash(entry) for entry in entries])
        self._size = head.size
        held = self._held_head()
        if held and head.size < held.size:
            what = f"the log went back from {held.size} leaves to {head.size}"
            return [Word(ALERT, what), *self._evidence(source, chain, notes)]
        words = []
        broken = False
        if held and self._root(held.size) != held.root:
            broken = True
            what = f"the log does not go on from the head of {held.size} leaves"
            words.append(Word(ALERT, f"{what} seen before"))
        words += self._evidence(source, chain, notes)
        if not broken:
            first = held.size if held else 0
            found = Entries(chain).follow(entries, first)
            words += [Word(ALERT, str(problem)) for problem in found]
            self._write("checkpoint", source.read("log/checkpoint", NOTE_BYTES))
        return words

    def _root(self, size: int) -> bytes:
        """Hash what a log of so many leaves was, by the tiles of the one read."""
        return range_hash(self._tiles.__getitem__, self._size, 0, size)

    def _held_head(self) -> Checkpoint | None:
        note = self._read("checkpoint")
        return parse_checkpoint(parse_note(note)) if note else None

    def _evidence(
        self, source: Source, chain: Sequence[Trust], notes: Sequence[bytes]
    ) -> Iterator[Word]:
        services = sorted(chain[-1].services)
        held = [self._read(f"{service}.latest") for service in services]
        checkpoint = self._read("checkpoint")
        found = contradictions.met(
            source,
            notes,
            services,
            [latest for latest in held if latest],
            checkpoints=[checkpoint] if checkpoint else [],
        )
        for proof in found:
            path, shown = contradictions.keep(proof, self._folder / "evidence")
            yield Word(ALERT, f"{shown.sentence}; evidence: {path}")

    # Editions

    def _service(
        self, source: Source, chain: Sequence[Trust], service: str
    ) -> list[Word]:
        """Judge every edition since the one seen last."""
        try:
            latest = source.read(f"{service}/latest", LATEST_BYTES)
        except MissingError:
            missing = [Word(ALERT, f"{service}: the mirror shows no edition any more")]
            return missing if self._read(f"{service}.latest") else []
        try:
            edition = verify_latest(latest, chain, service)
            before = self._before(chain, service)
            if before:
                check_not_older(edition, before)
            path = f"{service}/latest"
            head = heads.compare(self._tiles, self._size, parse_latest(latest), path)
            if head.problem:
                return [Word(ALERT, str(head.problem))]
            if before and edition.leaf == before.leaf:
                return []
            if before and self._is_behind(before, edition):
                return self._late(edition)
            words = _judged(Place(source, chain), before, edition)
        except RoadError:
            raise
        except (EditionError, MirrorError) as error:
            return [Word(ALERT, f"{service}: cannot be judged: {error}")]
        self._write(f"{service}.latest", latest)
        return words

    def _is_behind(self, before: VerifiedEdition, edition: VerifiedEdition) -> bool:
        """Tell whether editions in between are not in the mirror's log yet.

        An ordinary mirror gets its log in rounds; what came since is judged with it.
        """
        between = edition.statement.number - before.statement.number > 1
        return between and edition.index >= self._size

    def _late(self, edition: VerifiedEdition) -> list[Word]:
        """Say that a log is behind, unless the next round may still bring it."""
        said = edition.statement
        if self._now - said.time < LATE:
            return []
        what = f"{said.service}: edition {said.number} cannot be judged:"
        reason = f"the mirror's log ends at {self._size} leaves since more than an hour"
        return [Word(ALERT, f"{what} {reason}")]

    def _before(self, chain: Sequence[Trust], service: str) -> VerifiedEdition | None:
        """Take the edition seen last as it was seen, whatever the mirror says now."""
        held = self._read(f"{service}.latest")
        if not held:
            return None
        latest = parse_latest(held)
        return VerifiedEdition(
            statement=verify_statement(latest.note, chain, service),
            index=latest.proof.index,
            leaf=latest.leaf,
            checkpoint=latest.proof.checkpoint,
        )

    # The folder

    def _read(self, name: str) -> bytes:
        path = self._folder / name
        return path.read_bytes() if path.exists() else b""

    def _write(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
        return path


def _signers(kind: str, chain: Sequence[Trust], new: Trust) -> Iterator[Word]:
    """Name every key that a trust note brings."""
    known = {key for trust in chain for _what, key in _keys(trust)}
    for what, key in _keys(new):
        if key not in known:
            yield Word(kind, f"trust note {new.version}: a new signer: {what} {key}")


def _rules(old: Trust, new: Trust) -> Iterator[Word]:
    """Say that fewer or others are enough, though no key is new."""
    note = f"trust note {new.version}"
    if new.threshold != old.threshold:
        what = f"{new.threshold} roots are enough, {old.threshold} before"
        yield Word(ALERT, f"{note}: {what}")
    if _rule(new) != _rule(old):
        yield Word(ALERT, f"{note}: watched by another rule: {_rule(new)}")


def _rule(trust: Trust) -> str:
    rule = (line for line in trust.policy if line.startswith(("group ", "quorum ")))
    return "; ".join(rule)


def _keys(trust: Trust) -> Iterator[tuple[str, Verifier]]:
    yield from (("root", root) for root in trust.roots)
    yield from ((f"service {s}", key.key) for s, key in trust.services.items())
    yield "opener", trust.opener
    yield "log", trust.log
    witnesses = parse_policy(trust.policy).witnesses
    yield from ((f"witness {name}", key) for name, key in witnesses.items())


def _judged(
    place: Place, before: VerifiedEdition | None, after: VerifiedEdition
) -> list[Word]:
    """Compare two editions and all between; an alert if a change has no line."""
    found = differ((place, before), (place, after))
    lines = list(told(found))
    if found.explained and not found.unread:
        return [Word(NEWS, lines[0])]
    return [Word(ALERT, line.strip()) for line in lines]
