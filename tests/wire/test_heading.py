# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest
from page_simulator import HEADLINE, PARAGRAPHS, PageSimulator, texts

PAGE = PageSimulator()


def test_kicker_before_the_headline_is_kept():
    item = PAGE.with_(headline=("Society", HEADLINE)).item()

    assert item["kicker"] == "Society"
    assert HEADLINE == item["headline"]


def test_headline_that_ends_like_a_sentence_is_still_the_headline():
    item = PAGE.with_(headline=("Society", "Council Will Vote On The Bridge.")).item()

    assert item["kicker"] == "Society"
    assert item["headline"] == "Council Will Vote On The Bridge."


def test_title_of_the_window_is_dropped():
    item = PAGE.with_(headline=(f"{HEADLINE} | Demo Press", HEADLINE)).item()

    assert HEADLINE == item["headline"]
    assert item["kicker"] is None


def test_unknown_labels_are_dropped_with_a_warning():
    item = PAGE.with_(top=("Frob links", "Frob news"), marks=("Frobbed",)).item()

    assert HEADLINE == item["headline"]
    assert item["kicker"] is None
    assert len(item["receipt"]["warnings"]) == 3


def test_a_headline_of_its_own_can_be_breaking():
    item = PAGE.with_(headline=("Breaking: Bridge Falls Into The River",)).item()

    assert item["breaking"] is True


@pytest.mark.parametrize(
    "banner",
    [
        "BREAKING: Dam Fails Above The Valley, Thousands Leave",
        "Breaking: Dam Fails Above The Valley, Thousands Leave",
        "Dam Fails Above The Valley, Thousands Leave",
    ],
)
def test_story_of_a_banner_is_not_the_headline(banner):
    """Of two candidates the one nearest the text is kept, and the editor is told."""
    item = PAGE.with_(headline=(banner, "Society", HEADLINE)).item()

    assert HEADLINE == item["headline"]
    assert item["kicker"] == "Society"
    assert item["breaking"] is False
    assert banner in [entry["text"] for entry in item["receipt"]["dropped"]]
    (warning,) = item["receipt"]["warnings"]
    assert "two lines that can be the headline" in warning


def test_breaking_story_right_above_the_headline_is_a_banner():
    """What shouts is the site's; what stands nearest the text is the story's."""
    banner = "BREAKING: Dam Fails Above The Valley, Thousands Leave"
    item = PAGE.with_(headline=(banner, HEADLINE)).item()

    assert HEADLINE == item["headline"]
    assert item["breaking"] is False
    assert len(item["receipt"]["warnings"]) == 1


def test_standfirst_without_a_mark_is_kept_with_a_warning():
    """A second long line right below a headline may be one or the other."""
    standfirst = "What the council may do before the ferry line opens"
    item = PAGE.with_(headline=(HEADLINE, standfirst), marks=()).item()

    assert HEADLINE == item["headline"]
    assert standfirst == item["abstract"]
    assert len(item["receipt"]["warnings"]) == 1


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("14:05 CET", "2018-07-03T13:05:00Z"),
        ("14:05 CEST", "2018-07-03T12:05:00Z"),
        ("14:05 MSK", "2018-07-03T11:05:00Z"),
        ("14:05 EST", "2018-07-03T19:05:00Z"),
        ("2:05 p.m. EDT", "2018-07-03T18:05:00Z"),
        ("14:05 EET", "2018-07-03T12:05:00Z"),
        ("14:05 GMT+2", "2018-07-03T12:05:00Z"),
        ("14:05 (UTC+3)", "2018-07-03T11:05:00Z"),
        ("14:05 UTC-03:30", "2018-07-03T17:35:00Z"),
        ("14:05, GMT+0530", "2018-07-03T08:35:00Z"),
        ("14:05 UTC", "2018-07-03T14:05:00Z"),
        ("14:05 +03:00", "2018-07-03T11:05:00Z"),
        ("14:05:30 CET", "2018-07-03T13:05:00Z"),
    ],
)
def test_printed_zone_gives_an_instant(time, expected):
    """A zone whose letters mean one offset is reckoned into UTC."""
    item = PAGE.with_(marks=(f"Updated July 3, 2018 {time}",)).item()

    assert expected == item["updated_at"]
    assert item["receipt"]["warnings"] == []
    assert list(PARAGRAPHS) == texts(item)


def test_zone_in_cyrillic_gives_an_instant():
    """Moscow's time is printed in its own letters."""
    item = PAGE.with_(marks=("Обновлено 3 июля 2018, 14:05 МСК",)).item()

    assert item["updated_at"] == "2018-07-03T11:05:00Z"


@pytest.mark.parametrize("zone", ["CST", "IST", "BST", "XYZ", "UTC+19"])
def test_zone_of_many_meanings_leaves_local_time_and_a_warning(zone):
    """No hour is guessed where letters mean several offsets, or none."""
    item = PAGE.with_(marks=(f"Updated July 3, 2018 14:05 {zone}",)).item()

    assert item["updated"] is True
    assert item["updated_at"] == "2018-07-03T14:05"
    (warning,) = item["receipt"]["warnings"]
    assert f"time zone {zone} is not known" in warning


def test_zone_of_publication_is_read_as_well():
    """A date without a label is read by the same rule."""
    known = PAGE.with_(marks=("July 3, 2018 14:05 EET",)).item()
    unknown = PAGE.with_(marks=("July 3, 2018 14:05 CST",)).item()

    assert known["published_at"] == "2018-07-03T12:05:00Z"
    assert unknown["published_at"] == "2018-07-03T14:05"
    assert len(unknown["receipt"]["warnings"]) == 1


def test_standfirst_is_the_abstract():
    standfirst = "What the council may do before the ferry line opens"
    item = PAGE.with_(marks=("Updated", standfirst)).item()

    assert standfirst == item["abstract"]
    assert list(PARAGRAPHS) == texts(item)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("Updated July 3, 2018 14:05 GMT", "2018-07-03T14:05:00Z"),
        ("Last updated: 3 July 2018, 2:05 p.m.", "2018-07-03T14:05"),
        ("Updated 2018-07-03", "2018-07-03"),
        ("Updated 14:05", None),
        ("Updated July 3", None),
        ("Updated 03/07/2018", None),
    ],
)
def test_time_of_the_update_is_read_as_far_as_it_is_printed(mark, expected):
    item = PAGE.with_(marks=(mark,)).item()

    assert item["updated"] is True
    assert expected == item["updated_at"]
    assert list(PARAGRAPHS) == texts(item)


def test_date_alone_is_the_time_of_publication():
    item = PAGE.with_(marks=("July 03, 2018",)).item()

    assert item["published_at"] == "2018-07-03"
    assert item["updated"] is False


def test_byline_keeps_job_titles_beside_names():
    mark = "By Demo Reporter, chief correspondent, and Demo Person"
    item = PAGE.with_(marks=(mark,), box="").item()

    assert [("Demo Reporter", "chief correspondent"), ("Demo Person", None)] == [
        (one["name"], one["title"]) for one in item["byline"]
    ]
