"""Words in another language in what a service says of itself, named once."""

import json
from dataclasses import replace

import pytest

import documents
from edition.paper import full_story, plain_story, service
from edition.specimen import foreign_story, paper
from tamizdat.edition.blocks import Foreign
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import (
    about_pages,
    article_pages,
    changes_pages,
    chooser_pages,
    notice_pages,
)
from tamizdat.edition.printing import differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.services import FRAME, crowded
from tamizdat.edition.sheet import frame_text, open_sheet
from tamizdat.edition.stories import Byline, Notice

# Of Persian pages English and of English ones Persian: one runs against the other.
PHRASE = {
    "fa": Foreign("“undesirable organisation” (2021)", "en"),
    "en": Foreign("«سازمان نامطلوب» (۲۰۲۱)", "fa"),
}
LANGUAGES = sorted(PHRASE)


def speaking(language, **changes):
    """Make a service whose own texts all have a phrase in another language."""
    ours = paper(language)
    phrase = PHRASE[language]
    sections = (replace(ours.sections[0], name=phrase.words), *ours.sections[1:])
    fields = {
        "bio": f"{ours.bio} {phrase.words}.",
        "about": (f"{phrase.words}: {ours.about[0]}",),
        "notice": Notice(
            f"{ours.notice.designation} {phrase.words}",
            (*ours.notice.paragraphs, f"{phrase.words}."),
            f"{phrase.words} …",
        ),
        "sections": sections,
        "foreign": (phrase,),
    }
    return replace(ours, **fields | changes)


def article(ours, **changes):
    """Print a story that nobody but the service answers for."""
    story = plain_story(1, ours.language, bylines=(), **changes)
    [page] = article_pages(story, ours, section_name=ours.sections[0].name)
    return page


