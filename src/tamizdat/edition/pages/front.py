"""Print the front page: what breaks, what leads, then the sections.

Decides what a reader sees first: what the editors gave a fixed place, and the newest
stories around it.

Source: spec/front-document.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from tamizdat.edition.errors import StoryError
from tamizdat.edition.fronts import Arrangement
from tamizdat.edition.pages.addresses import link
from tamizdat.edition.pages.budget import PAGE_BYTES, fits
from tamizdat.edition.pages.cards import WITHDRAWN, Card, pictured, shown
from tamizdat.edition.pages.shelves import SHORTER
from tamizdat.edition.pages.textonly import text_front
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import Section, Service

_SHARE = 3  # one of so many stories is told at length; all others are lines
_COLUMN = 2  # stories beside the lead, at least; fewer leave a column empty
_ALARMS = 3  # breaking stories above everything else
_PLANS = (  # stories at length, a section, newest
    (7, 5, 6),
    (7, 3, 6),
    (4, 4, 4),
    (4, 2, 4),
    (4, 1, 2),
    (1, 1, 0),
    (1, 0, 0),
)
_LAST = ((4, 1, 2), (1, 1, 0), (1, 0, 0))  # the same, of stories that are told shorter


def front_page(
    service: Service, cards: Sequence[Card], arranged: Arrangement | None = None
) -> Page:
    """Print index.html: breaking news, what leads, then every section.

    Args:
        service: whose page it is.
        cards: what may stand on it, in any order.
        arranged: which of them have a fixed place.

    Raises:
        StoryError: not even the names of the sections fit on a page.
    """
    newest = [card for card in _ordered(cards)[::-1] if card.standing != WITHDRAWN]
    desk = _Desk(service, newest, arranged or Arrangement())
    for one, plans in ((desk, _PLANS), *((desk.shorter(n), _LAST) for n in SHORTER)):
        for plan in plans:
            content = render("front.html", one.view(*plan)).encode()
            page = Page("index.html", content)
            if fits(content) and fits(text_front(page, cards).content):
                return page
    raise StoryError(service.id, "index.html", f"more than {PAGE_BYTES} bytes")


@dataclass(frozen=True)
class _Desk:
    """Gives each story its place on the front page. `newest`: newest first."""

    service: Service
    newest: Sequence[Card]
    arranged: Arrangement

    def shorter(self, most: int) -> "_Desk":
        """Leave so many letters of each text."""
        return replace(self, newest=[card.shorter(most) for card in self.newest])

    def view(self, tops: int, each: int, newest: int) -> Mapping[str, Any]:
        """Lay the page out.

        Args:
            tops: stories at length, the first one with its picture.
            each: stories of each section.
            newest: those beside the first ones, by time.
        """
        alarms = [c for c in self.newest if c.breaking][: min(_ALARMS, tops)]
        calm = [card for card in self.newest if card not in alarms]
        lead = self._lead(calm, tops)
        beside = self._beside(calm, lead, newest)
        free = [card for card in calm if card not in beside]
        view = frame("index.html", self.service, self.service.name)
        show = partial(shown, root=view["root"], service=self.service)
        return view | {
            "breaking": list(map(show, alarms)),
            "lead": list(map(show, lead)),
            "picture": pictured(lead[0], view["root"]) if lead else None,
            "newest": list(map(show, beside)),
            "sections": [
                {
                    "id": link(section.id),
                    "name": section.name,
                    "cards": list(map(show, cards)),
                }
                for section, cards in self._sections(free, lead, each)
                if cards
            ],
        }

    @property
    def _held(self) -> set[str]:
        """The stories that have their place in a section."""
        return {id_ for some in self.arranged.sections.values() for id_ in some}

    def _beside(
        self, calm: Sequence[Card], lead: Sequence[Card], most: int
    ) -> list[Card]:
        """Take the newest that do not lead; as many are left to the sections."""
        held = self._held
        free = [c for c in calm if c not in lead and c.id not in held]
        many = min(most, len(free) // 2)
        return free[:many] if many >= _COLUMN else []

    def _lead(self, calm: Sequence[Card], most: int) -> list[Card]:
        """Take what editors put first, and so many more that lines are left for lists.

        A paper of few stories has sections and newest ones all the same.
        """
        held = self._held
        fixed = _slots(self.arranged.lead, calm)
        found = fixed + [c for c in calm if c not in fixed and c.id not in held]
        return found[: min(most, max(len(fixed), len(calm) // _SHARE, 1))]

    def _sections(
        self, calm: Sequence[Card], lead: Sequence[Card], each: int
    ) -> Iterator[tuple[Section, list[Card]]]:
        """Give each section its fixed stories, then its newest without a place.

        A story of several sections stands in the first of them that shows it.
        """
        free = [card for card in calm if card not in lead]
        slots = {
            section.id: _slots(self.arranged.sections.get(section.id, ()), free)
            for section in self.service.current
        }
        taken = {card.id for some in slots.values() for card in some}
        for section in self.service.current:
            own = [c for c in free if _is_in(c, section) and c.id not in taken]
            cards = (slots[section.id] + own)[:each]
            taken.update(card.id for card in cards)
            yield section, cards


def _is_in(card: Card, section: Section) -> bool:
    return section.id in (card.section, *card.also)


def _slots(ids: Iterable[str], cards: Iterable[Card]) -> list[Card]:
    """Find the stories with a fixed place; one that was taken down has none."""
    by_id = {card.id: card for card in cards if not card.standing}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def _ordered(cards: Iterable[Card]) -> list[Card]:
    """Sort oldest first."""
    return sorted(cards, key=lambda card: (card.published, card.id))
