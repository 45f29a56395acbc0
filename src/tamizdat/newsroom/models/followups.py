"""What was corrected or taken back, and which articles have to follow.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from datetime import datetime
from typing import ClassVar

from django.db import models

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.ledger import Release
from tamizdat.newsroom.models.matters import Matter, never_in_silence


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Reads what is to be followed."""

    def open(self) -> "FollowUpQuerySet":
        """Keep those that nobody has dealt with, the most pressing first."""
        return self.filter(closed=None).order_by("due", "pk")

    def overdue(self, now: datetime) -> "FollowUpQuerySet":
        """Keep those that are open past their time. `now`: UTC."""
        return self.open().filter(due__lte=now)

    def on(self, *articles: int) -> "FollowUpQuerySet":
        """Keep the open holds on articles. `articles`: their keys."""
        return self.open().filter(article__in=articles, holds=True)

    def with_cause(self) -> "FollowUpQuerySet":
        """Read what a line about each says of its cause, too."""
        return self.select_related("cause__article__service")


class Mention(models.Model):
    """An article whose ledger shows the headline of another as a related story.

    Attributes:
        article: in a release of it, the newest or an older one that is not erased.
        other: the story it names.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="mentions"
    )
    other = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="mentioned"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "other"], name="mentioned_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} names {self.other}"


class FollowUp(Matter):
    """A task: an article has to follow what another one told its readers.

    Attributes:
        cause: the release of the other article.
        holds: nothing may be released of the article before somebody decides.
        opened, due: UTC.
        closing: the release that follows.
        same_words: closed by a redaction of which two people said that it takes out
            what the cause did, and no more.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="followups"
    )
    cause = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="followups"
    )
    holds = models.BooleanField(default=False)
    opened = models.DateTimeField()
    due = models.DateTimeField()
    same_words = models.BooleanField(default=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "cause"], name="followed_up_once"
            ),
            never_in_silence("never_closed_in_silence"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due"], name="followup_open", condition=models.Q(closed=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} after {self.cause}"
