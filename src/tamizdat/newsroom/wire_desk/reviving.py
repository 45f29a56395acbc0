"""Set a withdrawal aside that an agency made by mistake, or let it count again.

Only somebody who publishes decides that, with a reason that everyone can read beside
the copy. A withdrawal that comes later counts: it was not decided on.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import KeptItem, ServicePage, WireVerdict
from tamizdat.newsroom.rights import may, require
from tamizdat.newsroom.wire_desk import standing, versions

RIGHT = "publish"


def asked_about(row: KeptItem, user: Any, service: ServicePage) -> dict[str, Any]:
    """Say for the page of an item what was decided, and what may be."""
    chain = list(KeptItem.objects.filter(chain=row.chain))
    verdicts = WireVerdict.objects.filter(item__chain=row.chain)
    here = row.erased is None and may(user, RIGHT, service)
    # A withdrawal that came behind the decision speaks for the versions before it.
    own = [one for one in chain if one.source_id == row.source_id and one.newest]
    gone = standing.is_withdrawn(row) or any(map(standing.is_withdrawn, own))
    return {
        "withdrawn": gone,
        "revived": not gone and any(one.revived for one in chain),
        "may_revive": here and any(map(standing.is_withdrawn, chain)),
        "may_bury": here and any(one.revived for one in chain),
        "verdicts": list(verdicts.select_related("actor", "service")),
    }


@transaction.atomic
def decide(  # noqa: PLR0913 - who decides what, where, when and why
    row: KeptItem,
    service: ServicePage,
    actor: Any,
    now: datetime,
    *,
    usable: bool,
    reason: str,
) -> WireVerdict:
    """Say of all versions that are here that their withdrawal counts not, or does.

    Args:
        row: one of the versions.
        service: whose desk decides.
        actor: the account that decides.
        now: UTC.
        usable: whether it may be used.
        reason: for the record.

    Raises:
        CopyError: no reason is given, or there is nothing to decide.
        RightError: the account does not publish in this service.
    """
    require(actor, RIGHT, service)
    said = reason.strip()
    if not said:
        raise CopyError(_("Say why: the reason is kept beside the copy."))
    keys = _concerned(row.chain, usable=usable)
    if not keys:
        raise CopyError(_("Somebody decided this already."))
    KeptItem.objects.filter(pk__in=keys).update(revived=now if usable else None)
    versions.settle(row.chain)
    where: dict[str, Any] = {"item": row, "service": service, "actor": actor}
    return WireVerdict.objects.create(usable=usable, reason=said, time=now, **where)


def _concerned(chain: str, *, usable: bool) -> list[int]:
    """List what of a chain is withdrawn, or what was set aside; by key."""
    rows = KeptItem.objects.select_for_update().filter(chain=chain)
    return [
        one.pk
        for one in rows
        if (standing.is_withdrawn(one) if usable else one.revived is not None)
    ]
