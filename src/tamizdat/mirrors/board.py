"""Say in one row a service where its newest edition stands, for people and programs."""

from datetime import UTC, datetime
from typing import Any

from django.utils.timesince import timesince

from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.newsroom.models import ServicePage
from tamizdat.press.actions import waiting
from tamizdat.press.models import PrintedEdition, Trouble

_MINUTE = 60  # seconds; below it an age in minutes would read "0 minutes"


def services() -> list[dict[str, Any]]:
    """List every live service.

    Returns:
        For each: service, name, edition and its time, releases waiting, mirrors that
        hold this edition verified, all mirrors, a row for each mirror, and what
        stands in the way of printing.
    """
    pending = waiting()
    newest = _newest()
    troubles = dict(Trouble.objects.values_list("service", "reason"))
    mirrors = list(Mirror.objects.prefetch_related("holdings"))
    return [
        _row(page, pending, newest.get(page.service_id), troubles, mirrors)
        for page in ServicePage.objects.live().order_by("path")
    ]


def _newest() -> dict[str, PrintedEdition]:
    found: dict[str, PrintedEdition] = {}
    for edition in PrintedEdition.objects.order_by("number"):
        found[edition.service] = edition
    return found


def _row(
    page: ServicePage,
    pending: dict[str, list[int]],
    edition: PrintedEdition | None,
    troubles: dict[str, str],
    mirrors: list[Mirror],
) -> dict[str, Any]:
    number = edition.number if edition else None
    rows = [_mirror(mirror, page.service_id, number) for mirror in mirrors]
    return {
        "service": page.service_id,
        "name": page.title,
        "edition": number,
        "time": edition.time.isoformat() if edition else None,
        "waiting": len(pending.get(page.service_id, ())),
        "verified": sum(row["verified"] for row in rows),
        "mirrors": len(rows),
        "holdings": rows,
        "trouble": troubles.get(page.service_id),
    }


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
        "age": _age(held.time) if held and held.time else None,
        "verified": verified,
        "state": _words(held, number, verified=verified),
        "reason": held.reason if held else "",
        "checked": held.checked.isoformat() if held else None,
    }


def _words(held: Holding | None, number: int | None, *, verified: bool) -> str:
    if verified:
        return "verified"
    if held is None:
        return "not delivered yet"
    if held.state == "verified":
        return f"older: edition {held.number} of {number}"
    return str(held.state)


def _age(time: datetime) -> str:
    if (datetime.now(UTC) - time).total_seconds() < _MINUTE:
        return "signed just now"
    return f"signed {timesince(time, depth=1)} ago"
