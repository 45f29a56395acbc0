"""Turn what was copied elsewhere into blocks of a body: words stay, styling goes.

Decides what of the markup of Word, Google Docs, Telegram, spreadsheets and web pages
carries meaning: headings, quotations, lists, tables, bold, italic, links and languages.
Footnotes stay as text where they stand. Pure: no Django, no disk.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tamizdat.newsroom.desk.letters import (
    EDGES,
    NOTHING,
    Letters,
    flat,
    paragraph,
    stripped,
)
from tamizdat.newsroom.desk.markup import APART, BLOCKS, FORMULA, Element, read
from tamizdat.newsroom.desk.spoken import Spoken, named_by
from tamizdat.newsroom.desk.tongues import Tongue
from tamizdat.newsroom.richtext import without_overrides

PICTURES, COMMENTS, FORMULAS = "pictures", "comments", "formulas"  # left out, and told
HEADLINE = 150  # characters of a first line that may be a headline
SENTENCES = ".:;,…\u06d4\u061f"  # what a sentence ends with
BOLD = 551  # the least weight of letters that is bold
SIGN = 2  # characters of an emoji that stands as a picture
POINT = "\N{EN DASH} "  # before a point inside a point

_BLANK = re.compile(r"[ \t\r\n\f]+")  # never U+00A0, which somebody typed
_HEADINGS = {f"h{n}" for n in range(1, 7)}
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_WORD_LIST = re.compile(r"\b(l\d+)\s+level(\d+)")
_NUMBER = re.compile(r"[0-9a-zA-Z\u0660-\u0669\u06f0-\u06f9]{1,4}[.)]")
_HEAD = 100_000  # characters in which a program says which one it is
_OFFICE = re.compile(
    r"urn:schemas-microsoft-com|\bmso-|LibreOffice|OpenOffice", re.IGNORECASE
)
_REDIRECTS = {"www.google.com": "q", "t.me": "url"}


@dataclass(frozen=True)
class Pasted:
    """What was found.

    Attributes:
        blocks: as in the body of a story document: paragraph, subhead, quote, list and
            table.
        left_out: how many pictures, comments and formulas were not taken.
    """

    blocks: list[dict[str, Any]]
    left_out: dict[str, int]


@dataclass(frozen=True)
class _Manner:
    """How text is set where the walk stands."""

    bold: bool = False
    italic: bool = False
    href: str | None = None
    kind: str = "paragraph"
    keeps_lines: bool = False
    shift: Mapping[int, int] | None = None  # raises or lowers figures
    language: str | None = None  # that is named, if it is another one


@dataclass
class _Part:
    """A block while it is read: a letter each with its marks."""

    kind: str
    key: Any = None
    lead: str = ""
    letters: Letters = field(default_factory=list)


def pasted(html: str, language: str = "") -> Pasted:
    """Read copied markup.

    Args:
        html: as the clipboard has it.
        language: BCP 47 tag of the article; "" where it is not known.

    Raises:
        ValueError: it is longer than any article.
    """
    by_letters = _OFFICE.search(html[:_HEAD]) is not None
    walk = _Walk(Tongue(language, by_letters))
    walk.each(read(html), _Manner())
    walk.end()
    return Pasted(list(_gathered(walk.parts)), dict(walk.left_out))


def pasted_text(text: str) -> Pasted:
    """Read copied plain text: a paragraph a line."""
    lines = (_clean(line) for line in text.splitlines())
    blocks = [{"kind": "paragraph", "text": t, "marks": []} for t in lines if t]
    return Pasted(blocks, {})


def headline_of(blocks: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Part a whole article into its headline and the rest.

    A heading that stands first is the headline; so is a short first line that does not
    end as a sentence, if something follows.
    """
    if not blocks or blocks[0]["kind"] not in ("subhead", "paragraph"):
        return "", blocks
    first = blocks[0]["text"]
    is_heading = blocks[0]["kind"] == "subhead"
    is_line = len(first) <= HEADLINE and len(blocks) > 1 and first[-1] not in SENTENCES
    return (first, blocks[1:]) if is_heading or is_line else ("", blocks)


