"""An editor sees what became of their own publication, whatever else goes on."""

import re

import pytest

from journeys.conftest import press_publish, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
RUSSIAN = {
    "service_id": "ru",
    "name": "Новости",
    "language": "ru",
    "sections": [("society", "Общество")],
}
HEADLINE = "Заголовок"
DRAFT = f"""
from tamizdat.newsroom.actions import create_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="ru")
body = [{{"kind": "paragraph", "text": "Первый абзац."}}]
create_article(service, {HEADLINE!r}, body, None, section="society")
"""


def line_of(page, service):
    """Find the line of the strip that speaks of a service."""
    return page.get_by_role("status").locator(f"[data-service={service}]")


def open_from_home(page, newsroom, *names):
    """Follow links by their names, from the home page of the editors' site."""
    page.goto(newsroom.url + "admin/")
    for name in names:
        page.get_by_role("link", name=re.compile(name)).first.click()


def say(page, service, words):
    """Wait until the strip says something of a service."""
    line_of(page, service).filter(has_text=words).wait_for(timeout=30_000)


def test_edition_of_the_second_service_is_followed_past_a_mirror_that_is_down(
    newsroom, editor_page
):
    """One mirror that stays down hides nothing, and is named."""
    newsroom.make(ENGLISH, RUSSIAN)
    newsroom.python(DRAFT)
    newsroom.start()
    newsroom.wait_for_edition(1)
    newsroom.take_down("north")

    sign_in(editor_page, newsroom)
    open_from_home(editor_page, newsroom, "Новости", HEADLINE)
    press_publish(editor_page)
    say(editor_page, "ru", "edition 2 verified on 2 of 3 mirrors; north: not reachable")
    first = editor_page.get_by_role("status").locator("[data-service]").first

    assert "ru" == first.get_attribute("data-service")
    dismiss_by_keyboard(editor_page, "ru")


def dismiss_by_keyboard(page, service):
    """Take a line away for good, without a mouse."""
    button = line_of(page, service).get_by_role("button", name="Dismiss")
    button.focus()
    page.keyboard.press("Enter")
    line_of(page, service).wait_for(state="detached")
    with page.expect_response(re.compile("status.json")):
        page.reload()
    page.wait_for_timeout(1500)  # one look of the strip, and then some

    assert 0 == line_of(page, service).count()


def test_edition_before_a_publication_is_never_shown_as_its_result(
    newsroom, editor_page
):
    """A service's own page waits for the next look of the press, and says so."""
    newsroom.make(ENGLISH)
    newsroom.start()
    newsroom.wait_for_edition(1)
    sign_in(editor_page, newsroom)
    open_from_home(editor_page, newsroom, "The News")
    editor_page.wait_for_url(re.compile("/pages/[0-9]+/$"))
    editor_page.goto(editor_page.url + "edit/")
    editor_page.fill("[name=bio]", "We report what is kept from you.")
    press_publish(editor_page)
    editor_page.wait_for_url(re.compile("^[^?]*/admin/$"))
    line = line_of(editor_page, "en")
    line.wait_for()

    assert "edition 1 verified" not in line.inner_text()
    say(editor_page, "en", "edition 2 verified on all 3 mirrors")
