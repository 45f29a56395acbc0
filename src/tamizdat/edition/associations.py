"""Read what a story shows beside its words: the associations of its document.

Decides which are well formed, and that each is shown somewhere; whether its bytes
exist is for the press.

Source: spec/story-document.md, "Associations".
"""

import re
from collections.abc import Callable, Iterable, Mapping

from tamizdat.edition.fields import SHORT, SLUG, Fields
from tamizdat.edition.media import (
    AUDIO_TYPES,
    DOCUMENT_TYPES,
    PICTURE_TYPES,
    Audio,
    Cut,
    Document,
    File,
    Medium,
    Picture,
    Rendition,
    Video,
)

LEAD = "lead"
SECONDS = 359_999  # 99 hours, 59 minutes and as many seconds

_MOST = 60  # associations of a story
_RENDITIONS = 30  # of a picture
_FILES = 5  # of a sound or a document
_PARAGRAPHS = 300  # of a transcript
_WORDS = 1_000  # characters of a caption or a description, but for the lead's
_NO_LIMIT = 1_000_000  # a document is not as long
_BYTES = 1 << 26  # of a file
_PAGE = "page"  # the rendition of a video that is an address
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_TYPES = {"picture": Picture, "audio": Audio, "video": Video, "document": Document}


class Associations:
    """What a story shows, handed out by name.

    Attributes:
        lead: the picture above the text.
    """

    def __init__(self, fields: Fields) -> None:
        """Read the associations of a story.

        Raises:
            StoryError: one is not as spec/story-document.md says.
        """
        self._media: dict[str, Medium] = {}
        self._entries: dict[str, Fields] = {}
        for entry in fields.each("associations", most=_MOST):
            name = entry.match("name", SLUG)
            if name in self._media:
                entry.fail("name", f"{name} stands twice")
            self._media[name] = _medium(entry, name)
            self._entries[name] = entry
        self.lead = self._take_lead()

    def _take_lead(self) -> Picture | None:
        entry = self._entries.pop(LEAD, None)
        lead = self._media.pop(LEAD, None)
        if entry is not None and not isinstance(lead, Picture):
            entry.fail("type", "expected picture: it is the lead")
        return lead if isinstance(lead, Picture) else None

    def picture(self, fields: Fields, key: str) -> Picture:
        """Give the picture that a field names.

        Raises:
            StoryError: there is none.
        """
        found = self.medium(fields, key, "picture")
        if not isinstance(found, Picture):
            raise TypeError(f"expected a picture, found {type(found).__name__}")
        return found

    def medium(self, fields: Fields, key: str, kind: str) -> Medium:
        """Give what a field names.

        Args:
            fields: that hold the name.
            key: of the name.
            kind: picture, audio, video or document.

        Raises:
            StoryError: there is none of the kind.
        """
        name = fields.match(key, SLUG)
        found = self._media.get(name)
        if found is None or not isinstance(found, _TYPES[kind]):
            fields.fail(key, f"expected the name of an association: no {kind} {name!r}")
        self._entries.pop(name, None)
        return found

    def done(self) -> None:
        """Refuse what nothing has asked for.

        Raises:
            StoryError: it would be printed and never shown.
        """
        for name, entry in self._entries.items():
            entry.fail("name", f"nothing in the story shows {name!r}")


def _medium(fields: Fields, name: str) -> Medium:
    kind = fields.word("type", ("picture", "audio", "video", "text"))
    if kind == "video":
        fields.text("uri")
    else:
        fields.match("uri", _HASH)
    medium = _READ[kind](fields, name)
    fields.done()
    return medium


def _picture(fields: Fields, name: str) -> Picture:
    words = _descriptions(fields, ("caption", "alt"), name)
    least = 0 if name == LEAD else 1
    return _pictured(fields, words, _renditions(fields, least, PICTURE_TYPES), name)


