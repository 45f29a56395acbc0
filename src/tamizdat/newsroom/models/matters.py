"""What somebody has to deal with: closed by a release, or with a reason.

Source: docs/decisions/0033-held-erased-followed.md, 0047-the-wire-desk.md.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from tamizdat.newsroom.models.ledger import Release


class Matter(models.Model):
    """Something about an article that stays open until somebody deals with it.

    Attributes:
        closed: UTC; None while it is open.
        closed_by: who dealt with it; None where the newsroom itself did.
        closing: the release by which readers were told.
        reason: why none was needed.
    """

    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    def close(
        self, now: datetime, actor: Any, *, by: Any = None, reason: str = ""
    ) -> None:
        """Note who dealt with it, by which release or why without one."""
        self.closed, self.closed_by, self.closing = now, actor, by
        self.reason = reason
        self.save(update_fields=["closed", "closed_by", "closing", "reason"])


def never_in_silence(name: str) -> models.CheckConstraint:
    """Demand a release or a reason of whatever is closed."""
    return models.CheckConstraint(
        condition=models.Q(closed=None)
        | models.Q(closing__isnull=False)
        | ~models.Q(reason=""),
        name=name,
    )
