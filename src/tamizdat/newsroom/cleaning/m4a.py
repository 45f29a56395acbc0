"""Write an M4A anew: the tables of its sound and the bytes they name, nothing else.

Names, covers, places and times of recording stand in other boxes; a track that is no
sound (chapters, positions) goes with its bytes. Video is refused.

Source: ISO/IEC 14496-12 (boxes), 14496-14; QuickTime File Format for what phones write.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tamizdat.newsroom.errors import AttachmentError

_HEAD = 8  # bytes: length and kind
_LONG_HEAD = 16
_FULL = 4  # version and flags
_SOUND = b"soun"
_PICTURED = (b"vide", b"auxv")
_FRAGMENTS = (b"moof", b"mfra", b"sidx", b"styp")
_ENTRIES = (b"mp4a", b"alac", b"Opus", b"fLaC")
_IN_ENTRY = (b"esds", b"alac", b"dOps", b"dfLa", b"wave", b"chan", b"frma", b"btrt")
_IN_WAVE = (b"esds", b"alac", b"frma", b"mp4a")
_V1, _V2 = 16, 36  # bytes that QuickTime's sound descriptions have besides
_FLAC_INFO = 4 + 34  # bytes of the block that decoding needs, with its head
_ENTRY = 28  # bytes of a sound's entry before its boxes
# What stays of each box, and with it which boxes hold others.
_KEPT: Mapping[bytes, tuple[bytes, ...]] = {
    b"moov": (b"mvhd", b"trak"),
    b"trak": (b"tkhd", b"edts", b"mdia"),
    b"edts": (b"elst",),
    b"mdia": (b"mdhd", b"hdlr", b"minf"),
    b"minf": (b"smhd", b"dinf", b"stbl"),
    b"dinf": (b"dref",),
    b"stbl": (b"stsd", b"stts", b"ctts", b"stsc", b"stsz", b"stco", b"co64", b"stss"),
}
# Bytes of a row of each table, by its version; 14496-12, 8.6 and 8.7.
_ROWS: Mapping[bytes, tuple[int, int]] = {
    b"elst": (12, 20),
    b"stts": (8, 8),
    b"ctts": (8, 8),
    b"stsc": (12, 12),
    b"stco": (4, 4),
    b"co64": (8, 8),
    b"stss": (4, 4),
}
# Bytes of boxes of one length, by their version; 8.2.2, 8.3.2, 8.4.2, 12.2.2.
_LENGTHS: Mapping[bytes, tuple[int, int]] = {
    b"mvhd": (100, 112),
    b"tkhd": (84, 96),
    b"mdhd": (24, 36),
    b"smhd": (8, 8),
}
_DATED = (b"mvhd", b"tkhd", b"mdhd")
_INSIDE_ONLY = b"\0\0\0\x01" + b"\0\0\0\x0curl \0\0\0\x01"


@dataclass
class _Box:
    """One box. `body`: bytes of one that holds no others; `boxes`: those it holds."""

    kind: bytes
    body: bytes = b""
    boxes: "list[_Box]" = field(default_factory=list)

    def first(self, *path: bytes) -> "_Box":
        """Find a box below, by its kinds.

        Raises:
            AttachmentError: there is none.
        """
        found = self
        for kind in path:
            below = [box for box in found.boxes if box.kind == kind]
            if not below:
                raise _damaged(f"no {kind.decode('latin-1')}")
            found = below[0]
        return found

    def written(self) -> bytes:
        """Write it with all it holds."""
        inner = self.body + b"".join(box.written() for box in self.boxes)
        return (len(inner) + _HEAD).to_bytes(4) + self.kind + inner


@dataclass(frozen=True)
class _Chunk:
    """Bytes of sound that lie together. `table`: what names them; `at`: its place."""

    offset: int
    size: int
    table: _Box
    at: int


def is_mp4(data: bytes) -> bool:
    """Tell whether this begins like an MP4."""
    return data[4:8] == b"ftyp"


def clean(data: bytes) -> tuple[bytes, float]:
    """Write the sound's tables and bytes anew.

    Returns:
        The bytes, and seconds.

    Raises:
        AttachmentError: damaged, fragmented, encrypted, no sound, or a video.
    """
    top = {box.kind: box for box in _boxes(data, 0, len(data), ())}
    if any(kind in top for kind in _FRAGMENTS):
        raise AttachmentError("this M4A is in fragments: save it as one file")
    if b"moov" not in top:
        raise _damaged("no moov")
    movie = _kept(top[b"moov"])
    tracks = [box for box in movie.boxes if box.kind == b"trak"]
    sounds = [track for track in tracks if _is_sound(track)]
    if len(sounds) != 1:
        raise AttachmentError(f"expected one sound in this M4A, found {len(sounds)}")
    movie.boxes = [box for box in movie.boxes if box.kind != b"trak"] + sounds
    _clean_track(sounds[0])
    _undate(movie)
    return _with_sound(movie, sounds[0], data), _seconds(sounds[0])


def _damaged(what: str) -> AttachmentError:
    return AttachmentError(f"this M4A is damaged: {what}")


def _boxes(data: bytes, at: int, end: int, kept: Sequence[bytes]) -> Iterator[_Box]:
    """Read the boxes of a stretch; with `kept`, those of other kinds are left out."""
    while at + _HEAD <= end:
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + _HEAD]
        head = _HEAD
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), _LONG_HEAD
        size = size or end - at
        if size < head or at + size > end:
            raise _damaged("a box is longer than what holds it")
        if not kept or kind in kept:
            is_sound = kind == b"mdat"
            yield _Box(kind, b"" if is_sound else data[at + head : at + size])
        at += size


def _kept(box: _Box) -> _Box:
    """Read what a box holds, and keep what a sound needs."""
    kinds = _KEPT.get(box.kind)
    if kinds is None:
        return _Box(box.kind, _cut(box.kind, box.body))
    inner = _boxes(box.body, 0, len(box.body), kinds)
    return _Box(box.kind, b"", [_kept(one) for one in inner])


def _cut(kind: bytes, body: bytes) -> bytes:
    """Cut off what stands behind the last row, or the last field, of a box."""
    version = body[:1] == b"\x01"
    if kind in _LENGTHS:
        length = _LENGTHS[kind][version]
    elif kind in _ROWS:
        length = 8 + int.from_bytes(body[4:8]) * _ROWS[kind][version]
    elif kind == b"stsz":  # one size for all, or a row for each
        length = 12 + (0 if any(body[4:8]) else int.from_bytes(body[8:12]) * 4)
    else:
        return body
    if len(body) < length:
        raise _damaged(f"{kind.decode()} is cut off")
    return body[:length]


def _is_sound(track: _Box) -> bool:
    kind = track.first(b"mdia", b"hdlr").body[8:12]
    if kind in _PICTURED:
        raise AttachmentError("this file holds a video: expected a sound")
    return kind == _SOUND


def _clean_track(track: _Box) -> None:
    media = track.first(b"mdia")
    media.first(b"hdlr").body = bytes(8) + _SOUND + bytes(12) + b"\0"
    if media.first(b"minf", b"dinf", b"dref").body[_FULL:] != _INSIDE_ONLY:
        raise AttachmentError("this M4A names another file, or is damaged")
    described = media.first(b"minf", b"stbl", b"stsd")
    entries = list(_boxes(described.body, 8, len(described.body), ()))
    if len(entries) != 1 or entries[0].kind not in _ENTRIES:
        raise AttachmentError(
            "expected AAC, ALAC, Opus or FLAC in this M4A, unencrypted"
        )
    described.body = bytes(7) + b"\x01" + _entry(entries[0]).written()


def _entry(entry: _Box) -> _Box:
    """Clean the description of a sound: no vendor, no box that is not needed."""
    version = int.from_bytes(entry.body[8:10])
    most = _ENTRY + {0: 0, 1: _V1, 2: _V2}.get(version, 0)
    if len(entry.body) < most:
        raise _damaged("its description is cut off")
    head = bytearray(entry.body[:most])
    head[0:6], head[10:16] = bytes(6), bytes(6)
    inner = _boxes(entry.body, most, len(entry.body), _IN_ENTRY)
    boxes = [_wave(one) if one.kind == b"wave" else _plain(one) for one in inner]
    return _Box(entry.kind, bytes(head) + b"".join(box.written() for box in boxes))


def _plain(box: _Box) -> _Box:
    """Keep of FLAC's blocks the first: names, covers and places stand behind it."""
    if box.kind != b"dfLa":
        return box
    block = bytearray(box.body[: _FULL + _FLAC_INFO])
    if len(block) < _FULL + _FLAC_INFO or block[_FULL] & 0x7F:
        raise _damaged("its description is cut off")
    block[_FULL] = 0x80  # the last one, of kind 0. RFC 9639, 8.1
    return _Box(box.kind, bytes(block))


