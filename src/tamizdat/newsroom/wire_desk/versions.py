"""Order the versions of one item: which of them is the newest of its source.

Source: docs/decisions/0047-the-wire-desk.md, "Versions".
"""

from collections.abc import Collection, Iterable, Sequence

from tamizdat.newsroom.models import KeptItem
from tamizdat.newsroom.models.wire import CANCELED
from tamizdat.newsroom.wire_desk import identity


def is_same(one: KeptItem, row: KeptItem) -> bool:
    """Say whether two rows are one version: nothing of it was told anew."""
    keys = ("version", "words", "pubstatus", "signal", "embargo")
    return all(getattr(one, key) == getattr(row, key) for key in keys)


def is_later(row: KeptItem, one: KeptItem) -> bool:
    """Say whether a version that came now takes the place of one that is here."""
    new, old = row.version, one.version
    if new.isdecimal() and old.isdecimal() and _own_name(row) == _own_name(one):
        return int(new) >= int(old)
    return row.sent >= one.sent


def _own_name(row: KeptItem) -> str:
    """Name it as its own versions do: numbers of two names do not compare."""
    return identity.unrevised(row.item["family"], row.item["guid"] or "")


def save_in_order(
    row: KeptItem, own: Sequence[KeptItem], kills: Collection[KeptItem] = ()
) -> None:
    """Save a row that came now among the versions of its source.

    Args:
        row: not saved yet.
        own: the rows of the same source that it is a version of.
        kills: rows that withdraw it, whatever its number and time say.
    """
    later = [
        one for one in own if one.newest and (one in kills or not is_later(row, one))
    ]
    row.newest = not later
    row.superseded_by = later[0] if later else None
    row.save()
    if row.newest:
        _stand_behind(row, [one.pk for one in own])


def settle(chain: str) -> None:
    """See that each source has one newest version of a chain that changed."""
    by_source: dict[int, list[KeptItem]] = {}
    for row in KeptItem.objects.filter(chain=chain).order_by("pk"):
        by_source.setdefault(row.source_id, []).append(row)
    for rows in by_source.values():
        # What withdrew by mistake says nothing: the words before it count.
        newest = _newest([one for one in rows if not _set_aside(one)] or rows)
        _stand_behind(newest, [one.pk for one in rows if one.pk != newest.pk])
        newest.newest, newest.superseded_by = True, None
        newest.save(update_fields=["newest", "superseded_by"])


def _set_aside(row: KeptItem) -> bool:
    item = row.item
    withdrew = item["pubstatus"] == CANCELED or item["signal"] == "kill"
    return row.revived is not None and bool(withdrew)


def _newest(rows: Iterable[KeptItem]) -> KeptItem:
    every = iter(rows)
    best = next(every)
    for one in every:
        best = one if is_later(one, best) else best
    return best


def _stand_behind(newest: KeptItem, others: Sequence[int]) -> None:
    rows = KeptItem.objects.filter(pk__in=others, newest=True)
    rows.update(newest=False, superseded_by=newest)
