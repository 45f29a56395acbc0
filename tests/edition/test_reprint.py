"""Two printings of an article: whether they say the same, wherever they differ."""

import re
from dataclasses import replace

import pytest
from minijinja import Markup

from edition.paper import every_story, full_story, release, service
from tamizdat.edition.blocks import Block, Box, Mark
from tamizdat.edition.compare import Run as Runs
from tamizdat.edition.dates import CALENDARS, STYLES
from tamizdat.edition.errors import PageError
from tamizdat.edition.pages import changes_pages, theme
from tamizdat.edition.pages.articles import article_pages
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.printing import PARTS, UNKNOWN, differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.stories import Byline, Change, Look, Section, Translation


def printing(story, paper=None, section="Law"):
    """Print a story and take its pages apart."""
    paper = paper or service(story.language)
    pages = article_pages(story, paper, section_name=section)
    told = changes_pages(story, paper, pages)
    return read_printing(contents(pages), "a.html", contents(told))


def contents(pages):
    """Give the bytes of pages."""
    return [page.content for page in pages]


def long_story(language="en", words="Sentence {} of {}."):
    """Make a story of several pages, with a note of several pages."""
    body = tuple(
        Block("paragraph", " ".join(words.format(n, m) for n in range(400)))
        for m in range(5)
    )
    note = " ".join(f"Error {n} was made." for n in range(1_500))
    ledger = (release(1, "publish"), release(2, "correction", note))
    return full_story(language, body=body, releases=ledger)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
@pytest.mark.parametrize(
    "kind", ["correction", "clarification", "retraction", "redaction", "withdrawal"]
)
def test_every_page_of_ours_is_known_whole(language, kind):
    """Nothing that this version prints is unknown to it."""
    story = full_story(language)
    ledger = (*story.releases[:1], release(2, kind, "Why."))
    home = service(language, home="https://a.example")
    found = printing(replace(story, releases=ledger), home)

    assert frozenset() == found.unknown
    assert (kind,) * 2 == found.words["kinds"][:2] or kind == "withdrawal"
    assert found.words.keys() <= PARTS.keys()


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("style", STYLES)
def test_date_in_any_style_is_known(calendar, style):
    """A service may write its days as it likes, one way on a page."""
    paper = replace(service("fa"), calendar=calendar, date_style=style)
    story = full_story("fa")
    found = printing(story, paper)

    assert frozenset() == found.unknown
    assert [] == differing(found, printing(story, service("fa")))


def test_dates_in_two_styles_are_not_known():
    """Where the hours show one style, a day in another is no date of this page."""
    (page,) = article_pages(full_story("en"), service("en"), section_name="Law")
    short = page.content.replace(b"Geneva \xe2\x80\x93 ", b"Geneva \xe2\x80\x93 @")
    short = re.sub(rb"@(<time[^>]*>)[^<]*", rb"\g<1>11/20/26", short)
    found = read_printing([short], "a.html")

    assert frozenset({"date: 11/20/26"}) == found.unknown


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
@pytest.mark.parametrize("kind", ["redaction", "withdrawal"])
def test_sentence_in_another_language_is_known(language, kind):
    """What nobody has reviewed stands there in English, and is ours all the same."""
    ledger = (
        release(1, "publish"),
        release(2, "correction", None),
        release(3, kind, None),
    )
    found = printing(full_story(language, releases=ledger))

    assert frozenset() == found.unknown


def told(story):
    """Tell of a story's second release what it changed."""
    changes = (Change("headline", (Runs("removed", "a"), Runs("added", "b"))),)
    first, second = story.releases
    return replace(story, releases=(first, replace(second, changes=changes)))


@pytest.mark.parametrize("language", ["en", "fa", "ku"])
@pytest.mark.parametrize("make", [full_story, long_story])
def test_links_to_what_changed_are_known_whole(language, make):
    """They stand beside the time and the note, and are words of the article."""
    paper = replace(service("en" if language == "ku" else language), language=language)
    story = make(paper.id)
    before, after = printing(story, paper), printing(told(story), paper)

    assert frozenset() == after.unknown
    assert ["changes", "note"] == differing(before, after)
    assert [] == differing(after, printing(told(story), paper))


