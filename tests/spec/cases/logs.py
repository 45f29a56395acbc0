"""Vectors of the log: roots, tiles, checkpoints and proofs."""

import base64
import hashlib
from collections.abc import Iterator

from cast import ORGANISATION, signer
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint, Tile, leaf_hash, node_hash
from tamizdat.edition.note import sign_note

ORIGIN = f"{ORGANISATION}/log/1"
CHECKPOINT = Checkpoint(ORIGIN, 11, bytes(range(32)))
NOTE = sign_note(CHECKPOINT.text(), [signer("log/1")])

_ROOT = Series("log", "log.root")
_TILES = Series("log", "log.tiles")
_PATH = Series("log", "log.tile-path")
_BUNDLE = Series("log", "log.bundle")
_CHECKPOINT = Series("log", "checkpoint.read")
_PROOF = Series("log", "proof.read")
_INCLUSION = Series("log", "proof.inclusion")
_CONSISTENCY = Series("log", "proof.consistency")


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _trees()
    yield from _bundles()
    yield from _checkpoints()
    yield from _proofs()
    yield from _inclusions()
    yield from _false_inclusions()
    yield from _consistencies()
    yield from _false_consistencies()


def entries(size: int) -> list[bytes]:
    """Make the entries of a log."""
    return [f"entry {n}".encode() for n in range(size)]


