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
