"""What others may read of the paper: every feed by the rules of its own format."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree

from edition.paper import full_story, plain_story, release, rich_story, service
from tamizdat.edition.pages import (
    PAGE_BYTES,
    SITEMAP,
    Heard,
    author_list,
    card,
    corrections_list,
    feeds_pages,
    news_list,
    news_sitemap,
    noted,
    podcast_list,
    section_list,
)
from tamizdat.edition.pages.syndication import NEWS

SCHEMAS = Path(__file__).with_name("schemas")
HOME = "https://press.example"
LANGUAGES = ("en", "ru", "fa")
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def home(language):
    """Make a service that has a home address."""
    return service(language, home=HOME)


def stories(language, count=44):
    """Make stories an hour apart, the newest with all that feeds can tell."""
    some = [
        plain_story(n, language, uri=f"tag:press.example,2026:{language}/{n}")
        for n in range(count)
    ]
    noted_ = (release(1, "publish"), release(2, "correction", "Not <1766> & not 1767."))
    rich = rich_story(language, id="rich", uri=f"tag:press.example,2026:{language}/r")
    full = full_story(language, releases=noted_)
    return [*some, full, replace(rich, releases=noted_, live="")]


def feeds(language, ours=None):
    """Print every feed of a small paper, by path."""
    ours = ours or home(language)
    told = stories(language)
    cards = sorted(map(card, told), key=lambda one: (one.published, one.id))
    notes = [note for story in told for note in noted(story, ())]
    heard = [Heard(c, n + 1) for c in cards for n in range(len(c.beside.sounds))]
    shelves = [
        (news_list(ours), cards, lambda one: one.published),
        (section_list(ours, ours.sections[0]), cards, lambda one: one.published),
        (author_list(ours, "p1"), cards, lambda one: one.published),
        (corrections_list(ours), notes, lambda one: one.time),
    ]
    if ours.home:
        shelves.append((podcast_list(ours), heard, lambda one: one.card.published))
    found = [p for shelf, rows, time in shelves for p in shelf.pages(rows, time)]
    return {p.path: p.content for p in found if not p.path.endswith(".html")}


def parsed(path, content, host="https://mirror.example"):
    """Read a feed as a feed reader would that got it from a host."""
    kind = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
    heads = {
        "content-location": f"{host}/en/{path}",
        "content-type": f"{kind[path.rpartition('.')[2]]}; charset=utf-8",
    }
    return feedparser.parse(content, response_headers=heads)


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request):
    """Give all feeds of a paper in a language."""
    return feeds(request.param)


def test_every_atom_feed_follows_the_grammar_of_its_rfc(printed):
    """RFC 4287, appendix B; and an author, as the rules beside the grammar ask."""
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    atoms = [etree.fromstring(c) for p, c in printed.items() if p.endswith(".atom")]

    assert atoms
    for feed in atoms:
        grammar.assertValid(feed)
        assert feed.xpath("atom:author/atom:name/text()", namespaces=NAMES)
        ids = feed.xpath("atom:entry/atom:id/text()", namespaces=NAMES)
        assert len(ids) == len(set(ids))


def test_grammar_refuses_what_is_no_atom():
    """The check can fail: a feed without a time, an entry without an id."""
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    content = feeds("en")["news.atom"]
    for wrong in ("updated", "id", "title"):
        feed = etree.fromstring(content)
        bad = feed.find(f"atom:{wrong}", NAMES)
        feed.remove(bad)
        assert not grammar.validate(feed)


def test_feed_readers_find_nothing_to_mend(printed):
    """The library reads each without `bozo`, with every entry's headline and link."""
    for path, content in printed.items():
        if path.endswith(".json"):
            continue
        feed = parsed(path, content)

        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.entries, path
        for entry in feed.entries:
            assert entry.title
            assert entry.id
            assert entry.updated_parsed
            assert entry.published_parsed


