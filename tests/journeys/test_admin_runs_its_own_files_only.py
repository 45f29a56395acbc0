"""The editors' site runs its own files and nothing that stands inside a page."""

import re
from urllib.parse import urlsplit

import pytest

from journeys.conftest import sign_in
from journeys.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(
  [event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber,
   event.sample].join(" ")));
"""


def test_every_screen_of_the_menu_obeys_the_policy(newsroom, editor_page):
    """Each screen is opened, the article form is worked with: nothing is refused."""
    newsroom.make(ENGLISH)
    newsroom.start()
    page, errors = editor_page, []
    page.on("pageerror", lambda error: errors.append(f"{page.url} {error}"))
    page.add_init_script(LISTEN)
    sign_in(page, newsroom)
    found = walk(page)

    assert len(found) > 25, found
    assert not [one for one in found.items() if one[1]]
    assert [] == work_with_the_form(page, newsroom)
    assert [] == errors


def walk(page):
    """Open everything the menus lead to, and what stands at the top of those pages."""
    for button in page.locator("#wagtail-sidebar button[aria-haspopup]").all():
        button.click()
    first = links(page, "#wagtail-sidebar a")
    seen = {}
    for address in sorted(first):
        seen[address] = look_at(page, address)
    second = {link for address in first for link in seen[address][1]} - first
    for address in sorted(second):
        seen[address] = look_at(page, address)
    return {address: told for address, (told, _links) in seen.items()}


def links(page, where):
    """List the addresses of the editors' site that a page leads to."""
    hrefs = page.eval_on_selector_all(where, "all => all.map(one => one.href)")
    parts = [urlsplit(href) for href in hrefs]
    return {
        one.path
        for one in parts
        if one.path.startswith("/admin/") and one.path != "/admin/logout/"
    }


def look_at(page, address):
    """Open a page; give what was refused, and where its header and lists lead."""
    page.goto(address if "://" in address else base(page) + address)
    page.wait_for_load_state("networkidle")
    return page.evaluate("violations"), links(page, ".w-slim-header a, main a.button")


def base(page):
    """Give the address of the site without a path."""
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def work_with_the_form(page, newsroom):
    """Use what Wagtail would begin by a script in the page; give what was refused."""
    page.goto(f"{newsroom.url}admin/")
    page.get_by_role("link", name=re.compile("Write an article")).first.click()
    page.locator("[data-contentpath=title] textarea").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-made-with]").count() > 5
    add_a_row(page)
    wait_until(page, "document.querySelectorAll('[data-made-by]').length === 0")
    write_in_the_text(page)
    choose_a_picture(page)
    pick_a_day(page)
    return page.evaluate("violations")


def write_in_the_text(page):
    """Begin a paragraph, make words bold, and look up what else a text may have."""
    body = page.locator("[data-contentpath=body]")
    body.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Paragraph").first.click()
    text = body.locator("[contenteditable=true]").last
    text.click()
    page.keyboard.type("Nobody ")
    page.keyboard.press("Control+b")
    page.keyboard.type("may")
    wait_until(
        page,
        "document.querySelector('[data-contentpath=body] .public-DraftEditor-content "
        "[style*=bold], [data-contentpath=body] strong') !== null",
    )
    page.keyboard.type(" /")
    page.locator("[role=listbox]").first.wait_for()
    page.keyboard.press("Escape")


def choose_a_picture(page):
    """Open the chooser of pictures with its places to bring one in; close it."""
    picture = page.locator("[data-contentpath=lead_picture]")
    picture.locator("button[data-chooser-action-choose]").first.click()
    dialog = page.locator("[role=dialog]", has=page.locator("input[name=q]"))
    dialog.first.wait_for()
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").first.wait_for(state="attached")
    page.keyboard.press("Escape")
    dialog.first.wait_for(state="hidden")


def pick_a_day(page):
    """Take days from the calendars that fields open, one of them with hours."""
    page.get_by_role("tab", name="Credits").click()
    day = page.locator("input[name=dateline_date]")
    day.click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date").first.click()
    wait_until(page, "document.querySelector('[name=dateline_date]').value !== ''")
    page.get_by_role("tab", name="Desk").click()
    page.locator("input[name=embargo]").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date").first.click()
    wait_until(page, "document.querySelector('[name=embargo]').value !== ''")


def add_a_row(page):
    """Press the button of a panel of rows: a row comes, and its fields begin."""
    button = page.locator("button[id$='-ADD']").first
    rows = page.locator(f"#{button.get_attribute('id').replace('-ADD', '-FORMS')} > *")
    before = rows.count()
    button.evaluate("one => one.click()")
    wait_until(
        page,
        "([id, count]) => document.getElementById(id).children.length > count",
        [button.get_attribute("id").replace("-ADD", "-FORMS"), before],
    )
