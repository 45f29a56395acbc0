"""Printings of stories that show more than text: every part counts as words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edition.paper import FIRST, rich_story
from edition.test_rich import (
    BOX,
    LANGUAGES,
    POST,
    pages_of,
    paper_of,
    printing,
    with_body,
)
from tamizdat.edition.blocks import Embed, Exhibit
from tamizdat.edition.errors import PageError
from tamizdat.edition.printing import PARTS, differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.stories import ENDED, LIVE

EMBED = Embed("https://t.example/1", "One.", "Telegram")
SOUND = rich_story().body[3]
LATER = FIRST + timedelta(hours=1)
LINES = rich_story().bylines[1:]


@pytest.mark.parametrize("language", [*LANGUAGES, "hy"])
def test_every_page_of_ours_is_known_whole(language):
    """Nothing that this version prints is unknown to it, in borrowed words either."""
    known = language if language in LANGUAGES else "en"
    found = printing(replace(rich_story(known), language=language), paper_of(language))

    assert frozenset() == found.unknown
    assert found.words.keys() <= PARTS.keys()


def in_short(live=None):
    """Make a story of one page with portraits."""
    return rich_story(body=rich_story().body[:1], live=live)


def changed(**changes):
    """Change fields of the exhibits of a story, wherever they stand."""
    story = rich_story()

    def one(medium):
        names = changes.keys() & vars(medium).keys()
        return replace(medium, **{name: changes[name] for name in names})

    body = [
        replace(p, media=tuple(map(one, p.media))) if isinstance(p, Exhibit) else p
        for p in story.body
    ]
    return replace(story, body=tuple(body))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (rich_story(), changed(caption="x"), ["body"]),
        (rich_story(), changed(title="x"), ["body"]),
        (rich_story(), changed(credit="x"), ["body"]),
        (rich_story(), changed(terms="x"), ["body"]),
        (rich_story(), changed(href="https://x.example/"), ["body"]),
        (rich_story(), changed(seconds=96), ["body"]),
        (rich_story(), changed(renditions=rich_story().picture.renditions), ["body"]),
        (rich_story(), changed(files=SOUND.media[0].files), ["body"]),
        (rich_story(), changed(cuts=SOUND.media[0].cuts[:1]), ["body"]),
        (rich_story(), changed(transcript=("x",)), ["body"]),
        (with_body(BOX), with_body(replace(BOX, title="x")), ["body"]),
        (with_body(BOX), with_body(*BOX.body), ["body"]),
        (with_body(EMBED), with_body(replace(EMBED, text="x")), ["body"]),
        (with_body(EMBED), with_body(replace(EMBED, source=None)), ["body"]),
        (with_body(POST), with_body(replace(POST, headline=None)), ["body"]),
        (with_body(POST), with_body(replace(POST, by="x")), ["body"]),
        (with_body(POST), with_body(replace(POST, id="b")), ["body"]),
        (with_body(POST), with_body(replace(POST, time=LATER)), ["body"]),
        (in_short(live=LIVE), in_short(live=ENDED), ["live"]),
        (rich_story(), rich_story(live=ENDED), ["live", "body"]),
        (rich_story(), rich_story(related=rich_story().related[1:]), ["related"]),
        (rich_story(), rich_story(places=()), ["data", "places"]),
        (rich_story(), rich_story(bylines=LINES), ["data", "byline"]),
    ],
)  # fmt: skip
def test_whatever_is_shown_counts_as_words(old, new, parts):
    """Another file, length, target or caption is never changed in silence."""
    assert parts == differing(printing(old), printing(new))
    assert [] == differing(printing(new), printing(new))


def test_face_and_translator_are_words():
    """Who is shown beside a name, and who translated, is part of what is said."""
    story = in_short()
    first, second = story.bylines
    other = replace(story, bylines=(replace(first, square=None), second))
    unnamed = replace(story, lineage=replace(story.lineage, by=None))

    assert ["bio"] == differing(printing(story), printing(other))
    assert ["data", "lineage"] == differing(printing(story), printing(unnamed))


@pytest.mark.parametrize("name", [None, "Another Service"])
def test_service_of_the_original_is_words(name):
    """Whose story the link leads to is never changed in silence."""
    story = rich_story()
    other = replace(story, lineage=replace(story.lineage, name=name))

    assert ["lineage"] == differing(printing(story), printing(other))
    assert [] == differing(printing(other), printing(other))


def test_terms_of_the_lead_are_words():
    """What may be done with a picture is said beside it."""
    story = rich_story()
    free = replace(story, picture=replace(story.picture, terms="Free"))
    bare = replace(story, picture=replace(story.picture, terms="x", credit=None))

    assert ["picture terms"] == differing(printing(story), printing(free))
    assert b'memory. <small class="terms">x</small></figcaption>' in pages_of(bare)[0]


def test_words_are_the_same_wherever_a_page_ends(monkeypatch):
    """A post that moves to the next page says what it said."""
    story = rich_story()
    before = printing(story)
    monkeypatch.setattr("tamizdat.edition.pages.articles.PAGE_BYTES", 12_000)

    assert len(pages_of(story)) > len(PLAIN)
    assert [] == differing(before, printing(story))


PLAIN = [content.decode() for content in pages_of(rich_story())]
FACED = [content.decode() for content in pages_of(in_short())]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('preload="none"', 'preload="auto"'),
        ('preload="none">', 'preload="none">Stray'),
        ('type="audio/ogg"', 'type="audio/mpeg"'),
        ('<figure class="in">', '<figure class="in" hidden="">'),
        ('loading="lazy" alt', "alt"),
        ('1280w" sizes', '1280x" sizes'),
        ("320w,", "320w,x,"),
        ("</a> <small>Telegram", '</a> <small class="x">Telegram'),
        ("https://t.example/1", "javascript:x"),
        ("https://video.example/w", "http://video.example/w"),
        ('id="post-second"', 'id="post-x"'),
        ('<p class="post"', '<p class="post" title="x"'),
        ('<aside class="box">', '<aside class="box">Stray'),
        ("</li></ul></aside>", "</li></ul><h2>x</h2></aside>"),
        ("</li></ul></aside>", "</li></ul><h3>x</h3><script></script></aside>"),
        ('"related"><h2>', '"related"><h2>x</h2><h2>'),
        ('"related"><h2>', '"related"><p class="more"></p><h2>'),
        ("</h2><ul><li><a", "</h2><ul>Stray<li><a"),
        ('hreflang="ru" dir="ltr">Кому', 'hreflang="ru" dir="rtl">Кому'),
        ('<li><a href="../../../a/', '<li><a href="https://a/'),
        ("</picture><p><strong>", "<source></picture><p><strong>"),
        ("</picture><p><strong>Reporter</strong> ·\xa0<span>", "</picture><p><i>"),
        ("PT312S", "P5M12S"),
        ('value="2400000"', 'value="9999999999"'),
        ("Translated by <b>Reporter</b>.", "Translated by Reporter."),
        ('<p class="where">', '<p class="where"><b></b>'),
    ],
)  # fmt: skip
def test_page_of_another_shape_is_refused(old, new):
    """What loads, hides or leads away in another form is read as nothing."""
    ours = PLAIN if old in "".join(PLAIN) else FACED
    pages = [page.replace(old, new, 1) for page in ours]
    assert pages != ours

    with pytest.raises(PageError, match=r"^a\.html: "):
        read_printing([page.encode() for page in pages], "a.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Live<", ">Dead<"),
        (">Transcript<", ">Lies<"),
        ("Watch the video on", "Read"),
        (">Related stories<", ">Other stories<"),
        ("Translated by", "Falsified by"),
        (">MP3<", ">MP4<"),
        (">5:12<", ">5:13<"),
        (">2.4 MB<", ">2.4 GB<"),
    ],
)
def test_papers_own_words_are_checked(old, new):
    """A length, a size or a label that this version does not write is noted."""
    pages = [page.replace(old, new, 1).encode() for page in PLAIN]

    assert pages != [page.encode() for page in PLAIN]
    assert read_printing(pages, "a.html").unknown
