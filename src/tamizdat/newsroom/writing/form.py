"""The article form with all an article may have: topics, posts, people, embargo."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from tamizdat.newsroom.blocks import clean_blocks
from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.forms import ArticleForm
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.writing import bounds, reading, stories, topics

ALSO = 2  # further sections, as a story document allows
PERMALINKS, PERMALINK_LENGTH = 20, 2_000  # the same
OF_STORY = ("embargo", "sensitive")
_KINDS = ("tag", "place")


class WritingForm(ArticleForm):
    """Adds to `ArticleForm` what is not words, and what holds for the story."""

    tags = forms.CharField(required=False)
    places = forms.CharField(required=False)
    embargo = forms.DateTimeField(
        required=False,
        widget=AdminDateTimeInput,
        label=_("Embargo"),
        help_text=_(
            "Nothing new goes out before, not even at a set hour. In your time zone."
        ),
    )
    sensitive = forms.BooleanField(
        required=False,
        label=_("May endanger someone"),
        help_text=_("Two people sign it, and its address says nothing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("instance") is not None:
            reading.read_article(kwargs["instance"])
        super().__init__(*args, **kwargs)
        self._story = self.instance.article.story if self.instance.article_id else None
        self._offer_topics()
        self._offer_also()
        if self._story is not None:
            self.initial["embargo"] = self._story.embargo
            self.initial["sensitive"] = self._story.sensitive
            if self._story.sensitive and "address" in self.fields:
                self.fields["address"].disabled = True
            self._show_what_binds(self._story)
        if "checked_by" in self.fields:
            people = self.fields["checked_by"].queryset
            self.fields["checked_by"].queryset = people.filter(is_active=True)
        if not self.is_bound:
            self._show_read()

    def _show_what_binds(self, story: Any) -> None:
        """Let be what another service decides, and say which."""
        if story.home_id in (None, self._service.pk):
            return
        home = stories.home_of(story)
        if home is None or home.pk == self._service.pk or self._may("publish", home):
            return
        for name in ("embargo", "sensitive"):
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = bounds.refusal(home)

    def _show_read(self) -> None:
        """Show what is read already, without asking for each of it again."""
        if "checked_by" in self.fields:  # the page writes it twice
            people = self.fields["checked_by"]
            people.choices = list(iter(people.choices))  # without counting them first
        reading.show_chosen(self)
        for name in (reading.BYLINES, reading.RELATED):
            for row in self.formsets[name].forms if name in self.formsets else ():
                reading.show_chosen(row)

    def _offer_topics(self) -> None:
        words = {
            "tag": (_("Tags"), _("One a line. A list stands for each of them.")),
            "place": (
                _("Places"),
                _("One a line, with its code if you know it: “Geneva (CH-GE)”."),
            ),
        }
        for kind, (label, help_text) in words.items():
            name = f"{kind}s"
            if name in self.fields:
                self.fields[name] = topics.SubjectsField(
                    kind, self._service, label=label, help_text=help_text
                )
                rows = getattr(self.instance, f"{kind}_rows").all()
                self.initial[name] = topics.typed(rows)

    def _offer_also(self) -> None:
        if self._service and "sections_also" in self.fields:
            choices = [(s.section_id, s.name) for s in self._service.sections.all()]
            self.fields["sections_also"] = forms.MultipleChoiceField(
                choices=choices,
                required=False,
                label=_("Also in"),
                help_text=_("At most two further sections in whose lists it stands."),
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial["sections_also"] = self.instance.sections_also.split()

    def clean(self) -> dict[str, Any]:
        """Refuse what no story document could say."""
        values = super().clean()
        clean_blocks(values.get("posts") or ())
        if values.get("posts") and not values.get("live_state"):
            values["live_state"] = "live"
        if "embargo" in self.fields:
            self.instance.embargo_typed = values.get("embargo")
        self._check_bounds(values)
        if values.get("section") in (values.get("sections_also") or "").split():
            message = _("It stands in that section already.")
            self.add_error("sections_also", message)
        self._check_related()
        return values

    def clean_sections_also(self) -> str:
        """Refuse more than two."""
        chosen = self.cleaned_data["sections_also"]
        if len(chosen) > ALSO:
            raise forms.ValidationError(_("Choose at most two."))
        return " ".join(chosen)

    def clean_permalinks(self) -> str:
        """Refuse what is no address."""
        lines = list(dict.fromkeys(self.cleaned_data["permalinks"].split()))
        for line in lines:
            if not line.startswith(("https://", "http://")):
                message = _(
                    "Expected an address with http:// or https://, found “%(found)s”."
                )
                raise forms.ValidationError(message % {"found": isolated(line[:80])})
            if len(line) > PERMALINK_LENGTH:
                raise forms.ValidationError(_("An address is too long."))
        if len(lines) > PERMALINKS:
            raise forms.ValidationError(_("Expected at most 20 addresses."))
        return "\n".join(lines)

    def clean_embargo(self) -> datetime | None:
        """Take the hour that stands as it stands: the form shows no seconds."""
        until: datetime | None = self.cleaned_data["embargo"]
        stands: datetime | None = self._story.embargo if self._story else None
        if until and stands and until == stands.replace(second=0, microsecond=0):
            return stands
        return until

    def _changed(self) -> dict[str, Any]:
        """Give what of the story was changed, with its new value."""
        stands = {name: getattr(self._story, name, None) for name in OF_STORY}
        return {
            name: self.cleaned_data[name]
            for name in OF_STORY
            if name in self.changed_data and self.cleaned_data.get(name, ...) is not ...
            if self.cleaned_data[name] != stands[name]
        }

    def _check_bounds(self, values: dict[str, Any]) -> None:
        """Refuse to bind or free a story of others, and what makes no sense."""
        changed = self._changed()
        until = changed.get("embargo")
        if until is not None and until <= timezone.now():
            message = _(
                "This hour has passed. Leave it empty where there is no embargo."
            )
            self.add_error("embargo", message)
        typed = values.get("address") and "address" in self.changed_data
        if values.get("sensitive") and typed:
            message = _(
                "Leave it empty: a sensitive story gets an address that says nothing."
            )
            self.add_error("address", message)
        source, own = values.get("source"), self._story
        other = source.story if source is not None else None
        if own is not None and other is not None and other.pk == own.pk:
            other = None
        if self._service is not None:
            told = (self.for_user, self._service, own, other)
            for field, why in bounds.refusals(*told, changed):
                self.add_error(field if field in self.fields else None, why)

    def _check_related(self) -> None:
        seen = {self.instance.article_id}
        for row in self._rows("related_rows"):
            article = row.cleaned_data.get("article")
            if article is not None and article.pk in seen:
                row.add_error("article", _("It stands here already, or is this one."))
            seen.add(article.pk if article else None)

    def _post_clean(self) -> None:
        """Ask first who signs: rows say where it is to be mended."""
        self._check_foreign()
        if not self.is_deferred_validation:
            for row in self._rows("bylines"):
                _check_byline(row)
                if row.errors:
                    self.add_error(None, _("A byline names nobody, or several."))
        super()._post_clean()

    def _check_foreign(self) -> None:
        """Refuse words in no language; to be released, they stand in the article."""
        from tamizdat.newsroom.writing import named  # noqa: PLC0415 (needs the models)

        rows = self._rows(reading.FOREIGN)
        language = self._service.language if self._service else ""
        own = str(_("That is the language of the article itself."))
        named.refuse(rows, language, own)
        if self.is_deferred_validation or self.errors or not rows:
            return
        try:
            texts = [*named.texts_of(self.cleaned_data, language), *self._beside()]
        except (PictureError, OSError):
            said = _("The file of a picture is missing or damaged: choose another.")
            self.add_error(None, said)
            return
        nowhere = _("These words stand nowhere in the article.")
        others = [row.cleaned_data["article"] for row in self._rows(reading.RELATED)]
        linked = [(one.headline, one.service.language) for one in others]
        untold = named.untold(rows, texts, linked)
        for row in untold:
            row.add_error("words", nowhere)
        if untold:
            self.add_error(None, nowhere)

    def _beside(self) -> Iterator[str]:
        """List texts that an article takes from elsewhere: lives and notes."""
        from tamizdat.newsroom.writing import named  # noqa: PLC0415 (needs the models)

        for row in self._rows(reading.BYLINES):
            values = row.cleaned_data
            known = values.get("person") and values["person"].in_language(
                self._service.language
            )
            yield values.get("bio") or (known.bio if known else "")
        yield from named.notes_after(
            self.instance,
            kind=self.cleaned_data.get("next_kind") or "",
            keeps=bool(self.cleaned_data.get("next_keeps_notes")),
        )

    def _may(self, right: str, service: Any) -> bool:
        from tamizdat.newsroom.rights import may  # noqa: PLC0415 (needs the models)

        return may(self.for_user, right, service)

    def settle(self) -> None:
        """Settle also topics, embargo and whom the story may endanger."""
        changed = self._changed()
        super().settle()
        page = self.instance
        for kind in _KINDS:
            if f"{kind}s" in self.fields:
                lines = self.cleaned_data[f"{kind}s"]
                topics.settle(page, self._service, kind, lines)
        if "embargo" in changed:
            stories.set_embargo(page, changed["embargo"], self.for_user)
        if "sensitive" in changed:
            sensitive = changed["sensitive"]
            stories.set_sensitive(page, self.for_user, sensitive=sensitive)


def _check_byline(row: Any) -> None:
    values = row.cleaned_data
    name = (values.get("name") or "").strip()
    named = [bool(values.get("person")), bool(name), bool(values.get("itself"))]
    if not any(named):
        row.add_error("name", _("Choose a person, type a name, or tick the service."))
    elif sum(named) > 1:
        row.add_error("name", _("Only one: a person, a name or the service."))
