import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from edition.markup import Reader, resolve
from edition.paper import FIRST, full_story, plain_story, release, salt, service
from tamizdat.edition.compare import ADDED, Run
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages import (
    PAGE_BYTES,
    Card,
    Noted,
    Page,
    card,
    changes_pages,
    corrections_list,
    front_page,
    news_list,
    noted,
    section_list,
    tag_list,
)
from tamizdat.edition.stories import Change, Notice, Release, Section, Tag

DAY_1, DAY_2 = "a/2026-11/20", "a/2026-11/21"  # of the first fifteen cards; the next 24


def cards(count: int, language: str = "en", **changes: str) -> list[Card]:
    """Make cards of stories from oldest to newest, one an hour from 9:00 on."""
    made = (card(plain_story(n, language)) for n in range(count))
    return [replace(one, **changes) for one in made]  # type: ignore[arg-type]


def published(one: Card) -> datetime:
    """Give the time that places a story on a list."""
    return one.published


def by_path(pages: Iterable[Page]) -> dict[str, Page]:
    """Put HTML pages under their paths, each of which stands once."""
    listed = [page for page in pages if page.path.endswith(".html")]
    found = {page.path: page for page in listed}
    assert len(found) == len(listed)
    return found


def newest(stories: Sequence[Card], language: str = "en") -> dict[str, Page]:
    """Print the list of all stories, by path."""
    return by_path(news_list(service(language)).pages(stories, published))


def about(stories: Sequence[Card], tag: str) -> dict[str, Page]:
    """Print the list of a tag, by path."""
    return by_path(tag_list(service(), tag).pages(stories, published))


def named(page: Page) -> list[str]:
    """List the ids of the stories a page links to, in order."""
    links = Reader(page.content.decode()).links()
    targets = [resolve(page.path, values["href"])[0] for values in links]
    return [
        target.rpartition("/")[2].removesuffix(".html")
        for target in targets
        if target.startswith("a/20") and "_" not in target
    ]


def older(page: Page) -> str | None:
    """Give the path that "older" leads to."""
    links = Reader(page.content.decode()).links()
    found = [values["href"] for values in links if values.get("rel") == "next"]
    return resolve(page.path, found[0])[0] if found else None


def follow(pages: dict[str, Page], path: str | None) -> list[str]:
    """List the paths from a page on, always going to "older"."""
    seen: list[str] = []
    while path:
        seen.append(path)
        path = older(pages[path])
    return seen


def changed(before: dict[str, Page], after: dict[str, Page]) -> set[str]:
    """Name the pages that are new, different or gone."""
    every = before.keys() | after.keys()
    return {path for path in every if before.get(path) != after.get(path)}


def ids(numbers: Iterable[int]) -> list[str]:
    """Name stories, newest first."""
    return [f"story-{n}" for n in sorted(numbers, reverse=True)]


@pytest.mark.parametrize(
    ("count", "on_index", "closed"),
    [
        (0, 0, []),
        (15, 15, []),
        (24, 24, []),
        (25, 10, [f"{DAY_1}/all_1"]),
        (44, 29, [f"{DAY_1}/all_1"]),
        (45, 10, [f"{DAY_1}/all_1", f"{DAY_2}/all_1"]),
    ],
)
def test_index_holds_the_newest_ten_to_twenty_nine(
    count: int, on_index: int, closed: list[str]
) -> None:
    """It holds whole chunks, and a chunk closes when ten entries are newer."""
    pages = newest(cards(count))

    assert {"news.html", *(f"{path}.html" for path in closed)} == pages.keys()
    assert ids(range(count - on_index, count)) == named(pages["news.html"])


def test_index_never_holds_fewer_than_ten_or_more_than_twenty_nine() -> None:
    """Whatever the hour, a reader finds something and never too much."""
    some = cards(130)
    held = [len(named(newest(some[:n])["news.html"])) for n in range(10, 131)]

    assert min(held) == 10
    assert max(held) == 29


