"""Sounds, documents and galleries as input; further sections; the end of breaking."""

import copy
import hashlib
from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.edition import tree
from tamizdat.edition.errors import StoryError
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

SECTIONS = [
    {"id": name, "name": name.title()} for name in ("society", "law", "world", "old")
]
FILES = {
    "p1": ("image/jpeg", {"width": 320, "height": 180}),
    "p2": ("image/jpeg", {"width": 320, "height": 180}),
    "face": ("image/jpeg", {"width": 180, "height": 180}),
    "a1": ("audio/mpeg", {"duration": 312}),
    "d1": ("application/pdf", {}),
}
TYPES = {"a1": "audio", "d1": "text"}


def content(name):
    """Give the bytes of a file."""
    return f"bytes of {name}".encode()


BYTES = {hashlib.sha256(content(name)).hexdigest(): content(name) for name in FILES}


def association(name):
    """Make an association with one file."""
    kind, more = FILES[name]
    href = f"sha256:{hashlib.sha256(content(name)).hexdigest()}"
    size = len(content(name))
    rendition = {"name": "1", "href": href, "contentType": kind, "sizeInBytes": size}
    found = {
        "name": name,
        "uri": href,
        "type": TYPES.get(name, "picture"),
        "renditions": [rendition | more],
    }
    if name in TYPES:
        return {**found, "headlines": [{"role": "main", "value": name}]}
    words = [{"role": role, "value": name} for role in ("caption", "alt")]
    return {**found, "descriptions": words}


def rich(number=1, **ours):
    """Make a story that shows every file."""
    body = [
        {"kind": "gallery", "names": ["p1", "p2"], "title": None},
        {"kind": "audio", "name": "a1"},
        {"kind": "document", "name": "d1"},
    ]
    portrait = {"wide": None, "square": "face"}
    byline = {"name": "Reporter", "role": None, "bio": None, "portrait": portrait}
    story = documents.story(number, body=body, bylines=[byline], **ours)
    return {**story, "associations": [association(name) for name in FILES]}


def bare(story, kind):
    """Release a story again without anything it showed."""
    again = documents.changed(story, "Another", kind)
    again["associations"] = []
    again["tamizdat"]["bylines"] = []
    again["tamizdat"]["body"] = [{"kind": "paragraph", "text": "Nothing."}]
    return again


