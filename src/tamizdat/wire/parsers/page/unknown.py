"""Find the text of a page that marks it nowhere, with the help of trafilatura.

It is asked for the text alone: what a page says of itself is read by us, in words
that the receipt can tell. It gets text and fetches nothing.
Source: docs/decisions, "Pages of unknown layout".
"""

import logging
import re
from itertools import takewhile
from typing import Any

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.reader import Element, read_html

MOST_CHARACTERS = 4 << 20  # of a page that is weighed paragraph by paragraph
_LEAST_DEPTH = 2  # html, body: they hold all of the page
# Its names of blocks, which are those of TEI.
_NAMES = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "hi": "span",
    "ref": "a",
    "code": "pre",
    "del": "span",
}


def passages_of_unknown(text: str) -> list[Passage]:
    """Find the paragraphs of a page; nothing where there are none.

    Args:
        text: the whole page.
    """
    tree = read_html(text[:MOST_CHARACTERS])
    if tree is None:
        return []
    body = _extracted(tree)
    if body is None:
        return []
    for element in body.iter():
        if element.tag in _NAMES:
            element.tag = _NAMES[element.tag]
    return passages_of(body, page=True)


def element_of(tree: Element, found: list[Passage]) -> Element | None:
    """Find the one element of a page that holds all paragraphs that were found.

    Its subheads, lists and pictures are as the page has them, which those that are
    weighed one by one are not.
    """
    wanted = {_sound(part.text) for part in found if part.block.kind == "paragraph"}
    holder: list[Element] | None = None
    for element in tree.iter("p", "div", "td", "li", "section"):
        if _is_inner(element) and _sound("".join(element.itertext())) in wanted:
            path = [*reversed(list(element.iterancestors())), element]
            holder = path[:-1] if holder is None else _shared(holder, path)
    return holder[-1] if holder and len(holder) > _LEAST_DEPTH else None


def _is_inner(element: Element) -> bool:
    return element.tag == "p" or not any(
        True for _ in element.iterdescendants("p", "td", "li", "div")
    )


def _shared(one: list[Element], other: list[Element]) -> list[Element]:
    pairs = zip(one, other, strict=False)
    return [a for a, b in takewhile(lambda pair: pair[0] is pair[1], pairs)]


def _sound(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())[:200]


def _extracted(tree: Any) -> Any:
    # It takes half a second to load, which files of other families need not pay.
    from trafilatura import bare_extraction  # noqa: PLC0415 - see above

    # It tells of pages without a text on standard error; refusals do that here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    found = bare_extraction(
        tree,
        fast=True,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        with_metadata=False,
    )
    return getattr(found, "body", None)
