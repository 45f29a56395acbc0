"""Long sounds: kept sealed until they are coded, behind the backs of editors.

A sound of minutes is coded while whoever brings it waits; an hour takes a minute or
two, which no form should. What came in tells where it was recorded: until it is coded
it lies sealed, by a key that stands in the row of the sound and goes with it, and no
release can have it.

Safe if the power fails: a row that has a key waits, and each task codes all that wait;
a file without a row goes after an hour. A key that was in the log of writes just then
stays until that log is begun anew; the file that it opens is overwritten.

Source: docs/decisions/0078-sounds-are-coded-anew.md.
"""

import logging
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings
from django.db import connection, transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tamizdat.newsroom.attachments import keep_cleaned
from tamizdat.newsroom.darkroom import cell
from tamizdat.newsroom.darkroom.making import alone
from tamizdat.newsroom.database import overwrite_freed
from tamizdat.newsroom.errors import AttachmentError, kept_words
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.models import Attachment

if TYPE_CHECKING:
    from django.db.models import QuerySet

BACKEND = QUEUE = "sounds"
AT_ONCE = 300  # seconds of sound, which take five or so; longer ones wait
_NONCE = bytes(12)  # a key seals one file, once
_WASHES, _PAUSE = 20, 0.5  # seconds; who reads a database is done sooner
_STRAY = 3_600  # seconds after which a file without a row is no one's
_LOST = _("its file was lost before it was prepared: bring it in again")

ENDING = threading.Event()  # that of this process: what is cut off goes on waiting

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Uncoded:
    """A sound as it came in. `data`: never to be stored in the open."""

    data: bytes


@task(backend=BACKEND, queue_name=QUEUE)
def code_sounds() -> None:
    """Code all that waits."""
    code_waiting()


@transaction.atomic
def keep_uncoded(attachment: Attachment, uncoded: Uncoded) -> Attachment:
    """Keep a sound sealed until it is coded. `attachment`: not saved yet."""
    attachment.key, attachment.empty = ChaCha20Poly1305.generate_key(), True
    attachment.save()
    sealed = ChaCha20Poly1305(attachment.key).encrypt(_NONCE, uncoded.data, None)
    path = _place(attachment.pk)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(sealed)
    wake()
    return attachment


def wake() -> None:
    """Enqueue a task, in the transaction in which something came to wait."""
    queued = DBTaskResult.objects.filter(
        backend_name=BACKEND, status=TaskResultStatus.READY
    )
    if not queued.exists():
        code_sounds.enqueue()


def catch_up() -> None:
    """Enqueue a task where something waits and none is there, as after a crash."""
    if _next() is not None:
        wake()


def code_waiting() -> None:
    """Code what waits, unless somebody else on this machine is at it."""
    with alone("coding") as ours:
        while ours and not ENDING.is_set() and (attachment := _next()) is not None:
            _code(attachment)
            _forget_key()
    if ours:
        _forget_strays()


def _waiting() -> "QuerySet[Attachment]":
    return Attachment.objects.exclude(key=b"").order_by("pk")


def _next() -> Attachment | None:
    return _waiting().first()


def _code(attachment: Attachment) -> None:
    """Code one, or note why that cannot be; it waits no longer, but at an end."""
    cleaned, refused = None, None
    try:
        cleaned = cell.clean_file("audio", _opened(attachment), behind=True)
    except AttachmentError as error:
        refused = kept_words(error)
    if ENDING.is_set():
        return
    with transaction.atomic():
        rows = Attachment.objects.select_for_update()
        now = rows.filter(pk=attachment.pk, key=attachment.key).first()
        if now is not None:
            now.key, now.refused = b"", refused
            if cleaned is None:
                now.save()
            else:
                keep_cleaned(now, cleaned)
    _overwrite(_place(attachment.pk))


def _overwrite(path: Path) -> None:
    """Delete a sealed file; a disk that writes in place holds zeros there."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _forget_key() -> None:
    """Take a key out of the database's log of writes; somebody may be reading it."""
    for _attempt in range(_WASHES):
        if overwrite_freed(Attachment._meta.db_table):  # noqa: SLF001 (Django's name)
            return
        if connection.in_atomic_block or ENDING.wait(_PAUSE):
            return


def _opened(attachment: Attachment) -> bytes:
    try:
        sealed = _place(attachment.pk).read_bytes()
        return ChaCha20Poly1305(bytes(attachment.key)).decrypt(_NONCE, sealed, None)
    except (OSError, InvalidTag) as error:
        _log.warning("sound %s is lost: its file is missing or bad", attachment.pk)
        raise AttachmentError(_LOST) from error


def _forget_strays() -> None:
    """Delete files of which no row knows, as of a sound that was deleted."""
    for path in _place(0).parent.glob("*"):
        is_old = path.stat().st_mtime < time.time() - _STRAY
        if is_old and not _waiting().filter(pk=path.name).exists():
            _overwrite(path)


def _place(key: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "waiting" / str(key)
