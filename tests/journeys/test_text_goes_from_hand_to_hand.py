"""A text goes from hand to hand until readers have it, and two people take it back."""

import re
from contextlib import contextmanager

import pytest

from journeys.conftest import DESKTOP, press_publish, sign_in
from journeys.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
HEADLINE = "Who May Know"
NOTE = "The court record says otherwise."
ACCOUNTS = {
    "reporter": "reporter",
    "texts": "editor",
    "chief": "chief-editor",
    "second": "chief-editor",
}
# The editor of rich text hands what was typed to the form a moment later.
TAKEN_UP = "document.querySelector('[name=body-0-value]').value.includes('seek')"


@contextmanager
def desk_of(chromium, newsroom, name):
    """Sign in as somebody, in a browser of their own."""
    context = chromium.new_context(viewport=DESKTOP)
    page = context.new_page()
    sign_in(page, newsroom, name)
    yield page
    context.close()


def test_text_goes_from_hand_to_hand(newsroom, chromium):
    """Written, submitted, edited, signed off, published; retracted by two."""
    newsroom.make(ENGLISH)
    password = newsroom.folder.with_suffix(".password")
    for name, role in ACCOUNTS.items():
        words = ("--role", f"{role}@en", "--password-file", password)
        newsroom.tamizdat("account", "add", name, *words)
    newsroom.start()

    with desk_of(chromium, newsroom, "reporter") as page:
        edit = write_and_submit(page)
    with desk_of(chromium, newsroom, "texts") as page:
        edit_and_approve(page, edit)
    with desk_of(chromium, newsroom, "chief") as page:
        sign_off(page, edit)
        newsroom.wait_for_edition(2)
        press_retract(page, edit)
        page.get_by_text("Signed, not published").wait_for()
        reasons = page.locator(".why-not summary")
        reasons.click()
        page.get_by_text("You signed at").wait_for()
    with desk_of(chromium, newsroom, "second") as page:
        open_form(page, edit)
        page.get_by_text("Signed by chief at").wait_for()
        press_publish(page)
        page.get_by_text("Release 2 will stand").wait_for()
        page.goto(edit)
        page.get_by_text("Retracted: readers see the note").wait_for()
    newsroom.wait_for_edition(3)


def open_form(page, edit):
    """Open the form, and wait until its text can be changed."""
    page.goto(edit)
    text = page.locator(".public-DraftEditor-content", has_text="Everyone may")
    text.first.wait_for()


def write_and_submit(page):
    """Write as a reporter, who may not publish, and is told so; return the address."""
    page.get_by_role("link", name=re.compile("Write an article ?: The News")).click()
    page.fill("[name=title]", HEADLINE)
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Everyone may seek information.")
    wait_until(page, TAKEN_UP)
    page.get_by_text("Why can I not publish?").click()
    page.get_by_text("You write here but do not publish. Ask: chief").wait_for()
    assert 0 == page.locator("button[name=action-publish]").count()
    page.get_by_role("button", name=re.compile("Submit to en")).click()
    page.get_by_text("submitted for moderation").wait_for()
    page.get_by_role("link", name=HEADLINE, exact=True).first.click()
    page.get_by_text("Why can I not publish?").or_(
        page.locator("[name=title]")
    ).first.wait_for()
    return page.url


def edit_and_approve(page, edit):
    """Edit what waits, and hand it on."""
    page.get_by_role(
        "link", name=HEADLINE
    ).first.wait_for()  # it waits on the home page
    open_form(page, edit)
    page.fill("[name=title]", f"{HEADLINE} More")
    page.get_by_role("button", name="Approve", exact=True).first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def sign_off(page, edit):
    """Publish what two have worked on."""
    open_form(page, edit)
    assert f"{HEADLINE} More" == page.input_value("[name=title]")
    assert 0 == page.get_by_text("Why can I not publish?").count()
    page.get_by_role("button", name="Approve and Publish", exact=True).first.click()
    page.get_by_text("Release 1 will stand").wait_for()


def press_retract(page, edit):
    """Press Publish for a retraction."""
    open_form(page, edit)
    page.get_by_role("radio", name=re.compile("Retraction")).check()
    page.fill("[name=next_note]", NOTE)
    press_publish(page)
