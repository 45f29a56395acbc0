"""Find what words mark as not for publication, and how far the mark reaches.

A mark holds for all below it, to a line that ends it or to the end of the copy: one
paragraph too many is held back rather than one name let out. A sentence that speaks
of such a mark is a story. Source: spec/wire-item.md, "What never reaches a reader".
"""

import re
from collections.abc import Iterator
from typing import Literal

from tamizdat.wire.draft.dateline import dateline_in
from tamizdat.wire.draft.habits_private import (
    FOLLOWS,
    PRIVATE,
    PRIVATE_ENDS,
    PRIVATE_LABELS,
)
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.parsers.saved_text.labels import is_private, private_words
from tamizdat.wire.parsers.saved_text.spelling import label

Mark = Literal["line", "block", "below"]

# For the receipt, which keeps no word of it.
MARKED = "marked as not for publication"
BELOW_MARK = "below a mark: not for publication"
_EDGES = "()[]{}<> \t-*=#+!/\u2013\u2014"
_SHORT = 8  # words: a longer line is a sentence, even without a stop
_LONGEST = 12  # words of a line in capitals
_STOPS = (".", "?", "\u2026")
_SENTENCE = re.compile(r"[.;!?]\s+$|\n\s*$")
_ENDED = re.compile(r"\s*(?:$|[:!)\]]|[-=*]{1,3}(?: |$)|\.(?: |$))")
_COLON = re.compile(r"\s*:")
_STOP = re.compile(r"[.!?]")
_HEAD_LETTERS = 80
_HEAD_WORDS = 4  # of a label before the mark: "Note to desks:"


def private_marks(passages: list[Passage], *, bare: bool = False) -> list[Mark | None]:
    """Tell of each passage whether it is private by its words.

    Args:
        passages: of one copy, in order.
        bare: whether only a mark without words of its own holds for what is below.

    Returns:
        "line" for one that is, alone; "block" for one below which all is; "below"
        for what stands there; None for the rest.
    """
    marks: list[Mark | None] = []
    open_, told = False, False
    for part in passages:
        mark = _mark(part)
        if bare and mark == "block" and not _is_bare(_spelled(part.text)):
            mark = "line"
        ends = open_ and mark is None and _ends(part, told=told)
        over = ends and PRIVATE_ENDS.fullmatch(_spelled(part.text)) is not None
        open_ = (open_ or mark == "block") and not ends
        told = told or (not open_ and mark is None and part.role is None)
        # The line that says where the block ends is for the desk, too.
        marks.append("below" if over or (open_ and mark is None) else mark)
    return marks


def _mark(part: Passage) -> Mark | None:
    text = part.text
    spelled = _spelled(text)
    if PRIVATE_ENDS.fullmatch(spelled):
        return None
    if _opens(spelled, text):
        whole = text.lstrip().startswith(("(", "["))
        closed = whole and text.rstrip(" .").endswith((")", "]"))
        # Brackets round mark and words hold no more than the words.
        return "line" if closed and not _is_bare(spelled) else "block"
    if is_private(text) and any(True for _ in _found(spelled)):
        return "line"
    inside = any(_COLON.match(spelled, found.end()) for found in _found(spelled))
    return "line" if inside else None


def _opens(spelled: str, text: str) -> bool:
    """Tell a line that marks all below it: the mark opens it, or is all it says."""
    if _is_label(spelled):
        return True
    words = len(spelled.split())
    short = words <= _SHORT and not text.rstrip().endswith(_STOPS)
    loud = words <= _LONGEST and text == text.upper() != text.lower()
    lead, stop = FOLLOWS.match(spelled), _STOP.search(spelled)
    for found in _found(spelled):
        start = found.start()
        if short or loud or (lead and (stop is None or stop.start() >= start)):
            return True
        # Copy may hold a mark thousands of times: look at few letters before each.
        before = spelled[max(0, start - _HEAD_LETTERS) : start]
        head = before.rstrip()
        named = head.endswith(":") and len(head.split()) <= _HEAD_WORDS
        named = named and start < _HEAD_LETTERS
        first = start == 0 or named or _SENTENCE.search(before) is not None
        if first and _ENDED.match(spelled, found.end()):
            return True
    return False


def _is_label(spelled: str) -> bool:
    found = PRIVATE_LABELS.match(spelled)
    if found is None:
        return False
    return re.match(r"\s*(?:$|[:!]|- |-$)", spelled[found.end() :]) is not None


def _is_bare(spelled: str) -> bool:
    """Tell a mark that has no words of its own to hide."""
    return len(spelled.split()) <= _SHORT and ":" not in spelled


def _found(spelled: str) -> Iterator[re.Match[str]]:
    """Find the words of a mark. "Notebook" and "confidential" alone are news."""
    yield from PRIVATE.finditer(spelled)
    for found in private_words(spelled):
        if " " in found[0]:
            yield found


def _ends(part: Passage, *, told: bool) -> bool:
    """Tell where a private block ends: its end is said, or the story only begins."""
    if PRIVATE_ENDS.fullmatch(_spelled(part.text)) or part.role == "headline":
        return True
    if told:
        return False
    return part.role == "dateline" or dateline_in(part.block.text or "") is not None


def _spelled(text: str) -> str:
    return label(text).strip(_EDGES)
