"""Take files that somebody brings in on the command line, by the rules of every source.

An item is kept first, so that a later version of it finds the draft made of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.archives.stories import words_of
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.models import ArticlePage, KeptItem, ServicePage
from tamizdat.newsroom.wire_desk import keeping, taking
from tamizdat.newsroom.wire_desk.drafts import draft_of
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

    Raises:
        WireError: nothing in it can be read.
    """
    items = read(str(file))
    if dry_run:
        for item in items:
            yield _foretold(file, item)
        return
    sha256 = _kept(file)
    for place, item in enumerate(items):
        yield _drafted(service, item, keeping.File(str(file), sha256), place)


def _kept(file: Path) -> str:
    """Keep the bytes; give the name under which they lie."""
    return originals.keep(settings.TAMIZDAT.path / ORIGINALS, file.read_bytes())


def _foretold(file: Path, item: WireItem) -> Row:
    try:
        draft_of(item)
    except NewsroomError as error:
        return Row(refused=str(error))
    return Row(said=f"{file}: would be a draft: {item.headline}")


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
