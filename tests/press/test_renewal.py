"""What is frozen without a release: front pages, and whether a story breaks."""

from datetime import UTC, datetime, timedelta

import pytest

from again import made_again
from tamizdat.edition.statement import parse_latest
from tamizdat.edition.tree import entries_of, root_of
from tamizdat.newsroom import actions, schedule
from tamizdat.newsroom.front import arranging, breaking
from tamizdat.newsroom.front.layout import Layout, Pin, laid_out
from tamizdat.newsroom.models import ArticlePage, Release
from tamizdat.press.actions import print_released, renewals, waiting
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import Renewal, Trouble
from tamizdat.press.run import Press

pytestmark = pytest.mark.django_db

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
STORIES = 12


class Desk:
    """A service with twelve stories, an editor and a press that prints when told."""

    def __init__(self, folder, service, editor):
        self.service, self.editor, self._folder = service, editor, folder
        self.now = datetime.now(UTC).replace(microsecond=0)
        made_again("stories of renewal", lambda: [*map(self.publish, range(STORIES))])
        service.refresh_from_db()  # it counts its pages
        self.pages = [*ArticlePage.objects.order_by("pk")]
        new_organisation(folder / "keys", "press.example", ["en"], self.now)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.print()

    def publish(self, number):
        """Release a story, the newer the higher its number."""
        page = actions.create_article(
            self.service,
            f"Headline {number}",
            BODY,
            self.editor,
            section=("society", "law")[number % 2],
            address=f"story-{number}",
        )
        time = self.now - timedelta(days=1, minutes=-number)
        actions.publish_article(page, self.editor, time=time)
        return page

    def print(self):
        """Print what waits, a second later."""
        self.now += timedelta(seconds=1)
        done = print_released(
            self.press, self._folder, lambda: self.now, lambda _edition: None
        )
        assert [] == [trouble.reason for trouble in Trouble.objects.all()]
        return done

    def arrange(self, lead=(), base=None, **sections):
        """Arrange the page by numbers of stories."""
        rows = [("", number) for number in lead]
        rows += [(section, n) for section, some in sections.items() for n in some]
        layout = laid_out((at, Pin(self.pages[n].article_id)) for at, n in rows)
        return self.put(layout, base)

    def put(self, layout, base=None):
        """Arrange the page."""
        if base is None:
            last = arranging.newest(self.service)
            base = last.number if last else 0
        return arranging.arrange(
            self.service, layout, self.editor, base=base, now=self.now
        )

    def files(self):
        """Read what stands at friendly paths, but for release lines."""
        root = self.press.archive.root / "en"
        found = (path for path in root.rglob("*") if path.is_file())
        read = {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
        return {k: v for k, v in read.items() if not k.startswith("releases/")}

    def objects(self):
        """Count the objects there are."""
        found = (self.press.archive.root / "o").rglob("*")
        return sum(path.is_file() for path in found)

    def changed(self, do):
        """Tell which files an edition changes, and how many objects it adds."""
        before, objects = self.files(), self.objects()
        do()
        assert 1 == len(self.print())
        after = self.files()
        names = before.keys() | after.keys()
        changed = {name for name in names if before.get(name) != after.get(name)}
        return changed, self.objects() - objects

    def page(self):
        """Read the front page."""
        return (self.press.archive.root / "en/index.html").read_text()

    def order(self):
        """List the stories of the front page in their order, by number."""
        found = [
            (self.page().find(f"story-{n}.html"), n) for n in range(len(self.pages))
        ]
        return [n for place, n in sorted(found) if place >= 0]

    def says_releases(self):
        """Tell whether the newest edition has release lines."""
        latest = (self.press.archive.root / "en/latest").read_bytes()
        root = root_of(parse_latest(latest).statement.tree)
        rows = entries_of(root, self.press.archive.object, "")
        return "releases" in {row.name for row in rows}


@pytest.fixture
def desk(tmp_path, english, editor):
    """Give a desk whose first edition is out."""
    return Desk(tmp_path, english, editor)


@pytest.mark.both
def test_arrangement_alone_makes_an_edition_of_one_page(desk):
    """The front page changes, in both forms, and the page that tells the number."""
    changed, objects = desk.changed(lambda: desk.arrange([3, 1], law=[5]))

    assert {"index.html", "text.html", "trust.html", "latest"} == changed
    assert [3, 1, 11] == desk.order()[:3]
    assert not desk.says_releases()
    assert 4 == objects  # three pages and the root
    assert {} == renewals()
    assert [] == desk.print()


def test_slot_of_a_retracted_story_is_passed_over(desk):
    """Nobody leads with what the paper no longer stands by; the slot waits."""
    desk.arrange([3, 1])
    desk.print()
    actions.publish_article(desk.pages[3], None, "retraction", "Wrong.")
    desk.print()

    assert [1, 11] == desk.order()[:2]

    actions.publish_article(desk.pages[3], desk.editor, "update", "It was right.")
    desk.print()

    assert [3, 1] == desk.order()[:2]


def test_slot_of_a_redacted_story_stays(desk):
    """Words were taken out of it, and it is news as before."""
    desk.arrange([3, 1])
    desk.print()
    page = desk.pages[3]
    newest = page.newest_release
    release = Release(
        number=2,
        kind="redaction",
        time=desk.now,
        salt=actions.fresh_salt(),
        content=newest.content,
    )
    actions.append_release(page.article, release, None)
    desk.print()

    assert [3, 1] == desk.order()[:2]


@pytest.mark.both
def test_story_released_after_the_edition_began_waits_for_the_next(desk):
    """A front page that names what the edition does not carry yet is no trouble."""
    desk.service.bio = "Whatever makes every page anew."
    desk.service.save_revision().publish()
    desk.pages.append(desk.publish(STORIES))
    desk.arrange([STORIES, 1])
    kept = dict(waiting())
    begun = {"en": {}}  # this look began before the release

    def late(monkeypatch):
        monkeypatch.setattr("tamizdat.press.actions.waiting", lambda: begun)
        monkeypatch.setattr("tamizdat.press.actions.renewals", dict)

    with pytest.MonkeyPatch.context() as patch:
        late(patch)
        desk.print()
    assert 1 == desk.order()[0]
    assert kept == waiting()

    desk.print()

    assert [STORIES, 1] == desk.order()[:2]


def test_section_that_is_no_more_takes_its_slots_along(desk):
    """A service may drop a section in which nothing stands but slots."""
    desk.service.sections.add(
        type(desk.service.sections.first())(section_id="sport", name="Sport")
    )
    desk.service.save_revision().publish()
    desk.arrange([1], sport=[4])
    desk.print()
    desk.service.sections.set(desk.service.sections.exclude(section_id="sport"))
    desk.service.save_revision().publish()
    desk.print()

    assert [1, 11] == desk.order()[:2]


def test_pin_that_ends_frees_its_place(desk):
    """The newsroom arranges the page anew at the hour; the press knows no clock."""
    end = desk.now + timedelta(hours=1)
    kept, pinned = desk.pages[1].article_id, desk.pages[3].article_id
    desk.put(Layout({"": (Pin(pinned, end), Pin(kept))}))
    desk.print()

    assert [3, 1] == desk.order()[:2]
    assert end == schedule.next_hour(desk.now)

    desk.now = end
    assert [] == desk.print()
    schedule.do_due(end)
    changed, _objects = desk.changed(lambda: None)

    assert {"index.html", "text.html", "trust.html", "latest"} == changed
    assert [1, 11] == desk.order()[:2]
    assert (2, "unpinned") == (
        arranging.newest(desk.service).number,
        arranging.newest(desk.service).way,
    )
    schedule.do_due(end)
    assert {} == renewals()


@pytest.mark.both
def test_breaking_changes_lists_and_no_article(desk):
    """A story breaks above all others, and its page stays as it is, byte for byte."""
    article = desk.pages[2].article
    end = desk.now + timedelta(hours=2)
    changed, on = desk.changed(
        lambda: breaking.begin(article, desk.editor, end, desk.now)
    )

    assert 'class="alarm"' in desk.page()
    assert not desk.says_releases()
    sections = {"s/society.html", "s/law.html"}
    assert {"index.html", "news.html", "trust.html", *sections} <= changed
    assert [] == [name for name in changed if name.startswith("a/")]
    assert "p/index.html" in changed
    assert 12 >= on  # nine files, and the folders above three of them

    desk.now = end
    schedule.do_due(end)
    back, _objects = desk.changed(lambda: None)

    assert changed == back
    assert 'class="alarm"' not in desk.page()
    assert not desk.says_releases()
    assert 0 == Renewal.objects.count()


def test_breaking_begins_with_the_release_that_asks_for_it(desk):
    """One edition carries both; the next release has to ask again."""
    page = desk.pages[2]
    page.title, page.breaking, page.next_number = "Now", True, 2
    actions.publish_article(page, desk.editor)

    assert 1 == len(desk.print())
    assert 'class="alarm"' in desk.page()
    assert [] == desk.print()

    breaking.end(page.article, desk.editor, desk.now)
    page.title = "Later"
    actions.publish_article(page, desk.editor)
    desk.print()

    assert 'class="alarm"' not in desk.page()


def test_story_that_is_taken_back_breaks_no_more(desk):
    """Nobody has to remember the flag of a story that is gone."""
    page = desk.pages[2]
    breaking.begin(page.article, desk.editor, desk.now + timedelta(hours=2), desk.now)
    desk.print()
    actions.publish_article(page, None, "retraction", "Wrong.")
    page.article.refresh_from_db()

    assert page.article.breaking_until is None
    desk.print()
    assert 'class="alarm"' not in desk.page()


@pytest.mark.both
def test_killed_before_it_is_noted_it_is_looked_at_again(desk, monkeypatch):
    """What was printed and not yet taken off the list makes no second edition."""
    desk.arrange([3])
    rows = list(Renewal.objects.values("front_id", "article_id"))
    desk.print()
    Renewal.objects.bulk_create(Renewal(**row) for row in rows)

    assert [] == desk.print()
    assert {} == renewals()
