"""Write what an M4A tells its decoder anew: as many bits as decoding takes.

AAC, ALAC, Opus and FLAC. Of the numbers that a decoder does without (rates of bits,
sizes of buffers, checksums, layouts of loudspeakers) none stays.

Source: ISO/IEC 14496-1, 7.2.6 (descriptors); 14496-3, 1.6.2 (AAC); 14496-12, 12.2.3;
Apple Lossless Format Description; Opus in ISOBMFF, 4.3; FLAC in ISOBMFF, 3.3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tamizdat.newsroom.errors import AttachmentError

_AAC = {0x40, 0x66, 0x67, 0x68}  # object types of AAC
_MP3 = {0x69, 0x6B}
_LEVELS, _SBR = {1, 2, 3, 4}, {5, 29}  # kinds of AAC; those that double the rate
_RATES = (
    *(96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000),
    *(12_000, 11_025, 8_000, 7_350),
)
_OWN_RATE = 15  # then 24 bits tell it
_SYNC_SBR, _SYNC_PS = 0x2B7, 0x548
_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)
_ES, _DECODER, _SPECIFIC, _SYNC_LAYER = 3, 4, 5, 6
_DECODER_HEAD = 13  # bytes
_ALAC, _FULL = 24, 4
_DEPTHS = (16, 20, 24, 32)
_MOST_CHANNELS = 8
_OPUS, _OPUS_RATE = 11, 48_000
_FLAC = 34
_TELLING = 4 + 4  # of FLAC: a head of four bytes, after version and flags


@dataclass(frozen=True)
class Told:
    """What a decoder is told. `box`: kind and body; `rate`: samples a second."""

    channels: int
    rate: int
    box: tuple[bytes, bytes]


def told(kind: bytes, body: bytes) -> Told:
    """Write what a decoder is told anew.

    Args:
        kind: of the entry: b"mp4a", b"alac", b"Opus" or b"fLaC".
        body: of the box that tells it.

    Raises:
        AttachmentError: damaged, or a kind of AAC that is not taken.
    """
    try:
        return _READ[kind](body)
    except (IndexError, ValueError) as error:
        raise _damaged() from error


def _damaged() -> AttachmentError:
    return AttachmentError("this M4A is damaged: its description is cut off")


class _Bits:
    """Reads numbers bit by bit, and remembers what was read."""

    def __init__(self, data: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in data[:64])
        self.at = 0

    def take(self, count: int) -> int:
        """Read a number of so many bits."""
        self.at += count
        if self.at > len(self._bits):
            raise ValueError("expected more bits")
        return int(self._bits[self.at - count : self.at], 2)

    def is_next(self, count: int, number: int) -> bool:
        """Tell whether this number comes next."""
        return self._bits[self.at : self.at + count] == f"{number:0{count}b}"

    def taken(self) -> bytes:
        """Give what was read, filled up with zeros to a byte."""
        bits = self._bits[: self.at]
        bits += "0" * (-len(bits) % 8)
        return int("1" + bits, 2).to_bytes(len(bits) // 8 + 1)[1:]


def _aac(body: bytes) -> Told:
    found = _descriptor(body[_FULL:], _ES)
    flags = found[2]
    start = 3 + (2 if flags & 0x80 else 0)
    start += 1 + found[start] if flags & 0x40 else 0
    decoder = _descriptor(found[start + (2 if flags & 0x20 else 0) :], _DECODER)
    object_, specific = decoder[0], b""
    channels, rate = 2, _RATES[4]
    if object_ in _AAC:
        given = _descriptor(decoder[_DECODER_HEAD:], _SPECIFIC)
        channels, rate, specific = _specific(given)
        specific = _described(_SPECIFIC, specific)
    elif object_ not in _MP3:
        raise _untaken()
    head = bytes([object_, 0x15]) + bytes(_DECODER_HEAD - 2)
    inner = _described(_DECODER, head + specific) + _described(_SYNC_LAYER, b"\2")
    return Told(channels, rate, (b"esds", bytes(4) + _described(_ES, bytes(3) + inner)))


def _untaken() -> AttachmentError:
    return AttachmentError("expected plain AAC or HE-AAC in this M4A: save it as that")


def _descriptor(data: bytes, tag: int) -> bytes:
    """Read a descriptor. 14496-1, 8.3.3: lengths of up to four bytes of seven bits."""
    if data[0] != tag:
        raise ValueError("expected another descriptor")
    size, at = 0, 1
    for at in range(1, 5):
        size = size << 7 | data[at] & 0x7F
        if not data[at] & 0x80:
            break
    if at + 1 + size > len(data):
        raise ValueError("expected a whole descriptor")
    return data[at + 1 : at + 1 + size]


def _described(tag: int, data: bytes) -> bytes:
    return bytes([tag, len(data)]) + data


def _specific(data: bytes) -> tuple[int, int, bytes]:
    """Read how AAC is to be decoded. Returns: channels, rate, and the bits of it."""
    bits = _Bits(data)
    kind, rate, channels = bits.take(5), _rate(bits), bits.take(4)
    is_doubled = kind in _SBR
    if is_doubled:
        _rate(bits)
        kind = bits.take(5)
    if kind not in _LEVELS or not 0 < channels < len(_CHANNELS):
        raise _untaken()  # a layout of its own has room for words
    bits.take(1)
    if bits.take(1):
        bits.take(14)
    if bits.take(1):
        raise _untaken()
    if not is_doubled and bits.is_next(16, _SYNC_SBR << 5 | 5):
        bits.take(16)
        if bits.take(1):
            _rate(bits)
            if bits.is_next(11, _SYNC_PS):
                bits.take(12)
    return _CHANNELS[channels], rate, bits.taken()


def _rate(bits: _Bits) -> int:
    index = bits.take(4)
    return bits.take(24) if index == _OWN_RATE else _RATES[index]


def _alac(body: bytes) -> Told:
    given = body[_FULL : _FULL + _ALAC]
    depth, channels, rate = given[5], given[9], int.from_bytes(given[20:24])
    is_known = given[4] == 0 and depth in _DEPTHS and 0 < channels <= _MOST_CHANNELS
    if len(given) < _ALAC or not is_known:
        raise ValueError("expected what ALAC needs")
    longest_run = (255).to_bytes(2)
    made = given[:10] + longest_run + bytes(8) + given[20:24]
    return Told(channels, rate, (b"alac", bytes(_FULL) + made))


def _opus(body: bytes) -> Told:
    channels, family = body[1], body[10]
    size = _OPUS + (2 + channels if family else 0)
    if body[0] or family > 1 or len(body) < size or not 0 < channels <= _MOST_CHANNELS:
        raise ValueError("expected what Opus needs")
    made = body[:4] + _OPUS_RATE.to_bytes(4) + body[8:size]
    return Told(channels, _OPUS_RATE, (b"dOps", made))


def _flac(body: bytes) -> Told:
    """Keep of FLAC's blocks the first: names, covers and places stand behind it."""
    given = body[_TELLING : _TELLING + _FLAC]
    if body[_FULL] & 0x7F or len(given) < _FLAC:
        raise ValueError("expected what FLAC needs")
    rate = int.from_bytes(given[10:13]) >> 4
    channels = (given[12] >> 1 & 7) + 1
    last = b"\x80" + _FLAC.to_bytes(3)  # the only one, of kind 0. RFC 9639, 8.1
    made = given[:4] + bytes(6) + given[10:18] + bytes(16)  # no checksum
    return Told(channels, rate, (b"dfLa", bytes(_FULL) + last + made))


_READ: Mapping[bytes, Callable[[bytes], Told]] = {
    b"mp4a": _aac,
    b"alac": _alac,
    b"Opus": _opus,
    b"fLaC": _flac,
}
