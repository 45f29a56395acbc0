"""Check the files that a reader never asks for and only a directory can list.

Old partial tiles are beginnings of the true ones; an object of an older edition has the
hash in its name; anything else below `log/`, `trust/` and `o/` is unknown.

Source: spec/mirror-layout.md, "Verification", step 7.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tamizdat.edition.errors import ProofError
from tamizdat.edition.log import TILE_WIDTH, Tile, leaf_hash, read_bundle
from tamizdat.edition.tree import FILE_BYTES
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.findings import Findings, Problem, Report
from tamizdat.mirrors.neighbours import BUNDLE_BYTES
from tamizdat.mirrors.transports import Listing

_HASH_BYTES = 32
_LENGTH_BYTES = 2  # before each entry of a bundle
_TILE = re.compile(
    r"log/tile/(entries|[0-5])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII
)
_OBJECT = re.compile(r"o/([0-9a-f]{2})/(\1[0-9a-f]{62})")


def check_trust(source: Listing, notes: int, report: Findings) -> None:
    """Look for files below `trust/` that are no notes of the chain."""
    known = {f"trust/{version}.note" for version in range(1, notes + 1)}
    for path in source.list("trust"):
        if path not in known:
            report.add(_unknown(source, path))


def check_objects(source: Listing, reports: Sequence[Report], report: Findings) -> None:
    """Check each object by its name, those of older editions too."""
    named = {p.path.split(" ", 1)[0] for r in reports for p in r.problems}
    for path in source.list("o"):
        if path in named:
            continue
        match = _OBJECT.fullmatch(path)
        if match is None:
            report.add(_unknown(source, path))
            continue
        report.files += 1
        found = _sha256(source.read(path, FILE_BYTES))
        if found != match[2]:
            report.add(Problem("forged", path, match[2], found))


def check_log(source: Listing, true: Mapping[Tile, bytes], report: Findings) -> None:
    """Check partial tiles that wider ones have replaced.

    Args:
        source: the mirror.
        true: every tile of the log, as rebuilt.
        report: takes the problems.
    """
    tiles = {(tile.level, tile.index): content for tile, content in true.items()}
    named = {problem.path for problem in report.problems}
    for path in source.list("log"):
        tile = _tile(path)
        hashes = tiles.get((max(tile.level, 0), tile.index), b"") if tile else b""
        expected = hashes[: tile.width * _HASH_BYTES] if tile else b""
        if tile is None or len(expected) < tile.width * _HASH_BYTES:
            if path != "log/checkpoint":
                report.add(_unknown(source, path))
        elif path not in named and tile.level < 0:
            _check_bundle(source, tile, hashes, report)
        elif path not in named:
            found = source.read(path, BUNDLE_BYTES)
            if found != expected:
                report.add(Problem("forged", path, _sha256(expected), _sha256(found)))


def _check_bundle(source: Listing, tile: Tile, hashes: bytes, report: Findings) -> None:
    """Check an old bundle of entries by the leaf hashes of its place in the log."""
    path = f"log/{tile.path}"
    found = source.read(path, BUNDLE_BYTES)
    if _leaves(found) != hashes[: tile.width * _HASH_BYTES]:
        newest = replace(tile, width=len(hashes) // _HASH_BYTES)
        expected = _cut(source, newest, hashes, tile.width)
        report.add(Problem("forged", path, expected, _sha256(found)))


def _cut(source: Listing, newest: Tile, hashes: bytes, width: int) -> str:
    """Hash what the newest bundle begins with, if that is true itself."""
    try:
        whole = source.read(f"log/{newest.path}", BUNDLE_BYTES)
    except MissingError:
        whole = b""
    if _leaves(whole) != hashes:
        return f"the first {width} entries of log/{newest.path}"
    entries = list(read_bundle(whole))[:width]
    return _sha256(whole[: sum(_LENGTH_BYTES + len(entry) for entry in entries)])


def _leaves(bundle: bytes) -> bytes:
    try:
        return b"".join(leaf_hash(entry) for entry in read_bundle(bundle))
    except ProofError:
        return b""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _tile(path: str) -> Tile | None:
    """Read a path back into a tile, if it is the one spelling of it."""
    match = _TILE.fullmatch(path)
    if match is None:
        return None
    level = -1 if match[1] == "entries" else int(match[1])
    index = int(re.sub(r"\D", "", match[2]))
    tile = Tile(level, index, int(match[3] or TILE_WIDTH))
    return tile if f"log/{tile.path}" == path else None


def _unknown(source: Listing, path: str) -> Problem:
    found = _sha256(source.read(path, FILE_BYTES))
    named = path if path.isprintable() else ascii(path)  # names may be no UTF-8
    return Problem("unknown", named, "no such file", found)
