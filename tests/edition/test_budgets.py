"""What pages may weigh and where they may lead, of each type and in each script."""

import gzip
import json
import re
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from edition.markup import Reader
from edition.paper import every_story, own_words, service, text_of
from edition.specimen import SCRIPTS, pages, paper
from tamizdat.edition.media import nearest
from tamizdat.edition.pages import PAGE_BYTES, article_pages, moved_pages
from tamizdat.edition.stories import Service

GZIP = 8_192  # bytes on the wire of any page
FRAME = 3_200  # of a 400-word article with every element: all but its own words
WHOLE = {"ru": 5_400, "fa": 4_700, "en": 4_200}  # such an article
GOLDEN = Path(__file__).with_name("golden.json")
ELSEWHERE = re.compile(r"(?:^|[\s,;=])(?:[a-zA-Z][a-zA-Z0-9+.-]*:(?!\s)|//|\\\\)")
_LOADS = ("url(", "src(", "image(", "image-set(", "@import", "@font-face", "\\")
_OTHER_PAGES = {"base", "iframe", "frame", "object", "embed", "form", "applet"}

HOME = "https://news.example"
NAMED = ("canonical", "og:url")  # addresses that name a page and are not followed
SOURCE = "https://www.un.org/en/?a=1&b=2"  # cited in the texts of the specimen
CITED = {SOURCE, "https://t.example/1?a=1&b=2", "https://t.example/2"}
CITED |= {"https://video.example/w/77?a=1&b=2"}


def tell(text: str) -> None:
    """Write to whoever reads the test."""
    sys.stdout.write(text)


