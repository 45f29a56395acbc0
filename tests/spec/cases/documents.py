"""Vectors of story and service documents, and of the releases they make."""

import copy
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from spec.cases.vector import Series, Vector, field
from tamizdat.edition import releases
from tamizdat.edition.documents import read_document
from tamizdat.edition.record import record
from tamizdat.edition.stories import Story

_READ = Series("story-document", "document.read")
_RECORD = Series("releases", "releases.record")
_LINES = Series("releases", "releases.lines")
_PARTS = Series("releases", "releases.parts")
_PART = Series("releases", "releases.read")

SERVICE = {
    "format": "tamizdat-service/1",
    "organisation": "Press Example",
    "id": "en",
    "name": "Press Example in English",
    "language": "en",
    "direction": "ltr",
    "time_zone": "UTC",
    "calendar": "gregorian",
    "territories": ["GB"],
    "bio": None,
    "notice": None,
    "sections": [{"id": "law", "name": "Law"}],
}
STORY: dict[str, Any] = {
    "uri": "tag:press.example,2026:en/right-to-know",
    "type": "text",
    "version": "2",
    "language": "en",
    "pubStatus": "usable",
    "urgency": 5,
    "firstCreated": "2026-11-20T09:00:00Z",
    "versionCreated": "2026-11-21T08:00:00Z",
    "headlines": [{"role": "main", "value": "Who May Know"}],
    "descriptions": [{"role": "summary", "value": "The right is older than the law."}],
    "subjects": [
        {"name": "Access to information", "literal": "access-to-information"},
        {"name": "Courts", "literal": "courts"},
    ],
    "tamizdat": {
        "format": "tamizdat-story/1",
        "service": "en",
        "id": "right-to-know",
        "section": "law",
        "breaking": False,
        "dateline": {"place": "Geneva", "date": "2026-11-20"},
        "body": [
            {
                "kind": "paragraph",
                "text": "Anyone may ask.",
                "marks": [{"kind": "strong", "from": 0, "to": 6}],
            },
            {"kind": "list", "items": ["one", "two"]},
            {"kind": "table", "rows": [["year", "asked"], ["2026", "12"]]},
        ],
        "bylines": [{"name": "Press Example", "role": None, "bio": None}],
        "lineage": {
            "relation": "translated",
            "service": "ru",
            "id": "right-to-know",
            "release": 1,
            "headline": "Право знать",
            "published": "2026-11-20T07:30:00Z",
            "language": "ru",
        },
        "releases": [
            {
                "number": 1,
                "kind": "publish",
                "time": "2026-11-20T09:00:00Z",
                "note": None,
                "salt": "b3JkZXJseXNhbHRieXRlcw",
            },
            {
                "number": 2,
                "kind": "correction",
                "time": "2026-11-21T08:00:00Z",
                "note": "An earlier version named another year.",
                "salt": "c2Vjb25kc2FsdGJ5dGVzMg",
            },
        ],
    },
}


