"""Read the frozen input of the press from JSON, one document a line.

Decides what a well-formed document is. Leaves to the press whether a story's service,
section and pictures exist.

Source: spec/story-document.md.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tamizdat.edition.associations import Associations
from tamizdat.edition.bodies import read_body
from tamizdat.edition.changes import check_ledger, check_newest, read_changes
from tamizdat.edition.errors import StoryError
from tamizdat.edition.fields import EARLIEST, SERVICE, SHORT, SLUG, Fields, quoted
from tamizdat.edition.foreign import read_foreign
from tamizdat.edition.fronts import FORMAT, Front, read_front
from tamizdat.edition.kin import (
    read_lineage,
    read_permalinks,
    read_related,
    read_translation,
)
from tamizdat.edition.languages import country_of
from tamizdat.edition.media import Picture
from tamizdat.edition.services import read_service
from tamizdat.edition.stories import (
    ENDED,
    LIVE,
    NOTED_KINDS,
    RELEASE_KINDS,
    Byline,
    Dateline,
    Place,
    Release,
    Service,
    Story,
    Tag,
)
from tamizdat.edition.withdrawals import KINDS

DOCUMENT_BYTES = 1 << 20  # a line of the content file, at most

_SALT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")  # 16 bytes, base64url, no padding
_TEMPLATES = {"look.mast", "look.foot", "look.logo"}  # have rules of their own
_ADDRESSES = {"uri", "href", "permalinks"}
_MARKUP = re.compile(  # what builds a page, loads or runs; every export of HTML has it
    r"</?(?:abbr|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|details"
    r"|div|dl|dt|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i"
    r"|iframe|img|input|ins|li|link|mark|meta|nav|object|ol|p|picture|pre|q|s|script"
    r"|section|small|source|span|strike|style|sub|summary|sup|svg|table|tbody|td|tfoot"
    r"|th|thead|title|tr|tt|u|ul|video|wbr)(?=[\s/>])"
    r"|<a(?=[\s/>])|<!--|<!doctype|<!\[CDATA\[|<\?",
    re.IGNORECASE,
)
_ALSO, _PLACES = 2, 10  # of a story
_BYLINES = ("person", "service")  # a protected name is a person's like any other
_URGENCIES = (1, 9)  # highest and lowest (ninjs urgency)


def read_document(line: bytes, place: str) -> Service | Front | Story:
    """Read one line of a content file.

    Args:
        line: UTF-8 JSON, at most 1 MiB.
        place: file and line, for messages.

    Raises:
        StoryError: not as spec/story-document.md or spec/front-document.md says.
    """
    if len(line) > DOCUMENT_BYTES:
        raise StoryError(place, "document", f"{len(line)} bytes, at most 1 MiB")
    try:
        value: Any = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise StoryError(place, "document", "expected JSON in UTF-8") from error
    kind = value.get("format") if isinstance(value, dict) else None
    if kind == FORMAT:
        return read_front(Fields(value, place))
    if kind is not None:
        return read_service(Fields(value, _service_place(value, place)))
    return _story(Fields(value, _place_of(value, place)))


def _place_of(value: Any, place: str) -> str:
    ours = value.get("tamizdat") if isinstance(value, dict) else None
    if not isinstance(ours, dict):
        return place
    service, name = ours.get("service"), ours.get("id")
    if _is_slug(service) and _is_slug(name):
        return f"{place} ({service}/{name})"
    return place  # what is no name may not be printable either


def _service_place(value: dict[str, Any], place: str) -> str:
    name = value.get("id")
    return f"{place} (service {name})" if _is_slug(name) else place


def refuse_markup(line: bytes, place: str) -> None:
    """Refuse a document in which a text holds HTML: a conversion that went wrong.

    Args:
        line: a document that `read_document` takes.
        place: file and line, for messages.

    Raises:
        StoryError: a text holds a tag or a comment of HTML.
    """
    if b"<" not in line and b"\\u00" not in line:  # which may write "<" too
        return
    value = json.loads(line)
    for path, text in _texts(value, ""):
        if match := _MARKUP.search(text):
            where = _place_of(value, place)
            if value.get("format") is not None:
                where = _service_place(value, place)
            found = _tag(text, match.start())
            raise StoryError(where, path, f"expected plain text, found HTML: {found}")


def _tag(text: str, at: int) -> str:
    """Quote a tag, its beginning at least."""
    end = text.find(">", at)
    return text[at : end + 1 if at < end < at + 40 else at + 40]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """List the texts of a document with their paths, without addresses, templates."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            where = f"{path}.{key}".lstrip(".")
            if key not in _ADDRESSES and where not in _TEMPLATES:
                yield from _texts(inner, where)


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and SLUG.fullmatch(value) is not None


def _story(fields: Fields) -> Story:
    fields.word("type", ("text",))
    fields.word("pubStatus", ("usable",))
    ours = fields.inner("tamizdat")
    ours.word("format", ("tamizdat-story/1",))
    headlines = fields.by_role("headlines", ("main", "kicker"))
    releases = _releases(ours)
    _check_versions(fields, releases)
    if "main" not in headlines:
        fields.fail("headlines", "expected one of role main")
    shown, live = Associations(fields), _live(ours)
    newest, language = releases[-1].time, fields.language("language")
    story = Story(
        service=ours.match("service", SERVICE),
        id=ours.match("id", SLUG),
        uri=fields.text("uri"),
        language=language,
        section=ours.match("section", SLUG),
        urgency=fields.maybe_number("urgency", *_URGENCIES),
        breaking=ours.take("breaking", bool),
        slugline=fields.maybe("slugline"),
        kicker=headlines.get("kicker"),
        headline=headlines["main"],
        standfirst=fields.by_role("descriptions", ("summary",)).get("summary"),
        dateline=_dateline(ours.maybe_inner("dateline")),
        picture=shown.lead,
        body=read_body(ours, shown, live=bool(live), newest=newest),
        credit_line=ours.maybe("credit_line"),
        bylines=tuple(_byline(f, shown) for f in ours.each("bylines", most=20)),
        lineage=read_lineage(ours.maybe_inner("lineage")),
        translations=tuple(read_translation(f) for f in ours.each("translations")),
        tags=_tags(fields),
        releases=releases,
        permalinks=read_permalinks(ours),
        also=_also(ours),
        live=live,
        places=_places(ours),
        related=read_related(ours),
        foreign=read_foreign(ours, language),
    )
    _check_others(ours, story)
    check_newest(ours, story)
    shown.done()
    fields.maybe("by")
    ours.done()
    fields.done()
    return story


