# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest
from page_simulator import PARAGRAPHS, PageSimulator, texts

REST = "The valley council says it may replace the old bridge before winter."
FA = "شورای دره می‌گوید که پل قدیمی را تا زمستان آینده عوض می‌کند."
RU = "Совет долины сообщил, что заменит старый мост до зимы."


@pytest.mark.parametrize(
    ("lead", "rest", "place", "date"),
    [
        ("HILLTOWN -- ", REST, "HILLTOWN", None),
        ("HILLTOWN, July 3 (Demo) - ", REST, "HILLTOWN", "July 3"),
        ("Hilltown, July 3, 2018 (AFP) \u2013 ", REST, "Hilltown", "2018-07-03"),
        ("NEW HILLTOWN (Reuters) - ", REST, "NEW HILLTOWN", None),
        ("ВЕРХОГОРСК, 3 июля. /ТАСС/. ", RU, "ВЕРХОГОРСК", "3 июля"),
        ("ВЕРХОГОРСК — ", RU, "ВЕРХОГОРСК", None),
        ("بالاشهر (رویترز) – ", FA, "بالاشهر", None),
        ("بالاشهر – ", FA, "بالاشهر", None),
    ],
)
def test_dateline_is_taken_off_the_first_paragraph(lead, rest, place, date):
    item = PageSimulator(paragraphs=(lead + rest, *PARAGRAPHS[1:])).item()

    assert {"place": place, "date": date} == item["dateline"]
    assert rest == texts(item)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Москва \u2014 столица, в которой долго ждали этого решения совета.",
        "The council \u2013 all nine members \u2013 voted for the new bridge.",
        "U.S. - led talks began on Friday in the lower valley.",
    ],
)
def test_dash_in_a_sentence_makes_no_dateline(text):
    item = PageSimulator(paragraphs=(text, *PARAGRAPHS)).item()

    assert item["dateline"] is None
    assert text == texts(item)[0]
