"""A small newspaper for tests of pages: one story with every element, and many plain.

The texts are from the Universal Declaration of Human Rights; the people are roles.
"""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Mark, Post
from tamizdat.edition.compare import Run
from tamizdat.edition.media import (
    Audio,
    Cut,
    Document,
    File,
    Picture,
    Rendition,
    Video,
)
from tamizdat.edition.stories import (
    Byline,
    Change,
    Dateline,
    Lineage,
    Notice,
    Place,
    Related,
    Release,
    Section,
    Service,
    Story,
    Tag,
    Translation,
)

FIRST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEXTS: dict[str, Any] = json.loads(
    Path(__file__).with_name("stories.json").read_text("utf-8")
)
_ZONES = {
    "en": "UTC",
    "ru": "Europe/Moscow",
    "fa": "Asia/Tehran",
    "hy": "Asia/Yerevan",
    "ka": "Asia/Tbilisi",
}


def service(language: str = "en", **changes: Any) -> Service:
    """Make the service of a language, with two sections and a notice."""
    words = TEXTS[language]
    ours = Service(
        organisation="Demo Press",
        id=language,
        name=words["service"],
        language=language,
        direction="rtl" if language == "fa" else "ltr",
        time_zone=_ZONES[language],
        calendar="persian" if language == "fa" else "gregorian",
        territories=("GB",),
        bio=words["bio"],
        notice=Notice(words["designation"], tuple(words["warnings"]), None),
        sections=(Section("law", words["section"]), Section("world", "World")),
    )
    return replace(ours, **changes)


