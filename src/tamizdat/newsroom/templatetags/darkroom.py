"""What templates of pictures ask for."""

from django import template

from tamizdat.newsroom.darkroom import replacing
from tamizdat.newsroom.models import Picture

register = template.Library()


@register.filter
def stories_behind(picture: Picture) -> int:
    """Count the stories whose readers have what the picture was before."""
    return sum(one.old for one in replacing.uses(picture))
