"""Grow and prove one append-only log: tiles, checkpoints, inclusion, consistency.

Decides what a Merkle proof shows. Holds no storage: tiles are read through a function
and written by whoever asked for them.

Source: RFC 6962 section 2.1; C2SP tlog-tiles, tlog-checkpoint, tlog-proof.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition.errors import NoteError, ProofError
from tamizdat.edition.note import Note, decode_base64, parse_note

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
ENTRY_BYTES = 65_535  # length prefix of an entry bundle: 16 bits
MAX_SIZE = 1 << 48  # leaves; more than any newsroom, less than a float's integers
PROOF_LINE = b"c2sp.org/tlog-proof@v1\n"

_HASH_BYTES = 32
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Tile:
    """A run of at most 256 hashes at every eighth level.

    Attributes:
        level: 0 holds leaf hashes; -1 stands for the entries themselves.
        index: position among the tiles of that level.
        width: hashes in it, 1 to 256.
    """

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Write the path below the log. Source: C2SP tlog-tiles, Merkle Tree."""
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        name = "/".join([f"x{part}" for part in parts[:-1]] + [parts[-1]])
        level = "entries" if self.level < 0 else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{name}{partial}"


TileReader = Callable[[Tile], bytes]


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log. `root`: 32 bytes; `size`: leaves."""

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        """Write the signed text. Source: C2SP tlog-checkpoint."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n".encode()


@dataclass(frozen=True)
class Proof:
    """One leaf proved in one checkpoint.

    Attributes:
        index: of the leaf, from 0.
        path: hashes of 32 bytes, from the leaf's sibling up.
        checkpoint: the parsed head; believe it only after `note` is verified.
        note: the checkpoint's note.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry to a leaf: 32 bytes. Source: RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children to their parent: 32 bytes. Source: RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tile_at(level: int, index: int, size: int) -> Tile:
    """Name a tile as wide as it is in a log of `size` leaves."""
    full = size >> (TILE_HEIGHT * max(level, 0))
    return Tile(level, index, min(TILE_WIDTH, full - index * TILE_WIDTH))


def range_hash(read: TileReader, size: int, start: int, end: int) -> bytes:
    """Compute MTH(D[start:end]) from the tiles of a log of `size` leaves."""
    span = end - start
    if span == 0:
        return hashlib.sha256(b"").digest()
    if span & (span - 1) == 0:
        return _subtree(read, size, span.bit_length() - 1, start // span)
    split = start + _split(span)
    left = range_hash(read, size, start, split)
    return node_hash(left, range_hash(read, size, split, end))


def inclusion_proof(read: TileReader, index: int, size: int) -> list[bytes]:
    """Compute PATH(index, D[size]), the leaf's sibling first.

    Source: RFC 6962 section 2.1.1.
    """
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(read, size, middle, end))
            end = middle
        else:
            path.append(range_hash(read, size, start, middle))
            start = middle
    return path[::-1]


def siblings(
    index: int, size: int, path: Sequence[bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """Say which leaves each hash of an inclusion proof stands for.

    Args:
        index: of the leaf proved.
        size: of the log, leaves.
        path: the leaf's sibling first, as many hashes as index and size ask for.

    Yields:
        First leaf, the one after the last, and MTH of these.
    """
    start, end = 0, size
    for sibling in reversed(path):
        middle = start + _split(end - start)
        if index < middle:
            yield middle, end, sibling
            end = middle
        else:
            yield start, middle, sibling
            start = middle


def consistency_proof(read: TileReader, old: int, size: int) -> list[bytes]:
    """Compute PROOF(old, D[size]), empty when old is 0 or size.

    Source: RFC 6962 section 2.1.2.
    """
    start, end, path, whole = 0, size, [], True
    while old not in {start, end}:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_hash(read, size, middle, end))
            end = middle
        else:
            path.append(range_hash(read, size, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(read, size, start, end))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, path: Sequence[bytes], size: int, root: bytes
) -> None:
    """Check that a leaf stands at an index under a root.

    Source: RFC 9162 section 2.1.3.2, over the hashes of RFC 6962.

    Raises:
        ProofError: it does not.
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is outside a log of {size}")
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise ProofError(f"proof of leaf {index} is too long")
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise ProofError(f"proof of leaf {index} does not lead to the root")


