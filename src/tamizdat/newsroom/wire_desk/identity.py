"""Name an item as all its versions do and no other item does, and read its instants.

Pure.

Source: docs/decisions/0047-the-wire-desk.md, "Versions".
"""

import hashlib
import re
from datetime import UTC, datetime, time, timedelta

from tamizdat.newsroom.models import WireSource
from tamizdat.newsroom.wire_desk.texts import words_of
from tamizdat.wire.items import WireItem

# Whose end of an association says that the copy takes the place of another.
REPLACING = frozenset(
    {
        *("previousversion", "replaces", "supersedes", "corrects", "updates"),
        *("evolvedfrom", "isevolvedfrom", "replaced", "predecessor"),
    }
)
_WESTERNMOST = timedelta(hours=12)  # behind UTC: where a day begins last
_REVISED, _DAILY = "newsml-1", ("iptc-7901", "anpa-1312")
_REVISION = re.compile(r":[0-9]+[A-Z]?$")
_PARTS = 5  # colons of urn:newsml:provider:date:item:revision


def chain_of(source: WireSource, item: WireItem, now: datetime) -> str:
    """Give the chain that an item is a version of by its own identifier.

    Numbers of IPTC 7901 and ANPA 1312 begin anew each day.
    """
    if not item.guid:
        return words_of(item)
    guid = unrevised(item.family, item.guid)
    if item.family in _DAILY:
        sent = moment(item.published_at) or moment(item.updated_at) or now
        guid = f"{guid} {sent.date()}"
    return _named(source, item, guid)


def chains_replaced(source: WireSource, item: WireItem) -> list[str]:
    """List the chains of what an item says that it takes the place of."""
    return [
        _named(source, item, unrevised(item.family, one.guid))
        for one in item.associations
        if one.guid and one.rel.lower() in REPLACING
    ]


def _named(source: WireSource, item: WireItem, guid: str) -> str:
    return digest(f"{item.provider or source.agency or source.name}\n{guid}")


def unrevised(family: str, guid: str) -> str:
    """Take revision and update code off a public identifier. NewsML 1.2, 5.1.2."""
    is_revised = family == _REVISED and guid.count(":") >= _PARTS
    return _REVISION.sub("", guid) if is_revised else guid


def digest(text: str) -> str:
    """Give the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def digest_of(data: bytes) -> str:
    """Give the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


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
