"""Forms of the editors' site: what is asked, and what is refused in words."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from tamizdat.edition.dates import has_come
from tamizdat.edition.errors import WordsError
from tamizdat.edition.fields import EARLIEST
from tamizdat.newsroom import malformed
from tamizdat.newsroom.blocks import clean_blocks
from tamizdat.newsroom.errors import UnnamedError
from tamizdat.newsroom.intents import aim, intended
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.named import require_named
from tamizdat.newsroom.opening import beginning
from tamizdat.newsroom.richtext import OVERRIDES, without_overrides

# Each field follows the direction of what is typed, whatever the desk's language.
AUTO_TEXT = forms.TextInput(attrs={"dir": "auto"})
AUTO_TEXTAREA = AdminAutoHeightTextInput(attrs={"dir": "auto"})


class KindRadios(forms.RadioSelect):
    """Kinds of release under what they mean to readers: headings, not options."""

    template_name = "newsroom/kinds.html"


KIND_RADIOS = KindRadios()

SLUG = RegexValidator(
    r"^[a-z0-9][a-z0-9-]{0,59}\Z", _("Use 1 to 60 small letters, digits and hyphens.")
)
KIND_CHOICES = [
    ("publish", _("First release")),
    (
        "minor",
        _("Minor: spelling or layout. The time does not move, no note is shown."),
    ),
    ("update", _("Update: adds news. Readers see “Updated” with the time.")),
    ("correction", _("Correction: fixes an error and says so in the note.")),
    ("clarification", _("Clarification: makes clear what could be misread.")),
    (
        "retraction",
        _("Retraction: the story is taken back; the note stays in its place."),
    ),
    (
        "redaction",
        _(
            "Redaction: the words you took out endanger someone. Older texts are "
            "erased here and on every mirror; no comparison is shown, a notice stays."
        ),
    ),
    (
        "withdrawal",
        _(
            "Withdrawal: the whole text endangers someone. All of it is erased here "
            "and on every mirror; a notice stays at its address."
        ),
    ),
]
_KINDS = dict(KIND_CHOICES)
REINSTATE = _(
    "Reinstate the text (update): readers get it back, with a note that says why."
)
MINOR_QUESTION = _("Minor: readers learn nothing new from it")
MATERIAL_QUESTION = _("Material: it changes what readers know or understand")
SERIOUS_QUESTION = _("Taken back: readers are not to have it any more")
GONE_HOUR = _("This hour has passed. Leave it empty to publish now.")
NOT_RELEASED = _("That article is not released yet.")
NOT_PUBLISHED = _("Not published. What you wrote is kept as a draft.")
NOT_HANDED_ON = _("Not handed on. What you wrote is kept as a draft.")
BODY = "body-"  # fields of the blocks of a text
ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that look alike


def fresh_id() -> str:
    """Make an address: 10 characters, 50 random bits, nothing of the story in it."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(10))


