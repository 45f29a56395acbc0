"""Say what the body of a story is made of: texts, media, boxes, posts.

Source: spec/story-document.md, "Blocks of the body".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition.media import Audio, Document, Medium, Picture, Video


@dataclass(frozen=True)
class Mark:
    """Emphasis, a link or a language over code points `start` to `end`, exclusive.

    Attributes:
        href: of a link; language: BCP 47 tag; each None for all others.
    """

    kind: str
    start: int
    end: int
    href: str | None
    language: str | None = None


@dataclass(frozen=True)
class Foreign:
    """Words that a story takes from another language. `language`: BCP 47 tag."""

    words: str
    language: str


@dataclass(frozen=True)
class Block:
    """A text of a body. A paragraph, subhead or quote has text; others have rows.

    Attributes:
        rows: a list has one cell a row, a table has as many as it needs.
        language: BCP 47 tag of all rows, None for that of the story.
    """

    kind: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    language: str | None = None

    @property
    def lines(self) -> list[str]:
        """Its text as readers see it: one line, or one for each item or row."""
        return [" | ".join(row) for row in self.rows] if self.rows else [self.text]


@dataclass(frozen=True)
class Exhibit:
    """One or more media of a story, shown in its body.

    Attributes:
        kind: picture, gallery, audio, video or document.
        media: one, but for a gallery.
        title: of a gallery.
    """

    kind: str
    media: tuple[Medium, ...]
    title: str | None = None

    @property
    def lines(self) -> list[str]:
        """Its words as readers see them."""
        title = [self.title] if self.title else []
        return [*title, *(line for one in self.media for line in media_lines(one))]


@dataclass(frozen=True)
class Box:
    """Facts beside the story."""

    title: str | None
    body: tuple[Block, ...]

    @property
    def lines(self) -> list[str]:
        """Its words as readers see them."""
        title = [self.title] if self.title else []
        return [*title, *body_lines(self.body)]


@dataclass(frozen=True)
class Embed:
    """A link to what stands elsewhere. `source`: where, in words."""

    href: str
    text: str
    source: str | None

    @property
    def lines(self) -> list[str]:
        """Its words as readers see them."""
        return [" ".join(filter(None, (self.text, self.source)))]


@dataclass(frozen=True)
class Post:
    """One entry of a live story. `time`: UTC; `by`: who wrote it."""

    id: str
    time: datetime
    headline: str | None
    by: str | None
    body: tuple["Block | Exhibit | Box | Embed", ...]

    @property
    def lines(self) -> list[str]:
        """Its words as readers see them."""
        head = [line for line in (self.headline, self.by) if line]
        return [*head, *body_lines(self.body)]


Passage = Block | Exhibit | Box | Embed | Post


def body_lines(body: Iterable[Passage]) -> list[str]:
    """List the words of a body as readers see them, whatever they are set in."""
    return [line for part in body for line in part.lines]


def exhibits(body: Iterable[Passage]) -> Iterator[Exhibit]:
    """List what a body shows, that of its posts too."""
    for part in body:
        if isinstance(part, Exhibit):
            yield part
        elif isinstance(part, Post):
            yield from exhibits(part.body)


def media_lines(medium: Medium) -> list[str]:
    """List the words of a medium as readers see them."""
    match medium:
        case Picture():
            lines = [shown_alt(medium), _below(medium.caption, medium)]
        case Video():
            lines = media_lines(medium.poster)
        case Audio():
            below = _below(medium.caption, medium)
            lines = [medium.title, below, *medium.transcript]
        case Document():
            lines = [medium.title, _below(None, medium)]
    return [line for line in lines if line]


def shown_alt(picture: Picture) -> str:
    """Give the description of a picture, "" where its caption says the same.

    A screen reader would only say the same words twice.
    """
    same = plainly(picture.alt) == plainly(picture.caption)
    return "" if same else picture.alt


def plainly(text: str) -> str:
    """Bring a text into the form in which it sounds like another."""
    return text.casefold().strip(" .")


def _below(caption: str | None, medium: Picture | Audio | Document) -> str:
    return " ".join(filter(None, (caption, medium.credit, medium.terms)))
