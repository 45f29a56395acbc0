"""Feeds: what a feed reader is told, beside each page of a list."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from edition.paper import FIRST, full_story, plain_story, release, salt, service
from tamizdat.edition.pages import (
    PAGE_BYTES,
    Card,
    card,
    corrections_list,
    news_list,
    noted,
    section_list,
    tag_list,
)

ATOM = "{http://www.w3.org/2005/Atom}"


def parse(content):
    """Read a feed that this test printed itself."""
    return ET.fromstring(content)  # noqa: S314


def newest(cards, language="en"):
    """Print all feeds of the list of all stories, by path."""
    pages = news_list(service(language)).pages(cards, lambda one: one.published)
    return {p.path: p.content for p in pages if p.path.endswith(".atom")}


def cards(count):
    """Make cards an hour apart, oldest first, each of a story of its own."""
    return [
        card(plain_story(n, uri=f"tag:press.example,2026:en/{n}")) for n in range(count)
    ]


def chain(feeds, path="news.atom"):
    """Follow a feed to its oldest document; give the ids of all entries."""
    found = []
    while path:
        feed = parse(feeds[path])
        found += [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
        heads = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "next"]
        path = resolve(path, heads[0].get("href")) if heads else None
    return found


def resolve(path, href):
    """Follow a relative link from a path."""
    parts = path.split("/")[:-1]
    for step in href.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def test_feed_leads_to_every_story_newest_first():
    """However long the list is, a reader can go back to its first story.

    The first document tells of 20, if need be of some that the next one has too.
    """
    some = cards(75)

    told = chain(newest(some))
    assert [one.uri for one in reversed(some)] == list(dict.fromkeys(told))
    assert len(told) < 75 + 20


def test_document_is_atom_with_all_it_must_have():
    """RFC 4287 section 4.1: id, title and updated once, an author, entries."""
    feed = parse(newest(cards(3))["news.atom"])

    assert f"{ATOM}feed" == feed.tag
    for name in ("id", "title", "updated", "author"):
        assert 1 == len(feed.findall(f"{ATOM}{name}")), name
    for entry in feed.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "link"):
            assert 1 == len(entry.findall(f"{ATOM}{name}")), name
    ids = {parse(f).findtext(f"{ATOM}id") for f in newest(cards(75)).values()}
    assert ids == {feed.findtext(f"{ATOM}id")}


def test_links_are_relative_and_stay_on_the_mirror():
    """A feed that a mirror served leads to this mirror."""
    for path, content in newest(cards(75)).items():
        for one in parse(content).iter(f"{ATOM}link"):
            assert "://" not in one.get("href")
            assert not resolve(path, one.get("href")).startswith("..")


def test_entry_says_what_was_corrected():
    """The note stands in front, and the time is that of the correction."""
    story = full_story(
        releases=(release(1, "publish"), release(2, "correction", "It was 1766."))
    )
    feed = parse(newest([card(story)])["news.atom"])
    entry = feed.find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}summary").startswith("Correction: It was 1766. ")
    assert "2026-11-20T10:00:00Z" == entry.findtext(f"{ATOM}updated")
    assert "2026-11-20T09:00:00Z" == entry.findtext(f"{ATOM}published")
    assert story.release.salt.encode() in newest([card(story)])["news.atom"]


def test_minor_change_moves_no_time():
    """A feed reader is not woken for a comma."""
    story = full_story(releases=(release(1, "publish"), release(2, "minor")))
    entry = parse(newest([card(story)])["news.atom"]).find(f"{ATOM}entry")

    assert "2026-11-20T09:00:00Z" == entry.findtext(f"{ATOM}updated")


def test_words_of_a_withdrawn_story_are_not_in_the_feed():
    """Only that one was withdrawn."""
    story = full_story(releases=(release(1, "publish"), release(2, "withdrawal")))
    content = newest([card(story)])["news.atom"].decode()

    assert story.headline not in content
    assert story.standfirst not in content
    assert "A story withdrawn for safety" in content


def test_corrections_have_a_feed_of_their_own():
    """Each note once, under the story it is about."""
    story = full_story(
        releases=(
            release(1, "publish"),
            release(2, "correction", "First note."),
            release(3, "clarification", "Second note."),
        )
    )
    pages = corrections_list(service()).pages(noted(story, ()), lambda note: note.time)
    feed = {p.path: p.content for p in pages}["corrections.atom"]
    entries = list(parse(feed).iter(f"{ATOM}entry"))

    assert ["Second note.", "First note."] == [
        e.findtext(f"{ATOM}summary") for e in entries
    ]
    assert [f"{story.uri}#release-{n}" for n in (3, 2)] == [
        e.findtext(f"{ATOM}id") for e in entries
    ]


def test_markup_in_words_stays_words():
    """A headline cannot become an element."""
    one = full_story(headline='<b>&"]]>', standfirst="a < b")
    entry = parse(newest([card(one)])["news.atom"]).find(f"{ATOM}entry")

    assert '<b>&"]]>' == entry.findtext(f"{ATOM}title")
    assert "a < b" in entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_long_feed_goes_on_within_a_page(language):
    """No document exceeds what a throttled network lets through."""
    long = [
        Card(
            id=f"story-{n}",
            uri=f"tag:press.example,2026:{language}/story-{n}",
            path=f"a/2026-11/20/story-{n}.html",
            section="law",
            kicker=None,
            headline="Ж" * 290,
            standfirst="Ж" * 290,
            published=datetime(2026, 11, 20, 9, n, tzinfo=UTC),
            updated=None,
            breaking=False,
            salt=salt(str(n)),
            language=language,
        )
        for n in range(25)
    ]
    feeds = newest(long, language)

    assert "news/2.atom" in feeds
    assert [one.uri for one in reversed(long)] == chain(feeds)
    assert max(map(len, feeds.values())) <= PAGE_BYTES


def test_page_names_the_feed_beside_it():
    """Feed readers find it, before the first story too; a tag has none."""
    ours = service()
    section = ours.sections[0]
    by_path = {
        p.path: p.content.decode()
        for shelf in (news_list(ours), section_list(ours, section), tag_list(ours, "x"))
        for p in shelf.pages(cards(2), lambda one: one.published)
    }

    assert 'type="application/atom+xml" href="news.atom"' in by_path["news.html"]
    assert 'href="../s/law.atom"' in by_path["s/law.html"]
    assert "application/atom+xml" not in by_path["t/x.html"]
    empty = {p.path: p.content for p in news_list(ours).pages([], lambda _: FIRST)}
    assert {"news.html", "news.atom"} == empty.keys()
    assert "1970-01-01T00:00:00Z" == parse(empty["news.atom"]).findtext(
        f"{ATOM}updated"
    )
