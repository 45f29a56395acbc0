"""What came in with an archive: which bytes became which article, and from where."""

from typing import Any, ClassVar

from django.db import models

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.pictures import Picture
from tamizdat.newsroom.models.services import ServicePage


class Imported(models.Model):
    """One story of an archive, and the article it became or was merged into.

    Attributes:
        key: SHA-256 in hex of what names the story at its source.
        sha256: of its bytes, as they are kept among the originals; hex.
        words: SHA-256 in hex of headline and text: the same story under another name.
        number: of the release that its bytes became.
        name: of the file it came in, for people.
        receipt: as spec/wire-item.md has it.
        bare: its pictures were left out; another run may bring them.
    """

    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="imports"
    )
    key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    name = models.TextField()
    receipt: Any = models.JSONField()
    time = models.DateTimeField(auto_now_add=True)
    bare = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "key"], name="import_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "sha256"], name="import_by_bytes"),
            models.Index(fields=["service", "words"], name="import_by_words"),
        ]

    def __str__(self) -> str:
        return self.name


class OldAddress(models.Model):
    """A path of old addresses that leads to an article; two cannot have one.

    Attributes:
        path: as spec/addresses.md makes it, `old/...html`.
    """

    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=320)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "path"], name="old_address_leads_to_one"
            )
        ]

    def __str__(self) -> str:
        return self.path


class ImportedPicture(models.Model):
    """A picture that came in with an archive; `sha256`: of its bytes there, hex."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.sha256
