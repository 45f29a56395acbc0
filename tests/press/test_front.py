"""Front documents: what editors arrange stands on the page, and nothing else moves."""

import re
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.edition.errors import StoryError
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

LINK = re.compile(r'<a href="(?:a/\d{4}-\d\d/\d\d/)(story-\d+)\.html"')


class Desk:
    """One service, its stories and its press."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.stories = [documents.story(n) for n in range(1, 13)]
        self._hours = 24 * 7
        self.refused = []

    def publish(self, front=None, *, whole=True, stories=None, keep_going=False):
        """Print, arranged as a front document says."""
        rows = [documents.service(), *(self.stories if stories is None else stories)]
        rows += [front] if front else []
        self._hours += 1
        source = documents_of((documents.line(row) for row in rows), whole=whole)
        operator = Operator(refuse=self.refused.append) if keep_going else None
        now = NOW + timedelta(hours=self._hours)
        return self.press.publish(source, lambda _digest: None, now, operator=operator)[
            0
        ]

    def page(self):
        """List the stories of the front page in their order."""
        page = self.press.archive.root / "en" / "index.html"
        return LINK.findall(page.read_text())


@pytest.fixture
def desk(tmp_path):
    """Give a desk with twelve stories of one section."""
    return Desk(tmp_path)


def front(*lead, **sections):
    """Write a front document."""
    rows = [{"id": key, "stories": list(ids)} for key, ids in sections.items()]
    return {
        "format": "tamizdat-front/1",
        "service": "en",
        "lead": list(lead),
        "sections": rows,
    }


def numbered(*numbers):
    """Name stories by number."""
    return [f"story-{n}" for n in numbers]


def test_lead_holds_its_place_before_newer_stories(desk):
    """What editors put first is first, the rest is newest first."""
    desk.publish(front("story-3", "story-1"))

    assert numbered(3, 1, 12, 11, 10, 9, 8) == desk.page()[:7]


def test_section_shows_its_own_slots_first(desk):
    """A story may stand first in a section that is not its own."""
    desk.publish(front(law=["story-2"]))

    assert numbered(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 1, 2) == desk.page()


def test_every_story_has_one_place(desk):
    """A story with a slot in a section is not among the newest above or beside it."""
    desk.publish(front("story-12", society=["story-11", "story-4"]))
    page = desk.page()

    assert len(page) == len(set(page))
    assert numbered(12, 10, 9, 8, 7, 6, 5, 11, 4) == page[:9]


def test_retracted_story_gives_up_its_place(desk):
    """Nobody leads with what the paper no longer stands by."""
    arranged = front("story-3", "story-1")
    desk.publish(arranged)
    desk.stories[2] = documents.changed(desk.stories[2], "Gone", "retraction", "Wrong.")
    desk.publish(arranged)

    assert numbered(1, 12, 11) == desk.page()[:3]


def test_new_arrangement_alone_makes_an_edition(desk):
    """Editors need no new story to move one; only the front page changes."""
    desk.publish()
    root = desk.press.archive.root / "en"
    before = {path: path.read_bytes() for path in root.rglob("*.html")}
    edition = desk.publish(front("story-5"))
    after = {path: path.read_bytes() for path in root.rglob("*.html")}
    changed = {path.name for path in after if after[path] != before.get(path)}

    assert edition.changed
    assert {"index.html", "text.html", "trust.html"} == changed
    assert not desk.publish(front("story-5")).changed


def test_arrangement_stays_while_only_new_stories_come(desk):
    """A press that is given what is new keeps the arrangement it knows."""
    desk.publish(front("story-3"))
    desk.publish(whole=False, stories=[documents.story(13)])

    assert numbered(3, 13) == desk.page()[:2]


def test_arrangement_taken_away_leaves_the_newest_first(desk):
    """Whole content without a front document has none."""
    desk.publish(front("story-3"))
    desk.publish()

    assert numbered(12, 11) == desk.page()[:2]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (front("story-99"), "lead: en has no story 'story-99'"),
        (front(sport=["story-1"]), "sections: en has no section 'sport'"),
        ({**front(), "service": "ru"}, "service: no service 'ru'"),
        (front("story-1", law=["story-1"]), "lead: story-1 stands twice"),
        (front(*numbered(1, 2, 3, 4, 5, 6, 7, 8)), "lead: expected at most 7 entries"),
        ({**front(), "until": "2026"}, "until: unknown field"),
        (front("../x"), "lead.0: expected"),
    ],
)
def test_front_document_that_does_not_fit_is_refused(desk, bad, reason):
    """The page stays as it was arranged, and the stories are printed all the same."""
    desk.publish(front("story-3"))
    with pytest.raises(StoryError, match=re.escape(reason)):
        desk.publish(bad)
    desk.stories.append(documents.story(13))
    desk.publish(bad, keep_going=True)

    assert [reason in str(error) for error in desk.refused] == [True]
    assert numbered(3, 13) == desk.page()[:2]


def test_second_front_document_of_a_service_is_refused(desk):
    """Two arrangements are none."""
    rows = [documents.service(), *desk.stories, front("story-1"), front("story-2")]
    source = documents_of((documents.line(row) for row in rows), whole=True)
    now = NOW + timedelta(days=8)

    with pytest.raises(StoryError, match="a second front document of 'en'"):
        desk.press.publish(source, lambda _digest: None, now)
