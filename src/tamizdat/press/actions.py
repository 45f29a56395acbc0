"""Print what the newsroom has released, and tell the newsroom what became of it.

The verbs of the press inside the newsroom; `run` makes the edition.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import transaction

from tamizdat.edition.errors import EditionError, StoryError
from tamizdat.edition.stories import Service
from tamizdat.newsroom.models import ServicePage
from tamizdat.press import snapshot
from tamizdat.press.beats import due as beats_due
from tamizdat.press.build import PictureReader
from tamizdat.press.content import Documents, picture_folder, services_of
from tamizdat.press.errors import PressError
from tamizdat.press.models import (
    EVERY,
    NAME,
    Look,
    Onlooker,
    PrintedEdition,
    Printing,
    Renewal,
    Trouble,
    Waiting,
)
from tamizdat.press.printing import Operator
from tamizdat.press.rounds import Result
from tamizdat.press.run import Edition, Press
from tamizdat.press.state import MEMORY

Clock = Callable[[], datetime]
Deliver = Callable[[Edition], None]
SECOND = 1.0  # the unit of a statement's time
PAUSE = 0.05  # seconds between two looks at the clock
TOGETHER = 1_000  # rows written at once: a first edition carries a whole ledger


def waiting() -> dict[str, dict[int, int]]:
    """List the releases no edition carries yet: by service, release and its article."""
    rows = Waiting.objects.values_list("service", "release_id", "article_id")
    found: dict[str, dict[int, int]] = {}
    for service, release, article in rows:
        found.setdefault(service, {})[release] = article
    return found


@dataclass
class Renewals:
    """What of one service is to be frozen anew though nothing was released.

    Attributes:
        keys: of the rows that say so.
        front: whether its front page was arranged.
        articles: keys of those that are breaking news, or are no more, and of those
            whose links to translations are to be made anew.
        beat: whether it gets an edition even if nothing of it changed.
    """

    keys: list[int] = field(default_factory=list)
    front: bool = False
    articles: set[int] = field(default_factory=set)
    beat: bool = False


def renewals() -> dict[str, Renewals]:
    """List what is to be frozen anew, by service."""
    found: dict[str, Renewals] = {}
    rows = Renewal.objects.values_list(
        "pk", "front__service_id", "article_id", "article__service__service_id"
    )
    for key, front, article, service in rows:
        one = found.setdefault(front or service, Renewals())
        one.keys.append(key)
        if front:
            one.front = True
        else:
            one.articles.add(article)
    return found


def services_seen() -> list[tuple[object, ...]]:
    """Tell of each service what changes when it is published anew: cheap to compare."""
    rows = ServicePage.objects.few().order_by("pk")
    return list(rows.values_list("pk", "live", "last_published_at"))


def print_released(  # noqa: PLR0913 - what is looked at, each by name
    press: Press,
    media: Path,
    clock: Clock,
    deliver: Deliver,
    *,
    whole: bool = True,
    beat: bool = False,
) -> list[Edition]:
    """Print the services with releases or renewals that wait, or pages out of date.

    Args:
        press: the archive and its keys.
        media: folder of renditions, <h2>/<sha256>.
        clock: tells the time, UTC in whole seconds.
        deliver: takes each new edition at once.
        whole: look at the services' own pages too; else services stand as they were
            at the last whole look.
        beat: print services whose heartbeat is due, too.

    Returns:
        What was printed. One service's trouble does not stop the others.

    Raises:
        PressError: the memory of the press is damaged.
    """
    if whole:
        _services.cache_clear()
    # First: whatever an arrangement names was released before it.
    renewing = renewals()
    pending = waiting()
    keys = frozenset(key for releases in pending.values() for key in releases)
    run = _Run(press, picture_folder(media), clock, *_services(), keys)
    stale = press.stale(run.source([]))
    if whole:
        _record_pages(run, run.services.keys() - stale.keys())
        _note_look(clock())
        _note_running()
    beats = beats_due(clock()) if beat else {}
    for service, linked in beats.items():
        if service not in run.services:
            continue
        renewing.setdefault(service, Renewals(beat=True)).articles |= linked
        renewing[service].beat = True
    editions = []
    for service in sorted(pending.keys() | stale.keys() | renewing.keys()):
        releases = pending.get(service, {})
        renewed = renewing.get(service, Renewals())
        whole_one = stale.get(service, False)
        edition = run.print(service, releases, renewed, whole=whole_one)
        if edition is None:
            continue
        _record(edition, releases, run.page(service), renewed, asked=press.asks)
        if edition.changed:
            editions.append(edition)
            deliver(edition)
    return editions


def _note_look(now: datetime) -> None:
    """Let the board know that a press is awake, at most once a minute."""
    last = Look.objects.values_list("time", flat=True).first()
    if last is None or abs(now - last) >= timedelta(minutes=1):
        Look.objects.update_or_create(pk=1, defaults={"time": now})


@lru_cache(maxsize=1)
def _services() -> tuple[dict[str, bytes], dict[str, Service]]:
    """Freeze the services: some questions each, for what seldom changes."""
    lines = snapshot.service_lines()
    return lines, services_of(lines.values())


@dataclass(frozen=True)
class _Run:
    """One look at the newsroom.

    Attributes:
        lines: its services' documents, by id.
        waiting: keys of the releases that no edition carries.
    """

    press: Press
    pictures: PictureReader
    clock: Clock
    lines: dict[str, bytes]
    services: dict[str, Service]
    waiting: frozenset[int]

    def page(self, service: str) -> str:
        return snapshot.page_digest(self.lines[service])

    def source(self, stories: Iterable[bytes], *, whole: bool = False) -> Documents:
        return Documents(self.services, stories, whole)

    def print(
        self,
        service: str,
        releases: dict[int, int],
        renewed: Renewals,
        *,
        whole: bool,
    ) -> Edition | None:
        try:
            edition = self._publish(service, releases, renewed, whole=whole)
        except (PressError, EditionError) as error:
            if isinstance(error, PressError) and error.code == MEMORY:
                raise  # no other service fares better
            _note_trouble(service, error, self.clock())
            return None
        Trouble.objects.filter(service=service).delete()
        return edition

    def _publish(
        self,
        service: str,
        releases: dict[int, int],
        renewed: Renewals,
        *,
        whole: bool,
    ) -> Edition:
        now = self._later_than_last(service)
        if service not in self.services:
            raise PressError(f"{service}: no such service is live", "service")
        articles: Iterable[int] = {*releases.values(), *renewed.articles}
        if whole:
            articles = snapshot.released(service)
        lines = snapshot.story_lines(now, articles, self.services, self.waiting)
        if whole or renewed.front:
            front = snapshot.front_line(self.services[service], self.waiting)
            lines = chain(lines, [front] if front else ())
        source = self.source(lines, whole=whole)
        operator = Operator(heartbeat=renewed.beat)
        return self.press.publish(
            source, self.pictures, now, services=[service], operator=operator
        )[0]

    def _later_than_last(self, service: str) -> datetime:
        """Wait for the next second if the last edition was signed in this one."""
        last, now = self.press.last_time(service), self.clock()
        if last == now:
            end = time.monotonic() + SECOND
            while (now := self.clock()) == last and time.monotonic() < end:
                time.sleep(PAUSE)
        return now


def note_stopped(error: PressError | EditionError, now: datetime) -> None:
    """Let the board say why nothing at all is printed. `now`: UTC."""
    _note_trouble(EVERY, error, now)


def _note_running() -> None:
    whole = Trouble.objects.filter(service=EVERY)
    if whole.exists():  # else every look would write
        whole.delete()


def _note_trouble(
    service: str, error: PressError | EditionError, now: datetime
) -> None:
    code, facts = _named(error)
    why = {"reason": str(error), "code": code, "facts": facts}
    defaults = {"since": now, **why}
    row, _made = Trouble.objects.get_or_create(service=service, defaults=defaults)
    if row.reason != why["reason"]:
        Trouble.objects.filter(pk=row.pk).update(**why)


def _named(error: PressError | EditionError) -> tuple[str, dict[str, Any]]:
    """Give the cause in a word, and what it names."""
    if isinstance(error, PressError):
        return error.code, error.facts
    if isinstance(error, StoryError):
        return "story", {"place": error.place, "field": error.field}
    return "edition", {}


@transaction.atomic
def _record(
    edition: Edition,
    releases: Iterable[int],
    page: str,
    renewed: Renewals,
    *,
    asked: bool,
) -> None:
    row, _made = PrintedEdition.objects.get_or_create(
        service=edition.service,
        number=edition.number,
        defaults={
            "time": edition.time,
            "tree": edition.tree,
            "leaf": edition.leaf,
            "asked": asked,
            "beat": renewed.beat,
        },
    )
    _record_page(row, page)
    rest = iter(releases)
    while some := list(islice(rest, TOGETHER)):
        Printing.objects.bulk_create(Printing(release_id=k, edition=row) for k in some)
        Waiting.objects.filter(pk__in=some).delete()
    more = iter(renewed.keys)
    while some := list(islice(more, TOGETHER)):
        Renewal.objects.filter(pk__in=some).delete()


@transaction.atomic
def record_round(result: Result, now: datetime) -> None:
    """Tell the newsroom what came of a round of witnesses. `now`: UTC."""
    Onlooker.objects.exclude(name__in=[name[:NAME] for name in result.seen]).delete()
    for name, seen in result.seen.items():
        Onlooker.objects.update_or_create(
            name=name[:NAME],
            defaults={
                "state": seen.state,
                "reason": seen.reason,
                "asked": now,
                "stops": name in result.stopping,
                "disbelieved": name in result.disbelieved,
            },
        )
    for service, row in PrintedEdition.objects.newest().items():
        row.asked = True  # it may have been printed before the trust note asked
        if row.number == result.numbers.get(service):
            row.witnesses = " ".join(result.cosigners)
            row.witnessed = row.witnessed or now
        row.save(update_fields=["asked", "witnesses", "witnessed"])


def _record_pages(run: _Run, services: Iterable[str]) -> None:
    newest = PrintedEdition.objects.newest()
    for service in newest.keys() & set(services):
        _record_page(newest[service], run.page(service))


def _record_page(newest: PrintedEdition, page: str) -> None:
    """Remember which service document the newest edition of a service shows."""
    if newest.page != page:
        PrintedEdition.objects.filter(pk=newest.pk).update(page=page)
