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
        published, updated: UTC, as it is recorded; `updated` None where it never was.
        authors: as readers see them, in order.
        permalinks: old addresses that lead to it now.
        pictures: how many came in with it.
        section: path of the one that it came into; None where it did not.
        tags: ids of those that it has.
        left: categories and tags of the archive that the service has not.
    """

    file: str
    result: str
    article: str | None = None
    headline: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    permalinks: tuple[str, ...] = ()
    pictures: int = 0
    section: str | None = None
    tags: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    why: str | None = None
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write it for programs."""
        return asdict(self)
