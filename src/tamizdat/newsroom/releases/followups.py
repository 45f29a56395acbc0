"""Follow what one service corrected through every service that tells the same story.

Decides which articles a release concerns, by when each has to follow, and when it has.
All of it happens in the transaction that appends the release.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import ReleaseError, RightError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, FollowUp, Release
from tamizdat.newsroom.obstacles import Obstacle
from tamizdat.newsroom.releases import mentions
from tamizdat.newsroom.rights import may, require

FOLLOWED = ("correction", "clarification", "retraction")
HOLDING = ("redaction", "withdrawal")
THROUGH_A_HOLD = (*HOLDING, "retraction")
_STEPS = 100  # of translation after translation; a story has fewer services


def linked(article: Article, kind: str) -> list[Article]:
    """List the articles that a release of this kind concerns.

    Words that are corrected stand in what other services made from an article; words
    that endanger someone stand in what it was made from as well.

    Args:
        article: before it takes up what the release says.
        kind: of the release.
    """
    if kind in FOLLOWED:
        found = _reached({article.pk}, _made_from)
    elif kind in HOLDING:
        found = _reached({article.pk}, _beside)
    else:
        return []
    others = Article.objects.filter(pk__in=found - {article.pk})
    if kind in FOLLOWED:
        others = others.exclude(service=article.service_id)
    return list(others.select_related("service").order_by("pk"))


def _reached(start: set[int], step: Any) -> set[int]:
    """Follow links from article to article until there is none left."""
    found, edge = set(start), set(start)
    for _step in range(_STEPS):
        edge = step(edge) - found
        if not edge:
            break
        found |= edge
    return found


def _made_from(keys: Collection[int]) -> set[int]:
    """List what was made from articles, released or still a draft."""
    # Two questions, for one with OR would go through every article.
    rows = Article.objects.order_by()
    released = rows.filter(source__in=keys).values_list("pk", flat=True)
    drafts = rows.filter(page__source__in=keys).values_list("pk", flat=True)
    return {*released, *drafts}


def _beside(keys: Collection[int]) -> set[int]:
    """List what is made from articles, what they are made from, and their stories."""
    rows = Article.objects.order_by()
    stories = rows.filter(pk__in=keys).values_list("story", flat=True)
    told = rows.filter(story__in=list(stories)).values_list("pk", flat=True)
    above = rows.filter(pk__in=keys).values_list("source", "page__source")
    return {*told, *_made_from(keys), *(k for row in above for k in row if k)}


def open_for(release: Release, articles: Collection[Article]) -> None:
    """Open a follow-up on each article that a release concerns.

    Args:
        release: taken up by its article, and saved.
        articles: the linked ones; those that show its headline are found here.
    """
    holds = release.kind in HOLDING
    now = timezone.now()
    if holds:
        articles = {*articles, *mentions.endangered(release)} - _answered(release)
    FollowUp.objects.bulk_create(
        FollowUp(
            article=article,
            cause=release,
            holds=holds,
            opened=now,
            due=now + _time_given(article, release.kind),
        )
        for article in articles
    )


def _answered(release: Release) -> set[Article]:
    """List the articles whose redaction or withdrawal a release answers."""
    open_ones = FollowUp.objects.open().filter(article=release.article_id, holds=True)
    return set(Article.objects.filter(pk__in=open_ones.values("cause__article")))


def _time_given(article: Article, kind: str) -> timedelta:
    if kind in HOLDING:
        return timedelta(0)
    service = article.service
    retracted = kind == "retraction"
    hours = service.retraction_hours if retracted else service.correction_hours
    return timedelta(hours=hours)


def close_by(release: Release) -> None:
    """Close the follow-ups of an article that a new release of it follows."""
    open_ones = FollowUp.objects.open().filter(article=release.article_id)
    for one in open_ones.select_related("cause"):
        if _settles(release, one):
            FollowUp.objects.filter(pk=one.pk).update(
                closed=timezone.now(), closed_by=release.actor, closing=release
            )


def opened_since(article: int, time: datetime) -> list[int]:
    """List the holds on an article that opened after a release of it was pressed.

    Args:
        article: its key.
        time: UTC, when it was pressed.
    """
    holds = FollowUp.objects.open().filter(article=article, holds=True)
    return list(holds.filter(opened__gt=time).values_list("pk", flat=True))


def open_again(keys: Collection[int]) -> None:
    """Leave open what a release cannot answer, for nobody knew of it when pressing."""
    FollowUp.objects.filter(pk__in=keys).update(
        closed=None, closed_by=None, closing=None
    )


def _settles(release: Release, one: FollowUp) -> bool:
    """Say whether nothing is left to do once a release is out."""
    if one.holds:
        return release.kind in HOLDING
    article = release.article
    return bool(article.taken_back) or _follows(article, one.cause)


def _follows(article: Article, cause: Release) -> bool:
    """Say whether an article is made from a release, or from what followed it.

    Of a translation of a translation: whether it follows the release by which the one
    between followed.
    """
    if article.source_id is None:
        return False
    if article.source_id == cause.article_id:
        return article.follows >= cause.number
    between = FollowUp.objects.filter(article=article.source_id, cause=cause).first()
    if between is None or between.closing is None:
        return False
    return bool(article.follows >= between.closing.number)


@transaction.atomic
def close_by_hand(key: int, actor: Any, reason: str) -> FollowUp:
    """Close a follow-up that needs no release, and say why.

    Args:
        key: of the follow-up.
        actor: the account that decides.
        reason: for the record; where words endanger someone, that they do not stand
            in this article.

    Raises:
        ReleaseError: no reason is given, or it is closed already.
        RightError: the account may not decide this in that service.
    """
    rows = FollowUp.objects.select_for_update(of=("self",))
    one = rows.select_related("article__service").get(pk=key)
    require_decider(one, actor)
    if not reason.strip():
        raise ReleaseError(_("Say why nothing has to be released."))
    if one.closed is not None:
        raise ReleaseError(_("Somebody dealt with it already."))
    one.closed, one.closed_by, one.reason = timezone.now(), actor, reason.strip()
    one.save(update_fields=["closed", "closed_by", "reason"])
    return one


def require_decider(one: FollowUp, actor: Any) -> None:
    """Refuse who may not close a follow-up by hand.

    Raises:
        RightError: naming account, right and service.
    """
    service = one.article.service
    if one.holds:
        require(actor, "serious", service)
    elif not may(actor, "translate", service):
        require(actor, "edit", service)


def may_decide(one: FollowUp, actor: Any) -> bool:
    """Say whether an account may close a follow-up by hand."""
    try:
        require_decider(one, actor)
    except RightError:
        return False
    return True


def holding(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    """Say what another service redacted or withdrew, while nobody has decided here."""
    del user
    if page.article_id is None or kind in THROUGH_A_HOLD:
        return
    rows = FollowUp.objects.open().filter(article=page.article_id, holds=True)
    for one in rows.select_related("cause__article__service"):
        source = one.cause.article
        text = _(
            "%(service)s published a %(kind)s of this story: the words may "
            "endanger someone here too. Redact or withdraw, or say under Tasks "
            "that they do not stand here."
        )
        if mentions.names(page.article, source):
            text = _(
                "%(service)s published a %(kind)s of a story whose headline stands "
                "among the related stories here. Under Tasks it is taken out."
            )
        yield Obstacle(
            text
            % {
                "service": isolated(source.service.title),
                "kind": kind_name(one.cause.kind),
            },
            "next_kind",
        )