def _wave(box: _Box) -> _Box:
    inner = _boxes(box.body, 0, len(box.body), _IN_WAVE)
    end = _Box(bytes(4))
    return _Box(b"wave", b"".join(one.written() for one in [*inner, end]))


def _undate(box: _Box) -> None:
    """Take the times of making and changing out."""
    if box.kind in _DATED:
        size = 16 if box.body[:1] == b"\x01" else 8
        box.body = box.body[:_FULL] + bytes(size) + box.body[_FULL + size :]
    for inner in box.boxes:
        _undate(inner)


def _with_sound(movie: _Box, track: _Box, data: bytes) -> bytes:
    """Write head, tables and the sound's bytes, and tell tables where these lie now."""
    chunks = sorted(_chunks(track), key=lambda chunk: chunk.offset)
    head = _Box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom").written()
    at = len(head) + len(movie.written()) + _HEAD
    parts = []
    for chunk in chunks:
        part = data[chunk.offset : chunk.offset + chunk.size]
        if len(part) < chunk.size:
            raise _damaged("it is cut off")
        width = 8 if chunk.table.kind == b"co64" else 4
        body = chunk.table.body
        place = body[: chunk.at], at.to_bytes(width), body[chunk.at + width :]
        chunk.table.body = b"".join(place)
        parts.append(part)
        at += chunk.size
    return head + movie.written() + _Box(b"mdat", b"".join(parts)).written()


