"""Let go of copy that was kept long enough, and read kept bytes again.

What nobody used goes. Of what was used stay the paragraphs that were taken, rights and
terms, the receipt and who sent it when: what a correction, a credit line and a question
years later need. Bytes go with the last row that names them.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import (
    Imported,
    KeptItem,
    RefusedFile,
    WireAlert,
    WireJoin,
    WireReading,
    WireSource,
    WireUse,
)
from tamizdat.newsroom.models.joins import OPEN
from tamizdat.newsroom.sources import refusing
from tamizdat.newsroom.sources.said import kept, spoken
from tamizdat.newsroom.wire_desk import keeping
from tamizdat.wire import parsers
from tamizdat.wire.decode import known_encoding
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem

_BATCH = 500  # rows of one transaction
_EMPTY: dict[str, Any] = {
    **{key: [] for key in ("body", "foreign", "media", "associations")},
    "abstract": None,
}


def sweep(now: datetime) -> int:
    """Let go of what every source keeps no longer; gives how many items.

    Args:
        now: UTC.
    """
    return sum(_sweep(source, now) for source in WireSource.objects.all())


def _sweep(source: WireSource, now: datetime) -> int:
    before = now - timedelta(days=source.keep_days)
    gone = 0
    while True:
        old = KeptItem.objects.filter(source=source, received__lte=before, erased=None)
        batch = list(old.order_by("pk")[:_BATCH])
        if not batch:
            break
        gone += _let_go(batch, now)
    old_files = RefusedFile.objects.filter(source=source, time__lte=before)
    hashes = list(old_files.values_list("sha256", flat=True))
    old_files.delete()
    _forget_bytes(hashes)
    return gone


def goes(row: KeptItem) -> datetime:
    """Say when the text of an item goes, UTC; with a sweep within the hour."""
    return row.received + timedelta(days=row.source.keep_days)


@transaction.atomic
def _let_go(batch: list[KeptItem], now: datetime) -> int:
    keys = [row.pk for row in batch]
    hashes = [row.sha256 for row in batch]
    used = set(WireUse.objects.filter(item__in=keys).values_list("item", flat=True))
    alerts = WireAlert.objects.filter(Q(item__in=keys) | Q(used__in=keys))
    for pair in alerts.values_list("item", "used"):
        used.update(pair)
    # Nobody has answered yet whether it withdraws what a story used.
    asked = WireJoin.objects.filter(
        item__in=keys, answer=OPEN, other__uses__isnull=False
    )
    used.update(asked.values_list("item", flat=True))
    for row in batch:
        if row.pk in used:
            erase(row, now)
    KeptItem.objects.filter(pk__in=set(keys) - used).delete()
    transaction.on_commit(lambda: _forget_bytes(hashes))
    return len(batch)


def erase(row: KeptItem, now: datetime) -> None:
    """Take the text out of an item, and leave what a receipt needs."""
    row.item = {**row.item, **_EMPTY}
    row.item["receipt"] = {**row.item["receipt"], "dropped": []}
    row.erased, row.sha256 = now, ""
    row.save(update_fields=["item", "erased", "sha256"])
    row.bands.all().delete()


def _forget_bytes(hashes: Iterable[str]) -> None:
    """Take out bytes that no row names any more."""
    folder = settings.TAMIZDAT.path / ORIGINALS
    for sha256 in set(hashes) - {""}:
        rows = (KeptItem, RefusedFile, Imported)
        if not any(one.objects.filter(sha256=sha256).exists() for one in rows):
            originals.forget(folder, sha256)
            WireReading.objects.filter(sha256=sha256).delete()


@dataclass(frozen=True)
class Reread:
    """Tell what became of one file: "same", "better", "refused" or "gone".

    Attributes:
        why: of what is refused, for an operator, with what the parser met.
        reason: the same for editors, a sentence of `sources.said`.
    """

    name: str
    result: str
    items: int = 0
    why: str = ""
    reason: str = ""


def reparse(source: WireSource | None, now: datetime) -> Iterator[Reread]:
    """Read the kept bytes again by the parsers of today, file by file.

    An item that was used stays as it was used; all others become what the parsers
    now make of them. Files that were refused get another chance.

    Args:
        source: of one source, or None for all.
        now: UTC.
    """
    rows = KeptItem.objects.filter(erased=None).exclude(sha256="")
    refused = RefusedFile.objects.all()
    if source is not None:
        rows, refused = rows.filter(source=source), refused.filter(source=source)
    pairs = rows.order_by("source", "sha256").values_list("source", "sha256", "name")
    for key, sha256, name in pairs.distinct():
        yield _again(WireSource.objects.get(pk=key), sha256, name, now)
    for one in list(refused.select_related("source")):
        result = _again(one.source, one.sha256, one.name, now)
        if result.result == "better":
            one.delete()
        yield result


def read_in(row: KeptItem, encoding: str, actor: Any, now: datetime) -> Reread:
    """Read the file of an item again in an encoding that an editor chose.

    Later readings by better parsers keep to it, whatever the source has.

    Args:
        row: one of the items of the file.
        encoding: as it is called; "" to tell it by the bytes.
        actor: the account that chooses.
        now: UTC.

    Raises:
        CopyError: there is no such encoding, its bytes are gone, or a story used it.
    """
    chosen = known_encoding(encoding) if encoding else None
    if encoding and chosen is None:
        said = _("No copy can be in this encoding: %(name)s.")
        raise CopyError(said % {"name": isolated(encoding[:40])})
    if row.uses.exists():
        said = _("A story was made from it: its words stay as they were used.")
        raise CopyError(said)
    found = _again(row.source, row.sha256, row.name, now, (chosen,))
    if found.result == "gone":
        raise CopyError(_("Its bytes are no longer kept."))
    if found.result == "refused":
        said = _("Read so it is no copy: %(why)s")
        raise CopyError(said % {"why": spoken(kept(found.reason))})
    _note_reading(row, chosen, actor, now)
    return found


def _note_reading(row: KeptItem, chosen: str | None, actor: Any, now: datetime) -> None:
    WireReading.objects.update_or_create(
        source=row.source,
        sha256=row.sha256,
        defaults={"encoding": chosen or "", "actor": actor, "time": now},
    )


def _encoding_of(
    source: WireSource, sha256: str, rows: Iterable[KeptItem]
) -> str | None:
    """Give the encoding that was chosen: by an editor for the file, for its source."""
    chosen = WireReading.objects.filter(source=source, sha256=sha256).first()
    if chosen is not None:
        return chosen.encoding or None
    if source.encoding:
        return source.encoding
    receipts = (row.item["receipt"] for row in rows)
    return next((r["encoding"] for r in receipts if r["encoding_by"] == "chosen"), None)


def _parsed(sha256: str, name: str, encoding: str | None) -> list[WireItem] | Reread:
    try:
        data = originals.read(settings.TAMIZDAT.path / ORIGINALS, sha256)
        return parsers.parse(data, name, encoding)
    except FileNotFoundError:
        return Reread(name, "gone")
    except WireError as error:
        told = refusing.reason(error)
        return Reread(name, "refused", why=str(error), reason=told)


@transaction.atomic
def _again(
    source: WireSource,
    sha256: str,
    name: str,
    now: datetime,
    chosen: tuple[str | None] | None = None,
) -> Reread:
    here = list(KeptItem.objects.filter(source=source, sha256=sha256, erased=None))
    (encoding,) = chosen or (_encoding_of(source, sha256, here),)
    items = _parsed(sha256, name, encoding)
    if isinstance(items, Reread):
        return items
    by_place = {row.place: row for row in here}
    used = set(WireUse.objects.filter(item__in=here).values_list("item", flat=True))
    changed = 0
    for place, item in enumerate(items):
        row = by_place.get(place)
        if row is None:
            file = keeping.File(name, sha256)
            if not by_place:
                changed += bool(keeping.keep_one(source, item, file, place, now))
        elif row.pk not in used and row.item != item.to_json():
            keeping.renew(row, item)
            changed += 1
        else:
            changed += keeping.find_slug(row)
    return Reread(name, "better" if changed else "same", changed)
