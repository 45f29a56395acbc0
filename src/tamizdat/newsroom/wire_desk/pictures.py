"""Keep a picture that came with copy, as those that somebody uploads are kept.

Only what lies among the originals: nothing is asked of an agency's servers, whose log
would tell what a newsroom looks at.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.archives.pictures import keep_one
from tamizdat.newsroom.credits.agencies import ids_of, name_in
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import KeptItem, Picture, ServicePage
from tamizdat.newsroom.rights import may, require
from tamizdat.newsroom.wire_desk import standing
from tamizdat.newsroom.wire_desk.texts import agencies_of
from tamizdat.wire.items import Media, WireItem

_LETTERS = frozenset({"mail", "mhtml"})  # families whose file holds their pictures


def are_here(row: KeptItem, item: WireItem) -> bool:
    """Say whether the pictures of an item are kept: in the letter, zip or DOCX."""
    from tamizdat.wire.parsers import carried  # noqa: PLC0415 - slow to load

    own = item.receipt.sha256 == row.sha256  # and not of a letter within the letter
    addresses = [r.href or "" for one in item.media for r in one.renditions]
    packed = any(carried.SCHEME in address for address in addresses)
    return bool(row.sha256) and (packed or (item.family in _LETTERS and own))


def keep(
    row: KeptItem, item: WireItem, place: int, service: ServicePage, actor: Any
) -> Picture:
    """Keep one picture of an item among those of a service.

    Args:
        row: the item.
        item: the same, as it was read.
        place: of the picture among its media.
        service: whose desk takes it.
        actor: the account that does.

    Raises:
        CopyError: it is not here, or the agency has withdrawn it.
        PictureError: it cannot be used as a picture.
        RightError: the account may begin no article in this service.
    """
    if not may(actor, "translate", service):
        require(actor, "write", service)
    if standing.is_withdrawn(row):
        raise CopyError(_("The agency has withdrawn this copy."))
    media = item.media[place] if 0 <= place < len(item.media) else None
    data = _bytes(row, media) if media and are_here(row, item) else None
    if media is None or data is None:
        raise CopyError(_("The file of this picture is not here."))
    if not media.credit:  # then it is whose the copy is
        ids = ids_of(agencies_of(item, row.source))
        names = ", ".join(name_in(one, service.language) for one in ids)
        media = replace(media, credit=names)
    return keep_one(data, media, service)


def _bytes(row: KeptItem, media: Media) -> bytes | None:
    from tamizdat.wire.parsers import carried  # noqa: PLC0415 - slow to load
    from tamizdat.wire.parsers.mail.attached import picture_files  # noqa: PLC0415

    try:
        letter = originals.read(settings.TAMIZDAT.path / ORIGINALS, row.sha256)
    except FileNotFoundError:
        return None
    for one in media.renditions:
        if carried.SCHEME in (one.href or ""):
            return carried.picture_at(letter, one.href or "")
    files = picture_files(letter)
    return next((files[r.href] for r in media.renditions if r.href in files), None)
