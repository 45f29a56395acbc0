"""Read NewsML 1.0 to 1.2: a message with one or several news items.

The content stands in components inside of components, and each agency nests
them in another way; so components are told by what they hold, not by their place.
"""

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.misspelt import mend_names
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.markup.tree import attribute, first, line_of
from tamizdat.wire.parsers.newsml_1.content import read_content
from tamizdat.wire.parsers.newsml_1.management import read_management
from tamizdat.wire.parsers.newsml_1.metadata import read_metadata
from tamizdat.wire.parsers.newsml_1.tongues import Spoken, by_language
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "newsml-1"


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a NewsML 1.x document into wire items, one for each `NewsItem`.

    An item in several languages becomes one item for each of them.

    Raises:
        EmptyFileError: there is nothing in it.
        MarkupError, TooLargeError: see `read_xml`.
        NoItemError: no item says anything.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    tree = read_xml(decoded.text, file, receipt)
    mend_names(tree, receipt)
    items = [
        element
        for element in tree.iter("newsitem")
        if next(element.iterancestors("newsitem"), None) is None
    ]
    spoken = (one for element in items or [tree] for one in by_language(element))
    drafts = drafts_of(spoken, lambda one: _draft(one, tree, receipt), file, FAMILY)
    return finish_all(drafts, Source(data, file, decoded))


def _draft(spoken: Spoken, tree: Element, receipt: ReceiptWriter) -> Draft:
    item = spoken.item
    draft = Draft(family=FAMILY, line=line_of(item), receipt=receipt.copied())
    draft.noted = noted(item, draft.receipt)
    read_management(item, draft)
    read_metadata(item, draft)
    envelope = first(tree, "newsenvelope", ".//newsenvelope")
    sender = first(envelope, "sentfrom/party", "sentfrom//party")
    draft.provider = draft.provider or attribute(sender, "formalname")
    draft.urgency = draft.urgency or attribute(
        first(envelope, "priority"), "formalname"
    )
    read_content(item, draft)
    if spoken.language is not None:
        draft.language = spoken.language
    if draft.guid and not spoken.first:
        # One identifier stands for all languages: the others need their own.
        draft.guid = f"{draft.guid}#{spoken.language}"
    return draft
