import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from edition.paper import service
from tamizdat.edition.dates import (
    Way,
    month_of,
    month_start,
    next_month,
    solar_hijri,
    stamp,
    write_day,
    write_moment,
    zone,
)
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import archive_pages, month_pages

MOMENT = datetime(2026, 11, 21, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2026, 3, 20), (1404, 12, 29)),
        (date(2026, 3, 21), (1405, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2029, 3, 20), (1408, 1, 1)),
    ],
)
def test_solar_hijri_agrees_with_the_civil_calendar(
    day: date, expected: tuple[int, int, int]
) -> None:
    """Days known from the calendar in use in Iran convert to themselves."""
    actual = solar_hijri(day)

    assert expected == actual


def test_solar_hijri_skips_and_repeats_no_day() -> None:
    """Each day of two centuries is the day after the one before it."""
    first = date(1850, 1, 1).toordinal()
    days = [solar_hijri(date.fromordinal(first + n)) for n in range(73_000)]

    assert all(a < b for a, b in pairwise(days))
    assert all(
        b[2] == a[2] + 1 or (b[2] == 1 and a[2] >= 29) for a, b in pairwise(days)
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "November 21, 2026, 8:05\u202fAM"),
        ("ru", "21 ноября 2026\u202fг., 11:05"),  # noqa: RUF001
        ("fa", "۳۰ آبان ۱۴۰۵،\u200f ۱۱:۳۵"),  # noqa: RUF001
    ],
)
def test_moment_is_told_in_zone_calendar_and_digits_of_the_service(
    language: str, text: str
) -> None:
    """A reader in each language sees the time on the clock beside them."""
    actual = stamp(MOMENT, service(language)).text

    assert text == actual


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ba", "21 ноябрь 2026 й., 08:05"),
        ("ce", "21 ноябрь 2026 шо, 08:05"),
        ("crh", "21 noyabr 2026 s., 08:05"),
        ("cnr", "21. novembar 2026. 08:05"),
        ("tg", "21 ноябри 2026, 08:05"),
        ("uz", "21-noyabr, 2026, 08:05"),
    ],
)
def test_moment_is_told_where_cldr_knows_little(language: str, text: str) -> None:
    """Months and patterns that CLDR lacks stand in the language's file."""
    actual = write_moment(MOMENT, Way("gregorian"), language).text

    assert text == actual


@pytest.mark.parametrize(
    ("language", "calendar", "style", "text"),
    [
        ("en", "gregorian", "full", "Saturday, November 21, 2026"),
        ("en", "gregorian", "medium", "Nov 21, 2026"),
        ("ru", "gregorian", "short", "21.11.2026"),
        ("ba", "gregorian", "full", "21 ноябрь 2026 й."),
        ("ba", "gregorian", "short", "2026-11-21"),
        ("fa", "persian", "full", "شنبه ۳۰ آبان ۱۴۰۵"),
        ("fa", "persian", "short", "۱۴۰۵/۰۸/۳۰"),
        ("fa", "gregorian", "long", "۲۱ نوامبر ۲۰۲۶"),
        ("ps", "gregorian", "long", "۲۱ نومبر ۲۰۲۶"),
    ],
)
def test_day_is_written_in_the_style_of_the_service(
    language: str, calendar: str, style: str, text: str
) -> None:
    """A service has one of four styles of CLDR, in its calendar and digits."""
    actual = write_day(MOMENT.date(), Way(calendar, style), language)

    assert text == actual


def test_machine_readable_time_keeps_the_offset() -> None:
    """What a machine reads is the same instant as what a person reads."""
    actual = datetime.fromisoformat(stamp(MOMENT, service("fa")).iso)

    assert MOMENT == actual


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Июнь 2026\u202fг."),  # noqa: RUF001
        ("az", "İyun 2026"),
        ("uz", "Iyun, 2026"),
        ("ka", "ივნისი, 2026"),
        ("kk", "2026\u202fж. маусым"),
        ("hu", "2026. június"),
    ],
)
def test_page_of_a_month_is_headed_as_the_script_heads_a_line(
    language: str, text: str
) -> None:
    """A capital where the script has one for it; what begins with a year stays."""
    ours = replace(service("en"), language=language)
    (page,) = month_pages(ours, "2026-06", {"2026-06-01": "news.html"})

    assert f'<h1><time datetime="2026-06">{text}</time></h1>' in page.content.decode()


def test_each_solar_month_begins_in_a_gregorian_month_of_its_own() -> None:
    """So one names the other, and no page of the archive holds parts of two."""
    way = Way("persian")
    days = [date(1990, 1, 1) + timedelta(days=n) for n in range(40_000)]
    months = [month_of(day, way) for day in days]
    named = [solar_hijri(day)[:2] for day in days]

    assert (
        len(set(months)) == len(set(named)) == len(set(zip(months, named, strict=True)))
    )
    assert all(b > a for a, b in pairwise(dict.fromkeys(months)))
    for day in days[:800]:
        start = month_start(day, way)
        assert start <= day < next_month(start, way)
        assert 1 == solar_hijri(next_month(start, way))[2]


def test_archive_goes_by_the_months_of_the_service() -> None:
    """The page of a month holds that month, whatever folders its stories lie in."""
    ours = service("fa")
    (page,) = month_pages(ours, "2026-11", dict.fromkeys(["2026-12-21"], "news.html"))
    months = archive_pages(ours, ["2026-11", "2026-10", "2026-02"])[0]
    html = months.content.decode()

    assert "<h1>آذر ۱۴۰۵</h1>" in page.content.decode()
    assert "۳۰ آذر ۱۴۰۵" in page.content.decode()
    assert re.findall("<h2>(.*?)</h2><ul", html) == ["۱۴۰۵", "۱۴۰۴"]
    assert re.findall('(..-..)/index.html">([^<]*)</a>', html)[-3:] == [
        ("26-11", "آذر ۱۴۰۵"),
        ("26-10", "آبان ۱۴۰۵"),
        ("26-02", "اسفند ۱۴۰۴"),
    ]


def test_solar_months_have_their_names_in_dari_and_pashto() -> None:
    """Afghan readers see their own months, and others the Persian ones."""
    day = date(2026, 11, 21)

    assert "۳۰ عقرب ۱۴۰۵" == write_day(day, Way("persian"), "fa-AF")
    assert "۳۰ لړم ۱۴۰۵" == write_day(day, Way("persian"), "ps")
    assert "30 Aban 1405" == write_day(day, Way("persian"), "en")


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../zones", "/etc/localtime", ""])
def test_zone_outside_the_package_is_refused(name: str) -> None:
    """Only names of the tzdata package open a file."""
    with pytest.raises(StoryError, match="no zone"):
        zone(name)
