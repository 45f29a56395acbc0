"""Anyone can read any page: by ear, by keyboard, on 320 pixels, twice as large."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from edition.paper import TEXTS, full_story, service
from edition.specimen import SCRIPTS, write
from journeys.listening import mistakes, told
from patience import PATIENT
from tamizdat.edition.blocks import Block
from tamizdat.edition.pages import article_pages, card, front_page
from tamizdat.edition.stories import Look, Tag

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async only => (await axe.run(document, {
    runOnly: only, resultTypes: ["violations"],
})).violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.html}`))"""
NARROW = {"width": 320, "height": 640}  # CSS pixels


@pytest.fixture
def narrow(chromium):
    """Give a window of 320 pixels; scripts are on for those who look at the page."""
    context = chromium.new_context(viewport=NARROW)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Give what writes the pages of a language, once: the folder and their paths."""
    folder = tmp_path_factory.mktemp("site")
    return lambda language: (folder, _written(folder, language))


@cache
def _written(folder, language):
    return write(folder, language)


def width(page):
    """Measure how wide the page is."""
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("language", SCRIPTS)
def test_no_rule_of_accessibility_is_broken_on_any_page(narrow, site, language):
    """WCAG 2.2 AA on each page type, in both themes; no page is wider than a phone.

    Each type is checked in each direction; in every script by `make lab`.
    """
    found, (folder, paths) = {}, site(language)
    others = [one for one in SCRIPTS if one != "fa"]
    share = slice(others.index(language), None, 4) if language != "fa" else slice(None)
    checked = set(paths if PATIENT else list(paths)[share])
    for name, path in paths.items():
        narrow.goto((folder / path).as_uri())
        broken = mistakes(narrow)
        broken += rules_broken(narrow) if name in checked else []
        if width(narrow) > NARROW["width"]:
            broken.append(f"{width(narrow)} px wide at 320")
        narrow.evaluate("document.documentElement.style.fontSize = '200%'")
        if width(narrow) > NARROW["width"]:
            broken.append(f"{width(narrow)} px wide in letters twice as large")
        found |= {name: broken} if broken else {}

    assert {} == found


def rules_broken(page):
    """Name what breaks a rule in light, and what cannot be seen in dark."""
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE.read_text("utf-8"))
    broken = page.evaluate(CHECK, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    rule = {"type": "rule", "values": ["color-contrast"]}
    return broken + [f"dark {one}" for one in page.evaluate(CHECK, rule)]


@pytest.mark.parametrize(
    ("wide", "density"), [(320, 2), (360, 2), (360, 3), (412, 2.625), (412, 4)]
)
def test_phone_of_any_density_loads_the_smallest_picture(chromium, site, wide, density):
    """The lead picture fits the first flight however fine the pixels are."""
    folder, paths = site("en")
    with chromium.new_context(
        viewport={"width": wide, "height": 740}, device_scale_factor=density
    ) as context:
        page = context.new_page()
        for name in ("article", "front"):
            page.goto((folder / paths[name]).as_uri())
            shown = page.locator("main picture").first
            offered = shown.locator("source").first.get_attribute("srcset")
            smallest = offered.split(",")[0].split("/")[-1].split(" ")[0]

            assert smallest == shown.locator("img").evaluate(
                "img => img.currentSrc.split('/').pop()"
            )


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_link_is_reached_by_keyboard_and_can_be_seen(narrow, site, language):
    """Tab goes through a page in the order of reading; what has the focus shows it."""
    folder, paths = site(language)
    for name in ("front", "article", "live"):
        narrow.goto((folder / paths[name]).as_uri())
        wanted = narrow.evaluate("""[...document.querySelectorAll(
            "a:not([tabindex]), audio, [tabindex='0']")].length""")
        seen = []
        for _ in range(wanted + 20):  # a player has several stops of its own
            narrow.keyboard.press("Tab")
            seen.append(narrow.evaluate(LOOK))
            if seen[-1][0] is None:
                break
        places = [at for at, _shown in seen if at is not None]

        assert sorted(set(places)) == list(dict.fromkeys(places))
        assert set(range(wanted)) == set(places)
        assert all(shown for at, shown in seen if at is not None)


LOOK = """() => {
    const one = document.activeElement;
    const all = [...document.querySelectorAll(
        "a:not([tabindex]), audio, [tabindex='0']")];
    if (!all.includes(one)) return [null, false];
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const outlined = one.localName === "audio"
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
    return [all.indexOf(one), outlined && box.width > 1 && box.height > 1];
}"""


def test_page_is_read_aloud_in_the_order_of_the_paper(narrow, site):
    """What a screen reader is told: where to skip, whose paper, the story, the law."""
    folder, paths = site("en")
    narrow.goto((folder / paths["article"]).as_uri())
    heard = [f"{one.role} {one.name}" for one in told(narrow)]
    parts = (
        *(
            "link Skip to the text",
            "link Legal risk: read",
            "banner",
            "link Demo Press",
        ),
        *("main", "link Law", "heading Who May Know", "StaticText Published"),
        *("link Corrected on", "figure", "image People", "StaticText Whereas"),
        *("StaticText Correction", "StaticText With reporting", "link Reporter"),
        *("heading Related", "StaticText This story is a translation", "link Русский"),
        *("contentinfo", "region Notice to readers", "link To find out more"),
        "link Why you can",
    )
    at = 0
    for part in parts:
        there = [n for n in range(at, len(heard)) if heard[n].startswith(part)]
        assert there, f"{part} is not told after {heard[max(0, at - 3) : at]}"
        at = there[0] + 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("main.ariaHidden = true", "words are shown"),
        ("main.querySelector('h1').remove()", "headings go"),
        ("main.before(document.querySelector('footer'))", "landmarks go"),
        ("main.style = 'display: flex; flex-flow: column-reverse'", "is told after"),
        ("main.querySelector('a').textContent = ''", "link without a name"),
    ],
)
def test_whoever_listens_hears_what_is_wrong(narrow, site, change, named):
    """Words hidden from the ear, another order, no heading, no name: each is found."""
    folder, paths = site("fa")
    narrow.goto((folder / paths["section"]).as_uri())
    assert [] == mistakes(narrow)
    narrow.evaluate(f"main => {{ {change} }}", narrow.query_selector("main"))

    assert any(named in one for one in mistakes(narrow))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_who_reads_without_pictures_goes_on_without(reader_page, site, language):
    """From a text to its subject's list and back to a text, no picture is asked for."""
    (folder, paths), asked = site(language), []
    story = (folder / paths["article-text"]).as_uri()
    reader_page.on("request", lambda request: asked.append(request.url))
    reader_page.goto(story)
    reader_page.locator("a[href*='/t/law.html']").click()
    links = reader_page.locator("a:visible").all()
    shown = {one.get_attribute("href") for one in links}
    x, y = middle(reader_page.locator("li a[href*='/right-to-know.html']"))
    reader_page.mouse.click(x, y)
    reader_page.wait_for_url("**/*.text.html")

    assert story == reader_page.url
    assert not [one for one in asked if "/m/" in one]
    assert not {"../index.html", "../s/law.html", "#notice"} & shown
    assert "../text.html" in shown


