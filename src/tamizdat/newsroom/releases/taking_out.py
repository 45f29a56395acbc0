"""Offer to take a headline or a file out of what readers have, in one press.

What they have goes out once more, as a redaction: its related stories are named by what
they say now, its pictures are those of now. Two people press it, as for any redaction.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from tamizdat.newsroom import signoffs
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import Article, ArticlePage, FollowUp
from tamizdat.newsroom.obstacles import obstacles, people
from tamizdat.newsroom.obstacles import waits as wait
from tamizdat.newsroom.releases import erasing, followups, holds, mentions
from tamizdat.newsroom.releases.beside import set_aside
from tamizdat.newsroom.rights import reads_draft, require
from tamizdat.newsroom.turns import take_turn

KIND = "redaction"


def waits(article: Article, user: Any) -> bool:
    """Say whether a draft of the article would be erased by the redaction."""
    page = ArticlePage.objects.filter(article=article).first()
    return bool(
        page and page.has_unpublished_changes and reads_draft(user, page.article)
    )


def press(request: HttpRequest, one: FollowUp) -> HttpResponse:
    """Take a headline out: sign it, or hold it where another has signed."""
    answers = followups.by_taking_out(one.article)
    said = _("Out: the headline is taken out.")
    return _press(request, one.article, answers, said) or redirect("followup", one.pk)


def press_picture(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Take files of a picture out that it had before. Returns: where to go on."""
    said = _("Out: files that the picture had before go from every mirror.")
    return _press(request, article, [], said)


def has_notes(article: Article) -> bool:
    """Say whether readers have notes that a redaction erases, unless it keeps them."""
    living = article.releases.filter(erased=None)
    return bool(living.exclude(note="").exists())


def _of_notes(page: ArticlePage) -> str:
    """Say what was signed of notes, for whoever presses the same."""
    if not has_notes(page.article):
        return ""
    if page.next_keeps_notes:
        return _("Notes to readers are kept.")
    return _("Notes to readers go.")


def _press(
    request: HttpRequest, article: Article, answers: list[FollowUp], said: str
) -> HttpResponse | None:
    try:
        with transaction.atomic():
            return _redact(request, article, answers, said)
    except NewsroomError as error:
        messages.error(request, str(error))
        return None


def _redact(
    request: HttpRequest, article: Article, answers: list[FollowUp], said: str
) -> HttpResponse | None:
    from tamizdat.newsroom.writing.opening import open_article  # noqa: PLC0415 (cycle)

    user = request.user
    require(user, "serious", article.service)  # before anything is opened
    page = open_article(article, user)
    take_turn(page.pk)
    page = mentions.without(page, keeps_notes=request.POST.get("keep_notes") == "on")
    page.next_answers = sorted(one.pk for one in answers)
    page.next_same_words = bool(page.next_answers)
    found = obstacles(page, user, KIND)
    if found and not wait(found):
        for reason in found:
            messages.error(request, reason)
        return None
    if found:
        signoffs.sign(page, user, KIND)
        others = people(signoffs.others_who_may(page.service, user, KIND))
        text = _("Signed. It goes out when another presses the same here: %(people)s.")
        messages.warning(request, f"{text % {'people': others}} {_of_notes(page)}")
        return None
    revision = set_aside(page, user)
    if holds.hold(page, revision, user, datetime.now(UTC)) is not None:
        return redirect("held_release", page.pk)
    revision.publish(user=user, skip_permission_checks=True)
    erasing.erase_due(page.article_id)
    messages.success(request, said)
    return None
