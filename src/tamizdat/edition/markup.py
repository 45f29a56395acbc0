"""Read markup of the one spelling in which the press writes it, and refuse any other.

Browsers repair what is malformed, each in a way of its own. Markup that needs no repair
means the same to all of them, so that nothing can be hidden from this reader that a
browser would show, or the other way round.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from tamizdat.edition.errors import PageError

EMPTY = frozenset({"br", "img", "source", "meta", "link"})
DEPTH = 32  # elements in one another, at most; the press writes no ten

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z:-]+="[^"<>]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z:-]+)="([^"]*)"')
_LOOSE = re.compile(r"&(?!(?:lt|gt|amp|quot|#x27|#x2f);)")
_SHOWN = 60  # characters of what was found


class Token(NamedTuple):
    """A tag or a text.

    Attributes:
        name: of the element; "" for a text.
        end: it closes the element.
        given: attributes, unescaped.
        text: unescaped; "" for a tag.
        place: where it starts and stops in the markup.
    """

    name: str
    end: bool
    given: Mapping[str, str]
    text: str
    place: tuple[int, int]


@dataclass
class Element:
    """An element with what stands in it. `inner`: its markup, as it was written."""

    name: str
    given: Mapping[str, str]
    inner: str = ""
    children: list["Element | str"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its name and class."""
        return f"{self.name} {self.given.get('class', '')}".strip()


def tokens(markup: str, path: str) -> Iterator[Token]:
    """Cut markup into tags and texts.

    Raises:
        PageError: a tag, an attribute or an escape of another spelling.
    """
    at = 0
    while at < len(markup):
        token = token_at(markup, at, path)
        yield token
        at = token.place[1]


def token_at(markup: str, at: int, path: str) -> Token:
    """Cut off the tag or text that begins at a place. Raises as `tokens`."""
    match = _TOKEN.match(markup, at)
    if match is None:
        raise strange(path, markup[at:])
    given = _given(match[3], path) if match[3] else {}
    text = plain(match[4], path) if match[4] else ""
    return Token(match[2] or "", match[1] == "/", given, text, match.span())


def _given(text: str, path: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(text)
    given = {name: plain(value, path) for name, value in pairs}
    if len(given) != len(pairs):
        raise strange(path, f"an attribute twice:{text}")
    return given


def plain(text: str, path: str) -> str:
    """Take the escapes out of a text.

    Raises:
        PageError: another escape than those the press writes.
    """
    if "&" not in text:
        return text
    if match := _LOOSE.search(text):
        raise strange(path, text[match.start() :])
    return unescape(text)


def parse(markup: str, path: str) -> list[Element | str]:
    """Read elements and texts, each inside the one that holds it.

    Raises:
        PageError: as `tokens`; an element is not closed, or another one is, or more
            than DEPTH stand in one another.
    """
    top = Element("", {})
    around = [(top, 0)]
    for token in tokens(markup, path):
        inside, begun = around[-1]
        if not token.name:
            inside.children.append(token.text)
        elif not token.end:
            one = Element(token.name, token.given)
            inside.children.append(one)
            if token.name not in EMPTY:
                around.append((one, token.place[1]))
            if len(around) - 1 > DEPTH:  # what is asked of each asks those in it
                raise strange(path, markup[token.place[0] :])
        elif token.given or inside.name != token.name:
            raise strange(path, markup[token.place[0] :])
        else:
            inside.inner = markup[begun : token.place[0]]
            around.pop()
    if len(around) > 1:
        raise PageError(f"{path}: {around[-1][0].name} is not closed")
    return top.children


def strange(path: str, found: str) -> PageError:
    """Make the error about something the press does not write."""
    return PageError(
        f"{path}: expected markup as the press writes it, found {found[:_SHOWN]!a}"
    )


def only(parent: Element, name: str, path: str) -> Element:
    """Take the one bare element that stands in another.

    Raises:
        PageError: another one, more than one, or one with attributes.
    """
    match parent.children:
        case [Element(name=found, given=given) as one] if found == name and not given:
            return one
    raise strange(path, parent.inner)
