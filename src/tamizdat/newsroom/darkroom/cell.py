"""Have pictures, sounds and documents opened by a limited process.

Whatever opens bytes that came from outside goes through here. The process behind it
stays, so that a job costs a fork and not a start; it ends when this one does. One for
uploaded pictures, one for their sizes, one for sounds and documents, each with one job
at a time: however many upload at once, three files fill memory, and no document keeps a
picture waiting. What comes back is looked at as if the other side were taken over.

Source: docs/decisions/0054-pictures.md; `darkroom.worker`.
"""

import atexit
import io
import math
import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tamizdat.newsroom import cleaning, pictures
from tamizdat.newsroom.cleaning import MAX_BYTES, Cleaned, Unseen
from tamizdat.newsroom.darkroom.worker import (
    LONG_WALL_SECONDS,
    SOUNDS,
    WALL_SECONDS,
    Message,
    read_message,
    write_message,
)
from tamizdat.newsroom.errors import AttachmentError, LongError, PictureError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.pictures import WIDE, Block, Cut, Focus

_MAIN = "from tamizdat.newsroom.darkroom.worker import main; main()"
_ENDED = _("it took too much time or memory to open, and was given up")
_TYPES = ("image/avif", "image/webp", "image/jpeg", "image/png")
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_MOST_SECONDS = 1 << 20  # of a sound: twelve days
_MOST_UNSEEN = 1 << 24  # words of a document
_MOST_SAID = 400  # characters of a refusal
_HEX = 64  # characters of a SHA-256
_NAMED = re.compile(r"%\((\w+)\)[ds]")
PATIENCE = 2 * WALL_SECONDS + 20  # seconds; the process gives a child up before that
_LONGER = LONG_WALL_SECONDS - WALL_SECONDS  # where nobody waits


def strip(data: bytes) -> tuple[bytes, str]:
    """Write a picture anew, apart, from its pixels alone.

    Returns:
        The bytes, and the ending of a file that holds them: "jpg" or "png".

    Raises:
        PictureError: as `pictures.pixels`, and for what is too much.
    """
    pictures.refuse_at_sight(data)
    return _one({"job": "strip"}, data)


def cover(data: bytes, blocks: Sequence[Block]) -> tuple[bytes, str]:
    """Do `pictures.covered` apart. Returns, raises: as `strip`."""
    rows = [(one.x, one.y, one.width, one.height) for one in blocks]
    return _one({"job": "cover", "blocks": rows}, data)


