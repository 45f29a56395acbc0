"""Set in order what runs against its page, in the markup of a page.

Decides which elements are set by themselves: texts of blocks, captions, cells, items,
headlines and kickers of a list, each passage of what changed; not the lines of the
paper itself, nor what names its own direction. Everything it adds can be told from
everything else and taken out again.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import NamedTuple

from tamizdat.edition.bidi import (
    OBJECT,
    OTHER,
    WORDS,
    against,
    ends_against,
    is_any,
    runs_apart,
    texts_against,
)
from tamizdat.edition.blocks import Foreign
from tamizdat.edition.markup import EMPTY, Token
from tamizdat.edition.pages.marked import told
from tamizdat.edition.pages.outline import BLOCKS, CHANGES, Node, Role, outline

_APARTS = BLOCKS | EMPTY | CHANGES | {"bdi"}
_STARTS = frozenset({"p line", "p who"})  # stand at the side of what they begin
_LINE = '<li data-salt="">', "</li>"
_TAGS = re.compile(r"<[^<>]*>")
_WAY = ' dir="(?:ltr|rtl)"'
_TURNED = re.compile(
    rf'<({"|".join(sorted(BLOCKS))})((?: (?:class|scope)="[^"]*")?){_WAY}>'
)
_APART = re.compile(
    r"(?P<run><(?:ins|del)><span>\[(?:[^<]|<span[^<>]*>[^<]*</span>)*</span>)"
    rf"<bdi{_WAY}>|(?P<ours><bdi{_WAY}>)|<bdi[^<>]*>|(?P<end></bdi>)"
)
UNIT = re.compile(r"&[a-z0-9#]+;|.", re.DOTALL)  # one character as it is written


def directed(html: str, way: str, path: str = "page") -> str:
    """Set what runs against a page: `dir` of blocks, `bdi` around runs.

    Args:
        html: as the press writes it, of a page or a part of one.
        way: direction of the page.
        path: of the page, for messages.

    Raises:
        PageError: not markup as the press writes it, where it was read.
    """
    if not is_any(html, way):
        return html
    loud = list(texts_against(html, way))
    if not loud:
        return html
    edits: list[_Edit] = []
    _set(outline(html, path, loud), way, html, edits)
    pieces, at = [], 0
    for start, stop, what in sorted(edits, key=lambda one: one[:1]):
        pieces += [html[at:start], what]
        at = stop
    return "".join([*pieces, html[at:]])


def directed_line(text: str, way: str, foreign: Sequence[Foreign] = ()) -> str:
    """Write a text that stands by itself in a row, as a headline in a list.

    Args:
        text: as it is read.
        way: direction of the page.
        foreign: words of other languages in it.

    Returns:
        What stands in its link.
    """
    begin, end = "<a>", "</a>"
    row = directed_part(f"{begin}{_written(text, foreign)}{end}", way)
    return row.removeprefix(begin).removesuffix(end)


def _written(text: str, foreign: Sequence[Foreign]) -> str:
    line = told(text, foreign)
    return escape(text) if line is text else str(line)


def directed_part(html: str, way: str) -> str:
    """Set a link in order that stands by itself, whatever is beside it.

    Args:
        html: the link, as the press writes it.
        way: direction of the page.
    """
    begin, end = _LINE
    return directed(f"{begin}{html}{end}", way).removeprefix(begin).removesuffix(end)


def undirected(html: str, way: str, path: str = "page") -> str:
    """Take out what `directed` put in; markup that it would set otherwise stays.

    Args:
        html: of a page or a part of one.
        way: direction of its page.
        path: of the page, for messages.

    Raises:
        PageError: not markup as the press writes it.
    """
    plain = _joined(_TURNED.sub(r"<\1\2>", html), way)
    ours = plain != html and directed(plain, way, path) == html
    return plain if ours else html


def _joined(html: str, way: str) -> str:
    """Take out each `bdi` that names its direction, with its end.

    What was removed or added has one always: it gets the direction of the page again.
    """
    ours: list[bool] = []

    def kept(match: re.Match[str]) -> str:
        if match["end"]:
            return "" if ours and ours.pop() else match[0]
        ours.append(bool(match["ours"]))
        if match["run"]:
            return f'{match["run"]}<bdi dir="{way}">'
        return "" if match["ours"] else match[0]

    return _APART.sub(kept, html)


class _Edit(NamedTuple):
    """Text that comes in place of other text, or between it."""

    start: int
    stop: int
    text: str


def _put(at: int, text: str) -> _Edit:
    return _Edit(at, at, text)


def _set(
    node: Node, way: str, html: str, edits: list[_Edit], *, life: bool = False
) -> None:
    """Set an element and all below it, in a direction around it.

    `life`: whether a life beside it runs against that direction.
    """
    if node.role == Role.RUN:
        end = node.inside - len('">')
        if node.way not in {"", way}:
            edits.append(_Edit(end - len(node.way), end, way))
    elif node.way:
        way = node.way
    elif node.is_block:
        way = _block(node, way, edits, life=life)
    if node.sets_runs:
        _set_runs(node, way, html, edits)
    else:
        below = [one for one in node.children if isinstance(one, Node)]
        life = any(one.is_name for one in below) and any(
            against(one.own_words(), way) for one in below if not one.is_name
        )
        for one in below:
            _set(one, way, html, edits, life=life)


def _block(block: Node, way: str, edits: list[_Edit], *, life: bool) -> str:
    """Set a block the other way, where it runs so; an item keeps its list's side.

    Who wrote a story stands at the side of the page, or where their life begins.

    What stands in a row is told from what is beside it, too, where letters of both
    would be set as one run.

    Returns:
        The way it runs.
    """
    words, alone = block.words(), block.role == Role.ALONE
    stands = block.kind in _STARTS or (block.is_name and not life)
    turned = not stands and against(block.own_words(), way)
    own = OTHER[way] if turned else way
    if turned and not alone and block.name != "li":
        edits.append(_put(block.inside - 1, f' dir="{own}"'))
    elif turned or (alone and ends_against(words, way)):
        edits.append(_put(block.inside, f'<bdi dir="{own}">'))
        edits.append(_put(block.place[1] - len(f"</{block.name}>"), "</bdi>"))
    return own


@dataclass
class _Piece:
    """A text of a line, or words of another language that one letter stands for.

    Attributes:
        place: in the markup.
        around: elements it stands in.
        at: its first character in the line.
        end: where the next one begins, or what is set by itself.
        is_whole: it is never cut.
    """

    place: tuple[int, int]
    around: tuple[Node, ...]
    at: int
    end: int
    is_whole: bool


class _Line:
    """The pieces of one block, in order, and the text that they make."""

    def __init__(self, html: str) -> None:
        self.text = ""
        self._html = html
        self._pieces: list[_Piece] = []
        self._sources: dict[int, list[int]] = {}  # of a piece, by where it begins

    def add(self, one: Node | Token, around: tuple[Node, ...], way: str) -> None:
        """Put a text at the end, or what has a direction of its own."""
        if isinstance(one, Node) and not one.is_words(way):
            self.text += OBJECT
            return
        is_whole = isinstance(one, Node)
        text = WORDS[OTHER[way]] if isinstance(one, Node) else one.text
        at, end = len(self.text), len(self.text) + len(text)
        self._pieces.append(_Piece(one.place, around, at, end, is_whole))
        self.text += text

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """Find where a run stands in the markup: once, or in parts across elements."""
        low = bisect_right(self._pieces, start, key=lambda one: one.end)
        high = bisect_left(self._pieces, end, key=lambda one: one.at)
        some = self._pieces[low:high]
        parts = [
            (
                self._source(one, max(start, one.at)),
                self._source(one, min(end, one.end)),
            )
            for one in some
        ]
        first, last = some[0].around, some[-1].around
        shared = sum(a is b for a, b in zip(first, last, strict=False))
        opened, closed = parts[0][0], parts[-1][1]
        before = first[shared].place[0] if len(first) > shared else opened
        after = last[shared].place[1] if len(last) > shared else closed
        around = self._html[before:opened], self._html[closed:after]
        crossed = any(_TAGS.sub("", one) for one in around)
        return parts if crossed else [(before, after)]

    def _source(self, piece: _Piece, at: int) -> int:
        """Find a character of the text in the markup, where escapes are longer."""
        start, end = piece.place
        if piece.is_whole:
            return start if at == piece.at else end
        if piece.at not in self._sources:
            units = UNIT.findall(self._html[start:end])
            self._sources[piece.at] = list(accumulate(map(len, units), initial=start))
        return self._sources[piece.at][at - piece.at]


def _set_runs(block: Node, way: str, html: str, edits: list[_Edit]) -> None:
    """Tell the runs of one block apart, as they stand in its elements."""
    line, apart = _Line(html), list[tuple[int, Node]]()
    for one, around in _inline(block, ()):
        if isinstance(one, Node):
            apart.append((len(line.text), one))
        line.add(one, around, way)
    runs = runs_apart(line.text, way)
    for at, node in apart:
        last = bisect_right(runs, at, key=lambda run: run[0]) - 1
        is_in_run = last >= 0 and at < runs[last][1]
        _set(node, OTHER[way] if is_in_run else way, html, edits)
    for start, end in runs:
        for opened, closed in line.places(start, end):
            edits.append(_put(opened, f'<bdi dir="{OTHER[way]}">'))
            edits.append(_put(closed, "</bdi>"))


def _inline(
    node: Node, around: tuple[Node, ...]
) -> Iterator[tuple[Node | Token, tuple[Node, ...]]]:
    """List what stands in a line, and what is set by itself there."""
    for one in node.children:
        apart = isinstance(one, Token) or one.way or one.name in _APARTS
        if isinstance(one, Token) or apart or one.role != Role.NONE:
            yield one, around
        else:
            yield from _inline(one, (*around, one))
