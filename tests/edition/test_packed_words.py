"""What a pack says of a story, held against what the story's pages say."""

import re
from dataclasses import replace

import pytest

from edition import specimen
from edition.paper import full_story
from edition.sorts import every_sort
from patience import PATIENT
from tamizdat.edition import (
    pack,
    packed_list,
    packed_passages,
    packed_sheet,
    packed_words,
)
from tamizdat.edition.errors import PackError, PageError
from tamizdat.edition.languages import direction
from tamizdat.edition.pages import article_pages, changes_pages
from tamizdat.edition.pages.cards import card
from tamizdat.edition.pages.packed import Row, packed_index, packed_page, passages_of
from tamizdat.edition.tongues import tongues_of

LANGUAGES = list(specimen.SCRIPTS)


def said_of(story, service):
    """Read what the pages of a story say."""
    named = {one.id: one.name for one in service.sections}
    name = named.get(story.section, "World")
    pages = article_pages(story, service, section_name=name)
    told = changes_pages(story, service, pages)
    path = pages[0].path
    return packed_words.article_said(
        [one.content for one in pages], path, [one.content for one in told]
    )


def packed_pages(story, service):
    """Print the pages of a pack that has one story alone."""
    items = pack.items_of(story)
    salt, tongues = story.release.salt, tongues_of(story, items)
    passages = passages_of(items, salt, service, tongues)
    stem = f"p/{story.published:%Y%m%dt%H%M%S}-00000000"
    return [
        packed_page(f"{stem}-{n}.html", [one], service, before=None, after=None)
        for n, one in enumerate(passages, 1)
    ]


def read(pages):
    """Read the one story on some pages."""
    found = [packed_sheet.read_packed(page.content, page.path) for page in pages]
    assert not set().union(*(page.unknown for page in found))
    (passage,) = packed_passages.join(found)
    assert passage.whole
    return passage


def in_list(story, service):
    """Read the row of a list that has one story alone, with the page it stands on."""
    path = f"p/{story.published:%Y%m%dt%H%M%S}-00000000-1.html"
    pages = packed_index(service, [Row(card(story), path)])
    (page,) = (packed_list.read_list(one.content, one.path) for one in pages)
    assert set() == page.unknown
    (row,) = page.rows
    return row, page


