"""An editor translates, undoes, corrects, redacts and withdraws; all get what is so."""

import re

import pytest

from held import said_by
from journeys.conftest import open_story, press_publish, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

NAME = "Plantedname"  # of nobody; must not survive
ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
    "hold_seconds": 600,  # whatever is undone here is undone in time; see HOLDS_END
}
PERSIAN = {
    "service_id": "fa",
    "name": "خبر",
    "language": "fa",
    "sections": [("society", "جامعه")],
}
WRITTEN = f"""
from django.contrib.auth import get_user_model
from tamizdat.newsroom.actions import create_article, publish_article
from tamizdat.newsroom.models import ServicePage
body = [{{"kind": "paragraph", "text": "{NAME} said so in 2008."}}]
en = ServicePage.objects.get(service_id="en")
page = create_article(en, "Who May Know", body, None, section="society", address="know")
publish_article(page, None)
get_user_model().objects.create_superuser("second", password=%r)
"""

HOLDS_END = """
from django.utils import timezone
from tamizdat.newsroom.models import HeldRelease
HeldRelease.objects.update(until=timezone.now())
"""


NOBODY_HOLDS = """
from tamizdat.newsroom.models import Hold
assert not Hold.objects.exists(), "a colleague could not get at it"
"""

HOLDS_LAST = """
from tamizdat.newsroom.models import ServicePage
ServicePage.objects.filter(service_id="en").update(hold_seconds=%d)
"""


def sign_in_anew(page, newsroom, name):
    """Sign in as somebody else, from a window that asks for nothing meanwhile."""
    page.goto("about:blank")  # an answer under way would bring the old cookie back
    page.context.clear_cookies()
    sign_in(page, newsroom, name)


def open_article(page, newsroom, service, headline):
    """Open the form of an article from the home page."""
    page.goto(newsroom.url + "admin/")
    page.get_by_role("link", name=re.compile(service)).first.click()
    page.get_by_role("link", name=re.compile(headline)).first.click()
    page.wait_for_url(re.compile("/pages/[0-9]+/edit/"))


def choose(page, kind):
    """Say what kind of change it is."""
    page.locator(f"input[name=next_kind][value={kind}]").check()


def _bytes_of(path):
    """Read a file; a delivery may take it away before it is read."""
    try:
        return said_by(path) if path.is_file() else b""
    except FileNotFoundError:
        return b""


def files_with(newsroom, word):
    """List the files of all mirrors in which a word stands."""
    return [
        path.name
        for place, _server in newsroom.mirrors.values()
        for path in place.rglob("*")
        if word.encode() in _bytes_of(path)
    ]


def test_release_is_undone_corrected_followed_and_taken_back(
    newsroom, editor_page, reader_page
):
    """The whole way of a mistake, on real mirrors."""
    newsroom.make(ENGLISH, PERSIAN)
    newsroom.python(WRITTEN % newsroom.password)
    newsroom.start()
    newsroom.wait_for_editions(en=1)
    sign_in(editor_page, newsroom)
    _translate(newsroom, editor_page, reader_page)
    _undo_a_correction(newsroom, editor_page)
    _correct(newsroom, editor_page, reader_page)
    _follow(newsroom, editor_page)
    _update(newsroom, editor_page, reader_page)
    _redact(newsroom, editor_page, reader_page)
    _withdraw(newsroom, editor_page, reader_page)


def _translate(newsroom, page, reader):
    """One press begins the draft, words to be written over in it; it is published."""
    open_article(page, newsroom, "The News", "Who May Know")
    page.locator(".w-slim-header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Translate").click()
    page.locator(".translate-into button", has_text="خبر").click()
    page.wait_for_url(re.compile("/pages/[0-9]+/edit/"))
    page.locator(".source-words", has_text=f"{NAME} said so").wait_for()
    assert "Who May Know" == page.input_value("[name=title]")
    page.fill("[name=title]", "حق دانستن")
    text = page.locator(".public-DraftStyleDefault-block").first
    assert f"{NAME} said so in 2008." == text.inner_text()
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"{NAME} در ۲۰۰۸ چنین گفت.")
    press_publish(page)
    page.get_by_text(re.compile("Release 1 will stand on every mirror")).wait_for()

    open_story(reader, newsroom, "fa", "حق دانستن")
    reader.get_by_text(f"{NAME} در ۲۰۰۸ چنین گفت.").wait_for()
    assert "The News" in reader.inner_text("body")  # whose the original is


def _undo_a_correction(newsroom, page):
    open_article(page, newsroom, "The News", "Who May Know")
    page.fill("[name=title]", "Who May Know More")
    press_publish(page)

    page.get_by_text("Say what kind of change it is").first.wait_for()
    choose(page, "correction")
    page.fill("[name=next_note]", "An earlier headline said less.")
    press_publish(page)
    page.get_by_text("seconds left").wait_for()
    held = page.locator("#main")  # the strip below has an Undo of its own
    held.get_by_role("button", name="Undo").press("Enter")

    page.get_by_text("Undone: nothing went out").wait_for()
    assert "Who May Know More" == page.input_value("[name=title]")


