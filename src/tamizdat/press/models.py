"""What the newsroom is told of the press: editions made, releases in them, trouble.

The truth stands in the archive; these rows can be lost and cost the board, and what the
releases in them changed: it is told only of texts that an edition is known to carry.
"""

from typing import ClassVar

from django.db import models

from tamizdat.newsroom.models import Release


class PrintedEdition(models.Model):
    """One edition the press has made.

    Attributes:
        time: as signed, UTC.
        tree: SHA-256 of the root directory object, hex.
        leaf: index in the log.
        page: SHA-256 of the service document it shows, hex.
    """

    service = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    time = models.DateTimeField()
    tree = models.CharField(max_length=64)
    leaf = models.PositiveIntegerField()
    page = models.CharField(max_length=64, default="")

    class Meta:
        ordering: ClassVar = ["-time", "service"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "number"], name="edition_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.number}"


class Printing(models.Model):
    """Which edition first carried a release."""

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="printing"
    )
    edition = models.ForeignKey(
        PrintedEdition, on_delete=models.PROTECT, related_name="printings"
    )

    def __str__(self) -> str:
        return f"{self.release} in {self.edition}"


class Trouble(models.Model):
    """Why a service's newest releases are not printed; gone when they are."""

    service = models.CharField(max_length=30, unique=True)
    since = models.DateTimeField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.service}: {self.reason}"
