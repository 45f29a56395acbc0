"""Lay out a front page: which article has which place, and moves of one article.

Decides what a layout may hold and what a move makes of it. Leaves to `arranging`
whether the articles may stand there. Pure: no clock, no database.

Source: spec/front-document.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from tamizdat.edition.fronts import LEAD, SLOTS
from tamizdat.newsroom.errors import FrontError

TOP = ""  # what leads, beside the ids of sections


class Place(NamedTuple):
    """A place on a front page. `position`: counted from 0 in its section."""

    section: str
    position: int


@dataclass(frozen=True)
class Pin:
    """An article with a fixed place. `until`: UTC, exclusive; None for no end."""

    article: int
    until: datetime | None = None


@dataclass(frozen=True)
class Layout:
    """The fixed places of a front page. `slots`: by section, in their order."""

    slots: Mapping[str, tuple[Pin, ...]] = field(default_factory=dict)

    def of(self, section: str) -> tuple[Pin, ...]:
        """List the pins of one section."""
        return self.slots.get(section, ())

    def __iter__(self) -> Iterator[tuple[Place, Pin]]:
        """Go through all places, section by section."""
        for section, pins in self.slots.items():
            for position, pin in enumerate(pins):
                yield Place(section, position), pin

    @property
    def articles(self) -> list[int]:
        """Keys of the articles that have a place."""
        return [pin.article for _place, pin in self]

    def place_of(self, article: int) -> Place:
        """Find an article.

        Raises:
            FrontError: it has no place.
        """
        for place, pin in self:
            if pin.article == article:
                return place
        raise FrontError(_("This story has no place on the page."))


def room(section: str) -> int:
    """Tell how many places a section has."""
    return SLOTS if section else LEAD


def laid_out(rows: Iterable[tuple[str, Pin]]) -> Layout:
    """Lay out rows of section and pin, each section in the order of its rows.

    Raises:
        FrontError: an article stands twice, or a section has too many.
    """
    slots: dict[str, tuple[Pin, ...]] = {}
    seen: set[int] = set()
    for section, pin in rows:
        if pin.article in seen:
            raise FrontError(_("A story stands twice: it has one place on the page."))
        seen.add(pin.article)
        slots[section] = (*slots.get(section, ()), pin)
        _refuse_full(section, len(slots[section]))
    return Layout(slots)


def _refuse_full(section: str, count: int) -> None:
    if count > room(section):
        words = _(
            "There are %(room)d places here, and all are taken: remove one first."
        )
        raise FrontError(words % {"room": room(section)})


def moved(layout: Layout, article: int, step: str) -> Layout:
    """Move an article inside its section.

    Args:
        layout: before.
        article: key.
        step: "up", "down" or "top"; at the end of the way nothing moves.

    Raises:
        FrontError: it has no place.
    """
    place = layout.place_of(article)
    pins = list(layout.of(place.section))
    pin = pins.pop(place.position)
    target = {"up": place.position - 1, "down": place.position + 1, "top": 0}[step]
    pins.insert(max(target, 0), pin)
    return _with(layout, place.section, pins)


def placed(layout: Layout, article: int, section: str) -> Layout:
    """Give an article the last place of a section, wherever it stood before.

    Raises:
        FrontError: the section has no place left.
    """
    old = {pin.article: pin for _place, pin in layout}
    pin = old.get(article, Pin(article))
    rest = removed(layout, article) if article in old else layout
    pins = [*rest.of(section), pin]
    _refuse_full(section, len(pins))
    return _with(rest, section, pins)


def led(layout: Layout, article: int) -> Layout:
    """Let an article lead.

    Raises:
        FrontError: what leads has no place left.
    """
    return moved(placed(layout, article, TOP), article, "top")


def removed(layout: Layout, article: int) -> Layout:
    """Take an article off.

    Raises:
        FrontError: it has no place.
    """
    place = layout.place_of(article)
    pins = [pin for pin in layout.of(place.section) if pin.article != article]
    return _with(layout, place.section, pins)


def only(layout: Layout, articles: Iterable[int]) -> Layout:
    """Keep some articles; those behind one that goes move up."""
    kept = set(articles)
    return Layout(
        {
            section: tuple(pin for pin in pins if pin.article in kept)
            for section, pins in layout.slots.items()
        }
    )


def held(layout: Layout, now: datetime) -> Layout:
    """Keep the pins whose end has not come. `now`: UTC."""
    running = (p.article for _place, p in layout if p.until is None or p.until > now)
    return only(layout, running)


def _with(layout: Layout, section: str, pins: Iterable[Pin]) -> Layout:
    return replace(layout, slots={**layout.slots, section: tuple(pins)})


@dataclass(frozen=True)
class Change:
    """What became of one article between two layouts; None: it had, or has, no place.

    Attributes:
        pinned: whether the end of its pin is another one.
    """

    article: int
    before: Place | None
    after: Place | None
    pinned: bool = False
    until: datetime | None = None


def changes(old: Layout, new: Layout) -> list[Change]:
    """Tell what became of each article, in the order of the new page.

    One that only moved up or down because others came or went has not moved.
    """
    was, now = ({pin.article: (place, pin) for place, pin in one} for one in (old, new))
    stayed = {
        article
        for section in {*old.slots, *new.slots}
        for article in _longest(
            [p.article for p in old.of(section)], [p.article for p in new.of(section)]
        )
    }
    found = []
    for article in [*now, *(a for a in was if a not in now)]:
        before, after = was.get(article), now.get(article)
        ends = before and after and before[1].until != after[1].until
        if article not in stayed or ends:
            found.append(
                Change(
                    article,
                    before and before[0],
                    after and after[0],
                    bool(ends or (after and not before and after[1].until)),
                    after[1].until if after else None,
                )
            )
    return found


def _longest(old: list[int], new: list[int]) -> set[int]:
    """Find the most articles that stand in one order in both."""
    best: dict[tuple[int, int], list[int]] = {}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            if not i or not j:
                best[i, j] = []
            elif old[i - 1] == new[j - 1]:
                best[i, j] = [*best[i - 1, j - 1], old[i - 1]]
            else:
                best[i, j] = max(best[i - 1, j], best[i, j - 1], key=len)
    return set(best[len(old), len(new)])
