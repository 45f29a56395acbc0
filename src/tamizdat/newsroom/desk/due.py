"""What is due: hours at which something goes out, ends, or should be done.

Decides what counts as due. Each kind is one function in `SOURCES`; a room that brings
another kind of hour adds one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from tamizdat.newsroom.models import Article, ArticlePage, FollowUp, Showing, Slot

SCHEDULED, EMBARGO = _("Goes out"), _("Embargo ends")
TASK = _("To follow a correction")
BREAKING, PINNED = _("Breaking ends"), _("Pin on the front page ends")
PICTURE = _("Right to a picture ends")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """One hour at which something is due.

    Attributes:
        time: UTC.
        kind: what happens.
        service: whose.
        headline: of the article.
        place: where in the site it is looked after, "" if nowhere.
        sensitive: whether the headline is of a draft that may endanger someone.
    """

    time: datetime
    kind: str | Promise
    service: Any
    headline: str
    place: str
    sensitive: bool = False


Source = Callable[[Sequence[Any], datetime, datetime], Iterator[Due]]


def due(services: Sequence[Any], start: datetime, end: datetime) -> list[Due]:
    """List what is due in a stretch of time, in order.

    Args:
        services: of which whoever asks sees drafts.
        start: UTC.
        end: UTC, exclusive.
    """
    found = (one for source in SOURCES for one in source(services, start, end))
    return sorted(found, key=lambda one: (one.time, str(one.kind), one.headline))


def _scheduled(
    services: Sequence[Any], start: datetime, end: datetime
) -> Iterator[Due]:
    hours = Revision.objects.filter(
        approved_go_live_at__gte=start, approved_go_live_at__lt=end
    ).values_list("object_id", "approved_go_live_at")
    times = {int(key): time for key, time in hours if key.isdecimal()}
    for page in _pages(services, Q(pk__in=times)):
        yield _of_page(page, times[page.pk], SCHEDULED)


def _embargoes(
    services: Sequence[Any], start: datetime, end: datetime
) -> Iterator[Due]:
    ends = Q(article__story__embargo__gte=start, article__story__embargo__lt=end)
    for page in _pages(services, ends):
        yield _of_page(page, page.article.story.embargo, EMBARGO)


def _breaking(services: Sequence[Any], start: datetime, end: datetime) -> Iterator[Due]:
    articles = Article.objects.filter(
        service__in=services, breaking_until__gte=start, breaking_until__lt=end
    )
    for article in articles.select_related("service", "page"):
        page = getattr(article, "page", None)
        place = _form(page) if page else ""
        time: Any = article.breaking_until
        yield Due(time, BREAKING, article.service, str(article), place)


def _pins(services: Sequence[Any], start: datetime, end: datetime) -> Iterator[Due]:
    slots = Slot.objects.filter(
        arrangement__service__in=services, until__gte=start, until__lt=end
    ).select_related("article", "arrangement__service")
    newest: dict[tuple[int, int], Any] = {}
    for slot in slots.order_by("arrangement__pk"):
        newest[slot.arrangement.service_id, slot.article_id] = slot
    for slot in newest.values():
        service = slot.arrangement.service
        yield Due(slot.until, PINNED, service, str(slot.article), "")


def _tasks(services: Sequence[Any], start: datetime, end: datetime) -> Iterator[Due]:
    tasks = FollowUp.objects.filter(
        article__service__in=services, closed=None, due__gte=start, due__lt=end
    )
    for task in tasks.select_related("article__service", "article__page"):
        page = getattr(task.article, "page", None)
        place = _form(page) if page else ""
        service = task.article.service
        yield Due(task.due, TASK, service, str(task.article), place)


def _pictures(services: Sequence[Any], start: datetime, end: datetime) -> Iterator[Due]:
    """Tell when pictures that readers have may be shown no longer, UTC."""
    days = Showing.objects.filter(
        article__service__in=services,
        picture__expires__gte=(start - DAY).date(),
        picture__expires__lte=end.date(),
    )
    for one in days.select_related("article__service", "picture"):
        last: Any = one.picture.expires
        time = datetime.combine(last + DAY, clock.min, UTC)
        if start <= time < end:
            place = reverse("newsroom_picture_uses", args=(one.picture.pk,))
            yield Due(time, PICTURE, one.article.service, str(one.article), place)


def _pages(services: Sequence[Any], which: Q) -> Any:
    pages = ArticlePage.objects.filter(which, article__service__in=services)
    return pages.select_related("article__service", "article__story")


def _of_page(page: Any, time: datetime, kind: str | Promise) -> Due:
    headline = page.draft_title or str(page.article)
    article = page.article
    place, sensitive = _form(page), article.story.sensitive
    return Due(time, kind, article.service, headline, place, sensitive)


def _form(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


SOURCES: tuple[Source, ...] = (
    *(_scheduled, _embargoes, _breaking, _pins, _tasks, _pictures),
)