def middle(link):
    """Find where a finger meets a link."""
    box = link.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


BAD = {
    "headline of 400 characters": {"headline": "An endless headline, " * 19},
    "one long word": {"body": (Block("paragraph", "w" * 3_000),)},
    "mixed directions": {
        "headline": "He said “سلام دنیا” and left for שלום",
        "body": (
            Block("paragraph", "Latin متن فارسی ۱۲۳ (abc) עברית 123, end. " * 20),
        ),
    },
    "emoji and combining marks": {
        "headline": "👩‍👩‍👧‍👦🏳️‍🌈 " + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
        "body": (Block("paragraph", "🗞️👍🏽 é ё́ ի՛ " * 200),),
    },
    "no picture": {"picture": None},
    "40 tags": {"tags": tuple(Tag(f"t{n}", f"A subject {n}") for n in range(40))},
    "table of 30 columns": {
        "body": (
            Block(
                "table", rows=tuple(tuple(f"cell {n}" for n in range(30)) for _ in "12")
            ),
        )
    },
    "30,000 words": {
        "body": (Block("paragraph", "A sentence of six words. " * 6_000),)
    },
}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_odd_stories_stay_on_a_small_phone(narrow, tmp_path, language):
    """Whatever a story holds, its pages are no wider than 320, and are told whole."""
    ours, found = service(language), {}
    for name, changes in BAD.items():
        story = replace(full_story(language), **changes)
        printed = article_pages(story, ours, section_name="Law")
        some = [printed[0], printed[-1], front_page(ours, [card(story)])]
        for number, page in enumerate(some):
            path = tmp_path / f"{re.sub('[^a-z0-9]', '-', name)}-{number}.html"
            path.write_bytes(page.content)
            narrow.goto(path.as_uri())
            if width(narrow) > NARROW["width"] or len(page.content) > 16_384:
                found[name, number] = width(narrow), len(page.content)
            if missed := mistakes(narrow):
                found[name, number] = missed

    assert {} == found


@pytest.mark.parametrize("language", ["en", "fa"])
def test_long_word_in_a_table_is_no_wider_than_the_phone(narrow, tmp_path, language):
    """It goes on below itself; who reads the column beside it scrolls one screen."""
    rows = (("w" * 400,), ("ش" * 400,)), (("w" * 400, "12"),)
    body = tuple(Block("table", rows=some) for some in rows)
    story = replace(full_story(language), body=body)
    page, *_ = article_pages(story, service(language), section_name="Law")
    (tmp_path / "table.html").write_bytes(page.content)
    narrow.goto((tmp_path / "table.html").as_uri())
    found = narrow.locator(".wide").evaluate_all(
        "all => all.map(one => [one.scrollWidth - one.clientWidth, one.tabIndex])"
    )

    assert [0, -1] == found[0]
    assert 0 < found[1][0] <= 88
    assert found[1][1] == 0


