"""Finish the items of one file: each on its own, so that a bad one stops no other."""

from collections.abc import Iterable
from dataclasses import replace

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem

_NAMED = 5  # refusals that are told one by one


def finish_each(drafts: Iterable[Draft], source: Source) -> list[WireItem]:
    """Finish drafts; what was refused stands as a warning in the first item's receipt.

    Raises:
        WireError: the first refusal, where no item is left.
    """
    items: list[WireItem] = []
    refused: list[str] = []
    first: WireError | None = None
    for number, draft in enumerate(drafts, start=1):
        try:
            items.append(finish(draft, source))
        except WireError as error:
            first = first or error
            refused.append(f"item {number} of this file is refused: {error.found}")
    if not items and first is not None:
        raise first
    if len(refused) > _NAMED:
        refused = [*refused[:_NAMED], f"{len(refused) - _NAMED} more are refused"]
    if refused:
        receipt = items[0].receipt
        receipt = replace(receipt, warnings=(*receipt.warnings, *refused))
        items[0] = replace(items[0], receipt=receipt)
    return items
