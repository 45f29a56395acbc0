"""The list of the pack's pages."""

import re
from dataclasses import replace

import pytest

from edition.paper import full_story, plain_story, release, service
from tamizdat.edition.pages import PAGE_BYTES, card
from tamizdat.edition.pages.packed import Row, packed_index
from tamizdat.edition.parts import REACH


@pytest.mark.parametrize("language", ["en", "fa", "ka"])
def test_list_leads_to_each_story_once_newest_first(language: str) -> None:
    """Its headline says what a page of 16 KB is worth, before it is loaded."""
    cards = [card(plain_story(n, language)) for n in range(5)]
    rows = [Row(one, f"p/{n}.html") for n, one in enumerate(cards)]
    (page,) = packed_index(service(language), rows)
    html = page.content.decode()
    links = re.findall(r'href="([0-9])\.html#story-([^"]+)">([^<]+)<', html)

    assert [(str(n), cards[n].id) for n in range(4, -1, -1)] == [
        (name, story) for name, story, _text in links
    ]
    assert [one.headline for one in reversed(cards)] == [text for *_, text in links]
    assert all(f'data-salt="{one.salt}"' in html for one in cards)


def test_list_says_that_a_story_was_retracted() -> None:
    """No headline stands without that, wherever it leads."""
    ledger = (release(1, "publish"), release(2, "retraction", "It was wrong."))
    gone = card(replace(full_story(), releases=ledger))
    (page,) = packed_index(service(), [Row(gone, "p/0.html")])

    assert b'<b class="flag">Retracted</b>' in page.content


def test_longest_headlines_of_as_many_stories_as_there_can_be_keep_the_budget() -> None:
    """Three bytes a letter, 128 stories, each of a day of its own."""
    one = card(plain_story(1, "ka", headline="ა" * 400, kicker="ა" * 400))
    rows = [
        Row(replace(one, id=f"{'x' * 75}-{n:03}"), f"p/{n}.html") for n in range(REACH)
    ]
    pages = packed_index(service("ka"), rows)

    assert REACH == sum(page.content.count(b"<li data-salt=") for page in pages)
    assert all(len(page.content) <= PAGE_BYTES for page in pages)
    assert ["p/index.html", "p/index.2.html"] == [page.path for page in pages[:2]]
