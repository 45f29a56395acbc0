"""Hold the heads that a mirror shows against its log, which may be behind them.

An ordinary mirror gets the log with rounds of witnesses, and `latest` at once: a newer
head is proved by `latest` itself. Of the leaves that the log has, the proof in `latest`
names hashes too; they must be the same, or one of the two is another history.

Source: spec/log.md; spec/mirror-layout.md, "Verification", step 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tamizdat.edition import log
from tamizdat.edition.log import Tile
from tamizdat.edition.statement import Latest
from tamizdat.mirrors.findings import Problem


@dataclass(frozen=True)
class Compared:
    """What became of comparing a head with a log.

    Attributes:
        problem: None if nothing differs.
        leaves: so many from the first on are the same in both.
    """

    problem: Problem | None
    leaves: int


def compare(
    tiles: Mapping[Tile, bytes], size: int, latest: Latest, where: str
) -> Compared:
    """Compare the head in a `latest` with a log.

    Args:
        tiles: every tile of the log, as rebuilt from verified leaves.
        size: of the log, leaves.
        latest: whose proof was verified.
        where: path of `latest`.
    """
    proof, head = latest.proof, latest.proof.checkpoint
    if head.size <= size:
        rows = [(0, head.size, head.root)]
    else:
        rows = [
            row
            for row in log.siblings(proof.index, head.size, proof.path)
            if row[1] <= size
        ]
    for start, end, found in rows:
        expected = log.range_hash(tiles.__getitem__, size, start, end)
        if found != expected:
            leaves = f"leaves {start} to {end - 1}" if start else f"{end} leaves"
            named = f"root {expected.hex()} of {leaves}"
            return Compared(Problem("forged", where, named, found.hex()), 0)
    return Compared(None, max((end for _start, end, _hash in rows), default=0))
