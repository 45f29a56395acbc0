"""An editor gives a story tags, a sound and posts, and readers get them."""

from pathlib import Path

import pytest

from journeys.conftest import press_publish, sign_in

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).parents[1] / "newsroom" / "samples"
SERVICE = {
    "service_id": "en",
    "name": "Press",
    "language": "en",
    "sections": [("society", "Society")],
}
STORY = """
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ServicePage, Tag
service = ServicePage.objects.get()
Tag.objects.create(service=service, key="ports", name="Ports")
body = [{"kind": "paragraph", "text": "Cranes stood still."}]
page = actions.create_article(service, "Dockers Stop Work", body, None,
    section="society", address="dockers", live_state="live")
actions.publish_article(page, None)
"""


def test_tags_sounds_and_posts_reach_readers(newsroom, editor_page, reader_page):
    """Typed by keyboard, chosen in the form, posted in one short form."""
    newsroom.make(SERVICE)
    newsroom.python(STORY)
    newsroom.start()
    page = editor_page
    sign_in(page, newsroom)
    page.get_by_role("link", name="Press", exact=True).first.click()
    page.get_by_role("link", name="Dockers Stop Work").first.click()

    page.locator("input[name=next_kind][value=update]").check()
    _tag(page)
    _bring_in_a_sound(page)
    press_publish(page)
    page.get_by_text("Release 2 will stand on every mirror").first.wait_for()
    newsroom.wait_for_edition(2)
    _post(page, newsroom)
    newsroom.wait_for_edition(3)

    folder, server = newsroom.mirrors["north"]
    reader_page.goto(server.url + "/en/")
    reader_page.get_by_role("link", name="Dockers Stop Work").first.click()
    assert reader_page.get_by_text("They went home singing.").is_visible()
    assert reader_page.get_by_role("link", name="Ports").is_visible()
    assert reader_page.get_by_text("A ship's horn").is_visible()
    carried = [file.read_bytes() for file in folder.glob("en/m/*.mp3")]
    assert 1 == len(carried)
    assert b"PLANTED" not in carried[0]


def _tag(page):
    """Type the beginning of a tag, and take what is offered, by keyboard alone."""
    page.get_by_role("tab", name="Topics").click()
    field = page.get_by_role("combobox", name="Tags")
    field.press_sequentially("por")
    page.get_by_role("option", name="Ports").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    assert "Ports" == field.input_value().strip()


def _bring_in_a_sound(page):
    page.get_by_role("tab", name="Story", exact=True).click()
    page.get_by_role("button", name="Insert a block").nth(1).click()
    page.get_by_role("option", name="Sound").first.click()
    page.get_by_role("button", name="Choose a sound").first.click()
    modal = page.locator(".modal-content")
    modal.get_by_role("tab", name="Bring in").click()
    modal.locator("input[type=file]").set_input_files(SAMPLES / "tone.mp3")
    modal.locator("input[name$=title]").fill("A ship's horn")
    modal.get_by_role("button", name="Bring in").click()
    modal.wait_for(state="detached")
    page.get_by_text("A ship's horn").first.wait_for()


def _post(page, newsroom):
    """Headline, text, Publish."""
    page.get_by_role("link", name="Dockers Stop Work").first.click()
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Add a post").first.click()
    page.get_by_label("Headline").fill("Evening")
    page.get_by_label("Text").fill("The gates closed.\n\nThey went home singing.")
    page.get_by_role("button", name="Publish the post").click()
    page.get_by_text("Posted: release 3.").wait_for()
