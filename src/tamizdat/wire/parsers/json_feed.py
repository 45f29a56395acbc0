"""Read JSON Feed, versions 1 and 1.1. Source: jsonfeed.org."""

from collections.abc import Sequence
from typing import Any

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import NotNewsError
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import Association, Media, Rendition, WireItem
from tamizdat.wire.markup.loose import passages_of_loose
from tamizdat.wire.markup.noted import noted_in_values
from tamizdat.wire.markup.pictures import absolute
from tamizdat.wire.parsers.feed import MOST_ENTRIES
from tamizdat.wire.parsers.feed.channel import MOST_PEOPLE
from tamizdat.wire.receipt import ReceiptWriter
from tamizdat.wire.records.reader import read_json
from tamizdat.wire.records.values import (
    Record,
    first_text,
    keyed,
    moment,
    raw,
    rows,
    texts,
)

FAMILY = "json-feed"
_KINDS = {"image": "picture", "video": "video", "audio": "audio"}


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a feed into wire items, in its order.

    Raises:
        EmptyFileError, JsonError, TooLargeError: see `read_json`.
        NotNewsError: there is no entry in it.
        NoBodyError: no entry has an id, a headline, a body or media.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    values = read_json(decoded.text, file, receipt)
    feed = next((f for v in values if (f := keyed(v)) and "items" in f), {})
    entries = [keyed(entry) for entry in rows(feed.get("items")) if keyed(entry)]
    if not entries:
        raise NotNewsError(file, "a feed without an entry")
    if len(entries) > MOST_ENTRIES:
        receipt.warn(f"{len(entries)} entries: only {MOST_ENTRIES} are read")
    people = _people(feed)[:MOST_PEOPLE]
    drafts = drafts_of(
        entries[:MOST_ENTRIES],
        lambda entry: _draft(entry, feed, people, receipt.copied()),
        file,
        FAMILY,
    )
    return finish_all(drafts, Source(data, file, decoded))


def _draft(
    entry: Record, feed: Record, people: Sequence[str], receipt: ReceiptWriter
) -> Draft:
    draft = Draft(family=FAMILY, receipt=receipt)
    draft.noted = noted_in_values(entry, receipt)
    base = first_text(feed, "homepageurl", "feedurl")
    link = _address(entry, base, "url", "externalurl")
    draft.guid = first_text(entry, "id") or link
    draft.provider = first_text(feed, "title")
    draft.language = first_text(entry, "language") or first_text(feed, "language")
    draft.headlines += texts(entry.get("title"))
    draft.published_at = moment(entry, "datepublished")
    draft.updated_at = moment(entry, "datemodified")
    draft.bylines += _people(entry) or people
    draft.subjects += texts(entry.get("tags"))
    if link and link != draft.guid:
        draft.associations.append(Association("permalink", link))
    _content(entry, draft, link or base)
    draft.media += [m for part in rows(entry.get("attachments")) for m in _media(part)]
    image = _address(entry, link or base, "image", "bannerimage")
    shown = {r.href for one in draft.media for r in one.renditions}
    if image and image not in shown:
        draft.media.insert(0, Media("picture", renditions=(Rendition(href=image),)))
    return draft


def _address(row: Record, base: str | None, *keys: str) -> str | None:
    """Read an address; None where there is none: to nothing the base would be added."""
    href = first_text(row, *keys)
    return absolute(href, base) if href else None


def _people(row: Record) -> list[str]:
    found = [*rows(row.get("authors")), *rows(row.get("author"))]
    return list(dict.fromkeys(name for one in found for name in texts(one)))


def _content(entry: Record, draft: Draft, base: str | None) -> None:
    text = raw(entry.get("contenthtml")) or raw(entry.get("contenttext"))
    summary = raw(entry.get("summary"))
    if text is None and summary is not None:
        draft.receipt.warn("the feed gives a summary, and no other text")
        text, summary = summary, None
    if text is None:
        draft.receipt.warn("no body")
        return
    draft.passages, draft.media = passages_of_loose(text, 1, base, draft.receipt)
    draft.abstract = one_line(summary) or None if summary else None


def _media(part: Any) -> list[Media]:
    row = keyed(part)
    href, mime = first_text(row, "url"), first_text(row, "mimetype")
    kind = _KINDS.get((mime or "").partition("/")[0].lower())
    if href is None or kind is None:
        return []
    rendition = Rendition(href=href, mime=mime)
    return [Media(kind, caption=first_text(row, "title"), renditions=(rendition,))]
