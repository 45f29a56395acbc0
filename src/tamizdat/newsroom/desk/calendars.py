"""The calendar of what is due, as a list by day and as a month."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from tamizdat.edition.dates import zone
from tamizdat.newsroom.desk.almanac import (
    DAY,
    hours_of,
    month_of,
    number_of,
    weeks_of,
)
from tamizdat.newsroom.desk.due import Due, due
from tamizdat.newsroom.desk.moments import day_in_words
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.rights import is_staff_of, works_on_texts


def show(request: HttpRequest) -> HttpResponse:
    """Show a month of one service, or of all, in the days of the chosen one."""
    services = [s for s in ServicePage.objects.papers() if is_staff_of(request.user, s)]
    chosen = request.GET.get("service", "")
    only = [s for s in services if s.service_id == chosen]
    lead = (only or services or [None])[0]
    if lead is None:
        return TemplateResponse(request, "newsroom/desk/calendar.html", {})
    clock = zone(lead.time_zone)
    today = timezone.now().astimezone(clock).date()
    days = month_of(_day(request, today), lead.calendar)
    found = defaultdict(list)
    for one in due(only or services, *hours_of(days, clock)):
        if one.sensitive and not works_on_texts(request.user, one.service):
            continue
        local = one.time.astimezone(clock)
        row = {"due": one, "clock": f"{local:%H:%M}", "clocks": _clocks(one, lead)}
        found[local.date()].append(row)
    context = {
        "services": services,
        "lead": lead,
        "is_one": bool(only),
        "days": [_row(day, lead, found[day], today) for day in days if found[day]],
        "weeks": [
            [_cell(day, lead, found, today) for day in week]
            for week in weeks_of(days, lead.calendar)
        ],
        "heads": _heads(days, lead),
        "title": day_in_words(days[0], lead),
        "last": day_in_words(days[-1], lead),
        "before": (days[0] - DAY).isoformat(),
        "after": (days[-1] + DAY).isoformat(),
        "as_month": request.GET.get("view") != "list",
    }
    return TemplateResponse(request, "newsroom/desk/calendar.html", context)


def _clocks(one: Due, lead: ServicePage) -> list[tuple[str, str]]:
    """Give the hour as the service of an entry has it, and as whoever looks has it.

    Returns:
        Hour with its day, where that is another one, and the name of the zone; none
        for the zone by which the calendar is laid out.
    """
    here = one.time.astimezone(zone(lead.time_zone))
    clocks = []
    names = (one.service.time_zone, timezone.get_current_timezone_name())
    for name in dict.fromkeys(names):
        there = one.time.astimezone(zone(name))
        if there.utcoffset() != here.utcoffset():
            day = "" if there.date() == here.date() else f"{there:%m-%d} "
            clocks.append((f"{day}{there:%H:%M}", name))
    return clocks


def _day(request: HttpRequest, today: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if abs((day - today).days) < 36_500 else today  # noqa: PLR2004 (a hundred years)


def _row(day: date, service: Any, rows: list[Any], today: date) -> dict[str, Any]:
    name = day_in_words(day, service)
    return {"day": day, "name": name, "rows": rows, "is_today": day == today}


def _cell(day: date | None, service: Any, found: Any, today: date) -> Any:
    if day is None:
        return None
    row = _row(day, service, found.get(day, []), today)
    return {**row, "number": number_of(day, service.calendar)}


def _heads(days: list[date], service: Any) -> list[date]:
    """Give seven days whose names stand above the columns."""
    week = next(w for w in weeks_of(days, service.calendar) if None not in w)
    return [day for day in week if day is not None]
