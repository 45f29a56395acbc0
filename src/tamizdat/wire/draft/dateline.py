"""Read datelines: place, date, agency, in the forms of many agencies.

"MOSCOW, Monday (Reuters)", "Berlin (dpa) -", "Madrid, 2 ene (EFE).-",
"(ANSA) - ROMA, 02 GEN -", "MOSKVA, 2 yanvarya. /TASS/.", "PARIS (AP) _". Only the
first paragraph has one; what only looks like one stays text.
"""

import re
from dataclasses import dataclass

from tamizdat.wire.draft.calendar import DAY, read_day
from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.items import Dateline
from tamizdat.wire.parsers.saved_text.spelling import plain, trimmed

_AGENCY = r"[(/\[](?P<agency>[^()/\[\]]{2,50}(?:/[^()/\[\]]{2,30})?)[)/\]]"
_DASH = r"[.:]?\s*(?:--+|-|=)(?=\s|\S)"
# A full stop stands in a place only behind one letter or "St": "Washington, D.C.".
_PLACE = (
    r"(?P<place>(?:[^\d().;:!?\"\[\]]|(?<=\b[^\W\d_])\.|(?<=\bst)\.){2,60}?"
    r"(?:\.(?=,| ?\())?)"
)
_DATE = rf"(?P<date>{DAY})"
_FORMS = (
    # MOSCOW, Monday (Reuters) - / Madrid, 2 ene (EFE).- / PARIS (AP) -
    re.compile(
        rf"{_PLACE}(?:[.,،]? {_DATE})?[.,]? ?{_AGENCY}\s*"
        rf"(?:{_DASH}|[.:,](?=\s|$)|$|(?=\s))"
    ),
    # (ANSA) - ROMA, 02 GEN -
    re.compile(rf"{_AGENCY}\s*-+\s*{_PLACE}(?:[.,،]? {_DATE})?\s*-+\s"),
    # 02.01. Warszawa (PAP) - / 2 studzenia, Minsk /Kar. BELTA/.
    re.compile(rf"{_DATE}[.,]? ?{_PLACE} ?{_AGENCY}\s*(?:-+|\.)\s"),
    # TOKYO, Jan. 2 Kyodo - / Kyiv. January 2. INTERFAX-UKRAINE -
    re.compile(rf"{_PLACE}[.,،] {_DATE}[.,]? (?P<agency>[\w.-]{{2,24}})\s+-+\s"),
    # LONDON, Jan. 2 -
    re.compile(rf"{_PLACE}[.,،] {_DATE}\s*[.:]?\s*(?:-+|\u2014)\s?(?=\S)"),
    # LONDON -- / HILLTOWN, Ont. - / LONDON: in capitals
    re.compile(
        r"(?P<place>[^\d().;:!?\"\[\],]{3,40}?(?:, [^\d().;:!?,]{2,20}?\.?)?)\s+-+\s"
    ),
)
# The agency stands between dashes or full stops: only names that are known count.
_NAMED = r"(?P<agency>[^\d.():;/-][^\d():;/]{0,26}?)"
_STRICT = (
    # MOSKVA, 2 yanv - RIA Novosti. / Kyiv. 2 sichnia. UKRINFORM. / Tehran- IRNA-
    re.compile(rf"{_PLACE}[.,،] {_DATE}\s*(?:-+|[.,])\s*{_NAMED}(?:\.(?=\s)|\s*-+\s)"),
    re.compile(rf"{_PLACE}(?:[.,]|\s*-+)\s+{_NAMED}\s*(?:\.(?=\s)|-+(?=\s))"),
)
# Copy in Chinese: agency, place, day and the sign for a telegram, without a space.
_WIDE = re.compile(
    "(?P<agency>[\u4e00-\u9fff]{1,4}社)(?P<place>[\u4e00-\u9fff]{2,12})"
    "(?P<date>\\d{1,2}月\\d{1,2}日)[电電](?=[^\\s])\\s*"
)
_WHOLE = re.compile(rf"{_PLACE}(?:[.,،]? {_DATE})?[.,]?(?: ?{_AGENCY})?\s*[-.:,]*")
_SHORTENED = re.compile(r", [A-Z][a-z]{1,4}$")  # "VALLEY, Kan."
_LONGEST = 240  # characters within which a dateline ends
_AGENCY_WORDS = 3
_PLACE_WORDS = 7
_LEAST_TEXT = 2  # words behind a dateline
_CAPITALS = 2  # letters; shorter capitals are initials


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a dateline, the agency in it, and where the text goes on."""

    dateline: Dateline
    agency: str | None
    end: int


def dateline_in(text: str) -> Found | None:
    """Find the dateline that opens a paragraph."""
    wide = _WIDE.match(text)
    if wide is not None:
        return _found(text, wide)
    spelled = plain(text[:_LONGEST])
    for form in _STRICT:
        found = form.match(spelled)
        if found is not None and is_agency(found["agency"]):
            return _found(text, found) if _is_dateline(text, found) else None
    for form in _FORMS:
        found = form.match(spelled)
        if found is not None and _is_dateline(text, found):
            return _found(text, found)
    return None


def _is_new_agency(agency: str, whole: str) -> bool:
    """Tell an agency that no list has: a short name, and a dash behind it."""
    words = agency.split()
    capital = all(word[:1] != word[:1].lower() for word in words)
    loud = agency == agency.upper() != agency.lower()
    closed = whole.rstrip().endswith(("-", ".") if loud else "-")
    return capital and len(words) <= _AGENCY_WORDS and closed


def dateline_of(text: str) -> Found | None:
    """Read a text that is a dateline and nothing else."""
    found = _WHOLE.fullmatch(plain(text)) if len(text) <= _LONGEST else None
    return _found(text, found) if found else None


def _found(text: str, found: re.Match[str]) -> Found:
    parts = found.groupdict()
    place = trimmed(text[slice(*found.span("place"))]).strip(" ,/-\u2013\u2014")
    if _SHORTENED.search(place) and text[found.end("place") :].startswith("."):
        place += "."
    date = text[slice(*found.span("date"))] if parts.get("date") else None
    agency = text[slice(*found.span("agency"))] if parts.get("agency") else None
    return Found(Dateline(place, read_day(date)), agency, found.end())


def _is_dateline(text: str, found: re.Match[str]) -> bool:
    place = text[slice(*found.span("place"))].strip()
    parts = found.groupdict()
    if len(place.split()) > _PLACE_WORDS or place[:1] != place[:1].upper():
        return False
    if len(text[found.end() :].split()) < _LEAST_TEXT:
        return False
    if parts.get("agency"):
        agency = text[slice(*found.span("agency"))]
        if any(map(is_agency, re.split(r"[/,+ -]+", agency))) or is_agency(agency):
            return True
        return bool(parts.get("date")) or _is_new_agency(agency, found[0])
    if parts.get("date"):
        return True
    letters = [letter for letter in place if letter.isalpha()]
    cased = any(letter.upper() != letter.lower() for letter in letters)
    head = place.partition(",")[0]
    return cased and len(letters) > _CAPITALS and head.upper() == head
