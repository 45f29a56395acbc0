# ruff: noqa: RUF001 - endings in letters that look like Latin ones
"""Name the form under which a word is looked up, where no stemmer knows its language.

A library finds a word as it was typed, and people type what stands in a dictionary:
«წიგნი», where the text has «წიგნებში». Decides which dictionary forms a word of a text
may have. It guesses: one that is no word is typed by nobody. Snowball's stemmers, which
libzim brings, know neither Georgian, Persian nor Kazakh.

Source: endings of nouns in H. Aronson, Georgian: A Reading Grammar; J. Mace, Persian
Grammar; R. Muhamedowa, Kazakh: A Comprehensive Grammar.
"""

from collections.abc import Iterator

_LETTERS = 3  # of what is left, at least
_LAYERS = 3  # endings that stand one behind another, at most

_PERSIAN = "هایشان هایمان هایتان هایم هایت هایش هایی ترین های ها تر ای ی"
_GEORGIAN = "ისთვის ისგან იდან ამდე თან ზე ში მა ის ით ად ებ ს ი ო"
_KAZAKH = (
    "лар лер дар дер тар тер ның нің дың дің тың тің дан ден тан тен нан нен"
    " мен бен пен сы сі ға ге қа ке да де та те ды ді ты ті ны ні на не ын ін ы і н"
)

# Endings of a language, the longest first, and what a dictionary has in their place.
_KNOWN = {
    "fa": (_PERSIAN, ("",)),
    "ka": (_GEORGIAN, ("", "ი", "ა", "ე")),
    "kk": (_KAZAKH, ("",)),
}


def looked_up(word: str, language: str) -> Iterator[str]:
    """Give forms under which a word may stand in a dictionary, none where not known.

    Args:
        word: of a text, in small letters.
        language: BCP 47 tag.
    """
    endings, instead = _KNOWN.get(language.split("-", maxsplit=1)[0], ("", ()))
    for _layer in range(_LAYERS):
        some = (e for e in endings.split() if word.endswith(e))
        ending = next((e for e in some if len(word) - len(e) >= _LETTERS), None)
        if ending is None:
            return
        word = word.removesuffix(ending)
        yield from (word + end for end in instead)
