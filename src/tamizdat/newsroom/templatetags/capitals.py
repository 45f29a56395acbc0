"""The filter `capfirst` in the place of Django's, for all templates."""

from django import template
from django.template.defaultfilters import stringfilter

from tamizdat.newsroom import capitals

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def capfirst(value: str) -> str:
    """Begin words as a sentence of their script begins."""
    return str(capitals.capfirst(value))
