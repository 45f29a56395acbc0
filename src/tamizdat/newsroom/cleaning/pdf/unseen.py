"""Find words of a document that its pages do not show.

A page is drawn twice, with its words and without them: where both look the same, no
word is seen, whatever hides it: that it is invisible, as white as the paper, under a
bar or a picture, outside the edge, or too small. Letters that a program read from a
scan are found as well: they are honest, and nobody sees them either.

Source: ISO 32000-2, 9.3.6 (how text is drawn).
docs/decisions/0079-what-does-not-show.md.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PIL import ImageChops

from tamizdat.newsroom.errors import AttachmentError

# Points of the picture to one of the page: what is not seen is looked at more closely.
_SCALES = (1, 2)
_SEEN = 24  # of 255: what differs less from what is around it, or under it, is not read
_SMALLEST = 2.0  # of a point of the page: letters that are lower are not read
_LARGER = 1_000  # PDFium lists no word that is narrower than a hundredth of a point
_INVISIBLE, _CLIP = 3, 7
_BY_ITSELF, _BY_LOOKS = "itself", "looks"  # why a sign is not seen
_DEEPEST = 15  # forms in forms
_MOST_SIDE = 4_000  # points of the picture: a poster is drawn with fewer an inch
_MOST_SAID = 300  # characters
_UNTOLD = "\N{REPLACEMENT CHARACTER}"
_Sign = tuple[str, str]  # and why it is not seen; "" where it is


@dataclass(frozen=True)
class Unseen:
    """Words that no page shows.

    Attributes:
        count: how many there are.
        words: the first of them, at most 300 characters.
        digest: SHA-256 of all of them, in hex; "" for none.
    """

    count: int
    words: str
    digest: str = ""


def unseen(data: bytes) -> Unseen:
    """Find the words of a document that its pages do not show.

    Args:
        data: of the document, as `pages.clean` writes it.

    Raises:
        AttachmentError: it cannot be drawn.
    """
    import pypdfium2  # noqa: PLC0415 (of the newsroom, the limited process alone loads it)

    words: list[str] = []
    try:
        with pypdfium2.PdfDocument(data) as paper:
            for number in range(len(paper)):
                _enlarge(paper, number)
                words += _words(paper, number)
    except pypdfium2.PdfiumError as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error
    told = " ".join(words[:_MOST_SAID])[:_MOST_SAID]
    return Unseen(len(words), told, _digest(words) if words else "")


def _digest(words: list[str]) -> str:
    whole = "\n".join(words).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()


def _enlarge(paper: Any, number: int) -> None:
    """Make a page a thousand times larger, with all that is on it."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    page = paper[number]
    box = [_LARGER * side for side in page.get_cropbox()]
    whole = raw.FS_MATRIX(_LARGER, 0, 0, _LARGER, 0, 0)
    raw.FPDFPage_TransFormWithClip(page, whole, None)
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    page.close()


def _words(paper: Any, number: int) -> list[str]:
    """Find the words that a page does not show, or not whole."""
    found: list[list[_Sign]] = []
    for scale in _SCALES:
        page = paper[number]
        signs = _signs(page, page.get_textpage(), scale)
        parts = [list(part) for is_word, part in groupby(signs, _is_told) if is_word]
        page.close()
        found = [part for part in parts if any(hidden for _, hidden in part)]
        if not any(hidden == _BY_LOOKS for part in found for _, hidden in part):
            break  # nothing that a closer look could show
    return ["".join(sign for sign, _ in part) for part in found]


def _is_told(sign: _Sign) -> bool:
    return not sign[0].isspace()


def _signs(page: Any, text: Any, scale: int) -> Iterator[_Sign]:
    """Give the signs of a page; where none is drawn to be seen, it is not drawn."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    sight = None
    for at in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, at) or ord(_UNTOLD))
        held = raw.FPDFText_GetTextObject(text, at)
        how = raw.FPDFTextObj_GetTextRenderMode(held) if held else None
        if how is None or sign.isspace():
            yield sign, ""
        elif how == _INVISIBLE:
            yield sign, _BY_ITSELF
        else:
            sight = sight or _Sight(page, scale)
            yield sign, "" if sight.shows(text, at, how) else _BY_LOOKS


class _Sight:
    """A page as it looks, and what its words change of that."""

    def __init__(self, page: Any, scale: int) -> None:
        from pypdfium2 import raw  # noqa: PLC0415 (the same)

        self._scale = min(scale / _LARGER, _MOST_SIDE / max(page.get_size()))
        drawn = self._draw(page)
        turned = drawn.get_posconv(page)
        far = _LARGER * _LARGER  # the places of three corners tell those of all
        corners = [turned.to_bitmap(*one) for one in ((0, 0), (far, 0), (0, far))]
        self._from = corners[0]
        self._along = [
            tuple(
                (there - here) / far
                for there, here in zip(one, corners[0], strict=True)
            )
            for one in corners[1:]
        ]
        self._page = drawn.to_pil().convert("RGB")
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
            raw.FPDFPageObj_SetIsActive(one, 0)
        bare = self._draw(page).to_pil().convert("RGB")
        red, green, blue = ImageChops.difference(self._page, bare).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        self._changed = most.point([level >= _SEEN for level in range(256)]).tobytes()

    def _draw(self, page: Any) -> Any:
        how = {"may_draw_forms": False, "draw_annots": False}
        return page.render(scale=self._scale, **how)

    def shows(self, text: Any, at: int, how: int) -> bool:
        """Tell whether a sign is seen.

        Args:
            text: of the page.
            at: its number.
            how: it is drawn, as table 104 counts. What is drawn through letters that
                clip is no part of them: there, anything that is not plain is seen.
        """
        box = text.get_charbox(at)
        if _is_small(box) and _is_small(text.get_charbox(at, loose=True)):
            return False
        left, top, right, bottom = self._placed(box)
        if left >= right or top >= bottom:
            return False
        if how == _CLIP:
            ranges = self._page.crop((left, top, right, bottom)).getextrema()
            return any(high - low >= _SEEN for low, high in ranges)
        width, changed = self._page.width, self._changed
        return any(
            changed.find(1, row + left, row + right) >= 0
            for row in range(top * width, bottom * width, width)
        )

    def _placed(self, box: tuple[float, ...]) -> tuple[int, int, int, int]:
        """Find a box of the page in the picture, as far as it is in it."""
        (x, y), ((right, down), (across, up)) = self._from, self._along
        xs = [x + box[at] * right + box[at + 1] * across for at in (0, 2)]
        ys = [y + box[at] * down + box[at + 1] * up for at in (0, 2)]
        return (
            max(math.floor(min(xs)), 0),
            max(math.floor(min(ys)), 0),
            min(math.ceil(max(xs)) + 1, self._page.width),
            min(math.ceil(max(ys)) + 1, self._page.height),
        )


def _is_small(box: tuple[float, ...]) -> bool:
    left, bottom, right, top = box
    return max(right - left, top - bottom) < _SMALLEST * _LARGER