def verify_consistency(
    old: tuple[int, bytes], new: tuple[int, bytes], path: Sequence[bytes]
) -> None:
    """Check that the log of (size, root) `old` is the beginning of `new`.

    Source: RFC 9162 section 2.1.4.2, over the hashes of RFC 6962.

    Raises:
        ProofError: it is not, or nobody could tell.
    """
    (old_size, old_root), (size, root) = old, new
    if not 0 <= old_size <= size:
        raise ProofError(f"a log of {size} cannot continue one of {old_size}")
    if old_size in {0, size}:
        if path or (old_size and old_root != root):
            raise ProofError(f"two roots for {old_size} leaves")
        return
    hashes = list(path)
    if old_size & (old_size - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes or _fold(hashes, old_size, size) != (old_root, root):
        raise ProofError(f"log of {size} does not continue log of {old_size}")


def _fold(hashes: list[bytes], old_size: int, size: int) -> tuple[bytes, bytes] | None:
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return None if last else (old, new)


def append(
    read: TileReader, size: int, entries: Sequence[bytes]
) -> Iterator[tuple[Tile, bytes]]:
    """Compute the tiles that grow when entries are added to a log of `size`.

    Yields:
        Each changed tile with its whole content, entry bundles first, then upwards.
    """
    if any(len(entry) > ENTRY_BYTES for entry in entries):
        raise ValueError(f"an entry is at most {ENTRY_BYTES} bytes")
    framed = [len(entry).to_bytes(2, "big") + entry for entry in entries]
    for tile, added in _grow(-1, size, framed):
        yield tile, _known(read, tile, size) + b"".join(added)
    level, rising = 0, [leaf_hash(entry) for entry in entries]
    while rising:
        below = size >> (TILE_HEIGHT * level)
        parents = []
        for tile, added in _grow(level, below, rising):
            content = _known(read, tile, size) + b"".join(added)
            yield tile, content
            if tile.width == TILE_WIDTH:
                parents.append(_fold_tile(content))
        level, rising = level + 1, parents


def _grow(
    level: int, have: int, rising: Sequence[bytes]
) -> Iterator[tuple[Tile, Sequence[bytes]]]:
    done = 0
    while done < len(rising):
        index, inside = divmod(have + done, TILE_WIDTH)
        take = min(TILE_WIDTH - inside, len(rising) - done)
        yield Tile(level, index, inside + take), rising[done : done + take]
        done += take


def _known(read: TileReader, tile: Tile, size: int) -> bytes:
    before = tile_at(tile.level, tile.index, size)
    return read(before) if before.width > 0 else b""


def _fold_tile(content: bytes) -> bytes:
    hashes = [content[i : i + 32] for i in range(0, len(content), _HASH_BYTES)]
    while len(hashes) > 1:
        hashes = [
            node_hash(*hashes[i : i + 2])  # a full tile has an even number each time
            for i in range(0, len(hashes), 2)
        ]
    return hashes[0]


def _subtree(read: TileReader, size: int, height: int, index: int) -> bytes:
    level, rise = divmod(height, TILE_HEIGHT)
    tile, inside = divmod(index << rise, TILE_WIDTH)
    content = read(tile_at(level, tile, size))
    return _fold_tile(content[inside * 32 : (inside + (1 << rise)) * 32])


def _split(span: int) -> int:
    return 1 << ((span - 1).bit_length() - 1)


def read_bundle(content: bytes) -> Iterator[bytes]:
    """Read the entries of a bundle.

    Raises:
        ProofError: a length runs past the end.
    """
    at = 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        if end > len(content) or at + 2 > len(content):
            raise ProofError("an entry runs past the end of its bundle")
        yield content[at + 2 : end]
        at = end


def write_proof(index: int, path: Iterable[bytes], checkpoint: bytes) -> bytes:
    """Write a proof file around a checkpoint note. Source: C2SP tlog-proof."""
    hashes = "".join(f"{base64.b64encode(h).decode()}\n" for h in path)
    return PROOF_LINE + f"index {index}\n{hashes}\n".encode() + checkpoint


def parse_proof(data: bytes) -> Proof:
    """Read a proof file without believing it; extra data is refused.

    Raises:
        ProofError: not as C2SP tlog-proof says.
        NoteError: the checkpoint is no signed note.
    """
    head, gap, checkpoint = data.partition(b"\n\n")
    first, *hashes = (
        head.removeprefix(PROOF_LINE).decode("ascii", "replace").split("\n")
    )
    if not data.startswith(PROOF_LINE) or not gap or not first.startswith("index "):
        raise ProofError("expected tlog-proof@v1, an index and a checkpoint")
    note = parse_note(checkpoint)
    return Proof(
        index=_decimal(first.removeprefix("index "), "index"),
        path=tuple(hash_of(line) for line in hashes),
        checkpoint=parse_checkpoint(note),
        note=note,
    )


def parse_checkpoint(note: Note) -> Checkpoint:
    """Read the text of a checkpoint note; extension lines are refused.

    Raises:
        ProofError: not as C2SP tlog-checkpoint says.
    """
    lines = note.text.decode().split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:  # noqa: PLR2004 - three lines, end
        raise ProofError("expected a checkpoint of three lines")
    return Checkpoint(lines[0], _decimal(lines[1], "size"), hash_of(lines[2]))


def _decimal(text: str, what: str) -> int:
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise ProofError(f"{what}: expected a decimal number, found {text[:20]!r}")
    return int(text)


def hash_of(text: str) -> bytes:
    """Read a hash in base64: 32 bytes.

    Raises:
        ProofError: it is none.
    """
    try:
        data = decode_base64(text, "hash")
    except NoteError as error:
        raise ProofError(str(error)) from error
    if len(data) != _HASH_BYTES:
        raise ProofError(f"expected a hash of 32 bytes, found {len(data)}")
    return data
