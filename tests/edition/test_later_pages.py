"""What stands on the later pages of a story: nothing but what a reader came for."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import product

import pytest

from edition.markup import Reader
from edition.paper import TEXTS, full_story, release, rich_story
from edition.specimen import SCRIPTS, paper
from tamizdat.edition.blocks import Block, Post
from tamizdat.edition.markup import Element, parse
from tamizdat.edition.pages import (
    PAGE_BYTES,
    Page,
    article_pages,
    changes_pages,
    text_pages,
)
from tamizdat.edition.pages.pager import pager
from tamizdat.edition.stories import Service, Story
from tamizdat.edition.wording import wording

KINDS = ("correction", "clarification")
TEXT = {"p", "h2", "h3", "blockquote", "ul", "div wide", "h2 set", "aside box"}
TEXT |= {"figure in", "figure set", "figure file", "p said", "p embed", "p post"}
TEXT |= {"p who"}
FIRST_ALONE = ("note", "by", "credit", "change", "related", "links", "where", "kick")
FIRST_ALONE += ("skip", "mast", "law", "stand", "from", "line", "name", "live", "flag")


def long(language: str) -> Story:
    """Make a story of several pages."""
    return full_story(language, body=full_story(language).body * 9)


def noted(language: str) -> Story:
    """Make one with more notes than a page holds."""
    words = TEXTS[language]["note"]
    notes = [release(n, KINDS[n % 2], words) for n in range(2, 62)]
    return replace(long(language), releases=(release(1, "publish"), *notes))


def wordy(language: str) -> Story:
    """Make one whose only note is longer than a page."""
    ledger = (release(1, "publish"), release(2, KINDS[0], "word " * 4_000))
    return replace(long(language), releases=ledger)


def signed(language: str) -> Story:
    """Make one of many authors, with portraits and bios."""
    lines = rich_story(language).bylines * 7
    return replace(noted(language), bylines=tuple(lines))


def credited(language: str) -> Story:
    """Make one whose credit line is as long as a newsroom writes them."""
    return replace(noted(language), credit_line=TEXTS[language]["place"] * 45)


def live(language: str) -> Story:
    """Make a live one, with all that a body can show."""
    story = rich_story(language)
    [*others, last] = story.body
    assert isinstance(last, Post)
    posts = [replace(last, id=f"p{n}") for n in range(30)]
    notes = noted(language).releases
    return replace(story, body=(*others, *posts), releases=notes)


def bare(language: str) -> Story:
    """Make one of a headline, a text and many names that no page tells of."""
    lines = (replace(signed(language).bylines[0], id=None),) * 20
    return replace(long(language), bylines=lines, credit_line=None, related=())


STORIES = (long, noted, wordy, signed, credited, live, bare)
EVERY = list(product(SCRIPTS, STORIES))


def printed(story: Story, ours: Service) -> tuple[list[Page], list[Page]]:
    """Print a story with its pictures and without."""
    pages = article_pages(story, ours, section_name=ours.sections[0].name)
    return pages, text_pages(pages)


def expected(story: Story, ours: Service, path: str, number: int, total: int) -> str:
    """Say what a later page is, whole, but for its style and its text."""
    turns = pager(path, story.language, number, total)
    words = wording(story.language).html
    after = turns["after"] and f'<a rel="next" href="{turns["after"]}">'
    return (
        f'<!doctype html><html lang="{story.language}" dir="{ours.direction}">'
        '<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">'
        f"<title>{story.headline} – {turns['label']}</title>"  # noqa: RUF001
        f'<meta name="salt" content="{story.release.salt}"><style></style></head>'
        '<body><main id="text"><article>'
        f'<header><h1>{story.headline}</h1><p class="when">{turns["here"]}</p></header>'
        f'<nav class="pager" aria-label="{turns["label"]}">'
        f'<a rel="prev" href="{turns["before"]}">{words["previous_page"]}</a>'
        f"<span>{turns['here']}</span>"
        + (f"{after}{words['next_page']}</a>" if after else "")
        + "</nav></article></main>"
        '<footer><p class="ends">'
        f'<a href="../../../notice.html">{words["skip_notice"]}</a></p></footer>'
        "</body></html>"
    )


def parted(page: Page) -> tuple[str, str]:
    """Part a page into its text, and all else without its style."""
    html = re.sub("<style>[^<]*</style>", "<style></style>", page.content.decode())
    found = re.fullmatch("(.*?</header>)(.*)(<nav class=.pager.*)", html, re.DOTALL)
    assert found
    return found[2], found[1] + found[3]


def kinds(markup: str) -> Iterator[str]:
    """Name what stands in a text, one after the other."""
    for one in parse(markup, "page"):
        assert isinstance(one, Element)
        yield one.kind


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(("language", "make"), EVERY)
def test_later_pages_have_text_turns_and_the_notice_and_nothing_else(language, make):
    """Of every story in every script, with its pictures and without."""
    story, ours = make(language), paper(language)
    for pages in filter(None, printed(story, ours)):
        path = pages[0].path
        for number, page in enumerate(pages[1:], 2):
            text, around = parted(page)

            assert around == expected(story, ours, path, number, len(pages))
            assert set(kinds(text)) <= TEXT
            assert text
        assert len(pages) > 1


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(("language", "make"), EVERY)
def test_first_page_has_text_notes_and_names(language, make):
    """Every name and the credit line stand there; so does a note that fits."""
    story, ours = make(language), paper(language)
    page = printed(story, ours)[0][0]
    shown = page.content.decode()
    first, said = Reader(shown), wording(language).plain
    after = shown.partition('<nav class="pager"')[2]
    [line] = re.findall('</nav>.*(<p class="change"><a href="[^"]*">[^<]*)', after) or [
        ""
    ]
    kept = re.findall('<aside class="note" id="r([0-9]+)">', after)
    notes = [one for one in story.releases if one.kind in KINDS]
    left = [one.kind for one in notes if str(one.number) not in kept]

    assert (story.credit_line or "") in first.text
    for one in story.bylines:
        assert shown.count(f">{one.name}<") >= story.bylines.count(one)
    assert all(said[kind] in line for kind in set(left))
    assert bool(left) == (".changes.html" in line)
    assert not kept or kept[-1] == str(notes[-1].number)
    assert kept or make is wordy
    assert "<p" in shown.partition("</header>")[2].partition('<nav class="pager"')[0]
    assert len(page.content) <= PAGE_BYTES


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(("language", "make"), EVERY)
def test_no_word_of_the_text_is_lost(language, make):
    """The pages together have the body once, in its order."""
    story, ours = make(language), paper(language)
    pages, _ = printed(story, ours)
    texts = (p.content.decode().partition('<nav class="pager"')[0] for p in pages)
    shown = bare_words("".join(text.partition("</header>")[2] for text in texts))
    blocks = [escape(one.text) for one in story.body if isinstance(one, Block)]

    assert blocks
    assert not [b for b in blocks if shown.count(bare_words(b)) < blocks.count(b)]


def bare_words(markup: str) -> str:
    """Leave tags and spaces out."""
    return re.sub(r"<[^>]*>|\s", "", markup)


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(("language", "make"), EVERY)
def test_later_pages_carry_no_rule_that_nothing_there_follows(language, make):
    """Each class and each element that a style names stands on its page."""
    story, ours = make(language), paper(language)
    for page in printed(story, ours)[0][1:]:
        html = page.content.decode()
        style, rest = re.findall("<style>(.*)</style>(.*)", html, re.DOTALL)[0]
        # What a rule asks not to be there may stand nowhere.
        asked = re.sub(r":not\([^()]*\)", "", style)
        classes = set(re.findall(r"\.([a-z]+)[^{}]*\{", asked))
        there = set(" ".join(re.findall('class="([^"]*)"', rest)).split())

        assert classes <= there
        assert not classes & set(FIRST_ALONE)


@pytest.mark.parametrize("language", SCRIPTS)
def test_live_story_begins_with_posts(language):
    """The newest of them stand on its first page, before what may wait."""
    story = live(language)
    first = printed(story, paper(language))[0][0].content.decode()
    shown = re.findall('<p class="post" id="post-([a-z0-9]+)">', first)
    posts = [one.id for one in story.body if isinstance(one, Post)]

    assert shown
    assert shown == posts[: len(shown)]
    assert "<h2>" not in first.partition('<p class="post"')[0]


@pytest.mark.parametrize("language", SCRIPTS)
def test_retracted_story_has_one_page_however_many_notes(language):
    """Its newest notes stand there; the others are led to, and stand whole."""
    story, ours = noted(language), paper(language)
    words = TEXTS[language]["note"]
    story = replace(story, releases=(*story.releases, release(62, "retraction", words)))
    [page] = article_pages(story, ours, section_name=ours.sections[0].name)
    html = page.content.decode()
    kept = re.findall('<aside class="note" id="r([0-9]+)">', html)
    told = b"".join(one.content for one in changes_pages(story, ours, [page])).decode()

    assert kept == [str(n) for n in range(63 - len(kept), 63)]
    assert 61 > len(kept) > 1
    assert re.search(rf"\.changes(\.2)?\.html#r{62 - len(kept)}\"", html)
    assert 61 == told.count(f"<p>{escape(words)}</p>")
