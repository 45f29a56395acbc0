# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Copy of three agencies is credited in the reader's language, and followed out."""

import re

import pytest

from journeys.conftest import DESKTOP, press_publish, sign_in
from journeys.test_pages_for_everyone import AXE, CHECK, RULES

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

HEADLINES = {"ru": "Совет голосует", "fa": "شورا رأی می‌دهد", "ka": "საბჭო კენჭს უყრის"}
CREDITS = {
    "ru": "По материалам: АП, Рейтер и ТАСС (государственное агентство России)",
    "fa": "با گزارش‌هایی از آسوشیتدپرس،\u200f رویترز، و تاس (خبرگزاری دولتی روسیه)",
    "ka": "წყარო: ასოშიეიტედ პრესი, როიტერი და ტასსი (სახელმწიფო სააგენტო, რუსეთი)",
}
SERVICES = tuple(
    {
        "service_id": tag,
        "name": name,
        "language": tag,
        "sections": [("society", name)],
        "direction": "rtl" if tag == "fa" else "ltr",
    }
    for tag, name in (("ru", "Новости"), ("fa", "خبرها"), ("ka", "ამბები"))
)
TAKEN = f"""
from datetime import UTC, datetime
from tamizdat.newsroom.models import ServicePage, WireSource
from tamizdat.newsroom.wire_desk import keeping, taking
from tamizdat.wire.items import Block, WireItem
from tamizdat.wire.receipt import Receipt
receipt = Receipt("test", "utf-8", "utf-8", 10, "0" * 64, (), ())
source = WireSource.objects.create(name="wires", title="Wires", kind="folder")
for tag, headline in {HEADLINES!r}.items():
    service = ServicePage.objects.get(service_id=tag)
    source.services.add(service)
    items = [
        WireItem(
            family="test", type="text", guid=tag + name, headline=headline,
            body=(Block("paragraph", headline + "."),), credit=name,
            credit_agencies=(name,), receipt=receipt,
        )
        for name in ("AP", "Reuters", "TASS")
    ]
    file = keeping.File("copy.xml", "0" * 64)
    first, *more = keeping.keep(source, items, file, datetime.now(UTC))
    page = taking.begin(first, service, None)
    for row in more:
        page = taking.add(row, page, None)
    page.section = "society"
    page.save_revision()
"""


def open_form(page, newsroom, headline):
    """Open an article from the search over all services, at its credits."""
    page.goto(newsroom.url + "admin/desk/search/")
    page.get_by_role("link", name=headline).first.click()
    page.get_by_role("tab", name="Credits").click()


def test_credit_is_composed_mended_and_read_and_its_release_seen_verified(
    newsroom, editor_page, reader_page, chromium
):
    """The line follows the copy, a missing agency warns, readers see it, verified."""
    newsroom.make(*SERVICES)
    newsroom.python(TAKEN)
    newsroom.start()
    newsroom.wait_for_edition(1)
    sign_in(editor_page, newsroom)
    board = editor_page.context.new_page()
    board.goto(newsroom.url + "admin/press/")
    board.get_by_text("Nothing was released yet").wait_for()

    for tag, headline in HEADLINES.items():
        open_form(editor_page, newsroom, headline)
        line = editor_page.locator("#id_credit_line")
        assert CREDITS[tag] == line.input_value()
        if tag == "ru":
            mend(editor_page, line, CREDITS[tag])
        press_publish(editor_page)
        editor_page.wait_for_url(re.compile("/pages/[0-9]+/"))
        way = board.locator(".press-way[data-arrived]", has_text=headline)
        way.wait_for(timeout=30_000)  # nobody reloads the board
        assert 5 == way.locator("li[data-state=done]").count()
        assert "3 of 3" in way.locator("li").last.inner_text()

    _place, server = newsroom.mirrors["north"]
    for tag, headline in HEADLINES.items():
        reader_page.goto(f"{server.url}/{tag}/")
        reader_page.get_by_role("link", name=headline).first.click()
        assert CREDITS[tag] == reader_page.locator("p.credit").inner_text()
    assert [] == barriers(chromium, newsroom)


def barriers(chromium, newsroom):
    """List what of the board breaks a rule of accessibility, its tables open."""
    context = chromium.new_context(viewport=DESKTOP, bypass_csp=True)
    page = context.new_page()
    sign_in(page, newsroom)
    page.goto(newsroom.url + "admin/press/")
    for table in page.locator(".press-board summary").all():
        table.click()
    page.evaluate(AXE.read_text("utf-8"))
    only = CHECK.replace("document,", "document.querySelector('.press-board'),")
    found = page.evaluate(only, {"type": "tag", "values": RULES})
    context.close()
    return found


def mend(page, line, composed):
    """Leave two agencies out, be warned, and take the line that is offered."""
    line.fill("По материалам: АП")
    page.wait_for_url(re.compile("/edit/"))
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("tab", name="Credits").click()
    warnings = page.locator(".credit-warning")
    warnings.first.wait_for()
    assert [
        "The work of Рейтер is used and not credited.",
        "The work of ТАСС is used and not credited.",
    ] == [re.sub("[\u2068\u2069]", "", one) for one in warnings.all_inner_texts()]
    page.get_by_text("Before you publish").click()
    assert 2 == page.locator(".why-not__warning").count()
    page.get_by_role("button", name="Use this line").click()
    assert composed == line.input_value()
