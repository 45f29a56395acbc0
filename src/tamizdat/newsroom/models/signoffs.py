"""Who stands behind what two people must sign."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tamizdat.newsroom.models.articles import Article


class SignOff(models.Model):
    """One person's word that this may go out.

    Attributes:
        digest: SHA-256, hexadecimal, of what is to go out; see `signoffs`.
        kind: of the release.
        time: UTC.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="signoffs"
    )
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=13)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    time = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["time"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "digest", "actor"], name="signed_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.actor}"

    def told(self) -> dict[str, Any]:
        """Tell who and when, for words of the interface."""
        return {"who": str(self.actor), "when": self.time.strftime("%H:%M")}
