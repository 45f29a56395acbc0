"""Read body, pictures and recordings of a NewsML 1.x item.

A component is a picture if its content stands in files, and text if it stands
inside; what its role says decides only where it goes.
"""

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.items import Association, Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, line_of, words
from tamizdat.wire.parsers.embedded import read_base64, read_embedded

_SILENT = {"stylesheet", "css"}
_TITLES = {"headline", "title", "hedline"}
_ABSTRACTS = {"subheadline", "abstract", "summary", "lead", "standfirst"}
_PRIVATE = {"contact", "contacts", "notebook", "internal"}
_CREDITS = ("newslines/creditline", "newslines/byline")
CAPTIONS = {"caption", "legend", "picture caption", "photo caption"}
_IMAGES = ("image", "photo", "picture", "graphic", "jpeg", "gif", "png", "logo")
# Roles that tell no file from another.
_PLAIN_ROLES = {"", "main", "image", "photo", "picture", "graphic", "video", "audio"}
_VIDEOS = ("video", "quicktime", "mpeg", "wmv", "mp4")
_KINDS = ("video", "audio", "picture")
_AUDIOS = ("audio", "sound", "mp3")


def read_content(item: Element, draft: Draft) -> None:
    """Read all components of an item into a draft, the first text that has words."""
    found = False
    for content in item.iter("contentitem"):
        data = first(content, "datacontent", ".//datacontent", "encoding")
        role = role_of(content)
        if data is None or role in _SILENT:
            continue
        if role in _PRIVATE:
            draft.receipt.drop(line_of(content), None, f"component {role!r}")
        elif role in _TITLES:
            title = words(data) if kind_of(content) is None else None
            draft.headlines += [title] if title else []
        elif role in _ABSTRACTS:
            draft.abstract = draft.abstract or words(data)
        elif role not in CAPTIONS:
            found = _text(content, data, draft, again=found) or found
    draft.media += _media(item)
    draft.associations += [
        _reference(ref)
        for ref in item.iter("newsitemref")
        if attribute(ref, "newsitem")
    ]
    draft.type = _type(item, draft, found=found)
    if draft.type == "text" and not found:
        draft.receipt.warn("no text in the item")


def role_of(content: Element) -> str:
    """Name the role of the component round a content item, in lower case."""
    component = content.getparent()
    return (attribute(first(component, "role"), "formalname") or "").lower()


def _text(content: Element, data: Element, draft: Draft, *, again: bool) -> bool:
    kind = kind_of(content)
    if kind is not None:
        draft.receipt.drop(line_of(content), None, f"embedded {kind}")
        return False
    if again and not _goes_on(content):
        draft.receipt.drop(line_of(content), None, "the same text in another form")
        return False
    encoding = attribute(first(content, ".//encoding"), "notation") or ""
    if "base64" in encoding.lower() and not len(data):
        read_base64(data.text or "", "utf-8", line_of(data), draft)
        return bool(draft.passages)
    return read_embedded(data, draft)


def _goes_on(content: Element) -> bool:
    """Tell a second text from the same text in another form."""
    component = content.getparent()
    parent = None if component is None else component.getparent()
    around = [one for one in (component, parent) if one is not None]
    alternatives = {attribute(one, "equivalentslist") for one in around}
    return "yes" not in alternatives and len(every(component, "contentitem")) == 1


def kind_of(content: Element) -> str | None:
    """Tell "picture", "video" or "audio" by type, format or name of the file."""
    said = " ".join(
        filter(
            None,
            (
                attribute(first(content, "mimetype"), "formalname"),
                attribute(first(content, "mediatype"), "formalname"),
                attribute(first(content, "format"), "formalname"),
            ),
        )
    ).lower()
    said = said or (attribute(content, "href") or "").lower()
    if any(word in said for word in _VIDEOS):
        return "video"
    if any(word in said for word in _AUDIOS):
        return "audio"
    return "picture" if any(word in said for word in _IMAGES) else None


