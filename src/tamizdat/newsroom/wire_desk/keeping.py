"""Keep wire items as they came, each version once; whoever brings them calls this.

Decides what is known already, what supersedes what, what says nearly the same, and has
those told who used it. Nothing here makes a draft or a release.

Source: docs/decisions/0047-the-wire-desk.md.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction

from tamizdat.newsroom.archives.stories import words_of
from tamizdat.newsroom.credits import agencies
from tamizdat.newsroom.desk import folding
from tamizdat.newsroom.models import KeptItem, ServicePage, Sketch, WireSource
from tamizdat.newsroom.models.wire import BY_HAND
from tamizdat.newsroom.wire_desk import alerts, likeness
from tamizdat.wire.items import Block, WireItem

REACH = timedelta(days=3)  # between two reports of one event
# Whose end of an association says that the copy takes the place of another.
REPLACING = frozenset(
    {
        *("previousversion", "replaces", "supersedes", "corrects", "updates"),
        *("evolvedfrom", "isevolvedfrom", "replaced", "predecessor"),
    }
)
_MOST_LIKE = 8  # groups that a text is compared with
_MOST_SUBJECTS = 40
_SEARCHED = 2_000  # characters of the text
# What a row says of its item alone; versions are told apart by the rest.
_WESTERNMOST = timedelta(hours=12)  # behind UTC: where a day begins last
_REVISED, _DAILY = "newsml-1", ("iptc-7901", "anpa-1312")
_REVISION = re.compile(r":[0-9]+[A-Z]?$")
_PARTS = 5  # colons of urn:newsml:provider:date:item:revision
_SAID = (
    *("item", "chain", "words", "kind", "headline", "agency", "state", "language"),
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
    others = list(KeptItem.objects.filter(chain__in=_chains(item, row.chain)))
    own = [one for one in others if one.source_id == source.pk]
    if any(_is_same(one, row) for one in own if one.chain == row.chain):
        return None
    later = [one for one in own if one.newest and not _is_later(row, one)]
    row.newest = not later
    row.superseded_by = later[0] if later else None
    row.save()
    if row.newest:
        older = [one.pk for one in own]
        KeptItem.objects.filter(pk__in=older, newest=True).update(
            newest=False, superseded_by=row
        )
        alerts.tell(row, [one for one in others if one.pk != row.pk], now)
    _find_group(row, item)
    return row


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
    named = f"{item.provider or source.agency or source.name}\n{_identity(item, now)}"
    text = text_of(item.body)
    return KeptItem(
        source=source,
        chain=digest(named) if item.guid else words,
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
        embargo=last_moment(item.embargo),
        sent=moment(item.updated_at) or moment(item.published_at) or now,
        received=now,
        length=len(text.split()),
    )


def _folded(item: WireItem, agency: str, text: str) -> str:
    """Fold what is searched: head and lead, of which a desk remembers words."""
    said = (item.slugline, item.headline, item.abstract, agency, text[:_SEARCHED])
    return f" {' '.join(folding.words(' '.join(filter(None, said))))} "


def agencies_of(item: WireItem, source: WireSource) -> list[str]:
    """Name whose copy it is, in order and as printed; [""] where nobody says."""
    return list(item.credit_agencies) or [source.agency or item.provider or ""]


def text_of(body: Iterable[Block]) -> str:
    """Give the words of blocks, a line each."""
    return "\n".join(map(words_of_block, body))


def words_of_block(block: Block) -> str:
    """Give the words of one block as one text."""
    if block.text is not None:
        return block.text
    if block.items is not None:
        return "\n".join(block.items)
    return "\n".join("\t".join(row) for row in block.rows or ())


def moment(text: str | None) -> datetime | None:
    """Read an instant; None where the copy has none, or a day without its zone."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None:
        return None
    if text is not None and len(text) == len("2026-03-04"):
        return datetime.combine(found.date(), time(0), UTC)
    # Times without a zone order versions of one source, whose clock is one.
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def last_moment(text: str | None) -> datetime | None:
    """Read when an embargo is over everywhere, whatever zone the copy left unsaid."""
    found = moment(text)
    if found is None or text is None or datetime.fromisoformat(text).tzinfo:
        return found
    return found + _WESTERNMOST


def _identity(item: WireItem, now: datetime) -> str:
    """Name an item as all its versions do, and no other item does.

    Numbers of IPTC 7901 and ANPA 1312 begin anew each day.
    """
    guid = _unrevised(item.family, item.guid or "")
    if item.family in _DAILY:
        sent = moment(item.published_at) or moment(item.updated_at) or now
        return f"{guid} {sent.date()}"
    return guid


def _unrevised(family: str, guid: str) -> str:
    """Take revision and update code off a public identifier. NewsML 1.2, 5.1.2."""
    is_revised = family == _REVISED and guid.count(":") >= _PARTS
    return _REVISION.sub("", guid) if is_revised else guid


def _chains(item: WireItem, own: str) -> list[str]:
    """List the chains that an item is a version of: its own, and what it replaces."""
    replaced = [
        _unrevised(item.family, one.guid)
        for one in item.associations
        if one.guid and one.rel.lower() in REPLACING
    ]
    named = (f"{item.provider or ''}\n{guid}" for guid in replaced)
    return [own, *map(digest, named)]


def digest(text: str) -> str:
    """Give the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def renew(row: KeptItem, item: WireItem) -> None:
    """Let a row say what a better parser found, and which item it is a version of.

    Which version is the newest stays: nobody is told anew of what came long ago.
    """
    fresh = row_of(row.source, item, row.received)
    for name in _SAID:
        setattr(row, name, getattr(fresh, name))
    row.save(update_fields=_SAID)


def _is_same(one: KeptItem, row: KeptItem) -> bool:
    """Say whether two rows are one version: nothing of it was told anew."""
    keys = ("version", "words", "pubstatus", "signal", "embargo")
    return all(getattr(one, key) == getattr(row, key) for key in keys)


def _is_later(row: KeptItem, one: KeptItem) -> bool:
    """Say whether a version that came now takes the place of one that is here."""
    new, old = row.version, one.version
    if new.isdecimal() and old.isdecimal():
        return int(new) >= int(old)
    return row.sent >= one.sent


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


def shingles_of(row: KeptItem) -> frozenset[int]:
    """Give the shingles of a row that still has its text."""
    blocks = row.item.get("body") or []
    texts = [
        one["text"] or "\n".join(one["items"] or ["\t".join(r) for r in one["rows"]])
        for one in blocks
    ]
    text = "\n".join(texts) or row.headline
    return likeness.shingles(likeness.words_in(text))
