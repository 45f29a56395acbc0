"""An editor says by keyboard which language a passage is in; readers' pages say it."""

import json

import pytest

from journeys.conftest import open_story, press_publish, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "Press",
    "language": "en",
    "sections": [("society", "Society")],
}
PERSIAN = {
    "service_id": "fa",
    "name": "اخبار",
    "language": "fa",
    "sections": [("society", "جامعه")],
    "direction": "rtl",
}
CALL, LAW = "زن، زندگی، آزادی", "ماده ۱۹"
STORY = f"""
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
body = [
    dict(kind="paragraph", text="{CALL} was sung."),
    dict(kind="list", items=["{LAW}"], language="fa"),
]
page = actions.create_article(service, "Sung", body, None, section="society")
open({{place!r}}, "w").write(str(page.pk))
"""
CODE = "(one) => getComputedStyle(one, '::after').content"
SPOKEN = "all => all.map(one => [one.localName, one.lang, one.dir, one.textContent])"


def mark(page, letters):
    """Select letters that begin the first paragraph, and ask for their language."""
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+Home")
    for _letter in range(letters):
        page.keyboard.press("Shift+ArrowLeft")  # onwards, as Persian is written
    page.keyboard.press("Control+Shift+KeyL")
    return page.get_by_role("dialog", name="Language of the passage")


def test_language_of_a_passage_is_named(newsroom, editor_page, reader_page, tmp_path):
    """Marked, changed, taken away and marked again, without a mouse."""
    place, page = tmp_path / "told", editor_page
    newsroom.make(ENGLISH, PERSIAN)
    newsroom.python(STORY.format(place=str(place)))
    newsroom.start()
    sign_in(page, newsroom)
    page.goto(f"{newsroom.url}admin/pages/{place.read_text()}/edit/")
    passage = page.locator(".desk-spoken")

    dialog = mark(page, len(CALL))
    assert dialog.get_by_text(CALL, exact=True).is_visible()
    page.keyboard.type("Arm")  # as a list of languages is walked through
    page.keyboard.press("Enter")
    passage.get_by_text(CALL).wait_for()
    assert ["hy", "ltr"] == [passage.get_attribute(name) for name in ("lang", "dir")]

    dialog = mark(page, 3)
    assert dialog.get_by_role("option", name="Armenian", selected=True).count()
    shown = dialog.locator(".desk-passage__words")
    assert ["hy", "ltr"] == [shown.get_attribute(name) for name in ("lang", "dir")]
    page.keyboard.press("Escape")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Shift+KeyL")
    assert dialog.get_by_text(CALL, exact=True).is_visible()  # the whole of it
    dialog.get_by_role("button", name="Take the language away").press("Enter")
    passage.wait_for(state="detached")

    mark(page, len(CALL))
    page.keyboard.type("Pers")
    page.keyboard.press("Enter")
    passage.get_by_text(CALL).wait_for()
    assert ["fa", "rtl"] == [passage.get_attribute(name) for name in ("lang", "dir")]
    assert '"fa"' == passage.evaluate(CODE)
    page.keyboard.type(" They")  # goes on in the language of the article

    press_publish(page)
    page.get_by_text("Release 1 will stand on every mirror").first.wait_for()
    open_story(reader_page, newsroom, "en", "Sung")
    found = reader_page.locator("article [lang]").evaluate_all(SPOKEN)

    assert [["span", "fa", "rtl", CALL], ["ul", "fa", "rtl", LAW]] == found
    assert reader_page.get_by_text(f"{CALL} They was sung.").is_visible()


LINE = "all => all.map(one => getComputedStyle(one).textDecorationStyle)"
STRANGE = """
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
mark = {{"kind": "language", "from": 0, "to": 4, "language": "de-CH"}}
body = [
    dict(kind="paragraph", text="Grüezi was said.", marks=[mark]),
    dict(kind="list", items=["One"], language="ku-Arab"),
    dict(kind="paragraph", text="The end."),
]
page = actions.create_article(service, "Said", body, None, section="society")
open({place!r}, "w").write(str(page.pk))
"""
SAVED = """
import json
from tamizdat.newsroom.models import ArticlePage
page = ArticlePage.objects.get(pk={key}).get_latest_revision_as_object()
from tamizdat.newsroom.documents import article_content
body = article_content(page)["tamizdat"]["body"]
found = [[m["language"] for m in b.get("marks", [])] or b.get("language") for b in body]
open({place!r}, "w").write(json.dumps(found))
"""


def test_language_that_is_not_offered_stays(newsroom, editor_page, tmp_path):
    """It is shown, copied, pasted and saved, of a passage and of a list."""
    place, page = tmp_path / "told", editor_page
    newsroom.make(ENGLISH)
    newsroom.python(STRANGE.format(place=str(place)))
    newsroom.start()
    sign_in(page, newsroom)
    key = place.read_text()
    page.goto(f"{newsroom.url}admin/pages/{key}/edit/")
    passages = page.locator(".desk-spoken[lang=de-CH]")

    passages.wait_for()
    languages = page.locator("select[name^=body][name$=language]")
    assert "ku-Arab" == languages.input_value()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+v")
    page.get_by_text("The end.Grü").wait_for()
    assert 2 == passages.count()
    assert ["dotted"] * 2 == passages.locator("[style]").evaluate_all(LINE)
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("has been updated").wait_for()

    newsroom.python(SAVED.format(key=key, place=str(place)))
    assert [["de-CH"], "ku-Arab", ["de-CH"]] == json.loads(place.read_text())
    assert "ku-Arab" == languages.input_value()