def test_page_holds_twenty_entries_of_one_day() -> None:
    """Entries are counted from the oldest of their day."""
    pages = newest(cards(95))

    assert ids(range(15)) == named(pages[f"{DAY_1}/all_1.html"])
    assert ids(range(15, 35)) == named(pages[f"{DAY_2}/all_1.html"])
    assert ids(range(35, 39)) == named(pages[f"{DAY_2}/all_2.html"])


def test_new_story_touches_the_index_alone_until_a_chunk_closes() -> None:
    """What a mirror holds of older pages stays good."""
    some = cards(121)
    closings = 0
    before = newest(some[:1])
    for count in range(2, 122):
        after = newest(some[:count])
        closed = after.keys() - before.keys()
        assert changed(before, after) == {"news.html", *closed}
        closings += bool(closed)
        before = after

    assert 9 == closings


def test_every_story_stands_on_exactly_one_page() -> None:
    """Nothing is repeated, so nothing has to change in two places."""
    pages = newest(cards(121))
    shown = [id_ for page in pages.values() for id_ in named(page)]

    assert sorted(ids(range(121))) == sorted(shown)


@pytest.mark.parametrize("length", [1, 20, 60, 3000])
def test_every_story_can_be_reached_from_the_index(length: int) -> None:
    """Following "older" visits every story, newest first, whatever their length."""
    pages = newest(cards(95, headline="Wort " * length))
    way = follow(pages, "news.html")

    assert ids(range(95)) == [id_ for path in way for id_ in named(pages[path])]
    assert pages.keys() == set(way)
    assert all(len(page.content) <= PAGE_BYTES for page in pages.values())


def test_every_page_but_the_index_leads_back_to_the_newest() -> None:
    """Who comes by an old link finds today's paper."""
    for path, page in newest(cards(95, headline="Wort " * 60)).items():
        links = [values["href"] for values in Reader(page.content.decode()).links()]
        led = [resolve(path, href) for href in links if not href.startswith("#")]
        back = [fragment for target, fragment in led if target == "news.html"]

        assert ([""] if path == "news.html" else ["", "", "text-only"]) == back, path


def test_only_the_newest_stories_are_called_so() -> None:
    """A page that never changes says what stays true of it."""
    for path, page in newest(cards(95, headline="Wort " * 60)).items():
        heading = "Newest stories" if path == "news.html" else "Older stories"

        assert f"<h1>{heading}</h1>" in page.content.decode(), path


def test_longer_headline_moves_no_story_to_another_number() -> None:
    """An edit changes the page its story stands on, and pages that go on from it."""
    long = cards(95)
    long[10] = replace(long[10], headline="ñ" * 300)

    touched = changed(newest(cards(95)), newest(long))
    assert {f"{DAY_1}/all_1.html", f"{DAY_1}/all_1.2.html"} >= touched


def test_long_headlines_go_on_at_pages_of_their_own_number() -> None:
    """The chain of one chunk ends where the next older chunk begins."""
    pages = newest(cards(95, headline="Ж" * 300))
    way = follow(pages, "news.html")
    stem = f"{DAY_2}/all_1"

    assert f"{stem}.2.html" in pages
    assert way.index(f"{stem}.html") + 1 == way.index(f"{stem}.2.html")
    assert ids(range(15, 35)) == [
        id_ for path in way if path.startswith(stem) for id_ in named(pages[path])
    ]


def test_russian_index_goes_on_where_its_letters_take_two_bytes() -> None:
    """No story is left out because the alphabet of the paper is a longer one."""
    pages = newest(cards(44, "ru", headline="Очень длинный заголовок " * 9), "ru")
    index = [path for path in follow(pages, "news.html") if path.startswith("news")]

    assert ["news.html", "news/2.html"] == index[:2]
    assert ids(range(15, 44)) == [id_ for path in index for id_ in named(pages[path])]


def test_story_that_goes_moves_others_within_its_day_alone() -> None:
    """All other days stand as they stood."""
    some = cards(121)
    touched = changed(newest(some), newest([*some[:20], *some[21:]]))

    assert {f"{DAY_2}/all_1.html", f"{DAY_2}/all_2.html"} == touched


