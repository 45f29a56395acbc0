"""Front pages: which articles have a place on them, in order, and since when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.services import ServicePage

ARRANGED, UNPINNED, RESTORED = "arranged", "unpinned", "restored"
WAYS = [
    (ARRANGED, _("arranged")),
    (UNPINNED, _("a pin ended")),
    (RESTORED, _("put back")),
]


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    """Reads arrangements."""

    def numbered(self) -> "ArrangementQuerySet":
        """Keep those that were in force, the newest first."""
        return self.exclude(number=None).order_by("-number")

    def proposals(self) -> "ArrangementQuerySet":
        """Keep those that came too late to be in force, the newest first."""
        return self.filter(number=None).order_by("-pk")


class Arrangement(models.Model):
    """How a service's front page was arranged at one moment; it never changes.

    Attributes:
        number: counted from 1 in each service; None for a proposal, which came while
            somebody else had arranged the page.
        base: number of the arrangement it was made from; 0 for none.
        actor: the account that arranged it; None where a pin ended.
    """

    service = models.ForeignKey(
        ServicePage, on_delete=models.CASCADE, related_name="arrangements"
    )
    number = models.PositiveIntegerField(null=True)
    base = models.PositiveIntegerField(default=0)
    way = models.CharField(max_length=8, choices=WAYS, default=ARRANGED)
    time = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "number"], name="arrangement_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service.service_id} {self.number or 'proposal'}"


class Slot(models.Model):
    """A fixed place on a front page.

    Attributes:
        section: path of a section; "" for what leads.
        position: counted from 0 in its section.
        until: UTC; from then on the place is free. None: until somebody changes it.
    """

    arrangement = models.ForeignKey(
        Arrangement, on_delete=models.CASCADE, related_name="slots"
    )
    section = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField()
    article = models.ForeignKey(Article, on_delete=models.RESTRICT, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["arrangement", "section", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["arrangement", "article"], name="article_once_on_a_front"
            ),
            models.UniqueConstraint(
                fields=["arrangement", "section", "position"], name="slot_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until"],
                name="slot_by_end",
                condition=models.Q(until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section or 'lead'} {self.position}: {self.article}"
