"""Lift what wrong attempts have locked, for one account.

allauth counts: six in a quarter of an hour and thirty in a day for an account, thirty
in ten minutes for an address (`ACCOUNT_RATE_LIMITS`). Somebody who types wrong
passwords on purpose can keep an account locked; so whoever looks after accounts can
lift it, and a passkey is not counted: there is nothing to guess.
"""

from typing import Any

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from tamizdat.newsroom.doors.adapters import attempts_of, codes_of

_APP, _ACTION = "allauth.account", "login_failed"


def lift(account: Any) -> None:
    """Forget the wrong passwords and codes of an account, those of addresses not."""
    limits = app_settings.RATE_LIMITS[_ACTION].split(",")
    by_account = ",".join(one for one in limits if one.endswith("/key"))
    for key in (attempts_of(account.get_username()), codes_of(account)):
        config = {_ACTION: by_account}
        ratelimit.clear(HttpRequest(), app=_APP, action=_ACTION, config=config, key=key)
