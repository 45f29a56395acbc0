"""Take an uploaded picture in: strip it before it touches the media folder."""

import io
import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.forms import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from tamizdat.newsroom import pictures, renditions
from tamizdat.newsroom.errors import PictureError

# A file that is too large is not read at all: to the form it is not there.
NO_FILE = _("Choose a picture of at most %(most)d MiB.")
_LETTERS = re.compile(r"[^\W_]")


class PictureField(WagtailImageField):
    """Strips a picture before anything else opens it."""

    def to_python(self, data: Any) -> Any:
        """Take a picture's pixels and nothing else."""
        if isinstance(data, InMemoryUploadedFile):
            _strip(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """The upload form of every way in: one picture, many, or out of an article."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def clean(self) -> Any:
        """Take the name of a refused file off, that it does not name the next one."""
        values = super().clean()
        typed: Any = self.data
        title = self.add_prefix("title")
        file = self.files.get(self.add_prefix("file"))
        if "file" in self.errors and file and _is_named(file, typed.get(title)):
            self.data: Any = {**typed, title: ""}
        return values

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save, and cut every size at once, not when the press waits for it."""
        picture = super().save(commit=commit)
        if commit:
            renditions.renditions(picture)
        return picture


def _is_named(file: Any, title: str | None) -> bool:
    stem = Path(file.name).stem
    return _LETTERS.findall(stem.lower()) == _LETTERS.findall((title or "").lower())


def _strip(file: InMemoryUploadedFile) -> None:
    # In place: Wagtail keeps hold of the same object, and stores it where the rest of
    # the form is refused. Settings hold every upload in memory until here.
    try:
        data, ending = pictures.strip(file.read())
    except PictureError as error:
        said = gettext("This picture cannot be used: %(why)s.")
        raise ValidationError(said % {"why": error}) from error
    file.file, file.size = io.BytesIO(data), len(data)
    file.name = f"picture.{ending}"
    file.content_type = {"jpg": "image/jpeg", "png": "image/png"}[ending]
