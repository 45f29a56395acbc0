"""Read no more than is asked for, however much a few packed bytes promise."""

import gzip
import zlib
from collections.abc import Callable
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
    data, whole = read_as_far(stream.read, most)
    if not whole:
        raise EOFError("it ends before its end marker")
    return data


def read_as_far(
    read: Callable[[int], bytes], most: int = MOST_BYTES
) -> tuple[bytes | None, bool]:
    """Read a stream as far as it goes, and tell whether that was its end.

    Args:
        read: gives at most so many bytes, none at the end; EOFError where it is cut.
        most: bytes.

    Returns:
        Its bytes, None where they are more than `most`; whether it was whole.

    Raises:
        OSError, zlib.error, ValueError: what is packed is damaged.
    """
    parts: list[bytes] = []
    size, whole = 0, True
    while True:
        try:
            chunk = read(_CHUNK)
        except EOFError:
            whole, chunk = False, b""
        if not chunk:
            return b"".join(parts), whole
        size += len(chunk)
        if size > most:
            return None, whole
        parts.append(chunk)


def begins_as_warc(stream: BinaryIO) -> bool:
    """Tell whether a gzip holds a WARC; the stream stays where it was."""
    place = stream.tell()
    try:
        return gzip.GzipFile(fileobj=stream).read(5) == b"WARC/"
    except (EOFError, OSError, zlib.error):
        return False
    finally:
        stream.seek(place)
