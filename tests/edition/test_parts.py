"""Parts of a pack: which story stands where, and what an edit moves."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from edition.paper import FIRST, plain_story
from tamizdat.edition import pack, parts
from tamizdat.edition.blocks import Block
from tamizdat.edition.pack import PART_BYTES
from tamizdat.edition.parts import Slot


def slots(numbers, size=3_000):
    """Make slots of stories an hour apart."""
    return [
        Slot(f"story-{n}", 1, FIRST + timedelta(hours=n), size + n % 7 * 400)
        for n in numbers
    ]


def parts_of(count, changed=None):
    """Plan the pack of so many stories, the sizes of some of them changed."""
    every = slots(range(count))
    for number, size in (changed or {}).items():
        every[number] = replace(every[number], size=size)
    newest = every[-parts.REACH :]
    start = parts.start_of([slot.story for slot in newest])
    window = frozenset(slot.story for slot in newest[-parts.WINDOW :])
    return parts.plan(newest[start:], window)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 127, 128, 129, 500])
def test_pack_holds_the_newest_fifty(count):
    """All of them, and only a few more that share a part with them."""
    parts = parts_of(count)
    held = [slot.story for part in parts for slot in part.slots]
    wanted = [f"story-{n}" for n in range(max(count - 50, 0), count)]

    assert wanted == held[-len(wanted) :] if wanted else not held
    assert len(held) - len(wanted) < 6
    assert sorted(part.path for part in parts) == [part.path for part in parts]


def test_new_story_changes_only_the_newest_part():
    """Older parts keep their bytes, however many stories come."""
    for count in range(200, 260):
        before = {p.path: p.slots for p in parts_of(count)}
        after = {p.path: p.slots for p in parts_of(count + 1)}
        changed = [path for path in after if before.get(path) != after[path]]

        assert 1 == len(changed)
        assert changed[0] == max(after)


def test_longer_story_moves_no_part_beyond_its_group():
    """A group ends where the next one opens, whatever stands before."""
    opening = next(n for n in range(300, 400) if parts.opens_group(f"story-{n}"))
    count = opening + 12
    before = parts_of(count)
    after = parts_of(count, {opening - 7: 15_000})
    (first,) = slots([opening])
    later = [p for p in before if p.slots[0].published >= first.published]

    assert before != after
    assert f"story-{opening}" == later[0].slots[0].story
    assert later == [p for p in after if p in later]


def test_part_that_gets_too_long_is_cut_anew():
    """Text of which no string comes back: 16.5 KiB of it are no part, 16 are."""
    noise = [
        str(int(hashlib.sha256(str(n).encode()).hexdigest(), 16))[:64]
        for n in range(1_100)
    ]
    body = tuple(
        Block("paragraph", " ".join(noise[n : n + 23])) for n in range(0, 1_100, 23)
    )
    stories = [
        replace(plain_story(n, "en"), id=f"x-{n}", body=body[n * 2 : n * 2 + 2])
        for n in range(23)
    ]
    items = {item.story: item for story in stories for item in pack.items_of(story)}
    places = [Slot(i.story, 1, i.published, len(i.content)) for i in items.values()]
    window = frozenset(items)

    def write(part):
        return pack.write_part("en", ((items[s.story], "") for s in part.slots))

    def fits(part):
        return len(write(part)) <= PART_BYTES

    found = list(parts.fill(places, window, parts.TEXT, fits))

    assert not all(map(fits, parts.plan(places, window)))
    assert all(map(fits, found))
    assert [s.story for part in found for s in part.slots] == list(items)


def test_filling_starts_at_the_lowest_hash_where_no_group_opens():
    """Parts depend on the newest stories alone, however long the archive is."""
    closed = [f"x-{n}" for n in range(4_000) if not parts.opens_group(f"x-{n}")]

    newest = closed[: parts.REACH]
    start = parts.start_of(newest)
    before = [hashlib.sha256(one.encode()).digest() for one in newest[:79]]

    assert min(before) == before[start]
    assert newest[start] == closed[1 + parts.start_of(closed[1 : parts.REACH + 1])]
    opener = next(f"y-{n}" for n in range(1_000) if parts.opens_group(f"y-{n}"))
    ids = [*closed[:40], opener, *closed[40:127]]
    assert 40 == parts.start_of(ids)


def test_name_of_a_part_is_that_of_its_first_item():
    """Names sort as the stories do."""
    part = parts_of(1)[0]
    name = hashlib.sha256(b"story-0").hexdigest()[:8]

    assert f"p/20261120t090000-{name}-1.txt" == part.path
