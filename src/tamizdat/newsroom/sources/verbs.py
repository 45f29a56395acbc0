"""Add a source, pause it, and say yes to a new format: whoever asks calls these."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.models import ServicePage, WireSource
from tamizdat.newsroom.models.wire import BY_HAND
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.said import at, say
from tamizdat.wire.decode import known_encoding

LEAST_SECONDS = 15  # between two fetches
MOST_DAYS = 3660  # that copy of others is kept: ten years


@transaction.atomic
def add(  # noqa: PLR0913 - what a source is
    name: str,
    kind: str,
    place: Mapping[str, str],
    services: Sequence[ServicePage],
    *,
    title: str = "",
    secret: str = "",
    agency: str = "",
    every: int = 300,
    keep_days: int = 14,
    encoding: str = "",
) -> WireSource:
    """Add a source; it is fetched from within seconds.

    Raises:
        SourceError: something of it is odd, or there is one of this name.
    """
    if WireSource.objects.filter(name=name).exists():
        raise SourceError(at(name, "a source of this name exists already"))
    if not services:
        raise SourceError("expected at least one service that sees its copy")
    if every < LEAST_SECONDS:
        raise SourceError(f"expected {LEAST_SECONDS} seconds at least, found {every}")
    if not is_length(keep_days):
        said = _("expected 1 to %(most)s days, found %(found)s")
        raise SourceError(say(said, most=MOST_DAYS, found=keep_days))
    source = WireSource(
        encoding=_encoding(encoding),
        name=name,
        title=title or name,
        kind=kind,
        place=kinds.read_place(kind, place),
        secret=secret,
        agency=agency,
        every=every,
        keep_days=keep_days,
    )
    try:
        typed = {"name", "title", "kind", "secret", "agency", "every", "keep_days"}
        others = {field.name for field in WireSource._meta.get_fields()} - typed  # noqa: SLF001
        source.clean_fields(exclude=others)
    except ValidationError as error:
        raise SourceError(f"{name}: {'; '.join(error.messages)}") from error
    source.save()
    source.services.set(services)
    return source


def find(name: str) -> WireSource:
    """Find a source by its name.

    Raises:
        SourceError: there is none.
    """
    source = WireSource.objects.exclude(kind=BY_HAND).filter(name=name).first()
    if source is None:
        raise SourceError(at(name, "no such source"))
    return source


def pause(source: WireSource, *, active: bool) -> None:
    """Fetch from a source no more, or again."""
    source.active, source.due = active, None
    source.save(update_fields=["active", "due"])


def is_length(days: int) -> bool:
    """Say whether copy may be kept for so many days."""
    return 1 <= days <= MOST_DAYS


def goes_at_once(source: WireSource, days: int, now: datetime) -> int:
    """Count the items that would go with the next sweep and stay today. `now`: UTC."""
    if days >= source.keep_days:
        return 0
    before = now - timedelta(days=days)
    old = source.items.filter(received__lte=before, erased=None)
    return int(old.count())


def keep_for(source: WireSource, days: int) -> None:
    """Keep copy that nobody uses for so many days.

    Raises:
        SourceError: it is no number of days for that.
    """
    if not is_length(days):
        said = _("expected 1 to %(most)s days, found %(found)s")
        raise SourceError(say(said, most=MOST_DAYS, found=days))
    source.keep_days = days
    source.save(update_fields=["keep_days"])


def read_in(source: WireSource, encoding: str) -> None:
    """Read the copy of a source in this encoding from now on; "": tell it by the bytes.

    Raises:
        SourceError: no copy can be in it.
    """
    source.encoding = _encoding(encoding)
    source.save(update_fields=["encoding"])


def _encoding(name: str) -> str:
    found = known_encoding(name) if name else ""
    if found is None:
        said = _("expected an encoding of text, found %(found)s")
        raise SourceError(say(said, found=repr(name)))
    return found


def accept(source: WireSource, now: datetime) -> None:
    """Say yes to the format that a source changed to, and fetch at once."""
    if source.odd_family:
        source.families = sorted({*source.families, source.odd_family})
    source.odd_family, source.due, source.failures = "", now, 0
    # What was fetched in that format was not kept: it is asked for anew.
    source.state = {k: v for k, v in source.state.items() if k == "seen"}
    source.save(update_fields=["families", "odd_family", "due", "failures", "state"])


def told(source: WireSource) -> dict[str, Any]:
    """Tell of a source for programs; never of its secret."""
    times = ("due", "tried", "succeeded", "failed")
    return {
        "name": source.name,
        "title": source.title,
        "kind": source.kind,
        "services": [one.service_id for one in source.services.all()],
        "place": source.place,
        "secret": source.secret,
        "agency": source.agency,
        "encoding": source.encoding,
        "every": source.every,
        "keep_days": source.keep_days,
        "active": source.active,
        "formats": source.families,
        "waits_for_yes": source.odd_family,
        **{key: _iso(getattr(source, key)) for key in times},
        "failures": source.failures,
        "error": source.error,
        "warning": source.warning,
    }


def _iso(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None
