"""Read who wrote copy: from lines of the markup, at the top and at the end."""

import re

from tamizdat.wire.draft.contributors import contributors_in
from tamizdat.wire.draft.credit import agencies_in, is_agency
from tamizdat.wire.draft.dateline import dateline_in
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import BY
from tamizdat.wire.draft.habits_places import is_like_place
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.people import (
    each_once,
    has_by,
    is_login,
    is_person,
    is_subtitle,
    is_title,
    may_be_login,
    people_of,
    read_bylines,
    without_by,
)
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.spelling import plain, sound
from tamizdat.wire.receipt import ReceiptWriter

TOP = 4  # passages among which a byline or the headline may stand again
_TITLE_WORDS = 5
_NAMED_WORDS = 8  # of a name with its title
# "Le Journal avec AFP": the agency helped.
_SHARED = re.compile(
    r"(?P<who>.{3,80}?),? (?:with|avec|mit|con|com|med) (?:the )?(?P<agency>.{2,30})",
    re.IGNORECASE,
)
# "A B, dpa", "A B / STT", "A B (PAP)".
_WITH_AGENCY = re.compile(
    r"(?P<name>[^,/()]{4,60}?)(?:, ?| ?/ ?| \()(?P<agency>[^,/()]{2,40})\)?"
)


def take_subtitle(draft: Draft) -> str | None:
    """Take out of the bylines what is none: an agency, a sentence."""
    found = None
    for line in list(draft.bylines):
        named = without_by(unescaped(line))
        if is_agency(named):
            draft.bylines.remove(line)
            draft.credits += [] if draft.credits else [named]
        elif (shared := _SHARED.fullmatch(named)) and is_agency(shared["agency"]):
            draft.bylines[draft.bylines.index(line)] = shared["who"]
            draft.credits += [] if draft.credits else [shared["agency"]]
        elif is_subtitle(unescaped(line)):
            draft.bylines.remove(line)
            found = found or unescaped(line)
    return found


def take_bylines(
    draft: Draft, passages: list[Passage], receipt: ReceiptWriter
) -> tuple[list[str], list[Passage]]:
    """Take "By X" off the top, and a known byline that stands there again."""
    known = {sound(without_by(unescaped(line))) for line in draft.bylines}
    known |= {sound(one.name) for one in draft.byline}
    lines, rest = list[str](), list[Passage]()
    signed = len(passages)  # from here on each is a known byline
    while signed > 1 and _is_known(passages[signed - 1].block.text or "", known):
        signed -= 1
    for place, part in enumerate(passages):
        text = part.block.text or ""
        last = place == len(passages) - 1 > 0
        alone = part.block.kind in {"paragraph", "subhead"}
        alone = alone and (place < TOP or last or place >= signed)
        if alone and text and _is_known(text, known):
            receipt.drop(part.line, text, "the byline again")
        elif alone and _names_login(text):
            receipt.drop(part.line, None, "login or initials of staff in the byline")
        elif alone and _is_byline(text, passages[place + 1 :], last=last):
            lines.append(text)
        elif alone and lines and not rest and _is_title_line(text):
            lines[-1] = f"{without_by(lines[-1])}, {text}"
        else:
            rest.append(part)
    return lines, rest


def _names_login(text: str) -> bool:
    """Tell "By jdoe" in a line of its own."""
    lead, named = BY.match(plain(text)), without_by(text)
    return lead is not None and " " not in named and is_login(named)


def _is_title_line(text: str) -> bool:
    """Tell the line below a byline that says what its people are, or whose."""
    few = 0 < len(text.split()) <= _TITLE_WORDS and text[-1:].isalpha()
    return few and (is_title(text) or is_agency(text))


