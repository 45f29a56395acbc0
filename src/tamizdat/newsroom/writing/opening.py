"""Make the page of an article out of a release: what the ledger says, in the form.

Decides where each field of a story document stands in the form, the inverse of
`documents`. What the form cannot hold is refused with its place; nothing is left out
in silence.

Source: spec/story-document.md.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tamizdat.edition.foreign import is_same_language
from tamizdat.newsroom.errors import OpeningError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Byline,
    ForeignWords,
    PagePlace,
    PageTag,
    Place,
    RelatedStory,
    Release,
    Tag,
)
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.writing.streams import Store, posts_stream, stream

Document = Mapping[str, Any]
_UNCHECKED = ["path", "depth", "url_path", "slug", "locale", "latest_revision"]


@transaction.atomic
def open_article(article: Article, user: Any) -> ArticlePage:
    """Give an article that has only a ledger its page, as its newest release stands.

    Nothing is released by it. Two who open one article at once get one page.

    Args:
        article: released.
        user: the account that opens it.

    Raises:
        OpeningError: it was never released, or holds what the form cannot.
    """
    take_turn(article.service_id)
    there: ArticlePage | None = ArticlePage.objects.filter(article=article).first()
    if there is not None:
        return there
    article = Article.objects.select_related("service").get(pk=article.pk)
    release = article.newest_release
    if release is None:
        raise OpeningError(f"{article.address}: was never released")
    page = ArticlePage(article=article, owner=user)
    fill(page, release.content)
    _place_among_pages(page, article, release)
    return page


def fill(page: ArticlePage, content: Document, *, credits_too: bool = True) -> None:
    """Put into a page what a story document says.

    Args:
        page: not saved yet, with its article.
        content: as a release has it.
        credits_too: also section, tags, people, lineage and what belongs to one
            service alone; a translation has its own.

    Raises:
        OpeningError: the form cannot hold it.
    """
    store = Store(content["associations"], page.article.service)
    _fill_words(page, content, store)
    if credits_too:
        _fill_service(page, content, store)
    try:
        page.clean_fields(exclude=[*_UNCHECKED, "body", "posts"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        where = f"{page.article.address}: {field}"
        raise OpeningError(f"{where}: {' '.join(messages)}") from error


def _fill_words(page: ArticlePage, content: Document, store: Store) -> None:
    ours = content["tamizdat"]
    heads = {row["role"]: row["value"] for row in content["headlines"]}
    under = {row["role"]: row["value"] for row in content["descriptions"]}
    page.title, page.kicker = heads["main"], heads.get("kicker", "")
    page.standfirst = under.get("summary", "")
    page.slugline = content.get("slugline") or ""
    page.urgency = content.get("urgency")
    dateline = ours.get("dateline") or {}
    page.dateline_place = dateline.get("place") or ""
    day = dateline.get("date")
    page.dateline_date = date.fromisoformat(day) if day else None
    page.credit_line = ours.get("credit_line") or ""
    own = page.article.service.language
    page.foreign_rows = [  # of a translation's own language they are no others
        ForeignWords(sort_order=order, **row)
        for order, row in enumerate(ours.get("foreign") or ())
        if not is_same_language(row["language"], own)
    ]
    blocks = ours["body"]
    page.body = stream([b for b in blocks if b["kind"] != "post"], store)
    page.posts = posts_stream([b for b in blocks if b["kind"] == "post"], store)
    page.live_state = (ours.get("live") or {}).get("state", "")
    if "lead" in store:
        lead = store.picture("lead", "wide")
        page.lead_picture, page.lead_caption = lead["picture"], lead["caption"]
        page.lead_alt, page.lead_credit = lead["alt"], lead["credit"]
        page.lead_terms = lead["terms"]


def _fill_service(page: ArticlePage, content: Document, store: Store) -> None:
    ours, article = content["tamizdat"], page.article
    service = article.service
    page.section = ours["section"]
    page.sections_also = " ".join(ours.get("sections_also") or ())
    page.permalinks = "\n".join(ours.get("permalinks") or ())
    page.bylines = _bylines(ours["bylines"], service, store)
    page.tag_rows = [_tag_row(row, service) for row in content.get("subjects") or ()]
    page.place_rows = [_place_row(row, service) for row in ours.get("places") or ()]
    page.related_rows = [
        RelatedStory(article=_other(row, article)) for row in ours.get("related") or ()
    ]
    for name in ("bylines", "tag_rows", "place_rows", "related_rows"):
        for order, row in enumerate(getattr(page, name).all()):
            row.sort_order = order
    _fill_lineage(page, ours.get("lineage"))


def _fill_lineage(page: ArticlePage, lineage: Document | None) -> None:
    if lineage is None:
        return
    page.relation = lineage["relation"]
    page.source = _other(lineage, page.article)
    page.source_release = lineage.get("release")
    page.translator_name = lineage.get("by") or ""


def _bylines(rows: Sequence[Document], service: Any, store: Store) -> list[Byline]:
    own = {"name": service.title, "role": None, "bio": service.bio or None}
    signed = [{key: row.get(key) for key in own} for row in rows]
    if signed == [own] and not rows[0].get("portrait"):
        return []  # the service signs where nobody does
    return [_byline(row, own, store) for row in rows]


def _byline(row: Document, own: Document, store: Store) -> Byline:
    if {key: row.get(key) for key in own} == own and row.get("kind") == "service":
        return Byline(itself=True)
    byline = Byline(
        name=row["name"],
        role=row.get("role") or "",
        bio=row.get("bio") or "",
        kind=row.get("kind") or "",
    )
    portrait = row.get("portrait")
    if portrait:
        byline.portrait = store.portrait(portrait)
    return byline


def _tag_row(row: Document, service: Any) -> PageTag:
    tag, _made = Tag.objects.get_or_create(
        service=service, key=row["literal"], defaults={"name": row["name"][:100]}
    )
    return PageTag(subject=tag, name="" if tag.name == row["name"] else row["name"])


def _place_row(row: Document, service: Any) -> PagePlace:
    territory = row.get("territory") or ""
    place, _made = Place.objects.get_or_create(
        service=service,
        key=row["id"],
        defaults={"name": row["name"][:100], "territory": territory},
    )
    if place.territory != territory:
        at = f"places {row['id']}"
        raise OpeningError(f"{at}: expected {place.territory or 'no territory'}")
    return PagePlace(
        subject=place, name="" if place.name == row["name"] else row["name"]
    )


def _other(row: Document, article: Article) -> Article:
    """Find another article by service and id."""
    found = Article.objects.filter(
        service__service_id=row["service"], address=row["id"]
    ).first()
    if found is None:
        named = f"{row['service']}/{row['id']}"
        raise OpeningError(f"{article.address}: names {named}, which is not here")
    return found


def _place_among_pages(page: ArticlePage, article: Article, release: Release) -> None:
    """Save a page as if it had been published: live, with nothing waiting."""
    page.slug, page.locale = article.address, article.service.locale
    page.next_number, page.live = article.number + 1, True
    page.has_unpublished_changes = False
    page.first_published_at = article.published
    page.last_published_at = release.time
    article.service.add_child(instance=page)
    revision = page.save_revision(user=page.owner, changed=False, clean=False)
    page.live_revision = revision
    ArticlePage.objects.filter(pk=page.pk).update(
        live_revision=revision, has_unpublished_changes=False, live=True
    )
    page.refresh_from_db()
