from collections.abc import Sequence
from dataclasses import replace

import pytest

from edition.markup import Reader
from edition.paper import full_story, plain_story, release, service
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import (
    PAGE_BYTES,
    Card,
    Page,
    card,
    corrections_pages,
    front_page,
    listing_pages,
)
from tamizdat.edition.stories import Notice, Section, Story


def cards(count: int, language: str = "en", **changes: str) -> list[Card]:
    """Make cards of stories from oldest to newest."""
    made = (card(plain_story(n, language)) for n in range(count))
    return [replace(one, **changes) for one in made]  # type: ignore[arg-type]


def newest(stories: Sequence[Card], language: str = "en") -> dict[str, Page]:
    """Print the list of all stories, by path."""
    pages = listing_pages(service(language), None, stories)
    return {page.path: page for page in pages}


def named(page: Page) -> list[str]:
    """List the ids of the stories a page links to, in order."""
    links = Reader(page.content.decode()).links()
    return [
        values["href"].rpartition("/")[2].removesuffix(".html")
        for values in links
        if "/a/" in values["href"] or values["href"].startswith("a/")
    ]


@pytest.mark.parametrize(
    ("count", "on_index", "numbered"),
    [(0, 0, 0), (29, 29, 0), (30, 30, 1), (59, 59, 1), (60, 30, 2), (61, 31, 2)],
)
def test_index_holds_the_newest_thirty_to_fifty_nine(
    count: int, on_index: int, numbered: int
) -> None:
    """Numbered pages are filled from the oldest, thirty stories each."""
    pages = newest(cards(count))

    assert len(pages) == numbered + 1
    assert len(named(pages["news/index.html"])) == on_index
    for number in range(1, numbered + 1):
        ids = [f"story-{n}" for n in range(30 * number - 30, 30 * number)]
        assert ids[::-1] == named(pages[f"news/{number}.html"])


def test_new_story_touches_the_index_alone() -> None:
    """What a mirror holds of older pages stays good."""
    before, after = newest(cards(70)), newest(cards(71))
    changed = [path for path in after if before.get(path) != after[path]]

    assert changed == ["news/index.html"]


@pytest.mark.parametrize("length", [1, 20, 60, 3000])
def test_every_story_can_be_reached_from_the_index(length: int) -> None:
    """Following "older" visits every story, however long the headlines."""
    pages = newest(cards(95, headline="Wort " * length))
    seen: list[str] = []
    path = "news/index.html"
    while path:
        seen += named(pages[path])
        links = Reader(pages[path].content.decode()).links()
        older = [v["href"] for v in links if v.get("rel") == "next"]
        path = older[0].removeprefix("../") if older else ""

    assert {f"story-{n}" for n in range(95)} == set(seen)
    assert all(len(page.content) <= PAGE_BYTES for page in pages.values())


def test_longer_headline_moves_no_other_story_to_another_number() -> None:
    """An edit changes the page its story stands on, and pages that go on from it."""
    long = cards(95)
    long[10] = replace(long[10], headline="ñ" * 300)
    before, after = newest(cards(95)), newest(long)
    changed = {path for path in after if before.get(path) != after[path]}

    assert {"news/1.html", "news/1.2.html"} >= changed


def test_russian_index_fits_although_its_letters_take_two_bytes() -> None:
    """The index shows fewer of the stories that numbered pages hold already."""
    pages = newest(cards(119, "ru", headline="Очень длинный заголовок " * 4), "ru")
    shown = named(pages["news/index.html"])

    assert len(shown) >= 30
    assert shown[0] == "story-118"


def test_stories_stand_under_their_days() -> None:
    """A reader sees at once what is from today."""
    shown = Reader(newest(cards(30))["news/index.html"].content.decode()).text

    assert shown.index("November 21, 2026") < shown.index("November 20, 2026")


