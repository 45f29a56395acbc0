"""Gather what the press board shows; it asks the same however much there is.

Source: docs/decisions/0053-the-press-board.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from tamizdat.mirrors import board
from tamizdat.mirrors.pressboard import charts, summing
from tamizdat.mirrors.pressboard.ways import DONE, NOW, STOPPED, Way, ways
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Article, Release
from tamizdat.press.models import Look, PrintedEdition, Printing, Waiting

SPAN = timedelta(days=7)  # that the charts show
EDITIONS = 2_000  # marks at most, the newest: more would be one line
BARS = 40  # releases
_MINUTES = 120  # seconds; from here on they are said in minutes
ASLEEP = timedelta(minutes=5)  # a press that is awake notes it every minute
LATE = timedelta(minutes=1)  # a press that is awake takes a release within a second


@dataclass(frozen=True)
class Run:
    """Where the press stands with one service.

    Attributes:
        state: DONE while nothing waits, NOW, or STOPPED.
        said: why, in a sentence; `evidence`: what the press noted.
    """

    service: str
    name: str
    edition: int | None
    signed: str
    state: str
    said: str
    evidence: str = ""


@dataclass(frozen=True)
class Day:
    """Editions of one service on one day; `beats`: heartbeats among them."""

    all: int
    beats: int


_NO_DAY = Day(0, 0)


def live(user: Any, now: datetime) -> dict[str, Any]:
    """Gather what changes while somebody looks.

    Args:
        user: whoever looks; of what is held, they see what they may read as a draft.
        now: UTC.
    """
    services = board.services()
    going = ways(services, user)
    looked = Look.objects.values_list("time", flat=True).first()
    runs, mirrors = _runs(services, looked, now), summing.mirrors(services)
    return {
        "looked": looked and _hour(looked),
        "services": services,
        "ways": going,
        "headline": _headline(going, runs, mirrors),
        "waiting": sum(row["waiting"] for row in services),
        "runs": runs,
        "mirrors": mirrors,
        "witnesses": board.witnesses(),
    }


def _headline(
    going: Sequence[Way], runs: Sequence[Run], mirrors: Sequence[dict[str, Any]]
) -> str:
    """Sum all of it up, the worst first: whoever reads on knows why."""
    said = []
    if any(run.state == STOPPED for run in runs):
        said.append(_("The press stands still: why is said below."))
    if under_way := sum(not way.arrived for way in going):
        said.append(_("Releases on their way: %(number)s.") % {"number": under_way})
    if silent := sum(not one["answers"] for one in mirrors):
        words = _("Mirrors that do not answer, so that readers may get nothing: %(n)s.")
        said.append(words % {"n": silent})
    if any(one["reasons"] and one["answers"] for one in mirrors):
        said.append(_("A mirror shows what it should not: which one is said below."))
    everybody = _("Nothing is on its way: readers have all that was released.")
    return " ".join(said) or everybody


def _runs(
    services: Sequence[dict[str, Any]], looked: datetime | None, now: datetime
) -> list[Run]:
    by_service = Waiting.objects.order_by().values_list("service")
    oldest = dict(by_service.annotate(Min("time")))
    found = []
    for row in services:
        service = row["service"]
        state, said = _reason(row, oldest.get(service), now)
        if state != STOPPED and looked is not None and now - looked > ASLEEP:
            state, said = STOPPED, _asleep(looked)
        time = datetime.fromisoformat(row["time"]) if row["time"] else None
        signed = board.signed_ago(time) if time else ""
        evidence = row["trouble"] or ""
        found.append(
            Run(service, row["name"], row["edition"], signed, state, said, evidence)
        )
    return found


def _reason(
    row: dict[str, Any], oldest: datetime | None, now: datetime
) -> tuple[str, str]:
    """Say why the press stopped at a service, or what it waits for."""
    if row["trouble"]:
        said = _("Stopped since %(time)s.")
        stopped = said % {"time": _hour(datetime.fromisoformat(row["troubled"]))}
        return STOPPED, f"{stopped} {row['trouble_said']}".strip()
    if oldest is not None and now - oldest > LATE:
        said = _(
            "Not taken since %(time)s. The press may not be running: whoever runs this "
            "newsroom starts it with %(command)s."
        )
        words = {"time": _hour(oldest), "command": isolated("tamizdat run")}
        return STOPPED, said % words
    if row["waiting"]:
        said = _("Releases that go into the next edition: %(count)s.")
        return NOW, said % {"count": row["waiting"]}
    if row["edition"] is None:
        return NOW, _("Nothing is printed yet: the first edition comes by itself.")
    if row["page_waiting"]:
        return NOW, _("The page of the service has changed: printed within 15 seconds.")
    return DONE, _("Nothing waits.")


def _asleep(looked: datetime) -> str:
    said = _(
        "The press has not looked here since %(time)s. It may not be running: whoever "
        "runs this newsroom starts it with %(command)s."
    )
    return said % {"time": _hour(looked), "command": isolated("tamizdat run")}


def _hour(time: datetime) -> str:
    return isolated(date_format(time.astimezone(UTC), "Y-m-d H:i") + " UTC")


def editions(services: Sequence[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """Draw the editions of the last days, a line a service, and count them by day."""
    since = now - SPAN
    rows = PrintedEdition.objects.filter(time__gte=since).annotate(
        carries=Exists(Printing.objects.filter(edition=OuterRef("pk")))
    )
    fields = ("service", "time", "asked", "witnessed", "beat", "carries")
    shown = list(rows.order_by("-time").values_list(*fields)[:EDITIONS])
    marked: dict[str, list[tuple[datetime, str]]] = {}
    for service, time, *facts in shown:
        marked.setdefault(service, []).append((time, _kind(*facts)))
    counted = _counted(rows)
    mirrored = get_language_bidi()
    days = [since, *charts.midnights(since, now)]
    lines = []
    for row in services:
        service = row["service"]
        marks = charts.marks(marked.get(service, ()), since, now, mirrored=mirrored)
        counts = _by_day(counted.get(service, {}), days)
        lines.append(
            {"service": service, "name": row["name"], "marks": marks, **counts}
        )
    ticks = [charts.place(day, since, now, mirrored=mirrored) for day in days[1:]]
    count = sum(line["count"] for line in lines)
    return {
        "lines": lines,
        "ticks": ticks,
        "days": [date_format(day, "D j") for day in reversed(days)],
        "count": count,
        "marked": len(shown) if len(shown) < count else None,
        "alone": any(m.kind == "alone" for line in lines for m in line["marks"]),
        "beats": any(line["beats"] for line in lines),
        "wide": charts.WIDE,
        "mark": charts.MARK,
    }


def _by_day(found: Mapping[date, Day], days: Sequence[datetime]) -> dict[str, Any]:
    """Sum up by day, the newest first: it is in sight on a small screen."""
    return {
        "count": sum(one.all for one in found.values()),
        "beats": sum(one.beats for one in found.values()),
        "days": [found.get(day.date(), _NO_DAY).all for day in reversed(days)],
    }


def _counted(rows: Any) -> dict[str, dict[date, Day]]:
    """Count editions by service and day, UTC: in the database, however many."""
    days = rows.annotate(day=TruncDate("time", tzinfo=UTC)).order_by()
    counts = days.values_list("service", "day").annotate(
        all=Count("pk"), beats=Count("pk", filter=Q(beat=True, carries=False))
    )
    found: dict[str, dict[date, Day]] = {}
    for service, day, all_, beats in counts:
        found.setdefault(service, {})[day] = Day(all_, beats)
    return found


def _kind(*facts: Any) -> str:
    """Name the mark of an edition by what its row says."""
    asked, witnessed, *rest = facts
    if asked and witnessed is None:
        return "alone"
    return "beat" if _is_beat(*rest) else "signed"


def _lasted(seconds: int) -> str:
    """Say how long something took, in the two largest units."""
    if seconds < _MINUTES:
        return _("%(number)d s") % {"number": seconds}
    now = datetime.now(UTC)
    return timesince(now - timedelta(seconds=seconds), now)


def _is_beat(*facts: bool) -> bool:
    """Say whether an edition came because a day had passed, and carries nothing."""
    looked_through, carries = facts
    return looked_through and not carries


def speed(now: datetime) -> dict[str, Any]:
    """Draw how long the newest releases took from the ledger to a signed edition.

    A first edition is left out: it carries what was there before a press began.
    """
    newest = Article.objects.released().order_by("-released")[:BARS]
    rows = Release.objects.filter(
        article__in=list(newest.values_list("pk", flat=True)),
        number=F("article__number"),
        time__gte=now - SPAN,
        printing__edition__number__gt=1,
    )
    fields = rows.order_by("time", "pk").values_list(
        *("time", "printing__edition__time", "printing__edition__service"),
        *("printing__edition__number", "article__headline", "article__taken_back"),
    )
    found = [
        {
            "seconds": max(0, round((signed - released).total_seconds())),
            "service": service,
            "edition": number,
            "headline": "" if gone == "withdrawal" else headline,
            "time": signed,
        }
        for released, signed, service, number, headline, gone in fields
    ]
    seconds = [row["seconds"] for row in found]
    return {
        "rows": found,
        "bars": charts.bars(seconds, mirrored=get_language_bidi()),
        "longest": _lasted(max([1, *seconds])),  # statements have whole seconds
        "median": _lasted(max(1, round(median(seconds or [1])))),
        "wide": charts.WIDE,
        "tall": charts.TALL,
    }
