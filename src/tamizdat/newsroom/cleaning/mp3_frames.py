"""Empty of MP3 frames what no decoder reads: between the sounds, and in private bits.

The sound of a frame begins before it and ends where its lengths say; what is left over
holds anything, the name of an encoder mostly.

Source: ISO/IEC 11172-3, 2.4.1 (syntax) and 2.4.3.1 (checksum); 13818-3, 2.4.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = 4  # bytes
_KEPT_OF_HEAD = 0xFFFFFEF3  # without private bit, copyright and original
_CHECKED = 2  # bytes of a checksum, where there is one
_CRC = 0x8005
_LENGTH = 12  # bits
_BEFORE = {True: 9, False: 8}  # bits that tell how far back the sound begins
_PRIVATE = {(True, True): 5, (True, False): 3, (False, True): 1, (False, False): 2}
_SHARED = 4  # bits for each channel, in MPEG-1
_GRANULE = {True: 59, False: 63}  # bits for each channel


@dataclass(frozen=True)
class Frame:
    """A frame.

    Attributes:
        data: with its head.
        samples: of each channel.
        rate: samples a second.
        side: where its sound may begin: behind head, checksum and lengths.
        first: of MPEG-1, not 2.
        mono: of one channel.
    """

    data: bytes
    samples: int
    rate: int
    side: int
    first: bool
    mono: bool


def emptied(frames: Sequence[Frame]) -> bytes:
    """Join frames; of what they hold, only sound stays."""
    whole = bytearray(b"".join(frame.data[frame.side :] for frame in frames))
    kept, heads, start, end = bytearray(len(whole)), [], 0, 0
    for frame in frames:
        head, before, bits = _side(frame)
        heads.append(head)
        begin = max((start - before) * 8, 0)
        until = min(begin + bits, len(whole) * 8)
        _keep(kept, whole, max(begin, end), until)
        end = max(end, until)
        start += len(frame.data) - frame.side
    parts, start = [], 0
    for frame, head in zip(frames, heads, strict=True):
        size = len(frame.data) - frame.side
        parts += [head, bytes(kept[start : start + size])]
        start += size
    return b"".join(parts)


def _keep(kept: bytearray, whole: bytearray, begin: int, until: int) -> None:
    """Let the bits of a stretch through. A byte in which one ends has room for none."""
    if begin >= until:
        return
    first, last = begin // 8, (until - 1) // 8
    kept[first : last + 1] = (
        bytes([kept[first] | whole[first] & 0xFF >> begin % 8])
        + whole[first + 1 : last + 1]
    )
    kept[last] &= 0xFF << -until % 8 & 0xFF


def _side(frame: Frame) -> tuple[bytes, int, int]:
    """Read where the sound of a frame lies.

    Returns:
        All before the sound, with nothing private; bytes that it begins before; bits.
    """
    word = int.from_bytes(frame.data[:_HEAD])
    has_check = not word >> 16 & 1
    start = _HEAD + (_CHECKED if has_check else 0)
    size = (frame.side - start) * 8
    side = int.from_bytes(frame.data[start : frame.side])
    channels = 1 if frame.mono else 2
    before, private = _BEFORE[frame.first], _PRIVATE[frame.first, frame.mono]
    side &= ~(((1 << private) - 1) << size - before - private)
    at = before + private + (_SHARED * channels if frame.first else 0)
    bits = 0
    for _granule in range(channels * (2 if frame.first else 1)):
        bits += side >> size - at - _LENGTH & (1 << _LENGTH) - 1
        at += _GRANULE[frame.first]
    head = (word & _KEPT_OF_HEAD).to_bytes(_HEAD)
    told = side.to_bytes(size // 8)
    check = _crc(head[2:] + told).to_bytes(_CHECKED) if has_check else b""
    return head + check + told, side >> size - before, bits


def _crc(data: bytes) -> int:
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ (_CRC if crc & 0x8000 else 0)) & 0xFFFF
    return crc
