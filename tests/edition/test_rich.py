"""Stories that show more than text: galleries, sounds, boxes, posts, faces."""

import json
import re
from dataclasses import replace

import pytest

from edition.markup import Reader
from edition.paper import FIRST, TEXTS, picture, release, rich_story, service, show
from tamizdat.edition.blocks import Block, Box, Post, body_lines
from tamizdat.edition.changes import freeze
from tamizdat.edition.pages import PAGE_BYTES, article_pages, card, texts_of
from tamizdat.edition.printing import differing
from tamizdat.edition.reading import read_article
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.stories import ENDED, Byline

LANGUAGES = ("en", "ru", "fa")


def paper_of(language):
    """Make a service of a language that may have no words of its own."""
    known = language if language in LANGUAGES else "en"
    return replace(service(known), language=language)


def pages_of(story, paper=None):
    """Print a story, its pages as bytes."""
    paper = paper or service(story.language)
    printed = article_pages(story, paper, section_name=paper.sections[0].name)
    return [page.content for page in printed]


def read(story):
    """Read all pages of a story as markup is to be written."""
    return [Reader(content.decode()) for content in pages_of(story)]


def printing(story, paper=None):
    """Print a story and take its pages apart."""
    return read_printing(pages_of(story, paper), "a.html")


def with_body(*passages):
    """Make a story of these passages."""
    return rich_story(body=passages)


BOX = Box("Facts", (Block("paragraph", "One."),))
POST = Post("a", FIRST, "One", "Reporter", (Block("paragraph", "One."),))


