"""Say how a source is, by a light and in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tamizdat.newsroom.models import WireSource

GREEN, YELLOW, RED, OFF = "green", "yellow", "red", "off"
_MISSED = 3  # fetches in a row
_LATE = timedelta(minutes=15)  # after its hour: nobody fetches


@dataclass(frozen=True)
class Health:
    """One light and the sentence beside it."""

    light: str
    words: str


def health_of(source: WireSource, now: datetime) -> Health:
    """Judge a source. `now`: UTC."""
    return next(Health(light, said) for light, said in _judged(source, now))


def _judged(source: WireSource, now: datetime) -> Iterator[tuple[str, str]]:
    """Give what is to be said, the most pressing first."""
    if not source.active:
        yield OFF, _("Paused: nothing is fetched.")
    if source.odd_family and source.error:
        yield RED, _("It changed its format: nothing comes until somebody accepts it.")
    if source.failures >= _MISSED:
        said = ngettext(
            "%(number)d try failed in a row.",
            "%(number)d tries failed in a row.",
            source.failures,
        )
        yield RED, said % {"number": source.failures}
    if source.due is not None and source.due < now - _LATE:
        said = _("Nobody fetches: is “tamizdat run” or “tamizdat wire watch” running?")
        yield RED, said
    if source.failures:
        yield YELLOW, _("The newest try failed; it is tried again.")
    if source.succeeded is None:
        yield YELLOW, _("Not fetched yet.")
    if source.odd_family:
        yield YELLOW, _("Copy in another format came: look at it, then accept it.")
    if source.warning:
        yield YELLOW, _("It works, but not all that came could be read.")
    yield GREEN, _("It works.")
