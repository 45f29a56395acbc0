"""Keep the language that markup names for words, however the words are cleaned.

Decides which stretches of a text are in which language, and goes by letters: cleaning
changes blanks and quotation marks, cuts a text at its ends and into several, and leaves
letters as they are and in their order. Whether words are believed to be in a language
that is named for them, the newsroom decides.

Source: docs/decisions/0096-languages-of-copy.md.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from tamizdat.wire.draft.tongue import agree
from tamizdat.wire.items import Block, Spoken
from tamizdat.wire.language import script_of, scripts_of

Piece = tuple[str, str | None]  # some words, and the language that is named for them

LEFT_OUT = "words in another language:"  # begins what a receipt says of them
MOST = 200  # stretches of one text; one that has more is marked by a machine
_LEAST_SHARED = 20  # letters in a row that are in two texts by no accident
_LETTER = re.compile(r"[^\W\d_]")
_KEPT = re.compile(r"[^\W_]")  # what cleaning leaves: letters and digits


def joined(pieces: Iterable[Piece]) -> tuple[str, tuple[Spoken, ...]]:
    """Join pieces to a text; signs between words of one language are in it, too."""
    text, spoken, at = list[str](), list[Spoken](), 0
    runs = groupby(_with_signs(pieces), key=lambda one: one[1])
    for language, run in runs:
        words = "".join(piece for piece, _language in run)
        text.append(words)
        if language is not None and len(spoken) <= MOST:
            spoken.append(Spoken(at, at + len(words), language))
        at += len(words)
    return "".join(text), tuple(spoken) if len(spoken) <= MOST else ()


def _with_signs(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give signs the language that stands on both sides of them."""
    before: str | None = None
    waiting: list[str] = []
    for text, language in pieces:
        if _LETTER.search(text) is None:
            waiting.append(text)
            continue
        signs = language if language == before else None
        yield from ((sign, signs) for sign in waiting)
        waiting, before = [], language
        yield text, language
    yield from ((sign, None) for sign in waiting)


def pieces_of(block: Block) -> list[Piece]:
    """Cut the text of a block where its language changes."""
    text, pieces, at = block.text or "", list[Piece](), 0
    for one in block.spoken:
        pieces += [
            (text[at : one.start], None),
            (text[one.start : one.end], one.language),
        ]
        at = one.end
    return [piece for piece in [*pieces, (text[at:], None)] if piece[0]]


def sole(pieces: Iterable[Piece]) -> str | None:
    """Name the language that all words of some pieces are in; None for several."""
    named = {language for text, language in pieces if _LETTER.search(text)}
    return named.pop() if len(named) == 1 else None


def with_text(block: Block, text: str) -> Block:
    """Change the text of a block; languages stay with the letters that have them."""
    if not block.spoken:
        return replace(block, text=text)
    before, after = Letters(block.text or ""), Letters(text)
    at = before.letters.find(after.letters)
    return replace(block, text=text, spoken=_moved(block.spoken, before, after, at))


def laid_over(parts: Iterable[Block], whole: Block) -> Iterator[Block]:
    """Name languages in the blocks into which a text was cut, in their order.

    Args:
        parts: blocks without languages; their letters are those of the text.
        whole: the block that had the text.
    """
    before, at = Letters(whole.text or ""), 0
    for part in parts:
        after = Letters(_all_text(part))
        found = at if before.letters.startswith(after.letters, at) else -1
        spoken = _moved(whole.spoken, before, after, found)
        yield part if part.text is None else replace(part, spoken=spoken)
        at += len(after.letters)