def test_story_that_comes_late_moves_others_within_its_day_alone() -> None:
    """An old story printed for the first time costs the pages of its own day."""
    some = cards(121)
    late = replace(some[20], id="late", published=some[20].published)
    touched = changed(newest(some), newest([*some[:21], late, *some[21:]]))

    assert {f"{DAY_2}/all_1.html", f"{DAY_2}/all_2.html"} == touched


def test_chunk_that_comes_changes_the_link_of_the_next_day() -> None:
    """A page leads to the newest chunk before it, also when that one is new."""
    some = cards(121)
    late = [replace(some[14], id=f"late-{n}") for n in range(6)]
    before, after = newest(some), newest([*some[:15], *late, *some[15:]])
    after_day = f"{DAY_2}/all_1.html"

    expected = {f"{DAY_1}/all_1.html", f"{DAY_1}/all_2.html", after_day}
    assert expected == changed(before, after)
    assert f"{DAY_1}/all_1.html" == older(before[after_day])
    assert f"{DAY_1}/all_2.html" == older(after[after_day])
    assert named(before[after_day]) == named(after[after_day])


def test_stories_stand_under_their_days() -> None:
    """A reader sees at once what is from today."""
    shown = Reader(newest(cards(20))["news.html"].content.decode()).text

    assert shown.index("November 21, 2026") < shown.index("November 20, 2026")


def test_section_is_cut_by_months() -> None:
    """Its closed pages stand in the folder of their month."""
    ours = service()
    pages = by_path(section_list(ours, ours.sections[0]).pages(cards(300), published))
    november = [f"a/2026-11/s/law_{n}.html" for n in range(1, 14)]

    assert {"s/law.html", *november, "a/2026-12/s/law_1.html"} == pages.keys()
    assert ids(range(240, 255)) == named(pages["a/2026-11/s/law_13.html"])
    assert "a/2026-11/s/law_13.html" == older(pages["a/2026-12/s/law_1.html"])


def test_tag_is_cut_by_months() -> None:
    """Its closed pages stand in the folder of their month."""
    pages = about(cards(70), "law")
    closed = [f"a/2026-11/t/law_{n}.html" for n in (3, 2, 1)]

    assert ["t/law.html", *closed] == follow(pages, "t/law.html")
    assert ids(range(60, 70)) == named(pages["t/law.html"])


def test_tag_is_called_as_its_newest_story_on_the_page_calls_it() -> None:
    """Another spelling appears at once and changes no closed page."""
    some = cards(70)
    again = replace(some[-1], id="again", tags=(Tag("law", "Law and Order"),))
    before, after = about(some, "law"), about([*some, again], "law")

    assert {"t/law.html"} == changed(before, after)
    assert "<h1>Law and Order</h1>" in after["t/law.html"].content.decode()
    assert "<h1>Law</h1>" in after["a/2026-11/t/law_3.html"].content.decode()


def test_front_page_opens_with_the_newest_story() -> None:
    """What happened last stands first."""
    page = front_page(service(), cards(40))

    assert named(page)[0] == "story-39"
    assert len(named(page)) == len(set(named(page)))


@pytest.mark.parametrize(
    ("count", "tops", "beside", "listed"),
    [
        *((0, 0, 0, 0), (1, 1, 0, 0), (3, 1, 0, 2), (5, 1, 2, 2), (9, 3, 3, 3)),
        *((12, 4, 4, 4), (40, 7, 6, 10)),
    ],
)
def test_front_page_of_a_small_paper_has_all_its_parts(
    count: int, tops: int, beside: int, listed: int
) -> None:
    """Some lead, some are new, some stand in their section; no part stands empty."""
    html = front_page(service(), cards(count)).content.decode()
    new = re.findall('<section class="new">.*?</section>', html)
    sections = re.findall('<div class="sections">(.*?)</div>', html)

    assert tops == html.count("<article")
    assert [beside] * bool(beside) == [part.count("<li") for part in new]
    assert [listed] * bool(listed) == [part.count("<li") for part in sections]


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
    page = newest(cards(2, headline="long " * 4000))["news.html"]

    assert named(page) == ["story-1", "story-0"]
    assert "long long…" in Reader(page.content.decode()).text.replace(" …", "…")


