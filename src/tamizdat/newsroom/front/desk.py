"""The front page desk: arrange, look, compare, put back.

Views parse what was posted, call one verb and answer.
"""

import zoneinfo
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.search.backends import get_search_backend

from tamizdat.edition.errors import EditionError
from tamizdat.newsroom.errors import FrontError, NewsroomError
from tamizdat.newsroom.front import arranging, work
from tamizdat.newsroom.front.layout import Layout, Pin, Place, room
from tamizdat.newsroom.front.preview import front_html
from tamizdat.newsroom.front.sentences import Teller
from tamizdat.newsroom.front.work import Work, section_names, slot_text
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.models import Arrangement, Article, ServicePage
from tamizdat.newsroom.preview import with_pictures
from tamizdat.newsroom.rights import may

STORIES = 20  # offered at once
HISTORY = 50  # arrangements on one page
DIGITS = 9  # of the number of an arrangement
WIDTHS = ((320, "XS"), (640, "SM"), (960, "MD"), (1280, "LG"))  # CSS pixels
INERT = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self';"
    " style-src 'unsafe-inline'"
}


def now() -> datetime:
    """Take the time, UTC."""
    return datetime.now(UTC)


@require_safe
def choose_service(request: HttpRequest) -> HttpResponse:
    """List the services whose front page somebody may arrange."""
    live = ServicePage.objects.live().order_by("title")
    services = [one for one in live if may(request.user, "arrange", one)]
    if len(services) == 1:
        return redirect("front_desk", services[0].service_id)
    rows = [(one, arranging.newest(one)) for one in services]
    return render(request, "newsroom/front/services.html", {"rows": rows})


def _service(request: HttpRequest, service_id: str) -> ServicePage:
    service: ServicePage = get_object_or_404(ServicePage, service_id=service_id)
    if not may(request.user, "arrange", service):
        raise PermissionDenied
    return service


