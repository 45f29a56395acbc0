"""Print what the newsroom has released, and tell the newsroom what became of it.

The verbs of the press inside the newsroom; `run` makes the edition.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from tamizdat.edition.errors import EditionError
from tamizdat.newsroom.models import Release
from tamizdat.press import snapshot
from tamizdat.press.content import Content, picture_folder
from tamizdat.press.errors import PressError
from tamizdat.press.models import PrintedEdition, Printing, Trouble
from tamizdat.press.run import Edition, Press

Deliver = Callable[[Edition], None]


def waiting() -> dict[str, list[int]]:
    """List the releases no edition carries yet: release keys by service."""
    rows = Release.objects.filter(printing=None).values_list(
        "article__service__service_id", "pk"
    )
    found: dict[str, list[int]] = {}
    for service, key in rows:
        found.setdefault(service, []).append(key)
    return found


def print_released(
    press: Press, media: Path, now: datetime, deliver: Deliver, *, every: bool = False
) -> list[Edition]:
    """Print the services that have something to print.

    Args:
        press: the archive and its keys.
        media: folder of renditions, <h2>/<sha256>.
        now: UTC, whole seconds.
        deliver: takes each new edition at once.
        every: look at all services, not only those with waiting releases.

    Returns:
        What was printed. One service's trouble does not stop the others.
    """
    pending = waiting()
    documents = snapshot.freeze(now)
    content = snapshot.read(documents)
    editions = []
    for service in content.services if every else sorted(pending):
        edition = _print(press, content, service, media, now)
        if edition is None:
            continue
        _record(edition, pending.get(service, ()))
        if edition.changed:
            editions.append(edition)
            deliver(edition)
    return editions


def _print(
    press: Press, content: Content, service: str, media: Path, now: datetime
) -> Edition | None:
    try:
        _refuse_gaps(content, service)
        read = picture_folder(media)
        edition = press.publish(content.services[service], content, read, now)
    except (PressError, EditionError) as error:
        row, _made = Trouble.objects.get_or_create(
            service=service, defaults={"since": now, "reason": str(error)}
        )
        if row.reason != str(error):
            Trouble.objects.filter(pk=row.pk).update(reason=str(error))
        return None
    Trouble.objects.filter(service=service).delete()
    return edition


def _refuse_gaps(content: Content, service: str) -> None:
    """Refuse to print a service without a story that cannot be read.

    Readers would take its absence for a withdrawal.
    """
    for error in content.refused:
        if f"({service}/" in error.place:
            raise error
    if service not in content.services:
        raise PressError(f"{service}: no such service is live")


@transaction.atomic
def _record(edition: Edition, releases: Iterable[int]) -> None:
    row, _made = PrintedEdition.objects.get_or_create(
        service=edition.service,
        number=edition.number,
        defaults={
            "time": edition.time,
            "tree": edition.tree,
            "leaf": edition.leaf,
        },
    )
    Printing.objects.bulk_create(
        Printing(release_id=key, edition=row) for key in releases
    )
