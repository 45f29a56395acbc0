import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from edition.markup import Reader, resolve
from edition.paper import (
    FIRST,
    TEXTS,
    every_story,
    full_story,
    own_words,
    plain_story,
    release,
    rich_story,
    service,
)
from tamizdat.edition import pack
from tamizdat.edition.blocks import Block
from tamizdat.edition.compare import ADDED, REMOVED, Run
from tamizdat.edition.dates import month_of, way_of
from tamizdat.edition.errors import StoryError
from tamizdat.edition.headings import heading, tags
from tamizdat.edition.media import NAME, half_of, name_of
from tamizdat.edition.pages import (
    PAGE_BYTES,
    Card,
    Chunk,
    Page,
    about_pages,
    archive_pages,
    article_pages,
    article_path,
    author_list,
    card,
    changes_pages,
    chooser_pages,
    corrections_list,
    feeds_pages,
    front_page,
    mirrors_pages,
    month_pages,
    news_list,
    not_found_page,
    noted,
    notice_pages,
    section_list,
    tag_list,
    text_front,
    text_pages,
    text_path,
    trust_page,
)
from tamizdat.edition.pages.constant import aloud
from tamizdat.edition.pages.packed import (
    Row,
    packed_index,
    packed_page,
    passages_of,
)
from tamizdat.edition.pages.registers import (
    Named,
    few_pages,
    find_page,
    letter_of,
    letter_pages,
    letters_pages,
    search_pages,
)
from tamizdat.edition.stories import Change, Release, Service, Story, Tag
from tamizdat.edition.wording import wording

LANGUAGES = ("en", "ru", "fa")
FINGERPRINT = hashlib.sha256(b"first trust note").hexdigest()


def article(story: Story) -> Reader:
    """Read the only page of a story."""
    (page,) = article_pages(story, service(story.language), section_name="Law")
    return Reader(page.content.decode())


def articles(story: Story, ours: Service) -> list[Page]:
    """Print a story with its pictures and without."""
    pages = article_pages(story, ours, section_name="Law")
    return [*pages, *text_pages(pages)]


def paper(language: str) -> dict[str, bytes]:
    """Print all pages of a small service, by path."""
    ours = service(language)
    stories = [full_story(language), *(plain_story(n, language) for n in range(65))]
    long = plain_story(70, language, id="long")
    stories[1] = replace(stories[1], releases=_releases(stories[1]))
    stories.append(replace(long, body=long.body * 12))
    stories.sort(key=lambda story: story.published)
    cards = [card(story) for story in stories]
    lists = [(news_list(ours), cards)]
    for section in ours.sections:
        inside = [one for one in cards if one.section == section.id]
        lists.append((section_list(ours, section), inside))
    lists += [(tag_list(ours, tag.id), cards) for tag in stories[0].tags]
    lists.append((author_list(ours, "reporter"), cards))
    notes = [n for story in stories for n in noted(story, changes_pages(story, ours))]
    pages = [
        *(p for s in stories for p in articles(s, ours)),
        *(p for s in stories for p in changes_pages(s, ours)),
        front_page(ours, cards),
        text_front(front_page(ours, cards), cards),
        *(p for shelf, some in lists for p in shelf.pages(some, _published)),
        *corrections_list(ours).pages(notes, lambda note: note.time),
        not_found_page(ours),
        *notice_pages(ours),
        *about_pages(ours),
        *feeds_pages(ours),
        *mirrors_pages(ours),
        *chooser_pages([ours])[1:],
        trust(language),
        *packed_pages(stories, ours),
        *search_pages(ours),
        find_page(ours),
        *few_pages(
            "t", ours, [Named(f"t/{t.id}", t.name, "x") for t in stories[0].tags]
        ),
        *few_pages("by", ours, [Named("by/reporter", "Reporter", "x")]),
    ]
    pages += almanac(ours, next(one for one in pages if one.path == "news.html"))
    return {page.path: page.content for page in pages}


def almanac(ours: Service, newest: Page) -> list[Page]:
    """Print the archive of the month of the newest stories."""
    days = dict.fromkeys((one.day for one in newest.days), newest.path)
    month = month_of(date.fromisoformat(min(days)), way_of(ours))
    return [*archive_pages(ours, [month]), *month_pages(ours, month, days)]


