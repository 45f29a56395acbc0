"""Wire items, and a source of a service that brings them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tamizdat.newsroom.models import KeptItem, ServicePage, WireSource
from tamizdat.newsroom.wire_desk import keeping
from tamizdat.wire.items import Block, Credited, Dateline, WireItem
from tamizdat.wire.receipt import Receipt

NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
RECEIPT = Receipt("test", "utf-8", "utf-8", 10, "0" * 64, (), ("The date is unsure",))
ITEM = WireItem(
    family="test",
    provider="Agency",
    guid="urn:agency:1",
    slugline="RIGHT-TO-KNOW",
    headline="Who May Know",
    abstract="A law is old.",
    byline=(Credited("A Reporter", title="Correspondent"),),
    bio="Reports from Geneva.",
    dateline=Dateline("Geneva", "2026-11-20"),
    urgency=4,
    breaking=True,
    credit="Agency",
    embargo="2026-11-21T06:00:00+02:00",
    usageterms="Not for archives",
    ednote="Photo to follow",
    body=(
        Block("paragraph", "Everyone may ask."),
        Block("list", items=("Ask", "Wait")),
        Block("table", rows=(("1766", "Sweden"),)),
    ),
    receipt=RECEIPT,
)


def source(service: ServicePage, name: str = "agency", **fields: Any) -> WireSource:
    """Give a source that brings copy to a service."""
    made = WireSource.objects.get_or_create(
        name=name, defaults={"title": name.title(), "kind": "folder", **fields}
    )[0]
    made.services.add(service)
    return made


def keep(
    service: ServicePage,
    *items: WireItem,
    name: str = "agency",
    after: timedelta = timedelta(0),
) -> list[KeptItem]:
    """Keep items as if they had come from a source; gives those that are new."""
    file = keeping.File("copy.xml", "0" * 64)
    return keeping.keep(source(service, name), items, file, NOW + after)


def text(*paragraphs: str, **fields: Any) -> WireItem:
    """Give an item of these paragraphs."""
    body = tuple(Block("paragraph", one) for one in paragraphs)
    return replace(ITEM, body=body, embargo=None, abstract=None, **fields)


def version(number: int, paragraphs: Sequence[str], **fields: Any) -> WireItem:
    """Give a version of one story of an agency."""
    return text(*paragraphs, version=str(number), **fields)
