"""Tell stories what an agency said of copy that they used.

Decides what is worth an alert, who has dealt with one, and what it holds back. Alerts
are raised in the transaction that keeps the copy, and closed in the one that appends
the release which tells readers.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Article,
    KeptItem,
    Release,
    WireAlert,
    WireJoin,
    WireUse,
)
from tamizdat.newsroom.models.stories import EMBARGO, note_change
from tamizdat.newsroom.models.wire import CANCELED, CORRECTION, UPDATE, WITHHELD
from tamizdat.newsroom.releases import links, matters
from tamizdat.newsroom.rights import may, require, who_may
from tamizdat.newsroom.wire_desk import joining, standing

# Kinds of release by which readers, and with them the alert, were told.
TELLING = (
    *("update", "correction", "clarification", "retraction"),
    *("redaction", "withdrawal"),
)
# What may go out while copy is withdrawn or held: what takes it back.
THROUGH = ("correction", "retraction", "redaction", "withdrawal")
HOLDING = (CANCELED, WITHHELD)


def tell(row: KeptItem, others: Sequence[KeptItem], now: datetime) -> None:
    """Open an alert on every article that used an earlier version, once each.

    What is corrected or withdrawn stands in translations, too: they hear of it.

    Args:
        row: saved, the newest of its source.
        others: all rows of its chain, of whatever source, and of what it replaces.
        now: UTC.
    """
    if not others:
        return
    uses = WireUse.objects.filter(item__in=others).select_related(
        "item", "article__story"
    )
    by_article: dict[int, list[WireUse]] = {}
    for use in uses.order_by("time", "pk"):
        by_article.setdefault(use.article_id, []).append(use)
    kind = _kind(row, now)
    for used in by_article.values():
        article = used[-1].article
        if kind not in HOLDING:
            _let_go(article, row, used[-1].item, now)
        inherit_embargo(article, row.embargo, now)
        if not standing.is_news(row, [use.item for use in used], now):
            continue
        made = [one for one in _made_from(article, kind) if one.pk not in by_article]
        for one in (article, *made):
            if not _was_told(one, row, kind):
                _open(one, row, used[-1].item, kind, now)


def _made_from(article: Article, kind: str) -> list[Article]:
    """List the translations that words of an article may stand in."""
    return [] if kind == UPDATE else links.linked(article, "correction")


def _let_go(article: Article, row: KeptItem, used: KeptItem, now: datetime) -> None:
    """Hold back no longer what an agency has released, nor what is made from it."""
    concerned = [article, *_made_from(article, WITHHELD)]
    rows = WireAlert.objects.open().filter(article__in=concerned, kind=WITHHELD)
    for one in rows.filter(item__chain__in={row.chain, used.chain}):
        one.close(now, None, reason=_("The agency has released it."))


def inherit_embargo(article: Article, until: datetime | None, now: datetime) -> None:
    """Let a story keep the embargo of its copy, unless its own is longer."""
    story, end = article.story, standing.coming(until, now)
    if end is None or (story.embargo and story.embargo >= end):
        return
    before, story.embargo = story.embargo, end
    story.save(update_fields=["embargo"])
    note_change(story, EMBARGO, before, end, None)


def hold(article: Article, row: KeptItem, now: datetime) -> None:
    """Hold back a story begun from copy that waits for its agency, and for no hour."""
    known = WireAlert.objects.filter(article=article, item=row)
    if standing.waits_for_agency(row) and not known.exists():
        _open(article, row, row, WITHHELD, now)


def _was_told(article: Article, row: KeptItem, kind: str) -> bool:
    """Say whether the same version came before, through another source."""
    known = WireAlert.objects.filter(
        article=article,
        item__chain=row.chain,
        item__words=row.words,
        item__version=row.version,
        kind=kind,
    )
    return bool(known.exists())


def _kind(row: KeptItem, now: datetime) -> str:
    if standing.is_withdrawn(row):
        return CANCELED
    if standing.is_held(row, now):
        return WITHHELD
    return CORRECTION if row.signal == "correction" else UPDATE


def _open(
    article: Article, row: KeptItem, used: KeptItem, kind: str, now: datetime
) -> None:
    for older in WireAlert.objects.open().filter(
        article=article, item__chain__in={row.chain, used.chain}
    ):
        older.close(now, None, reason=_("A later version came."))
    WireAlert.objects.create(
        article=article, item=row, used=used, kind=kind, opened=now
    )


def close_what_is_over(now: datetime) -> None:
    """Close the alerts of copy whose embargo is over. `now`: UTC."""
    rows = WireAlert.objects.open().filter(kind=WITHHELD, item__embargo__lte=now)
    for one in rows:
        one.close(now, None, reason=_("The embargo is over."))


def close_by(release: Release) -> None:
    """Close the alerts of an article of which a release told readers."""
    if release.kind not in TELLING:
        return
    open_ones = WireAlert.objects.open().filter(article=release.article_id)
    for one in open_ones:
        if one.kind not in HOLDING or release.kind in THROUGH:
            one.close(timezone.now(), release.actor, by=release)


def close_by_taking(article: Any, item: KeptItem, actor: Any, now: datetime) -> None:
    """Close the alerts about earlier versions: the newer words are in the draft."""
    open_ones = WireAlert.objects.open().filter(article=article, item__chain=item.chain)
    for one in open_ones.exclude(kind__in=HOLDING):
        one.close(now, actor, reason=_("The newer words were taken."))


def close_by_hand(key: int, actor: Any, reason: str) -> WireAlert:
    """Close an alert that needs no release, and say why. Raises as `matters`."""
    return matters.close_by_hand(WireAlert, key, actor, reason, require_decider)


def require_decider(one: WireAlert, actor: Any) -> None:
    """Refuse who may not close an alert: who edits there, or who may take back.

    Raises:
        RightError: naming account, right and service.
    """
    require(actor, _right(one), one.article.service)


def deciders(one: WireAlert) -> list[Any]:
    """List who may close an alert by hand."""
    return who_may(_right(one), one.article.service)


def _right(one: WireAlert) -> str:
    return "publish" if one.kind in HOLDING else "edit"


def may_decide(one: WireAlert, actor: Any) -> bool:
    """Say whether an account may close an alert by hand."""
    return matters.allows(require_decider, one, actor)


def open_for(user: Any) -> list[WireAlert]:
    """List the open alerts on articles of services in which somebody works on texts."""
    rows = WireAlert.objects.open().select_related(
        *("article__service", "article__story", "article__page"),
        *("item__source", "used"),
    )
    rights = ("write", "translate", "edit", "publish")
    return [
        one
        for one in rows
        if any(may(user, right, one.article.service) for right in rights)
    ]


def _made_of(page: Any) -> list[int]:
    """List what a page is made from, however many services back."""
    found: list[int] = []
    key = page.source_id
    while key is not None and key not in found:
        found.append(key)
        sources = Article.objects.filter(pk=key).values_list("source", "page__source")
        key = next((one for one in sources.get() if one is not None), None)
    return found


def _undecided(article: int, told: list[WireAlert]) -> list[WireAlert]:
    """Keep what holds an article: its own alerts, and those of what it is made from.

    A translation that was begun since has no alert of its own.
    """
    decided = {one.item_id for one in told if one.article_id == article}
    return [
        one
        for one in told
        if one.is_open_on(article)
        or (one.closed is None and one.item_id not in decided)
    ]


def read_alerts(page: Any) -> None:
    """Lay beside a page what agencies said of its copy: true while nothing is saved."""
    page.alerts_read, page.doubts_read = told_of(page), _doubts_of(page)


def told_of(page: Any) -> list[WireAlert]:
    """List all alerts on an article and on what it is made from, what presses first."""
    found: list[WireAlert] | None = page.__dict__.get("alerts_read")
    if found is None:
        articles = [page.article_id, *_made_of(page)]
        rows = WireAlert.objects.filter(article__in=articles)
        found = list(rows.pressing_first().select_related("item__source"))
    return found


def _doubts_of(page: Any) -> list[WireJoin]:
    """List the withdrawals of which nobody has said yet whether they mean its copy."""
    found: list[WireJoin] | None = page.__dict__.get("doubts_read")
    if found is None:
        found = joining.doubts([page.article_id, *_made_of(page)])
    return found


def holding(page: Any, user: Any, kind: str) -> Iterator[Any]:
    """Say which copy of an article was withdrawn or is held, while nobody decided."""
    from tamizdat.newsroom.obstacles import Obstacle  # noqa: PLC0415 (it asks this)

    del user
    if page.article_id is None or kind in THROUGH:
        return
    told = [one for one in told_of(page) if one.kind in HOLDING]
    for one in _undecided(page.article_id, told):
        # An embargo is the story's own: it stands among what is in the way by itself.
        if one.kind == CANCELED or standing.waits_for_agency(one.item):
            yield Obstacle(_why(one), "next_kind")
    for doubt in _doubts_of(page):
        text = _(
            "%(agency)s withdrew copy, and this story may be made from it: "
            "“%(headline)s”. Say under Wire whether it is."
        )
        yield Obstacle(text % _named(doubt.item), "next_kind")


def _why(one: WireAlert) -> str:
    text = _(
        "%(agency)s withdrew copy that this story was made from: “%(headline)s”. "
        "Take the words out and correct or retract, or say under Wire why they "
        "may stay."
    )
    if one.kind == WITHHELD:
        text = _(
            "%(agency)s holds back copy that this story was made from: “%(headline)s”. "
            "It goes out when the agency releases it, or when somebody who publishes "
            "says under Wire why it may."
        )
    return text % _named(one.item)


def _named(row: KeptItem) -> dict[str, Any]:
    agency = row.agency or row.source.title
    return {"agency": isolated(agency), "headline": isolated(row.headline)}
