"""Tell how far each release has come: signed off, with the press, signed, verified.

Decides which releases are shown: whatever waits, and the newest. A step is passed, the
one it stands at, stopped, or to come.

Source: docs/decisions/0053-the-press-board.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tamizdat.mirrors.reasons import Reason
from tamizdat.newsroom.isolates import isolated, listed
from tamizdat.newsroom.kinds import kind_name
from tamizdat.newsroom.models import Article, Release, SignOff
from tamizdat.newsroom.releases import refusals
from tamizdat.newsroom.releases.views import held_for
from tamizdat.newsroom.rights import services_of
from tamizdat.newsroom.signoffs import HOLDS
from tamizdat.press.models import Waiting

NEWEST = 8  # releases
MOST = 24  # releases that wait; more are counted only
DONE, NOW, STOPPED, LATER = "done", "now", "stopped", "later"
STATES = {
    DONE: gettext_lazy("done"),
    NOW: gettext_lazy("at this step"),
    STOPPED: gettext_lazy("stopped"),
    LATER: gettext_lazy("to come"),
}

Service = Mapping[str, Any]  # a row of `board.services`


@dataclass(frozen=True)
class Step:
    """One step of a release.

    Attributes:
        name: for people.
        state: of STATES.
        said: what is known of it, or "".
        time: when it was passed, UTC, or None.
        why: what stops it.
    """

    name: str
    state: str
    said: str = ""
    time: datetime | None = None
    why: tuple[Reason, ...] = ()

    @property
    def word(self) -> str:
        """Say its state in a word."""
        return str(STATES[self.state])


@dataclass(frozen=True)
class Way:
    """One release on its way.

    Attributes:
        key: names its row in the page.
        url: where an editor goes on, or "".
    """

    key: str
    headline: str
    service: str
    kind: str
    url: str
    steps: tuple[Step, ...]

    @property
    def said(self) -> str:
        """Name its kind."""
        return kind_name(self.kind)

    @property
    def arrived(self) -> bool:
        """Say whether every mirror has it, verified."""
        return all(step.state == DONE for step in self.steps)


def ways(services: Sequence[Service], user: Any) -> list[Way]:
    """List releases on their way, those that are held first, then the newest."""
    by_id = {row["service"]: row for row in services}
    return [*_held(user, by_id), *_released(user, by_id)]


def _held(user: Any, services: Mapping[str, Service]) -> Iterable[Way]:
    for one in held_for(user):
        service = services.get(one.page.service.service_id)
        if service is None:
            continue
        actor = _signed_by([str(one.actor)] if one.actor else [])
        waits = _("held until %(time)s UTC, can be undone")
        said = waits % {"time": isolated(f"{one.until:%H:%M:%S}")}
        held = Step(_("With the press"), NOW, said)
        if one.refused:
            said = refusals.said(one)
            held = Step(_("With the press"), STOPPED, why=(Reason(said, ""),))
        yield Way(
            key=f"held-{one.page_id}",
            headline=one.revision.content["title"],
            service=service["name"],
            kind=one.kind,
            url=reverse("held_release", args=(one.page_id,)),
            steps=(
                Step(_("Signed off"), DONE, actor, one.pressed),
                held,
                *_later(_("Signed"), _("On mirrors"), _("Verified")),
            ),
        )


def _released(user: Any, services: Mapping[str, Service]) -> Iterable[Way]:
    rows = _rows()
    names = _names(user, rows)
    for row in rows:
        service = services.get(row.article.service.service_id)
        if service is not None:
            yield _way(row, service, names.get(row.pk, []))


def _rows() -> list[Release]:
    """Read whatever waits, the oldest first to go, and the newest of all articles."""
    waiting = Waiting.objects.order_by("time").values_list("release_id", flat=True)
    newest = Article.objects.released().order_by("-released")[:NEWEST]
    found = Release.objects.filter(
        article__in=list(newest.values_list("pk", flat=True)),
        number=F("article__number"),
    )
    keys = {*waiting[:MOST], *found.values_list("pk", flat=True)}
    rows = Release.objects.filter(pk__in=keys).defer("content", "note")
    read = rows.select_related(
        "article__service", "article__page", "actor", "printing__edition"
    )
    return list(read.order_by("-time", "-pk"))


def _names(user: Any, rows: Sequence[Release]) -> dict[int, list[str]]:
    """Name who signed each release, to those who work in its service."""
    own = set(services_of(user))
    mine = [r for r in rows if user.is_superuser or r.article.service_id in own]
    signed = SignOff.objects.filter(article__in={row.article_id for row in mine})
    beside: dict[int, list[SignOff]] = {}
    for one in signed.select_related("actor"):
        beside.setdefault(one.article_id, []).append(one)
    names = {}
    for row in mine:
        others = [
            str(one.actor)
            for one in beside.get(row.article_id, ())
            if one.kind == row.kind and row.time - HOLDS < one.time <= row.time
        ]
        last = [str(row.actor)] if row.actor else []
        names[row.pk] = list(dict.fromkeys([*others, *last]))
    return names


def _signed_by(names: Sequence[str]) -> str:
    if not names:
        return ""
    return _("by %(names)s") % {"names": listed(isolated(name) for name in names)}


def _way(row: Release, service: Service, names: Sequence[str]) -> Way:
    article = row.article
    page = getattr(article, "page", None)
    gone = article.taken_back == "withdrawal"
    printing = getattr(row, "printing", None)
    signed = Step(_("Signed off"), DONE, _signed_by(names), row.time)
    return Way(
        key=f"release-{row.pk}",
        headline=_("A story withdrawn for safety") if gone else article.headline,
        service=service["name"],
        kind=row.kind,
        url=reverse("wagtailadmin_pages:edit", args=(page.pk,)) if page else "",
        steps=(signed, *_printed(service, printing.edition if printing else None)),
    )


def _printed(service: Service, edition: Any) -> Iterable[Step]:
    press, signed = _("With the press"), _("Signed")
    if edition is None:
        if service["trouble"]:
            why = Reason(service["trouble_said"], service["trouble"])
            yield Step(press, STOPPED, why=(why,))
        else:
            yield Step(press, NOW, _("waits for the next edition"))
        yield from _later(signed, _("On mirrors"), _("Verified"))
        return
    row = {"number": edition.number, "leaf": edition.leaf}
    yield Step(press, DONE)
    said = _("edition %(number)s, leaf %(leaf)s of the log") % row
    yield Step(signed, DONE, said, edition.time)
    yield from _mirrored(service, edition.number)


def _mirrored(service: Service, number: int) -> Iterable[Step]:
    """Tell on how many mirrors an edition, or one after it, stands and is as signed.

    Of a mirror that is silent now counts what it held when it was last read: a release
    that has arrived is not on its way again.
    """
    held = service["holdings"]
    there = [one for one in held if (one["edition"] or 0) >= number]
    good = [one for one in there if one["sound"] or not one["reachable"]]
    wrong = [one for one in held if one not in good and one["reason"]]
    why = tuple(_at(one) for one in wrong)
    for name, some in ((_("On mirrors"), there), (_("Verified"), good)):
        said = _("%(some)s of %(all)s") % {"some": len(some), "all": len(held)}
        if not held:
            yield Step(name, STOPPED, _("there is no mirror"))
        elif len(some) == len(held):
            yield Step(name, DONE, said)
        elif wrong and len(some) + len(wrong) >= len(held):
            yield Step(name, STOPPED, said, why=why)
            why = ()  # said once
        else:
            yield Step(name, NOW, said)


def _at(held: Mapping[str, Any]) -> Reason:
    """Say what is wrong at which mirror."""
    name, said = isolated(held["mirror"]), held["reason_said"]
    return Reason(f"{name}: {said}" if said else name, held["reason"])


def _later(*names: str) -> Iterable[Step]:
    return [Step(name, LATER) for name in names]