def test_notice_longer_than_a_page_is_refused() -> None:
    """Without room for one story there is no list, and the error says where."""
    notice = Notice("x" * 20_000, (), None)
    with pytest.raises(StoryError, match="one entry alone"):
        news_list(replace(service(), notice=notice)).pages(cards(2), published)


def corrections(notes: Sequence[Noted]) -> dict[str, Page]:
    """Print the list of corrections, by path."""
    shelf = corrections_list(service())
    return by_path(shelf.pages(notes, lambda note: note.time))


def corrected(count: int, step: timedelta = timedelta(hours=1)) -> list[Noted]:
    """Make corrections of as many stories, oldest first."""
    found = []
    for n in range(count):
        time, why = FIRST + timedelta(days=1) + n * step, "It was 48, not 50."
        mended = Release(2, "correction", time, why, salt(f"mended {n}"))
        story = plain_story(n, releases=(release(1, "publish"), mended))
        found += noted(story, ())
    return found


def test_every_noted_release_is_listed() -> None:
    """Corrections, clarifications and retractions are owned up to in one place."""
    kinds = ("publish", "correction", "update", "clarification", "minor", "retraction")
    story = full_story(
        releases=tuple(release(n, kind, f"note {n}") for n, kind in enumerate(kinds, 1))
    )
    (page,) = corrections(noted(story, ())).values()
    shown = Reader(page.content.decode()).text

    assert page.path == "corrections.html"
    assert [shown.find(f"note {n}") > 0 for n in range(1, 7)] == [
        kind in {"correction", "clarification", "retraction"} for kind in kinds
    ]
    assert shown.index("note 6") < shown.index("note 4") < shown.index("note 2")


def test_each_correction_leads_to_what_it_changed() -> None:
    """On whichever page that stands; one that changed nothing shown has no link."""
    many = tuple(Run(ADDED, f"{n} " * 3_000) for n in range(2))
    first, *notes = (
        release(1, "publish"),
        *(release(n, "correction", f"note {n}") for n in range(2, 5)),
    )
    told = [replace(one, changes=(Change("body", many),)) for one in notes[:2]]
    story = full_story(releases=(first, *told, notes[2]))
    changes = changes_pages(story, service())
    (page,) = corrections(noted(story, changes)).values()
    html = page.content.decode()
    led = re.findall(r'\(<a href="([^"]*)#(r\d)">[^<]*</a>\)', html)

    assert ["r3", "r2"] == [anchor for _, anchor in led]
    assert 2 == len({path for path, _ in led})
    for path, anchor in led:
        content = next(one.content for one in changes if one.path == path)
        assert anchor in Reader(content.decode()).ids


def test_withdrawn_story_is_not_named_among_corrections() -> None:
    """Its headline and its notes could endanger someone."""
    kinds = ("publish", "correction", "withdrawal")
    story = full_story(
        releases=tuple(release(n, k, "x") for n, k in enumerate(kinds, 1))
    )

    assert [] == noted(story, ())


def test_paper_without_corrections_says_so() -> None:
    """The page exists from the first edition on, because every page links to it."""
    (page,) = corrections([]).values()

    assert page.path == "corrections.html"
    assert named(page) == []


def test_old_corrections_keep_their_page() -> None:
    """The hundredth correction does not move the first."""
    before, after = corrections(corrected(70)), corrections(corrected(71))

    assert {"corrections.html"} == changed(before, after)
    assert "corrections/2026-11_1.html" in after


def test_corrections_are_cut_by_the_month_of_the_note() -> None:
    """When a mistake was owned up to decides, not when the story was printed."""
    pages = corrections(corrected(40, timedelta(days=1)))
    months = ["corrections/2026-12_1.html", "corrections/2026-11_1.html"]

    assert ["corrections.html", *months] == follow(pages, "corrections.html")
    assert ids(range(10)) == named(pages["corrections/2026-11_1.html"])
