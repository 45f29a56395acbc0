"""Hold the parts of a body with what their markup says they are.

A passage becomes a block of the item, or goes to another field, or is dropped
with a reason; the rules that decide stand in `lead` and `desk`.
"""

import re
from dataclasses import dataclass, replace
from itertools import groupby

from tamizdat.wire.draft import spoken
from tamizdat.wire.items import Block

_SUBHEAD_WORDS = 8
_DASHED = re.compile(
    r"(?P<dash>[-\u2013\u2014])\s+(?P<text>[^\s-][^.]{1,78}[^\s.-])\s+(?P=dash)"
)
_BULLET = re.compile(r"^(?:\*+|[\u2022\u25aa\u25cf\u25a0\u00b7])\s+(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}[.)] ")  # a shot of a recording
_LEAST_LETTERS = 5  # fewer may be initials


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one block and where it came from.

    Attributes:
        line: of the file, from 1.
        role: what the sender's markup calls it: "byline", "dateline", "ednote",
            "private", "hidden", "tagline", "abstract", "headline", "copyright"; None
            for the text itself.
    """

    block: Block
    line: int = 1
    role: str | None = None

    @property
    def text(self) -> str:
        """Read all words of the block, those of lists and tables too."""
        block = self.block
        if block.text is not None:
            return block.text
        rows = block.rows or ()
        return "\n".join((*(block.items or ()), *("\t".join(row) for row in rows)))

    def with_text(self, text: str) -> "Passage":
        """Cut the words of a block that is no list and no table, or clean them."""
        return replace(self, block=spoken.with_text(self.block, text))

    def of_kind(self, kind: str) -> "Passage":
        """Make another block of the same words."""
        return replace(self, block=replace(self.block, kind=kind))


def with_subheads(passages: list[Passage]) -> list[Passage]:
    """Take short paragraphs in capitals for subheads, in a text of small letters."""
    passages = [without_dashes(part) for part in passages]
    loud = [_is_loud(part) for part in passages]
    if sum(loud) * 3 > len(passages):
        return passages
    last = len(passages) - 1
    return [
        part.of_kind("subhead") if loud[place] and 0 < place < last else part
        for place, part in enumerate(passages)
    ]


def with_lists(passages: list[Passage]) -> list[Passage]:
    """Make one list of passages that follow each other and each open with a bullet."""
    found: list[Passage] = []
    for bulleted, group in groupby(passages, key=_is_bulleted):
        parts = list(group)
        if bulleted and len(parts) > 1:
            items = tuple(_BULLET.sub("", part.block.text or "") for part in parts)
            language = spoken.sole(
                p for part in parts for p in spoken.pieces_of(part.block)
            )
            block = Block("list", items=items, language=language)
            parts = [replace(parts[0], block=block)]
        found += parts
    return found


def _is_bulleted(part: Passage) -> bool:
    text = part.block.text or ""
    return part.block.kind == "paragraph" and _BULLET.match(text) is not None


def without_dashes(part: Passage) -> Passage:
    """Take off the dashes between which a teletype sets a subhead: "- Rain -"."""
    found = _DASHED.fullmatch(part.block.text or "")
    if part.block.kind not in {"subhead", "paragraph"} or found is None:
        return part
    return part.with_text(found["text"]).of_kind("subhead")


def _is_loud(part: Passage) -> bool:
    text = part.block.text or ""
    letters = [letter for letter in text if letter.isalpha()]
    cased = any(letter != letter.lower() for letter in letters)
    short = len(letters) >= _LEAST_LETTERS and len(text.split()) <= _SUBHEAD_WORDS
    short = short and _NUMBERED.match(text) is None
    plain = part.block.kind == "paragraph" and text[-1:] not in {".", ":", ")"}
    return plain and short and cased and text == text.upper()
