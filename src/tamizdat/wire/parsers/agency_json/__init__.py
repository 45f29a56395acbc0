"""Read agency copy in JSON: ninjs of all generations, AP Media API, dpa digitalwires.

One reader for all: agencies differ in names (`names`), hardly in shape. A file may
hold one item, a list, JSON Lines, or an envelope of any depth round them.

Source: spec/wire-item.md; IPTC ninjs 1.0 to 3.1; AP Media API 2.2, "Content metadata
fields"; dpa digitalwires.
"""

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.errors import NotNewsError
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import WireItem
from tamizdat.wire.markup.noted import noted_in_values
from tamizdat.wire.parsers.agency_json.content import read_content
from tamizdat.wire.parsers.agency_json.envelope import family_of, items_in
from tamizdat.wire.parsers.agency_json.fields import read_fields
from tamizdat.wire.parsers.agency_json.names import BODIES, GUID
from tamizdat.wire.receipt import ReceiptWriter
from tamizdat.wire.records.reader import read_json
from tamizdat.wire.records.values import Record, first_text

MOST_ITEMS = 20_000  # of one file


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a file of agency JSON into wire items.

    Raises:
        EmptyFileError, JsonError, TooLargeError: see `read_json`.
        NotNewsError: no object in it has the keys of an item.
        NoBodyError: no item has an id, a headline, a body or media.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    values = read_json(decoded.text, file, receipt)
    records = items_in(values)
    if not any(map(_is_copy, records)):
        raise NotNewsError(file, "JSON without the keys of an item")
    if len(records) > MOST_ITEMS:
        receipt.warn(f"{len(records)} items: only the first {MOST_ITEMS} are read")
    drafts = drafts_of(
        records[:MOST_ITEMS], lambda one: _draft(one, receipt, file), file, "json"
    )
    return finish_all(drafts, Source(data, file, decoded))


def _is_copy(record: Record) -> bool:
    """Tell an item from settings and tables that have a headline, too."""
    if family_of(record) != "json":
        return True
    return bool(first_text(record, *GUID)) or any(
        isinstance(record.get(name), str) for name in BODIES
    )


def _draft(record: Record, receipt: ReceiptWriter, file: str) -> Draft:
    draft = Draft(family=family_of(record), receipt=receipt.copied())
    draft.noted = noted_in_values(record, draft.receipt)
    read_fields(record, draft)
    read_content(record, draft, file)
    return draft
