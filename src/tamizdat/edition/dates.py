"""Write moments and days as the readers of a service do.

Decides zone, calendar, order and digits. Zones come from the pinned tzdata package and
patterns from the pinned CLDR data, so that no machine's own files decide a byte.

Source: Unicode CLDR date patterns and Persian month names. Solar Hijri years by the
33-year cycle, as in the PersianCalendar of Unicode ICU; it agrees with the civil
calendar from 1178 to 1633 AP (M. Heydari-Malayeri, "A concise review of the Iranian
calendar", 2004).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tamizdat.edition.errors import StoryError
from tamizdat.edition.languages import locale_of, own_digits
from tamizdat.edition.stories import Service

_EAST = timedelta(hours=14)  # that the first place to see a day is ahead of UTC
_CYCLE = 12_053  # days in 33 years, 8 of them leap
_EPOCH = date(622, 3, 21).toordinal()  # 1 Farvardin of year 1 by this arithmetic
_MONTHS = {  # CLDR, calendar "persian", wide names
    "en": (
        "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar"
        " Mehr Aban Azar Dey Bahman Esfand"
    ),
    "fa": ("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"),
    "fa-AF": "حمل ثور جوزا سرطان اسد سنبلهٔ میزان عقرب قوس جدی دلو حوت",
    "ps": ("وری غویی غبرگولی چنگاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب"),
}
ZONES = frozenset((files("tzdata") / "zones").read_text("ascii").split())


@dataclass(frozen=True)
class Stamp:
    """One moment. `iso`: RFC 3339 with the offset of the zone; `text`: for people."""

    iso: str
    text: str
    day: str
    clock: str


def stamp(time: datetime, service: Service) -> Stamp:
    """Write a UTC moment in the zone, calendar and language of a service.

    Raises:
        StoryError: the service names a zone that is not in tzdata.
    """
    return _stamp(time, service.time_zone, service.calendar, service.language)


@lru_cache(maxsize=4096)
def _stamp(time: datetime, name: str, calendar: str, language: str) -> Stamp:
    return write_moment(time.astimezone(zone(name)), calendar, language)


def write_moment(local: datetime, calendar: str, language: str) -> Stamp:
    """Write a moment, given with the offset of its zone, in a calendar and language."""
    locale = locale_of(language)
    day = write_day(local.date(), calendar, language)
    clock = _write_clock(local.hour, local.minute, language)
    pattern = str(locale.datetime_formats["medium"])
    text = pattern.replace("{1}", day).replace("{0}", clock)
    return Stamp(iso=local.isoformat(), text=text, day=day, clock=clock)


@lru_cache(maxsize=4096)
def _write_clock(hour: int, minute: int, language: str) -> str:
    naive = datetime(1970, 1, 1, hour, minute)  # noqa: DTZ001 - Babel moves others
    text = format_time(naive, "short", locale=locale_of(language))
    return own_digits(text, language)


@lru_cache(maxsize=4096)
def write_day(day: date, calendar: str, language: str) -> str:
    """Write a day in words and digits, as "21 November 2026" in its language."""
    if calendar == "persian":
        year, month, number = solar_hijri(day)
        text = f"{number} {_months(language)[month - 1]} {year}"
    else:
        text = format_date(day, "long", locale=locale_of(language))
    return own_digits(text, language)


def _months(language: str) -> list[str]:
    for tag in (language, language.partition("-")[0], "en"):
        if tag in _MONTHS:
            break
    return _MONTHS[tag].split()


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
