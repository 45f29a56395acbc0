"""Sounds for tests: made here, with words planted where a format has room for them."""

import io
import struct
from array import array
from collections.abc import Callable
from math import sin, sqrt
from pathlib import Path
from typing import Any

import av

SAMPLES = Path(__file__).parent / "samples"
PLANTED = b"PLANTED"
RATE = 44_100
_FORMATS = {
    "aac": "ipod",
    "alac": "ipod",
    "flac": "flac",
    "libopus": "ogg",
    "libmp3lame": "mp3",
    "adpcm_ms": "wav",
}
_SHAPES = {1: "mono", 2: "stereo", 6: "5.1"}


def sample(name: str) -> bytes:
    """Read one of the samples: a tone of two seconds, with tags."""
    return (SAMPLES / name).read_bytes()


def chirps(seconds: float = 2.0, rate: int = RATE, channels: int = 2) -> "array[int]":
    """Make tones that rise, another on each channel: samples one after the other.

    Nothing in it repeats, so that two of them agree at one place alone.
    """
    return array(
        "h",
        (
            int(9_000 * sin((300 + 200 * channel) * t + 900 * t * t))
            for n in range(int(seconds * rate))
            for channel in range(channels)
            for t in (n / rate,)
        ),
    )


def wav(
    samples: "array[int]", rate: int = RATE, channels: int = 2, chunks: bytes = b""
) -> bytes:
    """Write a WAV of 16 bits. `chunks`: that stand before the samples."""
    wide = 2 * channels
    said = struct.pack("<HHIIHH", 1, channels, rate, rate * wide, wide, 16)
    body = b"WAVE" + chunk(b"fmt ", said) + chunks + chunk(b"data", samples.tobytes())
    return chunk(b"RIFF", body)


def chunk(name: bytes, body: bytes) -> bytes:
    """Write a chunk of a RIFF file."""
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


def box(name: bytes, body: bytes) -> bytes:
    """Write a box of an MP4."""
    return (len(body) + 8).to_bytes(4) + name + body


def encoded(
    codec: str,
    samples: "array[int]",
    rate: int = RATE,
    channels: int = 2,
    kbit: int = 128,
) -> bytes:
    """Code samples as recorders do."""
    out = io.BytesIO()
    with av.open(out, "w", format=_FORMATS[codec]) as file:
        shape: Any = _SHAPES[channels]
        stream = file.add_stream(codec, rate=rate, layout=shape)
        stream.bit_rate = kbit * 1_000
        wave = wav(samples, rate, channels)
        with av.open(io.BytesIO(wave), format="wav") as source:
            for frame in source.decode(audio=0):
                file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def repacked(
    data: bytes, kind: str, change: Callable[[bytes], bytes], tags: dict[str, str]
) -> bytes:
    """Write a file again: with tags, and one packet in twenty changed."""
    out = io.BytesIO()
    with av.open(io.BytesIO(data)) as source, av.open(out, "w", format=kind) as file:
        sound = source.streams.audio[0]
        stream = file.add_stream_from_template(sound)
        file.metadata.update(tags)
        for number, packet in enumerate(source.demux(sound)):
            if packet.size:
                new = av.Packet((change if number % 20 == 5 else bytes)(bytes(packet)))
                new.pts, new.dts, new.duration = packet.pts, packet.dts, packet.duration
                new.time_base, new.stream = packet.time_base, stream
                file.mux(new)
    return out.getvalue()


def hours(opus: bytes, seconds: int) -> bytes:
    """Make a sound of hours in which nothing is: 5 bytes for 120 ms of Opus.

    Source: RFC 6716, 3.2.5: six frames of no byte each.
    """
    out = io.BytesIO()
    with av.open(io.BytesIO(opus)) as source, av.open(out, "w", format="ogg") as file:
        stream = file.add_stream_from_template(source.streams.audio[0])
        silent = bytes([bytes(next(source.demux(audio=0)))[0] | 3, 6])
        for number in range(seconds * 25 // 3):
            packet = av.Packet(silent)
            packet.pts = packet.dts = number * 5_760
            packet.duration, packet.time_base = 5_760, stream.time_base
            packet.stream = stream
            file.mux(packet)
    return out.getvalue()


def heard(data: bytes) -> tuple[list["array[float]"], int]:
    """Decode a sound. Returns: samples of each channel, and how many a second has."""
    found: list[array[float]] = []
    with av.open(io.BytesIO(data)) as file:
        rate = file.streams.audio[0].rate
        plain = av.AudioResampler("fltp")
        for frame in file.decode(audio=0):
            for piece in plain.resample(frame):
                found = found or [array("f") for _plane in piece.planes]
                for channel, plane in zip(found, piece.planes, strict=True):
                    channel.frombytes(bytes(plane)[: piece.samples * 4])
    return found, rate


def likeness(one: "array[float]", other: "array[float]") -> float:
    """Say how alike samples are, place by place: 1 for the same but for loudness."""
    pairs = list(zip(one, other, strict=False))
    both = sum(a * b for a, b in pairs)
    return both / sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
