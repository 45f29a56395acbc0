"""Read pasted HTML of any program into a tree that is easy to walk.

Decides nothing about what is kept: it closes what was left open, drops what is no text
(comments, styles, scripts, Word's conditional sections) and bounds depth. Of a formula
stays the tag alone: its signs in a row would say something else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST = 8 << 20  # characters; a long Word document with its styles has about 2 MB
DEEPEST = 100  # tags inside each other; deeper ones are taken for their neighbours
FORMULA = "math"

_VOID = frozenset(
    ["br", "img", "hr", "input", "meta", "link", "col", "wbr", "base", "area", "source"]
)
_SILENT = frozenset(
    ["head", "style", "script", "title", "xml", "template", "noscript", "svg", FORMULA]
)
_SECTION = re.compile(r"<!\[[^>]*?\]>|<!--.*?(?:-->|\Z)|<\?[^>]*>", re.DOTALL)
_WORD_TAG = re.compile(
    r"<(/?)[ovwm]\d?:[a-z]+\b[^>]*>", re.IGNORECASE
)  # <o:p>, <w:sdt>
_SPACED = re.compile(r"\s*;\s*")
# What ends with the next one of its kind, if nothing of the second list is between.
_NEXT = {
    "p": ({"p"}, {"td", "th", "li", "blockquote", "table", "div"}),
    "li": ({"li"}, {"ul", "ol"}),
    "tr": ({"tr", "caption"}, {"table"}),
    "td": ({"td", "th", "caption"}, {"tr", "table"}),
    "th": ({"td", "th", "caption"}, {"tr", "table"}),
}
_TEXTS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "address", "hr"]
_LISTS = ["ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "select", "optgroup"]
_PLACES = ["div", "section", "article", "header", "footer", "main", "aside", "nav"]
_FORMS = ["form", "search", "fieldset", "legend", "details", "summary", "dialog"]
_GROUPS = ["figure", "figcaption", "hgroup", "center"]
BLOCKS = frozenset([*_TEXTS, *_LISTS, *_PLACES, *_FORMS, *_GROUPS])
APART = frozenset(["label", "button", "option", "td", "th"])  # words side by side


@dataclass
class Element:
    """A tag with what stands in it: elements and texts, in order."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def style(self) -> dict[str, str]:
        """Read the style attribute: property to value, in small letters."""
        text = self.attributes.get("style", "").replace("\n", " ").lower()
        pairs = (part.partition(":") for part in _SPACED.split(text) if ":" in part)
        return {name.strip(): value.strip() for name, _, value in pairs}

    @property
    def classes(self) -> str:
        """Give the class attribute in small letters."""
        return self.attributes.get("class", "").lower()

    def elements(self, *tags: str) -> Iterator["Element"]:
        """List elements of these tags below, not those inside one that was found."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.elements(*tags)

    def all_elements(self) -> Iterator["Element"]:
        """List every element below."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.all_elements()


def read(html: str) -> Element:
    """Read markup.

    Raises:
        ValueError: it is longer than any article.
    """
    if len(html) > MOST:
        raise ValueError(f"expected at most {MOST} characters, found {len(html)}")
    reader = _Reader()
    reader.feed(_WORD_TAG.sub("", _SECTION.sub("", html)))
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self._open = [self.root]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            if tag == FORMULA and not self._silent:
                self._open[-1].children.append(Element(tag))
            self._silent += 1
        if self._silent:
            return
        if tag in BLOCKS or tag in _NEXT:
            self._end_before(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent:
            self._end({tag}, {"table"} if tag != "table" else set())

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._open[-1].children.append(data)

    def _end_before(self, tag: str) -> None:
        if tag == "tr":  # its cells first: they may stand in no row
            self._end(*_NEXT["td"])
        self._end(*_NEXT.get(tag, ({"p"}, _NEXT["p"][1])))

    def _end(self, tags: set[str], within: set[str]) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].tag in tags:
                del self._open[index:]
                return
            if self._open[index].tag in within:
                return
