"""Fill a newsroom's ledger from a corpus, release stories one at a time, wait for them.

Imported by `desk` once Django runs for a newsroom. Old stories are written in bulk, as
rows of the ledger; what is measured goes through the newsroom's own verbs.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Page

from tamizdat.edition.pages.addresses import dated_path
from tamizdat.edition.statement import LATEST_BYTES
from tamizdat.edition.tree import PAGE_BYTES
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import board
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.mirrors.transports.web import WebSource
from tamizdat.newsroom import actions
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.models import Article, ArticlePage, Release, ServicePage, Story
from tamizdat.newsroom.releases import holds
from tamizdat.press.models import PrintedEdition, Printing

from . import stories
from .measure import BenchError
from .stories import Record

_BATCH = 1_000  # stories in one transaction
STANDING = (  # what an article says of its ledger
    *("number", "kind", "material", "published", "released", "headline"),
    *("section", "taken_back"),
)
_PAUSE = 0.005  # seconds between two looks at the board
_PATIENCE = 7_200  # seconds for a first delivery, every byte of which is read back


def open_services(more: Iterable[str]) -> dict[str, ServicePage]:
    """Open the services of the corpus, and more; each named by its language."""
    sections = [(id_, stories.section_name(id_)) for id_ in stories.SECTIONS]
    return {
        name: actions.create_service(name, f"{stories.PAPER} {name}", name, sections)
        for name in (*stories.SERVICES, *more)
    }


def fill(
    services: Mapping[str, ServicePage],
    records: Iterable[Record],
    pages: int | None = None,
) -> None:
    """Write stories with all their releases, as an archive brought in has them.

    Args:
        services: by their names in the records.
        records: the oldest first.
        pages: how many of the first become pages of the editors' site; None for all.
    """
    rows = iter(records)
    kind = ContentType.objects.get_for_model(ArticlePage)
    counts = dict.fromkeys(services, 0)
    left = sys.maxsize if pages is None else pages
    while batch := list(islice(rows, _BATCH)):
        with transaction.atomic():
            articles = _write(services, batch)
            opened = batch[:left]
            _open(services, zip(opened, articles, strict=False), kind, counts)
        left -= len(opened)
    for name, count in counts.items():
        Page.objects.filter(pk=services[name].pk).update(numchild=count)


def _write(
    services: Mapping[str, ServicePage], batch: Sequence[Record]
) -> list[Article]:
    """Write articles with their ledgers."""
    tellings = Story.objects.bulk_create(Story() for _ in batch)
    articles = Article.objects.bulk_create(
        Article(
            service_id=services[record["service"]].pk,
            story_id=story.pk,
            address=record["slug"],
        )
        for story, record in zip(tellings, batch, strict=True)
    )
    releases = [
        release
        for article, record in zip(articles, batch, strict=True)
        for release in _releases(article, record)
    ]
    Release.objects.bulk_create(releases)
    for release in releases:
        release.article.stand(release, None)
    Article.objects.bulk_update(articles, STANDING)
    return articles


def _open(
    services: Mapping[str, ServicePage],
    told: Iterable[tuple[Record, Article]],
    kind: ContentType,
    counts: dict[str, int],
) -> None:
    """Give articles their pages."""
    rows = list(told)
    pages = []
    for record, _article in rows:
        counts[record["service"]] += 1
        service = services[record["service"]]
        pages.append(_page(service, record, kind, counts[record["service"]]))
    written = [
        ArticlePage(
            page_ptr_id=page.pk,
            article_id=article.pk,
            section=record["section"],
            standfirst=record["standfirst"],
            next_number=2 + len(record["later"]),
        )
        for page, (record, article) in zip(
            Page.objects.bulk_create(pages), rows, strict=True
        )
    ]
    _insert(written)


def _page(service: ServicePage, record: Record, kind: Any, number: int) -> Page:
    published = datetime.fromisoformat(record["published"])
    return Page(
        path=Page._get_path(service.path, service.depth + 1, number),  # noqa: SLF001 - treebeard makes rows of a tree one by one
        depth=service.depth + 1,
        title=record["headline"],
        draft_title=record["headline"],
        slug=record["slug"],
        url_path=f"{service.url_path}{record['slug']}/",
        content_type=kind,
        locale_id=service.locale_id,
        first_published_at=published,
        last_published_at=published,
    )


def _insert(articles: Sequence[ArticlePage]) -> None:
    """Write what articles have beside their pages; Django would do it one by one."""
    fields = ArticlePage._meta.local_concrete_fields  # noqa: SLF001 - as documented
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join("%s" for _ in fields)
    table = connection.ops.quote_name(ArticlePage._meta.db_table)  # noqa: SLF001
    rows = [
        [
            field.get_db_prep_save(getattr(one, field.attname), connection)
            for field in fields
        ]
        for one in articles
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names of our own
            rows,
        )


def _releases(article: Article, record: Record) -> Iterator[Release]:
    content = json.loads(stories.story_document(record))
    for name in ("version", "firstCreated", "versionCreated"):
        del content[name]
    ours = content["tamizdat"]
    ours.pop("translations")
    for row in ours.pop("releases"):
        yield Release(
            article=article,
            number=row["number"],
            kind=row["kind"],
            note=row["note"] or "",
            time=datetime.fromisoformat(row["time"]),
            salt=row["salt"],
            content=content,
        )


def edit(record: Record, kind: str, words: str) -> ArticlePage:
    """Change a story's words, to be released as this kind; nothing is saved yet."""
    article = ArticlePage.objects.get(
        article__service__service_id=record["service"],
        article__address=record["slug"],
    )
    article.body = stream_of([_paragraph(words), *_body(record)])
    article.next_kind = kind
    article.next_note = stories.NOTE if kind == "correction" else ""
    article.next_number = article.article.number + 1
    return article


