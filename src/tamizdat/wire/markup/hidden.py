"""Take out of a tree what its markup hides, or keeps for the desk alone."""

import re

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.items import Block
from tamizdat.wire.markup.names import BLOCKS, WHOLES
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.roles import ROLES, role_of
from tamizdat.wire.markup.tree import line_of

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN = frozenset({"false", "until-found"})  # values of `hidden`


def take_private(tree: Element) -> list[Passage]:
    """Take out hidden elements, and private ones inside a paragraph, list or table.

    Private blocks beside paragraphs stay: what their headings say holds below them.

    Returns:
        A passage without words for each: the receipt tells of it.
    """
    marked = [(one, role) for one in tree.iterdescendants() if (role := _kept(one))]
    for element, _ in marked:
        tail, element.tail = element.tail, None
        parent, before = element.getparent(), element.getprevious()
        if parent is None:
            continue
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        else:
            parent.text = (parent.text or "") + (tail or "")
        parent.remove(element)
    return [Passage(Block("paragraph", ""), line_of(one), role) for one, role in marked]


def _kept(element: Element) -> str | None:
    """Tell "private" or "hidden" for an element to take out."""
    if not isinstance(element.tag, str):
        return None
    if role_of(element) == "private":
        inside = next(element.iterancestors(*WHOLES), None) is not None
        apart = element.tag in BLOCKS or element.tag in ROLES
        return "private" if inside or not apart else None
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() not in _SHOWN:
        return "hidden"
    return "hidden" if _UNSEEN.search(element.get("style") or "") else None
