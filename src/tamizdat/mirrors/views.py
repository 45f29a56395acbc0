"""Show editors where their editions stand: a page, and the same as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from tamizdat.mirrors import board
from tamizdat.newsroom.front import offers
from tamizdat.newsroom.releases.views import held_lines
from tamizdat.newsroom.rights import services_of


def overview(request: HttpRequest) -> HttpResponse:
    """Show every service on every mirror."""
    rows = {"services": board.services(), "witnesses": board.witnesses()}
    return render(request, "mirrors/overview.html", rows)


def status(request: HttpRequest) -> HttpResponse:
    """Answer for the strip at the foot of the editors' site.

    With the rows of their own services, and what else concerns whoever looks: what is
    held, and the breaking news that other services have. Silent mirrors of services
    that are not theirs would cover their work and be told six times.
    """
    held = held_lines(request.user)
    own = None if request.user.is_superuser else services_of(request.user)
    rows = {
        "services": board.services(own),
        "offers": offers.lines(request.user),
        "held": held,
        "token": get_token(request) if held else "",
    }
    return JsonResponse(rows)
