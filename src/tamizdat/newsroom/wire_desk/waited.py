"""Bring together an item and the kill or correction of it that came before it.

Wires are slow and come in on several lines: what takes a story back may be here before
the story. What is beyond doubt is joined at once; what is not is asked of an editor.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

from datetime import datetime

from tamizdat.newsroom.models import KeptItem
from tamizdat.newsroom.models.wire import CANCELED
from tamizdat.newsroom.wire_desk import joining, standing, versions


def meet(row: KeptItem, now: datetime) -> None:
    """Join to an item what waited for it, or ask about it.

    Args:
        row: saved, and no version of anything that is here.
        now: UTC.
    """
    for earlier, found in joining.waiting(row):
        joining.note(earlier, earlier.chain, found, now)
        if joining.is_sure(found):
            _join(row, earlier)


def _join(row: KeptItem, earlier: KeptItem) -> None:
    earlier.chain = row.chain
    earlier.save(update_fields=["chain"])
    if standing.kills_of(row, [earlier]):
        row.pubstatus = CANCELED
        row.save(update_fields=["pubstatus"])
    versions.settle(row.chain)
    row.refresh_from_db(fields=["newest", "superseded_by"])
