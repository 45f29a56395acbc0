# ruff: noqa: RUF001 - letters and marks of several scripts
"""What stands in files to carry along, and in which order: as a reader expects."""

import re
import zipfile
from datetime import datetime

import pytest
from libzim.reader import Archive as Library
from lxml import etree

import documents
from press.test_offline import SENTENCE, Newsroom, pictured

MIXED = "BBC گفت: «Hello, جهان!»"  # Persian that begins with a Latin letter
RUSSIAN = "Он сказал: «آزادی»."
QUOTED = "آزادی – одно слово по-русски."
ENGLISH = "An English sentence."
FORTH = "«بیایید ۱۲!» they said (12)"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def noted(number, service, times, **ours):
    """Make a story with so many corrections, `Note 1` the oldest."""
    one = documents.story(number, service, credit_line="With a wire", **ours)
    for count in range(1, times + 1):
        note = f"Note {count}. {SENTENCE * 6}".strip()
        one = documents.changed(one, "Исправлено", "correction", note)
    return one


def long(pieces, authors=3):
    """Give a story what makes it several pages long, its own authors among them."""
    body = [{"kind": "paragraph", "text": SENTENCE * 8} for _ in range(pieces)]
    names = [
        {"name": f"Author {n}", "role": None, "bio": f"Bio {n}. {SENTENCE * 8}".strip()}
        for n in range(1, authors + 1)
    ]
    return {"body": body, "bylines": names}


def at(number, time):
    """Make a story of a moment."""
    one, moment = documents.story(number), datetime.fromisoformat(time)
    one["firstCreated"] = one["versionCreated"] = time
    one["tamizdat"]["releases"] = [documents.release(1, "publish", moment, None)]
    return one


def mixed(service):
    """Make a story whose lines begin with letters of either direction, or none."""
    words = (MIXED, RUSSIAN, QUOTED, ENGLISH, "2026 – 11")
    body = [{"kind": "paragraph", "text": text} for text in words]
    return documents.story(10, service, body=body)