def packed_pages(stories: list[Story], ours: Service) -> list[Page]:
    """Print the pages of a pack of all stories, a page a passage, and their list."""
    passages = [
        passage
        for one in stories
        for passage in passages_of(pack.items_of(one), one.release.salt, ours)
    ]
    paths = [f"p/{passage.story}-{passage.number}.html" for passage in passages]
    first = {
        p.story: path for p, path in reversed(list(zip(passages, paths, strict=True)))
    }
    rows = [Row(card(story), first[story.id]) for story in stories]
    near = zip([None, *paths], [*paths[1:], None], strict=False)
    pages = [
        packed_page(path, [passage], ours, before=before, after=after)
        for path, passage, (before, after) in zip(paths, passages, near, strict=False)
    ]
    return [*pages, *packed_index(ours, rows)]


def _releases(story: Story) -> tuple[Release, ...]:
    """Add a release to a story that changed its headline."""
    runs = (Run(REMOVED, "Old"), Run(ADDED, story.headline))
    changes = (Change("headline", runs),)
    return (*story.releases, replace(release(2, "minor"), changes=changes))


def _published(one: Card) -> datetime:
    return one.published


def trust(language: str) -> Page:
    """Print the page that tells how to check a copy."""
    return trust_page(
        service(language, mirrors=("https://m1.example",)),
        organisation_id="press.example",
        number=412,
        signed=datetime(2026, 11, 24, 6, 12, tzinfo=UTC),
        fingerprint=FINGERPRINT,
    )


def test_address_is_made_from_id_and_day_of_first_release() -> None:
    """A headline may change or endanger someone, so no address is made from it."""
    assert article_path(full_story()) == "a/2026-11/20/right-to-know.html"


