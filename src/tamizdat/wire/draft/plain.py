"""Turn running text without markup into passages: teletype, mail, one long <p>.

A new paragraph begins after an empty line, at an indent, or where a line ends a
sentence before its margin is full. Rows of columns become a table, lines with
bullets a list; agate that has neither becomes a list of its lines.
"""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.text import one_line, typeset
from tamizdat.wire.items import Block

_BULLET = re.compile(r"^\s*(?:[*\u2022\u25aa\u25cf\u25a0\u00b7]|--|\+)\s+(?=\S)")
_COLUMNS = re.compile(r"(?:\t+|\.{4,}| {2,})(?=\S)")
_NUMBERS = re.compile(r"[+-]?\d*[.,:-]?\d+(?: [+-]?\d*[.,:-]?\d+)+")
_CELL = 80  # letters of numbers that ran together
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_ENDED = re.compile(
    r"[.!?\u2026:;\u3002\u061f\u06d4\u0964][\"'\u201d\u00bb\u2019)\]]*\s*$"
)
_WIDEST = 100  # columns; a longer line was not cut at a margin
_LEAST_WIDTH = 30  # columns; nobody cuts text at less
_INDENT = 2  # columns that open a paragraph
_TAB = 8
_LEAST_ROWS = 2  # of a table or a list
_MOST_END = 0.7
_LEAST_END = 0.4
_LEAST_LINES = 5  # so many that open as sentences do are no chance
_OPENED = re.compile(
    r"[\"'\u2018\u201c\u00ab\u201e(\u2014\u2013-]{0,2}\s?[^\W\d_a-z\u00df-\u00ff\u0430-\u045f]"
)
_RAGGED = 9  # columns by which a margin may be missed


def passages_of_text(
    text: str, line: int, role: str | None = None, *, indent: int = _INDENT
) -> list[Passage]:
    """Turn text into passages.

    Args:
        text: with the line ends of the file.
        line: of the file, on which the text begins.
        role: what markup said about it.
        indent: columns that open a paragraph.
    """
    # Copy in wide scripts opens a paragraph with one wide space.
    wide = re.sub("^\u3000", "  ", text, flags=re.MULTILINE)
    rows = [
        (number, row.expandtabs(_TAB).rstrip())
        for number, row in enumerate(wide.split("\n"), start=line)
    ]
    groups = [
        (shape, list(group))
        for shape, group in groupby(rows, key=lambda row: _shape(row[1]))
    ]
    _move_heads(groups)
    return [p for shape, group in groups for p in _passages(shape, group, role, indent)]


def _move_heads(groups: list[tuple[str, list[tuple[int, str]]]]) -> None:
    """Put the line of words right above rows of as many cells into their table."""
    for (shape, above), (below, table) in pairwise(groups):
        if shape != "text" or below != "row" or not above[-1][1].strip():
            continue
        cells = len(_cells(above[-1][1]))
        if cells > 1 and cells == len(_cells(table[0][1])):
            table.insert(0, above.pop())


def levelled(text: str) -> str:
    """Indent the first line as the others are: markup stood before it."""
    first, *others = text.split("\n")
    indents = [_indent(row) for row in others if row.strip()]
    if not first[:1].strip() or not indents:
        return text
    return "\n".join([" " * min(indents) + first, *others])


def preformatted(text: str, line: int, role: str | None = None) -> list[Passage]:
    """Turn agate into a table where it has columns, else a list of its lines."""
    rows = [(n, r.expandtabs(_TAB)) for n, r in enumerate(text.split("\n"), start=line)]
    rows = [(number, row) for number, row in rows if row.strip()]
    if not rows:
        return []
    lines = tuple(one_line(row) for _, row in rows)
    if sum(1 for _, row in rows if _shape(row) == "row") * 2 >= len(rows):
        block = Block("table", rows=tuple(_cells(row) for _, row in rows))
    elif len(lines) < _LEAST_ROWS:
        block = Block("paragraph", lines[0])
    else:
        block = Block("list", items=lines)
    return [Passage(block, rows[0][0], role)]


def _shape(row: str) -> str:
    if _BULLET.match(row):
        return "item"
    cells = _cells(row)
    numbers = sum(1 for cell in cells if any(map(str.isdigit, cell)))
    return "row" if len(cells) > _LEAST_ROWS or (numbers and len(cells) > 1) else "text"


def _cells(row: str) -> tuple[str, ...]:
    cells = (one_line(cell) for cell in _COLUMNS.split(row.strip()))
    return tuple(part for cell in cells for part in _numbers(cell))


def _numbers(cell: str) -> list[str]:
    """Part numbers between which one space stands, unless it parts thousands."""
    several = (
        len(cell) <= _CELL
        and _NUMBERS.fullmatch(cell)
        and not _THOUSANDS.fullmatch(cell)
    )
    return cell.split() if several else [cell]