@pytest.mark.parametrize("lead", ["with a lead", None])
def test_first_picture_of_a_page_waits_for_nobody(lead):
    """It loads with the page, wherever it stands; all others when they are near."""
    bare = rich_story()
    story = replace(bare, picture=lead and bare.picture, bylines=())
    for page in read(story):
        waits = ["loading" in given for name, given in page.tags if name == "img"]

        assert [False] + [True] * (len(waits) - 1) == waits


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_stand_on_the_pages_in_their_order(language):
    """Public diffs and `edition diff` speak of the same words, each once."""
    story, paper = rich_story(language, live=ENDED), service(language)
    found = read_article(pages_of(story), "a.html").parts
    texts = texts_of(story, paper)

    assert found["body"] == tuple(body_lines(story.body))
    short = read_article(pages_of(in_short(story)), "a.html").parts
    for part in texts.keys() - {"tags"}:
        there = short if part == "byline" else found
        assert "\n".join(there[part]) == texts[part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_live_story_tells_its_posts_before_what_can_wait(language):
    """Whoever opens it reads the newest at once, and every word stands somewhere."""
    story = rich_story(language)
    pages = pages_of(story)
    found = read_article(pages, "a.html").parts["body"]
    [first, *others] = body_lines(story.body)
    posts = list(body_lines(one for one in story.body if isinstance(one, Post)))

    assert [first, *posts] == list(found[: 1 + len(posts)])
    assert sorted(others) == sorted(found[1:])
    assert all(b'class="post"' not in page for page in pages[-1:])


def in_short(story):
    """Leave of a live story what stands on one page with all of its authors."""
    return replace(story, body=story.body[:1], live=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_closes_in_time(language):
    """Figures, players and boxes count like text."""
    assert all(len(content) <= PAGE_BYTES for content in pages_of(rich_story(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_loads_from_elsewhere_or_before_it_is_asked_for(language):
    """Files come from the mirror; what stands elsewhere is a link without a trace."""
    for reader in read(rich_story(language)):
        for tag, given in reader.tags:
            assert tag not in {"iframe", "video", "embed", "object"}
            if tag in {"img", "source"}:
                loaded = f"{given.get('src', '')},{given.get('srcset', '')}"
                assert re.fullmatch(
                    r"(,|\.\./\.\./\.\./m/[a-z2-7]{26}\.\w+( \d+w)?)*", loaded
                )
            if tag == "img":
                assert "alt" in given
            if tag == "audio":
                assert {"controls": "", "preload": "none"} == given
            if given.get("href", "").startswith("https:"):
                assert given["rel"] == "noopener noreferrer"


def test_post_has_an_anchor_and_the_time_of_the_service():
    """A link to one post stands beside its time, in the readers' calendar."""
    html = b"".join(pages_of(rich_story("fa"))).decode()

    assert (
        '<p class="post" id="post-second"><a href="#post-second">'
        '<time datetime="2026-11-20T12:30:00+03:30">۲۹ آبان ۱۴۰۵'
    ) in html


def test_live_story_says_so_and_when_it_ended():
    """The flag stands on the page and in lists, and goes when the story has ended."""
    live, ended = rich_story(), rich_story(live=ENDED)

    assert b'<p class="live">Live</p>' in pages_of(live)[0]
    assert b'<p class="live over">Live coverage has ended</p>' in pages_of(ended)[0]
    assert card(live).live
    assert not card(ended).live


def test_portrait_repeats_no_name():
    """A description that only names the person is not read out twice."""
    face = replace(picture(TEXTS["en"], "face"), alt="A. Reporter.")
    lines = [Byline("A. Reporter", None, None, None, None, face)]
    lines.append(replace(lines[0], name="Another"))
    story = in_short(rich_story(bylines=tuple(lines)))
    html = pages_of(story)[0].decode()

    assert html.count('alt=""></picture><p><strong>A. Reporter') == 1
    assert html.count('alt="A. Reporter."></picture><p><strong>Another') == 1
    assert ("A. Reporter", "A. Reporter. Another") == read_article(
        pages_of(story), "a.html"
    ).parts["byline"]


def test_machines_are_told_places_translator_and_who_answers():
    """A byline that is the service's is an organisation, any other a person."""
    text = pages_of(rich_story())[0].decode()
    data = json.loads(text.partition('ld+json">')[2].partition("</script>")[0])
    switzerland = {"addressCountry": "CH", "addressRegion": "CH-GE"}
    address = {"@type": "PostalAddress", **switzerland}
    geneva = {"@type": "Place", "name": "Geneva", "address": address}

    assert [geneva, {"@type": "Place", "name": "x"}] == data["contentLocation"]
    assert {"@type": "Person", "name": "Reporter"} == data["translator"]
    assert ["Person", "Organization"] == [one["@type"] for one in data["author"]]


@pytest.mark.parametrize("kind", ["retraction", "withdrawal"])
def test_story_that_was_taken_down_shows_nothing(kind):
    """No picture, sound, post, place or related headline is left."""
    ledger = (release(1, "publish"), release(2, kind, "Why."))
    [page] = pages_of(rich_story(releases=ledger))

    for words in (b"<img", b"<audio", b"post-", b'"live', b"where", b"related"):
        assert words not in page.partition(b"</style>")[2]


def test_text_alone_carries_no_rules_for_more():
    """A page of text is as light as before; one frame serves both."""
    bare = rich_story(body=(), bylines=(), live="", places=(), related=())
    [page] = pages_of(bare)

    assert b"audio{" not in page
    assert any(b"audio{" in one for one in pages_of(rich_story()))
    assert printing(bare).around["frame"] == printing(rich_story()).around["frame"]


def test_long_box_goes_on_on_the_next_page():
    """Its title stands once, and no word of it is lost or repeated."""
    items = tuple((f"Fact {n} of many in a long box.",) for n in range(600))
    blocks = (Block("paragraph", ("Word. " * 3_000).strip()), Block("list", rows=items))
    story = with_body(Box("Facts", blocks))
    pages = pages_of(story)

    assert len(pages) > 3
    assert 1 == b"".join(pages).count(b"<h2>Facts</h2>")
    assert tuple(body_lines(story.body)) == read_article(pages, "a.html").parts["body"]
    assert [] == differing(printing(story), printing(story))


def test_post_does_not_begin_at_the_foot_of_a_page():
    """Its time and headline stand with its first words."""
    posts = [replace(POST, id=f"p{n}", body=(LONG,)) for n in range(30)]
    pages = pages_of(with_body(*posts))
    foot = re.compile(rb'<p class="post"[^>]*>.{,300}<nav class="pager"', re.DOTALL)

    assert len(pages) > 2
    assert not any(foot.search(page) for page in pages)


LONG = Block("paragraph", "The long words of a post. " * 40)


def test_picture_that_fits_on_no_page_is_named():
    """A description as long as a page cannot be cut."""
    one = replace(picture(TEXTS["en"], "1"), alt="Word. " * 3_000)

    with pytest.raises(Exception, match=r"tamizdat\.body: picture: nothing of it fits"):
        pages_of(with_body(show("picture", one)))


def test_public_diff_shows_the_post_that_was_added():
    """A live story grows from above, and each post is a release."""
    old, new = with_body(POST), with_body(replace(POST, id="b", headline="Two"), POST)
    texts = [texts_of(story, service()) for story in (old, new)]
    [change] = freeze(*texts)

    assert "body" == change["part"]
    assert {"kind": "added", "text": "Two\nReporter\nOne.\n"} in change["runs"]


def test_public_diff_tells_of_related_stories_and_places():
    """What an editor chose, and where it happened, changes by a release too."""
    old, new = rich_story(), rich_story(related=(), places=())
    found = freeze(texts_of(old, service()), texts_of(new, service()))

    assert ["dateline", "related"] == [change["part"] for change in found]


@pytest.mark.parametrize(("length", "smaller"), [(90, False), (91, True), (400, True)])
def test_headline_as_long_as_a_paragraph_is_set_smaller(length, smaller):
    """A phone shows text below it; whoever compares pages reads it as any other."""
    story = rich_story(headline="x" * length, body=(POST,) * 200)
    pages = [content.decode() for content in pages_of(story)]

    assert {smaller} == {"h1.long{" in page for page in pages}
    assert {smaller} == {'<h1 class="long">' in page for page in pages}
    assert frozenset() == printing(story).unknown
