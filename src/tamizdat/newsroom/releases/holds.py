"""Hold a release before the ledger, undo it, and release it at its end.

A held release is a row and a version: the draft is not touched. Undo and the end of
the hold both take that row away while they hold the page's turn, so that one of them
finds it gone. What is in the ledger is recalled by nobody.

Source: docs/decisions/0033-held-erased-followed.md.
"""

import hashlib
import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from wagtail.log_actions import LogContext, log
from wagtail.models import Revision

from tamizdat.newsroom.documents import article_content, told
from tamizdat.newsroom.errors import (
    HoldError,
    NewsroomError,
    PictureError,
    ReleaseError,
)
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.intents import intended
from tamizdat.newsroom.models import ArticlePage, HeldRelease, UndonePost
from tamizdat.newsroom.obstacles import require_publishable
from tamizdat.newsroom.releases import beside, erasing, refusals
from tamizdat.newsroom.turns import take_turn

HELD, UNDONE = "tamizdat.hold", "tamizdat.undo"  # in the log of the page

_log = logging.getLogger(__name__)


def hold_until(page: ArticlePage, now: datetime) -> datetime:
    """Say when a release that is pressed now goes out. Both UTC; now: no hold."""
    service = page.service
    seconds = service.breaking_hold_seconds if page.breaking else service.hold_seconds
    return now + timedelta(seconds=seconds)


@transaction.atomic
def hold(
    page: ArticlePage, revision: Revision, actor: Any, now: datetime
) -> HeldRelease | None:
    """Hold a release, unless its service holds none.

    Args:
        page: as it is to go out.
        revision: the same, as it is kept.
        actor: the account that pressed Publish.
        now: UTC.

    Returns:
        What is held, or None: the caller releases it now.

    Raises:
        HoldError: a release of this article is held already.
        ObstacleError: this person cannot release it now.
    """
    take_turn(page.pk)
    before = HeldRelease.objects.filter(page=page.pk).first()
    if before is not None:
        said = _("release %(number)d is held until %(until)s")
        raise HoldError(said, number=page.next_number, until=before.until)
    kind, _note = intended(page)
    require_publishable(page, actor, kind)
    until = hold_until(page, now)
    if until <= now:
        return None
    held = HeldRelease.objects.create(
        page=page,
        revision=revision,
        written=_digest(revision),
        kind=kind,
        pressed=now,
        until=until,
        actor=actor,
    )
    log(instance=page, action=HELD, user=actor, revision=revision)
    return held


def undo(page: int, actor: Any) -> bool:
    """Undo the held release of a page; what was written stays as its draft.

    A post of a live story is not in that draft: it waits in the form of posts.

    Args:
        page: its key.
        actor: the account that undoes it.

    Returns:
        Whether it was still held: False once it is released or undone.
    """
    with transaction.atomic():
        take_turn(page)
        held = HeldRelease.objects.filter(page=page).select_related("page").first()
        if held is None:
            return False
        log(instance=held.page, action=UNDONE, user=actor, revision=held.revision)
        held.delete()
        if held.post is not None:
            UndonePost.objects.create(
                page=held.page, post=held.post, undone=timezone.now(), actor=actor
            )
            held.revision.delete()  # made beside the draft, for this release alone
        return True


def next_end(now: datetime) -> datetime | None:
    """Tell when the next hold ends, after now. Both UTC."""
    later = HeldRelease.objects.filter(until__gt=now)
    end: datetime | None = later.aggregate(end=Min("until"))["end"]
    return end


def release_due(now: datetime) -> None:
    """Release what was held until now or before; what is refused stays held.

    Args:
        now: UTC.
    """
    due = HeldRelease.objects.filter(until__lte=now, refused__isnull=True)
    for key in list(due.order_by("until", "pk").values_list("page", flat=True)):
        try:
            _release(key, now)
        except (NewsroomError, ValidationError) as error:
            _refuse(key, error)


@transaction.atomic
def _release(page: int, now: datetime) -> None:
    """Let a held release go out, unless somebody undid it meanwhile."""
    take_turn(page)
    held = HeldRelease.objects.filter(page=page, until__lte=now).first()
    if held is None:
        return
    if held.written != _digest(held.revision):
        said = _(
            "the text, or the words of a picture, sound or document in it, was changed "
            "while it was held: publish it again"
        )
        raise ReleaseError(said)
    revision, actor = held.revision, held.actor
    waiting = beside.waiting(held.page)
    held.delete()
    # The ledger asks once more what is in the way; Wagtail knows less of rights.
    with LogContext(user=actor):
        revision.publish(user=actor, skip_permission_checks=True)
    if held.post is not None:
        beside.join(page, held.post, revision, waiting)
    erasing.erase_due(held.page.article_id)


def _refuse(page: int, error: Exception) -> None:
    """Keep why a release was refused, for the board; it is held until undone."""
    kept = refusals.kept(error)
    HeldRelease.objects.filter(page=page).update(refused=kept)
    _log.warning("the held release of page %s was refused: the board says why", page)


def _digest(revision: Revision) -> str:
    """Hash what was pressed: the text, and what readers are told by what it shows.

    Titles, transcripts, captions and names are looked up when a release is written;
    somebody may change them meanwhile. Sizes of pictures and files that are cleaned
    again are no words.
    """
    # As the database keeps it: what is in memory may hold times that are no JSON.
    kept = Revision.objects.values_list("content", flat=True).get(pk=revision.pk)
    text = json.dumps([kept, _shown(revision)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(revision: Revision) -> Any:
    try:
        content = told(article_content(revision.as_object()))
    except (PictureError, OSError):  # the ledger refuses it, and says why
        return None
    for one in content.get("associations", ()):
        one.pop("renditions", None)
    return content
