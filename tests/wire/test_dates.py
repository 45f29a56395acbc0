# ruff: noqa: RUF001 - letters of languages that look like Latin ones
import pytest

from tamizdat.wire.parsers.saved_text.dates import is_dates_only, read_instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 3, 2018", "2018-07-03"),
        ("3rd of July 2018", "2018-07-03"),
        ("03.07.2018 09:30 +03:00", "2018-07-03T06:30:00Z"),
        ("3 июля 2018 года, 14:05", "2018-07-03T14:05"),
        ("3 липня 2018", "2018-07-03"),
        ("3 ліпеня 2018", "2018-07-03"),
        ("۳ ژوئیه ۲۰۱۸", "2018-07-03"),
        ("۱۲ تیر ۱۳۹۷", "2018-07-03"),
        ("۱ فروردین ۱۳۹۹", "2020-03-20"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("1 حمل 1403", "2024-03-20"),
        ("30 February 2018", None),
        ("July 3", None),
        ("03/07/2018", None),
    ],
)
def test_date_is_read_as_printed(text, expected):
    assert expected == read_instant(text)


@pytest.mark.parametrize("text", ["July 3, 2018", "14:05 GMT", "۱۲ تیر ۱۳۹۷"])
def test_line_of_dates_is_told(text):
    assert is_dates_only(text)


@pytest.mark.parametrize("text", ["May", "Budget 2019 Passed", "On July 3 it rained"])
def test_line_of_other_words_is_none(text):
    assert not is_dates_only(text)
