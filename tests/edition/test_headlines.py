"""A headline of 400 characters, in each script, on every kind of page it stands on."""

import gzip
import unicodedata
from dataclasses import replace

import pytest

from edition.markup import Reader
from edition.paper import TEXTS, full_story, plain_story, release, service
from tamizdat.edition import pack
from tamizdat.edition.blocks import Block
from tamizdat.edition.compare import Run
from tamizdat.edition.pages import (
    PAGE_BYTES,
    article_pages,
    author_list,
    card,
    changes_pages,
    corrections_list,
    front_page,
    news_list,
    noted,
    section_list,
    tag_list,
    text_front,
    text_pages,
)
from tamizdat.edition.pages.packed import Row, packed_index, packed_page, passages_of
from tamizdat.edition.stories import Change, Related, Section

LONG, WIRE = 400, 8_192
WHOLE = {"article", "text", "later", "pack"}  # others shorten it
SCRIPTS = ("en", "ru", "fa", "hy", "ka")
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # three people, one letter
MARKS = "e\u0301\u0327o\u0308\u0304"  # letters with two marks each
HEADS = {
    "words": lambda words: words,
    "emoji": lambda _words: FAMILY,
    "marks": lambda _words: MARKS,
    "both": lambda words: f"{FAMILY} {words[:9]} {MARKS}",
    "escapes": lambda words: f"<&\"'> {words[:3]}",
    "one word": lambda words: words.replace(" ", ""),
    "both ways": lambda words: f"{words[:5]} Äb 1 {TEXTS['fa']['headline'][:5]} ",
}


def headline(language, kind):
    """Write just 400 code points, the last of them no mark and no joiner."""
    some = HEADS[kind](TEXTS[language]["paragraphs"][0])
    return (some * LONG)[: LONG - 1].rstrip("\u200d ").ljust(LONG - 1, "a") + "!"


def printed(language, long):
    """Print each kind of page on which a headline stands, by its name."""
    ours = service(language)
    law = Section("law", TEXTS[language]["section"])
    runs = (Run("removed", "Old"), Run("added", long))
    told = replace(release(2, "correction", TEXTS[language]["note"]), changes=())
    told = replace(told, changes=(Change("headline", runs),))
    others = [
        plain_story(n, language, section="law", headline=long, kicker=long)
        for n in range(29)
    ]
    story = full_story(
        language,
        headline=long,
        section="law",
        breaking=True,
        releases=(release(1, "publish"), told),
        related=(Related(language, "y", told.time, long, None),),
    )
    text = Block("paragraph", " ".join(TEXTS[language]["paragraphs"]) * 3)
    endless = replace(story, id="endless", body=(text, text))
    many = [card(one) for one in others]
    lead = card(story)
    rows = [Row(one, f"p/{n}.html") for n, one in enumerate(many)]
    one = pack.items_of(endless)
    passages = passages_of(one, endless.release.salt, ours)
    front = front_page(ours, [*many, lead])
    corrections = noted(story, changes_pages(story, ours))
    pages = article_pages(story, ours, section_name=law.name)
    feed = replace(news_list(ours), alarms=(lead,))
    return {
        "article": pages,
        "text": text_pages(pages),
        "later": article_pages(endless, ours, section_name=law.name),
        "changes": changes_pages(story, ours),
        "front": [front, text_front(front, [*many, lead])],
        "news": feed.index_pages(many, None),
        "section": section_list(ours, law).index_pages(many, None),
        "tag": tag_list(ours, "law").index_pages(many, None),
        "author": author_list(ours, "reporter").index_pages(many, None),
        "corrections": corrections_list(ours).index_pages(corrections, None),
        "pack": [
            packed_page("p/x.html", [each], ours, before="p/1.html", after="p/2.html")
            for each in passages
        ],
        "packs": packed_index(ours, rows),
    }


@pytest.mark.parametrize("kind", HEADS)
@pytest.mark.parametrize("language", SCRIPTS)
def test_headline_of_400_characters_stands_on_every_page(language, kind):
    """Whole on the story's own pages and in the pack, cut between letters in lists."""
    long = headline(language, kind)
    found = printed(language, long)
    sizes = {
        (name, page.path): (len(page.content), len(gzip.compress(page.content, 9)))
        for name, pages in found.items()
        for page in pages
    }

    assert LONG == len(long)
    assert {} == {k: s for k, s in sizes.items() if s[0] > PAGE_BYTES or s[1] > WIRE}
    for name, pages in found.items():
        html = [one.content.decode() for one in pages if one.path.endswith(".html")]
        texts = [Reader(one).text for one in html]
        whole = texts if name in {"article", "text", "later"} else texts[:1]
        said = long if name in WHOLE else long[:30]
        assert texts
        assert all(said in text for text in whole), name
        assert not any(_cut_in_a_letter(text, long) for text in texts), name


def _cut_in_a_letter(text, long):
    """Tell whether a headline is shortened behind a joiner or in front of a mark."""
    at = text.find(long[:30])
    while at >= 0:
        pairs = enumerate(zip(text[at:], long, strict=False))
        same = next((n for n, (one, other) in pairs if one != other), len(long))
        cut = text[at + same : at + same + 1] == "…" and same < len(long)
        if cut and (long[same - 1] == "\u200d" or _clings(long[same])):
            return True
        at = text.find(long[:30], at + same)
    return False


def _clings(sign):
    return sign == "\u200d" or unicodedata.combining(sign) > 0
