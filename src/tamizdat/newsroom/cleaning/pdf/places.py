"""Tell where a page of PDFium has what it draws, and how words are drawn.

Source: ISO 32000-2, 9.3.6 (how text is drawn), 8.10.1 (forms).
"""

import ctypes
from typing import Any

DEEPEST = 15  # forms in forms


def box(thing: Any) -> tuple[float, float, float, float]:
    """Find where something is, whatever forms it is in: left, low, right, high.

    What a font draws with a drawing may say any size of itself, and be any.
    """
    corners = thing.get_bounds()
    left, low, right, high = corners
    points = [(left, low), (right, low), (left, high), (right, high)]
    outer = thing.container
    while outer is not None:
        matrix = outer.get_matrix()
        points = [matrix.on_point(*point) for point in points]
        outer = outer.container
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def how(word: Any) -> int:
    """Tell how a word is drawn, as table 104 counts."""
    from pypdfium2 import raw  # noqa: PLC0415 (the limited process alone loads it)

    told: int = raw.FPDFTextObj_GetTextRenderMode(word)
    return told


def words(page: Any) -> list[Any]:
    """List what draws words on a page, in its order, with what forms draw."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=DEEPEST))


def numbers(page: Any) -> dict[int, int]:
    """Number what draws words on a page, by `address`."""
    return {address(one.raw): at for at, one in enumerate(words(page))}


def address(held: Any) -> int:
    """Tell objects of PDFium apart."""
    return ctypes.cast(held, ctypes.c_void_p).value or 0
