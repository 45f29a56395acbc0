"""One page of each type in each script: for hashes, for eyes and for browsers.

Pictures are grey, and drawn when they are asked for: what a page looks like does not
depend on what they show.
"""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from edition.paper import (
    TEXTS,
    every_story,
    full_story,
    picture,
    plain_story,
    release,
    rich_story,
    service,
)
from tamizdat.edition import pack
from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Foreign, Mark
from tamizdat.edition.compare import Run
from tamizdat.edition.dates import month_of, way_of
from tamizdat.edition.pages import (
    Card,
    Carried,
    Chunk,
    Page,
    about_pages,
    archive_pages,
    article_pages,
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
    trust_page,
)
from tamizdat.edition.pages.packed import (
    Row,
    packed_index,
    packed_page,
    passages_of,
)
from tamizdat.edition.pages.registers import (
    FULL,
    Named,
    few_pages,
    find_page,
    letter_of,
    letters_pages,
    search_pages,
)
from tamizdat.edition.stories import Change, Section, Service, Story
from tamizdat.edition.tongues import tongues_of

SCRIPTS = {"en": "Latn", "ru": "Cyrl", "fa": "Arab", "hy": "Armn", "ka": "Geor"}
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SIGNED = datetime(2026, 11, 24, 6, 12, tzinfo=UTC)
_PICTURE = re.compile(
    r'm/([a-z2-7]{26}\.(?:avif|webp|jpg))(?: (\d+)w|" width="(\d+)" height="(\d+)")?'
)


def pages(language: str, home: str | None = None) -> dict[str, Page]:
    """Print one page of each type, by the type's name.

    Args:
        language: of SCRIPTS.
        home: where the service's pages are at home, if they are.
    """
    ours = replace(paper(language), home=home)
    story, live, long = _stories(language)
    others = [_plain(n, language) for n in range(26)]
    stories = [story, *others]
    cards = [card(one) for one in stories]
    breaking = card(replace(others[-1], breaking=True))
    section = replace(section_list(ours, ours.sections[0]), alarms=(breaking,))
    corrected = _corrected(language)
    notes = noted(story, changes_pages(story, ours)) + noted(corrected, ())
    front = front_page(ours, [*cards[:-1], breaking])
    return {
        "front": front,
        "text": text_front(front, [*cards[:-1], breaking]),
        "article": _one(story, ours)[0],
        "article-text": text_pages(_one(story, ours))[0],
        "page-2": _one(long, ours)[1],
        "live": _one(live, ours)[0],
        "passages": _one(passages_story(language), ours)[0],
        "withdrawn": _one(_withdrawn(story), ours)[0],
        "section": section.index_pages(cards[-12:], Chunk("2026-11", 1))[0],
        "tag": tag_list(ours, "law").index_pages(cards[:3], None)[0],
        "author": author_list(ours, "reporter").index_pages(
            [*cards[1:5], cards[0]], None
        )[0],
        "latest": news_list(ours).index_pages(cards[-20:], None)[0],
        "archive": archive_pages(ours, _MONTHS)[0],
        "month": month_pages(ours, *_month(ours))[0],
        "corrections": corrections_list(ours).index_pages(notes, None)[0],
        "changes": changes_pages(story, ours)[0],
        "search": search_pages(ours)[0],
        "find": find_page(ours),
        "register": few_pages("t", ours, _named(story))[0],
        "letters": letters_pages("by", ours, set(map(letter_of, _LETTERS[language])))[
            0
        ],
        "packed": _packed(story, ours),
        "packed-list": packed_index(ours, _listed(cards))[0],
        "about": about_pages(ours)[0],
        "trust": _trust(ours),
        "mirrors": mirrors_pages(ours, _CARRIED)[0],
        "feeds": feeds_pages(replace(ours, home="https://press.example"))[0],
        "notice": notice_pages(ours)[0],
        "missing": not_found_page(ours),
        "chooser": _chooser(),
        **_mixed(ours),
        **_foreign(ours),
    }


_PAPERS = {"mixed", "foreign"}  # of their own: their front page is not that of all


