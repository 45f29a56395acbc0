"""Read the XML that an agency made for itself, by the names of its elements.

What stands in an element called `headline`, `overskrift` or `titre` is a headline,
whatever the rest is called; the words stand in `names`. An item repeats where
elements of one name each have a headline or a body of their own.
"""

import re

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.faults import drafts_of
from tamizdat.wire.items import Media, Rendition, WireItem
from tamizdat.wire.markup.noted import noted
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.markup.tree import attribute, line_of, words
from tamizdat.wire.parsers.embedded import read_embedded
from tamizdat.wire.parsers.own_xml import names
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "xml"

_ADDRESS = re.compile(r"https?://\S+|[\w./-]{1,200}\.(?:jpe?g|png|gif|webp|mp4|mp3)")
_CODE = re.compile(r"\d{8}")  # of IPTC
_MOST_ITEMS = 10_000


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn XML of no known family into wire items.

    Raises:
        EmptyFileError: there is nothing in it.
        MarkupError, TooLargeError: see `read_xml`.
        NoItemError: nothing in it has a name that means anything.
    """
    receipt = ReceiptWriter()
    decoded = decode(data, file, receipt)
    tree = read_xml(decoded.text, file, receipt)
    receipt.warn(
        f"XML of no known family ({tree.tag}): read by the names of its elements"
    )
    items = _items(tree)[:_MOST_ITEMS]
    drafts = drafts_of(items, lambda one: _draft(one, receipt), file, FAMILY)
    return finish_all(drafts, Source(data, file, decoded))


def _items(tree: Element) -> list[Element]:
    """Find the elements that are items: siblings that each hold a body."""
    for parent in tree.iter():
        children = [one for one in parent if isinstance(one.tag, str) and _is_item(one)]
        if len(children) > 1 and len({one.tag for one in children}) == 1:
            return children
    return [tree]


def _is_item(element: Element) -> bool:
    found = {one.tag for one in element.iter()}
    return bool(found & names.HEADLINES) and bool(found & names.BODIES)


def _draft(item: Element, receipt: ReceiptWriter) -> Draft:
    writer = receipt.copied()
    draft = Draft(family=FAMILY, line=line_of(item), receipt=writer)
    draft.noted = noted(item, writer)
    draft.guid = _word(item, names.GUIDS) or _named(item)
    draft.version = _word(item, names.VERSIONS) or attribute(item, "version")
    draft.language = _word(item, names.LANGUAGES) or attribute(item, "lang", "language")
    draft.provider = _word(item, names.PROVIDERS)
    draft.slugline = _word(item, names.SLUGS)
    draft.kicker = _word(item, names.KICKERS)
    draft.abstract = _word(item, names.ABSTRACTS)
    draft.urgency = _word(item, names.URGENCIES)
    draft.rights = _word(item, names.RIGHTS)
    draft.usageterms = _word(item, names.TERMS)
    draft.published_at = _moment(item, names.DATES, names.TIMES)
    draft.updated_at = _word(item, names.UPDATES)
    draft.embargo = _word(item, names.EMBARGOES)
    draft.pubstatus = _status(item)
    draft.headlines += _words(item, names.HEADLINES)[:1]
    draft.bylines += _words(item, names.BYLINES)
    draft.credits += _words(item, names.CREDITS)
    draft.ednotes += _words(item, names.EDNOTES)
    draft.datelines += _words(item, names.DATELINES)
    draft.subjects += [
        f"subj:{code}" for code in _words(item, names.SUBJECTS) if _CODE.fullmatch(code)
    ]
    _body(item, draft)
    draft.media += [media for one in item.iter() if (media := _media(one))]
    draft.type = _type(item, draft)
    return draft


def _named(item: Element) -> str | None:
    """Read the identifier of an item, which may be all that the first holds."""
    inside = [one for one in item if isinstance(one.tag, str)]
    only = inside[0] if len(inside) == 1 else None
    names_ = ("guid", "id", "uuid")
    return attribute(item, *names_) or attribute(only, *names_)


def _words(item: Element, called: frozenset[str]) -> list[str]:
    found = [one for one in item.iter() if one.tag in called and not _in_media(one)]
    return list(dict.fromkeys(text for one in found if (text := words(one))))


def _word(item: Element, called: frozenset[str]) -> str | None:
    return next(iter(_words(item, called)), None)


def _in_media(element: Element) -> bool:
    around = [element, *element.iterancestors()]
    # A file that is all one `photo` tells of the picture what others tell of a story.
    return any(one.tag in names.MEDIA for one in around if one.getparent() is not None)


def _moment(item: Element, days: frozenset[str], clocks: frozenset[str]) -> str | None:
    """Read a date, and the time where that stands in an element of its own."""
    day, clock = _word(item, days), _word(item, clocks)
    alone = day is not None and ":" not in day and "T" not in day
    return f"{day}T{clock}" if alone and clock else day or None


def _status(item: Element) -> str | None:
    status = (_word(item, names.STATUSES) or "").lower()
    return status if status in names.KNOWN_STATUSES else None


def _body(item: Element, draft: Draft) -> None:
    """Read the longest text among the elements that are called a body."""
    holders = [
        one for one in item.iter() if one.tag in names.BODIES and not _in_media(one)
    ]
    if not holders:
        return
    # What holds a headline, too, holds all of the item.
    inner = [one for one in holders if not _holds(one, names.HEADLINES)]
    holders = inner or holders
    holder = max(holders, key=lambda one: len("".join(one.itertext())))
    read_embedded(holder, draft)


def _holds(element: Element, called: frozenset[str]) -> bool:
    return any(one.tag in called for one in element.iterdescendants())


def _media(element: Element) -> Media | None:
    if element.tag not in names.MEDIA or _is_list(element) or _is_file(element):
        return None
    files = [
        element,
        *(one for one in element.iter(*names.FILES) if one is not element),
    ]
    renditions = tuple(found for one in files if (found := _rendition(one)))
    if not renditions and (href := _word_of_file(element)):
        renditions = (Rendition(href=href),)
    if not renditions:
        return None
    return Media(
        kind=element.tag if element.tag in {"video", "audio"} else "picture",
        caption=words(element, *names.CAPTIONS),
        credit=words(element, *names.MEDIA_CREDITS),
        renditions=renditions,
    )


def _is_list(element: Element) -> bool:
    """Tell what holds pictures from a picture with files: those have words."""
    inner = (one for one in element.iterdescendants(*names.MEDIA))
    return any(words(one, *names.CAPTIONS, *names.MEDIA_CREDITS) for one in inner)


def _is_file(element: Element) -> bool:
    """Tell a file of a picture from a picture: it stands in one."""
    around = element.iterancestors(*names.MEDIA)
    return any(not _is_list(one) for one in around)


def _rendition(one: Element) -> Rendition | None:
    href = attribute(one, "href", "src", "url", "source", "path", "filename")
    if href is None:
        return None
    mime = attribute(one, "mime-type", "mimetype", "contenttype", "type")
    return Rendition(
        name=attribute(one, "rendition", "name", "role", "size", "usage"),
        href=href,
        mime=mime if mime and "/" in mime else None,
        width=pixels(attribute(one, "width", "w")),
        height=pixels(attribute(one, "height", "h")),
    )


def _type(item: Element, draft: Draft) -> str:
    """Tell a picture or a recording from a story: it has a file, and no text."""
    if draft.passages or not draft.media:
        return "text"
    graphic = item.tag in {"graphic", "infographic"}
    return "graphic" if graphic else draft.media[0].kind


def _word_of_file(element: Element) -> str | None:
    """Read the address of a file from an element inside, or from its own words."""
    own = words(element) or ""
    return (
        own
        if _ADDRESS.fullmatch(own)
        else words(element, ".//url", ".//href", ".//filename", ".//file", ".//src")
    )
