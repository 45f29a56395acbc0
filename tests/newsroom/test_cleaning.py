"""Sounds and documents as they leave the newsroom: nothing of who made them, or where.

The samples are a tone of two seconds and a page, with a name, a place and remarks
planted into every field that their formats have for such things.
"""

import re
import struct
from pathlib import Path
from random import Random

import pytest

from fuzz.mutate import Mutator
from newsroom import lettered, papers
from tamizdat.newsroom.cleaning import MAX_BYTES, clean_file
from tamizdat.newsroom.errors import AttachmentError

SAMPLES = Path(__file__).parent / "samples"
PLANTED = b"PLANTED"


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def test_mp3_holds_nothing_between_the_sounds_of_its_frames() -> None:
    """What lengths leave over, private bits, the table of places: all written anew."""
    data = bytearray(_sample("tone.mp3"))
    assert b"LAME3" in data
    first = data.index(b"\xff\xfb")
    places = data.index(b"Info" if b"Info" in data else b"Xing") + 16
    assert first < places
    data[places : places + 7] = PLANTED

    cleaned = clean_file("audio", bytes(data)).data

    assert not [x for x in (b"LAME", b"Lavc", PLANTED) if x in cleaned]
    assert clean_file("audio", _sample("tone.mp3")).data == cleaned
    private = bytearray(cleaned)
    frame = cleaned.index(b"\xff\xfb", 4)
    private[frame + 2] |= 1
    private[frame + 3] |= 12
    private[frame + 5] |= 0x20  # the first of the private bits behind nine others
    assert cleaned == clean_file("audio", bytes(private)).data


def test_mp3_with_checksums_keeps_them_right() -> None:
    """Of head and lengths, by ISO/IEC 11172-3, 2.4.3.1; zeros have a known one."""
    head = b"\xff\xfa\x90\xc4"  # MPEG-1, mono, 128 kbit/s at 44,100; checked
    frame = (head + b"XX" + b"\x00\x7c" + bytes(15) + PLANTED).ljust(417, b"\0")

    cleaned = clean_file("audio", frame * 3).data

    want = (b"\xff\xfa\x90\xc0" + (0x2A5F).to_bytes(2)).ljust(417, b"\0")
    assert [want[:4], want[6:]] == [cleaned[:4], cleaned[6:417]]
    assert cleaned[4:6] == _slow_crc16(cleaned[2:4] + cleaned[6:23])


def _slow_crc16(data: bytes) -> bytes:
    bits, crc = "".join(f"{byte:08b}" for byte in data), 0xFFFF
    for bit in bits:
        turns = (crc >> 15) ^ int(bit)
        crc = (crc << 1 & 0xFFFF) ^ (0x8005 if turns else 0)
    return crc.to_bytes(2)


def _ogg(packets: list[bytes], rest: bytes) -> bytes:
    """Write heads of an Ogg file on a page each, then its other pages."""
    pages = b""
    for number, packet in enumerate(packets):
        lacing = bytes([255]) * (len(packet) // 255) + bytes([len(packet) % 255])
        head = b"OggS\0" + bytes([0 if number else 2]) + bytes(8) + b"GPS!"
        head += number.to_bytes(4, "little") + bytes(4) + bytes([len(lacing)])
        pages += head + lacing + packet
    return pages + rest


def _vorbis() -> tuple[list[bytes], bytes]:
    """Take a file apart: three heads, and the pages of sound, of the stream GPS!."""
    data, at, packets, piece = _sample("tone.ogg"), 0, [], b""
    while len(packets) < 3:
        table = data[at + 27 : at + 27 + data[at + 26]]
        at += 27 + len(table)
        for length in table:
            piece += data[at : at + length]
            at += length
            if length < 255:
                packets.append(piece)
                piece = b""
    return packets, data[at:].replace(data[14:18], b"GPS!")


def test_ogg_tells_nothing_in_its_heads_and_behind_them() -> None:
    """Rates of bits are zero; behind the settings of Vorbis nothing may stand."""
    (head, comment, setup), sound = _vorbis()
    telling = head[:16] + b"53.9022N GPS" + head[28:]
    expected = clean_file("audio", _sample("tone.ogg"))

    assert expected == clean_file("audio", _ogg([telling, comment, setup], sound))
    assert b"GPS!" not in expected.data
    with pytest.raises(AttachmentError, match="more than sound"):
        clean_file("audio", _ogg([head, comment, setup + PLANTED], sound))
    with pytest.raises(AttachmentError, match="times disagree"):
        clean_file(
            "audio", _ogg([head, comment, setup], sound[:6] + PLANTED + sound[13:])
        )


@pytest.mark.parametrize("padding", [b"\0" * 7, PLANTED])
def test_opus_has_no_words_in_its_padding(padding: bytes) -> None:
    """RFC 6716, 3.2.5: it must be zero. The head ends where its layout does."""
    packet = b"\xfb\x41" + bytes([len(padding)]) + b"sound" + padding
    data = _sample("tone.opus")
    at = data.index(b"OggS", data.index(b"OpusTags"))
    page = data[at : at + 27].replace(data[at + 26 : at + 27], b"\1")[:26] + b"\1"
    heads = data[:at]
    sound = page + bytes([len(packet)]) + packet
    if any(padding):
        with pytest.raises(AttachmentError, match="more than sound"):
            clean_file("audio", heads + sound)
    else:
        assert packet in clean_file("audio", heads + sound).data


def _id3(body: bytes) -> bytes:
    size = len(body)
    coded = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + coded + body


def _ape(text: bytes) -> bytes:
    return (
        b"APETAGEX" + struct.pack("<4I", 2000, len(text) + 32, 1, 0) + bytes(8) + text
    )


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("tone.mp3", "audio/mpeg"),
        ("tone.m4a", "audio/mp4"),
        ("tone.ogg", "audio/ogg"),
        ("tone.opus", "audio/ogg"),
    ],
)
def test_sound_keeps_its_length_and_nothing_planted(name: str, type_: str) -> None:
    """Title, name and place are gone; it is cleaned once and for all.

    What an encoder leaves inside the sound of AAC, its own name, is no tag and stays.
    """
    data = _sample(name)
    assert PLANTED in data

    cleaned = clean_file("audio", data)

    assert (type_, 2) == (cleaned.type, cleaned.seconds)
    for trace in (PLANTED, b"+53.9", b"Lavf"):
        assert trace not in cleaned.data
    assert len(cleaned.data) > len(data) * 0.9
    assert cleaned == clean_file("audio", cleaned.data)


