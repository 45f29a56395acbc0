"""Find one edition of a mirror: the newest by its `latest`, any other by the log.

Decides nothing about trust: signatures are judged by `edition.verify`, and an entry
counts only if all of them together lead to the root that the log's key signed.

Source: spec/latest.md; spec/log.md.
"""

from collections.abc import Sequence

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError, ProofError, StatementError
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.statement import LATEST_BYTES, read_statement
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import (
    VerifiedEdition,
    verify_checkpoint,
    verify_latest,
    verify_statement,
)
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.logbook import LEAVES, NO_LOG, rebuild
from tamizdat.mirrors.neighbours import BUNDLE_BYTES
from tamizdat.mirrors.transports import Source


def newest(
    source: Source, chain: Sequence[Trust], service: str
) -> VerifiedEdition | None:
    """Verify the newest edition of a service; None if the mirror shows none.

    Raises:
        EditionError: `latest` does not verify.
        RoadError: the mirror does not answer.
    """
    try:
        latest = source.read(f"{service}/latest", LATEST_BYTES)
    except MissingError:
        return None
    return verify_latest(latest, chain, service)


class History:
    """The editions of one service in the log of one mirror."""

    def __init__(self, source: Source, chain: Sequence[Trust], service: str) -> None:
        """Read the log whole.

        Raises:
            EditionError: the entries are not those of the signed checkpoint.
            MirrorError: the mirror lacks a part of its log, or does not answer.
        """
        self._chain = chain
        self._service = service
        self._head, entries = read_log(source, chain[-1])
        self._entries: dict[int, list[tuple[int, bytes]]] = {}
        for index, entry in enumerate(entries):
            number = _number(entry, service)
            if number is not None:
                self._entries.setdefault(number, []).append((index, entry))

    def edition(self, number: int) -> VerifiedEdition:
        """Verify the edition of a number.

        Raises:
            StatementError: the log has none, or two; or its key may not say that.
            NoteError: the signature does not verify.
        """
        found = self._entries.get(number, [])
        if len(found) != 1:
            many = "two statements" if found else "no statement"
            raise StatementError(
                f"the log has {many} of {self._service} edition {number}"
            )
        index, entry = found[0]
        return VerifiedEdition(
            statement=verify_statement(parse_note(entry), self._chain, self._service),
            index=index,
            leaf=log.leaf_hash(entry),
            checkpoint=self._head,
        )

    def between(self, first: int, last: int) -> list[int]:
        """List the numbers after one edition and before another, sorted."""
        return sorted(number for number in self._entries if first < number < last)


def _number(entry: bytes, service: str) -> int | None:
    try:
        statement = read_statement(parse_note(entry))
    except EditionError:
        return None  # a file's statement
    return statement.number if statement.service == service else None


def read_log(source: Source, trust: Trust) -> tuple[Checkpoint, list[bytes]]:
    """Read the log of a mirror: its verified head, and every entry.

    Raises:
        EditionError: the entries are not those of the signed checkpoint.
        MirrorError: a part is missing, or the mirror does not answer.
    """
    head = _head(source, trust)
    entries: list[bytes] = []
    for index in range(-(-head.size // log.TILE_WIDTH)):
        tile = log.tile_at(-1, index, head.size)
        entries += log.read_bundle(source.read(f"log/{tile.path}", BUNDLE_BYTES))
    tiles = rebuild([log.leaf_hash(entry) for entry in entries])
    size = len(entries)
    if (
        size != head.size
        or log.range_hash(tiles.__getitem__, size, 0, size) != head.root
    ):
        raise ProofError("log/: the entries are not those of log/checkpoint")
    return head, entries


def _head(source: Source, trust: Trust) -> Checkpoint:
    try:
        note = parse_note(source.read("log/checkpoint", NOTE_BYTES))
    except MissingError as error:
        raise MissingError(f"{error}: {NO_LOG}") from error
    try:
        head = verify_checkpoint(note, trust)
    except EditionError as error:
        raise ProofError(f"log/checkpoint: {error}") from error
    if head.size > LEAVES:
        raise ProofError(f"log/checkpoint: {head.size} leaves, at most {LEAVES}")
    return head
