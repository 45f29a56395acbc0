"""Pictures of pictures: brought in, covered, taken back, opened.

`SET_UP` runs once inside the demo's newsroom, after that of the desk.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Take = Callable[[Page, str], None]
SET_UP = """
from tamizdat.newsroom.commands import start_django
start_django()
import io, json, sys
from datetime import UTC, datetime
from django.contrib.auth import get_user_model
from tamizdat.newsroom import actions
from tamizdat.newsroom.darkroom import covering, originals, vault
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.pictures import Block
from tamizdat.newsroom.renditions import renditions
from tamizdat.server.demo.pictures import draw

editor = get_user_model().objects.get(username="editor")
en = ServicePage.objects.get(service_id="en")
originals.key_path().write_text(vault.new_key("correct horse battery", 1 << 12))
now, out = datetime.now(UTC), io.BytesIO()
draw("printing-press").save(out, "PNG")
picture = actions.keep_picture(
    out.getvalue(), "The press in the cellar", "A press, and who works at it",
    "Archive", collection=en.desk.pictures)
kept = originals.keep(picture, out.getvalue(), originals.usual_until(now), editor, now)
for headline, drops in (("Who prints at night", False), ("A cellar in May", True)):
    body = [{"kind": "paragraph", "text": "Sheets leave the cellar before morning."}]
    page = actions.create_article(
        en, headline, body, editor, section=en.sections.first().section_id)
    page.lead_picture, page.lead_caption = picture, "The press"
    actions.publish_article(page, editor)
    if drops:
        page.lead_picture = None
        actions.publish_article(page, editor, "update")
covering.cover(picture, [Block(8, 8, 40, 40)], editor)
renditions(picture)
picture.depicts_source = True
picture.save()
print(json.dumps({"picture": picture.pk, "original": kept.pk}))
"""


def pictures(page: Page, admin: str, there: dict[str, Any], take: Take) -> None:
    """Take them all, in the language the site has.

    Args:
        page: signed in as the editor, a moment ago.
        admin: address of the editors' site.
        there: as `SET_UP` told.
        take: keeps what a page shows, under a name.
    """
    page.goto(f"{admin}originals/{there['original']}/")
    take(page, "original")
    page.goto(f"{admin}images/add/")
    page.locator("[name=keep_original]").check()
    take(page, "upload")
    page.goto(f"{admin}images/{there['picture']}/")
    _show(page, ".darkroom-stage")
    take(page, "focus")
    page.goto(f"{admin}pictures/{there['picture']}/faces/")
    for key in ("ArrowRight", "ArrowLeft"):
        page.locator("[data-add]").click()
        for _step in range(14):
            page.keyboard.press(key)
    _show(page, ".darkroom-stage")
    take(page, "faces")
    _show(page, ".darkroom-check")
    take(page, "check")
    page.goto(f"{admin}pictures/{there['picture']}/uses/")
    _show(page, ".listing")
    take(page, "uses")


def _show(page: Page, selector: str) -> None:
    """Bring something to the middle of the window."""
    page.wait_for_load_state("networkidle")
    middle = "one => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
    page.locator(selector).first.evaluate(middle)
