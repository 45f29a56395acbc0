"""Say where things stand inside a service's tree.

Decides the most permanent format of a newspaper. An address is made from an id and the
day of the first release (UTC), never from a headline, which may change or endanger.

Source: spec/addresses.md.
"""

import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes, urlsplit

from minijinja import Markup, escape

from tamizdat.edition.stories import Service, Story

_FOLDERS = ("news", "corrections")  # of a root, each for the page of its name
_DEEPEST = 8  # segments of an old address that are kept apart
_PLAIN = re.compile(r"[0-9]{1,20}|[a-z0-9]{1,3}", re.ASCII)
_ADDRESS = re.compile(r"[a-z0-9._/-]*(#[a-z0-9-]+)?")


def article_path(story: Story) -> str:
    """Give the path of a story's first page."""
    return dated_path(story.id, story.published)


def dated_path(id_: str, published: datetime, page: int = 1) -> str:
    """Give the path of one page of an article, from 1.

    A dot stands before the number because an id may end in a hyphen and a number.
    """
    day = published.astimezone(UTC)
    number = "" if page == 1 else f".{page}"
    return f"a/{day.year}-{day.month:02}/{day.day:02}/{id_}{number}.html"


def text_path(path: str) -> str:
    """Name the page without pictures of one with them: "x.2.html", "x.text.2.html"."""
    folder, slash, name = path.rpartition("/")
    id_, _, rest = name.partition(".")
    return f"{folder}{slash}{id_}.text.{rest}"


def told_path(path: str) -> str:
    """Name the page of what changed, by that of the article."""
    return path.removesuffix(".html") + ".changes.html"


def continued(path: str, number: int) -> str:
    """Name the page on which another one goes on, from 2; the page itself for 1.

    A root has few entries, however long a list is: what goes on from a page there
    stands in a folder that is there already.
    """
    stem, _, kind = path.rpartition(".")
    if number == 1:
        return path
    if stem in _FOLDERS:
        return f"{stem}/{number}.{kind}"
    folder = "" if "/" in stem else "news/"
    return f"{folder}{stem}.{number}.{kind}"


def old_path(permalink: str) -> str:
    """Give the path of the page that leads from an address a story had before.

    The host does not matter. Numbers and very short names stay, so that a rule of a web
    server can lead to them; every other segment is hashed: it may hold a headline, and
    one day its words may have to go.

    Raises:
        ValueError: it names no page of its host.
    """
    parts = urlsplit(permalink)
    segments = [part for part in unquote_to_bytes(parts.path).split(b"/") if part]
    if segments:
        segments[-1] = segments[-1].removesuffix(b".html")
    if parts.query:
        segments.append(b"?" + unquote_to_bytes(parts.query))
    if not segments:
        raise ValueError(f"expected the address of a page, found {permalink!r}")
    if len(segments) > _DEEPEST:
        segments = [b"/".join(segments)]
    return "old/" + "/".join(map(_old_name, segments)) + ".html"


def _old_name(segment: bytes) -> str:
    text = segment.decode("utf-8", "replace")
    if _PLAIN.fullmatch(text):
        return text
    return hashlib.sha256(segment).hexdigest()[:32]


def home_address(service: Service, path: str) -> str | None:
    """Name a page at the service's home, escaped; None where it has no home.

    It only names: nobody's browser goes there, and no reader is led there.
    """
    return service.home and Markup(escape(f"{service.home}/{service.id}/{path}"))


def up(path: str) -> str:
    """Climb from the folder of a page to the root of its service."""
    return _climb(path.count("/"))


@lru_cache(maxsize=16)
def _climb(steps: int) -> str:
    return link("../" * steps)


def link(address: str) -> str:
    """Mark an address inside the mirror as needing no escape, once that is seen.

    Raises:
        ValueError: it holds something no address of an edition holds.
    """
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"expected an address inside a mirror, found {address!r}")
    return Markup(address)
