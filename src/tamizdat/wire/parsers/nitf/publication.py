"""Read the envelope that AP put round NITF before its JSON: `Publication`.

What it says comes before what the document inside says. Source: AP APPL 5.
"""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.items import Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words

_LINES = "newslines/"
_KINDS = {"photo": "picture", "graphic": "picture", "video": "video", "audio": "audio"}
_TYPES = {"photo": "picture", "graphic": "graphic", "video": "video", "audio": "audio"}


def read_publication(tree: Element, draft: Draft) -> None:
    """Read `Publication` into a draft; any other element is passed over."""
    if tree.tag != "publication":
        return
    draft.guid = words(tree, "identification/itemid")
    draft.version = words(tree, "identification/recordsequencenumber")
    draft.language = words(tree, "identification/defaultlanguage")
    management = first(tree, "publicationmanagement")
    draft.pubstatus = words(management, "status")
    draft.signals += _texts(management, "editorial/type")
    draft.published_at = _parted(first(management, "firstcreated"))
    draft.updated_at = words(management, "lastmodifieddatetime", "arrivaldatetime")
    draft.ednotes += _texts(management, "instruction")
    draft.headlines += [w for w in (words(tree, f"{_LINES}headline"),) if w]
    for byline in every(tree, f"{_LINES}byline"):
        line, title = words(byline), attribute(byline, "title")
        draft.bylines += [f"{line}, {title}" if title else line] if line else []
    draft.place = words(tree, f"{_LINES}dateline")
    draft.rights = words(tree, f"{_LINES}copyrightline")
    draft.slugline = words(tree, f"{_LINES}slugline")
    draft.provider = words(tree, "administrativemetadata/provider")
    draft.urgency = words(
        tree, "administrativemetadata/priority", "identification/priority"
    )
    _components(tree, draft)


def _components(tree: Element, draft: Draft) -> None:
    """Read the files of a picture or recording, and the words below it."""
    files: dict[str, list[Rendition]] = {}
    captions: list[str] = []
    for one in every(tree, "publicationcomponent"):
        said = attribute(one, "mediatype") or ""
        kind = _KINDS.get(said.lower())
        role = attribute(one, "role") or ""
        if role.lower() == "caption":
            # It is no text: nobody is to read it for one.
            text = words(one, ".//body.content", ".//datacontent")
            captions += [text] if text else []
            tree.remove(one)
        elif kind is not None:
            files.setdefault(kind, []).extend(
                _rendition(content, role)
                for content in one
                if attribute(content, "href")
            )
            draft.type = _TYPES.get(said.lower(), draft.type)
    draft.media += [
        Media(
            kind=kind,
            caption="\n".join(captions) or None,
            credit=words(tree, f"{_LINES}creditline"),
            renditions=tuple(renditions),
        )
        for kind, renditions in files.items()
        if renditions
    ]


def _rendition(content: Element, role: str) -> Rendition:
    said = first(content, "characteristics")
    return Rendition(
        name=role or None,
        href=attribute(content, "href"),
        mime=attribute(said, "mimetype"),
        width=pixels(words(said, "width")),
        height=pixels(words(said, "height")),
    )


def _texts(element: Element | None, path: str) -> list[str]:
    """Read the texts of all elements on a path."""
    return [text for one in every(element, path) if (text := words(one))]


def _parted(moment: Element | None) -> str | None:
    """Read a time whose parts stand in attributes: it names no zone."""
    year, month, day = (attribute(moment, n) for n in ("year", "month", "day"))
    if not (year and month and day):
        return words(moment) if moment is not None else None
    clock = attribute(moment, "time")
    date = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return f"{date}T{clock}" if clock else date
