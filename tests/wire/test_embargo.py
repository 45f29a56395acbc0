# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""An embargo in words holds the copy; a time is read only where it is certain."""

import pytest

from tamizdat.wire.draft.embargo import lifted_at, states_embargo, without_embargo
from tamizdat.wire.parsers import parse

SENT = "2024-01-01T10:00:00Z"  # a Monday


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("EMBARGOED until 0001 GMT Tuesday", "2024-01-02T00:01:00Z"),
        ("EMBARGO: 2 January 2024, 18:00 CET", "2024-01-02T17:00:00Z"),
        # Two days of UTC: the day is the one that is printed.
        ("EMBARGO: 2 January 2024, 00:01 CET", "2024-01-01T23:01:00Z"),
        ("Embargo: 23:30 EST January 2, 2024", "2024-01-03T04:30:00Z"),
        ("ACHTUNG: Sperrfrist: 2. Januar 2024, 18.00 Uhr MEZ", "2024-01-02T17:00:00Z"),
        ("Эмбарго до 10:00 мск 2 января", "2024-01-02T07:00:00Z"),
        ("Не для публикации до 12:00 мск 3 января 2024 года", "2024-01-03T09:00:00Z"),
        ("EMBARGOED UNTIL 12:01 A.M. EST Tuesday, Jan. 2", "2024-01-02T05:01:00Z"),
        (
            "STRICTLY EMBARGOED until 1100 GMT Tuesday (0600 EST)",
            "2024-01-02T11:00:00Z",
        ),
        ("Not for publication before 0001 GMT Jan 3", "2024-01-03T00:01:00Z"),
        ("Sous embargo jusqu'au mardi 2 janvier à 18H00 GMT", "2024-01-02T18:00:00Z"),
        ("EMBARGOED TO 0001 TUESDAY JANUARY 2", None),  # in whose zone?
        ("EMBARGOED until 0900 GMT Monday", None),  # gone, or in a week?
        ("EMBARGOED until 0001 GMT Tuesday, January 3", None),  # that is no Tuesday
        ("EMBARGOED until 0001 GMT or 0001 CET Tuesday", None),
        ("EMBARGO 0001 GMT February 30, 2024", None),
        ("Embargo tot 2 januari 2024 06.00 uur", None),
        ("HOLD FOR RELEASE Tuesday", None),
    ],
)
def test_words_give_a_time_where_they_leave_no_choice(words, instant):
    assert states_embargo(words)
    assert instant == lifted_at(words, SENT)


def test_a_day_without_a_year_needs_the_time_of_sending():
    assert lifted_at("EMBARGOED until 0001 GMT Tuesday", None) is None


@pytest.mark.parametrize(
    "story",
    [
        "Embargo on Russian oil takes effect on Tuesday, the council said.",
        "Эмбарго на поставки нефти вступило в силу 2 января.",
        "Эмбарго до конца года продлено.",
        "Sotto embargo da anni, il paese importa poco.",
        "Embargo: the word is on everyone's lips in Havana.",
        "Frei ab 18 Jahren ist der Film, sagt das Amt.",
        "Embargo do Irã acaba em 2 de janeiro, diz governo.",
    ],
)
def test_a_story_about_an_embargo_is_under_none(story):
    assert not states_embargo(story)
    assert without_embargo(story) == (story, None)


def _nitf(headline, first):
    body = f"<body.head><hedline><hl1>{headline}</hl1></hedline></body.head>"
    issued = '<head><docdata><date.issue norm="20240101T100000Z"/></docdata></head>'
    text = f"<body.content><p>{first}</p><p>The valley votes.</p></body.content>"
    return f"<nitf>{issued}<body>{body}{text}</body></nitf>".encode()


def test_the_words_leave_headline_and_body_and_hold_the_item():
    copy = _nitf("EMBARGOED UNTIL TUESDAY: Bridge is built", "Sperrfrist beachten")

    item = parse(copy, "copy.xml")[0]

    assert item.headline == "Bridge is built"
    assert [block.text for block in item.body] == ["The valley votes."]
    assert (item.embargo, item.pubstatus) == (None, "withheld")
    assert "EMBARGOED UNTIL TUESDAY" in (item.ednote or "")
    assert any("hold it" in warning for warning in item.receipt.warnings)


def test_a_certain_time_becomes_the_embargo():
    copy = _nitf("Bridge is built", "EMBARGOED until 0001 GMT Tuesday")

    item = parse(copy, "copy.xml")[0]

    assert (item.embargo, item.pubstatus) == ("2024-01-02T00:01:00Z", None)
    assert any("read from words" in warning for warning in item.receipt.warnings)


def test_a_first_sentence_about_an_embargo_stays_in_the_body():
    said = "Embargo: the word is on everyone's lips in Havana."

    item = parse(_nitf("Bridge", said), "copy.xml")[0]

    assert item.body[0].text == said
    assert (item.ednote, item.pubstatus) == (None, None)


def test_a_day_and_a_clock_before_a_headline_go_with_the_embargo():
    headline = "EMBARGO: 2 January 2024, 00:01 CET - New bridge"

    assert ("New bridge", headline.partition(" - ")[0]) == without_embargo(headline)
