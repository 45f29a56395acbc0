"""Freeze what the newsroom has released into service and story documents.

Decides nothing about words: each article stands as its newest release recorded it.
Adds what only the ledger knows: versions, times, releases, links between services.

Source: spec/story-document.md.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.statement import write_time
from tamizdat.edition.stories import Service, Story
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.models import Release, ServicePage
from tamizdat.press.content import Content, gather

Document = dict[str, Any]


@dataclass(frozen=True)
class _Article:
    """One article's ledger, oldest release first."""

    service: str
    id: str
    language: str
    releases: list[Release]


def freeze(now: datetime) -> list[Document]:
    """Freeze every live service and every released article.

    Args:
        now: UTC. Links to translations appear with the article's own next release or
            on the next day, so that a translation does not change another page now.

    Returns:
        Documents in the order of services and articles.
    """
    articles = _articles()
    derived = _derived(articles)
    pages = ServicePage.objects.live().order_by("path")
    return [
        *(service_document(page) for page in pages),
        *(_story_document(a, articles, derived, now) for a in articles.values()),
    ]


def write_lines(documents: Iterable[Document]) -> Iterator[bytes]:
    """Write documents as the lines of a content file."""
    for document in documents:
        yield json.dumps(document, ensure_ascii=False).encode() + b"\n"


def read(documents: Iterable[Document]) -> Content:
    """Read frozen documents as the press reads a content file."""
    found: list[tuple[str, Service | Story]] = []
    refused: list[StoryError] = []
    for line in write_lines(documents):
        try:
            found.append(("newsroom", read_document(line, "newsroom")))
        except StoryError as error:
            refused.append(error)
    return gather(found, refused)


def _articles() -> Mapping[int, _Article]:
    ledger: dict[int, list[Release]] = defaultdict(list)
    rows = Release.objects.select_related("article__service")
    for release in rows.order_by("article_id", "number"):
        ledger[release.article_id].append(release)
    found = {}
    for key, releases in ledger.items():
        article = releases[0].article
        service = article.service
        found[key] = _Article(
            service.service_id, article.article_id, service.language, releases
        )
    return found


def _derived(
    articles: Mapping[int, _Article],
) -> Mapping[tuple[str, str], list[_Article]]:
    found: dict[tuple[str, str], list[_Article]] = defaultdict(list)
    for article in articles.values():
        lineage = article.releases[-1].content["tamizdat"].get("lineage")
        if lineage:
            found[lineage["service"], lineage["id"]].append(article)
    return found


def _story_document(
    article: _Article,
    articles: Mapping[int, _Article],
    derived: Mapping[tuple[str, str], list[_Article]],
    now: datetime,
) -> Document:
    first, newest = article.releases[0], article.releases[-1]
    until = max(newest.time, now.replace(hour=0, minute=0, second=0, microsecond=0))
    content: Document = newest.content
    ours = {
        **content["tamizdat"],
        "lineage": _lineage(content["tamizdat"].get("lineage"), articles),
        "translations": [
            _translation(other)
            for other in derived.get((article.service, article.id), ())
            if other.releases[0].time <= until
        ],
        "releases": [_release(release) for release in article.releases],
    }
    return {
        **content,
        "version": str(newest.number),
        "firstCreated": write_time(first.time),
        "versionCreated": write_time(newest.time),
        "tamizdat": ours,
    }


def _lineage(
    lineage: Document | None, articles: Mapping[int, _Article]
) -> Document | None:
    if lineage is None:
        return None
    key = (lineage["service"], lineage["id"])
    source = next((a for a in articles.values() if (a.service, a.id) == key), None)
    if source is None or not lineage["release"]:
        return None  # its source is not released: there is nothing to link to
    of = source.releases[min(lineage["release"], len(source.releases)) - 1]
    headline = next(h for h in of.content["headlines"] if h["role"] == "main")
    return {
        **lineage,
        "release": of.number,
        "headline": headline["value"],
        "published": write_time(source.releases[0].time),
    }


def _translation(article: _Article) -> Document:
    return {
        "service": article.service,
        "id": article.id,
        "language": article.language,
        "published": write_time(article.releases[0].time),
    }


def _release(release: Release) -> Document:
    return {
        "number": release.number,
        "kind": release.kind,
        "time": write_time(release.time),
        "note": release.note or None,
        "salt": release.salt,
    }
