"""Take an uploaded picture in: strip it before it touches the media folder."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import ValidationError
from wagtail.images.forms import BaseImageForm

from tamizdat.newsroom import pictures, renditions
from tamizdat.newsroom.errors import PictureError


class PictureForm(BaseImageForm):
    """The upload form of every way in: one picture, many, or out of an article."""

    def clean_file(self) -> Any:
        """Replace the file by its pixels alone."""
        file = self.cleaned_data["file"]
        return _stripped(file) if isinstance(file, UploadedFile) else file

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Save, and cut every size at once, not when the press waits for it."""
        picture = super().save(commit=commit)
        if commit:
            renditions.renditions(picture)
        return picture


def _stripped(file: UploadedFile) -> UploadedFile:
    try:
        data, ending = pictures.strip(file.read())
    except PictureError as error:
        raise ValidationError(f"This picture cannot be used: {error}.") from error
    kind = {"jpg": "image/jpeg", "png": "image/png"}[ending]
    return SimpleUploadedFile(f"picture.{ending}", data, kind)