class PastedForm(WagtailAdminPageForm):
    """A form into which text is pasted: marks that turn text round are taken out.

    The body is cleaned once it is read: its rich text comes with offsets.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_cleaned(data) if data else data, *args, **kwargs)

    def full_clean(self) -> None:
        """Look first whether a browser can have sent this."""
        if self.is_bound:
            malformed.check(self)
        super().full_clean()

    def _rows(self, name: str) -> list[Any]:
        """List the rows typed that are whole and stay."""
        rows = self.formsets[name].forms if name in self.formsets else ()
        return [
            row
            for row in rows
            if row.is_valid()
            and row.cleaned_data
            and not row.cleaned_data.get("DELETE")
        ]


def _cleaned(data: Any) -> Any:
    if not any(OVERRIDES.search(text) for _name, text in _texts(data)):
        return data
    clean = data.copy()
    names = {name for name, _text in _texts(data)}
    for name in (name for name in names if not name.startswith(BODY)):
        clean.setlist(name, [without_overrides(text) for text in data.getlist(name)])
    return clean


def _texts(data: Any) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in data.lists() for text in texts]


class ArticleForm(PastedForm):
    """The article form. Checks for readers' sake wait until something is released.

    `seen_release` is the newest release when the form was opened.
    """

    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=60,
        validators=[SLUG],
        help_text=_(
            "Last part of the article's address. Left empty, one is made. It "
            "never comes from the headline and is fixed by the first release."
        ),
    )
    seen_release = forms.IntegerField(required=False, widget=forms.HiddenInput)
    follows_newest = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._service = _service(self.parent_page, self.instance)
        self.instance.opened_in = self._service
        if self._service:
            self._service.sections.get_object_list()  # read once, asked often
        article = self.instance.article if self.instance.article_id else None
        self._next = article.number + 1 if article else 1
        self._taken_back = article.taken_back if article else ""
        self.initial["seen_release"] = self._next - 1
        self._offer_sections()
        self._offer_kinds()
        self._offer_answers()
        self._offer_breaking(article)
        self._offer_sources()
        self._offer_to_follow()
        self._drop_spent_hour()
        self.initial["address"] = article.address if article else ""
        if self._next > 1 and "address" in self.fields:
            self.fields["address"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be released, once it is to be released."""
        values: dict[str, Any] = super().clean()
        clean_blocks(values.get("body") or ())
        self._check_place(values)
        self._check_day(values)
        self._check_source(values)
        if values.get("next_same_words") and not values.get("next_answers"):
            self.add_error("next_same_words", _("Tick above whose words they are."))
        self._check_pictures(values)
        if values.get("expire_at"):
            self.add_error("expire_at", _("Articles do not expire: retract instead."))
        return values

    def _post_clean(self) -> None:
        """Ask what is in the way, now that the page says what was typed."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        from tamizdat.newsroom import obstacles  # noqa: PLC0415 (it needs the models)

        aim(self.instance)
        kind, _note = intended(self.instance)
        publishing = "action-publish" in self.data
        is_source = not self.has_error("source")  # else it is said already
        fit_to_keep = not self.errors  # what stands here stops a draft, too
        asked = obstacles.obstacles if publishing else obstacles.gaps
        for reason in asked(self.instance, self.for_user, kind):
            if not reason.waits and (reason.field != "source" or is_source):
                # what waits is answered once the draft is kept
                self.add_error(
                    reason.field if reason.field in self.fields else None, reason
                )
        if self.errors and fit_to_keep:
            self.add_error(None, NOT_PUBLISHED if publishing else NOT_HANDED_ON)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save through the desk's verb."""
        self.settle()
        return super().save(commit=commit)

    def settle(self) -> None:
        """Give the page what does not stand in fields of its own."""
        from tamizdat.newsroom import actions  # noqa: PLC0415 (it needs the models)

        if self.cleaned_data.get("follows_newest") and self.instance.source:
            self.instance.source_release = self.instance.source.number
        address = self.cleaned_data.get("address") or ""
        actions.settle_article(self.instance, self._service, address)

    def _offer_sections(self) -> None:
        if self._service and "section" in self.fields:
            sections = self._service.sections.all()
            choices = [(s.section_id, s.name) for s in sections]
            if len(choices) > 1:
                choices.insert(0, ("", _("Choose one")))
            self.fields["section"] = forms.ChoiceField(
                label=self.fields["section"].label, choices=choices, required=False
            )

    def _offer_kinds(self) -> None:
        field = self.fields.get("next_kind")
        if field is None:
            return
        first = self._next == 1
        field.choices = KIND_CHOICES[:1] if first else kinds_offered(self._taken_back)
        field.required = False
        if first:
            self.initial["next_kind"] = "publish"
            self.fields.pop("next_keeps_notes", None)
        elif self.instance.next_number != self._next:
            self.initial["next_kind"] = "minor" if self._taken_back else ""
        if self.instance.next_number != self._next:
            self.initial["next_note"], self.initial["next_keeps_notes"] = "", False

    def _offer_answers(self) -> None:
        """Ask which holds a redaction settles, where there are any."""
        from tamizdat.newsroom.releases import answering  # noqa: PLC0415 (models)

        if "next_answers" in self.fields:
            aimed = self.instance.next_number == self._next
            answering.offer(self, aimed=aimed and self._next > 1)

    def _offer_sources(self) -> None:
        """Take what readers have, and what stands there; of no draft anything is told.

        Whoever types the key of another service's draft would join its story, unseen.
        """
        field = self.fields.get("source")
        if field is not None:
            stands = models.Q(pk=self.instance.source_id)
            field.queryset = field.queryset.filter(models.Q(number__gt=0) | stands)
            field.error_messages["invalid_choice"] = NOT_RELEASED

    def _offer_to_follow(self) -> None:
        """Offer to say in one click that the text follows its source as it is now."""
        source = self.instance.source
        if source is None or source.number <= (self.instance.source_release or 0):
            self.fields.pop("follows_newest", None)
            return
        self.fields["follows_newest"].label = _(
            "This text follows release %(number)s of “%(headline)s”"
        ) % {"number": source.number, "headline": isolated(source.headline)}

    def _drop_spent_hour(self) -> None:
        """Forget the hour of a publication that is out: it would be asked for again."""
        hour = self.instance.go_live_at
        self._spent_hour = hour if hour and hour <= timezone.now() else None
        if self._spent_hour:
            self.instance.go_live_at = self.initial["go_live_at"] = None

    def clean_go_live_at(self) -> Any:
        """Refuse an hour that has passed, unless it is the one that is spent."""
        hour = self.cleaned_data["go_live_at"]
        if hour is None or hour > timezone.now():
            return hour
        spent = self._spent_hour
        if spent and spent.replace(second=0, microsecond=0) == hour.replace(second=0):
            return None
        raise forms.ValidationError(GONE_HOUR)

    def _offer_breaking(self, article: Any) -> None:
        """Ask anew for each release: what is breaking now ends by itself."""
        if "breaking" not in self.fields:
            return
        self.fields["breaking_hours"].required = False
        if self.instance.next_number != self._next or (
            article and article.breaking_until
        ):
            self.initial["breaking"] = False

    def clean_breaking_hours(self) -> int:
        """Take what is usual when nothing is said."""
        hours: int | None = self.cleaned_data["breaking_hours"]
        return hours or self.fields["breaking_hours"].initial

    def clean_next_kind(self) -> str:
        """Take the only kind there is; a release after the first has to say its own."""
        kind: str = self.cleaned_data["next_kind"]
        if self._next == 1:
            return "publish"
        kind = kind or ("minor" if self._taken_back else "")
        # Django keeps what stood in a field of which a browser sends nothing.
        self.instance.next_kind = kind
        return kind

    def _check_day(self, values: dict[str, Any]) -> None:
        """Refuse a day that the press would refuse."""
        day = values.get("dateline_date")
        if day and not (EARLIEST.date() <= day and has_come(day, timezone.now())):
            self.add_error("dateline_date", _("Use a day from 1900 on that has come."))

    def _check_pictures(self, values: dict[str, Any]) -> None:
        from tamizdat.newsroom.darkroom import choosing  # noqa: PLC0415 (of models)

        refused = choosing.refused_in(self.instance, values, self.for_user)
        for field, picture, said in refused:
            self.add_error(field, said)
            self.data: Any = choosing.without(self.data, picture)

    def _check_place(self, values: dict[str, Any]) -> None:
        address, service = values.get("address"), self._service
        if not address or service is None:
            return
        others = service.articles.exclude(pk=self.instance.article_id)
        if others.filter(address=address).exists():
            self.add_error("address", _("Another article of this service has it."))

    def _check_source(self, values: dict[str, Any]) -> None:
        source, relation = values.get("source"), values.get("relation")
        if relation == "original" and source is not None:
            self.add_error("relation", _("Say how it was made from that article."))
        if source is None or self._service is None:
            return
        others = self._service.articles.exclude(pk=self.instance.article_id)
        if source.service_id == self._service.pk:
            self.add_error("source", _("Choose an article of another service."))
        elif others.filter(story=source.story_id).exists():
            self.add_error("source", _("This service tells that story already."))


