"""What templates of the desk ask for."""

from typing import Any

from django import template

from tamizdat.newsroom.desk import presence

register = template.Library()


@register.simple_tag
def take_over_of(session: Any) -> Any:
    """Find the take-over that whoever has this window open has to hear of."""
    return presence.told_of_take_over(session)
