"""Note what a press run brings into the archive, until its statements are recorded.

A run that was refused, failed or was killed has not happened: no edition names its
objects, and the memory has forgotten the salts by which a redaction would find them. So
each object is noted before it is there, and each friendly path before a page on it is
touched; whoever finds the journal of a run that recorded nothing can undo it.

since <nanoseconds>     time of the journal's file when the run began
o <sha256>              an object that was not there before
p <path>                a friendly path that may have been changed

Promises: the file itself is on the disk before the first object, all of it before the
first page, and it is gone for good when `end` returns. Lines are handed to the system
one by one, so a killed process loses none; a power cut may tear off the last ones.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SINCE = re.compile(r"since ([0-9]{1,20})\n")
_OBJECT = re.compile(r"o ([0-9a-f]{64})\n")
_PAGE = re.compile(r"p ([^\0\n]+)\n")  # a torn block of the disk reads as zeros


class Journal:
    """The journal of one archive; written by whoever holds the archive's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def note_object(self, digest: str) -> None:
        """Note an object before it is there. `digest`: SHA-256, hex."""
        line = f"o {digest}\n".encode("ascii")
        if os.write(self._begun(), line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))

    def note_pages(self, paths: Iterable[str]) -> None:
        """Note friendly paths, durable on return, before the first is touched."""
        with open(self._begun(), "wb", closefd=False) as file:
            file.writelines(f"p {path}\n".encode() for path in paths)
        os.fsync(self._begun())

    def _begun(self) -> int:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
            file = os.open(self._path, flags, 0o600)
            os.write(file, f"since {os.fstat(file).st_mtime_ns}\n".encode("ascii"))
            os.fsync(file)
            flush(str(self._path.parent))
            self._file = file
        return self._file

    def exists(self) -> bool:
        """Tell whether a run began that has neither been recorded nor undone."""
        return self._path.exists()

    def since(self) -> float:
        """Tell when the run began, in seconds as the archive's disk counts them."""
        for found in self._read(_SINCE):
            return int(found) / 1e9
        return self._path.stat().st_mtime

    def objects(self) -> Iterator[str]:
        """List the objects noted: SHA-256, hex."""
        return self._read(_OBJECT)

    def pages(self) -> Iterator[str]:
        """List the friendly paths noted."""
        return self._read(_PAGE)

    def _read(self, form: re.Pattern[str]) -> Iterator[str]:
        with self._path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            for line in lines:
                if found := form.fullmatch(line):
                    yield found[1]

    def end(self) -> None:
        """Take the journal away for good."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._path.unlink(missing_ok=True)
        flush(
            str(self._path.parent)
        )  # else a power cut brings it back, and it is undone


def flush(path: str) -> None:
    """Flush one file or folder; one that is gone has nothing to lose."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
