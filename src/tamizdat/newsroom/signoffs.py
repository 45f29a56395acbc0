"""Let two people stand behind what could harm somebody, or takes a story back.

The first who presses Publish signs, the second publishes. A sign-off holds for one
digest: document, kind, note and number of the release. Any other letter is another
digest, and after a day it holds for nothing.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom import letting_in
from tamizdat.newsroom.documents import article_content
from tamizdat.newsroom.intents import answer, intended
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Person, SignOff
from tamizdat.newsroom.models.people import PROTECTED
from tamizdat.newsroom.models.stories import was_marked
from tamizdat.newsroom.rights import may, require, who_may

SERIOUS = ("retraction", "redaction", "withdrawal")
HOLDS = timedelta(hours=24)


def reason(page: Any, kind: str) -> str:
    """Say in words why two people must sign, or "" where one is enough.

    Args:
        page: an `ArticlePage` as it would go out.
        kind: of the release.
    """
    if kind in SERIOUS:
        return _("A %(kind)s is signed by two people.") % {"kind": kind_name(kind)}
    if page.article_id and page.taken_back == "withdrawal" and kind == "update":
        return _("A text that was withdrawn comes back when two people sign.")
    if page.article_id and (endangers(page.article) or _moves_to_marked(page)):
        return _("This story may endanger someone: two people sign.")
    if _names_protected(page):
        return _("The author of this article is protected: two people sign.")
    return ""


def right_of(kind: str) -> str:
    """Name the right that both need."""
    return "serious" if kind in SERIOUS else "publish"


def digest(page: Any, kind: str) -> str:
    """Hash what is to go out: SHA-256, hexadecimal."""
    note = " ".join(intended(page)[1].split())  # browsers send other ends of lines
    settles = answer(page)
    meant = {
        "answers": [sorted(settles.tasks), settles.same_words],
        "document": article_content(page),
        "breaking": page.breaking_hours if page.breaking else 0,
        "keeps_notes": page.next_keeps_notes,  # of earlier releases
        "kind": kind,
        "note": note,
        "release": page.article.number + 1,
    }
    text = json.dumps(meant, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sign(page: Any, user: Any, kind: str, *, now: datetime | None = None) -> SignOff:
    """Record that this person stands behind what is to go out.

    Args:
        page: saved, as it would go out.
        user: who signs.
        kind: of the release.
        now: UTC.

    Raises:
        RightError: the account has not the right that such a release needs.
    """
    require(user, right_of(kind), page.service)
    require(user, "publish", page.service)
    found: SignOff = SignOff.objects.update_or_create(
        article=page.article,
        digest=digest(page, kind),
        actor=user,
        defaults={"kind": kind, "time": now or timezone.now()},
    )[0]
    return found


def standing(page: Any, kind: str, *, now: datetime | None = None) -> list[SignOff]:
    """List the sign-offs that hold for this page as it would go out now.

    Those of a closed account, or of one that lost the right, hold no more.

    Args:
        page: saved, as it would go out.
        kind: of the release.
        now: UTC.
    """
    since = (now or timezone.now()) - HOLDS
    found = SignOff.objects.filter(article=page.article, time__gt=since)
    fresh = list(found.select_related("actor"))
    meant = digest(page, kind) if fresh else ""  # dear, and mostly nobody has signed
    rights = {right_of(kind), "publish"}
    return [
        one
        for one in fresh
        if one.digest == meant
        and all(may(one.actor, right, page.service) for right in rights)
    ]


def others_who_may(service: Any, user: Any, kind: str) -> list[Any]:
    """List who could be the other of two."""
    candidates = letting_in.others(
        who_may(right_of(kind), service), user, timezone.now()
    )
    return [one for one in candidates if may(one, "publish", service)]


def _moves_to_marked(page: Any) -> bool:
    """Say whether the story that it moves to when it goes out is marked, or was."""
    source = page.source
    if source is None or source.story_id == page.article.story_id:
        return False
    marked: bool = source.story.sensitive
    return marked or was_marked(source.story_id, page.article.released)


def endangers(article: Any) -> bool:
    """Say whether a story may endanger someone, or its mark was taken off just now.

    Whoever may take it off does not publish alone what it was to hold up, until two
    have published since. The story itself remembers, whatever becomes of its pages.
    """
    marked: bool = article.story.sensitive
    return marked or was_marked(article.story_id, article.released)


def _names_protected(page: Any) -> bool:
    """Say whether a protected name is to go out, or stands now.

    Who takes a protected name off, and writes the real one instead, needs a second
    person as well.
    """
    people = {page.translator_id, *(row.person_id for row in page.bylines.all())}
    going = Q(pk__in=people - {None})
    if page.pk:
        going |= Q(bylines__article=page.pk)
    return bool(Person.objects.filter(going, kind=PROTECTED).exists())
