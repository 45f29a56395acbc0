"""Read archives: the items of all their members, each as its own family has it."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from tamizdat.wire.archive.members import Member, members_of
from tamizdat.wire.errors import ArchiveError, WireError
from tamizdat.wire.items import WireItem

_NAMED = 20  # refusals that are told one by one


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn an archive into wire items; a receipt speaks of the member's bytes.

    Raises:
        ArchiveError: no member of it can be read.
    """
    return parse_stream(BytesIO(data), file)


def parse_stream(stream: BinaryIO, file: str) -> list[WireItem]:
    """Do the same for an archive that need not fit into memory."""
    items: list[WireItem] = []
    refused: list[str] = []
    more = 0
    for member in members_of(stream, file):
        for found in items_of(member):
            if isinstance(found, WireItem):
                items.append(found)
            elif len(refused) < _NAMED:
                refused.append(found)
            else:
                more += 1
    if not items:
        raise ArchiveError(file, refused[0] if refused else "nothing that is news")
    if refused:
        told = [*refused, *([f"{more} more are refused"] if more else [])]
        receipt = items[0].receipt
        receipt = replace(receipt, warnings=(*receipt.warnings, *told))
        items[0] = replace(items[0], receipt=receipt)
    return items


def items_of(member: Member) -> Iterator[WireItem | str]:
    """Parse one member; what is refused is told in a line."""
    from tamizdat.wire.parsers import parse_member  # noqa: PLC0415 - it names us

    if member.refused is not None:
        yield f"{member.name}: expected {member.refused}"
    elif member.leads_to is None and not (member.mime or "").startswith("image/"):
        try:
            yield from parse_member(member.data, member.name, member.address)
        except WireError as error:
            yield str(error)
