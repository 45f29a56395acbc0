"""Print the pages that name many stories: front page, sections, newest, corrections.

Decides what a reader sees first. These pages change with every story; article pages do
not know them.

Source: spec/addresses.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from tamizdat.edition.dates import stamp
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.addresses import article_path, link, up
from tamizdat.edition.pages.cards import WITHDRAWN, Card, shown, standing
from tamizdat.edition.pages.flow import clipped
from tamizdat.edition.pages.shelves import Shelf
from tamizdat.edition.pages.theme import PAGE_BYTES, Page, frame, render
from tamizdat.edition.stories import NOTED_KINDS, Release, Section, Service, Story
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

Entry = tuple[Story, Release]


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


def listing_pages(
    service: Service, section: Section | None, cards: Sequence[Card]
) -> list[Page]:
    """Print the newest stories of a section, or of all where it is None."""
    return listing(service, section).pages(_ordered(cards))


def listing(service: Service, section: Section | None) -> Shelf[Card]:
    """Make the shelf of a section, or of all stories."""
    folder = f"s/{section.id}/" if section else "news/"
    return Shelf(
        service=service,
        template="listing.html",
        title=section.name if section else wording(service.language).plain["newest"],
        index=f"{folder}index.html",
        folder=folder,
        show=lambda some, root: {"days": _days(some, root, service)},
    )


def corrections_pages(service: Service, stories: Iterable[Story]) -> list[Page]:
    """Print corrections.html and what it continues on: every note, newest first."""
    entries = [
        (story, release)
        for story in stories
        if standing(story) != WITHDRAWN
        for release in story.releases
        if release.kind in NOTED_KINDS
    ]
    entries.sort(key=lambda pair: (pair[1].time, pair[0].id, pair[1].number))
    return corrections(service).pages(entries)


def corrections(service: Service) -> Shelf[Entry]:
    """Make the shelf of corrections, clarifications and retractions."""
    return Shelf(
        service=service,
        template="corrections.html",
        title=wording(service.language).plain["corrections"],
        index="corrections.html",
        folder="corrections/",
        show=lambda some, root: {"notes": [_note(e, root, service) for e in some]},
    )


def _ordered(cards: Iterable[Card]) -> list[Card]:
    """Sort oldest first."""
    return sorted(cards, key=lambda card: (card.published, card.id))


def _days(cards: Sequence[Card], root: str, service: Service) -> list[dict[str, Any]]:
    views = [shown(card, root, service) for card in cards]
    days = groupby(views, key=lambda view: (view["time"].iso[:10], view["time"].day))
    return [
        {"date": date, "text": text, "cards": list(some)} for (date, text), some in days
    ]


def _note(entry: Entry, root: str, service: Service) -> dict[str, Any]:
    story, release = entry
    return {
        "salt": story.release.salt,
        "href": link(root + article_path(story)),
        "headline": clipped(story.headline),
        "kind": release.kind,
        "time": stamp(release.time, service),
        "text": clipped(release.note or "", _NOTE),
    }
