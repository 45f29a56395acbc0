"""Freeze what the newsroom has released into service and story documents.

Decides nothing about words: each article stands as its newest release recorded it.
Adds what only the ledger knows: versions, times, releases, links between services.

Source: spec/story-document.md.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tamizdat.edition.statement import write_time
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.models import Release, ServicePage

Document = dict[str, Any]


@dataclass(frozen=True)
class _Article:
    """One article's ledger, oldest release first."""

    key: int
    service: str
    id: str
    language: str
    releases: list[Release]


def service_lines() -> dict[str, bytes]:
    """Freeze every live service: by id, its document."""
    pages = ServicePage.objects.live().order_by("path")
    return {page.service_id: service_line(page) for page in pages}


def service_line(page: ServicePage) -> bytes:
    """Freeze one service."""
    return _line(service_document(page))


def page_digest(line: bytes) -> str:
    """Digest a frozen service: SHA-256, hex."""
    return hashlib.sha256(line).hexdigest()


def story_lines(now: datetime, articles: Iterable[int]) -> Iterator[bytes]:
    """Freeze released articles.

    Args:
        now: UTC. Links to translations appear with the article's own next release or
            on the next day, so that a translation does not change another page now.
        articles: keys.
    """
    ledger = _Ledger()
    for key in sorted(articles):
        yield _line(_story_document(ledger.article(key), ledger, now))


def released(service: str | None = None) -> Iterator[int]:
    """List the keys of all released articles, of one service or of all."""
    rows = Release.objects.filter(number=1).order_by("article_id")
    if service is not None:
        rows = rows.filter(article__service__service_id=service)
    yield from rows.values_list("article_id", flat=True).iterator()


def _line(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class _Ledger:
    """Reads articles as they are asked for, each once."""

    def __init__(self) -> None:
        self._found: dict[int, _Article] = {}

    def article(self, key: int) -> _Article:
        if key not in self._found:
            rows = Release.objects.select_related("article__service")
            releases = list(rows.filter(article_id=key).order_by("number"))
            article = releases[0].article
            service = article.service
            self._found[key] = _Article(
                key,
                service.service_id,
                article.article_id,
                service.language,
                releases,
            )
        return self._found[key]

    def named(self, service: str, id_: str) -> _Article | None:
        """Find a released article by its address."""
        key = (
            Release.objects.filter(
                article__service__service_id=service, article__article_id=id_
            )
            .values_list("article_id", flat=True)
            .first()
        )
        return self.article(key) if key else None

    def derived(self, article: _Article) -> Iterator[_Article]:
        """List the released articles whose newest release derives from one."""
        keys = (
            Release.objects.filter(article__source_id=article.key)
            .values_list("article_id", flat=True)
            .distinct()
        )
        for other in (self.article(key) for key in keys.order_by("article_id")):
            lineage = other.releases[-1].content["tamizdat"].get("lineage") or {}
            if (lineage.get("service"), lineage.get("id")) == (
                article.service,
                article.id,
            ):
                yield other


def _story_document(article: _Article, ledger: _Ledger, now: datetime) -> Document:
    first, newest = article.releases[0], article.releases[-1]
    until = max(newest.time, now.replace(hour=0, minute=0, second=0, microsecond=0))
    content: Document = newest.content
    ours = {
        **content["tamizdat"],
        "lineage": _lineage(content["tamizdat"].get("lineage"), ledger),
        "translations": [
            _translation(other)
            for other in ledger.derived(article)
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


def _lineage(lineage: Document | None, ledger: _Ledger) -> Document | None:
    if lineage is None or not lineage["release"]:
        return None
    source = ledger.named(lineage["service"], lineage["id"])
    if source is None:
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