@pytest.mark.parametrize("language", ["en", "fa", "ku"])
def test_long_story_is_known_whole(language):
    """Numbered pages, in digits of any script and in borrowed words, are ours."""
    paper = replace(service("en" if language == "ku" else language), language=language)
    found = printing(long_story(paper.id), paper)

    assert frozenset() == found.unknown
    assert 5 == len(found.words["body"])
    assert 1 == len(found.words["note"])


def many_notes():
    """Make a long story with more notes than a page has room for."""
    kinds = ("correction", "clarification")
    notes = [release(n, kinds[n % 2], f"Note {n}. " * 9) for n in range(2, 60)]
    return replace(long_story(), releases=(release(1, "publish"), *notes))


def one_word():
    """Make a story whose second paragraph is a word of several pages."""
    words = ("One two three.", "слово" * 4_000, "Four five.")
    return full_story(body=tuple(Block("paragraph", text) for text in words))


def long_table(columns=("Year", "Trials")):
    """Make a story whose table goes on for pages."""
    rows = ((str(year), f"{year}: rain." * 30) for year in range(1900, 2000))
    return full_story(body=(Block("table", rows=(columns, *rows)),))


@pytest.mark.parametrize("make", [long_story, many_notes, one_word, long_table])
def test_words_are_the_same_wherever_a_page_ends(monkeypatch, make):
    """Another stylesheet leaves more or less room for text."""
    before = printing(make())
    sheet = theme.stylesheet("article.html", "en")
    monkeypatch.setattr(theme, "_stylesheet", lambda *_: Markup(sheet + "p{}" * 600))
    after = printing(make())

    assert before.around["frame"] != after.around["frame"]
    assert [] == differing(before, after)
    assert frozenset() == before.unknown == after.unknown


def test_names_of_columns_are_said_again_as_they_are():
    """No words can hide where a table goes on: there its own heads stand, and once."""
    pages = contents(article_pages(long_table(), service(), section_name="Law"))
    first, second, *later = (page.decode() for page in pages)
    head = '<thead><tr><th scope="col">Year'
    plain = re.search(r"<thead>.*?</thead>", second)[0]
    forged = (
        (first, second.replace(head, head.replace("Year", "Lies"))),
        (first, second.replace(plain, plain * 2)),
        (first.replace("<table>", f"<table>{plain}"), second),
        (first.replace('<th scope="col">Year', '<th scope="col">Years'), second),
    )

    assert head in second
    assert all(head in page for page in later)
    for some in forged:
        with pytest.raises(PageError):
            read_printing([page.encode() for page in (*some, *later)], "a.html")


def lied(page):
    """Say something else of the notes that stand elsewhere."""
    html = page.content.decode()
    [line] = re.findall(r"Clarification \(\d+\)", html)
    words = ("Retraction", "Clarification")
    return [html.replace(line, said, 1).encode() for said in words]


def test_line_about_notes_elsewhere_is_true():
    """Whoever reads the first page alone is told of no other notes."""
    story, ours = many_notes(), service()
    pages = article_pages(story, ours, section_name="Law")
    told = contents(changes_pages(story, ours, pages))
    for first in lied(pages[0]):
        shown = [first, *contents(pages[1:])]

        assert read_printing(shown, "a.html", told).unknown
        assert ["earlier"] == differing(
            read_printing(contents(pages), "a.html"), read_printing(shown, "a.html")
        )


def test_note_that_is_told_twice_says_the_same():
    """No other words stand beside what a release changed."""
    story, ours = many_notes(), service()
    pages = article_pages(story, ours, section_name="Law")
    told = contents(changes_pages(story, ours, pages))
    other = [one.replace(b"Note 59.", b"Note 95.", 1) for one in told]
    found = read_printing(contents(pages), "a.html", other)

    assert {"note 59 2026-11-22"} == found.unknown