def vectors() -> Iterator[Vector]:
    """Make every vector of both formats."""
    yield from _documents()
    yield from _bad_stories()
    yield from _bad_subjects()
    yield from _permalinks()
    yield from _bad_services()
    yield from _bad_lines()
    yield from _records()
    yield from _release_lines()
    yield from _release_parts()
    yield from _bad_parts()


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Copy a document with one value replaced; `path`: "tamizdat.body.0.text"."""
    whole = copy.deepcopy(document)
    *parents, last = [int(p) if p.isdigit() else p for p in path.split(".")]
    at: Any = whole
    for part in parents:
        at = at[part]
    at[last] = value
    return whole


def _story() -> Story:
    document = read_document(json.dumps(STORY).encode(), "")
    if not isinstance(document, Story):
        raise TypeError("expected a story")
    return document


def _documents() -> Iterator[Vector]:
    names = {"service": "en", "id": "right-to-know"}
    result: dict[str, Any] = {"kind": "story", **names, "release": 2}
    result["subjects"] = [
        [subject["literal"], subject["name"]] for subject in STORY["subjects"]
    ]
    given = {"document": STORY}
    yield _READ.ok("story", "A story at its second release.", given, result)
    yield from _subjects(result)
    bare = changed(STORY, "tamizdat.body", [])
    for path in ("dateline", "lineage", "bylines"):
        bare = changed(bare, f"tamizdat.{path}", None)
    why = "What is absent is null, or a list of nothing."
    bare = changed(bare, "subjects", None)
    nothing = {**result, "subjects": []}
    yield _READ.ok("story-without-more", why, {"document": bare}, nothing)
    taken = changed(STORY, "tamizdat.releases.1.note", None)
    redaction = {"number": 3, "kind": "redaction", "time": _LATER, "note": None}
    taken["tamizdat"]["releases"].append({**redaction, "salt": "A" * 22})
    taken = changed(changed(taken, "version", "3"), "versionCreated", _LATER)
    why = "A note may go with what a later redaction takes away."
    yield _READ.ok(
        "note-taken-back", why, {"document": taken}, {**result, "release": 3}
    )
    yield from _spelt(result)
    yield from _services()


def _spelt(result: dict[str, Any]) -> Iterator[Vector]:
    emoji = changed(STORY, "tamizdat.body.0.text", "🗞🗞 two papers")
    emoji = changed(emoji, "tamizdat.body.0.marks.0.to", 2)
    known = changed(STORY, "tamizdat.lineage.name", "Press Example по-русски")
    why = "The service that tells the original may be named."
    yield _READ.ok("lineage-names-its-service", why, {"document": known}, result)
    why = "Marks count code points, not UTF-16 units."
    yield _READ.ok("marks-in-code-points", why, {"document": emoji}, result)
    spoken = changed(STORY, "tamizdat.body.0.marks", [_spoken(0, 6), _spoken(6, 10)])
    spoken = changed(spoken, "tamizdat.body.1.language", "ka")
    why = "Passages, lists and tables may be in other languages."
    yield _READ.ok("passages-in-other-languages", why, {"document": spoken}, result)
    words = [_words("Anyone"), _words("x" * 300), _words("\u0647\u200d", "fa")]
    named = changed(STORY, "tamizdat.foreign", words)
    runs = [
        {"kind": "kept", "text": "Who May Know"},
        {"kind": "removed", "text": " in 1766"},
    ]
    shown = [{"part": "headline", "runs": runs}]
    named = changed(named, "tamizdat.releases.1.changes", shown)
    named = changed(named, "tamizdat.releases.1.foreign", [_words("1766", "fa")])
    why = "Words in other languages may be named for all texts of a story."
    yield _READ.ok("words-in-other-languages", why, {"document": named}, result)


def _services() -> Iterator[Vector]:
    result: dict[str, Any] = {"kind": "service", "id": "en", "retired": []}
    given = {"document": SERVICE}
    yield _READ.ok("service", "A language service.", given, result)
    codes = ["XK", "RU-BA", "GB"]
    given = {"document": {**SERVICE, "date_style": "short", "territories": codes}}
    why = "A style of dates, Kosovo, and a part of a country."
    yield _READ.ok("service-with-a-date-style", why, given, result)
    given = {
        "document": {
            **SERVICE,
            "home": "https://press.example/news",
            "about": ["We report.", "We correct."],
            "mirrors": ["https://mirror.example", "http://other.example/paper/"],
            "look": {
                "accent": "9d1220",
                "accent_dark": "ff938c",
                "footer": "Ours.",
                "logo": LOGO,
                "style": "h1{font-weight:800}",
                "mast": '<a class="name" href="{{ root }}index.html">Ours</a>',
            },
        }
    }
    why = "Where it is at home, what it says of itself, its mirrors and its look."
    yield _READ.ok("service-with-a-look", why, given, result)
    words = [_words("Anyone"), _words("x" * 300), *_MANY[:28]]
    given = {"document": changed(SERVICE, "foreign", words)}
    why = "Words in other languages may be named for all that a service says of itself."
    yield _READ.ok("service-with-words-in-other-languages", why, given, result)
    yield from _retired(result)


def _retired(result: dict[str, Any]) -> Iterator[Vector]:
    rows = [{"id": f"s-{n}", "name": "Law", "retired": n >= 20} for n in range(200)]
    given = {"document": changed(SERVICE, "sections", rows)}
    result = {**result, "retired": [f"s-{n}" for n in range(20, 200)]}
    why = "20 sections, and 180 that were retired."
    yield _READ.ok("service-with-retired-sections", why, given, result)


def _subjects(result: dict[str, Any]) -> Iterator[Vector]:
    rows = [
        ("none", "A list of nothing is no subject.", []),
        ("in-their-order", "Subjects keep the order they are given in.", _in_order()),
        ("with-one-name", "Two subjects may have one name.", _numbered(2, "Courts")),
        ("40", "A story has at most 40 subjects.", _numbered(40)),
    ]
    for name, why, subjects in rows:
        given = {"document": changed(STORY, "subjects", subjects)}
        pairs = [[subject["literal"], subject["name"]] for subject in subjects]
        yield _READ.ok(f"subjects-{name}", why, given, {**result, "subjects": pairs})


def _in_order() -> list[dict[str, str]]:
    return [{"name": "Ж", "literal": "zh"}, {"name": "А", "literal": "a"}]  # noqa: RUF001


def _numbered(count: int, name: str = "A subject") -> list[dict[str, str]]:
    return [{"name": name, "literal": f"s-{n}"} for n in range(count)]


def _bad_subjects() -> Iterator[Vector]:
    first = "subjects.0"
    rows = [
        ("twice", "subjects", STORY["subjects"][:1] * 2, "stands twice"),
        ("of-one-literal", "subjects.1.literal", _FIRST_LITERAL, "stands twice"),
        ("41", "subjects", _numbered(41), "at most 40"),
        ("as-texts", "subjects", ["courts"], "expected an object, found a text"),
        (
            "as-an-object",
            "subjects",
            STORY["subjects"][0],
            "expected a list, found an object",
        ),
        ("without-a-literal", f"{first}.literal", None, "found null"),
        ("without-a-name", f"{first}.name", None, "found null"),
        ("with-an-empty-name", f"{first}.name", " ", "found an empty one"),
        ("in-upper-case", f"{first}.literal", "Courts", "expected [a-z0-9]"),
        ("with-a-slash", f"{first}.literal", "a/b", "expected [a-z0-9]"),
        ("with-a-dot", f"{first}.literal", "law.2", "expected [a-z0-9]"),
        ("with-an-underscore", f"{first}.literal", "law_2", "expected [a-z0-9]"),
        ("of-61-characters", f"{first}.literal", "a" * 61, "expected [a-z0-9]"),
        ("with-an-unknown-field", f"{first}.uri", "urn:x", "unknown field"),
    ]
    for name, path, value, reason in rows:
        given = {"document": changed(STORY, path, value)}
        why = f"Refused: subjects {name.replace('-', ' ')}."
        yield _READ.bad(f"subjects-{name}", why, given, ("StoryError", reason))


_FIRST_LITERAL = "access-to-information"


def _bad_stories() -> Iterator[Vector]:
    for name, path, value, reason in _ODD_STORIES:
        given = {"document": changed(STORY, path, value)}
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(f"story-{name}", why, given, ("StoryError", reason))


def _permalinks() -> Iterator[Vector]:
    path, one = "tamizdat.permalinks", "https://old.example/a/1.html"
    many = [f"http://old.example/?p={n}" for n in range(20)]
    for name, links in (("one", [one]), ("20", many), ("none", [])):
        given = {"document": changed(STORY, path, links)}
        result = {"kind": "story", "service": "en", "id": "right-to-know", "release": 2}
        subjects = [[s["literal"], s["name"]] for s in STORY["subjects"]]
        why = f"Addresses a story had before: {name}."
        yield _READ.ok(
            f"permalinks-{name}", why, given, {**result, "subjects": subjects}
        )
    rows = [
        ("21", [*many, one], "at most 20"),
        ("twice", [one, one], "stands twice"),
        ("without-a-host", ["/a/1.html"], "expected https?://"),
        ("without-a-path", ["https://old.example"], "expected https?://"),
        ("of-a-script", ["javascript:alert(1)"], "expected https?://"),
        ("with-a-fragment", [f"{one}#x"], "expected https?://"),
        ("with-a-space", [f"{one} x"], "expected https?://"),
        ("as-a-text", one, "expected a list, found a text"),
    ]
    for name, value, reason in rows:
        given = {"document": changed(STORY, path, value)}
        why = f"Refused: permalinks {name.replace('-', ' ')}."
        yield _READ.bad(f"permalinks-{name}", why, given, ("StoryError", reason))


_LATER = "2026-11-22T08:00:00Z"


def _spoken(start: int, end: int, language: str = "fa-AF") -> dict[str, Any]:
    return {"kind": "language", "from": start, "to": end, "language": language}


def _words(words: str, language: str = "sv") -> dict[str, Any]:
    return {"words": words, "language": language}


# The same words: with another blank, with two, with an accent of its own.
_TWICE = {
    "with-another-blank": [_words("a b"), _words("a\u00a0b")],
    "with-two-blanks": [_words("a  b"), _words("a b")],
    "in-another-form": [_words("\u00e9"), _words("e\u0301", "fr")],
}
_MANY = [_words(f"a{n}") for n in range(31)]
_BABEL = [_spoken(0, 4), _spoken(3, 6, "ka")]
_SCRIPT = [{"kind": "link", "from": 0, "to": 6, "href": "javascript:alert(1)"}]


_FIRST, _OURS = "tamizdat.releases.0", "tamizdat"
_ODD_STORIES = [
    ("unknown-field", "colour", "red", "unknown field"),
    ("author-by-name", "tamizdat.bylines.0.id", "A Name", "expected [a-z0-9]"),
    ("unknown-field-inside", f"{_FIRST}.colour", "red", "unknown field"),
    ("another-format", f"{_OURS}.format", "tamizdat-story/2", "expected one of"),
    ("id-with-a-slash", f"{_OURS}.id", "../en", "expected [a-z0-9]"),
    ("id-in-upper-case", f"{_OURS}.id", "A", "expected [a-z0-9]"),
    ("id-of-61-characters", f"{_OURS}.id", "a" * 61, "expected [a-z0-9]"),
    ("withheld", "pubStatus", "withheld", "expected one of usable"),
    ("version-as-a-number", "version", 2, "expected a text, found a whole number"),
    ("version-behind-the-ledger", "version", "1", "expected one of 2"),
    ("urgency-0", "urgency", 0, "expected 1 to 9"),
    ("no-headline", "headlines", [], "expected one of role main"),
    ("two-headlines", "headlines", STORY["headlines"] * 2, "main stands twice"),
    ("empty-text", "headlines.0.value", "", "found an empty one"),
    ("line-break", "headlines.0.value", "a\nb", "U+000A"),
    ("line-separator", "headlines.0.value", "a\u2028b", "U+2028"),
    (
        "breaking-as-a-number",
        f"{_OURS}.breaking",
        1,
        "expected true or false, found a whole number",
    ),
    ("no-such-day", f"{_OURS}.dateline.date", "2026-02-30", "expected YYYY-MM-DD"),
    ("day-before-1900", f"{_OURS}.dateline.date", "1899-12-31", "from 1900 on"),
    ("time-before-1900", "firstCreated", "1899-12-31T23:59:59Z", "after 1900"),
    ("language-unknown", "language", "qq", "a language that CLDR knows"),
    ("script-unknown", "language", "en-Qqqq", "a language that CLDR knows"),
    ("day-as-a-week", f"{_OURS}.dateline.date", "2026-W47-5", "expected YYYY-MM-DD"),
    ("hour-24", "firstCreated", "2026-11-20T24:00:00Z", r"expected \d"),
    ("markup-block", f"{_OURS}.body.0.kind", "html", "expected one of"),
    ("mark-past-the-text", f"{_OURS}.body.0.marks.0.to", 99, "expected 1 to 15"),
    ("mark-of-nothing", f"{_OURS}.body.0.marks.0.to", 0, "expected 1 to 15"),
    ("script-link", f"{_OURS}.body.0.marks", _SCRIPT, "expected https://"),
    ("mark-of-no-language", f"{_OURS}.body.0.marks", [_spoken(0, 3, "qq")], "CLDR"),
    ("two-languages-at-once", f"{_OURS}.body.0.marks", _BABEL, "one language for each"),
    ("words-of-no-language", f"{_OURS}.foreign", [_words("a", "qq")], "CLDR knows"),
    (
        "words-twice",
        f"{_OURS}.foreign",
        [_words("a")] * 2,
        "stands twice",
    ),
    (
        "words-of-a-release-without-changes",
        f"{_OURS}.releases.0.foreign",
        [_words("a")],
        "expected none where no changes stand",
    ),
    ("words-with-a-blank", f"{_OURS}.foreign", [_words("a ")], "no blank or unseen"),
    ("words-of-nothing", f"{_OURS}.foreign", [_words("")], "found an empty one"),
    (
        "words-of-its-own",
        f"{_OURS}.foreign",
        [_words("a", "en")],
        "another one than en",
    ),
    ("words-with-a-joiner", f"{_OURS}.foreign", [_words("a\u200c")], "found U+200C"),
    ("words-with-a-mark", f"{_OURS}.foreign", [_words("\u200fa")], "found U+200F"),
    ("words-of-null", f"{_OURS}.foreign", [{**_words("a"), "words": None}], "null"),
    ("words-in-null", f"{_OURS}.foreign", [{**_words("a"), "language": None}], "null"),
    ("words-in-nothing", f"{_OURS}.foreign", [_words("a", "")], "an empty one"),
    *(
        (f"words-twice-{how}", f"{_OURS}.foreign", rows, "stands twice")
        for how, rows in _TWICE.items()
    ),
    (
        "words-of-the-language-of-the-headline",
        f"{_OURS}.lineage",
        {
            **STORY["tamizdat"]["lineage"],
            "language": "fa",
            "foreign": [_words("a", "fa")],
        },
        "another one than fa",
    ),
    ("words-too-long", f"{_OURS}.foreign", [_words("x" * 301)], "at most 300"),
    (
        "words-31",
        f"{_OURS}.foreign",
        _MANY,
        "at most 30",
    ),
    ("list-in-no-language", f"{_OURS}.body.1.language", "qq", "that CLDR knows"),
    ("number-skipped", f"{_FIRST}.number", 2, "expected 1 to 1"),
    ("publish-twice", "tamizdat.releases.1.kind", "publish", "publish is the"),
    ("correction-without-a-note", "tamizdat.releases.1.note", None, "needs a note"),
    ("salt-too-short", f"{_FIRST}.salt", "abc", "expected [A-Za-z0-9_-]"),
    ("salt-with-spare-bits", f"{_FIRST}.salt", "A" * 21 + "B", "expected [A-Z"),
    ("salt-twice", f"{_FIRST}.salt", "c2Vjb25kc2FsdGJ5dGVzMg", "stands twice"),
    ("times-out-of-order", f"{_FIRST}.time", _LATER, "expected a later time"),
    ("time-with-an-offset", "firstCreated", f"{_LATER[:-1]}+00:00", r"expected \d"),
    ("first-time-not-the-ledgers", "firstCreated", _LATER, "first release"),
    ("no-releases", f"{_OURS}.releases", [], "expected at least one"),
    ("empty-lineage", f"{_OURS}.lineage", {}, "missing"),
    ("lineage-with-a-long-name", f"{_OURS}.lineage.name", "x" * 301, "at most 300"),
]


LOGO = (
    '<svg viewbox="0 0 8 8" height="1em" fill="currentColor" aria-hidden="true">'
    '<path d="M0 0h8v8z"></path></svg>'
)


def _bad_services() -> Iterator[Vector]:
    for name, path, value, reason in _ODD_SERVICES:
        given = {"document": changed(SERVICE, path, value)}
        why = f"Refused: {name.replace('-', ' ')}."
        yield _READ.bad(f"service-{name}", why, given, ("StoryError", reason))


_FAINT = {"accent": "9d1220", "accent_dark": "9d1220"}
_AWAY = '<a href="https://elsewhere.example/">a</a>'
_CAPITALS = {"accent": "9D1220", "accent_dark": "ff938c"}
_ODD_SERVICES = [
    ("reserved-id", "id", "log", "is reserved"),
    ("id-in-upper-case", "id", "EN", "expected [a-z0-9]"),
    ("id-with-a-dot", "id", "en.html", "expected [a-z0-9]"),
    ("direction-unknown", "direction", "up", "expected one of ltr, rtl"),
    ("language-unknown", "language", "und", "a language that CLDR knows"),
    ("zone-unknown", "time_zone", "Europe/Utopia", "a zone of tzdata"),
    ("calendar-unknown", "calendar", "julian", "expected one of"),
    ("date-style-unknown", "date_style", "wide", "expected one of full, long"),
    ("territory-by-name", "territories", ["Georgia"], "a code of ISO 3166"),
    ("territory-of-the-union", "territories", ["EU"], "a code of ISO 3166"),
    ("territory-in-small-letters", "territories", ["ge"], "a code of ISO 3166"),
    ("sections-21", "sections", SERVICE["sections"] * 21, "at most 20"),
    ("sections-201", "sections", SERVICE["sections"] * 201, "at most 200"),
    (
        "section-retired-as-a-word",
        "sections.0.retired",
        "yes",
        "expected true or false",
    ),
    ("another-version", "format", "tamizdat-service/2", "expected one of"),
    ("unknown-field", "colour", "red", "unknown field"),
    ("home-without-https", "home", "http://press.example", "expected https"),
    ("home-with-a-slash", "home", "https://press.example/", "expected https"),
    ("mirror-twice", "mirrors", ["https://m.example"] * 2, "stands twice"),
    ("mirror-with-a-query", "mirrors", ["https://m.example/?a"], "expected http"),
    ("accent-too-faint", "look", _FAINT, "expected a contrast of 4.5"),
    ("accent-in-capitals", "look", _CAPITALS, "expected [0-9a-f]{6}"),
    ("mast-with-a-script", "look", {"mast": "<script>x</script>"}, "mast"),
    ("mast-that-leads-away", "look", {"mast": _AWAY}, "mast: line 1: expected"),
    ("foot-left-open", "look", {"foot": "<p>Ours"}, "is not closed"),
    ("foot-that-is-no-template", "look", {"foot": "{{ x.y }}"}, "undefined"),
    ("logo-with-a-script", "look", {"logo": f"<script>1</script>{LOGO}"}, "shapes"),
    (
        "logo-in-colours",
        "look",
        {"logo": LOGO.replace("currentColor", "red")},
        "shapes",
    ),
    ("style-that-hides", "look", {"style": ".note{display:none}"}, "rules"),
    ("style-with-spaces", "look", {"style": "h1 { font-weight: 800 }"}, "rules"),
    ("style-that-loads", "look", {"style": "h1{font-family:url(x)}"}, "rules"),
    ("accent-for-one-paper", "look", {"accent": "9d1220"}, "missing"),
    ("name-missing", "name", None, "found null"),
    ("words-of-no-language", "foreign", [_words("a", "qq")], "CLDR knows"),
    ("words-of-its-own", "foreign", [_words("a", "en")], "another one than en"),
    ("words-with-a-joiner", "foreign", [_words("a\u200c")], "found U+200C"),
    *(
        (f"words-twice-{how}", "foreign", rows, "stands twice")
        for how, rows in _TWICE.items()
    ),
    ("words-twice", "foreign", [_words("a")] * 2, "stands twice"),
    ("words-with-a-blank", "foreign", [_words(" a")], "no blank or unseen"),
    ("words-of-nothing", "foreign", [_words("")], "found an empty one"),
    ("words-too-long", "foreign", [_words("x" * 301)], "at most 300"),
    ("words-31", "foreign", _MANY, "at most 30"),
]


def _bad_lines() -> Iterator[Vector]:
    why = "A document is one line of JSON in UTF-8."
    result = {"kind": "service", "id": SERVICE["id"], "retired": []}
    given = field("line", json.dumps(SERVICE).encode())
    yield _READ.ok("line", why, given, result)
    rows = [
        ("not-json", b"{", "expected JSON in UTF-8"),
        ("not-utf-8", b'{"uri": "\xff"}', "expected JSON in UTF-8"),
        ("not-an-object", b"[]", "expected an object, found a list"),
        ("id-of-half-a-pair", _line_of("tamizdat.id", _HALF), "U+D800"),
        ("field-of-half-a-pair", _line_of(_HALF, "red"), "unknown field"),
    ]
    for name, line, reason in rows:
        given = field("line", line)
        why = "A document is one JSON object in UTF-8."
        yield _READ.bad(name, why, given, ("StoryError", reason))


_HALF = "\ud800"  # of a surrogate pair: JSON may hold it, UTF-8 may not


def _line_of(path: str, value: str) -> bytes:
    """Write a story with one value replaced, in ASCII."""
    return json.dumps(changed(STORY, path, value)).encode()


def _records() -> Iterator[Vector]:
    text = record(_story())
    result = {"record": text.decode(), "commitment": hashlib.sha256(text).hexdigest()}
    why = "What a release commits to, salt first."
    yield _RECORD.ok("record", why, {"document": STORY}, result)
    spoken = changed(STORY, "tamizdat.body.0.marks", [_spoken(0, 6)])
    spoken = changed(spoken, "tamizdat.body.1.language", "ka")
    told = text.decode().replace("m strong 0 6 -", "m language 0 6 fa-AF")
    told = told.replace("\n- two\n", "\n- two\nin ka\n")
    result = {"record": told, "commitment": hashlib.sha256(told.encode()).hexdigest()}
    why = "The language of a passage or a list is told with it."
    yield _RECORD.ok("record-with-languages", why, {"document": spoken}, result)
    named = changed(STORY, "tamizdat.foreign", [_words("Anyone"), _words("Who May")])
    told = text.decode().replace(
        "\nsection ", "\nforeign sv Anyone\nforeign sv Who May\nsection ", 1
    )
    result = {"record": told, "commitment": hashlib.sha256(told.encode()).hexdigest()}
    why = "Words in other languages are part of what was said."
    yield _RECORD.ok(
        "record-with-words-in-other-languages", why, {"document": named}, result
    )
    document = {**STORY, "associations": [_PICTURE]}
    lines = ["caption A court", "alt A building", "picture-credit Press Example"]
    picture = "\n".join([*lines, f"rendition {'ab' * 32}\np "])
    shown = text.decode().replace("\np ", f"\n{picture}", 1)
    digest = hashlib.sha256(shown.encode()).hexdigest()
    result = {"record": shown, "commitment": digest}
    why = "A picture is told by its words and the hashes of its renditions."
    yield _RECORD.ok("record-with-a-picture", why, {"document": document}, result)


_PICTURE = {
    "name": "lead",
    "uri": f"sha256:{'ab' * 32}",
    "type": "picture",
    "by": "Press Example",
    "descriptions": [
        {"role": "caption", "value": "A court"},
        {"role": "alt", "value": "A building"},
    ],
    "renditions": [
        {
            "name": "320.jpg",
            "href": f"sha256:{'ab' * 32}",
            "contentType": "image/jpeg",
            "width": 320,
            "height": 180,
            "sizeInBytes": 9,
        }
    ],
}


def _release_lines() -> Iterator[Vector]:
    story = _story()
    one, two = releases.new_lines(story, None)
    why = "A release that a newer one replaced unprinted has no text: `-`."
    given = {"document": STORY, "head": None}
    yield _LINES.ok("lines-of-two", why, given, {"lines": [one, two]})
    why = "A line names the hash of the article's line before."
    head = {"number": 1, "line": releases.line_hash(one)}
    given = {"document": STORY, "head": head}
    yield _LINES.ok("line-after-a-printed-one", why, given, {"lines": [two]})
    head = {"number": 2, "line": releases.line_hash(two)}
    given = {"document": STORY, "head": head}
    why = "An article without a new release has no line."
    yield _LINES.ok("no-new-line", why, given, {"lines": []})
    given = {"document": STORY, "head": {**head, "number": 3}}
    bad = ("TreeError", "release 3 is printed, the ledger ends at 2")
    why = "A ledger never gets shorter."
    yield _LINES.bad("ledger-shorter-than-printed", why, given, bad)


def _impossible(line: str) -> str:
    """Move a line's time to a thirteenth month."""
    words = line.split(" ")
    words[3] = f"2026-13{words[3][7:]}"
    return " ".join(words)


