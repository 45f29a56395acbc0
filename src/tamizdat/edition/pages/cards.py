"""Say how a story stands, and what listings show of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from minijinja import Markup

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp
from tamizdat.edition.foreign import spoken
from tamizdat.edition.media import AVIF, Audio, Picture, has_pictures, nearest
from tamizdat.edition.pages.addresses import article_path, link, text_path
from tamizdat.edition.pages.exhibits import SIZES, Face, face_of
from tamizdat.edition.pages.marked import told
from tamizdat.edition.stories import (
    LIVE,
    NOTED_KINDS,
    RETRACTED,
    WITHDRAWN,
    Byline,
    Release,
    Service,
    Story,
    Tag,
    standing_after,
)
from tamizdat.edition.withdrawals import KINDS as TAKEN_BACK
from tamizdat.edition.wording import wording

_BIO = 600  # characters of an author's life on the page of what they wrote
LATELY = 384  # cards that lists keep, with the line of each: it stands on many
MP3 = "audio/mpeg"  # what every program that plays podcasts can play

__all__ = ["RETRACTED", "WITHDRAWN", "Card", "card", "shown", "standing"]


@dataclass(frozen=True)
class Thumb:
    """A picture for a list, where the headline beside it says what it is about.

    Attributes:
        files: name and width in pixels of each AVIF, narrowest first.
        plain: name, width and height of the one for every browser.
    """

    files: tuple[tuple[str, int], ...]
    plain: tuple[str, int, int]


@dataclass(frozen=True)
class Sound:
    """What can be heard in a story, in the file that most programs play.

    Attributes:
        file: its name below "m/"; `type`: media type; `size`: bytes.
        seconds: how long it is.
    """

    title: str
    file: str
    type: str
    size: int
    seconds: int


@dataclass(frozen=True)
class Shown:
    """What a story has beside words.

    Attributes:
        thumb: its lead picture, small, for the front page.
        sounds: what can be heard in it, for feeds.
        pictures: it shows any, so that it has pages without them.
        origin: salt of the oldest release whose words were not taken back, for what
            changes less often than the story; "" where that is the newest.
    """

    thumb: Thumb | None = None
    sounds: tuple[Sound, ...] = ()
    origin: str = ""
    pictures: bool = False


@dataclass(frozen=True)
class Author:
    """Who has a list of their own, as a story names them. `bio`: shortened."""

    id: str
    name: str
    role: str | None = None
    bio: str | None = None
    face: Face | None = None

    def shorter(self, most: int) -> "Author":
        """Leave so many letters of each text."""
        name, role = clipped(self.name, most), self.role and clipped(self.role, most)
        bio = self.bio and clipped(self.bio, most)
        return replace(self, name=name, role=role, bio=bio)


@dataclass(frozen=True)
class Card:
    """What listings show of a story, and nothing else.

    Attributes:
        path: inside the service's tree.
        published: time of the first release, UTC; the order of every listing.
        updated: time of the newest release that moves the stamp, UTC, or None.
        salt: of the newest release; stands wherever the story's words stand.
        standing: "", retracted or withdrawn.
        note: kind and text of the newest release that has a note for readers.
        also: ids of further sections in whose lists it stands.
        live: posts are being added to it.
        authors: each who has a list of their own.
        beside: pictures and sounds.
        foreign: words in other languages, as far as these texts have them.
    """

    id: str
    uri: str
    path: str
    section: str
    kicker: str | None
    headline: str
    standfirst: str | None
    published: datetime
    updated: datetime | None
    breaking: bool
    salt: str
    language: str
    tags: tuple[Tag, ...] = ()
    standing: str = ""
    note: tuple[str, str] | None = None
    also: tuple[str, ...] = ()
    live: bool = False
    authors: tuple[Author, ...] = ()
    beside: Shown = Shown()
    foreign: tuple[Foreign, ...] = ()

    def shorter(self, most: int) -> "Card":
        """Leave so many letters of each text, where a page has no room for more."""
        return replace(
            self,
            kicker=self.kicker and clipped(self.kicker, most),
            headline=clipped(self.headline, most),
            standfirst=self.standfirst and clipped(self.standfirst, most),
            tags=tuple(Tag(t.id, clipped(t.name, most)) for t in self.tags),
            authors=tuple(one.shorter(most) for one in self.authors),
        )

    def __hash__(self) -> int:
        """Hash what tells most cards apart: lists look up what is made of each."""
        return hash((self.id, self.salt))


def standing(story: Story) -> str:
    """Say whether a story stands: "", retracted or withdrawn."""
    return standing_after(release.kind for release in story.releases)


def card(story: Story) -> Card:
    """Take from a story what listings show; of a withdrawn one, only that it was."""
    state = standing(story)
    gone = state == WITHDRAWN
    neutral = wording(story.language).plain["withdrawn_title"]
    return Card(
        id=story.id,
        uri=story.uri,
        path=article_path(story),
        section=story.section,
        kicker=None if gone else story.kicker,
        headline=neutral if gone else story.headline,
        standfirst=None if state else story.standfirst,
        published=story.published,
        updated=story.updated,
        breaking=story.breaking and not state,
        salt=story.release.salt,
        language=story.language,
        tags=() if gone else story.tags,
        standing=state,
        note=None if gone else _note(story),
        also=() if gone else story.also,
        live=story.live == LIVE and not state,
        authors=() if gone else _authors(story),
        beside=Shown() if state else _beside(story),
        foreign=() if gone else tuple(_foreign(story)),
    )


def _foreign(story: Story) -> Iterator[Foreign]:
    """Choose the words that lists may show: in notes and lives of authors, too."""
    lives = (line.bio for line in story.bylines)
    notes = (release.note for release in story.releases)
    texts = (story.kicker, story.headline, story.standfirst, *lives, *notes)
    for one in story.foreign:
        if any(spoken(text, (one,)) for text in texts if text):
            yield one


def _beside(story: Story) -> Shown:
    thumb = _thumb(story.picture) if story.picture else None
    sounds = tuple(map(_sound, _audios(story)))
    return Shown(thumb, sounds, _origin(story), has_pictures(story.media))


def _origin(story: Story) -> str:
    """Find the salt of the oldest release whose words were not taken back."""
    taken = [n for n, one in enumerate(story.releases) if one.kind in TAKEN_BACK]
    salt = story.releases[taken[-1] if taken else 0].salt
    return "" if salt == story.release.salt else salt


def _audios(story: Story) -> list[Audio]:
    """List its sounds, each once, in whatever places it stands."""
    found = (one for one in story.media if isinstance(one, Audio))
    return list({one.cuts[0].file.name: one for one in found}.values())


def _sound(audio: Audio) -> Sound:
    cut = next((c for c in audio.cuts if c.file.type == MP3), audio.cuts[0])
    file = cut.file
    return Sound(audio.title, file.name, file.type, file.size, cut.seconds)


def _authors(story: Story) -> tuple[Author, ...]:
    found = {line.id: _author(line.id, line) for line in story.bylines if line.id}
    return tuple(found.values())


def _author(id_: str, line: Byline) -> Author:
    face = face_of(line.wide, line.square, line.name)
    bio = line.bio and clipped(line.bio, _BIO)
    return Author(id_, line.name, line.role, bio, face)


def _thumb(picture: Picture) -> Thumb | None:
    if not picture.renditions:
        return None
    files = tuple((one.name, one.width) for one in picture.sharp)
    last = nearest(picture.renditions)
    return Thumb(files, (last.name, last.width, last.height))


def _note(story: Story) -> tuple[str, str] | None:
    notes = [r for r in story.releases if r.kind in NOTED_KINDS]
    if not notes:
        return None
    return notes[-1].kind, clipped(note_of(notes[-1], story.language))


def note_of(release: Release, language: str) -> str:
    """Give a release's note, or say that it had to go with words it held."""
    gone = release.kind in NOTED_KINDS and release.note is None
    return wording(language).plain["note_removed"] if gone else release.note or ""


