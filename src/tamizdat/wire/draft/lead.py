"""Read the top of a body: what repeats the heading, the byline, the dateline."""

from dataclasses import dataclass

from tamizdat.wire.draft.dateline import Found, dateline_in, dateline_of
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.people import (
    has_by,
    is_login,
    is_subtitle,
    read_bylines,
    without_by,
)
from tamizdat.wire.draft.text import typeset, unescaped
from tamizdat.wire.items import Credited, Dateline
from tamizdat.wire.parsers.saved_text.spelling import sound, trimmed
from tamizdat.wire.receipt import ReceiptWriter

_TOP = 4  # passages among which a byline or the headline may stand again


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
    abstract = typeset(unescaped(abstract or "")) or None
    abstract = _subtitle(draft, abstract, receipt)
    # A first sentence that stands for a headline nobody wrote stays in the text.
    said = [*draft.headlines, headline or ""] if any(draft.headlines) else []
    passages = _without(passages, said, "the headline again", receipt)
    lines, passages = _take_bylines(draft, passages, receipt)
    byline = _byline(draft, lines, receipt)
    found, passages = _take_dateline(passages)
    given = _given(draft, receipt)
    if abstract and _repeats(abstract, passages):
        receipt.drop(1, abstract, "abstract that repeats the first paragraph")
        abstract = None
    dateline = found.dateline if found else given
    return Lead(byline, dateline, abstract, passages)


def _subtitle(draft: Draft, abstract: str | None, receipt: ReceiptWriter) -> str | None:
    """Move a sentence that stands in the byline to where it belongs."""
    for line in list(draft.bylines):
        if is_subtitle(without_by(unescaped(line))):
            draft.bylines.remove(line)
            receipt.warn("a sentence stood in the byline: taken for the standfirst")
            abstract = abstract or unescaped(line)
    return abstract


def _without(
    passages: list[Passage], said: list[str], why: str, receipt: ReceiptWriter
) -> list[Passage]:
    sounds = {sound(unescaped(text)) for text in said if text}
    rest = []
    for place, part in enumerate(passages):
        again = place < _TOP and part.block.text and sound(part.block.text) in sounds
        if again:
            receipt.drop(part.line, part.text, why)
        else:
            rest.append(part)
    return rest or passages


def _take_bylines(
    draft: Draft, passages: list[Passage], receipt: ReceiptWriter
) -> tuple[list[str], list[Passage]]:
    """Take "By X" off the top, and a known byline that stands there again."""
    known = {sound(without_by(unescaped(line))) for line in draft.bylines}
    known |= {sound(one.name) for one in draft.byline}
    lines, rest = [], []
    for place, part in enumerate(passages):
        text = part.block.text or ""
        alone = part.block.kind in {"paragraph", "subhead"} and place < _TOP
        if alone and text and sound(without_by(text)) in known:
            receipt.drop(part.line, text, "the byline again")
        elif alone and has_by(text) and len(passages) > 1:
            lines.append(text)
        else:
            rest.append(part)
    return lines, rest


def _byline(
    draft: Draft, lines: list[str], receipt: ReceiptWriter
) -> tuple[Credited, ...]:
    for line in [*draft.bylines, *(one.name for one in draft.byline)]:
        if is_login(without_by(line)):
            receipt.drop(1, None, "login or initials of staff in the byline")
    given = tuple(one for one in draft.byline if not is_login(one.name))
    return given or read_bylines([*draft.bylines, *lines])


def _take_dateline(passages: list[Passage]) -> tuple[Found | None, list[Passage]]:
    for place, part in enumerate(passages[:_TOP]):
        if part.block.kind == "paragraph" and part.block.text:
            found = dateline_in(part.block.text)
            if found is None:
                return None, passages
            rest = part.with_text(trimmed(part.block.text[found.end :]))
            return found, [*passages[:place], rest, *passages[place + 1 :]]
    return None, passages


def _given(draft: Draft, receipt: ReceiptWriter) -> Dateline | None:
    """Read the dateline that the markup gives."""
    for text in draft.datelines:
        found = dateline_of(unescaped(text))
        if found is not None:
            return found.dateline
        if unescaped(text):
            receipt.warn(f"a dateline nobody can read: {unescaped(text)[:80]!r}")
    if draft.place:
        return Dateline(unescaped(draft.place), draft.date)
    return None


def _repeats(abstract: str, passages: list[Passage]) -> bool:
    first = next((p.block.text for p in passages if p.block.text), None)
    if first is None:
        return False
    said, text = sound(abstract.rstrip(".\u2026 ")), sound(first)
    return bool(said) and text.startswith(said)
