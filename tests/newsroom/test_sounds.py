"""Sounds as they leave the newsroom: coded anew from what is heard, and nothing else.

That words planted into a file are in no byte of what comes out, is seen by its being
the same, byte for byte, as what comes out without them.
"""

from collections.abc import Callable
from random import Random

import pytest

from fuzz.mutate import Mutator
from newsroom import sound_plants, sounding
from newsroom.sounding import PLANTED, chirps, encoded, sample, wav
from tamizdat.newsroom.cleaning import MAX_BYTES, clean_file, coding, sounds
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.errors import AttachmentError

WAV = wav(chirps(0.7))
AAC = encoded("aac", chirps(0.7))
FLAC = encoded("flac", chirps(0.7))
OPUS = encoded("libopus", chirps(0.7, 48_000), 48_000)
MP3 = encoded("libmp3lame", chirps(0.7))
VORBIS = sample("tone.ogg")


Change = Callable[[bytes], bytes]


def _packets(kind: str, change: Change, **tags: str) -> Change:
    return lambda data: sounding.repacked(data, kind, change, tags)


def _as_it_is(packet: bytes) -> bytes:
    return packet


AAC = _packets("ipod", _as_it_is)(AAC)
OPUS, VORBIS = (_packets("ogg", _as_it_is)(one) for one in (OPUS, VORBIS))


@pytest.mark.parametrize(
    ("data", "plant"),
    [
        (MP3, sound_plants.all_over),
        (MP3, sound_plants.encoder_of_xing),
        (MP3, sound_plants.behind_the_sound_of_a_frame),
        (AAC, sound_plants.in_boxes),
        (AAC, sound_plants.in_the_first_mdat),
        (AAC, sound_plants.hours_of_recording),
        (AAC, _packets("ipod", sound_plants.stream_of_data)),
        (AAC, _packets("ipod", sound_plants.filling)),
        (OPUS, _packets("ogg", sound_plants.padding)),
        (VORBIS, _packets("ogg", sound_plants.behind)),
        (VORBIS, _packets("ogg", _as_it_is, comment="PLANTED")),
        (OPUS, _packets("ogg", _as_it_is, location="PLANTED")),
        (AAC, _packets("ipod", _as_it_is, title="PLANTED")),
        (FLAC, sound_plants.blocks),
        (FLAC, sound_plants.tag_of_another_kind),
        (WAV, sound_plants.chunks),
    ],
    ids=lambda one: getattr(one, "__qualname__", None),
)
def test_what_is_no_sound_changes_no_byte(data: bytes, plant: Change) -> None:
    """Tags, covers, boxes, fill, padding and tails: what comes out is the same."""
    planted = plant(data)
    assert _holds(planted)

    cleaned = clean_file("audio", planted)

    assert clean_file("audio", data) == cleaned
    assert not _holds(cleaned.data)


def _holds(data: bytes) -> bool:
    """Look for what was planted, at any bit."""
    bits = int.from_bytes(data)
    turned = ((bits << by).to_bytes(len(data) + 1) for by in range(8))
    return any(b"PLANT" in one for one in turned)


@pytest.mark.parametrize("name", ["tone.mp3", "tone.m4a", "tone.ogg", "tone.opus"])
def test_samples_of_recorders_lose_their_tags(name: str) -> None:
    """Title, name, place, the program: none is in what comes out."""
    data = sample(name)
    assert PLANTED in data

    cleaned = clean_file("audio", data)

    assert ("audio/mpeg", 2) == (cleaned.type, cleaned.seconds)
    assert not [x for x in (PLANTED, b"+53.9", b"Lavc") if x in cleaned.data]
    assert cleaned == clean_file("audio", data)  # no date, nothing of chance


@pytest.mark.lab(one_in=4)
@pytest.mark.parametrize(
    "data",
    [WAV, AAC, FLAC, OPUS, MP3, VORBIS, encoded("alac", chirps(0.7))],
    ids=["wav", "aac", "flac", "opus", "mp3", "vorbis", "alac"],
)
def test_sound_is_the_same_to_the_ear(data: bytes) -> None:
    """As long, at the same place, on the same channel, at the same rate."""
    before, rate = sounding.heard(data)
    after, new_rate = sounding.heard(clean_file("audio", data).data)

    assert (len(before), rate) == (len(after), new_rate)
    for one, other in zip(before, after, strict=True):
        assert abs(len(one) - len(other)) < 1_152  # a frame
        assert sounding.likeness(one, other) > 0.99
    if len(after) == 2:
        assert abs(sounding.likeness(*after)) < 0.5


@pytest.mark.parametrize(
    ("rate", "channels", "expected"),
    [
        (8_000, 1, (16_000, 1, 128)),
        (11_025, 2, (16_000, 2, 160)),
        (96_000, 2, (48_000, 2, 192)),
        (44_100, 6, (44_100, 2, 192)),
    ],
)
def test_odd_rates_and_channels_become_what_phones_play(
    rate: int, channels: int, expected: tuple[int, int, int]
) -> None:
    """A telephone, a studio, six loudspeakers. What has most bits gets most."""
    cleaned = clean_file("audio", wav(chirps(1, rate, channels), rate, channels))

    found, new_rate = sounding.heard(cleaned.data)
    kbit = len(cleaned.data) * 8 / 1_000 / (len(found[0]) / new_rate)

    assert expected[:2] == (new_rate, len(found))
    assert expected[2] == pytest.approx(kbit, rel=0.15)
    assert len(found[0]) == pytest.approx(new_rate, abs=2)