def _media(item: Element) -> list[Media]:
    """Read pictures and recordings; all files of one are its renditions."""
    owners: dict[Element, list[Element]] = {}
    for component in item.iter("newscomponent"):
        files = [
            content
            for content in every(component, "contentitem")
            if kind_of(content) is not None and attribute(content, "href")
        ]
        if files:
            owners.setdefault(_owner(component), []).extend(files)
    return [_one(owner, files) for owner, files in owners.items()]


def _owner(component: Element) -> Element:
    """Find whose files a component holds: without words, they are its parent's."""
    parent = component.getparent()
    worded = first(component, "newslines", ".//datacontent") is not None
    if worded or parent is None or parent.tag != "newscomponent":
        return component
    return parent if _is_media(parent) else component


def _one(component: Element, files: list[Element]) -> Media:
    kinds = {kind_of(one) for one in files}
    parent = component.getparent()
    around = [component]
    if parent is not None and parent.tag == "newscomponent" and _is_media(parent):
        around.append(parent)
    captions = [_caption(one, deep=one is component) for one in around]
    captions += [line for one in around for line in _caption_lines(one)]
    headlines = [words(one, "newslines/headline") for one in around]
    credits_ = [words(one, *_CREDITS) for one in around]
    return Media(
        kind=next(kind for kind in _KINDS if kind in kinds),
        caption=next(filter(None, [*captions, *headlines]), None),
        credit=next(filter(None, credits_), None),
        renditions=tuple(_rendition(one) for one in files),
    )


def _is_media(component: Element) -> bool:
    """Tell a component that holds files, and no text but their captions."""
    texts = [one for one in component.iter("contentitem") if kind_of(one) is None]
    return all(role_of(one) in CAPTIONS for one in texts)


def _caption(component: Element, *, deep: bool = True) -> str | None:
    """Find the text of a picture, beside its files or in a component called so."""
    for content in component.iter("contentitem"):
        data = first(content, "datacontent")
        called = deep or role_of(content) in CAPTIONS
        if data is not None and called and kind_of(content) is None:
            return words(data)
    return None


def _caption_lines(component: Element) -> list[str]:
    """Read captions among the lines of a component."""
    lines = every(component, "newslines/newsline")
    found = []
    for one in lines:
        kind = attribute(first(one, "newslinetype"), "formalname") or ""
        text = words(one, "newslinetext")
        found += [text] if text and kind.lower() in CAPTIONS else []
    return found


def _rendition(content: Element) -> Rendition:
    role = role_of(content)
    name = (
        _property(content, "imageuse", "multimediause", "usage")
        or (role if role not in _PLAIN_ROLES else None)
        or attribute(first(content, "format"), "formalname")
        or attribute(content, "duid")
        or role
        or None
    )
    return Rendition(
        name=name,
        href=attribute(content, "href"),
        mime=attribute(first(content, "mimetype"), "formalname"),
        width=pixels(_property(content, "pixelwidth", "width", "width_pixels")),
        height=pixels(_property(content, "pixelheight", "height", "height_pixels")),
    )


def _property(content: Element, *names: str) -> str | None:
    for one in content.iter("property"):
        if (attribute(one, "formalname") or "").lower() in names:
            return attribute(one, "value")
    return None


def _reference(ref: Element) -> Association:
    """Read a reference to another item, and what its component calls it."""
    component = next(ref.iterancestors("newscomponent"), None)
    alone = component is not None and len(every(component, "newsitemref")) == 1
    rel = attribute(first(component, "role"), "formalname") or "item"
    return Association(
        rel.lower(),
        attribute(ref, "newsitem"),
        words(component, "newslines/headline") if alone else None,
    )


def _type(item: Element, draft: Draft, *, found: bool) -> str:
    if found or not draft.media:
        return "text" if found or not draft.associations else "package"
    kinds = [one.kind for one in draft.media]
    kind = next(kind for kind in _KINDS if kind in kinds)
    said = [
        attribute(one, "formalname") or "" for one in item.iter("mediatype", "role")
    ]
    graphic = any("graphic" in one.lower() for one in said)
    return "graphic" if kind == "picture" and graphic else kind
