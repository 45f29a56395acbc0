"""The editor of a text, without what a strict policy would refuse.

Wagtail's writes its invitation to write into a style inside the page; named hashes let
in what is left: nothing at all, and how lists in lists are numbered.

Browsers count a letter beyond U+FFFF, as an emoji is, as two; Wagtail reads their
counts as if it were one, and what stood behind it was bold, a link or in a language one
letter too late.
"""

import json
from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

_WIDE = 0xFFFF  # letters beyond it are two units of UTF-16
_Place = Callable[[int], int]


class CountingConverter(ContentstateConverter):
    """Wagtail's, which tells a browser places as browsers count them."""

    def from_database_format(self, html: str) -> str:
        """Write stored text as the browser takes it."""
        return _replaced(super().from_database_format(html), _units)

    def to_database_format(self, contentstate_json: str) -> str:
        """Write what the browser sent as it is stored."""
        stored: str = super().to_database_format(_replaced(contentstate_json, _letters))
        return stored


class TextEditor(DraftailRichTextArea):
    """Draftail that says nothing where nothing is written yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["placeholder"] = ""
        self.converter = CountingConverter(self.features)


def _replaced(content: str, counted: Callable[[list[int]], _Place]) -> str:
    """Count the places of marks anew, in texts with letters that count as two."""
    state = json.loads(content)
    for block in (state or {}).get("blocks", ()):
        if max(block["text"], default="") <= chr(_WIDE):
            continue
        widths = (1 + (ord(letter) > _WIDE) for letter in block["text"])
        place = counted([0, *accumulate(widths)])
        for mark in (*block["inlineStyleRanges"], *block["entityRanges"]):
            start, end = mark["offset"], mark["offset"] + mark["length"]
            mark["offset"], mark["length"] = place(start), place(end) - place(start)
    return json.dumps(state)


def _units(starts: list[int]) -> _Place:
    return lambda letter: starts[min(letter, len(starts) - 1)]


def _letters(starts: list[int]) -> _Place:
    return lambda unit: min(bisect_left(starts, unit), len(starts) - 1)
