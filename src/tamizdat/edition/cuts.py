"""Find where a text can be cut: behind a sentence, a word or a letter.

Decides where a page may end within a text, and what a list leaves of a long one. A
letter is what a reader takes for one: with its marks, as joined emoji, as a flag.

Source: Unicode Standard Annex 29, "Grapheme Cluster Boundaries", as far as a category
and a few ranges tell them.
"""

import re
import unicodedata
from itertools import takewhile

_STOP = r"[.!?…։؟۔。][»”’)\"]*"  # noqa: RUF001
_SENTENCE, _ENDED = re.compile(rf"{_STOP}\s+"), re.compile(rf"{_STOP}\Z")
_SPACE = re.compile(r"\s+")
_WORD = 40  # characters; what is left of a longer word stays
_LAST = re.compile(rf"(?<=\S)\s+\S{{0,{_WORD}}}\Z")  # the last blank before that
_JOINER = "\u200d"  # holds two emoji together
_CLINGING = (  # first and last, beside the marks
    ("\u200c", _JOINER),
    ("\U0001f3fb", "\U0001f3ff"),  # colours of skin
    ("\U000e0020", "\U000e007f"),  # letters of a flag of a region
)
_CLIP = 300  # characters that a list or a machine is given of one text
_LETTER = 32  # code points; no letter is made of more
LEAST_CUT = 800  # bytes; `flow.WORTH_CUTTING` without markup and such a letter


def good_end(text: str, most: int) -> int:
    """Find the best place to cut a text: after a sentence, a word or a letter.

    Args:
        text: all of it.
        most: characters before the cut.
    """
    head = text[:most]
    for pattern in (_SENTENCE, _SPACE):
        stops = [match.end() for match in pattern.finditer(head)]
        if stops and stops[-1] * 2 > most:
            return stops[-1]
    return _letter_end(text, most)


def may_go_on(text: str) -> bool:
    """Tell whether a page that ends in a text may have cut it.

    It ends in the space it was cut at, or within a word so long that no space was near,
    as `good_end` cuts a text that is longer than a page.

    Args:
        text: what the page has of it.
    """
    if text[-1:].isspace():
        return True
    if len(text.encode()) < LEAST_CUT:
        return False
    stops = [match.end() for match in _SPACE.finditer(text)]
    return not stops or stops[-1] * 2 <= len(text) + _LETTER


def _letter_end(text: str, most: int) -> int:
    """Step back from the middle of a letter, by a few code points at most."""
    for end in range(most, max(most - _LETTER, 0), -1):
        if end < len(text) and not _is_within(text, end):
            return end
    return most


def _is_within(text: str, at: int) -> bool:
    """Tell whether a place between two code points is the middle of a letter."""
    before, after = text[at - 1], text[at]
    if _is_half(before) and _is_half(after):  # a flag is two of them
        halves = takewhile(_is_half, reversed(text[:at]))
        return sum(1 for _ in halves) % 2 == 1
    return before == _JOINER or _clings(after)


def _is_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _clings(sign: str) -> bool:
    """Tell whether a code point belongs to the letter before it."""
    return unicodedata.category(sign)[0] == "M" or any(
        first <= sign <= last for first, last in _CLINGING
    )


def beginning(text: str, most: int) -> str:
    """Give what a text begins with, up to the end of a word.

    A word too long to be left out is cut behind a letter: words of a script without
    blanks, an address.

    Args:
        text: longer than that.
        most: characters left, at most.
    """
    end = _letter_end(text, most)
    blank = _LAST.search(text, max(end - 2 * _WORD, 0), end)
    return text[: blank.start() if blank else end]


def clipped(text: str, most: int = _CLIP) -> str:
    """Shorten a text that stands whole elsewhere. `most`: characters left, at most."""
    if len(text) <= most:
        return text
    words = beginning(text, most - 1)
    return words + (" …" if len(words) < most - 1 and _ENDED.search(words) else "…")


def shortened(text: str, most: int) -> str:
    """Shorten a text behind a sentence or a word. `most`: characters left, at most."""
    if len(text) <= most:
        return text
    if most <= 1:
        return "…"
    head = text[: good_end(text, most - 1)]
    ended = any(match.end() == len(head) for match in _SENTENCE.finditer(head))
    return head.rstrip() + (" …" if ended else "…")
