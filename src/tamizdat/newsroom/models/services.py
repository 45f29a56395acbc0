"""Language services: one newsroom, one language, one paper each."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from tamizdat.edition.dates import ZONES
from tamizdat.edition.languages import country_of, is_known, script
from tamizdat.edition.services import RESERVED, ROOM
from tamizdat.newsroom import looks
from tamizdat.newsroom.forms import AUTO_TEXT, AUTO_TEXTAREA, SLUG, ServiceForm
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models.named_words import NamedWords, words_panel
from tamizdat.newsroom.opening import Reach, codes_of, reach
from tamizdat.newsroom.permissions import ServicePermissions
from tamizdat.newsroom.richtext import plain

SERVICE_ID = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{0,29}\Z",
    _("Use 1 to 30 small letters, digits and hyphens, as “ru” or “ru-belarus”."),
)
LANGUAGE = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Use a language tag, as “fa” or “sr-Latn”.")
)

LONGEST_HOLD = 600  # seconds; whoever needs longer sets an hour instead
LONGEST_DEADLINE = 24 * 14  # hours

NO_LANGUAGE = _("No language has this tag. Use one as “fa” or “sr-Latn”.")
NO_DESIGNATION = _("Say what it was declared to be: without it, no notice is shown.")
NO_WARNING = _("Write the warning that the link to more leads to.")


class ServiceQuerySet(PageQuerySet):
    """Reads language services."""

    def desks(self) -> "ServiceQuerySet":
        """Add to each service how much is `released` and how many `drafts` wait."""
        counted: ServiceQuerySet = self.order_by("title").annotate(
            released=_articles(published__isnull=False),  # an index knows these
            drafts=_articles(page__has_unpublished_changes=True),
        )
        return counted

    def few(self) -> "ServiceQuerySet":
        """Name them by their keys, asked for first.

        Else SQLite may go through every page there is, to find the few that are theirs.
        """
        keys = list(self.order_by().values_list("page_ptr_id", flat=True))
        named: ServiceQuerySet = self.filter(pk__in=keys)
        return named

    def papers(self) -> "ServiceQuerySet":
        """Read the live services with all of their documents, in their order."""
        live = self.few().live().order_by("path")
        papers: ServiceQuerySet = live.prefetch_related("sections", "foreign_rows")
        return papers

    def reach(self) -> Reach:
        """Count in how many languages, for how many countries, they work."""
        return reach(self.order_by().only("language", "territories"))


def _articles(**which: Any) -> Any:
    """Count articles of each service by themselves: joined, all of them are read."""
    from tamizdat.newsroom.models.articles import Article  # noqa: PLC0415 (it names us)

    of_it = Article.objects.filter(service=models.OuterRef("pk"), **which)
    count = of_it.order_by().values("service").annotate(count=models.Count("pk"))
    return Coalesce(models.Subquery(count.values("count")), 0)


def refuse_reserved(value: str) -> None:
    """Refuse a path that means something else on a mirror."""
    if value in RESERVED:
        said = gettext("“%(value)s” has another meaning on mirrors.")
        raise ValidationError(said % {"value": isolated(value)})


def refuse_unknown_zone(value: str) -> None:
    """Refuse a zone that no clock knows."""
    if value not in ZONES:
        said = gettext("“%(value)s” is no time zone; write one as “Europe/Moscow”.")
        raise ValidationError(said % {"value": isolated(value)})


def refuse_odd_territories(value: str) -> None:
    """Refuse what is no code of a country or of a part of one."""
    for code in codes_of(value):
        if country_of(code) is None:
            said = gettext(
                "“%(value)s” is no code of ISO 3166; write one as “RU” or “RU-BA”."
            )
            raise ValidationError(said % {"value": isolated(code)})


class ServicePage(Page):
    """One language service. Its articles stand below it."""

    DIRECTIONS: ClassVar = [("ltr", _("Left to right")), ("rtl", _("Right to left"))]
    CALENDARS: ClassVar = [
        ("gregorian", _("Gregorian")),
        ("persian", pgettext_lazy("calendar", "Persian")),
    ]
    DATE_STYLES: ClassVar = [
        ("full", _("In words, with the weekday")),
        ("long", _("In words")),
        ("medium", _("Months in short")),
        ("short", _("In digits")),
    ]

    service_id = models.CharField(
        _("path"),
        max_length=30,
        unique=True,
        validators=[SERVICE_ID, refuse_reserved],
        help_text=_(
            "First part of every address of this service. Never changes "
            "once something is released."
        ),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        validators=[LANGUAGE],
        help_text=_("Language tag, as “ru”, “fa”."),
    )
    direction = models.CharField(
        _("direction"), max_length=3, choices=DIRECTIONS, default="ltr"
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[refuse_unknown_zone],
        help_text=_("Times on pages are shown in it, as “Europe/Moscow”."),
    )
    calendar = models.CharField(
        _("calendar"), max_length=9, choices=CALENDARS, default="gregorian"
    )
    date_style = models.CharField(
        _("way of writing dates"), max_length=6, choices=DATE_STYLES, default="long"
    )
    territories = models.CharField(
        _("territories"),
        max_length=400,
        blank=True,
        validators=[refuse_odd_territories],
        help_text=_(
            "Codes of the countries this service reports for: “RU, BY”; of a "
            "part of one: “RU-BA”."
        ),
    )
    bio = models.TextField(
        _("about the service"),
        blank=True,
        help_text=_("Shown with the byline when an article names no author."),
    )
    notice_designation = models.TextField(
        _("designation"),
        blank=True,
        help_text=_("What the authorities have declared this newsroom to be."),
    )
    notice_paragraphs = models.TextField(
        _("warning"),
        blank=True,
        help_text=_(
            "What readers risk, and what to avoid. An empty line starts a new "
            "paragraph."
        ),
    )
    notice_more = models.CharField(
        _("text of the link to more"), max_length=200, blank=True
    )

    home = models.CharField(
        _("home address"),
        max_length=200,
        blank=True,
        validators=[looks.refuse_no_home],
        help_text=_("Names the pages to machines. No reader is led there."),
    )
    about = models.TextField(
        _("about us"),
        blank=True,
        help_text=_("Shown on a page of its own. An empty line starts a paragraph."),
    )
    mirrors = models.TextField(
        _("public mirrors"),
        blank=True,
        validators=[looks.refuse_no_mirrors],
        help_text=_("One address a line, shown to every reader."),
    )
    accent = looks.ColourField(
        _("colour on light paper"),
        max_length=6,
        blank=True,
        validators=[looks.COLOUR],
        help_text=_("Of flags, marks and breaking news, in six hex digits: “9d1220”."),
    )
    accent_dark = looks.ColourField(
        _("colour on dark paper"),
        max_length=6,
        blank=True,
        validators=[looks.COLOUR],
        help_text=_("The same for readers whose screens are dark: “ff938c”."),
    )
    logo = models.TextField(
        _("logo"),
        blank=True,
        validators=[looks.refuse_no_logo],
        help_text=_(
            "An SVG drawing as text: shapes in the colour of the name beside it."
        ),
    )
    footer = models.CharField(
        _("line at the foot of every page"), max_length=1000, blank=True
    )

    hold_seconds = models.PositiveSmallIntegerField(
        _("hold"),
        default=5,
        validators=[MaxValueValidator(LONGEST_HOLD)],
        help_text=_(
            "Seconds from Publish until a release goes out. Until then it can be "
            "undone; afterwards nothing recalls it."
        ),
    )
    breaking_hold_seconds = models.PositiveSmallIntegerField(
        _("hold of breaking news"),
        default=0,
        validators=[MaxValueValidator(LONGEST_HOLD)],
        help_text=_("The same for an article marked as breaking news. 0: no hold."),
    )
    correction_hours = models.PositiveSmallIntegerField(
        _("time to follow a correction"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DEADLINE)],
        help_text=_(
            "Hours in which this service follows what another one corrected or "
            "clarified in a text it has translated."
        ),
    )
    retraction_hours = models.PositiveSmallIntegerField(
        _("time to follow a retraction"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DEADLINE)],
        help_text=_("Hours. A redaction and a withdrawal are due at once."),
    )

    objects = PageManager.from_queryset(ServiceQuerySet)()

    base_form_class = ServiceForm
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["newsroom.ArticlePage"]
    page_description = _("A newsroom in one language, with its own paper.")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel(
                        "title",
                        heading=_("Name"),
                        help_text=_("As readers see it."),
                        widget=AUTO_TEXT,
                    ),
                    FieldPanel("service_id"),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("direction")]),
                    FieldRowPanel([FieldPanel("time_zone"), FieldPanel("calendar")]),
                    FieldPanel("date_style"),
                    FieldPanel("territories"),
                    FieldPanel("bio", widget=AUTO_TEXTAREA),
                ],
                heading=_("Service"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "sections",
                        heading=_("Sections"),
                        label=pgettext_lazy("of a paper", "Section"),
                        help_text=_("In the order of the front page."),
                        min_num=1,
                        max_num=20,
                    )
                ],
                heading=_("Sections"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("notice_designation", widget=AUTO_TEXTAREA),
                            FieldPanel("notice_paragraphs", widget=AUTO_TEXTAREA),
                            FieldPanel("notice_more", widget=AUTO_TEXT),
                        ],
                        heading=_("What the law may do to readers"),
                        help_text=_(
                            "Shown to readers before they share or save. Leave "
                            "empty where reading carries no known risk."
                        ),
                    ),
                    words_panel(
                        _(
                            "Name them once: wherever the notice and what the "
                            "service says of itself have them, screen readers say "
                            "them in it."
                        )
                    ),
                ],
                heading=_("Notice to readers"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_dark")]),
                    FieldPanel("logo", widget=forms.Textarea(attrs={"rows": 4})),
                    FieldPanel("footer", widget=AUTO_TEXT),
                    FieldPanel("about", widget=AUTO_TEXTAREA),
                    FieldPanel("mirrors"),
                    FieldPanel("home"),
                ],
                heading=_("Look"),
            ),
            ObjectList(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("hold_seconds"),
                            FieldPanel("breaking_hold_seconds"),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("correction_hours"),
                            FieldPanel("retraction_hours"),
                        ]
                    ),
                ],
                heading=_("Releases"),
            ),
        ],
        base_form_class=ServiceForm,
    )

    class Meta:
        verbose_name = _("language service")
        verbose_name_plural = _("language services")

    def clean(self) -> None:
        """Refuse what is no language, and half a notice, which nobody would see."""
        super().clean()
        if not is_known(self.language):
            raise ValidationError({"language": NO_LANGUAGE})
        texts = (self.notice_designation, self.notice_paragraphs, self.notice_more)
        designation, warning, more = map(plain, texts)
        if (warning or more) and not designation:
            raise ValidationError({"notice_designation": NO_DESIGNATION})
        if more and not warning:
            raise ValidationError({"notice_paragraphs": NO_WARNING})
        self._check_room()
        looks.check_colours(self)

    def _check_room(self) -> None:
        """Refuse what fits on no page of readers."""
        for field, texts in {
            "notice_paragraphs": (self.notice_designation, self.notice_paragraphs),
            "about": (self.about,),
            "mirrors": (self.mirrors,),
        }.items():
            size = sum(len(text.encode()) for text in texts)
            most = ROOM[field.partition("_")[0]]
            if size > most:
                row = {"most": most, "found": size}
                said = ValidationError(looks.TOO_MUCH, params=row)
                raise ValidationError({field: said})

    @property
    def script(self) -> str:
        """The ISO 15924 code of the letters it is set in; the language tag decides."""
        return script(self.language)

    def serve(self, *_: object, **__: object) -> HttpResponse:
        """Answer 404: readers read editions, on mirrors."""
        raise Http404

    def permissions_for_user(self, user: Any) -> ServicePermissions:
        """Let nobody take a service away that has released something."""
        return ServicePermissions(user, self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take its groups, its workflow and its collection away with it."""
        from tamizdat.newsroom import groups  # noqa: PLC0415 (it needs the models)

        close = groups.close_desk(self)
        done = super().delete(*args, **kwargs)
        close()
        return done

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Offer the four widths at which an edition is laid out."""
        from tamizdat.newsroom.desk.widths import sizes  # noqa: PLC0415 (needs models)

        return sizes()

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Offer a page of each kind, for a look changes all of them."""
        from tamizdat.newsroom.front import specimens  # noqa: PLC0415 (needs models)

        return [*specimens.MODES]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a page as it would be printed with what is typed."""
        del request
        return looks.service_response(self, mode_name)


class ServiceWords(NamedWords):
    """Words in another language in what a service says of itself."""

    service = ParentalKey(
        ServicePage, on_delete=models.CASCADE, related_name="foreign_rows"
    )


class Section(Orderable):
    """A part of the paper. `section_id` is its path."""

    service = ParentalKey(
        ServicePage, on_delete=models.CASCADE, related_name="sections"
    )
    section_id = models.CharField(_("path"), max_length=60, validators=[SLUG])
    name = models.CharField(_("name"), max_length=100)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("section_id"), FieldPanel("name", widget=AUTO_TEXT)])
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "section_id"], name="section_once_in_a_service"
            )
        ]

    def __str__(self) -> str:
        return self.name
