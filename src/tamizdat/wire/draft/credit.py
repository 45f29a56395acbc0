"""Read whom copy is credited to: all of them, in their own script."""

import re

from tamizdat.wire.draft.habits import AGENCIES
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.parsers.saved_text.words.agencies import NAMES

_KNOWN = AGENCIES | {plain(name) for name in NAMES}
_JOINTS = re.compile(r"\s*(?:[/,;+&|]|\b(?:and|und|et|via|og|och)\b)\s*")
_HYPHEN = re.compile(r"\s*-\s*")


def credit_line(credits_: list[str]) -> str | None:
    """Write the credit line: what the copy has, each part once."""
    lines = dict.fromkeys(text for line in credits_ if (text := unescaped(line)))
    return ", ".join(lines) or None


def agencies_in(credits_: list[str]) -> tuple[str, ...]:
    """List the names in credit lines, in their order."""
    names = [name for line in credits_ for name in _names(unescaped(line))]
    return tuple(dict.fromkeys(names))


def is_agency(name: str) -> bool:
    """Tell the name of a known agency."""
    return plain(name).strip(" .()/") in _KNOWN


def _names(line: str) -> list[str]:
    if is_agency(line):
        return [line.strip(" .()/")]
    names = []
    for part in _JOINTS.split(line):
        hyphened = _HYPHEN.split(part)
        whole = len(hyphened) == 1 or not all(map(is_agency, hyphened))
        names += [part] if whole else hyphened
    return [name for part in names if (name := part.strip(" .()/"))]
