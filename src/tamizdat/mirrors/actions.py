"""Bring the mirrors up to date and note what they hold: the verbs of the room."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import chain as chain_of
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from tamizdat.edition.errors import EditionError
from tamizdat.edition.statement import LATEST_BYTES
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import VerifiedEdition, verify_latest
from tamizdat.mirrors import contradictions, probe
from tamizdat.mirrors.courier import WHOLE_SECONDS, Courier
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.findings import Report
from tamizdat.mirrors.jobs import Job, Place
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.mirrors.transports import Source
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource, is_loopback
from tamizdat.press.archive import Archive
from tamizdat.press.keys import is_demo

LATEST_SECONDS = 5.0  # for reading each service's `latest` from one mirror


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
    carrier = courier(archive, chain, lambda: now)
    try:
        carrier.carry(places(), services, "repair" if repair else "deliver")
        carrier.finish()
    finally:
        carrier.close()
    return held(services)


def held(services: Sequence[str]) -> list[Holding]:
    """List what each mirror was last seen to hold of some services."""
    return list(Holding.objects.filter(service__in=services).select_related("mirror"))


def bring_heads(
    archive: Archive, chain: Sequence[Trust], services: Sequence[str], now: datetime
) -> None:
    """Carry the log, and what witnesses cosigned, to every mirror, and read it back.

    Args:
        archive: what the press keeps.
        chain: the organisation's verified trust chain.
        services: ids.
        now: UTC.
    """
    carrier = courier(archive, chain, lambda: now)
    try:
        carrier.bring_heads(places(), services)
        carrier.finish()
    finally:
        carrier.close()


def courier(
    archive: Archive, chain: Sequence[Trust], clock: Callable[[], datetime]
) -> Courier:
    """Make a courier that writes what mirrors hold into the database.

    Args:
        archive: what the press keeps.
        chain: the organisation's verified trust chain.
        clock: tells the time, UTC.
    """

    def since(place: Place, service: str) -> str | None:
        good = Holding.objects.filter(state="verified", service=service)
        held = good.filter(mirror=place.key).first()
        return held.tree if held else None

    def took(job: Job, report: Report) -> None:
        mirror = Mirror.objects.filter(pk=job.place.key).first()
        if mirror is not None:  # or it was taken off the list meanwhile
            contradictions.weigh(report, archive)
            note(mirror, report, clock(), whole=job.since is None)

    def refuse(place: Place) -> None:
        refuse_demo(chain[0].organisation, place.url)

    return Courier(archive, chain, since=since, took=took, refuse=refuse)


def places() -> list[Place]:
    """List the mirrors, the archive mirror first."""
    return [place_of(mirror) for mirror in Mirror.objects.all()]


def place_of(mirror: Mirror) -> Place:
    """Describe a mirror to threads that have no database."""
    kept = Mirror.objects.filter(archive=True).exists()
    return Place(
        key=mirror.pk,
        name=mirror.name,
        folder=mirror.folder,
        url=mirror.url,
        archive=mirror.archive,
        log=mirror.archive or not kept,  # else entries might be nowhere but here
    )


def read_back(mirror: Mirror, chain: Sequence[Trust], service: str) -> Report:
    """Read every byte of one service of a mirror from outside, over HTTP.

    Args:
        mirror: which.
        chain: the organisation's verified trust chain.
        service: id.
    """
    source = WebSource(mirror.url, WHOLE_SECONDS)
    try:
        return probe.check_service(source, chain, service)
    finally:
        source.close()


def note(mirror: Mirror, report: Report, now: datetime, *, whole: bool) -> Holding:
    """Record what a mirror holds; of one that is silent, what it held when last read.

    Args:
        mirror: which.
        report: of a reading.
        now: UTC.
        whole: whether every byte was read.
    """
    first = report.problems[0] if report.problems else None
    found: dict[str, Any] = {
        "state": first.kind if first else "verified",
        "reason": str(first) if first else "",
        "checked": now,
    }
    if found["state"] != "unreachable":
        found |= {
            "number": report.number,
            "time": report.time,
            "tree": report.tree or "",
        }
    if whole and report.number is not None:
        found["whole"] = now - timedelta(seconds=round(report.seconds))
    row, _made = Holding.objects.update_or_create(
        mirror=mirror, service=report.service, defaults=found
    )
    return row


def highest(
    chain: Sequence[Trust], services: Sequence[str]
) -> dict[str, tuple[int, str]]:
    """Tell the newest edition that any mirror shows, verified.

    A mirror that does not answer within some seconds is left out.

    Args:
        chain: the organisation's verified trust chain.
        services: ids.

    Returns:
        For each service found: number, and leaf hash in hex.
    """
    mirrors = list(Mirror.objects.all())
    if not mirrors:
        return {}
    with ThreadPoolExecutor(len(mirrors)) as pool:
        found = pool.map(lambda m: _shown(m.url, m.folder, chain, services), mirrors)
        newest: dict[str, tuple[int, str]] = {}
        for service, number, leaf in chain_of.from_iterable(found):
            newest[service] = max(newest.get(service, (0, "")), (number, leaf))
    return newest


def _shown(
    url: str, folder: str, chain: Sequence[Trust], services: Sequence[str]
) -> list[tuple[str, int, str]]:
    """Read `latest` of services where readers see it, and where it is written."""
    web = WebSource(url, LATEST_SECONDS)
    try:
        return [
            (service, edition.statement.number, edition.leaf.hex())
            for source in (web, DirectoryTransport(Path(folder)))
            for service in services
            if (edition := _verified(source, chain, service))
        ]
    finally:
        web.close()


def _verified(
    source: Source, chain: Sequence[Trust], service: str
) -> VerifiedEdition | None:
    try:
        latest = source.read(f"{service}/latest", LATEST_BYTES)
        return verify_latest(latest, chain, service)
    except (MirrorError, EditionError):
        return None  # what does not verify proves nothing


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
