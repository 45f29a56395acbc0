# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest

from tamizdat.wire.parsers.saved_text.credits import (
    read_byline,
    read_contributors,
    read_credit,
    read_credit_by_place,
)
from tamizdat.wire.parsers.saved_text.lines import Line


def line(text: str) -> Line:
    return Line(1, 0, text, bullet=False, apart=True)


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("With reporting by AP, Reuters, and TASS", "AP|Reuters|TASS"),
        ("Based on reporting by UNIAN and the BBC", "UNIAN|BBC"),
        ("With reporting by Demo Press and dpa.", "Demo Press|dpa"),
        ("(Reuters, AFP)", "Reuters|AFP"),
        ("По материалам Рейтера, АП и Интерфакса", "Рейтер|АП|Интерфакс"),
        ("По сообщениям агентств РИА Новости и ТАСС", "РИА Новости|ТАСС"),
        ("За повідомленнями УНІАН та Reuters", "УНІАН|Reuters"),
        ("با گزارش‌هایی از رویترز و تاس", "رویترز|تاس"),
        ("با استفاده از گزارش‌های رویترز، ایسنا و تاس", "رویترز|ایسنا|تاس"),
        ("با گزارش خبرگزاری فرانسه و رویترز", "خبرگزاری فرانسه|رویترز"),
        ("Reuters, AFP және ТАСС хабарлары негізінде", "Reuters|AFP|ТАСС"),
    ],
)
def test_agencies_keep_their_script_and_their_order(text, agencies):
    credit = read_credit(line(text))

    assert credit is not None
    assert tuple(agencies.split("|")) == credit.agencies


@pytest.mark.parametrize(
    "text",
    [
        "По сообщениям Reuters, российские власти ответили отказом на предложение.",
        "به گزارش خبرگزاری رویترز، دولت این خبر را رد کرد.",
        "With the rain over, the council opened the bridge.",
        "The council met on Friday.",
    ],
)
def test_sentence_that_begins_like_a_credit_line_is_none(text):
    assert read_credit(line(text)) is None
    assert read_credit_by_place(line(text)) is None


def test_last_line_that_names_an_agency_is_a_credit_line_in_unknown_words():
    credit = read_credit_by_place(line("Frobbed zum Reuters zib AFP"))

    assert credit is not None
    assert credit.agencies == ("Reuters", "AFP")


@pytest.mark.parametrize(
    "text", ["By Demo Reporter", "Автор: Демо Репортер", "نویسنده: خبرنگار نمونه"]
)
def test_byline_is_read_in_each_language(text):
    assert len(read_byline(line(text))) == 1


@pytest.mark.parametrize("text", ["By the river they met.", "Bypass opens on Friday"])
def test_sentence_with_by_is_no_byline(text):
    assert read_byline(line(text)) == ()


def test_contributors_are_told_apart_by_role():
    people = read_contributors(line("(Reporting by Demo One; Editing by Demo Two)"))

    assert [("Demo One", "reporting"), ("Demo Two", "editing")] == [
        (one.name, one.role) for one in people
    ]
