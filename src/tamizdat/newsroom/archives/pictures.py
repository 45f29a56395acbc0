"""Keep the pictures of a story that came in: each file once, stripped of metadata."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tamizdat.newsroom import actions
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.models import ImportedPicture, Picture, ServicePage
from tamizdat.newsroom.pictures import WHOLE, WIDE
from tamizdat.newsroom.renditions import renditions
from tamizdat.wire.items import Media, WireItem

if TYPE_CHECKING:  # it brings parsers, whose patterns take half a second to load
    from tamizdat.newsroom.archives.sources import Find

_MOST = 30  # of one story; a gallery has no more
_WORDLESS = "picture without words: the headline stands for them"


@dataclass(frozen=True)
class Kept:
    """Hold a picture of the newsroom, and what the story says of it."""

    picture: Picture
    words: dict[str, str]


def keep_pictures(
    item: WireItem, find: "Find", service: ServicePage
) -> tuple[list[Kept], list[str]]:
    """Keep what can be found; of the others say why not.

    The first becomes the lead, cut wide; the others are shown whole.
    """
    kept: list[Kept] = []
    missing: list[str] = []
    for media in _pictures(item):
        data = _best(media, find)
        if data is None:
            missing.append(f"picture not here: {media.renditions[0].href}"[:300])
            continue
        try:
            picture = keep_one(data, media, service)
            renditions(picture, WHOLE if kept else WIDE)
        except PictureError as error:
            missing.append(f"picture {media.renditions[0].href}: {error}"[:300])
            continue
        if all(picture != one.picture for one in kept):
            kept.append(Kept(picture, _words(media, item)))
            if not (media.caption or media.alt):
                missing.append(_WORDLESS)
    return kept, missing


@dataclass
class Checked:
    """Pictures that a run looked at which keeps nothing; each once.

    Attributes:
        faults: by the SHA-256 of its bytes in hex, why it cannot be kept; "" for none.
    """

    faults: dict[str, str] = field(default_factory=dict)

    def look(self, item: WireItem, find: "Find") -> tuple[int, list[str]]:
        """Say how many pictures would be kept, and of the others why not."""
        kept, missing = set[str](), list[str]()
        for media in _pictures(item):
            data = _best(media, find)
            if data is None:
                missing.append(f"picture not here: {media.renditions[0].href}"[:300])
            elif fault := self._fault(digest := hashlib.sha256(data).hexdigest(), data):
                said = f"picture {media.renditions[0].href}: {fault}"
                missing.append(said[:300])
            elif digest not in kept:
                kept.add(digest)
                if not (media.caption or media.alt):
                    missing.append(_WORDLESS)
        return len(kept), missing

    def _fault(self, digest: str, data: bytes) -> str:
        if digest not in self.faults:
            self.faults[digest] = _fault_of(digest, data)
        return self.faults[digest]


def _fault_of(digest: str, data: bytes) -> str:
    if not ImportedPicture.objects.filter(pk=digest).exists():
        try:
            cell.strip(data)
        except PictureError as error:
            return str(error)
    return ""


def _pictures(item: WireItem) -> Iterator[Media]:
    pictures = [m for m in item.media if m.kind == "picture" and m.renditions]
    yield from pictures[:_MOST]


def _best(media: Media, find: "Find") -> bytes | None:
    """Take the widest file that is here."""
    order = sorted(media.renditions, key=lambda one: -(one.width or 0))
    for one in order:
        data = find(one.href) if one.href else None
        if data is not None:
            return data
    return None


def keep_one(data: bytes, media: Media, service: ServicePage) -> Picture:
    """Keep a picture without its metadata, once for the same bytes.

    Raises:
        PictureError: it cannot be used as a picture.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = ImportedPicture.objects.filter(pk=digest).select_related("picture").first()
    if known is not None:
        picture: Picture = known.picture
        return picture
    title = (media.caption or media.alt or "Picture")[:255]
    with transaction.atomic():
        picture = actions.keep_picture(
            data,
            title,
            (media.alt or media.caption or "")[:255],
            (media.credit or "")[:200],
            collection=service.desk.pictures,
        )
        ImportedPicture.objects.create(sha256=digest, picture=picture)
    return picture


def _words(media: Media, item: WireItem) -> dict[str, Any]:
    said = media.caption or media.alt or item.headline or "Picture"
    return {
        "caption": media.caption or said,
        "alt": media.alt or said,
        "credit": media.credit or "",
    }
