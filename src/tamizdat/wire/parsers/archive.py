"""Read archives: the items of all their members, each as its own family has it."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from tamizdat.wire.archive.members import Member, members_of
from tamizdat.wire.errors import ArchiveError, WireError
from tamizdat.wire.items import Media, WireItem, warned
from tamizdat.wire.parsers import carried, docx

_NAMED = 20  # refusals that are told one by one


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn an archive into wire items; a receipt speaks of the member's bytes.

    Raises:
        ArchiveError: no member of it can be read.
    """
    if docx.is_docx(data):
        return docx.parse(data, file)
    return parse_stream(BytesIO(data), file, carried.media_in(data))


def parse_stream(
    stream: BinaryIO, file: str, media: Sequence[Media] = ()
) -> list[WireItem]:
    """Do the same for an archive that need not fit into memory.

    Args:
        stream: of bytes, which can be read from any place.
        file: its name, for messages.
        media: pictures that lie in it.
    """
    shown = _names(media, file)
    named: list[tuple[str, WireItem]] = []
    refused: list[str] = []
    more = 0
    for member in members_of(stream, file):
        if member.name in shown:
            continue
        for found in items_of(member):
            if isinstance(found, WireItem):
                named.append((member.name, _placed(found, member, file)))
            elif len(refused) < _NAMED:
                refused.append(found)
            else:
                more += 1
    items = carried.beside(named, list(media)) if named else []
    if not items:
        raise ArchiveError(file, refused[0] if refused else "nothing that is news")
    if refused:
        told = [*refused, *([f"{more} more are refused"] if more else [])]
        items[0] = warned(items[0], told)
    return items


def _placed(item: WireItem, member: Member, file: str) -> WireItem:
    """Say of the pictures of an item in which member they lie."""
    place = f"{carried.SCHEME}{member.name.removeprefix(f'{file}/')}"
    return carried.inside([item], place)[0]


def _names(media: Sequence[Media], file: str) -> set[str]:
    """Name the members that are pictures, as members are named."""
    hrefs = (one.renditions[0].href or "" for one in media)
    return {f"{file}/{href.removeprefix(carried.SCHEME)}" for href in hrefs}


def _told(member: Member) -> tuple[bytes, str, str | None, str | None]:
    return member.data, member.name, member.address, member.cut


def items_of(member: Member) -> Iterator[WireItem | str]:
    """Parse one member; what is refused is told in a line."""
    from tamizdat.wire.parsers import parse_member  # noqa: PLC0415 - it names us

    if member.refused is not None:
        yield f"{member.name}: expected {member.refused}"
    elif member.leads_to is None and not (member.mime or "").startswith("image/"):
        try:
            yield from parse_member(*_told(member))
        except WireError as error:
            yield str(error)
