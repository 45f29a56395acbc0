"""Read datelines: place, date, agency, in the forms of many agencies.

"MOSCOW, Monday (Reuters)", "Berlin (dpa) -", "Madrid, 2 ene (EFE).-",
"(ANSA) - ROMA, 02 GEN -", "MOSKVA, 2 yanvarya. /TASS/.", "PARIS (AP) _". Only the
first paragraph has one; what only looks like one stays text.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from tamizdat.wire.draft.calendar import DAY, read_day
from tamizdat.wire.draft.credit import are_agencies, is_agency
from tamizdat.wire.draft.habits import BY, CORRESPONDENT
from tamizdat.wire.draft.habits_places import CITIES, WIDE
from tamizdat.wire.draft.habits_version import (
    DESK_WORDS,
    FLASHES_OF_PLACE,
    NO_AGENCIES,
    NO_PLACE,
    OF_NEWS,
)
from tamizdat.wire.draft.people import is_person
from tamizdat.wire.items import Dateline
from tamizdat.wire.parsers.saved_text.spelling import begins_small, plain, trimmed

_AGENCY = r"[(/\[](?P<agency>[^()/\[\]]{2,50}(?:/[^()/\[\]]{2,30})?)[)/\]]"
_DASH = r"[.:]?\s*(?:--+|-|=)(?=\s|\S)"
# A full stop stands in a place only behind one letter or "St": "Washington, D.C.".
_PLACE = (
    r"(?P<place>(?:[^\d().;:!?\"\[\]]|(?<=\b[^\W\d_])\.|(?<=\bst)\.){2,60}?"
    r"(?:\.(?=,| ?\()| \([^()\d]{2,30}\)(?=,| [(/]))?)"
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
        r"(?P<place>[^\d().;:!?\"\[\],]{3,40}?"
        r"(?:, (?:(?:[a-z]\.){2,3}|[^\d().;:!?,]{2,20}?\.?))?)\s+-+\s"
    ),
)
# (XYZ) TALDORF, 3 March -: an agency that no list has counts beside a day and a dash.
_LEADING = re.compile(
    rf"[(/\[](?P<agency>[^\W\d_](?:[^\W\d_]|[.&-](?=[^\W\d_])){{1,11}})[)/\]]\s*"
    rf"{_PLACE}[.,،]? {_DATE}\s*[.:]?\s*-+\s(?=\S)"
)
# The agency stands between dashes, full stops or commas: only known names count.
_NAMED = r"(?P<agency>[^\W\d_](?:[\w-]|\.(?=\w)){1,24}(?: [\w-]{1,20}){0,3}?)"
_PERSON = r"(?:, (?P<person>[^\W\d_]+(?:[ -][^\W\d_]+){1,3}))?"
_STRICT = (
    # MOSKVA, 2 yanv - RIA Novosti. / Kyiv. 2 sichnia. UKRINFORM.
    re.compile(
        rf"{_PLACE}[.,،] {_DATE}\s*(?:-+|[.,])\s*{_NAMED}{_PERSON}"
        r"(?:[.:](?=\s|$)|\s*-+\s)"
    ),
    # Baku, January 2, AZERTAC
    re.compile(rf"{_PLACE}[.,،] {_DATE}[.,]\s*(?P<agency>[\w-]{{2,24}})(?=\s)"),
    # Tehran- IRNA- / Moskva. INTERFAX -
    re.compile(rf"{_PLACE}(?:[.,]|\s*-+)\s+{_NAMED}\s*(?:\.(?=\s)|-+(?=\s))"),
    # Damascus-SANA The council: nothing but a script without capitals goes on.
    re.compile(rf"{_PLACE}-(?P<agency>[\u0600-\u06ff]{{2,12}})\s+(?=[\u0600-\u06ff])"),
    # MADRID, 20 (EUROPA PRESS)
    re.compile(rf"{_PLACE}, (?P<date>\d{{1,2}})\.? {_AGENCY}\s*(?:-+|\.)?(?=\s)"),
    # STOCKHOLM/TT
    re.compile(rf"{_PLACE}/(?P<agency>[\w-]{{2,24}})\s*(?:[-:.]+(?=\s)|$)"),
)
# BAKU, Azerbaijan, January 2. The ...: a place in capitals, and a full stop.
_STOPPED = re.compile(rf"{_PLACE}[.,،] {_DATE}\.\s+(?=\S)")
# NEW DELHI: The council. What else stands so may be a speaker or a warning.
_OF_CITY = re.compile(r"(?P<place>[A-Z]{3,}(?: [A-Z]{4,})?): +(?=[^\W\d_a-z])")
_WHOLE = (
    # ANKARA / A B / AA: Anadolu
    re.compile(
        rf"{_PLACE} ?/ ?(?P<person>[^\W\d_]+(?:[ -][^\W\d_]+){{1,3}}) ?/ ?"
        r"(?P<agency>[\w-]{2,24})\s*[-.:,]*"
    ),
    re.compile(
        rf"{_PLACE}(?:[.,،]? {_DATE})?[.,]?(?: ?/ ?| ?[-,.] ?)(?P<agency>[\w-]{{2,24}})"
        r"\s*[-.:,]*"
    ),
    re.compile(rf"{_PLACE}, (?P<date>\d{{1,2}})\.? {_AGENCY}\s*[-.:,]*"),
    # Place, day and agency with nothing between them, as in Riyadh.
    re.compile(
        rf"{_PLACE}[.,،]? {_DATE}(?: م)?[.,،]? (?P<agency>[^\W\d_]{{2,12}})\s*-?"
    ),
    re.compile(rf"{_PLACE}(?:[.,،]? {_DATE})?[.,]?(?: ?{_AGENCY})?\s*[-.:,]*"),
)
_SHORTENED = re.compile(r", [A-Z][a-z]{1,4}$")  # "VALLEY, Kan."
# "HARRISBURG, Pa.", "HARRISBURG, PA. -": PA writes itself in capitals, and the text.
_STATE = re.compile(r"[A-Z][a-z]\b|[A-Z]{2}\.\s*[-\u2013\u2014(]")
_LONGEST = 240  # characters within which a dateline ends
_AGENCY_WORDS = 3
_PLACE_WORDS = 7
_LEAST_TEXT = 2  # words behind a dateline
_CAPITALS = 2  # letters; shorter capitals are initials
_SMALL_WORDS = 2  # of a place; with more of them it is a sentence
_BYLINE_WORDS = 3  # "By Ann Quill, Writer, LONDON"; shorter is De Bilt
_PARTICLE = 2  # letters; a shorter small word is one


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a dateline, the agency and the person in it, and where the text goes on."""

    dateline: Dateline
    agency: str | None
    end: int
    person: str | None = None


