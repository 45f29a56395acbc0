"""Breaking news is on the mirrors, is offered to others, and ends by itself."""

import pytest

from journeys.conftest import sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
PERSIAN = {**ENGLISH, "service_id": "fa", "name": "خبرها", "language": "fa"}
HEADLINE = "The archive is open"
PUBLISH = f"""
from tamizdat.newsroom.actions import create_article, publish_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
body = [{{"kind": "paragraph", "text": "Anyone may read in it."}}]
article = create_article(service, {HEADLINE!r}, body, None, section="society")
publish_article(article, None)
"""
# As if nearly two hours had gone by.
HOUR_COMES = """
from datetime import UTC, datetime, timedelta
from tamizdat.newsroom.models import Article
hour = datetime.now(UTC) + timedelta(seconds=1)
Article.objects.exclude(breaking_until=None).update(breaking_until=hour)
"""


def test_breaking_news_is_announced_offered_and_ends(
    newsroom, editor_page, reader_page
):
    """An editor begins it with one button and ends nothing by hand."""
    newsroom.make(ENGLISH, PERSIAN)
    newsroom.python(PUBLISH)
    newsroom.start()
    newsroom.wait_for_edition(1)
    sign_in(editor_page, newsroom)

    begin(editor_page, newsroom)
    alarm = on_a_mirror(newsroom, reader_page)
    until(lambda: alarm() == [HEADLINE], "breaking news on a mirror")
    answer_offer(editor_page)
    newsroom.python(HOUR_COMES)
    until(lambda: alarm() == [], "its end on a mirror", seconds=60)

    editor_page.goto(newsroom.url + "admin/breaking/")
    editor_page.get_by_text("Nothing breaks.").wait_for()
    assert editor_page.get_by_text("fa: not for us, editor").is_visible()


def begin(page, newsroom):
    """Open the article and say that it is breaking news."""
    page.goto(newsroom.url + "admin/")
    page.get_by_role("link", name="The News").first.click()
    page.get_by_role("link", name=HEADLINE).first.click()
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Breaking news").last.click()
    page.get_by_role("button", name="This is breaking news").click()
    page.get_by_text("stands above everything else").wait_for()
    page.locator("time[data-until]").first.wait_for()


def answer_offer(page):
    """Follow the strip to the offer and decline it for the other service."""
    strip = page.get_by_role("status").locator("[data-state=offer]")
    strip.filter(has_text=f"en has breaking news: {HEADLINE}. For fa?").wait_for()
    strip.get_by_role("link").click()
    page.get_by_role("button", name="Not for us").click()
    page.get_by_text("No offer waits for you.").wait_for()


def on_a_mirror(newsroom, page):
    """Give what reads the breaking headlines of the front page on a mirror."""
    _folder, server = newsroom.mirrors["north"]

    def alarm():
        page.goto(f"{server.url}/en/")
        return page.locator(".alarm a").all_inner_texts()

    return alarm
