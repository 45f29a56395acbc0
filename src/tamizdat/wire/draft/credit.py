"""Read whom copy is credited to: all of them, in their own script."""

import re

from tamizdat.wire.agencies import NAMES
from tamizdat.wire.draft.habits_agencies import AGENCIES, IN_CAPITALS
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.houses import house_of
from tamizdat.wire.parsers.saved_text.spelling import plain, sound

# Names of agencies as `plain` spells them.
KNOWN = {plain(name) for name in AGENCIES | NAMES}
_JOINTS = re.compile(r"\s*(?:[/,;+&|]|\b(?:and|und|et|via|og|och)\b)\s*")
_LED = re.compile(
    r"\(?(?:with|mit|avec|con|med) [^\W\d]+(?: [^\W\d]+)? "
    r"(?:from|by|von|de|da|di|från|fra) "
    r"|(?:sources?|quelle|kilde|källa|fuente|fonte)\s*:\s*",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){1,3}")
# What a desk calls the service that a story came by.
_SERVICE = re.compile(
    r"\b(?:service de base|basisdienst|servizio di base|basic service)\b", re.IGNORECASE
)
# "BELGA PHOTO A B": whose picture it is, and who took it.
_PICTURED = re.compile(
    r"(?P<house>[^\W\d_]{2,12}) (?:photo|foto|picture|image|pool|video)s?\b.{0,60}",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"\s*-\s*")


def credit_line(credits_: list[str]) -> str | None:
    """Write the credit line: what the copy has, each part once.

    A part that names only agencies which another part names, too, is no other part.
    """
    lines = {sound(text): text for line in reversed(credits_) if (text := _bare(line))}
    parts = list(reversed(lines.values()))
    houses = [_houses(part) for part in parts]
    kept = [
        part
        for place, part in enumerate(parts)
        if not houses[place]
        or not any(
            houses[place] < other or (houses[place] == other and n < place)
            for n, other in enumerate(houses)
        )
    ]
    return ", ".join(kept) or None


def _houses(line: str) -> frozenset[str]:
    """List the houses of a line that names known agencies alone; else none."""
    names = _names(line)
    known = names and all(map(is_agency, names))
    return frozenset(house_of(plain(name)) for name in names if known)


def _bare(line: str) -> str:
    """Take off brackets and slashes that stand round the whole."""
    text = unescaped(line)
    return text.strip(" .()/[]") if text[:1] in "(/[" else text


def agencies_in(credits_: list[str]) -> tuple[str, ...]:
    """List the names in credit lines, in their order."""
    names = [name for line in credits_ for name in _agencies(unescaped(line))]
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(house_of(plain(name)), name)
    return tuple(once.values())


def _agencies(line: str) -> list[str]:
    """List the names of a line; where some are agencies, those who are people go."""
    pictured = _PICTURED.fullmatch(line.strip(" ()"))
    if pictured is not None and is_agency(pictured["house"]) and not is_agency(line):
        return [pictured["house"]]
    names = _names(_SERVICE.sub("", line))
    if "/" not in line or not any(map(is_agency, names)):
        return names
    return [name for name in names if is_agency(name) or not _PERSON.fullmatch(name)]


def is_agency(name: str) -> bool:
    """Tell the name of a known agency; what is a word, too, stands in capitals."""
    said = plain(name).strip(" .()/")
    return said in KNOWN and (said not in IN_CAPITALS or name == name.upper())


def are_agencies(names: str) -> bool:
    """Tell one or several names of known agencies: "TT-Reuters", "ANP/RTR"."""
    return is_agency(names) or all(map(is_agency, re.split(r"\s*[/-]\s*", names)))


def _names(line: str) -> list[str]:
    line = _LED.sub("", line)
    if is_agency(line):
        return [line.strip(" .()/")]
    names = []
    for part in _JOINTS.split(line):
        hyphened = _HYPHEN.split(part)
        whole = len(hyphened) == 1 or not all(map(is_agency, hyphened))
        names += [part] if whole else hyphened
    return [name for part in names if (name := part.strip(" .()/"))]
