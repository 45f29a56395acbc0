"""Tell of what a page draws whether it has any size at all.

Words of no size are seen nowhere, and what looks for words on a page does not find
them: they are not written.

Source: ISO 32000-2, 8.3.4 (matrices), 9.3 and 9.4.4 (the size of text).
"""

from collections.abc import Sequence
from typing import Any

_SHOWN = {"Tj", "TJ", "'", '"'}
# What shows no words of no size, but goes to the next line as it did.
INSTEAD = {"'": "T*", '"': "T*"}
_LEAST = 1e-4  # of a point, across the narrower side
_LEAST_FORM = 1e-6  # times: words in it are looked at by themselves

_Matrix = tuple[float, float, float, float]  # places are none of its business
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0)


class Sizes:
    """Goes along with the operators of one stream."""

    def __init__(self, matrix: Sequence[Any] = (), size: float = 0.0) -> None:
        """Begin.

        Args:
            matrix: of a form, six numbers; none for one that draws as it is.
            size: of the letters that a form takes over, at least.
        """
        self._outer: list[tuple[_Matrix, float, float]] = []
        self._drawn = _matrix(matrix) or _SAME
        self._line, self._size, self._width = _SAME, size, 1.0

    def is_nothing(self, name: str, operands: Sequence[Any]) -> bool:
        """Heed an operator. Returns: whether it draws something of no size."""
        if name == "q":
            self._outer.append((self._drawn, self._size, self._width))
        elif name == "Q" and self._outer:
            self._drawn, self._size, self._width = self._outer.pop()
        elif name == "cm":
            self._drawn = _times(_matrix(operands) or _SAME, self._drawn)
        elif name == "BT":
            self._line = _SAME
        elif name == "Tm":
            self._line = _matrix(operands) or _SAME
        elif name == "Tf" and operands:
            self._size = number(operands[-1])
        elif name == "Tz" and operands:
            self._width = number(operands[-1]) / 100
        elif name == "Do":
            return _least(self._drawn) < _LEAST_FORM
        return name in _SHOWN and self._least_sign() < _LEAST

    def choose(self, size: float | None) -> None:
        """Heed the size of letters that a graphics state chose, if it chose one."""
        if size is not None:
            self._size = size

    def _least_sign(self) -> float:
        sized = (self._size * self._width, 0.0, 0.0, self._size)
        return _least(_times(_times(sized, self._line), self._drawn))


def _matrix(operands: Sequence[Any]) -> _Matrix | None:
    if len(operands) < 6:  # noqa: PLR2004 (four numbers, and a place)
        return None
    a, b, c, d = (number(one) for one in operands[-6:-2])
    return a, b, c, d


def number(value: Any) -> float:
    """Read a number; 0 for what is none."""
    value = value.get_object() if hasattr(value, "get_object") else value
    return float(value) if isinstance(value, (int, float)) else 0.0


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d = one
    e, f, g, h = two
    return a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h


def _least(matrix: _Matrix) -> float:
    """Give the length of the shorter side of a square that a matrix turns."""
    a, b, c, d = matrix
    largest = max(map(abs, matrix))
    return abs(a * d - b * c) / largest if largest else 0.0
