"""Go through an archive of any kind, one member at a time.

A member that cannot be had is told with the reason and stops no other.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tamizdat.wire.archive.bounded import MOST_BYTES, begins_as_warc, read_as_far

ZIP, GZIP, WARC = b"PK\x03\x04", b"\x1f\x8b", b"WARC/"
_EMPTY_ZIP = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Member:
    """Hold one file of an archive.

    Attributes:
        name: in the archive, for messages; never used as a path.
        data: its bytes, unpacked; empty where `refused` says why.
        address: where it stood on the web, None where nobody knows.
        moment: when it was fetched, ISO 8601, None where nobody knows.
        leads_to: address that it redirects to, None for what has bytes.
        mime: as it was served, lower case, without parameters; None if unknown.
        refused: why it cannot be read.
        cut: in words, what of it is missing; None where it is whole.
    """

    name: str
    data: bytes = b""
    address: str | None = None
    moment: str | None = None
    leads_to: str | None = None
    mime: str | None = None
    refused: str | None = None
    cut: str | None = None


def is_archive(head: bytes) -> bool:
    """Tell an archive by its first bytes."""
    return head.startswith((ZIP, _EMPTY_ZIP, GZIP, WARC))


def members_of(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Go through an archive.

    Args:
        stream: of bytes, which can be read from any place.
        name: of the file, for messages.
    """
    head = stream.read(8)
    stream.seek(0)
    if head.startswith((ZIP, _EMPTY_ZIP)):
        from tamizdat.wire.archive.zips import members_of_zip  # noqa: PLC0415

        yield from members_of_zip(stream, name)
    elif head.startswith(WARC) or (head.startswith(GZIP) and begins_as_warc(stream)):
        from tamizdat.wire.archive.warcs import members_of_warc  # noqa: PLC0415

        yield from members_of_warc(stream, name)
    else:
        yield _unpacked(stream, name)


def _unpacked(stream: BinaryIO, name: str) -> Member:
    """Unpack a gzip; of one that was cut short what is there."""
    inner = name.removesuffix(".gz")
    cut = None
    try:
        data, whole = read_as_far(gzip.GzipFile(fileobj=stream).read1)
    except (OSError, zlib.error) as error:
        return Member(inner, refused=f"a sound gzip, found: {error}")
    if data is None:
        return Member(inner, refused=f"at most {MOST_BYTES:,} bytes, found more")
    if not whole:
        cut = f"the gzip was cut short: {len(data):,} bytes of it are there"
    if not data and cut:
        return Member(inner, refused="a sound gzip, found its beginning alone")
    return Member(inner, data, cut=cut)
