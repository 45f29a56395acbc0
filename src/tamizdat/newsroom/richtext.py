"""Turn rich text into text and marks, and back.

Decides which markup an editor's paragraph may carry: bold, italic and links to https.
Pure: no Django, no disk.

Source: spec/story-document.md, `tamizdat.body` and `tamizdat.marks`.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any

LINK = re.compile(r"https://[^\s<>\"]{1,500}")  # what a story document accepts

OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]+")

_TAGS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "link"}
_OPENING = {"strong": "<b>", "em": "<i>"}
_CLOSING = {"strong": "</b>", "em": "</i>", "link": "</a>"}
_BREAKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "hr"})
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def without_overrides(text: str) -> str:
    """Take out marks that override the direction of text.

    They come with pasted text, cannot be seen, and let a name or a number read
    backwards. U+200E and U+200F stay: they override nothing.
    """
    return OVERRIDES.sub("", text)


def plain(text: str | None) -> str | None:
    """Make one clean line: no control characters, single spaces; None when empty."""
    return _SPACE.sub(" ", without_overrides(text or "")).strip(" ") or None


def paragraphs(html: str) -> list[dict[str, Any]]:
    """Read paragraphs of text and marks.

    Args:
        html: what the rich text editor stores; `<p>` opens a paragraph.

    Returns:
        {"kind": "paragraph", "text": str, "marks": [...]}, marks over code points, in
        order of `from`, outer before inner. Empty paragraphs are left out.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return reader.paragraphs


def links(html: str) -> list[str | None]:
    """List where the links of a rich text lead; None for one that is not an address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.links


def markup(text: str, marks: Iterable[Mapping[str, Any]] = ()) -> str:
    """Write a paragraph as the rich text editor stores it."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for mark in marks:
        opening = _OPENING.get(mark["kind"]) or f'<a href="{escape(mark["href"])}">'
        opened.setdefault(mark["from"], []).append(opening)
        closed.setdefault(mark["to"], []).insert(0, _CLOSING[mark["kind"]])
    pieces = [
        "".join((*closed.get(at, ()), *opened.get(at, ()), escape(text[at : at + 1])))
        for at in range(len(text) + 1)
    ]
    return f"<p>{''.join(pieces)}</p>"


class _Reader(HTMLParser):
    """Collects characters; a mark runs from where its tag opens to where it closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[dict[str, Any]] = []
        self.links: list[str | None] = []
        self._text: list[str] = []
        self._marks: list[dict[str, Any]] = []
        self._open: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
        elif tag == "br":
            self.handle_data(" ")
        elif tag in _TAGS:
            self._open_mark(tag, dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                self._open.pop(index)[1]["to"] = len(self._text)
                return

    def handle_data(self, data: str) -> None:
        for character in _SPACE.sub(" ", without_overrides(data)):
            if character != " " or (self._text and self._text[-1] != " "):
                self._text.append(character)

    def end_paragraph(self) -> None:
        """Keep what was read, with marks that hold at least one character."""
        text = "".join(self._text).rstrip(" ")
        for _, mark in self._open:
            mark["to"] = len(self._text)
        marks = [_clipped(mark, len(text)) for mark in self._marks]
        if text:
            kept = [mark for mark in marks if mark["from"] < mark["to"]]
            entry = {"kind": "paragraph", "text": text, "marks": kept}
            self.paragraphs.append(entry)
        self._text, self._marks, self._open = [], [], []

    def _open_mark(self, tag: str, href: str | None) -> None:
        mark: dict[str, Any] = {"kind": _TAGS[tag], "from": len(self._text), "to": 0}
        if tag == "a":
            address = href if href and LINK.fullmatch(href) else None
            self.links.append(address)
            mark["href"] = address
        self._open.append((tag, mark))
        if mark.get("href", "") is not None:
            self._marks.append(mark)


def _clipped(mark: dict[str, Any], length: int) -> dict[str, Any]:
    return {**mark, "to": min(mark["to"], length)}
