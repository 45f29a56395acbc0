"""Turn the lines of the body into blocks: paragraphs, subheads, lists, tables."""

import re
from itertools import groupby

from tamizdat.wire.draft.text import count_words
from tamizdat.wire.items import Block, Dateline
from tamizdat.wire.parsers.saved_text.dates import is_dates_only, read_instant
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import begins_small, plain, trimmed
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

_SUBHEAD_WORDS = 10
_LEAST_WORDS = 8  # an unended line this long is a paragraph all the same
_QUOTE = re.compile(r"^>+\s*")
_DASH = r"(?:\.?\s?-{1,2}\s?|(?<=/)\.?\s)(?=\S)"
_MONTH = "|".join(
    sorted({re.escape(m) for words in LANGUAGES for m in words.months}, key=len)[::-1]
)
_DATE = rf"(?:\d{{1,2}} (?:{_MONTH})\.?|(?:{_MONTH})\.? \d{{1,2}})(?:,? \d{{4}})?"
_AGENCY = r"[(/][^()/]{2,40}[)/]"
_FULL = re.compile(
    r"^(?P<place>[^.()/:;-]{2,50}?(?:-[^.()/:;-]{2,20}?)?)"
    rf"(?:[,،]? (?P<date>{_DATE}))?\.?(?: (?P<agency>{_AGENCY}))?{_DASH}"
)
_LEAST_TEXT = 3  # words behind a dateline
_CAPITALS = 2  # letters; shorter capitals are initials
_PLACE_WORDS = 4
_UNCASED_WORDS = 2  # a longer phrase before a dash is a sentence


def read_body(lines: list[Line]) -> tuple[Block, ...]:
    """Turn lines into blocks, in order."""
    blocks: list[Block] = []
    for kind, group in groupby(enumerate(lines), key=lambda pair: _shape(pair[1])):
        members = list(group)
        if kind == "list":
            blocks.append(Block("list", items=tuple(line.text for _, line in members)))
        elif kind == "table":
            blocks.append(Block("table", rows=tuple(line.cells for _, line in members)))
        else:
            blocks += [_block(lines, index) for index, _ in members]
    return tuple(blocks)


def _shape(line: Line) -> str:
    if line.cells:
        return "table"
    return "list" if line.bullet else "text"


def _block(lines: list[Line], index: int) -> Block:
    line = lines[index]
    marked = _QUOTE.match(line.text)
    if marked is not None:
        return Block("quote", line.text[marked.end() :])
    if line.indent and line.prose:
        return Block("quote", line.text)
    return Block("subhead" if _is_subhead(lines, index) else "paragraph", line.text)


def _is_subhead(lines: list[Line], index: int) -> bool:
    """Tell a short line that does not end and has text below it."""
    line = lines[index]
    if line.ended or line.words > _SUBHEAD_WORDS or index + 1 >= len(lines):
        return False
    return line.apart and _shape(line) == "text"


def has_body(blocks: tuple[Block, ...]) -> bool:
    """Tell whether there is anything that a reader would call a text."""
    return any(
        block.kind in ("paragraph", "quote") and _is_text(block.text or "")
        for block in blocks
    )


def _is_text(text: str) -> bool:
    worded = " ".join(word for word in text.split() if any(map(str.isalpha, word)))
    words, ended = count_words(worded), Line(0, 0, text, bullet=False, apart=True).ended
    return words >= _LEAST_WORDS or (ended and words > 1)


def take_dateline(
    blocks: tuple[Block, ...],
) -> tuple[Dateline | None, tuple[Block, ...]]:
    """Take "PLACE, July 3 (Agency) - " off the first paragraph."""
    if not blocks or blocks[0].kind != "paragraph" or blocks[0].text is None:
        return None, blocks
    text = blocks[0].text
    found = _FULL.match(plain(text))
    if found is None or not _is_place(text, found):
        return None, blocks
    place = trimmed(text[slice(*found.span("place"))])
    printed = text[slice(*found.span("date"))].strip(" .") if found["date"] else ""
    date = read_instant(printed) or printed or None
    rest = Block("paragraph", trimmed(text[found.end() :]))
    return Dateline(place.rstrip(",،"), date), (rest, *blocks[1:])


def _is_place(text: str, found: re.Match[str]) -> bool:
    """Tell a place by its capitals, or by the date or agency behind it.

    Scripts without capitals need a spaced dash behind one or two words.
    """
    place = text[slice(*found.span("place"))]
    if len(place.split()) > _PLACE_WORDS or is_dates_only(place):
        return False
    if len(text[found.end() :].split()) < _LEAST_TEXT:
        return False
    if found["date"] or found["agency"]:
        return not begins_small(place)
    letters = [letter for letter in place if letter.isalpha()]
    cased = any(letter.upper() != letter.lower() for letter in letters)
    spaced = bool(re.search(r"\s(?:-{1,2})\s$", plain(found[0])))
    if not cased:
        return spaced and len(place.split()) <= _UNCASED_WORDS
    return len(letters) > _CAPITALS and place.upper() == place