def called(headline):
    """Make a story of a headline."""
    one = documents.story(20)
    one["headlines"][0]["value"] = headline
    return one


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Give a printed paper of three services."""
    rows = [documents.service(name) for name in ("ru", "fa", "en")]
    rows[2]["time_zone"] = "Europe/Berlin"
    retracted = documents.changed(
        noted(4, "ru", 2), "Нет", "retraction", "Note 3. Отозвано."
    )
    rows += [noted(1, "ru", 2), noted(2, "ru", 7, **long(20))]
    rows += [noted(3, "ru", 4, **long(20, 8)), retracted, mixed("ru")]
    rows += [pictured(mixed("fa"))]
    rows += [at(1, "2026-10-25T00:30:00Z"), at(2, "2026-10-25T01:10:00Z")]
    rows += [called(FORTH)]
    one = Newsroom(tmp_path_factory.mktemp("read"), rows)
    one.publish()
    return one


def text_of(newsroom, service):
    """Read the text file of a service, without its seal."""
    return newsroom.make("text", service).read_text("utf-8").partition("tamizdat-")[0]


@pytest.fixture(scope="module")
def texts(newsroom):
    """Give the text files of all services."""
    return {name: text_of(newsroom, name) for name in ("ru", "fa", "en")}


def test_notes_stand_with_the_newest_first(texts):
    """However many pages a story has, and whichever of them a note stands on."""
    stories = texts["ru"].split("=" * 24)[3:7]
    notes = [[int(n) for n in re.findall(r"Note (\d+)\.", story)] for story in stories]
    lives = [[int(n) for n in re.findall(r"Bio (\d+)\.", story)] for story in stories]
    names = [
        sorted({*re.findall(r"Author (\d)\s*$", s, re.MULTILINE)}) for s in stories
    ]
    ends = [story.rfind("Note 1.") < story.find("With a wire") for story in stories]

    assert [[3, 2, 1], [4, 3, 2, 1], [7, 6, 5, 4, 3, 2, 1], [2, 1]] == notes
    assert [[], [1, 2, 3], [1, 2, 3], []] == lives  # a long story has room for three
    assert [[], [*"12345678"], [*"123"], []] == names
    assert [False, True, True, True] == ends  # a retracted one has no credit line


def test_stories_of_a_day_stand_with_the_newest_first_in_a_library(newsroom):
    """By the time of their first release, whatever their ids and later releases."""
    library = Library(newsroom.make("library"))
    page = bytes(library.get_entry_by_path("index.html").get_item().content).decode()

    assert ["10", "4", "3", "2", "1"] == re.findall(r"/story-(\d+)\.html", page)
    assert 48 == bytes(library.get_illustration_item(48).content)[19]  # for shelves


def test_hour_that_a_clock_shows_twice_keeps_its_order(texts):
    """Where summer time ends, 2:10 comes after 2:30."""
    assert ["2", "1"] == re.findall(r"- Headline (\d)", texts["en"])


def test_line_of_text_runs_as_its_language_does(texts):
    """A mark says so where its first letter does not; a foreign line keeps its own."""
    persian, russian = texts["fa"].splitlines(), texts["ru"].splitlines()

    assert {f"\u200f{MIXED}", f"\u200f{RUSSIAN}", QUOTED, ENGLISH} <= {*persian}
    assert "\u200f2026 – 11" in persian
    assert {MIXED, RUSSIAN, f"\u200e{QUOTED}", ENGLISH, "2026 – 11"} <= {*russian}
    assert not {"\u200f", "\u200e"} & {*persian}
    assert "\u200f" not in texts["ru"]


def test_contents_lead_first_to_the_notice(newsroom, texts):
    """In a text as in a page; a book says so below its name."""
    _head, contents, *_rest = texts["ru"].split("=" * 24)
    with zipfile.ZipFile(newsroom.make("book")) as book:
        title = etree.fromstring(book.read("book/title.xhtml"))
        notice = etree.fromstring(book.read("book/notice.xhtml"))
    heading = notice.findtext(f".//{_XHTML}h1")
    body = title.find(f"{_XHTML}body")

    assert [f"- {heading}", "- Headline 10"] == contents.strip().split("\n")[2:4]
    assert ["h1", "p", "p"] == [part.tag.removeprefix(_XHTML) for part in body]
    assert "notice.xhtml" == body[-1][0].get("href")
    assert heading == body[-1][0].text


@pytest.mark.parametrize(("service", "pictures"), [("ru", False), ("fa", True)])
def test_book_says_who_made_it_and_how_it_can_be_read(newsroom, service, pictures):
    """Who looks for books that can be heard is told the truth."""
    with zipfile.ZipFile(newsroom.make("book", service)) as book:
        package = etree.fromstring(book.read("book/package.opf"))
    facts = {(meta.get("property"), meta.text) for meta in package.iter(f"{_OPF}meta")}

    assert ("schema:accessMode", "textual") in facts
    assert pictures == (("schema:accessMode", "visual") in facts)
    assert ("schema:accessibilityHazard", "none") in facts
    assert f"Press {service}" == package.findtext(f".//{_DC}creator")


def test_contents_name_a_story_whole_and_in_order(newsroom, texts):
    """A headline of two directions is one, in every file."""
    row = '«<bdi dir="rtl">بیایید ۱۲!</bdi>» they said (12)</a>'
    library = Library(newsroom.make("library", "en"))
    index = bytes(library.get_entry_by_path("index.html").get_item().content).decode()
    with zipfile.ZipFile(newsroom.make("book", "en")) as book:
        contents = book.read("book/nav.xhtml").decode()
    page = newsroom.make("page", "en").read_text("utf-8")

    assert [1] * 3 == [text.count(row) for text in (index, contents, page)]
    assert f"- {FORTH}\n" in texts["en"]
    assert (
        f"<title>{FORTH}</title>"
        in bytes(
            library.get_entry_by_path("a/2026-11/20/story-20.html").get_item().content
        ).decode()
    )
