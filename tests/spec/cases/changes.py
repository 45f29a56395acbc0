"""Vectors of what a release changed, inside a story document."""

from collections.abc import Iterator
from typing import Any

from spec.cases.documents import STORY, changed
from spec.cases.vector import Series, Vector

_READ = Series("story-document", "document.read")

_PLACE = "tamizdat.releases.1.changes"
_KEPT = {"kind": "kept", "text": " may ask.\none\ntwo\nyear | asked\n2026 | 12"}
_RUNS = [
    {"kind": "removed", "text": "Nobody"},
    {"kind": "added", "text": "Anyone"},
    _KEPT,
]
_HEADLINE = [
    {"kind": "omitted", "text": "…"},
    {"kind": "kept", "text": " May "},
    {"kind": "added", "text": "Know"},
]


def vectors() -> Iterator[Vector]:
    """Make every vector of changes."""
    yield from _good()
    for name, changes, reason in (*_bad_parts(), *_bad_runs(), *_untrue()):
        why = f"Refused: changes {name.replace('-', ' ')}."
        given = {"document": _told(changes)}
        yield _READ.bad(f"changes-{name}", why, given, ("StoryError", reason))
    yield from _out_of_place()


def _told(changes: Any, release: int = 1) -> dict[str, Any]:
    """Put changes into a release of the story, counted from 0."""
    document = changed(STORY, _PLACE, None)
    return changed(document, f"tamizdat.releases.{release}.changes", changes)


def _body(*runs: Any) -> list[dict[str, Any]]:
    return [{"part": "body", "runs": list(runs)}]


def _good_rows() -> list[tuple[str, str, Any]]:
    longest = "x" * (8_000 - 4)
    return [
        ("none", "No word of it differs.", []),
        ("null", "Nothing is shown.", None),
        ("whole", "Removed and added words, and all that stayed.", _body(*_RUNS)),
        (
            "of-two-parts",
            "Parts stand in their order; what is omitted is marked.",
            [{"part": "headline", "runs": _HEADLINE}, *_body(*_RUNS)],
        ),
        (
            "of-a-line-end",
            "A run may be of a space or of a line feed alone.",
            [{"part": "tags", "runs": [_run("removed", "\n"), _run("added", " ")]}],
        ),
        (
            "of-8000-characters",
            "A part has at most 8,000 characters.",
            [
                {
                    "part": "caption",
                    "runs": [_run("removed", longest), _run("added", "last")],
                }
            ],
        ),
    ]


def _good() -> Iterator[Vector]:
    result = {"kind": "story", "service": "en", "id": "right-to-know", "release": 2}
    subjects = [[tag["literal"], tag["name"]] for tag in STORY["subjects"]]
    for name, why, changes in _good_rows():
        given = {"document": _told(changes)}
        yield _READ.ok(f"changes-{name}", why, given, {**result, "subjects": subjects})
    why = "Once a story is withdrawn, no release of it tells what it changed."
    given = {"document": changed(_withdrawn(), _PLACE, None)}
    result = {**result, "release": 3, "subjects": subjects}
    yield _READ.ok("changes-of-a-withdrawn-story", why, given, result)


def _run(kind: str, text: str) -> dict[str, str]:
    return {"kind": kind, "text": text}


def _bad_parts() -> list[tuple[str, Any, str]]:
    part = _body(*_RUNS)[0]
    headline = {"part": "headline", "runs": _HEADLINE}
    return [
        ("as-a-text", "2008", "expected a list, found a text"),
        ("as-texts", ["2008"], "expected an object, found a text"),
        ("of-an-unknown-part", [{**part, "part": "links"}], "expected one of kicker"),
        ("of-a-part-twice", [part, part], "expected each once, in the order"),
        ("out-of-order", [part, headline], "expected each once, in the order"),
        ("with-an-unknown-field", [{**part, "by": "x"}], "unknown field"),
        ("without-runs", [{"part": "body"}], "expected something removed or added"),
        ("with-markup", [{**part, "runs": "<del>2008</del>"}], "found a text"),
    ]


def _bad_runs() -> list[tuple[str, Any, str]]:
    added = _run("added", "x")
    return [
        ("of-kept-words", _body(_KEPT), "expected something removed or added"),
        ("of-an-unknown-kind", _body(_run("moved", "x")), "expected one of kept"),
        ("of-an-empty-text", _body(_run("added", "")), "expected 1 to 8000"),
        ("with-an-odd-run", _body({**added, "at": 1}), "unknown field"),
        ("with-kinds-twice", _body(added, added), "neighbours of different kinds"),
        ("with-a-tab", _body(_run("added", "a\tb")), "U+0009"),
        ("with-an-override", _body(_run("added", "a\u202eb")), "U+202E"),
        ("with-three-dots", _body(added, _run("omitted", "...")), "expected …"),
        ("of-8001-characters", _body(_run("added", "x" * 8_001)), "found 8001"),
        (
            "of-8001-characters-in-all",
            _body(_run("added", "x" * 8_000), _run("removed", "y")),
            "at most 8000 characters",
        ),
        ("of-401-runs", _body(*[added, _run("removed", "y")] * 200, added), "at most"),
    ]


def _untrue() -> list[tuple[str, Any, str]]:
    why = "the body of the story has other words"
    wrong = {"part": "headline", "runs": [_run("added", "Who May Ask")]}
    return [
        ("without-the-end", _body(*_RUNS[:2]), why),
        ("of-other-words", _body(_RUNS[0], _run("added", "Someone"), _KEPT), why),
        ("of-another-headline", [wrong], "the headline of the story has other words"),
    ]


def _out_of_place() -> Iterator[Vector]:
    first = _told(_body(*_RUNS), 0)
    redacted = changed(_told(_body(*_RUNS)), "tamizdat.releases.1.kind", "redaction")
    later = changed(_told(_body(*_RUNS)), "tamizdat.releases.1.kind", "retraction")
    rows = [
        ("of-the-first-release", first, "the first release changed nothing"),
        ("of-a-redaction", redacted, "expected null up to a redaction"),
        ("before-a-withdrawal", _withdrawn(), "expected null up to a redaction"),
        ("of-a-retracted-body", later, "a story taken down changes no body"),
    ]
    for name, document, reason in rows:
        why = f"Refused: changes {name.replace('-', ' ')}."
        given = {"document": document}
        yield _READ.bad(f"changes-{name}", why, given, ("StoryError", reason))


def _withdrawn() -> dict[str, Any]:
    """Withdraw a story whose correction still tells what it changed."""
    document = _told(_body(*_RUNS))
    last = {
        "number": 3,
        "kind": "withdrawal",
        "time": "2026-11-22T08:00:00Z",
        "note": None,
        "salt": "dGhpcmRzYWx0Ynl0ZXMzMw",
    }
    for key, value in (("version", "3"), ("versionCreated", last["time"])):
        document = changed(document, key, value)
    ledger = document["tamizdat"]["releases"]
    return changed(document, "tamizdat.releases", [*ledger, last])
