"""Show a front page with the very templates of an edition, as it would be frozen now.

Gathers the stories that the page may show; the press gathers them from what it printed,
the newsroom from the ledger. What the page makes of them is for `edition.pages`.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import F

from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.fronts import BESIDE, LEAD, SLOTS, Arrangement
from tamizdat.edition.pages import Card, card, front_page
from tamizdat.edition.stories import Service, Story
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.front.layout import TOP, Layout
from tamizdat.newsroom.models import Article, Release, ServicePage

ALARMS = 3  # breaking stories that the page shows
LEDGER = ("article_id", "number", "kind", "note", "time", "salt")


def front_html(
    service: ServicePage, layout: Layout, document: Service | None = None
) -> bytes:
    """Render a front page.

    Args:
        service: whose stories stand on it.
        layout: how it is arranged.
        document: what pages are told of the service, if it is not its own document.

    Raises:
        EditionError: an edition could not print it.
    """
    document = document or read_service(service_document(service))
    articles = Article.objects.in_bulk(_chosen(service, layout))
    cards = list(_cards(articles))
    addresses = {key: article.address for key, article in articles.items()}
    sections = {section.id for section in document.current}
    arranged = Arrangement(
        _named(layout, TOP, addresses),
        {
            key: _named(layout, key, addresses)
            for key in layout.slots
            if key in sections
        },
    )
    return front_page(document, cards, arranged).content


def read_service(document: dict[str, Any]) -> Service:
    """Read a service document as the press would.

    Raises:
        EditionError: an edition could not print it.
    """
    found = read_document(_line(document), "service")
    if not isinstance(found, Service):
        raise TypeError("expected a service")
    return found


def _named(layout: Layout, section: str, addresses: dict[int, str]) -> tuple[str, ...]:
    pins = layout.of(section)
    return tuple(addresses[p.article] for p in pins if p.article in addresses)


def _chosen(service: ServicePage, layout: Layout) -> set[int]:
    """List the keys of all articles that the page may show, and few others."""
    own = Article.objects.released().filter(service=service)
    standing = own.exclude(taken_back="withdrawal").order_by("-published", "-address")
    keys = standing.values_list("pk", flat=True)
    held = len(layout.articles) + ALARMS  # each may have its place elsewhere
    found = set(own.filter(pk__in=layout.articles).values_list("pk", flat=True))
    found.update(keys.filter(breaking_until__isnull=False)[:ALARMS])
    found.update(keys[: LEAD + 2 * BESIDE + held])
    for section in service.sections.all():
        of_section = keys.filter(section=section.section_id)
        found.update(of_section[: SLOTS + LEAD + held])
    return found


def _cards(articles: dict[int, Article]) -> Iterator[Card]:
    return (card(story) for story in stories_of(articles))


def stories_of(articles: dict[int, Article]) -> Iterator[Story]:
    """Read the newest release of articles, by key; what nobody could print is not."""
    ledgers: dict[int, list[Any]] = {}
    rows = Release.objects.filter(article__in=list(articles)).order_by("number")
    for row in rows.values_list(*LEDGER, named=True):
        ledgers.setdefault(row.article_id, []).append(row)
    newest = Release.objects.filter(
        article__in=list(articles), number=F("article__number")
    )
    for key, content in newest.values_list("article_id", "content"):
        story = _story(articles[key], content, ledgers[key])
        if story is not None:
            yield story


def _story(
    article: Article, content: dict[str, Any], ledger: list[Any]
) -> Story | None:
    """Read a story as the press would; None if it could never be printed."""
    releases = [_release(row) for row in ledger]
    document = {
        **content,
        "version": str(ledger[-1].number),
        "firstCreated": releases[0]["time"],
        "versionCreated": releases[-1]["time"],
        "tamizdat": {
            **content["tamizdat"],
            "breaking": article.breaking_until is not None,
            "lineage": None,
            "translations": [],
            "releases": releases,
        },
    }
    try:
        story = read_document(_line(document), "newsroom")
    except StoryError:
        return None
    return story if isinstance(story, Story) else None


def _release(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "time": f"{row.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "note": row.note or None,
        "salt": row.salt,
    }


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()
