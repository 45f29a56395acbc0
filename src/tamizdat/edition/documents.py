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

from tamizdat.edition.changes import check_ledger, check_newest, read_changes
from tamizdat.edition.dates import ZONES
from tamizdat.edition.errors import StoryError
from tamizdat.edition.fields import EARLIEST, SHORT, Fields
from tamizdat.edition.fronts import FORMAT, Front, read_front
from tamizdat.edition.languages import is_known
from tamizdat.edition.stories import (
    NOTED_KINDS,
    PICTURE_TYPES,
    RELEASE_KINDS,
    Block,
    Byline,
    Dateline,
    Lineage,
    Mark,
    Notice,
    Picture,
    Release,
    Rendition,
    Section,
    Service,
    Story,
    Tag,
    Translation,
)
from tamizdat.edition.withdrawals import KINDS

DOCUMENT_BYTES = 1 << 20  # a line of the content file, at most
RESERVED = frozenset({"o", "r", "log", "trust", "files", "shared"})  # mirror layout

_SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SALT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")  # 16 bytes, base64url, no padding
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"https://[^\s<>\"]{1,500}")
_ADDRESSES = {"uri", "href", "permalinks"}
_MAYBE_MARKUP = re.compile(rb"<|\\u00")  # cheap; "\u003c" is "<" too
_MARKUP = re.compile(  # what builds a page, loads or runs; every export of HTML has it
    r"</?(?:abbr|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|details"
    r"|div|dl|dt|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i"
    r"|iframe|img|input|ins|li|link|mark|meta|nav|object|ol|p|picture|pre|q|s|script"
    r"|section|small|source|span|strike|style|sub|summary|sup|svg|table|tbody|td|tfoot"
    r"|th|thead|title|tr|tt|u|ul|video|wbr)(?=[\s/>])"
    r"|<a(?=[\s/>])|<!--|<!doctype|<!\[CDATA\[|<\?",
    re.IGNORECASE,
)
_MARKS = ("strong", "em", "link")
_SECTIONS, _CURRENT = 200, 20  # of a service, the retired ones included or not
_PERMALINK = re.compile(r"https?://[^\s/?#]+/[^\s#]{0,2000}")
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
        return _service(Fields(value, _service_place(value, place)))
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
    if not _MAYBE_MARKUP.search(line):
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
    """List the texts of a document with their paths, addresses left out."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _ADDRESSES:
                yield from _texts(inner, f"{path}.{key}".lstrip("."))


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def _service(fields: Fields) -> Service:
    fields.word("format", ("tamizdat-service/1", FORMAT))
    service = Service(
        organisation=fields.text("organisation", SHORT),
        id=fields.match("id", _SERVICE),
        name=fields.text("name", SHORT),
        language=_language(fields),
        direction=fields.word("direction", ("ltr", "rtl")),
        time_zone=_zone(fields),
        calendar=fields.word("calendar", ("gregorian", "persian")),
        territories=fields.texts("territories"),
        bio=fields.maybe("bio"),
        notice=_notice(fields.maybe_inner("notice")),
        sections=tuple(_section(f) for f in fields.each("sections", most=_SECTIONS)),
    )
    if len(service.current) > _CURRENT:
        fields.fail("sections", f"at most {_CURRENT} that are not retired")
    ids = [section.id for section in service.sections]
    if len(ids) != len(set(ids)):
        fields.fail("sections", "an id stands twice")
    if service.id in RESERVED:
        fields.fail("id", f"{service.id!r} is reserved in the layout of a mirror")
    fields.done()
    return service


def _notice(fields: Fields | None) -> Notice | None:
    if fields is None:
        return None
    notice = Notice(
        designation=fields.text("designation"),
        paragraphs=fields.texts("paragraphs"),
        more=fields.maybe("more"),
    )
    fields.done()
    return notice


def _section(fields: Fields) -> Section:
    section = Section(
        id=fields.match("id", _SLUG),
        name=fields.text("name", SHORT),
        retired=bool(fields.take("retired", bool, optional=True)),
    )
    fields.done()
    return section


def _story(fields: Fields) -> Story:
    fields.word("type", ("text",))
    fields.word("pubStatus", ("usable",))
    ours = fields.inner("tamizdat")
    ours.word("format", ("tamizdat-story/1",))
    headlines = _by_role(fields, "headlines", ("main", "kicker"))
    releases = _releases(ours)
    _check_versions(fields, releases)
    if "main" not in headlines:
        fields.fail("headlines", "expected one of role main")
    story = Story(
        service=ours.match("service", _SERVICE),
        id=ours.match("id", _SLUG),
        uri=fields.text("uri"),
        language=_language(fields),
        section=ours.match("section", _SLUG),
        urgency=fields.maybe_number("urgency", *_URGENCIES),
        breaking=ours.take("breaking", bool),
        slugline=fields.maybe("slugline"),
        kicker=headlines.get("kicker"),
        headline=headlines["main"],
        standfirst=_by_role(fields, "descriptions", ("summary",)).get("summary"),
        dateline=_dateline(ours.maybe_inner("dateline")),
        picture=_lead(fields),
        body=tuple(_block(f) for f in ours.each("body")),
        credit_line=ours.maybe("credit_line"),
        bylines=tuple(_byline(f) for f in ours.each("bylines", most=20)),
        lineage=_lineage(ours.maybe_inner("lineage")),
        translations=tuple(_translation(f) for f in ours.each("translations")),
        tags=_tags(fields),
        releases=releases,
        permalinks=_permalinks(ours),
    )
    check_newest(ours, story)
    fields.maybe("by")
    ours.done()
    fields.done()
    return story


def _by_role(fields: Fields, key: str, roles: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in fields.each(key):
        role = entry.word("role", roles)
        if role in found:
            entry.fail("role", f"{role} stands twice")
        found[role] = entry.text("value")
        entry.done()
    return found


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
        fields.fail("date", f"expected YYYY-MM-DD from 1900 on, found {day!r}")


def _day(text: str) -> date:
    """Read a day in its one spelling; `fromisoformat` alone takes others too."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or day < EARLIEST.date():
        raise ValueError(text)
    return day


