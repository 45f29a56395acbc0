"""Set in order what runs against its page, in the markup of an article.

Decides which elements are set by themselves: texts of blocks, captions, cells, items;
not the lines of the paper itself, nor what names its own direction. Everything it adds
can be told from everything else and taken out again.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tamizdat.edition.bidi import OBJECT, OTHER, against, is_any, runs_apart
from tamizdat.edition.markup import EMPTY, Token, strange, tokens

_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "ul", "li", "th", "td", "blockquote", "figcaption"}
)
_APARTS = _BLOCKS | EMPTY | {"bdi"}
_CLASSES = frozenset({"", "stand", "credit", "said", "head", "set", "who", "embed"})
_TAGS = re.compile(r"<[^<>]*>")
_ESCAPES = re.compile(r"&[a-z0-9#]+;")
_TURNED = re.compile(
    rf'<({"|".join(sorted(_BLOCKS))})((?: (?:class|scope)="[^"]*")?) dir="(?:ltr|rtl)">'
)
_APART = re.compile('(<bdi dir="(?:ltr|rtl)">)|<bdi>|</bdi>')
_DEPTH = 32  # elements in one another; the press writes no ten
_UNIT = re.compile(r"&[a-z0-9#]+;|.", re.DOTALL)  # one character as it is written


def directed(html: str, way: str) -> str:
    """Set what runs against a page: `dir` of blocks, `bdi` around runs.

    Args:
        html: as the press writes it, of an article or a part of one.
        way: direction of the page.
    """
    if not is_any(_ESCAPES.sub(" ", _TAGS.sub(" ", html)), way):
        return html
    put: list[tuple[int, str]] = []
    _set(_tree(html), way, html, put)
    pieces, at = [], 0
    for place, what in sorted(put, key=lambda one: one[0]):
        pieces += [html[at:place], what]
        at = place
    return "".join([*pieces, html[at:]])


def undirected(html: str, way: str) -> str:
    """Take out what `directed` put in; markup that it would set otherwise stays.

    Args:
        html: of an article.
        way: direction of its page.

    Raises:
        PageError: not markup as the press writes it.
    """
    plain = _joined(_TURNED.sub(r"<\1\2>", html))
    return plain if plain != html and directed(plain, way) == html else html


def _joined(html: str) -> str:
    """Take out each `bdi` that names its direction, with its end."""
    ours: list[bool] = []

    def kept(match: re.Match[str]) -> str:
        if match[0] != "</bdi>":
            ours.append(bool(match[1]))
            return "" if match[1] else match[0]
        return "" if ours and ours.pop() else match[0]

    return _APART.sub(kept, html)


@dataclass
class _Node:
    """An element. `place`: of its whole markup; `inside`: where its tag ends."""

    name: str
    given: dict[str, str]
    place: tuple[int, int]
    inside: int
    children: list["_Node | Token"] = field(default_factory=list)

    @property
    def way(self) -> str:
        """The direction it names itself, or ""."""
        return self.given.get("dir", "")

    @property
    def is_block(self) -> bool:
        """Whether its text is set by itself, and is not the paper's own."""
        return self.name in _BLOCKS and self.given.get("class", "") in _CLASSES

    def words(self) -> str:
        """Give its text, but for links and names that have a direction."""
        return "".join(
            one.text if isinstance(one, Token) else one.words()
            for one in self.children
            if isinstance(one, Token) or one.name == "span" or not one.way
        )


def _tree(html: str) -> _Node:
    top = _Node("", {}, (0, len(html)), 0)
    around = [top]
    for token in tokens(html, "page"):
        if not token.name:
            around[-1].children.append(token)
        elif token.end:
            if around[-1].name != token.name:
                raise strange("page", html[token.place[0] :])
            one = around.pop()
            one.place = one.place[0], token.place[1]
        else:
            one = _Node(token.name, dict(token.given), token.place, token.place[1])
            around[-1].children.append(one)
            if token.name not in EMPTY:
                around.append(one)
            if len(around) > _DEPTH:
                raise strange("page", html[token.place[0] :])
    return top


def _set(node: _Node, way: str, html: str, put: list[tuple[int, str]]) -> None:
    """Set an element and all below it, in a direction around it."""
    if node.way:
        way = node.way
    elif node.is_block and against(node.words(), way):
        way = OTHER[way]
        _turn(node, way, put)
    if node.is_block or (node.way and node.name != "bdi"):
        _set_runs(node, way, html, put)
    else:
        for one in node.children:
            if isinstance(one, _Node):
                _set(one, way, html, put)


def _turn(block: _Node, way: str, put: list[tuple[int, str]]) -> None:
    """Set a block the other way; an item keeps its mark on the side of its list."""
    if block.name == "li":
        put.append((block.inside, f'<bdi dir="{way}">'))
        put.append((block.place[1] - len("</li>"), "</bdi>"))
    else:
        put.append((block.inside - 1, f' dir="{way}"'))


@dataclass
class _Piece:
    """A text of a line. `around`: elements it stands in; `at`: its first character."""

    token: Token
    around: tuple[_Node, ...]
    at: int


def _set_runs(block: _Node, way: str, html: str, put: list[tuple[int, str]]) -> None:
    """Tell the runs of one block apart, as they stand in its elements."""
    pieces: list[_Piece] = []
    line = ""
    for one, around in _inline(block, ()):
        if isinstance(one, Token):
            pieces.append(_Piece(one, around, len(line)))
            line += one.text
        else:
            line += OBJECT
            _set(one, way, html, put)
    for start, end in runs_apart(line, way):
        for opened, closed in _places(pieces, start, end, html):
            put.append((opened, f'<bdi dir="{OTHER[way]}">'))
            put.append((closed, "</bdi>"))


def _inline(
    node: _Node, around: tuple[_Node, ...]
) -> Iterator[tuple[_Node | Token, tuple[_Node, ...]]]:
    """List what stands in a line, and what is set by itself there."""
    for one in node.children:
        if isinstance(one, Token) or one.way or one.name in _APARTS:
            yield one, around
        else:
            yield from _inline(one, (*around, one))


def _places(
    pieces: list[_Piece], start: int, end: int, html: str
) -> list[tuple[int, int]]:
    """Find where a run stands in the markup: once, or in parts where elements cross."""
    some = [p for p in pieces if p.at < end and p.at + len(p.token.text) > start]
    parts = [
        (
            _source(one, max(start - one.at, 0), html),
            _source(one, min(end - one.at, len(one.token.text)), html),
        )
        for one in some
    ]
    first, last = some[0].around, some[-1].around
    shared = sum(a is b for a, b in zip(first, last, strict=False))
    opened, closed = parts[0][0], parts[-1][1]
    before = first[shared].place[0] if len(first) > shared else opened
    after = last[shared].place[1] if len(last) > shared else closed
    crossed = _TAGS.sub("", html[before:opened]) + _TAGS.sub("", html[closed:after])
    return parts if crossed else [(before, after)]


def _source(piece: _Piece, at: int, html: str) -> int:
    """Find a character of a text in its markup, where escapes are longer."""
    start, end = piece.token.place
    units = _UNIT.findall(html[start:end])
    return start + sum(map(len, units[:at]))
