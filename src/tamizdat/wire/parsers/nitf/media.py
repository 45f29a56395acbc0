"""Read the pictures and recordings of a NITF body."""

from dataclasses import replace

from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, words

_UNSEEN = {"text", "data", "other", "script"}
_KINDS = {"image": "picture", "photo": "picture", "picture": "picture"}
_KINDS |= {"graphic": "picture", "video": "video", "audio": "audio"}


def read_media(content: Element | None) -> list[Media]:
    """Read every `media` element that has a file or a caption."""
    found = [_media(one) for one in every(content, ".//media") if _is_seen(one)]
    return [one for one in found if one.renditions or one.caption]


def _is_seen(element: Element) -> bool:
    return (attribute(element, "media-type") or "").lower() not in _UNSEEN


def _media(element: Element) -> Media:
    kind = (attribute(element, "media-type", "class") or "image").lower()
    captions = [
        text for one in every(element, ".//media-caption") if (text := words(one))
    ]
    references = every(element, ".//media-reference")
    said = {
        (attribute(one, "name") or "").lower(): attribute(one, "value")
        for one in every(element, ".//media-metadata")
    }
    alone = len(references) == 1
    files = [_sized(rendition(one), said, alone=alone) for one in references]
    return Media(
        kind=_KINDS.get(kind, "picture"),
        caption=unescaped("\n".join(dict.fromkeys(captions))) or None,
        alt=attribute(next(iter(references), None), "alternate-text"),
        credit=words(element, ".//media-producer") or said.get("credit"),
        renditions=tuple(one for one in files if one.href),
    )


def _sized(file: Rendition, said: dict[str, str | None], *, alone: bool) -> Rendition:
    """Give the only file of a picture the sizes that its metadata have."""
    if not alone:
        return file
    return replace(
        file,
        width=file.width or pixels(said.get("width")),
        height=file.height or pixels(said.get("height")),
    )


def rendition(reference: Element) -> Rendition:
    """Read one file of a picture: address, type, width and height in pixels."""
    return Rendition(
        name=attribute(reference, "name", "id"),
        href=attribute(reference, "source", "href", "src", "data-location"),
        mime=attribute(reference, "mime-type"),
        width=pixels(attribute(reference, "width")),
        height=pixels(attribute(reference, "height")),
    )
