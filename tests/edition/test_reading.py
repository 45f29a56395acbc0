"""Pages of articles read back into what a reader sees of them."""

from dataclasses import replace

import pytest

from edition.paper import TEXTS, full_story, release, rich_story, service
from tamizdat.edition.blocks import Block
from tamizdat.edition.errors import PageError
from tamizdat.edition.pages import article_pages, changes_pages
from tamizdat.edition.reading import read_article


def reading(story, language="en"):
    """Print a story and read its pages back, with those of what changed."""
    ours = service(language)
    pages = article_pages(story, ours, section_name="Law")
    both = (pages, changes_pages(story, ours, pages))
    shown, told = ([page.content for page in some] for some in both)
    return read_article(shown, "a.html", told)


def texts_of(story):
    """List the texts of a story's body as a page shows them."""
    for block in story.body:
        if block.kind == "table":
            yield from (" | ".join(row) for row in block.rows)
        elif block.kind == "list":
            yield from (row[0] for row in block.rows)
        else:
            yield block.text


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_every_part_of_a_page_is_read_back(language):
    """The parts are the story's own, in any script."""
    story = full_story(language)
    found = reading(story, language)
    words = TEXTS[language]

    assert "" == found.standing
    assert (words["headline"],) == found.parts["headline"]
    assert (words["standfirst"],) == found.parts["standfirst"]
    assert tuple(texts_of(story)) == found.parts["body"]
    assert (words["credit_line"],) == found.parts["credit"]
    assert words["by"] in found.parts["byline"][0]
    assert words["cap"] in found.parts["caption"][1]
    assert [(2, words["note"])] == [(n.number, n.text) for n in found.notes]


def test_stories_that_go_with_it_are_read_back():
    """Their headlines are words that readers see, in whatever language."""
    headlines = (TEXTS["en"]["standfirst"], TEXTS["ru"]["headline"])

    assert headlines == reading(rich_story()).parts["related"]


def test_long_table_is_read_as_one():
    """Names of columns stand on each page, are read once, and are its own."""
    rows = ((str(year), f"{year}: rain." * 30) for year in range(1900, 2000))
    story = full_story(body=(Block("table", rows=(("Year", "Trials"), *rows)),))
    pages = article_pages(story, service(), section_name="Law")
    first, *later = (page.content for page in pages)
    forged = [first, *(page.replace(b">Trials<", b">Lies<") for page in later)]

    assert 2 < len(pages)
    assert tuple(texts_of(story)) == reading(story).parts["body"]
    with pytest.raises(PageError, match="heads of a table"):
        read_article(forged, "a.html")


@pytest.mark.parametrize("sentences", [1, 3_000])
def test_names_of_columns_end_with_their_table(sentences):
    """They stand over no later table, on the same page or behind pages of text."""
    named = Block("table", rows=(("Year", "Trials"), ("1948", "2")))
    words = " ".join(f"Sentence {n}." for n in range(sentences))
    bare = Block("table", rows=(("It rained. " * 2_000, "none"),))
    story = full_story(body=(named, Block("paragraph", words), bare))
    pages = article_pages(story, service(), section_name="Law")
    *shown, last = (page.content for page in pages)
    names = (
        b'<thead><tr><th scope="col">Year</th><th scope="col">Trials</th></tr></thead>'
    )
    forged = last.replace(b"<table>", b"<table>" + names, 1)

    assert 2 < len(read_article([*shown, last], "a.html").parts["body"])
    assert forged != last
    with pytest.raises(PageError, match="heads of a table"):
        read_article([*shown, forged], "a.html")


def test_long_story_is_read_as_one():
    """A paragraph cut between two pages is whole again."""
    body = tuple(
        Block("paragraph", " ".join(f"Sentence {n} of {m}." for n in range(900)))
        for m in range(4)
    )
    story = full_story(body=body)
    pages = article_pages(story, service(), section_name="Law")

    assert 4 < len(pages)
    assert tuple(block.text for block in body) == reading(story).parts["body"]


def test_note_cut_between_pages_is_whole_again():
    """A note that goes on has one number and one text."""
    note = " ".join(f"Error {n} was made." for n in range(1_500))
    story = full_story(releases=(release(1, "publish"), release(2, "correction", note)))
    found = reading(story)

    assert [(2, note)] == [(one.number, one.text) for one in found.notes]


def test_notes_are_read_in_their_order_wherever_they_stand():
    """The oldest of very many stand beside what changed, and stay the oldest."""
    notes = [release(n, "correction", f"Note {n}. " * 20) for n in range(2, 42)]
    body = full_story().body * 9
    found = reading(full_story(body=body, releases=(release(1, "publish"), *notes)))

    assert [one.number for one in notes] == [one.number for one in found.notes]


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
@pytest.mark.parametrize(
    ("kind", "note", "standing"),
    [("retraction", "It was wrong.", "retracted"), ("withdrawal", None, "withdrawn")],
)
def test_page_says_how_its_story_stands(kind, note, standing, language):
    """What is taken back has no body, in whatever language readers are told so."""
    story = full_story(language)
    story = replace(story, releases=(*story.releases[:1], release(2, kind, note)))
    found = reading(story, language)

    assert standing == found.standing
    assert "body" not in found.parts
    assert ([note] if note else []) == [one.text for one in found.notes]


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_redaction_without_a_note_is_read(language):
    """Its sentence may stand in another language, marked, beside our own."""
    story = full_story(language)
    story = replace(story, releases=(*story.releases[:1], release(2, "redaction")))

    (note,) = reading(story, language).notes
    assert 2 == note.number
    assert note.text


def page(inside, headline="<h1>Headline</h1>"):
    """Make a page with something in its article."""
    return f"<body><main><article>{headline}{inside}</article></main>".encode()


@pytest.mark.parametrize(
    ("alt", "read"), [("of a street", "A picture of a street"), ("", "A picture")]
)
def test_words_of_a_picture_in_a_text_are_read_with_it(alt, read):
    """What a picture says amid a paragraph, a reader is told there."""
    inside = f'<p>A picture <img src="x" alt="{alt}"></p>'
    found = read_article([page(inside)], "a.html", [])

    assert read == found.parts["body"][0].strip()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "expected a page in UTF-8"),
        (b"<p>News</p>", "expected one article with one headline"),
        (page("", ""), "expected one article with one headline"),
        (page("<h1>Another</h1>"), "expected one article with one headline"),
        (page("<p>open"), "found /article"),
        (page("")[:-17], "expected one article with one headline"),
        (page("") + page(""), "expected one article, found two"),
        (page("<script>1</script>"), "not a page of this press: found script"),
        (page("<p class='ad'>Buy</p>"), "not a page of this press: found p ad"),
        (page("<p><iframe></iframe></p>"), "found iframe in body"),
        (page("stray words"), "found text outside every part"),
        (
            page("<p>Text</p><table><thead><tr><th>Year</th></tr></thead></table>"),
            "found heads of a table that does not go on",
        ),
    ],
)
def test_page_of_another_shape_is_refused(content, reason):
    """Nothing is guessed of a page that this press would not print."""
    with pytest.raises(PageError, match=rf"^a\.html: .*{reason}"):
        read_article([content], "a.html")


def test_control_characters_do_not_reach_a_terminal():
    """What is read can be printed."""
    found = read_article([page("<p>a\x1b[2Jb</p>")], "a.html")

    assert ("a\ufffd[2Jb",) == found.parts["body"]


def test_element_without_words_is_no_part():
    """An empty paragraph tells a reader nothing."""
    found = read_article([page("<p></p><p>Words</p>")], "a.html")

    assert ("Words",) == found.parts["body"]
