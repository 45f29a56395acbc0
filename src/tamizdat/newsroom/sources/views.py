"""Show where copy comes from and how each source is; do what its buttons say."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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
from tamizdat.newsroom.sources import health, said, verbs


@dataclass(frozen=True)
class _Row:
    """One source, and how it is in the language of whoever reads."""

    source: WireSource
    health: health.Health
    error: str
    warnings: list[str]
    may: bool

    @classmethod
    def of(cls, one: WireSource, now: datetime, *, may: bool) -> "_Row":
        """Say it. What was written down before sentences were is said as it was."""
        error = said.spoken(one.error_said) or one.error
        warnings = said.spoken_each(one.warnings_said) or one.warning.splitlines()
        return cls(one, health.health_of(one, now), error, warnings, may)


@never_cache
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources; pause one, fetch from it now, accept its format by POST."""
    if not any(may(request.user, right) for right in ("operate", *TEXTS)):
        raise PermissionDenied
    if request.method == "POST":
        return _do(request)
    now = datetime.now(UTC)
    every = WireSource.objects.exclude(kind=BY_HAND).prefetch_related("services")
    rows = [
        _Row.of(one, now, may=may_at(request.user, one, "operate"))
        for one in every
        if may_at(request.user, one, "operate", *TEXTS)
    ]
    return render(request, "newsroom/wire/sources.html", {"rows": rows})


def may_at(user: Any, source: WireSource, *rights: str) -> bool:
    """Say whether an account has one of these rights where the source brings copy."""
    if user.is_superuser:
        return True  # also where a source is left without any service
    services = source.services.all()
    return any(may(user, right, one) for one in services for right in rights)


def _do(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("source", "")
    rows = WireSource.objects.exclude(kind=BY_HAND)
    source = get_object_or_404(rows, pk=int(key) if key.isdecimal() else 0)
    if not may_at(request.user, source, "operate"):
        raise PermissionDenied
    told = {
        "poll": _("%(name)s is fetched from within seconds."),
        "pause": _("%(name)s is paused."),
        "resume": _("%(name)s is fetched from again."),
        "accept": _("%(name)s: the new format is accepted."),
    }.get(do := request.POST.get("do", ""))
    if told is None:
        return redirect("wire_sources")
    now = datetime.now(UTC)
    if do == "accept":
        verbs.accept(source, now)
    elif do == "poll":
        WireSource.objects.filter(pk=source.pk).update(due=now)
    else:
        verbs.pause(source, active=do == "resume")
    messages.success(request, told % {"name": isolated(source)})
    return redirect("wire_sources")
