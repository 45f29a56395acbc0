"""Print the lists of stories: newest, sections, tags, corrections.

These pages change with every story; article pages do not know them.

Source: spec/addresses.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from minijinja import Markup

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import stamp
from tamizdat.edition.pages.addresses import continued, link, told_path
from tamizdat.edition.pages.cards import (
    LATELY,
    WITHDRAWN,
    Author,
    Card,
    card,
    note_of,
    shown,
    standing,
)
from tamizdat.edition.pages.exhibits import face_view
from tamizdat.edition.pages.feeds import ATOM, FeedEntry, Told, story_entry
from tamizdat.edition.pages.marked import told
from tamizdat.edition.pages.shelves import DAY, MONTH, NEWEST, Shelf
from tamizdat.edition.pages.syndication import (
    JSON_FEED,
    PODCAST,
    RSS,
    sound_entry,
)
from tamizdat.edition.pages.theme import Day, Page, part
from tamizdat.edition.stories import (
    NOTED_KINDS,
    Release,
    Section,
    Service,
    Story,
    Tag,
)
from tamizdat.edition.wording import wording

_NOTE = 1_000  # characters of a note; the story itself shows all of it


class _Line(NamedTuple):
    """One story in a list, as all lists at one depth show it.

    Attributes:
        date, day: under which it stands, ISO and in words.
        html: the line itself.
    """

    date: str
    day: str
    html: str


@dataclass(frozen=True)
class Noted:
    """One entry of the corrections: what was said of which story, and when.

    Attributes:
        number: of the release; `time`: of the release, UTC.
        told: which page, from 1, of what the story's releases changed tells of it; 0
            for none.
    """

    card: Card
    number: int
    kind: str
    time: datetime
    note: str
    told: int = 0

    def shorter(self, most: int) -> "Noted":
        """Leave so many letters of each text."""
        note = clipped(self.note, most)
        return replace(self, card=self.card.shorter(most), note=note)


@dataclass(frozen=True)
class Heard:
    """One entry of the podcast. `number`: of the sound in its story, from 1."""

    card: Card
    number: int

    def shorter(self, most: int) -> "Heard":
        """Leave so many letters of each text."""
        return replace(self, card=self.card.shorter(most))


def news_list(service: Service) -> Shelf[Card]:
    """Make the shelf of all stories, day by day."""
    words = wording(service.language).plain
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda _: words["newest"],
        older=words["older"],
        index=NEWEST,
        unit=DAY,
        stem=lambda day: f"a/{day[:7]}/{day[8:]}/all",
        show=_shown_by_day(service),
        feed=story_entry,
        formats=(ATOM, RSS, JSON_FEED) if service.home else (ATOM,),
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
        show=_shown_by_day(service, retired=section.retired),
        feed=story_entry,
    )


def tag_list(service: Service, tag: str) -> Shelf[Card]:
    """Make the shelf of one tag, month by month.

    A page is named as its newest story names the tag, so that another spelling later
    changes no closed page.
    """
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda cards: _name(tag, *(card.tags for card in cards)),
        index=f"t/{tag}.html",
        unit=MONTH,
        stem=lambda month: f"a/{month}/t/{tag}",
        show=_shown_by_day(service),
    )


def author_list(service: Service, author: str) -> Shelf[Card]:
    """Make the shelf of what one author wrote, month by month.

    A page names the author as its newest story does.
    """
    return Shelf(
        service=service,
        template="listing.html",
        title=lambda cards: _name(author, *(card.authors for card in cards)),
        about=lambda card, root: _about(author, card, root),
        index=f"by/{author}.html",
        unit=MONTH,
        stem=lambda month: f"a/{month}/by/{author}",
        show=_shown_by_day(service),
        feed=story_entry,
    )


def podcast_list(service: Service) -> Shelf[Heard]:
    """Make the shelf of all sounds, month by month: a feed of a home, and no page."""
    words = wording(service.language).plain["podcast"]
    return Shelf(
        service=service,
        template=None,
        title=lambda _: words,
        index="podcast.html",
        unit=MONTH,
        stem=lambda month: f"a/{month}/podcast",
        show=lambda _some, _root: {},
        feed=lambda one: sound_entry(one.card, one.number),
        formats=(PODCAST,),
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
        feed=_correction_entry,
    )


def noted(story: Story, changes: Sequence[Page]) -> list[Noted]:
    """List what a story adds to the corrections, oldest first.

    Args:
        story: whose notes.
        changes: the pages of what its releases changed.
    """
    some = [release for release in story.releases if release.kind in NOTED_KINDS]
    if not some or standing(story) == WITHDRAWN:
        return []
    one = card(story)
    return [
        Noted(
            one,
            release.number,
            release.kind,
            release.time,
            note_of(release, story.language),
            _telling(release, changes) if release.changes else 0,
        )
        for release in some
    ]


def _telling(release: Release, changes: Sequence[Page]) -> int:
    """Count to the page that tells what a release changed."""
    anchor = f'<h2 id="r{release.number}">'.encode()
    return next((n for n, one in enumerate(changes, 1) if anchor in one.content), 0)


def _correction_entry(entry: Noted) -> FeedEntry:
    kind = wording(entry.card.language).plain[entry.kind]
    return FeedEntry(
        uri=f"{entry.card.uri}#release-{entry.number}",
        path=entry.card.path,
        title=f"{kind}: {clipped(entry.card.headline)}",
        parts=(Told("", clipped(entry.note, _NOTE)),),
        published=entry.time,
        updated=entry.time,
        salt=entry.card.salt,
    )


def _name(id_: str, *rows: Sequence[Tag | Author]) -> str:
    """Find what the first of some rows calls a tag or an author."""
    return next((one.name for row in rows for one in row if one.id == id_), id_)


def _about(id_: str, card: Card, root: str) -> dict[str, Any] | None:
    """Say who an author is, as their newest story does."""
    one = next((one for one in card.authors if one.id == id_), None)
    if one is None or not (one.role or one.bio or one.face):
        return None
    bio = one.bio and told(one.bio, card.foreign)
    return {"role": one.role, "bio": bio, "shown": face_view(one.face, root)}


def _shown_by_day(
    service: Service, *, retired: bool = False
) -> Callable[[Sequence[Card], str], dict[str, Any]]:
    return lambda some, root: {
        "days": _days(some, root, service),
        "retired": retired,
    }


def _days(cards: Sequence[Card], root: str, service: Service) -> list[dict[str, Any]]:
    """Put stories, newest first, under the days that their own pages show.

    A clock that went back over midnight comes to a day twice; it stands here once.
    """
    found: dict[str, list[tuple[Card, _Line]]] = {}
    for one in cards:
        line = _line(one, root, service)
        found.setdefault(line.date, []).append((one, line))
    return [_day(date, found[date]) for date in sorted(found, reverse=True)]


def _day(date: str, some: Sequence[tuple[Card, _Line]]) -> dict[str, Any]:
    newest, first = some[0]
    return {
        "date": date,
        "text": first.day,
        "lines": Markup("".join(line.html for _card, line in some)),
        "newest": Day(date, newest.published.isoformat(), newest.id),
    }


@lru_cache(maxsize=LATELY)
def _line(card: Card, root: str, service: Service) -> _Line:
    view = shown(card, root, service, bare=True)
    time = view["time"]
    return _Line(
        time.iso[:10], time.day, part("line.html", service.language, card=view)
    )


def _note(entry: Noted, root: str, service: Service) -> dict[str, Any]:
    page = continued(told_path(entry.card.path), entry.told) if entry.told else None
    return {
        "salt": entry.card.salt,
        "href": link(root + entry.card.path),
        "headline": told(clipped(entry.card.headline), entry.card.foreign),
        "kind": entry.kind,
        "time": stamp(entry.time, service),
        "text": told(clipped(entry.note, _NOTE), entry.card.foreign),
        "told": page and link(f"{root}{page}#r{entry.number}"),
    }
