"""Text that gzip makes little of: the last that could pass the budget of the wire."""

import gzip
import random
import string
from dataclasses import replace

import pytest

from edition.markup import Reader
from edition.paper import full_story, plain_story, release, service
from tamizdat.edition import pack
from tamizdat.edition.blocks import Block
from tamizdat.edition.compare import Run
from tamizdat.edition.pages import article_pages, card, changes_pages, news_list, packed
from tamizdat.edition.pages.budget import PAGE_BYTES, WIRE_BYTES, fits, weight
from tamizdat.edition.pages.packed import packed_page, passages_of
from tamizdat.edition.parts import Slot, fill
from tamizdat.edition.stories import Change

NOISE = {
    "base64": string.ascii_letters + string.digits + "+/",
    "printable": "".join(map(chr, range(33, 127))),
    "Han": "".join(map(chr, range(0x4E00, 0x9FA0))),
    "two bytes": "".join(map(chr, range(0x100, 0x17F))),
    "emoji": "".join(map(chr, range(0x1F300, 0x1F600))),
}


def noise(kind, letters, seed=1):
    """Write letters without any order, and no space between them."""
    chance = random.Random(seed)  # noqa: S311 - the same letters each time
    return "".join(chance.choices(NOISE[kind], k=letters))


def sent(content):
    """Count the bytes a host sends."""
    return len(gzip.compress(content, 9, mtime=0))


@pytest.mark.parametrize("kind", NOISE)
def test_weight_is_no_less_than_gzip(kind):
    """Counted without zlib, so that each machine cuts pages alike."""
    text = noise(kind, 9_000)
    for size in (9_000, 12_000, PAGE_BYTES):
        content = text.encode()[:size]

        assert sent(content) <= weight(content) <= 1.12 * sent(content) + 64
    assert weight(b"x" * PAGE_BYTES) < 400
    assert fits(b"x" * PAGE_BYTES)
    assert not fits(b"x" * (PAGE_BYTES + 1))


@pytest.mark.parametrize("kind", NOISE)
def test_article_of_noise_goes_on_before_8_kb_of_gzip(kind):
    """A key or a coded letter in a story: no character is lost, each page arrives."""
    text = noise(kind, 12_000)
    story = full_story(body=(Block("paragraph", text),))
    pages = article_pages(story, service(), section_name="Law")
    shown = "".join(Reader(page.content.decode()).text for page in pages)

    assert all(len(page.content) <= PAGE_BYTES for page in pages)
    assert max(sent(page.content) for page in pages) <= WIRE_BYTES
    assert 2 <= len(pages) <= 8
    assert text[-400:] in shown


@pytest.mark.parametrize("kind", ["base64", "Han"])
def test_lists_changes_and_packs_of_noise_go_on_too(kind):
    """Whatever is listed, told as changed or packed."""
    ours, stories = service(), []
    for number in range(12):
        noisy = {"headline": noise(kind, 400, number), "kicker": noise(kind, 400, 99)}
        body = (Block("paragraph", noise(kind, 4_000, number + 50)),)
        stories.append(plain_story(number, body=body, **noisy))
    runs = (Run("removed", noise(kind, 6_000, 7)), Run("added", noise(kind, 6_000, 8)))
    later = replace(release(2, "update"), changes=(Change("body", runs),))
    changed = full_story(releases=(release(1, "publish"), later))
    cards = list(map(card, stories))
    pages = news_list(ours).index_pages(cards, None)
    pages += changes_pages(changed, ours)
    for one in stories:
        passages = passages_of(pack.items_of(one), one.release.salt, ours)
        pages += [
            packed_page("p/x.html", [each], ours, before=None, after=None)
            for each in passages
        ]
        assert one.headline in "".join(Reader(p.html).text for p in passages)

    assert max(len(page.content) for page in pages) <= PAGE_BYTES
    assert max(sent(page.content) for page in pages) <= WIRE_BYTES


def paged(stories, ours):
    """Put stories into the pages of a pack as a press does; give each with its own."""
    made = {
        (one.story, one.number): one
        for story in stories
        for one in passages_of(pack.items_of(story), story.release.salt, ours)
    }
    slots = [Slot(p.story, p.number, p.published, p.size) for p in made.values()]

    def some(page):
        return [made[slot.story, slot.number] for slot in page.slots]

    window = frozenset(story.id for story in stories)
    pages = fill(
        slots, window, packed.form(ours), lambda page: packed.fit(some(page), ours)
    )
    longest = "p/20261120t090000-00000000-999.html"
    return [
        (packed_page(p.path, some(p), ours, before=longest, after=longest), some(p))
        for p in pages
    ]


@pytest.mark.parametrize("kind", [*NOISE, "all"])
@pytest.mark.parametrize("letters", [450, 1_330, 3_000])
def test_pages_of_many_short_stories_of_noise_arrive(kind, letters):
    """None of them is dense enough to be cut, and a page holds what fits on the wire.

    With `all`, stories whose letters no one code suits stand side by side.
    """
    kinds = list(NOISE) if kind == "all" else [kind]
    ours, stories = service(), []
    for number in range(24):
        one = kinds[number % len(kinds)]
        body = (Block("paragraph", noise(one, letters + number % 6, number)),)
        stories.append(plain_story(number, id=f"x-{number}", body=body))
    pages = paged(stories, ours)
    wire = [sent(page.content) for page, _some in pages]
    alone = all(len(some) == 1 for _page, some in pages)

    assert max(wire) <= WIRE_BYTES
    assert max(len(page.content) for page, _some in pages) <= PAGE_BYTES
    assert len(stories) == sum(one.number == 1 for _, some in pages for one in some)
    assert alone or letters > 2_000 or sum(wire) / len(wire) > WIRE_BYTES / 4
