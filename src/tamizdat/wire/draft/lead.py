"""Read the top of a body: what repeats the heading, the byline, the dateline."""

import re
from dataclasses import dataclass

from tamizdat.wire.draft.bylines import TOP, authors_of, take_bylines, take_subtitle
from tamizdat.wire.draft.calendar import DAY
from tamizdat.wire.draft.credit import agencies_in, is_agency
from tamizdat.wire.draft.dateline import Found, dateline_in, dateline_of
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import PLACE_ALONE
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.people import (
    read_bylines,
)
from tamizdat.wire.draft.text import typeset, unescaped
from tamizdat.wire.items import Credited, Dateline
from tamizdat.wire.parsers.saved_text.spelling import plain, sound, trimmed
from tamizdat.wire.receipt import ReceiptWriter

_ENDING_WORDS = 3
_TOP_LETTERS = 120  # within which an agency that opens a text ends
_LEAST_CUT = 50  # letters of an abstract that is the top of a paragraph
_DASH = re.compile(
    r"[.,:]?\s*(?:[\u2013\u2014]|--?|_)\s+(?=\S)|\.\s+(?=[^\W\d_a-z])"
)  # behind a place
_LOUD = re.compile(
    r"(?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){1,3})\s+[-\u2013]\s+(?=\S)"
)
_PLACE_ALONE = re.compile(r"[A-Z\u00c0-\u017d]{3,}(?:[ /-][A-Z\u00c0-\u017d]{2,}){0,3}")
_AGENCY = re.compile(
    rf"(?:{DAY} )?[(/\[](?P<agency>[^()/\[\]]{{2,30}})[)/\]]"
    r"\s*(?:[-=.:\u2013\u2014]+\s*|(?-i:(?=\s[^\W\d_a-z]))\s)(?=\S)",
    re.IGNORECASE,
)
# No en dash: with it, speech opens in the North.
_LED = re.compile(r"^\s*(?:-+|\u2014)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Lead:
    """Hold what stood above the text, and the text."""

    byline: tuple[Credited, ...]
    dateline: Dateline | None
    abstract: str | None
    passages: list[Passage]


def take_lead(
    draft: Draft,
    passages: list[Passage],
    headline: str | None,
    abstract: str | None,
    receipt: ReceiptWriter,
) -> Lead:
    """Take byline and dateline off the top of a body."""
    subtitle = take_subtitle(draft)
    # A first sentence that stands for a headline nobody wrote stays in the text.
    said = [*draft.headlines, headline or ""] if any(draft.headlines) else []
    passages = _without(passages, said, "the headline again", receipt)
    lines, passages = take_bylines(draft, passages, receipt)
    byline = authors_of(draft, lines, receipt)
    given = _given(draft, receipt)
    found, passages = _take_dateline(passages, given, draft)
    if found is not None:
        _credit(draft, found)
        byline = byline or read_bylines([found.person] if found.person else [])
        passages, byline = _behind(found, passages, byline)
    else:
        passages = _without_agency(draft, passages)
    dateline = _dated(found.dateline, given) if found else given
    others = draft.standfirsts
    standfirst = _standfirst([abstract or "", *others], subtitle, passages, receipt)
    return Lead(byline, dateline, standfirst, passages)


def _standfirst(
    abstracts: list[str],
    subtitle: str | None,
    passages: list[Passage],
    receipt: ReceiptWriter,
) -> str | None:
    """Read the first abstract, unless the text begins with the same words."""
    abstract, *others = abstracts
    said = typeset(unescaped(abstract))
    opened = dateline_in(said) if said else None
    said = said[opened.end :].strip() if opened else said
    if said and _repeats(said, passages):
        receipt.drop(1, said, "abstract that repeats the first paragraph")
        said = next((text for text in others if not _repeats(text, passages)), "")
    if subtitle:
        receipt.warn("a sentence stood in the byline: taken for the standfirst")
        return f"{subtitle}\n\n{said}" if said else subtitle
    return said or None


def _without(
    passages: list[Passage], said: list[str], why: str, receipt: ReceiptWriter
) -> list[Passage]:
    sounds = {sound(unescaped(text)) for text in said if text}
    again = [
        bool(part.block.text) and sound(part.block.text or "") in sounds
        for part in passages[:TOP]
    ] + [False] * len(passages[TOP:])
    if all(again):
        return passages
    for part, said_before in zip(passages, again, strict=True):
        if said_before:
            receipt.drop(part.line, part.text, why)
    return [part for part, twice in zip(passages, again, strict=True) if not twice]


def _take_dateline(
    passages: list[Passage], given: Dateline | None, draft: Draft
) -> tuple[Found | None, list[Passage]]:
    below, loud, own = False, _is_loud(draft), _own(draft)
    for place, part in enumerate(passages[:TOP]):
        text, kind = part.block.text, part.block.kind
        if not text or kind not in {"paragraph", "subhead"}:
            continue
        # Below the text "A B (PAP)" is who signs it.
        goes_on = any(_is_text(one) for one in passages[place + 1 :])
        alone = _alone(text, loud=loud) if goes_on else None
        named = alone and alone.agency and is_agency(alone.agency)
        if alone is not None and (not below or named or loud):
            return alone, [*passages[:place], *_without_dash(passages[place + 1 :])]
        if kind == "paragraph":
            found = dateline_in(text, own) or _again(text, given)
            named = found and found.agency and is_agency(found.agency)
            if found is None or (below and not named):
                below = True  # a standfirst may stand above: then only an agency counts
                continue
            rest = part.with_text(trimmed(text[found.end :]))
            return found, [*passages[:place], rest, *passages[place + 1 :]]
    return None, passages


def _own(draft: Draft) -> frozenset[str]:
    """Name the sender and whom the copy is credited to, in short ones."""
    said = [draft.provider or "", *agencies_in(draft.credits)]
    return frozenset(plain(name).strip() for name in said if name.strip())


def _is_text(part: Passage) -> bool:
    """Tell a passage from initials and other ends of copy."""
    return part.block.text is None or len(part.block.text.split()) > _ENDING_WORDS


def _without_agency(draft: Draft, passages: list[Passage]) -> list[Passage]:
    """Take an agency without a place off the first paragraph: "(BELGA) = "."""
    if not passages:
        return passages
    first, *others = passages
    found = _AGENCY.match((first.block.text or "")[:_TOP_LETTERS])
    if found is None or not is_agency(found["agency"]):
        return passages
    draft.credits += [] if draft.credits else [found["agency"]]
    return [first.with_text((first.block.text or "")[found.end() :]), *others]


def _without_dash(passages: list[Passage]) -> list[Passage]:
    """Take off the dash that stood between a dateline and the text below it."""
    first, *others = passages
    if first.block.text is None:
        return passages
    bare = _LED.sub("", first.block.text, count=1)
    return [first.with_text(bare) if bare else first, *others]


def _alone(text: str, *, loud: bool) -> Found | None:
    """Read a dateline that has a passage of its own: "STOCKHOLM/TT", "ANKARA"."""
    if loud and _PLACE_ALONE.fullmatch(text):
        return Found(Dateline(text, None), None, len(text))
    found = dateline_of(text)
    if found is None or found.agency is None:
        return None
    # One that no list has counts beside a day.
    return found if found.dateline.date or is_agency(found.agency) else None


def _is_loud(draft: Draft) -> bool:
    """Tell an agency that sets a place in capitals alone above the text."""
    said = [draft.provider or "", *agencies_in(draft.credits)]
    return any(plain(name).strip() in PLACE_ALONE for name in said)


def _behind(
    found: Found, passages: list[Passage], byline: tuple[Credited, ...]
) -> tuple[list[Passage], tuple[Credited, ...]]:
    """Take a name in capitals between dashes off the text: "ANKARA (AA) - A B - ".

    Only Anadolu writes so; with others capitals before a dash are the text's own.
    """
    if plain(found.agency or "").strip("() ") != "aa":
        return passages, byline
    for place, part in enumerate(passages[:TOP]):
        named = _LOUD.match(part.block.text or "")
        if named is not None and named["name"] == named["name"].upper():
            rest = part.with_text((part.block.text or "")[named.end() :])
            people = byline or read_bylines([named["name"]])
            return [*passages[:place], rest, *passages[place + 1 :]], people
    return passages, byline


def _again(text: str, given: Dateline | None) -> Found | None:
    """Find the place that the markup gives, with a dash behind it, at the top."""
    if given is None or not text.startswith(given.place):
        return None
    dash = _DASH.match(text, len(given.place))
    return Found(given, None, dash.end()) if dash else None


def _given(draft: Draft, receipt: ReceiptWriter) -> Dateline | None:
    """Read the dateline that the markup gives."""
    for text in draft.datelines:
        said = unescaped(text).rstrip(" _")
        found = dateline_of(said)
        if found is None:  # "Valley (XYZ) 24/11/26 11:00": when it was sent, behind it
            opened = dateline_in(said)
            found = opened if opened and opened.agency else None
        if found is not None:
            _credit(draft, found)
            return found.dateline
        if unescaped(text):
            receipt.warn(f"a dateline nobody can read: {unescaped(text)[:80]!r}")
    if draft.place:
        return Dateline(unescaped(draft.place), draft.date)
    return None


def _dated(dateline: Dateline, given: Dateline | None) -> Dateline:
    """Date the dateline of the text by the one of the markup, if it names the place."""
    if given is None or not given.date or sound(given.place) != sound(dateline.place):
        return dateline
    return given if dateline.date is None or given.date[:2].isdigit() else dateline


def _credit(draft: Draft, found: Found) -> None:
    """Credit the agencies of a dateline, which may name more than the envelope."""
    if found.agency is None:
        return
    more, known = agencies_in([found.agency]), agencies_in(draft.credits)
    if set(map(plain, known)) <= set(map(plain, more)) and len(more) > len(known):
        draft.credits[:] = [found.agency.strip()]


def _repeats(abstract: str, passages: list[Passage]) -> bool:
    first = next((p.block.text for p in passages if p.block.text), None)
    if first is None:
        return False
    said, text = sound(abstract.rstrip(".\u2026 ")), sound(first)
    cut = len(said) >= _LEAST_CUT or abstract.endswith(("...", "\u2026"))
    return said == text or (bool(said) and cut and text.startswith(said))
