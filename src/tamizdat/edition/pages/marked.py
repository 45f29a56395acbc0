"""Write a text with its marks: languages, links, emphasis.

Decides which element stands in which: one letter is under one link and in one language,
and a passage in another language is one element, so that it is set in its own order. It
stands in the link that holds it whole, or else around all links, which are then cut.
"""

from collections.abc import Callable, Sequence
from html import escape as attribute
from itertools import groupby, pairwise

from minijinja import Markup, escape

from tamizdat.edition.blocks import Foreign, Mark
from tamizdat.edition.foreign import begun, spoken
from tamizdat.edition.languages import direction

_Write = Callable[[int, int], str]


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """Write a text and the elements of its marks; nobody need escape it."""
    links = [mark for mark in marks if mark.kind == "link"]
    spoken = [mark for mark in marks if mark.kind == "language"]
    inner = [one for one in spoken if any(_holds(link, one) for link in links)]
    outer = [one for one in spoken if one not in inner]
    cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)})

    def runs(start: int, end: int) -> str:
        edges = [start, *(cut for cut in cuts if start < cut < end), end]
        return "".join(_run(text, one, marks) for one in pairwise(edges))

    write: _Write = runs
    for layer in (inner, links, outer):
        write = _layered(layer, write)
    return Markup(write(0, len(text)))


def told(text: str, foreign: Sequence[Foreign]) -> str:
    """Write a text that has no marks, or what a list leaves of it, with languages."""
    marks = spoken(text, foreign)
    for cut in begun(text, foreign):
        if not any(one.start < cut.start < one.end for one in marks):
            marks = (*(one for one in marks if one.end <= cut.start), cut)
    return marked(text, marks) if marks else text


def _holds(link: Mark, one: Mark) -> bool:
    return link.start <= one.start and one.end <= link.end


def _layered(layer: Sequence[Mark], inside: _Write) -> _Write:
    """Make what writes a stretch of text with the elements of some marks in it."""
    if not layer:
        return inside
    edges = {edge for mark in layer for edge in (mark.start, mark.end)}

    def write(start: int, end: int) -> str:
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
        tagged = ((_tag(layer, *part), part) for part in pairwise(cuts))
        found = []
        for tag, some in groupby(tagged, key=lambda one: one[0]):
            parts = [part for _tag, part in some]
            words = inside(parts[0][0], parts[-1][1])
            name = tag[1:].partition(" ")[0]
            found.append(f"{tag}{words}</{name}>" if tag else words)
        return "".join(found)

    return write


def _tag(layer: Sequence[Mark], start: int, end: int) -> str:
    """Write the tag of the first mark over a stretch, "" where there is none."""
    for mark in layer:
        if mark.start <= start and end <= mark.end:
            if mark.href:
                return f'<a href="{attribute(mark.href)}" rel="noopener noreferrer">'
            tongue = mark.language or ""
            return f'<span lang="{tongue}" dir="{direction(tongue)}">'
    return ""


def _run(text: str, part: tuple[int, int], marks: Sequence[Mark]) -> str:
    start, end = part
    kinds = {mark.kind for mark in marks if mark.start <= start and end <= mark.end}
    words = str(escape(text[start:end]))
    for kind in ("em", "strong"):
        words = f"<{kind}>{words}</{kind}>" if kind in kinds else words
    return words
