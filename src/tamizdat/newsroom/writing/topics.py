"""Tags and places as they are typed: one a line, offered while one types.

Decides how typed lines become rows of an article. What a service does not have yet is
made when the article is published: half typed names are saved with drafts.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from anyascii import anyascii
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, prefetch_related_objects
from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from tamizdat.newsroom.models.rows import PagePlace, PageTag
from tamizdat.newsroom.models.subjects import TERRITORY, Place, Tag
from tamizdat.newsroom.richtext import plain

MOST = {"tag": 40, "place": 10}  # of an article, as a story document allows
OFFERED = 8
NAME_LENGTH = 100  # characters, with the code of a place
MODELS: dict[str, Any] = {"tag": Tag, "place": Place}
ROWS: dict[str, Any] = {"tag": PageTag, "place": PagePlace}
_KEY_LENGTH, _DIGEST = 60, 10
_TERRITORY = re.compile(r"\s*\(([^()]*)\)$")


class SubjectsInput(AdminAutoHeightTextInput):
    """Lines of tags or places; what the service has is offered below them."""

    def __init__(self, kind: str, service: Any) -> None:
        attrs = {"dir": "auto", "rows": 1, "class": "subjects"}
        if service is not None and service.pk:
            url = reverse("newsroom_subjects", args=(service.pk, kind))
            attrs["data-subjects-url"] = url
        super().__init__(attrs=attrs)

    @property
    def media(self) -> Media:
        """Name the script that offers."""
        script: Any = Script("newsroom/subjects.mjs", type="module")
        return Media(js=[script])


class SubjectsField(forms.CharField):
    """Typed lines; the value is a list of clean lines, each once."""

    def __init__(self, kind: str, service: Any, **options: Any) -> None:
        self.kind = kind
        super().__init__(
            required=False, widget=SubjectsInput(kind, service), strip=False, **options
        )

    def clean(self, value: Any) -> Any:
        """Split lines, and refuse too many or too long ones."""
        lines = list(
            dict.fromkeys(filter(None, map(plain, str(value or "").splitlines())))
        )
        if len(lines) > MOST[self.kind]:
            message = _("At most %(most)s lines, found %(found)s.")
            raise ValidationError(
                message % {"most": MOST[self.kind], "found": len(lines)}
            )
        longest = max(map(len, lines), default=0)
        if longest > NAME_LENGTH:
            raise ValidationError(_("One line is too long for a name."))
        if self.kind == "place":
            _check_territories(lines)
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by lines."""
        lines = [
            list(filter(None, map(plain, str(t or "").splitlines())))
            for t in (initial, data)
        ]
        return lines[0] != lines[1]


def _check_territories(lines: Iterable[str]) -> None:
    for line in lines:
        _name, territory = split_place(line)
        if territory:
            TERRITORY(territory)


def split_place(line: str) -> tuple[str, str]:
    """Split "Geneva (CH-GE)" into name and territory, "" for none."""
    match = _TERRITORY.search(line)
    if match is None:
        return line, ""
    return line[: match.start()].strip(), match[1].strip().upper()


def typed(rows: Iterable[Any]) -> str:
    """Write rows of an article as their field shows them."""
    return "\n".join(str(row) for row in read_together(rows))


def read_together(rows: Iterable[Any]) -> list[Any]:
    """Read the tags or places of rows in one question, not in one for each."""
    found = list(rows)
    prefetch_related_objects(found, "subject__merged_into")
    return found


def offered(service: Any, kind: str, begun: str) -> list[str]:
    """List what a service has that begins like what is typed, or holds it."""
    found = MODELS[kind].objects.filter(service=service, merged_into=None)
    begins = found.filter(name__istartswith=begun)[:OFFERED]
    holds = found.filter(name__icontains=begun)[:OFFERED]
    names = dict.fromkeys(str(one) for one in [*begins, *holds])
    return list(names)[:OFFERED]


def settle(page: Any, service: Any, kind: str, lines: Iterable[str]) -> None:
    """Give an article its tags or places, with names where there are none yet.

    Args:
        page: as the form left it.
        service: whose tags and places they are.
        kind: "tag" or "place".
        lines: as typed, clean.
    """
    name = f"{kind}_rows"
    kept = {str(row): row for row in getattr(page, name).all()}
    setattr(page, name, list(_rows(service, kind, lines, kept)))


def _rows(
    service: Any, kind: str, lines: Iterable[str], kept: dict[str, Any]
) -> Iterator[Any]:
    seen = set()
    for order, line in enumerate(lines):
        row = kept.get(line)
        if row is None:
            subject = _find(service, kind, line)
            row = ROWS[kind](subject=subject, name="" if subject else line)
        row.sort_order = order
        if str(row) not in seen:
            seen.add(str(row))
            yield row


def make_new(page: Any) -> None:
    """Make the tags and places that a page names and its service does not have.

    Args:
        page: that is being published.
    """
    for kind, model in MODELS.items():
        for row in getattr(page, f"{kind}_rows").all():
            if row.subject is None:
                found = _find(page.service, kind, row.name)
                row.subject = found or model.objects.create(
                    service=page.service, **new_subject(page.service, kind, row.name)
                )
                row.name = ""
                if row.pk:
                    row.save()


def _find(service: Any, kind: str, line: str) -> Any:
    """Find what a line names, following what it was merged into."""
    wanted = Q(name__iexact=line)
    if kind == "place":
        name, territory = split_place(line)
        wanted = Q(name__iexact=name)
        if territory:
            wanted &= Q(territory=territory)
    found = MODELS[kind].objects.filter(wanted, service=service).order_by("pk").first()
    return found.standing() if found else None


def new_subject(service: Any, kind: str, line: str) -> dict[str, str]:
    """Say what a tag or place made of a line would be: `key`, `name`, `territory`."""
    return new_subjects(service, kind, [line])[line]


def new_subjects(
    service: Any, kind: str, lines: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Say the same of several lines: one question for all of their keys."""
    parts = {line: _parts(kind, line) for line in lines}
    stems = {_stem(name) for name, _territory in parts.values()}
    known = MODELS[kind].objects.filter(service=service, key__in=stems)
    taken = {"", *(known.values_list("key", flat=True) if stems else ())}
    return {
        line: {
            "key": _fresh_key(name, taken),
            "name": name,
            **({"territory": territory} if kind == "place" else {}),
        }
        for line, (name, territory) in parts.items()
    }


def _parts(kind: str, line: str) -> tuple[str, str]:
    return split_place(line) if kind == "place" else (line, "")


def _stem(name: str) -> str:
    return slugify(anyascii(name)).replace("_", "-").strip("-")[:_KEY_LENGTH]


def _fresh_key(name: str, taken: set[str]) -> str:
    """Make an id out of a name, in Latin letters; the same each time it is asked."""
    stem = _stem(name)
    if stem not in taken:
        return stem
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST]
    return f"{stem[: _KEY_LENGTH - _DIGEST - 1]}-{digest}".lstrip("-")
