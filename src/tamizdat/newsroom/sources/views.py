"""Show where copy comes from and how each source is; do what its buttons say."""

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import WireSource
from tamizdat.newsroom.models.wire import BY_HAND
from tamizdat.newsroom.rights import may
from tamizdat.newsroom.roles import TEXTS
from tamizdat.newsroom.sources import health, verbs


@never_cache
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources; pause one, fetch from it now, accept its format by POST."""
    operates = may(request.user, "operate")
    if not operates and not any(may(request.user, right) for right in TEXTS):
        raise PermissionDenied
    if request.method == "POST":
        return _do(request)
    now = datetime.now(UTC)
    every = WireSource.objects.exclude(kind=BY_HAND).prefetch_related("services")
    seen = [one for one in every if operates or _is_seen(request, one)]
    context = {
        "rows": [(one, health.health_of(one, now)) for one in seen],
        "may": operates,
    }
    return render(request, "newsroom/wire/sources.html", context)


def _is_seen(request: HttpRequest, source: WireSource) -> bool:
    services = source.services.all()
    return any(may(request.user, right, one) for one in services for right in TEXTS)


def _do(request: HttpRequest) -> HttpResponse:
    if not may(request.user, "operate"):
        raise PermissionDenied
    key = request.POST.get("source", "")
    rows = WireSource.objects.exclude(kind=BY_HAND)
    source = get_object_or_404(rows, pk=int(key) if key.isdecimal() else 0)
    said = {
        "poll": _("%(name)s is fetched from within seconds."),
        "pause": _("%(name)s is paused."),
        "resume": _("%(name)s is fetched from again."),
        "accept": _("%(name)s: the new format is accepted."),
    }.get(do := request.POST.get("do", ""))
    if said is None:
        return redirect("wire_sources")
    now = datetime.now(UTC)
    if do == "accept":
        verbs.accept(source, now)
    elif do == "poll":
        WireSource.objects.filter(pk=source.pk).update(due=now)
    else:
        verbs.pause(source, active=do == "resume")
    messages.success(request, said % {"name": isolated(source)})
    return redirect("wire_sources")
