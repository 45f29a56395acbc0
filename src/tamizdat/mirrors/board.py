"""Say in one row a service where its newest edition stands, for people and programs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Max
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tamizdat.mirrors import reasons
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.newsroom.models import ServicePage
from tamizdat.press.models import (
    EVERY,
    NAME,
    Onlooker,
    PrintedEdition,
    Trouble,
    Waiting,
)
from tamizdat.press.snapshot import page_digest, service_line

_MINUTE = 60  # seconds; below it an age in minutes would read "0 minutes"


def services(only: Collection[int] | None = None) -> list[dict[str, Any]]:
    """List live services.

    Args:
        only: keys of the services that are asked for; None: all.

    Returns:
        For each: service, name, edition, its time and the `seconds` since; whether it
        is `witnessed`, by which `witnesses`, the same as a `label` and as `said` to
        editors, and whether the trust note has `asked` for it; releases waiting, and
        whether the service's own page waits; mirrors that hold this edition verified,
        all mirrors, a row for each mirror; what stands in the way of printing, since
        when (`troubled`), and the same `trouble_said` to editors; and when something
        last `moved` here.
    """
    seen = _look()
    papers = ServicePage.objects.papers()
    return [_row(page, seen) for page in papers if only is None or page.pk in only]


def witnesses() -> list[dict[str, Any]]:
    """List what each witness of the log said in the last round, by name."""
    return [
        {
            "witness": row.name,
            "state": row.state,
            "reason": row.reason or None,
            "cosigned": row.state == "cosigned",
            "said": reasons.of_witness(row.state) or row.reason,
            "stops": row.stops,
            "disbelieved": row.disbelieved,
            "asked": row.asked.isoformat(),
            "ago": _asked_ago(row.asked),
        }
        for row in Onlooker.objects.all()
    ]


def disbelieved(name: str) -> None:
    """Show at once that what a witness says stops nothing any more."""
    Onlooker.objects.filter(name=name[:NAME]).update(disbelieved=True, stops=False)


def believed(name: str, *, stops: bool) -> None:
    """Show at once that a witness is heeded again, and whether it stops the press."""
    Onlooker.objects.filter(name=name[:NAME]).update(disbelieved=False, stops=stops)


@dataclass(frozen=True)
class _Seen:
    """What the rooms know at one instant, by service.

    Attributes:
        pending: how many releases no edition carries, and the time of the newest.
    """

    now: datetime
    pending: dict[str, tuple[int, datetime]]
    newest: dict[str, PrintedEdition]
    troubles: dict[str, Trouble]
    mirrors: list[Mirror]


def _look() -> _Seen:
    by_service = Waiting.objects.values_list("service")
    counted = by_service.annotate(Count("time"), Max("time"))  # along its index
    return _Seen(
        now=datetime.now(UTC),
        pending={service: (number, time) for service, number, time in counted},
        newest=PrintedEdition.objects.newest(),
        troubles={row.service: row for row in Trouble.objects.all()},
        mirrors=list(Mirror.objects.prefetch_related("holdings")),
    )


def _row(page: ServicePage, seen: _Seen) -> dict[str, Any]:
    service = page.service_id
    edition = seen.newest.get(service)
    number = edition.number if edition else None
    waiting, released = seen.pending.get(service, (0, None))
    rows = [_mirror(mirror, service, number) for mirror in seen.mirrors]
    trouble = seen.troubles.get(EVERY) or seen.troubles.get(service)
    moments = (
        page.last_published_at,
        edition.time if edition else None,
        released,
    )
    return {
        "service": service,
        "name": page.title,
        "edition": number,
        "time": edition.time.isoformat() if edition else None,
        "seconds": _seconds(seen.now, edition.time) if edition else None,
        "witnessed": edition.witnessed is not None if edition else None,
        "witnesses": edition.witnesses.split() if edition else [],
        "label": edition.label(seen.now) if edition else None,
        "said": _label(edition.label(seen.now)) if edition else None,
        "asked": edition.asked if edition else False,
        "waiting": waiting,
        "page_waiting": _page_waits(page, edition),
        "verified": sum(row["verified"] for row in rows),
        "mirrors": len(rows),
        "holdings": rows,
        "trouble": trouble and trouble.reason,
        "troubled": trouble and trouble.since.isoformat(),
        "trouble_said": trouble and reasons.of_trouble(trouble.code, trouble.facts),
        "moved": _latest(moments),
    }


def _page_waits(page: ServicePage, edition: PrintedEdition | None) -> bool:
    """Tell whether the page of a service is not yet as its newest edition shows it."""
    return edition is None or edition.page != page_digest(service_line(page))


def _seconds(now: datetime, then: datetime) -> float:
    return round((now - then).total_seconds(), 1)


def _latest(moments: Iterable[datetime | None]) -> str:
    known = [moment for moment in moments if moment is not None]
    return max(known).astimezone(UTC).isoformat("T", "seconds") if known else ""


def _mirror(mirror: Mirror, service: str, number: int | None) -> dict[str, Any]:
    held = next((h for h in mirror.holdings.all() if h.service == service), None)
    verified = bool(
        held and number and held.state == "verified" and held.number == number
    )
    return {
        "mirror": mirror.name,
        "url": mirror.url,
        "edition": held.number if held else None,
        "signed": held.time.isoformat() if held and held.time else None,
        "age": signed_ago(held.time) if held and held.time else None,
        "verified": verified,
        "sound": bool(held and held.state == "verified"),
        "state": _words(held, number, verified=verified),
        "reachable": held is None or held.state != "unreachable",
        "reason": held.reason if held else "",
        "reason_said": reasons.of_mirror(held.state) if held and held.reason else "",
        "checked": held.checked.isoformat() if held else None,
        "whole": held.whole.isoformat() if held and held.whole else None,
        "read": _when_read(held) if held else None,
    }


def _words(held: Holding | None, number: int | None, *, verified: bool) -> str:
    if held is None:
        return _("not delivered yet")
    if held.state == "verified" and not verified:
        row = {"number": held.number, "newest": number}
        return _("older: edition %(number)s of %(newest)s") % row
    return held.get_state_display()


def _label(label: str) -> str:
    """Say a label of spec/witness.md to editors."""
    words = {
        "witnessed": _("witnessed"),
        "published, witnesses pending": _("published, witnesses pending"),
        "not independently witnessed": _("not independently witnessed"),
    }
    return words[label]


def _asked_ago(time: datetime) -> str:
    if _is_now(time):
        return _("asked just now")
    return _("asked %(time)s ago") % {"time": _since(time)}


def _when_read(held: Holding) -> str:
    """Say when it was last read, and when every byte of it was."""
    if _is_now(held.checked):
        checked = _("checked just now")
    else:
        checked = _("checked %(time)s ago") % {"time": _since(held.checked)}
    return f"{checked}{pgettext('between two names', ', ')}{_when_whole(held.whole)}"


def _when_whole(time: datetime | None) -> str:
    if time is None:
        return _("not every byte yet")
    if _is_now(time):
        return _("every byte just now")
    return _("every byte %(time)s ago") % {"time": _since(time)}


def signed_ago(time: datetime) -> str:
    """Say how long ago an edition was signed, in words."""
    if _is_now(time):
        return _("signed just now")
    return _("signed %(time)s ago") % {"time": _since(time)}


def _is_now(time: datetime) -> bool:
    return (datetime.now(UTC) - time).total_seconds() < _MINUTE


def _since(time: datetime) -> str:
    return timesince(time, depth=1)