def test_long_story_may_say_less_of_its_authors():
    """What a page has no room for is no difference; what it says otherwise is."""
    lines = (Byline("Reporter", "Writer", "Won prizes." * 600),)
    long = replace(long_story(), bylines=lines)
    short = replace(full_story(), bylines=lines, body=full_story().body[:1])
    less = replace(short, bylines=(Byline("Reporter", "Writer", None),))
    other = replace(short, bylines=(Byline("Reporter", "Editor", None),))
    before, after = printing(short), printing(long)

    assert "Won" in before.words["bio"][0]
    assert "Won" not in after.words["bio"][0]
    assert "bio" not in differing(before, after)
    assert "bio" not in differing(after, before)
    assert ["bio"] == differing(before, printing(less))
    assert "bio" in differing(printing(other), after)


LIFE = "Won prizes." * 600
ANOTHER = "Lost them." * 600


@pytest.mark.parametrize("page", [None, "reporter"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_is_left_out_of_an_author_binds_what_comes(page, language):
    """A bio that went for want of room may come back, and no other."""
    short = full_story(language)
    short = replace(short, body=short.body[:1])
    long = replace(long_story(language), releases=short.releases)

    def told(story, bio, role="Writer"):
        return printing(
            replace(story, bylines=(Byline("Reporter", role, bio, id=page),))
        )

    left, other = told(long, LIFE), told(long, ANOTHER)
    whole = told(short, LIFE)

    assert LIFE not in left.words["bio"][0]
    assert LIFE in whole.words["bio"][0]
    assert "bio" not in differing(left, whole) + differing(whole, left)
    assert ["bio"] == differing(left, other) == differing(other, left)
    assert "bio" in differing(left, told(short, ANOTHER))
    assert "bio" in differing(told(short, ANOTHER), left)
    assert "bio" in differing(told(short, None), left)
    assert "bio" in differing(left, told(short, None))
    assert "bio" in differing(left, told(long, LIFE, "Editor"))


def test_role_that_is_left_out_binds_the_one_that_comes():
    """Names alone have room; a role that comes later must be the one that went."""
    lines = tuple(Byline(f"Reporter {n}", f"{n} " * 150, None) for n in range(50))
    others = (*lines[:-1], Byline("Reporter 49", "Another", None))
    long = replace(long_story(), bylines=lines, releases=full_story().releases)
    [left, changed, whole] = (
        printing(one)
        for one in (
            long,
            replace(long, bylines=others),
            replace(long, bylines=tuple(replace(b, role=b.role) for b in lines[:40])),
        )
    )

    assert '["", ""]' == left.words["bio"][0]
    assert "bio" in differing(left, changed)
    assert "bio" not in differing(left, whole)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' data-life="', ' data-life="A'),
        (' data-life="', ' data-role="'),
        (
            "</strong> ·\N{NO-BREAK SPACE}<span>Writer</span></p>",
            "</strong></p><p>Lies</p>",
        ),
        (
            "</strong> ·\N{NO-BREAK SPACE}<span>Writer</span></p>",
            "</strong> ·\N{NO-BREAK SPACE}<span>Writer</span></p><p>L</p>",
        ),
    ],
)
def test_page_leaves_out_nothing_that_stands_there(old, new):
    """Two lives, one hashed and one shown, are no page of this press."""
    lines = (Byline("Reporter", "Writer", LIFE),)
    story = replace(long_story(), bylines=lines)
    pages = contents(article_pages(story, service(), section_name="Law"))

    assert old.encode() in pages[0]
    with pytest.raises(PageError):
        read_printing(
            [pages[0].replace(old.encode(), new.encode(), 1), *pages[1:]], "a.html"
        )


def test_colours_of_a_service_hide_no_words():
    """Another red that can be read is known; one that cannot is not ours."""
    paper = replace(service(), look=Look(("0b4f8a", "8cc4ff"), "Since 1948."))
    before, after = printing(full_story()), printing(full_story(), paper)
    hidden = replace(service(), look=Look(("ffffff", "8cc4ff")))

    assert [] == differing(before, after)
    assert frozenset() == after.unknown
    assert before.around["frame"] != after.around["frame"]
    assert [UNKNOWN] == differing(before, printing(full_story(), hidden))


