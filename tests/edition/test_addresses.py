"""Addresses from before: each leads to one page, which tells no word of a headline."""

import pytest

from edition.paper import full_story, service
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import moved_pages
from tamizdat.edition.pages.addresses import old_path


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("https://old.example/a/31234567.html", "old/a/31234567.html"),
        ("http://old.example/a/31234567.html", "old/a/31234567.html"),
        ("https://old.example/a/31234567", "old/a/31234567.html"),
        ("https://old.example/2019/05/77/", "old/2019/05/77.html"),
        ("https://old.example//a//7", "old/a/7.html"),
    ],
)
def test_numbers_and_short_names_stay(permalink, path):
    """A rule of any web server can lead from the one to the other."""
    assert path == old_path(permalink)


@pytest.mark.parametrize(
    "permalink",
    [
        "https://old.example/a/a-headline-with-a-name/31234567.html",
        "https://old.example/news/Имя.html",
        "https://old.example/?p=31",
        "https://old.example/a/b/c/d/e/f/g/h/i",
        "https://old.example/..%2f..%2fx",
        "https://old.example/CON",
    ],
)
def test_words_are_hashed(permalink):
    """An old address may hold a headline, and a headline may have to go."""
    for part in old_path(permalink).removesuffix(".html").split("/")[1:]:
        assert len(part) == 32 or part.isdigit() or len(part) <= 3


def test_spelling_of_the_same_address_is_one():
    """Percent signs or letters: the same page."""
    encoded = "https://old.example/%D0%98%D0%BC%D1%8F.html"

    assert old_path("https://old.example/Имя.html") == old_path(encoded)
    assert old_path("https://old.example/1?a=1") != old_path("https://old.example/1")


def test_host_alone_is_no_address_of_a_story():
    """A front page is not an article."""
    story = full_story(permalinks=("https://old.example/",))

    with pytest.raises(StoryError, match=r"permalinks\.0: expected the address of a"):
        moved_pages(story, service())


def test_page_leads_on_without_a_script_and_without_words():
    """It holds the new address, once for the browser and once for the reader."""
    story = full_story(permalinks=("https://old.example/a/b/7.html",))
    (page,) = moved_pages(story, service())
    target = "../../../a/2026-11/20/right-to-know.html"
    html = page.content.decode()

    assert f'http-equiv="refresh" content="0;url={target}"' in html
    assert f'<a href="{target}">' in html
    assert story.headline not in html
