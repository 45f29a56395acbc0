"""Meet two signed things that contradict each other, and keep them as evidence.

Decides where to look: what a mirror shows as newest, the head of its log, and the
entries that stand where they should. What contradicts what is for the pure room's
`proof_files`.

Source: spec/proof-file.md.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import Checkpoint, Tile
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.proof_files import Misconduct, contradictions, judge
from tamizdat.edition.statement import LATEST_BYTES, parse_latest, write_latest
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.findings import Problem, Report
from tamizdat.mirrors.neighbours import BUNDLE_BYTES
from tamizdat.mirrors.probe import read_chain
from tamizdat.mirrors.transports import Source
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive

EVIDENCE = "evidence"  # folder of proof files, beside the archive
_HASH_BYTES = 32


def met(  # noqa: PLR0913 - what was seen, by kind
    source: Source,
    notes: Sequence[bytes],
    services: Sequence[str],
    others: Sequence[bytes] = (),
    *,
    twice: Sequence[int] = (),
    checkpoints: Sequence[bytes] = (),
) -> list[bytes]:
    """Look for contradictions on a mirror, and with what was seen elsewhere.

    Args:
        source: the mirror; what it lacks proves nothing.
        notes: the trust notes, verified.
        services: ids.
        others: `latest` files seen elsewhere.
        twice: leaves of its log that have a number another leaf has.
        checkpoints: seen elsewhere.

    Returns:
        Proof files.
    """
    paths = [f"{service}/latest" for service in services]
    shown = [content for path in paths if (content := _read(source, path))]
    checkpoint = _read(source, "log/checkpoint", NOTE_BYTES)
    seen = [*shown, *others]
    places = sorted({*_places(seen), *twice})
    logged = list(_logged(source, checkpoint, places))
    heads = [*([checkpoint] if checkpoint else []), *checkpoints]
    return contradictions(notes, [*seen, *logged], heads)


def _read(source: Source, path: str, limit: int = LATEST_BYTES) -> bytes:
    try:
        return source.read(path, limit)
    except MirrorError:
        return b""


def _places(latests: Sequence[bytes]) -> Iterator[int]:
    for latest in latests:
        try:
            yield parse_latest(latest).proof.index
        except EditionError:
            continue


def _logged(
    source: Source, checkpoint: bytes, places: Sequence[int]
) -> Iterator[bytes]:
    """Prove the entries that stand at some places of a mirror's log, one by one."""
    try:
        head = log.parse_checkpoint(parse_note(checkpoint))
    except EditionError:
        return
    for index in places:
        try:
            yield _proved(source, head, checkpoint, index)
        except (EditionError, MirrorError, ValueError, IndexError):
            continue  # a damaged log proves nothing


def _proved(source: Source, head: Checkpoint, checkpoint: bytes, index: int) -> bytes:
    def tile(wanted: Tile) -> bytes:
        return source.read(f"log/{wanted.path}", wanted.width * _HASH_BYTES)

    bundle, inside = divmod(index, log.TILE_WIDTH)
    place = log.tile_at(-1, bundle, head.size)
    entries = list(log.read_bundle(source.read(f"log/{place.path}", BUNDLE_BYTES)))
    path = log.inclusion_proof(tile, index, head.size)
    return write_latest(entries[inside], log.write_proof(index, path, checkpoint))


def weigh(report: Report, archive: Archive) -> None:
    """Hold what a mirror shows against the archive; note a contradiction as a problem.

    The evidence lies in the folder `evidence` beside the archive.

    Args:
        report: of a reading of the mirror; grows by what is found.
        archive: of the press.
    """
    ours = DirectoryTransport(archive.root)
    held = _read(ours, f"{report.service}/latest")
    if not report.latest or report.latest == held:
        return
    notes = read_chain(ours)
    for proof in met(ours, notes, [report.service], [report.latest]):
        path, shown = keep(proof, archive.root.parent / EVIDENCE)
        found = f"{shown.sentence}; evidence: {path}"
        place = f"{report.service}/latest"
        report.problems.insert(0, Problem("refused", place, "one history", found))
        report.count += 1


def keep(proof: bytes, folder: Path) -> tuple[Path, Misconduct]:
    """Write a proof file, once, and say what it shows.

    Args:
        proof: as `met` made it.
        folder: where to; made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"contradiction-{hashlib.sha256(proof).hexdigest()[:16]}.proof"
    path = folder / name
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(proof)
        part.replace(path)
    return path, judge(proof)
