"""Read which agencies a credit line names, and compare with what was used."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from tamizdat.newsroom.credits.agencies import every_agency, name_in
from tamizdat.newsroom.isolates import isolated

_SPACES = re.compile(r"[\s\u200b-\u200f]+")
_ENDING = r"\w{0,3}"  # that grammar may put to a name in letters other than Latin
_LONG = 5  # letters of a name that may bear one, or be written in any capitals
_INITIALS = re.compile(r"[^\W\d_a-z]{4}")  # initials, which bend in small letters


@dataclass(frozen=True)
class Found:
    """What is wrong with a credit line.

    Attributes:
        missing: ids of agencies whose work is used and not credited, in their order.
        spare: ids of those that are credited and of which nothing is used.
    """

    missing: tuple[str, ...]
    spare: tuple[str, ...]


def credited(line: str, also: Sequence[str] = ()) -> list[str]:
    """List the agencies that a line names, in its order, each once.

    Args:
        line: in any language.
        also: names the table does not know, to look for besides.
    """
    text = _spaced(line)
    names = _names() | {_read(_spaced(name)): name for name in also}
    ids = (_id(match[0], names) for match in _pattern(frozenset(names)).finditer(text))
    return list(dict.fromkeys(ids))


def compare(line: str, used: Sequence[str]) -> Found:
    """Compare a credit line with the agencies whose work is used, by id."""
    named = credited(line, used)
    return Found(
        missing=tuple(one for one in used if one not in named),
        spare=tuple(one for one in named if one not in used),
    )


def sentences(found: Found, language: str) -> Iterator[str]:
    """Say to editors what is wrong. `language`: in which agencies are named."""
    for one in found.missing:
        text = _("The work of %(agency)s is used and not credited.")
        yield text % {"agency": isolated(name_in(one, language))}
    for one in found.spare:
        text = _("%(agency)s is credited, and nothing of its work is on record here.")
        yield text % {"agency": isolated(name_in(one, language))}


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _names() -> dict[str, str]:
    return {
        _read(_spaced(name)): one.id
        for one in every_agency()
        for names in one.names.values()
        for name in names
    }


def _read(name: str) -> str:
    """Spell a name as it is looked up: short ones are told by their capitals."""
    return name if len(name) < _LONG else name.casefold()


@lru_cache(maxsize=16)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, longest))})(?!\w)")


def _form(name: str) -> str:
    escaped = re.escape(name)
    if len(name) >= _LONG:
        return f"(?i:{escaped}{'' if name.isascii() else _ENDING})"
    is_bent = _INITIALS.fullmatch(name) and name.isupper() and not name.isascii()
    return escaped + (r"(?:[^\W\d_A-ZЀ-Я]{1,2})?" if is_bent else "")


def _id(found: str, names: Mapping[str, str]) -> str:
    """Find whose name was found, perhaps bent, or in other capitals."""
    spelled = (_read(name) for name in _shortened(found))
    return names[next(name for name in spelled if name in names)]


def _shortened(text: str) -> Iterator[str]:
    for end in range(len(text), 0, -1):
        yield text[:end]
