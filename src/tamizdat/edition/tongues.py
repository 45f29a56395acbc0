"""Say which words of a pack's lines are in another language than their story.

A pack says nothing of it: its pages do. Decides nothing of its own: it finds in the
lines what marks, lists, tables and named words of the story say.

Source: spec/pack.md, "Pages with the same text".
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tamizdat.edition.blocks import Block, Box, Mark, Passage, Post
from tamizdat.edition.foreign import spoken
from tamizdat.edition.pack import Item, items_of, lines_of
from tamizdat.edition.stories import Story

_TOLD = "khspuqltinc"  # letters of lines; others are names and days


class Tongue(NamedTuple):
    """Words of a line in another language.

    Attributes:
        line: number of it in its story, from 0.
        start, end: code points of its text, exclusive; both 0 for a row of a list or a
            table that names one language for all its rows.
    """

    line: int
    start: int
    end: int
    language: str


def tongues_of(story: Story, items: Sequence[Item] | None = None) -> list[Tongue]:
    """List such words, in their order.

    Args:
        story: at any release.
        items: of it, where they are known.
    """
    named = [block for block in _blocks(story.body) if _names(block)]
    if not (story.foreign or named):
        return []
    lines = lines_of(items_of(story) if items is None else items)
    marks = dict(_marked(lines, named))
    found = []
    for number, (letter, text) in enumerate(lines):
        some = marks.get(number, ())
        whole = any(mark.start == mark.end for mark in some)
        if letter in _TOLD and not whole:
            some = spoken(text, story.foreign, some)
        found += [
            Tongue(number, mark.start, mark.end, mark.language)
            for mark in sorted(some, key=lambda one: one.start)
            if mark.language
        ]
    return found


def _names(block: Block) -> bool:
    return bool(block.language) or any(mark.language for mark in block.marks)


def _blocks(body: Iterable[Passage]) -> Iterator[Block]:
    for part in body:
        if isinstance(part, Block):
            yield part
        elif isinstance(part, (Box, Post)):
            yield from _blocks(part.body)


def _marked(
    lines: Sequence[tuple[str, str]], blocks: Iterable[Block]
) -> Iterator[tuple[int, tuple[Mark, ...]]]:
    """Find the lines of blocks, which stand in their order."""
    at = 0
    for block in blocks:
        rows = ["\t".join(row) for row in block.rows] or [block.text]
        for text in filter(None, rows):
            same = (n for n in range(at, len(lines)) if lines[n][1] == text)
            if (number := next(same, None)) is None:
                return  # a story that was taken down has no body
            at = number + 1
            whole = (Mark("language", 0, 0, None, block.language),)
            named = tuple(mark for mark in block.marks if mark.language)
            yield number, whole if block.language else named
