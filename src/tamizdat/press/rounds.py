"""Have witnesses cosign the head of the log, and write `latest` of every service anew.

A round has three parts, so that nobody waits for a witness: what is to be cosigned is
taken from the archive (`begin`), witnesses are asked (`ask`, which touches no database
and may run in a thread), and what came of it is recorded and written (`end`). Between
the parts the press may print: an edition that came meanwhile keeps its own `latest`.

Nothing is signed here. What witnesses say decides whether the press signs on: one that
holds a larger log or another one, or whose clock is far behind, stops it (`doubts`).

Source: spec/witness.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tamizdat.edition import log
from tamizdat.edition.note import parse_note
from tamizdat.edition.policy import Policy, parse_policy
from tamizdat.edition.statement import parse_latest, write_latest
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import verify_checkpoint
from tamizdat.edition.witness import bare, enough, is_witnessed
from tamizdat.press import witnesses
from tamizdat.press.archive import Archive
from tamizdat.press.state import Seen, State
from tamizdat.press.witnesses import Answer, Head, Witness

SILENT = ("unreachable", "refused")  # states that say nothing of the log
STAYING = ("larger", "other")  # states that only a cosignature ends
DOUBTS = (*STAYING, "clock")  # states in which nothing is signed


@dataclass(frozen=True)
class Round:
    """What one round asks.

    Attributes:
        policy: of the newest trust note.
        asked: the witnesses that are asked.
    """

    head: Head
    policy: Policy
    asked: tuple[Witness, ...]


@dataclass(frozen=True)
class Result:
    """What came of a round.

    Attributes:
        size: of the log that was to be cosigned, leaves.
        answers: of the witnesses, in the order of the policy.
        cosigners: names of those whose cosignatures stand in `latest` now.
        witnessed: whether they are the quorum; else nothing was written.
        numbers: by service, number of the edition that the cosigned head proves.
        seen: by name, what is remembered of each witness that was asked.
        disbelieved: names of those whose word stops nothing.
    """

    size: int
    answers: tuple[Answer, ...]
    cosigners: tuple[str, ...]
    witnessed: bool
    numbers: dict[str, int]
    seen: dict[str, Seen]
    disbelieved: frozenset[str]

    @property
    def stopping(self) -> list[str]:
        """Name the witnesses because of which nothing is signed."""
        return [
            name
            for name, one in self.seen.items()
            if one.state in DOUBTS and name not in self.disbelieved
        ]


def begin(archive: Archive, state: State, trust: Trust) -> Round | None:
    """Take the head of the log from the archive.

    Returns:
        None if nobody is asked: the trust note asks for no quorum, or its log has no
        head yet.

    Raises:
        EditionError: the checkpoint in the archive is not the log's.
    """
    policy = parse_policy(trust.policy)
    path = archive.root / "log" / "checkpoint"
    if not policy.asks or not path.exists():
        return None
    note = parse_note(path.read_bytes())
    checkpoint = verify_checkpoint(note, trust)
    if checkpoint.origin != trust.log.name:
        return None  # of a log that was given up; its successor has no edition yet
    head = Head(bare(note, trust.log), note.text, checkpoint, archive.read_tile)
    seen = state.witnesses(checkpoint.origin)
    asked = tuple(
        Witness(name, key, policy.urls.get(name, ""), seen[name].size)
        if name in seen
        else Witness(name, key, policy.urls.get(name, ""))
        for name, key in policy.witnesses.items()
    )
    return Round(head, policy, asked)


def ask(one: Round, seconds: float = witnesses.SECONDS) -> list[Answer]:
    """Ask all witnesses at once, at most so many seconds each."""
    return witnesses.ask_all(one.asked, one.head, seconds)


def end(
    archive: Archive,
    state: State,
    one: Round,
    answers: Sequence[Answer],
    now: datetime,
) -> Result:
    """Record what witnesses said, and write `latest` anew if they are a quorum.

    Whoever calls it holds the archive.
    """
    head = one.head.checkpoint
    before = state.witnesses(head.origin)
    seen = dict(_seen(one, answers, before, now))
    state.record_witnesses(head.origin, seen.items())
    lines = {a.witness.name: a.line for a in answers if a.line}
    chosen = enough(one.policy, lines)
    witnessed = is_witnessed(one.policy, chosen)
    numbers = {}
    if witnessed:
        rows = "".join(f"{lines[name]}\n" for name in chosen)
        note = one.head.note + rows.encode()
        numbers = dict(_write(archive, state, one, note))
    archive.settle()
    return Result(
        head.size,
        tuple(answers),
        tuple(chosen),
        witnessed,
        numbers,
        seen,
        frozenset(w.name for w in one.asked if state.disbelieves(w.key)),
    )


def _seen(
    one: Round, answers: Sequence[Answer], before: Mapping[str, Seen], now: datetime
) -> Iterator[tuple[str, Seen]]:
    size = one.head.checkpoint.size
    for answer in answers:
        name = answer.witness.name
        held = size if answer.line else answer.witness.size
        seen = Seen(held, answer.state, answer.reason, now)
        last = before.get(name, seen)
        if answer.state in SILENT and last.state in STAYING:
            seen = replace(last, asked=now)  # silence takes no warning back
        yield name, seen


def _write(
    archive: Archive, state: State, one: Round, note: bytes
) -> Iterator[tuple[str, int]]:
    """Write a cosigned head wherever it proves the newest edition of a service."""
    size = one.head.checkpoint.size
    if _size_of(archive) == size:
        archive.write(archive.root / "log" / "checkpoint", note)
    for service, printed in state.editions().items():
        latest = archive.root / service / "latest"
        if printed.leaf < size and _shown(latest) <= size:  # none gives way to an older
            path = log.inclusion_proof(archive.read_tile, printed.leaf, size)
            proof = log.write_proof(printed.leaf, path, note)
            archive.write(latest, write_latest(printed.entry, proof))
            yield service, printed.number


def _shown(latest: Path) -> int:
    """Tell in how large a log a `latest` is proved; 0 where there is none."""
    if not latest.exists():
        return 0
    return parse_latest(latest.read_bytes()).proof.checkpoint.size


def _size_of(archive: Archive) -> int:
    content = (archive.root / "log" / "checkpoint").read_bytes()
    return log.parse_checkpoint(parse_note(content)).size


def doubts(state: State, trust: Trust) -> str:
    """Say why nothing must be signed, or "" if no witness gives a reason."""
    return next((_way_out(name, seen) for name, seen in stopping(state, trust)), "")


def stopping(state: State, trust: Trust) -> Iterator[tuple[str, Seen]]:
    """Give each witness of a trust note because of which nothing must be signed."""
    policy = parse_policy(trust.policy)
    for name, seen in state.witnesses(trust.log.name).items():
        key = policy.witnesses.get(name)
        if seen.state in DOUBTS and key is not None and not state.disbelieves(key):
            yield name, seen


def _way_out(name: str, seen: Seen) -> str:
    where = f"witness {name}: {seen.reason}; nothing is signed until it agrees."
    if seen.state == "clock":
        return (
            f"{where} Set the clock right; if it is right, the witness's is wrong:"
            f" tamizdat press round --disbelieve {name}"
        )
    return (
        f"{where} If this archive is old: tamizdat log recover. If all mirrors"
        f" agree with it, the witness lies: tamizdat press round --disbelieve {name}"
    )
