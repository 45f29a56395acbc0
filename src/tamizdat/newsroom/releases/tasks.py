"""Show the tasks: what is to be followed or decided, by whom, and why; close them.

Views parse what was sent, call one verb and answer.
"""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from tamizdat.newsroom.errors import MalformedError, NewsroomError, said_later
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Attachment,
    Erasure,
    FollowUp,
    Picture,
    ServicePage,
)
from tamizdat.newsroom.releases import (
    answering,
    board,
    deciding,
    files,
    followups,
    mentions,
    taking_out,
)
from tamizdat.newsroom.releases.views import held_for, missed_by
from tamizdat.newsroom.rights import may

A_PAGE = 50  # tasks
_KINDS: dict[str, Any] = {files.PICTURE: Picture, files.ATTACHMENT: Attachment}
_LIBRARY = {
    files.PICTURE: "wagtailimages:edit",
    files.ATTACHMENT: "wagtailsnippets_newsroom_attachment:edit",
}


def tasks(request: HttpRequest) -> HttpResponse:
    """List what other services corrected and what is to be done about it."""
    now = datetime.now(UTC)
    service, state = request.GET.get("service", ""), request.GET.get("state", "open")
    rows = {
        "open": FollowUp.objects.open(),
        "overdue": FollowUp.objects.overdue(now),
        "done": FollowUp.objects.by_people().exclude(closed=None).order_by("-closed"),
    }.get(state)
    if rows is None:
        known = isolated("open, overdue, done")
        expected = said_later("one of %(known)s")
        raise BadRequest(str(MalformedError("state", expected, state, known=known)))
    if service:
        rows = rows.filter(article__service__service_id=service)
    found = Paginator(board.with_articles(rows), A_PAGE)
    context = {
        "rows": found.get_page(request.GET.get("p")),
        "now": now,
        "state": state,
        "service": service,
        "services": ServicePage.objects.few().order_by("title"),
        "overdue": FollowUp.objects.overdue(now).count(),
        "held": held_for(request.user),
        "missed": missed_by(request.user, now),
        "kept": files_kept(request.user),
    }
    return render(request, "newsroom/tasks.html", context)


def task(request: HttpRequest, key: int) -> HttpResponse:
    """Show one task; close it by POST, with a reason."""
    rows = board.with_articles(FollowUp.objects.all())
    one = get_object_or_404(rows, pk=key)
    refusal = ""
    if request.method == "POST" and "take_out" in request.POST:
        return taking_out.press(request, one)
    if request.method == "POST":
        try:
            one = deciding.close_by_hand(key, request.user, _reason(request))
        except NewsroomError as error:
            refusal = str(error)
        else:
            return _tell_decided(request, one)
    return render(request, "newsroom/task.html", _of_task(one, request.user, refusal))


def _reason(request: HttpRequest) -> str:
    return str(request.POST.get("reason", ""))


def _tell_decided(request: HttpRequest, one: FollowUp) -> HttpResponse:
    """Tell whether a task is closed by hand, or who is to say the same."""
    if one.closed:
        messages.success(request, _("Closed. Who said what stays on record."))
        return redirect("followups")
    text = _(
        "Signed. The hold ends when another says the same here by this time "
        "tomorrow: %(people)s. Another text makes it void."
    )
    messages.warning(request, text % {"people": deciding.deciders(one, request.user)})
    return redirect("followup", one.pk)


def _of_task(one: FollowUp, user: Any, refusal: str) -> dict[str, Any]:
    """Gather what the page of a task shows."""
    is_open, names = one.closed is None, dict(deciding.reasons(one))
    settles = followups.by_taking_out(one.article) if one.holds else []
    said = deciding.said_of(one) if one.holds and is_open else []
    return {
        "task": one,
        "refusal": refusal,
        "now": datetime.now(UTC),
        "may": deciding.may_decide(one, user),
        "reasons": deciding.reasons(one),
        "said": [(each, names[key]) for each, key in said],
        "deciders": deciding.deciders(one) if is_open else "",
        "named": one.holds and mentions.names(one.article, one.cause.article),
        "notes": taking_out.has_notes(one.article),
        "waits": taking_out.waits(one.article, user),
        "settles": [answering.named(each) for each in settles],
        "settled": one in settles,
    }


def files_kept(user: Any) -> list[str]:
    """List where files of stories that were taken back are still in use.

    Returns:
        Addresses of the library, for those who may take files away.
    """
    asked: dict[str, set[int]] = {kind: set() for kind in _KINDS}
    for erasure in Erasure.objects.exclude(kept=[]).select_related("article__service"):
        if may(user, "serious", erasure.article.service):
            for kind, key in erasure.kept:
                asked[kind].add(key)
    return sorted(
        reverse(_LIBRARY[kind], args=(key,))
        for kind, keys in asked.items()
        for key in _KINDS[kind].objects.filter(pk__in=keys).values_list("pk", flat=True)
    )
