"""Read the names of the files of a pack: each says what it begins with.

Source: spec/pack.md, "Names", "Pages with the same text".
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

FOLDER = "p"
LIST = re.compile(r"p/index(?:\.[1-9]\d*)?\.html", re.ASCII)
_FILE = re.compile(
    r"p/(?P<time>[12]\d{7}t\d{6})-(?P<mark>[0-9a-f]{8})-(?P<number>[1-9]\d{0,2})"
    r"(?P<ending>\.txt|\.html)",
    re.ASCII,
)
_LAST = timedelta(hours=23, minutes=59, seconds=59)  # of a day


class Name(NamedTuple):
    """What the name of a file says of what it begins with. `time`: UTC."""

    time: datetime
    mark: str
    number: int
    path: str


def name_of(path: str, ending: str = "") -> Name | None:
    """Read the name of a file of a pack; None if it is none, or of another ending."""
    match = _FILE.fullmatch(path)
    if match is None or (ending and match["ending"] != ending):
        return None
    try:
        time = datetime.strptime(match["time"], "%Y%m%dt%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Name(time, match["mark"], int(match["number"]), path)


def mark_of(story: str) -> str:
    """Give what stands for a story in a name."""
    return hashlib.sha256(story.encode()).hexdigest()[:8]


def bounds_of(address: str) -> tuple[datetime, datetime]:
    """Give the first and the last moment of the day in the address of an article."""
    _a, month, day, _name = address.split("/")
    try:
        first = datetime.fromisoformat(f"{month}-{day}T00:00:00Z")
    except ValueError:
        first = datetime.min.replace(tzinfo=UTC)  # no press gives such an address
    return first, first + _LAST


def seconds_of(names: Iterable[Name]) -> list[list[Name]]:
    """Gather names of one second.

    They stand in the order of hashes, and their stories in that of ids: which of these
    files comes first, no name says.

    Args:
        names: in their order.
    """
    return [list(some) for _time, some in groupby(names, key=lambda one: one.time)]


def runs_of(seconds: Sequence[Sequence[Name]]) -> list[list[Name]]:
    """Gather files that hold stories together: a story may go on from one to the next.

    A file that begins in the middle of a story has the time of that story; the rest of
    it is in files of the same second, and of the second before.
    """
    runs: list[list[Name]] = []
    for names in seconds:
        if runs and any(name.number > 1 for name in names):
            runs[-1] += names
        else:
            runs.append(list(names))
    return runs
