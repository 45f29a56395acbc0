"""Read a service document: which language service speaks, and how.

Source: spec/story-document.md, "Service document".
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tamizdat.edition.dates import CALENDARS, STYLES, ZONES
from tamizdat.edition.errors import PageError, StoryError
from tamizdat.edition.fields import SERVICE, SHORT, SLUG, Fields, quoted
from tamizdat.edition.foreign import read_foreign
from tamizdat.edition.fronts import FORMAT
from tamizdat.edition.languages import country_of
from tamizdat.edition.looks import read_look
from tamizdat.edition.markup import parse
from tamizdat.edition.pages.budget import weight
from tamizdat.edition.pages.directed import directed
from tamizdat.edition.pages.theme import framed, own_part
from tamizdat.edition.sheet import check_frame
from tamizdat.edition.stories import Look, Notice, Section, Service

FRAME = 6_000  # bytes that a service adds to every page, of 16,384
FRAME_WITH_BAR = 8_000  # the same, where the bar of sections stands
FRAME_ON_THE_WIRE = 6_000  # of such a page as gzip, of 8,192
_HOME = re.compile(
    r"https://[a-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*", re.ASCII
)
_MIRROR = re.compile(r"https?://[^\s<>\"'/?#]+(?:/[^\s<>\"'?#]*)?")
_MIRRORS, _ABOUT = 40, 40  # of a service: addresses, paragraphs
# Bytes of UTF-8 in all: the notice stands on pages that have other things to say.
ROOM = {"notice": 5_000, "about": 8_000, "mirrors": 4_000}
BIO = 2_000  # the same, of what stands with a byline too
RESERVED = frozenset({"o", "r", "log", "trust", "files", "shared"})  # mirror layout
_SECTIONS, _CURRENT = 200, 20  # of a service, the retired ones included or not


def read_service(fields: Fields) -> Service:
    """Read a service document.

    Raises:
        StoryError: not as spec/story-document.md says.
    """
    fields.word("format", ("tamizdat-service/1", FORMAT))
    language = fields.language("language")
    service = Service(
        organisation=fields.text("organisation", SHORT),
        id=fields.match("id", SERVICE),
        name=fields.text("name", SHORT),
        language=language,
        direction=fields.word("direction", ("ltr", "rtl")),
        time_zone=_zone(fields),
        calendar=fields.word("calendar", CALENDARS),
        date_style=_date_style(fields),
        territories=_territories(fields.entries("territories")),
        bio=fields.maybe("bio"),
        notice=_notice(fields.maybe_inner("notice")),
        sections=tuple(_section(f) for f in fields.each("sections", most=_SECTIONS)),
        home=None if fields.absent("home") else fields.match("home", _HOME),
        about=_each(fields, "about", _ABOUT),
        mirrors=_mirrors(fields),
        look=read_look(fields.maybe_inner("look")),
        foreign=read_foreign(fields, language),
    )
    if len(service.current) > _CURRENT:
        fields.fail("sections", f"at most {_CURRENT} that are not retired")
    _check_room(fields, service)
    _check_parts(fields, service)
    ids = [section.id for section in service.sections]
    if len(ids) != len(set(ids)):
        fields.fail("sections", "an id stands twice")
    if service.id in RESERVED:
        fields.fail("id", f"{service.id!r} is reserved in the layout of a mirror")
    fields.done()
    return service


def _check_room(fields: Fields, service: Service) -> None:
    """Refuse what fits on no page, before every story is refused for it."""
    notice = service.notice
    told = (notice.designation, *notice.paragraphs, notice.more or "") if notice else ()
    lists = {"notice": told, "about": service.about, "mirrors": service.mirrors}
    for key, texts in lists.items():
        size = sum(len(text.encode()) for text in texts)
        if size > ROOM[key]:
            fields.fail(key, f"{size} bytes of text, at most {ROOM[key]}")


class Crowd(NamedTuple):
    """What of a service leaves its pages no room for news. In bytes, of pages `where`.

    Attributes:
        field: of the service document, that which takes the most.
        found: by all together; `most`: there may be.
    """

    field: str
    found: int
    most: int
    where: str

    @property
    def reason(self) -> str:
        """The whole of it but for the field."""
        took = f"takes {self.found} bytes, at most {self.most}"
        return f"what is said on {self.where} {took}"


@lru_cache(maxsize=64)
def crowded(service: Service) -> Crowd | None:
    """Find what of a service leaves its pages no room for news, if anything does."""
    if (size := len((service.bio or "").encode())) > BIO:
        return Crowd("bio", size, BIO, "about.html")
    for bar, most in ((False, FRAME), (True, FRAME_WITH_BAR)):
        page = framed(service, bar=bar)
        size = len(page) - len(framed(_bare(service), bar=bar))
        sent = weight(page)
        if size <= most and sent <= FRAME_ON_THE_WIRE:
            continue
        where = "pages with the bar of sections" if bar else "every page"
        field = _heaviest(service, bar=bar)
        if size > most:
            return Crowd(field, size, most, where)
        return Crowd(field, sent, FRAME_ON_THE_WIRE, f"{where}, as gzip,")
    return None


def _bare(service: Service) -> Service:
    """Leave of a service its language."""
    return replace(
        service, organisation="", name="", notice=None, sections=(), look=Look()
    )


def _heaviest(service: Service, *, bar: bool) -> str:
    """Name the field that takes the most room on every page."""
    without = {
        "notice": replace(service, notice=None),
        "look": replace(service, look=Look()),
        "name": replace(service, name="", organisation=""),
        "sections": replace(service, sections=()),
    }
    return min(without, key=lambda field: len(framed(without[field], bar=bar)))


def _check_parts(fields: Fields, service: Service) -> None:
    """Refuse templates that would load, run, hide or lead anything elsewhere."""
    for key in ("mast", "foot"):
        flaw = flaw_of(getattr(service.look, key), service)
        if flaw:
            fields.fail("look", f"{key}: {flaw}")


def flaw_of(template: str | None, service: Service) -> str:
    """Say what is wrong in a template of a newsroom's own, and in which line; or "".

    Args:
        template: as it was written, its lines parted.
        service: whose pages it would stand on.
    """
    try:
        html = own_part(template, service, "../", lines=True) or ""
    except StoryError as error:
        return error.reason
    whole = ""
    try:
        for number, line in enumerate(html.split("\n"), 1):
            whole += line.strip()
            check_frame(whole, f"line {number}")
        parse(whole, "whole")  # each element is closed in it
        directed(f"<footer>{whole}</footer>", service.direction, "whole")
    except PageError as error:
        return str(error)
    return ""


def _each(fields: Fields, key: str, most: int) -> tuple[str, ...]:
    texts = fields.entries(key, most=most, optional=True)
    return tuple(texts.text(str(at)) for at in range(len(texts)))


def _mirrors(fields: Fields) -> tuple[str, ...]:
    given = fields.entries("mirrors", most=_MIRRORS, optional=True)
    found = tuple(given.match(str(at), _MIRROR) for at in range(len(given)))
    if len(found) != len(set(found)):
        given.fail("0", "an address stands twice")
    return found


def _date_style(fields: Fields) -> str:
    return "long" if fields.absent("date_style") else fields.word("date_style", STYLES)


def _territories(fields: Fields) -> tuple[str, ...]:
    codes = [fields.text(str(at)) for at in range(len(fields))]
    for at, code in enumerate(codes):
        if country_of(code) is None:
            fields.fail(str(at), f"expected a code of ISO 3166, found {quoted(code)}")
    return tuple(codes)


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
        id=fields.match("id", SLUG),
        name=fields.text("name", SHORT),
        retired=bool(fields.take("retired", bool, optional=True)),
    )
    fields.done()
    return section


def _zone(fields: Fields) -> str:
    name = fields.text("time_zone")
    if name not in ZONES:
        fields.fail("time_zone", f"expected a zone of tzdata, found {quoted(name)}")
    return name
