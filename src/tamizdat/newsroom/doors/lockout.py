"""Lift what wrong attempts have locked, and tell an account of wrong codes.

allauth counts: six in a quarter of an hour and thirty in a day for an account, thirty
in ten minutes for an address (`ACCOUNT_RATE_LIMITS`). Somebody who types wrong
passwords on purpose can keep an account locked; so whoever looks after accounts can
lift it, and a passkey is not counted: there is nothing to guess.

Who gets as far as wrong codes has the password. No mail goes from here and no address
of mail is kept, so the account is told where it signs in next.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.accounts import SIGNED_IN
from tamizdat.newsroom.doors.adapters import attempts_of, codes_of

WRONG_CODES = "newsroom.codes_refused"
SHOWN = timedelta(days=90)  # on the page of how one signs in
_LOCK = timedelta(minutes=15)  # as long as the shorter limit
_APP, _ACTION = "allauth.account", "login_failed"


def lift(account: Any) -> None:
    """Forget the wrong passwords and codes of an account, those of addresses not."""
    for key in (attempts_of(account.get_username()), codes_of(account)):
        how = {"app": _APP, "action": _ACTION, "config": _limits(), "key": key}
        ratelimit.clear(HttpRequest(), **how)


def note_wrong_code(account: Any) -> None:
    """Note that codes of an account are locked now, once for each time they are.

    Nothing of where they came from, nor of what was typed, is kept.
    """
    request = HttpRequest()
    request.method = "POST"  # no other is counted
    how = {
        "app": _APP,
        "action": _ACTION,
        "config": _limits(),
        "key": codes_of(account),
    }
    if ratelimit.consume(request, **how, dry_run=True):
        return
    if not wrong_codes(account, timezone.now() - _LOCK):
        log(account, WRONG_CODES)


def wrong_codes(account: Any, since: datetime | None = None) -> list[datetime]:
    """List when codes of an account were locked, the last first: UTC."""
    start = since or timezone.now() - SHOWN
    found = ModelLogEntry.objects.for_instance(account).filter(action=WRONG_CODES)
    kept = found.filter(timestamp__gt=start).order_by("-timestamp")
    return list(kept.values_list("timestamp", flat=True))


def warn_of_codes(request: HttpRequest, account: Any) -> None:
    """Tell whoever signs in of wrong codes since they did so before, in their language.

    Args:
        request: by which they sign in; it is not noted yet.
        account: theirs.
    """
    entries = ModelLogEntry.objects.for_instance(account).filter(action=SIGNED_IN)
    before = entries.order_by("-timestamp").values_list("timestamp", flat=True).first()
    times = wrong_codes(account, before)
    if not times:
        return
    profile = getattr(account, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else None
    with translation.override(language or translation.get_language()):
        last = times[0].astimezone(UTC)
        said = _(
            "Somebody gave your password and then wrong codes, last on %(day)s at "
            "%(hour)s UTC. If it was not you, change your password now."
        )
        row = {"day": date_format(last, "j F Y"), "hour": date_format(last, "H:i")}
        messages.warning(request, said % row, fail_silently=True)


def _limits() -> dict[str, str]:
    """Name the limits of accounts, those of addresses not."""
    limits = app_settings.RATE_LIMITS[_ACTION].split(",")
    return {_ACTION: ",".join(one for one in limits if one.endswith("/key"))}
