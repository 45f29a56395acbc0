"""Read a body from its end: contributors, sign-offs, rights; what is left is text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tamizdat.wire.draft.calendar import DAY
from tamizdat.wire.draft.contributors import contributed, contributors_in
from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.habits import FILES, IN_CAPITALS, INITIALS, SIGN_OFFS, SOURCE
from tamizdat.wire.draft.habits_agencies import SURE
from tamizdat.wire.draft.habits_ending import (
    PROMOTIONS,
    RIGHTS_BY_COUNTRY,
    SIGN_OFFS_BY_COUNTRY,
)
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.people import is_login, is_person, people_of
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.credits import read_credit
from tamizdat.wire.parsers.saved_text.labels import is_copyright
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.receipt import ReceiptWriter

_FEW_LETTERS = 3  # of an agency, and of initials
_MOST_LINES = 8  # of an ending
_RIGHTS_WORDS = 60
_CREDIT_WORDS = 6
_SIGNED_WORDS = 4
_MOST_INITIALS = 4  # letters
_INITIALLED = re.compile(
    r"(?:[-\u2013\u2014]*\s*[(/\[](?P<bracketed>[^()/\[\]]{2,24})[)/\]]"
    r"|(?P<agency>[^\W\d_]{2,10})\s)\s*(?P<rest>[^\s.!?][^.!?]{0,14})"
)
_PROMOTED_WORDS = 16
# "This report by The Canadian Press was first published ...".
_FIRST_PUBLISHED = re.compile(r"This (?:report|story|article) by (.{2,60}?) was first ")
_AROUND_NAME = re.compile(
    r"^(?:additional|with|further) (?:reporting|writing|editing) (?:by|from) "
    r"|(?<=\w) in (?-i:[A-Z])[\w .,'-]{1,60}$",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"{DAY}[ ,.]{{0,3}}(?:\d{{1,2}}[:.]\d{{2}})?\W*")
_OWN_LETTERS = 48
_OWN_JOINTS = re.compile(r"[\s/()\[\]|=*,.-]+")
_SMALL_INITIALS = 2
_INITIALS = re.compile(r"[^\W\d_]{1,4}|\d{1,4}(?::\d{2})*")
_STAMPED = re.compile(r"://|\bwww\.|\d{4}")  # "201432 Mrz 25": no credit has these
_ALONE = re.compile(
    r"(?<=[.!?\"\u201d\u00bb])\s*(?P<inside>\sPTI(?: [A-Z]{2,4}){1,6}"
    r"|\s(?:Читать далее|Читати далі|Read more|Weiterlesen|Lire la suite)[.\u2026]*"
    r"|\s(?:EFE|Efe|PAP|ČTK)\.?|-0-(?:\s?[^\W\d_]{1,4}(?:[/-][^\W\d_]{1,4}){0,4})?|\s?Enditem|\s?\./\."
    r"|\s\((?:Schluss|Forts\.?|folgt)\) [a-z]{2,4}(?:[/*+-][a-z]{2,5})*"
    r"|\s[A-Z]{2,3}(?:/[A-Z]{0,3}){1,3}|\sdpa(?: (?:[a-z]{2,4}|n\d)){2,8})$"
)
_BRACKETED = re.compile(
    r"(?:\s+(?P<inside>[(/\[][^()\[\]]{2,40}[)/\]]\.?)|(?P<wide>\uff08[^\uff09]{1,3}\uff09))$"
)


@dataclass(slots=True)
class Ending:
    """Hold what stood at the end, and the passages before it."""

    passages: list[Passage]
    contributors: list[Credited] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    rights: str | None = None
    bio: str | None = None
    signed: list[Credited] = field(default_factory=list)
    own: frozenset[str] = frozenset()


def take_ending(
    passages: list[Passage],
    taglines: list[str],
    receipt: ReceiptWriter,
    own: Iterable[str] = (),
) -> Ending:
    """Take off what signs the copy off.

    Args:
        passages: the body.
        taglines: lines that markup puts behind the body.
        receipt: gets what was dropped.
        own: names of the provider and of who is credited.
    """
    ending = Ending([], own=frozenset(map(plain, own)))
    for part in passages:
        helped = contributed(part.block.text) if part.block.text else None
        if helped is None:
            ending.passages.append(part)
        else:
            receipt.drop(part.line, None, "who helped: see contributors")
            ending.contributors += helped
    for line in taglines:
        _tagline(line, ending, receipt)
    for _ in range(_MOST_LINES):
        if not ending.passages or not _taken(ending.passages[-1], ending, receipt):
            break
        ending.passages.pop()
    _cut_sign_off(ending, receipt)
    return ending


def _taken(part: Passage, ending: Ending, receipt: ReceiptWriter) -> bool:
    text = part.block.text
    if text is None:
        return False
    people = contributors_in(text)
    if people:
        ending.contributors = [*map(_bare, people), *ending.contributors]
    elif _is_agencies(text) and not _is_initials(text, ending.own):
        ending.credits.append(SOURCE.sub("", text).strip(" -\u2013\u2014"))
        receipt.drop(part.line, text, "agency at the end: see credit")
    elif is_sign_off(text) or _is_stamp(text) or _is_own_stamp(text, ending.own):
        receipt.drop(part.line, text, "sign-off")
        ending.credits += [said[1]] if (said := _FIRST_PUBLISHED.match(text)) else []
    elif len(text.split()) <= _PROMOTED_WORDS and PROMOTIONS.fullmatch(plain(text)):
        receipt.drop(part.line, text, "promotion below the story")
    elif files := FILES.fullmatch(plain(text)):
        _files(text[slice(*files.span("who"))], ending)
        receipt.drop(part.line, text, "credit line: see credit")
    elif _is_rights(text):
        ending.rights = text
        receipt.drop(part.line, text, "copyright line: see rights")
    elif signed := _signed(text):
        ending.signed = ending.signed or signed
        receipt.drop(part.line, text, "who signs the copy: see byline")
    elif (credit := read_credit(_line(text))) is not None and text.startswith("("):
        ending.credits.append(credit.text)
    else:
        return False
    return True


def _signed(text: str) -> list[Credited]:
    """Read a name that signs copy: "A B (PAP)", or one in letters not Latin.

    In Latin letters a line such as "Read More" looks like a name, too.
    """
    if len(text.split()) > _SIGNED_WORDS or ":" in text:
        return []
    said = people_of(text)
    if len(said) != 1 or not is_person(said[0].name, said=False):
        return []
    agency = said[0].title is not None and is_agency(said[0].title)
    cyrillic = all("\u0400" <= one <= "\u04ff" for one in text if one.isalpha())
    if agency:
        return said
    return said if cyrillic else []


def _files(who: str, ending: Ending) -> None:
    """Tell whose files the copy has besides: people helped, others are credited."""
    people = [_bare(one) for one in people_of(who)]
    if people and all(is_person(one.name, said=False) for one in people):
        helped = [Credited(one.name, "reporting", one.title) for one in people]
        ending.contributors = [*helped, *ending.contributors]
    else:
        ending.credits.append(who)


def _is_rights(text: str) -> bool:
    """Tell a line that says whose the rights are."""
    if len(text.split()) > _RIGHTS_WORDS:
        return False
    return is_copyright(text) or RIGHTS_BY_COUNTRY.fullmatch(plain(text)) is not None


def _is_stamp(text: str) -> bool:
    """Tell an agency and when it sent the copy: "MTI 2026. március 4. 11:00"."""
    agency, _, stamp = text.partition(" ")
    return is_agency(agency) and _STAMP.fullmatch(plain(stamp)) is not None


def _is_own_stamp(text: str, own: frozenset[str]) -> bool:
    """Tell the item's own agency with initials, a date or an hour, and nothing else."""
    if len(text) > _OWN_LETTERS:
        return False
    words = [word for word in _OWN_JOINTS.split(text) if word]
    names = [word for word in words if plain(word) in own]
    rest = [word for word in words if plain(word) not in own]
    small = [word for word in rest if word.isalpha() and word != word.upper()]
    # Small initials count only where a slash or brackets show that it is a signature.
    signed = len(small) <= _SMALL_INITIALS and any(mark in text for mark in "/[(")
    return bool(names) and (signed or not small) and all(map(_INITIALS.fullmatch, rest))