def dateline_in(text: str, own: Collection[str] = ()) -> Found | None:
    """Find the dateline that opens a paragraph.

    Args:
        text: of the paragraph.
        own: the sender and whom the copy is credited to, as `plain` spells them:
            agencies, be they in no list.
    """
    found = _opening(text, own)
    return found if found and found.dateline.place else None


def _opening(text: str, own: Collection[str]) -> Found | None:
    wide = next((w for form in WIDE if (w := form.match(text))), None)
    if wide is not None:
        return _found(text, wide)
    spelled = plain(text[:_LONGEST])
    for form in _STRICT:
        found = form.match(spelled)
        known = found and _are_known(_part(text, found, "agency"), own)
        if not found or not known or _STATE.match(text, found.start("agency")):
            continue
        if _goes_on(text, found):
            return _found(text, found) if _is_dateline(text, found) else None
    named = _OF_CITY.match(text)
    if named is not None and plain(named["place"]) in CITIES:
        return _found(text, named)
    leading = _LEADING.match(spelled)
    if leading is not None and _leads(text, leading):
        return _found(text, leading)
    for form in (*_FORMS, _STOPPED):
        found = form.match(spelled)
        loud = form is not _STOPPED or (found and _is_loud(text, found))
        if found is not None and loud and _is_dateline(text, found, own):
            return _found(text, found)
    return None


def _part(text: str, found: re.Match[str], name: str) -> str:
    """Give a part as it is printed; `found` matched its spelling."""
    return text[slice(*found.span(name))]


