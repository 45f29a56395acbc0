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
from tamizdat.newsroom.archives import foretelling, originals, stories
from tamizdat.newsroom.archives.addresses import claim, take
from tamizdat.newsroom.archives.leaving import why_held, why_not_newer, why_not_touch
from tamizdat.newsroom.archives.pictures import Checked, keep_pictures
from tamizdat.newsroom.archives.reading import Outcome, Readers, Refused, batches
from tamizdat.newsroom.archives.ready import Ready
from tamizdat.newsroom.archives.rows import Row
from tamizdat.newsroom.archives.sources import Candidate
from tamizdat.newsroom.archives.subjects import Found, Subjects
from tamizdat.newsroom.errors import CopyError, NewsroomError
from tamizdat.newsroom.forms import fresh_id
from tamizdat.newsroom.models import (
    Article,
    Imported,
    OldAddress,
    Release,
    ServicePage,
    Story,
)
from tamizdat.newsroom.models.ledger import fresh_salt
from tamizdat.newsroom.wire_desk.texts import words_of
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


class Bringer:
    """Bring candidates into one service."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.subjects = Subjects(plan.service, plan.make_tags, plan.dry_run)
        self.subjects.sections.update(plan.sections)
        # Of a run that writes nothing: what it would have written.
        self._told = foretelling.Foretelling(plan.service, not plan.pictures)
        self._checked = Checked()

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
        prepared: list[Row | Ready] = []
        for candidate, parsed in batch:
            prepared += self._prepared(candidate, parsed, known, now)
        if self._plan.dry_run:
            return self._foretold_all(prepared)
        self._keep_originals(prepared)
        with transaction.atomic():
            fresh = self._recorded_at_once(prepared)
            return [
                fresh.get(at) or self._recorded(one) for at, one in enumerate(prepared)
            ]

    def _keep_originals(self, prepared: Sequence[Row | Ready]) -> None:
        """Keep the bytes of what is to be recorded; a disk is waited for once."""
        ready = [one for one in prepared if isinstance(one, Ready)]
        data = {id(one.candidate): one.candidate.data for one in ready}
        with ThreadPoolExecutor(_WRITERS) as writers:
            list(writers.map(partial(originals.keep, self._plan.folder), data.values()))

    def _recorded_at_once(self, prepared: Sequence[Row | Ready]) -> dict[int, Row]:
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

    def _new(self, prepared: Sequence[Row | Ready]) -> Iterator[tuple[int, Ready]]:
        """Choose stories that neither the newsroom nor the batch has, by any name."""
        ready = [(at, one) for at, one in enumerate(prepared) if isinstance(one, Ready)]
        here = Imported.objects.filter(service=self._plan.service)
        names = {"key": set[str](), "words": set[str]()}
        for name, seen in names.items():
            asked = {f"{name}__in": [getattr(one, name) for _at, one in ready]}
            seen.update(here.filter(**asked).values_list(name, flat=True))
        for at, one in ready:
            known = any(getattr(one, name) in seen for name, seen in names.items())
            if not known and not self._told.has(one):
                yield at, one
            for name, seen in names.items():
                seen.add(getattr(one, name))

    def _create_all(self, ready: Sequence[Ready]) -> list[Row]:
        service = self._plan.service
        articles = [
            Article(service=service, story=Story(), address=fresh_id())
            for _one in ready
        ]
        asked = [(a, one.addresses) for a, one in zip(articles, ready, strict=True)]
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
        self, one: Ready, article: Article, permalinks: Sequence[str]
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
        hashes = [one.sha256 for one in batch if one.why is None]
        here = Imported.objects.filter(service=self._plan.service, sha256__in=hashes)
        rows = here.select_related("article")
        return {row.sha256: row for row in rows if not self._told.is_replaced(row)}

    def _prepared(
        self,
        candidate: Candidate,
        parsed: "Future[Outcome] | None",
        here: Mapping[str, Imported],
        now: datetime,
    ) -> list[Row | Ready]:
        """Read a candidate; nothing of it is recorded yet."""
        name = candidate.name
        if candidate.why is not None:
            return [Row(name, "refused", why=candidate.why)]
        sha256 = candidate.sha256
        known = here.get(sha256)
        if known is not None and not (self._plan.pictures and known.bare):
            if parsed is not None:
                parsed.cancel()  # what nobody asks for would wait with its bytes
            return [Row(name, "already", article=known.article.address)]
        if (told := self._told.told_bytes(sha256)) is not None:
            return [Row(name, "already", article=_address(told))]
        items = _outcome(candidate, parsed)
        if isinstance(items, Refused):
            why = f"expected {items.expected}, found {items.found}"
            return [Row(name, "refused", why=why)]
        return [self._ready(candidate, item, now) for item in items]

    def _ready(
        self, candidate: Candidate, item: WireItem, now: datetime
    ) -> Row | Ready:
        plan = self._plan
        try:
            stories.check(item, plan.service, now)
            times = stories.times_of(item, plan.service, plan.undated, now)
        except CopyError as error:
            headline = item.headline
            return Row(candidate.name, "refused", headline=headline, why=str(error))
        named = item.guid or candidate.address or f"{candidate.sha256} {item.headline}"
        key = hashlib.sha256(named.encode()).hexdigest()
        known = self._known(key)
        if known is not None and known.article.taken_back:
            # Neither its bytes nor its pictures come back.
            address, why = known.article.address, "it was taken back here"
            return Row(candidate.name, "merged", article=address, why=why)
        ready = Ready(candidate, item, key, words_of(item), times)
        if not plan.pictures or (
            self._is_here(ready) and not self._is_bare(known, key)
        ):
            return ready
        if plan.dry_run:
            found, missing = self._checked.look(item, candidate.find)
            return replace(ready, missing=tuple(missing), found=found)
        kept, missing = keep_pictures(item, candidate.find, plan.service)
        return replace(ready, kept=kept, missing=tuple(missing), found=len(kept))

    def _known(self, key: str) -> Imported | None:
        here = Imported.objects.filter(service=self._plan.service, key=key)
        return here.select_related("article").first()

    def _is_here(self, ready: Ready) -> bool:
        if self._plan.dry_run:
            return self._told.has_words(ready.words)
        here = Imported.objects.filter(service=self._plan.service)
        return here.filter(words=ready.words).exists()

    def _is_bare(self, known: Imported | None, key: str) -> bool:
        if self._plan.dry_run:
            return self._told.is_bare(key)
        return known is not None and bool(known.bare)

    def _foretold_all(self, prepared: Sequence[Row | Ready]) -> list[Row]:
        """Say what would become of a batch, in the order in which it is recorded."""
        new = dict(self._new(prepared))
        first = new if len(new) >= _TOGETHER else {}
        rows = {at: self._foretold(one) for at, one in first.items()}
        for at, one in enumerate(prepared):
            if at not in rows:
                rows[at] = self._foretold(one)
        return [rows[at] for at in range(len(prepared))]

    def _foretold(self, one: Row | Ready) -> Row:
        if isinstance(one, Row):
            return one
        try:
            told = self._told.verdict(one, partial(self._content, one))
        except NewsroomError as error:
            return _refused(one, error)
        return self._row(
            one, told.result, told.article, told.permalinks, told.warnings, told.why
        )

    def _recorded(self, one: Row | Ready) -> Row:
        if isinstance(one, Row):
            return one
        try:
            with transaction.atomic():
                return self._record(one)
        except (NewsroomError, DataError) as error:
            self.subjects.read_tags()
            return _refused(one, error)

    def _record(self, one: Ready) -> Row:
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

    def _illustrate(self, one: Ready, known: Imported) -> Row:
        """Add the pictures that an earlier run left out; readers learn nothing new."""
        article, newest = known.article, known.article.newest_release
        why = why_not_touch(article, is_as_it_came=article.number == known.number)
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

    def _create(self, one: Ready) -> Row:
        article = Article.objects.create(
            service=self._plan.service, story=Story.objects.create(), address=fresh_id()
        )
        permalinks, warnings = take(one.addresses, article, [])
        releases = self._ledger(one, article, permalinks)
        for release in releases:
            actions.append_release(article, release, None)
        self._note(one, article, len(releases))
        return self._row(one, "in", article, permalinks, warnings)

    def _update(self, one: Ready, known: Imported) -> Row:
        """Append a newer version, unless somebody works on the article here."""
        article, newest = known.article, known.article.newest_release
        time = one.times.updated or one.times.published
        why = why_not_newer(
            article,
            is_as_it_came=newest.number == known.number,
            is_newer=time > newest.time,
        )
        if why is not None:
            return self._row(one, "merged", article, why=why)
        before = newest.content["tamizdat"].get("permalinks") or []
        permalinks, warnings = take(one.addresses, article, before)
        content = self._content(one, article, permalinks)
        time = max(time, newest.time + actions.TICK)
        release = _release(newest.number + 1, "update", time, content)
        known_releases = list(article.releases.order_by("number"))
        stories.proofread(content, [*known_releases, release], one.candidate.name)
        actions.append_release(article, release, None)
        known.delete()
        self._note(one, article, release.number)
        return self._row(one, "updated", article, permalinks, warnings)

    def _merge(self, one: Ready, twin: Imported, *, is_same: bool) -> Row:
        """Let the addresses of a story that is here already lead to it, too."""
        article, newest = twin.article, twin.article.newest_release
        before = (newest.content.get("tamizdat") or {}).get("permalinks") or []
        permalinks, warnings = list(before), list[str]()
        held = why_held(article)
        as_it_came = article.number == twin.number
        free = why_not_touch(article, is_as_it_came=as_it_came) is None
        free = free and not article.taken_back
        if free:
            permalinks, warnings = take(one.addresses, article, before)
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

    def _content(
        self, one: Ready, article: Article, permalinks: Sequence[str]
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

    def _about(self, one: Ready) -> tuple[Found, str]:
        """Say what a story is about, and the path of its section."""
        plan, about = self._plan, self.subjects.take(one.item)
        asked = plan.section
        return about, stories.section_of(one.item, plan.service, about.section, asked)

    def _note(self, one: Ready, article: Article, number: int) -> None:
        self._noted(one, article, number).save()

    def _noted(self, one: Ready, article: Article, number: int) -> Imported:
        receipt = one.item.to_json()["receipt"]
        receipt["dropped"] = receipt["dropped"][:_MOST_DROPPED]
        return Imported(
            service=self._plan.service,
            article=article,
            key=one.key,
            sha256=one.sha256,
            words=one.words,
            number=number,
            name=one.candidate.name,
            receipt=receipt,
            bare=None if self._plan.pictures else True,
        )

    def _row(  # noqa: PLR0913, PLR0917 - what there is to tell
        self,
        one: Ready,
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
            article=_address(article) if article else None,
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


def _refused(one: Ready, error: Exception) -> Row:
    name, headline = one.candidate.name, one.item.headline
    return Row(name, "refused", headline=headline, why=str(error))


def _outcome(candidate: Candidate, parsed: "Future[Outcome] | None") -> Outcome:
    """Give what was parsed ahead, or parse it now."""
    if parsed is not None:
        with suppress(BrokenProcessPool):  # it was killed: it is parsed here
            return parsed.result()
    try:
        return candidate.parse()
    except WireError as error:
        return Refused(error.expected, error.found)


def _address(article: Article) -> str | None:
    return article.address if article.pk else None  # a run would draw another


def _instant(time: datetime | None) -> str | None:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time else None


def _release(
    number: int, kind: str, time: datetime, content: dict[str, Any]
) -> Release:
    return Release(
        number=number, kind=kind, time=time, salt=fresh_salt(), content=content
    )
