"""Ask a tree whose names are plain and lower case, as `reader` makes it.

Every question has an answer, None or nothing where the tree is silent.
"""

from collections.abc import Iterator

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.markup.reader import Element

# Between these and their neighbours a reader sees a gap, whatever the file has.
_APART = frozenset(
    {
        *("p", "br", "li", "div", "td", "th", "tr", "h1", "h2", "h3", "hl1", "hl2"),
        *(
            "person",
            "org",
            "byttl",
            "location",
            "story.date",
            "givenname",
            "familyname",
        ),
        *("name.given", "name.family", "function", "block", "paragraph", "line"),
    }
)


_SILENT = frozenset({"script", "style", "template", "noscript"})


def first(tree: Element | None, *paths: str) -> Element | None:
    """Find the first element on the first of `paths` that leads anywhere."""
    if tree is None:
        return None
    for path in paths:
        found: Element | None = tree.find(path)
        if found is not None:
            return found
    return None


def every(tree: Element | None, path: str) -> list[Element]:
    """Find all elements on a path, in the order of the file."""
    return [] if tree is None else list(tree.findall(path))


def words(tree: Element | None, *paths: str) -> str | None:
    """Read the text of the first element that has some, in one line."""
    for path in paths or (".",):
        for found in every(tree, path):
            text = one_line(_spaced(found))
            if text:
                return text
    return None


def _spaced(element: Element) -> str:
    """Read all text, with a space where markup parts what no space parts."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if child.tag in _SILENT:
            parts.append(child.tail or "")
            continue
        gap = " " if child.tag in _APART else ""
        parts += [gap, _spaced(child), gap, child.tail or ""]
    return "".join(parts)


def attribute(tree: Element | None, *names: str) -> str | None:
    """Read the first of the attributes that is there and not blank."""
    if tree is None:
        return None
    for name in names:
        value = one_line(tree.get(name) or "")
        if value:
            return value
    return None


def values(tree: Element | None, path: str, *names: str) -> Iterator[str]:
    """Read an attribute of every element on a path, blank ones left out."""
    for found in every(tree, path):
        value = attribute(found, *names)
        if value is not None:
            yield value


def line_of(tree: Element | None) -> int:
    """Tell the line on which an element stands, 1 where nobody knows."""
    line = None if tree is None else tree.sourceline
    return int(line or 1)
