"""Read the sound of an M4A and write it into a new one, with nothing else.

Names, covers, places and times of recording stand in other boxes; a track that is no
sound (chapters, positions) goes with its bytes. Video is refused.

Source: ISO/IEC 14496-12 (boxes), 14496-14; QuickTime File Format for what phones write.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tamizdat.newsroom.cleaning import m4a_codecs, m4a_writing
from tamizdat.newsroom.cleaning.m4a_codecs import Told
from tamizdat.newsroom.cleaning.m4a_writing import Sound
from tamizdat.newsroom.errors import AttachmentError

_HEAD = 8  # bytes: length and kind
_LONG_HEAD = 16
_FULL = 4  # version and flags
_SOUND = b"soun"
_PICTURED = (b"vide", b"auxv")
_FRAGMENTS = (b"moof", b"mfra", b"sidx", b"styp")
# Kinds of entries, and the box that tells the decoder what it needs.
_ENTRIES = {b"mp4a": b"esds", b"alac": b"alac", b"Opus": b"dOps", b"fLaC": b"dfLa"}
_ENTRY = 28  # bytes of a sound's entry before its boxes
_BESIDES = {0: 0, 1: 16, 2: 36}  # that QuickTime's versions have more
# What is read of each box that holds others.
_HELD: Mapping[bytes, tuple[bytes, ...]] = {
    b"moov": (b"mvhd", b"trak"),
    b"trak": (b"edts", b"mdia"),
    b"edts": (b"elst",),
    b"mdia": (b"mdhd", b"hdlr", b"minf"),
    b"minf": (b"dinf", b"stbl"),
    b"dinf": (b"dref",),
    b"stbl": (b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64"),
}
_INSIDE_ONLY = b"\0\0\0\x01" + b"\0\0\0\x0curl \0\0\0\x01"
_LONGEST = 1 << 31  # units of a sound
_MOST, _MOST_SAMPLES = 1 << 26, 1 << 22  # bytes of all samples, and samples


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
    movie = _read(top[b"moov"])
    tracks = [box for box in movie.boxes if box.kind == b"trak"]
    sounds = [track for track in tracks if _is_sound(track)]
    if len(sounds) != 1:
        raise AttachmentError(
            "expected one sound in this M4A, found %(found)d", found=len(sounds)
        )
    sound = _sound(movie, sounds[0], data)
    return m4a_writing.write(sound), sound.length / sound.scale


def _damaged(what: str) -> AttachmentError:
    return AttachmentError("this M4A is damaged: %(what)s", what=what)


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


def _read(box: _Box) -> _Box:
    """Read what a box holds, as far as a sound needs it."""
    kinds = _HELD.get(box.kind)
    if kinds is None:
        return box
    inner = _boxes(box.body, 0, len(box.body), kinds)
    return _Box(box.kind, b"", [_read(one) for one in inner])


def _is_sound(track: _Box) -> bool:
    kind = track.first(b"mdia", b"hdlr").body[8:12]
    if kind in _PICTURED:
        raise AttachmentError("this file holds a video: expected a sound")
    return kind == _SOUND


def _sound(movie: _Box, track: _Box, data: bytes) -> Sound:
    """Read the tables of a sound, and gather its bytes."""
    media = track.first(b"mdia")
    if media.first(b"minf", b"dinf", b"dref").body[_FULL:] != _INSIDE_ONLY:
        raise AttachmentError("this M4A names another file, or is damaged")
    table = media.first(b"minf", b"stbl")
    kind, told = _described(table.first(b"stsd").body)
    sizes = _sizes(table.first(b"stsz").body)
    parts = [_part(data, offset, size) for offset, size in _chunks(table, sizes)]
    runs = list(_runs(table.first(b"stts").body, len(sizes)))
    scale = _scale(media.first(b"mdhd").body)
    skipped, heard = _edit(movie, track, scale)
    sound = Sound(kind, told, scale, sizes, runs, skipped, heard, b"".join(parts))
    if not skipped <= sound.length < _LONGEST:
        raise _damaged("its tables disagree")
    if len(sound.data) != sum(sizes):
        raise _damaged("its tables disagree")
    return sound


def _part(data: bytes, offset: int, size: int) -> bytes:
    part = data[offset : offset + size]
    if len(part) < size:
        raise _damaged("it is cut off")
    return part


def _described(body: bytes) -> tuple[bytes, Told]:
    """Read what a sound is: the kind of its entry, and what its decoder is told."""
    entries = list(_boxes(body, 8, len(body), ()))
    if len(entries) != 1 or entries[0].kind not in _ENTRIES:
        raise AttachmentError(
            "expected AAC, ALAC, Opus or FLAC in this M4A, unencrypted"
        )
    entry, kind = entries[0].body, entries[0].kind
    most = _ENTRY + _BESIDES.get(int.from_bytes(entry[8:10]), 0)
    inner = list(_boxes(entry, most, len(entry), ()))
    for wave in [one.body for one in inner if one.kind == b"wave"]:
        inner += _boxes(wave, 0, len(wave), (_ENTRIES[kind],))
    telling = [one.body for one in inner if one.kind == _ENTRIES[kind]]
    if not telling:
        raise _damaged("its description is cut off")
    return kind, m4a_codecs.told(kind, telling[0])


def _rows(body: bytes, *widths: int) -> Iterator[tuple[int, ...]]:
    """Read the rows of a table, of numbers so many bytes wide."""
    at, end = 8, 8 + int.from_bytes(body[4:8]) * sum(widths)
    if end > len(body):
        raise _damaged("a table is cut off")
    while at < end:
        row = []
        for width in widths:
            row.append(int.from_bytes(body[at : at + width]))
            at += width
        yield tuple(row)


def _runs(body: bytes, count: int) -> Iterator[tuple[int, int]]:
    """Read how long samples are, for as many as there are."""
    left, run = count, (0, 0)
    for many, each in _rows(body, 4, 4):
        some = min(many, left)
        left -= some
        if some and run[0] and run[1] != each:
            yield run
            run = 0, each
        run = (run[0] + some, each) if some else run
    if left or not count:
        raise _damaged("its tables disagree")
    yield run


def _scale(body: bytes) -> int:
    at = 20 if body[:1] == b"\x01" else 12
    scale = int.from_bytes(body[at : at + 4])
    if not 0 < scale < _LONGEST:
        raise _damaged("no time scale")
    return scale


def _edit(movie: _Box, track: _Box, scale: int) -> tuple[int, int | None]:
    """Read which part of a sound is heard: units to be skipped, units to be heard."""
    lists = [one for box in track.boxes if box.kind == b"edts" for one in box.boxes]
    for table in lists:
        width = 8 if table.body[:1] == b"\x01" else 4
        for length, start, _rate in _rows(table.body, width, width, 4):
            if start >> 8 * width - 1:
                continue  # silence before the sound
            heard = length * scale // _scale(movie.first(b"mvhd").body)
            return start, heard or None
    return 0, None


def _chunks(table: _Box, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """List where bytes of sound lie together, and how many."""
    places = [box for box in table.boxes if box.kind in (b"stco", b"co64")]
    if len(places) != 1:
        raise _damaged("expected one table of places")
    width = 8 if places[0].kind == b"co64" else 4
    offsets = [offset for (offset,) in _rows(places[0].body, width)]
    counts = _counts(table.first(b"stsc").body, len(offsets))
    sums = [0, *accumulate(sizes)]
    done = 0
    for offset, count in zip(offsets, counts, strict=True):
        if done + count > len(sizes):
            raise _damaged("its tables disagree")
        yield offset, sums[done + count] - sums[done]
        done += count


def _sizes(body: bytes) -> list[int]:
    """Read how many bytes each sample has."""
    each, count = int.from_bytes(body[4:8]), int.from_bytes(body[8:12])
    if count > _MOST_SAMPLES:
        raise _damaged("its tables disagree")
    if each and count * each < _MOST:
        return [each] * count
    sizes = [size for (size,) in _rows(body[4:], 4)] if not each else []
    if not sizes or sum(sizes) > _MOST:
        raise _damaged("its tables disagree")
    return sizes


def _counts(body: bytes, chunks: int) -> Iterator[int]:
    """List how many samples lie together at each place."""
    runs = [(first, count) for first, count, _entry in _rows(body, 4, 4, 4)]
    if not runs or runs[0][0] != 1:
        raise _damaged("its tables disagree")
    ends = [first for first, _count in runs[1:]] + [chunks + 1]
    for (first, count), end in zip(runs, ends, strict=True):
        if not first <= end <= chunks + 1:
            raise _damaged("its tables disagree")
        yield from [count] * (end - first)
