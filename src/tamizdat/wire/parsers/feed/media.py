"""Read the enclosures and media of an entry: files of one thing are its renditions."""

from collections.abc import Iterator
from dataclasses import replace

from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Media, Rendition
from tamizdat.wire.markup.pictures import absolute, pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words
from tamizdat.wire.parsers.feed import names

_MOST = 100  # of one entry
_FILES = ("media.content", "enclosure")


def with_media(entry: Element, base: str | None, known: list[Media]) -> list[Media]:
    """List the media of an entry: those of its text, with what is said of them, first.

    Args:
        entry: of a feed.
        base: address by which relative ones are read.
        known: media in the text of the entry.
    """
    found = list(known)
    for media in _all(entry, base):
        place = next((n for n, one in enumerate(found) if _is_same(one, media)), None)
        if place is not None:
            found[place] = _joined(found[place], media)
        elif len(found) - len(known) < _MOST:
            found.append(media)
    return found


def _files(media: Media) -> set[str]:
    return {(one.href or "").partition("?")[0] for one in media.renditions}


def _is_same(one: Media, other: Media) -> bool:
    return one.kind == other.kind and bool(_files(one) & _files(other))


def _joined(one: Media, other: Media) -> Media:
    """Fill what the text says of a file with what the feed says of it."""
    files = {file.href: file for file in other.renditions}
    return replace(
        one,
        caption=one.caption or other.caption,
        alt=one.alt or other.alt,
        credit=one.credit or other.credit,
        renditions=tuple(
            _sized(file, files.get(file.href, file)) for file in one.renditions
        ),
    )


def _sized(file: Rendition, told: Rendition) -> Rendition:
    return replace(
        file,
        mime=file.mime or told.mime,
        width=file.width or told.width,
        height=file.height or told.height,
    )


def _all(entry: Element, base: str | None) -> Iterator[Media]:
    for group in every(entry, ".//media.group"):
        yield from _group(group, entry, base)
    for name in _FILES:
        for one in every(entry, name):
            yield from _media([one], one, entry, base)
    for link in every(entry, "link") + every(entry, "atom.link"):
        if attribute(link, "rel") == "enclosure":
            yield from _media([link], link, entry, base)
    for name in ("image", "itunes.image", "thumbnail", "media.thumbnail"):
        for one in every(entry, name):
            yield from _media([one], one, entry, base, "picture")


def _group(group: Element, entry: Element, base: str | None) -> Iterator[Media]:
    by_kind: dict[str, list[Element]] = {}
    for one in every(group, "media.content"):
        by_kind.setdefault(_kind(one), []).append(one)
    for kind, files in by_kind.items():
        yield from _media(files, group, entry, base, kind)
    if not by_kind:
        for one in every(group, "media.thumbnail"):
            yield from _media([one], group, entry, base, "picture")


def _media(
    files: list[Element],
    holder: Element,
    entry: Element,
    base: str | None,
    kind: str | None = None,
) -> Iterator[Media]:
    renditions = tuple(r for one in files if (r := _rendition(one, base)))
    kind = kind or _kind(files[0])
    if not renditions or kind == "other":
        return
    where = [files[0], holder, *([entry] if holder.tag.startswith("media.") else [])]
    yield Media(
        kind=kind,
        caption=_said(where, "media.description", "media.text", "media.title"),
        alt=_said(where[:2], "media.title"),
        credit=_said(where, "media.credit"),
        renditions=renditions,
    )


def _said(where: list[Element], *wanted: str) -> str | None:
    for element in where:
        text = words(element, *wanted)
        if text:
            return unescaped(text)
    return None


def _rendition(one: Element, base: str | None) -> Rendition | None:
    href = attribute(one, "url", "href", "src", "resource") or words(one, "url", ".")
    href = absolute(href, base) if href else None
    if href is None:
        return None
    return Rendition(
        href=href,
        mime=attribute(one, "type"),
        width=pixels(attribute(one, "width")),
        height=pixels(attribute(one, "height")),
    )


def _kind(one: Element) -> str:
    for said in (attribute(one, "medium"), attribute(one, "type")):
        word = (said or "").lower().partition("/")[0]
        if word in names.KINDS:
            return names.KINDS[word]
    href = attribute(one, "url", "href", "src") or ""
    ending = href.partition("?")[0].rpartition(".")[2].lower()
    if ending in names.ENDINGS:
        return names.ENDINGS[ending]
    typed = attribute(one, "type", "medium")
    player = first(one, "media.player") is not None
    return "video" if player else "other" if typed else "picture"
