"""Read no more than is asked for, however much a few packed bytes promise."""

import gzip
import zlib
from typing import BinaryIO, Protocol

MOST_BYTES = 64 << 20  # of one member; the longest story with its pictures is a tenth
_CHUNK = 1 << 16


class Reads(Protocol):
    """Promise bytes."""

    def read(self, size: int = ..., /) -> bytes:
        """Read at most so many bytes, none at the end."""


def read_bounded(stream: Reads, most: int = MOST_BYTES) -> bytes | None:
    """Read a stream to its end; None where it is longer than `most` bytes.

    Raises:
        EOFError, OSError, zlib.error, ValueError: what is packed is damaged.
    """
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            return None
        parts.append(chunk)
    return b"".join(parts)


def begins_as_warc(stream: BinaryIO) -> bool:
    """Tell whether a gzip holds a WARC; the stream stays where it was."""
    place = stream.tell()
    try:
        return gzip.GzipFile(fileobj=stream).read(5) == b"WARC/"
    except (EOFError, OSError, zlib.error):
        return False
    finally:
        stream.seek(place)
