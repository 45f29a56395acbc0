"""Find words over which other words are drawn: a bar may be made of letters.

Source: ISO 32000-2, 8.2 (what is drawn later covers).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from tamizdat.newsroom.cleaning.pdf import places

MOST = 8  # parts: words that lie deeper in a heap are not looked at
_CELLS = 24  # of a page, each way
_LEAST = 0.25  # of a point, each way: what meets by less does not
_JOINED = 0.1  # of the square of a sign's height: Arabic and kerned letters hide less
_HIGHEST = 12.0  # points of a sign, for that
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
    left: dict[int, float] = {}  # of each, how much more has to be hidden
    boxes = {at: places.box(one) for at, one in enumerate(words) if _has_ink(one)}
    for early, late in _near(boxes, side):
        area = _common(boxes[early], boxes[late])
        if area and late not in met[early]:
            met[early].add(late)
            met[late].add(early)
            left[early] = left.get(early, _share(boxes[early])) - area
    below = [one for one, area in left.items() if area <= 0]
    made: list[set[int]] = [set() for _ in range(MOST)]
    deep: list[int] = []
    for one in sorted(below):
        free = next((part for part in made if not part & met[one]), None)
        (deep.append if free is None else free.add)(one)
    return [sorted(part) for part in made if part], deep


def _near(boxes: Mapping[int, _Box], side: float) -> Iterator[tuple[int, int]]:
    """Give pairs of words that may meet, the earlier of each first, some again."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, box in boxes.items():
        left, low, right, high = (_cell(edge, side) for edge in box)
        for column in range(left, right + 1):
            for row in range(low, high + 1):
                cells[column, row].append(at)
    for held in cells.values():
        yield from combinations(held, 2)


def _has_ink(word: Any) -> bool:
    return places.how(word) not in _NO_INK


def _cell(edge: float, side: float) -> int:
    """Find the cell of an edge; what is outside the page is in those at its sides."""
    return int(max(-1, min(edge / side, 2)) * _CELLS)


def _common(one: _Box, two: _Box) -> float:
    """Give the area that two boxes have in common; 0 where they do not meet."""
    across = min(one[2], two[2]) - max(one[0], two[0])
    along = min(one[3], two[3]) - max(one[1], two[1])
    return across * along if across > _LEAST and along > _LEAST else 0


def _share(box: _Box) -> float:
    """Give the area of a box below which no sign in it is hidden by half."""
    left, low, right, high = box
    return _JOINED * min(right - left, high - low, _HIGHEST) ** 2
