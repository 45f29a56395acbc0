"""Find the words in a text that a story or a service names as of another language.

Decides how they are named, and where such words begin and end. Which characters part
words is a table of ranges of our own, as for directions: those of a Python differ from
machine to machine, and bytes of pages with them.

Source: spec/story-document.md, "Other languages in a text".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tamizdat.edition.blocks import Block, Box, Foreign, Mark, Passage, Post
from tamizdat.edition.fields import SHORT, Fields

FOREIGN = 30  # words in other languages, of a story or a service

# What may stand right beside words: blanks, signs, quotation marks of all scripts, no
# joiners. Then letters of scripts that put no blank between words.
_SIGNS = (
    r"\t\n !-/:-@\[-`{-\u007f\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf"
    r"\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4"
    r"\u060c\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u104a-\u104f\u10fb"
    r"\u1360-\u1368\u2000-\u200b\u200e-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff"
    r"\u3000-\u3004\u3008-\u3020\u3030\ufe0e\ufe0f\ufeff\U0001f000-\U0001faff\ufd3e\ufd3f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_UNPARTED = (
    r"\u0e00-\u0eff\u1000-\u1049\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_LETTER = re.compile(f"[^{_SIGNS}{_UNPARTED}]")  # of a word; two of them are in one
_BLANK = r"[ \u00a0\u202f]"  # typesetters hold words together with the last two
_PLAIN = str.maketrans("\u00a0\u202f", "  ")
_JOINERS = ("\u200c", "\u200d")
_VIRAMA = 9  # combining class of what takes the vowel off a letter of Indic scripts
# What nobody sees at an end of words: blanks of all kinds, signs of direction, hyphens
# that are not there, joiners, fillers.
_UNSEEN = "".join(
    map(
        chr,
        (
            *(*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x34F, 0x61C),
            *(0x1680, *range(0x180B, 0x1810), *range(0x2000, 0x2010)),
            *(*range(0x2028, 0x2030), *range(0x205F, 0x2070), 0x2800, 0x3000, 0x3164),
            *(0x115F, 0x1160, 0xFEFF, 0xFFA0),
        ),
    )
)
_SHORTENED = "…"
_LEAST_BEGUN = 8  # characters; fewer may be the beginning of another word


def read_foreign(fields: Fields, own: str | None = None) -> tuple[Foreign, ...]:
    """Read `foreign`, the words in other languages; the same words are in one.

    Args:
        fields: a document, or a part of one, that may have it.
        own: the language of the texts that have the words; None where there are
            several.

    Raises:
        StoryError: too many, no language or that of the texts, a blank or a character
            that nobody sees around words, or words twice.
    """
    found: dict[str, Foreign] = {}
    entries = [] if fields.absent("foreign") else fields.each("foreign", most=FOREIGN)
    for entry in entries:
        one = Foreign(entry.text("words", SHORT), entry.language("language"))
        entry.done()
        _check_ends(entry, one.words)
        if own and is_same_language(one.language, own):
            entry.fail("language", f"expected another one than {own}, of the texts")
        if likeness(one.words) in found:
            entry.fail("words", f"{one.words} stands twice")
        found[likeness(one.words)] = one
    return tuple(found.values())


def _check_ends(entry: Fields, words: str) -> None:
    left = bare(words)
    if left != words:
        odd = words[0] if words[0] in _UNSEEN else words[-1]
        found = f"U+{ord(odd):04X}"
        reason = f"expected no blank or unseen character around them, found {found}"
        entry.fail("words", reason)


def is_same_language(tag: str, other: str) -> bool:
    """Tell whether two BCP 47 tags are one, in whatever letters they are written."""
    return tag.lower() == other.lower()


def bare(words: str) -> str:
    """Take off what nobody sees around words.

    A joiner stays where it shapes the last letter: behind a virama, and U+200D behind
    an Arabic letter, as in the sign of the Islamic year.
    """
    found = words.strip(_UNSEEN)
    behind = words[len(words.rstrip(_UNSEEN)) :][:1]
    if not (found and behind in _JOINERS):
        return found
    is_arabic = behind == _JOINERS[1] and "\u0620" <= found[-1] <= "\u06ff"
    is_shaped = is_arabic or unicodedata.combining(found[-1]) == _VIRAMA
    return found + behind if is_shaped else found


def likeness(words: str) -> str:
    """Write words so that those are equal which are found in the same places."""
    return unicodedata.normalize("NFC", " ".join(_cut(bare(words))))


def spoken(
    text: str, foreign: Sequence[Foreign], marks: Sequence[Mark] = ()
) -> tuple[Mark, ...]:
    """Mark the words of other languages in a text.

    Args:
        text: as readers see it.
        foreign: words that its story names, or its service.
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


def begun(text: str, foreign: Sequence[Foreign]) -> tuple[Mark, ...]:
    """Mark what a shortened text leaves of such words, right before its `…`.

    Eight characters of them or more: less may be what the language of the text says
    itself.

    Args:
        text: as a page shows it.
        foreign: words that its story names.
    """
    if not (foreign and text.endswith(_SHORTENED)):
        return ()
    stands = text[: -len(_SHORTENED)].rstrip().translate(_PLAIN)
    ends = (
        (_left_of(unicodedata.normalize(form, one.words), stands), one.language)
        for one in foreign
        for form in ("NFC", "NFD")
    )
    size, language = max(ends, key=lambda end: end[0])
    start = len(stands) - size
    return (Mark("language", start, len(stands), None, language),) if size else ()


def _left_of(words: str, text: str) -> int:
    """Count the characters at the end of a text with which words begin."""
    words = re.sub(" +", " ", words.translate(_PLAIN))
    for size in range(min(len(words) - 1, len(text)), _LEAST_BEGUN - 1, -1):
        start = len(text) - size
        if text.endswith(words[:size]) and is_apart(text, start, len(text)):
            return size
    return 0


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
    any_of, each = _patterns(foreign)
    at = 0
    while found := any_of.search(text, at):
        at = found.start() + 1
        for one, words in each:
            match = words.match(text, found.start())
            if match and is_apart(text, *match.span()):
                yield *match.span(), one.language
                at = match.end()
                break


def is_apart(text: str, start: int, end: int) -> bool:
    """Tell whether words of a text are whole ones, at both of their ends."""
    return not (
        _go_on(text[start : start + 1], _beside(text, start - 1, -1))
        or _go_on(text[end - 1 : end], _beside(text, end, 1))
    )


def _beside(text: str, at: int, step: int) -> str:
    """Give what stands there, behind joiners: these hold letters, or nothing."""
    while 0 <= at < len(text) and text[at] in _JOINERS:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _go_on(last: str, beside: str) -> bool:
    return bool(_LETTER.match(last) and _LETTER.match(beside))


@lru_cache(maxsize=256)
def _patterns(
    foreign: tuple[Foreign, ...],
) -> tuple[re.Pattern[str], list[tuple[Foreign, re.Pattern[str]]]]:
    """Write what finds any of these words, and each, the longest first."""
    order = sorted(foreign, key=lambda one: -len(one.words))
    written = [f"{_BLANK}+".join(map(_in_any_form, _cut(one.words))) for one in order]
    each = [(one, re.compile(some)) for one, some in zip(order, written, strict=True)]
    return re.compile("|".join(written)), each


def _in_any_form(word: str) -> str:
    """Write what finds a word, whether its accents are characters or parts of some."""
    forms = (word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD")))
    return f"(?:{'|'.join(map(re.escape, dict.fromkeys(forms)))})"


def _cut(words: str) -> list[str]:
    return re.split(f"{_BLANK}+", words)
