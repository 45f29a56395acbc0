"""Read the head and the body of a NITF document into a draft.

What the draft already has, from the envelope the document came in, stays.
"""

from dataclasses import replace

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.dates import instant_of
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import UNDER
from tamizdat.wire.draft.people import add_line, add_titled
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.roles import role_of
from tamizdat.wire.markup.tree import attribute, every, first, line_of, words
from tamizdat.wire.parsers.nitf.docdata import read_docdata
from tamizdat.wire.parsers.nitf.media import read_media
from tamizdat.wire.parsers.nitf.people import read_byline
from tamizdat.wire.parsers.saved_text.spelling import sound

_HEADLINES = (".//hedline/hl1", ".//hl1", ".//headline")


def read_nitf(tree: Element, draft: Draft) -> None:
    """Read a document whose first element, or one below it, is `nitf`."""
    read_docdata(tree, draft)
    _body_head(first(tree, ".//body.head"), draft)
    _headlines(tree, draft)
    _standfirst(tree, draft)
    _content(tree, draft)


def _body_head(head: Element | None, draft: Draft) -> None:
    draft.kicker = draft.kicker or words(head, "hedline/kicker", "kicker")
    for byline in every(head, ".//byline"):
        people, lines = read_byline(byline)
        if people:
            add_titled(draft, people)
        for line in lines:
            add_line(draft, line)
    _dateline(first(head, ".//dateline"), draft)
    for note in every(head, ".//note"):
        role = role_of(note) or "ednote"
        draft.passages += [
            replace(p, role=role) if p.text else p for p in passages_of(note)
        ]
    draft.abstract = draft.abstract or words(head, ".//abstract")
    whose = words(head, ".//byline/org", ".//byline//bytag/org") or ""
    distributor = words(head, ".//distributor/org", ".//distributor")
    distributor = distributor or (whose if is_agency(whose) else None)
    draft.credits += [distributor] if distributor else []
    # A line as printed says more than holder and year.
    draft.rights = words(head, ".//rights", ".//copyrite") or draft.rights


def _dateline(dateline: Element | None, draft: Draft) -> None:
    """Read a dateline: place and date apart where they are marked, else as printed."""
    place = words(dateline, "location/city", "location")
    region = words(dateline, "location/region", "location/state")
    date = first(dateline, ".//story.date", ".//storydate")
    if dateline is None:
        return
    if place is None or "(" in "".join(dateline.itertext()):
        draft.datelines.append(one_line(" ".join(dateline.itertext())))
        return
    whole = words(dateline, "location")
    draft.place = ", ".join(filter(None, (place, region))) if region else whole or place
    norm = attribute(date, "norm")
    day = instant_of(norm, "story.date", draft.receipt) if norm else None
    draft.date = day[:10] if day else words(date)


def _headlines(tree: Element, draft: Draft) -> None:
    for path in _HEADLINES:
        text = words(tree, path)
        draft.headlines += [text] if text else []
    if not any(words(tree, path) for path in _HEADLINES):
        text = words(tree, ".//hedline")
        draft.headlines += [text] if text else []
    title = words(tree, "head/title", ".//title")
    draft.headlines += [title] if title else []


def _standfirst(tree: Element, draft: Draft) -> None:
    """Take the second headline for the standfirst, if it is not the first again."""
    again = {sound(text) for text in draft.headlines}
    for one in every(tree, ".//hedline/hl2"):
        second = UNDER.sub("", words(one) or "", count=1)
        if not second or sound(second) in again:
            continue
        again.add(sound(second))
        if draft.abstract is None:
            draft.abstract = second
        elif sound(second) != sound(draft.abstract):
            draft.standfirsts.append(second)
            draft.receipt.drop(line_of(one), second, "a second headline")


def _content(tree: Element, draft: Draft) -> None:
    body = first(tree, "body", ".//body")
    contents = every(body, "body.content") or every(tree, ".//body.content")
    # Without a content the head is read with the body: its bylines are known.
    for byline in [] if contents else every(body, "body.head//byline"):
        byline.clear(keep_tail=True)
    around = [body] if body is not None else [tree]
    draft.media += [one for part in around for one in read_media(part)]
    for content in contents or around:
        draft.passages += passages_of(content)
    for end in every(tree, ".//body.end"):
        for books in every(end, "bibliography"):
            draft.receipt.drop(line_of(books), words(books), "bibliography")
            end.remove(books)
        draft.passages += passages_of(end) if contents else []
