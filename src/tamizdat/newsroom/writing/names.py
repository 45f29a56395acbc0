"""The form of a person: what would tie one name to another is refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

NAMED, PROTECTED = "named", "protected"
ONE_NAME = _(
    "A protected name stands alone: another language would tie two names together. "
    "Make a second protected name instead."
)


class PersonForm(WagtailAdminModelForm):
    """The form of a person. What is protected stays as it was made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "kind" in self.fields:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("Fixed: a change would tie two names.")

    def clean(self) -> dict[str, Any]:
        """Refuse what a protected name may not have."""
        values: dict[str, Any] = super().clean()
        if values.get("kind") == PROTECTED:
            self._check_protected(values)
        self._check_portrait(values.get("portrait"))
        return values

    def _check_portrait(self, portrait: Any) -> None:
        from tamizdat.newsroom.darkroom import choosing  # noqa: PLC0415 (of models)

        if portrait and "portrait" in self.changed_data:
            for said in choosing.refusals([portrait], self.for_user):
                self.add_error("portrait", said)
                self.data: Any = choosing.without(self.data, portrait)

    def _check_protected(self, values: dict[str, Any]) -> None:
        if values.get("portrait"):
            self.add_error("portrait", _("A protected name has no portrait."))
        rows = self.formsets["names"].forms if "names" in self.formsets else []
        kept = [row for row in rows if not _is_deleted(row)]
        if len(kept) > 1:
            self.add_error("kind", ONE_NAME)
        if any(_is_renamed(row) for row in rows):
            message = _("A protected name is never changed: make another one.")
            self.add_error("kind", message)


def _is_deleted(row: Any) -> bool:
    return row.is_valid() and bool(row.cleaned_data.get("DELETE"))


def _is_renamed(row: Any) -> bool:
    return bool(row.instance.pk) and (_is_deleted(row) or "name" in row.changed_data)
