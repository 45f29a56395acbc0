"""Days of a month as a service counts them, in its calendar and zone. Pure."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tamizdat.edition.dates import solar_hijri

DAY = timedelta(days=1)
PERSIAN = "persian"


def month_of(day: date, calendar: str) -> list[date]:
    """List the days of the month in which a day falls, in the service's calendar."""
    key = _month_key(calendar)
    first = day
    while key(first - DAY) == key(day):
        first -= DAY
    days = [first]
    while key(days[-1] + DAY) == key(day):
        days.append(days[-1] + DAY)
    return days


def _month_key(calendar: str) -> Callable[[date], tuple[int, int]]:
    if calendar == PERSIAN:
        return lambda day: solar_hijri(day)[:2]
    return lambda day: (day.year, day.month)


def weeks_of(days: list[date], calendar: str) -> list[list[date | None]]:
    """Lay a month out in weeks, from Saturday or from Monday; None outside it."""
    first = 5 if calendar == PERSIAN else 0  # as `date.weekday` counts
    blanks: list[date | None] = [None] * ((days[0].weekday() - first) % 7)
    cells = [*blanks, *days]
    cells += [None] * (-len(cells) % 7)
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def number_of(day: date, calendar: str) -> int:
    """Say which day of its month it is."""
    return solar_hijri(day)[2] if calendar == PERSIAN else day.day


def hours_of(days: list[date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the hour at which the first day begins and the one after the last."""
    start = datetime.combine(days[0], time.min, zone)
    return start, datetime.combine(days[-1] + DAY, time.min, zone)
