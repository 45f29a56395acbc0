"""Tell which signs of a page are seen.

A page is drawn with its words and without them: where both look the same, no word is
seen. It is drawn with its words alone, in black: where less than half of what a sign
would show is seen, because a bar, a picture or an edge leaves a rest of it, nobody
reads the sign, and copying gives it whole. Words below others, which may be such a bar,
are taken away by themselves, and seen also where they are drawn again.

Source: ISO 32000-2, 9.3.6 (how text is drawn).
docs/decisions/0079-what-does-not-show.md.
"""

import math
from typing import Any

from PIL import Image

from tamizdat.newsroom.cleaning.pdf import heaps, places
from tamizdat.newsroom.cleaning.pdf.looks import Looks

_SEEN = 24  # of 255: what differs less from what is around it, or under it, is not read
_CLIP = 7  # of table 104
_OUTLINED = (1, 2, 5, 6)  # of the same
_MOST_SIDE = 4_000  # points of the picture: a poster is drawn with fewer an inch
_OPAQUE = 255

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

        things = list(page.get_objects(max_depth=places.DEEPEST))
        words = [one for one in things if one.type == raw.FPDF_PAGEOBJ_TEXT]
        kinds = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
        others = [one for one in things if one.type not in kinds]
        parts, deep = heaps.parts(words, max(page.get_size()))
        self.deep = frozenset(deep)
        heaped = [[words[at] for at in part] for part in parts]
        bare = [self._without(page, some) for some in (words, *heaped)]
        _switch(others, on=False)
        for one in words:
            raw.FPDFPageObj_SetFillColor(one, 0, 0, 0, _OPAQUE)
            raw.FPDFPageObj_SetStrokeColor(one, 0, 0, 0, _OPAQUE)
        # Others may hide a part of a word.
        self._all = Looks(self._page, bare[0], self._drawn(page) if others else None)
        _switch(words, on=False)
        self._own: dict[int, Looks] = {}
        for part, some, without in zip(parts, heaped, bare[1:], strict=True):
            looks = Looks(self._page, without, *self._alone(page, some))
            self._own |= dict.fromkeys(part, looks)

    def _alone(self, page: Any, words: list[Any]) -> tuple[Image.Image, Image.Image]:
        """Draw words by themselves, with their outlines, and filled."""
        _switch(words, on=True)
        outlined = self._drawn(page)
        filled = self._drawn(page) if _fill(words) else outlined
        _switch(words, on=False)
        return outlined, filled

    def _without(self, page: Any, words: list[Any]) -> Image.Image:
        _switch(words, on=False)
        bare = self._drawn(page)
        _switch(words, on=True)
        return bare

    def _drawn(self, page: Any) -> Image.Image:
        drawn: Image.Image = self._draw(page).to_pil().convert("RGB")
        return drawn

    def _draw(self, page: Any) -> Any:
        how = {"may_draw_forms": False, "draw_annots": False}
        return page.render(scale=self._scale, **how)

    @property
    def is_heaped(self) -> bool:
        """Tell whether any word is drawn below others."""
        return bool(self._own or self.deep)

    def shows(self, box: Box, held: Any, how: int, at: int = -1) -> bool:
        """Tell whether a sign is seen.

        Args:
            box: where the page has it: left, low, right, high.
            held: the object that draws it, of any copy of the page.
            at: its number among those that draw words.
            how: it is drawn, as table 104 counts. What is drawn through letters that
                clip is no part of them: there, anything that is not plain is seen.
        """
        placed, sides = self._placed(box)
        if placed[0] >= placed[2] or placed[1] >= placed[3]:
            return False
        if how == _CLIP:
            ranges = self._page.crop(placed).getextrema()
            return any(high - low >= _SEEN for low, high in ranges)
        looks = self._own.get(at, self._all)
        if at not in self.deep and looks.show(placed, sides, held):
            return True
        return at in self._own and looks.is_struck_again(self._page, placed)

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


def _switch(things: list[Any], *, on: bool) -> None:
    """Let a page draw some of its things, or not."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    for one in things:
        raw.FPDFPageObj_SetIsActive(one, on)


def _fill(words: list[Any]) -> bool:
    """Let words have no outline but their letters'. Returns: whether any had."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    outlined = [one for one in words if places.how(one) in _OUTLINED]
    for one in outlined:
        raw.FPDFTextObj_SetTextRenderMode(one, raw.FPDF_TEXTRENDERMODE_FILL)
    return bool(outlined)
