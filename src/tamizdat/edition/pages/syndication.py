"""Print the feeds that name the home address: RSS, JSON Feed, podcast, news sitemap.

They are for machines that copy what they are told somewhere else, where a relative
address means nothing. A service without a home address has none of them.

Source: RSS 2.0.11; JSON Feed 1.1; the tags of Apple Podcasts and of the podcast
namespace; Sitemaps 0.9 with the news extension; RFC 5005 section 3; spec/feeds.md.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import utc_stamp
from tamizdat.edition.pages.addresses import home_address
from tamizdat.edition.pages.budget import PAGE_BYTES
from tamizdat.edition.pages.cards import Card, Sound
from tamizdat.edition.pages.feeds import (
    FeedEntry,
    FeedPage,
    Format,
    Told,
    last_change,
    story_entry,
)
from tamizdat.edition.pages.theme import Page
from tamizdat.edition.stories import Service

SITEMAP = "news-sitemap.xml"
NEWS = timedelta(days=2)  # how long a story is news to those who read the sitemap

_NAMES = (  # of elements in RSS, beside its own
    ("atom", "http://www.w3.org/2005/Atom"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("podcast", "https://podcastindex.org/namespace/1.0"),
)
_DECLARED = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES)
# Names podcasts as the podcast namespace says: by address, without its scheme.
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS_MAPS = "http://www.google.com/schemas/sitemap-news/0.9"


def _at(service: Service, path: str) -> str:
    """Name a file at home; nothing in it needs an escape, in markup or in JSON.

    Raises:
        ValueError: the service has no home address.
    """
    address = home_address(service, path)
    if address is None:
        raise ValueError(f"{service.id}: a feed that names a home there is not")
    return str(address)


def _rss(where: FeedPage, entries: Sequence[FeedEntry], service: Service) -> str:
    return _channel(where, entries, service, "")


def _podcast(where: FeedPage, entries: Sequence[FeedEntry], service: Service) -> str:
    address = _at(service, where.first).removeprefix("https://")
    more = (
        f"<itunes:author>{escape(service.organisation)}</itunes:author>"
        '<itunes:category text="News"/><itunes:explicit>false</itunes:explicit>'
        f"<podcast:guid>{uuid.uuid5(_PODCASTS, address)}</podcast:guid>"
    )
    return _channel(where, entries, service, more)


def _channel(
    where: FeedPage, entries: Sequence[FeedEntry], service: Service, more: str
) -> str:
    about = service.bio and clipped(service.bio)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<rss version="2.0" {_DECLARED}><channel>',
        f"<title>{escape(where.title)}</title>",
        f"<link>{_at(service, where.page)}</link>",
        f"<description>{escape(about or service.name)}</description>",
        f"<language>{service.language}</language>{more}",
        f"<lastBuildDate>{format_datetime(last_change(entries))}</lastBuildDate>",
        _link(service, "self", where.path),
        _link(service, "first", where.first),
    ]
    if where.older:
        lines.append(_link(service, "next", where.older))
    lines.extend(_item(entry, service) for entry in entries)
    return "\n".join([*lines, "</channel></rss>\n"])


def _link(service: Service, relation: str, path: str) -> str:
    return f'<atom:link rel="{relation}" href="{_at(service, path)}"/>'


def _item(entry: FeedEntry, service: Service) -> str:
    summary = entry.summary and f"<description>{escape(entry.summary)}</description>"
    heard = entry.sounds[:1]  # RSS has one enclosure an item
    return (
        f"<item><?salt {entry.salt}?><title>{escape(entry.title)}</title>"
        f"<link>{_at(service, entry.path)}</link>"
        f'<guid isPermaLink="false">{escape(entry.uri)}</guid>'
        f"{''.join(_enclosure(sound, service) for sound in heard)}"
        f"<pubDate>{format_datetime(entry.published)}</pubDate>"
        f"<atom:updated>{utc_stamp(entry.updated)}</atom:updated>{summary or ''}</item>"
    )


def _enclosure(sound: Sound, service: Service) -> str:
    return (
        f'<enclosure url="{_at(service, f"m/{sound.file}")}" length="{sound.size}"'
        f" type={quoteattr(sound.type)}/>"
        f"<itunes:duration>{sound.seconds}</itunes:duration>"
    )


def _json(where: FeedPage, entries: Sequence[FeedEntry], service: Service) -> str:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": where.title,
        "home_page_url": _at(service, where.page),
        "feed_url": _at(service, where.first),
        "language": service.language,
        "authors": [{"name": service.organisation}],
    }
    if where.older:
        feed["next_url"] = _at(service, where.older)
    feed["items"] = [_json_item(entry, service) for entry in entries]
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_item(entry: FeedEntry, service: Service) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.uri,
        "url": _at(service, entry.path),
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": utc_stamp(entry.published),
        "date_modified": utc_stamp(entry.updated),
        "_tamizdat": {"salt": entry.salt},
    }
    if entry.sounds:
        item["attachments"] = [_attachment(one, service) for one in entry.sounds]
    return item


def _attachment(sound: Sound, service: Service) -> dict[str, Any]:
    return {
        "url": _at(service, f"m/{sound.file}"),
        "mime_type": sound.type,
        "title": sound.title,
        "size_in_bytes": sound.size,
        "duration_in_seconds": sound.seconds,
    }


RSS = Format("rss", "application/rss+xml", _rss)
JSON_FEED = Format("json", "application/feed+json", _json)
PODCAST = Format("rss", "application/rss+xml", _podcast)


def sound_entry(card: Card, number: int) -> FeedEntry:
    """Tell of one sound of a story. `number`: among its sounds, from 1."""
    told, sound = story_entry(card), card.beside.sounds[number - 1]
    return replace(
        told,
        uri=f"{card.uri}#sound-{sound.file.partition('.')[0]}",
        title=clipped(sound.title),
        parts=(Told(f"{told.title}.", ""), *told.parts),
        sounds=(sound,),
    )


def news_sitemap(service: Service, cards: Iterable[Card], now: datetime) -> Page | None:
    """Print the news sitemap: stories of two days, the newest that fit into it.

    None where there is no such story: a list without an address is none.

    Args:
        service: one with a home address.
        cards: newest first; read as far as is needed.
        now: time of the edition, UTC.
    """
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="{_MAPS}" xmlns:news="{_NEWS_MAPS}">\n'
    )
    end, found = "</urlset>\n", head.encode()
    for card in cards:
        if card.published <= now - NEWS:
            break
        row = b"" if card.standing else _url(card, service).encode()
        if len(found) + len(row) + len(end) > PAGE_BYTES:
            break
        found += row
    return Page(SITEMAP, found + end.encode()) if found != head.encode() else None


def _url(card: Card, service: Service) -> str:
    return (
        f"<url><?salt {card.salt}?><loc>{_at(service, card.path)}</loc><news:news>"
        f"<news:publication><news:name>{escape(service.name)}</news:name>"
        f"<news:language>{_language(service)}</news:language></news:publication>"
        "<news:publication_date>"
        f"{utc_stamp(card.published)}</news:publication_date>"
        f"<news:title>{escape(clipped(card.headline))}</news:title>"
        "</news:news></url>\n"
    )


def _language(service: Service) -> str:
    """Give the language by its ISO 639 code alone, as the extension asks."""
    return service.language.partition("-")[0]
