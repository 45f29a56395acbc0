"""Write the heads of Vorbis and Opus anew, and refuse packets with words behind them.

Source: Vorbis I, 4.2 (heads); RFC 7845, 5.1 (Opus head); RFC 6716, 3.2.5 (padding).
"""

from tamizdat.newsroom.errors import AttachmentError

_OPUS_LEAST, _OPUS_RATE = 19, 48_000
_VORBIS_LENGTH = 30
_MODE = 41  # bits: a block, two types that are zero, a mapping
_MOST_MODES = 64
_SEVERAL, _PADDED, _VARIES = 3, 0x40, 0x80
_MOST_PADDED = 255


def opus(head: bytes) -> bytes:
    """Write the head of Opus: as long as it must be, without the rate it came in.

    Raises:
        AttachmentError: cut off, or of a layout that is not known.
    """
    channels, family = head[9], head[18]
    length = _OPUS_LEAST + (2 + channels if family else 0)
    if family > 1 or len(head) < length:
        raise _damaged()
    rate = _OPUS_RATE.to_bytes(4, "little")
    return head[:12] + rate + head[16:length]


def vorbis(head: bytes) -> bytes:
    """Write the head of Vorbis without rates of bits."""
    return head[:16] + bytes(12) + head[28:_VORBIS_LENGTH]


def refuse_behind_setup(packet: bytes) -> None:
    """Refuse bytes behind the last setting of Vorbis: it ends with modes and a one.

    Raises:
        AttachmentError: it does not.
    """
    bits = int.from_bytes(packet, "little")
    end = bits.bit_length() - 1  # where the one is
    if end < len(packet) * 8 - 8:
        raise _damaged()
    for count in range(1, _MOST_MODES + 1):
        start = end - count * _MODE
        types = bits >> max(start, 0) + 1 & 0xFFFFFFFF
        if start < 6 or types:  # noqa: PLR2004 (the count before has six bits)
            break
        if bits >> start - 6 & 63 == count - 1:
            return
    raise _damaged()


def refuse_padding(packet: bytes) -> None:
    """Refuse words in the padding of a packet of Opus: it must be zero.

    Raises:
        AttachmentError: it is not.
    """
    if len(packet) < 2 or packet[0] & 3 != _SEVERAL or not packet[1] & _PADDED:  # noqa: PLR2004
        return
    at, padding = 2, 0
    while at < len(packet) and packet[at] == _MOST_PADDED:
        at, padding = at + 1, padding + _MOST_PADDED - 1
    padding += packet[at] if at < len(packet) else 0
    if padding > len(packet) or any(
        packet[len(packet) - padding :] if padding else b""
    ):
        raise _damaged()


def _damaged() -> AttachmentError:
    return AttachmentError("this Ogg file is damaged, or holds more than sound")
