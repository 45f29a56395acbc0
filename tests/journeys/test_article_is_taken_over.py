"""An article left open by one editor is taken over by another; nobody loses a word."""

import re

import pytest

from journeys.conftest import DESKTOP, sign_in
from journeys.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
SET_UP = """
from django.contrib.auth import get_user_model
from tamizdat.newsroom.actions import create_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
colleague = get_user_model().objects.create_user("colleague", password={password!r})
colleague.groups.add(service.roles.get(role="duty-editor").group)
body = [dict(kind="paragraph", text="Everyone may seek information.")]
page = create_article(service, "Who May Know", body, None, section="society")
open({place!r}, "w").write(str(page.pk))
"""
WATCH = """
addEventListener("w-unsaved:watch-edits", () => {
  // It comes twice; what is written between both is not saved.
  clearTimeout(window.watching);
  window.watching = setTimeout(() => { window.isWatched = true; }, 2000);
});
"""
TWO_AT_ONCE = """async () => {
  const save = (title) => {
    const fields = new FormData(document.querySelector("[data-edit-form]"));
    fields.set("title", title);
    const headers = { Accept: "application/json" };
    const asked = { method: "POST", body: fields, headers };
    return fetch(location.href, asked).then((answer) => answer.status);
  };
  return Promise.all([save("From one hand"), save("From the other")]);
}"""
TOLD = """
from tamizdat.newsroom.models import ArticlePage, Version
page = ArticlePage.objects.get(pk={key})
rows = [page.latest_revision.content["title"]]
rows += [v.revision.content["title"] for v in Version.objects.of(page)]
open({place!r}, "w", encoding="utf-8").write("\\n".join(rows))
"""


def open_form(page, newsroom, key):
    """Open the form of the article."""
    page.add_init_script(WATCH)
    page.goto(f"{newsroom.url}admin/pages/{key}/edit/")


def write(page, name, words):
    """Write into a field, and wait until the form has saved itself."""
    wait_until(page, "window.isWatched")  # two seconds after it was opened
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url
    ):
        page.fill(f"[name={name}]", words)


def test_article_is_taken_over_and_both_texts_are_kept(newsroom, chromium, tmp_path):
    """The first is told, their words become a version, and one text is made of two."""
    place = tmp_path / "told"
    newsroom.make(ENGLISH)
    newsroom.python(SET_UP.format(password=newsroom.password, place=str(place)))
    newsroom.start()
    key = place.read_text()
    first, second = (
        chromium.new_context(viewport=DESKTOP).new_page() for _ in range(2)
    )
    sign_in(first, newsroom)
    sign_in(second, newsroom, "colleague")

    open_form(first, newsroom, key)
    write(first, "title", "Who May Know, by the first")
    open_form(second, newsroom, key)
    second.get_by_text("editor is working on this article").wait_for()
    second.get_by_role("button", name="Take over").click()
    second.get_by_text("You are at work on it now").wait_for()
    write(second, "kicker", "Rights")
    first.get_by_text("colleague took over").wait_for(timeout=20_000)
    write(first, "standfirst", "Written on by the first.")
    save_as_one_who_may_be_asked(first)
    first.wait_for_url(re.compile("/desk/merge/"))

    first.get_by_text("colleague is at work on this article.").wait_for()
    assert "Rights" in first.locator(".desk-sides").first.inner_text()
    first.get_by_role("button", name="Take over").click()
    first.get_by_text("You are at work on it now").wait_for()
    first.get_by_role("button", name="Make one text").click()
    first.wait_for_url(re.compile("/edit/$"))
    assert "Rights" == first.input_value("[name=kicker]")
    assert "Written on by the first." == first.input_value("[name=standfirst]")
    two_saves_at_once_on_sqlite(newsroom, first, key, place)


def save_as_one_who_may_be_asked(page):
    """Save, and once more where the form knows already that a colleague saved."""
    page.get_by_role("button", name="Save draft").first.click()
    dialog = page.get_by_role("alertdialog").or_(page.get_by_role("dialog"))
    again = dialog.get_by_role("button", name="Save draft")
    again.or_(page.locator(".desk-sides")).first.wait_for()
    if again.is_visible():
        again.click()


def two_saves_at_once_on_sqlite(newsroom, page, key, place):
    """Of two saves at the same moment one becomes the text, the other stays beside."""
    assert [200, 200] == page.evaluate(TWO_AT_ONCE)

    newsroom.python(TOLD.format(key=key, place=str(place)))
    newest, *versions = place.read_text(encoding="utf-8").splitlines()
    assert {"From one hand", "From the other"} <= {newest, *versions}
    assert newest.startswith("From")
