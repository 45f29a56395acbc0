"""Turn rich text into text and marks, and back.

Decides which markup an editor's paragraph may carry: bold, italic, links to https, and
languages that have a name. Pure: no Django, no disk.

Source: spec/story-document.md, `tamizdat.body` and `tamizdat.marks`.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

from tamizdat.edition.languages import is_known

LINK = re.compile(r"https://[^\s<>\"]{1,500}")  # what a story document accepts

OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]+")

_TAGS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "a": "link"}
_OPENING = {"strong": "<b>", "em": "<i>"}
_CLOSING = {"strong": "</b>", "em": "</i>", "link": "</a>", "language": "</span>"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # as in a story document
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


def language_of(tag: str | None) -> str | None:
    """Give a tag that names a language a story document knows, else None."""
    return tag if tag and _LANGUAGE.fullmatch(tag) and is_known(tag) else None


def markup(text: str, marks: Iterable[Mapping[str, Any]] = ()) -> str:
    """Write a paragraph as the rich text editor stores it.

    Marks that cross are cut where they do: tags stand in one another.
    """
    beginning, edges = defaultdict[int, list[Mapping[str, Any]]](list), {0, len(text)}
    for mark in marks:
        start, end = mark["from"], mark["to"]
        edges.update((start, end))
        if start < end:
            beginning[start].append(mark)
    cuts, around, pieces = sorted(edges), list[Mapping[str, Any]](), list[str]()
    for at, until in zip(cuts, [*cuts[1:], len(text)], strict=True):
        kept = next((n for n, m in enumerate(around) if m["to"] <= at), len(around))
        pieces += [_CLOSING[mark["kind"]] for mark in reversed(around[kept:])]
        opened = [mark for mark in around[kept:] if at < mark["to"]]
        opened += beginning.get(at, ())
        pieces += [*map(_opening, opened), escape(text[at:until])]
        around = [*around[:kept], *opened]
    return f"<p>{''.join(pieces)}</p>"


def _opening(mark: Mapping[str, Any]) -> str:
    match mark["kind"]:
        case "link":
            return f'<a href="{escape(mark["href"])}">'
        case "language":
            return f'<span lang="{escape(mark["language"])}">'
        case kind:
            return _OPENING[kind]


class _Reader(HTMLParser):
    """Collects characters; a mark runs from where its tag opens to where it closes.

    Each letter is in the language of the nearest tag that names one. A mark that was
    cut where another begins or ends is whole again.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[dict[str, Any]] = []
        self.links: list[str | None] = []
        self._text: list[str] = []
        self._marks: list[dict[str, Any]] = []
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._spoken: list[str | None] = []  # by each tag that is open
        self._languages: list[str | None] = []  # of each character

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "span":
            around = self._spoken[-1] if self._spoken else None
            self._spoken.append(language_of(dict(attrs).get("lang")) or around)
        elif tag in _TAGS:
            self._open_mark(tag, dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_paragraph()
        elif tag == "span" and self._spoken:
            self._spoken.pop()
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                self._open.pop(index)[1]["to"] = len(self._text)
                return

    def handle_data(self, data: str) -> None:
        for character in _SPACE.sub(" ", without_overrides(data)):
            if character != " " or (self._text and self._text[-1] != " "):
                self._text.append(character)
                self._languages.append(self._spoken[-1] if self._spoken else None)

    def end_paragraph(self) -> None:
        """Keep what was read, with marks that hold at least one character."""
        text = "".join(self._text).rstrip(" ")
        for _, mark in self._open:
            mark["to"] = len(self._text)
        marks = [_clipped(mark, len(text)) for mark in self._marks]
        if text:
            kept = _passages(self._languages[: len(text)])
            kept += _whole([mark for mark in marks if mark["from"] < mark["to"]])
            kept.sort(key=lambda mark: (mark["from"], -mark["to"]))
            entry = {"kind": "paragraph", "text": text, "marks": kept}
            self.paragraphs.append(entry)
        self._text, self._marks, self._open = [], [], []
        self._spoken, self._languages = [], []

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


def _passages(languages: list[str | None]) -> list[dict[str, Any]]:
    """Write a mark over each stretch of letters in one language."""
    marks, at = list[dict[str, Any]](), 0
    for language, letters in groupby(languages):
        end = at + len(list(letters))
        if language:
            mark = {"kind": "language", "from": at, "to": end, "language": language}
            marks.append(mark)
        at = end
    return marks


def _whole(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join marks of which one begins where the other ends, and that say the same."""
    whole, ends = list[dict[str, Any]](), defaultdict[Any, deque[Any]](deque)
    for mark in marks:
        says = _says(mark)
        ended = ends[says, mark["from"]]
        if ended:
            one = ended.popleft()
            one["to"] = mark["to"]
        else:
            one = mark
            whole.append(one)
        ends[says, one["to"]].append(one)
    return whole


def _says(mark: dict[str, Any]) -> tuple[str, str]:
    return mark["kind"], mark.get("href", "")