def _passages(
    shape: str, rows: list[tuple[int, str]], role: str | None, indent: int
) -> Iterator[Passage]:
    if shape == "text" or len(rows) < _LEAST_ROWS:
        for number, text in _paragraphs(rows, indent):
            yield Passage(Block("paragraph", typeset(text)), number, role)
    elif shape == "item":
        items = tuple(typeset(one_line(_BULLET.sub("", row))) for _, row in rows)
        yield Passage(Block("list", items=items), rows[0][0], role)
    else:
        cells = tuple(_cells(row) for _, row in rows)
        yield Passage(Block("table", rows=cells), rows[0][0], role)


def _paragraphs(rows: list[tuple[int, str]], indent: int) -> Iterator[tuple[int, str]]:
    width = max((len(row) for _, row in rows), default=0)
    if _open_each(rows) or _indent_each(rows):
        yield from ((number, one_line(row)) for number, row in rows if row.strip())
        return
    if _end_each(rows):
        width = _WIDEST + 1
    least = indent + min((_indent(row) for _, row in rows if row.strip()), default=0)
    open_rows: list[str] = []
    start, before = 0, ""
    for number, row in rows:
        if open_rows and (not row or _opens(before, row, width, least)):
            yield start, one_line(" ".join(open_rows))
            open_rows = []
        if row.strip():
            start = start if open_rows else number
            open_rows.append(row)
        before = row
    if open_rows:
        yield start, one_line(" ".join(open_rows))


def _end_each(rows: list[tuple[int, str]]) -> bool:
    """Tell whether most lines end a sentence: then each is a paragraph of its own."""
    lines = [row for _, row in rows if row.strip()][:-1]
    ended = sum(1 for row in lines if _ENDED.search(row))
    return bool(lines) and ended >= len(lines) * _MOST_END


def _open_each(rows: list[tuple[int, str]]) -> bool:
    """Tell whether each line opens as a sentence does: then none goes on below.

    Who cuts lines at a margin cuts before small letters, too, and more than once.
    """
    lines = [row.strip() for _, row in rows if row.strip()]
    ended = sum(1 for row in lines if _ENDED.search(row))
    opened = len(lines) >= _LEAST_LINES and all(map(_OPENED.match, lines))
    if not opened or ended < len(lines) * _LEAST_END:
        return False
    # German nouns open as sentences do, too: then lines end at the margin.
    rows_ = [row for _, row in rows if row.strip()]
    full = [_is_full(*pair, rows_) for pair in pairwise(rows_) if not _stops(pair[0])]
    return not full or sum(full) * 2 <= len(full)


def _stops(row: str) -> bool:
    return _ENDED.search(row) is not None


def _is_full(row: str, below: str, rows: list[str]) -> bool:
    """Tell a line behind which the next word found no room."""
    width = max(map(len, rows))
    word = below.split(maxsplit=1)[0]
    return width <= _WIDEST and len(row) + 1 + len(word) > width - _RAGGED


def _indent_each(rows: list[tuple[int, str]]) -> bool:
    """Tell lines that are all indented and each a paragraph: none was cut at a margin.

    In a text that was cut, the next word found no room behind nearly every line.
    """
    lines = [row for _, row in rows if row.strip()]
    if len(lines) < _LEAST_ROWS or len(set(map(_indent, lines))) > 1:
        return False
    width = max(map(len, lines))
    if _indent(lines[0]) >= _INDENT and width > _WIDEST:
        return True
    opened = all(map(_OPENED.match, map(str.strip, lines)))
    if not opened or _indent(lines[0]) < 1:
        return False
    roomy = sum(not _is_full(*pair, lines) for pair in pairwise(lines))
    return roomy * 2 >= len(lines) - 1 or _end_each(rows)


def _opens(before: str, row: str, width: int, least: int) -> bool:
    """Tell whether `row` opens a paragraph behind `before`."""
    deeper = _indent(row) - _indent(before)
    opened = least > _indent(before) or deeper >= _INDENT or _ENDED.search(before)
    if _indent(row) >= least and opened:
        return True
    if width < _LEAST_WIDTH:
        return not row.lstrip()[:1].islower()
    if width > _WIDEST:
        return bool(_ENDED.search(before)) or len(before) > _WIDEST
    word = row.split(maxsplit=1)[0] if row.strip() else ""
    room = len(before) + 1 + len(word) <= width
    if _ENDED.search(before):
        return room or before.endswith("\u3002")
    if before.endswith((",", "-", "\u2013")):
        return False
    # Who cuts at a margin cuts where the next word finds no room any more.
    return len(before) + len(word) + _RAGGED <= width and not word[:1].islower()


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
