"""An agency corrects copy after a story used it: the editor sees it, readers a note."""

import os
import re
import time

import pytest

from journeys.conftest import open_story, press_publish, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
COPY = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:agency.example,2026:L1"
version="{version}" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Reuters"/>
<versionCreated>2026-11-26T05:0{version}:00Z</versionCreated>
<pubStatus qcode="stat:usable"/>{signal}</itemMeta><contentMeta>
<headline>{mark}Hilltown council says no to a bridge</headline><urgency>3</urgency>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{note}
<p>HILLTOWN, Nov 26 (Reuters) - The council of Hilltown said no to a new bridge on
{day},
a spokesman said, for there is no money for one this year.</p>
<p>"We have nothing left," the chair of the council said after the vote.</p>
<p>(Reporting by a correspondent; Editing by a desk)</p></body></html></inlineXML>
</contentSet></newsItem>"""
FIRST = {"version": 1, "day": "Monday", "signal": "", "mark": "", "note": ""}
SECOND = {
    "version": 2,
    "day": "Tuesday",
    "signal": '<signal qcode="edStat:C"/>',
    "mark": "CORRECTED-",
    "note": "<p>(Corrects the day in paragraph 1)</p>",
}
NOTE = "An earlier version gave the wrong day of the vote."


def send(newsroom, version):
    """Put copy where the agency's receiver puts it."""
    file = newsroom.folder / "wire" / f"L1-{version['version']}.xml"
    file.write_text(COPY.format(**version), encoding="utf-8")
    os.utime(file, (time.time() - 60,) * 2)


def test_correction_of_the_agency_becomes_a_note_to_readers(
    newsroom, editor_page, reader_page
):
    """From the folder of the agency to the page of the reader, and back once more."""
    newsroom.make(ENGLISH)
    (newsroom.folder / "wire").mkdir()
    send(newsroom, FIRST)
    newsroom.tamizdat(
        *("wire", "source", "add", "reuters", "folder", "--service", "en"),
        *(f"path={newsroom.folder / 'wire'}", "--every", "15", "--title", "Reuters"),
    )
    newsroom.start()
    newsroom.wait_for_edition(1)
    sign_in(editor_page, newsroom)
    _begin_by_one_key(newsroom, editor_page)
    _publish(newsroom, editor_page, reader_page)
    _see_the_correction(newsroom, editor_page)
    _correct(newsroom, editor_page, reader_page)


def _begin_by_one_key(newsroom, page):
    place = newsroom.url + "admin/wire/desk/en/"

    def came():
        page.goto(place)
        return page.get_by_role("link", name="Hilltown council").count() > 0

    until(came, "copy of the agency on the desk")
    page.get_by_role("link", name="Hilltown council").wait_for()
    page.keyboard.press("s")  # the first one has the focus
    page.wait_for_url(re.compile("/pages/[0-9]+/edit/"))
    assert "Hilltown council says no to a bridge" == page.input_value("[name=title]")


def _publish(newsroom, page, reader):
    page.select_option("[name=section]", "society")
    press_publish(page)
    page.get_by_text(re.compile("Release 1 will stand on every mirror")).wait_for()
    newsroom.wait_for_edition(2)
    open_story(reader, newsroom, "en", "Hilltown council")
    reader.get_by_text("new bridge on Monday").wait_for()


def _see_the_correction(newsroom, page):
    send(newsroom, SECOND)
    newsroom.tamizdat("wire", "source", "poll", "reuters")
    page.goto(newsroom.url + "admin/")
    alert = page.get_by_role("region", name="Agencies changed copy that stories used")
    alert.get_by_text("Corrected by the agency").wait_for()
    alert.get_by_role("link", name="Hilltown council").first.click()
    page.locator("del", has_text="Monday").wait_for()
    page.locator("ins", has_text="Tuesday").wait_for()
    page.get_by_role("link", name="Correct the story").click()
    page.wait_for_url(re.compile("/pages/[0-9]+/edit/"))
    page.get_by_text("This story was made from it").wait_for()


def _correct(newsroom, page, reader):
    words = page.locator(".Draftail-Editor [role=textbox]", has_text="Monday").first
    words.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("The council of Hilltown said no to a new bridge on Tuesday.")
    page.locator("input[name=next_kind][value=correction]").check()
    page.fill("[name=next_note]", NOTE)
    press_publish(page)
    page.get_by_text(re.compile("Release 2 will stand on every mirror")).wait_for()
    newsroom.wait_for_edition(3)

    open_story(reader, newsroom, "en", "Hilltown council")
    reader.get_by_text(NOTE).first.wait_for()
    reader.get_by_text("new bridge on Tuesday").first.wait_for()
    page.goto(newsroom.url + "admin/")
    assert 0 == page.get_by_text("Corrected by the agency").count()
