"""Show the press board: the page, and the part of it that is asked for again."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tamizdat.mirrors.pressboard import reading


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show everything."""
    now = datetime.now(UTC)
    shown = reading.live(request.user, now)
    shown |= {
        "editions": reading.editions(shown["services"], now),
        "speed": reading.speed(now),
    }
    return render(request, "mirrors/press/page.html", shown)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Give the part that changes, for the module that puts it in."""
    shown = reading.live(request.user, datetime.now(UTC))
    return render(request, "mirrors/press/live.html", shown)
