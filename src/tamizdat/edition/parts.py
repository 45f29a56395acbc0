"""Put the newest stories of a service into the parts of its pack.

Decides which story stands in which part, by what is known of stories alone: their ids,
times, lengths and, where a part would be too long, their words.

Source: spec/pack.md, "Which stories stand where".
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tamizdat.edition.pack import FULL_BYTES, PLAIN_BYTES

WINDOW = 50  # newest stories that a pack holds
REACH = 128  # newest stories among which filling starts

OPENS = 8  # of 256: one story in 32 opens a group


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


@dataclass(frozen=True)
class Form:
    """How files of one kind are filled.

    Attributes:
        ending: of the name of each.
        rooms: bytes of items that a file holds; the second room for those of a file
            that does not fit, and so on. With the last, files fit as they are.
        opens: of 256 stories, how many begin a file whatever stands before them.
    """

    ending: str
    rooms: tuple[int, ...]
    opens: int


TEXT = Form(".txt", (FULL_BYTES, PLAIN_BYTES), OPENS)


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
    slots: Iterable[Slot], window: frozenset[str], form: Form = TEXT
) -> list[Part]:
    """Put items into parts of the form's first room, whatever they say.

    Args:
        slots: oldest first, from where filling starts.
        window: ids of the newest stories; parts without any of them are left out.
        form: of the parts.
    """
    parts: list[list[Slot]] = []
    left = 0
    for slot in slots:
        fresh = slot.number == 1 and opens_group(slot.story, form.opens)
        if fresh or slot.size > left:
            parts.append([])
            left = form.rooms[0]
        parts[-1].append(slot)
        left -= slot.size
    return [
        Part(_path(part[0]) + form.ending, tuple(part))
        for part in parts
        if any(slot.story in window for slot in part)
    ]


def fill(
    slots: Iterable[Slot],
    window: frozenset[str],
    form: Form,
    fits: Callable[[Part], bool],
) -> Iterator[Part]:
    """Put items into parts, and those of a part that does not fit into shorter ones.

    Args:
        slots: as for `plan`.
        window: as for `plan`.
        form: of the parts.
        fits: tells whether a part does, by its words.
    """
    less = form.rooms[1:]
    for part in plan(slots, window, form):
        if not less or fits(part):
            yield part
        else:
            yield from fill(part.slots, window, replace(form, rooms=less), fits)


def _path(slot: Slot) -> str:
    time = slot.published.astimezone(UTC).strftime("%Y%m%dt%H%M%S")
    return f"p/{time}-{_mark(slot.story).hex()[:8]}-{slot.number}"


def _mark(story: str) -> bytes:
    return hashlib.sha256(story.encode()).digest()