def kinds_offered(taken_back: str) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Offer kinds of release after the first, by what they mean to readers.

    Args:
        taken_back: the kind of release that took the text back, or "".
    """
    known = {**_KINDS, "update": REINSTATE} if taken_back else _KINDS
    material = ["clarification", "correction", "update"]
    serious = ["retraction", "redaction", "withdrawal"]
    groups = [
        (MINOR_QUESTION, ["minor"]),
        (MATERIAL_QUESTION, material if taken_back else material[::-1]),
        (SERIOUS_QUESTION, serious[1:] if taken_back else serious),
    ]
    return [(said, [(kind, known[kind]) for kind in kinds]) for said, kinds in groups]


def _service(parent: Any, article: Any) -> Any:
    if article.article_id:
        return article.service
    return parent.specific if parent else None


class ServiceForm(PastedForm):
    """The form of a language service."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.instance
        if service.pk and service.articles.filter(number__gt=0).exists():
            self.fields["service_id"].disabled = True
        if not service.pk:
            self.fields["title"].required = False  # the language may bring one

    def clean_service_id(self) -> str:
        """Refuse a path that the newest trust note does not name."""
        typed: str = self.cleaned_data["service_id"]
        if typed != self.initial.get("service_id") or not self.instance.pk:
            try:
                require_named(settings.TAMIZDAT.trust_notes, typed)
            except UnnamedError as error:
                raise forms.ValidationError(str(error)) from error
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse to drop a section in which articles stand; begin a new service."""
        values: dict[str, Any] = super().clean()
        if not self.instance.pk:
            self._begin(values)
        if self.instance.pk and "sections" in self.formsets:
            for name in sorted(self._homeless()):
                said = _("Articles stand in the section “%(name)s”: move them first.")
                self.add_error(None, said % {"name": isolated(name)})
        return values

    def _begin(self, values: dict[str, Any]) -> None:
        """Take from the file of the language what nobody typed.

        Args:
            values: cleaned; changed here.
        """
        language = values.get("language")
        if language:
            try:
                begun = beginning(language, settings.TAMIZDAT.organisation.name)
            except WordsError as error:
                self.add_error("language", str(error))
                return
            free = self.fields.keys() - set(self.changed_data)
            values |= {k: v for k, v in begun.fields.items() if k in free}
            values["title"] = values.get("title") or begun.name
        if not values.get("title"):
            required = self.fields["title"].error_messages["required"]
            self.add_error("title", required)

    def _post_clean(self) -> None:
        """Refuse words named in vain, and what leaves pages no room for news.

        That is asked of all that is typed, together.
        """
        super()._post_clean()
        if not self.errors:
            self._check_foreign()
        if not self.errors:
            from tamizdat.newsroom import looks  # noqa: PLC0415 (it needs the models)

            sections = [(row["section_id"], row["name"]) for row in self._sections()]
            typed = [row.instance for row in self._rows("foreign_rows")]
            for field, said in looks.crowding(self.instance, sections, typed):
                self.add_error(field, said)

    def _check_foreign(self) -> None:
        """Refuse words in no language; to go out, the service says them of itself."""
        from tamizdat.newsroom import documents, looks  # noqa: PLC0415 (of models)
        from tamizdat.newsroom.writing import named  # noqa: PLC0415 (the same)

        rows = self._rows("foreign_rows")
        if not rows:
            return
        own = str(_("That is the language of the service itself."))
        nowhere = _("These words stand nowhere in what the service says of itself.")
        texts = looks.texts_of(documents.bare_document(self.instance))
        named.refuse(rows, self.instance.language, own)
        untold = [] if self.is_deferred_validation else named.untold(rows, texts)
        for row in untold:
            row.add_error("words", nowhere)
        if untold:
            self.add_error(None, nowhere)

    def _sections(self) -> list[dict[str, Any]]:
        """List the sections typed that are whole and stay."""
        return [row.cleaned_data for row in self._rows("sections")]

    def _homeless(self) -> set[str]:
        kept = {row["section_id"] for row in self._sections()}
        articles = self.instance.articles
        used = {
            section
            for field in ("section", "page__section")
            for (section,) in articles.order_by().values_list(field).distinct()
        }
        pages = articles.order_by().values_list("page__sections_also")
        also = {name for (names,) in pages.distinct() for name in (names or "").split()}
        return (used | also) - kept - {"", None}

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save through the desk's verb."""
        from tamizdat.newsroom import actions  # noqa: PLC0415 (it needs the models)

        actions.settle_service(self.instance)
        return super().save(commit=commit)
