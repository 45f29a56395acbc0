"""Fetch from one source, whatever happens: keep what came, say what failed.

One process at a time fetches from a source: it takes a lease, which ends by itself if
the process does. Files are kept first, then where to go on: killed in between, the
next fetch brings the same files, and every item of them is known.

Safe if the power fails: bytes stand under their hash before the rows that name them.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from tamizdat.newsroom.archives import originals
from tamizdat.newsroom.archives.forgetting import ORIGINALS
from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.models import KeptItem, RefusedFile, WireSource
from tamizdat.newsroom.sources import credentials, kinds
from tamizdat.newsroom.sources.kinds import Came, Fetched, Road, Rules
from tamizdat.newsroom.sources.refusing import unreadable
from tamizdat.newsroom.sources.said import at, kept, say
from tamizdat.newsroom.wire_desk import identity, keeping
from tamizdat.wire import parsers
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem

LEASE = timedelta(minutes=10)  # a fetch takes a minute, reading what came a few
LONGEST = timedelta(hours=6)  # between two tries of what keeps failing
_DOUBLINGS = 12
_WARNINGS = 20  # that are kept of one fetch
# A watched page that turns into another kind of file is most often a door or an error.
ONE_FORMAT = "http"
PAGE = "html"  # a family of copy
# A letter is a letter, whatever hangs on it.
ANY_FORMAT = "imap"

_log = logging.getLogger(__name__)


@dataclass
class Told:
    """Tell what a fetch came to.

    Attributes:
        kept: items that were not here before.
        files: that were read.
        error: why nothing was fetched; "".
        warnings: about single files and items.
        busy: somebody else is fetching from it.
    """

    kept: list[KeptItem] = field(default_factory=list)
    files: int = 0
    error: str = ""
    warnings: list[str] = field(default_factory=list)
    busy: bool = False


def poll(source: WireSource, now: datetime) -> Told:
    """Fetch once from a source, and keep what came.

    Args:
        source: read anew here; what it held is not asked.
        now: UTC.
    """
    if not _take_lease(source, now):
        return Told(busy=True)
    source.refresh_from_db()
    told = Told()
    try:
        fetched = kinds.fetch(source.kind, road_of(source))
        told.warnings += fetched.warnings
        for file in fetched.files:
            _Reader(source, told, now).read(file)
        _succeed(source, fetched, told, now)
    except SourceError as error:
        _fail(source, told, error.said, error.wait, now)
    except Exception as error:  # noqa: BLE001 - the one edge: fetching goes on
        _log.exception("fetching from the source %s failed", source.name)
        words = _("a fault of ours (%(what)s): please report it")
        said = say(words, what=type(error).__name__)
        _fail(source, told, said, None, now)
    return told


def road_of(source: WireSource) -> Road:
    """Say how to reach a source, with its credentials read now."""
    home = settings.TAMIZDAT
    return Road(
        place=kinds.read_place(source.kind, source.place),
        state=source.state,
        credentials=credentials.read(home.path, source.secret),
        rules=rules(),
    )


def rules() -> Rules:
    """Say what the operator allows."""
    home = settings.TAMIZDAT
    folders = (home.path / "wire", *map(Path, home.wire_folders))
    return Rules(frozenset(one.lower() for one in home.private_hosts), folders)


def _take_lease(source: WireSource, now: datetime) -> bool:
    free = Q(lease=None) | Q(lease__lte=now)
    rows = WireSource.objects.filter(free, pk=source.pk)
    return rows.update(lease=now + LEASE, tried=now) == 1


@dataclass
class _Reader:
    """Reads what one fetch brought; what is wrong with a file stops no other."""

    source: WireSource
    told: Told
    now: datetime

    def read(self, file: Came) -> None:
        """Keep the items of one file, or its bytes where nothing in it can be read.

        Raises:
            SourceError: it came in a format that waits for a yes.
        """
        self.told.files += 1
        try:
            encoding = self.source.encoding or None
            items = parsers.parse(file.data, file.name, encoding)
        except WireError as error:
            said = unreadable(file.name, error)
            self.told.warnings.append(said)
            self._keep_refused(file, said)
            self._refuse_page(file)
            return
        self._learn(items, file.name)
        with transaction.atomic():
            name = keeping.File(file.name, identity.digest_of(file.data))
            rows = [self._keep(item, name, at) for at, item in enumerate(items)]
            kept = [row for row in rows if row is not None]
            if kept:
                originals.keep(settings.TAMIZDAT.path / ORIGINALS, file.data)
        self.told.kept += kept

    def _keep(self, item: WireItem, file: keeping.File, place: int) -> KeptItem | None:
        try:
            return keeping.keep_one(self.source, item, file, place, self.now)
        except (DataError, IntegrityError, ValueError) as error:
            what = type(error).__name__  # its message may quote the copy
            said = _("item %(number)s could not be kept: %(what)s")
            why = say(said, number=place + 1, what=what)
            self.told.warnings.append(at(file.name, why))
            return None

    def _keep_refused(self, file: Came, why: str) -> None:
        if not file.data:
            return
        sha256 = originals.keep(settings.TAMIZDAT.path / ORIGINALS, file.data)
        RefusedFile.objects.update_or_create(
            source=self.source,
            sha256=sha256,
            defaults={"name": file.name, "why": why, "time": self.now},
        )

    def _refuse_page(self, file: Came) -> None:
        """Hold a feed whose address answers a page, although that is no story.

        Raises:
            SourceError: it does, and waits for a yes.
        """
        known = set(self.source.families)
        is_feed = self.source.kind == ONE_FORMAT and known and PAGE not in known
        if is_feed and file.data and parsers.family_of(file.data).name == PAGE:
            self._odd(known, {PAGE}, file.name)

    def _learn(self, items: list[WireItem], name: str) -> None:
        """Learn the formats of the first fetch, and say so when another comes."""
        source = self.source
        found, known = {item.family for item in items}, set(source.families)
        is_new = source.succeeded is None or not known
        if is_new or found <= known or source.kind == ANY_FORMAT:
            source.families = sorted(known | found)
            return
        self._odd(known, found - known, name)

    def _odd(self, known: set[str], others: set[str], name: str) -> None:
        """Note another format, and hold a source that can have but one."""
        usual, odd = ", ".join(sorted(known)), ", ".join(sorted(others))
        source = self.source
        said = _("it changed its format: expected %(usual)s, found %(odd)s")
        source.odd_family = min(others)
        if source.kind == ONE_FORMAT:
            said = _(
                "it changed its format: expected %(usual)s, found %(odd)s;"
                " look at it, then accept it"
            )
            raise SourceError(say(said, usual=usual, odd=odd))
        self.told.warnings.append(at(name, say(said, usual=usual, odd=odd)))


def _succeed(source: WireSource, fetched: Fetched, told: Told, now: datetime) -> None:
    source.state = fetched.state
    source.succeeded, source.failures = now, 0
    said = told.warnings[:_WARNINGS]
    source.warning, source.warnings_said = "\n".join(said), list(map(kept, said))
    source.error, source.error_said = "", {}
    if source.kind == ONE_FORMAT:
        source.odd_family = ""  # it is again what it was
    wait = timedelta(0) if fetched.more else timedelta(seconds=source.every)
    _settle(source, now + wait)


def _fail(
    source: WireSource, told: Told, said: str, wait: int | None, now: datetime
) -> None:
    told.error = " ".join(said.split())[:500]
    source.refresh_from_db(fields=["failures", "every"])
    source.failed, source.failures = now, source.failures + 1
    source.error, source.error_said = told.error, kept(said)
    doubled = timedelta(seconds=source.every) * (
        1 << min(source.failures - 1, _DOUBLINGS)
    )
    asked = timedelta(seconds=wait or 0)
    _settle(source, now + max(min(doubled, LONGEST), asked))


def _settle(source: WireSource, due: datetime) -> None:
    """Write what became of it, and let the next one have the lease."""
    source.due, source.lease = due, None
    source.save(
        update_fields=[
            *("state", "families", "odd_family", "due", "lease", "succeeded"),
            *("failed", "failures", "error", "error_said", "warning"),
            "warnings_said",
        ]
    )
