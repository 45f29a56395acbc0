"""Prepare what a story shows beside words: pictures, sounds, videos, documents.

Everything loads from the mirror itself, and nothing loads before it is asked for but
pictures. What stands elsewhere is a link.
"""

import html
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from minijinja import Markup, escape

from tamizdat.edition.blocks import plainly, shown_alt
from tamizdat.edition.measures import write_length, write_size
from tamizdat.edition.media import (
    AVIF,
    FACE_WIDTH,
    WEBP,
    Audio,
    Document,
    File,
    Picture,
    Video,
    nearest,
)
from tamizdat.edition.pages.addresses import link
from tamizdat.edition.wording import wording

# As wide as a column. On small screens less than what is there: dense ones are asked
# for fewer pixels, and phones for the smallest file, however dense they are.
SIZES = Markup("(min-width:60rem) 36rem,(min-width:40rem) 44vw,80px")
PHONE = Markup("(max-width:40rem)")


def picture_view(picture: Picture, root: str) -> dict[str, Any] | None:
    """Prepare a picture for a template, None if it has no files.

    Args:
        picture: with its words.
        root: the way up to the service.
    """
    if not picture.renditions:
        return None
    last = nearest(picture.renditions)
    return {
        "sources": _sources(picture, root),
        "src": link(f"{root}m/{last.name}"),
        "width": last.width,
        "height": last.height,
        "alt": shown_alt(picture),
        "caption": picture.caption,
        "credit": picture.credit,
        "terms": picture.terms,
    }


def _sources(picture: Picture, root: str) -> list[dict[str, Any]]:
    """List what browsers choose from, the best first; JPEG is for everyone else.

    A phone without AVIF gets the smallest WebP, as those with it get the smallest AVIF.
    """
    sharp, older = picture.sharp, picture.older
    srcset = ",".join(f"{root}m/{r.name} {r.width}w" for r in sharp)
    found: list[dict[str, Any]] = []
    if sharp:
        one = {"type": Markup(AVIF), "srcset": Markup(srcset), "sizes": SIZES}
        found.append({**one, "media": ""})
    if older:
        one = {"type": Markup(WEBP), "srcset": Markup(f"{root}m/{older.name}")}
        found.append({**one, "sizes": "", "media": PHONE})
    return found


def audio_view(audio: Audio, root: str, language: str) -> dict[str, Any]:
    """Prepare a sound: each file to be played or taken along."""
    return {
        "title": audio.title,
        "caption": audio.caption,
        "credit": audio.credit,
        "terms": audio.terms,
        "sound": True,
        "files": [
            {**_file(cut.file, root, language), **_length(cut.seconds, language)}
            for cut in audio.cuts
        ],
        "transcript": bool(audio.transcript),
    }


def document_view(document: Document, root: str, language: str) -> dict[str, Any]:
    """Prepare a document: each file to be taken along."""
    return {
        "title": document.title,
        "caption": None,
        "credit": document.credit,
        "terms": document.terms,
        "sound": False,
        "files": [
            {**_file(file, root, language), "length": None, "seconds": None}
            for file in document.files
        ],
        "transcript": False,
    }


def _file(file: File, root: str, language: str) -> dict[str, Any]:
    return {
        "href": link(f"{root}m/{file.name}"),
        "type": Markup(file.type),
        "name": file.ending.upper(),
        "bytes": file.size,
        "size": write_size(file.size, language),
    }


def _length(seconds: int, language: str) -> dict[str, Any]:
    return {"seconds": seconds, "length": write_length(seconds, language)}


def video_view(video: Video, root: str, language: str) -> dict[str, Any] | None:
    """Prepare a video: its poster, and where it stands."""
    poster = picture_view(video.poster, root)
    return poster and poster | _elsewhere(video, language)


def _elsewhere(video: Video, language: str) -> dict[str, Any]:
    site = Markup(f"<bdi>{escape(site_of(video.href))}</bdi>")
    words = wording(language).fill("watch_video", site=site)
    return {
        "href": away(video.href),
        "words": words,
        **_length(video.seconds, language),
    }


def away(href: str) -> str:
    """Write an address outside the mirror for an attribute, as marks do."""
    return Markup(html.escape(href))


def site_of(href: str) -> str:
    """Name the site an address leads to."""
    return urlsplit(href).netloc or href


@dataclass(frozen=True)
class Face:
    """A portrait: square, and wide where the page is.

    Attributes:
        file: its name below "m/"; `width`, `height`: pixels.
        alt: "" where it would repeat the name beside it.
        wide: name of the one of 16 by 9, None where there is but one.
    """

    file: str
    width: int
    height: int
    alt: str
    wide: str | None


def face_of(wide: Picture | None, square: Picture | None, name: str) -> Face | None:
    """Choose the files of a portrait, None if there is none.

    Args:
        wide: 16 by 9.
        square: the same person.
        name: of the person, which a description need not repeat.
    """
    usual = square or wide
    if usual is None:
        return None
    last = nearest(usual.renditions, FACE_WIDTH)
    other = nearest(wide.renditions, FACE_WIDTH) if wide and square else None
    alt = "" if plainly(usual.alt) == plainly(name) else usual.alt
    return Face(last.name, last.width, last.height, alt, other.name if other else None)


def face_view(
    face: Face | None, root: str, *, one: bool = False
) -> dict[str, Any] | None:
    """Prepare a portrait for a template.

    Args:
        face: whose files.
        root: the way up to the service.
        one: a single file, for where it is as small as a thumb on every screen.
    """
    if face is None:
        return None
    wide = None if one else face.wide
    return {
        "wide": wide and link(f"{root}m/{wide}"),
        "src": link(f"{root}m/{face.file}"),
        "width": face.width,
        "height": face.height,
        "alt": face.alt,
    }
