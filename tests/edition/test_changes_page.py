"""The page that tells what the releases of a story changed."""

import re
from dataclasses import replace

import pytest

from edition.markup import Reader, resolve
from edition.paper import TEXTS, full_story, release, salt, service
from tamizdat.edition.blocks import Block
from tamizdat.edition.changes import freeze
from tamizdat.edition.compare import ADDED, KEPT, OMITTED, REMOVED, Run
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import (
    PAGE_BYTES,
    article_pages,
    article_path,
    changes,
    changes_pages,
    changes_path,
    flow,
    texts_of,
)
from tamizdat.edition.stories import Change, Notice
from tamizdat.edition.wording import wording

LANGUAGES = ("en", "ru", "fa")
PATH = "a/2026-11/20/right-to-know.changes.html"


def change(part, *runs):
    """Make a change out of pairs of kind and text."""
    return Change(part, tuple(Run(*run) for run in runs))


def frozen(old, new):
    """Freeze what differs between two stories, as the newsroom does."""
    ours = service(new.language)
    rows = freeze(texts_of(old, ours), texts_of(new, ours))
    return tuple(
        change(row["part"], *((r["kind"], r["text"]) for r in row["runs"]))
        for row in rows
    )


def corrected(language="en", kind="correction", **older):
    """Make a story whose second release changed what `older` tells."""
    now = full_story(language)
    changes = frozen(replace(now, **older), now)
    note = TEXTS[language]["note"]
    second = replace(release(2, kind, note), changes=changes)
    return replace(now, releases=(now.releases[0], second))


def printed(story):
    """Print the page of changes and the article, by path."""
    ours = service(story.language)
    pages = changes_pages(story, ours)
    pages += article_pages(story, ours, section_name=ours.sections[0].name)
    return {page.path: page.content for page in pages}


