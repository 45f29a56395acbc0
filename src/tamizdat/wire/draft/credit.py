"""Read whom copy is credited to: all of them, in their own script."""

import re

from tamizdat.wire.agencies import NAMES
from tamizdat.wire.draft.habits import AGENCIES
from tamizdat.wire.draft.text import unescaped
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
_HYPHEN = re.compile(r"\s*-\s*")


def credit_line(credits_: list[str]) -> str | None:
    """Write the credit line: what the copy has, each part once."""
    lines = {sound(text): text for line in reversed(credits_) if (text := _bare(line))}
    return ", ".join(reversed(lines.values())) or None


def _bare(line: str) -> str:
    """Take off brackets and slashes that stand round the whole."""
    text = unescaped(line)
    return text.strip(" .()/[]") if text[:1] in "(/[" else text


def agencies_in(credits_: list[str]) -> tuple[str, ...]:
    """List the names in credit lines, in their order."""
    names = [name for line in credits_ for name in _names(unescaped(line))]
    once = {plain(name): name for name in reversed(names)}
    return tuple(once[key] for key in dict.fromkeys(map(plain, names)))


def is_agency(name: str) -> bool:
    """Tell the name of a known agency."""
    return plain(name).strip(" .()/") in KNOWN


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
