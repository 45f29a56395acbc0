"""The page of an article: where an editor writes what the next release will say."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page, Workflow
from wagtail.search import index

from tamizdat.newsroom.credits.panels import CreditPanel
from tamizdat.newsroom.exhibits import BODY_BLOCKS, POST_BLOCKS
from tamizdat.newsroom.forms import (
    AUTO_TEXT,
    AUTO_TEXTAREA,
    KIND_CHOICES,
    KIND_RADIOS,
)
from tamizdat.newsroom.models.articles import RELATIONS, Article
from tamizdat.newsroom.models.breaking import HOURS, MOST_HOURS
from tamizdat.newsroom.models.named_words import words_panel
from tamizdat.newsroom.models.people import Person
from tamizdat.newsroom.models.pictures import Picture
from tamizdat.newsroom.models.services import ServicePage
from tamizdat.newsroom.panels import LedgerPanel, SourcePanel
from tamizdat.newsroom.permissions import ArticlePermissions
from tamizdat.newsroom.writing.form import WritingForm

# In a context of its own: to Wagtail “live” is whatever is published.
LIVE_STATES = [
    ("live", pgettext_lazy("coverage", "Live")),
    ("ended", pgettext_lazy("coverage", "Ended")),
]
URGENCIES = [
    (n, {1: _("1 - highest"), 5: _("5 - ordinary"), 9: _("9 - lowest")}.get(n, str(n)))
    for n in range(1, 10)
]


class ArticlePage(Page):
    """One article: the version of a story in one service.

    Attributes:
        next_kind, next_note, next_keeps_notes: what Publish will record.
        next_answers, next_same_words: keys of the holds that a redaction settles, and
            whether it takes out no other words than those.
        next_number: the release these are meant for; once it is in the ledger
            they are spent, in whatever draft they stand.
        next_time: when that release went out elsewhere before, for archives brought
            in; None means the moment of publishing.
    """

    article = models.OneToOneField(
        Article, on_delete=models.RESTRICT, related_name="page", editable=False
    )
    section = models.CharField(_("section"), max_length=60, blank=True)
    slugline = models.CharField(
        _("slugline"),
        max_length=100,
        blank=True,
        help_text=_("Short working name, for desks."),
    )
    kicker = models.CharField(
        _("kicker"),
        max_length=100,
        blank=True,
        help_text=_("A word or two above the headline."),
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        help_text=_("One or two sentences under the headline."),
    )
    dateline_place = models.CharField(_("place"), max_length=100, blank=True)
    dateline_date = models.DateField(_("date"), null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(
        _("urgency"),
        null=True,
        blank=True,
        choices=URGENCIES,
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    breaking = models.BooleanField(
        _("breaking news"),
        default=False,
        help_text=_(
            "From its next release on, above everything else on the front page."
        ),
    )
    breaking_hours = models.PositiveSmallIntegerField(
        _("for how many hours"),
        default=HOURS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
        help_text=_("At most 24. Then it ends by itself."),
    )
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Says what the picture shows.")
    )
    lead_alt = models.TextField(
        _("description for those who do not see it"),
        blank=True,
        help_text=_("Left empty, the picture's own description is used."),
    )
    lead_credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, the picture's own credit is used."),
    )
    lead_terms = models.CharField(
        _("usage terms"),
        max_length=300,
        blank=True,
        help_text=_("Only terms that readers must be shown."),
    )
    body = StreamField(BODY_BLOCKS, blank=True)
    live_state = models.CharField(
        _("state"),
        max_length=5,
        blank=True,
        choices=[("", _("Not a live story")), *LIVE_STATES],
        help_text=_("Readers see “Live” until it has ended."),
    )
    posts = StreamField(POST_BLOCKS, blank=True)
    sections_also = models.CharField(
        _("also in"), max_length=130, blank=True, help_text=_("At most two more.")
    )
    permalinks = models.TextField(
        _("earlier addresses"),
        blank=True,
        help_text=_("Of this article before it stood here: one a line, at most 20."),
    )
    ednote = models.TextField(
        _("note to editors"),
        blank=True,
        help_text=_("Never published: embargoes, usage terms, advice from the agency."),
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        help_text=_(
            "Whose work stands in the text: “With reporting by AP and Reuters”."
        ),
    )
    relation = models.CharField(
        max_length=10,
        choices=RELATIONS,
        default="original",
        verbose_name=_("how it was made"),
    )
    source = models.ForeignKey(
        Article,
        verbose_name=_("from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The article it derives from, in another service."),
    )
    source_release = models.PositiveIntegerField(
        _("release"),
        null=True,
        blank=True,
        help_text=_("Number of the release it derives from. Left empty, the newest."),
    )
    translator = models.ForeignKey(
        Person,
        verbose_name=_("translated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Readers see this name."),
    )
    translator_name = models.CharField(_("or a name"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account that translated"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Never published."),
    )
    next_kind = models.CharField(
        _("kind"), max_length=13, choices=KIND_CHOICES, default="update", blank=True
    )
    next_note = models.TextField(
        _("note to readers"),
        blank=True,
        help_text=_(
            "Readers see it on the article. A correction, a clarification and a "
            "retraction need one."
        ),
    )
    next_keeps_notes = models.BooleanField(
        _("keep the earlier notes to readers"),
        default=False,
        help_text=_(
            "Of a redaction: no word of them endangers anyone. Otherwise they are "
            "taken back with the older texts."
        ),
    )
    next_answers = models.JSONField(
        _("this redaction takes out here what these took out"), null=True, blank=True
    )
    next_same_words = models.BooleanField(
        _("it takes out the same words and no others"),
        default=False,
        help_text=_(
            "Then nobody who was held for these words is held once more. Else every "
            "service that tells this story looks again."
        ),
    )
    next_number = models.PositiveIntegerField(default=1, editable=False)
    next_time = models.DateTimeField(null=True, blank=True, editable=False)

    base_form_class = WritingForm
    parent_page_types: ClassVar = ["newsroom.ServicePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One story in this service's language.")
    show_in_menus_default = False
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("slugline"),
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("section"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    SourcePanel(),
                    FieldRowPanel(
                        [
                            FieldPanel("section"),
                            FieldPanel("kicker", widget=AUTO_TEXT),
                        ]
                    ),
                    FieldPanel(
                        "title",
                        heading=_("Headline"),
                        help_text=" ",
                        widget=AUTO_TEXTAREA,
                    ),
                    FieldPanel("standfirst", widget=AUTO_TEXTAREA),
                    FieldPanel("body", heading=_("Text")),
                    MultiFieldPanel(
                        [
                            FieldPanel("lead_picture"),
                            FieldPanel(
                                "lead_caption",
                                widget=AUTO_TEXTAREA,
                                help_text=_(
                                    "Needed to publish a picture. Left empty, "
                                    "the picture's own caption is used."
                                ),
                            ),
                            FieldPanel(
                                "lead_alt",
                                widget=AUTO_TEXTAREA,
                                help_text=_(
                                    "Needed to publish a picture. Left empty, "
                                    "the picture's own description is used."
                                ),
                            ),
                            FieldRowPanel(
                                [
                                    FieldPanel("lead_credit", widget=AUTO_TEXT),
                                    FieldPanel("lead_terms", widget=AUTO_TEXT),
                                ]
                            ),
                        ],
                        heading=_("Picture"),
                    ),
                    words_panel(
                        _(
                            "Name them once: wherever the headline, items, captions "
                            "and all other texts have them, screen readers say them "
                            "in it."
                        )
                    ),
                    MultiFieldPanel(
                        [
                            LedgerPanel(),
                            FieldPanel("follows_newest"),
                            FieldPanel("next_kind", widget=KIND_RADIOS),
                            FieldPanel("next_note", widget=AUTO_TEXTAREA),
                            FieldPanel("next_keeps_notes"),
                            FieldPanel("next_answers"),
                            FieldPanel("next_same_words"),
                        ],
                        heading=_("Release"),
                        help_text=_(
                            "What Publish will tell readers. Saving a draft "
                            "tells them nothing."
                        ),
                    ),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    FieldPanel("live_state"),
                    FieldPanel(
                        "posts",
                        heading=_("Posts"),
                        help_text=_("Put in order by their time, the newest first."),
                    ),
                ],
                heading=_("Live story"),
            ),
            ObjectList(
                [
                    FieldPanel("tags"),
                    FieldPanel("places"),
                    FieldPanel("sections_also"),
                    InlinePanel(
                        "related_rows",
                        heading=_("Related stories"),
                        label=_("Story"),
                        max_num=6,
                        help_text=_("Of this service or another, in this order."),
                    ),
                ],
                heading=_("Topics"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "bylines",
                        heading=_("Bylines"),
                        label=_("Byline"),
                        help_text=_(
                            "With none, the service itself signs. Use a pen name "
                            "where a name endangers its bearer; no other is kept."
                        ),
                    ),
                    FieldRowPanel(
                        [FieldPanel("dateline_place"), FieldPanel("dateline_date")],
                        heading=_("Dateline"),
                    ),
                    FieldPanel("credit_line", widget=AUTO_TEXT),
                    CreditPanel(),
                    MultiFieldPanel(
                        [
                            FieldPanel("relation"),
                            FieldPanel("source"),
                            FieldPanel("source_release"),
                            FieldPanel("translator"),
                            FieldPanel("translator_name", widget=AUTO_TEXT),
                            FieldPanel("checked_by"),
                        ],
                        heading=_("Translation"),
                    ),
                ],
                heading=_("Credits"),
            ),
            ObjectList(
                [
                    FieldPanel("slugline", widget=AUTO_TEXT),
                    FieldPanel("urgency"),
                    FieldRowPanel(
                        [FieldPanel("breaking"), FieldPanel("breaking_hours")]
                    ),
                    FieldPanel("address"),
                    FieldPanel("ednote", widget=AUTO_TEXTAREA),
                    MultiFieldPanel(
                        [FieldPanel("embargo"), FieldPanel("sensitive")],
                        heading=_("Of the story, in every service"),
                    ),
                    FieldPanel("permalinks"),
                    PublishingPanel(),
                    CommentPanel(),
                ],
                heading=_("Desk"),
            ),
        ],
        base_form_class=WritingForm,
    )

    class Meta:
        verbose_name = _("article")

    def serve(self, *_: object, **__: object) -> HttpResponse:
        """Answer 404: readers read editions, on mirrors."""
        raise Http404

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft with the very templates of an edition."""
        from tamizdat.newsroom import preview  # noqa: PLC0415 (needs loaded models)

        del request, mode_name
        return preview.article_response(self)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Offer the four widths at which an edition is laid out."""
        from tamizdat.newsroom.desk.widths import sizes  # noqa: PLC0415 (the same)

        return sizes()

    def permissions_for_user(self, user: Any) -> ArticlePermissions:
        """Let nobody take a released article away in silence."""
        return ArticlePermissions(user, self)

    @classmethod
    def from_serializable_data(cls, data: Any, **checks: Any) -> Any:
        """Build it as a draft has it; what the draft names is read together."""
        from tamizdat.newsroom.writing import drafts  # noqa: PLC0415 (needs models)

        known: Any = super()

        def build(content: Any) -> Any:
            return known.from_serializable_data(content, check_fks=False)

        is_checked = checks.get("check_fks", True)
        return drafts.read_draft(build, cls, data) if is_checked else build(data)

    def with_content_json(self, content: Any) -> Any:
        """Build it as a draft has it, with what holds of the page in every draft."""
        page = super().with_content_json(content)
        page.live_revision_id = self.live_revision_id
        page._cached_parent_obj = self.get_parent()  # noqa: SLF001 - Wagtail asks again
        return page

    def get_lock(self) -> Any:
        """Say what keeps others from writing: Wagtail's locks, else who is at work."""
        from tamizdat.newsroom.desk import locks  # noqa: PLC0415 (needs loaded models)

        lock = super().get_lock()
        if lock is not None or self.pk is None:
            return lock
        hold = self._holder
        return locks.HeldLock(self, hold) if hold else None

    @cached_property
    def _holder(self) -> Any:
        """Who is at work; Wagtail asks for it many times while it shows one page."""
        from tamizdat.newsroom.desk import locks  # noqa: PLC0415 (needs loaded models)

        if type(self).hold.is_cached(self):  # a list read the holds of all its rows
            return locks.counted(getattr(self, "hold", None))
        return locks.holder(self.pk)

    @property
    def has_workflow(self) -> bool:
        """Say whether drafts go from hand to hand."""
        return self._workflow is not None

    def get_workflow(self) -> Any:
        """Give the way from hand to hand: that of the service, else of a page above."""
        return self._workflow

    @cached_property
    def _workflow(self) -> Any:
        """Ask once; Wagtail asks four questions, several times for one form."""
        above = self.get_ancestors(inclusive=True).filter(
            workflowpage__workflow__active=True
        )
        nearest = above.order_by("-depth").values("workflowpage__workflow")[:1]
        return Workflow.objects.filter(pk=nearest).first()

    @property
    def service(self) -> ServicePage:
        """The service that tells it."""
        service: ServicePage = self.article.service
        return service

    @property
    def address(self) -> str:
        """The last part of its address."""
        address: str = self.article.address
        return address

    @property
    def releases(self) -> Any:
        """Its ledger."""
        return self.article.releases

    @property
    def newest_release(self) -> Any:
        """The newest line of its ledger, or None before the first."""
        return self.article.newest_release

    @property
    def taken_back(self) -> str:
        """The kind of release that took the text back, "" while readers have it."""
        kind: str = self.article.taken_back
        return kind
