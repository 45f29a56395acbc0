"""Add a post to a live story: one release, and not a word of the draft with it."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from tamizdat.newsroom.actions import publish_article
from tamizdat.newsroom.errors import ReleaseError
from tamizdat.newsroom.models import ArticlePage
from tamizdat.newsroom.richtext import markup
from tamizdat.newsroom.turns import take_turn

LIVE = "live"


@transaction.atomic
def add_post(
    page: ArticlePage,
    actor: Any,
    paragraphs: Iterable[str],
    headline: str = "",
    by: str = "",
) -> Any:
    """Release the published text of a live story with one more post.

    What waits in the draft stays there, and gets the post too.

    Args:
        page: of a live story that is released.
        actor: the account that posts.
        paragraphs: of the post.
        headline: of the post, or "".
        by: who wrote it, or "".

    Returns:
        The release.

    Raises:
        ReleaseError: the story is not live, or cannot be released.
    """
    take_turn(page.pk)
    published = ArticlePage.objects.get(pk=page.pk)  # the row is what readers have
    if published.live_state != LIVE or not published.article.number:
        raise ReleaseError(_("Posts are added to a story that is released and live."))
    draft = published.get_latest_revision_as_object()
    waits = published.has_unpublished_changes
    post = _post(paragraphs, headline, by, timezone.now())
    published.posts = _with(published, post)
    release = publish_article(published, actor, "update")
    if waits:
        _add_to_draft(draft, published, post, actor)
    return release


def _post(
    paragraphs: Iterable[str], headline: str, by: str, now: datetime
) -> Mapping[str, Any]:
    """Write a post as the database keeps it."""
    body = [
        {"type": "paragraph", "value": markup(text), "id": str(uuid.uuid4())}
        for text in paragraphs
    ]
    time = now.replace(microsecond=0).isoformat()
    value = {"time": time, "headline": headline, "by": by, "body": body}
    return {"type": "post", "value": value, "id": str(uuid.uuid4())}


def _with(page: ArticlePage, post: Mapping[str, Any]) -> StreamValue:
    """Put a post above those of a page."""
    block = page.posts.stream_block
    return StreamValue(block, [post, *page.posts.get_prep_value()], is_lazy=True)


def _add_to_draft(
    draft: ArticlePage, published: ArticlePage, post: Mapping[str, Any], actor: Any
) -> None:
    draft.posts = _with(draft, post)
    draft.article.refresh_from_db()
    if draft.next_number == published.article.number:
        draft.next_number = published.article.number + 1  # its note waits still
    draft.save_revision(user=actor)
