"""Gather what people did, from every place that keeps it: who, when, what, where.

Decides what is told and to whom. Told are: what Wagtail logs of articles and services,
releases, sign-offs, closed tasks, arrangements of front pages, roles, accounts and
sign-ins. Never a title, a text, an address or a browser. Staff of a service are told
of it, whoever may everything of accounts, too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import (
    Arrangement,
    ArticlePage,
    FollowUp,
    Release,
    ServicePage,
    SignOff,
)
from tamizdat.newsroom.models.fronts import WAYS

RELEASED, SIGNED, CLOSED, FRONT = "release", "sign-off", "task", "front"
KINDS = [
    (RELEASED, gettext_lazy("Release")),
    (SIGNED, gettext_lazy("Sign-off")),
    (CLOSED, gettext_lazy("Closed task")),
    (FRONT, gettext_lazy("Front page")),
]


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        services: of which whoever asks is told.
        everything: whether they are told of accounts as well.
        article: its address, or "".
        person: name of an account, or "".
        deed: an action of Wagtail's log, one of `KINDS`, or "".
        since, until: UTC, or None.
    """

    services: Sequence[ServicePage]
    everything: bool = False
    article: str = ""
    person: str = ""
    deed: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, order=True)
class Deed:
    """One thing somebody did. `about`: address of an article, or name of an account."""

    time: datetime
    person: str = field(compare=False)
    deed: str = field(compare=False)
    service: str = field(compare=False, default="")
    about: str = field(compare=False, default="")

    def row(self) -> dict[str, str]:
        """Write it for a table."""
        return {
            "time": f"{self.time:%Y-%m-%d %H:%M:%S}",
            "person": self.person,
            "deed": self.deed,
            "service": self.service,
            "article": self.about,
        }


Source = Callable[[Asked, int], Iterable[Deed]]


def newest(asked: Asked, start: int, count: int) -> list[Deed]:
    """List what was done, the newest first.

    Args:
        asked: what.
        start: how many are left out.
        count: at most so many.
    """
    most = start + count
    found = merge(*(source(asked, most) for source in SOURCES), reverse=True)
    return list(islice(found, start, most))


def _narrowed(rows: Any, asked: Asked, time: str, person: str) -> Any:
    """Keep rows of a person and of a stretch of time, the newest first."""
    if asked.person:
        rows = rows.filter(**{f"{person}__username__iexact": asked.person})
    if asked.since:
        rows = rows.filter(**{f"{time}__gte": asked.since})
    if asked.until:
        rows = rows.filter(**{f"{time}__lte": asked.until})
    return rows.select_related(person).order_by(f"-{time}", "-pk")


def _wants(asked: Asked, kind: str) -> bool:
    return asked.deed in ("", kind)


def _name(account: Any) -> str:
    return account.get_username() if account else ""


def _of_pages(asked: Asked, most: int) -> Iterator[Deed]:
    """Tell what Wagtail logs of articles and of services themselves."""
    pages = ArticlePage.objects.filter(article__service__in=asked.services)
    if asked.article:
        pages = pages.filter(article__address=asked.article)
    which = Q(page__in=pages.order_by().values("pk"))
    if not asked.article:
        which |= Q(page__in=[service.pk for service in asked.services])
    rows = PageLogEntry.objects.filter(which)
    if asked.deed:
        rows = rows.filter(action=asked.deed)
    entries = list(_narrowed(rows, asked, "timestamp", "user")[:most])
    places = _places({entry.page_id for entry in entries})
    for entry in entries:
        service, article = places.get(entry.page_id, ("", ""))
        label = str(registry.get_action_label(entry.action))
        yield Deed(entry.timestamp, _name(entry.user), label, service, article)


def _places(keys: set[int]) -> dict[int, tuple[str, str]]:
    pages = ArticlePage.objects.filter(pk__in=keys)
    rows = pages.values_list("pk", "article__service__service_id", "article__address")
    services = ServicePage.objects.filter(pk__in=keys)
    return {
        **{key: (service, address) for key, service, address in rows},
        **{one.pk: (one.service_id, "") for one in services},
    }


def _of_articles(rows: QuerySet[Any], asked: Asked, *, place: str = "article") -> Any:
    """Keep what belongs to articles of the services, or to the one asked for."""
    found: Any = rows.filter(**{f"{place}__service__in": asked.services})
    if asked.article:
        found = found.filter(**{f"{place}__address": asked.article})
    return found.select_related(f"{place}__service")


def _releases(asked: Asked, most: int) -> Iterator[Deed]:
    if not _wants(asked, RELEASED):
        return
    rows = _of_articles(Release.objects.defer("content"), asked)
    for one in _narrowed(rows, asked, "time", "actor")[:most]:
        deed = _("Release: %(kind)s") % {"kind": kind_name(one.kind)}
        yield _about(one.article, one.time, one.actor, deed)


def _signoffs(asked: Asked, most: int) -> Iterator[Deed]:
    if not _wants(asked, SIGNED):
        return
    rows = _of_articles(SignOff.objects.all(), asked)
    for one in _narrowed(rows, asked, "time", "actor")[:most]:
        deed = _("Sign-off: %(kind)s") % {"kind": kind_name(one.kind)}
        yield _about(one.article, one.time, one.actor, deed)


def _tasks(asked: Asked, most: int) -> Iterator[Deed]:
    if not _wants(asked, CLOSED):
        return
    rows = _of_articles(FollowUp.objects.by_people().exclude(closed=None), asked)
    for one in _narrowed(rows, asked, "closed", "closed_by")[:most]:
        yield _about(one.article, one.closed, one.closed_by, _("Closed task"))


def _about(article: Any, time: datetime, account: Any, deed: str) -> Deed:
    service = article.service.service_id
    return Deed(time, _name(account), deed, service, article.address)


def _fronts(asked: Asked, most: int) -> Iterator[Deed]:
    """Tell how front pages were arranged; pins that end are nobody's deed."""
    if asked.article or not _wants(asked, FRONT):
        return
    rows = Arrangement.objects.filter(service__in=asked.services).exclude(actor=None)
    ways = dict(WAYS)
    for one in _narrowed(rows.select_related("service"), asked, "time", "actor")[:most]:
        deed = _("Front page: %(way)s") % {"way": ways[one.way]}
        yield Deed(one.time, _name(one.actor), deed, one.service.service_id)


def _accounts(asked: Asked, most: int) -> Iterator[Deed]:
    """Tell of accounts, groups and sign-ins; of roles in its services to a desk."""
    if asked.article or asked.deed in dict(KINDS):
        return
    kinds = ContentType.objects.get_for_models(get_user_model(), Group).values()
    rows = ModelLogEntry.objects.filter(content_type__in=kinds)
    if asked.deed:
        rows = rows.filter(action=asked.deed)
    if not asked.everything:
        own = Q(pk__in=())  # nothing, where they work for no service
        for service in asked.services:
            own |= Q(data__role__startswith=f"{service.service_id}: ")
        rows = rows.filter(own)
    for one in _narrowed(rows, asked, "timestamp", "user")[:most]:
        role = one.data.get("role", "")
        label = str(registry.get_action_label(one.action))
        deed = f"{label}: {role}" if role else label
        service = role.partition(":")[0]
        yield Deed(one.timestamp, _name(one.user), deed, service, one.label)


SOURCES: tuple[Source, ...] = (
    *(_of_pages, _releases, _signoffs, _tasks, _fronts, _accounts),
)
