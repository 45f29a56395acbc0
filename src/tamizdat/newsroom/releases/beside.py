"""Release something beside the draft: what waits in it stays there.

The version that is to go out is kept among the others, and is not the newest: the form
shows the draft as before, and Undo has nothing to put back.

Source: docs/decisions/0033-held-erased-followed.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import PageLogEntry, Revision

from tamizdat.newsroom.desk import words
from tamizdat.newsroom.models import ArticlePage

SCHEDULED = "wagtail.publish.schedule"  # as Wagtail's log calls it
JUST_BEFORE = timedelta(microseconds=1)


def set_aside(page: ArticlePage, actor: Any) -> Revision:
    """Keep what is to go out as a version, and leave the newest one what it is.

    Args:
        page: as it is to go out.
        actor: the account that releases it.
    """
    row = ArticlePage.objects.get(pk=page.pk)
    revision = page.save_revision(user=actor)
    newest = row.latest_revision
    if newest is not None:
        before = newest.created_at - JUST_BEFORE  # Wagtail goes by time
        Revision.objects.filter(pk=revision.pk).update(created_at=before)
        ArticlePage.objects.filter(pk=page.pk).update(
            latest_revision=newest,
            has_unpublished_changes=row.has_unpublished_changes,
            draft_title=row.draft_title,
        )
        revision.refresh_from_db()
        words.put_draft(row, newest.content)
    return revision


@dataclass(frozen=True)
class Waiting:
    """A draft that readers have not, before something beside it goes out.

    Attributes:
        revision: key of its newest version.
        hour: UTC, at which it was set to go out, or None.
    """

    revision: int
    hour: datetime | None


def waiting(page: ArticlePage) -> Waiting | None:
    """Say what waits in the draft of a page; None for nothing."""
    newest = page.latest_revision
    if newest is None or not page.has_unpublished_changes:
        return None
    return Waiting(newest.pk, newest.approved_go_live_at)


def join(
    key: int, post: Mapping[str, Any], revision: Revision, draft: Waiting | None
) -> None:
    """Put a post that went out into the draft that waited.

    Args:
        key: of the page.
        post: as its field keeps it.
        revision: that went out; without a draft it is the newest now.
        draft: as it waited.
    """
    if draft is None:
        Revision.objects.filter(pk=revision.pk).update(created_at=timezone.now())
        ArticlePage.objects.filter(pk=key).update(
            latest_revision=revision, has_unpublished_changes=False
        )
        return
    page = ArticlePage.objects.get(pk=key).get_latest_revision_as_object()
    page.posts = with_post(page, post)
    page.article.refresh_from_db()
    if page.next_number == page.article.number:
        page.next_number = page.article.number + 1  # its note waits still
    _set_hour(page.save_revision(user=revision.user), draft)


def _set_hour(revision: Revision, draft: Waiting) -> None:
    """Let a draft keep its hour, and who set it: publishing anything takes it off."""
    if draft.hour is None:
        return
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=draft.hour)
    told = PageLogEntry.objects.filter(revision=draft.revision, action=SCHEDULED)
    told.update(revision=revision.pk)


def with_post(page: ArticlePage, post: Mapping[str, Any]) -> StreamValue:
    """Put a post above those of a page."""
    block = page.posts.stream_block
    return StreamValue(block, [post, *page.posts.get_prep_value()], is_lazy=True)
