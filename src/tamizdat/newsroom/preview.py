"""Show a draft with the very templates of an edition.

Decides what a draft lacks to be a story document: a release to come, and the words of
its source. Pictures come from the newsroom's own store instead of a mirror.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import EditionError
from tamizdat.edition.pages import article_pages
from tamizdat.edition.stories import NOTED_KINDS, Service, Story
from tamizdat.newsroom.documents import article_content, service_document
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import Article, ArticlePage, Release

# A page of an edition carries its style within itself.
AS_PRINTED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self'; media-src 'self'; script-src 'self'; frame-ancestors 'self'"
}
SALT = "A" * 22  # of the release to come; its real one is drawn when it is recorded
_PICTURE = re.compile(rb"(?:\.\./)*m/([a-z2-7]{26}\.[a-z0-9]{3,4})")


def article_response(article: ArticlePage) -> HttpResponse:
    """Render a draft as the next edition would, or say what is missing."""
    try:
        html = _page(article)
    except (EditionError, NewsroomError) as error:
        return HttpResponse(
            render_to_string("newsroom/no_preview.html", {"reason": error})
        )
    return HttpResponse(with_pictures(html), headers=AS_PRINTED)


def with_pictures(html: bytes) -> bytes:
    """Let a page show the newsroom's own pictures in place of a mirror's."""
    return _PICTURE.sub(rb"/preview-media/\1", html)


def _page(article: ArticlePage) -> bytes:
    story = read_document(_line(draft_document(article)), "draft")
    service = read_document(_line(service_document(article.service)), "service")
    if not isinstance(story, Story) or not isinstance(service, Service):
        raise TypeError("expected a story and its service")
    names = {section.id: section.name for section in service.sections}
    pages = article_pages(story, service, section_name=names[story.section])
    return pages[0].content


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def draft_document(article: ArticlePage) -> dict[str, Any]:
    """Write the story document of a draft, as if it were released now."""
    content = article_content(article)
    releases = _releases(article)
    ours = content["tamizdat"]
    # A draft may have no section yet; it is shown in the first.
    section = ours["section"] or article.service.sections.first().section_id
    return {
        **content,
        "version": str(len(releases)),
        "firstCreated": releases[0]["time"],
        "versionCreated": releases[-1]["time"],
        "tamizdat": {
            **ours,
            "section": section,
            "lineage": _lineage(article, ours["lineage"]),
            "translations": [],
            "releases": releases,
        },
    }


def ledger(article: Article) -> list[Release]:
    """List the releases of an article, the first one first; read where they are not."""
    return sorted(article.releases.all(), key=lambda release: release.number)


def _releases(article: ArticlePage) -> list[dict[str, Any]]:
    """List the releases there are, and the one to come."""
    kept = ledger(article.article) if article.article_id else []
    kind = article.next_kind if kept else "publish"
    if kept and kind in ("", "publish"):
        kind = "update"
    latest = kept[-1].time + timedelta(seconds=1) if kept else None
    now = timezone.now().replace(microsecond=0)
    note = article.next_note.strip() or ("..." if kind in NOTED_KINDS else "")
    rows = [(r.kind, r.time, r.note, r.salt) for r in kept]
    rows.append((kind, max(now, latest) if latest else now, note, SALT))
    return [
        _release(number, kind, time, note, salt)
        for number, (kind, time, note, salt) in enumerate(rows, 1)
    ]


def _release(
    number: int, kind: str, time: datetime, note: str, salt: str
) -> dict[str, Any]:
    return {
        "number": number,
        "kind": kind,
        "time": f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "note": note or None,
        "salt": salt,
    }


def _lineage(
    article: ArticlePage, lineage: dict[str, Any] | None
) -> dict[str, Any] | None:
    source = article.source
    if lineage is None or source is None or source.published is None:
        return None
    time = f"{source.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    release = lineage["release"] or 1
    return {
        **lineage,
        "release": release,
        "headline": source.headline,
        "published": time,
    }
