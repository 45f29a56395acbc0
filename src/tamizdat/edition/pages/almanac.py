"""Print the archive by date: the months of the paper, and the days of each month.

Decides how they look; which page holds the newest stories of a day is for the caller. A
page of a month changes when a day of it begins or gets another page, the list of months
once a month. Days are those of the service's zone, as they stand above stories in
lists; months are those of its calendar, each named by the Gregorian month it begins in.

Source: spec/addresses.md, "Archive by date".
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from tamizdat.edition.dates import way_of, write_day, write_month, year_of
from tamizdat.edition.languages import headed, own_digits
from tamizdat.edition.pages.addresses import continued, link, up
from tamizdat.edition.pages.theme import Page, frame, printed
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

INDEX = "a/index.html"
_MONTHS = 96  # on a page, as many as fit in any language


def archive_pages(service: Service, months: Sequence[str]) -> list[Page]:
    """List the months in which something was published.

    Args:
        service: whose they are.
        months: as `month_of` names them, "2026-11"; newest first, each once.
    """
    parts = [months[at : at + _MONTHS] for at in range(0, len(months), _MONTHS)] or [()]
    return [
        _archive_page(service, part, number, len(parts))
        for number, part in enumerate(parts, 1)
    ]


def _archive_page(
    service: Service, months: Sequence[str], number: int, parts: int
) -> Page:
    path = continued(INDEX, number)
    view = frame(path, service, wording(service.language).plain["archive"])
    view["years"] = [
        {
            "name": own_digits(str(year), service.language),
            "months": [_month(month, service) for month in some],
        }
        for year, some in groupby(months, lambda one: year_of(one, way_of(service)))
    ]
    root = up(path)
    view["newest"] = link(root + INDEX) if number > 1 else None
    older = continued(INDEX, number + 1) if number < parts else None
    view["older"] = older and link(root + older)
    return printed(path, "archive.html", view)


def _month(month: str, service: Service) -> dict[str, Any]:
    return {
        "href": link(f"{month}/index.html"),
        "date": _machine(month, service),
        "text": _written(month, service),
    }


def _machine(month: str, service: Service) -> str | None:
    """Write a month for machines, which know those of one calendar."""
    return month if service.calendar == "gregorian" else None


def _written(month: str, service: Service) -> str:
    """Write a month as it begins a line."""
    language = service.language
    return headed(write_month(month, way_of(service), language), language)


def month_path(month: str) -> str:
    """Give the path of the page of a month, "2026-11"."""
    return f"a/{month}/index.html"


def month_page(service: Service, month: str, days: Mapping[str, str]) -> Page:
    """List the days of a month on which something was published.

    Args:
        service: whose they are.
        month: as `month_of` names it, "2026-11".
        days: by ISO date, the path of the page with its newest stories, on which the
            date is an id.
    """
    path = month_path(month)
    view = frame(path, service, _written(month, service))
    view["days"] = [
        {
            "href": link(f"{up(path)}{days[day]}#{day}"),
            "date": day,
            "text": write_day(
                date.fromisoformat(day), way_of(service), service.language
            ),
        }
        for day in sorted(days, reverse=True)
    ]
    view["month"] = _machine(month, service)
    view["archive"] = link(up(path) + INDEX)
    return printed(path, "month.html", view)
