"""Say what went wrong in the language of whoever asked: one page for every refusal.

Nothing of the request stands on it, and nothing of what failed, but for what a view
says of a form or an address. Scripts get it as one line.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import requires_csrf_token

from tamizdat.newsroom.doors import factors
from tamizdat.newsroom.doors.language import language_for

_PLAIN = "text/plain; charset=utf-8"
_INSIDE, _OUTSIDE = "newsroom/doors/inside.html", "newsroom/doors/entrance.html"
SAID = {
    400: (
        gettext_lazy("This cannot be read"),
        gettext_lazy("What was sent is not what this page expects. Nothing was kept."),
    ),
    403: (
        gettext_lazy("This is not yours to do"),
        gettext_lazy("Whoever looks after accounts gives the roles that it asks for."),
    ),
    404: (
        gettext_lazy("There is nothing here"),
        gettext_lazy("It was never there, is gone, or is not yours to see."),
    ),
    500: (
        gettext_lazy("Something failed here"),
        gettext_lazy(
            "It is not your fault, and what was being changed stays as it was. Try "
            "again; if it fails again, tell the operator when."
        ),
    ),
}
_FORGED = (
    gettext_lazy("Send it again"),
    gettext_lazy(
        "The page was open for too long, or what was sent comes from elsewhere. Load "
        "it again, and send it once more."
    ),
)


class _OwnLanguage:
    """Speaks from the door on in the language of whoever asks, not in views alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_for(request)):
            return self._get_response(request)


own_language = _OwnLanguage


def told(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """Answer with a status.

    Args:
        request: to a page, or of a script.
        status: of `SAID`.
        detail: one line more, in the language of whoever reads.
    """
    what, said = SAID[status]
    if not _wants_page(request):
        return _line(detail or str(what), status)
    shown = {"what": what, "said": said, "detail": detail}
    return render(request, "newsroom/trouble.html", shown, status=status)


def _line(said: str, status: int) -> HttpResponse:
    return HttpResponse(said, content_type=_PLAIN, status=status)


def _wants_page(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("accept", "") and not _is_astray(request)


def in_a_line(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer scripts in a line where Wagtail would send them its page of a 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code != HTTPStatus.NOT_FOUND or not is_page:
            return response
        return response if _wants_page(request) else told(request, 404)

    return answer


def _is_astray(request: HttpRequest) -> bool:
    """Say whether it came under a name that is not this site's: no page is for it."""
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return False


def frame(request: Any) -> str:
    """Name the template round a page: the menu for whoever is wholly signed in."""
    user = getattr(request, "user", None)
    request.door_icon = "warning"  # beside the heading
    if user is None or not user.is_authenticated:
        return _OUTSIDE
    owes = factors.has(user) or factors.must_have(user)
    if not user.has_perm("wagtailadmin.access_admin"):
        return _OUTSIDE
    return _OUTSIDE if owes and not factors.proved(request) else _INSIDE


@requires_csrf_token
def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, with what a view says of it."""
    is_said = isinstance(exception, BadRequest)
    return told(request, 400, str(exception) if is_said else "")


@requires_csrf_token
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    del exception
    return told(request, 403)


@requires_csrf_token
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from a page of this browser."""
    del reason
    what, said = _FORGED
    if not _wants_page(request):
        return _line(str(said), 403)
    shown = {"what": what, "said": said}
    return render(request, "newsroom/trouble.html", shown, status=403)


@requires_csrf_token
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; what was asked for is not repeated."""
    del exception
    return told(request, 404)


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500; where not even a page can be made, in one line."""
    try:
        return told(request, 500)
    except Exception:  # noqa: BLE001 (whatever failed may fail again)
        return HttpResponse(_("Something failed here"), content_type=_PLAIN, status=500)