def test_article_shows_every_element_in_order() -> None:
    """What happened, who says so, how to check it, what it may cost: all are there."""
    story, ours = full_story(), service()
    shown = article(story).text
    assert story.picture
    assert ours.notice
    parts = [
        wording("en").plain["skip_text"],
        wording("en").plain["skip_notice"],
        ours.name,
        wording("en").plain["breaking_news"],
        "Law",
        story.kicker,
        story.headline,
        story.standfirst,
        story.bylines[0].name,
        "Published November 20, 2026",
        "Updated November 20, 2026",
        "Corrected on November 20, 2026",
        story.picture.caption,
        story.picture.credit,
        "Geneva – November 20, 2026",  # noqa: RUF001
        *(block.text for block in story.body),
        "Correction",
        story.releases[1].note,
        story.credit_line,
        story.bylines[0].name,
        story.bylines[0].role,
        story.bylines[0].bio,
        wording("en").plain["translated"],
        *(tag.name for tag in story.tags),
        "Русский",
        "Қазақша",
        ours.notice.designation,
        *ours.notice.paragraphs,
        wording("en").plain["notice_more"],
        wording("en").plain["trust"],
        wording("en").plain["corrections"],
        wording("en").plain["about"],
    ]
    at = 0
    for part in filter(None, parts):
        assert part in shown[at:], part
        at = shown.index(part, at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_that_exist(language: str) -> None:
    """Inside a service no link is dead, no fragment is missing."""
    pages = paper(language)
    readers = {
        path: Reader(content.decode())
        for path, content in pages.items()
        if path.endswith(".html")
    }
    for path, reader in readers.items():
        for address in reader.addresses:
            if address.startswith(("https:", "data:")):
                continue
            target, fragment = resolve(path, address)
            if target.startswith(("../", "m/")):
                continue
            assert target in pages, f"{path} -> {address}"
            assert not fragment or fragment in readers[target].ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_with_pictures_has_one_without(language: str) -> None:
    """Text alone loads nothing, says every word, and stays text from page to page."""
    ours, long = service(language), rich_story(language)
    story = replace(long, body=(*long.body, *full_story(language).body * 6))
    whole = article_pages(story, ours, section_name="Law")
    texts = text_pages(whole)
    switch = wording(language).plain["text_only"]
    for page, text in zip(whole, texts, strict=True):
        rich, bare = page.content.decode(), text.content.decode()
        read = Reader(bare)

        assert not {"img", "source", "picture"} & {tag for tag, _ in read.tags} - {
            "source" if "<audio" in bare else ""
        }
        assert len(text.content) <= PAGE_BYTES
        assert words_in(rich) - words_in(bare) <= set(switch.split())
    first, second = (Reader(one.content.decode()) for one in texts[:2])
    there = [one["href"] for one in first.links()]

    assert article_path(story).rpartition("/")[2] in there
    assert f"{story.id}.text.2.html" in there
    assert f"{story.id}.text.html" in [one["href"] for one in second.links()]


def words_in(html: str) -> set[str]:
    """Take what a page says, word by word."""
    return set(re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", html).split())


def test_front_page_without_picture_leads_to_stories_without() -> None:
    """Whoever begins with text alone goes on with it."""
    ours = service()
    cards = [card(full_story()), card(plain_story(1))]
    front = text_front(front_page(ours, cards), cards)
    read = Reader(front.content.decode())
    led = [one["href"] for one in read.links()]

    assert "text.html" == front.path
    assert not {"img", "picture"} & {tag for tag, _ in read.tags}
    assert text_path(cards[0].path) in led
    assert cards[0].path not in led
    assert cards[1].path in led
    assert {"text.html", "index.html"} <= set(led)


def test_lists_lead_on_without_pictures_who_comes_without() -> None:
    """From text to any list, on to its older pages and back to text: no page more."""
    ours = service()
    story, bare = every_story(), plain_story(1, breaking=True)
    shelf = replace(section_list(ours, ours.sections[0]), alarms=(card(bare),))
    cards = [card(story), card(bare)]
    (page, _feed) = shelf.index_pages(cards, Chunk("2026-10", 1))
    read = Reader(page.content.decode())
    (text,) = text_pages(article_pages(story, ours, section_name="Law"))
    there = [one["href"] for one in Reader(text.content.decode()).links()]
    lists = [h for h in there if re.search(r"(^|/)(news|(s|t|by)/[a-z-]+)\.html", h)]
    own = {one["href"] for one in read.links() if "bare" in one.get("class", "")}

    assert 5 == len(lists)  # newest, section, two subjects, author
    assert all(one.endswith(".html#text-only") for one in lists)
    assert "text-only" in read.ids
    assert own == {
        *("../notice.html", "../text.html", "../a/2026-10/s/law_1.html#text-only"),
        f"../{text_path(article_path(story))}",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_asks_another_host_for_anything(language: str) -> None:
    """A reader is seen by the mirror they chose and by nobody else."""
    program = {"type": "module", "src": f"../find/{language}/find.mjs"}
    for path, content in paper(language).items():
        if path.endswith(".atom"):
            continue
        reader = Reader(content.decode())
        assert "url(" not in reader.style
        assert "@import" not in reader.style
        for tag, values in reader.tags:
            loaded = values.get("src", "") + values.get("srcset", "")
            assert "//" not in loaded, path
            assert tag not in {"iframe", "object", "embed", "form", "video", "audio"}
            if tag == "link":  # a feed is named, not loaded
                assert values["href"] == "data:," or values["rel"] == "alternate"
                assert "//" not in values["href"]
            own = path == "find.html" and values == program
            assert tag != "script" or own or values == {"type": "application/ld+json"}
            assert not any(name.startswith("on") for name in values), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_larger_than_a_throttled_network_lets_through(language: str) -> None:
    """Each page closes before 16,384 bytes and before 8 KB on the wire."""
    for content in paper(language).values():
        assert len(content) <= PAGE_BYTES
        assert len(gzip.compress(content, 9, mtime=0)) <= 8192


@pytest.mark.parametrize("language", ["en", "ru", "fa", "hy", "ka"])
def test_article_with_too_much_of_everything_is_printed(language: str) -> None:
    """A headline of 400 characters over 40 subjects and 30 columns stands on pages."""
    bare = full_story(language)
    cells = tuple(tuple(f"{row} by {cell}" for cell in range(30)) for row in range(9))
    word = Block("paragraph", bare.headline.replace(" ", "") * 9)
    story = replace(
        bare,
        headline=(f"{bare.headline} " * 20)[:399] + "!",
        body=(word, Block("table", rows=cells), *bare.body),
        tags=tuple(Tag(f"t{n}", f"{bare.kicker} {n}") for n in range(40)),
    )
    pages = article_pages(story, service(language), section_name="Law")
    first = Reader(pages[0].content.decode())

    assert all(len(page.content) <= PAGE_BYTES for page in pages)
    assert story.headline in first.text
    assert all(tag.name in first.text for tag in story.tags)
    assert any("8 by 29" in page.content.decode() for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_costs_little_more_than_its_own_words(language: str) -> None:
    """All but the story's words fits into 3.2 KB of gzip, every element shown."""
    story = full_story(language)
    (page,) = article_pages(story, service(language), section_name="Law")
    words = own_words(story).encode()
    cost = len(gzip.compress(page.content, 9, mtime=0))
    cost -= len(gzip.compress(words, 9, mtime=0))

    assert cost <= 3200


@pytest.mark.parametrize("tag", tags())
def test_words_of_no_language_cost_more(tag: str) -> None:
    """Around the same story, 3.2 KB of gzip hold the paper's words in any language."""
    head, story = heading(tag), full_story()
    ours = replace(service(), id=tag.lower(), language=tag, direction=head.direction)
    ours = replace(ours, calendar=head.calendar, time_zone=head.zone)
    one = replace(story, service=ours.id, language=tag)
    (page,) = article_pages(one, ours, section_name="Law")
    cost = len(gzip.compress(page.content, 9, mtime=0))
    cost -= len(gzip.compress(own_words(story).encode(), 9, mtime=0))

    assert cost <= 3200


def test_same_story_gives_the_same_bytes_on_any_machine() -> None:
    """Zone, locale and hash seed of a machine decide no byte."""
    code = (
        "import hashlib; from edition.test_pages import paper\n"
        "whole = hashlib.sha256()\n"
        "for path, content in sorted(paper('fa').items()): whole.update(content)\n"
        "print(whole.hexdigest())"
    )
    found = set()
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "UTC", "fa_IR.UTF-8")):
        env = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        env |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONTZPATH": ""}
        run = [sys.executable, "-c", code]
        found.add(subprocess.run(run, env=env, check=True, capture_output=True).stdout)

    assert len(found) == 1


def test_text_can_never_become_markup() -> None:
    """A headline, a note or a link from a hostile wire stays text."""
    evil = "</script></style><img src=x onerror=alert(1)>\"'&"
    story = full_story(
        headline=evil, releases=(release(1, "publish"), release(2, "correction", evil))
    )
    reader = article(story)

    assert evil in reader.text
    assert json.loads(reader.script)["correction"][0]["text"] == evil
    assert not any("onerror" in values for _, values in reader.tags)


def test_machines_read_what_was_corrected_and_when() -> None:
    """JSON-LD names the article, its times, its author and each correction."""
    facts = json.loads(article(full_story()).script)

    assert facts["@type"] == "NewsArticle"
    assert datetime.fromisoformat(facts["datePublished"]) == FIRST
    assert facts["correction"][0]["@type"] == "CorrectionComment"


def test_picture_is_offered_in_sizes_and_described_once() -> None:
    """A phone loads a small AVIF; a caption is not read aloud twice."""
    story = full_story()
    assert story.picture
    same = replace(story.picture, alt=story.picture.caption.upper())
    image = next(v for tag, v in article(story).tags if tag == "img")
    quiet = next(v for tag, v in article(full_story(picture=same)).tags if tag == "img")
    source, older = (v for tag, v in article(story).tags if tag == "source")

    assert image["alt"] == story.picture.alt
    assert quiet["alt"] == ""
    assert (image["width"], image["height"]) == ("640", "360")
    assert image["src"].endswith(".jpg")
    assert source["srcset"].count(".avif ") == 4
    assert source["srcset"].endswith(".avif 1280w")
    assert (older["type"], older["media"]) == ("image/webp", "(max-width:40rem)")
    small = next(r for r in story.picture.renditions if r.type == older["type"])
    assert older["srcset"] == f"../../../m/{small.name}"


def test_file_is_named_by_half_its_hash_and_by_nothing_else() -> None:
    """The name tells the bytes, and what is no such name tells none."""
    digest = hashlib.sha256(b"a picture").hexdigest()
    name = name_of(digest)

    assert digest[:32] == half_of(name)
    assert re.fullmatch(NAME, f"m/{name}.avif")
    for other in (name[:-1], name.upper(), f"{name[:-1]}b", digest[:32], "", "é" * 26):
        assert "" == half_of(other), other


def test_edition_carries_the_sizes_that_a_page_names_and_few_others() -> None:
    """Of twelve sizes seven go out: a portrait would name the smallest JPEG."""
    picture = full_story().picture
    assert picture
    (page,) = article_pages(full_story(), service(), section_name="Law")
    carried = {file.name for file in picture.files}
    portrait = {r.name for r in picture.renditions if r.type == "image/jpeg"}
    unnamed = {name for name in carried if name not in page.content.decode()}

    assert (12, 7) == (len(picture.renditions), len(carried))
    assert 1 == len(unnamed & portrait) == len(unnamed)


def test_other_languages_are_named_in_themselves() -> None:
    """A link to Persian says so to people and to screen readers."""
    links = [v for v in article(full_story()).links() if v.get("hreflang") == "fa"]

    assert links[0]["lang"] == "fa"
    assert links[0]["dir"] == "rtl"
    assert links[0]["href"] == "../../../../fa/a/2026-11/20/right-to-know.html"


def test_tags_lead_to_their_lists() -> None:
    """What a story is about is one step from everything else about it."""
    links = [v["href"] for v in article(full_story()).links() if "/t/" in v["href"]]
    bare = article(full_story(tags=()))

    assert links == ["../../../t/public-life.html", "../../../t/law.html"]
    assert not any("/t/" in values["href"] for values in bare.links())


def test_later_page_has_headline_number_text_turns_and_the_notice() -> None:
    """From page 2 on a long story costs its reader little but its words."""
    story = replace(full_story(), body=full_story().body * 9)
    pages = article_pages(story, service(), section_name="Law")
    first, later, last = (Reader(pages[n].content.decode()) for n in (0, 1, -1))
    (line,) = story.bylines
    below = (story.releases[1].note, story.credit_line, line.role, line.bio)
    outside = [v["href"] for v in later.links() if not v["href"].startswith("https:")]

    assert len(pages) > 2
    assert outside == [
        "right-to-know.html",
        "right-to-know.3.html",
        "../../../notice.html",
    ]
    assert later.text.startswith(f"{story.headline}Page 2 of {len(pages)}")
    assert later.text.endswith(wording("en").plain["skip_notice"])
    assert story.kicker
    assert story.kicker not in later.text
    assert [True] * 4 == [words in first.text for words in below]
    assert [False] * 4 == [words in later.text + last.text for words in below]
    assert not {tag for tag, _ in later.tags} & {"img", "script", "nav ", "header "}


def test_name_of_a_tag_can_never_become_markup() -> None:
    """A tag is a text like any other."""
    evil = "<b onclick=x>\"'&"
    reader = article(full_story(tags=(Tag("evil", evil),)))

    assert evil in reader.text
    assert not any("onclick" in values for _, values in reader.tags)


def test_original_is_named_once() -> None:
    """The story it derives from is not also called a translation of it."""
    lineage = full_story().lineage
    assert lineage
    story = full_story(lineage=replace(lineage, id="right-to-know"))
    links = [v for v in article(story).links() if v.get("hreflang") == "ru"]

    assert len(links) == 1


def test_original_is_led_to_by_the_name_of_its_service() -> None:
    """The line says how it was made, whose the original is, and leads to it."""
    story = full_story()
    assert story.lineage
    name = story.lineage.name
    reader = article(story)

    assert (
        f"This story is a translation. To read the original story by {name}, follow"
        f" this link: {story.lineage.headline}"
    ) in " ".join(reader.text.split())
    assert ("bdi", {"lang": "ru"}) in reader.tags

    nameless = article(full_story(lineage=replace(story.lineage, name=None)))

    assert "This story is a translation. Read the original:" in nameless.text


def test_link_in_a_text_tells_its_target_nothing() -> None:
    """A site that a story links to learns neither mirror nor page."""
    reader = article(full_story())
    link = next(v for v in reader.links() if v["href"].startswith("https:"))

    assert link["href"] == "https://www.un.org/en/?a=1&b=2"
    assert link["rel"] == "noopener noreferrer"
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in reader.tags


def test_marks_that_overlap_stay_well_formed() -> None:
    """Emphasis across the end of a link is closed and opened again."""
    (page,) = article_pages(full_story(), service(), section_name="Law")

    assert "advent<em> of a worl</em></a><em>d in w</em>" in page.content.decode()


def test_every_page_of_a_story_carries_the_salt_of_its_release() -> None:
    """The hash of a page says nothing about its text to who only guesses it."""
    story = full_story(body=full_story().body * 9)
    pages = article_pages(story, service(), section_name="Law")
    front = front_page(service(), [card(story)])

    assert len(pages) > 1
    assert all(story.release.salt in page.content.decode() for page in pages)
    assert f'data-salt="{story.release.salt}"' in front.content.decode()


def test_retracted_story_shows_headline_and_note_only() -> None:
    """Nobody quotes by accident what the newsroom no longer stands by."""
    story = full_story(
        releases=(release(1, "publish"), release(2, "retraction", "It was wrong."))
    )
    reader = article(story)

    assert story.headline in reader.text
    assert "Retracted" in reader.text
    assert "It was wrong." in reader.text
    assert story.standfirst
    assert story.standfirst not in reader.text
    assert story.body[0].text[:40] not in reader.text
    assert not any(tag == "img" for tag, _ in reader.tags)
    assert not any("/t/" in values["href"] for values in reader.links())


@pytest.mark.parametrize("later", ["minor", "redaction", "correction", "clarification"])
def test_withdrawn_story_leaves_no_word_of_itself(later: str) -> None:
    """After a withdrawal, and after any notice about it, no text comes back."""
    story = full_story(
        releases=(
            release(1, "publish"),
            release(2, "correction", "A note."),
            release(3, "withdrawal"),
            release(4, later, "About the notice."),
        )
    )
    (page,) = article_pages(story, service(), section_name="Law")
    html = page.content.decode()
    for words in own_words(story).split("\n"):
        assert words not in html
    for fact in ("ld+json", "<img", "hreflang", "Explainer", "/s/", "/t/"):
        assert fact not in html
    assert card(story).tags == ()
    assert "withdrew this story because its text could endanger" in html
    assert card(story).headline == "A story withdrawn for safety"


def test_update_brings_a_withdrawn_story_back() -> None:
    """An editor who publishes a new text is believed."""
    kinds = ("publish", "withdrawal", "update")
    story = full_story(releases=tuple(release(n, k) for n, k in enumerate(kinds, 1)))

    assert story.headline in article(story).text


def test_redaction_is_told_and_not_shown() -> None:
    """Readers learn that words were removed, not which."""
    story = full_story(releases=(release(1, "publish"), release(2, "redaction")))
    shown = article(story).text

    assert "Words removed for safety on November 20, 2026" in shown
    assert "taken out of this story because they could endanger" in shown
    assert story.body[0].text in shown


def test_minor_change_leaves_no_stamp_and_no_note() -> None:
    """A comma set right does not make a story look newer."""
    story = full_story(releases=(release(1, "publish"), release(2, "minor")))

    assert "Updated" not in article(story).text


def test_pages_of_a_long_story_never_take_another_story_name() -> None:
    """The second page of "a" is not the first page of "a-2"."""
    story = full_story(id="a", body=full_story().body * 9)
    paths = [p.path for p in article_pages(story, service(), section_name="Law")]

    assert paths[:2] == ["a/2026-11/20/a.html", "a/2026-11/20/a.2.html"]


@pytest.mark.parametrize("many", [1, 40])
def test_notes_stand_on_the_first_page_or_beside_what_changed(many: int) -> None:
    """A correction is seen at once; of very many the older ones are led to."""
    notes = [release(n, "correction", f"Note {n}. " * 20) for n in range(2, many + 2)]
    story = full_story(
        body=full_story().body * 9, releases=(release(1, "publish"), *notes)
    )
    pages = article_pages(story, service(), section_name="Law")
    first, *others = (Reader(page.content.decode()) for page in pages)
    changes = changes_pages(story, service(), pages)
    told = [a for page in changes for a in Reader(page.content.decode()).ids]
    kept = [anchor for anchor in first.ids if anchor[0] == "r"]
    left = many - len(kept)

    assert f"#r{many + 1}" in [one["href"] for one in first.links()]
    assert kept == [f"r{n}" for n in range(2 + left, many + 2)]
    assert not [anchor for page in others for anchor in page.ids if anchor[0] == "r"]
    assert bool(changes) == bool(left) == (many > 1)
    assert {f"r{one.number}" for one in notes} - set(kept) <= set(told)
    assert (f"Correction ({left}) – what changed" in first.text) == (many > 1)  # noqa: RUF001


@pytest.mark.parametrize("language", ["en", "ru", "fa", "ka"])
def test_text_has_half_of_the_first_page_beside_notes_and_names(language: str) -> None:
    """Many notes and names leave the story its room; a line says where they are."""
    words, said = TEXTS[language], wording(language).plain
    kinds = ("correction", "clarification")
    notes = [release(n, kinds[n % 2], words["note"]) for n in range(2, 42)]
    story = full_story(
        language,
        body=tuple(Block("paragraph", words["cap"]) for _ in range(300)),
        bylines=full_story(language).bylines * 6,
        releases=(release(1, "publish"), *notes),
    )
    ours = service(language)
    pages = article_pages(story, ours, section_name="Law")
    shown = pages[0].content.decode()
    text, _, below = shown.partition('<nav class="pager"')
    text = text.partition('<p class="line">')[2]
    below = below.partition("</nav>")[2].partition('<p class="links">')[0]
    first = Reader(shown)
    [line] = [v for v in first.links() if ".changes." in v["href"]]
    target, fragment = resolve(pages[0].path, line["href"])
    there = {one.path: one.content for one in changes_pages(story, ours, pages)}
    kept = [anchor for anchor in first.ids if anchor.startswith("r")]

    over = len(words["cap"].encode()) + 128  # a paragraph that had no room any more
    assert len(text.encode()) + over > len(below.encode())
    assert fragment in Reader(there[target].decode()).ids
    assert int(fragment[1:]) + 1 == int(kept[0][1:])
    assert kept[-1] == "r41"
    assert said["correction"] in first.text
    assert said["clarification"] in first.text
    assert words["credit_line"] in first.text


def test_note_longer_than_a_page_is_led_to_where_it_stands() -> None:
    """What has no room on the first page stands whole beside what changed."""
    note = " ".join(f"Error {n} was made." for n in range(1_500))
    ledger = (release(1, "publish"), release(2, "correction", note))
    story = full_story(body=full_story().body * 9, releases=ledger)
    pages = article_pages(story, service(), section_name="Law")
    first = Reader(pages[0].content.decode())
    links = {v["href"] for v in first.links() if v["href"].endswith("#r2")}
    (link,) = links  # of the line under the headline and of the one below the text
    target, fragment = resolve(pages[0].path, link)
    changes = changes_pages(story, service(), pages)
    told = [Reader(page.content.decode()) for page in changes]

    assert target == changes[0].path
    assert fragment in told[0].ids
    assert note[-100:] in told[-1].text
    assert story.bylines[0].bio in first.text


def test_credit_line_longer_than_a_page_is_refused() -> None:
    """It is named as what takes the room; a long one has it."""
    long = full_story(body=full_story().body * 9, credit_line="By " + "agency " * 900)
    pages = article_pages(long, service(), section_name="Law")
    page = pages[0].content.decode()

    assert "agency agency" in page.partition('<nav class="pager"')[2]
    with pytest.raises(StoryError, match="credit_line: names and credit line take"):
        article_pages(
            replace(long, credit_line="agency " * 2_000), service(), section_name="Law"
        )


def test_frame_that_leaves_no_room_is_refused() -> None:
    """A headline longer than a page is a mistake to name, not to cut silently."""
    with pytest.raises(StoryError, match="leaves"):
        article_pages(full_story(headline="word " * 5000), service(), section_name="L")

    story = full_story()
    long = replace(story.picture, caption="word " * 5000)
    with pytest.raises(StoryError, match=r"associations\.lead: the frame leaves"):
        article_pages(replace(story, picture=long), service(), section_name="L")


def test_list_item_longer_than_a_page_is_continued() -> None:
    """Lists and tables close like paragraphs, in the middle of a cell if need be."""
    item = "word " * 9000
    body = (
        Block("list", rows=(("short",), (item.strip(),))),
        Block("table", rows=(("head", "head"), ("x", "y " * 9000))),
    )
    pages = article_pages(full_story(body=body), service(), section_name="Law")
    shown = "".join(Reader(page.content.decode()).text for page in pages)

    assert shown.count("word ") >= 8990
    assert shown.count("y ") >= 8990
    assert all(len(page.content) <= PAGE_BYTES for page in pages)


def test_trust_page_shows_the_fingerprint_and_its_own_limit() -> None:
    """A reader can compare it in groups of four, and knows the page proves nothing."""
    shown = Reader(trust("en").content.decode()).text
    groups = " ".join(re.findall("....", FINGERPRINT))

    assert groups in shown
    assert "412" in shown
    assert "at least once a day" in shown
    assert "November 24, 2026" in shown
    assert "https://m1.example" in shown
    assert "2026-11-24T06:12:00Z" in shown
    assert "tamizdat edition verify URL" in shown
    assert "A page without a script cannot check itself." in shown


def test_fingerprint_is_said_in_words() -> None:
    """The two examples of the proposal, and a fingerprint on its page."""
    assert ["lusab", "babad"] == aloud(bytes([127, 0, 0, 1]))
    assert ["gutih", "tugad"] == aloud(bytes([63, 84, 220, 193]))
    shown = Reader(trust("en").content.decode()).text

    assert " ".join(aloud(bytes.fromhex(FINGERPRINT))) in shown


def test_notice_stands_in_each_territory_as_long_as_it_fits() -> None:
    """A part for each, with the service's own words; of many, they stand once."""
    ours = service("en", territories=("GB", "UA-43"))
    many = replace(ours, territories=tuple(f"US-{n:02}" for n in range(60)))
    words = ours.notice.paragraphs[0]

    assert 2 == Reader(_notice(ours)).text.count(words)
    assert 1 == Reader(_notice(many)).text.count(words)


def _notice(ours: Service) -> str:
    """Print the page of the notice, on one page."""
    (page,) = notice_pages(ours)
    return page.content.decode()


def test_notice_page_promises_no_safety() -> None:
    """It tells what was reported, says that it is no advice, and calls nothing safe."""
    ours = service()
    assert ours.notice
    shown = Reader(_notice(ours)).text
    bare = Reader(_notice(replace(ours, notice=None))).text

    assert ours.notice.paragraphs[0] in shown
    assert "not legal advice" in shown
    assert "does not mean that reading, sharing or keeping" in bare


def test_service_without_notice_still_leads_to_the_page_about_the_law() -> None:
    """No box does not mean no risk, and the link says where to read about it."""
    ours = replace(service(), notice=None)
    (page,) = article_pages(full_story(), ours, section_name="Law")
    links = [v["href"] for v in Reader(page.content.decode()).links()]

    assert "../../../notice.html" in links
    assert "#notice" not in links


@pytest.mark.parametrize(("place", "href"), [(0, "fa/"), (1, "../../fa/")])
def test_chooser_leads_to_each_service_from_both_places(place: int, href: str) -> None:
    """Each language is named in itself, at the root and in every tree."""
    page = chooser_pages([service(name) for name in LANGUAGES])[place]
    html = page.content.decode()
    links = Reader(html).links()

    assert {"class": "name", "href": f"{href}index.html", "hreflang": "fa"} in links
    assert '<li lang="fa" dir="rtl">' in html
    assert 3 * len(LANGUAGES) == len(links)


def test_chooser_says_what_each_service_is_and_what_reading_may_cost() -> None:
    """In its own language; what it says of itself goes where 60 have no room for it."""
    fa, ru = service("fa"), service("ru")
    few = chooser_pages([fa, ru])[0].content.decode()
    crowd = [replace(ru, id=f"s{n}", bio=str(ru.bio) * 9) for n in range(40)]
    root, *many = chooser_pages(crowd)

    for one in (fa, ru):
        words = wording(one.language).plain
        assert one.bio
        assert one.bio in few
        assert f'<a href="{one.id}/notice.html">{words["skip_notice"]}</a>' in few
        assert f'<a href="{one.id}/trust.html">{words["trust"]}</a>' in few
    assert all(len(page.content) <= PAGE_BYTES for page in (root, *many))
    assert 40 == sum(page.content.count(b"<li ") for page in many)
    assert b'href="s0/shared/index.2.html"' in root.content


def test_slash_is_written_as_itself_and_quotes_are_not() -> None:
    """No byte is spent on what ends nothing; what could end a value is escaped."""
    story = full_story(headline='One/two & "three" <four>')
    page, *_ = article_pages(story, service(), section_name="Law")

    assert b"<h1>One/two &amp; &quot;three&quot; &lt;four&gt;</h1>" in page.content
    assert b"&#x2f;" not in page.content


def test_mark_between_two_names_begins_a_line_and_ends_none() -> None:
    """A browser breaks a line before it alone."""
    for name in LANGUAGES:
        story = full_story(name)
        page, *_ = article_pages(story, service(name), section_name="Law")
        html = page.content.decode()

        assert html.count("·") == html.count(" ·\xa0") > 2


def test_language_without_wording_marks_its_english_words() -> None:
    """A Kurdish page says which of its words are English."""
    ours = replace(service(), id="ku", language="ku")
    story = replace(full_story(), service="ku", language="ku")
    (page,) = article_pages(story, ours, section_name="Law")

    assert '<html lang="ku" dir="ltr">' in page.content.decode()
    assert '<span lang="en" dir="ltr">Corrections</span>' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": "Word " * 3_000}, "headlines"),
        ({"standfirst": "Word " * 4_000}, "descriptions"),
        ({"tags": tuple(Tag(f"t{n}", "Name " * 50) for n in range(40))}, "subjects"),
    ],
)
def test_field_that_leaves_no_room_is_named(change, field):
    """Whoever has to shorten something is told what."""
    body = (Block("paragraph", "Word " * 4_000),)
    with pytest.raises(StoryError) as told:
        article_pages(full_story(body=body, **change), service(), section_name="Law")

    assert field == told.value.field


def test_registers_go_by_the_alphabet_of_the_language() -> None:
    """Names and letters stand where readers look for them, in other scripts last."""
    names = ["азбука", "ели", "Ёлка", "Ель", "Яблоко", "Apple"]
    some = [Named(f"t/x{n}", name, "0" * 22) for n, name in enumerate(sorted(names))]
    (page,) = letter_pages("t", service("ru"), "x", some)
    (index,) = letters_pages("t", service("ru"), {one.letter for one in some})
    shown = re.findall('salt="[0]*"><a [^>]*>([^<]*)', page.content.decode())
    letters = re.findall('all_[0-9a-f]*.html">([^<])<', index.content.decode())

    assert names == shown
    assert list(dict.fromkeys(map(letter_of, names))) == letters


@pytest.mark.parametrize(
    ("name", "letter"),
    [("ёлка", "Ё"), ("əli", "Ə"), ("ﬁlm", "F"), ("ადამიანი", "ა"), ("آزادی", "آ")],
)
def test_name_stands_under_the_letter_its_script_begins_names_with(
    name: str, letter: str
) -> None:
    """A capital where there is one; Mtavruli, which few fonts have, is for none."""
    assert letter == letter_of(name)
