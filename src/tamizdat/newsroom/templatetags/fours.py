"""The filter `fours`: letters that somebody copies by hand, in groups."""

from collections.abc import Iterable

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()
_MANY = 4  # letters that an eye keeps while it looks from one screen to the other


@register.filter
@stringfilter
def fours(value: str) -> Iterable[str]:
    """Give groups of four letters, the last one with what is left."""
    return [value[at : at + _MANY] for at in range(0, len(value), _MANY)]
