"""Print the pages that name many stories: front page, sections, newest, corrections.

Decides what a reader sees first. These pages change with every story; article pages do
not know them.

Source: spec/addresses.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tamizdat.edition.dates import stamp
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.addresses import link, up
from tamizdat.edition.pages.cards import WITHDRAWN, Card, card, shown, standing
from tamizdat.edition.pages.flow import clipped
from tamizdat.edition.pages.shelves import DAY, MONTH, Shelf
from tamizdat.edition.pages.theme import PAGE_BYTES, Page, frame, render
from tamizdat.edition.stories import NOTED_KINDS, Section, Service, Story
from tamizdat.edition.wording import wording

_NOTE = 1_000  # characters of a note; the story itself shows all of it
_ALARMS = 3  # breaking stories above everything else
_PLANS = (  # stories told at length, stories a section; the first that fits a page
    (7, 5),
    (7, 3),
    (4, 4),
    (4, 2),
    (4, 1),
    (1, 1),
    (1, 0),
    (0, 0),
)


@dataclass(frozen=True)
class Noted:
    """One entry of the corrections: what was said of which story, and when.

    Attributes:
        number: of the release; `time`: of the release, UTC.
    """

    card: Card
    number: int
    kind: str
    time: datetime
    note: str


def front_page(service: Service, cards: Sequence[Card]) -> Page:
    """Print index.html: breaking news, what leads, then every section.

    Raises:
        StoryError: not even the names of the sections fit on a page.
    """
    newest = [card for card in _ordered(cards)[::-1] if card.standing != WITHDRAWN]
    for plan in _PLANS:
        view = _front_view(service, newest, *plan)
        content = render("front.html", view).encode()
        if len(content) <= PAGE_BYTES:
            return Page("index.html", content)
    raise StoryError(service.id, "sections", f"names longer than {PAGE_BYTES} bytes")


def _front_view(
    service: Service, newest: Sequence[Card], tops: int, each: int
) -> Mapping[str, Any]:
    alarms = [card for card in newest if card.breaking][: min(_ALARMS, tops)]
    calm = [card for card in newest if card not in alarms]
    view = frame("index.html", service, service.name)
    root = view["root"]
    return view | {
        "breaking": [shown(card, root, service) for card in alarms],
        "lead": [shown(card, root, service) for card in calm[:tops]],
        "sections": [
            _section_view(section, calm[tops:], each, service)
            for section in service.sections
        ],
    }


def _section_view(
    section: Section, cards: Iterable[Card], most: int, service: Service
) -> dict[str, Any]:
    own = [card for card in cards if card.section == section.id][:most]
    root = up("index.html")
    return {
        "id": link(section.id),
        "name": section.name,
        "cards": [shown(card, root, service) for card in own],
    }


def news_list(service: Service) -> Shelf[Card]:
    """Make the shelf of all stories, day by day."""
    words = wording(service.language).plain["newest"]
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda _: words,
        index="news.html",
        unit=DAY,
        stem=lambda day: f"a/{day[:7]}/{day[8:]}/all",
        show=_shown_by_day(service),
    )


def section_list(service: Service, section: Section) -> Shelf[Card]:
    """Make the shelf of one section, month by month."""
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda _: section.name,
        index=f"s/{section.id}.html",
        unit=MONTH,
        stem=lambda month: f"a/{month}/s/{section.id}",
        show=_shown_by_day(service),
    )


def tag_list(service: Service, tag: str) -> Shelf[Card]:
    """Make the shelf of one tag, month by month.

    A page is named as its newest story names the tag, so that another spelling later
    changes no closed page.
    """
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda cards: _tag_name(cards, tag),
        index=f"t/{tag}.html",
        unit=MONTH,
        stem=lambda month: f"a/{month}/t/{tag}",
        show=_shown_by_day(service),
    )


def corrections_list(service: Service) -> Shelf[Noted]:
    """Make the shelf of corrections, clarifications and retractions."""
    words = wording(service.language).plain["corrections"]
    return Shelf(
        service=service,
        template="corrections.html",
        title=lambda _: words,
        index="corrections.html",
        unit=MONTH,
        stem=lambda month: f"corrections/{month}",
        show=lambda some, root: {"notes": [_note(e, root, service) for e in some]},
    )


def noted(story: Story) -> list[Noted]:
    """List what a story adds to the corrections, oldest first."""
    if standing(story) == WITHDRAWN:
        return []
    one = card(story)
    return [
        Noted(one, release.number, release.kind, release.time, release.note or "")
        for release in story.releases
        if release.kind in NOTED_KINDS
    ]


def _tag_name(cards: Sequence[Card], tag: str) -> str:
    names = (t.name for card in cards for t in card.tags if t.id == tag)
    return next(names, tag)


def _shown_by_day(
    service: Service,
) -> Callable[[Sequence[Card], str], dict[str, Any]]:
    return lambda some, root: {"days": _days(some, root, service)}


def _ordered(cards: Iterable[Card]) -> list[Card]:
    """Sort oldest first."""
    return sorted(cards, key=lambda card: (card.published, card.id))


def _days(cards: Sequence[Card], root: str, service: Service) -> list[dict[str, Any]]:
    views = [shown(card, root, service) for card in cards]
    days = groupby(views, key=lambda view: (view["time"].iso[:10], view["time"].day))
    return [
        {"date": date, "text": text, "cards": list(some)} for (date, text), some in days
    ]


def _note(entry: Noted, root: str, service: Service) -> dict[str, Any]:
    return {
        "salt": entry.card.salt,
        "href": link(root + entry.card.path),
        "headline": clipped(entry.card.headline),
        "kind": entry.kind,
        "time": stamp(entry.time, service),
        "text": clipped(entry.note, _NOTE),
    }
