"""Pages on which somebody decides: what an agency took back, and what joins what."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from tamizdat.edition.compare import compare
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import ServicePage, WireAlert, WireJoin, WireUse
from tamizdat.newsroom.obstacles import people
from tamizdat.newsroom.rights import may, works_on_texts
from tamizdat.newsroom.wire_desk import alerts, answering, inbox, reviving
from tamizdat.newsroom.wire_desk.texts import words_of_block
from tamizdat.wire.items import read_item


def now() -> datetime:
    """Take the time, UTC."""
    return datetime.now(UTC)


@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Join two items, or part them, and lead to the later one."""
    rows = WireJoin.objects.select_related("item__source")
    one = get_object_or_404(rows, pk=key)
    if not answering.may_answer(one, request.user):
        raise PermissionDenied
    yes = request.POST.get("answer") == "yes"
    answering.answer(key, request.user, now(), yes=yes)
    said = _("They are versions of one report.") if yes else _("They are two reports.")
    messages.success(request, said)
    services = one.item.source.services.all()
    wanted = request.POST.get("service", "")
    known = [each.service_id for each in services]
    service = wanted if wanted in known else known[0]
    return redirect("wire_item", service, one.item_id)


@require_POST
def verdict(request: HttpRequest, service_id: str, key: int) -> HttpResponse:
    """Set a withdrawal aside, or let it count again, and show the item."""
    service: ServicePage = get_object_or_404(ServicePage, service_id=service_id)
    if not may(request.user, reviving.RIGHT, service):
        raise PermissionDenied
    row = get_object_or_404(inbox.of_service(service), pk=key)
    usable = request.POST.get("usable") == "yes"
    reason = request.POST.get("reason", "")
    try:
        reviving.decide(row, service, request.user, now(), usable=usable, reason=reason)
    except NewsroomError as error:
        messages.error(request, str(error))
    else:
        said = _("It may be used. Your name and reason stand beside it.")
        messages.success(request, said if usable else _("It is withdrawn again."))
    return redirect("wire_item", service_id, key)


@never_cache
def alert(request: HttpRequest, key: int) -> HttpResponse:
    """Show what an agency said of copy that was used; close it with a reason."""
    rows = WireAlert.objects.select_related(
        "article__service", "article__page", "item__source", "used", "closing"
    )
    one = get_object_or_404(rows, pk=key)
    if not works_on_texts(request.user, one.article.service):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            alerts.close_by_hand(key, request.user, request.POST.get("reason", ""))
        except NewsroomError as error:
            refusal = str(error)
        else:
            messages.success(
                request,
                _("Closed. Your reason is kept; a redaction erases it."),
            )
            return redirect("wire_desk", one.article.service.service_id)
    context = {
        "alert": one,
        "item": read_item(one.item.item),
        "changes": _told(one),
        "refusal": refusal,
        "may": alerts.may_decide(one, request.user),
        "deciders": people(alerts.deciders(one)),
    }
    return render(request, "newsroom/wire/alert.html", context)


def _told(one: WireAlert) -> list[dict[str, Any]]:
    """Compare each paragraph that was used with the newer text, word by word.

    Returns:
        For each: the words as they were taken and the runs of what became of them.
    """
    uses = WireUse.objects.filter(article=one.article, item__chain=one.used.chain)
    taken = [text for use in uses for _at, text in use.paragraphs if text]
    fresh = [words_of_block(block) for block in read_item(one.item.item).body]
    return [{"old": old, "runs": compare(old, _nearest(old, fresh))} for old in taken]


def _nearest(old: str, fresh: list[str]) -> str:
    """Find the paragraph that most of the words of another one stand in."""
    words = set(old.split())
    scored = [(len(words & set(text.split())), text) for text in fresh]
    most, text = max(scored, default=(0, ""), key=lambda pair: pair[0])
    return text if most * 2 >= len(words) else ""
