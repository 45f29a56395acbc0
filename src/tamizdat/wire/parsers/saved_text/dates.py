"""Read the dates that a page prints, and no others.

A date without a year is no date, a time without a zone gets none, and a date
between slashes is not read, for nobody knows which number is the month. Zones are
read where their letters mean one offset; "CST" or "IST" mean several and yield none.
"""

import re
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import cache

from tamizdat.wire.parsers.saved_text.spelling import label
from tamizdat.wire.parsers.saved_text.words import LANGUAGES

_MONTHS = {name: n for words in LANGUAGES for name, n in words.months.items()}
_SMALL = frozenset(word for words in LANGUAGES for word in words.date_words)
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. ]+(?:of )?(?P<month>{_MONTH})\.?,? "
        r"(?P<year>\d{4})\b"
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? "
        r"(?P<year>\d{4})\b"
    ),
    re.compile(
        rf"\b(?P<year>\d{{4}})\D{{0,6}} (?P<day>\d{{1,2}}) (?P<month>{_MONTH})\b"
    ),
)
# Minutes east of UTC. Letters that mean different offsets somewhere are left out:
# CST, IST, BST, AST, PST, MST, AMT, GST.
ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0),
    **dict.fromkeys(("cet", "west"), 60),
    **dict.fromkeys(("cest", "eet"), 120),
    **dict.fromkeys(("msk", "мск", "eest", "trt"), 180),
    **dict.fromkeys(("get", "azt", "samt"), 240),
    **dict.fromkeys(("uzt", "tmt", "tjt", "pkt", "yekt"), 300),
    **dict.fromkeys(("kgt", "omst"), 360),
    **dict.fromkeys(("krat", "novt"), 420),
    "irst": 210,
    "irdt": 270,
    "aft": 270,
    "npt": 345,
    "irkt": 480,
    "hkt": 480,
    "yakt": 540,
    "jst": 540,
    "kst": 540,
    "vlat": 600,
    "magt": 660,
    "pett": 720,
    "est": -300,
    "edt": -240,
    "mdt": -360,
    "pdt": -420,
}
_ZONE = "|".join(sorted(ZONES, key=len, reverse=True))
_TIME = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
    r"(?: ?(?P<half>a\.?m|p\.?m)\.?)?"
    r"(?:[ ,]*\(?(?:(?P<offset>(?:(?:utc|gmt) ?)?[+-] ?\d{1,2}(?::?\d{2})?)(?!\d)"
    rf"|(?P<zone>{_ZONE})(?![^\W_])))?"
)
_LETTERS = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?[ ,]*\(?(?P<zone>[^\W\d_]{2,5})\b\)?")
_OFFSET = re.compile(r"(?P<sign>[+-]) ?(?P<hours>\d{1,2}?):?(?P<minutes>\d{2})?$")
_WIDEST = timedelta(hours=14)  # no clock is further from UTC
_WORD = re.compile(r"[^\W\d_]+")
_SOLAR = range(1200, 1500)  # years of the Solar Hijri calendar, now 621 behind
_SOLAR_START = date(2020, 3, 20)  # 1 Farvardin 1399
_SOLAR_START_YEAR = 1399
_SOLAR_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)  # of each 33 years; true 1343-1472
_LONG_MONTHS = 6  # the first six have 31 days, the others 30
_NOON = 12
_LABEL_WORDS = 14


def is_dates_only(text: str, zone: str | None = None) -> bool:
    """Tell whether `text` holds a date or time and nothing else.

    Args:
        text: as printed, or spelled as a label.
        zone: letters known to name a time zone, though not which.
    """
    spelled = label(text)
    if not any(letter.isdigit() for letter in spelled):
        return False
    zone = zone or unknown_zone(text)
    known = (_MONTHS, _SMALL, ZONES, (zone or "").lower().split())
    return all(any(word in some for some in known) for word in _WORD.findall(spelled))


def unknown_zone(text: str) -> str | None:
    """Find a zone behind a time of which no offset is known: capitals, or too far."""
    time = _TIME.search(label(text))
    if time is not None and time["offset"] and _offset(time) is None:
        return time["offset"].upper()
    found = _LETTERS.search(text)
    if found is None or not found["zone"].isupper():
        return None
    zone: str = found["zone"]
    word = label(zone)
    return None if word in ZONES or word in _SMALL or word in _MONTHS else zone


def after_label(text: str, labels: tuple[str, ...]) -> str | None:
    """Take off a label and yield the date behind it, "" where there is none.

    Returns:
        None where `text` is no such label, or goes on with other words.
    """
    spelled = label(text)
    if len(spelled.split()) > _LABEL_WORDS:
        return None
    found = _first_of(labels).match(spelled)
    if found is None:
        return None
    rest = spelled[found.end() :].rstrip(")] ")
    dates = not rest or is_dates_only(rest, unknown_zone(text))
    return rest if dates else None


@cache
def _first_of(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Join labels to one pattern: one after the other a long page waits for."""
    each = "|".join(rf"(?:{entry})(?![^\W\d_])" for entry in labels)
    return re.compile(rf"[(\[]?(?:{each})[\s:.,-]*")


def read_instant(text: str) -> str | None:
    """Read a date, with the time and zone as far as they are printed.

    Returns:
        ISO 8601: "2018-07-03", "2018-07-03T14:05" or, with a zone,
        "2018-07-03T12:05:00Z"; None where there is no full date.
    """
    spelled = label(text)
    day = _read_date(spelled)
    if day is None:
        return None
    time = _TIME.search(spelled)
    return day.isoformat() if time is None else _with_time(day, time)


def _read_date(spelled: str) -> date | None:
    for form in _DATES:
        found = form.search(spelled)
        if found is not None:
            month = _MONTHS.get(found["month"]) or int(found["month"])
            return day_of(int(found["year"]), month, int(found["day"]))
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """Make a day, of a year of the sun too; None where there is none."""
    try:
        return _solar(year, month, day) if year in _SOLAR else date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _solar(year: int, month: int, day: int) -> date:
    """Turn a Solar Hijri date into a Gregorian one."""
    before = range(min(year, _SOLAR_START_YEAR), max(year, _SOLAR_START_YEAR))
    days = sum(366 if y % 33 in _SOLAR_LEAP else 365 for y in before)
    days = days if year >= _SOLAR_START_YEAR else -days
    longs = min(month - 1, _LONG_MONTHS)
    return _SOLAR_START + timedelta(days + 30 * (month - 1) + longs + day - 1)


def _with_time(day: date, time: re.Match[str]) -> str:
    hour, minute = int(time["hour"]), int(time["minute"])
    if time["half"] is not None:
        hour = hour % _NOON + (_NOON if time["half"].startswith("p") else 0)
    try:
        moment = datetime.combine(day, clock(hour, minute))
    except ValueError:
        return day.isoformat()
    offset = _offset(time)
    if offset is None:
        return moment.isoformat(timespec="minutes")
    return _in_utc(moment, offset)


def _offset(time: re.Match[str]) -> timedelta | None:
    if time["zone"] is not None:
        return timedelta(minutes=ZONES[time["zone"]])
    found = _OFFSET.search(time["offset"] or "")
    if found is None:
        return None
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if offset > _WIDEST:
        return None
    return -offset if found["sign"] == "-" else offset


def _in_utc(moment: datetime, offset: timedelta) -> str:
    try:
        instant = (moment - offset).replace(tzinfo=UTC)
    except OverflowError:
        return moment.isoformat(timespec="minutes")
    return instant.isoformat().replace("+00:00", "Z")
