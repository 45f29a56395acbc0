# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Spell text in one way, so that labels and rules match however it was typed.

`plain` keeps the length: a match in it points at the same span of the
original, so what a rule finds is quoted as the page has it.
"""

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200c": " ",  # zero-width non-joiner: Persian types it, or a space
        "\t": " ",
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "ё": "е",
        "Ё": "е",
        "\u2018": "'",
        "\u2019": "'",
        "\u02bb": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
    }
)
MARKS = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_QUOTES = ('""', "\u201c\u201d", "\u00ab\u00bb", "\u201e\u201c", "\u201e\u201d", "''")
_EDGES = re.compile(rf"^[\s{MARKS}]+|[\s{MARKS}\u200c]+$")
_ALL_MARKS = re.compile(f"[{MARKS}]")
_NOT_SOUND = re.compile(r"[\W_]+")
_RUN = re.compile(r"[ \t]{2,}|\t")


# Each rule asks for the same few passages again, one after the other.
@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Fold case, quotes, dashes, digits and letter variants, keeping the length."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """Fold each letter once, when it is met first: copy has few different ones."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(_SAME.get(code) or chr(code))
        return folded


def _folded(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


_FOLDS = _Folds()


@lru_cache(maxsize=256)
def sound(text: str) -> str:
    """Keep only folded letters and digits: equal for two copies of one line."""
    return _NOT_SOUND.sub("", plain(_ALL_MARKS.sub("", text)))


def trimmed(text: str) -> str:
    """Strip white space and direction marks off both ends, and even out the rest.

    No-break spaces and marks inside stay: they are part of the words.
    """
    return _RUN.sub(" ", _EDGES.sub("", text))


@lru_cache(maxsize=256)
def label(text: str) -> str:
    """Spell a line the way the label lists spell it."""
    return " ".join(plain(_ALL_MARKS.sub("", text)).split()).rstrip(" :!.")


def begins_small(text: str) -> bool:
    """Tell a text that begins with a small letter, of a script that has others.

    Georgian has capitals in Unicode that nobody begins a name with.
    """
    first = text[:1]
    return first != first.upper() and not "\u10d0" <= first <= "\u10ff"


def unquoted(text: str) -> str:
    """Take off quotation marks that stand round the whole text."""
    inner = text.strip(" ,;")
    for pair in _QUOTES:
        if len(inner) > 1 and inner[0] == pair[0] and inner[-1] == pair[1]:
            return inner[1:-1].strip()
    return inner
