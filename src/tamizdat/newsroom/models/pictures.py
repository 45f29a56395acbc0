"""Pictures: stored without metadata, and cut once for every edition."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from tamizdat.edition.media import PICTURE_TYPES


class Picture(AbstractImage):
    """A picture as the newsroom keeps it. `description` is its alternative text.

    Attributes:
        digest: SHA-256 in hex of the original it is known by, where only what was
            printed of it is left; "" for that of its own file.
    """

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Whom the picture is credited to."),
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    def get_upload_to(self, filename: str) -> str:
        """Name the file by its content: an uploaded name may tell on a source."""
        ending = filename.rpartition(".")[2].lower()
        return f"originals/{self.file_hash or 'new'}.{ending}"


class Thumbnail(AbstractRendition):
    """A small view for editors; never part of an edition."""

    image = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="thumbnail_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.filter_spec)


class Rendition(models.Model):
    """One size of a picture as editions carry it.

    Attributes:
        sha256: of its bytes, and its place under `media/renditions/`.
        size: bytes.
        focus: where the cut was aimed, "x,y" in pixels; "" for the middle.
        shape: how it is cut, see `pictures.cuts`.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    sha256 = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=20, choices=[(t, t) for t in PICTURE_TYPES])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    focus = models.CharField(max_length=23, blank=True)
    shape = models.CharField(max_length=6, default="wide")

    class Meta:
        ordering: ClassVar = ["type", "width"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["picture", "shape", "focus", "type", "width"],
                name="rendition_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name the size as a story document does: "320.avif"."""
        return f"{self.width}.{PICTURE_TYPES[self.type]}"

    def document(self) -> dict[str, Any]:
        """Describe it as a story document does."""
        return {
            "name": self.name,
            "href": f"sha256:{self.sha256}",
            "contentType": self.type,
            "width": self.width,
            "height": self.height,
            "sizeInBytes": self.size,
        }