def test_atom_leads_to_the_mirror_that_served_it(printed):
    """Wherever the feed was fetched, its links stay there, sounds included."""
    links = [
        link
        for path, content in printed.items()
        if path.endswith(".atom")
        for entry in parsed(path, content, "https://other.example").entries
        for link in entry.links
    ]

    assert {"alternate", "enclosure"} == {link.rel for link in links}
    assert all(one.href.startswith("https://other.example/en/") for one in links)
    assert b"press.example/" not in printed["news.atom"].replace(b"tag:", b"")


def test_rss_json_and_podcast_name_the_home_address(printed):
    """A copy of them elsewhere still leads to the paper, and to nobody else."""
    for path, content in printed.items():
        if path.endswith(".rss"):
            feed = parsed(path, content)
            links = [link.href for entry in feed.entries for link in entry.links]
            assert links
            assert all(link.startswith(f"{HOME}/") for link in links), path
    items = json.loads(printed["feeds/news.json"])["items"]
    assert all(item["url"].startswith(f"{HOME}/") for item in items)


def test_first_document_tells_of_twenty_stories_or_more(printed):
    """However the day was cut; and each next one is there, back to the first story."""
    first = json.loads(printed["feeds/news.json"])
    seen, path = [], "feeds/news.json"
    while path:
        feed = json.loads(printed[path])
        seen += [item["id"] for item in feed["items"]]
        after = feed.get("next_url", "")
        path = after.removeprefix(f"{HOME}/").partition("/")[2]

    assert len(seen) >= 20
    assert len(set(seen)) == 46
    assert first["feed_url"].endswith("/feeds/news.json")
    assert 20 <= sum(1 for _ in entries_of_first(printed))


def entries_of_first(printed):
    """List the entries of the newest stories, up to the first closed document."""
    path = "news.atom"
    while path in printed and "/all_" not in path:
        feed = etree.fromstring(printed[path])
        yield from feed.findall("atom:entry", NAMES)
        after = feed.xpath("atom:link[@rel='next']/@href", namespaces=NAMES)
        path = urljoin(path, after[0]) if after else ""


def test_json_feed_has_what_version_1_1_asks(printed):
    """Version, title, items; of each item a string as id, and content."""
    for path, content in printed.items():
        if not path.endswith(".json"):
            continue
        feed = json.loads(content)

        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert isinstance(feed["title"], str)
        assert isinstance(feed["items"], list)
        assert all(name for name in feed["authors"])
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert isinstance(item["content_text"], str)
            assert datetime.fromisoformat(item["date_published"]).tzinfo
            assert datetime.fromisoformat(item["date_modified"]).tzinfo
            for one in item.get("attachments", ()):
                assert {"url", "mime_type"} <= one.keys()
        assert {k for k in feed if not k.startswith("_")} <= {
            *("version", "title", "home_page_url", "feed_url", "next_url"),
            *("language", "authors", "items"),
        }


def test_rss_has_what_version_2_asks(printed):
    """A channel with title, link, description; of an item at most one enclosure."""
    for path, content in printed.items():
        if not path.endswith(".rss"):
            continue
        (channel,) = etree.fromstring(content)
        for name in ("title", "link", "description", "language", "lastBuildDate"):
            assert 1 == len(channel.findall(name)), (path, name)
        for item in channel.iter("item"):
            assert item.find("guid").get("isPermaLink") == "false"
            assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
            assert len(item.findall("enclosure")) <= 1
            for sound in item.iter("enclosure"):
                assert int(sound.get("length"))
                assert sound.get("type").startswith("audio/")


