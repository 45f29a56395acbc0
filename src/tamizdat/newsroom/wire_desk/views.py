"""The wire desk: the inbox of a service, an item, and what an agency took back.

Views parse what was sent, call one verb and answer.
"""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from tamizdat.edition.compare import compare
from tamizdat.edition.headings import find
from tamizdat.edition.languages import territory_name
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    ArticlePage,
    KeptItem,
    SavedSearch,
    ServicePage,
    WireJoin,
    WireUse,
)
from tamizdat.newsroom.models.joins import OPEN, SURE, YES
from tamizdat.newsroom.rights import may, works_on_texts
from tamizdat.newsroom.wire_desk import (
    answering,
    encodings,
    inbox,
    pictures,
    retention,
    reviving,
    standing,
    taking,
)
from tamizdat.newsroom.wire_desk.inbox import Asked
from tamizdat.newsroom.wire_desk.texts import text_of
from tamizdat.wire.draft.spoken import pieces_of
from tamizdat.wire.items import read_item

DRAFTS = 12  # of one's own that an item may be added to
LIKE = 12  # versions of other agencies that are shown
_RECEIPT = 20  # lines of a receipt


def now() -> datetime:
    """Take the time, UTC."""
    return datetime.now(UTC)


@require_safe
def choose_service(request: HttpRequest) -> HttpResponse:
    """List the services whose wire somebody may read."""
    live = ServicePage.objects.live().order_by("title")
    services = [one for one in live if works_on_texts(request.user, one)]
    if len(services) == 1:
        return redirect("wire_desk", services[0].service_id)
    return render(request, "newsroom/wire/services.html", {"services": services})


def _service(request: HttpRequest, service_id: str) -> ServicePage:
    service: ServicePage = get_object_or_404(ServicePage, service_id=service_id)
    if not works_on_texts(request.user, service):
        raise PermissionDenied
    return service


