"""Answer whether one item is a version of another, and part what was joined wrongly.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tamizdat.newsroom.models import KeptItem, ServicePage, WireAlert, WireJoin
from tamizdat.newsroom.models.joins import NO, OPEN, YES
from tamizdat.newsroom.rights import may, require
from tamizdat.newsroom.wire_desk import alerts, identity, versions
from tamizdat.newsroom.wire_desk.keeping import REACH
from tamizdat.wire.items import read_item

SHOWN = 12  # questions


def open_in(service: ServicePage, now: datetime) -> list[WireJoin]:
    """List what an editor of a service is asked; of used copy however long ago."""
    return list(_open(Q(item__source__services=service), now)[:SHOWN])


def open_for(user: Any, now: datetime) -> list[WireJoin]:
    """List what somebody is asked about copy that stories of theirs used."""
    if not WireJoin.objects.filter(answer=OPEN).exists():
        return []
    live = ServicePage.objects.live()
    own = [one.pk for one in live if may(user, "edit", one)]
    used = Q(other__uses__article__service__in=own)
    return list(_open(used, now)[:SHOWN])


def _open(which: Q, now: datetime) -> QuerySet[WireJoin]:
    fresh = Q(asked__gte=now - REACH) | Q(other__uses__isnull=False)
    rows = WireJoin.objects.filter(which, fresh, answer=OPEN).distinct()
    return rows.select_related("item__source", "other__source").order_by("-pk")


def may_answer(one: WireJoin, user: Any) -> bool:
    """Say whether an account edits in a service that the item comes to."""
    return any(may(user, "edit", each) for each in one.item.source.services.all())


@transaction.atomic
def answer(key: int, actor: Any, now: datetime, *, yes: bool) -> WireJoin:
    """Say whether an item is a version of the other one; a later answer counts.

    Args:
        key: of the question.
        actor: the account that answers.
        now: UTC.
        yes: whether it is one.

    Raises:
        RightError: the account edits in no service that the item comes to.
    """
    rows = WireJoin.objects.select_for_update(of=("self",))
    one = rows.select_related("item__source", "other").get(pk=key)
    if not may_answer(one, actor):
        require(actor, "edit", one.item.source.services.first())
    was, one.answer = one.answer, YES if yes else NO
    one.answered, one.actor = now, actor
    one.save(update_fields=["answer", "answered", "actor"])
    if yes and was in {OPEN, NO}:
        _join(one, now)
    elif not yes and was not in {OPEN, NO}:
        _part(one, actor, now)
    return one


def _join(one: WireJoin, now: datetime) -> None:
    others = list(KeptItem.objects.filter(chain=one.into))
    moved = list(KeptItem.objects.filter(chain=one.chain).values_list("pk", flat=True))
    KeptItem.objects.filter(pk__in=moved).update(chain=one.into)
    siblings = WireJoin.objects.filter(chain=one.chain, answer=OPEN)
    siblings.update(answer=NO, answered=now, actor=one.actor)
    for other in WireJoin.objects.filter(into=one.chain):
        taken = WireJoin.objects.filter(chain=other.chain, into=one.into)
        if not taken.exists():
            other.into = one.into
            other.save(update_fields=["into"])
    versions.settle(one.into)
    for row in KeptItem.objects.filter(pk__in=moved, newest=True):
        alerts.tell(row, others, now)


def _part(one: WireJoin, actor: Any, now: datetime) -> None:
    moved = [
        row
        for row in KeptItem.objects.filter(chain=one.into).select_related("source")
        if _own_chain(row) == one.chain
    ]
    keys = [row.pk for row in moved]
    KeptItem.objects.filter(pk__in=keys).update(chain=one.chain)
    KeptItem.objects.filter(superseded_by__in=keys, chain=one.into).update(
        superseded_by=None
    )
    for chain in (one.into, one.chain):
        versions.settle(chain)
    for alert in WireAlert.objects.open().filter(item__in=keys, used__chain=one.into):
        alert.close(now, actor, reason=_("It was no version of what the story used."))


def _own_chain(row: KeptItem) -> str:
    return identity.chain_of(row.source, read_item(row.item), row.received)
