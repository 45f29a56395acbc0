"""An editor names words in another language once; every page of a reader says them."""

import pytest

from journeys.conftest import press_publish, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "Press",
    "language": "en",
    "sections": [("society", "Society")],
}
SONG = "Die Gedanken sind frei"
STORY = f"""
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
body = [dict(kind="list", items=["“{SONG}”, they sang", "No one stopped them"])]
page = actions.create_article(
    service, "They Sang “{SONG}”", body, None, section="society"
)
open({{place!r}}, "w").write(str(page.pk))
"""
SPOKEN = "all => all.map(one => [one.lang, one.dir, one.textContent])"


def test_words_are_named_once(newsroom, editor_page, reader_page, tmp_path):
    """In a row of the form, without a mouse; a list and an article say them."""
    place, page = tmp_path / "told", editor_page
    newsroom.make(ENGLISH)
    newsroom.python(STORY.format(place=str(place)))
    newsroom.start()
    sign_in(page, newsroom)
    page.goto(f"{newsroom.url}admin/pages/{place.read_text()}/edit/")
    page.locator("#id_foreign_rows-ADD").press("Enter")
    row = page.locator("#inline_child_foreign_rows-0")
    words = row.get_by_role("textbox", name="Words")
    words.focus()
    page.keyboard.type(SONG)
    language = row.get_by_role("combobox", name="Language")
    language.focus()
    page.keyboard.type("German")
    assert "de" == language.input_value()

    press_publish(page)
    page.get_by_text("Release 1 will stand on every mirror").first.wait_for()
    newsroom.wait_for_editions(en=1)
    reader_page.goto(newsroom.mirrors["north"][1].url + "/en/")
    told = ["de", "ltr", SONG]
    assert told in reader_page.locator("main [lang]").evaluate_all(SPOKEN)
    reader_page.get_by_role("link", name=SONG).first.click()
    assert [told, told] == reader_page.locator("article [lang]").evaluate_all(SPOKEN)
    reader_page.goto(newsroom.mirrors["north"][1].url + "/en/p/index.html")
    assert [told] == reader_page.locator("main [lang]").evaluate_all(SPOKEN)
    reader_page.get_by_role("link", name=SONG).first.click()
    assert [told, told] == reader_page.locator("article [lang]").evaluate_all(SPOKEN)
