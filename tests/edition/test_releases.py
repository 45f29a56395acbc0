"""The chain of an article's release lines: what breaks it is said in words."""

from datetime import UTC, datetime

import pytest

from tamizdat.edition.releases import Head, Line, break_of

BEFORE, OTHER = "a" * 64, "b" * 64


def line(number, previous):
    """Make the line of a release."""
    time = datetime(2026, 11, 24, 6, tzinfo=UTC)
    return Line("story", number, "update", time, "c" * 64, previous)


@pytest.mark.parametrize(
    ("number", "previous", "head"),
    [
        (1, None, None),
        (3, BEFORE, None),
        (1, None, Head(0, "")),
        (3, BEFORE, Head(2, BEFORE)),
    ],
)
def test_line_that_continues_the_one_before_breaks_nothing(number, previous, head):
    """The first line names none, every other the one before it."""
    assert "" == break_of(line(number, previous), head)


@pytest.mark.parametrize(
    ("number", "previous", "head", "said"),
    [
        (1, BEFORE, None, "release 1 names a line before it"),
        (2, None, None, "release 2 names no line before it"),
        (2, BEFORE, Head(2, BEFORE), "release 2 is repeated"),
        (1, None, Head(2, BEFORE), "release 1 is repeated"),
        (3, OTHER, Head(2, BEFORE), "names another line before it"),
        (3, None, Head(2, BEFORE), "names another line before it"),
        (1, BEFORE, Head(0, ""), "names another line before it"),
    ],
)
def test_line_that_breaks_the_chain_is_told(number, previous, head, said):
    """A release repeated, or put in another's place, is no release."""
    assert said in break_of(line(number, previous), head)


def test_line_missed_is_told_only_where_all_were_read():
    """What was not read may hold it."""
    late, head = line(5, BEFORE), Head(2, BEFORE)

    assert "3" in break_of(late, head)
    assert "" == break_of(late, head, whole=False)
