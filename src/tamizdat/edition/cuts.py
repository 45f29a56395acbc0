"""Find where a text can be cut: behind a sentence, a word or a letter.

Decides where a page may end within a text, and what a list leaves of a long one. A
letter is what a reader takes for one: with its marks, as joined emoji, as a flag.

Source: Unicode Standard Annex 29, "Grapheme Cluster Boundaries", as far as a category
and a few ranges tell them.
"""

import re
import unicodedata

_SENTENCE = re.compile(r"[.!?…։؟۔。][»”’)\"]*\s+")  # noqa: RUF001
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"  # holds two emoji together
_CLINGING = ("\u200c", _JOINER, "\ufe0e", "\ufe0f")  # belong to what stands before
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
        follows = text[end : end + 1]
        joined = follows in _CLINGING or text[end - 1] == _JOINER
        if follows and not joined and not unicodedata.combining(follows):
            return end
    return most


def clipped(text: str, most: int = _CLIP) -> str:
    """Shorten a text that stands whole elsewhere."""
    return text if len(text) <= most else text[: _letter_end(text, most - 1)] + "…"


def shortened(text: str, most: int) -> str:
    """Shorten a text behind a sentence or a word. `most`: characters left, at most."""
    if len(text) <= most:
        return text
    if most <= 1:
        return "…"
    head = text[: good_end(text, most - 1)]
    ended = any(match.end() == len(head) for match in _SENTENCE.finditer(head))
    return head.rstrip() + (" …" if ended else "…")