def test_tags_before_between_and_after_frames_go() -> None:
    """An MP3 put together from several, as radios do, has tags in its middle."""
    once = clean_file("audio", _sample("tone.mp3")).data
    spoiled = b"".join(
        [
            *(_id3(b"PLANTED" * 9), once, _id3(b"PLANTED"), bytes(40), once),
            *(_ape(b"PLANTED"), b"LYRICSBEGINPLANTEDLYRICS200"),
            b"TAG" + PLANTED.ljust(125),
        ]
    )

    cleaned = clean_file("audio", spoiled)

    assert PLANTED not in cleaned.data
    assert 4 == cleaned.seconds
    assert len(once) * 2 == len(cleaned.data)


def test_unknown_bytes_between_frames_refuse_an_mp3() -> None:
    """What is not understood is not passed through."""
    once = clean_file("audio", _sample("tone.mp3")).data

    with pytest.raises(AttachmentError, match="more than sound, at byte"):
        clean_file("audio", once + b"53.9022 27.5618" + once)


def test_video_is_no_sound() -> None:
    """A video's picture could show anything: it is refused, not stripped."""
    with pytest.raises(AttachmentError, match="holds a video"):
        clean_file("audio", _sample("video.mp4"))


@pytest.mark.parametrize("name", ["tone.ogg", "tone.opus"])
def test_sound_joined_to_another_is_refused(name: str) -> None:
    """The comment of the second would stay. RFC 3533, 4: a chained stream."""
    with pytest.raises(AttachmentError, match="more than one"):
        clean_file("audio", _sample(name) * 2)


def test_checksums_of_ogg_pages_are_right() -> None:
    """Players refuse a page whose checksum is not that of its bytes."""
    data = clean_file("audio", _sample("tone.ogg")).data
    pages = [match.start() for match in re.finditer(b"OggS\0", data)]
    for start, end in zip(pages, [*pages[1:], len(data)], strict=True):
        page = bytearray(data[start:end])
        said = int.from_bytes(page[22:26], "little")
        page[22:26] = bytes(4)
        assert said == _slow_crc(bytes(page))


def _slow_crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def test_csv_is_told_from_text_by_its_ending() -> None:
    """Both must be UTF-8; a byte order mark goes."""
    assert "text/csv" == clean_file("document", b"a,b\n", "Table.CSV").type
    text = clean_file("document", "\ufeffшя\n".encode(), "notes")
    assert ("text/plain", "шя\n".encode()) == (text.type, text.data)


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("audio", b"", "empty"),
        ("audio", b"RIFF....WAVE", "expected one of MP3"),
        ("audio", b"OggS" + bytes(40), "Ogg"),
        ("document", b"PK\x03\x04\xff", "expected one of PDF"),
        ("document", b"text\0", "expected one of PDF"),
        ("document", b"%PDF-1.7\nnothing", "damaged"),
        ("document", bytes(MAX_BYTES + 1), "at most 64 MiB"),
        ("audio", _cut(_sample("tone.m4a")), "damaged"),
        ("audio", _cut(_sample("tone.ogg")), "cut off"),
        ("document", _cut(_sample("paper.pdf")), "damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind: str, data: bytes, said: str) -> None:
    """One line of fact each."""
    with pytest.raises(AttachmentError, match=said):
        clean_file(kind, data)


_SEEDS = {
    "audio": [_sample(f"tone.{kind}") for kind in ("mp3", "m4a", "ogg", "opus")],
    "document": [_sample("paper.pdf"), papers.paper(), lettered.page()],
}


@pytest.mark.parametrize("kind", _SEEDS)
def test_any_damage_is_refused_or_cleaned(kind: str) -> None:
    """Bytes changed at random raise nothing but the error of this room."""
    mutator = Mutator(Random(kind), _SEEDS[kind], MAX_BYTES)  # noqa: S311 (no secret)
    refused = 0
    for _ in range(150):
        try:
            clean_file(kind, mutator.input())
        except AttachmentError:
            refused += 1
    assert 0 < refused < 150
