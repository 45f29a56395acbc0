"""Which mirrors there are, and what each was last seen to hold."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mirror(models.Model):
    """A host of byte-identical editions; nothing it says is believed.

    Attributes:
        folder: directory it is written to.
        url: address readers, and the press when it checks, read it from.
        archive: gets the log's entries before any other mirror gets `latest`.
    """

    name = models.CharField(max_length=60, unique=True)
    folder = models.CharField(max_length=400, unique=True)
    url = models.URLField(max_length=400, unique=True)
    archive = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-archive", "name"]

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """What a mirror held of one service when it was last read back.

    Attributes:
        state: verified, or the kind of the first problem.
        number, time, tree: of the edition found; empty when none verified, of the one
            found last while it does not answer.
        reason: the first problem in words.
        checked: when it was last read, UTC; what had changed at least.
        whole: when every byte was last read, UTC; None if that was never done.
    """

    STATES: ClassVar = [
        ("verified", _("verified")),
        ("unfinished", _("unfinished")),
        ("forged", _("forged")),
        ("missing", _("missing")),
        ("refused", _("refused")),
        ("unreachable", _("unreachable")),
    ]

    mirror = models.ForeignKey(
        Mirror, on_delete=models.CASCADE, related_name="holdings"
    )
    service = models.CharField(max_length=30)
    state = models.CharField(max_length=12, choices=STATES)
    number = models.PositiveIntegerField(null=True)
    time = models.DateTimeField(null=True)
    tree = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    checked = models.DateTimeField()
    whole = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["mirror", "service"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mirror", "service"], name="one_holding_of_a_service"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mirror}: {self.service} {self.number} {self.state}"
