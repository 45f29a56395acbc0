"""Put the newest stories of a service into the parts of its pack.

Decides which story stands in which part, by what is known of stories alone: their ids,
times, lengths and, where a part would be too long, their words.

Source: spec/pack.md, "Which stories stand where".
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tamizdat.edition.pack import FULL_BYTES, PART_BYTES, PLAIN_BYTES

WINDOW = 50  # newest stories that a pack holds
REACH = 128  # newest stories among which filling starts

OPENS = 8  # of 256: one story in 32 opens a group
OPENS_PAGE = 32  # one in eight, these among them, begins a page with the same text


@dataclass(frozen=True)
class Slot:
    """What must be known of an item to find its part. `size`: bytes."""

    story: str
    number: int
    published: datetime
    size: int


@dataclass(frozen=True)
class Part:
    """One file of a pack. `path`: inside the service's tree."""

    path: str
    slots: tuple[Slot, ...]


def opens_group(story: str, opens: int = OPENS) -> bool:
    """Tell whether a new part begins with a story, whatever stands before it."""
    return _mark(story)[0] < opens


def start_of(stories: Sequence[str]) -> int:
    """Find where filling starts.

    Args:
        stories: ids of the newest stories, oldest first, at most `REACH`.

    Returns:
        Index of the first one.
    """
    if not stories:
        return 0
    oldest = max(len(stories) - WINDOW, 0)
    opening = (at for at in range(oldest, -1, -1) if opens_group(stories[at]))
    least = min(range(oldest + 1), key=lambda at: _mark(stories[at]))
    return next(opening, least)


def plan(
    slots: Iterable[Slot],
    window: frozenset[str],
    room: int = FULL_BYTES,
    ending: str = ".txt",
    opens: int = OPENS,
) -> list[Part]:
    """Put items into parts.

    Args:
        slots: oldest first, from where filling starts.
        window: ids of the newest stories; parts without any of them are left out.
        room: bytes of items that a part holds, at most.
        ending: of the name of each part.
        opens: of 256 stories, how many begin a part whatever stands before them.
    """
    parts: list[list[Slot]] = []
    left = 0
    for slot in slots:
        fresh = slot.number == 1 and opens_group(slot.story, opens)
        if fresh or slot.size > left:
            parts.append([])
            left = room
        parts[-1].append(slot)
        left -= slot.size
    return [
        Part(_path(part[0]) + ending, tuple(part))
        for part in parts
        if any(slot.story in window for slot in part)
    ]


def fill(
    slots: Iterable[Slot],
    window: frozenset[str],
    write: Callable[[Part], bytes],
    stands: Callable[[Part], bool] = lambda _part: False,
) -> Iterator[tuple[Part, bytes | None]]:
    """Put items into parts, and those of a part that gets too long into shorter ones.

    Args:
        slots: as for `plan`.
        window: as for `plan`.
        write: gives the bytes of a part.
        stands: tells whether a part is there already with the same items.

    Yields:
        Each part with its bytes, or with None where it stands.
    """
    for part in plan(slots, window):
        content = None if stands(part) else write(part)
        if content is None or len(content) <= PART_BYTES:
            yield part, content
            continue
        for shorter in plan(part.slots, window, PLAIN_BYTES):
            yield shorter, None if stands(shorter) else write(shorter)


def _path(slot: Slot) -> str:
    time = slot.published.astimezone(UTC).strftime("%Y%m%dt%H%M%S")
    return f"p/{time}-{_mark(slot.story).hex()[:8]}-{slot.number}"


def _mark(story: str) -> bytes:
    return hashlib.sha256(story.encode()).digest()
