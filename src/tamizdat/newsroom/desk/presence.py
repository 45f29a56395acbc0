"""Turn what open windows report into holds.

Decides nothing: Wagtail's editing session says who has which form open, `locks` what
follows from it.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.models import EditingSession

from tamizdat.newsroom.desk import locks
from tamizdat.newsroom.models import ArticlePage, Hold

OPEN = timedelta(seconds=30)  # two reports may get lost


def reported(session: Any) -> None:
    """Keep the hold of whoever has the form open; take it for unsaved words."""
    key = _page_key(session)
    if key is None:
        return
    if session.is_editing and ArticlePage.objects.filter(pk=key).exists():
        locks.take(key, session.user)
    else:
        session.hold_found = locks.keep(key, session.user)


def closed(session: Any) -> None:
    """Free the article once no other window of the same person shows it."""
    key = _page_key(session)
    if key is None:
        return
    since = timezone.now() - OPEN
    others = EditingSession.objects.filter(
        content_type=session.content_type_id,
        object_id=session.object_id,
        user=session.user_id,
        last_seen_at__gte=since,
    )
    if not others.exclude(pk=session.pk).exists():
        locks.leave(key, session.user_id)


def told_of_take_over(session: Any) -> Hold | None:
    """Find the take-over that somebody in an open window has to hear of."""
    key = _page_key(session)
    hold: Hold | None = getattr(session, "hold_found", None)
    if key is not None and not hasattr(session, "hold_found"):
        hold = locks.holder(key)  # else it has just reported
    if hold is None or hold.taken_from_id != session.user_id:
        return None
    return hold


def _page_key(session: Any) -> int | None:
    kind = session.content_type
    if (kind.app_label, kind.model) != ("wagtailcore", "page"):
        return None
    key = str(session.object_id)
    return int(key) if key.isdecimal() else None
