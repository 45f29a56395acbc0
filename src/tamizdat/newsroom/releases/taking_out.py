"""Offer to take the headline of another story out of an article, in one press.

What readers have goes out once more, as a redaction: its related stories are named by
what they say now. Two people press it, as for any redaction.
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
from tamizdat.newsroom.models import ArticlePage, FollowUp
from tamizdat.newsroom.obstacles import obstacles, people
from tamizdat.newsroom.obstacles import waits as wait
from tamizdat.newsroom.releases import answering, erasing, holds, mentions
from tamizdat.newsroom.releases.beside import set_aside
from tamizdat.newsroom.rights import reads_draft, require
from tamizdat.newsroom.turns import take_turn

KIND = "redaction"


def waits(one: FollowUp, user: Any) -> bool:
    """Say whether a draft of the article would be erased by the redaction."""
    page = ArticlePage.objects.filter(article=one.article_id).first()
    return bool(
        page and page.has_unpublished_changes and reads_draft(user, page.article)
    )


def press(request: HttpRequest, one: FollowUp) -> HttpResponse:
    """Sign the redaction, or hold it where another has signed."""
    back = redirect("followup", one.pk)
    try:
        with transaction.atomic():
            return _press(request, one) or back
    except NewsroomError as error:
        messages.error(request, str(error))
        return back


def _press(request: HttpRequest, one: FollowUp) -> HttpResponse | None:
    from tamizdat.newsroom.writing.opening import open_article  # noqa: PLC0415 (cycle)

    user = request.user
    require(user, "serious", one.article.service)  # before anything is opened
    page = open_article(one.article, user)
    take_turn(page.pk)
    page = mentions.without(page)
    page.next_answers = sorted(o.pk for o in answering.by_taking_out(page.article))
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
        messages.warning(request, text % {"people": others})
        return None
    revision = set_aside(page, user)
    if holds.hold(page, revision, user, datetime.now(UTC)) is not None:
        return redirect("held_release", page.pk)
    revision.publish(user=user, skip_permission_checks=True)
    erasing.erase_due(page.article_id)
    messages.success(request, _("Out: the headline is taken out."))
    return None
