"""Tell what a sound is by its first bytes: which demuxer reads it, what may decode it.

Nothing else is ever asked: FFmpeg knows hundreds of formats, and each is a hole more.
"""

from dataclasses import dataclass

_FRAME = 0xFFE0  # the first eleven bits of a frame of MPEG
_LAYERS = 6  # bits of a frame that name its layer
_LAYER_3 = 2
_ID3, _ID3_HEAD = b"ID3", 10  # bytes
_XING = (b"Xing", b"Info")
_FIRST = 64  # bytes of the first frame of an MP3 among which that stands
_XING_BYTES = 3  # flags: frames and bytes are told
_XING_SLACK = 2_048  # bytes: not all encoders count their first or last frame
_PAGE = b"OggS"
_PAGE_HEAD = 27  # bytes of a page of Ogg before its table
_UNKNOWN = 0x7FFF_0000  # bytes, from which on a WAV was never told its size


@dataclass(frozen=True)
class Kind:
    """A kind of file that holds sounds.

    Attributes:
        demuxer: as FFmpeg names it.
        decoders: of the sounds it may hold, likewise.
    """

    demuxer: str
    decoders: tuple[str, ...]


_PCM = ("u8", "s16le", "s24le", "s32le", "f32le", "f64le", "alaw", "mulaw")
MP3 = Kind("mp3", ("mp3float",))
M4A = Kind("mov", ("aac", "alac", "opus", "flac", "mp3float"))
OGG = Kind("ogg", ("vorbis", "opus", "flac"))
WAV = Kind("wav", tuple(f"pcm_{one}" for one in _PCM))
FLAC = Kind("flac", ("flac",))


def kind_of(data: bytes) -> Kind | None:
    """Tell what this is; None if it is no sound that is taken."""
    if data.startswith(_PAGE):
        return OGG
    if data.startswith(b"fLaC"):
        return FLAC
    if data[4:8] == b"ftyp":
        return M4A
    if data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE":
        return WAV
    return MP3 if data.startswith(_ID3) or is_mp3(data) else None


def untagged(data: bytes) -> bytes:
    """Take the tag of an MP3 from before a sound of another kind; players pass it."""
    bare = data[_tag(data) :]
    return data if kind_of(bare) in (MP3, None) else bare


def _tag(data: bytes) -> int:
    """Count the bytes of the tag before a sound. Source: ID3 2.4, 3.1."""
    size = 0
    if not data.startswith(_ID3):
        return size
    for byte in data[6:_ID3_HEAD]:
        size = size << 7 | byte & 0x7F
    return size + _ID3_HEAD


def is_mp3(data: bytes) -> bool:
    """Tell whether the sound of an MP3 begins here, with no tag before it."""
    head = int.from_bytes(data[:2])
    return head & _FRAME == _FRAME and head & _LAYERS == _LAYER_3


def tells_length(kind: Kind) -> bool:
    """Tell whether a kind of file says at its head how long the sound is.

    An MP3 and an Ogg do not: FFmpeg guesses.
    """
    return kind not in (MP3, OGG)


def is_cut_off(data: bytes, kind: Kind) -> bool:
    """Tell whether a file ends before it says it does, as far as its kind says so."""
    checks = {MP3: _is_cut_mp3, OGG: _is_cut_ogg, WAV: _is_cut_wav}
    return kind in checks and checks[kind](data)


def _is_cut_mp3(data: bytes) -> bool:
    """Read what an encoder wrote into the first frame. Source: Xing, as LAME has it."""
    start = _tag(data)
    head = data[start : start + _FIRST]
    place = max(head.find(mark) for mark in _XING)
    told = head[place + 4 : place + 16]
    if place < 0 or not told[3:4] or told[3] & _XING_BYTES != _XING_BYTES:
        return False
    size = int.from_bytes(told[8:12])
    return len(data) - start < size - size // 50 - _XING_SLACK


def _is_cut_ogg(data: bytes) -> bool:
    """Look at the last page. Source: RFC 3533, 6."""
    page = data[data.rfind(_PAGE) :]
    table = page[_PAGE_HEAD : _PAGE_HEAD + page[26]] if len(page) > _PAGE_HEAD else b""
    return not table or len(page) < _PAGE_HEAD + len(table) + sum(table)


def _is_cut_wav(data: bytes) -> bool:
    """Look at the size of the whole; a recorder whose battery went told none."""
    size = int.from_bytes(data[4:8], "little")
    return len(data) < size + 8 and size < _UNKNOWN
