"""Tell what an agency says of the use of its copy: never, not yet, or freely.

Withdrawn copy is never used again. Copy that is held back (`withheld`, or under an
embargo) may be prepared, and no story made from it goes out before its time. Pure.

Source: spec/wire-item.md; docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from tamizdat.newsroom.models import KeptItem
from tamizdat.newsroom.wire_desk import identity

_CANCELED, _WITHHELD = "canceled", "withheld"


def is_withdrawn(row: KeptItem) -> bool:
    """Say whether an agency asks that copy be used no more, and nobody decided else."""
    if row.revived is not None:
        return False
    return row.pubstatus == _CANCELED or row.signal == "kill"


def is_kill(row: KeptItem) -> bool:
    """Say whether a version itself withdraws: not one that came behind its kill.

    One that somebody set aside withdraws nothing.
    """
    item = row.item
    if row.revived is not None:
        return False
    return bool(item["pubstatus"] == _CANCELED or item["signal"] == "kill")


def is_killed_by(row: KeptItem, kill: KeptItem) -> bool:
    """Say whether a kill that came first reaches a version that comes behind it.

    It does unless the version says that it is a later one: by its number, else by the
    time that stands in it.
    """
    if row.version.isdecimal() and kill.version.isdecimal():
        return int(row.version) <= int(kill.version)
    said = identity.moment(row.item["updated_at"] or row.item["published_at"])
    return said is None or said <= kill.sent


def kills_of(row: KeptItem, others: Iterable[KeptItem]) -> list[KeptItem]:
    """List what withdraws a version, of all rows of its chain that came first."""
    if is_withdrawn(row):
        return []
    return [one for one in others if is_kill(one) and is_killed_by(row, one)]


def coming(embargo: datetime | None, now: datetime) -> datetime | None:
    """Give the end of an embargo that is not over, UTC."""
    return embargo if embargo is not None and embargo > now else None


def waits_for_agency(row: KeptItem) -> bool:
    """Say whether copy is held back until its agency says otherwise, at no hour."""
    return row.pubstatus == _WITHHELD and row.embargo is None and not is_withdrawn(row)


def is_held(row: KeptItem, now: datetime) -> bool:
    """Say whether copy may be prepared and not go out yet."""
    under_embargo = coming(row.embargo, now) is not None and not is_withdrawn(row)
    return under_embargo or waits_for_agency(row)


def is_news(row: KeptItem, used: Collection[KeptItem], now: datetime) -> bool:
    """Say whether a version tells those who used these something new."""
    if is_withdrawn(row):
        return True
    if is_held(row, now) and not any(is_held(one, now) for one in used):
        return True
    said = _said(row, now)
    return all(_said(one, now) != said for one in used)


def _said(row: KeptItem, now: datetime) -> tuple[Any, ...]:
    return row.words, coming(row.embargo, now)
