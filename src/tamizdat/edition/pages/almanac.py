"""Print the archive by date: the months of the paper, and the days of each month.

Decides how they look; which page holds the newest stories of a day is for the caller. A
page of a month changes when a day of it begins or gets another page, the list of months
once a month. Days are those of the service's zone, as they stand above stories in
lists; months are those of its calendar, each named by the Gregorian month it begins in.

Source: spec/addresses.md, "Archive by date".
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from tamizdat.edition.dates import way_of, write_day, write_month, year_of
from tamizdat.edition.languages import headed, own_digits
from tamizdat.edition.pages.addresses import link, up
from tamizdat.edition.pages.chain import Leaf, chain
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

INDEX = "a/index.html"
_MONTHS = 96  # on a page, at most


def archive_pages(service: Service, months: Sequence[str]) -> list[Page]:
    """List the months in which something was published.

    Args:
        service: whose they are.
        months: as `month_of` names them, "2026-11"; newest first, each once.
    """
    printer = partial(_archive_page, service)
    return chain(service, INDEX, months, [printer], most=_MONTHS)


def _archive_page(service: Service, leaf: Leaf, months: Sequence[str]) -> Page:
    view = frame(leaf.path, service, wording(service.language).plain["archive"])
    view["years"] = [
        {
            "name": own_digits(str(year), service.language),
            "months": [_month(month, service) for month in some],
        }
        for year, some in groupby(months, lambda one: year_of(one, way_of(service)))
    ]
    view["newest"] = link(up(leaf.path) + INDEX) if leaf.before else None
    view["older"] = leaf.turns["after"]
    return Page(leaf.path, render("archive.html", view).encode())


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


def month_pages(service: Service, month: str, days: Mapping[str, str]) -> list[Page]:
    """List the days of a month on which something was published.

    Args:
        service: whose they are.
        month: as `month_of` names it, "2026-11".
        days: by ISO date, the path of the page with its newest stories, on which the
            date is an id.
    """

    def printer(leaf: Leaf, some: Sequence[str]) -> Page:
        root = up(leaf.path)
        view = frame(leaf.path, service, _written(month, service))
        view["days"] = [
            {
                "href": link(f"{root}{days[day]}#{day}"),
                "date": day,
                "text": _day(day, service),
            }
            for day in some
        ]
        view |= {"month": _machine(month, service), "turns": leaf.turns}
        view["archive"] = link(root + INDEX)
        return Page(leaf.path, render("month.html", view).encode())

    return chain(service, month_path(month), sorted(days, reverse=True), [printer])


def _day(day: str, service: Service) -> str:
    written = date.fromisoformat(day)
    return write_day(written, way_of(service), service.language)
