"""Have pictures, sounds and documents opened by a limited process.

Whatever opens bytes that came from outside goes through here. The process behind it
stays, so that a job costs a fork and not a start; it ends when this one does. One for
uploads and one for sizes, each with one job at a time: however many upload at once, two
pictures fill memory.

Source: docs/decisions/0054-pictures.md; `darkroom.worker`.
"""

import atexit
import io
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tamizdat.newsroom import cleaning, pictures
from tamizdat.newsroom.cleaning import MAX_BYTES, Cleaned
from tamizdat.newsroom.darkroom.worker import Message, read_message, write_message
from tamizdat.newsroom.errors import AttachmentError, PictureError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.pictures import WIDE, Block, Cut, Focus

_MAIN = "from tamizdat.newsroom.darkroom.worker import main; main()"
_ENDED = _("it took too much time or memory to open, and was given up")
_TYPES = ("image/avif", "image/webp", "image/jpeg", "image/png")


def strip(data: bytes) -> tuple[bytes, str]:
    """Do `pictures.strip` apart. Raises: as it does, and for what is too much."""
    pictures.refuse_at_sight(data)
    return _one({"job": "strip"}, data)


def cover(data: bytes, blocks: Sequence[Block]) -> tuple[bytes, str]:
    """Do `pictures.cover` apart. Raises: as `strip`."""
    rows = [(one.x, one.y, one.width, one.height) for one in blocks]
    return _one({"job": "cover", "blocks": rows}, data)


def cuts(data: bytes, focus: Focus | None = None, shape: str = WIDE) -> list[Cut]:
    """Do `pictures.cuts` apart. Raises: as `strip`."""
    point = [focus.x, focus.y] if focus else None
    job = {"job": "cuts", "focus": point, "shape": shape}
    head, parts = MAKING.do(job, data)
    rows = zip(head["cuts"], parts, strict=True)
    return [Cut(kind, w, h, _checked(part)) for (kind, w, h), part in rows]


def clean_file(kind: str, data: bytes, name: str = "") -> Cleaned:
    """Do `cleaning.clean_file` apart.

    Raises:
        AttachmentError: as it does, and for what is too much.
    """
    if len(data) > MAX_BYTES:
        return cleaning.clean_file(kind, data, name)  # which refuses it at sight
    try:
        head, parts = OPENING.do({"job": "clean", "kind": kind, "name": name}, data)
    except PictureError as error:
        raise AttachmentError(error.words) from error
    return Cleaned(parts[0], str(head["type"]), int(head["seconds"]))


def memory() -> int:
    """Say how much memory the last jobs took: KiB, at the peak of the larger one."""
    return max(OPENING.memory, MAKING.memory)


def _one(job: dict[str, Any], data: bytes) -> tuple[bytes, str]:
    head, parts = OPENING.do(job, data)
    return _checked(parts[0]), str(head["ending"])


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

    def __init__(self) -> None:
        self.memory = 0
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
        if not answer:
            raise PictureError(_ENDED)
        read = read_message(io.BytesIO(answer))
        if read is None or read[0].get("killed"):
            raise PictureError(_ENDED)
        if "refused" in read[0]:
            raise PictureError(read[0]["refused"], **read[0]["row"])
        return read

    def _ask(self, job: dict[str, Any], data: bytes) -> bytes:
        """Ask the process; one that ended is started once more."""
        for _attempt in range(2):
            process = self._running()
            try:
                write_message(process.stdin, job, [data])  # type: ignore[arg-type] # piped
                read = read_message(process.stdout)  # type: ignore[arg-type] # the same
            except (BrokenPipeError, ValueError):
                read = None
            if read is not None:
                self.memory = read[0]["memory"]
                return read[1][0]
            self.close()
        return b""

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._owner != os.getpid():
            self.process = None
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603 (our own words)
                [sys.executable, "-c", _MAIN],
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


# Whoever uploads does not wait for sizes that are made behind.
OPENING, MAKING = Cell(), Cell()
atexit.register(OPENING.close)
atexit.register(MAKING.close)
