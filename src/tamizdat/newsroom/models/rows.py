"""Rows below an article's page: who signs, what it is about, what goes with it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from tamizdat.newsroom.forms import AUTO_TEXT, AUTO_TEXTAREA
from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.named_words import NamedWords
from tamizdat.newsroom.models.people import Person
from tamizdat.newsroom.models.pictures import Picture
from tamizdat.newsroom.models.subjects import Place, Tag

_PAGE = "newsroom.ArticlePage"


class Byline(Orderable):
    """Who answers for the text: a person, a typed name or the service itself.

    Attributes:
        person: whose name, role and bio stand where nothing is typed.
        itself: the service signs.
        kind, portrait: of a typed name that came in with a release; the form has
            neither.
    """

    article = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bylines",
    )
    itself = models.BooleanField(_("the service itself"), default=False)
    name = models.CharField(
        _("or a name"),
        max_length=100,
        blank=True,
        help_text=_("Typed for this article alone."),
    )
    role = models.CharField(_("role"), max_length=100, blank=True)
    bio = models.TextField(_("about"), blank=True)
    kind = models.CharField(max_length=7, blank=True, editable=False)
    portrait = models.ForeignKey(
        Picture,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    panels: ClassVar = [
        FieldPanel("person"),
        FieldRowPanel(
            [FieldPanel("name", widget=AUTO_TEXT), FieldPanel("role", widget=AUTO_TEXT)]
        ),
        FieldPanel("bio", widget=AUTO_TEXTAREA),
        FieldPanel("itself"),
    ]

    def __str__(self) -> str:
        return self.name or str(self.person or "")


class ForeignWords(NamedWords):
    """Words in another language in the texts of an article."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="foreign_rows")


class PageTag(Orderable):
    """A tag of an article.

    Attributes:
        subject: None while the service has none of that name: it is made when the
            article is published, so that no half typed name becomes a tag.
        name: as this article has it, "" for the tag's own.
    """

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="tag_rows")
    subject = models.ForeignKey(
        Tag, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name or (str(self.subject.standing()) if self.subject else "")


class PagePlace(Orderable):
    """A place of an article, like a tag."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="place_rows")
    subject = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name or (str(self.subject.standing()) if self.subject else "")


class RelatedStory(Orderable):
    """An article, of this service or another, that goes with one."""

    page = ParentalKey(_PAGE, on_delete=models.CASCADE, related_name="related_rows")
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar = [FieldPanel("article")]

    def __str__(self) -> str:
        return str(self.article)
