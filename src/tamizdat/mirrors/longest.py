"""Find the longest of several logs, and that all others are its beginnings.

Source: spec/mirror-layout.md, "Recovery".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import NOTE_BYTES
from tamizdat.edition.statement import write_latest
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.mirrors import contradictions, probe
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.transports import Source
from tamizdat.press.archive import Archive


@dataclass(frozen=True)
class Found:
    """The newest log among several sources.

    Attributes:
        where: the source it was read from.
        entries: all of them, verified against `head`.
        checkpoint: the note of `head`, bytes.
    """

    where: str
    head: Checkpoint
    entries: Sequence[bytes]
    checkpoint: bytes


def logs_of(
    sources: dict[str, Source], chain: Sequence[Trust]
) -> tuple[list[Found], dict[str, str]]:
    """Read the log of each source that has one which verifies.

    Returns:
        The logs, and each source that has none with the reason.

    Raises:
        MirrorError: no source has one.
    """
    logs, skipped = [], {}
    for where, source in sources.items():
        try:
            probe.trust_of(source, chain[0].digest)
            head, entries = read_log(source, chain[-1])
            note = source.read("log/checkpoint", NOTE_BYTES)
            logs.append(Found(where, head, entries, note))
        except (EditionError, MirrorError) as error:
            skipped[where] = str(error)
    if not logs:
        why = "; ".join(f"{where}: {reason}" for where, reason in skipped.items())
        raise MirrorError(f"no log that verifies: {why}")
    return logs, skipped


def refuse_forks(
    logs: Sequence[Found],
    newest: Found,
    sources: dict[str, Source],
    notes: Sequence[bytes],
    archive: Archive,
) -> None:
    """Refuse to choose between two histories; keep what shows them.

    Raises:
        MirrorError: a log is no beginning of the newest; names the evidence.
    """
    services = sorted(verify_chain(notes)[-1].services)
    for found in logs:
        if list(newest.entries[: found.head.size]) == list(found.entries):
            continue
        other = [proved(found, leaf) for leaf in _differing(found, newest)]
        proofs = contradictions.met(sources[newest.where], notes, services, other)
        folder = archive.root.parent / contradictions.EVIDENCE
        kept = [str(contradictions.keep(proof, folder)[0]) for proof in proofs]
        raise MirrorError(
            f"{found.where} and {newest.where} hold two histories; evidence:"
            f" {', '.join(kept) or 'none that is signed'}"
        )


def _differing(one: Found, two: Found) -> list[int]:
    pairs = enumerate(zip(one.entries, two.entries, strict=False))
    return [index for index, (left, right) in pairs if left != right][:1]


def proved(found: Found, leaf: int) -> bytes:
    """Prove one entry of a log."""
    tiles = rebuild([log.leaf_hash(entry) for entry in found.entries])
    path = log.inclusion_proof(tiles.__getitem__, leaf, found.head.size)
    proof = log.write_proof(leaf, path, found.checkpoint)
    return write_latest(found.entries[leaf], proof)
