"""Know who let whom in lately: two accounts of one hand are not two people.

Whoever makes a link can follow it. So an account counts as one person with whoever let
it in, and with all else they let in, for three days: by a link that was followed, by a
role that publishes, by being allowed everything. Meanwhile those who sign with it are
told. What is done at a terminal of the newsroom's machine is nobody's hand here:
whoever sits there has the database and the keys.

Source: docs/decisions/0066-one-hand-is-not-two-people.md
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.accounts import EVERYTHING, GIVEN
from tamizdat.newsroom.models import Invitation
from tamizdat.newsroom.rights import services_with
from tamizdat.newsroom.roles import ROLES, roles_with

APART = timedelta(days=3)  # a weekend: who was locked out meanwhile has said so
TOLD = timedelta(days=14)  # for how long the others see it on their home page
_SIGNING = {ROLES[key].name for key in roles_with("publish")}


@dataclass(frozen=True)
class LetIn:
    """One account that somebody let in.

    Attributes:
        time: UTC, when the link was followed or the right given.
    """

    account: Any
    by: Any
    time: datetime

    @property
    def until(self) -> datetime:
        """UTC, exclusive: until when both count as one."""
        return self.time + APART


def since(time: datetime) -> list[LetIn]:
    """List who was let in since, newest first; one row for an account and a hand.

    Args:
        time: UTC, exclusive.
    """
    rows: dict[tuple[Any, Any], LetIn] = {}
    for one in sorted((*_links(time), *_given(time)), key=lambda row: row.time):
        rows[one.account.pk, one.by.pk] = one
    return sorted(rows.values(), key=lambda row: row.time, reverse=True)


def _links(time: datetime) -> Iterator[LetIn]:
    followed = Invitation.objects.filter(used__gt=time).exclude(by=None)
    for one in followed.select_related("account", "by"):
        if one.used is not None:
            yield LetIn(one.account, one.by, one.used)


def _given(time: datetime) -> Iterator[LetIn]:
    entries = ModelLogEntry.objects.filter(
        action__in=(GIVEN, EVERYTHING), timestamp__gt=time
    ).exclude(user=None)
    found = [one for one in entries.select_related("user") if _signs(one)]
    accounts = get_user_model().objects.in_bulk([int(one.object_id) for one in found])
    for one in found:
        if int(one.object_id) in accounts:
            yield LetIn(accounts[int(one.object_id)], one.user, one.timestamp)


def _signs(entry: Any) -> bool:
    """Say whether what was given lets somebody publish."""
    name = str(entry.data.get("role", "")).rpartition(": ")[2]  # as "en: editor"
    return entry.action == EVERYTHING or name in _SIGNING


def are_two(one: Any, other: Any, now: datetime) -> bool:
    """Say whether two accounts are two people at this time (UTC), as far as we know."""
    rows = since(now - APART)
    return not _hands(one, rows) & _hands(other, rows)


def others(accounts: Iterable[Any], than: Any, now: datetime) -> list[Any]:
    """List which of some accounts are another person than this one.

    Args:
        accounts: who could be the other.
        than: the account.
        now: UTC.
    """
    rows = since(now - APART)
    own = _hands(than, rows)
    return [one for one in accounts if not _hands(one, rows) & own]


def let_somebody_in(accounts: Iterable[Any], now: datetime) -> bool:
    """Say whether one of these has to stay: who let in is not known without it."""
    keys = {one.pk for one in accounts}
    return any(row.by.pk in keys for row in since(now - APART))


def until(one: Any, other: Any, now: datetime) -> datetime:
    """Say when two accounts of one hand count as two, if nobody is let in meanwhile.

    Returns:
        UTC; now where they are two already.
    """
    rows = sorted(since(now - APART), key=lambda row: row.time)
    for at, row in enumerate(rows):
        rest = rows[at + 1 :]
        if not _hands(one, rest) & _hands(other, rest):
            return row.until
    return now


def _hands(account: Any, rows: Iterable[LetIn]) -> set[int]:
    """Find by whom an account came in, by whom they did, and so on; itself besides."""
    found, edges = {account.pk}, {(row.account.pk, row.by.pk) for row in rows}
    while more := {by for whom, by in edges if whom in found} - found:
        found |= more
    return found


def told_to(user: Any, now: datetime) -> list[LetIn]:
    """List the accounts let in that sign with somebody, for their home page.

    Args:
        user: who publishes in some service.
        now: UTC.
    """
    services = services_with(user, "publish")
    if not services and not user.is_superuser:
        return []
    rows = [
        one for one in since(now - TOLD) if user.pk not in (one.account.pk, one.by.pk)
    ]
    return [
        one
        for one in rows
        if one.account.is_active and _sign_together(user, one.account)
    ]


def _sign_together(user: Any, account: Any) -> bool:
    if account.is_superuser:
        return True
    theirs = set(services_with(account, "publish"))
    return bool(
        theirs and (user.is_superuser or theirs & set(services_with(user, "publish")))
    )
