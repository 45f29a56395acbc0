"""Say what is kept of the wire and how long, source by source; let operators set it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import KeptItem, ServicePage, WireSource
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import TEXTS
from tamizdat.newsroom.sources import said, verbs
from tamizdat.newsroom.sources.views import may_at


@dataclass(frozen=True)
class Kept:
    """What of one source is here.

    Attributes:
        whole: items with their text.
        used: items that stories used, with or without their text.
        refused: files that no parser could read.
        oldest: UTC, when the oldest one with its text came; None without any.
        goes: UTC, when that one goes unless somebody uses it.
    """

    source: WireSource
    services: Sequence[ServicePage]
    whole: int
    used: int
    refused: int
    oldest: datetime | None
    goes: datetime | None


def kept_of(sources: Sequence[WireSource]) -> list[Kept]:
    """Count what is here, in as many questions for one source as for forty."""
    keys = [one.pk for one in sources]
    items = KeptItem.objects.filter(source__in=keys).order_by().values("source")
    whole = Q(erased=None)
    counted = {
        row["source"]: row
        for row in items.annotate(
            whole=Count("pk", filter=whole), oldest=Min("received", filter=whole)
        )
    }
    used = items.filter(uses__isnull=False).annotate(n=Count("pk", distinct=True))
    in_use = {row["source"]: row["n"] for row in used}
    rows = WireSource.objects.filter(pk__in=keys).annotate(n=Count("refused"))
    refused = dict(rows.values_list("pk", "n"))
    return [
        _kept(one, counted.get(one.pk, {}), in_use.get(one.pk, 0), refused[one.pk])
        for one in sources
    ]


def _kept(one: WireSource, row: Any, used: int, refused: int) -> Kept:
    oldest = row.get("oldest")
    goes = oldest + timedelta(days=one.keep_days) if oldest else None
    services = list(one.services.all())
    return Kept(one, services, row.get("whole", 0), used, refused, oldest, goes)


@never_cache
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is kept, and set for how many days by POST."""
    if not any(may(request.user, right) for right in ("operate", *TEXTS)):
        raise PermissionDenied
    asked = None
    if request.method == "POST":
        asked = _set(request)
        if asked is None:
            return redirect("wire_retention")
    user, every = request.user, WireSource.objects.prefetch_related("services")
    seen = [one for one in every if may_at(user, one, "operate", *TEXTS)]
    rows = [(one, may_at(user, one.source, "operate")) for one in kept_of(seen)]
    context = {"rows": rows, "asked": asked}
    return render(request, "newsroom/wire/retention.html", context)


def _set(request: HttpRequest) -> dict[str, Any] | None:
    """Set the days of one source; give what has to be said yes to before."""
    key, days = request.POST.get("source", ""), request.POST.get("days", "").strip()
    source = get_object_or_404(WireSource, pk=int(key) if key.isdecimal() else 0)
    number = int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else 0  # noqa: PLR2004
    if not may_at(request.user, source, "operate"):
        raise PermissionDenied
    now = datetime.now(UTC)
    goes = verbs.goes_at_once(source, number, now)
    if goes and verbs.is_length(number) and "sure" not in request.POST:
        return {"source": source, "days": number, "goes": goes}
    try:
        verbs.keep_for(source, number)
    except SourceError as error:
        messages.error(request, said.spoken(said.kept(error.said)))
    else:
        done = _("Saved: %(name)s.") % {"name": isolated(source)}
        messages.success(request, done)
    return None
