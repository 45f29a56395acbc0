"""Set apart what a class calls a dateline or a byline inside a paragraph.

Agencies that send HTML mark parts of a paragraph where others have elements:
`<p><span class="dat">Stockholm</span>The ...`, `<p>... <span class="author">`.
Such a part becomes an element of its own before or behind its paragraph.
"""

import re

from lxml import etree

from tamizdat.wire.draft.dateline import dateline_of
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.markup.reader import Element

# Classes, without what newsrooms put before them, and the element they stand for.
CALLED = {
    **dict.fromkeys(
        (
            "dat",
            "dateline",
            "datelines",
            "placeline",
            "ort",
            "spitzmarke",
            "dateline-location",
        ),
        "dateline",
    ),
    **dict.fromkeys(
        ("byline", "bylines", "by", "author", "authors", "writer"), "byline"
    ),
    **dict.fromkeys(("author-name", "byline-name", "signature"), "byline"),
    **dict.fromkeys(("preamble", "ingress", "standfirst", "deck", "dek"), "standfirst"),
    **dict.fromkeys(
        ("kicker", "overline", "dachzeile", "vignette", "vinjett"), "kicker"
    ),
}
_HOUSE = re.compile(
    r"(?:article|story|news|text|body|content|item|entry|post|page|tt|tag)(?:-{1,2}|_{1,2}|:)"
)
_INLINE = ("span", "em", "strong", "b", "i", "cite", "small", "font", "time")
_PARAGRAPHS = frozenset({"p", "para", "div"})
_LED = re.compile(r"^[\s\u00a0.:,]*(?:[-\u2013\u2014]+\s*)?")
_MOST_LETTERS = 120
# Words of what may be called so; a longer part is what its classes set, not name.
_MOST_WORDS = {"dateline": 20, "byline": 40, "standfirst": 150, "kicker": 15}


def called(element: Element) -> str | None:
    """Tell what the classes of an element call it; None where they are of style."""
    for word in (element.get("class") or "").lower().split():
        found = CALLED.get(word) or CALLED.get(_HOUSE.sub("", word, count=1))
        if found is not None:
            few = len("".join(element.itertext()).split()) <= _MOST_WORDS[found]
            return found if few else None
    return None


def set_apart(tree: Element) -> None:
    """Set apart the marked parts of all paragraphs below an element."""
    for part in [one for one in tree.iter(*_INLINE) if one.get("class")]:
        name = called(part)
        holder = part.getparent()
        if name not in {"dateline", "byline"} or holder is None:
            continue
        if holder.tag in _PARAGRAPHS and holder.getparent() is not None:
            _move(part, holder, name)


def _move(part: Element, holder: Element, name: str) -> None:
    text = one_line("".join(part.itertext()))
    if not text or len(text) > _MOST_LETTERS:
        return
    before = part.getprevious() is None and not one_line(holder.text or "")
    behind = part.getnext() is None and not one_line(part.tail or "")
    if name == "dateline" and (not before or behind or dateline_of(text) is None):
        return
    if not before and not behind:
        return
    alone = etree.Element(name)
    alone.text, alone.sourceline = text, holder.sourceline
    if before:
        holder.text = _LED.sub("", part.tail or "", count=1)
        part.tail = None
        holder.remove(part)
        holder.addprevious(alone)
    else:
        holder.remove(part)
        alone.tail, holder.tail = holder.tail, None
        holder.addnext(alone)
