"""Vectors of packs: parts, items and what stands where."""

import json
from collections.abc import Iterator
from typing import Any

from spec.cases.documents import STORY, changed
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import letters, pack, parts
from tamizdat.edition.documents import read_document
from tamizdat.edition.stories import Story

_MIXED = "«Порт» закрыт — єдиний ґанок… Ґудзик 😀 漢字 and the rest " * 24
_LETTERS = "«»ПадзийкнортуыєҐґ—…字漢😀"
_ITEMS = Series("pack", "pack.items")
_SALT = Series("pack", "pack.salt")
_READ = Series("pack", "pack.read")
_PLAN = Series("pack", "pack.plan")


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _items()
    yield _salt()
    yield from _parts()
    yield from _plans()
    yield from _bad()
    yield from _bad_tables()


def _salt() -> Vector:
    salts = ["b3JkZXJseXNhbHRieXRlcw", "c2Vjb25kc2FsdGJ5dGVzMg"]
    result = {"salt": pack.salt_of(salts)}
    why = "The salt of a part of two items."
    return _SALT.ok("salt-of-a-part", why, {"salts": salts}, result)


def _part() -> bytes:
    story = _story()
    salted = ((item, story.release.salt) for item in pack.items_of(story))
    return pack.write_part(story.service, salted)


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
    part = _part()
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

    why = "A line ends in a line feed, at none of the separators of Unicode."
    parted = part.replace(b"\nh ", "\nh A\u2028= b\u2029= c ".encode(), 1)
    yield _READ.ok("part-with-separators", why, field("part", parted), result)

    yield from _tables(part, result)


def _tables(part: bytes, result: Any) -> Iterator[Vector]:
    kind, text = letters.read(part)
    content = letters.write(kind, text.replace("\np ", f"\np {_MIXED}", 1))
    if not content.startswith(f"{kind}\t{_LETTERS}\t and\t".encode()):
        raise ValueError(f"another table: {content[:160]!r}")
    why = "Letters and strings in the first line, each in one byte behind it."
    yield _READ.ok("part-with-a-table", why, field("part", content), result)

    long = "16 letters and \u044f"
    why = "A table that no press writes: one letter twice, a string of 16 characters."
    odd = _coded(part, f"\t\u044f\u044f\t{long[:16]}", b"\x80\x81\x82 ")
    yield _READ.ok("part-with-an-odd-table", why, field("part", odd), result)

    full = _coded(part, "\t" + _letters(128), b"\xff\x80")
    why = "A table of 128 letters."
    yield _READ.ok("part-with-128-letters", why, field("part", full), result)

    most = _stretched(part, pack.TEXT_BYTES)
    why = "A text of 22,528 bytes."
    yield _READ.ok("part-with-the-longest-text", why, field("part", most), result)


def _letters(count: int) -> str:
    return "".join(chr(0x400 + at) for at in range(count))


def _coded(part: bytes, table: str, headline: bytes) -> bytes:
    """Name a table in the first line of a part, and begin its headline otherwise."""
    kind, text = letters.read(part)
    coded = text.replace("\nh ", "\nh \0", 1).encode("ascii", "replace")
    return f"{kind}{table}\n".encode() + coded.replace(b"\0", headline)


def _stretched(part: bytes, size: int) -> bytes:
    """Make the headline longer until the text is of so many bytes."""
    begun = _coded(part, "\t\tsixteen letters.", b"")
    missing = size - len(begun.split(b"\n", 1)[1])
    return begun.replace(
        b"\nh ", b"\nh " + b"\x80" * (missing // 16) + b"x" * (missing % 16), 1
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
        planned = plan_of(given)
        why = f"Where the items of {count} stories stand, oldest first."
        yield _PLAN.ok(f"plan-of-{count}", why, given, {"parts": planned})


def plan_of(given: dict[str, Any]) -> list[list[Any]]:
    """Plan a pack from slots: path of each part, and the ids in it."""
    slots = [
        parts.Slot(s["id"], s["item"], pack.moment(s["published"]), s["size"])
        for s in given["slots"]
    ]
    newest = slots[-parts.REACH :]
    start = parts.start_of([slot.story for slot in newest])
    window = frozenset(slot.story for slot in newest[-parts.WINDOW :])
    found = parts.plan(newest[start:], window)
    return [[part.path, [slot.story for slot in part.slots]] for part in found]


def _bad() -> Iterator[Vector]:
    good = _part()
    first, body = good.split(b"\n", 1)
    rows = [
        ("another-type", good.replace(b"/1 ", b"/2 ", 1), "tamizdat-pack/1, a service"),
        ("no-service", good.replace(b" en ", b" ", 1), "a service and a salt"),
        ("service-in-upper-case", good.replace(b" en ", b" EN ", 1), "a service"),
        ("no-salt", b"tamizdat-pack/1 en\n" + body, "a service and a salt"),
        ("salt-of-21", first[:-2] + b"A\n" + body, "a service and a salt"),
        ("salt-of-129-bits", first[:-1] + b"B\n" + body, "a service and a salt"),
        ("more-than-a-salt", first + b" x\n" + body, "a service and a salt"),
        ("no-line-feed-at-the-end", good[:-1], "a line feed at the end"),
        ("not-utf-8", good + b"c \xff\n", "expected UTF-8"),
        ("crlf", good.replace(b"\n", b"\r\n"), "in the first line"),
        ("carriage-return", good + b"c a\r\n", "control character"),
        (
            "line-before-an-item",
            first + b"\np x\n" + body,
            "line 2: expected the",
        ),
        ("no-items", first + b"\n", "line 2: expected the"),
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
    yield from _refused(rows)


def _bad_tables() -> Iterator[Vector]:
    good = _part()
    rows = [
        ("table-without-letters-or-tab", good.replace(b"\n", b" \n", 1), "first"),
        (
            "table-not-utf-8",
            _coded(good, "\t", b"").replace(b"\t", b"\t\xff", 1),
            "UTF-8",
        ),
        ("string-of-1", _coded(good, "\t\tx", b""), "first line"),
        ("string-of-17", _coded(good, f"\t\t{'x' * 17}", b""), "first line"),
        ("string-of-a-control", _coded(good, "\t\ta\x85", b""), "first line"),
        ("letter-of-a-control", _coded(good, "\t\x1f", b""), "first line"),
        ("table-of-129", _coded(good, f"\t{_letters(128)}\tab", b""), "at most 128"),
        ("byte-of-no-string", _coded(good, "\tab\tcd", b"\x83"), "one of 3 strings"),
        ("byte-of-an-empty-table", _coded(good, "\t", b"\x80"), "one of 0 strings"),
        ("text-too-long", _stretched(good, 22_529), "at most 22528"),
    ]
    yield from _refused(rows)


def _refused(rows: list[tuple[str, bytes, str]]) -> Iterator[Vector]:
    for name, part, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(name, why, field("part", part), ("PackError", reason))
