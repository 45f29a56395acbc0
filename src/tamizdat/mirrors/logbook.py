"""Check the log of a mirror, and every file that only a directory can list.

Decides which file of the log is wrong: the entries and the tiles are each rebuilt into
a whole log, and the signed root tells which of them is the true one.

Source: spec/mirror-layout.md, "Verification", step 6; spec/log.md.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError, ProofError
from tamizdat.edition.log import TILE_WIDTH, Checkpoint, Tile
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.statement import Statement, parse_latest, read_statement
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import needed, verify_checkpoint
from tamizdat.mirrors import heads, strays
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.findings import Findings, Problem, Report, refused
from tamizdat.mirrors.neighbours import BUNDLE_BYTES
from tamizdat.mirrors.transports import Listing, Source

LEAVES = 1 << 24  # read at most: a thousand editions a day for forty years

NO_LOG = (
    "this mirror has no log; ask another one, and its keeper to have it delivered"
    " (tamizdat mirror push)"
)

_HASH_BYTES = 32
_CHECKPOINT = "log/checkpoint"


@dataclass
class LogReport(Findings):
    """What a mirror holds of the log.

    Attributes:
        entries: in the log, None if its checkpoint does not verify.
        services: that have an entry.
        twice: leaves whose number another leaf of the service has, the others too.
    """

    entries: int | None = None
    services: set[str] = field(default_factory=set)
    twice: list[int] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Tell whether every byte of the log is the signed one."""
        return self.entries is not None and not self.count


def check(
    source: Source, chain: Sequence[Trust], reports: Sequence[Report]
) -> LogReport:
    """Check the log of a mirror, and that it holds what each `latest` states.

    A service with no `latest` and no entry has no edition yet: its report is cleared.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        reports: of the services of the same mirror.
    """
    book = LogReport()
    try:
        head = _head(source, chain[-1], book)
        if head is not None:
            _Book(source, head, book, chain).check(reports)
        if isinstance(source, Listing):
            strays.check_trust(source, len(chain), book)
            strays.check_objects(source, reports, book)
    except MirrorError as error:
        book.add(refused("log", error))
    if book.verified:
        _clear_unprinted(reports, book)
    return book


def _head(source: Source, trust: Trust, book: LogReport) -> Checkpoint | None:
    """Read and verify the checkpoint. Source: spec/log.md, "A checkpoint"."""
    try:
        content = source.read(_CHECKPOINT, NOTE_BYTES)
    except MissingError as error:
        book.add(refused(_CHECKPOINT, MissingError(f"{error}: {NO_LOG}")))
        return None
    _count(book, content)
    try:
        head = verify_checkpoint(parse_note(content), trust)
        if head.size > LEAVES:
            raise ProofError(f"{head.size} leaves, at most {LEAVES} are read")
    except EditionError as error:
        found = f"sha256 {hashlib.sha256(content).hexdigest()}: {error}"
        book.add(Problem("refused", _CHECKPOINT, "signed bytes", found))
        return None
    return head


def _count(book: LogReport, content: bytes) -> None:
    book.files += 1
    book.size += len(content)


def _clear_unprinted(reports: Sequence[Report], book: LogReport) -> None:
    for report in reports:
        missing = [problem.kind for problem in report.problems] == ["missing"]
        unprinted = report.number is None and report.service not in book.services
        if missing and unprinted:
            report.withheld = False
            report.drop(f"{report.service}/latest")


