"""The log: tiles and proofs agree with a naive Merkle tree at every size."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cast import signer
from tamizdat.edition import log
from tamizdat.edition.errors import NoteError, ProofError
from tamizdat.edition.log import Checkpoint, Tile, leaf_hash, node_hash
from tamizdat.edition.note import parse_note, sign_note


class Tiles(dict[Tile, bytes]):
    """A log in memory, grown entry by entry or in runs."""

    def grow(self, size: int, entries: list[bytes]) -> None:
        """Append entries to a log of `size`."""
        self.update(list(log.append(self.__getitem__, size, entries)))


def entry(number: int) -> bytes:
    """Make the bytes of one entry."""
    return f"entry {number}".encode()


def naive(leaves: list[bytes]) -> bytes:
    """Compute MTH as RFC 6962 section 2.1 words it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(naive(leaves[:split]), naive(leaves[split:]))


def grown(size: int) -> Tiles:
    """Make a log of `size` entries in one run."""
    tiles = Tiles()
    tiles.grow(0, [entry(n) for n in range(size)])
    return tiles


LONG = 70_000
LONG_LOG = grown(LONG)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_roots_and_proofs_agree_with_a_naive_tree(runs, data):
    """However a log grew, its root and proofs are those of RFC 6962."""
    tiles, size = Tiles(), 0
    for run in runs:
        tiles.grow(size, [entry(n) for n in range(size, size + run)])
        size += run
    leaves = [leaf_hash(entry(n)) for n in range(size)]
    root = log.range_hash(tiles.__getitem__, size, 0, size)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    path = log.inclusion_proof(tiles.__getitem__, index, size)
    bridge = log.consistency_proof(tiles.__getitem__, old, size)

    assert naive(leaves) == root
    log.verify_inclusion(leaves[index], index, path, size, root)
    log.verify_consistency((old, naive(leaves[:old])), (size, root), bridge)


@given(st.integers(0, LONG - 1), st.integers(1, LONG))
@settings(max_examples=60, deadline=None)
def test_long_log_proves_every_leaf_and_every_beginning(index, old):
    """Proofs hold across three levels of tiles."""
    read = LONG_LOG.__getitem__
    root = log.range_hash(read, LONG, 0, LONG)
    path = log.inclusion_proof(read, index, LONG)
    beginning = log.range_hash(read, LONG, 0, old)

    log.verify_inclusion(leaf_hash(entry(index)), index, path, LONG, root)
    log.verify_consistency(
        (old, beginning), (LONG, root), log.consistency_proof(read, old, LONG)
    )


def test_tiles_of_70000_leaves_are_those_of_the_standard():
    """The example of C2SP tlog-tiles: 273 full tiles and the partial ones."""
    widths: dict[int, list[int]] = {}
    for tile in sorted(LONG_LOG, key=lambda t: (t.level, t.index)):
        widths.setdefault(tile.level, []).append(tile.width)

    assert [256] * 273 + [112] == widths[0]
    assert [256, 17] == widths[1]
    assert [1] == widths[2]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(2, 1234067, 256), "tile/2/x001/x234/067"),
        (Tile(-1, 1000, 3), "tile/entries/x001/000.p/3"),
    ],
)
def test_tile_paths_are_those_of_the_standard(tile, path):
    """A static host finds each tile by its name."""
    assert path == tile.path


def test_bundle_gives_back_its_entries():
    """Entries are framed by their length."""
    bundle = LONG_LOG[Tile(-1, 273, 112)]

    assert [entry(n) for n in range(69_888, 70_000)] == list(log.read_bundle(bundle))


@pytest.mark.parametrize("content", [b"\x00", b"\x00\x05abc"])
def test_bundle_that_ends_early_is_refused(content):
    """A truncated bundle is no shorter bundle."""
    with pytest.raises(ProofError, match="runs past"):
        list(log.read_bundle(content))


def test_entry_too_long_for_its_frame_is_a_mistake():
    """Sixteen bits hold no more."""
    with pytest.raises(ValueError, match="65535"):
        list(log.append({}.__getitem__, 0, [bytes(65_536)]))


def proof_of(index: int, size: int) -> tuple[bytes, list[bytes], bytes]:
    """Prove one leaf in a small log: leaf, path, root."""
    read = grown(size).__getitem__
    path = log.inclusion_proof(read, index, size)
    return leaf_hash(entry(index)), path, log.range_hash(read, size, 0, size)


def test_proof_for_another_leaf_is_refused():
    """A proof proves its own leaf only."""
    _leaf, path, root = proof_of(5, 11)

    with pytest.raises(ProofError, match="does not lead"):
        log.verify_inclusion(leaf_hash(b"other"), 5, path, 11, root)