def _correct(newsroom, page, reader):
    # This hold ends by itself; those after it are ended, for want of patience.
    newsroom.python(HOLDS_LAST % 5)
    press_publish(page)
    page.get_by_text(re.compile("Release 2 will stand on every mirror")).wait_for()
    newsroom.python(HOLDS_LAST % ENGLISH["hold_seconds"])
    newsroom.wait_for_editions(en=2, fa=1)
    open_story(reader, newsroom, "en", "Who May Know More")

    reader.get_by_text("An earlier headline said less.").first.wait_for()
    page.goto(newsroom.url + "admin/releases/stale/")
    cell = page.locator("[data-state=stale]")
    cell.get_by_role("link", name="stale").click()
    page.locator("ins", has_text="More").wait_for()


def _follow(newsroom, page):
    page.goto(newsroom.url + "admin/releases/tasks/")
    page.get_by_role("link", name="حق دانستن").click()
    page.get_by_text("The original has changed").wait_for()
    page.fill("[name=title]", "حق بیشتر دانستن")
    page.locator("input[name=follows_newest]").check()
    choose(page, "correction")
    page.fill("[name=next_note]", "اصلاح")
    press_publish(page)
    page.get_by_text(re.compile("Release 2 will stand on every mirror")).wait_for()
    page.goto(newsroom.url + "admin/releases/stale/?show=all")

    assert 0 == page.locator("[data-state=stale]").count()
    assert 1 == page.locator("[data-state=follows]").count()
    page.goto(newsroom.url + "admin/releases/tasks/")
    page.get_by_text("whoever has to follow has followed").wait_for()


def _update(newsroom, page, reader):
    """From any page, the strip tells of what is held and undoes it."""
    open_article(page, newsroom, "The News", "Who May Know More")
    page.fill("[name=standfirst]", "A court said so.")
    choose(page, "update")
    press_publish(page)
    page.get_by_text("seconds left").wait_for()
    page.goto(newsroom.url + "admin/releases/tasks/")
    line = page.locator(".mirrors-line[data-state=held]")
    line.locator("[role=timer]", has_text=re.compile("[0-9] s")).wait_for()
    line.get_by_role("button", name="Undo").press("Enter")
    page.get_by_text("Undone: nothing went out").wait_for()
    assert "A court said so." == page.input_value("[name=standfirst]")
    press_publish(page)
    page.get_by_text("seconds left").wait_for()
    newsroom.python(HOLDS_END)
    newsroom.wait_for_editions(en=3, fa=2)

    open_story(reader, newsroom, "en", "Who May Know More")
    reader.get_by_text("A court said so.").first.wait_for()
    reader.get_by_text("Updated").first.wait_for()


def _redact(newsroom, page, reader):
    """Words are taken out by two; the rest of the text stays with its notice."""
    for name in ("editor", "second"):
        sign_in_anew(page, newsroom, name)
        open_article(page, newsroom, "The News", "Who May Know More")
        if name == "editor":
            page.locator(".public-DraftStyleDefault-block").first.click()
            page.keyboard.press("Control+a")
            page.keyboard.type("Somebody said so in 2008.")
        choose(page, "redaction")
        press_publish(page)
        page.get_by_text(re.compile("Signed, not published|seconds left")).wait_for()
        newsroom.python(NOBODY_HOLDS)
    newsroom.python(HOLDS_END)
    newsroom.wait_for_editions(en=4, fa=2)

    reader.reload()
    reader.get_by_text("Somebody said so in 2008.").wait_for()
    assert 0 == reader.get_by_text(NAME).count()


def _withdraw(newsroom, page, reader):
    assert files_with(newsroom, NAME)  # the translation has it still
    for name in ("editor", "second"):
        sign_in_anew(page, newsroom, name)
        open_article(page, newsroom, "The News", "Who May Know More")
        choose(page, "withdrawal")
        press_publish(page)
        page.get_by_text(re.compile("Signed, not published|seconds left")).wait_for()
    newsroom.python(HOLDS_END)
    newsroom.wait_for_editions(en=5, fa=2)
    page.goto(newsroom.url + "admin/releases/tasks/")
    page.get_by_role("link", name="Decide").first.click()
    page.get_by_text("Due at once").wait_for()
    _withdraw_the_translation(newsroom, page)
    newsroom.wait_for_editions(en=5, fa=3)

    until(lambda: not files_with(newsroom, NAME), f"{NAME} to leave every mirror")
    reader.goto(newsroom.mirrors["south"][1].url + "/en/")
    assert 0 == reader.get_by_text("Who May Know").count()


def _withdraw_the_translation(newsroom, page):
    for name in ("second", "editor"):
        sign_in_anew(page, newsroom, name)
        open_article(page, newsroom, "خبر", "حق بیشتر دانستن")
        choose(page, "withdrawal")
        press_publish(page)
        told = re.compile("Signed, not published|Release 3 will stand")
        page.get_by_text(told).first.wait_for()
