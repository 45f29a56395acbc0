"""What allauth asks of a newsroom: words, limits, and no mail.

Source: https://docs.allauth.org/en/latest/account/adapter.html and
https://docs.allauth.org/en/latest/mfa/adapter.html
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from tamizdat.newsroom.doors import addresses, attempts, factors, sessions

_PASSWORD = "account/email/password_changed"  # noqa: S105 (of a message)
# What allauth would tell by mail stands in the log instead.
NOTED: Mapping[str, tuple[str, Any]] = {
    "mfa/email/totp_activated": ("newsroom.app_added", _("Added an app for codes")),
    "mfa/email/totp_deactivated": ("newsroom.app_removed", _("Removed the app")),
    "mfa/email/webauthn_added": ("newsroom.key_added", _("Added a passkey or key")),
    "mfa/email/webauthn_removed": ("newsroom.key_removed", _("Removed a key")),
    "mfa/email/recovery_codes_generated": (
        "newsroom.codes_made",
        _("Made new recovery codes"),
    ),
    _PASSWORD: (
        "newsroom.password_changed",
        _("Changed the password"),
    ),
}
_ADDED = ("mfa/email/totp_activated", "mfa/email/webauthn_added")


class AccountAdapter(DefaultAccountAdapter):
    """Signs in by name and password, invites nobody from outside."""

    error_messages: Mapping[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong attempts. Nothing is accepted for a quarter of an hour, "
            "not even what is right. Whoever looks after accounts can lift this."
        ),
        "username_password_mismatch": _(
            "This name and this password do not belong together, or the account is "
            "closed."
        ),
        "incorrect_code": _(
            "This is not the right code. A code of an app is good for half a minute, "
            "a recovery code once."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody make an account."""
        del request
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the page of safety."""
        del request
        return reverse("mfa_index")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Tell addresses apart without keeping one."""
        return addresses.hidden(super().get_client_ip(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for whoever has not just shown that it is they."""
        del app, kwargs
        return not factors.just_proved(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask for the second factor where there is one: a password is not enough."""
        methods = super().get_reauthentication_methods(user)
        strong = [one for one in methods if one["id"] != "reauthenticate"]
        return strong or methods

    def send_notification_mail(
        self, template_prefix: str, user: Any, *_args: Any, **_kwargs: Any
    ) -> None:
        """Note in the log what was done to an account, and end its other sessions."""
        request = context.request
        if template_prefix in _ADDED:  # it was shown by being set up
            record_authentication(request, user, factors.MFA)
        request.session.cycle_key()  # whoever holds a copy of the cookie goes, too
        sessions.end_all(user, but=request.session.session_key)
        if template_prefix == _PASSWORD:
            attempts.forget(user)
        if template_prefix in NOTED:
            log(user, NOTED[template_prefix][0], user=user)

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        # Without the host: one newsroom, however it is reached.
        del request
        return attempts_of(credentials.get("username", ""))


def attempts_of(name: str) -> str:
    """Name what counts the failed sign-ins of an account."""
    return f"login:{name.casefold()}"


def codes_of(account: Any) -> str:
    """Name what counts the wrong codes of an account, as allauth does."""
    return f"mfa-auth-user-{account.pk}"


class MFAAdapter(DefaultMFAAdapter):
    """Keeps secrets of second factors unreadable in the database."""

    error_messages: Mapping[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your role asks for a second factor and this is the only one. Add another "
            "first."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Name the organisation in the app."""
        return str(settings.TAMIZDAT.organisation.name)

    def encrypt(self, text: str) -> str:
        """Encrypt with a key of the newsroom's folder, which no database holds."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt.

        Raises:
            cryptography.fernet.InvalidToken: another newsroom's key wrote it.
        """
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Keep the last one of whoever must have one."""
        if not factors.must_have(authenticator.user):
            return True
        rest = authenticator.user.authenticator_set.filter(type__in=factors.STRONG)
        return bool(rest.exclude(pk=authenticator.pk).exists())


def _cipher() -> Fernet:
    """Derive the key of second factors from the newsroom's secret."""
    words = b"tamizdat second factors\0" + settings.SECRET_KEY.encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(words).digest()))
