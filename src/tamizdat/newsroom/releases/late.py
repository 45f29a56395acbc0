"""Hold an article for what was taken back before anybody could ask about it.

A link may be made after a redaction, and a text that was withdrawn may come back after
one. Each article has a row for every redaction and withdrawal of the articles that it
is linked with: open, dealt with, or a reason why nobody had to be asked. Where one is
missing nobody was asked, and nothing of the article goes out.

Source: docs/decisions/0069-holds-that-nobody-slips.md.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, Erasure, FollowUp, Release
from tamizdat.newsroom.models.followups import BEGUN_AFTER
from tamizdat.newsroom.releases.links import HOLDING, near, with_words


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
    catch_up(article, source)


def catch_up(
    article: Article, source: Article | None, *, is_new_link: bool = False
) -> None:
    """Hold whoever was not asked for what was taken back in the stories of an article.

    Args:
        article: that is saved: it has words, whatever became of its last release.
        source: what its draft is made from, if anything.
        is_new_link: it was linked otherwise before.
    """
    if not (is_new_link or _something_was_taken_back(article, source)):
        return
    around = near(article, source)
    causes = _causes(around)
    rows = _rows(around, causes)
    for one in with_words(around) | {article}:
        for cause in causes:
            if cause.article_id != one.pk:
                _ask(one, cause, rows.get((one.pk, cause.pk)))


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
    FollowUp.objects.bulk_create(
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
    )


def _something_was_taken_back(article: Article, source: Article | None) -> bool:
    """Say whether the way through all links is worth going; asked at every save."""
    asked = Q(article__story=article.story_id)
    if source is not None:
        asked |= Q(article__story=source.story_id)
    return bool(Erasure.objects.filter(asked).exclude(article=article).exists())


def _causes(articles: Iterable[Article]) -> list[Release]:
    rows = Release.objects.filter(article__in=list(articles), kind__in=HOLDING)
    return list(rows.select_related("article__service").order_by("pk"))


def _rows(articles: Iterable[Article], causes: Iterable[Release]) -> dict[Any, Any]:
    rows = FollowUp.objects.filter(article__in=list(articles), cause__in=list(causes))
    return {(row.article_id, row.cause_id): row for row in rows}


def _ask(article: Article, cause: Release, row: FollowUp | None) -> None:
    """Ask about the text, also where somebody was asked for a headline alone."""
    now = timezone.now()
    if row is None:
        FollowUp.objects.create(
            article=article, cause=cause, holds=True, opened=now, due=now
        )
    elif row.named_only:
        row.named_only, row.same_words = False, False
        row.opened = row.due = now
        row.closed = row.closed_by = row.closing = row.said_by = None
        row.reason = ""
        row.save()
