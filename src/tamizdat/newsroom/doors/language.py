"""In which language the door speaks to an account, and to a stranger."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(account: Any) -> str:
    """Give the language that somebody has chosen, or else the one spoken now."""
    profile = getattr(account, "wagtail_userprofile", None)
    chosen: str | None = profile.get_preferred_language() if profile else None
    return chosen or translation.get_language() or "en"


def language_for(request: HttpRequest) -> str:
    """Give the account's language, or that of a stranger's browser if we speak it.

    Whoever is invited sees the door first: what the browser asks for (RFC 9110, 12.5.4)
    is all that is known of them.
    """
    if request.user.is_authenticated:
        return language_of(request.user)
    spoken = {code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    codes = (tag.split("-")[0] for tag, _weight in asked)
    return next((code for code in codes if code in spoken), language_of(None))
