"""The ledger: every published state of every article, in order, for good."""

import base64
import secrets
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from tamizdat.newsroom.errors import LedgerError
from tamizdat.newsroom.kinds import CHOICES
from tamizdat.newsroom.models.articles import Article

SALT_BYTES = 16


def fresh_salt() -> str:
    """Draw the salt of a release."""
    text = base64.urlsafe_b64encode(secrets.token_bytes(SALT_BYTES))
    return text.rstrip(b"=").decode("ascii")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Reads the ledger and refuses to rewrite it."""

    def newest_first(self) -> "ReleaseQuerySet":
        """Order an article's history as an editor reads it."""
        return self.order_by("-number")

    def erase(self, article: Any, before: int, *, keep_notes: bool) -> int:
        """Empty the releases of an article before a redaction or withdrawal.

        Its number, kind, time and actor stay. The database allows nothing else, and
        this only where such a release is newer.

        Args:
            article: whose ledger it is.
            before: number of the redaction or withdrawal.
            keep_notes: leave the notes to readers.

        Returns:
            How many were emptied now.
        """
        rows = models.QuerySet["Release"](Release).filter(
            article=article, number__lt=before
        )
        emptied = {"content": {}, "erased": timezone.now()}
        if not keep_notes:
            emptied["note"] = ""
        keys = list(rows.filter(erased=None).values_list("pk", flat=True))
        for key in keys:
            # Another salt in its place: the old one would let a guess be tested.
            one = models.QuerySet["Release"](Release).filter(pk=key)
            one.update(**emptied, salt=fresh_salt())
        return len(keys)

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise LedgerError("the ledger is append-only: a release cannot be changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise LedgerError("the ledger is append-only: a release cannot be removed")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        self.update()


class Release(models.Model):
    """One published state of an article.

    Attributes:
        time: UTC, whole seconds, later than the release before.
        salt: 16 random bytes, base64url, so that no hash betrays a withdrawn text.
        content: the story document frozen at that moment, without what the ledger
            itself knows.
        erased: UTC, when its words were taken out after a redaction or a withdrawal;
            content is empty then and the salt another one.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=13, choices=CHOICES)
    note = models.TextField(blank=True)
    time = models.DateTimeField()
    salt = models.CharField(max_length=22)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField()
    erased = models.DateTimeField(null=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["article", "number"]
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "number"], name="release_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1, kind="publish")
                | models.Q(number__gt=1) & ~models.Q(kind="publish"),
                name="publish_is_the_first_release",
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    kind__in=["correction", "clarification", "retraction"],
                    note="",
                    erased=None,
                ),
                name="readers_are_told_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; refuse to write a second time."""
        if not self._state.adding:
            raise LedgerError("the ledger is append-only: a release cannot be changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise LedgerError("the ledger is append-only: a release cannot be removed")
