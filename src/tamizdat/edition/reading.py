"""Read an article's page back into the parts that a reader sees.

Knows the pages of this press alone, which `templates/article.html` shapes: a page that
holds anything else is refused, not guessed at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from tamizdat.edition.cuts import may_go_on
from tamizdat.edition.errors import PageError
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN
from tamizdat.edition.stories import SHOWN_KINDS
from tamizdat.edition.told import read_told

PARTS = (  # in the order in which they stand, but for the notes
    "kicker",
    "headline",
    "caption",
    "standfirst",
    "dateline",
    "body",
    "credit",
    "byline",
    "related",
    "links",
)
_FLOWING = ("body", "credit", "byline", "related")  # go on from page to page

_NOWHERE = "nowhere"  # times and turns of pages, which are no words of the article
_PLACES = {  # element and its class: the part that stands in it
    ("p", "kick"): "kicker",
    ("p", "flag"): RETRACTED,
    ("h1", ""): "headline",
    ("h1", "long"): "headline",
    ("p", "from"): _NOWHERE,
    ("p", "when"): _NOWHERE,
    ("p", "change"): _NOWHERE,
    ("p", "stand"): "standfirst",
    ("p", "line"): "dateline",
    ("div", "gone"): WITHDRAWN,
    ("p", ""): "body",
    ("h2", ""): "body",
    ("h3", ""): "body",
    ("h2", "set"): "body",
    ("p", "head"): "body",
    ("p", "said"): "body",
    ("p", "embed"): "body",
    ("p", "who"): "body",
    ("p", "files"): _NOWHERE,
    ("p", "to"): _NOWHERE,
    ("p", "post"): _NOWHERE,
    ("p", "live"): _NOWHERE,
    ("p", "live over"): _NOWHERE,
    ("p", "where"): "dateline",
    ("blockquote", ""): "body",
    ("li", ""): "body",
    ("tr", ""): "body",
    ("aside", "note"): "note",
    ("p", "credit"): "credit",
    ("div", "by"): "byline",
    ("nav", "pager"): _NOWHERE,
    ("p", "links"): "links",
    ("div", "links"): "links",
}
_PARTING = {  # what ends a table, beside texts of the body
    ("p", "post"),
    *(("figure", name) for name in ("in", "set", "file")),
}
_RELATED = {"h2": _NOWHERE, "li": "related"}  # in the list of stories that go with it
_AROUND = {"header", "figure", "picture", "ul", "div wide", "table", "tbody"}
_AROUND |= {"figure in", "figure set", "figure file", "audio", "aside box"}
_AROUND |= {"div related", "thead"}
_EMPTY = {"br", "img", "source"}
_INSIDE = {"a", "strong", "em", "time", "span", "small", "p", "h2", "ul", "li"}
_INSIDE |= {"th", "td", "br", "data", "bdi", "b", "i", "picture", "source", "img"}
_PARTED = {"p": " ", "h2": " ", "li": " ", "td": " | ", "th": " | ", "br": " "}
_CONTROL = re.compile(  # of a terminal, or of the direction of a line
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True)
class Note:
    """A note to readers. `number`: of its release, None where the page names none."""

    number: int | None
    text: str


@dataclass(frozen=True)
class Reading:
    """What a reader sees of an article.

    Attributes:
        standing: "", retracted or withdrawn.
        parts: texts by part, of PARTS; in the body one for each paragraph, item or row.
        notes: from the oldest.
    """

    standing: str
    parts: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...]


def read_article(
    pages: Sequence[bytes], path: str, told: Sequence[bytes] = ()
) -> Reading:
    """Read the pages of one article, in their order.

    Args:
        pages: identity bytes; at least one.
        path: of the article, for the message.
        told: the pages of what its releases changed: some notes stand there alone.

    Raises:
        PageError: not a page that this press prints.
    """
    read = [_read(page, path) for page in pages]
    first = read[0]
    parts = {name: list(texts) for name, texts in first.parts.items()}
    notes = list(first.notes)
    heads = first.heads
    for before, page in pairwise(read):
        if page.notes or first.again or page.again not in ("", heads):
            reason = "a note on a later page, or heads of a table that are not its own"
            raise PageError(f"{path}: {reason}")
        heads = page.heads or ("" if page.parted else heads)
        for name in _FLOWING:
            more = list(page.parts.get(name, []))
            if more and may_go_on(before.parts.get(name, [""])[-1]):
                parts[name][-1] += more.pop(0)
            parts.setdefault(name, []).extend(more)
    whole = {name: tuple(parts[name]) for name in PARTS if parts.get(name)}
    there = {note.number for note in notes}
    notes += [
        Note(one.number, _shown(one.said))
        for one in read_told(told, path).entries
        if one.kind in SHOWN_KINDS and one.number not in there
    ]
    notes.sort(key=lambda note: note.number or 0)
    return Reading(_standing(first), whole, tuple(notes))


def _shown(text: str) -> str:
    """Write what a terminal may show of a text."""
    text = text.replace("·\xa0", "· ")  # holds a mark to what follows it
    return _CONTROL.sub("\ufffd", text.replace("\n", " ").replace("\t", " "))


def _standing(page: "_Parser") -> str:
    if RETRACTED in page.parts:
        return RETRACTED
    return WITHDRAWN if WITHDRAWN in page.parts else ""


def _read(page: bytes, path: str) -> "_Parser":
    parser = _Parser(path)
    try:
        parser.feed(page.decode())
    except UnicodeDecodeError as error:
        raise PageError(f"{path}: expected a page in UTF-8") from error
    parser.close()
    if not parser.closed or len(parser.parts.get("headline", ())) != 1:
        raise PageError(f"{path}: expected one article with one headline")
    return parser


@dataclass
class _Open:
    """A part being read. `depth`: of elements around its own; `heads`: of a table."""

    part: str
    depth: int
    number: int | None
    text: str = ""
    heads: bool = False


class _Parser(HTMLParser):
    """One page being read."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.parts: dict[str, list[str]] = {}
        self.notes: list[Note] = []
        self.closed = False
        self.heads = ""  # of the last table
        self.again = ""  # those said again of one that goes on
        self.parted = False  # something of the body is no row of a table
        self._path = path
        self._around: list[str] = []  # open elements, the article first
        self._open: _Open | None = None
        self._figures = "caption"  # part that the words of a figure belong to
        self._related = False  # in the list of stories that go with it, or below

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        if not self._around:
            if tag == "article":
                self._begin()
            return
        if tag == "figure":
            self._figures = "body" if given.get("class") else "caption"
        if tag == "img":
            self._see(given.get("alt", ""))
        if self._open is None and tag not in _EMPTY:
            self._enter(tag, given)
        elif self._open is not None:
            self._inside(tag, self._open)
        if tag not in _EMPTY:
            self._around.append(tag)

    def _see(self, alt: str) -> None:
        """Read the description of a picture, in a figure or beside a name."""
        if self._open is None:
            self._add(self._figures, alt)
        elif alt:
            self._open.text += f"{alt} "

    def _begin(self) -> None:
        if self.closed:
            raise PageError(f"{self._path}: expected one article, found two")
        self._around.append("article")

    def _enter(self, tag: str, given: Mapping[str, str]) -> None:
        name = given.get("class", "")
        self._related |= name == "related"
        part = self._figures if tag == "figcaption" else _PLACES.get((tag, name))
        if self._related and tag in _RELATED:
            part = _RELATED[tag]
        if tag != "tr" and (part == "body" or (tag, name) in _PARTING):
            self.heads, self.parted = "", True
        if part is not None:
            number = re.fullmatch(r"r([1-9][0-9]{0,6})", given.get("id", ""))
            depth = len(self._around)
            self._open = _Open(part, depth, int(number[1]) if number else None)
        elif f"{tag} {name}".strip() not in _AROUND:
            raise self._unknown(f"{tag} {name}".strip())

    def _inside(self, tag: str, part: _Open) -> None:
        if tag not in _INSIDE:
            raise self._unknown(f"{tag} in {part.part}")
        part.heads |= tag == "th"
        if part.text and not part.text.endswith(" "):
            part.text += _PARTED.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and the part that stands in it."""
        if not self._around:
            return
        if self._around.pop() != tag:
            raise self._unknown(f"/{tag}")
        self.closed = not self._around
        if self._open and self._open.depth == len(self._around):
            self._keep(self._open)
            self._open = None

    def handle_data(self, data: str) -> None:
        """Read text."""
        text = _shown(data)
        if self._open is not None:
            self._open.text += text
        elif self._around and text.strip():
            raise self._unknown("text outside every part")

    def _keep(self, part: _Open) -> None:
        if part.part == "note":
            labelled = part.number is not None
            text = part.text.partition(" – ")[2] if labelled else part.text  # noqa: RUF001
            self.notes.append(Note(part.number, text))
        elif self._around[-1] == "thead":
            self.again = part.text
            if self.parted:
                raise self._unknown("heads of a table that does not go on")
        elif part.part != _NOWHERE:
            self._add(part.part, part.text)
            self.heads = part.text if part.heads else self.heads

    def _add(self, part: str, text: str) -> None:
        if text:
            self.parts.setdefault(part, []).append(text)

    def _unknown(self, what: str) -> PageError:
        found = _CONTROL.sub("\ufffd", what[:60])
        return PageError(f"{self._path}: not a page of this press: found {found}")
