"""Read who is named for the copy: bylines, contributors, agencies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tamizdat.wire.agencies import BARE, BENT, NAMES
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain, unquoted
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

_CREDIT_WORDS = 30  # a credit line that names everybody is no longer
_NAME_WORDS = 6
_BYLINE_WORDS = 16
_SAID = {plain(name) for name in NAMES}
_BARE = {plain(name) for name in BARE}
_LONGEST = sorted(map(re.escape, NAMES - BARE), key=len, reverse=True)
_ANY_AGENCY = re.compile(rf"(?<!\w)(?:{'|'.join(_LONGEST)})(?!\w)")
_AROUND = "()[] .,;:"


def _any(expressions: Iterable[str]) -> str:
    return "|".join(f"(?:{expression})" for expression in expressions)


_LEAD = re.compile(rf"(?:{_any(e for words in LANGUAGES for e in words.credit)})")
_BYLINE = re.compile(
    rf"(?:{_any(e for words in LANGUAGES for e in words.byline)})(?!\w)\s*"
)
_NOUNS = _any(e for words in LANGUAGES for e in words.agency_nouns)
_NOUN_FIRST = re.compile(rf"^(?:(?:{_NOUNS})\s+)+")
_NOUN_LAST = re.compile(rf"(?:\s+(?:{_NOUNS}))+$|^(?:{_NOUNS})$")
_JOINTS = re.compile(
    rf"{_any(e for words in LANGUAGES for e in words.joints)}|\s*[,،;؛]\s*"
)
_TITLE = re.compile(
    rf"\b(?:{_any(re.escape(t) for words in LANGUAGES for t in words.titles)})"
)
_ROLES = tuple(
    (role, re.compile(rf"(?:{expression})(?!\w)[:\s]*"))
    for words in LANGUAGES
    for role, expression in words.contributors.items()
)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Hold the line that credits agencies, and their names in its order."""

    text: str
    agencies: tuple[str, ...]


def read_credit(line: Line) -> CreditLine | None:
    """Read a credit line; a sentence that only begins like one yields None."""
    if line.words > _CREDIT_WORDS:
        return None
    spelled = plain(line.text)
    lead = _LEAD.match(spelled)
    start = lead.end() if lead else 0
    names = _names(line.text[start:])
    known = [name for name in names if _is_agency(name)]
    if not names or any(len(name.split()) > _NAME_WORDS for name in names):
        return None
    if lead is None and len(known) < len(names):
        return None
    if line.ended and not all(_is_agency(name) or _is_name(name) for name in names):
        return None
    return CreditLine(line.text, tuple(names))


def read_credit_by_place(line: Line) -> CreditLine | None:
    """Read the last line of a body as a credit line in unknown words.

    It is one if it is short, does not end as a sentence and names an agency.
    """
    if line.words > _NAME_WORDS * 2 or line.ended:
        return None
    found = [match[0] for match in _ANY_AGENCY.finditer(line.text)]
    if not found:
        return None
    return CreditLine(line.text, tuple(dict.fromkeys(found)))


def _is_name(text: str) -> bool:
    """Tell a name by its capital; a sentence goes on in small letters."""
    first = text[:1]
    return first != first.lower() and len(text.split()) < _NAME_WORDS // 2 + 1


def _is_agency(name: str) -> bool:
    return plain(name) in _SAID


def _names(text: str) -> list[str]:
    parts = _split(text)
    return list(dict.fromkeys(name for part in parts if (name := _agency(part))))


def _split(text: str) -> list[str]:
    spans, last = [], 0
    for joint in _JOINTS.finditer(plain(text)):
        spans.append(text[last : joint.start()])
        last = joint.end()
    return [span.strip(_AROUND) for span in (*spans, text[last:])]


def _agency(part: str) -> str:
    spelled = plain(part)
    first = _NOUN_FIRST.match(spelled)
    bare = part[first.end() :] if first else part
    last = _NOUN_LAST.search(plain(bare))
    bare = bare[: last.start()] if last else bare
    if plain(bare) in _BARE:
        return part
    name = unquoted(bare).strip(_AROUND)
    return BENT.get(plain(name), name)


def read_byline(line: Line) -> tuple[Credited, ...]:
    """Read "By X and Y, editor"; empty where the line is no byline."""
    lead = _BYLINE.match(plain(line.text))
    if lead is None or line.words > _BYLINE_WORDS or line.ended:
        return ()
    return _people(line.text[lead.end() :], role=None)


def read_contributors(line: Line) -> tuple[Credited, ...]:
    """Read "(Reporting by X; editing by Y)"; empty where it is none."""
    people: list[Credited] = []
    if line.words > _CREDIT_WORDS:
        return ()
    for part in _parts_of_roles(line.text.strip("()[] ")):
        spelled = plain(part)
        found = [(role, lead) for role, form in _ROLES if (lead := form.match(spelled))]
        if not found:
            return ()
        role, lead = found[0]
        people += _people(part[lead.end() :].strip(_AROUND), role=role)
    return tuple(people)


def _parts_of_roles(text: str) -> list[str]:
    """Part "Reporting by X; editing by Y", whatever stands between the roles."""
    parts: list[str] = []
    for one in re.split(r"(?:(?<=\w{3})\.|;)\s+", text):
        start = 0
        # "Reporting by A B Editing by C D": nothing parts them but the capital.
        for joint in re.finditer(r",\s+(?:and\s+)?|\s+(?=[^\W\d_a-z])", one):
            if any(form.match(plain(one[joint.end() :])) for _, form in _ROLES):
                parts.append(one[start : joint.start()])
                start = joint.end()
        parts.append(one[start:])
    return parts


def _people(text: str, role: str | None) -> tuple[Credited, ...]:
    people: list[Credited] = []
    for part in _split(text):
        if not part:
            continue
        if people and _TITLE.search(plain(part)):
            people[-1] = Credited(people[-1].name, role, part)
        elif len(part.split()) <= _NAME_WORDS:
            people.append(Credited(part, role))
    return tuple(people)
