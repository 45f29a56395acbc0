"""The archive by date: a story stands under the day that its own page shows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

import documents
from cast import NOW
from edition.markup import resolve
from tamizdat.edition import tree
from tamizdat.edition.statement import parse_latest
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

TEHRAN = {"time_zone": "Asia/Tehran", "calendar": "persian"}
WORDS = "حق دانستن از بیشتر قانون‌های اساسی کهن‌تر است. " * 6
PLACES = {  # service, its clock, UTC of releases with the day and the month of each
    "Tehran, at the end of a month": (
        "fa",
        TEHRAN,
        {
            "2026-11-20T21:15:00Z": ("2026-11-21", "2026-10"),  # 00:45, 30 Aban
            "2026-11-21T20:20:00Z": ("2026-11-21", "2026-10"),  # 23:50
            "2026-11-21T21:15:00Z": ("2026-11-22", "2026-11"),  # 00:45, 1 Azar
        },
    ),
    "Tehran, when it had summer time": (
        "fa",
        TEHRAN,
        {
            "2022-06-21T18:50:00Z": ("2022-06-21", "2022-05"),  # 23:20, 31 Khordad
            "2022-06-21T19:45:00Z": ("2022-06-22", "2022-06"),  # 00:15, 1 Tir
            "2026-06-21T19:45:00Z": ("2026-06-21", "2026-05"),  # 23:15
        },
    ),
    "Kabul": (
        "prs",
        {"time_zone": "Asia/Kabul", "calendar": "persian"},
        {
            "2026-10-31T19:20:00Z": ("2026-10-31", "2026-10"),  # 23:50
            "2026-10-31T20:15:00Z": ("2026-11-01", "2026-10"),  # 00:45
        },
    ),
    "Chisinau, as summer time ends": (
        "ro",
        {"time_zone": "Europe/Chisinau"},
        {
            "2026-10-24T20:50:00Z": ("2026-10-24", "2026-10"),  # 23:50
            "2026-10-24T21:45:00Z": ("2026-10-25", "2026-10"),  # 00:45
            "2026-10-25T21:50:00Z": ("2026-10-25", "2026-10"),  # 23:50
            "2026-10-25T22:45:00Z": ("2026-10-26", "2026-10"),  # 00:45
            "2026-10-31T22:45:00Z": ("2026-11-01", "2026-11"),  # 00:45
        },
    ),
    "Moscow, as years ended at another offset": (
        "ru",
        {"time_zone": "Europe/Moscow"},
        {
            "2013-12-31T20:30:00Z": ("2014-01-01", "2014-01"),  # 00:30
            "2025-12-31T20:30:00Z": ("2025-12-31", "2025-12"),  # 23:30
        },
    ),
    "New York, west of Greenwich": (
        "en",
        {"time_zone": "America/New_York"},
        {
            "2026-11-01T03:50:00Z": ("2026-10-31", "2026-10"),  # 23:50
            "2026-11-01T04:45:00Z": ("2026-11-01", "2026-11"),  # 00:45
            "2026-11-02T04:50:00Z": ("2026-11-01", "2026-11"),  # 23:50
        },
    ),
    "St. John's, as its clock went back over midnight": (
        "en",
        {"time_zone": "America/St_Johns"},
        {
            "2010-11-07T02:10:00Z": ("2010-11-06", "2010-11"),  # 23:40
            "2010-11-07T02:30:30Z": ("2010-11-07", "2010-11"),  # 00:00, for a minute
            "2010-11-07T02:40:00Z": ("2010-11-06", "2010-11"),  # 23:10
            "2010-11-07T03:40:00Z": ("2010-11-07", "2010-11"),  # 00:10
        },
    ),
}


class Paper:
    """One service, and the files of its newest edition."""

    def __init__(self, folder, name="en"):
        self.name = name
        new_organisation(folder / "keys", "press.example", [name], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self._hours = 0

    def publish(self, stories, clock):
        """Print all stories as the next edition; `clock`: zone and calendar."""
        self._hours += 1
        rows = [documents.service(self.name, **clock), *stories]
        source = documents_of(map(documents.line, rows), whole=True)
        now = NOW + timedelta(days=7, hours=self._hours)
        self.press.publish(source, lambda _digest: None, now)

    def files(self):
        """Give the bytes of the files that do not tell the edition's number."""
        latest = (self.press.archive.root / self.name / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return {
            path: self.press.archive.object(target, path)
            for path, target in tree.walk(root, self.press.archive.object)
            if path != "trust.html" and not path.startswith("releases/")
        }

    def page(self, path):
        """Read a page."""
        return html.fromstring((self.press.archive.root / self.name / path).read_text())

    def led(self, path, where):
        """List the paths, fragments and texts of links in a part of a page."""
        for one in self.page(path).iterfind(f".//main//{where}//a"):
            yield *resolve(path, one.get("href")), one.text_content()

    def days(self):
        """List the days of the archive, newest first: month, path, fragment, text."""
        for month, _none, name in self.led("a/index.html", "section"):
            assert name == self.page(month).findtext(".//h1") or name == (
                self.page(month).findtext(".//h1/time")
            )
            for path, fragment, text in self.led(month, "ul"):
                yield month, path, fragment, text

    def filed(self):
        """Tell under which day and month of the archive each story is found."""
        found = {}
        for month, path, fragment, text in self.days():
            (heading,) = self.page(path).xpath(f"//main//h2[@id='{fragment}']")
            assert heading.find("time").attrib == {"datetime": fragment}
            assert heading.text_content() == text
            for link in heading.getparent().iterfind("ul/li/a"):
                where = resolve(path, link.get("href"))[0]
                found[where] = (fragment, month.split("/")[1], text)
        return found

    def told(self, path):
        """Tell the day of a story's first release as its page does: date, words."""
        time = self.page(path).find(".//p[@class='when']/time")
        return time.get("datetime")[:10], time.text


def story(time, name="en", number=1, **words):
    """Make a story of a moment, RFC 3339 in UTC."""
    made = documents.story(number, name)
    made["firstCreated"] = made["versionCreated"] = time
    moment = datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    made["tamizdat"]["releases"] = [
        documents.release(1, "publish", moment, None, made["uri"])
    ]
    return made | words


def address(time, number):
    """Give the address of a story: its folder is the UTC day, in every zone."""
    return f"a/{time[:7]}/{time[8:10]}/story-{number}.html"


@pytest.mark.parametrize("place", PLACES)
def test_story_stands_under_the_day_that_its_page_shows(tmp_path, place):
    """By the clock of the service at that moment, whatever UTC day it lies in."""
    name, clock, moments = PLACES[place]
    paper = Paper(tmp_path, name)
    paper.publish([story(t, name, n) for n, t in enumerate(moments, 1)], clock)
    filed = paper.filed()
    wanted = {address(time, n): at for n, (time, at) in enumerate(moments.items(), 1)}

    assert wanted == {path: (day, month) for path, (day, month, _) in filed.items()}
    for path, (day, _month, text) in filed.items():
        date, words = paper.told(path)
        assert date == day
        assert words.startswith(text)


def test_days_stand_newest_first_and_each_once(tmp_path):
    """A list shows a day once even where the clock went back to the day before."""
    name, clock, moments = PLACES["St. John's, as its clock went back over midnight"]
    paper = Paper(tmp_path, name)
    paper.publish([story(t, name, n) for n, t in enumerate(moments, 1)], clock)
    headings = paper.page("s/society.html").iterfind(".//main//h2")

    assert ["2010-11-07", "2010-11-06"] == [one.get("id") for one in headings]
    assert ["2010-11-07", "2010-11-06"] == [day for _, _, day, _ in paper.days()]


def test_day_leads_to_the_page_on_which_the_newest_stories_go_on(tmp_path):
    """A day whose stories do not fit on the first page of the index is found."""
    paper = Paper(tmp_path, "fa")
    long = {"headlines": [{"role": "main", "value": WORDS}]}
    first = datetime(2026, 11, 20, 20, 21, tzinfo=UTC)  # 23:51; from the 4th on 00:00
    some = [first + timedelta(minutes=3 * n) for n in range(20)]
    some += [first + timedelta(hours=10 + n) for n in range(9)]
    times = [f"{time:%Y-%m-%dT%H:%M:%SZ}" for time in some]
    stories = [story(time, "fa", n, **long) for n, time in enumerate(times, 1)]
    paper.publish(stories, TEHRAN)
    found = {day: path for _month, path, day, _text in paper.days()}

    assert found == {"2026-11-21": "news.html", "2026-11-20": "news/2.html"}
    assert address(times[2], 3) in paper.filed()


def test_day_that_stands_on_two_pages_leads_to_its_newest_stories(tmp_path):
    """A day of Tehran lies in two UTC days; who goes to it begins with its evening."""
    paper = Paper(tmp_path, "fa")
    first = datetime(2026, 11, 19, 21, 15, tzinfo=UTC)  # 00:45, 29 Aban
    times = [
        f"{first + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in range(60)
    ]
    stories = [story(time, "fa", n) for n, time in enumerate(times, 1)]
    paper.publish(stories, TEHRAN)
    found = {day: path for _month, path, day, _text in paper.days()}

    headings = paper.page("a/2026-11/20/all_2.html").iterfind(".//main//h2")

    assert found == {
        "2026-11-20": "a/2026-11/20/all_2.html",  # at 23:45
        "2026-11-21": "news.html",
        "2026-11-22": "news.html",
    }
    assert ["2026-11-21", "2026-11-20"] == [one.get("id") for one in headings]


@pytest.mark.parametrize(
    "clocks",
    [
        ({}, TEHRAN),
        (TEHRAN, {"time_zone": "America/New_York"}),
        ({"time_zone": "America/New_York"}, {"time_zone": "Asia/Kabul"}),
    ],
)
def test_service_that_changes_its_clock_has_its_archive_printed_anew(tmp_path, clocks):
    """No page is left of the days and months that it had before."""
    moments = [f"2026-{d}T{h}:15:00Z" for d in ("10-31", "11-21") for h in ("02", "21")]
    stories = [story(time, number=n) for n, time in enumerate(moments, 1)]
    grown = Paper(tmp_path / "grown")
    for clock in clocks:
        grown.publish(stories, clock)
    fresh = Paper(tmp_path / "fresh")
    fresh.publish(stories, clocks[-1])

    assert fresh.files() == grown.files()
    assert {path: fresh.told(path)[0] for path in fresh.filed()} == {
        path: day for path, (day, _month, _text) in grown.filed().items()
    }
    assert len(moments) == len(grown.filed())


def test_list_of_months_gets_shorter_with_the_months(tmp_path):
    """A page on which it went on goes when another clock needs one month fewer."""
    months = [f"{2026 - n // 12}-{12 - n % 12:02}" for n in range(1, 97)]
    times = [f"{month}-15T12:00:00Z" for month in months]
    times.append(f"{months[-1]}-01T01:00:00Z")  # in New York the month before
    stories = [story(time, number=n) for n, time in enumerate(times, 1)]
    paper = Paper(tmp_path)
    paper.publish(stories, {"time_zone": "America/New_York"})
    before = {path for path in paper.files() if path.startswith("a/index")}
    paper.publish(stories, {"time_zone": "Asia/Tehran"})

    assert {"a/index.html", "a/index.2.html"} == before
    assert {"a/index.html"} == {p for p in paper.files() if p.startswith("a/index")}


def test_new_story_of_a_known_day_leaves_the_pages_of_months(tmp_path):
    """The archive changes when a day begins, and not with each story of it."""
    paper = Paper(tmp_path, "fa")
    times = ["2026-11-20T21:15:00Z", "2026-11-21T10:00:00Z", "2026-11-21T21:15:00Z"]
    stories = [story(time, "fa", n) for n, time in enumerate(times, 1)]
    archives = []
    for many in (1, 2, 3):
        paper.publish(stories[:many], TEHRAN)
        found = paper.files().items()
        archive = re.compile(r"a/(?:.*/)?index\.html")
        archives.append({p: c for p, c in found if archive.fullmatch(p)})
    days = [{p for p in one if p.startswith("a/20")} for one in archives]

    assert archives[0] == archives[1]
    assert days == [
        {"a/2026-10/index.html"},
        {"a/2026-10/index.html"},
        {"a/2026-10/index.html", "a/2026-11/index.html"},
    ]
