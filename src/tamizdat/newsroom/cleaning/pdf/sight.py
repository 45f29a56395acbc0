"""Tell which signs of a page are seen.

A page is drawn with its words and without them: where both look the same, no word is
seen. It is drawn with its words alone, in black: where less than half of what a sign
would show is seen, because a bar, a picture or an edge leaves a rest of it, nobody
reads the sign, and copying gives it whole.

Source: ISO 32000-2, 9.3.6 (how text is drawn).
docs/decisions/0079-what-does-not-show.md.
"""

import ctypes
import math
from typing import Any

from PIL import Image, ImageChops

_SEEN = 24  # of 255: what differs less from what is around it, or under it, is not read
_INK = 128  # of 255: a point that a sign covers by half
_VEILED = 6  # times: black under a bar of more than five sixths is not read
_CLEAR = math.ceil(255 / _VEILED)  # what changes more is veiled by nothing
_REST, _HALF = 1, 2  # of a sign
_ON = 255
_CLIP = 7  # of table 104
_DEEPEST = 15  # forms in forms
_MOST_SIDE = 4_000  # points of the picture: a poster is drawn with fewer an inch
_WHITE, _OPAQUE = 255, 255

_FAR = 1_000_000

Box = tuple[float, float, float, float]
_Place = tuple[int, int, int, int]


class Sight:
    """A page as it looks, and what its words change of that."""

    def __init__(self, page: Any, scale: float) -> None:
        """Draw a page.

        Args:
            page: of PDFium. It is closed.
            scale: points of the picture to one of the page.
        """
        self._scale = min(scale, _MOST_SIDE / max(page.get_size()))
        drawn = self._draw(page)
        turned = drawn.get_posconv(page)
        # The places of three corners, in whole points, tell those of all.
        corners = [turned.to_bitmap(*one) for one in ((0, 0), (_FAR, 0), (0, _FAR))]
        self._from = corners[0]
        self._along = [
            tuple(
                (there - here) / _FAR
                for there, here in zip(one, corners[0], strict=True)
            )
            for one in corners[1:]
        ]
        self._page = drawn.to_pil().convert("RGB")
        self._width = self._page.width
        self._look_without_words(page)
        page.close()

    def _look_without_words(self, page: Any) -> None:
        from pypdfium2 import raw  # noqa: PLC0415 (the limited process alone loads it)

        things = list(page.get_objects(max_depth=_DEEPEST))
        words = [one for one in things if one.type == raw.FPDF_PAGEOBJ_TEXT]
        kinds = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
        others = [one for one in things if one.type not in kinds]
        for one in words:
            raw.FPDFPageObj_SetIsActive(one, 0)
        bare = self._draw(page).to_pil().convert("RGB")
        self._change = _most(ImageChops.difference(self._page, bare))
        self._seen = self._change.point(_from_level(_SEEN))
        self._changed = self._seen.tobytes()  # a sign is a few rows of a few bytes
        self._clear = self._change.point(_from_level(_CLEAR)).tobytes()
        self._ink, self._lost = self._seen, b""
        if others:  # that may hide a part of a word
            for one in others:
                raw.FPDFPageObj_SetIsActive(one, 0)
            for one in words:
                raw.FPDFPageObj_SetIsActive(one, 1)
                raw.FPDFPageObj_SetFillColor(one, 0, 0, 0, _OPAQUE)
                raw.FPDFPageObj_SetStrokeColor(one, 0, 0, 0, _OPAQUE)
            alone = self._draw(page).to_pil().convert("RGB")
            self._ink = _most(ImageChops.invert(alone))
            covered = self._ink.point(_from_level(_INK))
            self._lost = ImageChops.subtract(covered, self._seen).tobytes()

    def _draw(self, page: Any) -> Any:
        how = {"may_draw_forms": False, "draw_annots": False}
        return page.render(scale=self._scale, **how)

    def shows(self, box: Box, held: Any, how: int) -> bool:
        """Tell whether a sign is seen.

        Args:
            box: where the page has it: left, low, right, high.
            held: the object that draws it, of any copy of the page.
            how: it is drawn, as table 104 counts. What is drawn through letters that
                clip is no part of them: there, anything that is not plain is seen.
        """
        placed, sides = self._placed(box)
        if placed[0] >= placed[2] or placed[1] >= placed[3]:
            return False
        if how == _CLIP:
            ranges = self._page.crop(placed).getextrema()
            return any(high - low >= _SEEN for low, high in ranges)
        spread = self._spread(placed, sides)
        if not spread or (spread == _REST and _is_outlined(held)):
            return False
        if not self._lost:
            return True
        if not self._is_any(self._clear, placed) and self._is_veiled(placed, held):
            return False
        return not self._is_any(self._lost, placed) or self._is_mostly_seen(placed)

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

    def _placed(self, box: Box) -> tuple[_Place, tuple[float, float]]:
        """Find a box of the page in the picture, as far as it is in it; its sides."""
        (x, y), ((right, down), (across, up)) = self._from, self._along
        xs = [x + box[at] * right + box[at + 1] * across for at in (0, 2)]
        ys = [y + box[at] * down + box[at + 1] * up for at in (0, 2)]
        placed = (
            max(math.floor(min(xs)), 0),
            max(math.floor(min(ys)), 0),
            min(math.ceil(max(xs)) + 1, self._page.width),
            min(math.ceil(max(ys)) + 1, self._page.height),
        )
        return placed, (max(xs) - min(xs), max(ys) - min(ys))


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