def _line(article: str, number: int = 1) -> str:
    return f"{article} {number} publish 2026-11-20T09:00:00Z {'ab' * 32} -\n"


def _release_parts() -> Iterator[Vector]:
    rows = [
        ("sorted", [_line("b"), _line("a", 10), _line("a", 9)]),
        ("of-80", [_line(f"a{n:02d}") for n in range(80)]),
        ("of-81", [_line(f"a{n:02d}") for n in range(81)]),
        ("of-no-lines", []),
    ]
    for name, lines in rows:
        parts = {path: part.decode() for path, part in releases.parts(lines).items()}
        why = "Lines by article and number, at most 80 in a part."
        yield _PARTS.ok(f"parts-{name}", why, {"lines": lines}, parts)
    part = f"tamizdat-releases/1\n{_line('a')}{_line('b', 2)}"
    hashes = [hashlib.sha256(_line(*row).encode()).hexdigest() for row in _HEADS]
    heads = [[*row, line] for row, line in zip(_HEADS, hashes, strict=True)]
    why = "Each line gives its article's newest printed release."
    given = field("part", part.encode())
    yield _PART.ok("part", why, given, {"heads": heads})


_HEADS = (("a", 1), ("b", 2))


def _bad_parts() -> Iterator[Vector]:
    head, line, upper = "tamizdat-releases/1\n", _line("a"), "AB" * 32
    spelt = "expected a release line"
    rows = [
        ("another-version", head.replace("/1", "/2") + line, "not a tamizdat-releases"),
        ("no-final-line-feed", (head + line)[:-1], "not a tamizdat-releases"),
        ("lines-not-sorted", head + _line("b") + line, "not sorted"),
        ("line-twice", head + line + line, "not sorted"),
        ("eighty-one-lines", head + "".join(_line("a", n) for n in range(1, 82)), "80"),
        ("no-such-time", head + _impossible(line), "there is no time"),
        ("article-id-too-long", head + _line("a" * 61), "expected a release line"),
        ("crlf", head + line.replace("\n", "\r\n"), spelt),
        ("empty", head, spelt),
        ("unknown-kind", head + line.replace("publish", "erase"), spelt),
        ("number-0", head + line.replace(" 1 ", " 0 "), spelt),
        ("upper-case-article", head + line.replace("a ", "A ", 1), spelt),
        ("upper-case-hash", head + line.replace("ab" * 32, upper), spelt),
        ("field-missing", head + line.replace(" -\n", "\n"), spelt),
    ]
    for name, part, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        bad = ("TreeError", reason)
        yield _PART.bad(f"part-{name}", why, field("part", part.encode()), bad)
    given = field("part", head.encode() + b"\xff\n")
    bad = ("TreeError", spelt)
    yield _PART.bad("part-not-utf-8", "A part is ASCII.", given, bad)
