"""What was corrected or taken back, and which articles have to follow.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tamizdat.newsroom.models.articles import Article
from tamizdat.newsroom.models.ledger import Release
from tamizdat.newsroom.models.matters import Matter, never_in_silence

# Why a task was closed without a release. Nobody types it: words that somebody typed
# may be the very words that were taken out, and the record is kept for good.
ABSENT, REMOVED, HARMLESS = "absent", "removed", "harmless"
UNSAID, RIGHT, STANDS = "unsaid", "right", "stands"
# Given by the newsroom itself.
BEGUN_AFTER, ASKED_BEFORE, NAMES_ALONE = "begun-after", "asked-before", "names-alone"
TYPED = "typed"
REASONS = [
    (ABSENT, _("The words never stood in this article.")),
    (REMOVED, _("They were taken out of the draft before readers had it.")),
    (HARMLESS, _("They stand here, say something else, and endanger nobody.")),
    (UNSAID, _("This article does not say what was corrected.")),
    (RIGHT, _("This article says it right already.")),
    (STANDS, _("It has this from elsewhere, and stands by it.")),
    (BEGUN_AFTER, _("It was begun later, from what readers had then.")),
    (ASKED_BEFORE, _("It had a task for these words before.")),
    (NAMES_ALONE, _("Only headlines were taken out that do not stand here.")),
    (TYPED, _("A reason was typed; what somebody typed is kept no more.")),
]
OF_HOLDS, OF_OTHERS = (ABSENT, REMOVED, HARMLESS), (UNSAID, RIGHT, STANDS)
OF_ITSELF = (BEGUN_AFTER, ASKED_BEFORE, NAMES_ALONE)


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

    def by_people(self) -> "FollowUpQuerySet":
        """Keep those that somebody had, or has, to deal with."""
        return self.exclude(reason__in=OF_ITSELF)

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


class Origin(models.Model):
    """Another article that one was made from, whatever it says of it now.

    Attributes:
        article: whose releases, or draft, hold words that were made from it.
        of_draft: of an article that is released, only its draft says so.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="origins"
    )
    source = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="offspring"
    )
    of_draft = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "source"], name="origin_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} from {self.source}"


class FollowUp(Matter):
    """A task: an article has to follow what another one told its readers.

    Attributes:
        cause: the release of the other article.
        holds: nothing may be released of the article before somebody decides.
        named_only: it holds for a headline among the related stories, and for nothing
            in the text: both tell different stories.
        opened, due: UTC.
        closing: the release that follows.
        reason: why none was needed, one of `REASONS`.
        said_by: of two people who closed a hold by hand, the first.
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
    named_only = models.BooleanField(default=False)
    opened = models.DateTimeField()
    due = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=REASONS, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    same_words = models.BooleanField(default=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "cause"], name="followed_up_once"
            ),
            never_in_silence("never_closed_in_silence"),
            models.CheckConstraint(
                condition=models.Q(reason__in=["", *(key for key, _words in REASONS)]),
                name="reason_is_never_typed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due"], name="followup_open", condition=models.Q(closed=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} after {self.cause}"
