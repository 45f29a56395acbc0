"""Write days as the readers of a service read them."""

from datetime import date
from typing import Any

from tamizdat.edition.dates import Way, write_day


def day_in_words(day: date, service: Any) -> str:
    """Write a day in the language and the calendar of a service."""
    way = Way(service.calendar, service.date_style)
    return write_day(day, way, service.language)
