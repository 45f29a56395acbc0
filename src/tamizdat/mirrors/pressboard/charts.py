"""Say where marks and bars of the board's charts stand. Pure.

Coordinates are of an SVG that is stretched to its place: only heights keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDE = 700  # units of a chart from its beginning to its end
MARK = 3  # units of one edition on it
TALL = 100  # units of the longest bar
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """One edition on a line of time; `x`: of its left edge, `kind`: a class."""

    x: float
    kind: str


@dataclass(frozen=True)
class Bar:
    """One bar; `x`, `y`: of its upper left corner."""

    x: float
    y: float
    width: float
    height: float


def place(time: datetime, since: datetime, now: datetime, *, mirrored: bool) -> float:
    """Find where an instant stands between two, 0 to `WIDE`; later is further on.

    Args:
        time: between the two.
        since: of the beginning.
        now: of the end.
        mirrored: for a language that runs from right to left.
    """
    share = (time - since) / (now - since)
    return round(WIDE * (1 - share if mirrored else share), 1)


def marks(
    editions: Iterable[tuple[datetime, str]],
    since: datetime,
    now: datetime,
    *,
    mirrored: bool,
) -> list[Mark]:
    """Place editions, each with its kind, so that a mark never leaves the chart."""
    found = []
    for time, kind in editions:
        middle = place(time, since, now, mirrored=mirrored)
        found.append(Mark(min(max(middle - MARK / 2, 0), WIDE - MARK), kind))
    return found


def midnights(since: datetime, now: datetime) -> list[datetime]:
    """List the beginnings of days between two instants, UTC."""
    first = since.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    count = max(0, -((first - now) // DAY))
    return [first + DAY * at for at in range(count) if first + DAY * at < now]


def bars(values: Sequence[float], *, mirrored: bool) -> list[Bar]:
    """Place bars beside each other, in their order; the longest is `TALL`.

    Args:
        values: not below 0; a bar of 0 is seen as a line.
        mirrored: for a language that runs from right to left.
    """
    most = max([*values, 1])
    step = WIDE / max(len(values), 1)
    placed = []
    for at, value in enumerate(values):
        height = max(1.0, round(TALL * value / most, 1))
        begins = (len(values) - 1 - at if mirrored else at) * step
        placed.append(
            Bar(
                x=round(begins + step * 0.1, 1),
                y=round(TALL - height, 1),
                width=round(step * 0.8, 1),
                height=height,
            )
        )
    return placed
