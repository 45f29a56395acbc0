"""Close by hand what needs no release: one person a task, two people a hold.

Who says that the words of a redaction do not stand in an article lets it go out again:
that takes two people, as the redaction itself does. The first one's word is a sign-off
of the article as it stands at that moment, and holds for a day.

Source: docs/decisions/0069-holds-that-nobody-slips.md.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom import letting_in, signoffs
from tamizdat.newsroom.errors import ReleaseError
from tamizdat.newsroom.models import ArticlePage, FollowUp, SignOff
from tamizdat.newsroom.models.followups import OF_HOLDS, OF_OTHERS, REASONS
from tamizdat.newsroom.obstacles import people
from tamizdat.newsroom.releases import matters
from tamizdat.newsroom.rights import may, require, who_may

KIND = "hold"  # of a sign-off


def reasons(one: FollowUp) -> list[tuple[str, Any]]:
    """List the reasons that somebody may give for closing a follow-up by hand."""
    keys = OF_HOLDS if one.holds else OF_OTHERS
    return [(key, words) for key, words in REASONS if key in keys]


@transaction.atomic
def close_by_hand(key: int, actor: Any, reason: str) -> FollowUp:
    """Close a follow-up that needs no release, or sign that it needs none.

    Args:
        key: of the follow-up.
        actor: the account that decides.
        reason: one of `reasons`.

    Returns:
        The follow-up; open still where another has to say the same.

    Raises:
        ReleaseError: no reason is given, or it is closed already.
        RightError: the account may not decide this in that service.
    """
    one = matters.taken(FollowUp, key, actor, require_decider)
    if reason not in dict(reasons(one)):
        raise ReleaseError(_("Choose why nothing has to be released."))
    first = None
    if one.holds:
        first = _first_of_two(one, actor, reason)
        if first is None:
            return one
    one.said_by = first
    one.save(update_fields=["said_by"])
    one.close(timezone.now(), actor, reason=reason)
    return one


def _first_of_two(one: FollowUp, actor: Any, reason: str) -> Any:
    """Find who said the same before; else note that this account says it."""
    now = timezone.now()
    for said, why in said_of(one):
        if why == reason and letting_in.are_two(said.actor, actor, now):
            return said.actor
    SignOff.objects.update_or_create(
        article=one.article,
        digest=_digest(one, reason),
        actor=actor,
        defaults={"kind": KIND, "time": now},
    )
    return None


def said_of(one: FollowUp) -> list[tuple[SignOff, str]]:
    """List who said lately why a hold needs no release; the key of the reason beside.

    What somebody said is void once the article has another release or draft.
    """
    meant = {_digest(one, key): key for key, _words in reasons(one)}
    since = timezone.now() - signoffs.HOLDS
    rows = SignOff.objects.filter(
        article=one.article_id, kind=KIND, digest__in=meant, time__gt=since
    )
    service = one.article.service
    return [
        (said, meant[said.digest])
        for said in rows.select_related("actor")
        if may(said.actor, "serious", service)
    ]


def _digest(one: FollowUp, reason: str) -> str:
    """Hash what somebody says: of which hold, and of which state of its article."""
    pages = ArticlePage.objects.filter(article=one.article_id)
    draft = pages.values_list("latest_revision", flat=True).first()
    text = f"tamizdat-hold {one.pk} {reason} {one.article.number} {draft}"
    return hashlib.sha256(text.encode()).hexdigest()


def require_decider(one: FollowUp, actor: Any) -> None:
    """Refuse who may not close a follow-up by hand.

    Raises:
        RightError: naming account, right and service.
    """
    service = one.article.service
    if one.holds:
        require(actor, "serious", service)
    elif not may(actor, "translate", service):
        require(actor, "edit", service)


def may_decide(one: FollowUp, actor: Any) -> bool:
    """Say whether an account may close a follow-up by hand."""
    return matters.allows(require_decider, one, actor)


def deciders(one: FollowUp, but: Any = None) -> str:
    """Name who may close a follow-up by hand.

    Args:
        one: the follow-up.
        but: an account that is one of two already; who counts as the same is left out.
    """
    service = one.article.service
    if one.holds and but is not None:
        return people(signoffs.others_who_may(service, but, "redaction"))
    if one.holds:
        return people(who_may("serious", service))
    either = [*who_may("translate", service), *who_may("edit", service)]
    return people(sorted({each.pk: each for each in either}.values(), key=str))