def naive(leaves: list[bytes]) -> bytes:
    """Compute MTH as RFC 6962 section 2.1 words it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(naive(leaves[:split]), naive(leaves[split:]))


def root_of(size: int) -> bytes:
    """Compute the root of the log of `size` entries."""
    return naive([leaf_hash(entry) for entry in entries(size)])


def _tiles_of(size: int) -> dict[Tile, bytes]:
    return dict(log.append({}.__getitem__, 0, entries(size)))


def _trees() -> Iterator[Vector]:
    for size in (0, 1, 2, 3, 7, 8, 257):
        given = {"entries": [entry.decode() for entry in entries(size)]}
        why = "The root is the Merkle tree hash of RFC 6962."
        result = {"root": root_of(size).hex()}
        yield _ROOT.ok(f"root-of-{size}", why, given, result)
    tiles = {
        tile.path: hashlib.sha256(content).hexdigest()
        for tile, content in sorted(_tiles_of(300).items(), key=lambda t: t[0].path)
    }
    given = {"entries": [entry.decode() for entry in entries(300)]}
    why = "Paths and SHA-256 of the files that 300 entries make, empty before."
    yield _TILES.ok("tiles-of-300", why, given, tiles)
    rows = [
        ("full", (0, 0, 256), "tile/0/000"),
        ("partial", (0, 273, 112), "tile/0/273.p/112"),
        ("deep", (2, 1_234_067, 256), "tile/2/x001/x234/067"),
        ("entries", (-1, 1000, 3), "tile/entries/x001/000.p/3"),
    ]
    for name, (level, index, width), path in rows:
        given = {"level": level, "index": index, "width": width}
        why = "A host finds a tile by its name; level -1 stands for entries."
        yield _PATH.ok(f"tile-path-{name}", why, given, {"path": path})


def _bundles() -> Iterator[Vector]:
    framed = b"".join(len(e).to_bytes(2, "big") + e for e in entries(3))
    given = {"bundle_base64": base64.b64encode(framed).decode()}
    result = {"entries": [entry.decode() for entry in entries(3)]}
    yield _BUNDLE.ok("bundle", "Entries are framed by their length.", given, result)
    for name, content in (("length", b"\x00"), ("entry", b"\x00\x05abc")):
        given = {"bundle_base64": base64.b64encode(content).decode()}
        bad = ("ProofError", "runs past")
        why = "A bundle cut short is no shorter bundle."
        yield _BUNDLE.bad(f"bundle-cut-in-its-{name}", why, given, bad)


def _head(checkpoint: Checkpoint) -> dict:
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
    }


def _checkpoints() -> Iterator[Vector]:
    why = "Origin, size and root; the signature is checked apart."
    given = field("note", NOTE)
    yield _CHECKPOINT.ok("checkpoint", why, given, _head(CHECKPOINT))
    empty = Checkpoint(ORIGIN, 0, hashlib.sha256(b"").digest())
    given = field("note", sign_note(empty.text(), [signer("log/1")]))
    why = "A log may be empty."
    yield _CHECKPOINT.ok("checkpoint-of-nothing", why, given, _head(empty))
    rows = [
        ("size-with-a-zero-before", "\n11\n", "\n011\n", "size: expected a decimal"),
        ("size-below-zero", "\n11\n", "\n-1\n", "size: expected a decimal"),
        ("size-above-2-48", "\n11\n", "\n281474976710657\n", "size: expected"),
        ("extension", "\n11\n", "\n11\nmore\n", "checkpoint of three lines"),
        ("two-lines", "\n11\n", "\n", "checkpoint of three lines"),
        ("root-of-31-bytes", "Hh8=", "Hg==", "expected a hash of 32 bytes, found 31"),
        ("root-with-spare-bits", "Hh8=", "Hh9=", "base64 is not canonical"),
    ]
    for name, old, new, reason in rows:
        text = CHECKPOINT.text().decode().replace(old, new, 1)
        given = field("note", sign_note(text.encode(), [signer("log/1")]))
        why = "A checkpoint has one spelling."
        bad = ("ProofError", reason)
        yield _CHECKPOINT.bad(f"checkpoint-{name}", why, given, bad)


def _proofs() -> Iterator[Vector]:
    proof = log.write_proof(5, [bytes(32)], NOTE)
    result = {"index": 5, "path": [bytes(32).hex()], "checkpoint": _head(CHECKPOINT)}
    why = "An index, hashes and the checkpoint; nothing is believed yet."
    yield _PROOF.ok("proof", why, field("proof", proof), result)
    rows = [
        ("of-another-version", b"tlog-proof@v1", b"tlog-proof@v2"),
        ("with-extra-data", b"index 5", b"extra AAAA\nindex 5"),
        ("index-with-a-zero-before", b"index 5", b"index 05"),
        ("index-below-zero", b"index 5", b"index -5"),
        ("index-too-large", b"index 5", b"index 9999999999999999"),
        ("hash-with-spare-bits", b"AAAA=\n\n", b"AAAB=\n\n"),
        ("hash-too-short", b"AAAAAAAA=\n\n", b"AAAA=\n\n"),
    ]
    for name, old, new in rows:
        given = field("proof", proof.replace(old, new, 1))
        bad = ("ProofError", "expected" if b"B" not in new else "not canonical")
        why = "A proof has one spelling."
        yield _PROOF.bad(f"proof-{name}", why, given, bad)


def _claim(index: int, size: int) -> dict:
    """Claim that a leaf stands in the log, with its honest proof."""
    path = log.inclusion_proof(_tiles_of(size).__getitem__, index, size)
    return {
        "leaf": leaf_hash(entries(size)[index]).hex(),
        "index": index,
        "path": [sibling.hex() for sibling in path],
        "size": size,
        "root": root_of(size).hex(),
    }


def _inclusions() -> Iterator[Vector]:
    for index, size in ((0, 1), (0, 2), (5, 11), (10, 11), (255, 256), (256, 300)):
        why = "An honest proof leads from the leaf to the root."
        name = f"inclusion-{index}-of-{size}"
        yield _INCLUSION.ok(name, why, _claim(index, size), {})


def _false_inclusions() -> Iterator[Vector]:
    honest = _claim(5, 11)
    path = honest["path"]
    changes: list[tuple[str, dict, str]] = [
        ("another-leaf", {"leaf": leaf_hash(b"other").hex()}, "does not lead"),
        ("another-index", {"index": 4}, "does not lead"),
        ("another-size", {"size": 17}, "does not lead"),
        ("another-root", {"root": "00" * 32}, "does not lead"),
        ("index-at-the-end", {"index": 11}, "outside a log of 11"),
        ("too-long", {"path": [*path, "00" * 32]}, "too long"),
        ("too-short", {"path": path[:-1]}, "does not lead"),
        ("in-another-order", {"path": path[::-1]}, "does not lead"),
    ]
    for name, change, reason in changes:
        why = "A proof proves its own leaf, at its index, under its root."
        given = {**honest, **change}
        bad = ("ProofError", reason)
        yield _INCLUSION.bad(f"inclusion-{name}", why, given, bad)
    given = {**_claim(0, 1), "index": 0, "size": 0, "root": root_of(0).hex()}
    bad = ("ProofError", "outside a log of 2")
    why = "A proof of leaf 0 folds as well for an index that the log does not have."
    beyond = {**_claim(0, 2), "index": 2}
    yield _INCLUSION.bad("inclusion-index-that-folds", why, beyond, bad)
    bad = ("ProofError", "outside a log of 0")
    why = "An empty log holds no leaf."
    yield _INCLUSION.bad("inclusion-in-nothing", why, given, bad)


def _bridge(old: int, size: int) -> dict:
    """Claim that one log continues another, with the honest proof."""
    path = log.consistency_proof(_tiles_of(size).__getitem__, old, size)
    return {
        "old_size": old,
        "old_root": root_of(old).hex(),
        "size": size,
        "root": root_of(size).hex(),
        "path": [sibling.hex() for sibling in path],
    }


def _consistencies() -> Iterator[Vector]:
    rows = ((0, 11), (1, 2), (5, 11), (8, 11), (9, 11), (11, 11), (256, 300))
    for old, size in rows:
        why = "The old log is the beginning of the new one."
        name = f"consistency-{old}-to-{size}"
        yield _CONSISTENCY.ok(name, why, _bridge(old, size), {})


def _false_consistencies() -> Iterator[Vector]:
    honest, path = _bridge(5, 11), _bridge(5, 11)["path"]
    same = _bridge(11, 11)
    rows = [
        ("rewritten", {**honest, "old_root": "00" * 32}, "does not continue"),
        ("another-root", {**honest, "root": "00" * 32}, "does not continue"),
        ("too-short", {**honest, "path": path[:-1]}, "does not continue"),
        ("too-long", {**honest, "path": [*path, "00" * 32]}, "does not continue"),
        ("without-a-proof", {**honest, "path": []}, "does not continue"),
        ("fork", {**same, "old_root": "00" * 32}, "two roots for 11 leaves"),
        ("shrunk", {**_bridge(5, 11), "old_size": 12}, "cannot continue"),
        ("proof-of-nothing", {**same, "path": ["00" * 32]}, "two roots"),
    ]
    for name, given, reason in rows:
        why = "A log that does not begin with the old one is refused."
        bad = ("ProofError", reason)
        yield _CONSISTENCY.bad(f"consistency-{name}", why, given, bad)
