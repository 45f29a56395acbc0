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
    VAGUE,
)
from tamizdat.wire.draft.marks import label_of
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
_BEHIND_LABEL = re.compile(r"\s*(?:$|[:!]|- |-$)")
_HEAD_LETTERS = 80
_STEM, _LEAST_SHARED = 5, 2  # letters of a word; words that a lead has of a headline
_LEAST_TOLD = 8  # letters behind a word that may be the name of a thing
_SENTENCES = re.compile(r"(?<=[.!?\u3002])\s+|\n+")
_MOST_SENTENCES = 40  # of a passage in which labels are looked for
_HEAD_WORDS = 4  # of a label before the mark: "Note to desks:"


def private_marks(
    passages: list[Passage], headline: str = "", *, bare: bool = False
) -> list[Mark | None]:
    """Tell of each passage whether it is private by its words.

    Args:
        passages: of one copy, in order.
        headline: of the story; a sentence that repeats it ends what stands above.
        bare: whether only a mark without words of its own holds for what is below.

    Returns:
        "line" for one that is, alone; "block" for one below which all is; "below"
        for what stands there; None for the rest.
    """
    marks: list[Mark | None] = []
    open_, told, hidden = False, False, False
    stems = _stems(headline)
    for part in passages:
        mark = _mark(part)
        alone = _is_bare(_spelled(part.text))
        mark = "line" if bare and mark == "block" and not alone else mark
        begun = hidden and not told and _repeats(part, stems)
        ends = open_ and mark is None and (begun or _ends(part, told=told))
        hidden = hidden or (mark == "block" and not alone) or (open_ and mark is None)
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
    return "line" if inside or _is_doubtful(part) else None


def _is_doubtful(part: Passage) -> bool:
    """Tell "Confidential: ..." with words behind it: alone, it may be a subhead."""
    rest = re.split(r"[:\uff1a]", part.text, maxsplit=1)[1:]
    told = bool(rest) and sum(map(str.isalpha, rest[0])) >= _LEAST_TOLD
    return told and part.block.kind == "paragraph" and label_of(part.text) == "doubtful"


def _opens(spelled: str, text: str) -> bool:
    """Tell a line that marks all below it: the mark opens it, or is all it says."""
    said = _SENTENCES.split(text, maxsplit=_MOST_SENTENCES)[:_MOST_SENTENCES]
    if _is_label(spelled, text) or any(label_of(one) == "private" for one in said):
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


def _is_label(spelled: str, text: str) -> bool:
    found = PRIVATE_LABELS.match(spelled)
    if found is None:
        return False
    rest = spelled[found.end() :]
    if _BEHIND_LABEL.match(rest) is None:
        return False
    if VAGUE.fullmatch(found[0]) is None:
        return True
    return _is_set_off(text, rest) or bool(PRIVATE_LABELS.match(rest.strip(_EDGES)))


def _is_set_off(text: str, rest: str) -> bool:
    """Tell "INTERNAL", "*** Internal ***" and "Internal: ..." from a subhead or a name.

    Args:
        text: the whole passage.
        rest: what stands behind the word, as spelled.
    """
    head = text.strip()
    word = re.split(r"[:!-]", head.strip(_EDGES))[0]
    if word == word.upper() != word.lower() or not head[:1].isalnum():
        return True
    words = rest.strip(_EDGES).split()
    if not words:
        return head.endswith((":", "!"))
    return len(words) > _SHORT or head.endswith(_STOPS)


def _is_bare(spelled: str) -> bool:
    """Tell a mark that has no words of its own to hide."""
    return len(spelled.split()) <= _SHORT and not re.search(r"[:\uff1a]", spelled)


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


def _stems(text: str) -> frozenset[str]:
    """Give how the longer words of a text begin."""
    return frozenset(w[:_STEM] for w in re.findall(r"[^\W_]{4,}", label(text)))


def _repeats(part: Passage, stems: frozenset[str]) -> bool:
    """Tell a sentence that says again what the headline says: the story begins."""
    text = part.block.text or ""
    ended = len(text.split()) > _SHORT and text.rstrip().endswith(_STOPS)
    shared = len(stems & _stems(text))
    return ended and shared >= _LEAST_SHARED and shared * 2 >= len(stems)


def _spelled(text: str) -> str:
    return label(text).strip(_EDGES)
