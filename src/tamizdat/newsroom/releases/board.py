"""Gather the board of stories by service: who follows whom, and who is behind.

One page of it costs the same however many articles there are: it goes along an index
from where the page before ended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from tamizdat.newsroom.errors import MalformedError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Article, ArticlePage, FollowUp, ServicePage

STORIES = 25  # a page
SHOWN = ("stale", "all")


@dataclass(frozen=True)
class Asked:
    """What an editor wants to see.

    Attributes:
        show: "stale" for stories in which somebody is behind, "all" for every story.
        service: id of the service whose stories or texts are meant, or "".
        before: ends of the page before: a time and a key, or None for the first.
    """

    show: str = "stale"
    service: str = ""
    before: tuple[datetime, int] | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """Read it from an address.

        Raises:
            MalformedError: naming the field, what was expected and what was found.
        """
        show = given.get("show", "stale")
        if show not in SHOWN:
            known = isolated(", ".join(SHOWN))
            raise MalformedError("show", _("one of %(known)s"), show, known=known)
        place = given.get("before", "")
        time, _at, key = place.partition("@")
        try:
            before = (datetime.fromisoformat(time), int(key)) if place else None
        except ValueError:
            expected = _("a time and a key")
            raise MalformedError("before", expected, place) from None
        if before and before[0].tzinfo is None:
            raise MalformedError("before", _("a time with its zone"), place)
        return cls(show, given.get("service", ""), before)

    def query(self) -> str:
        """Write it as the query of an address."""
        row = {"show": self.show, "service": self.service}
        if self.before:
            row["before"] = f"{self.before[0].isoformat()}@{self.before[1]}"
        return urlencode(row)


@dataclass(frozen=True)
class Cell:
    """One service's telling of one story.

    Attributes:
        state: "source", "follows", "stale", "draft" or "none".
        page: key of its page in the editors' site, or None.
        source: the article it derives from, where it is behind.
    """

    state: str = "none"
    article: Article | None = None
    page: int | None = None
    source: Article | None = None


@dataclass(frozen=True)
class Row:
    """One story: what it is called, and a cell for each service."""

    lead: Article
    cells: list[Cell] = field(default_factory=list)


def stories(asked: Asked) -> dict[str, Any]:
    """Gather one page of the board."""
    services = list(ServicePage.objects.few().order_by("title"))
    leads, more = _leads(asked, services)
    rows = _rows(leads, services)
    older = None
    if more:
        last = leads[-1]
        older = replace(asked, before=(_moment(last, asked.show), last.pk)).query()
    first = replace(asked, before=None).query() if asked.before else None
    return {
        "rows": rows,
        "services": services,
        "asked": asked,
        "older": older,
        "first": first,
    }


def _leads(asked: Asked, services: Iterable[ServicePage]) -> tuple[list[Article], bool]:
    """Choose the article by which each story is found, newest first."""
    order = "stale_since" if asked.show == "stale" else "released"
    rows = (
        Article.objects.stale()
        if order == "stale_since"
        else Article.objects.released()
    )
    if asked.service:
        keys = [s.pk for s in services if s.service_id == asked.service]
        rows = rows.filter(service__in=keys)
    elif order == "released":
        rows = rows.filter(source=None)  # one line a story
    if asked.before:
        time, key = asked.before
        rows = rows.filter(**{f"{order}__lte": time}).exclude(
            Q(**{order: time}) & Q(pk__gte=key)
        )
    found = list(rows.order_by(f"-{order}", "-pk")[: STORIES + 1])
    return found[:STORIES], len(found) > STORIES


def _moment(article: Article, show: str) -> Any:
    return article.stale_since if show == "stale" else article.released


def _rows(leads: list[Article], services: list[ServicePage]) -> list[Row]:
    once = {lead.story_id: lead for lead in reversed(leads)}
    told = Article.objects.filter(story__in=once).select_related("source__service")
    by_story: dict[Any, dict[int, Article]] = {key: {} for key in once}
    for article in told:
        by_story[article.story_id][article.service_id] = article
    pages = _pages(
        article.pk for some in by_story.values() for article in some.values()
    )
    rows = []
    for lead in leads:
        if once.get(lead.story_id) is not lead:
            continue
        tellings = by_story[lead.story_id]
        cells = [_cell(tellings.get(one.pk), pages) for one in services]
        rows.append(Row(_original(tellings, lead), cells))
    return rows


def _original(tellings: Mapping[int, Article], lead: Article) -> Article:
    """Name a story by the article that derives from none."""
    first = (one for one in tellings.values() if one.number and one.source_id is None)
    return next(first, lead)


def _pages(articles: Iterable[int]) -> dict[int, int]:
    rows = ArticlePage.objects.filter(article__in=list(articles)).order_by()
    return dict(rows.values_list("article_id", "pk"))


def _cell(article: Article | None, pages: Mapping[int, int]) -> Cell:
    if article is None:
        return Cell()
    page = pages.get(article.pk)
    if article.number == 0:
        return Cell("draft", article, page)
    if article.stale_since is not None:
        return Cell("stale", article, page, article.source)
    return Cell("follows" if article.source_id else "source", article, page)


def with_articles(rows: Any) -> Any:
    """Read follow-ups with all that a list of them shows."""
    return rows.select_related(
        *("article__service", "article__page", "closing", "closed_by", "said_by"),
        "cause__article__service",
    )


def report(now: datetime, *, overdue: bool) -> list[dict[str, Any]]:
    """List the open follow-ups for programs.

    Args:
        now: UTC.
        overdue: leave out those whose time has not come.
    """
    rows = FollowUp.objects.overdue(now) if overdue else FollowUp.objects.open()
    return [_reported(one, now) for one in with_articles(rows)]


def _reported(one: FollowUp, now: datetime) -> dict[str, Any]:
    article, source = one.article, one.cause.article
    return {
        "service": article.service.service_id,
        "article": article.address,
        "released": article.number > 0,
        "after": f"{source.service.service_id}/{source.address}",
        "release": one.cause.number,
        "kind": one.cause.kind,
        "holds": one.holds,
        "named_only": one.named_only,
        "due": one.due.isoformat(),
        "overdue": one.due <= now,
    }
