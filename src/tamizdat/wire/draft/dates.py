"""Read the dates that agencies write for machines, in every spelling.

Forms: `20240102T030405+0100`, `2024-01-02T03:04:05.000Z`, `20240102`,
`2024-01-02 03:04`, `Tue, 02 Jan 2024 03:04:05 +0100`. A date that does not
exist is none; a time without a zone keeps none; a zone yields a UTC instant.
"""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz

from tamizdat.wire.parsers.saved_text.dates import ZONES, read_instant
from tamizdat.wire.receipt import ReceiptWriter

_FORM = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<dash>[-/.]?)(?P<month>\d{2})(?P=dash)(?P<day>\d{2})"
    r"(?:[T ,]*(?P<hour>\d{2})[:.]?(?P<minute>\d{2})(?:[:.]?(?P<second>\d{2}))?"
    r"(?:[.,]\d{1,9})?"
    rf"\s*(?P<zone>[+-]\d{{2}}:?\d{{2}}|[+-]\d{{2}}|(?:{'|'.join(ZONES)})\b)?)?(?!\d)",
    re.IGNORECASE,
)
# Zones that mail may name; of any other word the library says UTC, which is a guess.
_MAIL_ZONE = re.compile(
    r"(?:[+-]\d{4}|\b(?:UTC?|GMT|Z|[ECMP][SD]T))\s*(?:\([^()]*\))?\s*$", re.IGNORECASE
)
_WIDEST = timedelta(hours=14)  # no clock is further from UTC
_LEAP_SECOND = 60


def instant_of(text: str | None, what: str, receipt: ReceiptWriter) -> str | None:
    """Read a date written for machines.

    Args:
        text: as the copy has it; None and blank mean that it says nothing.
        what: the field, for the warning that follows a date nobody can read.
        receipt: gets that warning.

    Returns:
        ISO 8601 as far as the copy goes: "2024-01-02", "2024-01-02T03:04:05"
        or, with a zone, "2024-01-02T02:04:05Z".
    """
    if text is None or not text.strip():
        return None
    found = _read(text.strip())
    if found is None:
        receipt.warn(f"{what}: no date that exists: {text.strip()[:60]!r}")
    return found


def _read(text: str) -> str | None:
    found = _FORM.match(text)
    try:
        return _of_form(found) if found else _of_mail(text) or read_instant(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _of_form(found: re.Match[str]) -> str | None:
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    if found["hour"] is None:
        return day.isoformat()
    second = int(found["second"] or 0)
    # A clock that counts a leap second is right; Python has no such second.
    second = second - 1 if second == _LEAP_SECOND else second
    moment = datetime(  # noqa: DTZ001 - many have no zone, and are given none
        day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), second
    )
    zone = found["zone"]
    return moment.isoformat() if zone is None else in_utc(moment, _offset(zone))


def _offset(zone: str) -> timedelta:
    if zone.lower() in ZONES:
        return timedelta(minutes=ZONES[zone.lower()])
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > _WIDEST:
        raise ValueError(zone)
    return -offset if zone[0] == "-" else offset


def in_utc(moment: datetime, offset: timedelta) -> str:
    """Turn a local time into a UTC instant, "2024-01-02T02:04:05Z"."""
    instant = (moment - offset).replace(tzinfo=UTC)
    return instant.isoformat().replace("+00:00", "Z")


def _of_mail(text: str) -> str | None:
    """Read a date as mail and feeds have it. Source: RFC 5322, section 3.3."""
    parts = parsedate_tz(text)
    if parts is None:
        return None
    if not _MAIL_ZONE.search(text):
        printed = read_instant(text)
        if printed is not None and printed.endswith("Z"):
            return printed  # a zone that is named elsewhere, as MSK
        return datetime(*parts[:6]).isoformat()  # noqa: DTZ001 - as above
    moment = datetime(*parts[:6])  # noqa: DTZ001 - as above
    offset = parts[9]
    if offset is None:
        return moment.isoformat()
    return in_utc(moment, timedelta(seconds=offset))
