"""Make the sizes of pictures that wait for them, behind the backs of editors.

What is to be made stands in `Picture.waits`, so that no picture is lost with a worker:
each task makes all that waits. Whoever needs a size before, as a release does, makes it
itself: the bytes are the same.

Source: docs/decisions/0054-pictures.md.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.models import Picture
from tamizdat.newsroom.pictures import SQUARE, WHOLE, WIDE
from tamizdat.newsroom.renditions import focus_key, renditions

BACKEND = QUEUE = "pictures"
SHAPES = (WIDE, WHOLE, SQUARE)  # what stories need first comes first

_log = logging.getLogger(__name__)


@task(backend=BACKEND, queue_name=QUEUE)
def make_sizes() -> None:
    """Make all that waits."""
    make_waiting()


def wake() -> None:
    """Enqueue a task, in the transaction in which something came to wait."""
    queued = DBTaskResult.objects.filter(
        backend_name=BACKEND, status=TaskResultStatus.READY
    )
    if not queued.exists():
        make_sizes.enqueue()


def catch_up() -> None:
    """Enqueue a task where something waits and none is there, as after a crash."""
    if _next() is not None:
        wake()


def make_waiting() -> None:
    """Make what waits, unless somebody else on this machine is at it."""
    with alone("making") as ours:
        while ours and (picture := _next()) is not None:
            _make(picture)


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Tell whether nobody else on this machine is at something; keep others off."""
    place = Path(settings.MEDIA_ROOT) / f".{what}"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _next() -> Picture | None:
    found: Picture | None = Picture.objects.filter(waits=True).order_by("pk").first()
    return found


def _make(picture: Picture) -> None:
    """Make the sizes of a picture; it goes on waiting if it changed meanwhile."""
    before = (picture.file_hash, focus_key(picture))
    try:
        for shape in SHAPES:
            renditions(picture, shape)
    except (PictureError, OSError):
        # The form shows it; trying again would fail again. No name of a file here.
        _log.warning("picture %s cannot be cut: its file is missing or bad", picture.pk)
    now = Picture.objects.filter(pk=picture.pk).first()
    if now is not None and (now.file_hash, focus_key(now)) == before:
        Picture.objects.filter(pk=picture.pk).update(waits=False)
