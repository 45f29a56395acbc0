"""Dates for machines in every spelling; what does not exist is none, with a warning."""

import pytest

from tamizdat.wire.draft.calendar import read_day
from tamizdat.wire.draft.dates import instant_of
from tamizdat.wire.receipt import ReceiptWriter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20240102T030405+0100", "2024-01-02T02:04:05Z"),
        ("20240102T030405Z", "2024-01-02T03:04:05Z"),
        ("20240102T030405", "2024-01-02T03:04:05"),
        ("20240102T0304", "2024-01-02T03:04:00"),
        ("20240102", "2024-01-02"),
        ("2024-01-02T03:04:05.678+05:30", "2024-01-01T21:34:05Z"),
        ("2024-01-02 03:04", "2024-01-02T03:04:00"),
        (" 2024-01-02T03:04:05-05 \n", "2024-01-02T08:04:05Z"),
        ("2024-01-02T23:59:60Z", "2024-01-02T23:59:59Z"),
        ("Tue, 02 Jan 2024 03:04:05 +0100", "2024-01-02T02:04:05Z"),
        ("2 Jan 2024 03:04:05 GMT", "2024-01-02T03:04:05Z"),
        ("2024/01/02", "2024-01-02"),
        ("", None),
        (None, None),
    ],
)
def test_date_of_a_machine_is_read_with_its_zone(text, expected):
    receipt = ReceiptWriter()

    assert expected == instant_of(text, "date", receipt)
    assert [] == receipt.warnings


@pytest.mark.parametrize(
    "text",
    [
        "20241345",
        "2024-02-30",
        "20240102T256000Z",
        "99999",
        "soon",
        "2024-01-02T03:04+99",
    ],
)
def test_date_that_does_not_exist_is_none_and_said(text):
    receipt = ReceiptWriter()

    assert instant_of(text, "embargo", receipt) is None
    assert receipt.warnings[0].startswith("embargo: no date that exists")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Jan 2", "Jan 2"),
        ("2 janv 2024", "2024-01-02"),
        ("2. März 2024", "2024-03-02"),
        ("2 de enero de 2024", "2024-01-02"),
        ("31 februari 2024", "31 februari 2024"),
        ("2 января 2024", "2024-01-02"),
        (" ", None),
    ],
)
def test_day_of_a_dateline_gets_no_year_that_is_not_printed(printed, expected):
    assert expected == read_day(printed)
