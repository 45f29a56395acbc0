"""Cosign checkpoints, count who did, and read what a witness is asked.

Decides which cosignatures hold and whether they are enough. Leaves to whoever keeps a
witness what it has cosigned before, and to `log` what a consistency proof shows.

Source: C2SP tlog-cosignature (Ed25519), tlog-witness, tlog-policy.
"""

import base64
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tamizdat.edition.errors import NoteError, ProofError
from tamizdat.edition.log import Checkpoint, hash_of, parse_checkpoint
from tamizdat.edition.note import (
    NOTE_BYTES,
    Note,
    Signer,
    Verifier,
    parse_note,
    write_note,
)
from tamizdat.edition.policy import Group, Policy

PROOF_LINES = 63  # of a consistency proof, at most
REQUEST_BYTES = NOTE_BYTES + 64 * 64  # the largest request a witness reads
PENDING = timedelta(minutes=60)  # for the quorum, from the time of an edition
LABELS = ("witnessed", "published, witnesses pending", "not independently witnessed")

_STAMP_BYTES = 8  # of the time before a cosignature, high byte first
_LATEST = 253_402_300_799  # POSIX seconds of the end of the year 9999
_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})")


@dataclass(frozen=True)
class Request:
    """What a log asks of a witness.

    Attributes:
        old: size of the log that the witness cosigned last, as the log believes.
        path: consistency proof from there, hashes of 32 bytes.
        note: the checkpoint's note; nothing of it is verified.
    """

    old: int
    path: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


def cosign(text: bytes, signer: Signer, time: datetime) -> str:
    """Cosign the text of a checkpoint and write the signature line, without its end.

    Args:
        text: of the checkpoint, its three lines.
        signer: of the witness; its id is of the type of witnesses.
        time: UTC, whole seconds.
    """
    seconds = int(time.timestamp())
    signature = signer.sign(_message(text, seconds))
    key = witness_key(signer)
    stamped = key.id + seconds.to_bytes(_STAMP_BYTES, "big") + signature
    return f"\N{EM DASH} {signer.name} {base64.b64encode(stamped).decode()}"


def witness_key(signer: Signer) -> Verifier:
    """Derive the public key of a witness: as of any signer, with another type."""
    return Verifier(signer.name, signer.verifier.key, b"\x04")


def cosigned(note: Note, policy: Policy) -> dict[str, datetime]:
    """Verify the cosignatures of a checkpoint by witnesses of a policy.

    Args:
        note: of the checkpoint; lines of witnesses the policy lacks are ignored.
        policy: of the trust note in force.

    Returns:
        For each witness that cosigned, by its name in the policy: when, UTC.

    Raises:
        NoteError: a line of a known witness does not verify.
    """
    by_id = {(key.name, key.id): name for name, key in policy.witnesses.items()}
    found: dict[str, datetime] = {}
    for line in note.signatures:
        name = by_id.get((line.name, line.id))
        if name is not None:
            time = _verify(note.text, policy.witnesses[name], line.signature)
            found[name] = max(time, found.get(name, time))
    return found


def is_witnessed(policy: Policy, cosigners: Collection[str]) -> bool:
    """Tell whether these witnesses are the quorum that a policy asks for.

    One that asks for none is met by any checkpoint, but nobody witnessed it: false.

    Source: C2SP tlog-policy.
    """
    return _counts(policy, policy.quorum or "none", frozenset(cosigners))


def _counts(policy: Policy, name: str, cosigners: frozenset[str]) -> bool:
    group: Group | None = policy.groups.get(name)
    if group is None:
        return name in cosigners
    there = sum(_counts(policy, member, cosigners) for member in group.members)
    return there >= group.least


def enough(policy: Policy, cosigners: Collection[str]) -> list[str]:
    """Choose no more witnesses than the quorum needs: each costs a reader 100 bytes.

    Returns:
        Names in the order of the policy; all of them if they are no quorum.
    """
    chosen = [name for name in policy.witnesses if name in cosigners]
    if is_witnessed(policy, chosen):
        for name in reversed(list(chosen)):
            fewer = [other for other in chosen if other != name]
            chosen = fewer if is_witnessed(policy, fewer) else chosen
    return chosen


def label(age: timedelta, *, witnessed: bool, asked: bool) -> str:
    """Say in words whether onlookers vouch for an edition.

    Args:
        age: of the edition, by its own time.
        witnessed: whether the quorum has cosigned a head that proves it.
        asked: whether the newest trust note asks for a quorum.

    Returns:
        One of LABELS.
    """
    if witnessed:
        return LABELS[0]
    return LABELS[1] if asked and age <= PENDING else LABELS[2]


def read_answer(answer: bytes, text: bytes, key: Verifier) -> tuple[str, datetime]:
    """Read what a witness answered: its cosignature of one checkpoint, and when.

    Args:
        answer: signature lines; those of other keys are ignored.
        text: of the checkpoint, its three lines.
        key: of the witness.

    Raises:
        NoteError: not signature lines, none of the witness, or one that does not hold.
    """
    note = parse_note(text + b"\n" + answer)
    if note.text != text:
        raise NoteError("expected signature lines alone")
    for line in note.signatures:
        if (line.name, line.id) == (key.name, key.id):
            time = _verify(text, key, line.signature)
            body = base64.b64encode(line.id + line.signature).decode()
            return f"\N{EM DASH} {line.name} {body}", time
    raise NoteError(f"no cosignature by {key}")


def bare(note: Note, key: Verifier) -> bytes:
    """Write a checkpoint's note with the signature of its log alone."""
    kept = [s for s in note.signatures if (s.name, s.id) == (key.name, key.id)]
    return write_note(replace(note, signatures=tuple(kept)))


def write_request(old: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """Write what a log asks of a witness. `checkpoint`: the note whole."""
    hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in path)
    return f"old {old}\n{hashes}\n".encode() + checkpoint


def parse_request(data: bytes) -> Request:
    """Read what a log asks of a witness, without believing it.

    Raises:
        ProofError: not as C2SP tlog-witness says.
        NoteError: the checkpoint is no signed note.
    """
    head, gap, note_bytes = data.partition(b"\n\n")
    first, *hashes = head.decode("ascii", "replace").split("\n")
    match = _OLD.fullmatch(first)
    if match is None or not gap:
        raise ProofError("expected `old <size>`, a proof and a checkpoint")
    if len(hashes) > PROOF_LINES:
        raise ProofError(f"{len(hashes)} lines of proof, at most {PROOF_LINES}")
    note = parse_note(note_bytes)
    checkpoint = parse_checkpoint(note)
    return Request(int(match[1]), tuple(map(hash_of, hashes)), note, checkpoint)


def _verify(text: bytes, key: Verifier, stamped: bytes) -> datetime:
    seconds = int.from_bytes(stamped[:_STAMP_BYTES], "big")
    if len(stamped) <= _STAMP_BYTES or seconds > _LATEST:
        raise NoteError(f"cosignature by {key.name}: no time before it")
    key.verify(_message(text, seconds), stamped[_STAMP_BYTES:])
    return datetime.fromtimestamp(seconds, UTC)


def _message(text: bytes, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n".encode() + text
