"""Read what the agency wrote into a picture: its caption and whom to credit.

Only what stands in the words of IPTC-IIM, as agencies fill it in; where and with what
the picture was taken is not looked at.

Source: IPTC-NAA Information Interchange Model 4.2; Adobe Photoshop File Formats,
"Image Resource Blocks".
"""

import struct
from dataclasses import dataclass

_MARK = b"Photoshop 3.0\x00"
_APP13, _SCAN = 0xED, 0xDA
_IPTC = 0x0404  # the resource that holds the records
_UTF8 = b"\x1b%G"
_LONG = 0x8000  # a length of more bytes than two: no words are that long
_CAPTION, _HEADLINE, _BYLINE, _CREDIT, _SOURCE = 120, 105, 80, 110, 115
_MOST = 4_000  # characters


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold the words; None where there are none."""

    text: str | None = None
    credit: str | None = None


def read_caption(data: bytes) -> Caption:
    """Read the words of a JPEG; whatever is damaged counts as not there."""
    try:
        records = _records(_resource(_segment(data)))
    except (struct.error, IndexError):
        return Caption()
    said = {key: _text(value, records) for key, value in records.items()}
    names = [said.get((2, key)) for key in (_BYLINE, _CREDIT)]
    credit = "/".join(dict.fromkeys(filter(None, names))) or said.get((2, _SOURCE))
    return Caption(said.get((2, _CAPTION)) or said.get((2, _HEADLINE)), credit or None)


def _segment(data: bytes) -> bytes:
    """Give the segment of a JPEG in which Photoshop keeps its resources."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != _SCAN:
        (length,) = struct.unpack_from(">H", data, at + 2)
        whole = data[at + 4 : at + 2 + length]
        if data[at + 1] == _APP13 and whole.startswith(_MARK):
            return whole[len(_MARK) :]
        at += 2 + length
    return b""


def _resource(segment: bytes) -> bytes:
    """Give the resource of IPTC among those of Photoshop."""
    at = 0
    while segment[at : at + 4] == b"8BIM":
        (number,) = struct.unpack_from(">H", segment, at + 4)
        at += 6 + (segment[at + 6] + 2) // 2 * 2  # a name, padded to an even length
        (size,) = struct.unpack_from(">I", segment, at)
        if number == _IPTC:
            return segment[at + 4 : at + 4 + size]
        at += 4 + (size + 1) // 2 * 2
    return b""


def _records(data: bytes) -> dict[tuple[int, int], bytes]:
    """Read the first of each record: (its set, its number) -> value."""
    found: dict[tuple[int, int], bytes] = {}
    at = 0
    while data[at : at + 1] == b"\x1c":
        record, number, size = struct.unpack_from(">BBH", data, at + 1)
        if size >= _LONG:
            break
        found.setdefault((record, number), data[at + 5 : at + 5 + size])
        at += 5 + size
    return found


def _text(value: bytes, records: dict[tuple[int, int], bytes]) -> str:
    """Read words: in UTF-8 where they say so or are, else in Latin letters."""
    damaged = "replace" if records.get((1, 90)) == _UTF8 else "strict"
    try:
        text = value.decode("utf-8", damaged)
    except UnicodeDecodeError:
        text = value.decode("cp1252", "replace")
    printed = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printed.replace("\ufffd", "?").split())[:_MOST]
