"""Cut an export into its items without reading it as a whole.

The bytes are looked at for four marks; `<item>` inside CDATA is text. All encodings of
exports have ASCII for them.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 20
MOST_ITEM = 32 << 20  # bytes; of a longer one, and of a longer head, the rest is lost
_MARK = re.compile(
    rb"<!\[CDATA\[|\]\]>|<item(?:\s[^>]{0,500})?>|</item\s*>", re.IGNORECASE
)
_LONGEST = 1024  # bytes that a mark may have


def items_of(stream: BinaryIO) -> tuple[bytes, Iterator[bytes]]:
    """Give what stands before the first item, and the items, one at a time."""
    parts = _Cutter().cut(_pieces(stream))
    return next(parts, b""), parts


def _pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield text and the mark behind it, b"" where the text only goes on."""
    buffer = b""
    while True:
        chunk = stream.read(_CHUNK)
        buffer += chunk
        at = 0
        for found in _MARK.finditer(buffer):
            yield buffer[at : found.start()], found[0]
            at = found.end()
        # A mark may stand across two chunks: the end waits for the next one.
        end = max(at, len(buffer) - _LONGEST) if chunk else len(buffer)
        yield buffer[at:end], b""
        if not chunk:
            return
        buffer = buffer[end:]


class _Cutter:
    """Put pieces together to the head and the items."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._kept = True  # whether what comes belongs to something
        self._in_text = False

    def cut(self, pieces: Iterator[tuple[bytes, bytes]]) -> Iterator[bytes]:
        for text, mark in pieces:
            self._keep(text)
            name = mark[:6].lower()
            if name.startswith(b"<item") and not self._in_text:
                # The head ends here; an item that was never closed does, too.
                if self._kept:
                    yield self._taken()
                self._kept = True
                self._keep(mark)
            elif name == b"</item" and not self._in_text:
                self._keep(mark)
                if self._kept:
                    yield self._taken()
                self._kept = False
            else:
                self._keep(mark)
                self._in_text = self._stays_in_text(name)
        if self._kept and self._size:
            yield self._taken()  # the file was cut short

    def _stays_in_text(self, name: bytes) -> bool:
        return name == b"<![cda" or (name != b"]]>" and self._in_text)

    def _keep(self, piece: bytes) -> None:
        if self._kept and piece and self._size <= MOST_ITEM:
            self._parts.append(piece)
            self._size += len(piece)

    def _taken(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts, self._size = [], 0
        return whole