def salt(name: str) -> str:
    """Make a salt of 22 characters from a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:21] + "A"


def release(number: int, kind: str, note: str | None = None) -> Release:
    """Make a release, one hour after the one before."""
    time = FIRST + timedelta(hours=number - 1)
    return Release(number, kind, time, note, salt(f"{kind} {number}"))


def full_story(language: str = "en", **changes: Any) -> Story:
    """Make a story that has every element a page can show."""
    words = TEXTS[language]
    other = "en" if language == "ru" else "ru"
    story = Story(
        service=language,
        id="right-to-know",
        uri=f"tag:press.example,2026:{language}/right-to-know",
        language=language,
        section="law",
        urgency=5,
        breaking=False,
        slugline="RIGHT-TO-KNOW",
        kicker=words["kicker"],
        headline=words["headline"],
        standfirst=words["standfirst"],
        dateline=Dateline(words["place"], date(2026, 11, 20)),
        picture=Picture(words["cap"], words["alt"], words["credit"], _renditions()),
        body=_body(words),
        credit_line=words["credit_line"],
        bylines=(Byline(words["by"], words["role"], words["author_bio"]),),
        lineage=Lineage(
            relation="translated",
            service=other,
            id="x",
            release=1,
            headline=TEXTS[other]["headline"],
            published=FIRST,
            language=other,
            name=TEXTS[other]["service"],
        ),
        translations=tuple(
            Translation(name, "right-to-know", name, FIRST)
            for name in ("en", "ru", "uk", "fa", "kk")
            if name != language
        ),
        tags=(Tag("public-life", words["sub"]), Tag("law", words["section"])),
        releases=(release(1, "publish"), release(2, "correction", words["note"])),
    )
    return replace(story, **changes)


def every_story(language: str = "en", **changes: Any) -> Story:
    """Make a story with every element of a plain article and nothing more.

    It has a lead picture, a portrait, a correction that can be looked up, an original,
    translations and related stories, and 400 words in all.
    """
    words = TEXTS[language]
    bare = full_story(language)
    first, second = bare.releases
    runs = (Run("removed", "Old"), Run("added", bare.headline))
    told = replace(second, changes=(Change("headline", runs),))
    story = replace(
        bare,
        body=(),
        bylines=(
            replace(
                bare.bylines[0],
                kind="person",
                id="reporter",
                wide=picture(words, "wide"),
                square=square(words, "square"),
            ),
        ),
        related=(
            Related(language, "y", FIRST, words["standfirst"], None),
            Related("ru", "z", FIRST, TEXTS["ru"]["headline"], "ru"),
        ),
        releases=(first, told),
    )
    room = 400 - len(own_words(story).split())
    text = [p.split() for p in (*words["paragraphs"], *words["paragraphs"])]
    body = []
    for paragraph in text:
        body.append(Block("paragraph", " ".join(paragraph[:room])))
        room -= len(paragraph)
        if room <= 0:
            break
    return replace(story, body=tuple(body), **changes)


def rich_story(language: str = "en", **changes: Any) -> Story:
    """Make a live story that shows everything a story can show beside text."""
    words = TEXTS[language]
    first = words["paragraphs"][0]
    faces = {"wide": picture(words, "wide"), "square": square(words, "square")}
    byline = Byline(words["by"], words["role"], words["author_bio"], "person", **faces)
    posts = tuple(
        Post(
            name, FIRST, headline, by, (Block("paragraph", text), show("picture", one))
        )
        for name, headline, by, text, one in (
            ("second", words["sub"], words["by"], first, picture(words, "6")),
            ("first", None, None, words["quote"], picture(words, "7")),
        )
    )
    bare = full_story(
        language,
        body=(Block("paragraph", first), *_shown(words), *posts),
        bylines=(byline, Byline(words["service"], None, None, "service")),
        live="live",
        places=(Place("geneva", words["place"], "CH-GE"), Place("sea", "x", None)),
        related=(
            Related(language, "y", FIRST, words["standfirst"], None),
            Related("ru", "z", FIRST, TEXTS["ru"]["headline"], "ru"),
        ),
    )
    lineage = replace(bare.lineage, by=words["by"]) if bare.lineage else None
    return replace(bare, lineage=lineage, **changes)


def show(kind: str, *media: Any, title: str | None = None) -> Exhibit:
    """Show something in a body."""
    return Exhibit(kind, media, title)


def picture(words: dict[str, Any], name: str) -> Picture:
    """Make a picture whose files no other has."""
    return Picture(words["cap"], words["alt"], words["credit"], _renditions(name), "©")


def square(words: dict[str, Any], name: str) -> Picture:
    """Make a picture as wide as it is high."""
    wide = picture(words, name)
    sizes = tuple(replace(one, height=one.width) for one in wide.renditions)
    return replace(wide, renditions=sizes)


def file(name: str, kind: str) -> File:
    """Make a file that no other is."""
    return File(hashlib.sha256(name.encode()).hexdigest(), kind, 2_400_000)


def _shown(words: dict[str, Any]) -> tuple[Any, ...]:
    several = [picture(words, name) for name in "2345"]
    cuts = (Cut(file("a", "audio/mpeg"), 312), Cut(file("b", "audio/ogg"), 3_723))
    sound = Audio(words["headline"], words["cap"], words["credit"], None, (), cuts)
    spoken = replace(sound, caption=None, transcript=tuple(words["paragraphs"][:2]))
    files = (file("c", "application/pdf"), file("d", "text/plain"))
    papers = Document(words["headline"], words["credit"], "©", files)
    video = Video(picture(words, "8"), "https://video.example/w/77?a=1&b=2", 95)
    items = tuple((item,) for item in words["items"])
    facts = (Block("subhead", words["sub"]), Block("list", rows=items))
    return (
        show("picture", picture(words, "1")),
        show("gallery", *several, title=words["sub"]),
        show("audio", sound),
        show("audio", spoken),
        show("video", video),
        show("document", papers),
        show("document", replace(papers, credit=None, terms=None)),
        Box(words["sub"], (Block("paragraph", words["quote"]), *facts)),
        Box(None, facts),
        Embed("https://t.example/1?a=1&b=2", words["quote"], "Telegram"),
        Embed("https://t.example/2", words["quote"], None),
    )


def plain_story(number: int, language: str = "en", **changes: Any) -> Story:
    """Make a short story; the next number is an hour younger."""
    time = FIRST + timedelta(hours=number)
    bare = full_story(
        language,
        id=f"story-{number}",
        picture=None,
        lineage=None,
        translations=(),
        section=("law", "world")[number % 2],
        headline=f"{TEXTS[language]['headline']} {number}",
        releases=(Release(1, "publish", time, None, salt(str(number))),),
    )
    return replace(bare, **changes)


def own_words(story: Story) -> str:
    """Join everything on the page that the story itself brings."""
    assert story.picture
    assert story.lineage
    parts = [story.headline, story.kicker, story.standfirst, story.credit_line]
    parts += [story.picture.caption, story.picture.alt, story.picture.credit]
    parts += [text_of(block) for block in story.body]
    parts += [release.note for release in story.releases]
    parts += [word for b in story.bylines for word in (b.name, b.role, b.bio)]
    parts += [tag.name for tag in story.tags]
    parts += [other.headline for other in story.related]
    parts += [story.lineage.headline, story.lineage.name]
    return "\n".join(part for part in parts if part)


def text_of(block: Block) -> str:
    """Give a block's characters in order."""
    return block.text or "".join(cell for row in block.rows for cell in row)


def _body(words: dict[str, Any]) -> tuple[Block, ...]:
    first, second, *others = words["paragraphs"]
    link = Mark("link", 4, 20, "https://www.un.org/en/?a=1&b=2")
    return (
        Block("paragraph", first, (Mark("strong", 0, 7, None),)),
        Block("paragraph", second, (link, Mark("em", 10, 26, None))),
        Block("subhead", words["sub"]),
        Block("quote", words["quote"]),
        Block("list", rows=tuple((item,) for item in words["items"])),
        Block("table", rows=tuple(tuple(row) for row in words["rows"])),
        *(Block("paragraph", text) for text in others),
    )


def _renditions(name: str = "") -> tuple[Rendition, ...]:
    return tuple(
        Rendition(
            hashlib.sha256(f"{name}{kind} {width}".encode()).hexdigest(),
            kind,
            width,
            width * 9 // 16,
            width * 20,
        )
        for kind in ("image/avif", "image/webp", "image/jpeg")
        for width in (320, 640, 960, 1280)
    )
