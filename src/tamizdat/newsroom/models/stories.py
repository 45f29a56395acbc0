"""What was said of a story as a whole, and by whom."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from tamizdat.newsroom.models.articles import Story

EMBARGO, MARK = "embargo", "sensitive"
WHAT = [(EMBARGO, "embargo"), (MARK, "sensitive")]


class StoryChange(models.Model):
    """One change of a story's embargo or mark. It stays, whatever becomes of pages.

    Attributes:
        what: `EMBARGO` or `MARK`.
        before, after: an instant as ISO 8601 in UTC or "" for none; of the mark "yes"
            or "".
        actor: None for a program.
        time: UTC.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=9, choices=WHAT)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    time = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["story", "what", "time"], name="change_of_a_story")
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.before} > {self.after}"


def written(value: datetime | bool | None) -> str:  # noqa: FBT001 (a value to write)
    """Write a value as `StoryChange` keeps it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return "yes" if value else ""


def note_change(
    story: Story,
    what: str,
    before: datetime | bool | None,  # noqa: FBT001
    after: datetime | bool | None,  # noqa: FBT001
    actor: Any,
) -> StoryChange:
    """Keep who changed what of a story."""
    values = {"before": written(before), "after": written(after)}
    found: StoryChange = StoryChange.objects.create(
        story=story, what=what, actor=actor, **values
    )
    return found


def was_marked(story: Any, since: datetime | None) -> bool:
    """Say whether the mark of a story was set or taken off since then, or ever.

    Args:
        story: its key.
        since: UTC; None for ever.
    """
    changes = StoryChange.objects.filter(story=story, what=MARK)
    return bool((changes.filter(time__gt=since) if since else changes).exists())
