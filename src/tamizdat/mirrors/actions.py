"""Bring the mirrors up to date and note what they hold: the verbs of the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError

from tamizdat.edition.trust import Trust
from tamizdat.mirrors import deliver, probe
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.mirrors.probe import Problem, Report
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource, is_loopback
from tamizdat.press.archive import Archive
from tamizdat.press.keys import is_demo


def add_mirror(
    name: str, folder: Path, url: str, organisation: str, *, archive: bool = False
) -> Mirror:
    """Add a mirror.

    Args:
        name: as editors see it.
        folder: directory it is written to; made if missing.
        url: http or https address it is read from.
        organisation: id in the trust note.
        archive: whether it gets the log before the others get `latest`.

    Raises:
        MirrorError: the address is odd, the name, folder or address is another
            mirror's, or demonstration keys would leave this machine.
    """
    WebSource(url)
    refuse_demo(organisation, url)
    mirror = Mirror(
        name=name, folder=str(folder.absolute()), url=url.rstrip("/"), archive=archive
    )
    try:
        mirror.full_clean()
    except ValidationError as error:
        raise MirrorError(f"{name}: {' '.join(error.messages)}") from error
    folder.mkdir(parents=True, exist_ok=True)
    mirror.save()
    return mirror


def refuse_demo(organisation: str, url: str) -> None:
    """Keep demonstration keys on this machine.

    Raises:
        MirrorError: the organisation is a demonstration and the address is not local.
    """
    if is_demo(organisation) and not is_loopback(url):
        raise MirrorError(f"{url}: demonstration keys are refused off this machine")


def push(
    archive: Archive,
    chain: Sequence[Trust],
    services: Sequence[str],
    now: datetime,
    *,
    repair: bool = False,
) -> list[Holding]:
    """Deliver services to every mirror, read each back from outside, note the result.

    The archive mirror comes first; while it cannot be written no other mirror gets a
    newer `latest`, since the log's entries must never be only where they can be lost.

    Args:
        archive: what the press keeps.
        chain: the organisation's verified trust chain.
        services: ids.
        now: UTC.
        repair: compare every byte and write wrong ones again.
    """
    delivery = _Delivery(archive, chain, now, repair)
    return [
        delivery.bring(mirror, service)
        for mirror in Mirror.objects.all()
        for service in services
    ]


@dataclass
class _Delivery:
    """One round over the mirrors. `blocked`: why the archive mirror stops others."""

    archive: Archive
    chain: Sequence[Trust]
    now: datetime
    repair: bool
    blocked: str = ""

    def bring(self, mirror: Mirror, service: str) -> Holding:
        why = self.blocked or self._deliver(mirror, service)
        if mirror.archive and why:
            self.blocked = f"waits for the archive mirror {mirror.name}: {why}"
        held = mirror.holdings.filter(service=service, state="verified").first()
        since = None if self.repair or held is None else held.tree
        report = read_back(mirror, self.chain, service, since)
        if why:
            report.problems.insert(0, Problem("unfinished", service, "delivery", why))
        return note(mirror, report, self.now)

    def _deliver(self, mirror: Mirror, service: str) -> str:
        """Deliver one service to one mirror; return why it could not be."""
        transport = DirectoryTransport(Path(mirror.folder))
        try:
            refuse_demo(self.chain[0].organisation, mirror.url)
            if self.repair:
                deliver.repair(self.archive, transport, service)
            deliver.deliver(self.archive, transport, service)
        except (MirrorError, OSError) as error:
            return str(error)
        return ""


def read_back(
    mirror: Mirror, chain: Sequence[Trust], service: str, since: str | None = None
) -> Report:
    """Read one service of a mirror from outside, over HTTP.

    Args:
        mirror: which.
        chain: the organisation's verified trust chain.
        service: id.
        since: tree it was verified to hold before; None reads every byte.
    """
    source = WebSource(mirror.url)
    try:
        return probe.check_service(source, chain, service, since)
    finally:
        source.close()


def note(mirror: Mirror, report: Report, now: datetime) -> Holding:
    """Record what a mirror holds."""
    first = report.problems[0] if report.problems else None
    row, _made = Holding.objects.update_or_create(
        mirror=mirror,
        service=report.service,
        defaults={
            "state": first.kind if first else "verified",
            "number": report.number,
            "time": report.time,
            "tree": report.tree or "",
            "reason": str(first) if first else "",
            "checked": now,
        },
    )
    return row


def behind(numbers: dict[str, int]) -> list[str]:
    """List services that some mirror does not hold, verified, at their number.

    Args:
        numbers: newest edition of each service.
    """
    mirrors = Mirror.objects.count()
    found = []
    for service, number in numbers.items():
        good = Holding.objects.filter(service=service, state="verified", number=number)
        if good.count() < mirrors:
            found.append(service)
    return found