def _chunks(track: _Box) -> Iterator[_Chunk]:
    """List where a track's bytes lie."""
    table = track.first(b"mdia", b"minf", b"stbl")
    places = [box for box in table.boxes if box.kind in (b"stco", b"co64")]
    if len(places) != 1:
        raise _damaged("expected one table of places")
    place = places[0]
    width = 8 if place.kind == b"co64" else 4
    sizes = _sizes(table.first(b"stsz").body)
    counts = _counts(table.first(b"stsc").body, (len(place.body) - 8) // width)
    done = 0
    for number, count in enumerate(counts):
        at = 8 + number * width
        offset = int.from_bytes(place.body[at : at + width])
        yield _Chunk(offset, sizes.total(done, done + count), place, at)
        done += count


@dataclass(frozen=True)
class _Sizes:
    """Bytes of each sample: one size for all, or a sum up to each."""

    each: int
    sums: tuple[int, ...]

    def total(self, start: int, end: int) -> int:
        """Sum the samples from `start` to `end`, exclusive."""
        if self.each:
            return (end - start) * self.each
        if end >= len(self.sums):
            raise _damaged("its tables disagree")
        return self.sums[end] - self.sums[start]


def _sizes(body: bytes) -> _Sizes:
    each = int.from_bytes(body[4:8])
    sums = [0]
    if not each:
        for at in range(12, len(body) - 3, 4):
            sums.append(sums[-1] + int.from_bytes(body[at : at + 4]))
    return _Sizes(each, tuple(sums))


def _counts(body: bytes, chunks: int) -> Iterator[int]:
    """List how many samples each chunk holds."""
    runs = [
        (int.from_bytes(body[at : at + 4]), int.from_bytes(body[at + 4 : at + 8]))
        for at in range(8, len(body) - 11, 12)
    ]
    if not runs or runs[0][0] != 1:
        raise _damaged("its tables disagree")
    ends = [first for first, _count in runs[1:]] + [chunks + 1]
    for (first, count), end in zip(runs, ends, strict=True):
        if not first <= end <= chunks + 1:
            raise _damaged("its tables disagree")
        yield from [count] * (end - first)


def _seconds(track: _Box) -> float:
    """Read how long a track is."""
    body = track.first(b"mdia", b"mdhd").body
    start, width = (20, 8) if body[:1] == b"\x01" else (12, 4)
    scale = int.from_bytes(body[start : start + 4])
    length = int.from_bytes(body[start + 4 : start + 4 + width])
    if not scale:
        raise _damaged("no time scale")
    return length / scale
