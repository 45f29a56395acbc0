"""Say what a story shows beside its words: pictures, sounds, videos, documents.

Each is an association of the story document, known there by a name.

Source: spec/story-document.md, "Associations"; types from IPTC ninjs 3.1; base32 from
RFC 4648.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PICTURE_TYPES = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpg"}
AUDIO_TYPES = {"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a"}
DOCUMENT_TYPES = {
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "text/plain": "txt",
    "text/csv": "csv",
}
AVIF, WEBP, JPEG = PICTURE_TYPES
FALLBACK_WIDTH = 640  # pixels; one file of a type must do for every old device
FACE_WIDTH = 240  # pixels of a portrait, the wide one 16 by 9
NAME = r"m/[a-z2-7]{26}\.[a-z0-9]+"  # of a file, below a service
_SHARP = 4  # sizes in AVIF that a page offers: one for each class of screens
_ENDINGS = PICTURE_TYPES | AUDIO_TYPES | DOCUMENT_TYPES


def name_of(digest: str) -> str:
    """Name bytes inside an edition: half their SHA-256 in base32, 26 characters.

    Hex would take 32, which no compressor makes short; a page names six files.
    """
    half = base64.b32encode(bytes.fromhex(digest)[:16])
    return half.decode().rstrip("=").lower()


def half_of(name: str) -> str:
    """Give the half of a SHA-256, in hex, that a name is made of; "" if it is none."""
    try:
        half = base64.b32decode(f"{name.upper()}======").hex()
    except ValueError:
        return ""
    return half if name_of(half) == name else ""


@dataclass(frozen=True)
class File:
    """Bytes that an edition carries. `digest`: SHA-256 in hex; `size`: bytes."""

    digest: str
    type: str
    size: int

    @property
    def ending(self) -> str:
        """Tell how its name ends, without the dot."""
        return _ENDINGS[self.type]

    @property
    def name(self) -> str:
        """Name the file inside an edition, with an ending."""
        return f"{name_of(self.digest)}.{self.ending}"


@dataclass(frozen=True)
class Rendition:
    """One size of a picture. `digest`: SHA-256 in hex; `size`: bytes."""

    digest: str
    type: str
    width: int
    height: int
    size: int

    @property
    def file(self) -> File:
        """Give its bytes."""
        return File(self.digest, self.type, self.size)

    @property
    def name(self) -> str:
        """Name the file inside an edition."""
        return self.file.name


def nearest(renditions: Sequence[Rendition], width: int = FALLBACK_WIDTH) -> Rendition:
    """Find the JPEG nearest to a width; another type where there is none."""
    plain = [r for r in renditions if r.type == JPEG]
    return min(plain or renditions, key=lambda r: (abs(r.width - width), r.type))


@dataclass(frozen=True)
class Picture:
    """A picture with its words.

    Attributes:
        caption: "" for a portrait without one.
        renditions: narrowest first within a type.
        terms: that must be shown with it.
    """

    caption: str
    alt: str
    credit: str | None
    renditions: tuple[Rendition, ...]
    terms: str | None = None

    @property
    def sharp(self) -> list[Rendition]:
        """List what a page offers to browsers that know AVIF, narrowest first."""
        return [r for r in self.renditions if r.type == AVIF][:_SHARP]

    @property
    def older(self) -> Rendition | None:
        """Give what a page offers to phones that know WebP and no AVIF."""
        some = [r for r in self.renditions if r.type == WEBP]
        return min(some, key=lambda r: r.width, default=None)

    @property
    def files(self) -> tuple[File, ...]:
        """List the bytes an edition carries of it: those that its pages may name."""
        if not self.renditions:
            return ()
        plain = (
            nearest(self.renditions, width) for width in (FACE_WIDTH, FALLBACK_WIDTH)
        )
        wanted = {*self.sharp, self.older, *plain}
        return tuple(one.file for one in self.renditions if one in wanted)


@dataclass(frozen=True)
class Cut:
    """One file of a sound. `seconds`: how long it is."""

    file: File
    seconds: int


@dataclass(frozen=True)
class Audio:
    """A sound with its words. `transcript`: paragraphs; `terms`: to be shown."""

    title: str
    caption: str | None
    credit: str | None
    terms: str | None
    transcript: tuple[str, ...]
    cuts: tuple[Cut, ...]

    @property
    def files(self) -> tuple[File, ...]:
        """List the bytes it needs."""
        return tuple(cut.file for cut in self.cuts)


@dataclass(frozen=True)
class Video:
    """Where a video stands. `poster`: with its words; `seconds`: how long it is."""

    poster: Picture
    href: str
    seconds: int

    @property
    def files(self) -> tuple[File, ...]:
        """List the bytes it needs: its poster's."""
        return self.poster.files


@dataclass(frozen=True)
class Document:
    """A document to take along. `terms`: that must be shown with it."""

    title: str
    credit: str | None
    terms: str | None
    files: tuple[File, ...]


Medium = Picture | Audio | Video | Document


def has_pictures(media: Iterable[Medium]) -> bool:
    """Tell whether anything that a story shows is a picture."""
    return any(file.type in PICTURE_TYPES for one in media for file in one.files)
