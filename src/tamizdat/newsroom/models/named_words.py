"""Words in another language, as an article or a service names them: rows of a form."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from tamizdat.edition.foreign import FOREIGN
from tamizdat.newsroom.blocks import RowLanguage
from tamizdat.newsroom.forms import AUTO_TEXT


class NamedWords(Orderable):
    """Words that are in another language, wherever the texts have them that name them.

    Attributes:
        language: BCP 47 tag, as a mark in a text has it.
    """

    words = models.CharField(_("Words"), max_length=300)
    language = models.CharField(_("Language"), max_length=35)

    panels: ClassVar = [
        FieldRowPanel(
            [
                FieldPanel("words", widget=AUTO_TEXT),
                FieldPanel("language", widget=RowLanguage),
            ]
        ),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.words


def words_panel(help_text: Any) -> InlinePanel:
    """Make the part of a form in which such words are named.

    Args:
        help_text: says which texts of the page have them.
    """
    return InlinePanel(
        "foreign_rows",
        heading=_("Words in another language"),
        label=_("Words"),
        max_num=FOREIGN,
        help_text=help_text,
    )
