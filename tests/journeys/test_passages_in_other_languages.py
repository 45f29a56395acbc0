# ruff: noqa: RUF001 - letters and marks of other scripts
"""Words in another language stand in their own order, whatever page they stand on."""

from dataclasses import replace

import pytest

from edition.paper import full_story, plain_story, release, service
from edition.specimen import write
from tamizdat.edition.blocks import Block
from tamizdat.edition.compare import Run
from tamizdat.edition.pages import (
    article_pages,
    card,
    changes_pages,
    corrections_list,
    front_page,
    news_list,
    noted,
    section_list,
)
from tamizdat.edition.stories import Change

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

WHERE = """([text, letter]) => {
    const walker = document.createTreeWalker(
        document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, at = node.data.indexOf(text);
        if (at < 0) continue;
        const start = at + text.indexOf(letter), range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + letter.length);
        return range.getBoundingClientRect().x;
    }
}"""


@pytest.fixture
def phone(chromium):
    """Give a window of a small phone."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


def shown(phone, language, *blocks):
    """Show a story of some blocks; give what tells where a letter of a text stands."""
    story = full_story(language, body=blocks)
    (page,) = article_pages(story, service(language), section_name="Law")
    return finder(phone, page)


def finder(phone, page):
    """Show a page; give what tells where a letter of a text stands."""
    phone.set_content(page.content.decode())
    return lambda text, letter: phone.evaluate(WHERE, [text, letter])


@pytest.mark.parametrize(
    "block",
    [
        Block("paragraph", "سلام بر همه!"),
        Block("quote", "سلام بر همه!"),
        Block("list", rows=(("سلام بر همه!",), ("Peace.",))),
        Block("table", rows=(("a", "b"), ("سلام بر همه!", "Peace."))),
    ],
    ids=lambda block: block.kind,
)
def test_mark_ends_a_persian_text_of_an_english_story_on_the_left(phone, block):
    """Whoever reads Persian finds the end of a sentence where it ends."""
    at = shown(phone, "en", block)

    assert at("سلام بر همه!", "!") < at("سلام بر همه!", "ه")


def test_marks_in_quotation_marks_stay_with_their_words(phone):
    """A Persian call in an English sentence, an English one in a Persian sentence."""
    at = shown(phone, "en", Block("paragraph", "They said «بیایید!» and ran."))
    assert at("بیایید!", "!") < at("بیایید!", "ب")

    at = shown(phone, "fa", Block("paragraph", "همه گفتند «Come here!» و رفتند."))
    assert at("Come here!", "!") > at("Come here!", "C")


def test_article_of_a_law_and_its_number_are_in_order(phone):
    """Brackets and figures of a Persian law stand as Persian has them."""
    at = shown(phone, "en", Block("paragraph", "See ماده (۱۹)! of it, and 12."))
    at("ماده", "م")

    assert at("ماده (۱۹)", "(") > at("ماده (۱۹)", "۱") > at("ماده (۱۹)", ")")


def test_count_behind_a_persian_word_stays_with_the_english_sentence(phone):
    """Twelve times is read after the word that was sung, not before it."""
    text = "Sung شعر 12 times."
    at = shown(phone, "en", Block("paragraph", text))

    assert at("12 times", "1") > at("شعر", "ش")


@pytest.mark.parametrize(
    ("language", "other", "way"), [("en", "fa", "rtl"), ("ru", "ka", "ltr")]
)
def test_passage_is_told_to_machines_in_its_language(
    phone, tmp_path, language, other, way
):
    """A voice changes where the language does."""
    path = tmp_path / write(tmp_path, language)["passages"]
    phone.goto(path.as_uri())
    spoken = phone.locator(f"article [lang={other}]")

    assert ["span", "span", "ul", "table"] == spoken.evaluate_all(
        "all => all.map(one => one.localName)"
    )
    assert {way} == set(spoken.evaluate_all("all => all.map(one => one.dir)"))


def lists(language, *headlines, kicker=None):
    """Print every list of stories with some headlines, and the page of one tag."""
    ours, cards = service(language), []
    for n, headline in enumerate(headlines):
        story = plain_story(n, language, section="law", headline=headline)
        note = (*story.releases, release(2, "correction", headline))
        cards.append((replace(story, kicker=kicker), note))
    stories = [replace(one, releases=ledger) for one, ledger in cards]
    shown = [card(one) for one in stories]
    notes = [entry for one in stories for entry in noted(one, ())]
    return {
        "front": front_page(ours, shown),
        "latest": news_list(ours).index_pages(shown, None)[0],
        "section": section_list(ours, ours.sections[0]).index_pages(shown, None)[0],
        "corrections": corrections_list(ours).index_pages(notes, None)[0],
    }


LISTS = ("front", "latest", "section", "corrections")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", LISTS)
def test_headline_of_two_directions_is_in_order_in_every_list(phone, name, width):
    """A call, a law and its number stand where the story itself has them."""
    phone.set_viewport_size({"width": width, "height": 800})
    at = finder(phone, lists("en", "Now «ماده (۱۹)!» (12)")[name])

    assert at("ماده (۱۹)!", "(") > at("ماده (۱۹)!", "۱") > at("ماده (۱۹)!", "!")
    assert at("» (12)", "»") < at("» (12)", "(") < at("» (12)", "2")

    at = finder(phone, lists("fa", "او گفت «CNN (12)!» ۴۸")[name])

    assert at("CNN (12)!", "C") < at("CNN (12)!", "1") < at("CNN (12)!", "!")
    assert at("» ۴۸", "»") > at("» ۴۸", "۴")


@pytest.mark.parametrize("name", LISTS)
def test_headline_in_another_script_ends_where_its_readers_look(phone, name):
    """Its mark is on its own left; what stands before it stays before it."""
    page = lists("en", "سلام بر همه شما BBC!", kicker="شعر ۱۲")[name]
    at = finder(phone, page)

    assert at("!", "!") < at("سلام بر همه شما ", "س")
    if name != "corrections":
        assert at("شعر ۱۲", "ش") > at("شعر ۱۲", "۱")
    if name in ("latest", "section"):
        assert at("شعر ۱۲", "ش") < at("سلام بر همه شما ", "م")


def test_kicker_and_headline_in_one_script_are_not_read_as_one(phone):
    """On a Persian page the English name of a kicker comes before the headline's."""
    at = finder(phone, lists("fa", "CNN گزارش داد", kicker="از BBC")["latest"])

    assert at("BBC", "B") > at("CNN", "N")