def _is_known(text: str, known: set[str]) -> bool:
    """Tell a byline that was read before, alone or beside its agency: "STT / A B"."""
    first, _, others = text.partition(" ")
    if is_agency(first) and sound(others) in known:
        return True
    parts = [part.strip() for part in without_by(text).split("/")]
    people = [part for part in parts if not is_agency(part)]
    return sound(without_by(text)) in known or (
        bool(people) and all(sound(part) in known for part in people)
    )


def _is_byline(text: str, below: list[Passage], *, last: bool) -> bool:
    """Tell "By X", or a bare name above a dateline or in the line of contributors.

    Below the text, too: "Por X". The only passage of copy is never one.
    """
    if has_by(text) and last:
        if len(contributors_in(text)) > 1:
            return False
        people = [] if text.startswith("(") else people_of(without_by(text))
        return bool(people) and all(" " in one.name for one in people)
    if has_by(text):
        return bool(below)
    if last or not below or not _are_persons(text):
        return False
    beneath = dateline_in(below[0].block.text or "") is not None
    return (
        beneath
        or _is_of_agency(text)
        or any(p.text.startswith("(") and text in p.text for p in below)
    )


def _is_of_agency(text: str) -> bool:
    """Tell "A B, dpa" above copy from the place of a dateline: "New Delhi, PTI"."""
    found = _WITH_AGENCY.fullmatch(text)
    if found is None or not is_agency(found["agency"]):
        return False
    person = is_person(found["name"], said=False)
    return person and not is_like_place(plain(found["name"]))


def _are_persons(text: str) -> bool:
    """Tell a name, or one with a title or an agency behind it: "A B, Agency"."""
    few = len(text.split()) <= _NAMED_WORDS and not text.endswith(".")
    people = people_of(text) if few else []
    titled = len(people) == 1 and people[0].title is not None
    whole = titled and is_person(people[0].name, said=False)
    return whole or is_person(text, said=False)


def authors_of(
    draft: Draft, lines: list[str], receipt: ReceiptWriter
) -> tuple[Credited, ...]:
    """List who wrote a draft, each once and in order; logins of staff never.

    Args:
        draft: with the bylines of its markup.
        lines: bylines that stood in the text.
        receipt: is told, without names, of what was no author.
    """
    for line in [*draft.bylines, *(one.name for one in draft.byline)]:
        if is_login(without_by(line)):
            receipt.drop(1, None, "login or initials of staff in the byline")
    given = [one for one in draft.byline if not is_login(one.name)]
    people = each_once([*given, *read_bylines([*draft.bylines, *lines])])
    house = sound(draft.provider or "")
    doubtful = [
        one for one in people if may_be_login(one.name) and sound(one.name) != house
    ]
    for _ in doubtful:
        receipt.drop(1, None, "one word in capitals in the byline: perhaps a login")
    named = [one for one in people if one not in doubtful]
    # An agency that stands among people is whose they are, not one of them.
    own = _own_names(draft)
    houses = [one for one in named if is_agency(one.name) or sound(one.name) in own]
    persons = tuple(one for one in named if one not in houses)
    agencies = [one for one in houses if is_agency(one.name)]
    if not draft.credits:
        draft.credits += [one.name for one in (houses if persons else agencies)]
    return persons or tuple(one for one in named if one not in agencies)


def untitled(draft: Draft, people: tuple[Credited, ...]) -> tuple[Credited, ...]:
    """Take off titles that only name an agency, or the sender: see `houses_of`."""
    own = _own_names(draft)
    return tuple(
        Credited(one.name, one.role)
        if one.title and (is_agency(one.title) or sound(one.title) in own)
        else one
        for one in people
    )


def _own_names(draft: Draft) -> set[str]:
    """Name the sender and whom the copy is credited to, as `sound` spells them."""
    return {sound(one) for one in (draft.provider or "", *agencies_in(draft.credits))}


def houses_of(people: tuple[Credited, ...]) -> list[str]:
    """List whose the people are: agencies that stand as their titles."""
    return [one.title for one in people if one.title and is_agency(one.title)]
