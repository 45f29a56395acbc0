"""Print a page again without its pictures, for who cannot or will not load them.

Decides nothing of its own: such a page follows from the page with pictures, byte by
byte, so that whoever holds both can tell that they say the same. Links between pages of
one story, and to the front page, lead to pages without pictures again; those to lists
carry a fragment by which the list leads back to text.

Source: spec/addresses.md, "Text only"; docs/decisions/0064-text-only.md.
"""

import re
from collections.abc import Iterable, Sequence

from tamizdat.edition.headings import SOURCE
from tamizdat.edition.languages import direction
from tamizdat.edition.pages.addresses import text_path
from tamizdat.edition.pages.cards import Card
from tamizdat.edition.pages.directed import directed_part
from tamizdat.edition.pages.theme import Page, refitted
from tamizdat.edition.wording import Wording, wording

FRONT = "text.html"
_FRONT = "index.html"  # what FRONT follows from
_PICTURE = re.compile(
    r'(?P<before><a class="pic" [^>]*>|<div class="by">)?'
    r"<picture>(?:<source [^>]*>)*"
    r'<img src="(?P<file>[^"]*)"[^>]* alt="(?P<alt>[^"]*)"></picture>'
    r"(?:</a>(?=<div><))?"
)
_MACHINES = re.compile(
    r'<meta property="[^>]*>|<script type="application/ld\+json">[^<]*</script>'
    r'|<link rel="alternate"[^>]*>'
)
_LANGUAGE = re.compile(r'<html lang="([A-Za-z0-9-]+)"')
_LIST = re.compile(r'(href="(?:\.\./)*(?:news|(?:s|t|by)/[a-z0-9-]+)\.html)"')
_LEAD = '<article class="lead"'  # beside its picture


def text_pages(printed: Sequence[Page]) -> list[Page]:
    """Print the pages of a story without pictures; none where they show none."""
    if not any(b"<picture>" in one.content for one in printed):
        return []
    return [Page(text_path(one.path), text_of(one)) for one in printed]


def text_of(page: Page, *, ordered: bool = True) -> bytes:
    """Take the pictures out of a page of a story; what it shows is told in words.

    Args:
        page: with its pictures.
        ordered: set letters of these words in order, as presses did not at first.
    """
    id_ = page.path.rpartition("/")[2].partition(".")[0]
    own = re.compile(rf'href="{re.escape(id_)}((?:\.[1-9]\d*)?\.html)')
    text = own.sub(rf'href="{id_}.text\1', _without_pictures(page, ordered=ordered))
    return _turned(text, f"{id_}.text.html", f"{id_}.html").encode()


def text_front(page: Page, cards: Iterable[Card]) -> Page:
    """Take the picture out of the front page; its stories lead to their text.

    Args:
        page: index.html.
        cards: what may stand on it.
    """
    text = _turned(_without_pictures(page).replace(_LEAD, "<article"), FRONT, _FRONT)
    for card in cards:
        if card.beside.pictures:
            text = text.replace(f'"{card.path}"', f'"{text_path(card.path)}"')
    return Page(FRONT, text.encode())


def _without_pictures(page: Page, *, ordered: bool = True) -> str:
    """Take out pictures, rules for them and what only machines read."""
    text = page.content.decode()
    words, way = _words(text), _way(text) if ordered else ""
    text = _MACHINES.sub("", _PICTURE.sub(lambda one: _told(one, words, way), text))
    text = _LIST.sub(r'\1#text-only"', text)
    text = re.sub(rf'(<a class="name" href="(?:\.\./)*){_FRONT}"', rf'\1{FRONT}"', text)
    return refitted(text)


def _told(picture: re.Match[str], words: Wording, way: str) -> str:
    """Say what a picture shows, and lead to it. `way`: of the page, or ""."""
    before = picture["before"]
    if before:  # a link that the headline repeats, or a portrait
        return "" if before.startswith("<a") else before
    said = picture["alt"] or words.html["show_pictures"]
    link = f'<a href="{picture["file"]}">{said}</a>'
    return f"<small>{directed_part(link, way) if way else link}</small>"


def _turned(text: str, own: str, other: str) -> str:
    """Turn the link to a page's text into one to the page with pictures."""
    words = _words(text)
    return text.replace(
        f'href="{own}">{words.html["text_only"]}<',
        f'href="{other}">{words.html["show_pictures"]}<',
    )


def _way(text: str) -> str:
    language = _LANGUAGE.search(text)
    return direction(language[1]) if language else ""


def _words(text: str) -> Wording:
    language = _LANGUAGE.search(text)
    return wording(language[1] if language else SOURCE)
