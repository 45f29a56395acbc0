"""Keep wire items as they came, each version once; whoever brings them calls this.

Decides what is known already, what supersedes what, what says nearly the same, and has
those told who used it. Nothing here makes a draft or a release.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tamizdat.newsroom.credits import agencies
from tamizdat.newsroom.desk import folding
from tamizdat.newsroom.models import KeptItem, ServicePage, Sketch, WireSource
from tamizdat.newsroom.models.wire import BY_HAND, CANCELED
from tamizdat.newsroom.wire_desk import (
    alerts,
    identity,
    joining,
    likeness,
    sluglines,
    standing,
    versions,
    waited,
)
from tamizdat.newsroom.wire_desk.texts import (
    agencies_of,
    shingles_of,
    text_of,
    words_of,
)
from tamizdat.wire.items import WireItem

REACH = timedelta(days=3)  # between two reports of one event
_MOST_LIKE = 8  # groups that a text is compared with
_MOST_SUBJECTS = 40
_SEARCHED = 2_000  # characters of the text
# What a row says of its item alone; versions are told apart by the rest.
_SAID = (
    *("item", "slug", "words", "kind", "headline", "agency", "state", "language"),
    *("subjects", "folded"),
    *("urgency", "pubstatus", "signal", "embargo", "length"),
)


@dataclass(frozen=True)
class File:
    """Say which bytes items came in.

    Attributes:
        name: of the file, for people.
        sha256: of its bytes as they are kept, hex; "" where they are not.
    """

    name: str
    sha256: str = ""


@transaction.atomic
def keep(
    source: WireSource, items: Sequence[WireItem], file: File, now: datetime
) -> list[KeptItem]:
    """Keep the items of one file; gives those that were not here before.

    Args:
        source: where they came from.
        items: in their order in the file.
        file: the bytes they came in.
        now: UTC.
    """
    made = (keep_one(source, item, file, at, now) for at, item in enumerate(items))
    return [one for one in made if one is not None]


@transaction.atomic
def keep_one(
    source: WireSource, item: WireItem, file: File, place: int, now: datetime
) -> KeptItem | None:
    """Keep one item, `place` in its file; None where this version is here already."""
    row = row_of(source, item, now)
    row.sha256, row.name, row.place = file.sha256, file.name, place
    named = row.chain
    chains = joining.known([named, *identity.chains_replaced(source, item)])
    row.chain = chains[0]
    others = list(KeptItem.objects.filter(chain__in=chains))
    found = [] if others else joining.find(row, item)
    if joining.is_sure(found):
        row.chain = found[0].other.chain
        others = list(KeptItem.objects.filter(chain=row.chain))
    own = [one for one in others if one.source_id == source.pk]
    kills = standing.kills_of(row, others)
    if _is_here(row, own, behind_kill=bool(kills)):
        return None
    versions.save_in_order(row, own, kills)
    if row.newest and not kills:
        alerts.tell(row, others, now)
    _find_group(row, item)
    if not others:
        found = found or joining.alike(row, item)
    joining.note(row, named, found, now)
    if not others:
        waited.meet(row, now)
    return row


def _is_here(row: KeptItem, own: Sequence[KeptItem], *, behind_kill: bool) -> bool:
    """Say whether this version is here, and let one that is killed say so."""
    same = [one for one in own if one.chain == row.chain]
    if any(versions.is_same(one, row) for one in same):
        return True
    if behind_kill:
        row.pubstatus = CANCELED
    return any(versions.is_same(one, row) for one in same)


def by_hand(service: ServicePage) -> WireSource:
    """Give the source of what is brought in on the command line for a service."""
    source, made = WireSource.objects.get_or_create(
        name=f"hand-{service.service_id}"[:40],
        defaults={"title": service.title, "kind": BY_HAND, "active": False},
    )
    if made:
        source.services.add(service)
    return source


def row_of(source: WireSource, item: WireItem, now: datetime) -> KeptItem:
    """Write an item as a row, unsaved; where it stands among others is not said yet."""
    words = words_of(item)
    agency = agencies_of(item, source)[0][:100]
    known = agencies.agency(agencies.id_of(agency)) if agency else None
    text = text_of(item.body)
    return KeptItem(
        source=source,
        chain=identity.chain_of(source, item, now),
        slug=sluglines.key_of(item.slugline, item.headline),
        version=(item.version or "")[:100],
        words=words,
        item=item.to_json(),
        kind=item.type[:10],
        headline=item.headline or item.slugline or text[:200],
        agency=agency,
        state=known.state if known else "",
        folded=_folded(item, agency, text),
        language=(item.language or "")[:35],
        subjects=f" {' '.join(item.subjects[:_MOST_SUBJECTS])} ",
        urgency=item.urgency,
        pubstatus=item.pubstatus or "",
        signal=item.signal or "",
        embargo=identity.last_moment(item.embargo),
        sent=identity.moment(item.updated_at)
        or identity.moment(item.published_at)
        or now,
        received=now,
        length=len(text.split()),
    )


def _folded(item: WireItem, agency: str, text: str) -> str:
    """Fold what is searched: head and lead, of which a desk remembers words."""
    said = (item.slugline, item.headline, item.abstract, agency, text[:_SEARCHED])
    return f" {' '.join(folding.words(' '.join(filter(None, said))))} "


def renew(row: KeptItem, item: WireItem) -> None:
    """Let a row say what a better parser found, and which item it is a version of.

    Which version is the newest stays: nobody is told anew of what came long ago.
    """
    fresh = row_of(row.source, item, row.received)
    fresh.chain = joining.known([fresh.chain])[0]
    withdrawn = row.item["pubstatus"] == CANCELED or row.item["signal"] == "kill"
    if row.pubstatus == CANCELED and not withdrawn:
        fresh.pubstatus = row.pubstatus  # its kill came before it
    for name in ("chain", *_SAID):
        setattr(row, name, getattr(fresh, name))
    row.save(update_fields=("chain", *_SAID))


def find_slug(row: KeptItem) -> bool:
    """Give a row the words by which later versions find it; say whether it had none.

    Copy that was kept before there were any has none. What was used gets them, too:
    it is what corrections and kills are about.
    """
    found = sluglines.key_of(row.item["slugline"], row.item["headline"])
    if row.slug or not found:
        return False
    row.slug = found
    row.save(update_fields=["slug"])
    return True


def _find_group(row: KeptItem, item: WireItem) -> None:
    """Put a row into the group of what says nearly the same, or begin one."""
    text = text_of(item.body)
    words = likeness.words_in(text or item.headline or "")
    hashes = likeness.shingles(words)
    keys = likeness.bands(hashes)
    row.group = _group_like(row, keys, hashes) or row.pk
    row.save(update_fields=["group"])
    Sketch.objects.bulk_create(Sketch(item=row, band=key) for key in keys)


def _group_like(
    row: KeptItem, keys: Sequence[int], hashes: frozenset[int]
) -> int | None:
    near = KeptItem.objects.filter(
        bands__band__in=keys, received__gte=row.received - REACH, erased=None
    ).exclude(pk=row.pk)
    rows = near.order_by("-pk").values_list("group", "pk").distinct()[:100]
    newest: dict[Any, int] = {}
    for group, key in rows:
        newest.setdefault(group, key)
    chosen = list(newest.values())[:_MOST_LIKE]
    best, found = likeness.LIKE, None
    for other in KeptItem.objects.filter(pk__in=chosen):
        much = likeness.likeness(hashes, shingles_of(other))
        if much >= best:
            best, found = much, other.group
    return found
