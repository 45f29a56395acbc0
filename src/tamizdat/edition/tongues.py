"""Say which words of a pack's lines are in another language than their story.

A pack says nothing of it: its pages do. Decides nothing of its own: it finds in the
lines what marks, lists, tables and named words of the story say.

Source: spec/pack.md, "Pages with the same text".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tamizdat.edition.blocks import Block, Box, Mark, Passage, Post
from tamizdat.edition.foreign import spoken
from tamizdat.edition.pack import ABOVE, Item, items_of, lines_of, part_lines
from tamizdat.edition.pages.cards import standing
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
    named = any(block and _names(block) for block, _size in _laid(story.body))
    if not (story.foreign or named):
        return []
    lines = lines_of(items_of(story) if items is None else items)
    marks = dict(_marked(story, lines))
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


def _laid(body: Iterable[Passage]) -> Iterator[tuple[Block | None, int]]:
    """List blocks and all else of a body, each with the number of lines it takes."""
    for part in body:
        if isinstance(part, Block):
            yield part, _count(part)
        elif isinstance(part, Box | Post):
            yield None, _count(replace(part, body=()))  # what stands above the rest
            yield from _laid(part.body)
        else:
            yield None, _count(part)


def _count(part: Passage) -> int:
    return sum(1 for _line in part_lines(part))


def _marked(
    story: Story, lines: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, tuple[Mark, ...]]]:
    """Give the numbers of the lines of blocks that name languages, and what is named.

    Blocks are counted, not looked for: another one may say the same.
    """
    if standing(story):
        return  # a story that was taken down has no body
    at = sum(1 for letter, _text in lines if letter in ABOVE)
    for block, size in _laid(story.body):
        if block and _names(block):
            whole = (Mark("language", 0, 0, None, block.language),)
            named = tuple(mark for mark in block.marks if mark.language)
            for number in range(at, at + size):
                yield number, whole if block.language else named
        at += size
