"""Write an MP3 anew from its frames: no tag before, between or after them stays.

Source: ISO/IEC 11172-3, 2.4; ID3v2.4 structure, 3; the Xing header as LAME writes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from tamizdat.newsroom.cleaning.mp3_frames import Frame, emptied
from tamizdat.newsroom.errors import AttachmentError

_HEAD = 4  # bytes of the header of a frame
_SYNC = 0x7FF
_LAYER_3 = 1
_FREE, _BAD = 0, 15  # bit rates a frame cannot have here
_RATES = {
    3: (44_100, 48_000, 32_000),
    2: (22_050, 24_000, 16_000),
    0: (11_025, 12_000, 8_000),
}
_KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MONO = 3
_TAGS = ((b"TAG", 128), (b"3DI", 10))
_ID3, _APE, _LYRICS = b"ID3", b"APETAGEX", b"LYRICSBEGIN"
_LYRICS_END = (b"LYRICS200", b"LYRICSEND")
_ID3_HEAD, _APE_HEAD = 10, 32
_XING = (b"Xing", b"Info")
_TOLD = 1 | 2 | 4  # frames, bytes, a hundred places


def is_mp3(data: bytes) -> bool:
    """Tell whether this begins like an MP3."""
    return data.startswith(_ID3) or _frame(data, 0) is not None


def clean(data: bytes) -> tuple[bytes, float]:
    """Keep the frames alone.

    Returns:
        The bytes, and seconds.

    Raises:
        AttachmentError: something stands between frames that is no known tag.
    """
    frames = list(_frames(data))
    if not frames:
        raise AttachmentError("no sound was found in this MP3")
    head, *rest = frames
    is_told = head.data[head.side : head.side + 4] in _XING
    sound = rest if is_told else frames
    if not sound:
        raise AttachmentError("no sound was found in this MP3")
    seconds = sum(frame.samples / frame.rate for frame in sound)
    told = _told(head, sound) if is_told else b""
    return told + emptied(sound), seconds


def _frames(data: bytes) -> Iterator[Frame]:
    at = 0
    while at < len(data):
        frame = _frame(data, at)
        if frame is not None:
            if len(frame.data) == 0:
                return  # the last one is cut off
            yield frame
            at += len(frame.data)
        else:
            at += _tag_length(data, at)


def _frame(data: bytes, at: int) -> Frame | None:
    """Read the frame that begins here; None if none does."""
    head = int.from_bytes(data[at : at + _HEAD])
    version, layer = head >> 19 & 3, head >> 17 & 3
    kbit, rate = head >> 12 & 15, head >> 10 & 3
    if head >> 21 != _SYNC or layer != _LAYER_3 or version not in _RATES:
        return None
    if kbit in (_FREE, _BAD) or rate >= len(_RATES[version]):
        return None
    first = version == 3  # noqa: PLR2004 (MPEG-1, as the standard writes it)
    hertz, samples = _RATES[version][rate], 1_152 if first else 576
    padding = head >> 9 & 1
    length = samples // 8 * _KBITS[first][kbit] * 1_000 // hertz + padding
    whole = data[at : at + length]
    mono = head >> 6 & 3 == _MONO
    side = {(True, True): 17, (True, False): 32, (False, True): 9, (False, False): 17}
    checked = 0 if head >> 16 & 1 else 2
    start = _HEAD + checked + side[first, mono]
    data = whole if len(whole) == length else b""
    return Frame(data, samples, hertz, start, first, mono)


def _tag_length(data: bytes, at: int) -> int:
    """Say how many bytes the tag that begins here has."""
    if data.startswith(_ID3, at):
        size = 0
        for byte in data[at + 6 : at + _ID3_HEAD]:
            size = size << 7 | byte & 0x7F
        footer = _ID3_HEAD if len(data) > at + 5 and data[at + 5] & 0x10 else 0
        return _ID3_HEAD + size + footer
    if data.startswith(_APE, at):
        size = int.from_bytes(data[at + 12 : at + 16], "little")
        begins = len(data) > at + 23 and data[at + 23] & 0x20
        return max(size, _APE_HEAD) + (_APE_HEAD if begins else 0)
    if data.startswith(_LYRICS, at):
        ends = [data.find(end, at) for end in _LYRICS_END]
        found = [end for end in ends if end > 0]
        return min(found) + len(_LYRICS_END[0]) - at if found else len(data) - at
    for mark, length in _TAGS:
        if data.startswith(mark, at):
            return length
    zeros = len(data[at:]) - len(data[at:].lstrip(b"\0"))
    if zeros:
        return zeros
    raise AttachmentError(
        "this MP3 is damaged, or holds more than sound, at byte %(at)d", at=at
    )


def _told(head: Frame, sound: Sequence[Frame]) -> bytes:
    """Write the frame that tells how long the sound is, and where each hundredth lies.

    Who encoded it, and how, is not told.
    """
    places = [len(head.data), *accumulate(len(one.data) for one in sound)]
    places[1:] = [place + len(head.data) for place in places[1:]]
    size = places[-1]
    hundredths = [places[len(sound) * part // 100] * 256 // size for part in range(100)]
    told = b"".join(
        (
            head.data[head.side : head.side + 4],
            _TOLD.to_bytes(4),
            len(sound).to_bytes(4),
            size.to_bytes(4),
            bytes(min(255, place) for place in hundredths),
        )
    )
    silent = emptied([replace(head, data=head.data[: head.side])])
    return (silent[:_HEAD] + bytes(head.side - _HEAD) + told).ljust(
        len(head.data), b"\0"
    )
