"""Read the elements of a page that may have to be set in order.

Decides what an element is to the line or the row it stands in: a text by itself, a part
of one, a run that was removed or added. An element without a letter against the page is
passed over unread, unless it is part of a line that has one.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tamizdat.edition.bidi import OTHER, is_any
from tamizdat.edition.markup import DEPTH, EMPTY, Token, strange, token_at

BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "ul", "li", "th", "td", "blockquote", "figcaption"}
)
CHANGES = frozenset({"ins", "del"})
_CLASSES = frozenset(
    {"", "stand", "credit", "said", "head", "set", "who", "embed"}
    | {"kick", "links", "long", "where", "line"}
)
_ROWS = frozenset({"p kick", "p links", "nav bar", "div"})  # and a line of a list
_ALONE = frozenset({"a", "small"})  # what stands in a row
_NAMED = re.compile(' dir="')


class Role(Enum):
    """What an element is to the one it stands in, where that is a special one."""

    NONE = auto()
    ALONE = auto()  # a headline, a kicker, a tag: set by itself, whatever is beside it
    RUN = auto()  # what was removed or added: set as its passage is
    LABEL = auto()  # the paper's own words beside such a run


@dataclass
class Node:
    """An element.

    Attributes:
        place: of its whole markup.
        inside: where its tag ends.
        is_read: what stands in it is, whatever it says: it is part of a line, or in an
            element that names a direction.
        is_name: it says who wrote the story.
    """

    name: str
    given: Mapping[str, str]
    place: tuple[int, int]
    inside: int
    role: Role = Role.NONE
    is_read: bool = False
    is_name: bool = False
    children: list["Node | Token"] = field(default_factory=list)

    @property
    def way(self) -> str:
        """The direction it names itself, or ""."""
        return self.given.get("dir", "")

    @property
    def is_block(self) -> bool:
        """Whether its text is set by itself, and is not the paper's own."""
        ours = self.name in BLOCKS and self.given.get("class", "") in _CLASSES
        return ours or self.role == Role.ALONE

    @property
    def sets_runs(self) -> bool:
        """Whether runs are told apart in it, and in all that stands in its line."""
        named = self.way and self.name != "bdi"
        return self.is_block or self.role == Role.RUN or bool(named)

    @property
    def kind(self) -> str:
        """Its name and class."""
        return f"{self.name} {self.given.get('class', '')}".strip()

    def role_of(self, name: str) -> Role:
        """Tell what an element of a name is that stands in this one."""
        if self.name in CHANGES:
            return Role.RUN if name == "bdi" else Role.LABEL
        row = self.kind in _ROWS or (self.kind == "li" and "data-salt" in self.given)
        return Role.ALONE if row and name in _ALONE else Role.NONE

    def words(self) -> str:
        """Give its text, but for what is set by itself or has a direction."""
        return "".join(
            one.text if isinstance(one, Token) else one.words()
            for one in self.children
            if isinstance(one, Token) or one.is_part
        )

    def own_words(self) -> str:
        """Give its text but for words named as of a language, where any are left."""
        rest = _bare(self)
        return rest if any(is_any(rest, way) for way in OTHER) else self.words()

    @property
    def is_part(self) -> bool:
        """Whether its words are words of the block it stands in."""
        if self.role != Role.NONE:
            return self.role == Role.RUN
        return self.name == "span" or not self.way

    def is_words(self, way: str) -> bool:
        """Whether it is words against a direction: of a language, or that changed."""
        words = self.words()
        named = self.name == "span" and self.way == OTHER[way]
        changed = self.name in CHANGES and not is_any(words, OTHER[way])
        return (named or changed) and is_any(words, way)


def _bare(node: Node) -> str:
    """Give a text but for words that are named as of a language."""
    return "".join(
        one.text if isinstance(one, Token) else _bare(one)
        for one in node.children
        if isinstance(one, Token)
        or (one.is_part and not (one.name == "span" and one.way))
    )


class _Quiet:
    """Where markup has nothing to set, whatever is done around it."""

    def __init__(self, html: str, against: list[int]) -> None:
        """Note letters that run against the page, and what names a direction."""
        self._html = html
        named = (match.start() for match in _NAMED.finditer(html))
        self._loud = sorted([*against, *named])

    def end(self, token: Token) -> int | None:
        """Tell where an element ends that is quiet; None for one to be read.

        One with another of its name inside is read, lest the wrong end be found.
        """
        start, after = token.place
        end = self._html.find(f"</{token.name}>", after)
        loud = self._loud[bisect_left(self._loud, start) :][:1]
        if end < 0 or (loud and loud[0] < end):
            return None
        inner = self._html.find(f"<{token.name}", after, end)
        return end + len(f"</{token.name}>") if inner < 0 else None


def outline(html: str, path: str, against: list[int]) -> Node:
    """Read the elements of markup, but for quiet ones outside of any line.

    Args:
        html: as the press writes it.
        path: of the page, for messages.
        against: where letters stand that run against the page.

    Returns:
        An element around all of them.

    Raises:
        PageError: not markup as the press writes it.
    """
    quiet = _Quiet(html, against)
    top = Node("", {}, (0, len(html)), 0)
    around, at = [top], 0
    while at < len(html):
        token = token_at(html, at, path)
        inside, at = around[-1], token.place[1]
        if not token.name:
            inside.children.append(token)
        elif token.end:
            if inside.name != token.name:
                raise strange(path, html[token.place[0] :])
            one = around.pop()
            one.place = one.place[0], at
        elif not inside.is_read and (end := quiet.end(token)):
            at = end
        else:
            role = inside.role_of(token.name)
            one = Node(token.name, token.given, token.place, at, role)
            one.is_read = inside.is_read or one.sets_runs or bool(one.way)
            one.is_name = inside.kind == "div by" and html.startswith("<strong>", at)
            inside.children.append(one)
            if token.name not in EMPTY:
                around.append(one)
            if len(around) - 1 > DEPTH or one.way not in {"", *OTHER}:
                raise strange(path, html[token.place[0] :])
    return top
