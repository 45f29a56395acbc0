"""Show what is held, to be followed and stale; take Undo and reasons."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin import messages
from wagtail.models import Revision

from tamizdat.newsroom.errors import MalformedError, said_later
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    FollowUp,
    HeldRelease,
)
from tamizdat.newsroom.releases import (
    board,
    comparison,
    holds,
)
from tamizdat.newsroom.rights import may, reads_draft

LATE = 2  # seconds after its end in which a press that is awake has released it
AGAIN = 5  # seconds until a page that waits for the press is asked for again
NEWS = timedelta(minutes=2)  # while a release is told to whoever asks what became of it
HOUR = "approved_go_live_at"  # when a version is to go out
MISSED = timedelta(minutes=1)  # a press that is awake needs no more
PRESSING = 5  # tasks on the home page
UNDONE = gettext_lazy("Undone: nothing went out. What you wrote is the draft below.")


def held(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a held release with the seconds left; Undo by POST."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    if not reads_draft(request.user, page.article):
        raise PermissionDenied
    if request.method == "POST":
        return _undo(request, page)
    one = HeldRelease.objects.filter(page=page).select_related("actor").first()
    if one is None:
        return _tell(request, page)
    left = (one.until - datetime.now(UTC)).total_seconds()
    context = {
        "page": page,
        "draft": one.revision.as_object(),
        "held": one,
        "seconds": max(0, math.ceil(left)),
        "milliseconds": max(0, round(left * 1000)),
        "late": left < -LATE,
    }
    answer = render(request, "newsroom/held.html", context)
    if not one.refused:
        # Without a script the browser itself asks again, once the hold is over.
        answer["Refresh"] = str(max(1, math.ceil(left) + 1) if left > 0 else AGAIN)
    return answer


def _undo(request: HttpRequest, page: ArticlePage) -> HttpResponse:
    held = HeldRelease.objects.filter(page=page).first()
    if not may(request.user, "publish", page.service):
        messages.error(request, _("You may not publish here, so you may not undo."))
    elif holds.undo(page.pk, request.user):
        if held is not None and held.post is not None:
            words = _("Undone: nothing went out. Your words are below.")
            messages.success(request, words)
            return redirect("newsroom_post", page.pk)
        messages.success(request, UNDONE)
    else:
        messages.error(request, _("Too late: it is undone already, or it is out."))
        return _tell(request, page)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _tell(request: HttpRequest, page: ArticlePage) -> HttpResponse:
    """Tell what became of a release that is held no more, and lead to its form."""
    from tamizdat.newsroom import wagtail_hooks  # noqa: PLC0415 (it loads these views)

    newest = page.newest_release
    if newest and newest.time > datetime.now(UTC) - NEWS:
        messages.success(request, wagtail_hooks.released_words(page, newest))
    return redirect("wagtailadmin_pages:edit", page.pk)


def held_for(user: Any) -> list[HeldRelease]:
    """List what is held, of the articles whose drafts an account may read."""
    rows = HeldRelease.objects.select_related(
        "page__article__service", "page__article__story", "revision", "actor"
    )
    return [
        one for one in rows.order_by("until") if reads_draft(user, one.page.article)
    ]


def missed_by(user: Any, now: datetime) -> list[tuple[ArticlePage, datetime]]:
    """List what was set for an hour that came, and did not go out then.

    Args:
        user: sees those whose drafts they may read.
        now: UTC.

    Returns:
        Each with its hour, UTC.
    """
    due = Revision.objects.filter(approved_go_live_at__lte=now - MISSED)
    hours = {
        int(key): hour
        for key, hour in due.values_list("object_id", HOUR).order_by(HOUR)
    }
    pages = ArticlePage.objects.filter(pk__in=hours)
    rows = pages.select_related("article__service", "article__story").order_by("pk")
    return [(one, hours[one.pk]) for one in rows if reads_draft(user, one.article)]


def held_lines(user: Any) -> list[dict[str, Any]]:
    """Say for the strip what is held, of the articles whose drafts somebody may read.

    Returns:
        For each: key, text, url, seconds (until it goes out, may be past) and undo
        (words of the button, "" for who may not).
    """
    now = datetime.now(UTC)
    held = _("“%(headline)s” (%(service)s) is held, not out yet.")
    refused = _("“%(headline)s” (%(service)s) did not go out: look why.")
    return [
        {
            "key": f"held-{one.pk}",
            "text": (refused if one.refused else held)
            % {
                "headline": isolated(one.revision.content["title"]),
                "service": isolated(one.page.service.service_id),
            },
            "url": reverse("held_release", args=(one.page_id,)),
            "seconds": (one.until - now).total_seconds(),
            "undo": pgettext("a release", "Undo")
            if may(user, "publish", one.page.service)
            else "",
        }
        for one in held_for(user)
    ]


def stale(request: HttpRequest) -> HttpResponse:
    """Show stories by service: who follows, who is behind, who has not begun."""
    try:
        asked = board.Asked.of(request.GET)
    except MalformedError as error:
        raise BadRequest(str(error)) from error
    return render(request, "newsroom/stale.html", board.stories(asked))


def changes(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show what changed in an article from one release to another."""
    rows = Article.objects.select_related("service")
    article = get_object_or_404(rows, pk=article_id, number__gt=0)
    older = _release_number(request, "from", 1, article.number)
    newer = _release_number(request, "to", article.number, article.number)
    parts, refusal = [], ""
    try:
        parts = comparison.release_changes(article, older, newer)
    except comparison.IncomparableError as error:
        refusal = str(error)
    between = article.releases.filter(number__gt=older, number__lte=newer)
    context = {
        "article": article,
        "older": older,
        "newer": newer,
        "parts": parts,
        "refusal": refusal,
        "releases": between.select_related("actor"),
    }
    return render(request, "newsroom/changes.html", context)


def _release_number(request: HttpRequest, name: str, default: int, most: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given) <= most:
        expected = said_later("a number from 1 to %(most)d")
        raise BadRequest(str(MalformedError(name, expected, given, most=most)))
    return int(given)


def pressing(user: Any) -> dict[str, Any]:
    """Gather for the home page what is held and the tasks that press most."""
    now = datetime.now(UTC)
    open_ones = FollowUp.objects.open()
    return {
        "tasks": list(board.with_articles(open_ones)[:PRESSING]),
        "open": open_ones.count(),
        "overdue": FollowUp.objects.overdue(now).count(),
        "held": held_for(user),
        "missed": missed_by(user, now),
        "now": now,
    }
