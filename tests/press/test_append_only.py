"""A ledger only grows: what was printed of a release stays as it was printed."""

import copy
import json
from dataclasses import replace
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.press import ledger as ledger_of_stories
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

LATER = timedelta(days=30)


class Desk:
    """A press, and the service documents its content has."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en", "fa"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self._hours = 0

    def publish(self, *stories, **operator):
        """Print stories as the next edition of both services."""
        self._hours += 1
        rows = [documents.service("en"), documents.service("fa"), *stories]
        source = documents_of(map(documents.line, rows), whole=True)
        now = NOW + LATER + timedelta(hours=self._hours)
        return self.press.publish(
            source, lambda _: None, now, operator=Operator(**operator)
        )[0]


@pytest.fixture
def desk(tmp_path):
    """Give a press that has printed nothing."""
    return Desk(tmp_path)


@pytest.fixture
def story(desk):
    """Give a printed story with a correction."""
    one = documents.changed(documents.story(), "Second", "correction", "We erred.")
    desk.publish(one)
    return one


def ledger(document):
    """Give the ledger of a document."""
    return document["tamizdat"]["releases"]


@pytest.mark.parametrize("again", [True, False], ids=["new release", "no release"])
@pytest.mark.parametrize(
    ("at", "field", "value", "said"),
    [
        (0, "time", "2026-11-19T09:01:00Z", "printed as 2026-11-20T09:01:00Z, found"),
        (1, "kind", "clarification", "printed as correction, found clarification"),
        (1, "note", "We did not err.", "printed with another note"),
        (0, "note", "First of all.", "printed with no note"),
    ],
)
def test_printed_release_stays_as_it_is(  # noqa: PLR0913, PLR0917 - a row of a table
    desk, story, again, at, field, value, said
):
    """Its time makes the address; its kind and its note were told to readers."""
    changed = documents.changed(story, "Third") if again else copy.deepcopy(story)
    ledger(changed)[at][field] = value
    changed["firstCreated"] = ledger(changed)[0]["time"]

    field = rf"en/story-1: tamizdat\.releases\[{at}\]\.{field}: {said}"
    with pytest.raises(StoryError, match=field):
        desk.publish(changed)


def test_ledger_that_became_shorter_is_refused_and_the_rest_goes_on(desk, story):
    """With an operator who looks on, the story stays as it was printed."""
    refused = []
    desk.publish(documents.story(), documents.story(2), refuse=refused.append)

    said = "tamizdat.releases: release 2 is printed, the ledger ends at 1"
    assert [f"en/story-1: {said}"] == [str(error) for error in refused]
    desk.publish(story, documents.story(2))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("headlines", 0, "value"), "Silent edit"),
        (("tamizdat", "body", 0, "text"), "Another text."),
        (("tamizdat", "section"), "law"),
        (("subjects",), [{"name": "Courts", "literal": "courts"}]),
        (("tamizdat", "releases", 1, "salt"), "A" * 22),
    ],
)
def test_words_change_by_a_release(desk, story, path, value):
    """A silent edit is refused by the press already."""
    silent = copy.deepcopy(story)
    inner = silent
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    said = "en/story-1: version: release 2 was printed with other words"
    with pytest.raises(StoryError, match=said):
        desk.publish(silent)
    if "salt" not in path:
        silent = documents.changed(silent, silent["headlines"][0]["value"], "minor")
        assert desk.publish(silent).changed


MOTTO = {"words": "Second", "language": "de"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [MOTTO]),
        ([MOTTO], []),
        ([MOTTO], [{**MOTTO, "language": "nl"}]),
        ([MOTTO], [MOTTO, {**MOTTO, "words": "text"}]),
    ],
    ids=["named", "unnamed", "another", "more"],
)
def test_words_of_other_languages_change_by_a_release(desk, before, after):
    """The message says that they are what changed."""
    story = documents.changed(documents.story(), "Second")
    story["tamizdat"]["foreign"] = before
    desk.publish(story)
    silent = copy.deepcopy(story)
    silent["tamizdat"]["foreign"] = after

    said = r"en/story-1: tamizdat\.foreign: release 2 was printed with others; they "
    with pytest.raises(StoryError, match=said):
        desk.publish(silent)
    silent["headlines"][0]["value"] = "Silent edit"
    with pytest.raises(StoryError, match="en/story-1: version: release 2 was printed"):
        desk.publish(silent)
    assert desk.publish(documents.changed(silent, "Third")).changed


def test_memory_that_keeps_no_more_than_all_words_still_refuses():
    """It is of a press that knew of no words in other languages."""
    content = documents.story()
    content["tamizdat"]["foreign"] = [MOTTO]
    story = read_document(json.dumps(content).encode(), "line 1")
    told = ledger_of_stories.told_by(story)
    older = replace(told, words=told.words[:16])
    ledger_of_stories.check_grown(story, older)

    with pytest.raises(StoryError, match="version: release 1 was printed with other"):
        ledger_of_stories.check_grown(replace(story, foreign=()), older)


def test_links_to_other_articles_need_no_release(desk, story):
    """A translation is published, or the original: the story leads there now."""
    day = "2026-11-20T10:00:00Z"
    linked = copy.deepcopy(story)
    linked["tamizdat"]["translations"] = [
        {"service": "fa", "id": "story-2", "language": "fa", "published": day}
    ]
    linked["tamizdat"]["lineage"] = {
        "relation": "translated",
        "service": "fa",
        "id": "story-3",
        "release": 1,
        "headline": "Before",
        "published": day,
        "language": "fa",
    }
    assert desk.publish(linked).stories == 1


def test_note_goes_with_a_redaction_and_only_then(desk, story):
    """One that endangers somebody is taken back by a new release of that kind."""
    without = copy.deepcopy(documents.changed(story, "Third", "redaction"))
    desk.publish(without)
    ledger(without)[1]["note"] = None
    with pytest.raises(StoryError, match=r"releases\[1\]\.note: printed with another"):
        desk.publish(without)
    again = documents.changed(without, "Third", "redaction")
    desk.publish(again)

    back = documents.changed(again, "Fourth", "redaction")
    ledger(back)[1]["note"] = "We erred."
    with pytest.raises(StoryError, match=r"releases\[1\]\.note: printed with no note"):
        desk.publish(back)


@pytest.mark.parametrize("service", ["en", "fa"])
@pytest.mark.parametrize("together", [True, False])
def test_salt_of_another_story_is_refused(desk, service, together):
    """Redacting the one would take the pages of the other away."""
    one, two = documents.story(1), documents.story(2, service)
    ledger(two)[0]["salt"] = ledger(one)[0]["salt"]
    if not together:
        desk.publish(one)

    said = rf"{service}/story-2: tamizdat\.releases\[0\]\.salt: en/story-1 has the same"
    with pytest.raises(StoryError, match=said):
        desk.publish(one, two)


def test_salt_of_an_older_release_is_refused(desk, story):
    """Also when the ledger gives the older one another salt now."""
    again = documents.changed(story, "Third")
    ledger(again)[2]["salt"] = ledger(again)[1]["salt"]
    ledger(again)[1]["salt"] = "A" * 22

    said = r"tamizdat\.releases\[2\]\.salt: an older release has the same salt"
    with pytest.raises(StoryError, match=said):
        desk.publish(again)