def _pictured(
    fields: Fields, words: Mapping[str, str], entries: Iterable[Fields], name: str
) -> Picture:
    if "alt" not in words or (name == LEAD and "caption" not in words):
        fields.fail("descriptions", "expected one caption and one alt")
    renditions = [_rendition(entry) for entry in entries]
    return Picture(
        caption=words.get("caption", ""),
        alt=words["alt"],
        credit=_credit(fields, name),
        renditions=tuple(sorted(renditions, key=lambda r: (r.type, r.width))),
        terms=fields.maybe("usageTerms", SHORT),
    )


def _rendition(fields: Fields) -> Rendition:
    file = _file(fields, PICTURE_TYPES)
    rendition = Rendition(
        digest=file.digest,
        type=file.type,
        width=fields.number("width", 1, 20_000),
        height=fields.number("height", 1, 20_000),
        size=file.size,
    )
    fields.done()
    return rendition


def _audio(fields: Fields, name: str) -> Audio:
    cuts = [_cut(entry) for entry in _renditions(fields, 1, AUDIO_TYPES, _FILES)]
    return Audio(
        title=_title(fields),
        caption=_descriptions(fields, ("caption",), name).get("caption"),
        credit=_credit(fields, name),
        terms=fields.maybe("usageTerms", SHORT),
        transcript=tuple(_transcript(fields)),
        cuts=tuple(cuts),
    )


def _cut(fields: Fields) -> Cut:
    cut = Cut(_file(fields, AUDIO_TYPES), fields.number("duration", 1, SECONDS))
    fields.done()
    return cut


def _transcript(fields: Fields) -> Iterable[str]:
    for entry in fields.each("bodies", most=_PARAGRAPHS):
        entry.word("role", ("transcript",))
        yield entry.text("value")
        entry.done()


def _video(fields: Fields, name: str) -> Video:
    words = _descriptions(fields, ("caption", "alt"), name)
    if "caption" not in words:
        fields.fail("descriptions", "expected one caption and one alt")
    entries = fields.each("renditions", most=_RENDITIONS + 1)
    pages = [e for e in entries if e.peek("name") == _PAGE]
    if len(pages) != 1 or len(entries) == 1:
        fields.fail("renditions", f"expected a poster and one rendition {_PAGE!r}")
    poster = [entry for entry in entries if entry not in pages]
    page = pages[0]
    page.text("name")
    page.word("contentType", ("text/html",))
    href = page.address("href")
    seconds = page.number("duration", 1, SECONDS)
    page.done()
    return Video(_pictured(fields, words, poster, name), href, seconds)


def _document(fields: Fields, name: str) -> Document:
    files = []
    for entry in _renditions(fields, 1, DOCUMENT_TYPES, _FILES):
        files.append(_file(entry, DOCUMENT_TYPES))
        entry.done()
    return Document(
        title=_title(fields),
        credit=_credit(fields, name),
        terms=fields.maybe("usageTerms", SHORT),
        files=tuple(files),
    )


def _renditions(
    fields: Fields, least: int, types: Mapping[str, str], most: int = _RENDITIONS
) -> list[Fields]:
    entries = fields.each("renditions", most=most)
    if len(entries) < least:
        fields.fail("renditions", f"expected at least one of {', '.join(types)}")
    return entries


def _file(fields: Fields, types: Mapping[str, str]) -> File:
    fields.text("name")
    return File(
        digest=fields.match("href", _HASH).removeprefix("sha256:"),
        type=fields.word("contentType", tuple(types)),
        size=fields.number("sizeInBytes", 1, _BYTES),
    )


def _title(fields: Fields) -> str:
    titles = fields.by_role("headlines", ("main",), SHORT)
    if not titles:
        fields.fail("headlines", "expected one of role main")
    return titles["main"]


def _descriptions(fields: Fields, roles: tuple[str, ...], name: str) -> dict[str, str]:
    most = _NO_LIMIT if name == LEAD else _WORDS
    return fields.by_role("descriptions", roles, most)


def _credit(fields: Fields, name: str) -> str | None:
    return fields.maybe("by", _NO_LIMIT if name == LEAD else SHORT)


_READ: Mapping[str, Callable[[Fields, str], Medium]] = {
    "picture": _picture,
    "audio": _audio,
    "video": _video,
    "text": _document,
}
