"""Cut a text into pieces and lay the pieces on pages of a limited size.

Decides where a page ends: between pieces where that can be, then between rows or
sentences, then between words, then between letters. No character is lost or repeated.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile
from typing import Any

from minijinja import Markup

from tamizdat.edition.blocks import Foreign, Mark
from tamizdat.edition.compare import ADDED, REMOVED
from tamizdat.edition.cuts import good_end
from tamizdat.edition.foreign import spoken
from tamizdat.edition.pages.marked import marked
from tamizdat.edition.pages.widths import may_scroll
from tamizdat.edition.unsaid import Unsaid

_CHANGED = (REMOVED, ADDED)
_HEADINGS = ("subhead", "set", "post")
WORTH_CUTTING = 1_000  # bytes; less room than this is left empty
_HEADS = 1_000  # bytes of a row of heads that is said again on each page


@dataclass(frozen=True)
class Run:
    """A stretch of what changed. `change`: removed, added or ""; `words`: escaped."""

    change: str
    words: Markup


@dataclass(slots=True)  # frozen, each of its fields would be set by a call
class Piece:
    """A part of an article that stands by itself; never changed once made.

    Attributes:
        kind: of a body block, or note, credit, byline, onward; of changes: release,
            changed; set, file, said, post, related are parts of what `makeup` takes
            apart.
        label: a name or a heading in front of the text.
        aside: a role or a date beside the label.
        anchor: what a link can point to, or "".
        href: what a note or a name links to, or ""; escaped already.
        whole: the beginning of its block stands in it.
        shown: what a template needs to know of a medium, a link or a face.
        heads: of a table, the row that names its columns; again where it goes on.
        inner: what stands in a box.
        deep: it stands under a heading of its own.
        unsaid: what a byline says instead of what it leaves out; of a whole one, what
            it would say without role, and without the rest, where it has them.
        foreign: words in other languages, for texts that have no marks.
    """

    kind: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    aside: str = ""
    anchor: str = ""
    href: str = ""
    whole: bool = True
    shown: Any = None
    heads: tuple[str, ...] = ()
    inner: tuple["Piece", ...] = ()
    deep: bool = False
    unsaid: tuple[Unsaid, ...] = ()
    foreign: tuple[Foreign, ...] = ()

    @property
    def marked(self) -> Markup:
        """The text with the elements of its marks."""
        return marked(self.text, self.marks)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The text, cut where something was removed or added, with its languages."""
        edges = {0, len(self.text)}
        changes = [mark for mark in self.marks if mark.kind in _CHANGED]
        edges.update(edge for mark in changes for edge in (mark.start, mark.end))
        return tuple(self._run(*part) for part in pairwise(sorted(edges)))

    def _run(self, start: int, end: int) -> Run:
        over = [m.kind for m in self.marks if m.start <= start and end <= m.end]
        change = next((kind for kind in _CHANGED if kind in over), "")
        named = [mark for mark in self.marks if mark.language]
        words = marked(self.text[start:end], _shift(clip(named, end), start))
        return Run(change, words)

    @property
    def scrolls(self) -> bool:
        """Whether it is a table that may be wider than a phone."""
        return may_scroll((self.heads, *self.rows))

    @property
    def plain(self) -> str:
        """All its characters in order, without label."""
        rows = "".join(cell for row in self.rows for cell in row)
        return self.text or rows or "".join(piece.plain for piece in self.inner)

    def cut(self, at: int) -> tuple["Piece", "Piece"]:
        """Cut after `at` characters."""
        if self.inner:
            over, under = _cut_pieces(self.inner, at)
            tail = replace(self, inner=under, label="", whole=False)
            return replace(self, inner=over), tail
        if not self.rows:
            return self._cut_text(at)
        above, below = _cut_rows(self.rows, at)
        # No heads are said again that end behind the cut, or take the room of the text.
        said = not self.whole or below[:1] == self.rows[1:2] or len(above) > 1
        heads = self.heads if said and _is_short(self.heads) else ()
        halves = _halves(self, above, below)
        tail = replace(self, rows=below, whole=False, heads=heads, foreign=halves)
        return replace(self, rows=above, foreign=halves), tail

    def _cut_text(self, at: int) -> tuple["Piece", "Piece"]:
        tail = replace(
            self,
            text=self.text[at:],
            marks=_shift(self.marks, at),
            label="",
            aside="",
            anchor="",
            href="",
            whole=False,
            shown=None,
        )
        head = replace(self, text=self.text[:at], marks=clip(self.marks, at))
        return head, tail


def _is_short(heads: tuple[str, ...]) -> bool:
    return len("".join(heads).encode()) <= _HEADS


def clip(marks: Iterable[Mark], at: int) -> tuple[Mark, ...]:
    """Leave of marks what stands before `at`."""
    return tuple(replace(m, end=min(m.end, at)) for m in marks if m.start < at)