def differing(story, service):
    """Name what parts, pages and the list of a pack say otherwise than the article."""
    article = said_of(story, service)
    part = packed_words.packed_said(pack.items_of(story))
    passage = read(packed_pages(story, service))
    row, page = in_list(story, service)
    assert not packed_list.unlike_frame(page, article)
    return (
        packed_words.differing(part, article),
        packed_passages.differing(passage, article),
        packed_list.differing_row(row, passage, article, page.reader, begun=False),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_pack_of_an_honest_paper_says_what_its_articles_say(language):
    """Whatever sort of story, in every script, in parts and on pages.

    Each sort has two scripts every day, of both directions, and all with patience.
    """
    service = specimen.paper(language)
    left = [one for one in LANGUAGES if direction(one) == "ltr"]
    found = {
        name: differing(story, service)
        for number, (name, story) in enumerate(every_sort(language).items())
        if PATIENT or language not in left or left[number % len(left)] == language
    }

    assert len(found) > 5
    assert {name: ([], [], []) for name in found} == found


@pytest.mark.parametrize("make", [specimen.foreign_story, specimen.passages_story])
def test_language_that_no_article_names_is_told(make):
    """Of a named word, a marked passage, a list: a page of a pack says no other."""
    service, story = specimen.paper("en"), make("en")
    article, (page,) = said_of(story, service), packed_pages(story, service)
    places = [one.span() for one in re.finditer(rb' lang="fa"', page.content)]

    assert places
    for start, end in places:
        content = page.content[:start] + b' lang="ar"' + page.content[end:]
        passage = read([replace(page, content=content)])

        assert ["language"] == packed_passages.differing(passage, article)


def test_language_of_words_that_no_section_has_is_told():
    """A section's name is passed over where it stands as kicker, and nothing else."""
    story, service = every_sort("en")["section, told"], specimen.paper("en")
    article, (page,) = said_of(story, service), packed_pages(story, service)
    row, listed = in_list(story, service)
    name = story.kicker.encode()
    told, lie = (
        b'<span lang="la" dir="ltr">%s</span>' % one for one in (name, b"mankind")
    )
    assert told in page.content
    lying = page.content.replace(b"mankind", lie, 1)
    passage = read([replace(page, content=lying)])
    other = replace(row, tongues=(("la", "mankind"),))

    assert ["language"] == packed_passages.differing(passage, article)
    assert ["language"] == packed_list.differing_row(
        other, passage, article, listed.reader, begun=False
    )


LYING = ["full", "live", "long", "retracted", "withdrawn", "much noted", "mixed 0"]
LIE = "Lies"


def forged_part(items, at, forge):
    """Change one line of a story's items; None if no part may be so."""
    found = []
    for item in items:
        lines = item.content.decode().split("\n")
        if 0 < at < len(lines) - 1:
            lines[at : at + 1] = forge(lines[at])
        at -= len(lines) - 1
        try:
            found.append(pack.item_of("\n".join(lines).encode()))
        except PackError:
            return None
    return found


FORGERIES = {
    "more words": lambda line: [f"{line} {LIE}"],
    "other words": lambda line: [f"{line[:-3]}lie"],
    "a letter less": lambda line: [line[:-1]],
    "gone": lambda _line: [],
    "twice": lambda line: [line, line],
    "of another kind": lambda line: [f"p{line[1:]}"],
    "joined by nothing seen": lambda line: [f"{line}\u200b"],
}


@pytest.mark.parametrize("sort", LYING)
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_line_of_a_part_that_no_article_says_is_told(sort, forge):
    """Every line counts, to its last letter."""
    story, service = every_sort("en")[sort], specimen.paper("en")
    items, article = pack.items_of(story), said_of(story, service)
    honest = [item.content for item in items]
    tried, untold = 0, []
    for at in range(sum(one.count(b"\n") for one in honest)):
        lying = forged_part(items, at, forge)
        if lying is None or [item.content for item in lying] == honest:
            continue
        tried += 1
        if not packed_words.differing(packed_words.packed_said(lying), article):
            untold.append(at)

    assert tried or sort == "withdrawn"  # no part may lack its only line
    assert [] == untold


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" - 2026", " retracted 2026", "standing"),
        (" - 2026", " denied 2026", "standing"),
        (" law\n", " world\n", "section"),
        ("T09:00:00Z", "T09:00:01Z", "times"),
        ("T10:00:00Z law", "T10:00:01Z law", "times"),
        ("T10:00:00Z law", "T10:00:00Z law", None),
    ],
)
def test_head_of_an_item_is_held_against_the_article(old, new, said):
    """How a story stands, its times and its section stand on its page, too."""
    story, service = full_story("en"), specimen.paper("en")
    (item,) = pack.items_of(story)
    content = item.content.decode()
    assert old in content
    lying = pack.item_of(content.replace(old, new, 1).encode())
    found = packed_words.differing(
        packed_words.packed_said([lying]), said_of(story, service)
    )

    assert ([said] if said else []) == found


_TEXTS = re.compile(r">[^<]+(?=<)")
_TAGS = re.compile(r"<(?!/|meta|link|html|head|style|title|br)[a-z0-9]+")


def told(pages, article):
    """Tell whether a follower would tell of pages of one story."""
    try:
        found = [packed_sheet.read_packed(page.content, page.path) for page in pages]
    except PageError:
        return True
    passages = packed_passages.join(found)
    return (
        any(page.unknown for page in found)
        or len(passages) > 1
        or not passages[0].whole
        or bool(packed_passages.differing(passages[0], article))
    )


def forged_pages(pages, pattern, forge):
    """Change each place of some pages by itself."""
    for at, page in enumerate(pages):
        text = page.content.decode()
        main = text.index("</style>")
        for match in pattern.finditer(text, main):
            lie = f"{text[: match.start()]}{forge(match[0])}{text[match.end() :]}"
            yield (
                match[0],
                [
                    *pages[:at],
                    replace(page, content=lie.encode()),
                    *pages[at + 1 :],
                ],
            )


