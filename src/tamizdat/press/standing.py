"""Tell where the log stands, for a trust note that is to bind from some leaf on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.note import parse_note
from tamizdat.edition.statement import Statement, read_statement
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import verify_checkpoint
from tamizdat.press.archive import Archive
from tamizdat.press.drafts import MARGIN, Head
from tamizdat.press.errors import ArchiveError, CeremonyError
from tamizdat.press.state import State


def head_of(archive: Archive, chain: Sequence[Trust], now: datetime) -> Head:
    """Tell size and root of the log, and how many leaves the last two days brought.

    Args:
        archive: of the press; one that has printed nothing has no log.
        chain: verified.
        now: UTC.

    Raises:
        ArchiveError: the log is not the signed one.
        CeremonyError: an edition is begun and not finished.
    """
    _refuse_pending(archive)
    path = archive.root / "log" / "checkpoint"
    if not path.exists():
        return Head()
    try:
        head = verify_checkpoint(parse_note(path.read_bytes()), chain[-1])
        root = log.range_hash(archive.read_tile, head.size, 0, head.size)
        if root != head.root:
            raise ArchiveError(f"{path}: the tiles have another root")
        return Head(head.size, head.root.hex(), _recent(archive, head.size, now))
    except EditionError as error:
        raise ArchiveError(f"{path}: {error}") from error


def _refuse_pending(archive: Archive) -> None:
    if not archive.memory.exists():
        return
    state = State(archive.memory)
    try:
        pending = state.pending()
    finally:
        state.close()
    if pending:
        raise CeremonyError(
            f"{archive.root}: an edition of {pending[0].service} is begun and not"
            " finished; let the press run once, then go on"
        )


def _recent(archive: Archive, size: int, now: datetime) -> int:
    found = 0
    for statement in _backwards(archive, size):
        if statement is not None and statement.time < now - MARGIN:
            break
        found += 1
    return found


def _backwards(archive: Archive, size: int) -> Iterator[Statement | None]:
    """Read the statements of the log, the newest first; None for another entry."""
    for index in reversed(range(-(-size // log.TILE_WIDTH))):
        tile = log.tile_at(-1, index, size)
        for entry in reversed(list(log.read_bundle(archive.read_tile(tile)))):
            try:
                yield read_statement(parse_note(entry))
            except EditionError:
                yield None


def check_binding(new: Trust, head: Head) -> None:
    """Refuse a note that would void leaves by surprise, or that saw another log.

    Raises:
        CeremonyError: the ceremony took too long, or the archive is another one.
    """
    if head.size < new.seen[0]:
        raise CeremonyError(
            f"the draft saw {new.seen[0]} leaves, the log has {head.size}: expected"
            " the archive of the draft, not an older copy"
        )
    planned = new.since > new.seen[0]
    if planned and head.size > new.since:
        raise CeremonyError(
            f"the draft binds from leaf {new.since}, the log has {head.size} already:"
            " draft --anew and have it signed again"
        )


def archive_beside(keys: Path, given: Path | None) -> Archive:
    """Open the archive that a key folder belongs to: `archive` beside it by default.

    One that is not there is no empty log: it may lie elsewhere, or be lost, and a note
    that takes it for empty would void what was signed.

    Raises:
        CeremonyError: it is not there.
    """
    path = given or keys.absolute().parent / "archive"
    if path.is_dir():
        return Archive(path)
    raise CeremonyError(
        f"{path}: no such archive; name it with --archive. If it is lost: tamizdat log"
        " recover. If nothing was ever printed: make it, an empty folder"
    )
