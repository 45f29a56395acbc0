"""An editor arranges the front page by keyboard, in either direction of script."""

import re

import pytest

from journeys.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society"), ("law", "Law")],
}
PERSIAN = {
    "service_id": "fa",
    "name": "خبرها",
    "language": "fa",
    "sections": [("society", "جامعه")],
}
STORIES = {
    "en": [f"Story number {n}" for n in range(1, 10)],
    "fa": ["دادگاه بایگانی را گشود", "بندر دوباره کار می‌کند", "آب به روستا رسید"],
}
PUBLISH = f"""
from datetime import UTC, datetime, timedelta
from tamizdat.newsroom.actions import create_article, publish_article
from tamizdat.newsroom.models import ServicePage
for service, headlines in {STORIES!r}.items():
    page = ServicePage.objects.get(service_id=service)
    for n, headline in enumerate(headlines):
        body = [{{"kind": "paragraph", "text": headline + "."}}]
        article = create_article(page, headline, body, None, section="society")
        time = datetime.now(UTC) - timedelta(hours=9 - n)
        publish_article(article, None, time=time)
"""


def test_front_page_is_arranged_by_keyboard_and_seen_on_a_mirror(
    newsroom, editor_page, reader_page
):
    """Every step is said aloud and the keyboard stays with the story."""
    newsroom.make(ENGLISH, PERSIAN)
    newsroom.python(PUBLISH)
    newsroom.start()
    newsroom.wait_for_edition(1)
    sign_in(editor_page, newsroom)

    open_front(editor_page, newsroom, "The News")
    for number in (2, 3):
        add(editor_page, f"Story number {number}")
    press(editor_page, "Up: Story number 3")
    said(editor_page, "“Story number 3”: place 1 of 2 in Lead.")
    assert "Down: Story number 3" == focused(editor_page)
    put_on_the_page(editor_page)

    open_front(editor_page, newsroom, "خبرها")
    for headline in STORIES["fa"][:2]:
        add(editor_page, headline)
    press(editor_page, f"To the top: {STORIES['fa'][1]}")
    said(editor_page, f"“{STORIES['fa'][1]}”: place 1 of 2 in Lead.")
    put_on_the_page(editor_page)
    newsroom.wait_for_edition(2)
    assert_seen(newsroom, reader_page)


def assert_seen(newsroom, reader_page):
    """Read both front pages on a mirror: of a small paper a section keeps a story."""
    _folder, server = newsroom.mirrors["south"]
    wanted = {
        "en": ["Story number 3", "Story number 2", "Story number 9"],
        "fa": [STORIES["fa"][1], STORIES["fa"][0]],
    }
    for service, headlines in wanted.items():
        reader_page.goto(f"{server.url}/{service}/")
        found = reader_page.locator(".tops h2, .tops h3").all_inner_texts()
        assert headlines == found[:3]
    below = reader_page.locator("main > :not(.tops)")
    assert below.get_by_role("link", name=STORIES["fa"][2]).first.is_visible()


def open_front(page, newsroom, name):
    """Open the desk of a service's front page from the menu."""
    page.goto(newsroom.url + "admin/")
    page.get_by_role("link", name="Front pages").first.click()
    page.get_by_role("link", name=re.compile(name)).first.click()
    page.locator("#front-desk").wait_for()


def press(page, name):
    """Press a button by keyboard; parts of its name may stand apart."""
    spoken = r"\s*:\s*".join(map(re.escape, name.split(": ")))
    page.get_by_role("button", name=re.compile(f"^{spoken}$")).focus()
    page.keyboard.press("Enter")


def add(page, headline):
    """Give a story the next place of what leads."""
    press(page, f"Add: {headline}")
    page.locator("#front-said").filter(has_text=headline).wait_for()


def said(page, words):
    """Wait until something is said."""
    page.locator("#front-said").filter(has_text=words).wait_for()


def focused(page):
    """Name the control that has the keyboard."""
    return page.evaluate("document.activeElement.textContent.trim()")


def put_on_the_page(page):
    """Put the arrangement on the front page."""
    press(page, "Put on the front page")
    page.get_by_text("goes to the mirrors now").wait_for()
