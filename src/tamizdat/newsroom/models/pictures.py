"""Pictures: stored without metadata, and cut once for every edition."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index

from tamizdat.edition.media import PICTURE_TYPES


class Picture(AbstractImage):
    """A picture as the newsroom keeps it. `description` is its alternative text.

    Attributes:
        terms: that readers must be shown.
        expires: the last day of the right to it, None without an end.
        depicts_source: it shows somebody who must not be recognised.
        waits: its sizes are still to be made.
        digest: SHA-256 in hex of the original it is known by, where only what was
            printed of it is left; "" for that of its own file.
    """

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Whom the picture is credited to."),
    )
    terms = models.CharField(
        _("usage terms"),
        max_length=300,
        blank=True,
        help_text=_("Only terms that readers must be shown."),
    )
    expires = models.DateField(
        _("may be used until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The last day. After it nobody can publish the picture."),
    )
    depicts_source = models.BooleanField(
        _("shows a source"),
        default=False,
        help_text=_(
            "Somebody on it must not be recognised: it goes out after a person has "
            "looked for faces and number plates."
        ),
    )
    waits = models.BooleanField(default=True, db_index=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    admin_form_fields = (
        *WagtailImage.admin_form_fields,
        *("credit", "terms", "expires", "depicts_source"),
    )

    search_fields: ClassVar = [
        *WagtailImage.search_fields,
        index.FilterField("expires"),  # what has lapsed is not offered
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:
        """Name the file by its content: an uploaded name may tell on a source."""
        ending = filename.rpartition(".")[2].lower()
        return f"originals/{self.file_hash or 'new'}.{ending}"

    def is_expired(self, today: date) -> bool:
        """Say whether the right to use it has ended."""
        return self.expires is not None and self.expires < today

    @property
    def is_checked(self) -> bool:
        """Say whether a person has looked at it as it is now."""
        return bool(self.checks.filter(master=self.file_hash).exists())


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
        master: hash of the picture's file it was cut from: a replaced or covered one
            is cut anew.
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    sha256 = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=20, choices=[(t, t) for t in PICTURE_TYPES])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    focus = models.CharField(max_length=23, blank=True)
    shape = models.CharField(max_length=6, default="wide")
    master = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["type", "width"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["picture", "master", "shape", "focus", "type", "width"],
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


class PictureWords(models.Model):
    """What is said of a picture in one language, unless an article says it better."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=35)
    caption = models.TextField(blank=True, max_length=1_000)
    alt = models.TextField(blank=True, max_length=1_000)
    credit = models.CharField(blank=True, max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["picture", "language"], name="picture_words_once"
            )
        ]

    def __str__(self) -> str:
        return self.language


class PictureCheck(models.Model):
    """A person looked at a picture and found nobody to be recognised.

    Attributes:
        master: hash of the file as it was: any change makes the check void.
    """

    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="checks"
    )
    master = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    time = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-time"]

    def __str__(self) -> str:
        return f"{self.time:%Y-%m-%d %H:%M}"


class PrivateOriginal(models.Model):
    """A picture as it came, sealed to a key that does not lie here.

    Attributes:
        picture: None once that is deleted: the original goes with the next look.
        sha256: of the sealed bytes, and their place under `media/private/`.
        until: the last day it is kept.
    """

    picture = models.ForeignKey(
        Picture, null=True, on_delete=models.SET_NULL, related_name="private_originals"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    kept = models.DateTimeField()
    until = models.DateField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-kept"]

    def __str__(self) -> str:
        return self.sha256


class EverShown(models.Model):
    """A picture of which a living release of an article names files, new or old."""

    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="ever_shown"
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="ever_shown"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "picture"], name="ever_shown_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.picture_id}"


class ShowingManager(models.Manager["Showing"]):
    """Reads what readers are shown."""

    def ending(self, last: date) -> "models.QuerySet[Showing]":
        """List pictures that readers have, with a right that ends by a day."""
        rows = self.filter(picture__expires__lte=last)
        found: models.QuerySet[Showing] = rows.select_related(
            "picture", "article__service", "article__page"
        ).order_by("picture__expires", "picture", "article")
        return found

    def sources(self) -> "models.QuerySet[Showing]":
        """List pictures of sources that readers have."""
        rows = self.filter(picture__depicts_source=True)
        found: models.QuerySet[Showing] = rows.select_related(
            "picture", "article__service", "article__page"
        ).order_by("picture", "article")
        return found


class Showing(models.Model):
    """A picture that the newest release of an article shows."""

    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="showings"
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="showings"
    )

    objects = ShowingManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "picture"], name="showing_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.picture_id}"
