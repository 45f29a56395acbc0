"""An editor of a Persian service writes in the direction of their language."""

import re

import pytest

from journeys.conftest import DESKTOP, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

PERSIAN = {
    "service_id": "fa",
    "name": "اخبار",
    "language": "fa",
    "sections": [("society", "جامعه")],
    "direction": "rtl",
    "calendar": "persian",
    "time_zone": "Asia/Tehran",
}
SET_UP = """
from tamizdat.newsroom.actions import create_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="fa")
body = [
    dict(kind="paragraph", text="هر کس حق دارد BBC 2026 را بخواند."),
    dict(kind="list", items=["یک"]),
]
page = create_article(service, "حق دانستن", body, None, section="society")
open({place!r}, "w").write(str(page.pk))
"""
SPEAK = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
profile = UserProfile.get_for_user(get_user_model().objects.get(username="editor"))
profile.preferred_language = {language!r}
profile.save()
"""
OF_FIELDS = """() => [...document.querySelectorAll("[data-edit-form] textarea,"
  + "[data-edit-form] input[type=text]")]
  .filter((field) => field.offsetParent && /title|kicker|standfirst|caption|body/
    .test(field.name))
  .map((field) => getComputedStyle(field).direction)"""
OF_BLOCKS = """() => [...document.querySelectorAll(".public-DraftStyleDefault-block")]
  .map((block) => getComputedStyle(block).direction)"""


def direction(page, name):
    """Tell the direction in which a field stands."""
    return page.locator(f"[name={name}]").evaluate(
        "(field) => getComputedStyle(field).direction"
    )


def test_right_to_left_text_is_edited(newsroom, chromium, tmp_path):
    """In a Persian site and in an English one: fields, blocks, tools and caret."""
    place = tmp_path / "told"
    newsroom.make(PERSIAN)
    newsroom.python(SET_UP.format(place=str(place)))
    newsroom.python(SPEAK.format(language="fa"))
    newsroom.start()
    key = place.read_text()
    page = chromium.new_context(viewport=DESKTOP).new_page()
    sign_in(page, newsroom)
    walk(page)

    page.goto(f"{newsroom.url}admin/pages/{key}/edit/")
    assert "rtl" == page.locator("html").get_attribute("dir")
    check_fields(page)
    check_tools(page, "right")

    newsroom.python(SPEAK.format(language="en"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{newsroom.url}admin/pages/{key}/edit/")
    assert "ltr" == page.locator("html").get_attribute("dir")
    check_fields(page)
    check_tools(page, "left")
    page.fill("[name=kicker]", "BBC 2026")
    assert "ltr" == direction(page, "kicker")
    page.fill("[name=kicker]", "")
    assert "rtl" == direction(page, "kicker")
    check_mixed_caret(page)


def walk(page):
    """The tour leads through six screens by keyboard, and ends for good."""
    page.locator(".desk-tour a.button").press("Enter")
    for number in range(1, 7):
        card = page.get_by_role("dialog", name=re.compile(r"\S"))
        card.get_by_text(re.compile(rf"\b{number}\D+6\b")).wait_for()
        assert page.evaluate("document.activeElement.id") == "desk-tour-step"
        assert 1 == page.locator(".desk-tour__pointed").count()
        box = card.bounding_box()
        assert box["x"] < DESKTOP["width"] / 2  # at the end of a line from the right
        last = (
            card.get_by_role("link").last if number < 6 else card.get_by_role("button")
        )
        with page.expect_response(re.compile("tour")):
            last.press("Enter")
    card.wait_for(state="detached")
    page.goto(page.url.split("admin/")[0] + "admin/")
    assert 0 == page.locator(".desk-tour").count()


def check_fields(page):
    """Each field and paragraph of a Persian draft stands right to left, empty too."""
    page.locator(".public-DraftStyleDefault-block").first.wait_for()
    assert {"rtl"} == set(page.evaluate(OF_FIELDS))
    assert {"rtl"} == set(page.evaluate(OF_BLOCKS))


def check_tools(page, side):
    """The tools of a block stand in view, on the far side of its name."""
    label = page.locator("[data-streamfield-child] [data-panel-heading-text]").first
    tools = page.locator("[data-streamfield-action=DELETE]").first
    name, tool = label.bounding_box(), tools.bounding_box()
    assert 0 <= tool["x"] < DESKTOP["width"]
    assert (name["x"] < tool["x"]) == (side == "left")


def check_mixed_caret(page):
    """What is typed at the end of a line of two directions stands at its end."""
    block = page.locator(".public-DraftStyleDefault-block").first
    block.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" CNN 7 بود")
    expected = "هر کس حق دارد BBC 2026 را بخواند. CNN 7 بود"

    assert expected == block.inner_text().strip()
    assert "rtl" == block.evaluate("(one) => getComputedStyle(one).direction")
