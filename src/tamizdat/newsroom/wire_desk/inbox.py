"""Choose what a desk is shown of the wire, the newest first.

One page costs the same however many items are kept: it goes along the order of arrival
from where the page before ended. Of several agencies' versions of one report the newest
stands in the list, with how many others there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tamizdat.newsroom.desk import folding
from tamizdat.newsroom.models import (
    KeptItem,
    ServicePage,
    WireAlert,
    WireSource,
    WireUse,
)

A_PAGE = 40
HOURS = ("1", "6", "24", "72", "168")
TEXTS, EVERYTHING = "text", "all"
KINDS = (
    *(TEXTS, "picture", "graphic", "video", "audio", "package", "planning"),
    EVERYTHING,
)
STATES = ("", "only", "without")
_LONGEST = 200  # characters of one answer


@dataclass(frozen=True)
class Asked:
    """What an editor wants to see; "" asks for nothing in particular.

    Attributes:
        q: words, or the beginning of them.
        source: name of a source.
        agency: as it is printed.
        language: a tag, or the beginning of one.
        subject: a code.
        urgency: the least urgent that is shown, "1" to "9".
        hours: for how long back.
        state: "only" copy of agencies that states own, or "without" it.
        kind: of item.
        before: where the page before ended: a time and a key.
    """

    q: str = ""
    source: str = ""
    agency: str = ""
    language: str = ""
    subject: str = ""
    urgency: str = ""
    hours: str = ""
    state: str = ""
    kind: str = TEXTS
    before: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """Read it from an address; what is odd asks for nothing."""
        row = {key: given.get(key, "").strip()[:_LONGEST] for key in _KEYS}
        if row["kind"] not in KINDS:
            row["kind"] = TEXTS
        if row["state"] not in STATES:
            row["state"] = ""
        if row["hours"] not in HOURS:
            row["hours"] = ""
        if row["urgency"] not in set("123456789"):
            row["urgency"] = ""
        return cls(**row)

    def query(self, **other: str) -> str:
        """Write it as the query of an address, without what is not asked."""
        row = {key: getattr(self, key) for key in _KEYS}
        row |= {"before": "", **other}
        plain = {"kind": TEXTS}
        return urlencode({k: v for k, v in row.items() if v and v != plain.get(k)})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.query())


_KEYS = tuple(Asked.__dataclass_fields__)


@dataclass
class Row:
    """One line of the list.

    Attributes:
        uses: of this version and the ones before it.
        others: agencies' versions that say nearly the same.
        versions: of this item, this one included.
    """

    item: KeptItem
    uses: list[WireUse] = field(default_factory=list)
    others: int = 0
    versions: int = 1


@dataclass(frozen=True)
class Shown:
    """One page of the list; `older`: the query of the next one, or ""."""

    rows: list[Row]
    older: str
    newest: int


def of_service(service: ServicePage) -> QuerySet[KeptItem]:
    """Choose all that comes to a service."""
    sources = list(service.wire_sources.values_list("pk", flat=True))
    return KeptItem.objects.filter(source__in=sources)


def show(service: ServicePage, asked: Asked, now: datetime) -> Shown:
    """Gather one page. `now`: UTC."""
    every = _narrowed(of_service(service).filter(newest=True), asked, now)
    later = Q(received__gt=OuterRef("received")) | Q(
        received=OuterRef("received"), pk__gt=OuterRef("pk")
    )
    twin = every.filter(later, group=OuterRef("group")).order_by()
    rows = every.filter(~Exists(twin))
    rows = _behind(rows, asked.before).select_related("source")
    found = list(
        rows.defer("folded", "item").order_by("-received", "-pk")[: A_PAGE + 1]
    )
    older = ""
    if len(found) > A_PAGE:
        last = found[A_PAGE - 1]
        older = asked.query(before=f"{last.received.isoformat()}@{last.pk}")
    newest = of_service(service).order_by("-pk").values_list("pk", flat=True).first()
    return Shown(_rows(service, found[:A_PAGE]), older, newest or 0)


def _narrowed(
    rows: QuerySet[KeptItem], asked: Asked, now: datetime
) -> QuerySet[KeptItem]:
    exact = {"source__name": asked.source, "agency": asked.agency}
    rows = rows.filter(**{key: value for key, value in exact.items() if value})
    if asked.kind != EVERYTHING:
        rows = rows.filter(kind=asked.kind)
    if asked.language:
        tag = asked.language
        rows = rows.filter(Q(language=tag) | Q(language__startswith=f"{tag}-"))
    if asked.subject:
        rows = rows.filter(subjects__contains=f" {asked.subject} ")
    if asked.urgency:
        rows = rows.filter(urgency__lte=int(asked.urgency))
    if asked.hours:
        rows = rows.filter(received__gte=now - timedelta(hours=int(asked.hours)))
    if asked.state:
        owned = Q(state="")
        rows = rows.filter(owned if asked.state == "without" else ~owned)
    for terms in folding.asked(asked.q):
        end = " " if folding.is_whole(terms) else ""
        rows = rows.filter(folded__contains=f" {' '.join(terms)}{end}")
    return rows


def _behind(rows: QuerySet[KeptItem], place: str) -> QuerySet[KeptItem]:
    """Go on where the page before ended; an odd place is the beginning."""
    time, _at, key = place.partition("@")
    try:
        moment, number = datetime.fromisoformat(time), int(key)
    except ValueError:
        return rows
    if moment.tzinfo is None or number >= 1 << 62:
        return rows
    return rows.filter(Q(received__lt=moment) | Q(received=moment, pk__lt=number))


def _rows(service: ServicePage, items: list[KeptItem]) -> list[Row]:
    """Read what stands beside each item, in as many questions for one as for forty."""
    chains = [item.chain for item in items]
    uses = WireUse.objects.filter(item__chain__in=chains, article__service=service)
    used: dict[str, list[WireUse]] = {}
    for use in uses.select_related("article__page", "item").order_by("time", "pk"):
        used.setdefault(use.item.chain, []).append(use)
    seen = of_service(service)
    others = _counted(seen.filter(newest=True), "group", {i.group for i in items})
    versions = _counted(seen, "chain", chains)
    return [
        Row(
            item,
            used.get(item.chain, []),
            max(0, others.get(item.group, 1) - 1),
            versions.get(item.chain, 1),
        )
        for item in items
    ]


def _counted(
    rows: QuerySet[KeptItem], key: str, values: Iterable[Any]
) -> dict[Any, int]:
    counts = rows.filter(**{f"{key}__in": list(values)}).order_by().values(key)
    return {row[key]: row["n"] for row in counts.annotate(n=Count("pk"))}


def choices(service: ServicePage) -> dict[str, list[Any]]:
    """List what there is to choose from: sources, agencies, languages."""
    seen = of_service(service).order_by()
    return {
        "sources": list(WireSource.objects.filter(services=service)),
        "agencies": _each(seen, "agency"),
        "languages": _each(seen, "language"),
    }


def _each(rows: QuerySet[KeptItem], key: str) -> list[str]:
    found = rows.exclude(**{key: ""}).values_list(key, flat=True).distinct()
    return sorted(found[:200])


def newer(service: ServicePage, asked: Asked, after: int, now: datetime) -> int:
    """Count what came since: for a page that stays open."""
    rows = _narrowed(of_service(service).filter(newest=True), asked, now)
    return rows.filter(pk__gt=after).count()


def alerts_of(service: ServicePage) -> list[WireAlert]:
    """List what agencies said about copy that this service used, still open."""
    rows = WireAlert.objects.open().filter(article__service=service)
    return list(rows.select_related("article__page", "item__source", "used"))
