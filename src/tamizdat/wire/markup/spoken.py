"""Read which language markup names for words, of elements in one another.

Each element says it of all that stands in it, unless that says otherwise. What the
outermost says is no passage's: it is the language of the copy, or a mistake.

Source: HTML Standard, 3.2.6.2; XML 1.0, 2.12; NITF 3.6, `lang`.
"""

from collections.abc import Iterator

from lxml import etree

from tamizdat.wire.draft.spoken import Piece
from tamizdat.wire.draft.tongue import language_named
from tamizdat.wire.markup.names import SILENT
from tamizdat.wire.markup.reader import Element

BREAK = (
    "\x1e"  # a line break of the markup: it parts paragraphs, unlike one of the file
)
# An attribute that no copy has: names that are read are lower case.
_SPOKEN = "LANGUAGE"
_OFFICE = etree.XPath(
    "boolean(.//*[contains(@style, 'mso-') or starts-with(@class, 'Mso')] | /html/head"
    "/meta[contains(@content, 'Microsoft Word') or contains(@content, 'LibreOffice')])"
)


def spread(tree: Element) -> bool:
    """Give each element below a tree the language of its words, for `pieces`.

    Returns:
        Whether any has one.
    """
    if not names_any(tree):
        return False
    any_ = False
    for element in tree.iterdescendants(etree.Element):
        language = _named(element, tree)
        if language is not None:
            element.set(_SPOKEN, language)
            any_ = True
    return any_


def _named(element: Element, tree: Element) -> str | None:
    parent = element.getparent()
    around = None if parent is None or parent is tree else parent.get(_SPOKEN)
    return named_by(element, around)


def named_by(element: Element, around: str | None) -> str | None:
    """Tell the language of an element's words from that of what stands around it."""
    said = element.get("lang")
    if said is None and element.tag == "lang":
        said = element.get("iso")
    if said is not None and not said.strip():
        return None  # "it is not known", says HTML
    return (language_named(said) if said else None) or around


def names_any(tree: Element) -> bool:
    """Tell whether an element below a tree names a language, known or not."""
    found = tree.find(".//*[@lang]"), tree.find(".//lang[@iso]")
    return any(one is not None for one in found)


def is_of_office(tree: Element) -> bool:
    """Tell markup that a program of an office wrote."""
    return bool(_OFFICE(tree))


def spoken_by(element: Element | None) -> str | None:
    """Tell the language of the words of an element."""
    return None if element is None else element.get(_SPOKEN)


def pieces(element: Element, unseen: frozenset[str] = SILENT) -> Iterator[Piece]:
    """Read the words of an element: breaks marked, silent elements left out."""
    silent = 0
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "end" and part.tag in unseen:
            silent -= 1
        elif event == "start" and part.tag in unseen:
            silent += 1
        elif event == "start" and not silent:
            yield (BREAK if part.tag == "br" else part.text or ""), spoken_by(part)
        if event == "end" and not silent and part is not element:
            yield part.tail or "", spoken_by(part.getparent())
