"""Find words of a document that its pages do not show.

A page is looked at as `sight` says: a word that is invisible, as white as the paper,
under a bar or a picture, outside the edge, or too small. Letters that a program read
from a scan are found as well: they are honest, and nobody sees them either.

Source: ISO 32000-2, 9.3.6 (how text is drawn).
docs/decisions/0079-what-does-not-show.md.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from tamizdat.newsroom.cleaning.pdf import places
from tamizdat.newsroom.cleaning.pdf.sight import Box, Sight
from tamizdat.newsroom.errors import AttachmentError

# Points of the picture to one of the page: what is not seen is looked at more closely.
_SCALES = (1, 2)
_SMALLEST = 2.0  # of a point of the page: letters that are lower are not read
_LARGER = 1_000  # PDFium lists no word that is narrower than a hundredth of a point
_INVISIBLE = 3  # as table 104 counts
_BY_ITSELF, _BY_LOOKS = "itself", "looks"  # why a sign is not seen
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


def unseen(data: bytes, told: Sequence[str] = ()) -> Unseen:
    """Find the words of a document that its pages do not show.

    Args:
        data: of the document, as `pages.clean` writes it.
        told: words that its fonts give to single signs.

    Raises:
        AttachmentError: it cannot be drawn.
    """
    import pypdfium2  # noqa: PLC0415 (of the newsroom, the limited process alone loads it)

    words = [word for text in told for word in text.split()]
    try:
        # What is on an enlarged page is found to the last word, but patterns go wrong.
        with pypdfium2.PdfDocument(data) as large, pypdfium2.PdfDocument(data) as drawn:
            for number in range(len(large)):
                _enlarge(large, number)
                words += _words(large, drawn, number)
    except pypdfium2.PdfiumError as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error
    first = " ".join(words[:_MOST_SAID])[:_MOST_SAID]
    return Unseen(len(words), first, _digest(words) if words else "")


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


def _words(large: Any, drawn: Any, number: int) -> list[str]:
    """Find the words that a page does not show, or not whole.

    Args:
        large: the document, with this page enlarged.
        drawn: the document as it is.
        number: of the page.
    """
    found: list[list[_Sign]] = []
    page = large[number]
    text = page.get_textpage()
    for scale in _SCALES:
        signs = _signs(page, text, partial(_look, drawn, number, scale))
        parts = [list(part) for is_word, part in groupby(signs, _is_told) if is_word]
        found = [part for part in parts if any(hidden for _, hidden in part)]
        if not any(hidden == _BY_LOOKS for part in found for _, hidden in part):
            break  # nothing that a closer look could show
    page.close()
    return ["".join(sign for sign, _ in part) for part in found]


def _look(drawn: Any, number: int, scale: int) -> Sight:
    return Sight(drawn[number], scale)


def _is_told(sign: _Sign) -> bool:
    return not sign[0].isspace()


def _signs(page: Any, text: Any, look: Callable[[], Sight]) -> Iterator[_Sign]:
    """Give the signs of a page; where none is drawn to be seen, it is not looked at."""
    from pypdfium2 import raw  # noqa: PLC0415 (the same)

    sight, numbers = None, dict[int, int]()
    for at in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, at) or ord(_UNTOLD))
        held = raw.FPDFText_GetTextObject(text, at)
        how = raw.FPDFTextObj_GetTextRenderMode(held) if held else None
        if how is None or sign.isspace() or _is_nothing(text, at, sign):
            yield sign, ""
        elif how == _INVISIBLE:
            yield sign, _BY_ITSELF
        else:
            if sight is None:
                sight = look()
                numbers = (sight.is_heaped and places.numbers(page)) or {}
            box = _box(text, at)
            is_small = _is_small(box) and _is_small(_box(text, at, loose=True))
            which = numbers.get(places.address(held), -1)
            is_seen = not is_small and sight.shows(box, held, how, which)
            yield sign, "" if is_seen else _BY_LOOKS


def _box(text: Any, at: int, *, loose: bool = False) -> Box:
    left, low, right, high = text.get_charbox(at, loose=loose)
    return left / _LARGER, low / _LARGER, right / _LARGER, high / _LARGER


def _is_nothing(text: Any, at: int, sign: str) -> bool:
    """Tell of a code that stands for no letter, and shows nothing either."""
    if sign != _UNTOLD:
        return False
    left, low, right, high = _box(text, at)
    return left == right or low == high


def _is_small(box: Box) -> bool:
    left, low, right, high = box
    return max(right - left, high - low) < _SMALLEST
