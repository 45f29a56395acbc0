"""Sizes and lengths as readers write them."""

import pytest

from tamizdat.edition.measures import write_length, write_size


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (1, "en", "1 kB"),
        (183_220, "en", "183 kB"),
        (999_499, "en", "999 kB"),
        (1_000_000, "en", "1 MB"),
        (2_449_999, "en", "2.4 MB"),
        (2_449_999, "ru", "2,4 МБ"),
        (2_449_999, "fa", "۲٫۴ MB"),  # noqa: RUF001
        (67_108_864, "en", "67 MB"),
        (67_108_864, "qq", "67 MB"),
    ],
)
def test_size_is_written_as_far_as_it_matters(size, language, text):
    """Nobody needs to know whether a file has 67 or 67.1 megabytes."""
    assert text == write_size(size, language)


@pytest.mark.parametrize(
    ("seconds", "language", "text"),
    [
        (9, "en", "0:09"),
        (312, "en", "5:12"),
        (3_723, "en", "1:02:03"),
        (359_999, "en", "99:59:59"),
        (312, "fa", "۵:۱۲"),  # noqa: RUF001
    ],
)
def test_length_is_written_as_a_clock_does(seconds, language, text):
    """Hours stand only where there are any."""
    assert text == write_length(seconds, language)
