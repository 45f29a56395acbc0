"""Find the pictures that lie in a zip beside copy, and give them to it.

A picture's address is `zip:` and its name in the archive; in an archive or on a letter
inside the file that was kept, the addresses stand behind each other, parted by `!`.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from tamizdat.wire.archive.bounded import MOST_BYTES, read_bounded
from tamizdat.wire.archive.zips import DAMAGES
from tamizdat.wire.items import Media, WireItem
from tamizdat.wire.parsers.mail.attached import LOGO, file_at, media_of, mime_of_picture

SCHEME, _INSIDE = "zip:", "!"
_ZIP = b"PK"
_MOST = 60  # pictures of one archive
_MOST_ENTRIES = 5_000  # that are looked at
_MOST_BYTES = 256 << 20  # of all of them, unpacked
_MOST_PICTURE = 32 << 20  # bytes of one
_LOOKED_AT = 32  # bytes that tell a picture


def media_in(data: bytes) -> list[Media]:
    """Describe the pictures of a zip, the captions in them included."""
    found = []
    for name, whole in _pictures(data):
        mime = mime_of_picture(whole) or ""
        shown = name.rpartition("/")[2][:200]
        found.append(media_of("picture", shown, f"{SCHEME}{name}", mime, whole))
    return found


def _pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            taken, size = 0, 0
            for entry in entries[:_MOST_ENTRIES]:
                whole = _picture_of(archive, entry)
                taken += whole is not None
                size += len(whole or b"")
                if taken > _MOST or size > _MOST_BYTES:
                    return
                if whole is not None:
                    yield entry.filename, whole
    except DAMAGES:
        return  # whoever reads its text says so


def _picture_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """Unpack an entry if its first bytes are those of a picture worth showing."""
    try:
        with archive.open(entry) as packed:
            if mime_of_picture(packed.read(_LOOKED_AT)) is None:
                return None
        with archive.open(entry) as packed:
            whole = read_bounded(packed, _MOST_PICTURE)
    except DAMAGES:
        return None
    return whole if whole is not None and len(whole) >= LOGO else None


def picture_at(data: bytes, href: str) -> bytes | None:
    """Give a picture of a file by its address in it; None where there is none.

    Args:
        data: the whole file, as it was kept.
        href: as an item's rendition has it.
    """
    outer, _mark, inner = href.partition(_INSIDE)
    found = _file_at(data, outer)
    if found is None or inner:
        return None if found is None else picture_at(found, inner)
    return found if mime_of_picture(found) is not None else None


def _file_at(data: bytes, address: str) -> bytes | None:
    if not address.startswith(SCHEME):
        return file_at(data, address)
    try:
        with (
            zipfile.ZipFile(BytesIO(data)) as archive,
            archive.open(address.removeprefix(SCHEME)) as packed,
        ):
            return read_bounded(packed, MOST_BYTES)
    except (*DAMAGES, KeyError):
        return None


def inside(items: Sequence[WireItem], address: str) -> list[WireItem]:
    """Say of the pictures of items in which file of the outer one they lie."""
    return [
        replace(item, media=tuple(moved(one, address) for one in item.media))
        for item in items
    ]


def moved(media: Media, address: str) -> Media:
    """Say in which file of the outer one a picture lies."""
    renditions = tuple(
        replace(one, href=f"{address}{_INSIDE}{one.href}")
        if (one.href or "").startswith(SCHEME)
        else one
        for one in media.renditions
    )
    return replace(media, renditions=renditions)


def beside(named: Sequence[tuple[str, WireItem]], media: list[Media]) -> list[WireItem]:
    """Give the pictures of an archive to its items: by their names, else to the first.

    Args:
        named: each item with the name of its file in the archive.
        media: of the archive.
    """
    items = [item for _name, item in named]
    stems = [_stem(name) for name, _item in named]
    for one in media:
        href = one.renditions[0].href or ""
        stem = _stem(href.removeprefix(SCHEME))
        alike = [at for at, own in enumerate(stems) if own and stem.startswith(own)]
        at = max(alike, key=lambda n: len(stems[n]), default=0)
        items[at] = replace(items[at], media=(*items[at].media, one))
        if not alike and len(items) > 1:
            receipt = items[at].receipt
            said = f"picture {href}: no text of its name, so it is beside the first"
            told = replace(receipt, warnings=(*receipt.warnings, said))
            items[at] = replace(items[at], receipt=told)
    return items


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0].casefold()
