"""Stand between a session and every page: three questions before anything is shown.

    1  Has the session lasted too long?           then it ends
    2  Is a second factor owed, or not shown?     then nothing but that is open
    3  Is the act dangerous, and the proof old?   then it is asked for again

Asked here rather than in views: a page that somebody adds is behind the door already.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tamizdat.newsroom.doors import factors, sessions

# Open to whoever has given a password and still owes a second factor.
SETTING_UP = {
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"),
    *("account_reauthenticate", "account_logout", "wagtailadmin_logout"),
    *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "newsroom_invited"),
    *("wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
}
# Open to whoever has one and has not shown it in this session.
SHOWING = {
    *("account_reauthenticate", "account_logout", "wagtailadmin_logout"),
    *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "newsroom_invited"),
    *("wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
}
# Roles, accounts and keys: whoever only found an open window does none of these.
DANGEROUS = {
    "newsroom_roles_of",
    "newsroom_invite",
    "newsroom_account_reset",
    "newsroom_account_close",
    "newsroom_account_unlock",
    "newsroom_hand_over",
    "newsroom_original",
    "account_change_password",
    "wagtailusers_users:add",
    "wagtailusers_users:edit",
    "wagtailusers_users:delete",
    "wagtailusers_groups:add",
    "wagtailusers_groups:edit",
    "wagtailusers_groups:delete",
}
_BULK_ON_ACCOUNTS = ("auth", "user")


class _Watch:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        del view, args
        user: Any = request.user
        if not user.is_authenticated or request.resolver_match is None:
            return None
        if _outlasted(request):
            logout(request)
            messages.info(request, _("This was open for three days: sign in again."))
            return redirect("account_login")
        if isinstance(request.session, sessions.SessionStore):
            request.session.touch()
        name = request.resolver_match.view_name
        return _owed(request, name) or _doubted(request, name, kwargs)


watch = _Watch


def _outlasted(request: HttpRequest) -> bool:
    """End what began too long ago; note the beginning of what is new."""
    began = request.session.get(sessions.BEGAN)
    if began is None:
        request.session[sessions.BEGAN] = int(time.time())
        return False
    return bool(time.time() - began > sessions.LONGEST.total_seconds())


def _owed(request: HttpRequest, name: str) -> HttpResponse | None:
    """Lead whoever owes a second factor to where it is set up, or shown."""
    if factors.proved(request):
        return None
    if factors.has(request.user):
        return None if name in SHOWING else ask(request)
    if not factors.must_have(request.user):
        return None
    request.door_shut = True  # type: ignore[attr-defined] # templates show no menu
    return None if name in SETTING_UP else redirect("mfa_index")


def _doubted(
    request: HttpRequest, name: str, kwargs: dict[str, Any]
) -> HttpResponse | None:
    bulk = (kwargs.get("app_label"), kwargs.get("model_name")) == _BULK_ON_ACCOUNTS
    if name not in DANGEROUS and not bulk:
        return None
    return None if factors.just_proved(request) else ask(request)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for proof, then go on; what was posted is not kept, and sent once more."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    place = methods[0]["url"] if methods else reverse("account_login")
    if request.method not in {"GET", "HEAD"}:
        messages.info(request, _("First show that it is you, then send it again."))
    return redirect(f"{place}?{urlencode({'next': request.get_full_path()})}")
