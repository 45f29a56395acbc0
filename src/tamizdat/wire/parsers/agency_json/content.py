"""Read the body of an item, in the richest of the forms it comes in, and its media."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.errors import MarkupError, TooLargeError
from tamizdat.wire.markup.loose import is_markup, passages_of_loose
from tamizdat.wire.markup.reader import read_xml
from tamizdat.wire.parsers.agency_json import names
from tamizdat.wire.parsers.agency_json.fields import headlines_called
from tamizdat.wire.parsers.agency_json.media import own_media, read_associations
from tamizdat.wire.parsers.nitf.document import read_nitf
from tamizdat.wire.parsers.saved_text.spelling import sound
from tamizdat.wire.receipt import ReceiptWriter
from tamizdat.wire.records.values import Record, first_text, keyed, raw, rows, text_of

_NITF = re.compile(r"<(?:\w+:)?nitf\b", re.IGNORECASE)
_SHORT = 0.5  # a form with less of the words than another one is cut short


@dataclass(frozen=True)
class _Form:
    """One form of a body: what it is called, and its text."""

    name: str
    text: str

    @property
    def rank(self) -> int:
        """Order forms: NITF, then markup, then text."""
        if _NITF.search(self.text[:4096]):
            return 0
        return 1 if is_markup(self.text) else 2


def read_content(record: Record, draft: Draft, file: str) -> None:
    """Fill a draft with the body, its abstract, its media and what it points to."""
    read_associations(record, draft)
    for text in (_abstract(record), *headlines_called(record, names.SUB_ROLES)):
        if text and draft.abstract is None:
            draft.abstract = unescaped(text)
        elif text and sound(text) != sound(draft.abstract or ""):
            draft.receipt.drop(1, unescaped(text), "a second standfirst")
    if draft.type in {"picture", "graphic", "video", "audio"}:
        own_media(record, draft)
        _picture_body(record, draft)
        return
    _body(record, draft, file)
    if draft.passages and draft.type == "package":
        draft.type = "text"  # a story with pictures, that some call composite
    for name in names.BEHIND:
        text = raw(record.get(name))
        if text and draft.passages:
            draft.passages += passages_of_loose(text)[0]
    if not draft.passages and draft.type == "planning" and draft.abstract:
        draft.passages, draft.abstract = passages_of_loose(draft.abstract)[0], None
    if not draft.passages and draft.type == "text":
        _warn_of_none(record, draft)


def _abstract(record: Record) -> str | None:
    for part in rows(record.get("descriptions")):
        role = (text_of(keyed(part).get("role")) or "").lower()
        if role not in names.NO_CAPTION and (text := text_of(part)):
            return unescaped(text)
    found = first_text(record, *names.ABSTRACTS)
    return unescaped(found) if found else None


def _picture_body(record: Record, draft: Draft) -> None:
    """Drop what stands as the body of a picture: it is the caption, or an error."""
    said = " ".join(one.caption or "" for one in draft.media)
    for form in _forms(record):
        if form.name not in {"text", "content"} and unescaped(form.text) not in said:
            draft.receipt.drop(1, None, "body of a picture: see its caption")
    draft.abstract = (
        None if draft.abstract and draft.abstract in said else draft.abstract
    )


def _forms(record: Record) -> Iterator[_Form]:
    for part in rows(record.get("bodies")):
        row = keyed(part)
        text = raw(row.get("value")) or raw(part)
        if text:
            yield _Form(first_text(row, "role", "contenttype") or "", text)
    for name in names.BODIES:
        for part in _parts(record.get(name)):
            text = raw(part)
            if text:
                yield _Form(name, text)
    for name, part in record.items():
        if name.startswith("body") and name not in {*names.BODIES, "bodies"}:
            text = raw(part)
            if text:
                yield _Form(name, text)


def _parts(value: Any) -> list[Any]:
    """Give the parts of a body; paragraphs that stand apart are one part."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ["\n\n".join(value)]
    if isinstance(value, list):
        texts = [text for part in value if (text := raw(part))]
        return ["\n\n".join(texts)]
    return [value]


def _body(record: Record, draft: Draft, file: str) -> None:
    forms = sorted(_forms(record), key=lambda form: form.rank)
    best: list[Passage] = []
    most = max((len(_words(form.text)) for form in forms), default=0)
    for form in forms:
        passages = _passages(form, draft, file, fill=not best)
        words = sum(len(part.text.split()) for part in passages)
        if words and words >= most * _SHORT:
            draft.passages = passages
            return
        best = max(best, passages, key=lambda some: sum(len(p.text) for p in some))
    draft.passages = best


def _words(text: str) -> list[str]:
    return re.sub(r"<[^>]*>|&\w+;", " ", text).split()


def _passages(form: _Form, draft: Draft, file: str, *, fill: bool) -> list[Passage]:
    if form.rank == 0:
        found = _of_nitf(form.text, draft, file, fill=fill)
        if found:
            return found
    passages, media = passages_of_loose(form.text, receipt=draft.receipt)
    known = {r.href for one in draft.media for r in one.renditions}
    for one in media:
        if not {r.href for r in one.renditions} & known:
            draft.media.append(one)
            known |= {r.href for r in one.renditions}
    return passages


def _of_nitf(text: str, draft: Draft, file: str, *, fill: bool) -> list[Passage]:
    """Read a NITF document in a string; what the envelope says comes first."""
    quiet = ReceiptWriter()
    try:
        tree = read_xml(text, file, quiet)
    except (MarkupError, TooLargeError) as error:
        draft.receipt.warn(f"the NITF inside is not read: {error.found}")
        return []
    inner = Draft(family=draft.family, receipt=draft.receipt)
    read_nitf(tree, inner)
    if fill:
        _take_over(inner, draft)
    return inner.passages


def _take_over(inner: Draft, draft: Draft) -> None:
    draft.headlines += inner.headlines
    draft.ednotes += inner.ednotes
    draft.media += inner.media
    if not (draft.byline or draft.bylines):
        draft.byline, draft.bylines = inner.byline, inner.bylines
    if not (draft.published_at or draft.updated_at):
        draft.published_at = inner.published_at
    draft.datelines = draft.datelines or inner.datelines
    draft.credits = draft.credits or inner.credits
    draft.subjects = draft.subjects or inner.subjects
    for name in ("kicker", "abstract", "rights", "slugline", "urgency", "language"):
        setattr(draft, name, getattr(draft, name) or getattr(inner, name))


def _warn_of_none(record: Record, draft: Draft) -> None:
    forms = keyed(record.get("renditions"))
    where = first_text(keyed(forms.get("nitf")), *names.HREF)
    draft.receipt.warn(
        "no body: its text is a file of its own, which is not fetched"
        if where
        else "no body"
    )