class Letters:
    """The letters and digits of a text, and where each stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters = "".join(_KEPT.findall(text))

    @cached_property
    def places(self) -> list[int]:
        """List where in the text each of them stands."""
        return [found.start() for found in _KEPT.finditer(self.text)]


def _moved(
    spoken: Iterable[Spoken], before: Letters, after: Letters, at: int
) -> tuple[Spoken, ...]:
    """Find stretches of one text in another, which has its letters from one on.

    Args:
        spoken: stretches of the first text.
        before: the first text.
        after: the other one.
        at: the first letter of `before` that `after` has; -1 where that is not known.
    """
    return tuple(_follow(spoken, before, after, at)) if at >= 0 else ()


def may_share(before: Letters, after: Letters) -> bool:
    """Tell whether one text, as a part of the other, would be much of it.

    Words of few letters stand in many texts.
    """
    short, long = sorted((len(before.letters), len(after.letters)))
    return 2 * short >= long or short >= _LEAST_SHARED


def follow(note: Block, before: Letters, after: Letters) -> Iterator[Spoken]:
    """Find stretches of a text in one that is it, a part of it, or has more round it.

    Args:
        note: the first text.
        before: its letters.
        after: those of the other one.
    """
    at = before.letters.find(after.letters)
    if at < 0:
        inside = after.letters.find(before.letters)
        if inside < 0 or not before.letters:
            return
        at = -inside
    yield from _follow(note.spoken, before, after, at)


def _follow(
    spoken: Iterable[Spoken], before: Letters, after: Letters, at: int
) -> Iterator[Spoken]:
    last = at + len(after.places)
    for one in spoken:
        first = max(bisect_left(before.places, one.start), at)
        end = min(bisect_left(before.places, one.end), last)
        if first < end:
            start, stop = after.places[first - at], after.places[end - at - 1] + 1
            start -= _same(one, before, after, before.places[first], start)
            stop += _same_behind(one, before, after, before.places[end - 1] + 1, stop)
            yield Spoken(start, stop, one.language)


def _same(one: Spoken, before: Letters, after: Letters, old: int, new: int) -> int:
    """Count the signs of a stretch that stand before its first letter in both."""
    count = 0
    while (
        one.start < old - count
        and count < new
        and before.text[old - count - 1] == after.text[new - count - 1] != " "
    ):
        count += 1
    return count


def _same_behind(
    one: Spoken, before: Letters, after: Letters, old: int, new: int
) -> int:
    """Count the signs of a stretch that stand behind its last letter in both."""
    count = 0
    while (
        old + count < one.end
        and new + count < len(after.text)
        and before.text[old + count] == after.text[new + count] != " "
    ):
        count += 1
    return count


def by_letters(blocks: Iterable[Block]) -> list[Block]:
    """Keep languages of other letters than most of a text has.

    Programs of offices name the language of a keyboard or of a spelling checker for
    words of the text's own, as decision 0095 says of what is pasted.
    """
    blocks = list(blocks)
    main = script_of("\n".join(map(_all_text, blocks)))
    return [
        _without(block, lambda text, _: script_of(text) == main) for block in blocks
    ]


def others(body: Iterable[Block], own: str | None) -> tuple[Block, ...]:
    """Keep the languages of passages, and not that of the text.

    Args:
        body: of an item.
        own: language of the item. Another that is named for most letters is the text's,
            by mistake: the words say otherwise.
    """
    body = tuple(body)
    main = called(body)
    return tuple(
        _without(block, lambda _, named: named == main or is_own(named, own))
        for block in body
    )


def called(body: Iterable[Block]) -> str | None:
    """Name the language that markup says most letters of some blocks are in."""
    body = tuple(body)
    if not any(block.language or block.spoken for block in body):
        return None
    return most_of(
        piece
        for block in body
        for piece in pieces_of(block) or [(_all_text(block), block.language)]
    )


def most_of(pieces: Iterable[Piece]) -> str | None:
    """Name the language of more than half of all letters; None where that is none."""
    counts: Counter[str | None] = Counter()
    for text, language in pieces:
        counts[language] += len(_LETTER.findall(text))
    said, most = next(iter(counts.most_common(1)), (None, 0))
    return said if 2 * most > counts.total() else None


def is_own(named: str, own: str | None) -> bool:
    """Tell whether a tag names the language of an item, in the letters of the item."""
    if own is None:
        return False
    same = agree(named, own.partition("-")[0])
    return same and scripts_of(named) == scripts_of(own)


def _without(block: Block, is_none: Callable[[str, str], bool]) -> Block:
    """Leave out languages of which words and name say that they are none."""
    text, named = block.text or "", block.language
    if named is not None and is_none(_all_text(block), named):
        block = replace(block, language=None)
    kept = (
        one
        for one in block.spoken
        if not is_none(text[one.start : one.end], one.language)
    )
    return replace(block, spoken=tuple(kept))


def _all_text(block: Block) -> str:
    rows = block.rows or ()
    cells = (cell for row in rows for cell in row)
    return "\n".join((block.text or "", *(block.items or ()), *cells))