def _is_agencies(text: str) -> bool:
    """Tell names of agencies alone: "(AFP)", "TT-Reuters", "Source: TASS"."""
    bare = text.strip("()[]/ .\u2013\u2014-")
    source = SOURCE.match(plain(bare))
    names = re.split(r"[/-]", bare[source.end() :] if source else bare)
    return is_agency(bare) or all(is_agency(name.strip()) for name in names)


def _is_initials(text: str, own: frozenset[str]) -> bool:
    """Tell three bare letters below copy of somebody else: hardly another agency."""
    bare = plain(text)
    known = bare in own or bare in SURE
    return bool(own) and len(bare) == _FEW_LETTERS and not known


def _bare(one: Credited) -> Credited:
    """Take "additional reporting by" and "in Place" off a name."""
    return Credited(_AROUND_NAME.sub("", one.name), one.role, one.title)


def _cut_sign_off(ending: Ending, receipt: ReceiptWriter) -> None:
    """Cut a sign-off in brackets off the end of the last paragraph."""
    part = ending.passages[-1] if ending.passages else None
    text = (part.block.text or "") if part else ""
    if part is not None and (alone := _ALONE.search(text)):
        receipt.drop(part.line, alone["inside"].strip(), "sign-off")
        part = ending.passages[-1] = part.with_text(text[: alone.start()])
    found = _BRACKETED.search(part.block.text or "") if part else None
    inside = (found["inside"] or found["wide"]) if found else ""
    if part is None or found is None or not is_sign_off(inside):
        return
    receipt.drop(part.line, inside, "sign-off")
    ending.credits += [inside.strip(" .")] if is_agency(inside) else []
    ending.passages[-1] = part.with_text((part.block.text or "")[: found.start()])


