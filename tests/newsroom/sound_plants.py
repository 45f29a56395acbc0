"""Words planted into sounds, each in another place that a format has for them.

Every function takes a file, or a packet of coded sound, and gives it back with more.
"""

import struct

from newsroom.sounding import PLANTED, box, chirps, chunk, wav


def id3(body: bytes) -> bytes:
    size = len(body)
    coded = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + coded + body


def cover() -> bytes:
    body = b"\0image/png\0\x03PLANTED\0" + b"\x89PNG\r\n\x1a\n" + PLANTED * 9
    return id3(b"APIC" + len(body).to_bytes(4) + bytes(2) + body)


def tag_of_another_kind(data: bytes) -> bytes:
    return cover() + data


def ape(text: bytes) -> bytes:
    told = struct.pack("<4I", 2000, len(text) + 32, 1, 0)
    return b"APETAGEX" + told + bytes(8) + text


def encoder_of_xing(data: bytes) -> bytes:
    at = data.index(b"Lavf", data.index(b"Info")) + 4
    return data[:at] + b"PLANT" + data[at + 5 :]


def behind_the_sound_of_a_frame(data: bytes) -> bytes:
    """LAME leaves its name where the lengths of a frame end before it does."""
    at = data.index(b"LAME3", data.index(b"Info") + 417)
    return data[:at] + PLANTED + data[at + len(PLANTED) :]


def stream_of_data(packet: bytes) -> bytes:
    """ISO/IEC 14496-3, 4.4.2.7: an element of AAC for bytes of any kind."""
    return (4 << 13 | len(PLANTED)).to_bytes(2) + PLANTED + packet


def filling(packet: bytes) -> bytes:
    """The same, table 4.11: an element to fill up with, of 7 bits and bytes."""
    head = 6 << 4 | len(PLANTED) + 1
    bits = head << 8 | 0x10
    for byte in PLANTED:
        bits = bits << 8 | byte
    whole = bits << 8 * len(packet) | int.from_bytes(packet)
    return (whole << 1).to_bytes(1 + 1 + len(PLANTED) + len(packet))


def padding(packet: bytes) -> bytes:
    """RFC 6716, 3.2.5: one frame of Opus, padded."""
    return bytes([packet[0] | 3, 0x41, len(PLANTED)]) + packet[1:] + PLANTED


def behind(packet: bytes) -> bytes:
    return packet + PLANTED


def blocks(data: bytes) -> bytes:
    """RFC 9639, 8: comment, application, padding and picture of a FLAC."""
    at = 8 + int.from_bytes(data[5:8])
    more = b"".join(
        bytes([kind]) + len(PLANTED * 8).to_bytes(3) + PLANTED * 8 for kind in (1, 2, 6)
    )
    return data[:at] + more + data[at:]


def in_boxes(data: bytes) -> bytes:
    told = box(b"udta", box(b"\xa9xyz", b"\0\x08\x15\xc7" + PLANTED))
    meta = box(b"meta", bytes(4) + box(b"ilst", box(b"covr", PLANTED)))
    return (
        data
        + told
        + meta
        + b"".join(
            box(name, PLANTED * 4) for name in (b"free", b"skip", b"uuid", b"mdat")
        )
    )


def in_the_first_mdat(data: bytes) -> bytes:
    """Bytes behind the samples, which no table names."""
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4])
    grown = (size + len(PLANTED)).to_bytes(4) + data[at + 4 : at + size] + PLANTED
    return data[:at] + grown + data[at + size :]


def hours_of_recording(data: bytes) -> bytes:
    new = bytearray(data)
    for kind in (b"mvhd", b"tkhd", b"mdhd"):
        at = data.index(kind) + 8
        new[at : at + 7] = PLANTED
    return bytes(new)


def all_over(data: bytes) -> bytes:
    """Tags before, and behind: two kinds of each, lyrics, and a cover."""
    return b"".join(
        [
            *(id3(b"TIT2\0\0\0\x08\0\0\0PLANTED"), cover(), data),
            *(ape(PLANTED), b"LYRICSBEGINPLANTEDLYRICS200"),
            b"TAG" + PLANTED.ljust(125),
        ]
    )


def chunks(_data: bytes) -> bytes:
    """Broadcast Wave, lists, cues, and ID3 in a WAV."""
    told = PLANTED * 100
    listed = chunk(b"LIST", b"INFO" + chunk(b"ICMT", PLANTED))
    names = (b"bext", b"iXML", b"id3 ", b"cue ", b"_PMX", b"JUNK")
    rows = b"".join(chunk(name, told) for name in names)
    return wav(chirps(0.7), chunks=rows + listed) + chunk(b"axml", told)
