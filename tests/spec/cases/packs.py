"""Vectors of packs: parts, items and what stands where."""

import json
from collections.abc import Iterator
from typing import Any

from spec.cases.documents import STORY, changed
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import letters, pack
from tamizdat.edition.documents import read_document
from tamizdat.edition.stories import Story

_MIXED = "«Порт» закрыт — єдиний ґанок… Ґудзик 😀 漢字 " * 9
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

    words = b"\ni film A\tB\nn addition 2026-11-21T08:00:00Z C\nn "
    why = "Words that a later press may write, and a tab outside a table."
    later = part.replace(b" - 2026", b" urgent 2026", 1)
    later = later.replace(b"\nn ", words, 1)
    yield _READ.ok("part-of-tomorrow", why, field("part", later), result)

    many = pack.read_part(part.replace(b"\np ", f"\np {_MIXED}".encode(), 1))
    content = pack.write_part(many)
    if not content.startswith(b"tamizdat-pack/1 a b 41 43 44 45 49 201\n"):
        raise ValueError(f"another choice of blocks: {content[:60]!r}")
    why = "Eight blocks in the first line, and characters of others by number."
    yield _READ.ok("part-with-blocks", why, field("part", content), result)


def _narrow(part: bytes, blocks: bytes, letter: bytes) -> bytes:
    """Name blocks in the first line of a part, and begin its headline otherwise."""
    return part.replace(b"/1\n", b"/1 %b\n" % blocks, 1).replace(
        b"\nh ", b"\nh " + letter, 1
    )


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
        (
            "line-before-an-item",
            letters.TYPE + b"\np x\n" + body,
            "line 2: expected the",
        ),
        ("no-items", letters.TYPE + b"\n", "line 2: expected the"),
        (
            "shown-of-no-kind",
            good.replace(b"\np ", b"\ni 3d x\np "),
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
        ("block-9", good.replace(b"/1\n", b"/1 8 9 a b c d e f 10\n", 1), "first line"),
        ("block-in-upper-case", good.replace(b"/1\n", b"/1 4A\n", 1), "first line"),
        ("byte-of-no-block", _narrow(good, b"44", b"\x90"), "one of 1 blocks"),
        ("block-of-ascii", _narrow(good, b"7", b"\x80"), "beyond U+007F"),
        ("block-of-surrogates", _narrow(good, b"d80", b"\x80"), "beyond U+007F"),
        ("block-above-all", _narrow(good, b"11000", b"\x80"), "beyond U+007F"),
        ("number-of-ascii", _narrow(good, b"44", b"\x1a41;"), "beyond U+007F"),
        ("number-of-a-surrogate", _narrow(good, b"44", b"\x1ad800;"), "beyond"),
        ("number-above-all", _narrow(good, b"44", b"\x1a110000;"), "beyond U+007F"),
        ("number-in-upper-case", _narrow(good, b"44", b"\x1a1F642;"), "control"),
        ("number-without-an-end", _narrow(good, b"44", b"\x1a1f642"), "control"),
        ("number-of-a-control", _narrow(good, b"44", b"\x1a85;"), "control"),
        ("number-in-utf-8", good.replace(b"\nh ", b"\nh \x1a1f642;", 1), "control"),
        ("no-headline", good.replace(b"\nh ", b"\ns ", 1), "out of order"),
        ("no-headline-at-all", good.replace(b"\nh Who May Know", b"", 1), "headline"),
        ("headline-twice", good.replace(b"\nh ", b"\nh x\nh "), "h out of order"),
        ("item-2-of-1", good.replace(b" 1/1 ", b" 2/1 "), "item 2 of 1"),
        ("item-0", good.replace(b" 1/1 ", b" 0/1 "), "not the beginning of an item"),
        ("time-that-does-not-exist", good.replace(b" 2026-11", b" 2026-13"), "exists"),
        ("id-in-upper-case", good.replace(b"= right", b"= Right"), "not the beginning"),
        ("empty-line", good + b"\n", "expected a letter"),
        ("too-long", good + b"c " + b"x" * 16_384 + b"\n", "at most 16384"),
    ]
    for name, part, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(name, why, field("part", part), ("PackError", reason))
