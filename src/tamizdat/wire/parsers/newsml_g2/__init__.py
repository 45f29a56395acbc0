"""Read NewsML-G2: an item, a package, or a message of several of them.

Concepts, events and catalogues are sound files and no news: alone they are
refused, among others they are passed over with a warning.
"""

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.errors import NotNewsError
from tamizdat.wire.faults import drafts_of, sound
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.misspelt import mend_names
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.markup.tree import attribute, first, line_of
from tamizdat.wire.parsers.newsml_g2.content import read_content
from tamizdat.wire.parsers.newsml_g2.metadata import read_metadata
from tamizdat.wire.parsers.newsml_g2.package import read_links
from tamizdat.wire.parsers.newsml_g2.planning import read_plan
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "newsml-g2"
PLANS = "planningitem"
NEWS = ("newsitem", "packageitem", PLANS)
OTHERS = ("conceptitem", "knowledgeitem", "catalogitem")


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a NewsML-G2 document into wire items, one for each of its items.

    Raises:
        EmptyFileError: there is nothing in it.
        MarkupError, TooLargeError: see `read_xml`.
        NotNewsError: it holds concepts, events or a catalogue and nothing else.
        NoItemError: no item says anything.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    tree = read_xml(decoded.text, file, receipt)
    mend_names(tree, receipt)
    items = [element for element in tree.iter(*NEWS) if _is_outer(element)]
    others = [element.tag for element in tree.iter(*OTHERS)]
    if others and not items:
        raise NotNewsError(file, f"nothing but {others[0]}")
    drafts = drafts_of(
        items or [tree], lambda one: _draft(one, tree, receipt), file, FAMILY
    )
    for draft in sound(drafts)[:1]:
        for name in others:
            draft.receipt.warn(f"{name} passed over: it is no news")
    return finish_all(drafts, Source(data, file, decoded))


def _is_outer(element: Element) -> bool:
    return next(element.iterancestors(*NEWS), None) is None


def _draft(element: Element, tree: Element, receipt: ReceiptWriter) -> Draft:
    draft = Draft(family=FAMILY, line=line_of(element), receipt=receipt.copied())
    draft.noted = noted(element, draft.receipt)
    read_metadata(element, draft)
    header = first(tree, "header")
    draft.urgency = draft.urgency or attribute_or_text(first(header, "priority"))
    draft.provider = draft.provider or attribute_or_text(first(header, "sender"))
    read_links(element, draft)
    if element.tag == PLANS:
        read_plan(element, draft)
    else:
        read_content(element, draft)
    return draft


def attribute_or_text(element: Element | None) -> str | None:
    """Read a value, whichever way the sender wrote it."""
    if element is None:
        return None
    return (element.text or "").strip() or attribute(element, "literal", "qcode")