class _Book:
    """One log being read, and the report that grows."""

    def __init__(
        self,
        source: Source,
        head: Checkpoint,
        report: LogReport,
        chain: Sequence[Trust],
    ) -> None:
        self._source = source
        self._head = head
        self._report = report
        self._chain = chain
        self._newest: dict[str, tuple[int, int]] = {}  # of a service: number and leaf
        self._bundles: list[bytes | None] = []

    def check(self, reports: Sequence[Report]) -> None:
        """Read entries and tiles, find the true ones and compare the others."""
        size = self._head.size
        self._report.entries = size
        entries = [self._leaves(index) for index in range(-(-size // TILE_WIDTH))]
        tiles = self._tiles()
        true = self._true(_joined(entries)) or self._true(_first_level(tiles))
        if true is None:
            self._report.add(self._nothing_fits(_joined(entries)))
            self._compare_pairs(entries, tiles)
            return
        for tile, content in true.items():
            self._compare(tile, content, tiles.get(tile))
        leaves = _first_level(true)
        for index, found in enumerate(entries):
            self._compare_entries(index, found, leaves)
            if found == leaves[index * TILE_WIDTH : (index + 1) * TILE_WIDTH]:
                self._follow_numbers(index)
        self._check_latest(reports, true)
        if isinstance(self._source, Listing):
            strays.check_log(self._source, true, self._report)

    def _leaves(self, index: int) -> list[bytes] | None:
        """Hash the entries of one bundle; None if there is no such bundle."""
        tile = log.tile_at(-1, index, self._head.size)
        content = self._read(tile, BUNDLE_BYTES)
        self._bundles.append(content)
        if content is None:
            return None
        try:
            entries = list(log.read_bundle(content))
        except ProofError:
            return []
        self._name_services(entries)
        return [log.leaf_hash(entry) for entry in entries]

    def _name_services(self, entries: Sequence[bytes]) -> None:
        for statement in map(_statement, entries):
            if statement is not None:
                self._report.services.add(statement.service)

    def _follow_numbers(self, index: int) -> None:
        """Hold the true entries of a bundle to the numbers before."""
        path = f"log/{log.tile_at(-1, index, self._head.size).path}"
        entries = log.read_bundle(self._bundles[index] or b"")
        for leaf, entry in enumerate(entries, index * TILE_WIDTH):
            statement = _statement(entry)
            # One that names an older note than its leaf may is void: nobody reads it.
            if statement and statement.trust >= needed(self._chain, leaf):
                self._follow(statement, leaf, path)

    def _follow(self, statement: Statement, index: int, path: str) -> None:
        """Hold the numbers of a service to go up, each once."""
        number, leaf = self._newest.get(statement.service, (0, 0))
        if statement.number <= number:
            self._report.twice += [leaf, index]
            found = f"{statement.number} at leaf {index}, {number} at leaf {leaf}"
            expected = f"each number of {statement.service} once, going up"
            self._report.add(Problem("refused", path, expected, found))
        self._newest[statement.service] = statement.number, index

    def _tiles(self) -> dict[Tile, bytes]:
        found = {}
        for tile in _shape(self._head.size):
            content = self._read(tile, tile.width * _HASH_BYTES)
            if content is not None:
                found[tile] = content
        return found

    def _read(self, tile: Tile, limit: int) -> bytes | None:
        try:
            content = self._source.read(f"log/{tile.path}", limit)
        except MissingError as error:
            self._report.add(refused(f"log/{tile.path}", error))
            return None
        _count(self._report, content)
        return content

    def _true(self, leaves: list[bytes] | None) -> dict[Tile, bytes] | None:
        """Rebuild every tile over leaf hashes, if they lead to the signed root."""
        if leaves is None or len(leaves) != self._head.size:
            return None
        tiles = rebuild(leaves)
        return tiles if _root(tiles, len(leaves)) == self._head.root else None

    def _nothing_fits(self, leaves: list[bytes] | None) -> Problem:
        found = "entries and tiles of no log"
        if leaves is not None and len(leaves) == self._head.size:
            found = _root(rebuild(leaves), len(leaves)).hex()
        return Problem("forged", "log/tile", self._head.root.hex(), found)

    def _compare(self, tile: Tile, true: bytes, found: bytes | None) -> None:
        if found is not None and found != true:
            self._forged(tile, _sha256(true), _sha256(found))

    def _compare_entries(
        self, index: int, found: list[bytes] | None, leaves: list[bytes]
    ) -> None:
        true = leaves[index * TILE_WIDTH : (index + 1) * TILE_WIDTH]
        if found is None or found == true:
            return
        tile = log.tile_at(-1, index, self._head.size)
        pairs = zip(true, [*found, *[b""] * TILE_WIDTH], strict=False)
        at = next((i for i, (a, b) in enumerate(pairs) if a != b), len(true))
        expected = f"leaf {index * TILE_WIDTH + at} {b''.join(true[at : at + 1]).hex()}"
        found_at = b"".join(found[at : at + 1]).hex() or "no entry"
        whole = _sha256(self._bundles[index] or b"")
        self._forged(tile, expected, f"{found_at} in sha256 {whole}")

    def _compare_pairs(
        self, entries: list[list[bytes] | None], tiles: dict[Tile, bytes]
    ) -> None:
        """Name bundles and tiles that contradict each other; one of each is forged."""
        for index, found in enumerate(entries):
            tile = log.tile_at(0, index, self._head.size)
            bundle = log.tile_at(-1, index, self._head.size)
            content = tiles.get(tile)
            if found is not None and content not in {None, b"".join(found)}:
                self._forged(bundle, "the leaves of its tile", "others")
                self._forged(tile, "the leaves of its entries", "others")

    def _forged(self, tile: Tile, expected: str, found: str) -> None:
        self._report.add(Problem("forged", f"log/{tile.path}", expected, found))

    def _check_latest(
        self, reports: Sequence[Report], true: Mapping[Tile, bytes]
    ) -> None:
        """Find the leaf and the head of each `latest`; the log may be behind both."""
        leaves = _first_level(true)
        for report in reports:
            if report.index is None:
                continue
            path = f"{report.service}/latest"
            there = [*leaves[report.index : report.index + 1], report.leaf][0]
            if there != report.leaf:
                expected = f"leaf {report.index} {there.hex()}"
                self._report.add(Problem("forged", path, expected, report.leaf.hex()))
                continue
            latest = parse_latest(report.latest)
            found = heads.compare(true, self._head.size, latest, path).problem
            if found:
                self._report.add(found)


def _statement(entry: bytes) -> Statement | None:
    """Read an entry; None if it is a file's statement, or nonsense."""
    try:
        return read_statement(parse_note(entry))
    except EditionError:
        return None


def rebuild(leaves: Sequence[bytes]) -> dict[Tile, bytes]:
    """Build every tile of a log from its leaf hashes, 32 bytes each."""
    tiles: dict[Tile, bytes] = {}
    level, row = 0, list(leaves)
    while row:
        parts = [row[i : i + TILE_WIDTH] for i in range(0, len(row), TILE_WIDTH)]
        for index, part in enumerate(parts):
            tiles[Tile(level, index, len(part))] = b"".join(part)
        row = [_fold(part) for part in parts if len(part) == TILE_WIDTH]
        level += 1
    return tiles


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [log.node_hash(left, right) for left, right in pairs]
    return hashes[0]


def _root(tiles: dict[Tile, bytes], size: int) -> bytes:
    return log.range_hash(tiles.__getitem__, size, 0, size)


def _shape(size: int) -> list[Tile]:
    level, full, found = 0, size, []
    while full:
        count = -(-full // TILE_WIDTH)
        found += [log.tile_at(level, index, size) for index in range(count)]
        level, full = level + 1, full // TILE_WIDTH
    return found


def _joined(entries: list[list[bytes] | None]) -> list[bytes] | None:
    if any(found is None for found in entries):
        return None
    return [leaf for found in entries for leaf in found or ()]


def _first_level(tiles: Mapping[Tile, bytes]) -> list[bytes]:
    """List the leaf hashes in the tiles of level 0."""
    parts = [tiles[tile] for tile in sorted(tiles, key=_order) if tile.level == 0]
    whole = b"".join(parts)
    return [whole[i : i + _HASH_BYTES] for i in range(0, len(whole), _HASH_BYTES)]


def _order(tile: Tile) -> tuple[int, int]:
    return tile.level, tile.index


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
