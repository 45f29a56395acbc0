"""Who signs in with a second factor, and whether somebody just has."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SUDO = timedelta(minutes=10)  # for how long a proof opens what is dangerous
MFA = "mfa"  # how allauth notes a second factor, or a passkey, in a session


def must_have(account: Any) -> bool:
    """Say whether an account may work only behind a second factor."""
    roles = settings.TAMIZDAT.second_factor
    if not roles:
        return False
    if account.is_superuser:
        return True
    seats = account.groups.filter(service_role__role__in=roles)
    return bool(seats.exists())


def has(account: Any) -> bool:
    """Say whether an account has one: an app, a passkey or a key."""
    own = Authenticator.objects.filter(user=account, type__in=STRONG)
    return bool(own.exists())


def proved(request: HttpRequest) -> bool:
    """Say whether this session has shown a second factor."""
    records = get_authentication_records(request, request.user)
    return bool(any(record["method"] == MFA for record in records))


def just_proved(request: HttpRequest) -> bool:
    """Say whether somebody has shown within minutes that it is they.

    By their second factor if they have one, else by their password.
    """
    records = get_authentication_records(request, request.user)
    if has(request.user):
        records = [record for record in records if record["method"] == MFA]
    since = time.time() - SUDO.total_seconds()
    return any(record["at"] > since for record in records)
