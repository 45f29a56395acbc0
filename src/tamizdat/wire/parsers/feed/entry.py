"""Read one entry of a feed into a draft."""

import re
from collections.abc import Iterator
from itertools import islice

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.text import one_line, unescaped
from tamizdat.wire.items import Association, Media
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.loose import passages_of_loose
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.pictures import absolute, media_of
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, line_of, words
from tamizdat.wire.parsers.feed import names
from tamizdat.wire.parsers.feed.channel import Channel, link_of
from tamizdat.wire.parsers.feed.media import with_media
from tamizdat.wire.receipt import ReceiptWriter

_TOPIC = re.compile(r"(?:medtop|subj):\d{8}|\d{8}")
_IPTC = re.compile(r"cv\.iptc\.org/newscodes/(?:mediatopic|subjectcode)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
_PERMALINK = "permalink"


def read_entry(entry: Element, channel: Channel, receipt: ReceiptWriter) -> Draft:
    """Fill a draft with an entry; what it does not say, its feed may."""
    draft = Draft(family=channel.family, receipt=receipt, noted=noted(entry, receipt))
    if entry.tag.rpartition(".")[2] == "deleted-entry":
        return _deleted(entry, draft)
    own = attribute(entry, "base")
    base = absolute(own or "", channel.base) or channel.base
    link = link_of(entry, base)
    # RFC 4287, section 2: `xml:base` is first; the link is a guess where it is not.
    within = base if own or channel.names_base else link or base
    draft.guid, draft.provider = _guid(entry, link), channel.provider
    draft.language = words(entry, *names.LANGUAGES) or attribute(entry, "lang")
    draft.language = draft.language or channel.language
    draft.headlines += islice(_texts(entry, names.HEADLINES), 1)
    draft.published_at = words(entry, *names.CREATED)
    draft.updated_at = words(entry, *names.CHANGED)
    draft.bylines += _people(entry) or list(channel.people)
    draft.subjects += _subjects(entry)
    draft.credits += [unescaped(text) for text in _texts(entry, names.CREDITS)]
    draft.rights = words(entry, *names.RIGHTS) or channel.rights
    draft.ednotes += _texts(entry, names.EDNOTES)
    _point(entry, draft, link)
    _content(entry, draft, within)
    draft.media = with_media(entry, within, draft.media)
    return draft


def _deleted(entry: Element, draft: Draft) -> Draft:
    """Read that an entry is gone. Source: RFC 6721."""
    draft.guid, draft.pubstatus = attribute(entry, "ref"), "canceled"
    draft.updated_at = attribute(entry, "when")
    return draft


def _guid(entry: Element, link: str | None) -> str | None:
    return words(entry, *names.GUIDS) or attribute(entry, "about") or link


def _point(entry: Element, draft: Draft, link: str | None) -> None:
    """Note where readers find it; what a link that counts clicks leads to is first."""
    guid = first(entry, "guid")
    address = words(entry, "feedburner.origlink") or link
    is_link = (attribute(guid, "ispermalink") or "true").lower() != "false"
    text = words(guid) if guid is not None else None
    if address is None and is_link and text and text.startswith(("http:", "https:")):
        address = text
    if address and address != draft.guid:
        draft.associations.append(Association(_PERMALINK, address))


def _texts(entry: Element, wanted: tuple[str, ...]) -> Iterator[str]:
    for name in wanted:
        for found in every(entry, name):
            text = words(found, "title") if name == "source" else words(found)
            text = text or words(found)
            if text:
                yield text


def _people(entry: Element) -> list[str]:
    for name in names.PEOPLE:
        lines = []
        for found in every(entry, name):
            line = words(found, "name", ".//name", ".//title") or words(found) or ""
            bracketed = _IN_BRACKETS.search(line)
            lines.append(bracketed[1] if bracketed else line)
        lines = [line for line in lines if line]
        if lines:
            return lines
    return []


def _subjects(entry: Element) -> Iterator[str]:
    for name in names.SUBJECTS:
        for found in every(entry, name):
            term = attribute(found, "term") or words(found)
            scheme = attribute(found, "scheme", "domain") or ""
            label = attribute(found, "label")
            if term and _TOPIC.fullmatch(term) and _IPTC.search(scheme):
                term = f"{scheme.rstrip('/')}/{term.rpartition(':')[2]}"
            elif label and term and not _TOPIC.fullmatch(term):
                term = label
            if term:
                yield unescaped(term)


def _content(entry: Element, draft: Draft, base: str | None) -> None:
    """Take the whole text; of a feed that gives summaries alone, the summary."""
    summary, pictures = _longest(entry, names.SUMMARIES, base, draft.receipt)
    body, media = _longest(entry, names.TEXTS, base, draft.receipt)
    if _length(body) < _length(summary):  # a player, a picture, "Read more"
        body, media, summary = summary, [*media, *pictures], []
    elif not media:
        media = pictures
    draft.passages, draft.media = _without_more(body), media
    if summary:
        draft.abstract = one_line(" ".join(part.text for part in summary)) or None
    elif body and not _has(entry, names.TEXTS):
        draft.receipt.warn("the feed gives a summary, and no other text")
    if not body:
        draft.receipt.warn("no body")


def _without_more(passages: list[Passage]) -> list[Passage]:
    """Take "Read more" off the end of a text, which goes on at the site."""
    if not passages or passages[-1].block.text is None:
        return passages
    *before, last = passages
    bare = names.MORE.sub("", last.block.text or "").rstrip()
    return [*before, last.with_text(bare)] if bare else before or passages


def _has(entry: Element, wanted: tuple[str, ...]) -> bool:
    return any(words(found) for name in wanted for found in every(entry, name))


def _length(passages: list[Passage]) -> int:
    return sum(len(part.text) for part in passages)


def _longest(
    entry: Element, wanted: tuple[str, ...], base: str | None, receipt: ReceiptWriter
) -> tuple[list[Passage], list[Media]]:
    """Read the first of the elements that has words, or the longest of one name."""
    for name in wanted:
        found = [_read(one, base, receipt) for one in every(entry, name)]
        found = [pair for pair in found if pair[0] or pair[1]]
        if found:
            return max(found, key=lambda pair: _length(pair[0]))
    return [], []


def _read(
    element: Element, base: str | None, receipt: ReceiptWriter
) -> tuple[list[Passage], list[Media]]:
    base = absolute(attribute(element, "base") or "", base) or base
    if len(element):  # markup that nobody escaped
        return passages_of(element), media_of(element, base)
    return passages_of_loose(element.text or "", line_of(element), base, receipt)