def test_where_pages_are_at_home_is_no_word():
    """A home that is new, or moves, names the same stories and the same pictures."""
    story = every_story()
    found = [printing(story, service(home=home)) for home in HOMES]

    assert [] == differing(found[0], found[1]) == differing(found[1], found[2])
    assert not any(one.unknown for one in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/en/m/", "/en/m/x"),
        ('"inLanguage":"en"', '"inLanguage":"fr"'),
        ("/ru/a/2026-11/20/x.html", "/ru/a/2026-11/20/unseen.html"),
        ('"@id":"https://a.example/en/', '"@id":"https://b.example/en/'),
    ],
)
def test_data_name_nothing_that_the_page_does_not_show(old, new):
    """Neither another picture nor another source is told to machines alone."""
    paper = service(home="https://a.example")
    [page] = article_pages(every_story(), paper, section_name="Law")
    head, data, rest = page.content.decode().partition('<script type="application')
    other = head + data + rest.replace(old, new, 1)

    assert other != page.content.decode()
    with pytest.raises(PageError, match=r"^a\.html: "):
        read_printing([other.encode()], "a.html")


def test_names_above_the_text_are_those_below_it():
    """Nobody is named under a headline who does not answer for the text."""
    [page] = article_pages(full_story(), service(), section_name="Law")
    other = page.content.replace(b'"from">Reporter', b'"from">Another')

    assert {"names: Another"} == read_printing([other], "a.html").unknown


def test_dates_in_another_calendar_are_the_same_moments():
    """How a date is written is the paper's own, when it is."""
    paper = service("fa")
    other = replace(paper, calendar="gregorian", time_zone="Asia/Kabul")

    assert [] == differing(
        printing(full_story("fa")), printing(full_story("fa"), other)
    )


def test_what_the_service_says_of_itself_is_no_word_of_an_article():
    """Its name and its bio stand under articles that no one else answers for."""
    story = full_story(bylines=())
    one, two = service(), replace(service(), name="Other", bio="Another bio.")
    before, after = printing(story, one), printing(story, two)

    assert [] == differing(before, after)
    assert "Another bio." == after.around["bio"]
    assert before.around["bio"] != after.around["bio"]


def test_reporters_own_bio_is_a_word_of_the_article():
    """Nobody's life is told anew in silence."""
    before = printing(full_story(bylines=(Byline("Reporter", None, "Won prizes."),)))
    after = printing(full_story(bylines=(Byline("Reporter", None, "A liar."),)))

    assert ["bio"] == differing(before, after)


def test_section_and_translations_stand_around():
    """A section renamed and a translation made later change no word."""
    story = full_story()
    more = Translation("hy", "right-to-know", "hy", story.published)
    paper = replace(service(), sections=(Section("law", "Courts"),))
    again = replace(story, translations=(*story.translations, more))
    before, after = printing(story), printing(again, paper, "Courts")

    assert [] == differing(before, after)
    assert "Courts" == after.around["section law"]
    assert len(before.links) + 1 == len(after.links)


def marked(*marks, text="One two three."):
    """Make a story of one paragraph with marks."""
    return full_story(body=(Block("paragraph", text, marks),))


def rows(language=None):
    """Make a story of one list, maybe in another language."""
    return full_story(body=(Block("list", rows=(("One",),), language=language),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (marked(), marked(Mark("em", 0, 3, None))),
        (marked(Mark("em", 0, 3, None)), marked(Mark("strong", 0, 3, None))),
        (
            marked(Mark("link", 0, 3, "https://a.example")),
            marked(Mark("link", 0, 3, "https://b.example")),
        ),
        (marked(), marked(Mark("language", 0, 3, None, "fa"))),
        (
            marked(Mark("language", 0, 3, None, "ka")),
            marked(Mark("language", 0, 3, None, "hy")),
        ),
        (rows(), rows("ka")),
        (marked(), marked(text="One two\u200b three.")),
        (marked(), marked(text="One tw\u043e three.")),
        (marked(), marked(text="One <em>two</em> three.")),
    ],
)
def test_links_emphasis_and_unseen_letters_are_words(old, new):
    """A letter of another script, a link's target and a joiner all count."""
    assert ["body"] == differing(printing(old), printing(new))