@never_cache
@require_safe
def desk(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show the inbox of a service."""
    service = _service(request, service_id)
    asked = Asked.of(request.GET)
    shown = inbox.show(service, asked, now())
    context = {
        "service": service,
        "asked": asked,
        "shown": shown,
        "choices": inbox.choices(service),
        "hours": inbox.HOURS,
        "kinds": _kinds(),
        "searches": _searches(request.user, service),
        "alerts": inbox.alerts_of(service),
        "questions": answering.open_in(service, now()),
        "may_answer": may(request.user, "edit", service),
        "may_begin": _may_begin(request.user, service),
        "states": state_names(row.item.state for row in shown.rows),
    }
    return render(request, "newsroom/wire/desk.html", context)


@never_cache
@require_safe
def newer(request: HttpRequest, service_id: str) -> HttpResponse:
    """Say how much came since, to a page that stays open."""
    service = _service(request, service_id)
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):  # noqa: PLR2004
        return JsonResponse({"newer": 0})
    found = inbox.newer(service, Asked.of(request.GET), int(after), now())
    return JsonResponse({"newer": found})


def _kinds() -> list[tuple[str, Any]]:
    return [
        ("text", _("Texts")),
        ("picture", _("Pictures")),
        ("graphic", _("Graphics")),
        ("video", _("Videos")),
        ("audio", _("Sounds")),
        ("package", _("Packages")),
        ("planning", _("Plans")),
        ("all", _("Everything")),
    ]


def state_names(codes: Any) -> dict[str, str]:
    """Name the states that own agencies, in the language of whoever reads."""
    language = get_language() or "en"
    tongue = language if find(language) else "en"
    return {code: territory_name(code, tongue) for code in set(codes) if code}


def _may_begin(user: Any, service: ServicePage) -> bool:
    return may(user, "write", service) or may(user, "translate", service)


def _searches(account: Any, service: ServicePage) -> Any:
    return SavedSearch.objects.filter(service=service, account=account)


@require_POST
def save_search(request: HttpRequest, service_id: str) -> HttpResponse:
    """Keep a search under a name, or take one away."""
    service = _service(request, service_id)
    own = _searches(request.user, service)
    gone = request.POST.get("forget", "")
    if gone.isdecimal():
        own.filter(pk=gone).delete()
        return redirect("wire_desk", service_id)
    query = Asked.of(QueryDict(request.POST.get("query", ""))).query()
    name = " ".join(request.POST.get("name", "").split())[:60]
    if not name:
        messages.error(request, _("Give the search a name."))
    else:
        SavedSearch.objects.update_or_create(
            service=service,
            account_id=request.user.pk,
            name=name,
            defaults={"query": query},
        )
        messages.success(request, _("Saved: %(name)s.") % {"name": isolated(name)})
    place = redirect("wire_desk", service_id)
    place["Location"] += f"?{query}" if query else ""
    return place


@never_cache
@require_safe
def item(request: HttpRequest, service_id: str, key: int) -> HttpResponse:
    """Show an item: what it says, its versions, who says the same, what to do."""
    service = _service(request, service_id)
    row = get_object_or_404(
        inbox.of_service(service).select_related("source", "superseded_by"), pk=key
    )
    return _show(request, service, row)


def _show(
    request: HttpRequest, service: ServicePage, row: KeptItem, refusal: str = ""
) -> HttpResponse:
    parsed = read_item(row.item)
    seen = inbox.of_service(service)
    uses = WireUse.objects.filter(item__chain=row.chain, article__service=service)
    context = {
        "service": service,
        "row": row,
        "item": parsed,
        "blocks": [(at, one, pieces_of(one)) for at, one in enumerate(parsed.body)],
        "versions": list(seen.filter(chain=row.chain).order_by("-pk")),
        "others": _others(seen, row),
        "uses": list(uses.select_related("article__page", "item")),
        "waits": standing.waits_for_agency(row),
        "goes": None if row.erased else retention.goes(row),
        **_joins(row, request.user),
        **reviving.asked_about(row, request.user, service),
        "drafts": _drafts(request.user, service),
        "may_begin": _may_begin(request.user, service),
        "dropped": parsed.receipt.dropped[:_RECEIPT],
        "refusal": refusal,
        "states": state_names([row.state]),
        "changes": _since(seen, row, parsed),
        **encodings.asked_about(row, parsed, request.user, service),
        "pictures_here": not row.erased and pictures.are_here(row, parsed),
    }
    return render(request, "newsroom/wire/item.html", context)


def _joins(row: KeptItem, user: Any) -> dict[str, Any]:
    """Say what an item was joined to, or what is asked about it."""
    rows = WireJoin.objects.filter(Q(chain=row.chain) | Q(into=row.chain))
    every = list(
        rows.select_related("item__source", "other__source", "actor").order_by("pk")
    )
    may_answer = bool(every) and answering.may_answer(every[0], user)
    return {
        "joined": [one for one in every if one.answer in {SURE, YES}],
        "questions": [one for one in every if one.answer == OPEN],
        "may_answer": may_answer,
    }


def _others(seen: Any, row: KeptItem) -> list[KeptItem]:
    same = seen.filter(group=row.group, newest=True).exclude(chain=row.chain)
    return list(same.select_related("source").order_by("-received")[:LIKE])


def _since(seen: Any, row: KeptItem, parsed: Any) -> Any:
    """Compare an item with the version before it, word by word; None for the first."""
    before = seen.filter(superseded_by=row, erased=None).order_by("-pk").first()
    if before is None or row.erased:
        return None
    return compare(text_of(read_item(before.item).body), text_of(parsed.body))


def _drafts(user: Any, service: ServicePage) -> list[ArticlePage]:
    own = ArticlePage.objects.filter(article__service=service, owner=user, live=False)
    return list(own.order_by("-latest_revision_created_at")[:DRAFTS])


@require_POST
def begin(request: HttpRequest, service_id: str, key: int) -> HttpResponse:
    """Begin a story from an item, or add to a draft, and lead to its form."""
    service = _service(request, service_id)
    row = get_object_or_404(inbox.of_service(service).select_related("source"), pk=key)
    chosen = None
    if "choose" in request.POST:  # the form shows paragraphs to choose from
        numbers = request.POST.getlist("block")
        chosen = {int(n) for n in numbers if n.isdecimal() and len(n) < 6}  # noqa: PLR2004
    try:
        page = _taken(request, service, row, chosen)
    except NewsroomError as error:
        return _show(request, service, row, str(error))
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def keep_picture(request: HttpRequest, service_id: str, key: int) -> HttpResponse:
    """Keep a picture that came with an item, and lead to its page."""
    service = _service(request, service_id)
    row = get_object_or_404(inbox.of_service(service).select_related("source"), pk=key)
    place = request.POST.get("place", "")
    number = int(place) if place.isdecimal() and len(place) < 6 else -1  # noqa: PLR2004
    try:
        picture = pictures.keep(row, read_item(row.item), number, service, request.user)
    except NewsroomError as error:
        return _show(request, service, row, str(error))
    return redirect("wagtailimages:edit", picture.pk)


def _taken(
    request: HttpRequest, service: ServicePage, row: KeptItem, chosen: set[int] | None
) -> ArticlePage:
    if "add" not in request.POST:
        return taking.begin(row, service, request.user, chosen)
    key = request.POST.get("draft", "")
    drafts = ArticlePage.objects.filter(article__service=service)
    page = get_object_or_404(drafts, pk=key if key.isdecimal() else 0)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return taking.add(row, page, request.user, chosen)
