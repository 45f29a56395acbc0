"""Arrange front pages: whatever happens to one happens here.

An arrangement is a row that never changes; the newest one with a number is in force.
The press freezes it (`press.snapshot`), and passes over what is retracted.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import FrontError
from tamizdat.newsroom.front.layout import Layout, Pin, held, laid_out, only
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Arrangement, Article, ServicePage, Slot
from tamizdat.newsroom.models.fronts import RESTORED, UNPINNED
from tamizdat.newsroom.rights import require
from tamizdat.newsroom.turns import take_turn


def newest(service: ServicePage) -> Arrangement | None:
    """Find the arrangement in force."""
    return Arrangement.objects.numbered().filter(service=service).first()


def layout_of(arrangement: Arrangement | None) -> Layout:
    """Read an arrangement; None has no fixed place."""
    if arrangement is None:
        return Layout()
    rows = arrangement.slots.order_by("section", "position")
    return laid_out((r.section, Pin(r.article_id, r.until)) for r in rows)


@transaction.atomic
def arrange(
    service: ServicePage, layout: Layout, actor: Any, *, base: int, now: datetime
) -> Arrangement:
    """Arrange a front page anew, or keep it as a proposal if somebody was faster.

    Args:
        service: whose page it is.
        layout: all of it.
        actor: the account that arranges.
        base: number of the arrangement that it changes; 0 for none.
        now: UTC.

    Returns:
        What was kept. Without a number it is a proposal: another one came since.

    Raises:
        RightError: not theirs to arrange.
        FrontError: a story or a pin cannot stand there.
    """
    require(actor, "arrange", service)
    take_turn(service.pk)
    check(service, layout, now)
    wanted = Arrangement(service=service, base=base, time=now, actor=actor)
    return _keep(wanted, layout, in_force=_follows(service, base))


@transaction.atomic
def restore(
    service: ServicePage, number: int, actor: Any, *, base: int, now: datetime
) -> tuple[Arrangement, list[Article]]:
    """Put an older arrangement back, without what cannot stand there any more.

    Returns:
        What was kept, as `arrange`; and the articles that were left out.

    Raises:
        RightError: not theirs to arrange.
        FrontError: there is no arrangement of this number.
    """
    require(actor, "arrange", service)
    take_turn(service.pk)
    old = Arrangement.objects.filter(service=service, number=number).first()
    if old is None:
        raise FrontError(_("There is no arrangement %(number)d.") % {"number": number})
    before = layout_of(old)
    standing = _standing(service, before.articles)
    sections = set(service.sections.values_list("section_id", flat=True)) | {""}
    there = {key: pins for key, pins in before.slots.items() if key in sections}
    layout = only(held(Layout(there), now), standing)
    dropped = set(before.articles) - set(layout.articles)
    wanted = Arrangement(
        service=service, base=base, way=RESTORED, time=now, actor=actor
    )
    kept = _keep(wanted, layout, in_force=_follows(service, base))
    return kept, list(Article.objects.filter(pk__in=dropped))


@transaction.atomic
def discard(proposal: Arrangement, actor: Any) -> None:
    """Take a proposal away.

    Raises:
        RightError: not theirs to arrange.
        FrontError: it is none.
    """
    require(actor, "arrange", proposal.service)
    if proposal.number is not None:
        raise FrontError(_("An arrangement that was in force stays in the history."))
    proposal.delete()


def end_pins(now: datetime) -> None:
    """Arrange the pages on which a pin has ended, without what was pinned."""
    due = Slot.objects.filter(until__lte=now, arrangement__in=_in_force())
    for key in sorted(set(due.values_list("arrangement__service_id", flat=True))):
        _end_pins(ServicePage.objects.get(pk=key), now)


@transaction.atomic
def _end_pins(service: ServicePage, now: datetime) -> None:
    take_turn(service.pk)
    last = newest(service)
    before = layout_of(last)
    after = held(before, now)
    if last is not None and after.articles != before.articles:
        base = last.number or 0
        wanted = Arrangement(service=service, base=base, way=UNPINNED, time=now)
        _keep(wanted, after, in_force=True)


def next_end(now: datetime) -> datetime | None:
    """Tell when the next pin ends, after now. Both UTC."""
    # Also one of an older arrangement: waking for nothing costs nothing.
    later = Slot.objects.filter(until__gt=now).order_by("until")
    found: datetime | None = later.values_list("until", flat=True).first()
    return found


def _in_force() -> list[int]:
    """List the keys of the arrangements in force."""
    own = Arrangement.objects.numbered().filter(service=models.OuterRef("pk"))
    services = ServicePage.objects.order_by()
    keys = services.values_list(models.Subquery(own.values("pk")[:1]), flat=True)
    return [key for key in keys if key is not None]


def _follows(service: ServicePage, base: int) -> bool:
    """Tell whether nobody arranged the page since; a pin that ended is nobody."""
    later = Arrangement.objects.filter(service=service, number__gt=base)
    return not later.exclude(way=UNPINNED).exists()


def _keep(kept: Arrangement, layout: Layout, *, in_force: bool) -> Arrangement:
    """Keep an arrangement with its slots. `in_force`: else it is a proposal."""
    last = newest(kept.service)
    if in_force:
        kept.number = (last.number or 0) + 1 if last else 1
    kept.save()
    Slot.objects.bulk_create(
        Slot(
            arrangement=kept,
            section=place.section,
            position=place.position,
            article_id=pin.article,
            until=pin.until,
        )
        for place, pin in layout
    )
    return kept


def check(service: ServicePage, layout: Layout, now: datetime) -> None:
    """Check that a layout can be a service's front page.

    Raises:
        FrontError: a story is another service's, unreleased or taken back; a section
            is not there; a pin ends in the past.
    """
    sections = set(service.sections.values_list("section_id", flat=True)) | {""}
    found = Article.objects.in_bulk(layout.articles)
    for place, pin in layout:
        if place.section not in sections:
            words = _("There is no section “%(section)s” any more.")
            raise FrontError(words % {"section": isolated(place.section)})
        _check_article(service, found.get(pin.article))
        if pin.until is not None and pin.until <= now:
            words = _("“%(story)s”: its place ends in the past. Choose a later hour.")
            raise FrontError(words % {"story": isolated(found[pin.article])})


def _check_article(service: ServicePage, article: Article | None) -> None:
    if article is None or article.service_id != service.pk:
        words = _("“%(story)s” is no story of this service.")
        raise FrontError(words % {"story": isolated(article or "?")})
    if article.number == 0:
        raise FrontError(
            _("“%(story)s” is not released yet.") % {"story": isolated(article)}
        )
    if article.taken_back:
        words = _("“%(story)s” was taken back: remove it from the page.")
        raise FrontError(words % {"story": isolated(article)})


def _standing(service: ServicePage, keys: Iterable[int]) -> set[int]:
    own = Article.objects.released().filter(service=service, taken_back="")
    return set(own.filter(pk__in=list(keys)).values_list("pk", flat=True))