def is_sign_off(text: str) -> bool:
    """Tell initials of a desk, "ends" and their like."""
    bare = text.strip()
    if INITIALS.fullmatch(bare):
        return True
    spelled = plain(bare)
    listed = SIGN_OFFS.fullmatch(spelled) or SIGN_OFFS_BY_COUNTRY.fullmatch(spelled)
    if bare.strip(".") in IN_CAPITALS or listed is not None:
        return True
    return _is_agency_and_initials(bare)


def _is_agency_and_initials(text: str) -> bool:
    """Tell "epd lwd mig", "(AGI)Xyz", "--(Petra) a b": an agency, and who wrote."""
    found = _INITIALLED.fullmatch(text)
    if found is None or not is_agency(found["bracketed"] or found["agency"]):
        return False
    parts = re.split(r"[\s/.,*-]+", found["rest"].strip())
    small = found["bracketed"] is not None or found["rest"] == found["rest"].lower()
    return small and all(len(part) <= _MOST_INITIALS for part in parts)


def _tagline(text: str, ending: Ending, receipt: ReceiptWriter) -> None:
    text = text.strip("-\u2013\u2014 ")
    people = contributors_in(text) or contributed(text)
    if people:
        ending.contributors += people
    elif is_sign_off(text) or is_login(text):
        receipt.drop(1, text, "sign-off")
    elif "@" in text or is_person(text, said=False):
        receipt.drop(1, None, "who is to be asked about the copy")
    elif _STAMPED.search(text):
        receipt.drop(1, text, "sign-off")
    elif len(text.split()) <= _CREDIT_WORDS:
        ending.credits.append(text)
    else:
        ending.bio = text if ending.bio is None else f"{ending.bio}\n\n{text}"


def _line(text: str) -> Line:
    return Line(1, 0, re.sub(r"\s+", " ", text), bullet=False, apart=True)
