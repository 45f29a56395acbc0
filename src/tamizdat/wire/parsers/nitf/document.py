"""Read the head and the body of a NITF document into a draft.

What the draft already has, from the envelope the document came in, stays.
"""

from dataclasses import replace

from tamizdat.wire.draft.dates import instant_of
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.items import Association
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, values, words
from tamizdat.wire.parsers.nitf.media import read_media
from tamizdat.wire.parsers.nitf.people import read_byline

_HEADLINES = (".//hedline/hl1", ".//hl1", ".//hedline", ".//headline")


def read_nitf(tree: Element, draft: Draft) -> None:
    """Read a document whose first element, or one below it, is `nitf`."""
    _docdata(tree, draft)
    _subjects(tree, draft)
    _body_head(first(tree, ".//body.head"), draft)
    _headlines(tree, draft)
    _content(tree, draft)


def _docdata(tree: Element, draft: Draft) -> None:
    data = first(tree, ".//docdata")
    draft.guid = draft.guid or attribute(first(data, "doc-id"), "id-string")
    draft.version = draft.version or attribute(first(data, "du-key"), "version")
    draft.pubstatus = draft.pubstatus or attribute(data, "management-status")
    draft.urgency = draft.urgency or attribute(first(data, "urgency"), "ed-urg")
    draft.published_at = draft.published_at or _date(data, "date.issue")
    draft.slugline = draft.slugline or attribute(first(data, "du-key"), "key")
    draft.provider = draft.provider or attribute(first(data, "doc-id"), "regsrc")
    rights = first(data, "doc.copyright")
    holder, year = attribute(rights, "holder"), attribute(rights, "year")
    draft.rights = draft.rights or " ".join(filter(None, (year, holder))) or None
    draft.ednotes += values(data, "ed-msg", "info")
    draft.ednotes += values(data, "correction", "info")
    draft.signals += ["correction" for _ in every(data, "correction")]
    draft.embargo = draft.embargo or _release(data, draft.published_at)


def _date(data: Element | None, name: str) -> str | None:
    found = first(data, name)
    return attribute(found, "norm") or words(found)


def _release(data: Element | None, issued: str | None) -> str | None:
    """Read when the copy may be released, where that is not when it was issued."""
    release = _date(data, "date.release")
    status = (attribute(data, "management-status") or "").lower()
    if release is None or (release == issued and status != "embargoed"):
        return None
    return release if status == "embargoed" else None


def _subjects(tree: Element, draft: Draft) -> None:
    for subject in every(tree, ".//tobject.subject"):
        number = attribute(subject, "tobject.subject.refnum")
        if number is not None:
            draft.subjects.append(f"subj:{number}")


def _body_head(head: Element | None, draft: Draft) -> None:
    draft.kicker = draft.kicker or words(head, "hedline/kicker", "kicker")
    for byline in every(head, ".//byline"):
        people, lines = read_byline(byline)
        draft.byline += people
        draft.bylines += lines
    _dateline(first(head, ".//dateline"), draft)
    for note in every(head, ".//note"):
        draft.passages += [replace(p, role="ednote") for p in passages_of(note)]
    draft.abstract = draft.abstract or words(head, ".//abstract")
    distributor = words(head, ".//distributor/org", ".//distributor")
    draft.credits += [distributor] if distributor else []
    draft.rights = draft.rights or words(head, ".//rights", ".//copyrite")


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
    title = words(tree, "head/title", ".//title")
    draft.headlines += [title] if title else []


def _content(tree: Element, draft: Draft) -> None:
    content = first(
        tree, "body/body.content", ".//body/body.content", ".//body.content"
    )
    content = first(tree, "body", ".//body") if content is None else content
    draft.media += read_media(content)
    draft.passages += passages_of(content)
    for end in every(tree, ".//body.end"):
        draft.passages += passages_of(end)
    for series in every(tree, ".//docdata/series"):
        name = attribute(series, "series.name")
        draft.associations += [Association("series", None, name)] if name else []
