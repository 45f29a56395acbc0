"""Tell which services are to get an edition though nobody released anything.

A quiet service gets one a day, so that readers see that the press is alive: an edition
says its age. With it, and once a day in a busy service too, links to translations that
came since are put on the pages of their originals.

Source: spec/statement.md, "Heartbeats".
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max, Min

from tamizdat.newsroom.models import Release
from tamizdat.press.models import PrintedEdition

DAY = timedelta(days=1)


def due(now: datetime) -> dict[str, set[int]]:
    """List the services whose heartbeat is due.

    Args:
        now: UTC.

    Returns:
        For each, keys of the articles whose links to translations are to be made anew.
    """
    newest = PrintedEdition.objects.newest()
    quiet = {name for name, row in newest.items() if row.time <= now - DAY}
    beats = {name: time for name, time in _last_beats().items() if name in newest}
    late = {name: time for name, time in beats.items() if time <= now - DAY}
    linked = _linked({**late, **{name: beats[name] for name in quiet}}, now)
    return {name: linked.get(name, set()) for name in sorted(quiet | linked.keys())}


def _last_beats() -> dict[str, datetime]:
    """Tell when each service was last looked through, or first printed."""
    rows = PrintedEdition.objects.order_by().values_list("service")
    first = dict(rows.annotate(Min("time")))
    return first | dict(rows.filter(beat=True).annotate(Max("time")))


def _linked(since: Mapping[str, datetime], now: datetime) -> dict[str, set[int]]:
    """List originals with translations released after a time, and before today.

    A day more is looked at: `snapshot` shows no translation on the day of its release.
    """
    if not since:
        return {}
    first = Release.objects.filter(
        number=1,
        time__gte=min(since.values()) - DAY,
        time__lt=now.replace(hour=0, minute=0, second=0, microsecond=0),
        article__source__service__service_id__in=since,
        article__source__number__gt=0,
    ).order_by()
    found: dict[str, set[int]] = {}
    for service, article, time in first.values_list(
        "article__source__service__service_id", "article__source_id", "time"
    ):
        if article is not None and time >= since[service] - DAY:
            found.setdefault(service, set()).add(article)
    return found