def told(html, language):
    """Count where the phrase is told, and where it stands."""
    phrase = PHRASE[language]
    way = "ltr" if phrase.language == "en" else "rtl"
    span = f'<span lang="{phrase.language}" dir="{way}">{phrase.words}</span>'
    return html.count(span), html.count(phrase.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_and_bio_tell_their_words_below_every_article(language):
    """Designation, paragraph, the link to more, and the bio; no name of a section."""
    ours = speaking(language)
    head, text = article(ours).content.decode().split('<main id="text">')
    body, foot = text.split("<footer>")

    assert (3, 3) == told(foot, language)
    assert (1, 2) == told(body, language)  # the bio; the section, which is a name
    assert (0, 0) == told(head, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_has_no_words_of_its_service(language):
    """A word that a notice names may be one of the language in a headline."""
    ours, phrase = speaking(language), PHRASE[language]
    page = article(replace(ours, notice=None, bio=None), headline=phrase.words)

    assert 0 == told(page.content.decode(), language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_paper_tell_their_words(language):
    """The notice on its page, also in parts, about, and the language chooser."""
    ours = speaking(language)
    parts = len(ours.territories)
    [notice] = notice_pages(ours)
    [about] = about_pages(ours)

    # In full in each part: designation and paragraph; what leads here stands elsewhere.
    assert (2 * parts,) * 2 == told(notice.content.decode(), language)
    assert 2 == told(about.content.decode().split("<footer>")[0], language)[0]
    short = replace(ours, bio=f"{PHRASE[language].words}.")
    for page in chooser_pages([short]):
        assert (1, 1) == told(page.content.decode(), language)


def test_notice_of_many_pages_tells_its_words():
    """Where the text stands once, each part says its designation so."""
    codes = tuple(f"UA-{at:02}" for at in (5, 7, 9, 12, 14, 18, 21, 23, 26, 30, 32))
    ours = speaking("en")
    long = f"{ours.notice.designation}{' x' * 900}"
    many = replace(ours.notice, designation=long)
    first, *others = notice_pages(replace(ours, territories=codes, notice=many))

    assert others
    for page in (first, *others):
        found, there = told(page.content.decode(), "en")
        assert found == there > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_without_such_words_is_as_it_was(language):
    """Words that stand nowhere, and none, leave every byte as it is."""
    ours = speaking(language, foreign=())
    absent = replace(ours, foreign=(Foreign("nowhere at all", "nl"),))

    assert article(ours) == article(absent)
    assert notice_pages(ours) == notice_pages(absent)
    assert about_pages(ours) == about_pages(absent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bio_of_the_service_is_told_alike_on_every_article(language):
    """Whether a story brings a copy of it, and whatever the story itself names."""
    ours = speaking(language)
    copied = (Byline(ours.name, None, ours.bio, "service"),)
    named = (Foreign(ours.bio.split()[0], "nl"),)
    stories = [
        plain_story(1, language, bylines=some, foreign=foreign)
        for some in ((), copied)
        for foreign in ((), named)
    ]
    pages = [article_pages(one, ours, section_name="Law") for one in stories]
    bios = {read_printing([p.content], p.path).around["bio"] for [p] in pages}

    assert {ours.bio} == bios
    assert [4] * 4 == [told(p.content.decode(), language)[0] for [p] in pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_monitor_understands_words_that_a_service_names(language):
    """No word of an article differs, and what stands around says the same words."""
    after = speaking(language)
    before = replace(after, foreign=())
    story = replace(foreign_story(language), bylines=())
    printings, frames = [], []
    for ours in (before, after):
        pages = article_pages(story, ours, section_name="Law")
        changes = [page.content for page in changes_pages(story, ours, pages)]
        contents = [page.content for page in pages]
        printings.append(read_printing(contents, pages[0].path, changes))
        frames.append(frame_text(open_sheet(contents[0], pages[0].path).frame))
    old, new = printings

    assert not (old.unknown | new.unknown)
    assert [] == differing(old, new)
    assert old.around["frame"] != new.around["frame"]
    assert old.around["bio"] == new.around["bio"]
    assert frames[0] == frames[1]
    assert PHRASE[language].words in frames[1]


def test_languages_of_two_bios_are_no_difference_of_one():
    """Articles keep the bio of their day: each is compared with its like."""
    ours = speaking("en")
    older = (Byline(ours.name, None, "We report.", "service"),)
    pages = [article(ours), article(ours)]
    story = plain_story(2, "en", bylines=older)
    pages += article_pages(story, ours, section_name="Law")
    one, same, other = (read_printing([p.content], p.path).around for p in pages)
    names = [name for name in one if name.startswith("languages of the bio")]

    assert [one[name] for name in names] == [same[name] for name in names]
    assert 1 == len(names)
    assert names[0] not in other


def test_words_that_take_too_much_room_are_named_by_their_notice():
    """What is told of languages counts where it stands on every page."""
    words = " ".join(f"w{at}." for at in range(1, 31))
    notice = Notice("Undesirable", tuple([words] * 10), None)
    ours = service("en", notice=notice)
    foreign = tuple(Foreign(f"w{at}", "nl") for at in range(1, 31))
    crowd = crowded(replace(ours, foreign=foreign))

    assert crowded(ours) is None
    assert crowd
    assert ("notice", FRAME) == (crowd.field, crowd.most)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([{"words": "a", "language": "qq"}], "foreign[0].language"),
        ([{"words": "a", "language": "en"}, {"words": "b"}], "foreign[1].language"),
        ([{"words": " a", "language": "en"}], "foreign[0].words"),
        ([{"words": "a", "language": "en", "dir": "ltr"}], "foreign[0].dir"),
        ([{"words": f"a{at}", "language": "en"} for at in range(31)], "foreign"),
        ("a", "foreign"),
    ],
    ids=["unknown", "missing", "blank", "more", "too many", "no list"],
)
def test_row_that_names_no_words_is_refused_by_its_field(rows, field):
    """Whoever writes the document learns where."""
    line = json.dumps(documents.service("fa", foreign=rows)).encode()
    with pytest.raises(StoryError) as refused:
        read_document(line, "line 1")

    assert field == refused.value.field


def test_long_story_tells_the_bio_where_it_stands():
    """On its first page; later ones have text alone."""
    ours = speaking("en")
    long = full_story("en", body=full_story("en").body * 6, bylines=())
    first, *later = article_pages(long, ours, section_name="Law")

    assert 4 == told(first.content.decode(), "en")[0]
    assert later
    assert {0} == {told(page.content.decode(), "en")[0] for page in later}
