"""Words in another language, as an article or a service names them: rows of a form."""

from typing import Any, ClassVar

from django.db import models
from django.forms import CharField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from tamizdat.edition.foreign import FOREIGN, bare
from tamizdat.newsroom.blocks import RowLanguage
from tamizdat.newsroom.forms import AUTO_TEXT
from tamizdat.newsroom.richtext import plain


class _Typed(CharField):
    """Words as they are typed or pasted, with what stood unseen beside them."""

    def to_python(self, value: Any) -> Any:
        """Take the words alone, as a document has them."""
        return bare(plain(super().to_python(value)) or "")


class WordsField(models.CharField):  # type: ignore[type-arg] # not generic when run
    """Some words of a text."""

    def formfield(self, **options: Any) -> Any:
        """Ask for them in a field that takes off what nobody sees."""
        return super().formfield(**{"form_class": _Typed} | options)

    def deconstruct(self) -> Any:
        """Keep them as text: how they are typed is nothing to a database."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class NamedWords(Orderable):
    """Words that are in another language, wherever the texts have them that name them.

    Attributes:
        language: BCP 47 tag, as a mark in a text has it.
    """

    words = WordsField(_("Words"), max_length=300)
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
        return str(self.words)


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