@pytest.mark.parametrize("language", ["en", "fa"])
def test_wide_logo_stays_on_the_phone_in_letters_twice_as_large(
    narrow, tmp_path, language
):
    """Eight times as wide as high is the widest that a newsroom may bring."""
    ours = service(language, look=Look(logo=LOGO))
    story = full_story(language)
    printed = article_pages(story, ours, section_name="Law")
    for number, page in enumerate((printed[0], front_page(ours, [card(story)]))):
        path = tmp_path / f"{number}.html"
        path.write_bytes(page.content)
        narrow.goto(path.as_uri())
        narrow.evaluate("document.documentElement.style.fontSize = '200%'")

        assert width(narrow) <= NARROW["width"]
        assert narrow.locator(".mast svg").bounding_box()["width"] > 250


LOGO = (
    '<svg viewbox="0 0 192 24" height="1em" fill="currentColor" aria-hidden="true">'
    '<rect x="0" y="0" width="192" height="24"></rect></svg>'
)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_wide_table_is_printed_whole(narrow, tmp_path, language):
    """No column of thirty lies beside the sheet; on a screen they are scrolled to."""
    story = replace(full_story(language), **BAD["table of 30 columns"])
    (page,) = article_pages(story, service(language), section_name="Law")
    (tmp_path / "table.html").write_bytes(page.content)
    narrow.set_viewport_size({"width": 700, "height": 900})
    narrow.goto((tmp_path / "table.html").as_uri())
    sheet = """() => [...document.querySelectorAll("th, td")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && box.left >= 0 && box.right <= innerWidth;
    }).length"""
    scrolled = narrow.evaluate(sheet)
    narrow.emulate_media(media="print")

    assert scrolled < narrow.evaluate(sheet) == 2 * 30


@pytest.mark.parametrize("language", SCRIPTS)
def test_keyboard_stops_at_tables_that_scroll_and_at_no_others(
    narrow, tmp_path, language
):
    """A table that fits a small phone is read like text; a wider one can be reached."""
    words = dict.fromkeys(" ".join(TEXTS[language]["paragraphs"]).split())
    long = sorted(words, key=len)[-20:]
    some = [
        (("1948", "2026"), ("48", "8")),
        *(((a, "1", b),) for a, b in pairwise(long)),
    ]
    some += [((a, "12"),) for a in long] + [(tuple(words)[:9],)]
    body = tuple(Block("table", rows=tuple(map(tuple, rows))) for rows in some)
    story = replace(full_story(language), body=body)
    page, *_ = article_pages(story, service(language), section_name="Law")
    (tmp_path / "tables.html").write_bytes(page.content)
    narrow.goto((tmp_path / "tables.html").as_uri())
    found = narrow.locator(".wide").evaluate_all(
        "all => all.map(one => [one.scrollWidth > one.clientWidth, one.tabIndex >= 0])"
    )

    assert [False, False] == found[0]
    assert not [at for at, (wide, stops) in enumerate(found) if wide and not stops]
    assert any(wide for wide, _stops in found)


@pytest.mark.parametrize("language", SCRIPTS)
def test_marks_piled_on_letters_cover_no_other_words(narrow, tmp_path, language):
    """What is piled on a headline ends with it; the marks of languages are not cut."""
    path, plain = tmp_path / "piled.html", TEXTS[language]["headline"]
    marked = f"Ắỗ {plain} Ё́ й قُرْآنٌ مُّلَّ"
    piled = plain[0] + "\u0301" * 12 + plain[1:]

    def shot(headline, part, rule=CLIP):
        story = replace(full_story(language), headline=headline)
        page, *_ = article_pages(story, service(language), section_name="Law")
        path.write_bytes(page.content.replace(CLIP, rule))
        narrow.goto(path.as_uri())
        box = narrow.locator(part).first.bounding_box()
        return narrow.screenshot(clip={**box, "height": int(box["height"]) - 1})

    assert CLIP in article_pages(full_story(), service(), section_name="L")[0].content
    assert shot(plain, ".kick") == shot(piled, ".kick")
    assert shot(marked, "article > header") == shot(marked, "article > header", b"")


CLIP = b"clip-path:inset(-.3em)"


@pytest.mark.parametrize("language", SCRIPTS)
def test_picture_above_a_text_is_as_wide_as_the_text(narrow, site, language):
    """On a desktop it leaves room for words on the first screen."""
    folder, paths = site(language)
    narrow.set_viewport_size({"width": 1280, "height": 900})
    narrow.goto((folder / paths["article"]).as_uri())
    text, picture = (
        narrow.locator(f"article > {part}").first.bounding_box()
        for part in ("p", "figure")
    )

    assert text["width"] == picture["width"]
