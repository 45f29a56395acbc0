"""Write articles and services as the documents the press reads.

Decides how fields of the editors' site become a story document. What only the ledger
knows is left out: the press adds version, firstCreated, versionCreated, and in
`tamizdat` releases, translations, whether it breaks, and the source's headline in
lineage.

Source: spec/story-document.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from django.conf import settings

from tamizdat.edition.languages import listed
from tamizdat.newsroom import themes
from tamizdat.newsroom.bodies import Shown, body_of, by_role, posts_of
from tamizdat.newsroom.intents import intended
from tamizdat.newsroom.looks import look_document, with_named
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Byline,
    Person,
    ServicePage,
)
from tamizdat.newsroom.opening import codes_of
from tamizdat.newsroom.pictures import WIDE
from tamizdat.newsroom.richtext import plain
from tamizdat.newsroom.writing import topics
from tamizdat.newsroom.writing.named import notes_after, rows_of, without_untold


def service_document(service: ServicePage) -> dict[str, Any]:
    """Write the service document of a language service."""
    return themes.dressed(bare_document(service))


def bare_document(service: ServicePage) -> dict[str, Any]:
    """Write it without what stands in the folder of templates."""
    sections = service.sections.all()
    document = {
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
        **look_document(service),
    }
    return with_named(document, service.foreign_rows.all())


def article_content(article: ArticlePage) -> dict[str, Any]:
    """Write the story document of an article as it stands, without its ledger.

    Raises:
        PictureError: a picture cannot be opened.
    """
    service = article.service
    shown = Shown(service.language)
    _show_lead(article, shown)
    body = [*body_of(article.body, shown), *posts_of(article.posts, shown)]
    bylines = _bylines(article, shown)
    content = {
        "uri": _uri(article),
        "type": "text",
        "language": service.language,
        "pubStatus": "usable",
        "urgency": article.urgency,
        "slugline": plain(article.slugline),
        "headlines": by_role(main=article.title, kicker=article.kicker),
        "descriptions": by_role(summary=article.standfirst),
        "by": listed([byline["name"] for byline in bylines], service.language),
        "associations": shown.associations(),
        "tamizdat": _ours(article, body, bylines),
    }
    content |= _some(subjects=_subjects(article))
    return without_untold(content, _notes(article))


def _notes(article: ArticlePage) -> Iterator[str]:
    """List the notes to readers, older ones and the next; asked for named words."""
    kind, note = intended(article)
    yield note
    yield from notes_after(article, kind=kind, keeps=article.next_keeps_notes)


def _ours(
    article: ArticlePage, body: list[dict[str, Any]], bylines: list[dict[str, Any]]
) -> dict[str, Any]:
    """Write what ninjs has no key for."""
    return {
        "format": "tamizdat-story/1",
        "service": article.service.service_id,
        "id": article.address,
        "section": article.section,
        "breaking": False,  # the article says, whatever the release
        "dateline": _dateline(article),
        "body": body,
        "credit_line": plain(article.credit_line),
        "bylines": bylines,
        "lineage": _lineage(article),
        **_some(
            sections_also=article.sections_also.split(),
            live=_live(article, body),
            places=_places(article),
            related=_related(article),
            foreign=rows_of(article.foreign_rows.all(), article.service.language),
            permalinks=article.permalinks.split(),
        ),
    }


def _some(**values: Any) -> dict[str, Any]:
    """Take what there is: a key that has nothing is absent, as in older documents."""
    return {key: value for key, value in values.items() if value}


def told(content: Mapping[str, Any]) -> Any:
    """Take from a story document what readers are told by it, for a comparison.

    Documents that say the same in another form, as older or imported ones do, agree:
    null or absent, the byline as one line, what is noted of a source beside its id,
    whether it breaks, which no release tells any more.
    """
    ours = content["tamizdat"]
    lineage = ours.get("lineage") or {}
    return _without_nothing(
        {
            **{k: v for k, v in content.items() if k not in ("uri", "by")},
            "tamizdat": {
                **ours,
                "breaking": False,
                "lineage": {k: lineage.get(k) for k in _LINEAGE},
                "bylines": [
                    {k: v for k, v in row.items() if k != "kind"}
                    for row in ours["bylines"]
                ],
            },
        }
    )


_LINEAGE = ("relation", "service", "id", "release", "by")


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {key: _without_nothing(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, [], {})}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    return value


def _uri(article: ArticlePage) -> str:
    """Keep the URI a released article has; else make it."""
    newest = article.newest_release
    if newest is not None:
        return str(newest.content["uri"])
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


def _dateline(article: ArticlePage) -> dict[str, Any] | None:
    place, day = plain(article.dateline_place), article.dateline_date
    if place is None:
        return None
    return {"place": place, "date": day.isoformat() if day else None}


def _show_lead(article: ArticlePage, shown: Shown) -> None:
    if article.lead_picture is None:
        return
    words = {
        "caption": article.lead_caption,
        "alt": article.lead_alt,
        "credit": article.lead_credit,
        "terms": article.lead_terms,
    }
    shown.picture(article.lead_picture, words, "lead", WIDE)


def _bylines(article: ArticlePage, shown: Shown) -> list[dict[str, Any]]:
    signed = [_byline(row, article, shown) for row in article.bylines.all()]
    named = [row for row in signed if row["name"]]
    return named or [_own_byline(article.service)]


def _own_byline(service: ServicePage) -> dict[str, Any]:
    return {
        "name": plain(service.title),
        "role": None,
        "bio": plain(service.bio),
        "kind": "service",
    }


def _byline(row: Byline, article: ArticlePage, shown: Shown) -> dict[str, Any]:
    service = article.service
    if row.itself:
        own = _own_byline(service)
        return own | _typed(row)
    known = row.person.in_language(service.language) if row.person else None
    found = {
        "name": plain(known.name if known else row.name),
        "role": plain(known.role) if known else None,
        "bio": plain(known.bio) if known else None,
        **_typed(row),
    }
    kind = "person" if row.person else row.kind
    portrait = row.person.portrait if row.person else row.portrait
    if kind:
        found["kind"] = kind
    if row.person:
        found["id"] = f"p{row.person.pk}"  # of the list of what they wrote
    if portrait is not None and found["name"]:
        at = list(article.bylines.all()).index(row) + 1
        found["portrait"] = shown.portrait(portrait, found["name"], at)
    return found


def _typed(row: Byline) -> dict[str, Any]:
    """Take what is typed for this article in place of what is known."""
    typed = {"role": plain(row.role), "bio": plain(row.bio)}
    return {key: text for key, text in typed.items() if text}


def _lineage(article: ArticlePage) -> dict[str, Any] | None:
    source = article.source
    if article.relation == "original" or source is None:
        return None
    by = translated_by(article)
    return {
        "relation": article.relation,
        "service": source.service.service_id,
        "id": source.address,
        "release": article.source_release,
        "name": plain(source.service.title),
        "language": source.service.language,
        **({"by": by} if by else {}),
    }


def translated_by(article: ArticlePage) -> str | None:
    """Say who translated, as readers of the service are told; None for nobody."""
    person: Person | None = article.translator
    known = person.in_language(article.service.language) if person else None
    return plain(known.name if known else article.translator_name)


def _live(article: ArticlePage, body: list[Any]) -> dict[str, str] | None:
    has_posts = any(block["kind"] == "post" for block in body)
    state = article.live_state or ("live" if has_posts else "")
    return {"state": state} if state else None


def _subjects(article: ArticlePage) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row, tag in _standing(article.tag_rows.all(), article, "tag"):
        name = plain(row.name or tag["name"]) or ""
        found.setdefault(tag["key"], {"name": name, "literal": tag["key"]})
    return list(found.values())


def _places(article: ArticlePage) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row, place in _standing(article.place_rows.all(), article, "place"):
        name = plain(row.name if row.subject and row.name else place["name"])
        territory = place["territory"] or None
        found.setdefault(
            place["key"], {"id": place["key"], "name": name, "territory": territory}
        )
    return list(found.values())


def _standing(
    rows: Iterable[Any], article: ArticlePage, kind: str
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Read what rows stand for, also what is made with the next release."""
    known = topics.read_together(rows)
    typed = [row.name for row in known if row.subject is None]
    coming = topics.new_subjects(article.service, kind, typed)
    for row in known:
        yield row, _said(row.subject) if row.subject else coming[row.name]


def _said(subject: Any) -> dict[str, str]:
    standing = subject.standing()
    return {
        "key": standing.key,
        "name": standing.name,
        "territory": getattr(standing, "territory", ""),
    }


def _related(article: ArticlePage) -> list[dict[str, Any]]:
    """Write the released stories that go with it; a withdrawn one shows no headline."""
    rows = article.related_rows.select_related("article__service")
    return [_other(row.article, article) for row in rows if _can_be_shown(row.article)]


def _can_be_shown(other: Article) -> bool:
    return other.number > 0 and other.taken_back != "withdrawal"


def _other(other: Article, article: ArticlePage) -> dict[str, Any]:
    language = other.service.language
    time = other.published.astimezone(UTC) if other.published else None
    return {
        "service": other.service.service_id,
        "id": other.address,
        "published": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "headline": plain(other.headline),
        "language": None if language == article.service.language else language,
    }
