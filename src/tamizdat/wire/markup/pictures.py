"""Find the pictures and recordings in HTML, with caption, credit and sizes."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.items import Media, Rendition
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, words

_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-url", "content")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_SMALL = 40  # pixels: smaller ones are buttons, faces and counters
_MOST = 200  # of one item
_DIGITS = 6
_COUNTERS = re.compile(
    r"/(?:pixel|spacer|blank|1x1|beacon|counter|emoji|smil(?:ey|ies))\b|feedburner"
    r"|gravatar\.com|/s\.w\.org/images/core/emoji|doubleclick|scorecardresearch",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"credit|copyright|photographer|author|source|byline", re.IGNORECASE
)
_HIDDEN = re.compile(r"visually-?hidden|sr-only|screen-reader", re.IGNORECASE)
_SOURCE_LABEL = re.compile(
    r"(?:image|photo|picture|bild|foto) ?(?:source|credit|copyright|quelle)\b"
    r"|crédits?\b|источник\b",
    re.IGNORECASE,
)
_PLAYERS = ("video", "audio")
_CAPTIONS = ("caption", "description")  # of itemprop
# Elements of one figure: figures may stand in figures.
_MOST_PARTS = 400

Caption: TypeAlias = tuple[str | None, str | None]  # and whom it is credited to


def media_of(tree: Element | None, base: str | None = None) -> list[Media]:
    """List the media of a tree in its order; nothing is fetched.

    Args:
        tree: HTML.
        base: address by which relative ones are read.
    """
    found: list[Media] = []
    seen: set[str] = set()
    captions: dict[Element | None, Caption] = {}
    for element in [] if tree is None else tree.iter("img", *_PLAYERS):
        if len(found) >= _MOST:
            break
        media = _media(element, base, captions)
        href = media.renditions[0].href if media and media.renditions else None
        if media is None or href is None or href in seen:
            continue
        seen.add(href)
        found.append(media)
    return found


def _media(
    element: Element, base: str | None, captions: dict[Element | None, Caption]
) -> Media | None:
    """Read one picture; a figure of many is asked for its words once."""
    figure = next(element.iterancestors("figure"), None)
    kind = element.tag if element.tag in _PLAYERS else "picture"
    renditions = tuple(_renditions(element, base))
    if not renditions or (kind == "picture" and _is_ornament(element, renditions)):
        return None
    if figure not in captions:
        captions[figure] = _caption(figure)
    caption, credit = captions[figure]
    return Media(
        kind=kind,
        caption=caption,
        alt=attribute(element, "alt"),
        credit=credit,
        renditions=renditions,
    )


def _caption(figure: Element | None) -> Caption:
    """Part the words below a picture from whom it is credited to."""
    if figure is None:
        return None, None
    source = _labelled(_parts(figure))
    caption, credit = _printed(_parts(figure))
    return caption, credit or source


def _parts(figure: Element) -> list[Element]:
    return list(islice(figure.iterdescendants(), _MOST_PARTS))


def _labelled(parts: list[Element]) -> str | None:
    """Take out what only tells the blind what follows; give the source after it."""
    source = None
    for part in parts:
        holder = part.getparent()
        if holder is None or not _HIDDEN.search(part.get("class") or ""):
            continue
        label, part.text = words(part) or "", ""
        for inner in list(part):
            part.remove(inner)
        if _SOURCE_LABEL.match(label):
            source = source or words(holder)
    return source


def _printed(parts: list[Element]) -> Caption:
    below = _below(parts)
    whole = words(below) if below is not None else None
    for part in parts:
        if part.tag == "img" or not _CREDITS.search(part.get("class") or ""):
            continue
        credit = words(part)
        if credit and credit != whole:
            rest = whole.replace(credit, "") if whole else None
            return (
                one_line(rest).strip(" ,;|\u2022") or None if rest else None
            ), credit
    return whole, None


def _below(parts: list[Element]) -> Element | None:
    """Find the words below a picture: an element for them, else one named so."""
    marked = [part for part in parts if part.get("itemprop") in _CAPTIONS]
    named = [part for part in parts if part.tag == "figcaption"]
    marked.sort(key=lambda part: _CAPTIONS.index(part.get("itemprop") or ""))
    return next(iter([*named, *marked]), None)


def _renditions(element: Element, base: str | None) -> Iterator[Rendition]:
    holders = [element]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        holders += every(parent, "source")
    holders += every(element, "source")
    known: set[str] = set()
    for holder in holders:
        for href, width in _addresses(holder):
            whole = absolute(href, base)
            if whole and whole not in known:
                known.add(whole)
                plain = holder is element and width is None
                yield Rendition(
                    href=whole,
                    mime=attribute(holder, "type"),
                    width=pixels(element.get("width")) if plain else width,
                    height=pixels(element.get("height")) if plain else None,
                )


def _addresses(holder: Element) -> Iterator[tuple[str, int | None]]:
    for name in _SOURCES:
        value = attribute(holder, name)
        if value:
            yield value, None
    for name in _SETS:
        for part in re.split(r",\s+|,(?=https?:)", holder.get(name) or ""):
            href, _, size = part.strip().partition(" ")
            if href:
                yield href, pixels(size.strip().removesuffix("w"))


def pixels(text: str | None) -> int | None:
    """Read a size; None where it is no whole number above 0."""
    digits = (text or "").strip().removesuffix("px")
    sound = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    return (int(digits) or None) if sound else None


def _is_ornament(element: Element, renditions: tuple[Rendition, ...]) -> bool:
    sizes = (pixels(element.get("width")), pixels(element.get("height")))
    if any(size is not None and size < _SMALL for size in sizes):
        return True
    return bool(_COUNTERS.search(renditions[0].href or ""))


def absolute(href: str, base: str | None) -> str | None:
    """Read an address by its base; None for scripts, data and what is none."""
    text = one_line(href)
    try:
        whole = urljoin(base or "", text)
        scheme = urlsplit(whole).scheme
    except ValueError:
        return None
    return whole if scheme in {"http", "https", "ftp", ""} and whole else None
