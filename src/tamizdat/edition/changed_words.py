"""Find words of other languages in what a release changed.

Decides which of them a document names for that release, beside those that its story
names: what changed is an excerpt of texts whose marks it does not have.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tamizdat.edition.bidi import is_any
from tamizdat.edition.blocks import Foreign
from tamizdat.edition.compare import ADDED, OMITTED, REMOVED
from tamizdat.edition.fields import SHORT
from tamizdat.edition.foreign import bare, is_apart, likeness, passages, spoken
from tamizdat.edition.languages import direction
from tamizdat.edition.stories import Story

_CUT = "\x00"  # in no text


def foreign_in(
    found: Iterable[Mapping[str, Any]], old: Story, new: Story
) -> list[Foreign]:
    """List words of other languages in what changed, each once.

    Those that a story names count wherever they stand, those of its body in the body:
    whole, or what an excerpt leaves of them. One word alone is none of the body's where
    the story could say it in its own language.

    Args:
        found: differences, as `freeze` gives them.
        old: the story before.
        new: the story after.
    """
    lines = {row["part"]: list(_lines_of(row["runs"])) for row in found}
    every = [line for some in lines.values() for line in some]
    named = (
        one
        for one in chain(new.foreign, old.foreign)
        if any(spoken(line.text, (one,)) for line in every)
    )
    said = (
        Foreign(words, one.language)
        for one in dict.fromkeys(chain(passages(new.body), passages(old.body)))
        for line in lines.get("body", ())
        for words in _parted(line.left_of(one.words))
        if _is_passage(words, direction(new.language))
    )
    return list({likeness(one.words): one for one in chain(named, said)}.values())


@dataclass(frozen=True)
class _Line:
    """A line of what changed. `begun`, `ended`: whether no excerpt cut it there."""

    text: str
    begun: bool
    ended: bool

    def left_of(self, words: str) -> str:
        """Give what stands of words here: all, or what touches an end that was cut."""
        if words in self.text:
            whole = any(
                is_apart(self.text, match.start(), match.end())
                for match in re.finditer(re.escape(words), self.text)
            )
            return words if whole else ""
        if not (self.begun or self.ended) and self.text in words:
            return self.text
        head = "" if self.ended else _overlap(self.text, words)
        tail = "" if self.begun else _overlap(words, self.text)
        return max(head, tail, key=len)


def _overlap(first: str, second: str) -> str:
    """Give the most words with which one text ends and another begins."""
    for match in re.finditer(r"(?<!\S)\S", first):
        if second.startswith(first[match.start() :]):
            return first[match.start() :]
    return ""


def _lines_of(runs: Sequence[Mapping[str, str]]) -> Iterator[_Line]:
    """Read the text before and the text now, parted where words are left out."""
    for other in (ADDED, REMOVED):
        stands = (run for run in runs if run["kind"] != other)
        text = "".join(_CUT if r["kind"] == OMITTED else r["text"] for r in stands)
        for line in text.split("\n"):
            *_, last = pieces = line.split(_CUT)
            for at, piece in enumerate(pieces):
                yield _Line(piece.strip(), at == 0, piece is last)


def _is_passage(words: str, way: str) -> bool:
    return is_any(words, way) or len(re.findall(r"[^\W\d_]+", words)) > 1


def _parted(words: str) -> Iterator[str]:
    """Cut words at blanks that are too many for one entry of a document."""
    left = bare(words)
    while len(left) > SHORT:
        end = left.rfind(" ", 1, SHORT + 1)
        if end < 0:
            return
        yield bare(left[:end])
        left = bare(left[end:])
    if left:
        yield left
