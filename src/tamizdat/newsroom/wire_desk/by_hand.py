"""Take files that somebody brings in on the command line, by the rules of every source.

An item is kept first, so that a later version of it finds the draft made of it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import ArticlePage, KeptItem, ServicePage
from tamizdat.newsroom.wire_desk import keeping, taking
from tamizdat.newsroom.wire_desk.drafts import draft_of
from tamizdat.newsroom.wire_desk.texts import words_of
from tamizdat.wire.commands import read
from tamizdat.wire.items import WireItem


@dataclass(frozen=True)
class Row:
    """Tell what became of one item: a draft, words about it, or a refusal."""

    article: ArticlePage | None = None
    said: str = ""
    refused: str = ""


def draft(file: Path, service: ServicePage, *, dry_run: bool = False) -> Iterator[Row]:
    """Draft what a file holds, item by item; one that is refused stops no other.

    Args:
        file: its bytes are kept.
        service: whose desk takes it.
        dry_run: keep no bytes; `undone` undoes the rest.

    Raises:
        WireError: nothing in it can be read.
    """
    items = read(str(file))
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest() if dry_run else _kept(data)
    for place, item in enumerate(items):
        row = _drafted(service, item, keeping.File(str(file), sha256), place)
        if dry_run and row.article is not None:
            row = Row(said=f"{file}: would be a draft: {item.headline}")
        yield row


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the end what is drafted meanwhile: a dry run says what a run would do."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _kept(data: bytes) -> str:
    """Keep the bytes; give the name under which they lie."""
    return originals.keep(settings.TAMIZDAT.path / ORIGINALS, data)


def _drafted(
    service: ServicePage, item: WireItem, file: keeping.File, place: int
) -> Row:
    source, now = keeping.by_hand(service), datetime.now(UTC)
    kept = keeping.keep_one(source, item, file, place, now)
    try:
        draft_of(item)
        row = kept or _here(source.pk, item)
        return Row(article=taking.begin(row, service, None))
    except NewsroomError as error:
        return Row(refused=str(error))


def _here(source: int, item: WireItem) -> KeptItem:
    """Find the row of an item that was kept before: it may be drafted again."""
    words = words_of(item)
    rows = KeptItem.objects.filter(source=source, words=words, erased=None)
    found: KeptItem = rows.order_by("-pk")[0]
    return found
