"""Fold words so that one is found however it was typed.

Decides what is one word, and which letters count as one: Arabic and Persian forms of a
letter, case, accents and vowel signs, joiners inside a word, figures of any script.
Pure: the index and the question are folded alike, whatever the database.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

import re
import unicodedata
from collections.abc import Iterator

# Marks inside a word: joiners, a stroke that lengthens, apostrophes of any language.
_INSIDE = re.compile("[\u200b-\u200f\u0640\u00ad'`\u00b4\u2018\u2019\u02b0-\u02ff]")
SHORTEST = 3  # letters that may be the beginning of a longer word
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile('["«„“]([^"»“”]*)["»“”]')
# Letters that keyboards and scripts write in several ways, once taken apart.
_LETTERS = str.maketrans(
    {
        "\u064a": "\u06cc",  # yeh
        "\u0649": "\u06cc",
        "\u06cd": "\u06cc",
        "\u0643": "\u06a9",  # kaf
        "\u06aa": "\u06a9",
        "\u06ab": "\u06af",  # gaf of Pashto
        "\u0629": "\u0647",  # heh
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u06d5": "\u0647",
        "\u06c3": "\u0647",
        "\u0671": "\u0627",  # alef
        "\u0131": "i",  # dotless
        "\u04c0": "i",  # palochka, typed as a Latin letter more often than not
        "\u04cf": "i",
    }
)


class _Folded(dict[int, "int | str | None"]):
    """What a letter becomes, found out when it first comes: None for a vowel sign."""

    def __missing__(self, code: int) -> "int | str | None":
        letter = chr(code)
        value = unicodedata.decimal(letter, None)
        found: int | str | None = code if value is None else str(value)
        if unicodedata.category(letter) == "Mn":
            found = None
        self[code] = found
        return found


_FOLDED = _Folded(_LETTERS)


def words(text: str) -> list[str]:
    """Fold a text into words: letters and figures, nothing else."""
    plain = _INSIDE.sub("", unicodedata.normalize("NFKD", text).casefold())
    return _WORD.findall(plain.translate(_FOLDED))


def asked(question: str) -> Iterator[list[str]]:
    """Read what is searched for: a word each, or the words of a quotation in order."""
    rest = _QUOTED.sub(" ", question)
    for quoted in _QUOTED.findall(question):
        phrase = words(quoted)
        if phrase:
            yield phrase
    yield from ([word] for word in words(rest))


def is_phrase(terms: list[str]) -> bool:
    """Tell a quotation, which is found as it stands, from the beginning of a word."""
    return len(terms) > 1


def is_whole(terms: list[str]) -> bool:
    """Tell what is found as it stands: quotations, and words too short to begin one."""
    return is_phrase(terms) or len(terms[0]) < SHORTEST
