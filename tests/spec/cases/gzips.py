"""Gzip files made bit by bit: no compressor decides a byte of a vector.

Source: RFC 1951, sections 3.2.4 and 3.2.6; RFC 1952.
"""

import zlib

_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_BLOCK = 65_535  # bytes of a block that is not compressed
_RUN = 258  # the longest repetition


def stored(content: bytes) -> bytes:
    """Wrap bytes without compressing them."""
    blocks = [content[i : i + _BLOCK] for i in range(0, len(content), _BLOCK)] or [b""]
    body = b"".join(_stored(b, last=b is blocks[-1]) for b in blocks)
    return _HEAD + body + _tail(content)


def _stored(block: bytes, *, last: bool) -> bytes:
    size = len(block)
    return (
        bytes([last])
        + size.to_bytes(2, "little")
        + (size ^ 0xFFFF).to_bytes(2, "little")
        + block
    )


def _tail(content: bytes) -> bytes:
    length = len(content) & 0xFFFFFFFF
    return zlib.crc32(content).to_bytes(4, "little") + length.to_bytes(4, "little")


def bomb(count: int) -> bytes:
    """Compress so many zeros: one, and repetitions of it, in a block of fixed codes."""
    runs, rest = divmod(count - 1, _RUN)
    zero = "00110000"
    bits = "1" + "10" + zero  # the last block, of fixed codes
    bits += ("11000101" + "00000") * runs  # length 258, distance 1
    bits += zero * rest + "0000000"
    padded = bits + "0" * (-len(bits) % 8)
    body = bytes(int(padded[i : i + 8][::-1], 2) for i in range(0, len(padded), 8))
    return _HEAD + body + _tail(b"\0" * count)
