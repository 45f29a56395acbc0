"""Decode a sound and code its samples anew, as an MP3 that tells nothing else.

Of what came in only samples go on: no tag, no box, no coded frame, and so nothing that
stands in one. The encoder writes no date and no random number, and has one thread: the
same bytes again.

It needs FFmpeg, and runs where nothing else can be done (`darkroom.worker`): nothing
but that process imports it.

Source: docs/decisions/0078-sounds-are-coded-anew.md.
"""

import importlib
import io
import math
import pkgutil
import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from av import AudioFifo, AudioFrame, AudioResampler, Packet
from av.audio.stream import AudioStream
from av.codec.context import Flags
from av.container import InputContainer
from av.stream import Disposition

from tamizdat.newsroom.cleaning.sounds import MP3, WAV, Kind, is_cut_off, tells_length
from tamizdat.newsroom.errors import AttachmentError, LongError

# Samples a second that every player of MP3 knows; a telephone has 8,000.
RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
# Kbit/s by channels: speech is clear at the lowest, and phones play no more than the
# highest would give.
KBITS = {1: (64, 80, 96, 112, 128), 2: (96, 112, 128, 160, 192)}
_LAYOUTS = {1: "mono", 2: "stereo"}
_FORMAT = "fltp"
_FRAME = 1_152  # samples that the encoder takes at once
_QUALITY = "5"  # of LAME, 0 to 9: noise is shaped, in half the time of 2
_PLAIN = {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"}
_HEADS = 8_192  # bytes of a result besides sound: more than its first frame has
_BAD = 50  # one packet in so many may be damaged: radios join files as they come
_SPARE = 2  # packets, at the ends of what was cut out of a longer sound
_DAMAGES = (av.FFmpegError, ValueError, OverflowError)
_SLACK = 0.25  # seconds by which a head may be wrong about the length


@dataclass(frozen=True)
class Plan:
    """How a sound is coded.

    Attributes:
        rate: samples a second.
        channels: 1 or 2.
        kbit: of each second.
        seconds: how long it is, if its packets say so rightly.
    """

    rate: int
    channels: int
    kbit: int
    seconds: float


class _Source:
    """The first sound of a file, opened."""

    def __init__(self, container: InputContainer, sound: AudioStream) -> None:
        self.sound = sound
        self._container = container

    def packets(self) -> "Iterator[Packet[AudioStream]]":
        """Read the sound's packets; what is no sound is passed over."""
        return (one for one in self._container.demux(self.sound) if one.size)

    def frames(self) -> Iterator[AudioFrame]:
        """Decode the sound; single packets that are damaged are left out.

        Raises:
            AttachmentError: too many are.
        """
        read = bad = 0
        for packet in self._container.demux(self.sound):
            read += 1
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                bad += 1
        if bad > read // _BAD + _SPARE:
            raise AttachmentError("this sound is damaged")

    def seconds(self) -> float:
        """Say how long the head says it is; 0 if it does not."""
        length, unit = self.sound.duration, self.sound.time_base
        return float(length * unit) if length and unit else 0.0


def warm_up() -> None:
    """Code a little silence twice over: afterwards nothing has to be loaded."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    silence = io.BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(8_000))
    made, _seconds = coded(silence.getvalue(), WAV, 1 << 16)
    coded(made, MP3, 1 << 16)


def coded(
    data: bytes, kind: Kind, most: int, longest: float = math.inf
) -> tuple[bytes, float]:
    """Code the first sound of a file anew.

    Args:
        data: of the file.
        kind: by `sounds.kind_of`.
        most: bytes that the result may have.
        longest: seconds of sound that are coded at once, whatever its head says.

    Returns:
        An MP3, and seconds.

    Raises:
        AttachmentError: no sound, a video, damaged, too long, or not taken.
        LongError: it lasts longer than `longest`.
    """
    plan = planned(data, kind, most)
    try:
        with _opened(data, kind) as source:
            made, seconds = _code(source, plan, most - _HEADS, longest)
            told = source.seconds() if tells_length(kind) else 0.0
    except _DAMAGES as error:
        raise AttachmentError("this sound is damaged") from error
    if not seconds:
        raise AttachmentError("no sound was found in this file")
    if seconds < told - _SLACK:
        raise AttachmentError("this sound is damaged: its end is missing")
    return made, seconds


def planned(data: bytes, kind: Kind, most: int) -> Plan:
    """Choose how a sound is coded, by what its packets say without being decoded.

    Args, raises: as `coded`, as far as that is seen without decoding.
    """
    if is_cut_off(data, kind):
        raise AttachmentError("this sound is damaged: its end is missing")
    try:
        return _planned(data, kind, most - _HEADS)
    except _DAMAGES as error:
        raise AttachmentError("this sound is damaged") from error


@contextmanager
def _opened(data: bytes, kind: Kind) -> Iterator[_Source]:
    """Open a file by one demuxer, and its first sound by a decoder that is known."""
    with av.open(
        io.BytesIO(data),
        "r",
        format=kind.demuxer,
        options={
            "codec_whitelist": ",".join(kind.decoders),
            "format_whitelist": kind.demuxer,
            "protocol_whitelist": "",
        },
        metadata_errors="ignore",
        io_open=_nothing_else,
    ) as container:
        yield _Source(container, _sound(container, kind))


def _nothing_else(_url: str, _flags: int, _options: object) -> Any:
    """Open no file that another one names."""
    raise AttachmentError("this sound is damaged")


def _sound(container: InputContainer, kind: Kind) -> AudioStream:
    """Find the first sound.

    Raises:
        AttachmentError: there is none, a video as well, or nothing may decode it.
    """
    for picture in container.streams.video:
        if not picture.disposition & Disposition.attached_pic:
            raise AttachmentError("this file holds a video: expected a sound")
    if not container.streams.audio:
        raise AttachmentError("no sound was found in this file")
    sound = container.streams.audio[0]
    context = sound.codec_context
    if context is None or context.name not in kind.decoders:
        raise AttachmentError(
            "this kind of sound is not taken: save it as MP3, M4A or WAV"
        )
    context.thread_count = 1
    return sound


def _planned(data: bytes, kind: Kind, most: int) -> Plan:
    """Choose how a sound is coded, see `planned`.

    Bits are near those of the source, within `KBITS`, as far as the result fits.

    Raises:
        AttachmentError: too long for any.
    """
    with _opened(data, kind) as source:
        channels = 1 if source.sound.channels == 1 else 2
        unit = source.sound.time_base or Fraction(0)
        size = length = 0
        for packet in source.packets():
            size += packet.size
            length += packet.duration or 0
            _refuse_long(length * unit, KBITS[channels][0], most)
        rate = source.sound.rate
    seconds = float(length * unit)
    fit = [kbit for kbit in KBITS[channels] if kbit * 125 * seconds <= most]
    near = min(fit, key=lambda kbit: abs(kbit * 125 * seconds - size))
    rate = next((one for one in RATES if one >= rate), RATES[-1])
    return Plan(rate, channels, near, seconds)


def _refuse_long(seconds: float | Fraction, kbit: int, most: int) -> None:
    """Refuse what has more seconds than fit. `most`: bytes."""
    longest = most // (kbit * 125)  # bytes of a second
    if seconds > longest:
        raise AttachmentError(
            "expected at most %(most)d minutes of sound, found more",
            most=longest // 60,
        )


def _code(
    source: _Source, plan: Plan, most: int, longest: float
) -> tuple[bytes, float]:
    out, done = io.BytesIO(), 0
    with av.open(out, "w", format="mp3", options=_PLAIN) as container:
        layout = _LAYOUTS[plan.channels]
        stream = container.add_stream("libmp3lame", rate=plan.rate, layout=layout)
        stream.bit_rate = plan.kbit * 1_000
        stream.time_base = Fraction(1, plan.rate)
        context = stream.codec_context
        context.options = {"compression_level": _QUALITY}
        context.flags |= Flags.bitexact.value
        context.thread_count = 1
        for frame in _in_frames(_resampled(source.frames(), plan)):
            frame.pts, frame.time_base = done, stream.time_base
            done += frame.samples
            _refuse_long(done / plan.rate, plan.kbit, most)
            if done > longest * plan.rate:
                raise LongError("this sound is damaged")
            container.mux(stream.encode(frame))
        if done:
            container.mux(stream.encode(None))
    return out.getvalue(), done / plan.rate


def _resampled(frames: Iterable[AudioFrame], plan: Plan) -> Iterator[AudioFrame]:
    """Bring samples to the rate and the channels of a plan, whatever they have."""
    resampler, shape = None, None
    for frame in frames:
        found = frame.format.name, frame.layout.name, frame.sample_rate
        if found != shape:
            yield from resampler.resample(None) if resampler else ()
            layout = _LAYOUTS[plan.channels]
            resampler, shape = AudioResampler(_FORMAT, layout, plan.rate), found
        frame.pts = None
        yield from resampler.resample(frame)  # type: ignore[union-attr] # made above
    yield from resampler.resample(None) if resampler else ()


def _in_frames(pieces: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
    """Lay samples out as the encoder takes them; the last frame may be shorter."""
    queue = AudioFifo()
    for piece in pieces:
        piece.pts = None
        piece.time_base = Fraction(1, piece.sample_rate)
        queue.write(piece)
        while frame := queue.read(_FRAME):
            yield frame
    if frame := queue.read(0, partial=True):
        yield frame
