"""Show editors where their editions stand: a page, and the same as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tamizdat.mirrors import board
from tamizdat.newsroom.front import offers


def overview(request: HttpRequest) -> HttpResponse:
    """Show every service on every mirror."""
    rows = board.services()
    return render(request, "mirrors/overview.html", {"services": rows})


def status(request: HttpRequest) -> HttpResponse:
    """Answer for the strip at the foot of the editors' site.

    With the same rows, and with the breaking news that other services have for whoever
    looks.
    """
    rows = {"services": board.services(), "offers": offers.lines(request.user)}
    return JsonResponse(rows)