def test_paragraph_that_became_a_quote_is_another():
    """Who speaks is part of what is said."""
    old, new = (full_story(body=(Block(k, "Yes."),)) for k in ("paragraph", "quote"))

    assert ["body"] == differing(printing(old), printing(new))


def test_unknown_words_that_were_there_before_are_no_difference():
    """An older page may carry an older wording; the newer one must be known."""
    story = full_story()
    [page] = article_pages(story, service(), section_name="Law")
    older = page.content.replace(b"<strong>Correction<", b"<strong>Mistake<")
    older = older.replace(b">Corrected on", b">Mistaken on")
    before = read_printing([older], "a.html")
    after = read_printing([page.content], "a.html")

    assert {"note: Mistake"} < before.unknown
    assert [] == differing(before, after)
    assert [] == differing(before, before)
    assert ["kinds", UNKNOWN] == differing(after, before)


def test_kind_of_a_note_is_a_word():
    """A correction that turns into a clarification is another note."""
    pages = [
        full_story(releases=(release(1, "publish"), release(2, kind, "Why.")))
        for kind in ("correction", "clarification")
    ]

    assert "kinds" in differing(*map(printing, pages))


HOMES = (None, "https://a.example", "https://b.example/deep")
PLAIN = article_pages(full_story(), service(), section_name="Law")[0].content.decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p class="from">Reporter', '<p class="from">Another<b>x</b>'),
        ('<p class="stand">', '<p class="stand" class="stand">'),
        ('<p class="stand">', '<P class="stand">'),
        ('<p class="stand">', "<p class='stand'>"),
        ('<p class="stand">', '<p  class="stand">'),
        ('<p class="stand">', '<p class="stand"/>'),
        ("<li>Court", "<li>&nbsp;Court"),
        ("<li>Court", "<li>&#8238;Court"),
        ("<li>Court", '<li value="3">Court'),
        ("<li>Court", "Stray<li>Court"),
        ("<td>Chile", "Stray<td>Chile"),
        ("<tr><td>Chile", '<tr hidden=""><td>Chile'),
        ("<h2>What", '<h2 id="text">What'),
        ('rel="noopener noreferrer"', 'rel="opener"'),
        ("https://www.un.org", '" onclick="a'),
        ('<div class="wide">', '<div class="wide" tabindex="9">'),
        ('<div class="wide">', '<div class="wide" role="group" tabindex="1">'),
        ('<aside class="note" id="r2">', '<aside class="note" id="x">'),
        ('<aside class="note" id="r2">', f'<aside class="note" id="r{"2" * 5000}">'),
        ('hreflang="uk" dir="ltr"', 'hreflang="uk" dir="rtl"'),
        ('lang="uk" hreflang="uk"', 'lang="uk" hreflang="ru"'),
        ('<main id="text">', '<main id="text"><p>Stray</p>'),
        ('<main id="text"><article>', '<main id="text"><article></article><article>'),
        ("../../../m/", "https://elsewhere.example/m/"),
        ("../../../trust.html", "https://elsewhere.example/"),
        ('<link rel="icon" href="data:,">', '<link rel="icon" href="x">'),
        ("</head>", '<base href="x"></head>'),
        ("<body>", '<body onload="x">'),
        ("</article>", "<iframe></iframe></article>"),
        ("</article>", '<p dir="rtl">א</p></b></b></b></b></article>'),
        ("</article>", f'<p dir="rtl">א{"<b>" * 900}{"</b>" * 900}</p></article>'),
        ("mankind.", f"{'<em>' * 990}x{'</em>' * 990}"),
        ("<table>", "<table></table><table>"),
        ("<article>", '<article hidden="">'),
        ('2026-11-20T09:00:00+00:00">', 'yesterday">'),
        ('"@type":"NewsArticle"', '"@type":"NewsArticle"'[:-1]),
        ('"@type":"NewsArticle"', f'"x":{"[" * 2000}{"]" * 2000}'),
    ],
)  # fmt: skip
def test_page_of_another_shape_is_refused(old, new):
    """What a browser would mend or run is read as nothing."""
    assert old in PLAIN
    content = PLAIN.replace(old, new, 1).encode()

    with pytest.raises(PageError, match=r"^a\.html: "):
        read_printing([content], "a.html")


