"""Tell whether letters are those of one sign.

A map says which letters a sign stands for. Those that Unicode takes apart, that are
written as one in print, or that marks join to one, may be several; any others are words
that no page shows.

Source: The Unicode Standard, 3.7 (decomposition), 12.1 (virama); UAX 29.
"""

import re
import unicodedata
from functools import cache

# What fonts of Latin letters join, and Unicode does not know.
_PRINTED = re.compile("f{1,2}[bfhijklt]|f?t[ti]|tti|tf|c[hkt]|s[pt]|[tT]h|ij|IJ|Qu")
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{ARABIC TATWEEL}"
_REGION = re.compile("[\U0001f1e6-\U0001f1ff]{2}")  # two of them are a flag
_VIRAMA = 9  # combining class of what joins two letters


def is_sign(text: str) -> bool:
    """Tell whether letters are those of one sign."""
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKC", text)
        if one not in _JOINERS and unicodedata.category(one)[0] != "M"
    )
    if len(plain) <= 1 or _PRINTED.fullmatch(plain) or _REGION.fullmatch(plain):
        return True
    return plain in _taken_apart() or _is_joined(text)


def _is_joined(text: str) -> bool:
    """Tell whether marks join all letters to one, as in scripts of India."""
    letters, joined = 0, True
    for one in unicodedata.normalize("NFC", text):
        if unicodedata.combining(one) == _VIRAMA or one == _JOINERS[0]:
            joined = True
        elif one not in _JOINERS and unicodedata.category(one)[0] != "M":
            letters += not joined or not letters
            joined = False
    return letters <= 1


@cache
def _taken_apart() -> frozenset[str]:
    """List what single characters of Unicode are taken apart to."""
    every = (unicodedata.normalize("NFKC", chr(code)) for code in range(0xA0, 0x1F300))
    bare = (
        "".join(one for one in text if unicodedata.category(one)[0] != "M")
        for text in every
        if len(text) > 1
    )
    return frozenset(text for text in bare if len(text) > 1)