def add(record: Record, words: str) -> ArticlePage:
    """Write a new story; its draft is saved."""
    return actions.create_article(
        ServicePage.objects.get(service_id=record["service"]),
        record["headline"],
        [_paragraph(words), *_body(record)],
        None,
        bylines=[{"name": record["byline"]}],
        section=record["section"],
        standfirst=record["standfirst"],
    )


@dataclass(frozen=True)
class Pressed:
    """A release that is held. `end`: of the hold, seconds of the monotonic clock."""

    article: Article
    number: int
    end: float


def press(page: ArticlePage) -> Pressed:
    """Press Publish: the release is held for as long as its service says."""
    revision = page.save_revision()
    held = holds.hold(page, revision, None, datetime.now(UTC))
    if held is None:
        raise BenchError(f"{page.service}: expected a service that holds releases")
    left = (held.until - datetime.now(UTC)).total_seconds()
    return Pressed(page.article, page.next_number, time.monotonic() + left)


def at_end(pressed: Pressed) -> Release:
    """Wait until the hold has ended and whoever watches has released the story."""
    rows = Release.objects.filter(article=pressed.article, number=pressed.number)
    end = time.monotonic() + _PATIENCE
    while (release := rows.first()) is None:
        _pause(end)
    return release


def release(page: ArticlePage) -> Release:
    """Release a story at once, as breaking news is."""
    return _released(actions.publish_article(page, None))


def _released(release: Release | None) -> Release:
    if release is None:
        raise BenchError("the newsroom recorded no release")
    return release


def _body(record: Record) -> list[dict[str, Any]]:
    return [_paragraph(text) for text in record["body"]]


def _paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text, "marks": []}


@dataclass(frozen=True)
class Seen:
    """When something was seen. Seconds of the monotonic clock."""

    printed: float
    verified: float


def wait_for(releases: Sequence[Release]) -> Seen:
    """Wait until each release is printed, and its edition verified on every mirror."""
    printings = Printing.objects.filter(release__in=[r.pk for r in releases])
    end = time.monotonic() + _PATIENCE
    while len(rows := list(printings.select_related("edition"))) < len(releases):
        _pause(end)
    printed = time.monotonic()
    numbers = {row.edition.service: row.edition.number for row in rows}
    _wait_verified(numbers, end)
    return Seen(printed, time.monotonic())


def wait_for_first(services: Iterable[str], *, everywhere: bool) -> Seen:
    """Wait for the first edition of every service, in the archive or everywhere."""
    wanted = set(services)
    end = time.monotonic() + _PATIENCE
    while set(PrintedEdition.objects.values_list("service", flat=True)) != wanted:
        _pause(end, 0.1)
    printed = time.monotonic()
    if everywhere:
        _wait_verified(dict.fromkeys(wanted, 1), end)
    return Seen(printed, time.monotonic())


def _wait_verified(numbers: Mapping[str, int], end: float) -> None:
    mirrors = Mirror.objects.count()
    held = Holding.objects.filter(service__in=numbers, state="verified")
    while True:
        rows = held.values_list("service", "number")
        good = sum(number >= numbers[service] for service, number in rows)
        if good == mirrors * len(numbers):
            return
        _pause(end)


def _pause(end: float, seconds: float = _PAUSE) -> None:
    if time.monotonic() > end:
        raise BenchError(f"not printed and verified in {_PATIENCE} s")
    time.sleep(seconds)


def check(chain: Sequence[Trust], release: Release, words: str) -> None:
    """Read from every mirror what the board says of a release.

    Raises:
        BenchError: the board says otherwise, or a mirror shows no page with the words.
    """
    article = release.article
    service = article.service.service_id
    number = release.printing.edition.number
    said = next(row for row in board.services() if row["service"] == service)
    if said["verified"] < said["mirrors"] or said["edition"] < number:
        raise BenchError(f"the board says of {service}: {said}")
    first = article.releases.get(number=1).time
    place = f"{service}/{dated_path(article.address, first)}"
    for mirror in Mirror.objects.all():
        source = WebSource(mirror.url)
        latest = source.read(f"{service}/latest", LATEST_BYTES)
        shown = verify_latest(latest, chain, service).statement.number
        if shown < number or words.encode() not in source.read(place, PAGE_BYTES):
            raise BenchError(f"{mirror.name} shows {service} {shown}, not {number}")
        source.close()
