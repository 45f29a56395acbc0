"""Write a wire item as the story document of an article that was published before.

Decides what of an item readers are told, and when it went out. Nothing is guessed: a
story without a date is refused, and one whose words are another language's.

Source: spec/story-document.md; docs/decisions/0045-archives-come-in-as-releases.md.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import EditionError
from tamizdat.edition.languages import listed
from tamizdat.newsroom.archives.pictures import Kept
from tamizdat.newsroom.bodies import Shown, by_role
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.pictures import WHOLE, WIDE
from tamizdat.newsroom.richtext import plain, without_overrides
from tamizdat.wire.items import Block, WireItem

# Families in which a newsroom's own archive comes; agency copy is never published here.
OWN = frozenset(
    {"html", "mhtml", "saved-text", "wxr", "rss", "rdf", "atom", "json-feed"}
)
_REFUSED = ("canceled", "withheld")
_MOST_BLOCKS = 990
_GALLERY = 30  # pictures of one block


@dataclass(frozen=True)
class Times:
    """Say when a story went out, and when it was last changed, if that was later."""

    published: datetime
    updated: datetime | None


def check(item: WireItem, service: ServicePage, now: datetime) -> None:
    """Refuse what readers of a service were never to have.

    Raises:
        CopyError: it is agency copy, withheld, under embargo, without text, or in
            another language.
    """
    if item.family not in OWN:
        raise CopyError(f"{item.family}: agency copy is drafted, never published so")
    if item.pubstatus in _REFUSED:
        raise CopyError(f"it was {item.pubstatus}, not before readers")
    _check_embargo(item, service, now)
    if not any(block.text for block in item.body):
        raise CopyError("holds no text")
    from tamizdat.wire.draft.tongue import agree  # noqa: PLC0415 - it reads all words

    if item.language is not None and not agree(
        item.language, service.language.partition("-")[0]
    ):
        said = f"expected words in {service.language}, found {item.language}"
        raise CopyError(said)


def _check_embargo(item: WireItem, service: ServicePage, now: datetime) -> None:
    """Refuse what may be under embargo still, wherever its clock stands."""
    from tamizdat.newsroom.wire_desk.identity import last_moment  # noqa: PLC0415 (us)
    from tamizdat.wire.draft.embargo import SOON, mentions_embargo  # noqa: PLC0415

    end = last_moment(item.embargo)
    if end is not None and end > now:
        raise CopyError(f"embargo until {item.embargo}")
    if item.embargo is None and mentions_embargo(item.ednote or ""):
        sent = _moment(item.published_at, service)
        if sent is not None and sent + SOON > now:
            raise CopyError("an embargo in words, without a certain time")


def times_of(
    item: WireItem, service: ServicePage, undated: datetime | None, now: datetime
) -> Times:
    """Read when a story went out; a time without a zone is the service's.

    Raises:
        CopyError: it has no date, or one that has not come yet.
    """
    published = _moment(item.published_at, service) or undated
    if published is None:
        raise CopyError("no date of publication; --undated gives one to all such")
    updated = _moment(item.updated_at, service)
    if published > now:
        raise CopyError(f"dated {published:%Y-%m-%d}, which has not come yet")
    if updated is not None and not published < updated <= now:
        updated = None
    return Times(published, updated)


def _moment(text: str | None, service: ServicePage) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-03-04"):
        found = datetime.combine(found.date(), time(12))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(service.time_zone))
    return found.astimezone(UTC).replace(microsecond=0)


def section_of(
    item: WireItem, service: ServicePage, named: str | None, asked: str | None
) -> str:
    """Find the section: the named one, one in the address, the one asked for.

    Args:
        item: the story.
        service: whose section it is.
        named: by a category of the story.
        asked: for stories that name none; None takes the first.
    """
    if named is not None:
        return named
    sections = list(service.sections.all())
    segments = re.split(r"[/?#]", item.guid or "")[3:]
    known = [s.section_id for s in sections if s.section_id in segments]
    return str((known or [asked or sections[0].section_id])[0])


def content_of(  # noqa: PLR0913 - what a document is made of
    item: WireItem,
    service: ServicePage,
    address: str,
    *,
    section: str,
    tags: Sequence[Mapping[str, str]],
    permalinks: Sequence[str],
    kept: Sequence[Kept],
) -> dict[str, Any]:
    """Write the story document, without what the ledger alone knows."""
    shown = Shown()
    if kept:
        shown.picture(kept[0].picture, kept[0].words, "lead", WIDE)
    more = [shown.picture(one.picture, one.words, shape=WHOLE) for one in kept[1:]]
    bylines = _bylines(item, service)
    ours = {
        "format": "tamizdat-story/1",
        "service": service.service_id,
        "id": address,
        "section": section,
        "breaking": False,
        "dateline": _dateline(item),
        "body": [*_body(item), *_shown(more)],
        "credit_line": _clean(item.credit, 300) or None,
        "bylines": bylines,
        "lineage": None,
        **({"permalinks": list(permalinks)} if permalinks else {}),
    }
    by = listed([row["name"] for row in bylines], service.language)
    subjects = {"subjects": [dict(tag) for tag in tags]} if tags else {}
    return {**_head(item, service, address), "by": by, **subjects} | {
        "associations": shown.associations(),
        "tamizdat": ours,
    }


def _head(item: WireItem, service: ServicePage, address: str) -> dict[str, Any]:
    organisation = settings.TAMIZDAT.organisation
    path = f"{service.service_id}/{address}"
    return {
        "uri": f"tag:{organisation.id},{organisation.since}:{path}",
        "type": "text",
        "language": service.language,
        "pubStatus": "usable",
        "urgency": item.urgency,
        "slugline": _clean(item.slugline, 100) or None,
        "headlines": by_role(main=_headline(item), kicker=_clean(item.kicker, 100)),
        "descriptions": by_role(summary=_clean(item.abstract, 1_000)),
    }


def _clean(text: str | None, most: int) -> str:
    return (plain(without_overrides(text)) or "")[:most] if text else ""


def _headline(item: WireItem) -> str:
    first = next((b.text for b in item.body if b.text), "")
    return _clean(item.headline, 255) or _clean(first, 100)


def _bylines(item: WireItem, service: ServicePage) -> list[dict[str, Any]]:
    rows = [
        {
            "name": _clean(one.name, 100),
            "role": _clean(one.title, 100) or None,
            "bio": (_clean(item.bio, 2_000) or None) if number == 0 else None,
        }
        for number, one in enumerate(item.byline[:20])
    ]
    own = {
        "name": plain(service.title),
        "role": None,
        "bio": plain(service.bio),
        "kind": "service",
    }
    return [row for row in rows if row["name"]] or [own]


def _dateline(item: WireItem) -> dict[str, Any] | None:
    place = _clean(item.dateline.place, 100) if item.dateline else ""
    if item.dateline is None or not place:
        return None
    day = item.dateline.date or ""
    whole = re.fullmatch(r"\d{4}-\d{2}-\d{2}", day[:10])
    return {"place": place, "date": day[:10] if whole else None}


def _body(item: WireItem) -> list[dict[str, Any]]:
    blocks = [block for one in item.body for block in _block(one)]
    return blocks[:_MOST_BLOCKS]


def _block(block: Block) -> Iterable[dict[str, Any]]:
    if block.kind == "list":
        items = [text for one in block.items or () if (text := _clean(one, 10_000))]
        return [{"kind": "list", "items": items}] if items else []
    if block.kind == "table":
        rows = [[_clean(cell, 2_000) for cell in row] for row in block.rows or ()]
        most = max((len(row) for row in rows), default=0)
        rows = [row + [""] * (most - len(row)) for row in rows if any(row)]
        return [{"kind": "table", "rows": rows}] if rows else []
    text = _clean(block.text, 50_000)
    return [{"kind": block.kind, "text": text, "marks": []}] if text else []


def _shown(names: Sequence[str]) -> list[dict[str, Any]]:
    if len(names) == 1:
        return [{"kind": "picture", "name": names[0]}]
    parts = [names[at : at + _GALLERY] for at in range(0, len(names), _GALLERY)]
    return [{"kind": "gallery", "names": list(p), "title": None} for p in parts]


def proofread(content: Mapping[str, Any], releases: Sequence[Any], place: str) -> None:
    """Read a story document as the press will, before it is recorded for good.

    Raises:
        CopyError: the press would refuse it.
    """
    rows = [
        {
            "number": release.number,
            "kind": release.kind,
            "time": f"{release.time:%Y-%m-%dT%H:%M:%SZ}",
            "note": None,
            "salt": release.salt,
        }
        for release in releases
    ]
    ours = {**content["tamizdat"], "translations": [], "releases": rows}
    document = {
        **content,
        "version": str(len(rows)),
        "firstCreated": rows[0]["time"],
        "versionCreated": rows[-1]["time"],
        "tamizdat": ours,
    }
    try:
        read_document(json.dumps(document, ensure_ascii=False).encode(), place)
    except EditionError as error:
        raise CopyError(str(error)) from error
