"""Read what a NewsML-G2 item carries: its text, its pictures, its recordings."""

import re
from collections.abc import Iterable

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.plain import levelled, passages_of_text
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.houses import sender_in
from tamizdat.wire.items import Block, Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, line_of
from tamizdat.wire.parsers.embedded import read_base64, read_embedded
from tamizdat.wire.parsers.newsml_g2.metadata import alt_in, captions_in, scripts_in

_SHOT = re.compile(r"\s*\d{1,3}[.)]\s+\S")
_LEAST_SHOTS = 2
_KINDS = ("image", "video", "audio")
_OF_TYPE = {"picture": "picture", "graphic": "picture"}
_OF_TYPE |= {"video": "video", "audio": "audio"}


def read_content(item: Element, draft: Draft) -> None:
    """Read body and media; of several forms of a text the first with words counts."""
    _text(item, draft)
    draft.type = _type(item, draft)
    draft.media += _media(item, draft)
    if not draft.passages:
        for script in scripts_in(item):
            draft.passages += _script(script)
    if not draft.passages and draft.type == "text":
        draft.receipt.warn("no text in the item")


def _script(script: Element) -> list[Passage]:
    """Read a script; where its shots are numbered, each line stands for itself."""
    text = levelled("".join(script.itertext()))
    rows = [(n, row) for n, row in enumerate(text.split("\n")) if row.strip()]
    if sum(1 for _, row in rows if _SHOT.match(row)) < _LEAST_SHOTS:
        return passages_of_text(text, line_of(script))
    first = line_of(script)
    return [Passage(Block("paragraph", one_line(row)), first + n) for n, row in rows]


def _type(item: Element, draft: Draft) -> str:
    """Correct a type that the content gainsays, or that nobody gave."""
    said = attribute(first(item, ".//itemclass"), "qcode", "literal")
    if item.tag == "newsitem" and draft.type == "package" and draft.passages:
        return "text"
    if said is None and draft.type == "text" and not draft.passages:
        kinds = [_kind(one, "text") for one in item.iter("remotecontent")]
        return next((kind for kind in kinds if kind), "text")
    return draft.type


def _text(item: Element, draft: Draft) -> None:
    found = False
    for holder in item.iter("inlinexml", "inlinedata"):
        mime = (attribute(holder, "contenttype") or "").lower()
        if found:
            draft.receipt.drop(line_of(holder), None, "the same text in another form")
        elif mime.startswith(_KINDS) or mime.endswith(("/css", "/javascript")):
            draft.receipt.drop(line_of(holder), None, f"embedded {mime}")
        elif _is_statistics(holder):
            draft.receipt.drop(line_of(holder), None, "sports statistics, no text")
        elif "base64" in (attribute(holder, "encoding") or "").lower():
            read_base64(holder.text or "", "utf-8", line_of(holder), draft)
            found = bool(draft.passages)
        else:
            found = read_embedded(holder, draft)


def _is_statistics(holder: Element) -> bool:
    """Tell SportsML without an article: names and numbers that make no text."""
    if first(holder, ".//sports-content") is None:
        return False
    return first(holder, ".//article", ".//body.content", ".//p") is None


def _media(item: Element, draft: Draft) -> Iterable[Media]:
    """Read remote content: all renditions of one kind are one picture or recording."""
    by_kind: dict[str, list[Rendition]] = {}
    for remote in [*item.iter("remotecontent"), *every(item, ".//contentmeta/icon")]:
        kind = _kind(remote, draft.type)
        if kind is None:
            where = attribute(remote, "href", "residref")
            draft.receipt.warn(f"text in another file, not read: {where}")
        else:
            by_kind.setdefault(kind, []).append(_rendition(remote))
    captions = captions_in(item)
    main = _OF_TYPE.get(draft.type)
    if main in by_kind and len(by_kind) > 1:
        # A picture beside a recording is its poster.
        by_kind = {main: [one for kind in by_kind for one in by_kind[kind]]}
    for kind, renditions in by_kind.items():
        caption = "\n".join(captions) if draft.type != "text" else None
        yield Media(
            kind=kind,
            caption=caption or (draft.abstract if draft.type != "text" else None),
            alt=alt_in(item) if draft.type != "text" else None,
            credit=_credit(draft),
            ratio=_ratio(item),
            renditions=tuple(renditions),
        )


def _credit(draft: Draft) -> str | None:
    """Read whom a picture is credited to: its line, else who made and who sent it."""
    if draft.credits or draft.type == "text":
        return ", ".join(dict.fromkeys(draft.credits)) or None
    makers = [one.name for one in draft.byline[:1]]
    sender = draft.provider or sender_in(draft.guid)
    return "/".join([*makers, *([sender] if sender else [])]) if makers else None


def _kind(remote: Element, type_: str) -> str | None:
    mime = (attribute(remote, "contenttype", "format") or "").lower()
    if mime.startswith("image"):
        return "picture"
    if mime.startswith(("video", "audio")):
        return mime[:5]
    return _OF_TYPE.get(type_) if not mime.startswith("text") else None


def _rendition(remote: Element) -> Rendition:
    name = attribute(remote, "rendition")
    return Rendition(
        name=name.rpartition(":")[2] if name else None,
        href=attribute(remote, "href", "residref"),
        mime=attribute(remote, "contenttype"),
        width=pixels(attribute(remote, "width")),
        height=pixels(attribute(remote, "height")),
    )


def _ratio(item: Element) -> str | None:
    """Read the ratio of a recording, where all its files have the same."""
    ratios = {
        ratio.replace(":", "x")
        for remote in item.iter("remotecontent")
        if (ratio := attribute(remote, "videoaspectratio"))
    }
    return ratios.pop() if len(ratios) == 1 else None
