"""Find passages in foreign letters that no language is named for.

Decides what is a passage, and no name: letters alone tell. Of letters that have
capitals it is some words of which most have none; of others it is longer than most
names. What is in the letters of the article itself nobody but a person can tell apart.
Pure: no Django.

Source: WCAG 2.2, 3.1.2 (names, technical terms and single words are let be).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.foreign import spoken
from tamizdat.wire.language import script_of, scripts_of

Document = Mapping[str, Any]
_CASED = frozenset({"latin", "cyrillic", "greek", "armenian"})
_UNSPACED = frozenset(  # scripts of words without a space
    {"han", "kana", "khmer", "lao", "myanmar", "thai", "tibetan"}
)
_TOGETHER = frozenset({"han", "kana", "hangul"})  # scripts that one language may mix
_FEW, _FEW_SMALL, _FEW_UNCASED, _FEW_LETTERS = 5, 3, 4, 12
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|[@#_]|\w\.\w")
_LETTER = re.compile(r"[^\W\d_]")


def unnamed(
    body: Iterable[Document],
    language: str,
    around: Iterable[str] = (),
    foreign: Sequence[Foreign] = (),
) -> list[str]:
    """List such passages, as they stand.

    Args:
        body: blocks as in a story document.
        language: BCP 47 tag of the article.
        around: its texts that have no marks: headline, captions, titles.
        foreign: words of other languages that it names for all of them.
    """
    own = scripts_of(language)
    ours = _TOGETHER if own & _TOGETHER else own
    texts = [*((text, list[Document]()) for text in around), *_texts(body)]
    return [
        found
        for text, marks in texts
        for script, found in _runs(text, [*marks, *_told(text, foreign)])
        if script not in ours and _is_passage(found, script)
    ]


def _told(text: str, foreign: Sequence[Foreign]) -> Iterator[Document]:
    """Mark the words that readers' pages find in a text."""
    for mark in spoken(text, foreign):
        yield {"from": mark.start, "to": mark.end}


def _texts(body: Iterable[Document]) -> Iterator[tuple[str, list[Document]]]:
    """List texts whose language somebody can name and has not, with their marks."""
    for block in body:
        yield from _texts(block.get("body", ()))
        if block.get("language"):
            continue
        if "text" in block and block["kind"] != "embed":
            marks = block.get("marks", ())
            yield block["text"], [m for m in marks if m["kind"] == "language"]
        rows = [*block.get("rows", ()), block.get("items", ())]
        yield from ((text, []) for row in rows for text in row)


def _runs(text: str, marks: list[Document]) -> Iterator[tuple[str, str]]:
    """List stretches of words in letters of one script, each with the script."""
    words = [word for word in _WORD.finditer(text) if _LETTER.search(word[0])]
    is_named = _named(marks)
    told = ((None if is_named(word) else _script(word), word) for word in words)
    for script, run in groupby(told, key=lambda one: one[0]):
        if script:
            some = [word for _script, word in run]
            yield script, text[some[0].start() : some[-1].end()]


def _named(marks: list[Document]) -> Callable[[re.Match[str]], bool]:
    """Tell of words, which are many, whether a mark, of which are many, is on them."""
    places = sorted((mark["from"], mark["to"]) for mark in marks)
    starts = [start for start, _end in places]
    ends = list(accumulate((end for _start, end in places), max))

    def is_named(word: re.Match[str]) -> bool:
        before = bisect_left(starts, word.end())
        return before > 0 and word.start() < ends[before - 1]

    return is_named


def _script(word: re.Match[str]) -> str | None:
    """Say in which letters a word is; None where there is nothing to name."""
    return None if _ADDRESS.search(word[0]) else _script_of(word[0])


_script_of = lru_cache(maxsize=4096)(script_of)  # words come again


def _is_passage(text: str, script: str) -> bool:
    if script in _UNSPACED:
        return len(_LETTER.findall(text)) >= _FEW_LETTERS
    words = [word for word in text.split() if _LETTER.search(word)]
    if script not in _CASED:
        return len(words) >= _FEW_UNCASED
    small = sum(word.islower() for word in words)  # “iPhone” is not
    return len(words) >= _FEW and small >= _FEW_SMALL and 2 * small > len(words)