class _Walk:
    """Walks a tree and collects parts."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self.parts: list[_Part | dict[str, Any]] = []
        self.left_out: Counter[str] = Counter()
        self._now: _Part | None = None
        self._lists = 0

    def each(self, element: Element, manner: _Manner) -> None:
        """Take what stands in an element."""
        for child in element.children:
            if isinstance(child, str):
                self._write_lines(child, manner)
            elif not self._is_silent(child):
                self._take(child, manner)

    def end(self) -> None:
        """Close the part that is open, and keep it if it holds anything."""
        part, self._now = self._now, None
        if part is not None and stripped(part.letters):
            self.parts.append(part)

    def _is_silent(self, element: Element) -> bool:
        style = element.style
        if _is_comment(element, style):
            self.left_out[COMMENTS] += element.tag != "a"
            return True
        hidden = style.get("display") == "none" or style.get("mso-hide") == "all"
        return hidden or element.tag == "del" or style.get("mso-list") == "ignore"

    def _take(self, element: Element, manner: _Manner) -> None:
        tag = element.tag
        if tag == "br":
            self._break(manner)
        elif tag == "img":
            self._picture(element, manner)
        elif tag == "table":
            self._table(element, _speaking(element, manner))
        elif tag in ("ul", "ol"):
            self._list(element, _speaking(element, manner), "")
        elif tag == FORMULA:
            self.left_out[FORMULAS] += 1
        elif tag in BLOCKS:
            self._block(element, manner)
        elif tag in APART:
            self._write(" ", manner)
            self.each(element, _inline(element, manner))
            self._write(" ", manner)
        else:
            self.each(element, _inline(element, manner))

    def _block(self, element: Element, manner: _Manner) -> None:
        self.end()
        style = element.style
        found = _WORD_LIST.search(style.get("mso-list", ""))
        if found:
            lead = _lead(element)
            self._now = _Part("item", found[1], lead)
            manner = replace(manner, kind="item")
        elif element.tag in _HEADINGS or "msotitle" in element.classes:
            manner = replace(manner, kind="subhead", bold=False, italic=False)
        elif element.tag == "blockquote" or "msoquote" in element.classes:
            manner = replace(manner, kind="quote")
        elif element.tag == "pre":
            manner = replace(manner, keeps_lines=True)
        self.each(element, _inline(element, manner))
        self.end()

    def _list(self, element: Element, manner: _Manner, inside: str) -> None:
        self.end()
        if not inside:
            self._lists += 1
        number = (
            int(element.attributes.get("start") or 1) if _is_ordered(element) else 0
        )
        for item in element.children:
            if isinstance(item, str):
                if not item.strip():
                    continue
                item = Element("li", {}, [item])  # noqa: PLW2901 (a point without its tag)
            if item.tag in ("ul", "ol"):  # as Google Docs nests them
                self._list(item, _speaking(item, manner), inside + POINT)
                continue
            lead = f"{inside}{number}. " if number else inside
            number += bool(number)
            said = _speaking(item, replace(manner, kind="item"))
            self._item(item, said, lead, inside + POINT)
        self.end()

    def _item(self, item: Element, manner: _Manner, lead: str, deeper: str) -> None:
        self.end()
        self._now = _Part("item", self._lists, lead)
        for child in item.children:
            if isinstance(child, Element) and child.tag in ("ul", "ol"):
                self._list(child, _speaking(child, manner), deeper)
            elif isinstance(child, Element) and child.tag in BLOCKS:
                self._break(manner)
                self.each(child, _inline(child, manner))
            else:
                self.each(Element("", {}, [child]), manner)
        self.end()

    def _table(self, table: Element, manner: _Manner) -> None:
        rows = list(_rows(table))
        self.end()
        self._beside_cells(table, manner)
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    self.each(cell, manner)
                    self.end()
            return
        spoken = Spoken()
        cells = self._cells(rows, manner.language, spoken)
        self.parts.append({"kind": "table", "rows": cells, **spoken.of_all})

    def _beside_cells(self, element: Element, manner: _Manner) -> None:
        """Take what of a table is in no cell, before it: a caption, or stray words."""
        for child in element.children:
            if isinstance(child, str):
                self._write(child, manner)
            elif child.tag in ("tr", "td", "th") or any(child.elements("td", "th")):
                if child.tag not in ("td", "th"):
                    self._beside_cells(child, manner)
            elif not self._is_silent(child):
                self._block(child, manner)
        self.end()

    def _cells(
        self, rows: list[list[Element]], language: str | None, spoken: Spoken
    ) -> list[list[str]]:
        grid: list[list[str]] = []
        below: Counter[int] = Counter()  # by column, rows that a cell above takes
        for row in rows:
            line: list[str] = []
            for cell in row:
                self._pass(line, below)
                at, wide = len(line), _span(cell, "colspan")
                line += [self._cell(cell, language, spoken), *[""] * (wide - 1)]
                for column in range(at, at + wide):
                    below[column] = _span(cell, "rowspan") - 1
            self._pass(line, below)
            grid.append(line)
        width = max(map(len, grid))
        return [line + [""] * (width - len(line)) for line in grid]

    @staticmethod
    def _pass(line: list[str], below: Counter[int]) -> None:
        while below[len(line)] > 0:
            below[len(line)] -= 1
            line.append("")

    def _cell(self, cell: Element, language: str | None, spoken: Spoken) -> str:
        walk = _Walk(self._tongue)  # of plain words
        walk.each(cell, _speaking(cell, _Manner(language=language)))
        walk.end()
        self.left_out.update(walk.left_out)
        text, before = "", ""
        for part in walk.parts:
            if isinstance(part, _Part):
                between = "; " if part.kind == before == "item" else " " if text else ""
                text += between + part.lead + flat(part.letters)
                spoken.add(part.letters)
                before = part.kind
        return text

    def _picture(self, element: Element, manner: _Manner) -> None:
        alt = element.attributes.get("alt", "")
        if alt and (len(alt) <= SIGN or "emoji" in element.classes):
            self._write(alt, manner)
        elif not element.attributes.get("src", "").startswith("data:image/gif"):
            self.left_out[PICTURES] += 1

    def _break(self, manner: _Manner) -> None:
        """Begin a block where a line was broken; inside one leave a space."""
        if manner.kind in ("paragraph", "quote"):
            self.end()
        elif self._now is not None:
            self._write(" ", manner)

    def _write_lines(self, text: str, manner: _Manner) -> None:
        first, *others = text.split("\n") if manner.keeps_lines else [text]
        self._write(first, manner)
        for line in others:
            self._break(manner)
            self._write(line, manner)

    def _write(self, text: str, manner: _Manner) -> None:
        text = _BLANK.sub(" ", without_overrides(text))
        if self._now is None:
            if not text.strip(EDGES):
                return
            self._now = _Part(manner.kind)
        letters = self._now.letters
        if text[:1] == " " and (not letters or letters[-1][0] == " "):
            text = text[1:]
        if manner.shift:
            text = _shifted(text, manner.shift)
        before = letters[-1][4] if letters else None
        language = self._tongue.spoken(text, manner.language, before)
        marks = manner.bold, manner.italic, manner.href, language
        letters.extend((letter, *marks) for letter in text)


def _speaking(element: Element, manner: _Manner) -> _Manner:
    """Say in which language text inside an element is."""
    return replace(manner, language=named_by(element, manner.language))


def _inline(element: Element, manner: _Manner) -> _Manner:
    """Say how text inside an element is set."""
    tag, style = element.tag, element.style
    manner = _speaking(element, manner)
    weight = style.get("font-weight", "")
    bold = manner.bold or tag in ("b", "strong")
    if weight:
        bold = weight in ("bold", "bolder") or (
            weight.isdecimal() and int(weight) >= BOLD
        )
    italic = manner.italic or tag in ("i", "em", "cite")
    if "font-style" in style:
        italic = style["font-style"] in ("italic", "oblique")
    if manner.kind == "subhead":
        bold = italic = False
    manner = replace(manner, bold=bold, italic=italic)
    if tag == "a":
        return replace(manner, href=_address(element.attributes.get("href", "")))
    raised = tag == "sup" or style.get("vertical-align") == "super"
    lowered = tag == "sub" or style.get("vertical-align") == "sub"
    if raised or lowered:
        return replace(manner, shift=_RAISED if raised else _LOWERED)
    return manner


def _shifted(text: str, shift: Mapping[int, int]) -> str:
    """Raise or lower figures; marks of footnotes stay as they are."""
    is_figure = text.strip() and all(ord(letter) in shift for letter in text.strip())
    return text.translate(shift) if is_figure else text


def _address(href: str) -> str | None:
    """Find where a link leads; a place inside the document is none."""
    href = href.strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    asked = _REDIRECTS.get(parts.hostname or "")
    if asked and parts.path in ("/url", "/share/url"):
        href = (parse_qs(parts.query).get(asked) or [href])[0]
    scheme = href.partition(":")[0].lower()
    return href if scheme in ("https", "http", "mailto") else None


def _is_comment(element: Element, style: dict[str, str]) -> bool:
    """Tell what colleagues wrote in the margin: it is no part of the text."""
    kind = style.get("mso-element", "")
    anchor = element.attributes.get("id", "") + element.attributes.get("href", "")
    return (
        kind == "comment-list"
        or "msocommentreference" in element.classes
        or (element.tag == "a" and anchor.lstrip("#").startswith("cmnt"))
    )


def _is_ordered(element: Element) -> bool:
    start = element.attributes.get("start") or "1"
    return element.tag == "ol" and start.isdecimal() and len(start) < 5  # noqa: PLR2004


def _lead(element: Element) -> str:
    """Read the number that Word writes before a point of a list; a bullet is none."""
    for span in element.all_elements():
        if span.style.get("mso-list") == "ignore":
            text = _BLANK.sub(" ", _all_text(span)).strip(NOTHING)
            return f"{text} " if _NUMBER.fullmatch(text) else ""
    return ""


def _all_text(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else _all_text(child)
        for child in element.children
    )


def _rows(table: Element) -> Iterator[list[Element]]:
    """List rows of cells; cells without a row are one."""
    loose: list[Element] = []
    for found in table.elements("tr", "td", "th"):
        if found.tag != "tr":
            loose.append(found)
        elif cells := list(found.elements("td", "th")):
            yield cells
    if loose:
        yield loose


def _is_layout(rows: list[list[Element]]) -> bool:
    """Say whether a table only places things on a page, and is none of the story."""
    cells = [cell for row in rows for cell in row]
    is_line = len(rows) == 1 or all(len(row) == 1 for row in rows)
    framed = ["h1", "h2", "h3", "table", "blockquote", *(["ul", "ol"] * is_line)]
    return len(cells) <= 1 or any(any(cell.elements(*framed)) for cell in cells)


def _span(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "1")
    return min(max(int(text), 1), 100) if text.isdecimal() else 1


def _gathered(parts: Iterable[_Part | dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Write parts as blocks; points of one list stand together."""
    for (is_list, _key), some in groupby(parts, key=_list_of):
        if is_list:
            yield _points(part for part in some if isinstance(part, _Part))
        else:
            for part in some:
                yield part if isinstance(part, dict) else _text(part)


def _list_of(part: _Part | dict[str, Any]) -> tuple[bool, Any]:
    """Say whether a part is a point, and of which list."""
    if isinstance(part, _Part) and part.kind == "item":
        return True, part.key
    return False, None


def _points(parts: Iterable[_Part]) -> dict[str, Any]:
    items, spoken = list[str](), Spoken()
    for part in parts:
        items.append(part.lead + flat(part.letters))
        spoken.add(part.letters)
    return {"kind": "list", "items": items, **spoken.of_all}


def _text(part: _Part) -> dict[str, Any]:
    return {**paragraph(part.letters), "kind": part.kind}


def _clean(text: str) -> str:
    return _BLANK.sub(" ", without_overrides(text)).strip(EDGES)
