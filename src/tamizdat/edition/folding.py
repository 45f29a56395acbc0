"""Fold words so that a search finds them however they are typed.

Decides which letters count as one. A reader types on the keyboard at hand: Arabic
letters for Persian ones, Russian letters for Kazakh ones, no vowel marks, no ring above
a letter. The index and the query are folded alike, here and in `reader/find`.

Source: Unicode Standard Annex 15 (NFKD); Persian text on ISIRI 6219 and on what it
replaces; Kazakh letters and the Russian ones beside them in KS 1052:2022.
"""

import re
import unicodedata

from tamizdat.edition.citation import looked_up
from tamizdat.edition.languages import own_digits

_SAME = str.maketrans(
    {
        **dict(zip("يىكةؤئأإٱآ", "ییکهویاااا", strict=True)),  # Persian, Dari, Pashto
        "\u0451": "\u0435",
        "\u0491": "\u0433",  # Cyrillic io, ghe with upturn
        **dict(
            zip("əłøđıœæß", ["e", "l", "o", "d", "i", "oe", "ae", "ss"], strict=True)
        ),
        "և": "եւ",
        "ـ": "",  # tatweel
    }
)
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_KAZAKH_TITLE = _KAZAKH | str.maketrans("ӘҒҚҢӨҰҮҺІ", "АГКНОУУХИ")
_ARABIC = str.maketrans("یک", "يك")  # the keys of who has no Persian keyboard
_JOINED = "\u200c"  # between two parts of a Persian word
_LEFT_OUT = re.compile("[\u02bb\u02bc\u02b9\u2018\u2019'`\u200d\u00ad\u2060]")
_KEPT_MARK = "\u0306"  # of й, which is no и
_WORD = re.compile(r"[^\W\d_]+")
_HALVES = re.compile(f"[^\\W_]+(?:{_JOINED}[^\\W_]+)+")


def fold(text: str, language: str) -> str:
    """Fold a text. `language`: BCP 47 tag of its service."""
    text = text.lower().replace("й", "\ue000")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace("\ue000", "й").translate(_SAME)
    if language.split("-", maxsplit=1)[0] == "kk":
        text = text.translate(_KAZAKH)
    digits = (str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    return _LEFT_OUT.sub("", "".join(digits)).replace(_JOINED, "")


def typed(text: str, language: str) -> str:
    """Write a text, and behind it each word as others spell it.

    For an index of another program, which looks for a word as it was typed, or without
    any mark: then й is и, which `fold` keeps apart. Where no stemmer knows the language
    each word stands there as a dictionary has it, too. A Persian word stands there in
    Arabic letters, a number in the digits of the language.
    """
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    others = [*indexed(text, language).split(), *bare.lower().split()]
    forms = _looked_up(text, language)
    others += [*forms, *fold(" ".join(forms), language).split()]
    said = dict.fromkeys(text.lower().split())
    spelt = [*said, *others]
    others += [own_digits(word.translate(_ARABIC), language) for word in spelt]
    more = dict.fromkeys(word for word in others if word not in said)
    return " ".join((text, *more))


def mistyped(title: str, language: str) -> str | None:
    """Write a title with the keys of who has no keyboard of its language.

    For an index of titles, which knows no other spelling: Arabic letters for Persian
    ones, Russian letters for Kazakh ones.

    Returns:
        None where it is typed alike.
    """
    kazakh = language.split("-", maxsplit=1)[0] == "kk"
    other = title.translate(_KAZAKH_TITLE if kazakh else _ARABIC)
    return None if other == title else other


def _looked_up(text: str, language: str) -> list[str]:
    """List the dictionary forms of a text's words, as far as they are guessed."""
    both = f"{text.lower()} {fold(text, language)}".replace(_JOINED, "")
    words = dict.fromkeys(_WORD.findall(both))
    return [form for word in words for form in looked_up(word, language)]


def indexed(text: str, language: str) -> str:
    """Fold a text for an index: a word of two halves is found by each of them, too."""
    halves = _HALVES.sub(lambda m: f"{m[0]} {m[0].replace(_JOINED, ' ')}", text)
    return fold(halves, language)
