"""Bring candidates in: each story once, whatever was interrupted.

A batch is read and parsed, its originals and pictures are kept, then its stories are
recorded in one transaction. Killed at any instant, the next run finds by the hash of
their bytes what is here, and goes on: what was kept and not recorded is kept again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction

from tamizdat.newsroom import actions
from tamizdat.newsroom.archives import originals, stories
from tamizdat.newsroom.archives.addresses import addresses_of, claim, take
from tamizdat.newsroom.archives.pictures import Kept, found_of, keep_pictures
from tamizdat.newsroom.archives.reading import Outcome, Readers, Refused, batches
from tamizdat.newsroom.archives.rows import Row
from tamizdat.newsroom.archives.sources import Candidate
from tamizdat.newsroom.archives.subjects import Found, Subjects
from tamizdat.newsroom.errors import CopyError, NewsroomError
from tamizdat.newsroom.forms import fresh_id
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    FollowUp,
    Imported,
    OldAddress,
    Release,
    ServicePage,
    Story,
)
from tamizdat.newsroom.models.ledger import fresh_salt
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem

BATCH = 64  # candidates in one transaction
_TOGETHER = 2  # stories that are worth recording at once
_WRITERS = 8  # threads that wait for the disk
_NEW = frozenset({"in", "updated"})
_MOST_DROPPED = 100  # lines of a receipt that are kept


@dataclass(frozen=True)
class Plan:
    """Say how an archive is to come in.

    Attributes:
        service: whose archive it is.
        folder: where originals are kept.
        section: of stories that name none, or None for the first one.
        undated: UTC, for stories without a date; None refuses them.
        dry_run: change nothing.
        pictures: keep pictures, too.
        make_tags: make tags that the service has not.
        sections: category of the archive, as names are compared -> path.
        readers: processes that parse; None takes what the machine has.
    """

    service: ServicePage
    folder: Path
    section: str | None = None
    undated: datetime | None = None
    dry_run: bool = False
    pictures: bool = True
    make_tags: bool = False
    sections: Mapping[str, str] = field(default_factory=dict)
    readers: int | None = None


@dataclass(frozen=True)
class _Ready:
    """Hold a story that is read, with all that its transaction needs."""

    candidate: Candidate
    item: WireItem
    key: str
    words: str
    times: stories.Times
    kept: list[Kept] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    found: int = 0


class Bringer:
    """Bring candidates into one service."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.subjects = Subjects(plan.service, plan.make_tags, plan.dry_run)
        self.subjects.sections.update(plan.sections)
        # Of a run that writes nothing: what it would have written.
        self._seen: set[str] = set()

    def bring(self, candidates: Iterable[Candidate]) -> Iterator[Row]:
        """Bring them in, batch by batch; yields what became of each, in order."""
        readers = Readers(self._plan.readers)
        try:
            for batch in readers.ahead(batches(candidates, BATCH)):
                yield from self._batch(batch)
        finally:
            readers.close()

    def _batch(
        self, batch: Sequence[tuple[Candidate, "Future[Outcome] | None"]]
    ) -> list[Row]:
        now = datetime.now(UTC)
        known = self._known_bytes([candidate for candidate, _parsed in batch])
        prepared: list[Row | _Ready] = []
        for candidate, parsed in batch:
            prepared += self._prepared(candidate, parsed, known, now)
        if self._plan.dry_run:
            return [self._foretold(one) for one in prepared]
        self._keep_originals(prepared)
        with transaction.atomic():
            fresh = self._recorded_at_once(prepared)
            return [
                fresh.get(at) or self._recorded(one) for at, one in enumerate(prepared)
            ]

    def _keep_originals(self, prepared: Sequence[Row | _Ready]) -> None:
        """Keep the bytes of what is to be recorded; a disk is waited for once."""
        ready = [one for one in prepared if isinstance(one, _Ready)]
        data = {id(one.candidate): one.candidate.data for one in ready}
        with ThreadPoolExecutor(_WRITERS) as writers:
            list(writers.map(partial(originals.keep, self._plan.folder), data.values()))

    def _recorded_at_once(self, prepared: Sequence[Row | _Ready]) -> dict[int, Row]:
        """Record the stories that are new together; by their places among all.

        Where one of them is refused nothing is recorded, and each is tried alone.
        """
        new = dict(self._new(prepared))
        if len(new) < _TOGETHER:
            return {}
        try:
            with transaction.atomic():
                rows = self._create_all(list(new.values()))
        except (NewsroomError, DataError, IntegrityError):
            self.subjects.read_tags()
            return {}
        return dict(zip(new, rows, strict=True))

    def _new(self, prepared: Sequence[Row | _Ready]) -> Iterator[tuple[int, _Ready]]:
        """Choose stories that neither the newsroom nor the batch has, by any name."""
        ready = [
            (at, one) for at, one in enumerate(prepared) if isinstance(one, _Ready)
        ]
        here = Imported.objects.filter(service=self._plan.service)
        names = {"key": set[str](), "words": set[str]()}
        for name, seen in names.items():
            asked = {f"{name}__in": [getattr(one, name) for _at, one in ready]}
            seen.update(here.filter(**asked).values_list(name, flat=True))
        for at, one in ready:
            if all(getattr(one, name) not in seen for name, seen in names.items()):
                yield at, one
            for name, seen in names.items():
                seen.add(getattr(one, name))

    def _create_all(self, ready: Sequence[_Ready]) -> list[Row]:
        service = self._plan.service
        articles = [
            Article(service=service, story=Story(), address=fresh_id())
            for _one in ready
        ]
        asked = [(a, _addresses(one)) for a, one in zip(articles, ready, strict=True)]
        places, told = claim(asked)
        ledgers = [
            self._ledger(one, article, leading)
            for one, article, (leading, _warned) in zip(
                ready, articles, told, strict=True
            )
        ]
        actions.append_firsts(ledgers)
        OldAddress.objects.bulk_create(places)
        Imported.objects.bulk_create(
            self._noted(one, releases[0].article, len(releases))
            for one, releases in zip(ready, ledgers, strict=True)
        )
        return [
            self._row(one, "in", article, leading, warnings)
            for one, article, (leading, warnings) in zip(
                ready, articles, told, strict=True
            )
        ]

    def _ledger(
        self, one: _Ready, article: Article, permalinks: Sequence[str]
    ) -> list[Release]:
        """Write the releases of a story that is new, proofread, not saved yet."""
        content, times = self._content(one, article, permalinks), one.times
        releases = [_release(1, "publish", times.published, content)]
        if times.updated is not None:
            releases.append(_release(2, "update", times.updated, content))
        stories.proofread(content, releases, one.candidate.name)
        for release in releases:
            release.article = article
        return releases

    def _known_bytes(self, batch: Sequence[Candidate]) -> dict[str, Imported]:
        """Find what is here already of a batch, by the hash of its bytes."""
        hashes = [_digest(one) for one in batch if one.why is None]
        here = Imported.objects.filter(service=self._plan.service, sha256__in=hashes)
        return {row.sha256: row for row in here.select_related("article")}

    def _prepared(
        self,
        candidate: Candidate,
        parsed: "Future[Outcome] | None",
        here: Mapping[str, Imported],
        now: datetime,
    ) -> list[Row | _Ready]:
        """Read a candidate; nothing of it is recorded yet."""
        name = candidate.name
        if candidate.why is not None:
            return [Row(name, "refused", why=candidate.why)]
        sha256 = _digest(candidate)
        known = here.get(sha256)
        if known is not None and not (self._plan.pictures and known.bare):
            if parsed is not None:
                parsed.cancel()  # what nobody asks for would wait with its bytes
            return [Row(name, "already", article=known.article.address)]
        items = _outcome(candidate, parsed)
        if isinstance(items, Refused):
            why = f"expected {items.expected}, found {items.found}"
            return [Row(name, "refused", why=why)]
        return [self._ready(candidate, item, sha256, now) for item in items]

    def _ready(
        self, candidate: Candidate, item: WireItem, sha256: str, now: datetime
    ) -> Row | _Ready:
        plan = self._plan
        try:
            stories.check(item, plan.service, now)
            times = stories.times_of(item, plan.service, plan.undated, now)
        except CopyError as error:
            headline = item.headline
            return Row(candidate.name, "refused", headline=headline, why=str(error))
        named = item.guid or candidate.address or f"{sha256} {item.headline}"
        key = hashlib.sha256(named.encode()).hexdigest()
        known = self._known(key)
        if known is not None and known.article.taken_back:
            # Neither its bytes nor its pictures come back.
            address, why = known.article.address, "it was taken back here"
            return Row(candidate.name, "merged", article=address, why=why)
        ready = _Ready(candidate, item, key, stories.words_of(item), times)
        if not plan.pictures or (self._is_here(ready) and not _is_bare(known)):
            return ready
        if plan.dry_run:
            return replace(ready, found=found_of(item, candidate.find))
        kept, missing = keep_pictures(item, candidate.find, plan.service)
        return replace(ready, kept=kept, missing=tuple(missing), found=len(kept))

    def _known(self, key: str) -> Imported | None:
        here = Imported.objects.filter(service=self._plan.service, key=key)
        return here.select_related("article").first()

    def _is_here(self, ready: _Ready) -> bool:
        here = Imported.objects.filter(service=self._plan.service)
        return here.filter(words=ready.words).exists()

    def _foretold(self, one: Row | _Ready) -> Row:
        if isinstance(one, Row):
            return one
        here = Imported.objects.filter(service=self._plan.service)
        again = here.filter(words=one.words).exists() or one.words in self._seen
        newer = here.filter(key=one.key).exists() or one.key in self._seen
        if one.found and here.filter(key=one.key, words=one.words, bare=True).exists():
            return self._row(one, "updated", None, _addresses(one))
        self._seen |= {one.words, one.key}
        result = "merged" if again else "updated" if newer else "in"
        addresses = tuple(_addresses(one))
        return self._row(one, result, None, addresses)

    def _recorded(self, one: Row | _Ready) -> Row:
        if isinstance(one, Row):
            return one
        try:
            with transaction.atomic():
                return self._record(one)
        except (NewsroomError, DataError) as error:
            self.subjects.read_tags()
            name, headline = one.candidate.name, one.item.headline
            return Row(name, "refused", headline=headline, why=str(error))

    def _record(self, one: _Ready) -> Row:
        """Record a story: new, a newer version, or the same under another name."""
        here = Imported.objects.filter(service=self._plan.service)
        known = self._known(one.key)
        if known is not None and known.words != one.words:
            return self._update(one, known)
        twin = known or here.filter(words=one.words).select_related("article").first()
        if twin is not None and known is not None and twin.bare and one.kept:
            return self._illustrate(one, twin)
        if twin is not None:
            return self._merge(one, twin, is_same=known is not None)
        return self._create(one)

    def _illustrate(self, one: _Ready, known: Imported) -> Row:
        """Add the pictures that an earlier run left out; readers learn nothing new."""
        article, newest = known.article, known.article.newest_release
        why = self._why_not_touch(article, known)
        if why is not None:
            return self._row(one, "merged", article, why=why)
        permalinks = newest.content["tamizdat"].get("permalinks") or []
        content = self._content(one, article, permalinks)
        time = newest.time + actions.TICK
        release = _release(newest.number + 1, "minor", time, content)
        before = list(article.releases.order_by("number"))
        stories.proofread(content, [*before, release], one.candidate.name)
        actions.append_release(article, release, None)
        rows = Imported.objects.filter(article=article)
        rows.update(number=release.number, bare=None)
        return self._row(one, "updated", article, permalinks)

    def _create(self, one: _Ready) -> Row:
        article = Article.objects.create(
            service=self._plan.service, story=Story.objects.create(), address=fresh_id()
        )
        permalinks, warnings = take(_addresses(one), article, [])
        releases = self._ledger(one, article, permalinks)
        for release in releases:
            actions.append_release(article, release, None)
        self._note(one, article, len(releases))
        return self._row(one, "in", article, permalinks, warnings)

    def _update(self, one: _Ready, known: Imported) -> Row:
        """Append a newer version, unless somebody works on the article here."""
        article, newest = known.article, known.article.newest_release
        why = self._why_not(one, known, newest)
        if why is not None:
            return self._row(one, "merged", article, why=why)
        before = newest.content["tamizdat"].get("permalinks") or []
        permalinks, warnings = take(_addresses(one), article, before)
        content = self._content(one, article, permalinks)
        time = max(one.times.updated or one.times.published, newest.time + actions.TICK)
        release = _release(newest.number + 1, "update", time, content)
        known_releases = list(article.releases.order_by("number"))
        stories.proofread(content, [*known_releases, release], one.candidate.name)
        actions.append_release(article, release, None)
        known.delete()
        self._note(one, article, release.number)
        return self._row(one, "updated", article, permalinks, warnings)

    def _why_not(self, one: _Ready, known: Imported, newest: Release) -> str | None:
        article = known.article
        if newest.number != known.number:
            return "it was changed here since"
        if ArticlePage.objects.filter(article=article).exists():
            return "an editor has opened it here"
        if (one.times.updated or one.times.published) <= newest.time:
            return "the version that is here is not older"
        return _why_held(article)

    def _merge(self, one: _Ready, twin: Imported, *, is_same: bool) -> Row:
        """Let the addresses of a story that is here already lead to it, too."""
        article, newest = twin.article, twin.article.newest_release
        before = (newest.content.get("tamizdat") or {}).get("permalinks") or []
        permalinks, warnings = list(before), list[str]()
        held = _why_held(article)
        free = not article.taken_back and self._why_not_touch(article, twin) is None
        if free:
            permalinks, warnings = take(_addresses(one), article, before)
        if free and permalinks != before:
            ours = {**newest.content["tamizdat"], "permalinks": permalinks}
            content = {**newest.content, "tamizdat": ours}
            time = newest.time + actions.TICK
            release = _release(newest.number + 1, "minor", time, content)
            actions.append_release(article, release, None)
            Imported.objects.filter(article=article).update(number=release.number)
        if not is_same:
            self._note(one, article, article.newest_release.number)
        why = held or "here already"
        return self._row(one, "merged", article, permalinks, warnings, why=why)

    def _why_not_touch(self, article: Article, twin: Imported) -> str | None:
        opened = ArticlePage.objects.filter(article=article).exists()
        if opened or article.number != twin.number:
            return "an editor has opened or changed it here"
        return _why_held(article)

    def _content(
        self, one: _Ready, article: Article, permalinks: Sequence[str]
    ) -> dict[str, Any]:
        about, section = self._about(one)
        return stories.content_of(
            one.item,
            self._plan.service,
            article.address,
            section=section,
            tags=about.tags,
            permalinks=permalinks,
            kept=one.kept,
        )

    def _about(self, one: _Ready) -> tuple[Found, str]:
        """Say what a story is about, and the path of its section."""
        plan, about = self._plan, self.subjects.take(one.item)
        asked = plan.section
        return about, stories.section_of(one.item, plan.service, about.section, asked)

    def _note(self, one: _Ready, article: Article, number: int) -> None:
        self._noted(one, article, number).save()

    def _noted(self, one: _Ready, article: Article, number: int) -> Imported:
        receipt = one.item.to_json()["receipt"]
        receipt["dropped"] = receipt["dropped"][:_MOST_DROPPED]
        return Imported(
            service=self._plan.service,
            article=article,
            key=one.key,
            sha256=_digest(one.candidate),
            words=one.words,
            number=number,
            name=one.candidate.name,
            receipt=receipt,
            bare=None if self._plan.pictures else True,
        )

    def _row(  # noqa: PLR0913, PLR0917 - what there is to tell
        self,
        one: _Ready,
        result: str,
        article: Article | None,
        permalinks: Sequence[str] = (),
        warnings: Sequence[str] = (),
        why: str | None = None,
    ) -> Row:
        about, section = None, None
        if result in _NEW:
            about, section = self._about(one)
            self.subjects.count(one.item)
        return Row(
            file=one.candidate.name,
            result=result,
            article=article.address if article else None,
            headline=one.item.headline,
            published=_instant(one.times.published),
            updated=_instant(one.times.updated),
            authors=tuple(person.name for person in one.item.byline),
            permalinks=tuple(permalinks),
            pictures=one.found,
            section=section,
            tags=tuple(tag["literal"] for tag in about.tags) if about else (),
            left=about.left if about else (),
            why=why,
            warnings=(*one.item.receipt.warnings, *one.missing, *warnings),
        )


def _why_held(article: Article) -> str | None:
    """Say why people have to look before anything more of a story goes out."""
    if FollowUp.objects.on(article.pk).exists():
        return "it is held here: words in it may endanger someone"
    if article.story.sensitive:
        return "its story may endanger someone: two people sign what goes out"
    return None


def _digest(candidate: Candidate) -> str:
    return hashlib.sha256(candidate.data).hexdigest()


def _outcome(candidate: Candidate, parsed: "Future[Outcome] | None") -> Outcome:
    """Give what was parsed ahead, or parse it now."""
    if parsed is not None:
        with suppress(BrokenProcessPool):  # it was killed: it is parsed here
            return parsed.result()
    try:
        return candidate.parse()
    except WireError as error:
        return Refused(error.expected, error.found)


def _is_bare(known: Imported | None) -> bool:
    return known is not None and bool(known.bare)


def _instant(time: datetime | None) -> str | None:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time else None


def _release(
    number: int, kind: str, time: datetime, content: dict[str, Any]
) -> Release:
    return Release(
        number=number, kind=kind, time=time, salt=fresh_salt(), content=content
    )


def _addresses(one: _Ready) -> list[str]:
    return addresses_of(one.item, [one.candidate.address, *one.candidate.olds])
