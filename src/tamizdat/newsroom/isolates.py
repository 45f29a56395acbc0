"""Keep names and headlines apart from the sentence they are put into.

A Persian sentence with an English headline inside, or the other way round, shows its
full stop and its quotation marks in the wrong places, unless what was put in is
isolated.

Source: Unicode Standard Annex 9, "Explicit Directional Isolates".
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language_bidi, pgettext

FIRST_STRONG, POP = "\u2068", "\u2069"
_STRONG = {"L": False, "R": True, "AL": True}  # whether it runs from right to left


def isolated(value: Any) -> str:
    """Write a value for a sentence in the language of whoever reads it.

    Marks are put round what runs, or may run, against the sentence, as a date does in
    one that runs to the left; elsewhere they would only come along with what somebody
    copies.
    """
    text = str(value)
    runs = _runs(text)
    with_the_sentence = runs == {True} if get_language_bidi() else True not in runs
    return text if with_the_sentence else f"{FIRST_STRONG}{text}{POP}"


def listed(names: Iterable[str]) -> str:
    """Put names one after the other, as the language of the reader parts them."""
    return pgettext("between two names", ", ").join(names)


def _runs(text: str) -> set[bool]:
    """Tell which directions the letters of a text have."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return {_STRONG[kind] for kind in kinds if kind in _STRONG}
