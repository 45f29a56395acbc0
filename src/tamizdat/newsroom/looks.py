"""What a service says of itself and how its pages look: typed, checked, written, shown.

Decides what may be typed. What a look does to pages is for `edition`, which reads the
same lines again; a preview shows them before anything is saved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms import CharField
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tamizdat.edition import drawings
from tamizdat.edition.errors import EditionError
from tamizdat.edition.looks import LEAST, PAPERS, faintest
from tamizdat.newsroom import themes
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.richtext import plain

if TYPE_CHECKING:
    from tamizdat.newsroom.models import ServicePage, ServiceWords

Document = Mapping[str, Any]
COLOUR = RegexValidator(r"^[0-9a-f]{6}\Z", _("Write six hex digits, as “9d1220”."))
_HOME = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*", re.ASCII)
_MIRROR = re.compile(r"https?://[^\s<>\"'/?#]+(/[^\s<>\"'?#]*)?")
BOTH = _("Write both colours, or none.")
ADDRESS = _("Write an address as “https://news.example”, without a slash at the end.")
NO_LOGO = _("This drawing cannot stand on every page: %(why)s.")
WHY_NO_LOGO = {  # by `drawings.DrawingError.kind`
    "one": _("it is not one whole svg element"),
    "empty": _("it has no shapes"),
    "long": _("its shapes take too many characters"),
    "foreign": _("it holds something else than shapes: %(found)s"),
    "box": _("its viewBox is not four numbers"),
    "wide": _("it is higher than wide, or far too wide"),
    "numbers": _("something stands where a shape has numbers"),
    "words": _("it holds words: draw them as shapes"),
}
TOO_MUCH = _("At most %(most)d bytes fit on its page, found %(found)d.")
_TYPED = {  # fields of the form by those of a service document
    "notice": "notice_paragraphs",
    "look": "footer",
    "name": "title",
    "bio": "bio",
}
MIRRORS = _("Write one address a line, as “https://mirror.example/”, each once.")


def refuse_no_home(value: str) -> None:
    """Refuse what is no address that pages could be named by."""
    if not _HOME.fullmatch(value):
        raise ValidationError(ADDRESS)


def refuse_no_mirrors(value: str) -> None:
    """Refuse lines that are no addresses, and one that stands twice."""
    lines = mirrors_of(value)
    if len(set(lines)) < len(lines) or not all(map(_MIRROR.fullmatch, lines)):
        raise ValidationError(MIRRORS)


def refuse_no_logo(value: str) -> None:
    """Refuse a drawing that is more than shapes, or too many of them."""
    try:
        drawings.kept(value)
    except drawings.DrawingError as error:
        found = {"found": isolated(f"<{error.found}>")}
        why = str(WHY_NO_LOGO[error.kind]) % found
        raise ValidationError(NO_LOGO, params={"why": why}) from error


def mirrors_of(text: str) -> list[str]:
    """Take the addresses out of what was typed, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class _Typed(CharField):
    """A colour as it is typed, or as programs that draw write it: “#9D1220”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"max_length": len("#9d1220")})

    def to_python(self, value: Any) -> Any:
        """Take the digits alone; a browser would have cut off the last of seven."""
        return (super().to_python(value) or "").removeprefix("#").lower()


class ColourField(models.CharField):  # type: ignore[type-arg] # not generic when run
    """Six hex digits, or nothing."""

    def formfield(self, **options: Any) -> Any:
        """Ask for it in a field that knows how others write colours."""
        return super().formfield(**{"form_class": _Typed} | options)

    def deconstruct(self) -> Any:
        """Keep it as text: how it is typed is nothing to a database."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


def check_colours(service: "ServicePage") -> None:
    """Refuse one colour alone, and a colour in which text could not be read.

    Raises:
        ValidationError: under each field that is wrong.
    """
    wrong: dict[str, str] = {}
    names = ("accent", "accent_dark")
    typed = [getattr(service, name) for name in names]
    if any(typed) and not all(typed):
        raise ValidationError({names[typed.index("")]: BOTH})
    for name, colour, paper in zip(names, typed, PAPERS, strict=True):
        if not re.fullmatch("[0-9a-f]{6}", colour):
            continue  # empty, or refused already
        found = faintest(colour, paper)
        if found < LEAST:
            said = gettext(
                "Text in this colour could not be read: its contrast is %(found)s"
                " to 1, and must be %(least)s."
            )
            told = said % {"found": f"{found:.2f}", "least": LEAST}
            wrong[name] = told
    if wrong:
        raise ValidationError(wrong)


