"""A reader follows a live story on 320 pixels, without scripts."""

from datetime import timedelta

import pytest

import documents
from cast import NOW
from press.test_media import BYTES, rich
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

PAGE = "a/2026-11/20/story-1.html"
WORDS = "A word that never ends: " + "w" * 200


def live(name):
    """Make a live story with everything a story can show."""
    story = rich(1, live={"state": "live"})
    story["language"] = story["tamizdat"]["service"] = name
    text = [{"kind": "paragraph", "text": WORDS}]
    post = {"kind": "post", "headline": WORDS, "by": "Reporter", "body": text}
    time = story["firstCreated"]
    story["tamizdat"]["body"] += [
        {"kind": "box", "title": WORDS, "body": text},
        {"kind": "embed", "href": "https://t.example/1", "text": WORDS},
        {**post, "id": "second", "time": time},
        {**post, "id": "first", "time": time},
    ]
    return story


@pytest.fixture(params=["en", "fa"])
def paper(request, tmp_path):
    """Give the address of a served mirror, of a language in each direction."""
    name = request.param
    new_organisation(tmp_path / "keys", "press.example", [name], NOW)
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")
    rows = [documents.service(name), live(name)]
    source = documents_of(map(documents.line, rows), whole=True)
    press.publish(source, BYTES.get, NOW + timedelta(days=7))
    server = MirrorServer(press.archive.root)
    yield f"{server.url}/{name}/"
    server.close()


def test_live_story_fits_a_small_phone_and_loads_no_sound_by_itself(paper, reader_page):
    """Nothing hangs over the edge; a sound is fetched when the reader presses play."""
    asked = []
    reader_page.on("request", lambda request: asked.append(request.url))
    reader_page.set_viewport_size({"width": 320, "height": 640})
    reader_page.goto(f"{paper}index.html")
    reader_page.get_by_role("link", name="Headline 1").first.click()
    reader_page.wait_for_url(f"{paper}{PAGE}")
    player = reader_page.locator("audio")
    player.scroll_into_view_if_needed()
    reader_page.locator("#post-first").scroll_into_view_if_needed()
    reader_page.wait_for_load_state("networkidle")

    assert 320 == reader_page.evaluate("document.documentElement.scrollWidth")
    assert all(url.startswith((paper, "data:")) for url in asked)
    assert not [url for url in asked if url.endswith((".mp3", ".pdf"))]
    player.scroll_into_view_if_needed()
    with reader_page.expect_request(lambda request: request.url.endswith(".mp3")):
        player.press("Space")


def test_every_post_can_be_pointed_to(paper, reader_page):
    """The time of a post is a link to it, which another reader can open."""
    reader_page.goto(f"{paper}{PAGE}")
    reader_page.locator("#post-first a").click()

    assert f"{paper}{PAGE}#post-first" == reader_page.url
