"""Hold an article for what was taken back before anybody could ask about it.

A link may be made after a redaction, and a text that was withdrawn may come back after
one. Each article has a row for every redaction and withdrawal of the articles that it
is linked with: open, dealt with, or a reason why nobody had to be asked. Where one is
missing nobody was asked, and nothing of the article goes out.

Source: docs/decisions/0069-holds-that-nobody-slips.md.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, Erasure, FollowUp, Origin, Release
from tamizdat.newsroom.models.followups import BEGUN_AFTER
from tamizdat.newsroom.releases.links import FOLLOWED, HOLDING, near, with_words


def settle(page: Any, *, is_new: bool, is_new_link: bool) -> None:
    """Ask about an article what its links have to be asked, as its draft is saved.

    Args:
        page: an `ArticlePage` with its article, which is saved.
        is_new: it is just begun.
        is_new_link: it told another story before.
    """
    article, source, follows = page.article, page.source, page.source_release or 0
    if not is_new:
        catch_up(article, source, follows, is_new_link=is_new_link)
    elif source is not None:
        begin(article, source, follows)
    follow(article, source, follows)


def begin(article: Article, source: Article, follows: int) -> None:
    """Note of an article that is begun from another what cannot stand in it.

    Args:
        article: just made, linked with its source.
        source: what it is made from.
        follows: the release of the source that it follows.
    """
    if not _something_was_taken_back(article, source):
        return
    for cause in _causes(near(article, source)):
        if cause.article_id != source.pk or cause.number <= follows:
            excuse(cause, [article], BEGUN_AFTER)
    catch_up(article, source, follows)


def catch_up(
    article: Article,
    source: Article | None,
    follows: int,
    *,
    is_new_link: bool = False,
) -> None:
    """Hold whoever was not asked for what was taken back in the stories of an article.

    Args:
        article: that is saved: it has words, whatever became of its last release.
        source: what its draft is made from, if anything.
        follows: the release of the source that the draft follows.
        is_new_link: it was linked otherwise before.
    """
    if not (is_new_link or _something_was_taken_back(article, source)):
        return
    around = near(article, source)
    causes = _causes(around)
    rows = _rows(around, causes)
    for one in with_words(around) | {article}:
        for cause in causes:
            row = rows.get((one.pk, cause.pk))
            is_older = row and one == article and _is_older(row, source, follows)
            if cause.article_id != one.pk and (
                row is None or row.named_only or is_older
            ):
                _ask(one, cause, row)


def _is_older(row: FollowUp, source: Article | None, follows: int) -> bool:
    """Say whether a text says now that it is made from words of before a redaction."""
    cause = row.cause
    of_source = source is not None and cause.article_id == source.pk
    return row.reason == BEGUN_AFTER and of_source and follows < cause.number


def unasked(article: Article, source: Article | None) -> Iterator[str]:
    """Say which redaction or withdrawal nobody was asked about, of an article."""
    if not _something_was_taken_back(article, source):
        return
    causes = _causes(near(article, source))
    rows = _rows([article], causes)
    for cause in causes:
        row = rows.get((article.pk, cause.pk))
        if cause.article_id != article.pk and (row is None or row.named_only):
            text = _(
                "%(service)s published a %(kind)s of this story, and nobody was asked "
                "whether its words stand here. Save the draft: Tasks asks then."
            )
            service = isolated(cause.article.service.title)
            yield text % {"service": service, "kind": kind_name(cause.kind)}


def excuse(cause: Release, articles: Iterable[Article], reason: str) -> None:
    """Note why articles that a release concerns need not be looked at for it."""
    now = timezone.now()
    rows = [
        FollowUp(
            article=one,
            cause=cause,
            holds=True,
            opened=now,
            due=now,
            closed=now,
            reason=reason,
        )
        for one in articles
    ]
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)  # of another save


def follow(article: Article, source: Article | None, follows: int) -> None:
    """Open a task for each correction that an article does not follow by its link.

    Those of its source, and those that the source itself has still to follow.

    Args:
        article: that is saved.
        source: what its draft is made from, if anything.
        follows: the release of the source that the draft follows.
    """
    if source is None or source.service_id == article.service_id:
        return
    missed = Q(followups__article=source, followups__closed=None)
    if source.number > follows:
        missed |= Q(article=source, number__gt=follows)
    asked = FollowUp.objects.filter(article=article).values("cause")
    causes = Release.objects.filter(missed, kind__in=FOLLOWED).exclude(pk__in=asked)
    now = timezone.now()
    rows = [
        FollowUp(
            article=article,
            cause=cause,
            opened=now,
            due=now + time_given(article, cause.kind),
        )
        for cause in causes.exclude(article__service=article.service_id).distinct()
    ]
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True)


def time_given(article: Article, kind: str) -> timedelta:
    """Say how long a service takes to follow a release of this kind."""
    if kind in HOLDING:
        return timedelta(0)
    service = article.service
    retracted = kind == "retraction"
    hours = service.retraction_hours if retracted else service.correction_hours
    return timedelta(hours=hours)


def _something_was_taken_back(article: Article, source: Article | None) -> bool:
    """Say whether the way through all links is worth going; asked at every save."""
    ends = [article.pk, *([source.pk] if source else [])]
    began = Origin.objects.filter(article__in=ends).values("source__story")
    made = Origin.objects.filter(source__in=ends).values("article__story")
    asked = Q(article__story=article.story_id)
    asked |= Q(article__story__in=began) | Q(article__story__in=made)
    if source is not None:
        asked |= Q(article__story=source.story_id)
    return bool(Erasure.objects.filter(asked).exclude(article=article).exists())


def _causes(articles: Iterable[Article]) -> list[Release]:
    rows = Release.objects.filter(article__in=list(articles), kind__in=HOLDING)
    return list(rows.select_related("article__service").order_by("pk"))


def _rows(articles: Iterable[Article], causes: Iterable[Release]) -> dict[Any, Any]:
    rows = FollowUp.objects.filter(article__in=list(articles), cause__in=list(causes))
    rows = rows.select_related("cause")
    return {(row.article_id, row.cause_id): row for row in rows}


def _ask(article: Article, cause: Release, row: FollowUp | None) -> None:
    """Ask about the text; anew where somebody was asked for less, or for nothing."""
    now = timezone.now()
    if row is None:
        row = FollowUp(article=article, cause=cause, holds=True, opened=now, due=now)
        FollowUp.objects.bulk_create([row], ignore_conflicts=True)
    else:
        row.named_only, row.same_words = False, False
        row.opened = row.due = now
        row.closed = row.closed_by = row.closing = row.said_by = None
        row.reason = ""
        row.save()