@pytest.mark.parametrize(("kbit", "expected"), [(32, 64), (80, 80), (320, 128)])
def test_speech_keeps_about_as_many_bits_as_it_had(kbit: int, expected: int) -> None:
    """The nearest of those that one channel may have, in a file for all players."""
    data = encoded("libmp3lame", chirps(1, 48_000, 1), 48_000, 1, kbit)

    cleaned = clean_file("audio", data).data

    assert expected == pytest.approx(len(cleaned) * 8 / 1_000, rel=0.1)


def test_tags_between_frames_of_joined_files_go() -> None:
    """An MP3 put together from several, as radios do, has tags in its middle."""
    data = sample("tone.mp3")
    joined = (
        data
        + sound_plants.id3(PLANTED * 9)
        + bytes(40)
        + data
        + sound_plants.ape(PLANTED)
        + MP3
    )

    cleaned = clean_file("audio", joined)

    assert not _holds(cleaned.data)
    assert 5 == cleaned.seconds


@pytest.mark.parametrize("data", [VORBIS, OPUS], ids=["vorbis", "opus"])
def test_streams_joined_in_one_ogg_leave_no_comment(data: bytes) -> None:
    """RFC 3533, 4: chained streams have a comment each."""
    joined = data + _packets("ogg", _as_it_is, comment="PLANTED")(data)

    assert not _holds(clean_file("audio", joined).data)


def test_m4a_that_names_another_file_is_read_alone() -> None:
    """ISO/IEC 14496-12, 8.7.2: nothing is asked of an address in a file."""
    at = AAC.index(b"url ") + 4
    outside = AAC[:at] + bytes(4) + AAC[at + 4 :]

    assert clean_file("audio", AAC) == clean_file("audio", outside)


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


NOT_SOUNDS = [
    (b"RIFF\x24\0\0\0AVI LIST", "expected one of MP3"),
    (b"#!AMR\n" + bytes(40), "expected one of MP3"),
    (b"RIFF\x04\0\0\0WAVE", "damaged"),
    (b"OggS" + bytes(40), "end is missing"),
    (b"fLaC", "damaged"),
    (b"ID3" + bytes(40), "damaged"),
    (b"\0\0\0\x10ftypM4A \0\0\0\0", "damaged"),
    (wav(chirps(0)), "no sound"),
    (sample("video.mp4"), "holds a video"),
    (encoded("adpcm_ms", chirps(0.1)), "kind of sound is not taken"),
    (_cut(WAV), "end is missing"),
    (_cut(FLAC), "end is missing"),
    (_cut(MP3), "end is missing"),
    (_cut(OPUS), "end is missing"),
    (_cut(VORBIS), "end is missing"),
    (_cut(AAC), "damaged"),
    (AAC[:600] + Random(1).randbytes(9_000) + AAC[9_600:], "damaged"),  # noqa: S311
]


@pytest.mark.lab(one_in=4)
@pytest.mark.parametrize(("data", "said"), NOT_SOUNDS, ids=range(len(NOT_SOUNDS)))
def test_what_is_no_whole_sound_is_refused_with_a_reason(
    data: bytes, said: str
) -> None:
    """One line of fact each, from where nothing else can be done."""
    with pytest.raises(AttachmentError, match=said):
        cell.clean_file("audio", data)


def test_recorder_whose_battery_went_left_a_sound() -> None:
    """A WAV that was never told its size is read to its end."""
    for size in (bytes(4), b"\xff" * 4):
        data = WAV[:4] + size + WAV[8:40] + size + WAV[44:]
        assert clean_file("audio", WAV) == clean_file("audio", data)


def test_hours_in_a_few_bytes_are_refused_and_memory_stays_bounded() -> None:
    """By what the packets say, and by what is decoded where they lie."""
    bomb = sounding.hours(OPUS, 6_000)
    assert len(bomb) < 1 << 19

    with pytest.raises(AttachmentError, match="at most 93 minutes of sound"):
        cell.clean_file("audio", bomb)
    assert cell.READING.memory < 200 << 10
    told = encoded("aac", chirps(1.5))
    at = told.index(b"stts") + 16
    lying = told[:at] + bytes(4) + told[at + 4 :]
    with pytest.raises(AttachmentError, match="at most 0 minutes of sound"):
        coding.coded(lying, sounds.M4A, 8_192 + 12_000)  # bytes of a second
    assert cell.clean_file("audio", WAV) == clean_file("audio", WAV)


def test_any_damage_is_refused_or_cleaned() -> None:
    """Bytes changed at random end no more than the child that opened them."""
    seeds = [WAV, AAC, FLAC, OPUS, MP3, VORBIS]
    mutator = Mutator(Random(7), seeds, MAX_BYTES)  # noqa: S311 (no secret)
    refused = []
    for _ in range(40):
        try:
            cell.clean_file("audio", mutator.input())
        except AttachmentError as error:
            refused.append(error.words)
    assert 0 < len(refused) < 40
    assert not [words for words in refused if "too much time" in words]
