"""Tell a label that marks text as not for readers by what its words mean.

A label is what stands before a colon, a dash, an exclamation mark or a closing
bracket. It is a mark where all of its words are words of marks, and together say
"not for publication", "for internal use", "only for editors" or "note to editors".
Source: spec/wire-item.md, "What never reaches a reader".
"""

import re
from functools import lru_cache
from typing import Literal

from tamizdat.wire.draft.habits_marks import (
    BETWEEN,
    EDITORS,
    INTERNAL,
    NEVER_ALONE,
    NOT,
    NOTE,
    ONLY,
    PUBLISH,
    RUNS,
    TO,
    USE,
)
from tamizdat.wire.parsers.saved_text.spelling import plain

Label = Literal["private", "doubtful", "note"]

_LETTERS = 100  # of a label
_WORDS = 12
_MEANINGS = (
    ("not", NOT),
    ("publish", PUBLISH),
    ("internal", INTERNAL),
    ("use", USE),
    ("only", ONLY),
    ("editors", EDITORS),
    ("note", NOTE),
    ("to", TO),
    ("between", BETWEEN),
)
_ENDS = re.compile(
    r"\s*(?:[:\uff1a!\uff01)\]\u3011\uff09]|\.(?=\s|$)|\u3002|-(?=\s)|$)"
)
_OPENS = " \t([{<*=#+-\u3010\uff08\"'"
_JOINTS = re.compile(r"[\s,;/\u060c\u3001\uff0c-]+|(?<=\b[dln])'")
_PARTED = re.compile(r"[^\u3040-\u30ff\u3400-\u9fff]+")


def label_of(text: str) -> Label | None:
    """Read the label that opens a text.

    Returns:
        "private" for what is not for publication; "doubtful" for one word that may be
        the name of a thing ("Confidential: ..."); "note" for a note to editors; None
        for all other text.
    """
    head = plain(text[: _LETTERS + 1]).lstrip(_OPENS)
    found: Label | None = None
    for end in _ENDS.finditer(head):
        bare = end[0].strip()
        whole = bool(bare) or len(text) <= _LETTERS
        said = _meaning(head[: end.start()]) if whole else None
        if said == "private":
            return said
        found = found or (said if bare not in {"", "."} else None)
    return found


@lru_cache(maxsize=256)
def _meaning(words: str) -> Label | None:
    said = _said(words)
    if said is None:
        return None
    has = {one for word in said for one in word}
    several = sum("between" not in word for word in said) > 1
    if {"not", "publish"} <= has or {"only", "editors"} <= has:
        return "private"
    if "internal" in has and has & {"use", "note", "only", "editors"} and several:
        return "private"
    if len(said) == 1:
        named = "internal" in has and NEVER_ALONE.fullmatch(words.strip()) is None
        return "doubtful" if named else None
    return "note" if {"editors", "to"} <= has else None


def _said(words: str) -> list[frozenset[str]] | None:
    """Tell what each word may mean; None where one is no word of a mark."""
    said: list[frozenset[str]] = []
    if not words or _PARTED.fullmatch(words):
        parts = [word for word in _JOINTS.split(words) if word]
        for word in parts if len(parts) <= _WORDS else ["?"]:
            means = _means(word)
            if not means:
                return None
            said.append(means)
        return said or None
    place = 0
    while place < len(words):
        hits = ((name, form.match(words, place)) for name, form in RUNS)
        name, hit = next(((n, h) for n, h in hits if h), (None, None))
        if hit is None or name is None:
            return None
        said.append(frozenset({name}))
        place = hit.end()
    return said


# Most labels of copy open with the same few hundred words.
@lru_cache(maxsize=2048)
def _means(word: str) -> frozenset[str]:
    return frozenset(name for name, form in _MEANINGS if form.fullmatch(word))
