"""Show editors where their editions stand: a page, and the same as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tamizdat.mirrors import board


def overview(request: HttpRequest) -> HttpResponse:
    """Show every service on every mirror."""
    rows = board.services()
    return render(request, "mirrors/overview.html", {"services": rows})


def status(request: HttpRequest) -> HttpResponse:
    """Answer with the same rows, for the strip at the foot of the editors' site."""
    del request
    return JsonResponse({"services": board.services()})
