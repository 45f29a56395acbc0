"""Sounds and documents that stand in an article; their files lie beside renditions."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.edition.media import AUDIO_TYPES, DOCUMENT_TYPES
from tamizdat.newsroom.models.services import ServicePage

SOUND, PAPER = "audio", "document"


class Attachment(models.Model):
    """A sound or a document with its words.

    Attributes:
        service: whose it is; None for those who may everything.
        kind: SOUND or PAPER, as blocks of a body name them.
        digest: SHA-256 in hex of what it was made from.
        terms: that readers are shown.
        transcript: of a sound, an empty line between paragraphs.
        cleaning: number of the rules of its kind that cleaned its file last, see
            `attachments.RULES`; 0 for those before there were numbers.
        unseen: words of a document that its pages do not show, as whoever brought it
            in was told; their number, and none of them.
        refused: why those rules do not take its file any more: words of a catalogue
            and what they name; None while they take it.
        empty: it has no file: it waits to be coded, or could not be.
        key: that seals what waits to be coded, see `uncoded`; b"" if nothing does.
    """

    service = models.ForeignKey(
        ServicePage,
        verbose_name=_("service"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Others find it once readers have it."),
    )
    kind = models.CharField(max_length=8, editable=False)
    title = models.CharField(
        _("title"), max_length=300, help_text=_("As readers see it.")
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    terms = models.CharField(
        _("usage terms"),
        max_length=300,
        blank=True,
        help_text=_("Only terms that readers must be shown."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "What is said, for those who do not hear it. An empty line "
            "starts a new paragraph."
        ),
    )
    digest = models.CharField(max_length=64, editable=False)
    cleaning = models.PositiveSmallIntegerField(default=0, editable=False)
    unseen = models.PositiveIntegerField(default=0, editable=False)
    refused = models.JSONField(null=True, editable=False)
    empty = models.BooleanField(default=False, editable=False)
    key = models.BinaryField(default=b"", editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sound or document")
        verbose_name_plural = _("sounds and documents")
        ordering: ClassVar = ["-created", "-pk"]

    def __str__(self) -> str:
        said = _("still being prepared")
        return f"{self.title} ({said})" if self.key else self.title


class AttachmentFile(models.Model):
    """One file of a sound or a document, as editions carry it.

    Attributes:
        sha256: of its bytes, and its place under `media/renditions/`.
        size: bytes.
        seconds: how long a sound is; 0 for a document.
        old: another one stands in its place; kept while living releases name it.
    """

    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, related_name="files"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    old = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.sha256

    def document(self) -> dict[str, Any]:
        """Describe it as a story document does."""
        named = {
            "name": {**AUDIO_TYPES, **DOCUMENT_TYPES}[self.type],
            "href": f"sha256:{self.sha256}",
            "contentType": self.type,
            "sizeInBytes": self.size,
        }
        return named | ({"duration": self.seconds} if self.seconds else {})
