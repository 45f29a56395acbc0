"""Find the words in a text that a story names as those of another language.

Decides where such words begin and end. Which characters part words is a table of
ranges of our own, as for directions: those of a Python differ from machine to machine,
and bytes of pages with them.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tamizdat.edition.blocks import Block, Box, Foreign, Mark, Passage, Post

# What may stand right beside words: blanks, signs, quotation marks of all scripts, no
# joiners. Then letters of scripts that put no blank between words.
_SIGNS = (
    r"\t\n !-/:-@\[-`{-\u007f\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf"
    r"\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4"
    r"\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u104a-\u104f\u10fb"
    r"\u1360-\u1368\u2000-\u200b\u200e-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020"
    r"\u3030\ufd3e\ufd3f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_UNPARTED = (
    r"\u0e00-\u0eff\u1000-\u1049\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_BESIDE = f"[^{_SIGNS}{_UNPARTED}]"  # the beginning or the end of another word
_BLANK = r"[ \u00a0\u202f]"  # typesetters hold words together with the last two


def spoken(
    text: str, foreign: Sequence[Foreign], marks: Sequence[Mark] = ()
) -> tuple[Mark, ...]:
    """Mark the words of other languages in a text.

    Args:
        text: as readers see it.
        foreign: words that its story names.
        marks: what the text has; where a language is named, that one counts.

    Returns:
        These marks, and those that come to them.
    """
    if not foreign:
        return tuple(marks)
    named = [mark for mark in marks if mark.kind == "language"]
    found = [
        Mark("language", start, end, None, language)
        for start, end, language in _found(text, tuple(foreign))
        if not any(start < one.end and one.start < end for one in named)
    ]
    return (*marks, *found)


def passages(body: Iterable[Passage]) -> Iterator[Foreign]:
    """List what a body itself says in other languages: marked, or a whole list."""
    for part in body:
        if isinstance(part, Box | Post):
            yield from passages(part.body)
        elif isinstance(part, Block):
            for mark in part.marks:
                if mark.language:
                    yield Foreign(part.text[mark.start : mark.end], mark.language)
            if part.language:
                cells = (cell for row in part.rows for cell in row)
                yield from (Foreign(cell, part.language) for cell in cells)


def _found(text: str, foreign: tuple[Foreign, ...]) -> Iterator[tuple[int, int, str]]:
    for match in _pattern(foreign).finditer(text):
        one = foreign[int((match.lastgroup or "_0")[1:])]
        yield match.start(), match.end(), one.language


@lru_cache(maxsize=256)
def _pattern(foreign: tuple[Foreign, ...]) -> re.Pattern[str]:
    """Write what finds whole words, the longest of those that begin together."""
    order = sorted(range(len(foreign)), key=lambda n: (-len(foreign[n].words), n))
    return re.compile("|".join(f"(?P<_{n}>{_whole(foreign[n].words)})" for n in order))


def _whole(words: str) -> str:
    inner = f"{_BLANK}+".join(re.escape(one) for one in re.split(_BLANK, words))
    unparted = re.compile(f"[{_UNPARTED}{_SIGNS}]")
    before = "" if unparted.match(words[0]) else f"(?<!{_BESIDE})"
    after = "" if unparted.match(words[-1]) else f"(?!{_BESIDE})"
    return f"{before}{inner}{after}"
