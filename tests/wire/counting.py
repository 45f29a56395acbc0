# ruff: noqa: RUF001 - letters that look like Latin ones
"""Count which letters meet in which language, for `wire/letters.json`.

Run it by hand: `python tests/wire/counting.py`. It counts in the catalogues of Django
and in the names of CLDR, as Babel has them; only the counts are kept. The words of the
tests and of our own catalogues are not counted, so that they can judge the counts.
"""

import gettext
import json
import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import django
from babel import Locale

from tamizdat.wire import letters

CYRILLIC = ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tt", "tg")
OTHERS = ("el", "he", "ar", "fa", "th")
LATIN = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "tk", "tr", "az", "lt", "lv")
LATIN += ("et", "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is")
LATIN += ("vi", "id", "ms", "uz", "ca", "gl", "eu", "af")
OF_LETTERS = (*CYRILLIC, *LATIN, *OTHERS)
OF_SIGNS = ("zh_Hans", "zh_Hant", "ja", "ko")
# One language for letters, in several catalogues.
TOGETHER = {"hr": ("hr", "sr_Latn", "bs")}
OWN_SCRIPT = frozenset((*CYRILLIC, *OTHERS))
# Words of letters that are too rare in catalogues, and how often each counts.
RARE = {
    "fr": (
        "œuvre œuvres cœur sœur mœurs œil vœux nœud manœuvre œuf maïs haïr noël",
        10,
    ),
    "is": ("þetta það þess þeir", 5),
    "de": ("straße groß fuß", 3),
    "en": ("café résumé naïve façade cliché", 4),
}
# As the old encodings have them.
OLD_LETTERS = {
    "fa": str.maketrans({"ی": "ي", "\u200c": " "}),
    "ro": str.maketrans("șțȘȚ", "şţŞŢ"),
    "tr": str.maketrans({"İ": "i", "I": "ı"}),
    "az": str.maketrans({"İ": "i", "I": "ı"}),
}
_MARKS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]*>|&\w+;|[\u064b-\u0652]")
_SMOOTH, _LEVELS, _MOST_SIGNS = 6, 6, 900


def texts_of(name):
    """List the texts of a locale."""
    places = Path(django.__file__).parent.glob(f"**/locale/{name}/LC_MESSAGES/*.mo")
    found = []
    for place in sorted(places):
        with place.open("rb") as stream:
            rows = gettext.GNUTranslations(stream)._catalog  # noqa: SLF001 - the only list
        found += [text for key, text in rows.items() if key and isinstance(text, str)]
    locale = Locale.parse(name)
    found += [*locale.territories.values(), *locale.languages.values()]
    found += [*locale.currencies.values(), *locale.months["format"]["wide"].values()]
    found += locale.days["format"]["wide"].values()
    return [_MARKS.sub("", text) for text in found]


def row_of(language):
    """Write which letters follow which, by how seldom: "aXY/Z"."""
    texts = [t for name in TOGETHER.get(language, (language,)) for t in texts_of(name)]
    words, times = RARE.get(language, ("", 0))
    texts = [t.translate(OLD_LETTERS.get(language, {})) for t in texts]
    texts += words.split() * times
    folded = [letters.GAPS.sub("_", f" {text.lower()} ") for text in texts]
    seen = Counter("".join(folded))
    least = max(2, seen.total() * 2e-5)
    kept = {
        letter
        for letter, number in seen.items()
        if number >= least and not (language in OWN_SCRIPT and "a" <= letter <= "z")
    }
    pairs = Counter(
        pair
        for text in folded
        for pair in pairwise(text)
        if pair != ("_", "_") and kept.issuperset(pair)
    )
    first, second = Counter(), Counter()
    for (one, other), number in pairs.items():
        first[one] += number
        second[other] += number
    share = {letter: number / second.total() for letter, number in second.items()}
    return " ".join(
        one + _levels({o: _cost(pairs, first, share, one, o) for o in second})
        for one in sorted(first)
    )


def _cost(pairs, first, share, one, other):
    known = pairs[one, other] + _SMOOTH * share[other]
    return max(1, round(-math.log(known / (first[one] + _SMOOTH))))


def _levels(costs, lowest=1):
    groups = defaultdict(list)
    for letter, cost in costs.items():
        groups[cost].append(letter)
    steps = range(lowest, lowest + _LEVELS)
    return "/".join("".join(sorted(groups[step])) for step in steps)


def row_of_signs(language):
    """Write how seldom each sign of a language of syllables comes."""
    signs = re.findall(
        "[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]", "".join(texts_of(language))
    )
    seen = Counter(signs).most_common(_MOST_SIGNS)
    return _levels(
        {s: max(3, round(-math.log(n / len(signs)))) for s, n in seen if n > 1}, 3
    )


def main():
    """Write the file beside the module that reads it."""
    rows = {name: row_of(name) for name in OF_LETTERS}
    rows |= {name.replace("_", "-"): row_of_signs(name) for name in OF_SIGNS}
    place = Path(letters.__file__).with_name("letters.json")
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