class Newsroom:
    """A press, its archive, and the files it is given."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.files = dict(BYTES)
        self._hours = 0

    def publish(self, *stories, **service):
        """Print these stories as the next edition."""
        rows = [documents.service(sections=SECTIONS, **service), *stories]
        self._hours += 1
        now = NOW + timedelta(days=7, hours=self._hours)
        source = documents_of(map(documents.line, rows), whole=True)
        return self.press.publish(source, self.files.get, now)[0]

    def tree(self):
        """List the files of the newest edition."""
        latest = (self.press.archive.root / "en" / "latest").read_bytes()
        root = tree.root_of(parse_latest(latest).statement.tree)
        return dict(tree.walk(root, self.press.archive.object))

    def page(self, path):
        """Read a page of the newest edition."""
        return self.press.archive.object(self.tree()[path], path).decode()

    def objects(self):
        """List the objects of the archive."""
        found = (self.press.archive.root / "o").rglob("*")
        return {path for path in found if path.is_file()}

    def report(self):
        """Check every byte of the newest edition."""
        source = DirectoryTransport(self.press.archive.root)
        return check_service(source, self.press.chain, "en")


@pytest.fixture
def newsroom(tmp_path):
    """Give an empty one."""
    return Newsroom(tmp_path)


def test_every_file_a_story_shows_is_in_the_edition(newsroom):
    """A sound, a document, a gallery and a face stand beside the pages, verified."""
    newsroom.publish(rich())
    media = {p: t.digest for p, t in newsroom.tree().items() if p.startswith("m/")}

    assert sorted(BYTES) == sorted(media.values())
    assert {".jpg", ".mp3", ".pdf"} == {p[p.rindex(".") :] for p in media}
    assert newsroom.report().verified


@pytest.mark.parametrize("name", sorted(FILES))
def test_story_whose_file_is_not_there_is_refused(newsroom, name):
    """Nobody is led to a file that does not exist."""
    digest = hashlib.sha256(content(name)).hexdigest()
    newsroom.files.pop(digest)

    said = f"en/story-1: associations: no bytes of sha256 {digest}"
    with pytest.raises(StoryError, match=said):
        newsroom.publish(rich())


def test_pages_without_pictures_come_and_go_with_pictures(newsroom):
    """A story that shows none needs no other page for those who want none."""
    text = "a/2026-11/20/story-1.text.html"
    newsroom.publish(rich())
    there = newsroom.tree()
    front = newsroom.page("text.html")
    newsroom.publish(bare(rich(), "update"))

    assert text in there
    assert f'"{text}"' in front
    assert text not in newsroom.tree()
    assert f'"{text}"' not in newsroom.page("text.html")
    assert newsroom.report().verified


@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_what_a_withdrawn_story_showed_is_nowhere(newsroom, kind):
    """Sounds, documents, galleries and faces go with the words."""
    newsroom.publish(rich())
    newsroom.publish(bare(rich(), kind))
    held = [path.read_bytes() for path in newsroom.objects()]

    assert not any(one in held for one in BYTES.values())
    assert not [path for path in newsroom.tree() if path.startswith("m/")]
    assert newsroom.report().verified


def test_life_of_an_author_goes_with_the_words_that_told_it(newsroom):
    """The page of an author says who they are as their newest story does."""
    story = rich()
    story["tamizdat"]["bylines"][0] |= {"id": "p1", "role": "Court", "bio": "A life."}
    second = documents.story(2)
    second["tamizdat"]["bylines"][0] |= {"id": "p1", "role": "Desk", "bio": None}
    newsroom.publish(story)
    told = newsroom.page("by/p1.html")
    newsroom.publish(story, second)
    newer = newsroom.page("by/p1.html")
    newsroom.publish(bare(story, "redaction"), second)
    held = [path.read_bytes() for path in newsroom.objects()]

    assert all(words in told for words in ("Court", "A life.", 'loading="lazy"'))
    assert ("Desk" in newer, "Court" in newer) == (True, False)
    assert not any(b"A life." in one for one in held)
    assert newsroom.report().verified


def test_home_address_brings_feeds_that_name_it_and_takes_them_away(newsroom):
    """A sound is in the podcast as long as its story stands and there is a home."""
    named = {"feeds/news.rss", "feeds/news.json", "feeds/podcast.rss"}
    named |= {"news-sitemap.xml"}
    newsroom.publish(rich())
    before = newsroom.tree()
    newsroom.publish(rich(), home="https://press.example")
    feed = newsroom.page("feeds/podcast.rss")
    newsroom.publish(bare(rich(), "update"), home="https://press.example")
    after = newsroom.page("feeds/podcast.rss")
    newsroom.publish(bare(rich(), "update"))

    assert not named & before.keys()
    assert '<enclosure url="https://press.example/en/m/' in feed
    assert "<enclosure" not in after
    assert not named & newsroom.tree().keys()
    assert newsroom.report().verified


def test_face_that_another_story_shows_stays(newsroom):
    """Only what no story shows any more is withdrawn."""
    other = documents.story(2, bylines=rich()["tamizdat"]["bylines"])
    other["associations"] = [association("face")]
    newsroom.publish(rich(), other)
    newsroom.publish(bare(rich(), "withdrawal"), other)
    held = [path.read_bytes() for path in newsroom.objects()]

    assert content("face") in held
    assert content("a1") not in held
    assert newsroom.report().verified


def test_story_stands_in_the_lists_of_all_its_sections(newsroom):
    """In their feeds too; on the front page once, and its own page names one."""
    one = documents.story(1, sections_also=["law", "world"])
    others = [documents.story(n) for n in range(2, 12)]
    newsroom.publish(one, *others)
    shown = {
        path
        for path in newsroom.tree()
        if path.startswith("s/") and "Headline 1<" in newsroom.page(path)
    }

    assert {
        f"s/{name}.{kind}"
        for name in ("society", "law", "world")
        for kind in ("html", "atom")
    } == shown
    assert 1 == newsroom.page("index.html").count(">Headline 1<")
    assert 1 == newsroom.page("a/2026-11/20/story-1.html").count("/s/")


def test_story_leaves_a_further_section_by_a_release(newsroom):
    """Where a story stands is part of what was published."""
    one = documents.story(1, sections_also=["law"])
    newsroom.publish(one)
    moved = copy.deepcopy(one)
    moved["tamizdat"]["sections_also"] = []
    with pytest.raises(StoryError, match="words change by a release"):
        newsroom.publish(moved)
    again = documents.changed(one, "Headline 1", "minor")
    again["tamizdat"]["sections_also"] = None
    newsroom.publish(again)

    assert "Headline 1" not in newsroom.page("s/law.html")
    assert "Headline 1" in newsroom.page("s/society.html")


def test_withdrawn_story_leaves_its_further_sections(newsroom):
    """Its neutral title stays in its own."""
    one = documents.story(1, sections_also=["law"])
    newsroom.publish(one)
    newsroom.publish(documents.changed(one, "Headline 1", "withdrawal"))

    assert "story-1.html" not in newsroom.page("s/law.html")
    assert "story-1.html" in newsroom.page("s/society.html")


def test_unknown_further_section_is_refused(newsroom):
    """A list that does not exist cannot be printed."""
    said = r"sections_also\[0\]: no section 'sport'"
    with pytest.raises(StoryError, match=said):
        newsroom.publish(documents.story(1, sections_also=["sport"]))


def test_two_further_sections_cost_an_edit_four_files(newsroom):
    """26 leaves for three sections and five tags; nothing follows the archive."""
    tags = [{"name": name, "literal": name} for name in "abcde"]
    stories = [
        {**documents.story(n, sections_also=["law", "world"]), "subjects": tags}
        for n in range(1, 200)
    ]
    newsroom.publish(*stories)
    before = newsroom.objects()
    edited = documents.changed(stories[100], "Another headline")
    stories[100] = documents.compared(stories[100], edited)
    newsroom.publish(*stories)
    new = [path.read_bytes() for path in newsroom.objects() - before]
    folders = [one for one in new if one.startswith(b"tamizdat-dir/1")]

    assert len(new) - len(folders) <= 26
    assert len(folders) <= 18


def test_breaking_ends_without_a_release(newsroom):
    """Front page and lists change; the article's page and the ledger do not."""
    newsroom.publish(documents.story(1, breaking=True), documents.story(2))
    before = newsroom.tree()
    assert "Breaking<" in newsroom.page("index.html")
    newsroom.publish(documents.story(1), documents.story(2))
    after = newsroom.tree()
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    pack = {path for path in changed if path.startswith("p/")}

    assert ">Breaking<" not in newsroom.page("index.html")
    assert {"index.html", "news.html", "s/society.html"} <= changed
    assert not [path for path in changed if path.startswith("a/")]
    assert not [path for path in after if path.startswith("releases/")]
    assert {".html", ".txt"} == {path[path.rindex(".") :] for path in pack}
    assert len(pack) == 3  # one part, the page that reads it, the list that names it
    assert newsroom.report().verified


def test_live_story_is_marked_in_lists_until_it_has_ended(newsroom):
    """The end of a live story is a release."""
    live = documents.story(1, live={"state": "live"})
    newsroom.publish(live)
    assert '<b class="flag">Live</b>' in newsroom.page("index.html")
    ended = documents.changed(live, "Headline 1", "minor")
    ended["tamizdat"]["live"] = {"state": "ended"}
    newsroom.publish(ended)

    assert '<b class="flag">Live</b>' not in newsroom.page("index.html")
