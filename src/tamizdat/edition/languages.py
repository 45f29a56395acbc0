"""Say how a language is written: its locale, name, direction, script and digits.

Decides which languages are known: those that have a file of words, and those that CLDR
has a name for. One that CLDR knows nothing else of is written as English would be.

Source: BCP 47; ISO 3166; Unicode CLDR likely subtags and numbering systems.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.lists import format_list
from babel.localedata import locale_identifiers

from tamizdat.edition.headings import Heading, find, is_own, script_subtag

_NO_LANGUAGE = frozenset({"mis", "mul", "root", "und", "zxx"})  # but codes of CLDR
_ZEROS = {"arab": 0x0660, "arabext": 0x06F0, "deva": 0x0966, "beng": 0x09E6}
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"})
_DOTTED = frozenset({"az", "crh", "gag", "tr"})  # whose capital i keeps its dot
_URDU_DIGITS = frozenset({"ks", "pa", "sd", "skr", "ur"})  # 4, 6, 7 unlike Persian
_NO_COUNTRY = frozenset(  # codes of CLDR that are none of ISO 3166-1
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
_TERRITORY = re.compile(r"([A-Z]{2})(-[A-Z0-9]{1,3})?")  # ISO 3166-1, 3166-2


@lru_cache(maxsize=256)
def is_known(language: str) -> bool:
    """Tell whether a tag has a file or a name in CLDR, and its script if it has one."""
    primary, *rest = language.split("-")
    names = Locale("en")
    scripts = [part.title() for part in rest if len(part) == 4]  # noqa: PLR2004  a script
    known = primary in names.languages and primary not in _NO_LANGUAGE
    known = known or find(language) is not None
    return known and all(script in names.scripts for script in scripts)


def _own(language: str) -> Heading | None:
    """Find the file for this very tag."""
    return find(language) if is_own(language) else None


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Find the CLDR locale of a BCP 47 tag, or of its first subtag, or English."""
    own, nearest = _own(language), find(language)
    tried = (
        own.locale if own else "",
        language,
        nearest.locale if nearest else "",
        language.partition("-")[0],
    )
    for tag in filter(None, tried):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


@lru_cache(maxsize=256)
def own_name(language: str) -> str:
    """Name a language in itself, or give its tag where nobody has a name for it."""
    if own := _own(language):
        return own.name
    locale = locale_of(language)
    known = language.partition("-")[0] == locale.language
    return str(locale.languages.get(locale.language, language)) if known else language


@lru_cache(maxsize=256)
def english_name(language: str) -> str:
    """Name a language in English, or give its tag where nobody has a name for it."""
    if own := _own(language):
        return own.english
    names = Locale("en").languages
    primary = language.partition("-")[0]
    return str(names.get(language.replace("-", "_")) or names.get(primary, language))


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Say ltr or rtl."""
    own = _own(language)
    if own is not None:
        return own.direction
    return "rtl" if script(language) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def script(language: str) -> str:
    """Find the ISO 15924 code of the script a language is written in."""
    if own := _own(language):
        return own.script
    if named := script_subtag(language):
        return named
    if near := find(language):
        return near.script
    primary = language.partition("-")[0]
    likely: str = get_global("likely_subtags").get(primary, "en_Latn_US")
    return likely.split("_")[1]


@lru_cache(maxsize=256)
def scripts(language: str) -> frozenset[str]:
    """List the ISO 15924 codes of all scripts that a language is written in.

    A tag that names one is in that alone.
    """
    others = (
        ()
        if script_subtag(language)
        else _written().get(language.partition("-")[0], ())
    )
    return frozenset({script(language), *others})


@cache
def _written() -> Mapping[str, set[str]]:
    """List by language the scripts in which CLDR has data of it."""
    found: dict[str, set[str]] = {}
    for name in locale_identifiers():
        language, _, rest = name.partition("_")
        if script_subtag(f"{language}-{rest}") == rest:
            found.setdefault(language, set()).add(rest)
    return found


def own_digits(text: str, language: str) -> str:
    """Replace 0 to 9 by the digits the language is written with."""
    zero = _ZEROS.get(locale_of(language).default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + i: zero + i for i in range(10)})


def has_persian_digits(language: str) -> bool:
    """Tell whether its digits are drawn as Persian ones: all of its script but Urdu."""
    primary = language.partition("-")[0]
    return script(language) == "Arab" and primary not in _URDU_DIGITS


def is_dotted(language: str) -> bool:
    """Tell whether I and i are letters of their own, as in Turkish."""
    return language.partition("-")[0] in _DOTTED


def headed(text: str, language: str) -> str:
    """Begin a line with the letter that a heading begins with.

    That is the title case: a capital but in Georgian, whose Mtavruli begins no line.

    Source: The Unicode Standard, SpecialCasing.txt (i of Turkish and Azerbaijani; the
    Latin letters of Crimean Tatar and Gagauz are those) and 7.7, Georgian.
    """
    first = text[:1]
    dotted = first == "i" and is_dotted(language)
    return ("İ" if dotted else first.title()) + text[1:]


def listed(names: Sequence[str], language: str) -> str:
    """Write names in a line, as "A, B and C" in their language."""
    near = find(language)
    if near is None or not near.list or len(names) < 2:  # noqa: PLR2004  a list has two
        return format_list(names, locale=locale_of(language))
    *first, last = names
    return near.list.replace("{0}", ", ".join(first)).replace("{1}", last)


def territory_name(territory: str, language: str) -> str:
    """Name a territory in a language; a part of a country by its code behind it."""
    country, _, part = territory.partition("-")
    names = locale_of(language).territories
    name = str(names.get(country) or Locale("en").territories.get(country, country))
    return f"{name} ({territory})" if part else name


@lru_cache(maxsize=256)
def country_of(territory: str) -> str | None:
    """Find the ISO 3166-1 code in a code of ISO 3166-1 or 3166-2; None if it is none.

    XK, which ISO leaves to its users, is Kosovo. Of ISO 3166-2 the form is checked.
    """
    match = _TERRITORY.fullmatch(territory)
    if match is None or match[1] in _NO_COUNTRY:
        return None
    return match[1] if match[1] in Locale("en").territories else None
