"""A file that came by hand is read on a small phone, and on paper."""

import zipfile

import pytest

import documents
from press.test_offline import Newsroom, pictured

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

WORDS = {"ru": "Переосвидетельствование", "fa": "نمایشگاه"}
FACES = {"ru": "Noto Serif", "fa": "Noto Naskh Arabic"}  # that have all its letters
SMALL = {"width": 320, "height": 640}
SIDEWISE = "document.scrollingElement.scrollWidth - innerWidth"
ROWS = "[...document.querySelectorAll('td')].map(td => td.getBoundingClientRect())"
OUTSIDE = f"{ROWS}.filter(one => one.left < 0 || one.right > innerWidth).length"


def rows():
    """Write what would widen a page: one long word, and a table of 30 columns."""
    for service, word in WORDS.items():
        table = [[f"{word} {column}" for column in range(30)] for _row in range(3)]
        body = [
            {"kind": "paragraph", "text": word * 300},
            {"kind": "table", "rows": table},
            {"kind": "box", "title": word, "body": [{"kind": "table", "rows": table}]},
        ]
        yield documents.service(service)
        yield pictured(documents.story(1, service, body=body))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Give a page of each service, and a chapter of its book, as a phone opens them."""
    folder = tmp_path_factory.mktemp("phone")
    one = Newsroom(folder, [*rows()])
    one.publish()
    found = {}
    for service in WORDS:
        found["page", service] = one.make("pictures", service)
        with zipfile.ZipFile(one.make("book", service)) as book:
            book.extractall(folder / service)
        found["book", service] = folder / service / "book" / "s1.xhtml"
    return found


@pytest.fixture
def phone(chromium):
    """Give a small phone, and the addresses that it asks for."""
    context = chromium.new_context(viewport=SMALL)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


@pytest.mark.parametrize("service", WORDS)
@pytest.mark.parametrize("kind", ["page", "book"])
def test_nothing_is_wider_than_the_screen_or_the_paper(files, phone, kind, service):
    """A table scrolls by itself, by keyboard too; in a book and in print it folds."""
    page, asked = phone
    page.goto(files[kind, service].as_uri())
    outside = page.evaluate(OUTSIDE)
    face = page.evaluate("getComputedStyle(document.body).fontFamily")

    assert 0 == page.evaluate(SIDEWISE)
    assert page.locator("img").first.evaluate("image => image.naturalWidth") == 320
    assert face.startswith(f'"{FACES[service]}"')
    assert all(one.startswith(("file:", "data:")) for one in asked)
    if kind == "book":
        assert 0 == outside
        return
    assert outside
    table = page.get_by_role("group").first
    table.focus()
    page.keyboard.press("ArrowLeft" if service == "fa" else "ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft")
    page.emulate_media(media="print")
    assert 0 == page.evaluate(OUTSIDE)
    assert 0 == page.evaluate(SIDEWISE)
