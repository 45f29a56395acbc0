"""Lift what wrong attempts have locked, and note wrong codes in the log.

allauth counts: six in a quarter of an hour and thirty in a day for an account, thirty
in ten minutes for an address (`ACCOUNT_RATE_LIMITS`). Somebody who types wrong
passwords on purpose can keep an account locked; so whoever looks after accounts can
lift it, and a passkey is not counted: there is nothing to guess.

Who gets as far as wrong codes has the password: `attempts` tells whose it is.
"""

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.doors import attempts
from tamizdat.newsroom.doors.adapters import attempts_of, codes_of

WRONG_CODES = "newsroom.codes_refused"
_LOCK = timedelta(minutes=15)  # as long as the shorter limit
_APP, _ACTION = "allauth.account", "login_failed"


def lift(account: Any) -> None:
    """Forget the wrong passwords and codes of an account, those of addresses not."""
    for key in (attempts_of(account.get_username()), codes_of(account)):
        how = {"app": _APP, "action": _ACTION, "config": _limits(), "key": key}
        ratelimit.clear(HttpRequest(), **how)


def note_wrong_code(request: HttpRequest, account: Any) -> None:
    """Note a wrong code: for the account, and in the log where it may be no slip.

    Nothing of where it came from, nor of what was typed, is kept. The log has it once
    in a quarter of an hour, with the second one, or when nothing is taken any more.
    """
    wrong = attempts.note_wrong_code(request, account)
    if wrong < attempts.TOLD and not _is_locked(account):
        return
    noted = ModelLogEntry.objects.for_instance(account).filter(action=WRONG_CODES)
    if not noted.filter(timestamp__gt=timezone.now() - _LOCK).exists():
        log(account, WRONG_CODES)


def _is_locked(account: Any) -> bool:
    """Say whether another code of an account would be refused unread."""
    request = HttpRequest()
    request.method = "POST"  # no other is counted
    how = {
        "app": _APP,
        "action": _ACTION,
        "config": _limits(),
        "key": codes_of(account),
    }
    return not ratelimit.consume(request, **how, dry_run=True)


def _limits() -> dict[str, str]:
    """Name the limits of accounts, those of addresses not."""
    limits = app_settings.RATE_LIMITS[_ACTION].split(",")
    return {_ACTION: ",".join(one for one in limits if one.endswith("/key"))}
