"""Say what is in the way of showing a picture: its right, its words, who is on it.

Each is a sentence for the list of obstacles, with the field of the form where it is
mended.

Source: docs/decisions/0054-pictures.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue

from tamizdat.newsroom import pictures
from tamizdat.newsroom.darkroom.words import told
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models.imports import ImportedPicture
from tamizdat.newsroom.models.pictures import Picture
from tamizdat.wire.language import script_of, scripts_of

# Kinds that take something back: no right of a picture may stand in their way.
TAKING_BACK = ("retraction", "redaction", "withdrawal")
Shown = tuple[
    Picture, Mapping[str, Any], str
]  # picture, words typed, field of the form


def shown_on(page: Any) -> Iterator[Shown]:
    """List the pictures of a draft with what is typed for each, portraits last."""
    if page.lead_picture is not None:
        keys = ("caption", "alt", "credit", "terms")
        lead = {key: getattr(page, f"lead_{key}") for key in keys}
        yield page.lead_picture, lead, "lead_picture"
    for field in ("body", "posts"):
        for picture, typed in pictures_in(getattr(page, field)):
            yield picture, typed, field


def portraits_of(page: Any) -> Iterator[Picture]:
    """List the portraits of those who sign a draft."""
    for row in page.bylines.all():
        portrait = row.person.portrait if row.person else row.portrait
        if portrait is not None:
            yield portrait


def pictures_in(value: Any) -> Iterator[tuple[Picture, Mapping[str, Any]]]:
    """Find pictures in blocks, however deep."""
    if isinstance(value, StreamValue):
        parts: Iterable[Any] = [block.value for block in value]
    elif isinstance(value, ListValue):
        parts = list(value)
    elif isinstance(value, Mapping):
        for key in ("picture", "poster"):
            if isinstance(value.get(key), Picture):
                yield value[key], value
        parts = list(value.values())
    else:
        return
    for part in parts:
        yield from pictures_in(part)


def faults(page: Any, language: str, kind: str) -> Iterator[tuple[str, str]]:
    """Say what is in the way, with the field where it is mended.

    Args:
        page: as it would go out.
        language: of the service.
        kind: of the release.
    """
    today, shown = _day_of(page), list(shown_on(page))
    prefetch_related_objects([picture for picture, *_rest in shown], "words")
    for picture, typed, field in shown:
        yield from ((text, field) for text in _wrong(picture, today, kind))
        words = told(picture, language, typed)
        lead = field == "lead_picture"
        if not words["caption"].strip():
            where = "lead_caption" if lead else field
            yield _named(_("Say what the picture shows."), picture, lead=lead), where
        if not words["alt"].strip():
            where = "lead_alt" if lead else field
            text = _("Describe the picture for those who do not see it.")
            yield _named(text, picture, lead=lead), where
    for portrait in portraits_of(page):
        yield from ((text, "") for text in _wrong(portrait, today, kind))


def _day_of(page: Any) -> date:
    """Say on which day a page goes out: today, or that for which it is set."""
    now = datetime.now(UTC)
    return max(now, page.go_live_at or now).date()


def foreign_words(page: Any, language: str) -> Iterator[tuple[str, str]]:
    """Say which pictures readers would be told of in letters of another language.

    Told by the letters alone: who writes of one in Latin letters for readers of Latin
    letters is believed.

    Args:
        page: as it would go out.
        language: of the service.
    """
    own = {*scripts_of(language), None}
    shown = list(shown_on(page))
    prefetch_related_objects([picture for picture, *_rest in shown], "words")
    for picture, typed, field in shown:
        words = told(picture, language, typed)
        if any(script_of(words[key]) not in own for key in ("alt", "credit")):
            text = _(
                "The picture “%(title)s” is described or credited in the letters of "
                "another language."
            )
            yield text % {"title": isolated(picture.title)}, field


def uncredited(page: Any, language: str) -> Iterator[tuple[str, str]]:
    """Say which pictures that came with copy would be shown without a credit.

    Args:
        page: as it would go out.
        language: of the service.
    """
    shown = list(shown_on(page))
    prefetch_related_objects([picture for picture, *_rest in shown], "words")
    bare = [
        (picture, field)
        for picture, typed, field in shown
        if not told(picture, language, typed)["credit"].strip()
    ]
    keys = [picture.pk for picture, _field in bare]
    came = ImportedPicture.objects.filter(picture__in=keys) if bare else ()
    theirs = {one.picture_id for one in came}
    for picture, field in bare:
        if picture.pk in theirs:
            text = _(
                "Nobody is credited for the picture “%(title)s”, which came with copy."
            )
            yield text % {"title": isolated(picture.title)}, field


def _wrong(picture: Picture, today: date, kind: str) -> Iterator[str]:
    if kind not in TAKING_BACK and picture.is_expired(today):
        yield ended(picture)
    if pictures.is_strip(picture.width, picture.height):
        text = _(
            "The picture “%(title)s” is too long for its width: cut it into pieces."
        )
        yield text % {"title": isolated(picture.title)}
    if picture.depicts_source and not picture.is_checked:
        text = _(
            "The picture “%(title)s” shows a source: look for faces and number plates "
            "on it first."
        )
        yield text % {"title": isolated(picture.title)}


def ended(picture: Picture) -> str:
    """Say that the right to a picture has ended."""
    text = _("The right to the picture “%(title)s” ended on %(day)s: replace it.")
    row = {"title": isolated(picture.title), "day": isolated(picture.expires)}
    return text % row


def _named(text: str, picture: Picture, *, lead: bool) -> str:
    return text if lead else f"{text} ({isolated(picture.title)})"
