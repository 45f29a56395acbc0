"""Read NITF, of any version from 2 to 3.6, namespaced or plain.

`read_nitf` serves NewsML too, for both its generations carry bodies in NITF.
Source: spec/wire-item.md, "Where each family takes its keys from".
"""

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.misspelt import mend_names
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.reader import read_xml
from tamizdat.wire.markup.tree import first
from tamizdat.wire.parsers.nitf.document import read_nitf
from tamizdat.wire.parsers.nitf.publication import read_publication
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "nitf"


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a NITF document into one wire item.

    Raises:
        EmptyFileError: there is nothing in it.
        MarkupError, TooLargeError: see `read_xml`.
        NoItemError: it says nothing at all.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    tree = read_xml(decoded.text, file, receipt)
    mend_names(tree, receipt)
    draft = Draft(family=FAMILY, receipt=receipt, noted=noted(tree, receipt))
    read_publication(tree, draft)
    # An envelope of a picture has no document in it.
    if (
        tree.tag != "publication"
        or first(tree, ".//nitf", ".//body.content") is not None
    ):
        read_nitf(tree, draft)
    if draft.media and not draft.passages:
        draft.type = next(
            (one.kind for one in draft.media if one.kind != "picture"), "picture"
        )
    return finish_all([draft], Source(data, file, decoded))
