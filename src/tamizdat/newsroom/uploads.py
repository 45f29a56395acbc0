"""Take an uploaded picture in: strip it before it touches the media folder."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.forms import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from tamizdat.newsroom import pictures
from tamizdat.newsroom.darkroom import cell, covering, making, originals
from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.renditions import forget_old_sizes

# A file that is too large is not read at all: to the form it is not there.
NO_FILE = _("Choose a picture of at most %(most)d MiB.")
CUT_BY = {"file", "focal_point_x", "focal_point_y"}  # fields that change the sizes
_LETTERS = re.compile(r"[^\W_]")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PictureField(WagtailImageField):
    """Strips a picture before anything else opens it.

    Attributes:
        came: the bytes as they came, until the form is gone.
    """

    came = b""

    def to_python(self, data: Any) -> Any:
        """Take a picture's pixels and nothing else."""
        if isinstance(data, InMemoryUploadedFile):
            self.came = _strip(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """The upload form of every way in: one picture, many, or out of an article."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._user = user
        if "expires" in self.fields:
            self.fields["expires"].widget = _DAY
        if "file" in self.fields:
            asked = self.fields["file"]
            self.fields["file"] = PictureField(
                label=asked.label,
                required=asked.required,
                widget=asked.widget,
                error_messages={
                    "required": NO_FILE % {"most": pictures.MAX_BYTES >> 20}
                },
            )
            if originals.can_keep():
                self._offer_to_keep()

    def _offer_to_keep(self) -> None:
        now = datetime.now(UTC)
        self.fields["keep_original"] = forms.BooleanField(
            required=False,
            label=_("Keep the original, sealed"),
            help_text=_(
                "With all that the camera wrote into it. It opens with the passphrase "
                "alone, for those who may, and is erased after the day below."
            ),
        )
        self.fields["original_until"] = forms.DateField(
            required=False,
            widget=_DAY,
            label=_("Keep it until"),
            initial=originals.usual_until(now),
        )

    def clean_original_until(self) -> date:
        """Take a day to come, at most a year away."""
        now = datetime.now(UTC)
        day: date = self.cleaned_data["original_until"] or originals.usual_until(now)
        most = now.date() + timedelta(days=originals.MOST_DAYS)
        if not now.date() <= day <= most:
            raise ValidationError(
                gettext("Choose a day from today to a year from now.")
            )
        return day

    def clean(self) -> Any:
        """Take the name of a refused file off, that it does not name the next one."""
        values = super().clean()
        typed: Any = self.data
        title = self.add_prefix("title")
        file = self.files.get(self.add_prefix("file"))
        if "file" in self.errors and file and _is_named(file, typed.get(title)):
            self.data: Any = typed.copy()
            self.data[title] = ""
        if self.instance.pk and "depicts_source" in self.changed_data:
            self._ask_who_says_so()
        return values

    def _ask_who_says_so(self) -> None:
        if not covering.may_check(self._user, self.instance):
            said = gettext("Whoever may check the picture says what it shows.")
            self.add_error("depicts_source", said)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save; its sizes are made behind, before anybody needs them."""
        if CUT_BY & set(self.changed_data):
            self.instance.waits = True
        if "file" in self.changed_data:
            self.instance.digest = ""
        picture = super().save(commit=commit)
        if commit:
            if CUT_BY & set(self.changed_data):
                forget_old_sizes(picture)  # it may be blurred elsewhere, and come back
            self._keep_original(picture)
            if "depicts_source" in self.changed_data:
                covering.note_source(picture, self._user)
            making.wake()
        return picture

    def _keep_original(self, picture: Any) -> None:
        field: Any = self.fields.get("file")
        if self.cleaned_data.get("keep_original") and field.came:
            until = self.cleaned_data["original_until"]
            originals.keep(picture, field.came, until, self._user, datetime.now(UTC))


def _is_named(file: Any, title: str | None) -> bool:
    stem = Path(file.name).stem
    return _LETTERS.findall(stem.lower()) == _LETTERS.findall((title or "").lower())


def _strip(file: InMemoryUploadedFile) -> bytes:
    """Strip a file in place; give the bytes as they came."""
    # In place: Wagtail keeps hold of the same object, and stores it where the rest of
    # the form is refused. Settings hold every upload in memory until here.
    came: bytes = file.read()
    try:
        data, ending = cell.strip(came)
    except PictureError as error:
        said = gettext("This picture cannot be used: %(why)s.")
        raise ValidationError(said % {"why": error}) from error
    file.file, file.size = io.BytesIO(data), len(data)
    file.name = f"picture.{ending}"
    file.content_type = {"jpg": "image/jpeg", "png": "image/png"}[ending]
    return came