def _shift(marks: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    return tuple(
        replace(m, start=max(m.start - by, 0), end=m.end - by)
        for m in marks
        if m.end > by
    )


def _cut_pieces(
    pieces: tuple[Piece, ...], at: int
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut pieces after `at` characters; one that is cut stands on both sides."""
    ends = list(accumulate(len(piece.plain) for piece in pieces))
    full = sum(1 for end in ends if end <= at)
    rest = at - (ends[full - 1] if full else 0)
    if rest == 0:
        return pieces[:full], pieces[full:]
    head, tail = pieces[full].cut(rest)
    return (*pieces[:full], head), (tail, *pieces[full + 1 :])


def _cut_rows(
    rows: tuple[tuple[str, ...], ...], at: int
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Cut a table after `at` characters; a row that is cut stands on both sides."""
    ends = list(accumulate(len("".join(row)) for row in rows))
    full = sum(1 for end in ends if end <= at)
    rest = at - (ends[full - 1] if full else 0)
    if rest == 0:
        return rows[:full], rows[full:]
    above, below = _cut_row(rows[full], rest)
    return (*rows[:full], above), (below, *rows[full + 1 :])


def _cut_row(row: tuple[str, ...], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    above: list[str] = []
    for cell in row:
        above.append(cell[:at])
        at -= len(above[-1])
    below = [cell[len(head) :] for cell, head in zip(row, above, strict=True)]
    return tuple(above), tuple(below)


_Rows = tuple[tuple[str, ...], ...]


def _halves(table: Piece, above: _Rows, below: _Rows) -> tuple[Foreign, ...]:
    """Add what a cut leaves of words in a cell, where no other words say the same."""
    foreign, rows = table.foreign, len(above) + len(below)
    if not (foreign and above and below) or rows == len(table.rows):
        return foreign
    found = list(foreign)
    for head, tail in zip(above[-1], below[0], strict=True):
        cell, at = head + tail, len(head)
        for mark in spoken(cell, foreign):
            if mark.language and mark.start < at < mark.end:
                parts = cell[mark.start : at].strip(), cell[at : mark.end].strip()
                found += (Foreign(one, mark.language) for one in parts if one)
    said = "\t".join(cell for row in (table.heads, *above, *below) for cell in row)
    ours, halves = found[: len(foreign)], found[len(foreign) :]
    return (*ours, *(one for one in halves if len(spoken(said, (one,))) == 1))


def posts_first(
    pieces: Sequence[Piece], room: int, size: Callable[[Piece], int]
) -> tuple[list[Piece], list[Piece]]:
    """Part what a live story begins with from what can wait for pages of its own.

    Args:
        pieces: the whole text.
        room: bytes of the paragraphs that may stand above the posts.
        size: bytes one piece takes.

    Returns:
        The paragraphs that lead to the posts with all posts, and the rest; each in
        order. Without posts there is no rest.
    """
    if not any(piece.kind == "post" for piece in pieces):
        return list(pieces), []
    before = list(takewhile(lambda piece: piece.kind == "paragraph", pieces))
    taken = accumulate(map(size, before))
    led = sum(1 for bytes_ in taken if bytes_ <= room)
    posts = [one for one in pieces if one.kind == "post" or one.deep]
    rest = [one for one in pieces[led:] if one.kind != "post" and not one.deep]
    return [*pieces[:led], *posts], rest


def lay(
    pieces: Sequence[Piece], rooms: Callable[[int], int], size: Callable[[Piece], int]
) -> list[list[Piece]]:
    """Lay pieces on pages, in order.

    Args:
        pieces: the whole text.
        rooms: bytes free on a page, by its number from 0.
        size: bytes one piece takes.

    Returns:
        The pieces of each page; at least one page.
    """
    pages: list[list[Piece]] = [[]]
    left = rooms(0)
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        if (needed := size(piece)) <= left:
            pages[-1].append(piece)
            left -= needed
            continue
        fresh = rooms(len(pages))
        begins = not pages[-1] and bool(piece.text)  # a text fills a page it begins
        if (needed > fresh or begins) and left >= WORTH_CUTTING:
            head, tail = _fit(piece, left, size)
            pages[-1].append(head)
            waiting.append(tail)
        else:
            waiting.extend([piece, *_orphans(pages[-1])])
        pages.append([])
        left = fresh
    return pages


def _orphans(page: list[Piece]) -> list[Piece]:
    """Take back a heading that would stand alone at the end of a page."""
    return [page.pop()] if len(page) > 1 and page[-1].kind in _HEADINGS else []


def _fit(piece: Piece, room: int, size: Callable[[Piece], int]) -> tuple[Piece, Piece]:
    """Cut a piece so that its head fits into a room.

    Raises:
        ValueError: not even one character fits.
    """
    low, high = 0, len(piece.plain)
    while low < high - 1:
        middle = (low + high) // 2
        if size(piece.cut(middle)[0]) <= room:
            low = middle
        else:
            high = middle
    if low == 0:
        raise ValueError(f"{piece.kind}: nothing of it fits into {room} bytes")
    return piece.cut(_good_end(piece, low))


def _good_end(piece: Piece, most: int) -> int:
    """Find the best place to end a page, not after `most` characters."""
    rows = [len("".join(row)) for row in piece.rows]
    ends = list(accumulate(rows or (len(inner.plain) for inner in piece.inner)))
    least = ends[0] if piece.heads and piece.whole else 0  # heads alone say nothing
    if good := [end for end in ends if least < end <= most]:
        return good[-1]
    if piece.inner:
        return _good_end(piece.inner[0], most)
    least = least if least < most else 0
    return least + good_end(piece.plain[least:], most - least)
