"""What did not change is neither rendered nor written, and costs nothing unsaid."""

from datetime import timedelta

import pytest

import documents
from cast import NOW
from server.conftest import tamizdat
from tamizdat.edition.pages import theme
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.keys import new_organisation
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

STORIES = [documents.story(n) for n in range(1, 41)]
MOST_FILES = 60  # that one edit writes, of several hundred
MOST_PAGES = 22  # that it renders: its own, its lists, of the pack, front page, trust


class Counter:
    """The template engine, counted. Everything that is rendered goes through it."""

    def __init__(self, engine):
        self.rendered = 0
        self._engine = engine

    def render_template(self, *given, **view):
        """Fill a template and count it, pieces of a page and lines of lists aside."""
        self.rendered += not given[0].startswith(("piece", "line"))
        return self._engine.render_template(*given, **view)


@pytest.fixture
def engine(monkeypatch):
    """Count what is rendered."""
    counter = Counter(vars(theme)["_ENVIRONMENT"])
    monkeypatch.setattr(theme, "_ENVIRONMENT", counter)
    return counter


class Bench:
    """An archive, and a press that starts cold for each edition."""

    def __init__(self, folder):
        self.folder = folder
        self.root = folder / "archive"
        self._hours = 0
        new_organisation(folder / "keys", "press.example", ["en"], NOW)

    def publish(self, rows, **operator):
        """Print a content by a press that remembers nothing but its archive."""
        path = documents.write(self.folder / "content.jsonl", rows)
        now = NOW + timedelta(hours=self._hours)
        self._hours += 1
        press = Press(Archive(self.root), self.folder / "keys")
        try:
            source = ContentFile(path)
            return press.publish(
                source, lambda _: None, now, operator=Operator(**operator)
            )[0]
        finally:
            press.state.close()

    def files(self):
        """List every public file: its bytes, its time in ns and its inode."""
        return {
            path.relative_to(self.root).as_posix(): (
                path.read_bytes(),
                path.stat().st_mtime_ns,
                path.stat().st_ino,
            )
            for path in self.root.rglob("*")
            if path.is_file() and ".press" not in path.parts
        }


@pytest.fixture
def bench(tmp_path):
    """Give a bench with the first edition."""
    bench = Bench(tmp_path)
    bench.publish([documents.service(), *STORIES])
    return bench


def test_unchanged_content_is_noticed_without_rendering(bench, engine):
    """A cold run on the same content renders nothing and touches no file."""
    before = bench.files()
    edition = bench.publish([documents.service(), *STORIES])

    assert (1, False, 0) == (edition.number, edition.changed, edition.stories)
    assert 0 == engine.rendered
    assert before == bench.files()


def test_lines_in_another_order_are_no_change(bench, engine):
    """Where a document stands in its file is no news."""
    edition = bench.publish([*reversed(STORIES), documents.service()])

    assert (1, False) == (edition.number, edition.changed)
    assert 0 == engine.rendered


def test_one_edit_renders_and_writes_only_what_it_touches(bench, engine):
    """Files that keep their bytes keep their time and their place on the disk."""
    before = bench.files()
    edited = documents.changed(STORIES[20], "Another headline")
    rows = [documents.service(), *STORIES[:20], edited, *STORIES[21:]]
    edition = bench.publish(rows)
    after = bench.files()
    same = [path for path in before if after.get(path, [b""])[0] == before[path][0]]
    moved = [path for path in same if after[path] != before[path]]
    written = [path for path in after if after[path] != before.get(path)]

    assert (2, True, 1) == (edition.number, edition.changed, edition.stories)
    assert [] == moved
    assert len(same) > len(STORIES)
    assert 1 <= engine.rendered <= MOST_PAGES
    assert 2 <= len(written) <= MOST_FILES
    assert "en/a/2026-11/20/story-21.html" in written


def test_theme_change_is_announced_before_anything_is_rendered(bench, engine):
    """An operator can stop what would print every story anew."""
    said = []
    before = bench.files()

    def stop(words):
        said.append((words, engine.rendered, bench.files() == before))
        raise KeyboardInterrupt

    service = documents.service(bio="Another bio.")
    with pytest.raises(KeyboardInterrupt):
        bench.publish([service, *STORIES], announce=stop)

    assert [("en: what all its pages share changed, 40 stories anew", 0, True)] == said
    assert before == bench.files()
    assert 0 == engine.rendered


def test_words_of_a_service_that_change_are_told_as_what_all_pages_share(bench):
    """No theme changed: the service names another language for its own words."""
    said = []
    rows = [{"words": "bio", "language": "de"}]
    service = documents.service(bio="Another bio.", foreign=rows)
    bench.publish([service, *STORIES])
    other = documents.service(
        bio="Another bio.", foreign=[{**rows[0], "language": "nl"}]
    )
    bench.publish([other, *STORIES], announce=said.append)

    assert ["en: what all its pages share changed, 40 stories anew"] == said


def test_another_stylesheet_prints_every_story_anew(bench, engine, monkeypatch):
    """What the announcement counts is what is printed."""
    said = []
    monkeypatch.setattr("tamizdat.edition.pages.THEME", "another")
    rows = [documents.service(), *STORIES]
    edition = bench.publish(rows, announce=said.append)

    assert ["en: what all its pages share changed, 40 stories anew"] == said
    assert 40 == edition.stories
    assert engine.rendered >= 40


def test_command_says_how_much_a_changed_service_prints(bench):
    """The line stands on standard error; the editions on standard output."""
    rows = [documents.service(name="en", bio="Another bio."), *STORIES]
    content = documents.write(bench.folder / "content.jsonl", rows)
    words = ("edition", "build", content, bench.root, "--keys", bench.folder / "keys")
    run = tamizdat(*words, "--time", "2026-11-24T09:00:00Z")
    again = tamizdat(*words, "--time", "2026-11-24T10:00:00Z")

    assert "en: what all its pages share changed, 40 stories anew" == run.stderr.strip()
    assert "en: edition 2, tree " in run.stdout
    assert "" == again.stderr
    assert "en: unchanged, still edition 2, tree " in again.stdout
