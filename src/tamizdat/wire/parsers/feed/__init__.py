"""Read feeds: RSS 0.9 to 2.0, RDF and Atom, with the extensions that newsrooms use.

One reader for all: what differs is the names of a few elements (`names`). A feed that
is cut short yields the entries that arrived whole.

Source: RSS 2.0 (RSS Advisory Board); RDF Site Summary 1.0; RFC 4287; Media RSS 1.5;
spec/wire-item.md.
"""

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.errors import NotNewsError
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.parsers.feed.channel import read_channel
from tamizdat.wire.parsers.feed.entry import read_entry
from tamizdat.wire.parsers.feed.names import PREFIXES
from tamizdat.wire.receipt import ReceiptWriter

MOST_ENTRIES = 20_000  # of one feed
_ENTRIES = ("item", "entry", "deleted-entry")
_FAMILIES = {"rss": "rss", "channel": "rss", "rdf": "rdf", "feed": "atom"}


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a feed into wire items, in its order.

    Raises:
        EmptyFileError, MarkupError, TooLargeError: see `read_xml`.
        NotNewsError: there is no entry in it.
        NoBodyError: no entry has an id, a headline, a body or media.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    tree = read_xml(decoded.text, file, receipt, PREFIXES)
    family = _FAMILIES.get(tree.tag.rpartition(".")[2], "atom")
    entries = _entries(tree)
    if not entries:
        raise NotNewsError(file, "a feed without an entry")
    if len(entries) > MOST_ENTRIES:
        receipt.warn(f"{len(entries)} entries: only {MOST_ENTRIES} are read")
    channel = read_channel(tree, family)
    drafts = drafts_of(
        entries[:MOST_ENTRIES],
        lambda entry: read_entry(entry, channel, receipt.copied()),
        file,
        family,
    )
    return finish_all(drafts, Source(data, file, decoded))


def _entries(tree: Element) -> list[Element]:
    """List the entries; one that stands inside another is the other's own."""
    found = [e for e in tree.iter() if e.tag.rpartition(".")[2] in _ENTRIES]
    inside = set(_ENTRIES)
    return [
        e
        for e in found
        if not any(a.tag in inside for a in e.iterancestors()) and e.tag != "items"
    ]
