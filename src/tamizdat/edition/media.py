"""Say what a story shows beside its words: pictures, sounds, videos, documents.

Each is an association of the story document, known there by a name.

Source: spec/story-document.md, "Associations"; types from IPTC ninjs 3.1.
"""

from dataclasses import dataclass

PICTURE_TYPES = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpg"}
AUDIO_TYPES = {"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a"}
DOCUMENT_TYPES = {
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "text/plain": "txt",
    "text/csv": "csv",
}
_ENDINGS = PICTURE_TYPES | AUDIO_TYPES | DOCUMENT_TYPES


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
        """Name the file inside an edition: half the hash and an ending."""
        return f"{self.digest[:32]}.{self.ending}"


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
    def files(self) -> tuple[File, ...]:
        """List the bytes it needs."""
        return tuple(rendition.file for rendition in self.renditions)


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
