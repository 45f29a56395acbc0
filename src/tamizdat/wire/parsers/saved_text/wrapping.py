"""Put lines together that a program cut at its margin, block by block.

A block stands between empty lines, bullets, rows of a table and labels. It was cut if
lines in it break inside a sentence just where the next word did not fit any more; its
longest line is then its width, whatever the rest of the page looks like. Blocks that
do not tell by themselves are measured by the width of those that do.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tamizdat.wire.parsers.saved_text.dates import after_label, is_dates_only
from tamizdat.wire.parsers.saved_text.labels import (
    is_banner,
    is_breakpoint,
    is_contact,
    is_control,
    is_copyright,
    is_note_to_editors,
    is_private,
    is_skip_link,
    ratio_of,
)
from tamizdat.wire.parsers.saved_text.lines import Line, same
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

_STAMPS = tuple(e for words in LANGUAGES for e in (*words.updated, *words.published))
_LABELS = (
    is_skip_link,
    is_banner,
    is_control,
    is_breakpoint,
    is_private,
    is_contact,
    is_note_to_editors,
    is_copyright,
)
_WIDEST = 100  # columns; a longer line was not cut
_NARROWEST = 20  # columns; shorter lines are labels
_DATE_WORDS = 2  # "May 19." may be the end of a sentence
_LEAST_BLOCKS = 3  # a page with fewer has no empty lines to tell by
_SURE = 2  # points: a line that goes on with a small letter, or two that may go on


def unwrapped(lines: list[Line]) -> list[Line]:
    """Undo hard wrapping."""
    blocks = list(_blocks(lines))
    points = [_points(block) for block in blocks]
    if sum(points) < _SURE:
        return lines
    told = [block for block, some in zip(blocks, points, strict=True) if some]
    page, room = max(map(_width, told)), min(map(_room, told))
    apart = len(blocks) >= _LEAST_BLOCKS
    joined: list[Line] = []
    for block, some in zip(blocks, points, strict=True):
        width = _width(block) if some else max(page, min(_width(block), room))
        joined += _joined(block, width, sure=apart and some > 0)
    return joined


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    closed = True
    for line in lines:
        goes_on = not closed and not block[-1].ended and _small(line)
        alone = bool(line.cells) or (_is_label(line) and not (goes_on and _bare(line)))
        if block and (closed or alone or not _bare(line)):
            yield block
            block = []
        block.append(line)
        closed = alone
    if block:
        yield block


def _bare(line: Line) -> bool:
    """Tell a line before which nothing stands that begins a block."""
    return not (line.apart or line.bullet or line.cells)


def _is_label(line: Line) -> bool:
    text = line.text
    if ratio_of(text, bullet=line.bullet) is not None:
        return True
    if is_dates_only(text):
        return not (text.endswith(".") and line.words <= _DATE_WORDS)
    return any(tells(text) for tells in _LABELS) or after_label(text, _STAMPS) == ""


def _small(line: Line) -> bool:
    return line.text[:1].islower()


def _width(block: list[Line]) -> int:
    return max((line.width for line in block if line.width <= _WIDEST), default=0)


def _room(block: list[Line]) -> int:
    """Tell the widest margin that would have cut a block as it was cut."""
    width = _width(block)
    full = [pair for pair in pairwise(block) if _is_full(*pair, width)]
    return min(before.width + len(after.text.split()[0]) for before, after in full)


def _points(block: list[Line]) -> int:
    """Weigh how sure it is that a block was cut inside its sentences."""
    width = _width(block)
    whole = replace(block[0], text=" ".join(line.text for line in block))
    if width < _NARROWEST or not whole.prose:
        return 0
    breaks = [pair for pair in pairwise(block) if _is_full(*pair, width)]
    if len(breaks) * 2 < len(block) - 1:
        return 0
    opened = [after for before, after in breaks if not before.ended]
    return sum(_weight(after, len(block)) for after in opened)


def _weight(after: Line, lines: int) -> int:
    if _small(after):
        return _SURE
    # Behind a headline its standfirst begins with a capital; so may a name inside
    # a sentence, but hardly in a block of two lines.
    return 0 if after.text[:1].isupper() and lines <= _SURE else 1


def _is_full(before: Line, after: Line, width: int) -> bool:
    """Tell whether the first word of `after` found no room any more."""
    if max(before.width, after.width) > width or same(before, after):
        return False
    return before.width + 1 + len(after.text.split()[0]) > width


def _joined(block: list[Line], width: int, *, sure: bool) -> list[Line]:
    joined = [[block[0]]]
    for before, after in pairwise(block):
        # More than one line never says what a line says; what it says is not asked.
        alone = joined[-1][0] if len(joined[-1]) == 1 else None
        twice = alone is not None and same(alone, after)
        if not twice and _goes_on(before, after, width, sure=sure):
            joined[-1].append(after)
        else:
            joined.append([after])
    return [
        replace(lines[0], text=" ".join(line.text for line in lines))
        for lines in joined
    ]


def _goes_on(before: Line, after: Line, width: int, *, sure: bool) -> bool:
    full = _is_full(before, after, width)
    if full or before.ended or not sure:
        return full
    # A hand, or a word too long for the margin, cuts less evenly than a program.
    return _small(after) or width <= before.width * 2 <= 2 * width
