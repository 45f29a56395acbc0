"""Freeze what the newsroom has released, and how it is arranged, into documents.

Decides nothing about words: each article stands as its newest release recorded it.
Adds what only the ledger knows: versions, times, releases and what they changed, links
between services.

Source: spec/story-document.md, spec/front-document.md.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from tamizdat.edition import changes, fronts
from tamizdat.edition.blocks import Foreign
from tamizdat.edition.changed_words import foreign_in
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.foreign import FOREIGN, likeness, spoken
from tamizdat.edition.pages import texts_of
from tamizdat.edition.statement import write_time
from tamizdat.edition.stories import Service, Story, standing_after
from tamizdat.newsroom.documents import service_document
from tamizdat.newsroom.models import Arrangement, Article, Release, ServicePage
from tamizdat.press.models import Waiting

TOGETHER = 200  # articles in memory at once; SQLite takes a thousand in one question

CHANGES_BYTES = 1 << 17  # of one document, as JSON; the document itself has 1 MiB
DIFFERENCES = 512  # kept in memory: an update is not compared anew each time

MOST_STEPS = 27  # of a chain of translations: one in each language

Document = dict[str, Any]
_ORIGINAL = ("service", "id", "headline", "published", "language", "name")


@dataclass(frozen=True)
class _Article:
    """One article's ledger, oldest release first."""

    key: int
    service: str
    id: str
    language: str
    breaking: bool
    releases: list[Any] = field(default_factory=list)  # rows with a release's fields

    @property
    def lineage(self) -> Document | None:
        """What the newest release says it derives from."""
        lineage: Document | None = self.releases[-1].content["tamizdat"].get("lineage")
        return lineage

    @property
    def carried(self) -> set[int]:
        """Numbers of the releases whose text an edition carries, or the next one."""
        newest = {row.printing__edition_id: row.number for row in self.releases}
        return set(newest.values())


def service_lines() -> dict[str, bytes]:
    """Freeze every live service: by id, its document."""
    pages = ServicePage.objects.papers()
    return {page.service_id: service_line(page) for page in pages}


def service_line(page: ServicePage) -> bytes:
    """Freeze one service."""
    return _line(service_document(page))


def page_digest(line: bytes) -> str:
    """Digest a frozen service: SHA-256, hex."""
    return hashlib.sha256(line).hexdigest()


def story_lines(
    now: datetime,
    articles: Iterable[int],
    services: Mapping[str, Service],
    waiting: Collection[int] = (),
) -> Iterator[bytes]:
    """Freeze released articles.

    Args:
        now: UTC. Links to translations appear with the article's own next release or
            on the next day, so that a translation does not change another page now.
        articles: keys.
        services: by id.
        waiting: keys of the releases that the next edition carries. Later ones of the
            same articles came after it was begun, and are left to the one after.
    """
    keys = sorted(articles)
    for start in range(0, len(keys), TOGETHER):
        some = keys[start : start + TOGETHER]
        ledger = _Ledger(some, services, waiting)
        for key in some:
            yield _line(_story_document(ledger.article(key), ledger, now))


def released(service: str | None = None) -> Iterator[int]:
    """List the keys of all released articles, of one service or of all."""
    rows = Release.objects.filter(number=1).order_by("article_id")
    if service is not None:
        rows = rows.filter(article__service__service_id=service)
    yield from rows.values_list("article_id", flat=True).iterator()


def front_line(service: Service, waiting: Collection[int] = ()) -> bytes | None:
    """Freeze how a front page is arranged; None if it never was.

    Args:
        service: one with a section less since has no front document of it.
        waiting: keys of the releases that the next edition carries. A story whose
            first release comes after them has no place yet.
    """
    page = ServicePage.objects.get(service_id=service.id)
    newest = Arrangement.objects.numbered().filter(service=page).first()
    if newest is None:
        return None
    slots = newest.slots.order_by("position").select_related("article")
    first = Waiting.objects.filter(article__in=slots.values("article"))
    late = first.filter(release__number=1).exclude(release__in=waiting)
    unknown = set(late.values_list("article_id", flat=True))
    places: dict[str, list[str]] = {}
    for slot in slots:
        if slot.article_id not in unknown:
            places.setdefault(slot.section, []).append(slot.article.address)
    return _line(_front_document(service, places))


def _front_document(service: Service, places: Mapping[str, list[str]]) -> Document:
    return {
        "format": fronts.FORMAT,
        "service": service.id,
        "lead": places.get("", []),
        "sections": [
            {"id": section.id, "stories": places[section.id]}
            for section in service.current
            if section.id in places
        ],
    }


