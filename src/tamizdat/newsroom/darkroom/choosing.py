"""Refuse a picture that a chooser would not have offered: an id can be typed past it.

What stood in a draft before stays: a colleague may have put it there, and its right may
have ended since. That is for whoever publishes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy

from tamizdat.newsroom.darkroom.rights import ended, pictures_in, shown_on
from tamizdat.newsroom.models.pictures import Picture

FIELDS = ("body", "posts")  # with blocks that show pictures
_NAMES = (
    "picture",
    "poster",
    "portrait",
)  # of what chooses one, at the end of a field's name


def refused_in(page: Any, values: Any, user: Any) -> Iterator[tuple[str, Picture, str]]:
    """Say what is wrong with pictures that a form puts into an article.

    Args:
        page: as it was before.
        values: of the form, by field.
        user: who sends it.

    Yields:
        The field, the picture and a sentence.
    """
    before = {picture.pk for picture, *_rest in shown_on(page)}
    lead = values.get("lead_picture")
    rows = [("lead_picture", lead)] if lead else []
    for field in FIELDS:
        found = pictures_in(values.get(field))
        rows += [(field, picture) for picture, _typed in found]
    new = [row for row in rows if row[1].pk not in before]
    for field, picture in dict.fromkeys(new):
        for said in refusals([picture], user):
            yield field, picture, said


def without(data: Any, picture: Picture) -> Any:
    """Empty what chooses a picture in the data of a form.

    Shown again, the form would say its title and what it shows.
    """
    clean = data.copy()
    for name, typed in data.items():
        if name.endswith(_NAMES) and typed == str(picture.pk):
            clean[name] = ""
    return clean


def refusals(some: Iterable[Picture], user: Any) -> Iterator[str]:
    """Say of each picture why an account cannot take it, if it cannot."""
    today = datetime.now(UTC).date()
    for picture in some:
        own = permission_policy.user_has_permission_for_instance
        if not own(user, "choose", picture):
            # Its number is what was typed; its title would tell what it shows.
            said = _(
                "The picture with the number %(key)d is not one of those you may use: "
                "choose another one."
            )
            yield said % {"key": picture.pk}
        elif picture.is_expired(today):
            yield ended(picture)
