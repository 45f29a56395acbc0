"""Tell what became of a story: one row each, for people and for programs."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """Tell what became of one story.

    Attributes:
        result: "in", "updated", "merged" (the same story again), "already" (these
            bytes are here) or "refused".
        article: its address in the service.
        permalinks: old addresses that lead to it now.
        pictures: how many came in with it.
    """

    file: str
    result: str
    article: str | None = None
    headline: str | None = None
    published: str | None = None
    permalinks: tuple[str, ...] = ()
    pictures: int = 0
    why: str | None = None
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write it for programs."""
        return asdict(self)
