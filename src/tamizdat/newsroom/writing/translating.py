"""Begin a translation: a draft in the translator's service, its source beside it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tamizdat.newsroom.actions import settle_article
from tamizdat.newsroom.credits import composing, used
from tamizdat.newsroom.errors import TranslationError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Byline,
    ServicePage,
)
from tamizdat.newsroom.releases import followups
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.writing import signers
from tamizdat.newsroom.writing.opening import fill


def services_for(
    source: Article, user: Any
) -> list[tuple[ServicePage, Article | None]]:
    """List where somebody may translate, each with the article that is there already.

    Args:
        source: the article to be translated.
        user: an account.
    """
    told = {
        article.service_id: article
        for article in source.story.articles.select_related("service")
    }
    services = (
        ServicePage.objects.live().exclude(pk=source.service_id).order_by("title")
    )
    return [
        (service, told.get(service.pk))
        for service in services
        if may(user, "translate", service)
    ]


@transaction.atomic
def translate(source: Article, service: ServicePage, user: Any) -> ArticlePage:
    """Make a draft whose words are those of the newest release of another article.

    Args:
        source: released.
        service: of the translator.
        user: the account that translates.

    Raises:
        TranslationError: the source is not released or was taken back, or the service
            tells that story already.
        OpeningError: the source holds what the form cannot.
    """
    take_turn(service.pk)
    release = source.newest_release
    _check(source, service, release)
    page = ArticlePage(owner=user, made_by=user)
    page.relation, page.source = "translated", source
    page.source_release = release.number
    page.live = False
    settle_article(page, service)
    fill(page, release.content, credits_too=False)
    _credit(page, source.service.language, service.language)
    _section(page, service, release.content)
    page.bylines = _bylines(release.content)
    service.add_child(instance=page)
    page.save_revision(user=user)
    page.refresh_from_db()
    return page


def _section(page: ArticlePage, service: ServicePage, content: Any) -> None:
    """Put it into the section of that id, if the service has one."""
    section = content["tamizdat"]["section"]
    if service.sections.filter(section_id=section).exists():
        page.section = section


def _check(source: Article, service: ServicePage, release: Any) -> None:
    if release is None:
        raise TranslationError(
            _("That article is not released yet: there is nothing to translate.")
        )
    if source.taken_back:
        raise TranslationError(_("That article was taken back: readers have no text."))
    if followups.unsettled(source, None):
        raise TranslationError(
            _(
                "That article is held: words in it may endanger someone. It can be "
                "translated once its service has decided."
            )
        )
    if source.service_id == service.pk:
        raise TranslationError(_("Choose a service other than that of the article."))
    if source.story.articles.filter(service=service).exists():
        raise TranslationError(_("This service tells that story already."))


def _credit(page: ArticlePage, before: str, now: str) -> None:
    """Credit agencies in the language of the translation, where that is composed."""
    used_there = used.on_record(page)
    page.credit_line = composing.carried(page.credit_line, used_there, before, now)


def _bylines(content: Any) -> list[Byline]:
    """Take over who wrote it: people as people, typed names as typed."""
    rows = content["tamizdat"]["bylines"]
    written = [row for row in rows if row.get("kind") != "service"]
    return [_byline(order, row) for order, row in enumerate(written)]


def _byline(order: int, row: Any) -> Byline:
    person = signers.person_of(row) if row.get("kind") == "person" else None
    if person is not None:
        return Byline(sort_order=order, person=person)
    return Byline(
        sort_order=order,
        name=row["name"],
        role=row.get("role") or "",
        bio=row.get("bio") or "",
    )
