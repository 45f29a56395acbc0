"""Name the languages that a passage of a text may be in.

Decides which are offered: those that have a file of words, those that CLDR has a name
for, and other scripts in which CLDR knows that they are written. Pure: no Django.

Source: BCP 47; Unicode CLDR; spec/story-document.md, "Other languages in a text".
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale

from tamizdat.edition.alphabets import sort_key
from tamizdat.edition.headings import find, is_own
from tamizdat.edition.headings import tags as with_words
from tamizdat.edition.languages import (
    english_name,
    headed,
    is_known,
    locale_of,
    own_name,
    script,
    scripts,
)
from tamizdat.wire.language import script_in

_SCRIPT = 4  # letters of a subtag
_LONGEST = 35  # characters of a tag that programs have room for
Named = tuple[str, str]  # a tag and its name


@cache
def tags() -> frozenset[str]:
    """List the tags of all languages that are offered."""
    names = (tag for tag in map(str, Locale("en").languages) if "_" not in tag)
    known = set(filter(is_known, names))
    otherwise = (
        f"{tag}-{other}" for tag in known for other in scripts(tag) - {script(tag)}
    )
    return frozenset({*with_words(), *known, *otherwise})


def nearest(tag: str, letters: str | None = None) -> str | None:
    """Find the language that is offered for a tag, whatever country it names.

    A tag whose script would be lost has none: its letters would run the wrong way. Nor
    has one that is longer than any that means something.

    Args:
        tag: BCP 47, in capitals or small letters.
        letters: those of its words, as `script_of` names them; one that the language
            is written in but not usually is named.

    Source: RFC 5646, section 4.4.1.
    """
    if len(tag) > _LONGEST:
        return None
    first, *rest = tag.replace("_", "-").split("-")
    parts = [first.lower(), *map(_as_written, rest)]
    if not is_known(parts[0]):
        return None
    whole = "-".join(parts)
    wanted = script(whole) if letters is None else script_in(whole, letters)
    shorter = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    for found in map(_as_filed, (*shorter, f"{parts[0]}-{wanted}")):
        if found in tags() and script(found) == wanted:
            return found
    return None


def _as_filed(tag: str) -> str:
    """Give the tag that the file of a language has, of which this is another name."""
    file = find(tag) if is_own(tag) else None
    return file.tag if file else tag


def _as_written(subtag: str) -> str:
    return subtag.title() if len(subtag) == _SCRIPT else subtag.upper()


@lru_cache(maxsize=4096)
def name_of(tag: str, reader: str) -> str:
    """Name a language as whoever reads a list of them looks for it.

    Args:
        tag: of the language.
        reader: tag of the language of that list.
    """
    names = locale_of(reader)
    known = names.languages.get(tag.replace("-", "_"))
    language, _, rest = tag.partition("-")
    if known is None and len(rest) == _SCRIPT and language in names.languages:
        known = f"{names.languages[language]} ({names.scripts.get(rest, rest)})"
    if known is None:
        own = own_name(tag)
        known = own if own != tag else english_name(tag)
    return headed(known, reader)


def offered(own: Iterable[str], reader: str) -> tuple[list[Named], list[Named]]:
    """List languages with their names: first some, then all others, each in order.

    Args:
        own: tags to begin with, in any order; what is no language is left out.
        reader: tag of the language in which they are named.
    """
    first = {near for tag in own if (near := nearest(tag))}
    return _named(first, reader), _named(tags() - first, reader)


def _named(some: Iterable[str], reader: str) -> list[Named]:
    named = ((tag, name_of(tag, reader)) for tag in some)
    return sorted(named, key=lambda one: (sort_key(one[1], reader), one[0]))
