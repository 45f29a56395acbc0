"""Pages of the door: signing in, second factors, sessions, following a link.

allauth decides; these pages say it in the newsroom's words and add what it has not.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from allauth.mfa.base import views as mfa_views
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.localization import get_localized_response
from wagtail.log_actions import log

from tamizdat.newsroom.doors import attempts, factors, invitations, sessions
from tamizdat.newsroom.doors.adapters import MFAAdapter
from tamizdat.newsroom.doors.language import language_of
from tamizdat.newsroom.errors import InvitationError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Session

ENDED = "newsroom.session_ended"


def in_own_language(view: Callable[..., Any]) -> Callable[..., Any]:
    """Show a page as Wagtail shows its own: in the language somebody has chosen."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return get_localized_response(view, request, *args, **kwargs)

    return shown


class SignInView(account_views.LoginView):
    """Asks for a name and a password, or a passkey."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Tell whoever is signed in and holds no role, instead of going round."""
        user: Any = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            return render(request, "newsroom/doors/no_role.html", status=403)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class CodeView(mfa_views.AuthenticateView):
    """Asks for the second factor, in the language of whose password was right."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Speak to the account that is to come in; nobody else gets this page."""
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        account = stage.login.user if stage else request.user
        with translation.override(language_of(account)):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()  # outside, it would be in the newsroom's language
        return response


class _ProvenBySettingUp:
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Note that the new factor was just shown."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, factors.MFA)
        return response


class AddAppView(_ProvenBySettingUp, totp_views.ActivateTOTPView):
    """Sets up an app that shows codes."""


class AddKeyView(_ProvenBySettingUp, webauthn_views.AddWebAuthnView):
    """Sets up a passkey or a security key."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for its name in a language that allauth does not speak, too."""
        form = super().get_form(*args, **kwargs)
        form.fields["name"].label = _("Name")
        return form


@method_decorator(login_required, name="dispatch")
class PasswordView(account_views.PasswordChangeView):
    """Changes the password; every other session of the account ends."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Tell whoever has none: an operator's link sets the first."""
        account: Any = request.user
        if not account.has_usable_password():
            messages.error(request, _("Ask an operator for a link that sets one."))
            return redirect("mfa_index")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class RemoveKeyView(webauthn_views.RemoveWebAuthnView):
    """Removes a passkey or a key, unless it is the last factor of who must have one."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the last one."""
        if not MFAAdapter().can_delete_authenticator(self.get_object()):
            text = MFAAdapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, text)
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        return response


class SafetyView(mfa_views.IndexView):
    """Shows how somebody signs in, and where they are signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sessions and what is asked of the account."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        must = factors.must_have(self.request.user)
        return {
            **context,
            "must": must,
            "owes": must and not factors.has(self.request.user),
            "attempts": attempts.shown(self.request.user),
            "browsers": _browsers(self.request),
            "nobody_asked": not settings.TAMIZDAT.second_factor,
        }


def _browsers(request: HttpRequest) -> list[dict[str, Any]]:
    """List the sessions of whoever asks: since when, last seen, how proved."""
    here = sessions.digest(request.session.session_key or "")
    account: Any = request.user
    rows = Session.objects.filter(account=account, expire_date__gt=timezone.now())
    listed = []
    for row in rows.order_by("-seen"):
        kept = sessions.SessionStore().decode(row.session_data)
        began = kept.get(sessions.BEGAN)
        methods = {
            record.get("type", record["method"])
            for record in kept.get("account_authentication_methods", [])
        }
        listed.append(
            {
                "key": row.session_key,
                "here": row.session_key == here,
                "since": datetime.fromtimestamp(began, UTC) if began else None,
                "seen": row.seen,
                "strong": bool(methods - {"password"}),
            }
        )
    return listed


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session of whoever asks, or all others."""
    account: Any = request.user
    rows = Session.objects.filter(account=account)
    here = sessions.digest(request.session.session_key or "")
    key = request.POST.get("key", "")
    found = rows.exclude(pk=here) if key == "others" else rows.filter(pk=key)
    ended = found.delete()[0]
    if ended:
        log(request.user, ENDED, user=request.user)
    messages.success(request, _("Sessions ended: %(count)d.") % {"count": ended})
    return redirect("mfa_index")


class _PasswordForm(forms.Form):
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Any, *args: Any) -> None:
        super().__init__(*args)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Ask for the same strong password twice."""
        given: dict[str, Any] = super().clean() or {}
        first, again = given.get("password1"), given.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            try:
                password_validation.validate_password(first, self.account)
            except ValidationError as error:
                self.add_error("password1", error)
        return given


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody who was asked in choose a password."""
    now = timezone.now()
    try:
        invitation = invitations.find(token, now)
        form = _PasswordForm(invitation.account, request.POST or None)
        if request.method == "POST" and form.is_valid():
            invitations.accept(token, form.cleaned_data["password1"], now)
            text = _("Your password is set. Sign in with it as %(name)s.")
            messages.success(request, text % {"name": isolated(invitation.account)})
            return redirect("account_login")
    except InvitationError as error:
        told = {"reason": error}
        return render(request, "newsroom/doors/no_link.html", told, status=410)
    context = {"form": form, "invitation": invitation}
    return render(request, "newsroom/doors/invited.html", context)