def _are_known(names: str, own: Collection[str]) -> bool:
    return plain(names).strip() in own or are_agencies(names)


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Tell whether a text begins behind a name that no mark closes."""
    behind = text[found.end() :].lstrip()[:1]
    closed = found[0].rstrip()[-1:] in ".-:"
    caseless = behind.isalpha() and behind.lower() == behind.upper()
    return closed or caseless or behind != behind.lower() or not behind.isalpha()


def _is_loud(text: str, found: re.Match[str]) -> bool:
    head = _part(text, found, "place").partition(",")[0].strip()
    return len(head) > _CAPITALS and head == head.upper() != head.lower()


def _leads(text: str, found: re.Match[str]) -> bool:
    """Tell an agency in brackets above a place and a day from a label of a desk."""
    agency = _part(text, found, "agency")
    label = plain(agency) in DESK_WORDS or NO_PLACE.fullmatch(plain(agency))
    named = is_agency(agency) or (not label and not begins_small(agency))
    return named and _is_dateline(text, found)


def _is_new_agency(text: str, found: re.Match[str]) -> bool:
    """Tell an agency that no list has: a short name, and a dash behind it.

    Behind other words than a place in capitals it may as well be somebody's party.
    """
    agency = _part(text, found, "agency")
    named = OF_NEWS.search(plain(agency)) or _is_loud(text, found)
    if not named or plain(agency) in NO_AGENCIES:
        return False
    words = agency.split()
    capital = all(word[:1] != word[:1].lower() for word in words)
    loud = agency == agency.upper() != agency.lower()
    closed = found[0].rstrip().endswith(("-", ".") if loud else "-")
    return capital and len(words) <= _AGENCY_WORDS and closed


def dateline_of(text: str) -> Found | None:
    """Read a text that is a dateline and nothing else."""
    spelled = plain(text) if len(text) <= _LONGEST else ""
    for form in _WHOLE:
        found = form.fullmatch(spelled)
        if found is None or not _is_place(_part(text, found, "place")):
            continue
        if form is _WHOLE[-1] or are_agencies(_part(text, found, "agency")):
            return _found(text, found)
    return None


def _found(text: str, found: re.Match[str]) -> Found:
    parts = found.groupdict()
    printed = FLASHES_OF_PLACE.sub("", _part(text, found, "place"), count=1)
    place = trimmed(printed).strip(" ,/-\u2013\u2014")
    # Arabic "in", Vietnamese "day", before the date.
    place = place.removesuffix(" \u0641\u064a").removesuffix(" ngày").rstrip(",")
    if _SHORTENED.search(place) and text[found.end("place") :].startswith("."):
        place += "."
    date = _part(text, found, "date") if parts.get("date") else None
    agency = _part(text, found, "agency") if parts.get("agency") else None
    agency = agency.strip() if agency else None
    person = _part(text, found, "person") if parts.get("person") else None
    agency, beside = _parted(agency)
    return Found(Dateline(place, read_day(date)), agency, found.end(), person or beside)


def _parted(agency: str | None) -> tuple[str | None, str | None]:
    """Part an agency from whose correspondent stands beside it: "Korr. TASS A B"."""
    if agency is None:
        return None, None
    title = CORRESPONDENT.match(plain(agency))
    rest = agency[title.end() :].strip() if title else agency
    words = rest.split()
    for number in range(1, len(words)):
        person = " ".join(words[number:])
        if is_agency(" ".join(words[:number])) and is_person(person, said=False):
            return " ".join(words[:number]), person
    for joint in (" - ", ", "):
        before, _, behind = rest.rpartition(joint)
        if is_agency(behind) and is_person(before.strip(), said=False):
            return behind, before.strip()
    return rest or None, None


def _is_place(text: str) -> bool:
    """Tell a place from a sentence: few words, and hardly a small one among them."""
    place = text.strip()
    words = place.split()
    if len(words) > _PLACE_WORDS or begins_small(place):
        return False
    if len(words) > _BYLINE_WORDS and BY.match(plain(place)):
        return False
    small = [w for w in words if begins_small(w) and len(w) > _PARTICLE]
    ended = place.endswith(".") and bool(small) and words[-1] == small[-1]
    return len(small) <= _SMALL_WORDS and not ended


def _is_dateline(text: str, found: re.Match[str], own: Collection[str] = ()) -> bool:
    place = _part(text, found, "place").strip()
    parts = found.groupdict()
    if not _is_place(place) or NO_PLACE.fullmatch(plain(place)):
        return False
    if len(text[found.end() :].split()) < _LEAST_TEXT:
        return False
    if parts.get("agency"):
        agency = _part(text, found, "agency")
        if any(map(is_agency, re.split(r"[/,+ -]+", agency))) or is_agency(agency):
            return True
        known = bool(parts.get("date")) or plain(agency).strip() in own
        return known or _is_new_agency(text, found)
    if parts.get("date"):
        return True
    letters = [letter for letter in place if letter.isalpha()]
    cased = any(letter.upper() != letter.lower() for letter in letters)
    head = place.partition(",")[0]
    return cased and len(letters) > _CAPITALS and head.upper() == head
