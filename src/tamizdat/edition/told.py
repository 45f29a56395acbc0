"""Read the notes from the pages that tell what the releases of a story changed.

Every note stands there whole, and some stand there alone. As `reprint`, it reads what
this version prints and refuses all else.

Source: spec/addresses.md, "Stories"; `templates/changed.html`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from minijinja import escape

from tamizdat.edition.languages import direction
from tamizdat.edition.markup import Element, parse, strange
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.sheet import local_of, open_sheet
from tamizdat.edition.stories import RELEASE_KINDS
from tamizdat.edition.wording import Wording, wording

NOTES = (
    "correction",
    "clarification",
    "retraction",
    "redaction",
)  # kinds that have one
_HEADING = re.compile(
    r"((?:<span[^>]*>)?[^<]*(?:</span>)?)"
    r' <small><time datetime="([^"<>]*)">([^<]*)</time></small>'
)
_NUMBER = re.compile(r"r([1-9]\d{0,6})")
_ABOVE = ["h1", "p stand", "p how"]  # what each page begins with
_CHANGES = {"h3", "p how", "blockquote"}


@dataclass
class Entry:
    """What is told of one release.

    Attributes:
        number: of the release.
        kind: of it, by the paper's own words; "" for words that are not ours.
        day: of it where the paper is, as 2026-11-20.
        when: its time as it is written, as markup.
        note: as markup, without what the paper says of its own.
        shown: all of it that a reader sees, as markup.
        changed: something is told of what it changed.
    """

    number: int
    kind: str
    day: str
    when: str
    note: str = ""
    shown: str = ""
    changed: bool = False

    @property
    def said(self) -> str:
        """All of it that a reader sees, as text."""
        return unescape(re.sub("<[^>]*>", "", self.shown))


def read_told(pages: Sequence[bytes], path: str) -> list[Entry]:
    """Read the pages of one story, in their order.

    Args:
        pages: identity bytes; may be none.
        path: of the story, for messages.

    Returns:
        What is told of its releases, from the oldest.

    Raises:
        PageError: not a page that this press prints.
    """
    found: list[Entry] = []
    for page in pages:
        sheet = open_sheet(page, path)
        article = undirected(sheet.article, direction(sheet.language), path)
        for one in _elements(article, path):
            _read(one, found, wording(sheet.language), path)
    return sorted(found, key=lambda one: one.number)


def _elements(article: str, path: str) -> Iterator[Element]:
    """Give what stands between the head of a page and its turns."""
    found = [one for one in parse(article, path) if isinstance(one, Element)]
    above, rest = found[: len(_ABOVE)], found[len(_ABOVE) :]
    if [one.kind for one in above] != _ABOVE:
        raise strange(path, article)
    yield from (one for one in rest if one.kind != "nav pager")


def _read(one: Element, found: list[Entry], words: Wording, path: str) -> None:
    if one.kind == "h2":
        found.append(_release(one, words, path))
    elif one.kind == "p" and found and not found[-1].changed:
        _add(one, found[-1], words)
    elif one.kind in _CHANGES and found:
        found[-1].changed = True
    else:
        raise strange(path, f"{one.name} {dict(one.given)}")


def _release(heading: Element, words: Wording, path: str) -> Entry:
    number = _NUMBER.fullmatch(heading.given.get("id", ""))
    match = _HEADING.fullmatch(heading.inner)
    if number is None or match is None:
        raise strange(path, heading.inner)
    kinds = {str(words.html[kind]): kind for kind in reversed(RELEASE_KINDS)}
    day = local_of(match[2], path).date().isoformat()
    return Entry(int(number[1]), kinds.get(match[1], ""), day, match[3])


def _add(paragraph: Element, entry: Entry, words: Wording) -> None:
    """Add a paragraph; the note of one that ends a page goes on with the next one."""
    inner = paragraph.inner
    own = inner == words.html["redaction_text"]
    entry.shown += f"{inner} " if own else inner
    if inner == words.html["note_removed"]:
        inner = str(escape(words.plain["note_removed"]))
    entry.note += "" if own else inner