def shown(
    one: Card, root: str, service: Service, *, bare: bool = False
) -> dict[str, Any]:
    """Prepare a card for a template on a page whose service root is `root`.

    One endless headline must not push others off a page, so long texts are shortened.

    Args:
        one: what is shown.
        root: the way up to the service.
        service: whose page it is.
        bare: the page leads to the story's text too, where the story has pictures.
    """
    return {
        "href": link(root + one.path),
        "text": link(root + text_path(one.path))
        if bare and one.beside.pictures
        else None,
        "kicker": one.kicker and told(clipped(one.kicker), one.foreign),
        "headline": told(clipped(one.headline), one.foreign),
        "standfirst": one.standfirst and told(clipped(one.standfirst), one.foreign),
        "time": stamp(one.published, service),
        "breaking": one.breaking,
        "live": one.live,
        "standing": one.standing,
        "salt": one.salt,
    }


def pictured(one: Card, root: str) -> dict[str, Any] | None:
    """Prepare the picture of a card for a template, None if it has none."""
    thumb = one.beside.thumb
    if thumb is None:
        return None
    name, width, height = thumb.plain
    srcset = ",".join(f"{root}m/{file} {wide}w" for file, wide in thumb.files)
    source = {"type": Markup(AVIF), "srcset": Markup(srcset), "sizes": SIZES}
    return {
        "sources": [{**source, "media": ""}] if srcset else [],
        "src": link(f"{root}m/{name}"),
        "width": width,
        "height": height,
        "alt": "",
    }
