"""Write moments and days as the readers of a service do.

Decides zone, calendar, order and digits. Zones come from the pinned tzdata package and
patterns from the pinned CLDR data, so that no machine's own files decide a byte.

Source: Unicode CLDR date patterns; the heads of language files for what it lacks and
for the months of the Solar Hijri calendar. Solar Hijri years by the 33-year cycle, as
in the PersianCalendar of Unicode ICU; it agrees with the civil calendar from 1178 to
1633 AP (M. Heydari-Malayeri, "A concise review of the Iranian
calendar", 2004).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time

from tamizdat.edition.errors import StoryError
from tamizdat.edition.headings import MONTHS, SOURCE, find, heading
from tamizdat.edition.languages import locale_of, own_digits
from tamizdat.edition.stories import Service

_EAST = timedelta(hours=14)  # that the first place to see a day is ahead of UTC
_CYCLE = 12_053  # days in 33 years, 8 of them leap
_EPOCH = date(622, 3, 21).toordinal()  # 1 Farvardin of year 1 by this arithmetic
_LONGEST = 31  # days of a month
CALENDARS = ("gregorian", "persian")
STYLES = ("full", "long", "medium", "short")  # of CLDR; what a service has is "long"
ZONES = frozenset((files("tzdata") / "zones").read_text("ascii").split())


@dataclass(frozen=True)
class Stamp:
    """One moment. `iso`: RFC 3339 with the offset of the zone; `text`: for people."""

    iso: str
    text: str
    day: str
    clock: str


class Way(NamedTuple):
    """How a service writes days: one of `CALENDARS` and one of `STYLES`."""

    calendar: str
    style: str = "long"


@lru_cache(maxsize=4096)
def stamp(time: datetime, service: Service) -> Stamp:
    """Write a UTC moment in the zone, calendar and language of a service.

    Raises:
        StoryError: the service names a zone that is not in tzdata.
    """
    local = time.astimezone(zone(service.time_zone))
    return write_moment(local, way_of(service), service.language)


def way_of(service: Service) -> Way:
    """Tell how a service writes days."""
    return Way(service.calendar, service.date_style)


def write_moment(local: datetime, way: Way, language: str) -> Stamp:
    """Write a moment, given with the offset of its zone, in a language."""
    day = write_day(local.date(), way, language)
    clock = _write_clock(local.hour, local.minute, language)
    text = _moment(language).format(day=day, clock=clock)
    return Stamp(iso=local.isoformat(), text=text, day=day, clock=clock)


@lru_cache(maxsize=256)
def _moment(language: str) -> str:
    near = find(language)
    if near is not None and near.moment:
        return near.moment
    pattern = str(locale_of(language).datetime_formats["medium"])
    return pattern.replace("{1}", "{day}").replace("{0}", "{clock}")


@lru_cache(maxsize=4096)
def _write_clock(hour: int, minute: int, language: str) -> str:
    naive = datetime(1970, 1, 1, hour, minute)  # noqa: DTZ001 - Babel moves others
    text = format_time(naive, "short", locale=locale_of(language))
    return own_digits(text, language)


@lru_cache(maxsize=4096)
def write_day(day: date, way: Way, language: str) -> str:
    """Write a day, as "21 November 2026" in its language."""
    if way.style == "short" or (way.calendar == "gregorian" and not _pattern(language)):
        text = _by_locale(day, way, language)
    else:
        text = _in_words(day, way, language)
    return own_digits(text, language)


def month_start(day: date, way: Way) -> date:
    """Find the first day of the month a day is in, in the calendar of a service.

    Each month of the Solar Hijri calendar begins in a Gregorian month of its own,
    between its 19th and its 23rd day, so that either names the other.
    """
    number = day.day if way.calendar == "gregorian" else solar_hijri(day)[2]
    return day - timedelta(days=number - 1)


def next_month(start: date, way: Way) -> date:
    """Find the first day of the month after the one that begins on a day."""
    return month_start(start + timedelta(days=_LONGEST), way)


def month_of(day: date, way: Way) -> str:
    """Name the month a day is in by the Gregorian one it begins in, "2026-11"."""
    return month_start(day, way).isoformat()[:7]


def write_month(month: str, way: Way, language: str) -> str:
    """Write a month, given as `month_of` names it, in the calendar of a service."""
    if way.calendar != "gregorian":
        year, number, _day = solar_hijri(_inside(month))
        name = _solar_months(language)[number - 1]
        return own_digits(f"{name} {year}", language)
    first = date.fromisoformat(f"{month}-01")
    near = find(language)
    if near is not None and near.months:
        return own_digits(f"{near.months[first.month - 1]} {first.year}", language)
    text = format_skeleton("yMMMM", first, locale=locale_of(language))
    return own_digits(text, language)


def year_of(month: str, way: Way) -> int:
    """Tell the year of a month, given as `month_of` names it."""
    day = _inside(month)
    return day.year if way.calendar == "gregorian" else solar_hijri(day)[0]


def _inside(month: str) -> date:
    """Give a day that is in a month of either calendar that begins in it."""
    return date.fromisoformat(f"{month}-25")


def _by_locale(day: date, way: Way, language: str) -> str:
    if way.calendar == "persian":
        return "/".join(f"{part:02}" for part in solar_hijri(day))
    return format_date(day, way.style, locale=locale_of(language))


def _in_words(day: date, way: Way, language: str) -> str:
    """Write day, month and year by a pattern of ours; months are never shortened."""
    if way.calendar == "persian":
        year, month, number = solar_hijri(day)
        name = _solar_months(language)[month - 1]
    else:
        year, month, number = day.year, day.month, day.day
        name = _months(language)[month - 1]
    pattern = _pattern(language) or "{day} {month} {year}"
    text = pattern.format(day=number, month=name, year=year)
    if way != ("persian", "full"):
        return text
    return f"{locale_of(language).days['format']['wide'][day.weekday()]} {text}"


def _pattern(language: str) -> str:
    near = find(language)
    return near.day if near else ""


def _months(language: str) -> Sequence[str]:
    near = find(language)
    if near is not None and near.months:
        return near.months
    wide = locale_of(language).months["format"]["wide"]
    return [wide[number] for number in range(1, MONTHS + 1)]


def _solar_months(language: str) -> Sequence[str]:
    near = find(language)
    return (near and near.solar_months) or heading(SOURCE).solar_months


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Open an IANA zone of the tzdata package.

    Raises:
        StoryError: there is no such zone.
    """
    if name not in ZONES:
        raise StoryError("service", "time_zone", f"tzdata has no zone {name!r}")
    with (files("tzdata") / "zoneinfo" / name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def has_come(day: date, now: datetime) -> bool:
    """Tell whether a day has begun somewhere on earth. `now`: UTC."""
    return day <= (now + _EAST).date()


def solar_hijri(day: date) -> tuple[int, int, int]:
    """Convert a Gregorian day into year, month and day of the Solar Hijri calendar.

    Source: Unicode ICU, PersianCalendar, 33-year cycle.
    """
    days = day.toordinal() - _EPOCH
    year = 1 + (33 * days + 3) // _CYCLE
    rest = days - (365 * (year - 1) + (8 * year + 21) // 33)
    month = rest // 31 if rest < 6 * 31 else (rest - 6) // 30
    first = 31 * month if month <= 6 else 30 * month + 6  # noqa: PLR2004  six of 31 days
    return year, month + 1, rest - first + 1


def utc_stamp(time: datetime) -> str:
    """Write a moment in UTC as `2026-11-21T08:00:00Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
