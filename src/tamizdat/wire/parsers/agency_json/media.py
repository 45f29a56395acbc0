"""Read the pictures and recordings of an item, and the items it points to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.people import is_person
from tamizdat.wire.draft.text import one_line, unescaped
from tamizdat.wire.items import Association, Credited, Media, Rendition
from tamizdat.wire.markup.pictures import pixels
from tamizdat.wire.parsers.agency_json import names
from tamizdat.wire.records.values import Record, first_text, keyed, rows, text_of

_MOST = 500  # associations of one item
_MEDIA = frozenset({"picture", "graphic", "video", "audio"})
_ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif", "tif"), "picture"),
    **dict.fromkeys(("mp4", "mov", "webm", "m3u8"), "video"),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg"), "audio"),
}


def read_associations(record: Record, draft: Draft) -> None:
    """Read what belongs to an item: media become media, all that has an id a link."""
    for key, rel in names.EARLIER.items():
        for part in rows(record.get(key)):
            guid = text_of(part) if isinstance(part, str) else None
            guid = guid or first_text(keyed(part), *names.GUID)
            draft.associations += [Association(rel, guid)] if guid else []
    found = 0
    for key in (
        "associations",
        "association",
        "media",
        "images",
        "pictures",
        "bagitem",
        *names.PICTURES,
    ):
        for rel, part in _members(record.get(key), key):
            found += 1
            if found <= _MOST:
                row = {"href": part} if key in names.PICTURES else part
                _association(rel, keyed(row), draft)
    _credit_lone_picture(record, draft)


def _credit_lone_picture(record: Record, draft: Draft) -> None:
    """Credit the only picture of a text to the only one who is said to have made it."""
    makers = list(dict.fromkeys(_makers(record)))
    if len(draft.media) == len(makers) == 1 and draft.media[0].credit is None:
        draft.media[0] = replace(draft.media[0], credit=makers[0])


def _members(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        if _looks_like_one(keyed(value)):
            yield key, value
            return
        for name, part in value.items():
            for one in rows(part):
                yield str(name), one
    else:
        for part in rows(value):
            yield first_text(keyed(part), "rel", "name", "type") or key, part


def _looks_like_one(row: Record) -> bool:
    return bool(row.keys() & {"uri", "urn", "guid", "href", "url"}) and bool(
        row.keys()
        & {"type", "renditions", "medias", "headline", "caption", "href", "url"}
    )


def _association(rel: str, row: Record, draft: Draft) -> None:
    if not row:
        return
    row = keyed(row["item"]) if isinstance(row.get("item"), dict) else row
    kind = _kind(row)
    guid = text_of(keyed(row.get("altids")).get("itemid"))
    guid = guid or first_text(row, *names.GUID)
    media = _media(row, kind) if kind in _MEDIA else None
    if media and (media.renditions or media.caption):
        draft.media.append(media)
    if guid:
        title = first_text(row, "headline", "headlines", "title")
        draft.associations.append(
            Association(one_line(rel), guid, unescaped(title) if title else None)
        )


def _kind(row: Record) -> str | None:
    said = (first_text(row, "type", "mediatype", "itemclass", "medium") or "").lower()
    word = said.rpartition(":")[2].partition("/")[0]
    if word in names.KINDS:
        return names.KINDS[word]
    files = [keyed(part) for part in rows(row.get("medias"))]
    if not said and files:
        return _kind(files[0])
    mime = (first_text(row, *names.MIME) or "").lower().partition("/")[0]
    if mime in names.KINDS:
        return names.KINDS[mime]
    href = (first_text(row, *names.HREF) or "").partition("?")[0]
    return None if said else _ENDINGS.get(href.rpartition(".")[2].lower())


def own_media(record: Record, draft: Draft) -> None:
    """Make the one picture or recording that a picture item is."""
    draft.media.insert(0, _media(record, draft.type))
    maker = keyed(record.get("photographer"))
    photographer, title = text_of(maker.get("name")), text_of(maker.get("title"))
    if photographer and not (draft.byline or draft.bylines):
        draft.byline.append(Credited(photographer, title=title))


def _media(row: Record, kind: str) -> Media:
    caption = _caption(row)
    alt = first_text(row, "alt", "alttext", "descriptionalt")
    return Media(
        kind="picture" if kind == "graphic" else kind,
        caption=caption,
        alt=unescaped(alt) if alt else None,
        credit=_credit(row),
        renditions=tuple(_renditions(row)),
    )


def _caption(row: Record) -> str | None:
    for name in names.CAPTIONS:
        parts = [
            part
            for part in rows(row.get(name))
            if (text_of(keyed(part).get("role")) or "") not in names.NO_CAPTION
        ]
        found = next((t for part in parts if (t := text_of(part))), None)
        if found:
            return unescaped(found)
    # The headline of a picture names its event; it stands beside its identifier.
    known = first_text(row, *names.GUID) or row.get("altids")
    found = first_text(row, "title", *([] if known else ("headline", "headlines")))
    return unescaped(found) if found else None


def _credit(row: Record) -> str | None:
    line = first_text(row, *names.CREDITS)
    if line:
        return unescaped(line)
    people = [
        text_of(keyed(row.get("photographer")).get("name")),
        *_makers(row),
        first_text(row, "by", "byline", "photographer", "bylines"),
        first_text(keyed(next(iter(rows(row.get("bylines"))), None)), "by", "name"),
    ]
    for key in ("creator", "author"):  # of a picture, whoever took it
        made = text_of(row.get(key)) or ""
        known = is_person(made, said=False) or is_agency(made)
        people.append(made if known else None)
    named = [one for one in people if one]
    source = first_text(row, *names.SOURCES, *names.SENDERS, *names.HOLDERS)
    parts = [*named[:1], *([source] if source else [])]
    if len(parts) > 1 and parts[1] in parts[0]:  # "First Hand/TT" and "TT"
        parts = parts[:1]
    return "/".join(parts) or first_text(row, "copyrightnotice")


def _makers(row: Record) -> Iterator[str]:
    """Name whoever is said to have made a picture."""
    for key in ("authors", "contributors", "people"):
        for part in rows(row.get(key)):
            one = keyed(part)
            role = (text_of(one.get("role")) or "").lower().rpartition(":")[2]
            if role in names.PICTURE_MAKERS and (name := first_text(one, "name")):
                yield name


def _renditions(row: Record) -> Iterator[Rendition]:
    value = next((v for name in names.RENDITIONS if (v := row.get(name))), None)
    if isinstance(value, dict):
        pairs = [(str(name), part) for name, part in value.items()]
    else:
        pairs = [("", part) for part in rows(value)]
    for name, part in pairs:
        one = keyed(part)
        own = name or first_text(one, "name", "rel", "role") or _use(one)
        found = _rendition(own, one)
        if found and not (found.mime or "").startswith("text/"):
            yield found
    if not pairs and (found := _rendition("", row, own=True)):
        yield found


def _use(one: Record) -> str:
    """Name a file by its type, where that is no kind of media: "baseImage"."""
    said = first_text(one, "type") or ""
    return "" if "/" in said or said.lower() in names.KINDS else said


def _rendition(name: str, one: Record, *, own: bool = False) -> Rendition | None:
    """Read one file; its `uri` is an address, of a whole picture (`own`) a name."""
    uri = "" if own else first_text(one, "uri") or ""
    href = first_text(one, *names.HREF)
    href = href or (uri if uri.startswith(("http:", "https:")) else None)
    if href is None or first_text(one, "type") == "text":
        return None
    mime = first_text(one, *names.MIME)
    return Rendition(
        name=name or None,
        href=href,
        mime=mime if mime and "/" in mime else None,
        width=pixels(first_text(one, "width")),
        height=pixels(first_text(one, "height")),
    )
