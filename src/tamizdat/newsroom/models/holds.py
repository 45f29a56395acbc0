"""What is pressed and not out yet, and what was erased.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Revision

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.ledger import Release
from tamizdat.newsroom.models.pages import ArticlePage


class HeldRelease(models.Model):
    """A release somebody pressed, which is in no ledger yet and can be undone.

    Attributes:
        revision: the version of the draft that goes out.
        written: digest of that version's content, so that nothing else goes out.
        pressed, until: UTC.
        refused: why it was not released at its end, as `releases.refusals` keeps it;
            None while nothing was refused.
        post: of a live story, as its field of posts keeps it, where one was added
            beside the draft; else None.
    """

    page = models.OneToOneField(
        ArticlePage, on_delete=models.CASCADE, related_name="held"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    written = models.CharField(max_length=64)
    kind = models.CharField(max_length=13)
    pressed = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused = models.JSONField(null=True)
    post = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.page}, held until {self.until}"


class UndonePost(models.Model):
    """A post of a live story that was undone: the draft of the one to come.

    Attributes:
        post: as the field of posts keeps it.
        undone: UTC.
        actor: who undid it.
    """

    page = models.ForeignKey(
        ArticlePage, on_delete=models.CASCADE, related_name="undone_posts"
    )
    post = models.JSONField()
    undone = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-undone", "-pk"]

    def __str__(self) -> str:
        return f"post of {self.page}, undone {self.undone}"


class Erasure(models.Model):
    """Words that a redaction or a withdrawal takes out of the newsroom.

    Attributes:
        release: the redaction or withdrawal.
        keeps_notes: whether older notes to readers stay.
        done: when the rows were emptied, UTC, or None.
        swept: when the files of the database were cleaned after that, UTC, or None.
        files: SHA-256 in hex of the pictures, sounds and documents that are to go;
            emptied when they were looked at.
        subjects: "tag" or "place" and key of those that older texts and drafts named;
            once looked at, of those that stay for the sake of a draft alone.
        looked: when they were looked at, UTC, or None to have it done at once.
        kept: "picture" or "attachment" and key of those that stayed, for something
            else shows them.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="erasures"
    )
    release = models.OneToOneField(
        Release, on_delete=models.PROTECT, related_name="erasure"
    )
    keeps_notes = models.BooleanField(default=False)
    done = models.DateTimeField(null=True)
    swept = models.DateTimeField(null=True)
    files = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    looked = models.DateTimeField(null=True)
    kept = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="erasure_to_do",
                condition=models.Q(swept=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} before {self.release}"
