"""An editor brings a picture in, points, covers, replaces and lets it lapse."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from journeys.conftest import sign_in
from journeys.waiting import wait_until
from newsroom import planted

pytestmark = pytest.mark.browser
SERVICE = {
    "service_id": "en",
    "name": "Press",
    "language": "en",
    "sections": [("society", "Society")],
}
STORY = """
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import Picture, ServicePage
service = ServicePage.objects.get()
body = [{"kind": "paragraph", "text": "Cranes stood still."}]
page = actions.create_article(service, "Dockers Stop Work", body, None,
    section="society", address="dockers", lead_caption="The gate",
    lead_picture=Picture.objects.get())
actions.publish_article(page, None)
"""
LEFT, RIGHT = (200, 30, 30), (30, 30, 200)  # of the first picture
GREEN = (30, 160, 60)


def test_picture_is_pointed_at_covered_replaced_and_lapses(
    newsroom, editor_page, reader_page, tmp_path
):
    """By keyboard wherever a hand is needed; readers get what was made of it."""
    newsroom.make(SERVICE)
    newsroom.start()
    page = editor_page
    refused = []  # by the policy of the site: nothing may be
    page.on("console", lambda said: refused.append(said.text))
    sign_in(page, newsroom)

    _upload(page, newsroom, _two_halves(tmp_path))
    _point_right_by_keyboard(page)
    newsroom.python(STORY)
    newsroom.wait_for_editions(en=2)  # the first had no story
    assert _near(RIGHT, _what_readers_see(newsroom, reader_page))

    _cover_by_keyboard_and_check(page)
    _replace(page, _plain(tmp_path))
    newsroom.wait_for_editions(en=3)
    assert _near(GREEN, _what_readers_see(newsroom, reader_page))

    _let_it_lapse(page, newsroom)
    assert not [said for said in refused if "Content Security Policy" in said]


def _two_halves(folder: Path) -> Path:
    """Make a tall, narrow-minded photo: red on the left, blue far on the right."""
    image = Image.new("RGB", (1_600, 450), LEFT)
    image.paste(RIGHT, (800, 0, 1_600, 450))
    path = folder / "halves.jpg"
    image.save(path, quality=90, comment=planted.TEXT)
    return path


def _plain(folder: Path) -> Path:
    path = folder / "plain.png"
    Image.new("RGB", (900, 600), GREEN).save(path)
    return path


def _upload(page, newsroom, path):
    page.goto(f"{newsroom.url}admin/images/add/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("Title").fill("At the gate")
    page.get_by_label("Description").fill("A gate")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("link", name="At the gate").first.click()


def _point_right_by_keyboard(page):
    """The mark begins in the middle; arrows move it, and the numbers follow."""
    _wait_for_point(page, "50")
    mark = page.get_by_role("button", name="Focal point")
    mark.focus()
    for _ in range(7):
        mark.press("Shift+ArrowRight")
    mark.press("ArrowUp")
    assert "85" == page.get_by_label("From the left, %").input_value()
    assert "49" == page.get_by_label("From the top, %").input_value()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("link", name="At the gate").first.click()
    _wait_for_point(page, "85")


def _wait_for_point(page, left):
    """Wait until the script has taken the page over."""
    read = "left => document.querySelector('[data-axis=x]')?.value === left"
    wait_until(page, read, left)


def _cover_by_keyboard_and_check(page):
    page.get_by_label("Shows a source").check()
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("link", name="At the gate").first.click()
    page.get_by_text("not looked at yet").wait_for()
    page.get_by_role("link", name="Faces and number plates").click()
    page.locator("[data-add]:enabled").press("Enter")
    block = page.get_by_role("button", name="Block 1")
    for key in ("ArrowLeft", "Shift+ArrowRight", "Shift+ArrowDown"):
        block.press(key)
    status = "Block 1: 39 % from the left, 40 % from the top, 21 % wide, 21 % high"
    assert status == page.locator("form [data-status]").text_content()
    _drag_another(page)
    page.get_by_role("button", name="Block 2").press("Delete")
    page.get_by_role("button", name="Cover for good").click()
    page.get_by_text("Covered for good.").wait_for()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Record the check").click()
    page.get_by_text("looked at it as it is").wait_for()
    page.get_by_role("link", name="Back to the picture").click()


def _drag_another(page):
    box = page.locator(".darkroom-stage img").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 60, steps=3)
    page.mouse.up()
    page.get_by_role("button", name="Block 2").wait_for()


def _replace(page, path):
    """A new file in the same place; one press brings it to every story."""
    page.get_by_label("Shows a source").uncheck()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("link", name="At the gate").first.click()
    page.get_by_text("Readers of 1 story have the picture as it was.").wait_for()
    page.get_by_role("link", name="Stories that show it").first.click()
    page.get_by_text("1 story shows an older picture").wait_for()
    page.get_by_role("button", name="Release it in all stories").click()
    page.get_by_text("Stories released with the newer picture: 1.").wait_for()


def _let_it_lapse(page, newsroom):
    """The home page names the story, and the form says why it cannot go out."""
    page.get_by_role("link", name="Replace or change the picture").click()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    page.get_by_label("May be used until").fill(yesterday.isoformat())
    page.get_by_role("button", name="Save").first.click()
    page.goto(f"{newsroom.url}admin/")
    page.get_by_text("readers still have it").wait_for()
    page.get_by_role("link", name="At the gate").click()
    page.get_by_text("The right to this picture ended on").wait_for()
    page.get_by_role("link", name="Dockers Stop Work").click()
    page.get_by_text("Why can I not publish?").click()
    page.get_by_text("The right to the picture").first.wait_for()


def _what_readers_see(newsroom, reader_page):
    """Give the colour in the middle of the picture that a small phone loads."""
    _folder, server = newsroom.mirrors["north"]
    reader_page.goto(server.url + "/en/")
    reader_page.get_by_role("link", name="Dockers Stop Work").first.click()
    wait_until(reader_page, "() => document.querySelector('figure img')?.currentSrc")
    loaded = reader_page.locator("figure img").evaluate("one => one.currentSrc")
    assert loaded.endswith(".avif")
    data = reader_page.request.get(loaded).body()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return image.getpixel((image.width // 2, image.height // 4))


def _near(wanted, found):
    return all(abs(a - b) < 40 for a, b in zip(wanted, found, strict=True))