def cuts(data: bytes, focus: Focus | None = None, shape: str = WIDE) -> list[Cut]:
    """Do `pictures.cuts` apart. Raises: as `strip`."""
    point = [focus.x, focus.y] if focus else None
    job = {"job": "cuts", "focus": point, "shape": shape}
    head, parts = MAKING.do(job, data)
    try:
        rows = list(zip(head["cuts"], parts, strict=True))
        return [_cut(kind, w, h, part) for (kind, w, h), part in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise PictureError(_ENDED) from error


def weigh(data: bytes) -> int:
    """Do `cleaning.weigh_sound` apart. Returns: whole seconds. Raises: as it does."""
    if len(data) > MAX_BYTES:
        cleaning.weigh_sound(data)  # which refuses it at sight
    head, _parts = _read({"job": "weigh"}, data)
    seconds = head.get("seconds")
    if type(seconds) is not int or not 0 <= seconds <= _MOST_SECONDS:
        raise AttachmentError(_ENDED)
    return seconds


def clean_file(
    kind: str,
    data: bytes,
    name: str = "",
    *,
    behind: bool = False,
    longest: float = math.inf,
) -> Cleaned:
    """Do `cleaning.clean_file` apart.

    Args, raises: as it does, and AttachmentError for what is too much.
    """
    if len(data) > MAX_BYTES:
        return cleaning.clean_file(kind, data, name)  # which refuses it at sight
    job = {"job": "clean", "kind": kind, "name": name}
    head, parts = _read(job | {"behind": behind, "longest": longest}, data)
    if head.get("long"):
        raise LongError(_ENDED)
    type_, seconds = head.get("type"), head.get("seconds")
    if not isinstance(type_, str) or type(seconds) is not int or len(parts) != 1:
        raise AttachmentError(_ENDED)
    is_short = 0 <= seconds <= _MOST_SECONDS
    if not is_short or not cleaning.is_like(kind, type_, parts[0]):
        raise AttachmentError(_ENDED)
    return Cleaned(parts[0], type_, seconds, _unseen(head.get("unseen")))


def _read(job: dict[str, Any], data: bytes) -> Message:
    try:
        return READING.do(job, data)
    except PictureError as error:
        raise AttachmentError(error.words, **error.row) from error


def _unseen(told: Any) -> Unseen:
    """Take what pages do not show: a count, and some words."""
    match told:
        case [int(count), str(words), str(digest)]:
            short = len(words) <= _MOST_SAID and len(digest) <= _HEX
            if bool(words) <= count <= _MOST_UNSEEN and short:
                return Unseen(count, words, digest)
    raise AttachmentError(_ENDED)


def memory() -> int:
    """Say how much memory the last jobs took: KiB, at the peak of the largest one."""
    return max(one.memory for one in (OPENING, MAKING, READING))


def _one(job: dict[str, Any], data: bytes) -> tuple[bytes, str]:
    _head, parts = OPENING.do(job, data)
    kept = _checked(b"".join(parts))
    ending = _ENDINGS.get(pictures.type_of(kept[: pictures.HEAD_BYTES]) or "")
    if ending is None:
        raise PictureError(_ENDED)
    return kept, ending


def _cut(kind: Any, width: Any, height: Any, data: bytes) -> Cut:
    is_of_size = all(
        type(n) is int and 0 < n < pictures.MAX_PIXELS for n in (width, height)
    )
    if not is_of_size or kind != pictures.type_of(data[: pictures.HEAD_BYTES]):
        raise PictureError(_ENDED)
    return Cut(kind, width, height, _checked(data))


def _checked(data: bytes) -> bytes:
    """Take from the other side what looks like a picture and nothing else."""
    if pictures.type_of(data[: pictures.HEAD_BYTES]) not in _TYPES:
        raise PictureError(_ENDED)
    return data


class Cell:
    """A process that does one job at a time.

    Attributes:
        memory: KiB that the last job took.
        process: while there is one.
    """

    def __init__(self, *said: str) -> None:
        """Start none yet. `said`: to the process at its start."""
        self.memory = 0
        self._said = said
        self._lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # who started it: a fork of ours has to start its own

    def do(self, job: dict[str, Any], data: bytes) -> Message:
        """Have a job done.

        Raises:
            PictureError: refused, or given up.
        """
        with self._lock:
            answer = self._ask(job, data)
        try:
            read = read_message(io.BytesIO(answer))
        except ValueError:
            read = None
        if read is None or read[0].get("killed"):
            raise PictureError(_ENDED)
        if "refused" in read[0]:
            raise _refusal(read[0])
        return read

    def _ask(self, job: dict[str, Any], data: bytes) -> bytes:
        """Ask the process; one that ended is started once more, one that hangs is not.

        A child under the same account as the process behind it could stop that.
        """
        for _attempt in range(2):
            process = self._running()
            hung = threading.Event()
            patience = PATIENCE + (_LONGER if job.get("behind") else 0)
            limit = threading.Timer(patience, _end, (process, hung))
            limit.start()
            try:
                write_message(process.stdin, job, [data])  # type: ignore[arg-type] # piped
                read = read_message(process.stdout)  # type: ignore[arg-type] # the same
            except (BrokenPipeError, ValueError):
                read = None
            finally:
                limit.cancel()
            if read is not None:
                self.memory = read[0]["memory"]
                return read[1][0]
            self.close()
            if hung.is_set():
                break
        return b""

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._owner != os.getpid():
            self.process = None
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 (our own words)
                [sys.executable, "-c", _MAIN, *self._said],
                # Nothing else of ours: addresses and passwords stand in there.
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            self._owner = os.getpid()
        return self.process

    def close(self) -> None:
        """End the process."""
        process, self.process = self.process, None
        if process is None or self._owner != os.getpid():
            return
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr] # piped
        process.terminate()
        process.wait()


def _end(process: "subprocess.Popen[bytes]", hung: threading.Event) -> None:
    hung.set()
    process.kill()


def _refusal(head: dict[str, Any]) -> PictureError:
    """Repeat why a job was refused, if that can be said at all."""
    words, row = head["refused"], head.get("row")
    is_said = isinstance(words, str) and len(words) <= _MOST_SAID
    if not is_said or not isinstance(row, dict):
        return PictureError(_ENDED)
    if {*_NAMED.findall(words)} != {*row} or "%" in _NAMED.sub("", words):
        return PictureError(_ENDED)
    short = {k: v if type(v) is int else str(v)[:_MOST_SAID] for k, v in row.items()}
    said = PictureError(words)
    said.row = short
    return said


# Whoever uploads does not wait for sizes that are made behind, nor for documents.
OPENING, MAKING, READING = Cell(), Cell(), Cell(SOUNDS)
for _one_of_them in (OPENING, MAKING, READING):
    atexit.register(_one_of_them.close)
