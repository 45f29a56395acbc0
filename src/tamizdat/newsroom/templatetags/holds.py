"""What templates of held releases ask for."""

from django import template

from tamizdat.newsroom.models import HeldRelease
from tamizdat.newsroom.releases import refusals

register = template.Library()


@register.filter
def why_refused(held: HeldRelease) -> str:
    """Say why it did not go out, in the language of whoever reads."""
    return refusals.said(held)