def test_section_lists_its_own_path() -> None:
    """A section's pages stand in its own folder."""
    ours = service()
    pages = listing_pages(ours, ours.sections[0], cards(70))

    assert ["s/law/index.html", "s/law/1.html", "s/law/2.html"] == [
        page.path for page in pages
    ]


def test_front_page_opens_with_the_newest_story() -> None:
    """What happened last stands first."""
    page = front_page(service(), cards(40))

    assert named(page)[0] == "story-39"
    assert len(named(page)) == len(set(named(page)))


def test_breaking_story_stands_above_everything() -> None:
    """A reader who opens the paper cannot miss it."""
    some = cards(40)
    some[5] = replace(some[5], breaking=True)
    page = front_page(service(), some)

    assert named(page)[0] == "story-5"
    assert "Breaking " in Reader(page.content.decode()).text


def test_withdrawn_story_is_not_on_the_front_page() -> None:
    """There is nothing to read; its notice stays at its address and in the lists."""
    gone = full_story(releases=(release(1, "publish"), release(2, "withdrawal")))
    page = front_page(service(), [card(gone)])

    assert named(page) == []
    assert "Nothing has been published here yet." in page.content.decode()


def test_front_page_of_twenty_sections_fits() -> None:
    """It tells fewer stories rather than growing."""
    sections = tuple(Section(f"s{n}", "Очень длинное имя раздела") for n in range(20))
    ours = replace(service("ru"), sections=sections)
    headline = "Очень длинный заголовок " * 6
    some = [
        replace(one, section=f"s{n % 20}", headline=headline)
        for n, one in enumerate(cards(200, "ru"))
    ]
    page = front_page(ours, some)

    assert len(page.content) <= PAGE_BYTES
    assert named(page)[0] == "story-199"


def test_endless_headline_is_shortened_in_lists() -> None:
    """It stands whole on its own page and takes no room from others here."""
    page = newest(cards(2, headline="long " * 4000))["news/index.html"]

    assert named(page) == ["story-1", "story-0"]
    assert "long long…" in Reader(page.content.decode()).text.replace(" …", "…")


def test_notice_longer_than_a_page_is_refused() -> None:
    """Without room for one story there is no list, and the error says where."""
    notice = Notice("x" * 20_000, (), None)
    with pytest.raises(StoryError, match="one entry alone"):
        listing_pages(replace(service(), notice=notice), None, cards(2))


def corrected(count: int) -> list[Story]:
    """Make stories with one correction each."""
    releases = (release(1, "publish"), release(2, "correction", "It was 48, not 50."))
    return [plain_story(n, releases=releases) for n in range(count)]


def test_every_noted_release_is_listed() -> None:
    """Corrections, clarifications and retractions are owned up to in one place."""
    kinds = ("publish", "correction", "update", "clarification", "minor", "retraction")
    story = full_story(
        releases=tuple(release(n, kind, f"note {n}") for n, kind in enumerate(kinds, 1))
    )
    (page,) = corrections_pages(service(), [story])
    shown = Reader(page.content.decode()).text

    assert [shown.find(f"note {n}") > 0 for n in range(1, 7)] == [
        kind in {"correction", "clarification", "retraction"} for kind in kinds
    ]
    assert shown.index("note 6") < shown.index("note 4") < shown.index("note 2")


def test_withdrawn_story_is_not_named_among_corrections() -> None:
    """Its headline and its notes could endanger someone."""
    kinds = ("publish", "correction", "withdrawal")
    story = full_story(
        releases=tuple(release(n, k, "x") for n, k in enumerate(kinds, 1))
    )
    (page,) = corrections_pages(service(), [story])

    assert story.headline not in page.content.decode()


def test_old_corrections_keep_their_page() -> None:
    """The hundredth correction does not move the first."""
    before = {p.path: p for p in corrections_pages(service(), corrected(70))}
    after = {p.path: p for p in corrections_pages(service(), corrected(71))}

    assert before["corrections/1.html"] == after["corrections/1.html"]
    assert before["corrections.html"] != after["corrections.html"]
