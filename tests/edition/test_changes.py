"""What a release changed: frozen, read back, and refused where it cannot be."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import documents
from edition.paper import TEXTS, full_story, plain_story, release, service
from tamizdat.edition import changes
from tamizdat.edition.changes import PARTS, base_of, freeze
from tamizdat.edition.compare import ADDED, KEPT, OMITTED, REMOVED
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import article_pages, texts_of
from tamizdat.edition.reading import read_article

TEXT = st.text(st.sampled_from("ab .,8я\u200c\u0301"), min_size=1, max_size=60)
BODY = st.lists(TEXT.filter(str.strip), min_size=1, max_size=5)
LONG = st.lists(st.sampled_from(["a", "b", "b " * 900, "word " * 40]), max_size=30)


def side(runs, *kinds):
    """Put the runs of some kinds together."""
    return "".join(run["text"] for run in runs if run["kind"] in kinds)


def story(old, new, kind="correction"):
    """Make a document whose newest release replaced one body by another."""
    one = documents.changed(documents.story(), "Headline 1", kind, "Why.")
    one["tamizdat"]["body"] = [
        {"kind": "paragraph", "text": text} for text in new.split("\n")
    ]
    one["tamizdat"]["releases"][1]["changes"] = freeze({"body": old}, {"body": new})
    return one


def read(document):
    """Read a document as the press does."""
    return read_document(documents.line(document), "x")


@given(BODY, BODY)
def test_frozen_runs_give_both_texts_back(old, new):
    """Where nothing is left out, a reader can put both texts together."""
    before, after = "\n".join(old), "\n".join(new)
    for row in freeze({"body": before}, {"body": after}):
        runs = row["runs"]
        if OMITTED not in {run["kind"] for run in runs}:
            assert before == side(runs, KEPT, REMOVED)
            assert after == side(runs, KEPT, ADDED)


@settings(deadline=None)  # long texts are compared word by word
@given(BODY | LONG, BODY | LONG)
def test_whatever_is_frozen_is_read(old, new):
    """No difference is too long or too odd for the reader of documents."""
    before, after = ("\n".join(filter(str.strip, text)) or "x" for text in (old, new))
    found = read(story(before, after)).release.changes

    assert (before != after) == bool(found)
    for change in found:
        assert sum(len(run.text) for run in change.runs) <= changes.PART_CHARACTERS
        assert len(change.runs) <= changes.PART_RUNS


def test_only_what_is_near_a_change_is_frozen():
    """A long text of which one word changes is not published a second time."""
    long = " ".join(f"word{n}" for n in range(500))
    (row,) = freeze({"body": f"{long} 2008 {long}"}, {"body": f"{long} 2009 {long}"})

    assert [OMITTED, KEPT, REMOVED, ADDED, KEPT, OMITTED] == [
        run["kind"] for run in row["runs"]
    ]
    assert len(json.dumps(row)) < 500


def test_many_changes_end_with_a_mark():
    """A text rewritten everywhere is bounded, and says that something is left out."""
    old = "\n".join(f"{n} old {'x ' * 50}" for n in range(400))
    (row,) = freeze({"body": old}, {"body": old.replace("old", "new")})

    assert OMITTED == row["runs"][-1]["kind"]
    assert len(row["runs"]) <= changes.PART_RUNS


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_texts_compared_are_those_on_the_page(language):
    """Public diffs and `edition diff` speak of the same words."""
    one, ours = full_story(language), service(language)
    pages = article_pages(one, ours, section_name=ours.sections[0].name)
    found = read_article([page.content for page in pages], "a.html").parts
    texts = texts_of(one, ours)

    assert {"links"} == found.keys() - texts.keys()
    assert {part: "\n".join(found[part]) for part in texts if part != "tags"} == {
        part: text for part, text in texts.items() if part != "tags"
    }
    assert [TEXTS[language]["sub"], TEXTS[language]["section"]] == texts["tags"].split(
        "\n"
    )
    assert [part for part in PARTS if part != "related"] == sorted(
        texts, key=PARTS.index
    )


@pytest.mark.parametrize(
    ("kind", "parts"), [("retraction", {"kicker", "headline"}), ("withdrawal", set())]
)
def test_text_taken_down_has_no_words_to_compare(kind, parts):
    """Of a retracted story the notice counts, of a withdrawn one nothing."""
    releases = (release(1, "publish"), release(2, kind, "Why."))

    assert parts == texts_of(full_story(releases=releases), service()).keys()


def test_story_without_anything_has_its_headline():
    """What a story lacks is no part of it."""
    bare = plain_story(1, kicker=None, standfirst=None, dateline=None, tags=())

    assert {"kicker", "headline", "body", "credit", "byline"} == texts_of(
        bare, service()
    ).keys()


@pytest.mark.parametrize(
    ("kinds", "carried", "bases"),
    [
        ("publish update minor", {1, 2, 3}, [None, 1, 2]),
        ("publish update minor", {1, 3}, [None, None, 1]),
        ("publish minor", {2}, [None, None]),
        ("publish correction redaction", {1, 2, 3}, [None, None, None]),
        ("publish redaction update", {1, 2, 3}, [None, None, 2]),
        ("publish redaction update", {1, 3}, [None, None, None]),
        ("publish withdrawal minor", {1, 2, 3}, [None, None, 2]),
        ("publish withdrawal update minor", {1, 2, 3, 4}, [None, None, None, 3]),
        ("publish update retraction", {1, 2, 3}, [None, 1, 2]),
        ("publish retraction minor", {1, 2, 3}, [None, 1, 2]),
        ("publish retraction minor update", {1, 2, 3, 4}, [None, 1, 2, 1]),
    ],
)
def test_release_is_compared_with_what_readers_had(kinds, carried, bases):
    """Not with what no edition carried, nor with words that were taken back."""
    names = kinds.split()

    assert bases == [base_of(names, n, carried) for n in range(1, len(names) + 1)]


def test_document_without_changes_is_read():
    """Older files and other systems need not know of them."""
    one = documents.changed(documents.story(), "Another")

    assert [None, None] == [r.changes for r in read(one).releases]


def test_no_word_changed_is_not_the_same_as_nothing_to_show():
    """An empty list is read as one."""
    one = documents.changed(documents.story(), "Another")
    one["tamizdat"]["releases"][1]["changes"] = []

    assert () == read(one).release.changes


RUNS = [
    {"kind": KEPT, "text": "Text of story"},
    {"kind": REMOVED, "text": " 2"},
    {"kind": ADDED, "text": " 1"},
    {"kind": KEPT, "text": "."},
]


def runs(*odd):
    """Make changes of the body; None stands for the four ordinary runs."""
    return [{"part": "body", "runs": [*odd] if odd else RUNS}]


def run(kind, text):
    """Make one run."""
    return {"kind": kind, "text": text}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, r"\.changes: expected a list, found an object"),
        (["x"], r"changes\[0\]: expected an object, found a text"),
        ([{"part": "body"}], r"changes\[0\]\.runs: expected something removed"),
        ([{"part": "text", "runs": RUNS}], r"\.part: expected one of kicker,"),
        ([{**runs()[0], "by": "x"}], r"changes\[0\]\.by: unknown field"),
        (runs() * 2, r"changes\[1\]\.part: expected each once, in the order"),
        (runs({**RUNS[1], "at": 1}), r"runs\[0\]\.at: unknown field"),
        (runs(run("moved", "x")), r"\.kind: expected one of kept, removed"),
        (runs(run(KEPT, "Text")), r"\.runs: expected something removed or added"),
        (runs(run(ADDED, "")), r"\.text: expected 1 to 8000 characters, found 0"),
        (runs(run(ADDED, "x" * 8_001)), r"expected 1 to 8000 characters, found 8001"),
        (runs(run(ADDED, "x" * 8_000), run(REMOVED, "y")), r"at most 8000 char"),
        (runs(*RUNS[1:3] * 200, RUNS[1]), r"\.runs: expected at most 400 entries"),
        (runs(run(ADDED, "a"), run(ADDED, "b")), r"neighbours of different kinds"),
        (runs(run(ADDED, "a\tb")), r"\.text: holds the control character U\+0009"),
        (runs(run(ADDED, "a\u202eb")), r"holds the control character U\+202E"),
        (runs(run(ADDED, "a\ud800b")), r"holds the control character U\+D800"),
        (runs(*RUNS, run(OMITTED, "...")), r"\.text: expected … in place of"),
        (runs(*RUNS[:3]), r"changes: the body of the story has other words"),
        (runs(*RUNS[1:]), r"changes: the body of the story has other words"),
        (runs(*RUNS, run(ADDED, "!")), r"the body of the story has other words"),
        (
            [{"part": "headline", "runs": [run(ADDED, "Yes")]}],
            r"changes: the headline of the story has other words",
        ),
    ],
)
def test_odd_changes_are_refused(given, reason):
    """The error names the release, the place and what was expected."""
    one = documents.changed(documents.story(), "Headline 1")
    one["tamizdat"]["releases"][1]["changes"] = given
    where = r"^x \(en/story-1\): tamizdat\.releases\[1\]"

    with pytest.raises(StoryError, match=f"{where}.*{reason}"):
        read_document(json.dumps(one).encode(), "x")


@pytest.mark.parametrize(
    ("kinds", "at", "reason"),
    [
        (["publish"], 0, "the first release changed nothing"),
        (["publish", "redaction"], 1, "expected null up to a redaction or a withd"),
        (["publish", "update", "redaction"], 1, "expected null up to a redaction"),
        (["publish", "update", "withdrawal", "minor"], 1, "expected null up to"),
        (["publish", "retraction"], 1, "a story taken down changes no body"),
        (["publish", "retraction", "minor"], 2, "a story taken down changes no body"),
    ],
)
def test_changes_stand_where_there_can_be_any(kinds, at, reason):
    """A document that would publish words taken back is no document."""
    one = documents.story()
    for kind in kinds[1:]:
        one = documents.changed(one, "Headline 1", kind, "Why.")
    one["tamizdat"]["releases"][at]["changes"] = copy.deepcopy(runs())

    with pytest.raises(StoryError, match=rf"releases\[{at}\]\.changes: {reason}"):
        read(one)


def test_retraction_may_change_the_headline():
    """What a reader still sees may be compared."""
    one = documents.changed(documents.story(), "Retracted", "retraction", "Why.")
    rows = freeze({"headline": "Headline 1"}, {"headline": "Retracted"})
    one["tamizdat"]["releases"][1]["changes"] = rows

    assert ["headline"] == [change.part for change in read(one).release.changes]
