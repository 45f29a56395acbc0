"""What somebody decided about copy, against what it or its source says of itself.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md, 0081.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tamizdat.newsroom.models.services import ServicePage
from tamizdat.newsroom.models.wire import KeptItem, WireSource


class WireVerdict(models.Model):
    """One person's decision that withdrawn copy may be used, or may not after all.

    Rows are only added; the newest of a chain counts.

    Attributes:
        item: from whose page it was decided; it holds for all versions that were here.
        service: whose desk decided.
        usable: whether the withdrawal was set aside.
        reason: why, as typed.
        time: UTC.
    """

    item = models.ForeignKey(
        KeptItem, on_delete=models.CASCADE, related_name="verdicts"
    )
    service = models.ForeignKey(ServicePage, on_delete=models.PROTECT, related_name="+")
    usable = models.BooleanField()
    reason = models.TextField()
    actor: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    time = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["time", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="wire_verdict_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.reason}"


class WireReading(models.Model):
    """The encoding in which an editor reads the file of an item.

    It comes before the encoding of the source.

    Attributes:
        sha256: of the file, hex.
        encoding: "" to tell it by the bytes.
        time: UTC.
    """

    source = models.ForeignKey(
        WireSource, on_delete=models.CASCADE, related_name="readings"
    )
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    actor: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    time = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "sha256"], name="wire_file_read_in_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.encoding}"
