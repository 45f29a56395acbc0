"""Offer a service's breaking story to every other one; nothing happens by itself.

Each service's choice is its own and is noted; a service can spare itself the offers of
another.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Article,
    Breaking,
    Offer,
    OfferOptOut,
    ServicePage,
)
from tamizdat.newsroom.models.breaking import FRONT, NOT_FOR_US, TRANSLATE
from tamizdat.newsroom.rights import may, require

RIGHTS = {TRANSLATE: ("translate",), FRONT: ("arrange",)}
ANY = ("translate", "arrange", "edit")  # who may say "not for us"


def make(row: Breaking) -> None:
    """Offer a story that begins to break to every service that wants to hear of it.

    A service that tells the story as breaking news, or has an offer of it from
    elsewhere that still breaks, is not asked again.
    """
    article = row.article
    asked = Offer.objects.filter(
        breaking__article__story=article.story_id,
        breaking__article__breaking_until__isnull=False,
    )
    deaf = OfferOptOut.objects.filter(source=article.service_id)
    telling = Article.objects.filter(
        story=article.story_id, breaking_until__isnull=False
    )
    others = ServicePage.objects.live().exclude(pk=article.service_id)
    for known in (
        asked.values("service"),
        deaf.values("service"),
        telling.values("service"),
    ):
        others = others.exclude(pk__in=known)
    Offer.objects.bulk_create(
        Offer(breaking=row, service_id=key)
        for key in others.order_by("pk").values_list("pk", flat=True)
    )


def open_to(account: Any, services: Iterable[ServicePage] | None = None) -> list[Offer]:
    """List the open offers that somebody may answer, the newest first."""
    rows = Offer.objects.open().select_related(
        "service", "breaking__article__service", "breaking__actor"
    )
    if services is not None:
        rows = rows.filter(service__in=services)
    return [row for row in rows if _may_any(account, row.service)]


def _may_any(account: Any, service: ServicePage) -> bool:
    return any(may(account, right, service) for right in ANY)


def lines(account: Any) -> list[dict[str, str]]:
    """Say the open offers of somebody, a line a story, with where to answer them."""
    by_story: dict[int, list[Offer]] = {}
    for row in open_to(account):
        by_story.setdefault(row.breaking_id, []).append(row)
    return [
        {
            "key": f"breaking-{key}",
            "text": _line(rows),
            "url": reverse("breaking_news"),
        }
        for key, rows in by_story.items()
    ]


def _line(rows: list[Offer]) -> str:
    article = rows[0].breaking.article
    return _("%(source)s has breaking news: %(story)s. For %(services)s?") % {
        "source": isolated(article.service.service_id),
        "story": isolated(article),
        "services": isolated(", ".join(sorted(row.service.service_id for row in rows))),
    }


def own_versions(some: Collection[Offer]) -> list[Article | None]:
    """Find what each service asked already tells of its story, in one question."""
    asked = [(one.service_id, one.breaking.article.story_id) for one in some]
    told = Article.objects.filter(
        service__in={service for service, _story in asked},
        story__in={story for _service, story in asked},
    )
    found = {(one.service_id, one.story_id): one for one in told}
    return [found.get(key) for key in asked]


@transaction.atomic
def choose(offer: Offer, choice: str, actor: Any, now: datetime) -> Offer:
    """Note what a service makes of an offer; the first choice stands.

    Args:
        offer: open, or answered meanwhile by a colleague.
        choice: "translate", "front" or "not-for-us".
        actor: the account that chooses.
        now: UTC.

    Returns:
        The offer as it stands.

    Raises:
        RightError: not theirs to choose.
    """
    if choice == NOT_FOR_US:
        if not _may_any(actor, offer.service):
            require(actor, ANY[0], offer.service)
    else:
        require(actor, RIGHTS[choice][0], offer.service)
    held = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if not held.choice:
        held.choice, held.chosen, held.actor = choice, now, actor
        held.save(update_fields=["choice", "chosen", "actor"])
    return held


def opt_out(service: ServicePage, source: ServicePage, actor: Any) -> None:
    """Spare a service the offers of another.

    Raises:
        RightError: not theirs to decide.
    """
    require(actor, "arrange", service)
    OfferOptOut.objects.get_or_create(service=service, source=source)


def opt_in(service: ServicePage, source: ServicePage, actor: Any) -> None:
    """Let a service have the offers of another again.

    Raises:
        RightError: not theirs to decide.
    """
    require(actor, "arrange", service)
    OfferOptOut.objects.filter(service=service, source=source).delete()