def test_what_changed_is_in_the_order_of_its_passage(phone):
    """A Persian passage in an English paper, with what was put into it."""
    runs = Run("kept", "سلام بر "), Run("added", "بند ۲!"), Run("kept", " ایران.")
    story = full_story()
    second = replace(story.releases[1], changes=(Change("body", runs),))
    (page,) = changes_pages(
        replace(story, releases=(story.releases[0], second)), service()
    )
    at = finder(phone, page)

    assert at("سلام بر ", "س") > at("بند ۲!", "ب") > at("بند ۲!", "!")
    assert at("بند ۲!", "!") > at(" ایران.", "ا") > at(" ایران.", ".")
    assert "rtl" == phone.locator("blockquote").evaluate("one => one.dir")


def test_links_to_other_stories_say_their_language(phone, tmp_path):
    """Related stories, the original and translations, whatever service has them."""
    path = tmp_path / write(tmp_path, "en")["article"]
    phone.goto(path.as_uri())
    found = phone.locator("main a[hreflang]").evaluate_all(
        "all => all.map(one => [one.lang, one.hreflang, one.dir])"
    )
    away = phone.locator("main a[href*='../../../../']").count()

    assert away == len(found) > 3
    assert all(lang == other for lang, other, _way in found)
    assert {"rtl", "ltr"} == {way for _lang, _other, way in found}
