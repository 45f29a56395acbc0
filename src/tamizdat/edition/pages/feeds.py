"""Print the feeds that stand beside lists: Atom, cut where the lists are cut.

Decides what a feed reader is told of a story. All links are relative, so they lead to
the mirror that served the feed.

Source: RFC 4287; RFC 5005 section 3 for feeds that go on; spec/addresses.md.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from tamizdat.edition.dates import utc_stamp
from tamizdat.edition.pages.addresses import up
from tamizdat.edition.pages.cards import RETRACTED, Card
from tamizdat.edition.pages.flow import clipped
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

_ATOM = "http://www.w3.org/2005/Atom"
# Names feeds by RFC 9562, section 5.5; a random UUID, made once.
_NAMES = uuid.UUID("6f1c1d0e-6a0b-4b7e-9d59-0c2f3b8f7a41")


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed.

    Attributes:
        uri: never changes.
        path: of the page it leads to, inside the service's tree.
        updated: UTC.
        salt: of the newest release; stands wherever the story's words stand.
    """

    uri: str
    path: str
    title: str
    summary: str | None
    published: datetime
    updated: datetime
    salt: str


@dataclass(frozen=True)
class FeedPage:
    """Where one document of a feed stands.

    Attributes:
        path: of the document.
        first: path of the feed's newest document.
        page: of the HTML page beside the newest document.
        older: path of the document with older entries, if there is one.
        title: of the feed.
    """

    path: str
    first: str
    page: str
    older: str | None
    title: str


def story_entry(card: Card) -> FeedEntry:
    """Tell of a story: its headline, what it is about, what was corrected."""
    words = wording(card.language).plain
    parts = []
    if card.note:
        kind, note = card.note
        parts.append(f"{words[kind]}: {clipped(note)}")
    if card.standfirst:
        parts.append(clipped(card.standfirst))
    retracted = card.standing == RETRACTED
    headline = clipped(card.headline)
    return FeedEntry(
        uri=card.uri,
        path=card.path,
        title=f"{words['retracted']}: {headline}" if retracted else headline,
        summary=" ".join(parts) or None,
        published=card.published,
        updated=card.updated or card.published,
        salt=card.salt,
    )


def write_feed(where: FeedPage, entries: Sequence[FeedEntry], service: Service) -> str:
    """Write one document of a feed. `entries`: newest first, at least one."""
    root = up(where.path)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang={quoteattr(service.language)}>',
        f"<id>{_feed_id(service, where.first)}</id>",
        f"<title>{escape(where.title)}</title>",
        f"<updated>{utc_stamp(max(e.updated for e in entries))}</updated>",
        f"<author><name>{escape(service.organisation)}</name></author>",
        f'<link rel="self" href="{root}{where.path}"/>',
        f'<link href="{root}{where.page}"/>',
        f'<link rel="first" href="{root}{where.first}"/>',
    ]
    if where.older:
        lines.append(f'<link rel="next" href="{root}{where.older}"/>')
    lines.extend(_entry(entry, root) for entry in entries)
    return "\n".join([*lines, "</feed>\n"])


def _feed_id(service: Service, first: str) -> str:
    name = f"{service.organisation}\n{service.id}\n{first}"
    return uuid.uuid5(_NAMES, name).urn


def _entry(entry: FeedEntry, root: str) -> str:
    summary = entry.summary and f"<summary>{escape(entry.summary)}</summary>"
    return (
        f"<entry><?salt {entry.salt}?><id>{escape(entry.uri)}</id>"
        f"<title>{escape(entry.title)}</title>"
        f'<link href="{root}{entry.path}"/>'
        f"<published>{utc_stamp(entry.published)}</published>"
        f"<updated>{utc_stamp(entry.updated)}</updated>{summary or ''}</entry>"
    )
