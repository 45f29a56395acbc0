"""From a saved page to a verified article on three mirrors, and its correction."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from journeys.conftest import press_publish, sign_in, tamizdat
from patience import PATIENT
from tamizdat.server.demo.pictures import draw

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

CAPTION = "A printing press, drawn for this journey."
NOTE = "An earlier version of this story had another headline."
REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "tests/wire/samples/en_notice.txt"
REAL = REPOSITORY.parent / "shared/input/page/helsinki.txt"
LATER = pytest.mark.skipif(
    not (PATIENT and REAL.exists()), reason="`make lab`, where the real page is"
)


def service_of(item):
    """Take what belongs to the service and not to the story off a wire item."""
    notice = item["notices"][0]
    paragraphs = notice["text"].split("\n\n")
    return {
        "service_id": "en",
        "name": item["byline"][0]["name"],
        "language": "en",
        "sections": [("society", "Society")],
        "bio": item["bio"],
        "notice_designation": paragraphs[0],
        "notice_paragraphs": "\n\n".join(paragraphs[1:-1]),
        "notice_more": notice["more"]["text"],
    }


def choose_picture(page, path):
    """Upload a picture through the chooser, as an editor does."""
    page.locator(
        "#lead_picture-section, [id*=lead_picture]"
    ).first.scroll_into_view_if_needed()
    page.get_by_role("button", name=re.compile("Choose")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(path)
    dialog.locator("input[name$=title]").fill("Printing press")
    dialog.get_by_role("button", name="Upload", exact=True).click()
    dialog.wait_for(state="hidden")


def wait_until_verified(page, number):
    """Wait for the strip that says where the edition stands."""
    said = f"edition {number} verified on all 3 mirrors"
    line = page.get_by_role("status").get_by_role("link", name=said, exact=False)
    line.wait_for(timeout=20_000)


@pytest.mark.parametrize(
    "source",
    [pytest.param(SAMPLE, id="sample"), pytest.param(REAL, id="real", marks=LATER)],
)
def test_saved_page_is_published_read_corrected_and_guarded(
    newsroom, editor_page, reader_page, tmp_path, source
):
    """One story goes the whole way, and a flipped byte on a mirror is named."""
    item = json.loads(tamizdat("wire", "parse", source, "--json"))
    newsroom.make(service_of(item))
    newsroom.tamizdat("wire", "import", source, "--service", "en")
    picture = tmp_path / "press.png"
    draw("printing-press").save(picture)
    newsroom.start()

    sign_in(editor_page, newsroom)
    edit = publish_draft(editor_page, item, picture)
    wait_until_verified(editor_page, 2)
    address = read_article(reader_page, newsroom, item)

    correct(editor_page, edit)
    wait_until_verified(editor_page, 3)
    for _place, server in newsroom.mirrors.values():
        read_correction(reader_page, server.url + address)

    newsroom.tamizdat("edition", "verify", newsroom.mirrors["north"][1].url)
    flip_and_verify(newsroom, address)


def publish_draft(page, item, picture):
    """Attach a picture to the imported draft and publish it; return its address."""
    page.get_by_role("link", name=item["byline"][0]["name"]).first.click()
    page.get_by_role("link", name=item["headline"]).first.click()
    edit = page.url
    page.select_option("select[name=section]", "society")
    choose_picture(page, picture)
    page.fill("[name=lead_caption]", CAPTION)
    page.fill("[name=lead_alt]", CAPTION)
    press_publish(page)
    return edit


def read_article(page, newsroom, item):
    """Read the article as a reader with scripts off; return its address."""
    base = newsroom.mirrors["archive"][1].url
    page.goto(base)
    page.get_by_role("link").filter(has_text=item["byline"][0]["name"]).first.click()
    page.get_by_role("link", name=item["headline"]).first.click()
    notice = item["notices"][0]["text"].split("\n\n")

    assert item["headline"] == page.locator("h1").inner_text()
    assert CAPTION in page.locator("figcaption").inner_text()
    assert page.locator("figure img").evaluate("i => i.complete && i.naturalWidth > 0")
    text = page.locator("main").inner_text()
    for paragraph in item["body"]:
        assert paragraph["text"] in text
    assert item["credit"] in text
    assert item["byline"][0]["name"] in text
    assert item["bio"] in text
    whole = page.locator("body").inner_text()
    assert all(paragraph in whole for paragraph in notice)
    return page.url.removeprefix(base)


def correct(page, edit):
    """Correct the headline with a note to readers."""
    page.goto(edit)
    page.fill("[name=title]", "A corrected headline")
    page.get_by_role("radio", name=re.compile("Correction")).check()
    page.fill("[name=next_note]", NOTE)
    press_publish(page)


def read_correction(page, url):
    """See on a mirror what was corrected and when."""
    page.goto(url)

    assert "A corrected headline" == page.locator("h1").inner_text()
    text = page.locator("body").inner_text()
    assert NOTE in text
    assert "Updated" in text
    page.locator("aside").get_by_role("link", name="what changed").click()
    assert "A corrected headline" in page.locator("ins").first.inner_text()
    assert page.locator("del").first.is_visible()


def flip_and_verify(newsroom, address):
    """Flip one byte of the article on one mirror; verify names it."""
    place, server = newsroom.mirrors["north"]
    page = place / address.lstrip("/")
    clean = page.read_bytes()
    bad = clean[:500] + bytes([clean[500] ^ 1]) + clean[501:]
    page.unlink()
    page.write_bytes(bad)
    said = newsroom.tamizdat("edition", "verify", server.url, status=1)

    assert address.lstrip("/") in said
    assert "forged" in said
    assert hashlib.sha256(clean).hexdigest() in said
    assert hashlib.sha256(bad).hexdigest() in said
