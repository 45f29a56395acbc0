"""Content that cannot be printed, given to the real command: each refused by name.

Some sixty contents are given to it in this process, broken lines to one of its own.
"""

import copy
import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import documents
from server.conftest import tamizdat
from tamizdat.server.cli import main

GOOD = documents.story(1)
NOW, LATER = "2026-11-24T06:00:00Z", "2026-11-24T07:00:00Z"
BODY = ("tamizdat", "body")
LEDGER = ("tamizdat", "releases")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Give keys made by the command."""
    folder = tmp_path_factory.mktemp("keys") / "keys"
    run = tamizdat(
        *("keys", "new", folder, "--organisation", "press.example"),
        *("--service", "en", "--service", "fa", "--time", "2026-11-20T00:00:00Z"),
    )
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def build(tmp_path, keys):
    """Give the command, with a content and its options."""

    def run(rows, *more):
        content = documents.write(tmp_path / "content.jsonl", rows)
        words = ("edition", "build", content, tmp_path / "out", "--keys", keys)
        done = CliRunner().invoke(main, [*map(str, words), "--time", NOW, *more])
        if not isinstance(done.exception, SystemExit | None):
            raise done.exception
        return SimpleNamespace(returncode=done.exit_code, stderr=done.stderr)

    return run


def out(tmp_path):
    """List what was signed, by service."""
    return {path.parent.name for path in (tmp_path / "out").glob("*/latest")}


def changed(document, path, value):
    """Replace one value of a document, or add it."""
    bad = copy.deepcopy(document)
    place = bad
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return bad


def later(kind="update", time="2026-11-21T09:00:00Z", note=None, number=2):
    """Make a second release, with whatever is wrong about it."""
    document = documents.changed(documents.story(2), "Again", kind, note)
    document["versionCreated"] = time
    document["tamizdat"]["releases"][1] |= {"time": time, "number": number}
    return document


RELATED = {
    "service": "en",
    "id": "story-1",
    "headline": "Headline 1",
    "published": "2027-01-01T00:00:00Z",
}
SHOWN = {"kind": "audio", "name": "a1"}
LINEAGE = {
    "relation": "translated",
    "service": "fa",
    "id": "x",
    "release": 1,
    "headline": "X",
    "published": "2026-11-20T09:00:00Z",
    "language": "fa",
}
BAD = documents.story(2)


def _day(day):
    return {"place": "Geneva", "date": day}


def paragraph(text):
    """Make a story of one paragraph."""
    return changed(BAD, BODY, [{"kind": "paragraph", "text": text}])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        # an unknown field
        (changed(BAD, ("colour",), "red"), "colour: unknown field"),
        (changed(BAD, (*BODY, 0, "id"), 1), "tamizdat.body[0].id: unknown field"),
        # a wrong type
        (changed(BAD, ("urgency",), "5"), "urgency: expected a whole number, found"),
        (changed(BAD, ("headlines",), {}), "headlines: expected a list, found an"),
        (changed(BAD, BODY, [7]), "tamizdat.body[0]: expected an object, found a"),
        (changed(BAD, (*BODY, 0, "text"), None), "tamizdat.body[0].text: expected"),
        # a release ledger out of order
        (later(time="2026-11-20T08:00:00Z"), "tamizdat.releases[1].time: expected a l"),
        (later(number=3), "tamizdat.releases[1].number: expected 2 to 2, found 3"),
        (later("publish"), "tamizdat.releases[1].kind: publish is the first"),
        (later("correction"), "tamizdat.releases[1].note: a correction needs a note"),
        (changed(BAD, LEDGER, []), "tamizdat.releases: expected at least one"),
        (changed(later(), ("version",), "1"), "version: expected one of 2, found '1'"),
        # a slug that is not a safe path
        (changed(BAD, ("tamizdat", "section"), "a/b"), "tamizdat.section: expected"),
        (changed(BAD, ("subjects",), [{"name": "X", "literal": ".."}]), "[0].literal"),
        # HTML where text is expected
        (paragraph("<p>News.</p>"), "body[0].text: expected plain text, found"),
        (paragraph("<script src=x"), "found HTML: <script src=x"),
        (paragraph("<svg/onload=1>"), "found HTML: <svg/onload=1>"),
        (paragraph("<!DOCTYPE html>"), "found HTML: <!DOCTYPE html>"),
        (paragraph("<?php x ?>"), "found HTML: <?php x ?>"),
        (paragraph("One<br/>two"), "found HTML: <br/>"),
        (paragraph("<!-- x -->"), "found HTML: <!-- x -->"),
        (changed(BAD, BODY, "<p>News.</p>"), "tamizdat.body: expected a list, found a"),
        (
            changed(BAD, ("headlines", 0, "value"), 'A <a href="x">b</a>'),
            "headlines[0].value: expected plain text, found HTML: <a href=",
        ),
        (changed(BAD, (*BODY, 0, "kind"), "html"), "body[0].kind: expected one of"),
        # a date before 1900 or in the future
        (later(time="2026-11-24T06:06:00Z"), "versionCreated: 2026-11-24T06:06:00Z is"),
        (
            changed(BAD, ("firstCreated",), "1899-12-31T23:59:59Z"),
            "firstCreated: expected a time after 1900",
        ),
        (
            changed(BAD, ("tamizdat", "dateline"), _day("1899-12-31")),
            "tamizdat.dateline.date: expected YYYY-MM-DD from 1900 on",
        ),
        (
            changed(BAD, ("tamizdat", "dateline"), _day("2026-11-25")),
            "tamizdat.dateline.date: 2026-11-25 is in the future",
        ),
        (
            changed(
                BAD,
                ("tamizdat", "lineage"),
                {**LINEAGE, "published": "2027-01-01T00:00:00Z"},
            ),
            "tamizdat.lineage.published: 2027-01-01T00:00:00Z is in the future",
        ),
        (
            changed(BAD, ("tamizdat", "related"), [RELATED]),
            "tamizdat.related[0].published: 2027-01-01T00:00:00Z is in the future",
        ),
        # what finds no room on a page
        (
            changed(BAD, ("headlines", 0, "value"), "Word " * 4_000 + "end"),
            "headlines: the frame leaves",
        ),
        # what a story shows
        (changed(BAD, BODY, [SHOWN]), "body[0].name: expected the name of an associat"),
        # an unknown language
        (changed(BAD, ("language",), "xx"), "language: expected a language that CLDR"),
        (changed(BAD, ("language",), "english"), "language: expected [a-z]"),
        (changed(BAD, ("language",), "fa"), "language: expected en"),
        (
            changed(BAD, ("tamizdat", "lineage"), {**LINEAGE, "language": "qq"}),
            "tamizdat.lineage.language: expected a language that CLDR knows",
        ),
    ],
)  # fmt: skip
def test_bad_story_is_refused_by_line_id_field_and_reason(tmp_path, build, bad, said):
    """Nothing is signed without it; with `--keep-going` the others are."""
    rows = [documents.service(), GOOD, bad, documents.story(3)]
    refused = build(rows)

    assert 1 == refused.returncode
    [line, error] = refused.stderr.strip().splitlines()
    assert line.startswith("refused: content.jsonl line 3 (en/story-2): ")
    assert said in line
    assert "Error: documents were refused, so nothing is signed" == error
    assert set() == out(tmp_path)
    assert [] == list((tmp_path / "out").rglob("*.html"))

    kept = build(rows, "--keep-going")

    assert 0 == kept.returncode, kept.stderr
    assert [line.replace("refused", "left out")] == kept.stderr.strip().splitlines()
    pages = (tmp_path / "out" / "en" / "a").rglob("story-*.html")
    assert ["story-1.html", "story-3.html"] == sorted(path.name for path in pages)


@pytest.mark.parametrize("slug", ["../x", "a/b", "A", "", "a" * 61, ".", "a\u0000"])
def test_id_that_is_no_safe_path_is_refused(tmp_path, build, slug):
    """No file is written outside its place; what is no id is not repeated as one."""
    bad = changed(BAD, ("tamizdat", "id"), slug)
    run = build([documents.service(), GOOD, bad], "--keep-going")
    [line] = run.stderr.strip().splitlines()

    assert 0 == run.returncode
    assert line.startswith("left out: content.jsonl line 3: tamizdat.id: ")
    assert ["story-1.html"] == [p.name for p in (tmp_path / "out/en/a").rglob("story*")]


def test_words_with_signs_of_mathematics_are_no_html(tmp_path, build):
    """A text may hold a less-than sign, an ampersand or a name in angle brackets."""
    words = "AT&T: 1 < 2 > 0 & <3, <Ctrl>, x<y; R&D;"
    run = build([documents.service(), changed(GOOD, (*BODY, 0, "text"), words)])

    assert 0 == run.returncode, run.stderr
    assert {"en"} == out(tmp_path)


def test_id_twice_in_a_service_stops_the_build(tmp_path, build):
    """Which of the two is meant only the sender knows, so that nothing goes on."""
    rows = [documents.service(), GOOD, documents.changed(GOOD, "Other")]
    for run in (build(rows), build(rows, "--keep-going")):
        assert 1 == run.returncode
        assert (
            "Error: content.jsonl line 3 (en/story-1): tamizdat.id: a document of this"
            " story stands twice"
        ) == run.stderr.strip()
    assert set() == out(tmp_path)


def test_one_id_in_two_services_is_two_articles(tmp_path, build):
    """A translation has the id of its original."""
    services = [documents.service(), documents.service("fa")]
    run = build([*services, GOOD, documents.story(1, "fa")])

    assert 0 == run.returncode, run.stderr
    assert {"en", "fa"} == out(tmp_path)


def test_service_without_room_for_news_is_named_and_the_others_are_built(
    tmp_path, build
):
    """Exit status 1 and one line: the service, the field, what it takes and may."""
    crowded = documents.service("fa") | {"look": {"footer": "&" * 1_000}}
    crowded["notice"]["paragraphs"] = ["x" * 1_500]
    run = build([documents.service(), crowded, GOOD, documents.story(1, "fa")])
    [line] = run.stderr.strip().splitlines()

    assert 1 == run.returncode
    assert line.startswith("left out: fa: service fa: look: what is said on every page")
    assert line.endswith(" bytes, at most 6000")
    assert {"en"} == out(tmp_path)
    assert not (tmp_path / "out" / "fa").exists()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("colour",), "red", "colour: unknown field"),
        (("sections",), "law", "sections: expected a list, found a text"),
        (("sections", 0, "id"), "a/b", "sections[0].id: expected [a-z0-9]"),
        (("sections", 1, "id"), "society", "sections: an id stands twice"),
        (("name",), "<b>Press</b>", "name: expected plain text, found HTML: <b>"),
        (("language",), "xx", "language: expected a language that CLDR knows"),
        (("time_zone",), "Moon/Sea", "time_zone: expected a zone of tzdata"),
        (("direction",), "up", "direction: expected one of ltr, rtl"),
    ],
)
def test_bad_service_stops_the_build(tmp_path, build, path, value, said):
    """Without it all its stories would be missing, so that nothing goes on."""
    bad = changed(documents.service(), path, value)
    for more in ((), ("--keep-going",)):
        run = build([documents.service("fa"), bad, GOOD], *more)
        [line] = run.stderr.strip().splitlines()

        assert 1 == run.returncode
        assert line.startswith("Error: content.jsonl line 2 (service en): ")
        assert said in line
    assert set() == out(tmp_path)


def test_service_that_stands_twice_stops_the_build(tmp_path, build):
    """One service, one document."""
    run = build([documents.service(), GOOD, documents.service(name="en")])

    assert 1 == run.returncode
    assert "content.jsonl line 3" in run.stderr
    assert "id: 'en' stands twice" in run.stderr
    assert set() == out(tmp_path)


def test_service_id_that_is_no_safe_path_stops_the_build(tmp_path, build):
    """A service is a folder of the mirror."""
    run = build([documents.service("../x", language="en"), GOOD])

    assert 1 == run.returncode
    assert "content.jsonl line 1: id: expected [a-z0-9]" in run.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("line", [b"{", b"\xff\xfe", b"[]", b'{"a": 1, "a": '])
def test_line_that_is_no_document_is_refused_by_its_number(tmp_path, keys, line):
    """A broken line has no id; its number is said."""
    content = documents.write(tmp_path / "more.jsonl", [documents.service(), GOOD])
    content.write_bytes(content.read_bytes() + line + b"\n")
    words = ("edition", "build", content, tmp_path / "out", "--keys", keys)
    refused = tamizdat(*words, "--time", NOW)
    kept = tamizdat(*words, "--time", NOW, "--keep-going", "--json")

    assert 1 == refused.returncode
    assert "refused: more.jsonl line 3: " in refused.stderr
    assert "left out: more.jsonl line 3: " in kept.stderr
    assert 1 == json.loads(kept.stdout)["stories"]


def test_story_printed_before_and_bad_now_stays_as_it_was(tmp_path, build):
    """What is left out is not taken back: its last good page stands."""
    rows = [documents.service(), GOOD, BAD]
    assert 0 == build(rows).returncode
    page = next((tmp_path / "out" / "en" / "a").rglob("story-2.html"))
    before = page.read_bytes()
    bad = changed(documents.changed(BAD, "Worse"), ("colour",), "red")
    run = build([*rows[:2], bad, documents.story(4)], "--keep-going", "--time", LATER)

    assert 0 == run.returncode, run.stderr
    assert "left out: content.jsonl line 3 (en/story-2): colour" in run.stderr
    assert before == page.read_bytes()