def test_bytes_that_are_no_text_are_refused():
    """A page is UTF-8."""
    with pytest.raises(PageError, match="expected a page in UTF-8"):
        read_printing([b"\xff"], "a.html")


def test_pages_of_one_story_have_one_frame():
    """No page of a long story is set in another frame."""
    paper = replace(service(), name="Another")
    one = article_pages(long_story(), service(), section_name="Law")
    two = article_pages(long_story(), paper, section_name="Law")

    other = two[2].content.replace(b"<footer>", b"<footer><p>Another</p>")
    with pytest.raises(PageError, match="more than one frame"):
        read_printing([*(page.content for page in one[:2]), other], "a.html")
    with pytest.raises(PageError, match="a first page"):
        read_printing([one[0].content, two[0].content], "a.html")
    with pytest.raises(PageError, match="a later page"):
        read_printing([one[1].content], "a.html")


def test_pages_of_one_story_have_one_headline():
    """What stands on each page of a long story is the same on each."""
    one = article_pages(long_story(), service(), section_name="Law")
    story = replace(long_story(), headline="Another")
    two = article_pages(story, service(), section_name="Law")

    with pytest.raises(PageError, match="differ in the title of the window"):
        read_printing([one[0].content, two[1].content], "a.html")


FOREIGN = (
    Block("paragraph", "سلام بر همه!"),
    Block("quote", "او گفت: «BBC!»", (Mark("language", 0, 14, None, "fa"),)),
    Block(
        "paragraph",
        "Read «ماده ۱۹!» of it, she said.",
        (
            Mark("link", 0, 21, "https://a.example"),
            Mark("language", 6, 14, None, "fa"),
            Mark("strong", 3, 9, None),
        ),
    ),
    Block("list", rows=(("بله!",), ("No",)), language="fa"),
    Block("table", rows=(("سال", "Year (12)"), ("۱۴۰۴!", "x"))),
    Box("Said «نه!» twice", (Block("paragraph", "نه!"),)),
)


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_order_of_foreign_letters_is_no_word(language):
    """A page printed before letters were set in order says the same."""
    story = full_story(language, body=FOREIGN, headline="They said «بیایید!» 12")
    (page,) = article_pages(story, service(language), section_name="Law")
    found = read_printing([page.content], "a.html")
    _, _, article = page.content.decode().partition("<article>")
    article, _, _ = article.partition("</article>")
    before = undirected(article, service(language).direction)
    old = page.content.replace(article.encode(), before.encode())

    assert frozenset() == found.unknown
    assert b"<bdi dir" in page.content
    assert b"<bdi dir" not in old
    assert [] == differing(read_printing([old], "a.html"), found)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (b"<p>One two three.</p>", b'<p dir="rtl">One two three.</p>'),
        (b"One two", b'One <bdi dir="rtl">two</bdi>'),
        (b"One two", b'One <span lang="en" dir="rtl">two</span>'),
        (b"One two", b'One <span lang="qq" dir="ltr">two</span>'),
    ],
)
def test_words_turned_round_are_refused(ours, theirs):
    """Nobody turns the order of words without its being told."""
    (page,) = article_pages(marked(), service(), section_name="Law")
    assert ours in page.content

    with pytest.raises(PageError):
        read_printing([page.content.replace(ours, theirs)], "a.html")