@never_cache
def desk(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show the desk of one front page, and do what its buttons say."""
    service = _service(request, service_id)
    if request.method != "POST":
        return _show(request, service, _opened(request, service))
    do = request.POST.get("do", "")
    try:
        posted = work.read(request.POST, service)
    except FrontError as error:
        return _show(request, service, _opened(request, service).refusing(error))
    if do == "save":
        return _save(request, service, posted)
    target = request.POST.get(f"target-{do.partition(':')[2]}", "")
    return _show(request, service, work.step(posted, do, target, service))


def _opened(request: HttpRequest, service: ServicePage) -> Work:
    """Begin with the page as it is, with a proposal, or with one story more."""
    last = arranging.newest(service)
    begun = Work(arranging.layout_of(last), base=(last.number or 0) if last else 0)
    asked = request.GET.get("proposal", "")
    if asked.isdecimal():
        kept = Arrangement.objects.proposals().filter(service=service, pk=asked).first()
        if kept:
            mine = arranging.layout_of(kept)
            begun = replace(begun, layout=mine, proposal=kept.pk)
    story = request.GET.get("lead", "")
    if story.isdecimal() and int(story) not in begun.layout.articles:
        begun = work.step(begun, f"add:{story}", "", service)
        begun = work.step(begun, f"top:{story}", "", service)
    return begun


def _save(request: HttpRequest, service: ServicePage, posted: Work) -> HttpResponse:
    try:
        kept = arranging.arrange(
            service, posted.layout, request.user, base=posted.base, now=now()
        )
    except FrontError as error:
        return _show(request, service, posted.refusing(error))
    if posted.proposal:
        own = Arrangement.objects.proposals().filter(pk=posted.proposal)
        own.filter(service=service).delete()
    return _answer_kept(request, service, kept)


def _answer_kept(
    request: HttpRequest, service: ServicePage, kept: Arrangement
) -> HttpResponse:
    place = reverse("front_desk", args=(service.service_id,))
    if kept.number is None:
        messages.error(request, _("Not put on the page: somebody was faster."))
        return redirect(f"{place}?{urlencode({'proposal': kept.pk})}")
    words = _("Arrangement %(number)d goes to the mirrors now.")
    messages.success(request, words % {"number": kept.number})
    return redirect(place)


def _show(request: HttpRequest, service: ServicePage, shown: Work) -> HttpResponse:
    last = arranging.newest(service)
    before = arranging.layout_of(last)
    proposals = Arrangement.objects.proposals().filter(service=service)
    context = {
        "service": service,
        "work": shown,
        "last": last,
        "changed": shown.layout != before,
        "sections": _sections(service, shown),
        "names": section_names(service),
        "stories": _stories(service, shown),
        "proposals": proposals.select_related("actor"),
        "overtaken": _overtaken(service, shown, before),
        "breaking": Article.objects.filter(
            service=service, breaking_until__isnull=False
        ),
        "zone": service.time_zone,
    }
    return render(request, "newsroom/front/desk.html", context)


def _overtaken(
    service: ServicePage, shown: Work, before: Layout
) -> dict[str, Any] | None:
    """Say what others did meanwhile, and what a proposal would change of it."""
    if not shown.proposal:
        return None
    kept = Arrangement.objects.get(pk=shown.proposal)
    base = Arrangement.objects.filter(service=service, number=kept.base).first()
    was = arranging.layout_of(base)
    told = {*was.articles, *before.articles, *shown.layout.articles}
    teller = Teller(service, told)
    later = Arrangement.objects.numbered().filter(service=service, number__gt=kept.base)
    return {
        "proposal": kept,
        "others": later.select_related("actor"),
        "theirs": teller.tell(was, before),
        "mine": teller.tell(before, shown.layout),
    }


def _sections(service: ServicePage, shown: Work) -> list[dict[str, Any]]:
    zone = zoneinfo.ZoneInfo(service.time_zone)
    articles = Article.objects.in_bulk(shown.layout.articles)
    return [
        {
            "key": key,
            "id": key or "lead",
            "name": name,
            "room": room(key),
            "slots": [
                {
                    "article": articles.get(pin.article),
                    "key": str(pin.article),
                    "value": slot_text(Place(key, at), pin),
                    "until": f"{pin.until.astimezone(zone):{work.LOCAL}}"
                    if pin.until
                    else "",
                    "number": at + 1,
                    "first": at == 0,
                    "last": at == len(shown.layout.of(key)) - 1,
                }
                for at, pin in enumerate(shown.layout.of(key))
            ],
        }
        for key, name in section_names(service).items()
    ]


def _stories(service: ServicePage, shown: Work) -> list[Article]:
    """Offer what may be put on the page: what was searched for, the newest first."""
    own = Article.objects.released().filter(service=service).order_by("-released")
    if shown.query:
        backend = get_search_backend()
        found = backend.autocomplete(shown.query, own, order_by_relevance=False)
        rows = list(found[: 3 * STORIES])
    else:
        rows = list(own.filter(taken_back="")[: STORIES + len(shown.layout.articles)])
    placed = set(shown.layout.articles)
    free = [row for row in rows if not row.taken_back and row.pk not in placed]
    return free[:STORIES]


@require_POST
def preview(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show the page as it would be frozen now, at four widths side by side."""
    service = _service(request, service_id)
    try:
        layout = work.read(request.POST, service).layout
    except FrontError as error:
        messages.error(request, str(error))
        return redirect("front_desk", service_id)
    slots = [("slot", slot_text(place, pin)) for place, pin in layout]
    place = reverse("front_frozen", args=(service_id,))
    context = {
        "service": service,
        "widths": WIDTHS,
        "frozen": f"{place}?{urlencode([('base', 0), *slots])}",
    }
    return render(request, "newsroom/front/preview.html", context)


@require_safe
@never_cache
@xframe_options_sameorigin
def frozen(request: HttpRequest, service_id: str) -> HttpResponse:
    """Answer with the page itself."""
    service = _service(request, service_id)
    try:
        layout = work.read(request.GET, service).layout
        html: str | bytes = with_pictures(front_html(service, layout))
    except (EditionError, NewsroomError) as error:
        html = render_to_string("newsroom/no_preview.html", {"reason": error})
    return HttpResponse(html, headers=INERT)


@require_safe
def history(request: HttpRequest, service_id: str) -> HttpResponse:
    """List who arranged the page, when, and what that changed."""
    service = _service(request, service_id)
    kept = Arrangement.objects.numbered().filter(service=service)
    before = request.GET.get("before", "")
    page = kept
    if before.isascii() and before.isdecimal() and len(before) <= DIGITS:
        page = kept.filter(number__lt=int(before))
    told_of = page.select_related("actor").prefetch_related("slots")
    rows = list(told_of[: HISTORY + 1])
    layouts = [_prefetched(row) for row in rows]
    teller = Teller(service, {key for one in layouts for key in one.articles})
    before_them = [*layouts[1:], Layout()][: len(layouts)]
    pairs = zip(before_them, layouts, strict=True)
    told = [teller.tell(old, new) for old, new in pairs]
    shown = list(zip(rows, told, strict=True))[:HISTORY]
    context = {
        "service": service,
        "rows": shown,
        "newest": kept.first(),
        "older": shown[-1][0].number if len(rows) > HISTORY else None,
    }
    return render(request, "newsroom/front/history.html", context)


def _prefetched(row: Arrangement) -> Layout:
    slots = sorted(row.slots.all(), key=lambda slot: (slot.section, slot.position))
    found: dict[str, tuple[Pin, ...]] = {}
    for slot in slots:
        pins = found.get(slot.section, ())
        found[slot.section] = (*pins, Pin(slot.article_id, slot.until))
    return Layout(found)


@require_POST
def put_back(request: HttpRequest, service_id: str) -> HttpResponse:
    """Put an older arrangement back."""
    service = _service(request, service_id)
    number, base = (request.POST.get(key, "") for key in ("number", "base"))
    if not (number.isdecimal() and base.isdecimal()):
        return redirect("front_history", service_id)
    try:
        kept, dropped = arranging.restore(
            service, int(number), request.user, base=int(base), now=now()
        )
    except FrontError as error:
        messages.error(request, str(error))
        return redirect("front_history", service_id)
    if dropped:
        names = listed(isolated(one) for one in dropped)
        words = _("Left out, because they cannot stand there any more: %(names)s.")
        messages.warning(request, words % {"names": names})
    return _answer_kept(request, service, kept)


@require_POST
def discard(request: HttpRequest, service_id: str) -> HttpResponse:
    """Take a proposal away."""
    service = _service(request, service_id)
    key = request.POST.get("proposal", "")
    own = Arrangement.objects.proposals().filter(service=service)
    kept = own.filter(pk=key).first() if key.isdecimal() else None
    if kept:
        arranging.discard(kept, request.user)
        messages.success(request, _("The proposal is gone; the page is as it was."))
    return redirect("front_desk", service_id)
