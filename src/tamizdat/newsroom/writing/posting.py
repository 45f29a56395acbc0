"""Add a post to a live story: one release, and not a word of the draft with it."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import unescape
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from tamizdat.newsroom.actions import intend
from tamizdat.newsroom.errors import ReleaseError
from tamizdat.newsroom.models import ArticlePage, HeldRelease, Release
from tamizdat.newsroom.releases import holds
from tamizdat.newsroom.releases.beside import join, set_aside, waiting, with_post
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
) -> Release | HeldRelease | None:
    """Release the published text of a live story with one more post.

    It is held as any release is. What waits in the draft stays there, and gets the
    post once it is out.

    Args:
        page: of a live story that is released.
        actor: the account that posts.
        paragraphs: of the post.
        headline: of the post, or "".
        by: who wrote it, or "".

    Returns:
        The release, or what is held.

    Raises:
        HoldError: a release of this story is held already.
        ReleaseError: the story is not live, or cannot be released.
    """
    take_turn(page.pk)
    published = ArticlePage.objects.get(pk=page.pk)  # the row is what readers have
    if published.live_state != LIVE or not published.article.number:
        raise ReleaseError(_("Posts are added to a story that is released and live."))
    now = timezone.now()
    draft = waiting(published)
    post = _post(paragraphs, headline, by, now)
    published.posts = with_post(published, post)
    published.go_live_at = None  # it goes out now, whatever hour the draft has
    intend(published, "update", "")
    revision = set_aside(published, actor)
    held = holds.hold(published, revision, actor, now)
    if held is not None:
        held.post = post
        held.save(update_fields=["post"])
        return held
    revision.publish(user=actor, skip_permission_checks=True)  # obstacles say more
    join(published.pk, post, revision, draft)
    return published.newest_release  # type: ignore[no-any-return]


def typed(post: Mapping[str, Any]) -> dict[str, str]:
    """Give the words of a post as its form takes them, for whoever undid it."""
    value = post["value"]
    paragraphs = [unescape(strip_tags(one["value"])) for one in value["body"]]
    return {
        "headline": value["headline"],
        "by": value["by"],
        "text": "\n\n".join(paragraphs),
    }


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
