"""Say how much work marks are, without a clock."""

from collections.abc import Callable
from typing import Any


class Counted(dict[str, Any]):
    """A mark that counts how often it is read."""

    reads = 0

    def __getitem__(self, key: str) -> Any:
        """Read one of its fields."""
        self.reads += 1
        return super().__getitem__(key)


def reads_of_each(count: int, work: Callable[[str, list[Counted]], Any]) -> float:
    """Say how often each mark is read.

    Args:
        count: of the marks, each on one of as many words.
        work: what is done with the text and its marks.
    """
    marks = [
        Counted({"kind": "language", "from": at, "to": at + 2, "language": "fa"})
        for at in range(0, 3 * count, 3)
    ]
    work("ab " * count, marks)
    return sum(mark.reads for mark in marks) / count
