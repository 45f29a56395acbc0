"""What an editor copies elsewhere arrives whole: real keys, a real clipboard."""

import re
from pathlib import Path

import pytest

from journeys.conftest import DESKTOP, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

SAMPLES = Path(__file__).parents[1] / "newsroom/clipboard"
RUSSIAN = {
    "service_id": "ru",
    "name": "Новости",
    "language": "ru",
    "sections": [("society", "Общество")],
}
SET_UP = """
from tamizdat.newsroom.actions import create_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="ru")
body = [dict(kind="paragraph", text="Begun.")]
page = create_article(service, "Draft", body, None, section="society")
open({place!r}, "w").write(f"{{service.pk}} {{page.pk}}")
"""
SAVED = """
import json
from tamizdat.newsroom.models import ArticlePage
page = ArticlePage.objects.get(pk={key})
body = json.loads(page.latest_revision.content["body"])
rows = [[block["type"], block["value"]] for block in body]
open({place!r}, "w", encoding="utf-8").write(json.dumps(rows, ensure_ascii=False))
"""
# What another program puts into the clipboard when somebody copies there.
COPY = """([html, text]) => document.addEventListener("copy", (event) => {
  event.preventDefault();
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
}, { once: true })"""


def copied(page, name):
    """Copy a sample, as another program does, with the keys people use."""
    html = (SAMPLES / f"{name}.html").read_text(encoding="utf-8")
    page.goto("about:blank")
    page.set_content("<p>copy</p>")
    page.evaluate(COPY, [html, "the words alone"])
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")


def saved(newsroom, key, place):
    """Read the text as the newsroom has saved it."""
    newsroom.python(SAVED.format(key=key, place=str(place)))
    return place.read_text(encoding="utf-8")


def test_pasted_text_keeps_its_words(newsroom, chromium, tmp_path):
    """Into a paragraph of an open form, and as a whole article."""
    place = tmp_path / "told"
    newsroom.make(RUSSIAN)
    newsroom.python(SET_UP.format(place=str(place)))
    newsroom.start()
    service, key = place.read_text().split()
    context = chromium.new_context(viewport=DESKTOP)
    page, other = context.new_page(), context.new_page()
    sign_in(page, newsroom)

    copied(other, "word")
    page.bring_to_front()
    page.goto(f"{newsroom.url}admin/pages/{key}/edit/")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+v")
    page.get_by_text("Pasted: 8 blocks. Comments in the margin").wait_for()
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_text("has been updated").wait_for()
    words = re.sub("</?span[^>]*>", "", saved(newsroom, key, place))
    for expected in ("im\u00adpart", "10\u00a0km", "“stop”", "😀", "[1] Adopted"):
        assert expected in words
    for expected in ('"rows": "Year | Cases \\\\| appeals', '"list"', '"subhead"'):
        assert expected in words

    copied(other, "telegram")
    page.bring_to_front()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+v")
    page.get_by_text("Pasted: 5 blocks").wait_for()

    copied(other, "google_docs")
    page.bring_to_front()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{newsroom.url}admin/desk/paste/{service}/")
    page.get_by_label("Text").click()
    page.keyboard.press("Control+v")
    page.get_by_text("Its headings, lists, tables and links are kept").wait_for()
    page.get_by_role("button", name="Make a draft").click()
    page.get_by_text("1 picture was left out: upload it.").wait_for()

    assert "Докеры остановили порт" == page.input_value("[name=title]")
    assert 2 == page.get_by_text("Paragraph").count()
    context.close()