def packed(content: bytes) -> int:
    """Count the bytes a host sends."""
    return len(gzip.compress(content, 9, mtime=0))


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_page_keeps_its_budget(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page of any type passes 16,384 bytes plain or 8 KB of gzip."""
    rows = {
        name: (len(page.content), packed(page.content))
        for name, page in pages(language).items()
    }
    with capsys.disabled():
        tell(f"\n{SCRIPTS[language]}: page, bytes of {PAGE_BYTES}, gzip of {GZIP}\n")
        for name, (plain, wire) in rows.items():
            tell(f"  {name:12} {plain:6} {wire:5}\n")

    assert {} == {
        name: row for name, row in rows.items() if row[0] > PAGE_BYTES or row[1] > GZIP
    }


@pytest.mark.parametrize("language", WHOLE)
def test_article_of_400_words_with_every_element_fits_one_flight(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its frame costs 3.2 KB of gzip at most, the whole fits the first flight."""
    story, ours = every_story(language), with_home(language)
    (page,) = article_pages(story, ours, section_name="Law")
    whole, own = packed(page.content), packed(own_words(story).encode())
    with capsys.disabled():
        body = sum(len(text_of(block).split()) for block in story.body)
        tell(f"\n{language}: article of 400 words in all, {body} of them its text: ")
        tell(f"{whole} of {WHOLE[language]}, ")
        tell(f"all but its own words {whole - own} of {FRAME}\n")

    assert 400 == len(own_words(story).split())
    assert whole <= WHOLE[language]
    assert whole - own <= FRAME


def with_home(language: str) -> Service:
    """Make a service that names where its pages are at home."""
    return service(language, home=HOME)


@pytest.mark.parametrize("home", [None, HOME])
@pytest.mark.parametrize("language", SCRIPTS)
def test_nothing_leads_out_of_the_mirror_but_a_cited_source(
    language: str, home: str | None
) -> None:
    """No browser loads, no reader follows an address elsewhere but a source.

    Where a service has a home, its pages name it to machines alone.
    """
    mirrors = set(paper(language).mirrors)
    found = {
        name: leads_out(
            page.content.decode(),
            CITED | (mirrors if name in {"mirrors", "trust"} else set()),
        )
        for name, page in pages(language, home).items()
    }

    assert {} == {name: some for name, some in found.items() if some}


def test_address_a_story_had_before_leads_to_it_inside_the_mirror() -> None:
    """The page that leads on holds one address, which is inside the mirror."""
    story = replace(every_story(), permalinks=("https://old.example/a/31234567.html",))
    (page,) = moved_pages(story, with_home("en"))
    tags = Reader(page.content.decode()).tags
    led = [value for _, values in tags for value in values.values()]

    assert 3 == sum("right-to-know.html" in one for one in led)
    assert [] == [one for one in led if one != "data:," and ELSEWHERE.search(one)]


def leads_out(html: str, allowed: set[str], home: str = HOME) -> list[str]:
    """List what a browser would load from elsewhere, or lead to, beside sources.

    What names a page or its picture, and is neither loaded nor followed, may name the
    home: `canonical`, and what has a `property`.

    Whatever an attribute is called, its value may name no other host: what loads and
    what leads is not for this list to know.
    """
    reader = Reader(html)
    found = [f"style: {word}" for word in _LOADS if word in reader.style]
    found += [f"<{tag}>" for tag, _ in reader.tags if tag in _OTHER_PAGES]
    for tag, values in reader.tags:
        if values.get("http-equiv") == "Content-Security-Policy":
            continue  # forbids, and loads nothing
        cited = tag == "a" and values.get("rel") == "noopener noreferrer"
        for key, value in values.items():
            leads = key != "property" and value != "data:," and ELSEWHERE.search(value)
            leads = leads and not _names_home(tag, key, values, home)
            leads = leads or key in {"style", "http-equiv", "ping"}
            if leads and not (cited and key == "href" and value in allowed):
                found.append(f"{tag} {key}={value}")
    return found


def _names_home(tag: str, key: str, values: dict[str, str], home: str) -> bool:
    """Tell what names a page or its picture at home, and leads nowhere."""
    if not values[key].startswith(f"{home}/"):
        return False
    named = {"link": "canonical", "meta": values.get("property", "")}.get(tag, "")
    return (tag, key, named) == ("link", "href", values.get("rel")) or (
        (tag, key) == ("meta", "content") and named.startswith("og:")
    )


@pytest.mark.parametrize(
    "planted",
    [
        '<img src="//elsewhere.example/a.jpg" alt="">',
        '<img src="a.jpg" srcset="a.jpg 1x, https://elsewhere.example/a 2x" alt="">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<link rel="preconnect" href="https://elsewhere.example">',
        '<a href="https://elsewhere.example" rel="noopener noreferrer">x</a>',
        f'<a href="{SOURCE}">a source that learns who reads</a>',
        '<a href="b.html" ping="c.html">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="mailto:desk@elsewhere.example">x</a>',
        '<base href="../"></base>',
        '<form action="b.html"></form>',
        '<iframe src="b.html"></iframe>',
        '<video poster="https://elsewhere.example/a.jpg"></video>',
        '<p style="background: red">x</p>',
        '<meta http-equiv="refresh" content="0; b.html">',
        "<style>p{background:url(b.png)}</style>",
        f'<a href="{HOME}/en/index.html">the same at home</a>',
        f'<img src="{HOME}/en/m/x.png" alt="">',
        f'<link rel="preload" href="{HOME}/en/x.css">',
        '<style>@import "b.css";</style>',
        '<svg><use xlink:href="https://elsewhere.example/#a"></use></svg>',
    ],
)
def test_whatever_leads_out_is_found(planted: str) -> None:
    """In each of these forms an address outside of the mirror would be seen."""
    page = pages("en", HOME)["article"].content.decode()
    assert [] == leads_out(page, CITED)

    assert leads_out(page.replace("</article>", f"{planted}</article>"), CITED)


def test_home_is_named_to_machines_and_led_to_by_nothing() -> None:
    """A service's own address is an identifier: of the page, by the story's id."""
    story, ours = every_story(), with_home("en")
    (page,) = article_pages(story, ours, section_name="Law")
    reader = Reader(page.content.decode())
    address = "https://news.example/en/a/2026-11/20/right-to-know.html"
    said = [v for _, v in reader.tags if address in v.values()]

    image = f"https://news.example/en/m/{nearest(story.picture.renditions).name}"

    assert [v.get("rel") or v.get("property") for v in said] == list(NAMED)
    assert f'<meta property="og:image" content="{image}">' in page.content.decode()
    [data] = re.findall(r"ld\+json\">([^<]*)<", page.content.decode())
    facts = json.loads(data)
    source = "https://news.example/ru/a/2026-11/20/x.html"
    named = {"@type": "ImageObject", "@id": image}

    assert [address, named, "en", {"@id": source}] == [
        facts[key] for key in ("@id", "image", "inLanguage", "translationOfWork")
    ]
    assert "news.example" not in "".join(v["href"] for v in reader.links())


@pytest.mark.parametrize("language", ["en", "ru", "fa", "ka"])
def test_pages_are_the_bytes_that_were_looked_at(language: str) -> None:
    """A page of each type is pinned by its hash; a change shows which ones to look at.

    `python -m edition.golden`, from tests/, writes the hashes anew.
    """
    golden = json.loads(GOLDEN.read_text("ascii"))[language]
    found = {
        name: sha256(page.content).hexdigest()[:32]
        for name, page in pages(language).items()
    }

    assert golden == found
