# ruff: noqa: RUF001 - letters and marks of other scripts
"""Words in another language stand in their own order, whatever page they stand on."""

import pytest

from edition.paper import full_story, service
from edition.specimen import write
from tamizdat.edition.blocks import Block
from tamizdat.edition.pages import article_pages

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

WHERE = """([text, letter]) => {
    const walker = document.createTreeWalker(
        document.querySelector("article"), NodeFilter.SHOW_TEXT);
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
