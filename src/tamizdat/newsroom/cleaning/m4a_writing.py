"""Write an M4A: one sound, its tables as short as they can be, nothing else.

Source: ISO/IEC 14496-12, 8 (boxes), 12.2 (sound).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tamizdat.newsroom.cleaning.m4a_codecs import Told

_HEAD = 8  # bytes: length and kind
_TOGETHER = 64  # samples that lie together
_MATRIX = b"".join(
    number.to_bytes(4) for number in (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
)
_UNDETERMINED = b"\x55\xc4"  # the language "und"
_ENABLED = 3
_FULL_VOLUME = b"\x01\0"
_RATE_FIELD = 1 << 16  # higher rates are told to the decoder alone
_URL = b"\0\0\0\x0curl \0\0\0\x01"  # in this file


@dataclass(frozen=True)
class Sound:
    """A sound, as it is to be written.

    Attributes:
        kind: of its entry, b"mp4a" and the like.
        told: to its decoder.
        scale: units a second.
        sizes: bytes of each sample.
        runs: how many samples have a length, and that length in units.
        skipped: units at the start that are not heard.
        heard: units that are; None where all behind the start are.
        data: all samples.
    """

    kind: bytes
    told: Told
    scale: int
    sizes: Sequence[int]
    runs: Sequence[tuple[int, int]]
    skipped: int
    heard: int | None
    data: bytes

    @property
    def length(self) -> int:
        """Sum the samples, in units."""
        return sum(count * each for count, each in self.runs)


def write(sound: Sound) -> bytes:
    """Write a file."""
    head = box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")
    start = len(head) + len(_movie(sound, 0)) + _HEAD
    return head + _movie(sound, start) + box(b"mdat", sound.data)


def box(kind: bytes, *parts: bytes) -> bytes:
    """Write a box."""
    inner = b"".join(parts)
    return (len(inner) + _HEAD).to_bytes(4) + kind + inner


def _movie(sound: Sound, start: int) -> bytes:
    heard = sound.length - sound.skipped
    heard = heard if sound.heard is None else min(sound.heard, heard)
    length, scale = heard.to_bytes(4), sound.scale.to_bytes(4)
    head = bytes(12) + scale + length + b"\0\1\0\0" + _FULL_VOLUME + bytes(10)
    track = (
        *(_ENABLED.to_bytes(4), bytes(8), (1).to_bytes(4), bytes(4), length, bytes(12)),
        *(_FULL_VOLUME, bytes(2), _MATRIX, bytes(8)),
    )
    parts = [box(b"tkhd", *track)]
    if sound.skipped or heard != sound.length:
        edit = length + sound.skipped.to_bytes(4) + b"\0\1\0\0"
        parts.append(box(b"edts", _table(b"elst", [edit])))
    parts.append(_media(sound, start))
    return box(
        b"moov",
        box(b"mvhd", head, _MATRIX, bytes(24), (2).to_bytes(4)),
        box(b"trak", *parts),
    )


def _media(sound: Sound, start: int) -> bytes:
    scale, length = sound.scale.to_bytes(4), sound.length.to_bytes(4)
    inside = box(b"dinf", box(b"dref", bytes(4) + (1).to_bytes(4) + _URL))
    return box(
        b"mdia",
        box(b"mdhd", bytes(12), scale, length, _UNDETERMINED, bytes(2)),
        box(b"hdlr", bytes(8), b"soun", bytes(13)),
        box(b"minf", box(b"smhd", bytes(8)), inside, _tables(sound, start)),
    )


def _tables(sound: Sound, start: int) -> bytes:
    count = len(sound.sizes)
    rest, groups = count % _TOGETHER, -(-count // _TOGETHER)
    lying = [_row(1, _TOGETHER, 1)] if count >= _TOGETHER else []
    lying += [_row(groups, rest, 1)] if rest else []
    places = []
    for at in range(0, count, _TOGETHER):
        places.append(_row(start))
        start += sum(sound.sizes[at : at + _TOGETHER])
    sizes = bytes(8) + _row(count) + b"".join(_row(size) for size in sound.sizes)
    return box(
        b"stbl",
        box(b"stsd", bytes(7), b"\x01", _entry(sound)),
        _table(b"stts", [_row(many, each) for many, each in sound.runs]),
        _table(b"stsc", lying),
        box(b"stsz", sizes),
        _table(b"stco", places),
    )


def _entry(sound: Sound) -> bytes:
    told = sound.told
    rate = told.rate if told.rate < _RATE_FIELD else 0
    head = (
        *(bytes(7), b"\x01", bytes(8), told.channels.to_bytes(2), (16).to_bytes(2)),
        *(bytes(4), (rate << 16).to_bytes(4)),
    )
    return box(sound.kind, *head, box(*told.box))


def _table(kind: bytes, rows: Sequence[bytes]) -> bytes:
    return box(kind, bytes(4), len(rows).to_bytes(4), *rows)


def _row(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4) for number in numbers)
