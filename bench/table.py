"""Put figures side by side: ours, the peer's, their ratio and the goal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .measure import Cost

KIB = 1024
AT_SCALE = 100_000  # stories; the goals of speed and memory are set for this many


@dataclass(frozen=True)
class Row:
    """One axis of the table.

    Attributes:
        axis: what was measured.
        ours, peer: as people read them.
        value: the ratio or count that the goal speaks of.
        goal: the limit of `value`, or None where the design sets none.
        least: True if `value` shall be at least `goal`, False if at most.
    """

    axis: str
    ours: str
    peer: str
    value: float
    goal: float | None = None
    least: bool = True

    @property
    def reached(self) -> bool | None:
        """Tell whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal

    @property
    def verdict(self) -> str:
        """Say reached, or missed and by how much."""
        if self.goal is None:
            return "no goal"
        if self.reached:
            return "reached"
        pair = (self.goal, self.value) if self.least else (self.value, self.goal)
        return f"missed by {pair[0] / max(pair[1], 1e-9):.3g} times"

    def as_json(self) -> dict[str, Any]:
        """Give the row as a program reads it."""
        return {**asdict(self), "reached": self.reached}


def at_scale(count: int, goal: float) -> float | None:
    """Give a goal that holds for large archives only, or None for a small one."""
    return goal if count >= AT_SCALE else None


def seconds(value: float) -> str:
    """Write seconds with three figures."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def size(count: float) -> str:
    """Write bytes, exactly below 1 MiB."""
    return f"{count:,.0f} B" if count < KIB**2 else f"{count / KIB**2:,.0f} MiB"


def cost(what: Cost) -> str:
    """Write a cost in one line."""
    return (
        f"{seconds(what.cpu)} CPU, {seconds(what.wall)} wall, {size(what.rss)} memory"
    )


def render(rows: Sequence[Row]) -> str:
    """Lay rows out in columns."""
    head = ("axis", "ours", "peer", "ratio", "goal", "verdict")
    cells = [head, *map(_cells, rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    sign = ">=" if row.least else "<="
    goal = "-" if row.goal is None else f"{sign} {row.goal:g}"
    value = f"{row.value:,.0f}" if row.value >= KIB else f"{row.value:.3g}"
    return (row.axis, row.ours, row.peer, value, goal, row.verdict)
