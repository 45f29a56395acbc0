"""Tell stories what an agency said of copy that they used.

Decides what is worth an alert, who has dealt with one, and what it holds back. Alerts
are raised in the transaction that keeps the copy, and closed in the one that appends
the release which tells readers.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Article, KeptItem, Release, WireAlert, WireUse
from tamizdat.newsroom.models.wire import CANCELED, CORRECTION, UPDATE
from tamizdat.newsroom.releases import followups, matters
from tamizdat.newsroom.rights import may, require

# Kinds of release by which readers, and with them the alert, were told.
TELLING = (
    *("update", "correction", "clarification", "retraction"),
    *("redaction", "withdrawal"),
)
# What may go out while copy is withdrawn: what takes it back.
THROUGH = ("correction", "retraction", "redaction", "withdrawal")


def is_withdrawn(row: KeptItem) -> bool:
    """Say whether an agency asks that copy be used no more."""
    return row.pubstatus in {"canceled", "withheld"} or row.signal == "kill"


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
    uses = WireUse.objects.filter(item__in=others).select_related("item", "article")
    by_article: dict[int, list[WireUse]] = {}
    for use in uses.order_by("time", "pk"):
        by_article.setdefault(use.article_id, []).append(use)
    for used in by_article.values():
        if not _is_news(row, [use.item for use in used]):
            continue
        article = used[-1].article
        made = [one for one in _made_from(article, row) if one.pk not in by_article]
        for one in (article, *made):
            if not _was_told(one, row):
                _open(one, row, used[-1].item, now)


def _made_from(article: Article, row: KeptItem) -> list[Article]:
    """List the translations that words of an article may stand in."""
    return [] if _kind(row) == UPDATE else followups.linked(article, "correction")


def _is_news(row: KeptItem, used: Iterable[KeptItem]) -> bool:
    """Say whether a version tells those who used these something new."""
    if is_withdrawn(row):
        return True
    return all(one.words != row.words for one in used)


def _was_told(article: Article, row: KeptItem) -> bool:
    """Say whether the same version came before, through another source."""
    known = WireAlert.objects.filter(
        article=article,
        item__chain=row.chain,
        item__words=row.words,
        item__version=row.version,
        kind=_kind(row),
    )
    return bool(known.exists())


def _kind(row: KeptItem) -> str:
    if is_withdrawn(row):
        return CANCELED
    return CORRECTION if row.signal == "correction" else UPDATE


def _open(article: Article, row: KeptItem, used: KeptItem, now: datetime) -> None:
    for older in WireAlert.objects.open().filter(
        article=article, item__chain__in={row.chain, used.chain}
    ):
        older.close(now, None, reason=_("A later version came."))
    WireAlert.objects.create(
        article=article, item=row, used=used, kind=_kind(row), opened=now
    )


def close_by(release: Release) -> None:
    """Close the alerts of an article of which a release told readers."""
    if release.kind not in TELLING:
        return
    open_ones = WireAlert.objects.open().filter(article=release.article_id)
    for one in open_ones:
        if one.kind != CANCELED or release.kind in THROUGH:
            one.close(timezone.now(), release.actor, by=release)


def close_by_taking(article: Any, item: KeptItem, actor: Any, now: datetime) -> None:
    """Close the alerts about earlier versions: the newer words are in the draft."""
    open_ones = WireAlert.objects.open().filter(article=article, item__chain=item.chain)
    for one in open_ones.exclude(kind=CANCELED):
        one.close(now, actor, reason=_("The newer words were taken."))


def close_by_hand(key: int, actor: Any, reason: str) -> WireAlert:
    """Close an alert that needs no release, and say why. Raises as `matters`."""
    return matters.close_by_hand(WireAlert, key, actor, reason, require_decider)


def require_decider(one: WireAlert, actor: Any) -> None:
    """Refuse who may not close an alert: who edits there, or who may take back.

    Raises:
        RightError: naming account, right and service.
    """
    right = "publish" if one.kind == CANCELED else "edit"
    require(actor, right, one.article.service)


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
    page.alerts_read = told_of(page)


def told_of(page: Any) -> list[WireAlert]:
    """List all alerts on an article and on what it is made from, what presses first."""
    found: list[WireAlert] | None = page.__dict__.get("alerts_read")
    if found is None:
        articles = [page.article_id, *_made_of(page)]
        rows = WireAlert.objects.filter(article__in=articles)
        found = list(rows.pressing_first().select_related("item__source"))
    return found


def holding(page: Any, user: Any, kind: str) -> Iterator[Any]:
    """Say which copy of an article was withdrawn, while nobody has decided."""
    from tamizdat.newsroom.obstacles import Obstacle  # noqa: PLC0415 (it asks this)

    del user
    if page.article_id is None or kind in THROUGH:
        return
    told = [one for one in told_of(page) if one.kind == CANCELED]
    for one in _undecided(page.article_id, told):
        text = _(
            "%(agency)s withdrew copy that this story was made from: “%(headline)s”. "
            "Take the words out and correct or retract, or say under Tasks why they "
            "may stay."
        )
        agency = one.item.agency or one.item.source.title
        said = {"agency": isolated(agency), "headline": isolated(one.item.headline)}
        yield Obstacle(text % said, "next_kind")
