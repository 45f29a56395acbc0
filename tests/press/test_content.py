"""Content files: each document that does not fit is named, the others are kept."""

import sqlite3
from contextlib import closing

import pytest

import documents
from tamizdat.press import recall, stock
from tamizdat.press.content import ContentFile
from tamizdat.press.errors import ContentError
from tamizdat.press.recall import Roll
from tamizdat.press.stock import Stock


def read(source):
    """Read every story of a content file; list refusals as words, and stories."""
    said = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(stock.SCHEMA + recall.SCHEMA)
        roll = Roll(database, {"en": Stock(database, "en")}, "frame")
        stories = [frozen.story for frozen in source.stories(roll, said.append)]
    return [str(error) for error in said], stories


def refused(tmp_path, *rows):
    """Read documents and list what was refused, as words."""
    return read(ContentFile(documents.write(tmp_path / "content.jsonl", rows)))


def test_one_bad_story_leaves_the_others(tmp_path):
    """Nothing is lost because of a neighbour."""
    bad = documents.story(2)
    del bad["headlines"]
    said, found = refused(
        tmp_path, documents.service(), documents.story(1), bad, documents.story(3)
    )

    assert ["story-1", "story-3"] == [s.id for s in found]
    assert 1 == len(said)
    assert said[0].startswith("content.jsonl line 3 (en/story-2): headlines")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("surprise",), 1, "surprise: unknown field"),
        (("urgency",), "5", "expected a whole number, found a text"),
        (("urgency",), 10, "expected 1 to 9"),
        (("type",), "picture", "expected one of text"),
        (("language",), "ru", "expected en"),
        (("version",), "2", "expected one of 1"),
        (("firstCreated",), "2026-11-20T09:01:00+00:00", "expected"),
        (("firstCreated",), "1890-01-01T00:00:00Z", "after 1900"),
        (("firstCreated",), "2026-02-30T00:00:00Z", "a time that exists"),
        (("headlines",), [], "expected one of role main"),
        (("headlines",), [{"role": "main", "value": " "}], "an empty one"),
        (("headlines",), [{"role": "main"}], "headlines[0].value: missing"),
        (("tamizdat", "releases", 0, "salt"), None, "tamizdat.releases[0].salt"),
        (("headlines",), [{"role": "main", "value": "a\nb"}], "control character"),
        (("headlines",), [{"role": "main", "value": "a"}] * 2, "main stands twice"),
        (("tamizdat", "id"), "../x", "expected"),
        (("tamizdat", "id"), "a" * 61, "expected"),
        (("tamizdat", "section"), "sport", "no section 'sport'"),
        (("tamizdat", "service"), "ru", "no service 'ru'"),
        (("tamizdat", "body"), "<p>", "expected a list, found a text"),
        (("tamizdat", "body"), [{"kind": "html", "text": "x"}], "expected one of"),
        (("tamizdat", "body", 0, "marks"), [{"kind": "em", "from": 0, "to": 99}], "99"),
        (
            ("tamizdat", "body", 0, "marks"),
            [{"kind": "link", "from": 0, "to": 1, "href": "javascript:x"}],
            "https://",
        ),
        (("tamizdat", "releases"), [], "expected at least one"),
        (("tamizdat", "releases", 0, "kind"), "update", "publish is the first"),
        (("tamizdat", "releases", 0, "number"), 2, "expected 1 to 1"),
        (("tamizdat", "releases", 0, "salt"), "short", "expected"),
        (("tamizdat", "breaking"), 1, "expected true or false"),
    ],
)
def test_bad_field_is_named_with_its_reason(tmp_path, path, value, reason):
    """An error tells the story, the field and what was expected."""
    bad = documents.story(1)
    place = bad
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    said, found = refused(tmp_path, documents.service(), bad)

    assert [] == found
    assert 1 == len(said)
    assert reason in said[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice", {"designation": "x", "paragraphs": ["y" * 5_000], "more": None}),
        ("about", ["ж" * 200] * 40),
        ("mirrors", [f"https://m{n}.example/{'x' * 200}" for n in range(40)]),
    ],
)
def test_what_fits_on_no_page_is_named_before_the_stories(tmp_path, key, value):
    """A notice that is too long is no fault of each story."""
    with pytest.raises(ContentError, match=f"{key}: .* bytes of text, at most"):
        refused(tmp_path, documents.service(**{key: value}), documents.story(1))


def test_ledger_out_of_order_is_refused(tmp_path):
    """Times of releases rise, and a correction has a note."""
    back = documents.changed(documents.story(1), "Other")
    back["tamizdat"]["releases"][1]["time"] = "2026-11-20T09:00:00Z"
    silent = documents.changed(documents.story(2), "Other", "correction")
    said, _found = refused(tmp_path, documents.service(), back, silent)

    assert "expected a later time" in said[0]
    assert "a correction needs a note" in said[1]


def test_document_twice_is_refused(tmp_path):
    """An id names one article, one service."""
    rows = [documents.service(), documents.story(1)]
    with pytest.raises(ContentError, match=r"line 3 \(en/story-1\): .*stands twice"):
        refused(tmp_path, *rows, documents.changed(rows[1], "Other"))
    with pytest.raises(ContentError, match="stands twice"):
        refused(tmp_path, *rows, documents.service())


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"\xff\xfe", b"1", b'{"tamizdat": 5}', b"[" * 100_000]
)
def test_line_that_is_no_document_is_refused(tmp_path, line):
    """A line is a document or an error."""
    path = documents.write(tmp_path / "content.jsonl", [documents.service()])
    path.write_bytes(path.read_bytes() + line + b"\n")
    source = ContentFile(path)
    said, _found = read(source)

    assert 1 == len(said)
    assert "en" in source.services


def test_line_longer_than_a_document_is_refused(tmp_path):
    """A million-byte line is read once and refused."""
    long = documents.story(1)
    long["tamizdat"]["body"] = [{"kind": "paragraph", "text": "x" * (1 << 20)}]
    said, _found = refused(tmp_path, documents.service(), long)

    assert "at most 1 MiB" in said[0]


@pytest.mark.parametrize("name", ["o", "log", "trust", "files", "r", "shared"])
def test_service_named_like_a_part_of_the_mirror_is_refused(tmp_path, name):
    """A service's path never hides the mirror's own."""
    with pytest.raises(ContentError, match="reserved"):
        refused(tmp_path, documents.service(name, language="en"))
