"""Find words over which other words are drawn: a bar may be made of letters.

Source: ISO 32000-2, 8.2 (what is drawn later covers).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from tamizdat.newsroom.cleaning.pdf import places

MOST = 8  # parts: words that lie deeper in a heap are not looked at
_CELLS = 24  # of a page, each way
_LEAST = 0.25  # of a point: what meets by less is joined, as Arabic is, or kerned
_NO_INK = (3, 7)  # of table 104: neither filled nor stroked

_Box = tuple[float, float, float, float]


def parts(words: Sequence[Any], side: float) -> tuple[list[list[int]], list[int]]:
    """Find which words are drawn below others.

    Args:
        words: all that a page draws, in their order.
        side: the longer one of the page, in points.

    Returns:
        Numbers of such words, in parts of which no two meet; and of those for which
        that would be too many parts.
    """
    met: dict[int, set[int]] = defaultdict(set)
    below: set[int] = set()
    for early, late in _meeting(words, side):
        met[early].add(late)
        met[late].add(early)
        below.add(early)
    made: list[set[int]] = [set() for _ in range(MOST)]
    deep: list[int] = []
    for one in sorted(below):
        free = next((part for part in made if not part & met[one]), None)
        (deep.append if free is None else free.add)(one)
    return [sorted(part) for part in made if part], deep


def _meeting(words: Sequence[Any], side: float) -> Iterator[tuple[int, int]]:
    """Give pairs of words that may cover each other, the earlier of each first."""
    boxes = {at: places.box(one) for at, one in enumerate(words) if _has_ink(one)}
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, box in boxes.items():
        left, low, right, high = (_cell(edge, side) for edge in box)
        for column in range(left, right + 1):
            for row in range(low, high + 1):
                cells[column, row].append(at)
    for held in cells.values():
        for early, late in combinations(held, 2):
            if _meet(boxes[early], boxes[late]):
                yield early, late


def _has_ink(word: Any) -> bool:
    return places.how(word) not in _NO_INK


def _cell(edge: float, side: float) -> int:
    """Find the cell of an edge; what is outside the page is in those at its sides."""
    return int(max(-1, min(edge / side, 2)) * _CELLS)


def _meet(one: _Box, two: _Box) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    along = min(one[3], two[3]) - max(one[1], two[1])
    return across > _LEAST and along > _LEAST