def _line(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class _Ledger:
    """The ledgers of some articles, and of those they derive from or lead to."""

    def __init__(
        self,
        keys: Sequence[int],
        services: Mapping[str, Service],
        waiting: Collection[int],
    ) -> None:
        self.services = services
        self._articles = _read(keys, waiting)
        self._derived = _derived_from(keys)
        others = {key for found in self._derived.values() for key in found}
        self._take(others, waiting)
        found = self._articles
        while found:  # what these derive from, to the beginning of each chain
            found = self._take(_keys_of(_sources(found.values())), waiting)
        self._named = {(a.service, a.id): a for a in self._articles.values()}

    def _take(self, keys: set[int], waiting: Collection[int]) -> dict[int, _Article]:
        """Read articles that are not read yet; give those that were released."""
        found = _read(sorted(keys - self._articles.keys()), waiting)
        self._articles |= found
        return found

    def article(self, key: int) -> _Article:
        return self._articles[key]

    def named(self, service: str, id_: str) -> _Article | None:
        """Find a released article by its address."""
        return self._named.get((service, id_))

    def derived(self, article: _Article) -> Iterator[_Article]:
        """List the released articles whose newest release derives from one."""
        for key in self._derived.get(article.key, ()):
            lineage = self._articles[key].lineage or {}
            if (lineage.get("service"), lineage.get("id")) == (
                article.service,
                article.id,
            ):
                yield self._articles[key]


def _read(keys: Sequence[int], waiting: Collection[int]) -> dict[int, _Article]:
    """Read the ledgers of articles; what was never released has none."""
    found: dict[int, _Article] = {}
    for start in range(0, len(keys), TOGETHER):
        rows = Release.objects.filter(article__in=keys[start : start + TOGETHER])
        for row in rows.order_by("article_id", "number").values_list(
            *("article_id", "article__service__service_id", "article__address"),
            *("article__service__language", "number", "kind", "note", "time"),
            *("salt", "content", "pk", "printing__edition_id"),
            "article__breaking_until",
            named=True,
        ):
            key, service, id_, language = row[:4]
            breaks = row.article__breaking_until is not None
            one = _Article(key, service, id_, language, breaks)
            article = found.setdefault(key, one)
            article.releases.append(row)
    for article in found.values():
        _leave_later(article.releases, waiting)
    return found


def _leave_later(releases: list[Any], waiting: Collection[int]) -> None:
    """Leave out what was released after the last release that is printed or waits."""
    known = [r.printing__edition_id or r.pk in waiting for r in releases]
    while any(known) and not known[-1]:
        known.pop()
        releases.pop()


def _derived_from(keys: Sequence[int]) -> dict[int, list[int]]:
    """List the keys of released articles by the article they were made from."""
    rows = Article.objects.filter(source__in=keys, number__gt=0).order_by("pk")
    found: dict[int, list[int]] = {}
    for source, key in rows.values_list("source_id", "pk"):
        found.setdefault(source, []).append(key)
    return found


def _sources(articles: Iterable[_Article]) -> set[tuple[str, str]]:
    """List service and id of every article that one of these names."""
    named = (article.lineage for article in articles)
    return {(source["service"], source["id"]) for source in named if source}


def _keys_of(named: set[tuple[str, str]]) -> set[int]:
    rows = Article.objects.filter(
        service__service_id__in={service for service, _ in named},
        address__in={id_ for _, id_ in named},
    ).values_list("service__service_id", "address", "pk")
    return {key for service, id_, key in rows.order_by() if (service, id_) in named}


def _story_document(article: _Article, ledger: _Ledger, now: datetime) -> Document:
    newest = article.releases[-1]
    until = max(newest.time, now.replace(hour=0, minute=0, second=0, microsecond=0))
    content: Document = newest.content
    frozen = dict(_within(CHANGES_BYTES, _changes(article, ledger)))
    ours = {
        **content["tamizdat"],
        "breaking": article.breaking,
        "lineage": _lineage(article.lineage, ledger),
        "translations": [
            _translation(other)
            for other in ledger.derived(article)
            if other.releases[0].time <= until
        ],
        "releases": [
            {**_release(release), **_shown(frozen.get(release.number), content)}
            for release in article.releases
        ],
    }
    return _versioned(content, article.releases, ours)


def _shown(found: "_Difference | None", content: Document) -> Document:
    """Write what a release changed, with words of other languages there.

    Those that the newest text names are left to it.
    """
    if found is None:
        return {"changes": None}
    rows = content["tamizdat"].get("foreign") or ()
    named = {likeness(row["words"]) for row in rows}
    others = [one for one in found.foreign if likeness(one.words) not in named]
    foreign = {"foreign": [asdict(one) for one in others[:FOREIGN]]} if others else {}
    return {"changes": found.rows, **foreign}


def _versioned(content: Document, releases: Sequence[Any], ours: Document) -> Document:
    return {
        **content,
        "version": str(releases[-1].number),
        "firstCreated": write_time(releases[0].time),
        "versionCreated": write_time(releases[-1].time),
        "tamizdat": ours,
    }


def _lineage(
    lineage: Document | None, ledger: _Ledger, steps: int = MOST_STEPS
) -> Document | None:
    if lineage is None or not lineage["release"] or not steps:
        return None
    source = ledger.named(lineage["service"], lineage["id"])
    if source is None:
        return None  # its source is not released: there is nothing to link to
    of = source.releases[min(lineage["release"], len(source.releases)) - 1]
    # Where that one is erased, the original is named by what it says now.
    words = of if of.content else source.releases[-1]
    headline = next(h for h in words.content["headlines"] if h["role"] == "main")
    first = _lineage(source.lineage, ledger, steps - 1)
    told = words.content["tamizdat"].get("foreign") or ()
    foreign = [row for row in told if spoken(headline["value"], (Foreign(**row),))]
    return {
        **lineage,
        "release": of.number,
        "headline": headline["value"],
        "published": write_time(source.releases[0].time),
        **({"foreign": foreign} if foreign else {}),
        **({"original": _beginning(first)} if first else {}),
    }


def _beginning(lineage: Document) -> Document:
    """Name the article at the beginning of a chain, which readers are led to."""
    first = {key: lineage.get(key) for key in _ORIGINAL}
    named = {"foreign": lineage["foreign"]} if "foreign" in lineage else {}
    return lineage.get("original") or first | named


def _translation(article: _Article) -> Document:
    return {
        "service": article.service,
        "id": article.id,
        "language": article.language,
        "published": write_time(article.releases[0].time),
    }


def _changes(article: _Article, ledger: _Ledger) -> Iterator[tuple[int, "_Difference"]]:
    """Tell what each release changed of what readers had, newest first."""
    service = ledger.services.get(article.service)
    kinds = [release.kind for release in article.releases]
    for number in range(len(kinds), 1, -1):
        base = changes.base_of(kinds, number, article.carried)
        if base is not None and service is not None:
            old, new = (_Text.of(article, n) for n in (base, number))
            found = _difference(old, new, service)
            if found is not None:
                yield number, found


def _within(
    most: int, found: Iterable[tuple[int, "_Difference"]]
) -> Iterator[tuple[int, "_Difference"]]:
    """End before the first changes that would need more than `most` bytes in all."""
    for number, one in found:
        most -= len(json.dumps(asdict(one), ensure_ascii=False).encode())
        if most < 0:
            return
        yield number, one


@dataclass(frozen=True)
class _Text:
    """A release as it was recorded; its salt tells it from any other."""

    salt: str
    releases: Sequence[Any] = field(compare=False)

    @classmethod
    def of(cls, article: _Article, number: int) -> "_Text":
        """Take an article at one of its releases."""
        releases = article.releases[:number]
        return cls(releases[-1].salt, releases)

    def read(self) -> Story | None:
        """Read it as the press would; None if it could never be printed."""
        content: Document = self.releases[-1].content
        ledger = [_release(release) for release in self.releases]
        alone = {"lineage": None, "translations": [], "releases": ledger}
        ours = {**content["tamizdat"], **alone}
        try:
            story = read_document(
                _line(_versioned(content, self.releases, ours)), "newsroom"
            )
        except StoryError:
            return None
        return story if isinstance(story, Story) else None


@dataclass(frozen=True)
class _Difference:
    """Two texts of an article. `rows`: what differs; `foreign`: words there."""

    rows: list[Any]
    foreign: list[Foreign]


@lru_cache(maxsize=DIFFERENCES)
def _difference(old: _Text, new: _Text, service: Service) -> _Difference | None:
    before, after = old.read(), new.read()
    if before is None or after is None:
        return None
    taken_down = standing_after(release.kind for release in after.releases)
    parts = changes.NOTICE_PARTS if taken_down else changes.PARTS
    rows = changes.freeze(texts_of(before, service), texts_of(after, service), parts)
    return _Difference(rows, foreign_in(rows, before, after))


def _release(release: Any) -> Document:
    return {
        "number": release.number,
        "kind": release.kind,
        "time": write_time(release.time),
        "note": release.note or None,
        "salt": release.salt,
    }
