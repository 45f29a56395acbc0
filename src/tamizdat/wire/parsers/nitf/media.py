"""Read the pictures and recordings of a NITF body."""

from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, words

_KINDS = {"image": "picture", "photo": "picture", "picture": "picture"}
_KINDS |= {"graphic": "picture", "video": "video", "audio": "audio"}


def read_media(content: Element | None) -> list[Media]:
    """Read every `media` element with its caption, credit and files."""
    return [
        _media(element)
        for element in every(content, ".//media")
        if attribute(element, "media-type") not in {"text", "data", "other"}
    ]


def _media(element: Element) -> Media:
    kind = (attribute(element, "media-type", "class") or "image").lower()
    caption = words(element, "media-caption", ".//media-caption")
    references = every(element, ".//media-reference")
    return Media(
        kind=_KINDS.get(kind, "picture"),
        caption=unescaped(caption) if caption else None,
        alt=attribute(next(iter(references), None), "alternate-text"),
        credit=words(element, "media-producer", ".//media-producer"),
        renditions=tuple(rendition(one) for one in references),
    )


def rendition(reference: Element) -> Rendition:
    """Read one file of a picture: address, type, width and height in pixels."""
    return Rendition(
        name=attribute(reference, "name", "id"),
        href=attribute(reference, "source", "href"),
        mime=attribute(reference, "mime-type"),
        width=pixels(attribute(reference, "width")),
        height=pixels(attribute(reference, "height")),
    )