def marked(content, tag):
    """List what stands in elements of a tag, without the words for the ear."""
    pattern = rf"<{tag}><span>\[[^<]*(?:<[^<]*)?</span><bdi [^>]*>(.*?)</bdi>"
    return re.findall(pattern, content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_what_was_removed_and_added(language):
    """In any script, with marks for the eye and words for the ear."""
    story = corrected(language, headline=f"{TEXTS[language]['headline']} 2008")
    page = printed(story)[PATH]
    read, words = Reader(page.decode()), wording(language).plain

    assert ["2008"] == marked(page, "del")
    assert [] == marked(page, "ins")
    assert f"[{words['removed']} 2008]" in read.text
    assert words["part_headline"] in read.text
    assert TEXTS[language]["note"] in read.text
    assert {"dir": service(language).direction} == dict(read.tags)["bdi"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_release_stands_newest_first(language):
    """Each with its kind in words, its time and a place to link to."""
    story = corrected(language, standfirst="x")
    read = Reader(printed(story)[PATH].decode())
    words = wording(language).plain
    order = [read.text.index(words[kind]) for kind in ("correction", "publish")]

    assert order == sorted(order)
    assert ["text", "r2", "r1"] == read.ids[:3]
    assert ["2026-11-20"] * 2 == [
        values["datetime"][:10] for tag, values in read.tags if tag == "time"
    ]


def test_article_and_page_of_changes_lead_to_each_other():
    """The time, the note and the headline are links that hold."""
    story = corrected(headline="Another")
    pages = {path: Reader(page.decode()) for path, page in printed(story).items()}
    article = pages[article_path(story)]
    there = [resolve(article_path(story), href) for href in article.addresses]
    back = [resolve(PATH, href) for href in pages[PATH].addresses]

    assert (PATH, "") in there
    assert (PATH, "r2") in there
    assert "r2" in pages[PATH].ids
    assert (article_path(story), "") in back


def test_minor_change_is_linked_without_a_new_time():
    """It moves no stamp and has no note, and can be found all the same."""
    story = corrected(kind="minor", standfirst="x")
    article = printed(story)[article_path(story)].decode()

    assert wording("en").plain["updated"] not in article
    assert (
        f'<a href="right-to-know.changes.html">{wording("en").plain["what_changed"]}'
        in (article)
    )


def test_story_without_changes_has_no_page():
    """Neither a first release, nor an older document, nor one that changed no word."""
    story = full_story()
    same = replace(story.releases[1], changes=())
    for releases in (story.releases[:1], story.releases, (story.releases[0], same)):
        pages = printed(replace(story, releases=releases))

        assert [article_path(story)] == list(pages)
        assert b".changes" not in pages[article_path(story)]


def test_release_that_changed_no_word_says_so():
    """Nothing is left to guess; what is not compared is not called unchanged."""
    story = corrected(headline="Another")
    same = replace(release(3, "minor"), changes=())
    unknown = release(4, "minor")
    page = printed(replace(story, releases=(*story.releases, same, unknown)))[PATH]

    assert 1 == page.decode().count(wording("en").plain["changes_none"])


def test_page_carries_the_salt_of_the_newest_release():
    """So that a withdrawal finds it."""
    story = corrected(headline="Another")

    assert story.releases[1].salt == salt("correction 2")
    assert salt("correction 2").encode() in printed(story)[PATH]


def test_retracted_text_does_not_come_back():
    """Of a retracted story the page keeps kinds, times, notes and headlines."""
    story = corrected(headline="Another headline", standfirst="Secret standfirst")
    gone = replace(release(3, "retraction", "We do not stand by it."), changes=())
    page = printed(replace(story, releases=(*story.releases, gone)))[PATH]

    assert ["Another headline"] == marked(page, "del")
    assert b"Secret standfirst" not in page
    assert b"We do not stand by it." in page
    assert wording("en").plain["changes_none"].encode() not in page


def test_withdrawn_story_has_no_page():
    """Even a document that says more than it may prints none of it."""
    story = corrected(headline="Another headline")
    pages = printed(
        replace(story, releases=(*story.releases, release(3, "withdrawal")))
    )

    assert [article_path(story)] == list(pages)
    assert b".changes" not in pages[article_path(story)]


def test_long_changes_go_on_at_a_second_page():
    """Every page keeps its limit; a note leads to the page its release stands on."""
    story = full_story()
    releases = [story.releases[0]]
    for number in range(2, 14):
        runs = [(REMOVED, f"old {number} " * 200), (ADDED, f"new {number} " * 200)]
        one = release(number, "correction", f"Note {number}.")
        releases.append(replace(one, changes=(change("body", *runs),)))
    pages = printed(replace(story, releases=tuple(releases)))
    names = sorted(path for path in pages if ".changes" in path)
    article = Reader(pages[article_path(story)].decode())
    links = {resolve(article_path(story), href) for href in article.addresses}
    found = {(path, f"r{n}") for path, n in links_to(links)}
    where = {
        (path, name) for path in names for name in Reader(pages[path].decode()).ids
    }

    assert PATH.replace(".html", ".2.html") in names
    assert all(len(page) <= PAGE_BYTES for page in pages.values())
    assert 12 == len(found)
    assert found <= where
    removed = [text for name in names for text in marked(pages[name], "del")]
    assert 12 * 200 == sum(text.count("old") for text in removed)


def links_to(links):
    """List pages of changes with the releases that links name on them."""
    for path, fragment in links:
        if ".changes" in path and fragment:
            yield path, int(fragment[1:])


def test_changes_are_laid_on_pages_once_for_a_story(monkeypatch):
    """Its own pages lead to them by what was laid; then they are printed."""
    counted = []

    def lay(*args):
        counted.append(args)
        return flow.lay(*args)

    monkeypatch.setattr(changes, "lay", lay)
    now = full_story()
    body = tuple(Block("paragraph", f"{n} {'word ' * 200}") for n in range(30))
    was = replace(now, body=tuple(Block("paragraph", f"{b.text}.") for b in body))
    runs = frozen(was, replace(now, body=body))
    later = [release(n, "correction", "A name.") for n in range(2, 9)]
    ledger = (release(1, "publish"), *(replace(one, changes=runs) for one in later))
    pages = printed(replace(now, body=body, releases=ledger))

    assert "a/2026-11/20/right-to-know.changes.2.html" in pages
    assert 1 == len(counted)


def test_frame_without_room_is_refused():
    """What cannot be printed names its story."""
    story = corrected(body=(Block("paragraph", "x " * 6_000),))
    ours = service()
    notice = Notice("Declared.", ("A warning. " * 1_300,), None)

    with pytest.raises(StoryError, match=r"^en/right-to-know: headlines: the frame"):
        changes_pages(story, replace(ours, notice=notice))


@pytest.mark.parametrize(
    ("runs", "html"),
    [
        (
            [(KEPT, "in"), (REMOVED, " 2008"), (ADDED, " 2009"), (KEPT, ".")],
            "in -2008- +2009+.",
        ),
        ([(KEPT, "in "), (REMOVED, "2008"), (ADDED, "9")], "in -2008- +9+"),
        ([(KEPT, "a"), (OMITTED, "…"), (KEPT, "b"), (ADDED, "c")], "a …|… b+c+"),
        ([(KEPT, "a\n"), (OMITTED, "…"), (KEPT, " b"), (ADDED, "c")], "a|… b+c+"),
        ([(KEPT, "a"), (OMITTED, "…"), (KEPT, "\nb"), (ADDED, "c")], "a …|b+c+"),
        ([(ADDED, "a"), (KEPT, "b"), (OMITTED, "…")], "+a+b …"),
        ([(ADDED, "a"), (OMITTED, "…"), (KEPT, "b")], "+a…+ b"),
        ([(ADDED, "a"), (OMITTED, "…"), (KEPT, ", b")], "+a…+, b"),
        ([(ADDED, "a"), (OMITTED, "…"), (KEPT, "\nb")], "+a…+|b"),
        ([(OMITTED, "…"), (KEPT, " b"), (ADDED, "c")], "… b+c+"),
        ([(REMOVED, "ab"), (OMITTED, "…"), (ADDED, "c")], "-ab…- +c+"),
        ([(KEPT, "a\nb "), (ADDED, "c")], "a|b +c+"),
        ([(KEPT, "a"), (ADDED, "\nb\nc")], "a|+b+|+c+"),
        ([(KEPT, "a"), (REMOVED, " "), (ADDED, "\n"), (KEPT, "b")], "a- - +¶+|b"),
        ([(REMOVED, "<a> & b")], "-&lt;a&gt; &amp; b-"),
    ],
)
def test_runs_are_printed_as_paragraphs(runs, html):
    """Spaces in front of a change are not struck; a line end alone has a sign.

    What stood far apart stands on lines of its own, and not as one sentence.
    """
    story = full_story()
    second = replace(release(2, "minor"), changes=(change("body", *runs),))
    page = printed(replace(story, releases=(story.releases[0], second)))[PATH].decode()
    lines = "|".join(re.findall("<blockquote>(.*?)</blockquote>", page))
    for tag, sign in (("del", "-"), ("ins", "+")):
        lines = re.sub(
            rf"<{tag}><span>.*?</span><bdi dir=\"ltr\">(.*?)</bdi>.*?</{tag}>",
            rf"{sign}\1{sign}",
            lines,
        )

    assert html == lines


def test_path_stands_beside_the_article():
    """No story's own name can take it: an id holds no dot."""
    assert changes_path(full_story()) == PATH
