"""Find the longest of several logs, and that all others are its beginnings.

Source: spec/mirror-layout.md, "Recovery".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import PROOF_LINE, Checkpoint
from tamizdat.edition.note import NOTE_BYTES
from tamizdat.edition.statement import LATEST_BYTES, parse_latest, write_latest
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import contradictions, probe
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.neighbours import BESIDE
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


def extended(
    newest: Found, sources: dict[str, Source], chain: Sequence[Trust]
) -> Found:
    """Add the entries that stand in a `latest` alone, where they leave no gap.

    An ordinary mirror gets the log in rounds; what came since is proved by `latest`.
    A head counts if the entries up to it lead to its root.
    """
    entries, heads = dict(enumerate(newest.entries)), {}
    for content in _shown(sources, chain):
        latest = parse_latest(content)
        head = latest.proof.checkpoint
        entries.setdefault(latest.proof.index, latest.entry)
        if head.origin == newest.head.origin:
            heads[head.size] = head, content.partition(PROOF_LINE)[2]
    for size in sorted(heads, reverse=True):
        head, proof = heads[size]
        if size > newest.head.size and all(n in entries for n in range(size)):
            some = [entries[n] for n in range(size)]
            tiles = rebuild([log.leaf_hash(entry) for entry in some])
            if log.range_hash(tiles.__getitem__, size, 0, size) == head.root:
                checkpoint = proof.partition(b"\n\n")[2]
                return Found(f"{newest.where} and `latest`", head, some, checkpoint)
    return newest


def _shown(sources: dict[str, Source], chain: Sequence[Trust]) -> Iterator[bytes]:
    """Read what stands as newest, and beside it, if it verifies."""
    for source in sources.values():
        for service in chain[-1].services:
            for name in ("latest", BESIDE):
                try:
                    content = source.read(f"{service}/{name}", LATEST_BYTES)
                    verify_latest(content, chain, service)
                except (EditionError, MirrorError):
                    continue
                yield content


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
