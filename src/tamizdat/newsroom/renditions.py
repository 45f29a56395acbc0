"""Keep the sizes of a picture: content-addressed files, and a row for each.

A file is written once under the hash of its bytes and never changed, so a release
that names it can always be printed again.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from tamizdat.newsroom import pictures
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.models import AttachmentFile, Picture, Release, Rendition

if TYPE_CHECKING:
    from django.db.models import QuerySet

_HASH = "sha256:"


def rendition_path(sha256: str) -> Path:
    """Say where a rendition's bytes are kept."""
    return Path(settings.MEDIA_ROOT) / "renditions" / sha256[:2] / sha256


def renditions(picture: Picture, shape: str = pictures.WIDE) -> list[Rendition]:
    """List the sizes of a picture as it is now; make them if need be.

    Args:
        picture: of the newsroom's store.
        shape: how it is cut, see `pictures.cuts`.

    Raises:
        PictureError: the stored original cannot be opened.
    """
    kept = made(picture, shape)
    if kept:
        return kept
    with picture.open_file() as file:
        cuts = cell.cuts(file.read(), _focus(picture), shape)
    return keep(picture, cuts, shape)


def made(picture: Picture, shape: str) -> list[Rendition]:
    """List the sizes that there are of a picture as it is now."""
    wanted = (picture.file_hash, focus_key(picture), shape)
    # All of them, so that they can be read for many pictures together.
    rows = picture.sizes.all()
    return [row for row in rows if (row.master, row.focus, row.shape) == wanted]


def keep(
    picture: Picture, cuts: Iterable[pictures.Cut], shape: str = pictures.WIDE
) -> list[Rendition]:
    """Keep the sizes made of a picture."""
    rows = [_row(picture, cut, shape) for cut in cuts]
    Rendition.objects.bulk_create(rows, ignore_conflicts=True)
    return sorted(rows, key=lambda row: (row.type, row.width))


def write_rendition(data: bytes) -> str:
    """Write bytes under their hash, whole or not at all; return the hash in hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = rendition_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)
    return sha256


def _row(picture: Picture, cut: pictures.Cut, shape: str) -> Rendition:
    return Rendition(
        picture=picture,
        sha256=write_rendition(cut.data),
        type=cut.type,
        width=cut.width,
        height=cut.height,
        size=len(cut.data),
        focus=focus_key(picture),
        shape=shape,
        master=picture.file_hash,
    )


def _focus(picture: Picture) -> pictures.Focus | None:
    x, y = picture.focal_point_x, picture.focal_point_y
    return None if x is None or y is None else pictures.Focus(x, y)


def focus_key(picture: Picture) -> str:
    """Write the focal point as rows of renditions name it."""
    focus = _focus(picture)
    return "" if focus is None else f"{focus.x},{focus.y}"


def forget_old_sizes(picture: Picture) -> None:
    """Take away sizes it had before, unless a living release names them.

    Those of a file before, and cuts by an older focal point: what the newer one leaves
    out can be what nobody must see.
    """
    now = {"master": picture.file_hash, "focus": focus_key(picture)}
    old = picture.sizes.exclude(**now)
    files = set(old.values_list("sha256", flat=True))
    files -= named(Release.objects.filter(article__ever_shown__picture=picture))
    old.filter(sha256__in=files).delete()
    unlink(files)


def named(releases: "QuerySet[Release]") -> set[str]:
    """List the files of pictures, sounds and documents that living releases name.

    Returns:
        SHA-256 in hex.
    """
    contents = releases.filter(erased=None).order_by().values_list("content", flat=True)
    return {sha256 for content in contents for sha256 in files_of(content)}


def files_of(content: Mapping[str, Any]) -> Iterator[str]:
    """List the files that a story names: SHA-256 in hex."""
    for entry in content["associations"]:
        for row in entry["renditions"]:
            if row["href"].startswith(_HASH):
                yield row["href"].removeprefix(_HASH)


def unlink(files: Iterable[str]) -> None:
    """Delete files that no row keeps any more, once that is committed."""
    kept = {
        sha256
        for model in (Rendition, AttachmentFile)
        for sha256 in model.objects.filter(sha256__in=files).values_list(
            "sha256", flat=True
        )
    }
    for sha256 in set(files) - kept:
        path = rendition_path(sha256)
        transaction.on_commit(partial(path.unlink, missing_ok=True))