def _foreign(ours: Service) -> dict[str, Page]:
    """Print what tells of words in another language that no text marks."""
    story = foreign_story(ours.language)
    told = changes_pages(story, ours)
    notes = corrections_list(ours).index_pages(noted(story, told), None)
    return {
        "foreign": _one(story, ours)[0],
        "foreign-front": front_page(ours, [card(story)]),
        "foreign-latest": news_list(ours).index_pages([card(story)], None)[0],
        "foreign-corrections": notes[0],
        "foreign-changes": told[0],
        "foreign-packed": _told_in_a_pack(story, ours),
    }


def _told_in_a_pack(story: Story, ours: Service) -> Page:
    """Print a page of the pack with words that are named, and with passages."""
    story = replace(story, body=(*story.body, *passages_story(ours.language).body))
    (passage,) = passages_of(
        pack.items_of(story), story.release.salt, ours, tongues_of(story)
    )
    return packed_page("p/one.html", [passage], ours, before=None, after=None)


def _mixed(ours: Service) -> dict[str, Page]:
    """Print lists whose words run both ways, and what changed of such words."""
    stories = mixed_stories(ours.language)
    cards = [card(one) for one in stories]
    first = replace(cards[-1], breaking=True)
    section = section_list(ours, ours.sections[0])
    told = changes_pages(stories[0], ours)
    return {
        "mixed-front": front_page(ours, [*cards[:-1], first]),
        "mixed-section": section.index_pages(cards, None)[0],
        "mixed-corrections": corrections_list(ours).index_pages(
            noted(stories[0], told), None
        )[0],
        "mixed-changes": told[0],
        "mixed-register": few_pages(
            "t", ours, [Named("t/a", one.headline, one.release.salt) for one in stories]
        )[0],
    }


def mixed_stories(language: str) -> list[Story]:
    """Make stories whose words run both ways; the first was corrected."""
    own, other = TEXTS[language], TEXTS[_NEIGHBOURS[language]]
    headlines = (
        f"{own['by']}: «{other['place']} ({other['by']}) 12!» {own['place']} (48)",
        f"{other['items'][0]}!",
        f"{other['place']} 12: {own['items'][1]} «{other['kicker']}»",
        f"{own['items'][2]}: {other['service']} 2.0",
    )
    made = [
        plain_story(
            60 + n,
            language,
            section="law",
            kicker=(own, other, None)[n % 3] and (own, other)[n % 3]["kicker"],
            headline=headlines[n % 4],
            standfirst=(other if n % 4 == 1 else own)["standfirst"],
        )
        for n in range(12)
    ]
    return [_changed(made[0], own, other), *made[1:]]


def _changed(story: Story, own: dict[str, Any], other: dict[str, Any]) -> Story:
    """Correct a story: a word of a sentence, and a whole passage beside it."""
    runs = (
        Run("kept", f"{own['by']}: «{other['place']} "),
        Run("removed", f"{other['by']} 12"),
        Run("added", f"{other['kicker']} (48)"),
        Run("kept", f"!» {own['place']}.\n{other['items'][0]} "),
        Run("removed", f"{other['kicker']}!"),
        Run("added", f"{own['kicker']} {other['by']} 12"),
        Run("kept", f" {other['place']}.\n{own['items'][1]}"),
    )
    note = f"{own['note']} {own['by']}: «{other['note']}»"
    first = story.releases[0]
    second = replace(release(62, "correction", note), number=2)
    second = replace(second, changes=(Change("body", runs),))
    return replace(story, releases=(first, second))


def _chooser() -> Page:
    """Print the language chooser as it stands at the root of a mirror."""
    root, *_ = chooser_pages([paper(name) for name in SCRIPTS])
    return replace(root, path="index.html")


_CARRIED = [
    Carried(name, kind, since, 412, SIGNED, size, "0123456789abcdef" * 4)
    for name, kind, since, size in (
        ("x-412.txt", "text", None, 183_000),
        ("x-412.html", "page", None, 412_000),
        ("x-412-pictures.html", "pictures", None, 2_412_000),
        ("x-412.epub", "book", None, 1_912_000),
        ("x-400.zim", "library", None, 212_000_000),
        ("x-412-since-400.zim", "library", 400, 9_000_000),
    )
]