def test_proof_for_another_index_is_refused():
    """A leaf stands where it stands."""
    leaf, path, root = proof_of(5, 11)

    with pytest.raises(ProofError):
        log.verify_inclusion(leaf, 6, path, 11, root)


@pytest.mark.parametrize("index", [-1, 11])
def test_leaf_outside_the_log_is_refused(index):
    """There is no leaf there."""
    with pytest.raises(ProofError, match="outside"):
        log.verify_inclusion(b"", index, [], 11, b"")


@pytest.mark.parametrize(("index", "size"), [(0, 1), (2, 11), (7, 11), (10, 11)])
def test_hashes_of_a_proof_stand_for_every_other_leaf(index, size):
    """What a proof says of leaves beside its own can be held against a log."""
    leaves = [leaf_hash(entry(number)) for number in range(size)]
    path = log.inclusion_proof(grown(size).__getitem__, index, size)
    found = list(log.siblings(index, size, path))
    covered = sorted(n for start, end, _hash in found for n in range(start, end))

    assert [n for n in range(size) if n != index] == covered
    for start, end, sibling in found:
        assert naive(leaves[start:end]) == sibling


def test_proof_too_long_or_too_short_is_refused():
    """A proof has exactly the hashes it needs."""
    leaf, path, root = proof_of(5, 11)

    with pytest.raises(ProofError, match="too long"):
        log.verify_inclusion(leaf, 5, [*path, root], 11, root)
    with pytest.raises(ProofError, match="does not lead"):
        log.verify_inclusion(leaf, 5, path[:-1], 11, root)


def heads(
    old: int, size: int
) -> tuple[tuple[int, bytes], tuple[int, bytes], list[bytes]]:
    """Make two heads of one log and the proof between them."""
    read = grown(size).__getitem__
    beginning = (old, log.range_hash(read, size, 0, old))
    end = (size, log.range_hash(read, size, 0, size))
    return beginning, end, log.consistency_proof(read, old, size)


def test_log_that_shrank_is_refused():
    """An append-only log never gets shorter."""
    old, new, _proof = heads(5, 11)

    with pytest.raises(ProofError, match="cannot continue"):
        log.verify_consistency(new, old, [])


def test_two_roots_of_one_size_are_a_fork():
    """One size has one root."""
    _old, new, _proof = heads(5, 11)

    with pytest.raises(ProofError, match="two roots"):
        log.verify_consistency((11, bytes(32)), new, [])


def test_rewritten_beginning_is_refused():
    """What was logged stays logged."""
    (size, _root), new, proof = heads(5, 11)

    for bad in (proof, proof[:-1], [*proof, bytes(32)], []):
        with pytest.raises(ProofError):
            log.verify_consistency((size, bytes(32)), new, bad)


CHECKPOINT = Checkpoint("press.example/log/1", 11, bytes(range(32)))


def test_checkpoint_survives_a_round_trip():
    """What is signed is what is read."""
    note = parse_note(sign_note(CHECKPOINT.text(), [signer("log/1")]))

    assert CHECKPOINT == log.parse_checkpoint(note)


def test_proof_file_survives_a_round_trip():
    """A proof travels with its checkpoint."""
    note = sign_note(CHECKPOINT.text(), [signer("log/1")])
    proof = log.parse_proof(log.write_proof(5, [bytes(32)], note))

    assert (5, (bytes(32),), CHECKPOINT) == (proof.index, proof.path, proof.checkpoint)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"tlog-proof@v1", b"tlog-proof@v2"),
        (b"index 5", b"extra AAAA\nindex 5"),
        (b"index 5", b"index 05"),
        (b"index 5", b"index -5"),
        (b"index 5", b"index 9999999999999999"),
        (b"AAAAAAAAAAA=\n\n", b"AAAAAAAAAAB=\n\n"),
        (b"AAAAAAAAAAA=\n\n", b"AAAAAAAAAAA=\n"),
        (b"\n11\n", b"\n011\n"),
        (b"\n11\n", b"\n11\nextension\n"),
        (b"press.example/log/1\n11", b"press.example/log/1"),
    ],
)
def test_malformed_proof_is_refused(old, new):
    """A proof has one spelling."""
    note = sign_note(CHECKPOINT.text(), [signer("log/1")])
    proof = log.write_proof(5, [bytes(32)], note)

    with pytest.raises((ProofError, NoteError)):
        log.parse_proof(proof.replace(old, new, 1))
