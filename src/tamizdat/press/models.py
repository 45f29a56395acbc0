"""What the newsroom is told of the press: editions made, releases in them, trouble.

The truth stands in the archive; these rows can be lost and cost the board, and what the
releases in them changed: it is told only of texts that an edition is known to carry.
"""

from datetime import datetime
from typing import ClassVar

from django.db import models

from tamizdat.edition.witness import label
from tamizdat.newsroom.models import Article, Release, ServicePage

EVERY = ""  # as a service: the press is stopped for all of them
NAME = 100  # characters of a witness's name


class PrintedEditionQuerySet(models.QuerySet["PrintedEdition"]):
    """Reads the editions made."""

    def newest(self) -> "dict[str, PrintedEdition]":
        """Give the newest edition of each service of the newsroom that has one."""
        own = self.filter(service=models.OuterRef("service_id")).order_by("-number")
        services = ServicePage.objects.order_by()
        keys = services.values_list(models.Subquery(own.values("pk")[:1]), flat=True)
        return {row.service: row for row in self.filter(pk__in=list(keys))}


class PrintedEdition(models.Model):
    """One edition the press has made.

    Attributes:
        time: as signed, UTC.
        tree: SHA-256 of the root directory object, hex.
        leaf: index in the log.
        page: SHA-256 of the service document it shows, hex.
        asked: whether the trust note asks for a quorum of witnesses.
        witnessed: when the quorum had cosigned a head that proves it, UTC.
        witnesses: names of those in its `latest`, parted by spaces.
        beat: whether its service was looked through for what became old by itself.
    """

    service = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    time = models.DateTimeField()
    tree = models.CharField(max_length=64)
    leaf = models.PositiveIntegerField()
    page = models.CharField(max_length=64, default="")
    asked = models.BooleanField(default=False)
    witnessed = models.DateTimeField(null=True)
    witnesses = models.TextField(default="")
    beat = models.BooleanField(default=False)

    objects = PrintedEditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-time", "service"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "number"], name="edition_number_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-time"], name="edition_by_time")]

    def __str__(self) -> str:
        return f"{self.service} {self.number}"

    def label(self, now: datetime) -> str:
        """Say whether onlookers vouch for it. `now`: UTC."""
        witnessed = self.witnessed is not None
        return label(now - self.time, witnessed=witnessed, asked=self.asked)


class Onlooker(models.Model):
    """What a witness of the log said in the last round.

    Attributes:
        name: in the trust note, its beginning: there it may be longer.
        state, reason: as `witnesses.Answer` has them; a warning stays when the witness
            falls silent.
        asked: UTC.
        stops: whether nothing is signed because of it.
        disbelieved: whether its word stops nothing.
    """

    name = models.CharField(max_length=NAME, unique=True)
    state = models.CharField(max_length=12)
    reason = models.TextField(default="")
    asked = models.DateTimeField()
    stops = models.BooleanField(default=False)
    disbelieved = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason or self.state}"


class Waiting(models.Model):
    """A release that no edition carries yet; a trigger of the ledger lists it.

    Attributes:
        article, time: of the release.
        service: its article's, which never changes once something is released.
    """

    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, primary_key=True, related_name="waiting"
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=30)
    time = models.DateTimeField()

    class Meta:
        # Boards count by service: after an archive came in, everything waits.
        indexes: ClassVar = [
            models.Index(fields=["service", "time"], name="waiting_by_service")
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.release}"


class Renewal(models.Model):
    """What is to be frozen anew though nothing was released; triggers list it.

    Exactly one of these two:

    Attributes:
        front: a service whose front page was arranged.
        article: one that is breaking news, or is no more.
    """

    front = models.ForeignKey(
        ServicePage, null=True, on_delete=models.CASCADE, related_name="+"
    )
    article = models.ForeignKey(
        Article, null=True, on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.front or self.article}"


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
    """Why a service's newest releases are not printed; gone when they are.

    Attributes:
        service: its id, or EVERY.
        reason: in English, for whoever runs the press.
        code: the same in a word, as errors of the press have it; `facts`: what it
            names.
    """

    service = models.CharField(max_length=30, unique=True)
    since = models.DateTimeField()
    reason = models.TextField()
    code = models.CharField(max_length=20, default="")
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.service}: {self.reason}"


class Look(models.Model):
    """When the press last looked through the newsroom: one row, minutes exact.

    Attributes:
        time: UTC.
    """

    time = models.DateTimeField()

    def __str__(self) -> str:
        return f"looked at {self.time:%Y-%m-%d %H:%M}"
