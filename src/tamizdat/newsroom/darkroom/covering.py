"""Cover what gives a person away, for good, and record who looked.

Blocks are burnt into the file the newsroom keeps, before any size is made of it. A
check holds for one file: whatever changes it makes the check void.

Source: docs/decisions/0054-pictures.md.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.darkroom import cell, making, originals
from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.models import Picture, PictureCheck
from tamizdat.newsroom.pictures import MAX_BLOCKS, Block
from tamizdat.newsroom.renditions import forget_old_sizes

COVERED, CHECKED = "tamizdat.picture.cover", "tamizdat.picture.check"
SHOWS, SHOWS_NOT = "tamizdat.picture.source", "tamizdat.picture.no_source"


def read_blocks(text: str, size: tuple[int, int]) -> list[Block]:
    """Read blocks as the form sends them: [[x, y, width, height], ...] in pixels.

    Args:
        text: as JSON.
        size: width and height of the picture.

    Raises:
        PictureError: they are not that, or cover nothing.
    """
    try:
        rows = json.loads(text or "[]")
        blocks = [Block(*row) for row in rows]
        is_whole = all(type(part) is int for row in rows for part in row)
    except (ValueError, TypeError):
        is_whole = False
    if not is_whole or len(blocks) > MAX_BLOCKS:
        raise PictureError(_("expected blocks of four whole numbers"))
    inside = list(_inside(blocks, *size))
    if not inside:
        raise PictureError(_("draw a block first"))
    return inside


def _inside(blocks: list[Block], width: int, height: int) -> Iterator[Block]:
    """Cut off what lies outside the picture."""
    for one in blocks:
        left, top = max(0, one.x), max(0, one.y)
        right = min(width, one.x + one.width)
        bottom = min(height, one.y + one.height)
        if left < right and top < bottom:
            yield Block(left, top, right - left, bottom - top)


def cover(
    picture: Picture,
    blocks: list[Block],
    actor: Any,
    *,
    keeps_originals: bool = False,
) -> None:
    """Burn blocks into a picture; nothing of what they cover is left.

    Args:
        picture: whose file is replaced.
        blocks: inside it.
        actor: the account that drew them.
        keeps_originals: leave what is sealed as it came; else it is erased.

    Raises:
        PictureError: the kept file cannot be opened.
    """
    with picture.open_file() as file:
        data, ending = cell.cover(file.read(), blocks)
    before = picture.file.name
    with transaction.atomic():
        picture.file = ContentFile(data, name=f"picture.{ending}")
        picture._set_image_file_metadata()  # noqa: SLF001 (Wagtail's forms do the same)
        picture.waits, picture.digest = True, ""
        picture.save()
        picture.renditions.all().delete()  # the small views of editors
        forget_old_sizes(picture)
        log(instance=picture, action=COVERED, user=actor, data={"blocks": len(blocks)})
        storage = picture.file.storage
        if before != picture.file.name:
            transaction.on_commit(lambda: storage.delete(before))
        for one in () if keeps_originals else picture.private_originals.all():
            transaction.on_commit(partial(originals.erase, one, actor))
        making.wake()


def endangers(picture: Picture) -> bool:
    """Say whether files it had before may show what nobody must recognise."""
    logged = ModelLogEntry.objects.filter(action=COVERED, object_id=str(picture.pk))
    return picture.depicts_source or bool(logged.exists())


@transaction.atomic
def check(picture: Picture, actor: Any, now: datetime) -> PictureCheck:
    """Record that a person looked at a picture as it is.

    Args:
        picture: as it was shown.
        actor: who looked.
        now: UTC.
    """
    log(instance=picture, action=CHECKED, user=actor)
    return PictureCheck.objects.create(
        picture=picture, master=picture.file_hash, actor=actor, time=now
    )


def may_check(user: Any, picture: Picture) -> bool:
    """Say whether an account may check a picture, and so say what it shows."""
    own = permission_policy.user_has_permission_for_instance
    return bool(own(user, "change", picture))


def note_source(picture: Picture, actor: Any) -> None:
    """Note who said that a picture shows a source, or shows none any more."""
    action = SHOWS if picture.depicts_source else SHOWS_NOT
    log(instance=picture, action=action, user=actor)