def crowding(
    service: "ServicePage",
    sections: Iterable[tuple[str, str]],
    named: Iterable["ServiceWords"],
) -> Iterator[tuple[str | None, ValidationError]]:
    """Say what leaves the pages of a service no room for news, by field of its form.

    Args:
        service: as typed.
        sections: paths and names of those typed.
        named: words in other languages typed.
    """
    from tamizdat.newsroom import documents  # noqa: PLC0415 (needs models)

    rows = [{"id": id_, "name": plain(name)} for id_, name in sections]
    document = documents.service_document(service) | {"sections": rows}
    document = with_named(document, named)
    crowd = themes.crowd_of(document)
    if crowd is not None:
        row = {"most": crowd.most, "found": crowd.found}
        yield _TYPED.get(crowd.field), ValidationError(TOO_MUCH, params=row)


def look_document(service: "ServicePage") -> dict[str, Any]:
    """Write what a service document says of these; nothing for what is not typed."""
    paragraphs = service.about.replace("\r\n", "\n").split("\n\n")
    look = {
        "accent": service.accent or None,
        "accent_dark": service.accent_dark or None,
        "footer": plain(service.footer),
        "logo": _drawn(service.logo),
    }
    found = {
        "home": service.home or None,
        "about": [text for text in map(plain, paragraphs) if text],
        "mirrors": mirrors_of(service.mirrors),
        "look": {key: value for key, value in look.items() if value},
    }
    return {key: value for key, value in found.items() if value}


def texts_of(document: Document) -> list[str]:
    """List what a service says of itself: the texts whose words it may name.

    Args:
        document: of the service.
    """
    notice = document["notice"] or {}
    lines = (document["bio"], notice.get("designation"), notice.get("more"))
    paragraphs = (*notice.get("paragraphs", ()), *document.get("about", ()))
    return [*filter(None, lines), *paragraphs]


def with_named(document: Document, named: Iterable["ServiceWords"]) -> dict[str, Any]:
    """Let a service document name those of some words that stand in its texts.

    Args:
        document: of the service; what it names already is left out.
        named: words in other languages, as typed.
    """
    from tamizdat.newsroom.writing.named import is_told, rows_of  # noqa: PLC0415 (models)

    texts, rows = texts_of(document), rows_of(named, document["language"])
    found = [row for row in rows if is_told(row["words"], texts)]
    rest = {key: value for key, value in document.items() if key != "foreign"}
    return rest | ({"foreign": found} if found else {})


def _drawn(text: str) -> str | None:
    """Keep the shapes of a logo; one that cannot stand on a page stands on none."""
    try:
        return drawings.kept(text) if text.strip() else None
    except ValueError:
        return None


def service_response(service: "ServicePage", mode: str) -> HttpResponse:
    """Show a page as the next edition would, or say what is wrong.

    Args:
        service: as typed.
        mode: which page (`front.specimens.MODES`).
    """
    from tamizdat.newsroom import documents  # noqa: PLC0415 (needs models)
    from tamizdat.newsroom.front import specimens  # noqa: PLC0415 (needs models)
    from tamizdat.newsroom.preview import AS_PRINTED, with_pictures  # noqa: PLC0415 (the same)

    wrong = themes.parts_of(documents.bare_document(service))[1]
    if wrong:
        reason = "\n".join(wrong)
        html = render_to_string("newsroom/no_preview.html", {"reason": reason})
        return HttpResponse(html)
    try:
        page = with_pictures(specimens.page_html(service, mode))
        return HttpResponse(page, headers=AS_PRINTED)
    except (EditionError, NewsroomError) as error:
        html = render_to_string("newsroom/no_preview.html", {"reason": error})
        return HttpResponse(html)
