"""Join copy that has a number of its own to what it renews, corrects or withdraws.

Decides by agency, slugline and day, and by how much two texts have in common. What is
beyond doubt is joined at once, and the receipt says how; what is not is asked of an
editor, and until somebody answers nothing is joined.

Source: docs/decisions/0073-copy-that-waits-and-copy-that-joins.md.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tamizdat.newsroom.credits import agencies
from tamizdat.newsroom.desk import folding
from tamizdat.newsroom.models import KeptItem, WireJoin
from tamizdat.newsroom.models.joins import OPEN, SURE, YES
from tamizdat.newsroom.wire_desk import likeness, sluglines, standing, texts
from tamizdat.wire.items import WireItem, read_item

DAY = timedelta(hours=24)  # before a version, in which what it is one of was sent
_AHEAD = timedelta(hours=1)  # that clocks and zones may be out of step
_LEAST = 20  # percent of the shorter text's runs of words: the same story
_MEASURED = 12  # words: of fewer nothing is measured
_ASKED = 3  # at most, about one item
_MANY = 50  # rows that are looked at
_TELLING = 3  # words that have to be found again


@dataclass(frozen=True)
class Found:
    """Say what an item is a version of, and how that was told; as `WireJoin`."""

    other: KeptItem
    by: str
    share: int | None
    sure: bool = False


def known(chains: Sequence[str]) -> list[str]:
    """Give the chains that items with these identifiers were joined to, or these."""
    rows = WireJoin.objects.filter(chain__in=chains, answer__in=(SURE, YES))
    into = dict(rows.values_list("chain", "into"))
    return [into.get(one, one) for one in chains]


def is_sure(found: Sequence[Found]) -> bool:
    """Say whether there is one answer and no question."""
    return len(found) == 1 and found[0].sure


def find(row: KeptItem, item: WireItem) -> list[Found]:
    """Find what an item speaks of that no identifier names. `row`: not saved yet."""
    if not _speaks_of_another(row, item):
        return []
    return _by_slug(row, item) or _by_words(row, item)


def alike(row: KeptItem, item: WireItem) -> list[Found]:
    """Find what says nearly the same under another name, to ask about it."""
    if not _speaks_of_another(row, item):
        return []
    near = _near(row).filter(group=row.group, source=row.source_id)
    return [
        Found(one, "likeness", _share(row, one))
        for one in _newest_each(row, item, near)[:_ASKED]
    ]


def _speaks_of_another(row: KeptItem, item: WireItem) -> bool:
    marked = item.updated or sluglines.is_marked(item.slugline)
    return bool(row.signal or marked or standing.is_withdrawn(row))


def waiting(row: KeptItem) -> list[tuple[KeptItem, list[Found]]]:
    """Find what came before and speaks of an item that came now, by slug or words.

    Args:
        row: saved; nothing names it yet.

    Returns:
        What waited, each with what it may be a version of; the item is among that.
    """
    span = (row.sent - _AHEAD, row.sent + DAY)
    gone = Q(signal="kill") | Q(pubstatus="canceled")
    spoke = ~Q(signal="") | Q(pubstatus="canceled")
    rows = KeptItem.objects.filter(sent__range=span, kind=row.kind, newest=True)
    rows = rows.filter(revived=None)
    rows = rows.exclude(chain=row.chain).select_related("source")
    fresh = rows.filter(gone, received__gte=row.received - DAY)
    named = rows.filter(spoke, slug=row.slug) if row.slug else rows.none()
    every = {one.pk: one for one in (*named[:_MANY], *fresh[:_MANY])}
    found = ((one, find(one, read_item(one.item))) for one in _unjoined(every))
    return [pair for pair in found if any(f.other.pk == row.pk for f in pair[1])]


def _unjoined(rows: dict[int, KeptItem]) -> list[KeptItem]:
    """Keep what stands alone: nothing it speaks of has come yet."""
    chains = [one.chain for one in rows.values()]
    others = KeptItem.objects.filter(chain__in=chains).exclude(pk__in=rows)
    taken = set(others.values_list("chain", flat=True))
    return [one for one in rows.values() if one.chain not in taken]


def _near(row: KeptItem) -> QuerySet[KeptItem]:
    """Choose what was sent in the day before, of the same kind."""
    span = (row.sent - DAY, row.sent + _AHEAD)
    rows = KeptItem.objects.filter(sent__range=span, kind=row.kind)
    return rows.exclude(chain=row.chain).exclude(pk=row.pk).select_related("source")


def _newest_each(
    row: KeptItem, item: WireItem, rows: QuerySet[KeptItem]
) -> list[KeptItem]:
    """Give one row a chain, of the same agency and language; the last one first."""
    found: dict[str, KeptItem] = {}
    for one in rows.order_by("-sent", "-pk")[:_MANY]:
        if _is_of_one_agency(row, item, one) and _is_of_one_language(row, one):
            found.setdefault(one.chain, one)
    return list(found.values())


def _is_of_one_agency(row: KeptItem, item: WireItem, one: KeptItem) -> bool:
    """Say so if a name is in common, or one has none and both come from one place."""
    mine = _names([*item.credit_agencies, item.provider, row.source.agency])
    said = one.item
    theirs = _names([*said["credit_agencies"], said["provider"], one.source.agency])
    if mine and theirs:
        return bool(mine & theirs)
    return one.source_id == row.source_id


def _names(said: Iterable[str | None]) -> set[str]:
    return {agencies.id_of(name).casefold() for name in said if name}


def _is_of_one_language(row: KeptItem, one: KeptItem) -> bool:
    tags = [tag.partition("-")[0] for tag in (row.language, one.language) if tag]
    return len(set(tags)) <= 1


def _by_slug(row: KeptItem, item: WireItem) -> list[Found]:
    if not row.slug:
        return []
    every = _newest_each(row, item, _near(row).filter(slug=row.slug))
    named = [one for one in every if _names_number(item, one)]
    if len(named) == 1:
        return [Found(named[0], "number", _share(row, named[0]), sure=True)]
    own = sluglines.key_of(item.slugline, None) == row.slug
    alone = len(every) == 1
    return [
        Found(
            one,
            "slugline" if own else "headline",
            share := _share(row, one),
            sure=alone and _is_enough(row, share),
        )
        for one in every[:_ASKED]
    ]


def _is_enough(row: KeptItem, share: int | None) -> bool:
    """Say whether agency, words and day need no more: a withdrawal has no text."""
    return standing.is_withdrawn(row) or share is None or share >= _LEAST


def _names_number(item: WireItem, one: KeptItem) -> bool:
    """Say whether a text names the number of another: "Kill US--Bridge, a0456"."""
    number = one.item["guid"] or ""
    said = f"{texts.text_of(item.body)}\n{item.ednote or ''}"
    form = rf"(?<!\w){re.escape(number)}(?!\w)"
    return any(map(str.isdigit, number)) and bool(re.search(form, said, re.IGNORECASE))


def _by_words(row: KeptItem, item: WireItem) -> list[Found]:
    """Find what has all words of a slug in its head or lead, to ask about it."""
    words = folding.words(row.slug)
    if len(words) < _TELLING:
        return []
    rows = _near(row).filter(received__gte=row.received - DAY)
    for word in words:
        rows = rows.filter(folded__contains=f" {word} ")
    return [
        Found(one, "words", _share(row, one))
        for one in _newest_each(row, item, rows)[:_ASKED]
    ]


def _share(row: KeptItem, one: KeptItem) -> int | None:
    """Tell how much of the shorter text stands in the other, in percent.

    Of a withdrawal there is nothing to tell: its words are about the other's.
    """
    if standing.is_withdrawn(row):
        return None
    mine, theirs = (likeness.words_in(texts.body_of(each)) for each in (row, one))
    if min(len(mine), len(theirs)) < _MEASURED:
        return None
    sets = likeness.shingles(mine), likeness.shingles(theirs)
    return round(100 * len(sets[0] & sets[1]) / min(map(len, sets)))


def note(row: KeptItem, named: str, found: Sequence[Found], now: datetime) -> None:
    """Note how an item was joined, or what is asked about it.

    Args:
        row: saved.
        named: its chain by its own identifier.
        found: what `find` or `alike` gave.
        now: UTC.
    """
    joined = is_sure(found)
    rows = (
        WireJoin(
            chain=named,
            into=one.other.chain,
            item=row,
            other=one.other,
            by=one.by,
            share=one.share,
            answer=SURE if joined else OPEN,
            asked=now,
        )
        for one in found
    )
    WireJoin.objects.bulk_create(rows, ignore_conflicts=True)


def doubts(articles: Collection[int]) -> list[WireJoin]:
    """List the questions whether what articles used was withdrawn or held back."""
    rows = WireJoin.objects.filter(
        answer=OPEN,
        into__in=KeptItem.objects.filter(uses__article__in=articles).values("chain"),
    )
    asked = rows.select_related("item__source")
    return [one for one in asked if standing.is_withdrawn(one.item)]
