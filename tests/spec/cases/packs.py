"""Vectors of packs: parts, items and what stands where."""

import json
from collections.abc import Iterator
from typing import Any

from spec.cases.documents import STORY, changed
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import pack
from tamizdat.edition.documents import read_document
from tamizdat.edition.stories import Story

_ITEMS = Series("pack", "pack.items")
_READ = Series("pack", "pack.read")
_PLAN = Series("pack", "pack.plan")


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _items()
    yield from _parts()
    yield from _plans()
    yield from _bad()


def _story(document: Any = STORY) -> Story:
    story = read_document(json.dumps(document).encode(), "")
    if not isinstance(story, Story):
        raise TypeError("expected a story")
    return story


def _items() -> Iterator[Vector]:
    long = changed(STORY, "tamizdat.body.0.text", "Слова, слова. " * 1_500)
    rows = [
        ("story", "A story as an item, its notes behind its text.", STORY),
        ("long-story", "A story longer than a part; a line is cut.", long),
        ("retracted-story", "Headline and notes alone.", _again("retraction")),
        ("withdrawn-story", "A neutral title alone.", _again("withdrawal")),
        (
            "breaking-story",
            "Breaking.",
            changed(STORY, "tamizdat.breaking", value=True),
        ),
    ]
    for name, why, document in rows:
        items = [item.content.decode() for item in pack.items_of(_story(document))]
        yield _ITEMS.ok(name, why, {"document": document}, {"items": items})


def _again(kind: str) -> dict[str, Any]:
    return changed(STORY, "tamizdat.releases.1.kind", kind)


def _parts() -> Iterator[Vector]:
    part = pack.write_part(pack.items_of(_story()))
    result = {"items": [{"id": "right-to-know", "item": 1, "items": 1}]}
    yield _READ.ok("part", "A part of one item.", field("part", part), result)
    more = part.replace(b"\np ", b"\ni audio Told\no 2026-11-21T08:00:00Z -\np ", 1)
    why = "What the page shows, and a post of a live story."
    yield _READ.ok("part-with-media", why, field("part", more), result)


def _slots(count: int, size: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"story-{n}",
            "item": 1,
            "published": f"2026-11-{n // 24 + 1:02}T{n % 24:02}:00:00Z",
            "size": size + n % 5 * 300,
        }
        for n in range(count)
    ]


def _plans() -> Iterator[Vector]:
    for count in (3, 50, 90, 140):
        given = {"slots": _slots(count, 2_500)}
        parts = plan_of(given)
        why = f"Where the items of {count} stories stand, oldest first."
        yield _PLAN.ok(f"plan-of-{count}", why, given, {"parts": parts})


def plan_of(given: dict[str, Any]) -> list[list[Any]]:
    """Plan a pack from slots: path of each part, and the ids in it."""
    slots = [
        pack.Slot(s["id"], s["item"], pack.moment(s["published"]), s["size"])
        for s in given["slots"]
    ]
    newest = slots[-pack.REACH :]
    start = pack.start_of([slot.story for slot in newest])
    window = frozenset(slot.story for slot in newest[-pack.WINDOW :])
    parts = pack.plan(newest[start:], window)
    return [[part.path, [slot.story for slot in part.slots]] for part in parts]


def _bad() -> Iterator[Vector]:
    good = pack.write_part(pack.items_of(_story()))
    body = good.split(b"\n", 1)[1]
    rows = [
        ("another-type", b"tamizdat-pack/2\n" + body, "expected tamizdat-pack/1"),
        ("no-line-feed-at-the-end", good[:-1], "a line feed at the end"),
        ("not-utf-8", good + b"c \xff\n", "expected UTF-8"),
        ("crlf", good.replace(b"\n", b"\r\n"), "expected tamizdat-pack/1"),
        ("carriage-return", good + b"c a\r\n", "control character"),
        ("line-before-an-item", pack.TYPE + b"p x\n" + body, "line 2: expected the"),
        ("no-items", pack.TYPE, "line 2: expected the"),
        (
            "shown-of-an-unknown-kind",
            good.replace(b"\np ", b"\ni film x\np "),
            "what stands after i",
        ),
        (
            "shown-without-words",
            good.replace(b"\np ", b"\ni audio \np "),
            "what stands after i",
        ),
        (
            "post-without-a-time",
            good.replace(b"\np ", b"\no now x\np "),
            "what stands after o",
        ),
        ("unknown-letter", good.replace(b"\nh ", b"\nz "), "expected a letter"),
        ("no-headline", good.replace(b"\nh ", b"\ns ", 1), "out of order"),
        ("headline-twice", good.replace(b"\nh ", b"\nh x\nh "), "h out of order"),
        ("item-2-of-1", good.replace(b" 1/1 ", b" 2/1 "), "item 2 of 1"),
        ("item-0", good.replace(b" 1/1 ", b" 0/1 "), "not the beginning of an item"),
        ("time-that-does-not-exist", good.replace(b" 2026-11", b" 2026-13"), "exists"),
        ("id-in-upper-case", good.replace(b"= right", b"= Right"), "not the beginning"),
        ("empty-line", good + b"\n", "expected a letter"),
        ("too-long", good + b"c " + b"x" * 16_384 + b"\n", "at most 16384"),
        ("tab-outside-a-table", good + b"c a\tb\n", "control character"),
    ]
    for name, part, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(name, why, field("part", part), ("PackError", reason))
