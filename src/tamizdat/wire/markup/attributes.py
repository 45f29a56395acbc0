"""Bound the attributes of a tag of HTML before they reach a parser.

Libxml2 compares each attribute of a tag with all before it: a tag of half a million,
which fits into five megabytes, takes it many minutes. Tags are told as it tells them,
and the time taken grows with the length of the text alone.

Source: HTML Standard, 13.2.5 "Tokenization".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_ATTRIBUTES = 1_000  # of one tag
# The same in comments, scripts and values, where no tags are: where a parser is of
# another mind about what those are, it meets no more.
_MOST_HIDDEN = 5_000
_LEAST = 2  # characters of an attribute, with what parts it from the next
_DEEPEST = 3  # comments, scripts and values in each other
_OPENS = re.compile(r"<(?:!--|[!?]|/[^A-Za-z>]|/?[A-Za-z][^\s/>]*+)")
_ONE = (
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"
)
_ATTRIBUTE = re.compile(_ONE)
_TAG = re.compile(rf"(?:{_ONE})*+[\s/]*+>?")
_COMMENT = re.compile(r"-?>|.*?(?:--!?>|\Z)", re.DOTALL)
_BOGUS = re.compile(r"[^>]*+>?")  # "<?...>", "<!...>", "</ ...>": comments, too
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])|\Z", re.IGNORECASE)
    for name in (
        *("script", "style", "textarea", "title", "xmp", "iframe", "noembed"),
        "noframes",
    )
} | {"plaintext": re.compile(r"\Z")}


@dataclass(frozen=True, slots=True)
class _Edit:
    """Say what stands from `start` to `end` instead, and how much less that is."""

    start: int
    end: int
    text: str
    dropped: int


def bounded(text: str) -> tuple[str, int]:
    """Leave each tag of HTML its first MOST_ATTRIBUTES; tell how many were dropped."""
    return _bounded(text, MOST_ATTRIBUTES, 0)


def _bounded(text: str, most: int, depth: int) -> tuple[str, int]:
    if len(text) < most * _LEAST or _OPENS.search(text) is None:
        return text, 0
    if depth > _DEEPEST:
        return "", 1
    parts: list[str] = []
    dropped, copied = 0, 0
    for edit in _edits(text, most, depth):
        parts += [text[copied : edit.start], edit.text]
        dropped, copied = dropped + edit.dropped, edit.end
    return "".join([*parts, text[copied:]]), dropped


def _edits(text: str, most: int, depth: int) -> Iterator[_Edit]:
    """Go through tags and what is none, once, in the order of the text."""
    at = 0
    while (opened := _OPENS.search(text, at)) is not None:
        start = opened.end()
        if not opened[0][-1].isalpha() and opened[0][1] in "!?/":
            ends = _COMMENT if opened[0] == "<!--" else _BOGUS
            at = _end(ends, text, start)
            yield from _hidden(text, start, at, depth)
            continue
        at = _end(_TAG, text, start)
        if at - start >= most * _LEAST:
            yield from _of_tag(text, start, at, most, depth)
        raw = _RAW.get(opened[0][1:].lower())
        closed = raw.search(text, at) if raw else None
        if closed is not None:
            yield from _hidden(text, at, closed.start(), depth)
            at = closed.start()


def _end(form: re.Pattern[str], text: str, start: int) -> int:
    found = form.match(text, start)
    return found.end() if found else start


def _of_tag(text: str, start: int, end: int, most: int, depth: int) -> Iterator[_Edit]:
    """Look into the attributes that are let in, and drop the rest."""
    count, kept, last = 0, start, start
    for one in _ATTRIBUTE.finditer(text, start, end):
        count, last = count + 1, one.end()
        if count <= most:
            kept = last
            yield from _hidden(text, one.start(), last, depth)
    if count > most:
        yield _Edit(kept, last, "", count - most)


def _hidden(text: str, start: int, end: int, depth: int) -> Iterator[_Edit]:
    if end - start < _MOST_HIDDEN * _LEAST:
        return
    kept, dropped = _bounded(text[start:end], _MOST_HIDDEN, depth + 1)
    if dropped:
        yield _Edit(start, end, kept, dropped)
