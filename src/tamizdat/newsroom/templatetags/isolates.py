"""Isolates in templates: `{{ name|isolated }}` inside a translated sentence."""

from typing import Any

from django import template

from tamizdat.newsroom import isolates

register = template.Library()


@register.filter
def isolated(value: Any) -> str:
    """Keep a name apart from the sentence it is put into."""
    return isolates.isolated(value)