def test_podcast_has_each_sound_once_and_says_how_long_it_is(printed):
    """What programs for podcasts ask for, and no picture that nobody gave."""
    channel = etree.fromstring(printed["feeds/podcast.rss"])[0]
    items = list(channel.iter("item"))

    assert len({item.findtext("guid") for item in items}) == len(items) >= 1
    assert all(int(i.findtext("itunes:duration", None, NAMES)) for i in items)
    assert all(item.find("enclosure") is not None for item in items)
    assert "false" == channel.findtext("itunes:explicit", None, NAMES)
    assert channel.find("itunes:category", NAMES).get("text") == "News"
    assert channel.findtext("podcast:guid", None, NAMES)
    assert channel.findtext("link").endswith("/news.html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sitemap_follows_both_schemas_and_holds_two_days(language):
    """Only what is news, only what stands, under the home address."""
    told = stories(language)
    ledger = (release(1, "publish"), release(2, "withdrawal"))
    gone = plain_story(43, language, id="gone", releases=ledger)
    cards = sorted(map(card, [*told, gone]), key=lambda one: one.published)[::-1]
    page = news_sitemap(home(language), cards, NOW)
    tree = etree.fromstring(page.content)
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
    days = tree.xpath("//news:publication_date/text()", namespaces=NAMES)

    assert page.path == SITEMAP
    assert len(page.content) <= PAGE_BYTES
    schema.assertValid(tree)
    assert tree.xpath("//map:loc/text()", namespaces=NAMES)[0].startswith(f"{HOME}/")
    assert min(map(datetime.fromisoformat, days)) > NOW - timedelta(days=2)
    assert b"/gone.html" not in page.content
    odd = page.content.replace(b"news:title", b"news:heading")
    assert not schema.validate(etree.fromstring(odd))


def test_sitemap_of_a_quiet_paper_is_none():
    """A list without an address is no sitemap."""
    assert news_sitemap(home("en"), [card(plain_story(0, "en"))], NOW + NEWS) is None


def test_sitemap_closes_before_it_is_too_long():
    """A busy paper names its newest stories; the others were named before."""
    busy = [card(plain_story(n, "ru", headline="Ж" * 250)) for n in range(60)][::-1]
    page = news_sitemap(home("ru"), busy, NOW)

    assert len(page.content) <= PAGE_BYTES
    assert etree.fromstring(page.content).findall("map:url", NAMES)


def test_paper_without_a_home_has_feeds_of_its_readers_alone():
    """No address is made up: Atom stands, whatever names a home does not."""
    found = feeds("en", service("en"))

    assert {"atom"} == {path.rpartition(".")[2] for path in found}
    assert b"feeds/news.rss" not in feeds_pages(service("en"))[0].content


def test_salts_and_bytes_are_within_what_an_edition_allows(printed):
    """What is withdrawn can be found, and every document passes a slow network."""
    for path, content in printed.items():
        assert len(content) <= PAGE_BYTES, path
        if path.endswith(".json"):
            salts = [one["_tamizdat"]["salt"] for one in json.loads(content)["items"]]
            assert all(salts)
            continue
        entries = content.count(b"<entry>") + content.count(b"<item>")
        assert entries == content.count(b"<?salt ")


def test_page_of_feeds_leads_to_feeds_that_exist():
    """Every address on it is one that the paper prints."""
    page = feeds_pages(home("en"))[0].content.decode()
    found = {
        urljoin("feeds/index.html", part.partition('"')[0])
        for part in page.split('<li><a href="')[1:]
    }
    there = {f"s/{one.id}.atom" for one in home("en").sections} | set(feeds("en"))

    assert {path for path in found if not path.endswith(".html")} <= there
    assert "news.atom" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_two_directions_are_told_as_they_were_written(language):
    """Each feed names its language once and puts no sign of direction into a text."""
    headline = "Said: «بیایید!» (CNN 12), نه!"
    one = replace(full_story(language), headline=headline, standfirst=f"«{headline}»")
    shelf = news_list(home(language))
    found = {
        page.path: feedparser.parse(page.content)
        for page in shelf.index_pages([card(one)], None)
        if page.path.endswith((".atom", ".rss"))
    }
    (told,) = (p for p in shelf.index_pages([card(one)], None) if "json" in p.path)
    feed = json.loads(told.content)

    assert 2 == len(found)
    for content in found.values():
        assert language == content.feed.language
        assert headline == content.entries[0].title
        assert content.entries[0].summary.endswith(f"«{headline}»")
    assert language == feed["language"]
    assert headline == feed["items"][0]["title"]
