"""Who holds an article: taken by the first save, freed by leaving or by silence.

Decides when a hold counts and who may take it. Presence comes from Wagtail's editing
sessions: an open window reports every ten seconds, and says when it goes.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import BaseLock
from wagtail.log_actions import log

from tamizdat.newsroom.desk import versions
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models.versions import SILENCE, Hold, Version

TAKE_OVER = (
    '{} <span class="buttons"><button type="button" class="button button-small" '
    'data-controller="w-action" data-action="w-action#post" '
    'data-w-action-url-value="{}">{}</button></span>'
)


class HeldLock(BaseLock):
    """Tells Wagtail that somebody is at work, and others how to take over."""

    def __init__(self, page: Any, hold: Hold) -> None:
        super().__init__(page)
        self.hold = hold

    def for_user(self, user: Any) -> bool:
        """Lock the article for everybody but its holder."""
        return bool(user.pk != self.hold.person_id)

    def get_message(self, user: Any) -> Any:
        """Say who is at work, with the button that takes over."""
        if not self.for_user(user):
            return None
        told = _("%(name)s is working on this article since %(time)s UTC.") % {
            "name": isolated(get_user_display_name(self.hold.person)),
            "time": isolated(f"{self.hold.since:%H:%M}"),
        }
        place = reverse("newsroom_take_over", args=(self.hold.page_id,))
        return format_html(TAKE_OVER, told, place, _("Take over"))

    def get_locked_by(self, user: Any) -> str:
        """Name the holder."""
        if not self.for_user(user):
            return _("You are working on it")
        name = get_user_display_name(self.hold.person)
        return _("%(name)s is working on it") % {"name": isolated(name)}

    def get_description(self, user: Any) -> str:
        """Say what happens without anybody's doing."""
        del user
        return _("Free again as soon as its window is closed, or silent for 5 minutes.")


def holder(page_key: int, now: datetime | None = None) -> Hold | None:
    """Find who holds an article; a silent hold is nobody's."""
    since = (now or timezone.now()) - SILENCE
    holds = Hold.objects.filter(page_id=page_key, seen__gte=since)
    return holds.select_related("person").first()


def counted(hold: Hold | None) -> Hold | None:
    """Give a hold that was read before, unless it has been silent since."""
    silent = hold is None or hold.seen < timezone.now() - SILENCE
    return None if silent else hold


def is_anothers(page_key: int, person: Any) -> bool:
    """Tell whether somebody else is at work."""
    hold = holder(page_key)
    return hold is not None and hold.person_id != person.pk


@transaction.atomic
def take(page_key: int, person: Any) -> None:
    """Take the hold of an article that nobody holds; keep one's own."""
    now = timezone.now()
    found = Hold.objects.select_for_update().filter(page_id=page_key).first()
    if found is None:
        hold = {"person": person, "since": now, "seen": now}
        Hold.objects.get_or_create(page_id=page_key, defaults=hold)
    elif found.person_id == person.pk or found.seen < now - SILENCE:
        if found.person_id != person.pk:
            found.person, found.since, found.taken_from = person, now, None
        found.seen = now
        found.save()


def keep(page_key: int, person: Any) -> Hold | None:
    """Note that a window of the holder is still open; give the hold that counts."""
    found = Hold.objects.filter(page_id=page_key).select_related("person").first()
    if found is not None and found.person_id == person.pk:
        found.seen = timezone.now()
        Hold.objects.filter(pk=found.pk, person=person).update(seen=found.seen)
    return counted(found)


def leave(page_key: int, person: Any) -> None:
    """Free an article whose holder has closed the last window."""
    Hold.objects.filter(page_id=page_key, person=person).delete()


@transaction.atomic
def take_over(page: Any, person: Any) -> Hold:
    """Take an article from whoever holds it, and keep that one's text with a name.

    A lock that somebody set by hand goes, too.
    """
    before = holder(page.pk)
    taken_from = before.person if before and before.person_id != person.pk else None
    if taken_from is not None:
        name = get_user_display_name(taken_from)
        title = _("%(name)s's text when it was taken over") % {"name": name}
        revision = page.latest_revision
        if revision is not None and revision.user_id == taken_from.pk:
            versions.name_revision(revision, title, taken_from, Version.TAKEN_OVER)
        log(page, "newsroom.take_over", user=person, data={"from": name})
    if page.locked:
        page.locked, page.locked_by, page.locked_at = False, None, None
        page.save(update_fields=["locked", "locked_by", "locked_at"])
    now = timezone.now()
    hold = {"person": person, "since": now, "seen": now, "taken_from": taken_from}
    return Hold.objects.update_or_create(page_id=page.pk, defaults=hold)[0]
