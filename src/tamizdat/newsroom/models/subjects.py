"""What articles are about: tags and places, each of one service, in its language."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from tamizdat.newsroom.forms import AUTO_TEXT, SLUG
from tamizdat.newsroom.models.services import ServicePage

TERRITORY = RegexValidator(
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?\Z",
    _("Use a code of ISO 3166 as “CH” or “CH-GE”, or leave it empty."),
)


class _Subject(models.Model):
    """What tags and places have in common.

    Attributes:
        key: its id in addresses and documents; never changes.
        merged_into: the one that has taken its place, for good.
    """

    service = models.ForeignKey(
        ServicePage,
        verbose_name=_("service"),
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    key = models.CharField("id", max_length=60, validators=[SLUG], editable=False)
    name = models.CharField(_("name"), max_length=100)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("is the same as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_(
            "Articles get that one instead. What is released follows with its next "
            "release."
        ),
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def standing(self) -> Any:
        """Follow what it was merged into."""
        found: Any = self
        seen = {self.pk}
        while found.merged_into_id and found.merged_into_id not in seen:
            found = found.merged_into
            seen.add(found.pk)
        return found


class Tag(_Subject):
    """A subject with a list of its own in every edition."""

    panels: ClassVar = [
        HelpPanel(content=_("Made in the article form. A list stands for each.")),
        FieldPanel("name", widget=AUTO_TEXT),
        FieldPanel("merged_into"),
    ]

    class Meta(_Subject.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "key"], name="tag_once_in_a_service"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "name"], name="tag_by_name")
        ]


class Place(_Subject):
    """A place on earth. `territory`: ISO 3166-1 or 3166-2 code, or ""."""

    territory = models.CharField(
        _("territory"), max_length=6, blank=True, validators=[TERRITORY]
    )

    panels: ClassVar = [
        HelpPanel(content=_("Made in the article form.")),
        FieldPanel("name", widget=AUTO_TEXT),
        FieldPanel("territory"),
        FieldPanel("merged_into"),
    ]

    class Meta(_Subject.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "key"], name="place_once_in_a_service"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "name"], name="place_by_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.territory})" if self.territory else self.name