def _releases(ours: Fields) -> tuple[Release, ...]:
    releases: list[Release] = []
    for number, entry in enumerate(ours.each("releases"), 1):
        release = Release(
            number=entry.number("number", number, number),
            kind=entry.word("kind", RELEASE_KINDS),
            time=entry.time("time"),
            note=entry.maybe("note"),
            salt=entry.match("salt", _SALT),
            changes=read_changes(entry),
            foreign=read_foreign(entry),
        )
        if (release.kind == "publish") != (number == 1):
            entry.fail("kind", "publish is the first release and no other")
        if releases and release.time <= releases[-1].time:
            entry.fail("time", "expected a later time than the release before")
        if release.salt in {other.salt for other in releases}:
            entry.fail("salt", "stands twice in the ledger")
        entry.done()
        releases.append(release)
    if not releases:
        ours.fail("releases", "expected at least one")
    check_ledger(ours, releases)
    _check_notes(ours, releases)
    return tuple(releases)


def _check_notes(ours: Fields, releases: Sequence[Release]) -> None:
    """Check that readers are told why; a note may go with words that had to go."""
    endangered = False
    for at, release in reversed(list(enumerate(releases))):
        if release.kind in NOTED_KINDS and release.note is None and not endangered:
            ours.fail(f"releases[{at}].note", f"a {release.kind} needs a note")
        endangered = endangered or release.kind in KINDS


def _check_versions(fields: Fields, releases: tuple[Release, ...]) -> None:
    fields.word("version", (str(len(releases)),))
    if fields.time("firstCreated") != releases[0].time:
        fields.fail("firstCreated", "expected the time of the first release")
    if fields.time("versionCreated") != releases[-1].time:
        fields.fail("versionCreated", "expected the time of the newest release")


def _dateline(fields: Fields | None) -> Dateline | None:
    if fields is None:
        return None
    place, day = fields.text("place"), fields.maybe("date")
    fields.done()
    try:
        return Dateline(place, None if day is None else _day(day))
    except ValueError:
        found = quoted(day or "")
        fields.fail("date", f"expected YYYY-MM-DD from 1900 on, found {found}")


def _day(text: str) -> date:
    """Read a day in its one spelling; `fromisoformat` alone takes others too."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or day < EARLIEST.date():
        raise ValueError(text)
    return day


def _byline(fields: Fields, shown: Associations) -> Byline:
    portrait = fields.maybe_inner("portrait")
    byline = Byline(
        name=fields.text("name"),
        role=fields.maybe("role"),
        bio=fields.maybe("bio"),
        kind=None if fields.absent("kind") else fields.word("kind", _BYLINES),
        wide=_portrait(portrait, "wide", shown),
        square=_portrait(portrait, "square", shown),
        id=None if fields.absent("id") else fields.match("id", SLUG),
    )
    if portrait is not None:
        portrait.done()
    fields.done()
    return byline


def _portrait(fields: Fields | None, key: str, shown: Associations) -> Picture | None:
    if fields is None or fields.absent(key):
        return None
    return shown.picture(fields, key)


def _tags(fields: Fields) -> tuple[Tag, ...]:
    tags = []
    for entry in fields.each("subjects", most=40):
        tags.append(
            Tag(id=entry.match("literal", SLUG), name=entry.text("name", SHORT))
        )
        if tags[-1].id in {tag.id for tag in tags[:-1]}:
            entry.fail("literal", f"{tags[-1].id} stands twice")
        entry.done()
    return tuple(tags)


def _live(ours: Fields) -> str:
    fields = ours.maybe_inner("live")
    if fields is None:
        return ""
    state = fields.word("state", (LIVE, ENDED))
    fields.done()
    return state


def _also(ours: Fields) -> tuple[str, ...]:
    given = ours.entries("sections_also", most=_ALSO, optional=True)
    return tuple(given.match(str(at), SLUG) for at in range(len(given)))


def _places(ours: Fields) -> tuple[Place, ...]:
    found: list[Place] = []
    for entry in ours.each("places", most=_PLACES):
        territory = entry.maybe("territory")
        if territory is not None and country_of(territory) is None:
            what = f"expected a code of ISO 3166, found {quoted(territory)}"
            entry.fail("territory", what)
        place = Place(entry.match("id", SLUG), entry.text("name", SHORT), territory)
        if place.id in {other.id for other in found}:
            entry.fail("id", f"{place.id} stands twice")
        entry.done()
        found.append(place)
    return tuple(found)


def _check_others(ours: Fields, story: Story) -> None:
    """Check that a story has no section twice and is not related to itself."""
    sections = (story.section, *story.also)
    if len(set(sections)) < len(sections):
        ours.fail("sections_also", "a section stands twice")
    for at, other in enumerate(story.related):
        if (other.service, other.id) == (story.service, story.id):
            ours.fail(f"related[{at}].id", "a story is not related to itself")