def _lead(fields: Fields) -> Picture | None:
    pictures = [_picture(entry) for entry in fields.each("associations", most=1)]
    return pictures[0] if pictures else None


def _picture(fields: Fields) -> Picture:
    fields.word("name", ("lead",))
    fields.word("type", ("picture",))
    fields.match("uri", _HASH)
    words = _by_role(fields, "descriptions", ("caption", "alt"))
    if set(words) != {"caption", "alt"}:
        fields.fail("descriptions", "expected one caption and one alt")
    renditions = [_rendition(f) for f in fields.each("renditions", most=30)]
    picture = Picture(
        caption=words["caption"],
        alt=words["alt"],
        credit=fields.maybe("by"),
        renditions=tuple(sorted(renditions, key=lambda r: (r.type, r.width))),
    )
    fields.done()
    return picture


def _rendition(fields: Fields) -> Rendition:
    fields.text("name")
    rendition = Rendition(
        digest=fields.match("href", _HASH).removeprefix("sha256:"),
        type=fields.word("contentType", tuple(PICTURE_TYPES)),
        width=fields.number("width", 1, 20_000),
        height=fields.number("height", 1, 20_000),
        size=fields.number("sizeInBytes", 1, 1 << 26),
    )
    fields.done()
    return rendition


def _block(fields: Fields) -> Block:
    kind = fields.word("kind", ("paragraph", "subhead", "quote", "list", "table"))
    if kind == "list":
        block = Block(kind, rows=tuple((item,) for item in fields.texts("items")))
    elif kind == "table":
        block = Block(kind, rows=_rows(fields))
    else:
        text = fields.text("text")
        marks = tuple(_mark(f, len(text)) for f in fields.each("marks"))
        block = Block(kind, text=text, marks=marks)
    fields.done()
    return block


def _rows(fields: Fields) -> tuple[tuple[str, ...], ...]:
    inner = fields.entries("rows")
    return tuple(inner.texts(str(i)) for i in range(len(inner)))


def _mark(fields: Fields, length: int) -> Mark:
    kind = fields.word("kind", _MARKS)
    start = fields.number("from", 0, length)
    mark = Mark(
        kind=kind,
        start=start,
        end=fields.number("to", start + 1, length),
        href=fields.match("href", _LINK) if kind == "link" else None,
    )
    fields.done()
    return mark


def _byline(fields: Fields) -> Byline:
    byline = Byline(fields.text("name"), fields.maybe("role"), fields.maybe("bio"))
    fields.done()
    return byline


def _lineage(fields: Fields | None) -> Lineage | None:
    if fields is None:
        return None
    lineage = Lineage(
        relation=fields.word("relation", ("translated", "adapted", "condensed")),
        service=fields.match("service", _SERVICE),
        id=fields.match("id", _SLUG),
        release=fields.number("release", 1, 1_000_000),
        headline=fields.text("headline"),
        published=fields.time("published"),
        language=_maybe_language(fields),
    )
    fields.done()
    return lineage


def _maybe_language(fields: Fields) -> str | None:
    return None if fields.absent("language") else _language(fields)


def _language(fields: Fields) -> str:
    tag = fields.match("language", _LANGUAGE)
    if not is_known(tag):
        fields.fail("language", f"expected a language that CLDR knows, found {tag!r}")
    return tag


def _zone(fields: Fields) -> str:
    name = fields.text("time_zone")
    if name not in ZONES:
        fields.fail("time_zone", f"expected a zone of tzdata, found {name!r}")
    return name


def _tags(fields: Fields) -> tuple[Tag, ...]:
    tags = []
    for entry in fields.each("subjects", most=40):
        tags.append(
            Tag(id=entry.match("literal", _SLUG), name=entry.text("name", SHORT))
        )
        if tags[-1].id in {tag.id for tag in tags[:-1]}:
            entry.fail("literal", f"{tags[-1].id} stands twice")
        entry.done()
    return tuple(tags)


def _permalinks(ours: Fields) -> tuple[str, ...]:
    given = ours.entries("permalinks", most=20, optional=True)
    found: list[str] = []
    for at in range(len(given)):
        found.append(given.match(str(at), _PERMALINK))
        if found[-1] in found[:-1]:
            given.fail(str(at), "stands twice")
    return tuple(found)


def _translation(fields: Fields) -> Translation:
    translation = Translation(
        service=fields.match("service", _SERVICE),
        id=fields.match("id", _SLUG),
        language=_language(fields),
        published=fields.time("published"),
    )
    fields.done()
    return translation