_LETTERS = {  # with those of its many languages, for a name can begin with any
    "en": "abcdefghijklmnopqrstuvwxyz" + "əğıöşüç" + "ăâîșț" + "áéíóőúű" + "ëčćđšžäňý",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіўґєїәғқңөұүһҗҙҡҫӏҷҳӣӯјљњћђџѓќѕ",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی" + "ټځڅډړږښګڼېۍ" + "ۆۇۋەىڭۉ",
    "hy": "".join(map(chr, range(0x561, 0x587))),
    "ka": "".join(map(chr, range(0x10D0, 0x10F1))),
}


def _initials(language: str) -> set[str]:
    return set(map(letter_of, _LETTERS[language]))


def _named(story: Story) -> list[Named]:
    """Make a register of the words of a story."""
    words = dict.fromkeys(" ".join(b.text for b in story.body).split())
    long = [word for word in words if len(word) > 4][:FULL]
    return [Named(f"t/w{n}", word, story.release.salt) for n, word in enumerate(long)]


def _listed(cards: list[Card]) -> list[Row]:
    """Say on which page of a pack some stories stand."""
    return [Row(one, f"p/{n // 6}.html") for n, one in enumerate(cards)]


def _packed(story: Story, ours: Service) -> Page:
    """Print a page of the pack between two others, with a table as wide as any."""
    wide = Block("table", rows=tuple(_wide(ours.language, row) for row in range(3)))
    story = replace(story, body=(*story.body, wide))
    (passage,) = passages_of(pack.items_of(story), story.release.salt, ours)
    return packed_page(
        "p/two.html", [passage], ours, before="p/one.html", after="p/three.html"
    )


def _wide(language: str, row: int) -> tuple[str, ...]:
    """Make a row of 30 columns."""
    words = " ".join(TEXTS[language]["items"]).split()
    return tuple(words[(row + at) % len(words)] for at in range(30))


_MONTHS = [f"{y}-{m:02}" for y in (2026, 2025) for m in range(11, 0, -1)]
_DAYS = [f"2026-11-{day:02}" for day in range(1, 21)]


def _month(ours: Service) -> tuple[str, dict[str, str]]:
    """Name the month of the oldest of some days, and where those of it lead."""
    month, *_ = months = [month_of(date.fromisoformat(d), way_of(ours)) for d in _DAYS]
    days = zip(_DAYS, months, strict=True)
    return month, {day: "news.html" for day, one in days if one == month}


def paper(language: str) -> Service:
    """Make a service with all that its pages can show."""
    words = TEXTS[language]
    names = ("law", words["section"]), ("world", words["kicker"]), ("x", words["place"])
    return replace(
        service(language),
        sections=tuple(Section(id_, name) for id_, name in names),
        territories=("GB", "UA-43"),
        about=(words["author_bio"],),
        mirrors=("https://mirror.example", "https://other.example/paper/"),
    )


def _one(story: Story, ours: Service) -> list[Page]:
    return article_pages(story, ours, section_name=TEXTS[ours.language]["section"])


def _stories(language: str) -> tuple[Story, Story, Story]:
    story = every_story(language)
    long = full_story(language, body=full_story(language).body * 6)
    return story, rich_story(language, id="live"), replace(long, id="long")


_NEIGHBOURS = {"en": "fa", "ru": "ka", "fa": "en", "hy": "fa", "ka": "ru"}


def passages_story(language: str) -> Story:
    """Tell of words in another language: within a sentence, and whole blocks of it."""
    own, other = TEXTS[language], _NEIGHBOURS[language]
    words = TEXTS[other]
    said = f"{own['by']}: «{words['headline']}!» {own['place']}"
    start = len(own["by"]) + 3
    title = Mark("language", start, start + len(words["headline"]) + 1, None, other)
    quote = Mark("language", 0, len(words["quote"]), None, other)
    item = f"{own['items'][0]} ({words['place']} 12)"
    body = (
        Block("paragraph", said, (title, Mark("em", start, title.end, None))),
        Block("quote", words["quote"], (quote,)),
        Block("paragraph", f"{words['paragraphs'][0]}!"),
        Block("list", rows=tuple((one,) for one in words["items"]), language=other),
        Block("list", rows=((item,), (f"{words['items'][0]}!",))),
        Block("table", rows=tuple(map(tuple, words["rows"])), language=other),
    )
    return plain_story(41, language, id="passages", section="law", body=body)


