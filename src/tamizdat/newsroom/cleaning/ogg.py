"""Write an Ogg file anew with an empty comment: Vorbis or Opus, and one sound alone.

Source: RFC 3533 (Ogg), RFC 7845 (Opus in Ogg), Vorbis I, 4.2 and 5.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tamizdat.newsroom.cleaning import ogg_heads
from tamizdat.newsroom.errors import AttachmentError

_MARK = b"OggS"
_HEAD = 27  # bytes of a page's header before its table
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_KNOWN_FLAGS = _CONTINUED | _FIRST | _LAST
_NONE_ENDS = (1 << 64) - 1  # position of a page on which no packet ends
_MOST_LACED = 255
_OPUS_HEAD, _OPUS_COMMENT = b"OpusHead", b"OpusTags"
_VORBIS_HEAD, _VORBIS_COMMENT = b"\x01vorbis", b"\x03vorbis"
_OPUS_RATE = 48_000
_LONGEST = 1 << 20  # seconds: twelve days
_EMPTY = bytes(8)  # no vendor, no comments
_SERIAL = b"\1\0\0\0"  # of the only stream
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True)
class _Page:
    """One page. `position`: samples so far; `table`: lengths of its segments."""

    flags: int
    position: int
    serial: bytes
    table: bytes
    data: bytes


def is_ogg(data: bytes) -> bool:
    """Tell whether this begins like an Ogg file."""
    return data.startswith(_MARK)


def clean(data: bytes) -> tuple[bytes, float]:
    """Empty the comment; every page is numbered anew.

    Returns:
        The bytes, and seconds.

    Raises:
        AttachmentError: damaged, or more than one sound of a known kind.
    """
    pages = list(_pages(data))
    if len({page.serial for page in pages}) != 1 or _joined(pages):
        raise AttachmentError("this Ogg file holds more than one stream")
    head, rest = pages[0], pages[1:]
    headers, rate, skipped = _kind(head.data)
    packets, sound = _take_packets(rest, headers)
    mark = _OPUS_COMMENT if headers == 1 else _VORBIS_COMMENT
    if not packets[0].startswith(mark) or not sound:
        raise AttachmentError(
            "this Ogg file is damaged: expected a comment, then sound"
        )
    told = [page.position for page in sound if page.position != _NONE_ENDS]
    if not told or told != sorted(told) or told[-1] - skipped > _LONGEST * rate:
        raise AttachmentError("this Ogg file is damaged: its times disagree")
    first, packets = _heads(head.data, packets, sound)
    whole = [*_paged([first]), *_paged(packets), *sound]
    whole[0] = replace(whole[0], flags=_FIRST)
    seconds = (told[-1] - skipped) / rate
    return b"".join(_written(page, n) for n, page in enumerate(whole)), seconds


def _heads(
    first: bytes, packets: Sequence[bytes], sound: Sequence[_Page]
) -> tuple[bytes, list[bytes]]:
    """Write the heads anew, and refuse words behind settings and packets."""
    if len(packets) == 1:
        for packet in _packets(sound):
            ogg_heads.refuse_padding(packet)
        return ogg_heads.opus(first), [_OPUS_COMMENT + _EMPTY]
    ogg_heads.refuse_behind_setup(packets[1])
    comment = _VORBIS_COMMENT + _EMPTY + b"\x01"
    return ogg_heads.vorbis(first), [comment, packets[1]]


def _joined(pages: Sequence[_Page]) -> bool:
    """Tell whether a second stream begins, or pages come after the last one.

    Source: RFC 3533, 4 (chained streams) and 6 (flags of a page).
    """
    begun = [page for page in pages[1:] if page.flags & _FIRST]
    ended = [page for page in pages[:-1] if page.flags & _LAST]
    return bool(begun or ended)


def _kind(head: bytes) -> tuple[int, int, int]:
    """Say how many header packets follow the first, the rate, what is skipped."""
    if head.startswith(_OPUS_HEAD) and len(head) >= 19:  # noqa: PLR2004 (its length)
        return 1, _OPUS_RATE, int.from_bytes(head[10:12], "little")
    if head.startswith(_VORBIS_HEAD) and len(head) == 30:  # noqa: PLR2004 (its length)
        rate = int.from_bytes(head[12:16], "little")
        if rate:
            return 2, rate, 0
    raise AttachmentError("expected Vorbis or Opus in this Ogg file")


def _pages(data: bytes) -> Iterator[_Page]:
    at = 0
    while at < len(data):
        head = data[at : at + _HEAD]
        if not head.startswith(_MARK) or len(head) < _HEAD or head[4]:
            raise AttachmentError("this Ogg file is damaged at byte %(at)d", at=at)
        table = data[at + _HEAD : at + _HEAD + head[26]]
        start = at + _HEAD + len(table)
        body = data[start : start + sum(table)]
        if len(table) < head[26] or len(body) < sum(table):
            raise AttachmentError("this Ogg file is cut off")
        position = int.from_bytes(head[6:14], "little")
        yield _Page(head[5], position, head[14:18], table, body)
        at = start + len(body)


def _take_packets(
    pages: Sequence[_Page], count: int
) -> tuple[list[bytes], list[_Page]]:
    """Take header packets off the front; sound begins on a page of its own."""
    done = 0
    for number, page in enumerate(pages):
        done += sum(length < _MOST_LACED for length in page.table)
        if done >= count:
            if done > count or page.table[-1] == _MOST_LACED:
                break
            rest = list(pages[number + 1 :])
            return list(_packets(pages[: number + 1])), rest
    raise AttachmentError(
        "this Ogg file is damaged: its headers do not end with a page"
    )


def _packets(pages: Iterable[_Page]) -> Iterator[bytes]:
    """Join packets that lie in pieces; the last one may be cut off."""
    pieces: list[bytes] = []
    for page in pages:
        at = 0
        for length in page.table:
            pieces.append(page.data[at : at + length])
            at += length
            if length < _MOST_LACED:
                yield b"".join(pieces)
                pieces = []


def _paged(packets: Sequence[bytes]) -> Iterator[_Page]:
    """Lay header packets out on pages."""
    table = b"".join(
        bytes([_MOST_LACED]) * (len(packet) // _MOST_LACED)
        + bytes([len(packet) % _MOST_LACED])
        for packet in packets
    )
    data, at = b"".join(packets), 0
    for start in range(0, len(table), _MOST_LACED):
        part = table[start : start + _MOST_LACED]
        flags = _CONTINUED if start and table[start - 1] == _MOST_LACED else 0
        ends = any(length < _MOST_LACED for length in part)
        body = data[at : at + sum(part)]
        yield _Page(flags, 0 if ends else _NONE_ENDS, b"", part, body)
        at += len(body)


def _written(page: _Page, number: int) -> bytes:
    head = b"".join(
        (
            _MARK,
            bytes([0, page.flags & _KNOWN_FLAGS]),
            page.position.to_bytes(8, "little"),
            _SERIAL,
            number.to_bytes(4, "little"),
        )
    )
    tail = bytes([len(page.table)]) + page.table + page.data
    check = _crc(head + bytes(4) + tail)
    return head + check.to_bytes(4, "little") + tail


def _crc(data: bytes) -> int:
    """Compute the checksum of a page: CRC-32 of 0x04c11db7, high bits first, no turns.

    zlib's runs the other way round and begins with ones, so bits are turned before and
    after, and the ones taken out.
    """
    turned = zlib.crc32(data.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)
