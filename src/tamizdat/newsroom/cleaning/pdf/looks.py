"""Tell what of a sign is seen, by what words change of a page.

docs/decisions/0079-what-does-not-show.md.
"""

import ctypes
import math
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageStat

_SEEN = 24  # of 255: what differs less from what is around it, or under it, is not read
_INK = 128  # of 255: a point that a sign covers by half
_VEILED = 6  # times: black under a bar of more than five sixths is not read
_CLEAR = math.ceil(255 / _VEILED)  # what changes more is veiled by nothing
_STRUCK = 64  # of 255: what differs more from what is beside it is a letter there
_BESIDE = 3  # points of the picture
_REST, _HALF = 1, 2  # of a sign
_ON = 255
_WHITE, _OPAQUE = 255, 255

_Place = tuple[int, int, int, int]


class Looks:
    """What some words change of a page."""

    def __init__(
        self,
        page: Image.Image,
        bare: Image.Image,
        alone: Image.Image | None,
        filled: Image.Image | None = None,
    ) -> None:
        """Compare.

        Args:
            page: as it looks.
            bare: as it looks without these words.
            alone: these words in black; None where nothing hides a part of them.
            filled: the same, with no outline that is thicker; None for all words.
        """
        self._width = page.width
        self._change = _most(ImageChops.difference(page, bare))
        self._seen = self._change.point(_from_level(_SEEN))
        self._changed = self._seen.tobytes()  # a sign is a few rows of a few bytes
        self._clear = self._change.point(_from_level(_CLEAR)).tobytes()
        self._ink, self._lost = self._seen, b""
        if alone is not None:
            self._ink = _most(ImageChops.invert(alone))
            self._lost = self._covered(self._ink).tobytes()
        self._body = self._ink
        if filled is not None:
            self._body = _most(ImageChops.invert(filled))

    def _covered(self, ink: Image.Image) -> Image.Image:
        return ImageChops.subtract(ink.point(_from_level(_INK)), self._seen)

    def show(self, placed: _Place, sides: tuple[float, float], held: Any) -> bool:
        """Tell whether a sign is seen.

        Args:
            placed: the sign, in the picture.
            sides: its breadth and height, whether they are in the picture or not.
            held: the object that draws it.
        """
        spread = self._spread(placed, sides)
        if not spread or (spread == _REST and _is_outlined(held)):
            return False
        if not self._lost:
            return True
        if not self._is_any(self._clear, placed) and self._is_veiled(placed, held):
            return False
        return not self._is_any(self._lost, placed) or self._is_mostly_seen(placed)

    def is_struck_again(self, page: Image.Image, placed: _Place) -> bool:
        """Tell whether a sign that is hidden is drawn again where it was.

        Bold letters are struck twice, and shadows lie below what throws them: what
        hides a letter looks like it, and differs from what is to its left and right.
        """
        left, top, right, bottom = placed
        place = max(left - _BESIDE, 0), top, right + _BESIDE, bottom
        lost = self._covered(self._body).crop(place)
        ink = self._body.crop(place).point(_from_level(_SEEN))
        near = ink.filter(ImageFilter.MaxFilter(2 * _BESIDE + 1))
        beside = ImageChops.subtract(near, ink.filter(ImageFilter.MaxFilter(3)))
        if not lost.getbbox() or not beside.getbbox():
            return False
        here = page.crop(place)
        levels = (ImageStat.Stat(here, mask).median for mask in (lost, beside))
        return any(abs(a - b) >= _STRUCK for a, b in zip(*levels, strict=True))

    def _is_veiled(self, placed: _Place, held: Any) -> bool:
        """Tell whether a sign changes less than a part of what it would on paper."""
        inked = _highest(self._ink.crop(placed)) / _WHITE  # a dot fills no point
        return _highest(self._change.crop(placed)) * _VEILED < _darkness(held) * inked

    def _is_any(self, points: bytes, placed: _Place) -> bool:
        """Tell whether there is any of some points in a place."""
        left, top, right, bottom = placed
        return bool(points) and any(
            points.find(_ON, row + left, row + right) >= 0
            for row in range(top * self._width, bottom * self._width, self._width)
        )

    def _spread(self, placed: _Place, sides: tuple[float, float]) -> int:
        """Tell whether a sign shows nothing, a rest, or half its breadth and height.

        Args:
            placed: the sign, in the picture.
            sides: its breadth and height, whether they are in the picture or not.
        """
        left, top, right, bottom = placed
        first, low, high = -1, right, left
        for row in range(top, bottom):
            at = row * self._width
            found = self._changed.find(_ON, at + left, at + right)
            if found >= 0:
                last = self._changed.rfind(_ON, at + left, at + right)
                low, high = min(low, found - at), max(high, last - at + 1)
                first = row if first < 0 else first
                if 2 * (row + 1 - first) >= sides[1] and 2 * (high - low) >= sides[0]:
                    return _HALF
        return _REST if first >= 0 else 0

    def _is_mostly_seen(self, placed: _Place) -> bool:
        """Tell whether half of the points that a sign would change are changed."""
        least = math.ceil(_SEEN * _WHITE / _highest(self._change.crop(placed)))
        expected = sum(self._ink.crop(placed).histogram()[least:])
        return 2 * self._seen.crop(placed).histogram()[_WHITE] >= expected


def _most(image: Image.Image) -> Image.Image:
    """Give of each point the colour that has most."""
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _highest(image: Image.Image) -> int:
    return max(level for level, count in enumerate(image.histogram()) if count)


def _from_level(least: int) -> list[int]:
    return [_WHITE * (level >= least) for level in range(256)]


def _is_outlined(held: Any) -> bool:
    """Tell whether a sign has an outline, and not a drawing that says its own size."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    font = raw.FPDFTextObj_GetFont(held)
    return bool(font) and raw.FPDFFont_GetBaseFontName(font, None, 0) > 1


def _darkness(held: Any) -> float:
    """Say how much a word changes white paper: of 255; 0 where that is not known."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(held, red, green, blue, alpha):
        return 0
    darkest = min(red.value, green.value, blue.value)
    return (_WHITE - darkest) * alpha.value / _OPAQUE
