"""Say that a story is breaking news, and that it is no more.

The flag ends by itself: whoever stays awake writes that down at its hour (`schedule`),
and the press, which goes by what is written, prints the lists anew.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tamizdat.newsroom import obstacles, signoffs
from tamizdat.newsroom.errors import BreakingError
from tamizdat.newsroom.front import offers
from tamizdat.newsroom.models import Article, ArticlePage, Breaking, FollowUp
from tamizdat.newsroom.models.breaking import MOST_HOURS
from tamizdat.newsroom.releases import followups
from tamizdat.newsroom.rights import require

MOST = timedelta(hours=MOST_HOURS)
GIVING = ("publish", "update")  # kinds of release that can start it


@transaction.atomic
def begin(
    article: Article,
    actor: Any,
    until: datetime,
    now: datetime,
    *,
    signed: bool = False,
) -> Breaking:
    """Let a released story break, or break for longer or shorter than it does.

    Args:
        article: released, not taken back and not held.
        actor: the account that says so; None for a program.
        until: UTC, exclusive.
        now: UTC.
        signed: a release that was just checked asked for it.

    Raises:
        RightError: not theirs to say.
        BreakingError: it cannot break, or not until then.
    """
    if actor is not None:
        require(actor, "breaking", article.service)
    article = _held(article)
    _check(article, until, now)
    if not signed:
        _check_story(article, now)
    before = article.breaking_until
    row = _note(article, until, actor, now)
    if before is None:
        offers.make(row)
    return row


@transaction.atomic
def end(article: Article, actor: Any, now: datetime) -> Breaking | None:
    """Let a story break no more; None if it did not.

    Raises:
        RightError: not theirs to say.
    """
    if actor is not None:
        require(actor, "breaking", article.service)
    article = _held(article)
    if article.breaking_until is None:
        return None
    return _note(article, None, actor, now)


def end_due(now: datetime) -> None:
    """End what was to break until now or before."""
    due = Article.objects.filter(breaking_until__lte=now).order_by("pk")
    for article in due.only("pk"):
        _end_due(article, now)


@transaction.atomic
def _end_due(article: Article, now: datetime) -> None:
    article = _held(article)
    if article.breaking_until is not None and article.breaking_until <= now:
        _note(article, None, None, now)


def next_end(now: datetime) -> datetime | None:
    """Tell when the next story stops breaking, after now. Both UTC."""
    later = Article.objects.filter(breaking_until__gt=now).order_by("breaking_until")
    found: datetime | None = later.values_list("breaking_until", flat=True).first()
    return found


def asks(page: ArticlePage, kind: str) -> bool:
    """Say whether a draft, released as this kind, is to break."""
    return page.breaking and kind in GIVING


def follow(page: ArticlePage, kind: str, actor: Any, now: datetime) -> Breaking | None:
    """Begin what a draft asked for, once it is out.

    Args:
        page: just published.
        kind: of its newest release.
        actor: the account that published, or None.
        now: UTC.
    """
    if not asks(page, kind) or FollowUp.objects.on(page.article_id).exists():
        return None  # held: by this release it was joined to what was taken back
    hours = min(max(page.breaking_hours, 1), MOST_HOURS)
    end = now + timedelta(hours=hours)
    return begin(page.article, actor, end, now, signed=True)


def end_of_taken_back(article: Article, actor: Any, now: datetime) -> Breaking | None:
    """End the flag of a story that was taken back, whoever may do that."""
    held = _held(article)
    return _note(held, None, actor, now) if held.breaking_until else None


def _held(article: Article) -> Article:
    """Hold the row of an article until the transaction ends."""
    rows = Article.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("service", "story").get(pk=article.pk)


def _note(
    article: Article, until: datetime | None, actor: Any, now: datetime
) -> Breaking:
    Article.objects.filter(pk=article.pk).update(breaking_until=until)
    article.breaking_until = until
    return Breaking.objects.create(article=article, until=until, time=now, actor=actor)


def _check(article: Article, until: datetime, now: datetime) -> None:
    if article.number == 0:
        raise BreakingError(_("It is not released yet: publish it first."))
    if article.taken_back:
        raise BreakingError(_("It was taken back: nothing of it is breaking news."))
    held = list(followups.held_by(article))
    if held:
        raise BreakingError(" ".join(held))
    if until <= now:
        raise BreakingError(_("That hour is past. Choose a later one."))
    if until > now + MOST:
        words = _("News breaks for %(most)d hours at most.")
        raise BreakingError(words % {"most": MOST_HOURS})


def _check_story(article: Article, now: datetime) -> None:
    """Refuse what its embargo forbids, or two people have to sign."""
    until = article.story.embargo
    if until is not None and until > now:
        words = _("The story is under embargo until %(until)s.")
        raise BreakingError(words % {"until": obstacles.shown_time(until)})
    if signoffs.endangers(article):
        raise BreakingError(
            _(
                "This story may endanger someone: two people sign. Tick “breaking "
                "news” in the article and publish it as an update."
            )
        )
