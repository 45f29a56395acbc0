from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tamizdat.edition.pages import Chunk, last_chunk, open_chunks, unit_of
from tamizdat.edition.pages.shelves import DAY, FULL, MONTH, NEWER


def opened(*counts: int) -> tuple[list[tuple[str, int]], tuple[str, int] | None]:
    """Open chunks of units "c", "b", "a", newest first, with so many entries."""
    found, closed = open_chunks(zip("cba", counts, strict=False))
    plain = [(chunk.unit, chunk.number) for chunk in found]
    return plain, closed and (closed.unit, closed.number)


@pytest.mark.parametrize(
    ("counts", "open_", "closed"),
    [
        ((), [], None),
        ((1,), [("c", 1)], None),
        ((20,), [("c", 1)], None),
        ((29,), [("c", 2), ("c", 1)], None),
        ((30,), [("c", 2)], ("c", 1)),
        ((9, 20), [("c", 1), ("b", 1)], None),
        ((10, 20), [("c", 1)], ("b", 1)),
        ((9, 41), [("c", 1), ("b", 3)], ("b", 2)),
        ((3, 3, 3), [("c", 1), ("b", 1), ("a", 1)], None),
        ((3, 6, 40), [("c", 1), ("b", 1), ("a", 2)], ("a", 1)),
        ((5, 5, 1), [("c", 1), ("b", 1)], ("a", 1)),
    ],
)
def test_chunk_is_open_while_fewer_than_ten_entries_are_newer(
    counts: tuple[int, ...],
    open_: list[tuple[str, int]],
    closed: tuple[str, int] | None,
) -> None:
    """Quiet days stay together on the index, busy ones close behind it."""
    assert (open_, closed) == opened(*counts)


def test_open_chunks_hold_ten_to_twenty_nine_entries() -> None:
    """Wherever the newest day ends, the index has its size."""
    least, most = NEWER, FULL + NEWER - 1
    for newest in range(1, 61):
        found, _ = open_chunks([("b", newest), ("a", 100)])
        sizes = {"b": newest, "a": 100}
        held = sum(min(FULL, sizes[c.unit] - FULL * (c.number - 1)) for c in found)

        assert least <= held <= most


def test_units_are_read_only_as_far_as_the_index_needs() -> None:
    """The cost of an index does not grow with the archive behind it."""

    def counts() -> Iterator[tuple[str, int]]:
        yield "b", 15
        yield "a", 15
        pytest.fail("a third unit was read")

    assert ([Chunk("b", 1)], Chunk("a", 1)) == open_chunks(counts())


def test_last_chunk_may_be_short() -> None:
    """A unit of 41 entries has three chunks, an empty one none."""
    counts = (0, 1, 20, 21, 40, 41)

    assert [0, 1, 1, 2, 2, 3] == [last_chunk(count) for count in counts]


def test_unit_is_the_utc_day_or_month() -> None:
    """The same story stands in the same folder whatever the zone of its service."""
    tehran = timezone(timedelta(hours=3, minutes=30))
    time = datetime(2026, 12, 1, 1, 0, tzinfo=tehran)

    assert "2026-11-30" == unit_of(time, DAY)
    assert "2026-11" == unit_of(time, MONTH)
    assert "2026-12-01" == unit_of(time.replace(tzinfo=UTC), DAY)


def test_chunks_sort_from_oldest_to_newest() -> None:
    """The tenth chunk of a month comes after the ninth."""
    chunks = [Chunk("2026-12", 1), Chunk("2026-11", 10), Chunk("2026-11", 9)]

    assert chunks[::-1] == sorted(chunks)