def foreign_story(language: str) -> Story:
    """Name words of another language once, for texts that have no marks."""
    own, other = TEXTS[language], TEXTS[_NEIGHBOURS[language]]
    motto, place = other["items"][0], other["place"]
    said = f"{own['by']}: «{motto}!»"
    lead = replace(picture(own, "motto"), caption=f"{own['items'][1]} ({place})")
    body = (
        Block("paragraph", f"{own['items'][0]}: «{motto}»."),
        Block("list", rows=((said,), (own["items"][1],))),
        Block("table", rows=((own["place"], own["by"]), (place, motto))),
        Box(said, (Block("paragraph", own["items"][2]),)),
        Exhibit("picture", (replace(lead, alt=own["by"]),)),
        Embed("https://t.example/2", said, None),
    )
    runs = (
        Run("kept", f"{own['by']}: «"),
        Run("removed", f"{place} 12"),
        Run("added", motto),
        Run("kept", "!»"),
    )
    second = replace(release(62, "correction", f"{own['note']} «{motto}»"), number=2)
    second = replace(second, changes=(Change("headline", runs),))
    return plain_story(
        61,
        language,
        id="foreign",
        section="law",
        kicker=f"{own['kicker']} – {place}",  # noqa: RUF001
        headline=said,
        standfirst=f"{own['items'][2]}: {motto}",
        picture=lead,
        body=body,
        releases=(replace(release(61, "publish"), number=1), second),
        foreign=(
            Foreign(motto, _NEIGHBOURS[language]),
            Foreign(place, _NEIGHBOURS[language]),
        ),
    )


def _withdrawn(story: Story) -> Story:
    """Take a whole text back."""
    ledger = (*story.releases, release(3, "withdrawal"))
    return replace(story, id="withdrawn", releases=ledger)


def _plain(number: int, language: str) -> Story:
    words = TEXTS[language]
    headline = (words["headline"], *words["items"])[number % 4]
    lead = picture(words, f"lead {number}") if number % 4 == 0 else None
    section = ("law", "world", "x")[number % 3]
    one = plain_story(number, language, section=section, headline=headline)
    return replace(one, picture=lead, kicker=None if number % 2 else one.kicker)


def _corrected(language: str) -> Story:
    note = TEXTS[language]["note"]
    ledger = (release(1, "publish"), release(2, "clarification", note))
    return plain_story(40, language, releases=ledger)


def _trust(ours: Service) -> Page:
    return trust_page(
        ours,
        organisation_id="press.example",
        number=412,
        signed=SIGNED,
        fingerprint=FINGERPRINT,
    )


def write(
    folder: Path, language: str, original: Image.Image | None = None
) -> dict[str, str]:
    """Write the specimen of a language below a folder, as a mirror would hold it.

    Args:
        folder: of the mirror.
        language: of SCRIPTS.
        original: what all pictures show; grey stripes without one.

    Returns:
        The path of each page below the folder, by the type's name.
    """
    found = {}
    for name, page in pages(language).items():
        kind = name.partition("-")[0]
        root = f"{kind}-{language}" if kind in _PAPERS else language
        place = page.path if name == "chooser" else f"{root}/{page.path}"
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
        if place in found.values() and name != "chooser":
            raise AssertionError(place)
        found[name] = place
        for file, narrow, wide, high in _PICTURE.findall(page.content.decode()):
            width = int(narrow or wide or 320)
            size = width, int(high or width * 9 // 16)
            draw(folder / root / "m" / file, original or stripes(width), size)
    return found


def stripes(width: int) -> Image.Image:
    """Draw a grey picture."""
    image = Image.new("RGB", (width, width * 9 // 16), "#8a8d91")
    pen = ImageDraw.Draw(image)
    for step in range(5):
        at = width * step // 5
        pen.rectangle((at, width * step // 16, at + width // 8, width), "#6d7176")
    return image


def draw(path: Path, original: Image.Image, size: tuple[int, int]) -> None:
    """Keep a picture in its size, cut round its middle, in the type its name says."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    image = ImageOps.fit(original, size)
    kind = {"jpg": "JPEG", "avif": "AVIF", "webp": "WEBP"}[path.suffix[1:]]
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=40)
    path.write_bytes(buffer.getvalue())
