"""Say how a language is written: its locale, name, direction, script and digits.

Decides which languages are known: those that CLDR has a name for. One that it knows
nothing else of is written as English would be.

Source: BCP 47; Unicode CLDR likely subtags and numbering systems.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_NO_LANGUAGE = frozenset({"mis", "mul", "root", "und", "zxx"})  # but codes of CLDR
_ZEROS = {"arab": 0x0660, "arabext": 0x06F0, "deva": 0x0966, "beng": 0x09E6}


@lru_cache(maxsize=256)
def is_known(language: str) -> bool:
    """Tell whether CLDR names the language of a tag, and its script if it has one."""
    primary, *rest = language.split("-")
    names = Locale("en")
    scripts = [part.title() for part in rest if len(part) == 4]  # noqa: PLR2004  a script
    known = primary in names.languages and primary not in _NO_LANGUAGE
    return known and all(script in names.scripts for script in scripts)


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Find the CLDR locale of a BCP 47 tag, or of its first subtag, or English."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


@lru_cache(maxsize=256)
def own_name(language: str) -> str:
    """Name a language in itself, or give its tag where CLDR has no name."""
    locale = locale_of(language)
    known = language.partition("-")[0] == locale.language
    return str(locale.languages.get(locale.language, language)) if known else language


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Say ltr or rtl."""
    return "rtl" if script(language) in {"Arab", "Hebr", "Thaa", "Syrc"} else "ltr"


@lru_cache(maxsize=256)
def script(language: str) -> str:
    """Find the ISO 15924 code of the script a language is written in."""
    subtags = language.split("-")
    for subtag in subtags[1:]:
        if len(subtag) == 4:  # noqa: PLR2004  a script is the only subtag of four letters
            return subtag.title()
    likely: str = get_global("likely_subtags").get(subtags[0], "en_Latn_US")
    return likely.split("_")[1]


def own_digits(text: str, language: str) -> str:
    """Replace 0 to 9 by the digits the language is written with."""
    zero = _ZEROS.get(locale_of(language).default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + i: zero + i for i in range(10)})
