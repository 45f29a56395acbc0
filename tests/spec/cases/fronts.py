"""Vectors of front documents."""

from collections.abc import Iterator
from typing import Any

from spec.cases.documents import changed
from spec.cases.vector import Series, Vector, field

_READ = Series("front-document", "document.read")

FRONT: dict[str, Any] = {
    "format": "tamizdat-front/1",
    "service": "en",
    "lead": ["right-to-know", "harbour-strike"],
    "sections": [{"id": "law", "stories": ["court-opens-archive"]}],
}
_IDS = [f"story-{n}" for n in range(8)]


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _good()
    yield from _bad()


def _good() -> Iterator[Vector]:
    result = {
        "kind": "front",
        "service": "en",
        "lead": FRONT["lead"],
        "sections": [["law", ["court-opens-archive"]]],
    }
    why = "What leads, and what stands first in a section."
    yield _READ.ok("front", why, {"document": FRONT}, result)
    empty = changed(changed(FRONT, "lead", []), "sections", [])
    why = "Nothing has a fixed place."
    yield _READ.ok("empty", why, {"document": empty}, {**result, **_NOTHING})
    full = changed(changed(FRONT, "lead", _IDS[:7]), "sections", [])
    why = "Seven stories lead."
    expected = {**result, "lead": _IDS[:7], "sections": []}
    yield _READ.ok("lead-of-7", why, {"document": full}, expected)


_NOTHING: dict[str, Any] = {"lead": [], "sections": []}


def _bad() -> Iterator[Vector]:
    slots = "sections.0.stories"
    rows = [
        ("lead-of-8", "lead", _IDS, "at most 7"),
        ("section-of-6", slots, _IDS[:6], "at most 5"),
        ("section-twice", "sections", FRONT["sections"] * 2, "stands twice"),
        ("story-twice", slots, ["right-to-know"], "stands twice on one page"),
        ("story-in-upper-case", "lead.0", "Right", "expected [a-z0-9]"),
        ("story-with-a-slash", "lead.0", "../right", "expected [a-z0-9]"),
        ("lead-as-a-text", "lead", "right-to-know", "expected a list, found a text"),
        ("lead-missing", "lead", None, "found null"),
        ("service-in-upper-case", "service", "EN", "expected [a-z0-9]"),
        ("another-version", "format", "tamizdat-front/2", "expected one of"),
        ("with-a-time", "until", "2026-11-20T09:00:00Z", "unknown field"),
        ("unknown-field-of-a-section", "sections.0.name", "Law", "unknown field"),
    ]
    for name, path, value, reason in rows:
        given = {"document": changed(FRONT, path, value)}
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(name, why, given, ("StoryError", reason))
    why = "A document is one JSON object in UTF-8."
    line = field("line", b'{"format": "tamizdat-front/1", "lead": ["\xff"]}')
    yield _READ.bad("not-utf-8", why, line, ("StoryError", "expected JSON in UTF-8"))
