"""Breaking news: since when a story breaks, until when, and what others made of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.services import ServicePage

HOURS = 2  # that a story breaks unless said otherwise
MOST_HOURS = 24  # what is older is news, but breaks nothing

TRANSLATE, FRONT, NOT_FOR_US = "translate", "front", "not-for-us"
CHOICES = [
    (TRANSLATE, _("translate")),
    (FRONT, _("put on our front")),
    (NOT_FOR_US, _("not for us")),
]


class Breaking(models.Model):
    """One change of whether a story breaks; an article's newest row holds.

    Attributes:
        until: UTC; None where it ended.
        actor: the account that did it; None where its hour had come.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="breakings"
    )
    until = models.DateTimeField(null=True)
    time = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.article} until {self.until}" if self.until else "ended"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Reads offers."""

    def open(self) -> "OfferQuerySet":
        """Keep those of stories that break now and that nobody has answered."""
        return self.filter(choice="", breaking__article__breaking_until__isnull=False)


class Offer(models.Model):
    """Another service's breaking story, and what this service made of it.

    Attributes:
        service: the one that may take it up.
        choice: "" until somebody there has chosen.
    """

    breaking = models.ForeignKey(
        Breaking, on_delete=models.CASCADE, related_name="offers"
    )
    service = models.ForeignKey(
        ServicePage, on_delete=models.CASCADE, related_name="offers"
    )
    choice = models.CharField(max_length=10, choices=CHOICES, blank=True)
    chosen = models.DateTimeField(null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["breaking", "service"], name="offer_once_in_a_service"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service.service_id}: {self.breaking.article}"


class OfferOptOut(models.Model):
    """A service that wants no offers of another."""

    service = models.ForeignKey(
        ServicePage, on_delete=models.CASCADE, related_name="opted_out"
    )
    source = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "source"], name="opt_out_once_of_a_service"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service.service_id} without {self.source.service_id}"
