"""Say where things stand inside a service's tree.

Decides the most permanent format of a newspaper. An address is made from an id and the
day of the first release (UTC), never from a headline, which may change or endanger.

Source: spec/addresses.md.
"""

import re
from datetime import UTC, datetime

from minijinja import Markup

from tamizdat.edition.stories import Story

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


def continued(path: str, number: int) -> str:
    """Name the page on which another one goes on, from 2; the page itself for 1.

    What goes on from a page at the root stands in a folder of its name: a root has few
    entries, however long a list is.
    """
    stem = path.removesuffix(".html")
    if number == 1:
        return path
    return f"{stem}.{number}.html" if "/" in stem else f"{stem}/{number}.html"


def up(path: str) -> str:
    """Climb from the folder of a page to the root of its service."""
    return link("../" * path.count("/"))


def link(address: str) -> str:
    """Mark an address inside the mirror as needing no escape, once that is seen.

    Raises:
        ValueError: it holds something no address of an edition holds.
    """
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"expected an address inside a mirror, found {address!r}")
    return Markup(address)
