"""Say who sees a picture: those who may choose it, and all once readers have it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.images.permissions import permission_policy
from wagtail.models import Page, ReferenceIndex

from tamizdat.newsroom.models import Picture

SMALL = 165  # pixels, as Wagtail shows what was chosen
CHOOSING = ("choose", "add", "change")


def sees(user: Any, picture: Picture) -> bool:
    """Say whether an account may look at a picture."""
    return _chooses(user, picture) or _is_out(picture)


def sees_file(user: Any, name: str) -> bool:
    """Say whether an account may look at a stored file, by its name.

    Pictures with the same bytes share one: it is enough to see one of them. What a cut
    left out is for those who may choose the picture; others get the smallest view.
    """
    found = Picture.objects.filter(Q(file=name) | Q(renditions__file=name)).distinct()
    return any(
        _chooses(user, picture) or (_is_small(picture, name) and _is_out(picture))
        for picture in found
    )


def _chooses(user: Any, picture: Picture) -> bool:
    asked = permission_policy.user_has_any_permission_for_instance
    return bool(asked(user, CHOOSING, picture))


def _is_small(picture: Picture, name: str) -> bool:
    views = picture.renditions.filter(file=name)
    return bool(views.filter(width__lte=SMALL, height__lte=SMALL).exists())


def _is_out(picture: Picture) -> bool:
    """Say whether a live page shows it."""
    index = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Picture),
        to_object_id=str(picture.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    keys = [int(key) for key in index.values_list("object_id", flat=True)]
    return bool(Page.objects.live().filter(pk__in=keys).exists())
