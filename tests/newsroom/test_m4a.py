"""Of an M4A stay the sound's bytes, and what a decoder needs to be told."""

import re
from pathlib import Path

import pytest

from tamizdat.newsroom.cleaning import clean_file, m4a_codecs
from tamizdat.newsroom.errors import AttachmentError

SAMPLES = Path(__file__).parent / "samples"
PLANTED = b"PLANTED"


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _atom(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + kind + body


def test_bytes_no_sound_needs_go_with_an_m4a() -> None:
    """A box after the sound, one inside its tables, bytes beside samples: all gone."""
    data = _sample("tone.m4a")
    planted = _atom(b"uuid", PLANTED) + _atom(b"udta", _atom(b"\xa9xyz", PLANTED))

    cleaned = clean_file("audio", data + planted)

    assert clean_file("audio", data) == cleaned
    kinds = re.findall(rb"udta|meta|uuid|free|\xa9xyz", cleaned.data)
    assert [] == kinds


def test_m4a_tells_no_time_of_recording() -> None:
    """The hours of making and changing are zero in every table."""
    data = bytearray(_sample("tone.m4a"))
    for kind in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.index(kind) + 8
        data[at : at + 8] = b"\xe1\x02\x03\x04" * 2

    assert b"\xe1\x02\x03\x04" not in clean_file("audio", bytes(data)).data


def test_m4a_has_nothing_behind_the_rows_of_a_table() -> None:
    """Nor in boxes that its sound does not need. ISO/IEC 14496-12, 8.7."""
    data = _sample("tone.m4a")
    for kind in (b"stts", b"stsz", b"mdhd", b"smhd", b"esds", b"mp4a", b"elst"):
        longer = _longer(data, kind, PLANTED)
        assert PLANTED not in clean_file("audio", longer).data, kind
        assert clean_file("audio", longer) == clean_file("audio", data)


_INNER = {b"stsd": 16, b"mp4a": 36}  # bytes before the boxes inside


def _longer(data: bytes, kind: bytes, more: bytes) -> bytes:
    """Put bytes at the end of a box; those it is in grow, and what follows moves."""
    at = data.index(kind) - 4
    grown, start, end = bytearray(data), 0, len(data)
    while start < end:
        size = int.from_bytes(data[start : start + 4])
        name = data[start + 4 : start + 8]
        if start <= at < start + size:
            grown[start : start + 4] = (size + len(more)).to_bytes(4)
            if start == at:
                break
            start, end = start + _INNER.get(name, 8), start + size
        else:
            start += size
            assert name
    place = at + int.from_bytes(data[at : at + 4])
    if place <= data.index(b"mdat"):
        _move(grown, len(more))
    return bytes(grown[:place]) + more + bytes(grown[place:])


def _move(data: bytearray, by: int) -> None:
    """Tell the table of places that the sound moved."""
    at = data.index(b"stco") + 8
    for row in range(int.from_bytes(data[at : at + 4])):
        place = at + 4 + row * 4
        moved = int.from_bytes(data[place : place + 4]) + by
        data[place : place + 4] = moved.to_bytes(4)


@pytest.mark.parametrize("kind", [b"btrt", b"chan", b"wave", b"uuid"])
def test_boxes_beside_what_the_decoder_is_told_go(kind: bytes) -> None:
    """Rates of bits and layouts of loudspeakers are not needed."""
    data = _sample("tone.m4a")
    longer = _longer(data, b"mp4a", _atom(kind, bytes(4) + PLANTED))
    assert clean_file("audio", longer) == clean_file("audio", data)


def test_numbers_that_no_decoder_needs_are_zero() -> None:
    """Sizes of buffers and rates of bits hold eleven bytes of anything."""
    data = bytearray(_sample("tone.m4a"))
    at = data.index(b"\x40\x15", data.index(b"esds"))
    data[at + 2 : at + 13] = b"53.90,27.56"

    assert clean_file("audio", bytes(data)) == clean_file("audio", _sample("tone.m4a"))


def _described(tag: int, data: bytes) -> bytes:
    return bytes([tag, 0x80, len(data)]) + data


def _esds(specific: bytes, kind: int = 0x40) -> bytes:
    decoder = bytes([kind, 0x15]) + b"PL" * 5 + b"P"
    inner = _described(4, decoder + _described(5, specific + PLANTED) + PLANTED)
    return b"ABCD" + _described(3, b"PL\0" + inner) + PLANTED


_ALAC = bytes.fromhex("00001000 00 10 28 0a 0e 02 00ff 00004008 000a0000 0000ac44")
_FLAC = bytes.fromhex("10001000 00000e 0034f1 0ac442f0 0000ac44") + b"PLANTED-HASH-16B"


@pytest.mark.parametrize(
    ("kind", "body", "channels", "rate"),
    [
        (b"mp4a", _esds(b"\x12\x10"), 2, 44_100),
        (b"mp4a", _esds(b"\x13\x88\x56\xe5\xa0"), 1, 22_050),
        (b"mp4a", _esds(b"\x2b\x92\x08\0"), 2, 22_050),
        (
            b"alac",
            b"ABCD" + _ALAC[:10] + b"PL" + b"PLANTED!" + _ALAC[20:] + PLANTED,
            2,
            44_100,
        ),
        (b"Opus", b"\0\2\1\x38PLAN\0\0\0" + PLANTED, 2, 48_000),
        (b"fLaC", b"ABCD\x00\0\0\x22" + _FLAC + PLANTED, 2, 44_100),
    ],
)
def test_decoder_is_told_what_it_needs(
    kind: bytes, body: bytes, channels: int, rate: int
) -> None:
    """AAC, HE-AAC told in either way, ALAC, Opus, FLAC: nothing planted is left."""
    told = m4a_codecs.told(kind, body)

    assert (channels, rate) == (told.channels, told.rate)
    assert not [x for x in (b"PL", b"ABCD") if x in told.box[1]]
    assert told == m4a_codecs.told(kind, told.box[1])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"mp4a", _esds(b"\x12\x00")),  # own layout
        (b"mp4a", _esds(b"\xf9\x46\x43\x22")),  # xHE-AAC
        (b"mp4a", _esds(b"\x12\x10", 0xDD)),  # Vorbis
        (b"mp4a", b""),
        (b"mp4a", bytes(4) + b"\3\x80\x80\x80\x80"),
        (b"alac", bytes(20)),
        (b"Opus", b"\0\2\0\0\0\0\0\0\0\0\2"),
        (b"fLaC", bytes(4) + b"\x04\0\0\x22" + bytes(34)),
    ],
)
def test_what_a_decoder_cannot_be_told_anew_is_refused(
    kind: bytes, body: bytes
) -> None:
    """One line of fact each."""
    with pytest.raises(AttachmentError, match=r"cut off|HE-AAC"):
        m4a_codecs.told(kind, body)