PAGE_FORGERIES = {
    "words": (_TEXTS, lambda text: f"{text} {LIE}"),
    "other words": (_TEXTS, lambda text: f">{LIE}{text[2:]}"),
    "unseen": (_TEXTS, lambda text: f"{text}\u202e"),
    "a comment": (_TEXTS, lambda text: f"{text}<!-- {LIE} -->"),
    "a paragraph": (_TAGS, lambda tag: f"<p>{LIE}</p>{tag}"),
    "a title": (_TAGS, lambda tag: f'{tag} title="{LIE}"'),
    "a style": (_TAGS, lambda tag: f'{tag} style="display:none"'),
    "another direction": (_TAGS, lambda tag: f'{tag} dir="rtl"'),
}
PAGED = ["full", "live", "retracted", "withdrawn"]
_FREE = {">Demo Press"}  # name of the service, which a follower knows from articles


@pytest.mark.parametrize("sort", PAGED)
@pytest.mark.parametrize(
    ("pattern", "forge"), PAGE_FORGERIES.values(), ids=PAGE_FORGERIES
)
def test_words_on_a_page_that_no_article_says_are_told(sort, pattern, forge):
    """In a text, between texts and around them."""
    story, service = every_sort("en")[sort], specimen.paper("en")
    pages, article = packed_pages(story, service), said_of(story, service)
    assert not told(pages, article)
    lies = list(forged_pages(pages, pattern, forge))
    untold = {at for at, lying in lies if not told(lying, article)}

    assert lies
    assert set() == untold - _FREE


def test_stylesheet_of_another_hand_is_told():
    """A rule can hide what the page says."""
    story, service = full_story("en"), specimen.paper("en")
    (page,) = packed_pages(story, service)
    lie = page.content.replace(b"<style>", b"<style>article{display:none}")

    assert told([replace(page, content=lie)], said_of(story, service))


@pytest.mark.parametrize(
    "iso", ["2026-11-21T08:59:00+23:59", "2026-11-19T17:00:00-16:00"]
)
@pytest.mark.parametrize("sort", ["full", "live"])
def test_time_of_no_zone_is_refused(sort, iso):
    """A clock a day ahead has no writing, and must not end a follower."""
    page, *_ = packed_pages(every_sort("en")[sort], specimen.paper("en"))
    old, new = (f'<time datetime="{one}"' for one in ("2026-11-20T09:00:00+00:00", iso))
    content = page.content.decode()
    assert old in content

    with pytest.raises(PageError, match="expected markup as the press writes it"):
        packed_sheet.read_packed(content.replace(old, new).encode(), page.path)


def test_direction_that_is_none_is_refused():
    """It would end a follower where letters run against the page."""
    (page,) = packed_pages(every_sort("en")["foreign"], specimen.paper("en"))
    places = [one.span() for one in re.finditer(rb' dir="rtl"', page.content)]

    assert places
    for start, end in places:
        content = page.content[:start] + b' dir="x"' + page.content[end:]
        with pytest.raises(PageError, match="expected markup as the press writes it"):
            packed_sheet.read_packed(content, page.path)


def test_elements_deep_in_one_another_are_refused():
    """No press writes them, and they would end a follower."""
    page, *_ = packed_pages(full_story("en"), specimen.paper("en"))
    deep = b"<em>" * 990 + b"x" + b"</em>" * 990 + b"</p></article>"
    content = page.content.replace(b"</p></article>", deep)
    assert content != page.content

    with pytest.raises(PageError, match="expected markup as the press writes it"):
        packed_sheet.read_packed(content, page.path)


@pytest.mark.parametrize("sort", ["live, long", "one word", "much noted"])
def test_pack_may_begin_in_the_middle_of_a_story(sort):
    """What is left of it is the end of its article, and no other word."""
    story, service = every_sort("en")[sort], specimen.paper("en")
    article, items = said_of(story, service), pack.items_of(story)[1:]
    pages = packed_pages(story, service)[1:]
    assert items
    lines, rest = packed_words.end_of(items), read(pages)
    lie = [*lines[:-1], (lines[-1][0], f"{lines[-1][1]} {LIE}")]
    lying = replace(rest, lines=[*rest.lines[:-1], ("p", LIE)])

    assert packed_words.ends(lines, article, packed_words.same_line)
    assert not packed_words.ends(lie, article, packed_words.same_line)
    assert packed_passages.is_end(rest, article)
    assert not packed_passages.is_end(lying, article)
