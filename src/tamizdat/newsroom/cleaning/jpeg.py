"""Take what cameras and programs wrote out of a JPEG, its pixels untouched.

Source: ITU-T T.81, annex B (marker segments); JFIF 1.02 (APP0), Adobe TN 5116 (APP14).
"""

import re

from tamizdat.newsroom.errors import AttachmentError

_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN, _JFIF, _ADOBE = 0xDA, 0xE0, 0xEE
_WRITTEN = {*range(0xE0, 0xF0), 0xFE}  # by programs: APP0 to APP15, and COM
_FRAMES = {*range(0xC0, 0xD0)} - {0xC8}  # SOF0 to SOF15, DHT and DAC among them
_TABLES = {0xDB, 0xDC, 0xDD}  # DQT, DNL, DRI
_MARKERS = _FRAMES | _TABLES | {_SCAN}
# Between scans: a zero after 0xFF is a byte of the picture, RST0 to RST7 are pauses.
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)


def strip(data: bytes) -> bytes:
    """Keep tables, frames and scans up to the first end; nothing stands after it.

    Raises:
        AttachmentError: damaged, or of no kind of T.81.
    """
    if not data.startswith(_BEGIN):
        raise _damaged()
    kept, at, scans = [_BEGIN], 2, 0
    while (found := _MARKER.match(data, at)) and found[1] != _END[1:]:
        marker, start = found[1][0], found.end()
        at = start + int.from_bytes(data[start : start + 2])
        if not start + 2 <= at <= len(data):
            raise _damaged()
        body = _kept(marker, data[start + 2 : at])
        if body is not None:
            kept.append(bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body)
        if marker == _SCAN:
            following = _MARKER.search(data, at)
            end = following.start() if following else len(data)
            kept.append(data[at:end])
            at, scans = end, scans + 1
    if not scans:
        raise _damaged()
    return b"".join([*kept, _END])


def _kept(marker: int, body: bytes) -> bytes | None:
    """Give what stays of a segment; None for one that goes."""
    if marker in _MARKERS:
        return body
    if marker == _JFIF and body.startswith(b"JFIF\0"):
        return body[:12] + bytes(2)  # without the small picture
    if marker == _ADOBE and body.startswith(b"Adobe"):
        return body[:12]
    if marker in _WRITTEN:
        return None
    raise _damaged()


def _damaged() -> AttachmentError:
    return AttachmentError("a photo of this PDF is damaged")
