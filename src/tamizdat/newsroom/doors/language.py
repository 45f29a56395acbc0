"""In which language the door speaks to an account."""

from typing import Any

from django.utils import translation


def language_of(account: Any) -> str:
    """Give the language that somebody has chosen, or else the one spoken now."""
    profile = getattr(account, "wagtail_userprofile", None)
    chosen: str | None = profile.get_preferred_language() if profile else None
    return chosen or translation.get_language() or "en"
