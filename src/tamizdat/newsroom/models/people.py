"""People: who may stand in a byline, in every language, and who hides behind a name.

Of a protected name nothing is kept but the name: no other language, no portrait, no
account, no earlier spelling. Two pen names of one person are two rows like any others.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from tamizdat.edition.languages import is_known
from tamizdat.newsroom.forms import AUTO_TEXT, AUTO_TEXTAREA
from tamizdat.newsroom.models.pictures import Picture
from tamizdat.newsroom.richtext import without_overrides
from tamizdat.newsroom.writing.names import PersonForm

NAMED, PROTECTED = "named", "protected"
KINDS = [
    (NAMED, _("A public name, in one or more languages")),
    (PROTECTED, _("A protected name: a pen name, and nothing else is kept")),
]


class Person(ClusterableModel):
    """Somebody who signs articles.

    Attributes:
        kind: NAMED or PROTECTED; which of the two is known to the newsroom alone.
        portrait: cut to 16 by 9 and square around its focal point.
    """

    kind = models.CharField(_("what it is"), max_length=9, choices=KINDS, default=NAMED)
    portrait = models.ForeignKey(
        Picture,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Set its focal point on the face. None for a protected name."),
    )

    base_form_class = PersonForm
    panels: ClassVar = [
        FieldPanel("kind"),
        InlinePanel(
            "names",
            heading=_("Names"),
            label=_("Name"),
            min_num=1,
            help_text=_("One for each language. A protected name has only one."),
        ),
        FieldPanel("portrait"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        first = self.names.first()
        return first.name if first else ""

    def in_language(self, language: str) -> "PersonName | None":
        """Find the name readers of a language know, else the first one."""
        rows = list(self.names.all())
        same = [row for row in rows if row.language == language]
        return next(iter(same or rows), None)

    @property
    def is_protected(self) -> bool:
        """Tell whether nothing but a pen name is kept."""
        return bool(self.kind == PROTECTED)


class PersonName(Orderable):
    """What somebody is called in one language, and what is told of them there."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(
        _("language"), max_length=35, help_text=_("Language tag, as “ru”, “fa”.")
    )
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=100, blank=True)
    bio = models.TextField(_("about"), blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("name", widget=AUTO_TEXT)]),
        FieldPanel("role", widget=AUTO_TEXT),
        FieldPanel("bio", widget=AUTO_TEXTAREA),
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "language"], name="person_once_in_a_language"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what is no language."""
        super().clean()
        if self.language and not is_known(self.language):
            message = _("No language has this tag. Use one as “fa” or “sr-Latn”.")
            raise ValidationError({"language": message})

    def clean_fields(self, exclude: Any = None) -> None:
        """Check the fields; hidden marks of direction are taken out first."""
        for field in ("name", "role", "bio"):
            setattr(self, field, without_overrides(getattr(self, field)))
        super().clean_fields(exclude=exclude)
