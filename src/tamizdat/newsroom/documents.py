"""Write articles and services as the documents the press reads.

Decides how fields of the editors' site become a story document. What only the ledger
knows is left out: the press adds version, firstCreated, versionCreated, and in
`tamizdat` releases, translations, whether it breaks, and the source's headline in
lineage.

Source: spec/story-document.md.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings

from tamizdat.edition.languages import listed
from tamizdat.newsroom.blocks import table_rows
from tamizdat.newsroom.models import ArticlePage, Byline, Picture, ServicePage
from tamizdat.newsroom.opening import codes_of
from tamizdat.newsroom.renditions import renditions
from tamizdat.newsroom.richtext import paragraphs, plain


def service_document(service: ServicePage) -> dict[str, Any]:
    """Write the service document of a language service."""
    sections = service.sections.all()
    return {
        "format": "tamizdat-service/1",
        "organisation": settings.TAMIZDAT.organisation.name,
        "id": service.service_id,
        "name": plain(service.title),
        "language": service.language,
        "direction": service.direction,
        "time_zone": service.time_zone,
        "calendar": service.calendar,
        "date_style": service.date_style,
        "territories": codes_of(service.territories),
        "bio": plain(service.bio),
        "notice": _notice(service),
        "sections": [{"id": s.section_id, "name": plain(s.name)} for s in sections],
    }


def article_content(article: ArticlePage) -> dict[str, Any]:
    """Write the story document of an article as it stands, without its ledger.

    Raises:
        PictureError: the lead picture cannot be opened.
    """
    service = article.service
    bylines = _bylines(article)
    return {
        "uri": _uri(article),
        "type": "text",
        "language": service.language,
        "pubStatus": "usable",
        "urgency": article.urgency,
        "slugline": plain(article.slugline),
        "headlines": _by_role(main=article.title, kicker=article.kicker),
        "descriptions": _by_role(summary=article.standfirst),
        "by": listed([byline["name"] for byline in bylines], service.language),
        "associations": _associations(article),
        "tamizdat": {
            "format": "tamizdat-story/1",
            "service": service.service_id,
            "id": article.address,
            "section": article.section,
            "breaking": False,  # the article says, whatever the release
            "dateline": _dateline(article),
            "body": _body(article),
            "credit_line": plain(article.credit_line),
            "bylines": bylines,
            "lineage": _lineage(article),
        },
    }


def _uri(article: ArticlePage) -> str:
    organisation = settings.TAMIZDAT.organisation
    path = f"{article.service.service_id}/{article.address}"
    return f"tag:{organisation.id},{organisation.since}:{path}"


def _notice(service: ServicePage) -> dict[str, Any] | None:
    designation = plain(service.notice_designation)
    if designation is None:
        return None
    typed = service.notice_paragraphs.replace("\r\n", "\n").split("\n\n")
    return {
        "designation": designation,
        "paragraphs": [text for text in map(plain, typed) if text],
        "more": plain(service.notice_more),
    }


def _by_role(**texts: str) -> list[dict[str, str]]:
    cleaned = ((role, plain(text)) for role, text in texts.items())
    return [{"role": role, "value": text} for role, text in cleaned if text]


def _dateline(article: ArticlePage) -> dict[str, Any] | None:
    place, day = plain(article.dateline_place), article.dateline_date
    if place is None:
        return None
    return {"place": place, "date": day.isoformat() if day else None}


def _bylines(article: ArticlePage) -> list[dict[str, Any]]:
    service = article.service
    rows = article.bylines.all() or [Byline(name=service.title, bio=service.bio)]
    return [
        {"name": plain(row.name), "role": plain(row.role), "bio": plain(row.bio)}
        for row in rows
    ]


def _lineage(article: ArticlePage) -> dict[str, Any] | None:
    source = article.source
    if article.relation == "original" or source is None:
        return None
    return {
        "relation": article.relation,
        "service": source.service.service_id,
        "id": source.address,
        "release": article.source_release,
    }


def _associations(article: ArticlePage) -> list[dict[str, Any]]:
    picture: Picture | None = article.lead_picture
    if picture is None:
        return []
    alt = article.lead_alt or picture.description
    return [
        {
            "name": "lead",
            "uri": f"sha256:{_digest(picture)}",
            "type": "picture",
            "by": plain(article.lead_credit or picture.credit),
            "descriptions": _by_role(caption=article.lead_caption, alt=alt),
            "renditions": [rendition.document() for rendition in renditions(picture)],
        }
    ]


def _digest(picture: Picture) -> str:
    with picture.open_file() as file:
        return hashlib.sha256(file.read()).hexdigest()


def _body(article: ArticlePage) -> list[dict[str, Any]]:
    parts = (_PARTS[block.block_type](block.value) for block in article.body)
    return [part for some in parts for part in some]


def _text(kind: str) -> Callable[[str], list[dict[str, Any]]]:
    def part(value: str) -> list[dict[str, Any]]:
        text = plain(value)
        return [{"kind": kind, "text": text}] if text else []

    return part


def _list(value: Any) -> list[dict[str, Any]]:
    items = [item for item in map(plain, value) if item]
    return [{"kind": "list", "items": items}] if items else []


def _table(value: str) -> list[dict[str, Any]]:
    rows = [[plain(cell) for cell in row] for row in table_rows(value)]
    return [{"kind": "table", "rows": rows}] if rows else []


_PARTS: dict[str, Callable[[Any], list[dict[str, Any]]]] = {
    "paragraph": lambda value: paragraphs(value.source),
    "subhead": _text("subhead"),
    "quote": _text("quote"),
    "list": _list,
    "table": _table,
}
