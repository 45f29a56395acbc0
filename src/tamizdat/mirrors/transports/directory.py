"""A mirror in a directory: a USB stick, a mounted disk, a web server's root."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tamizdat.mirrors.errors import MissingError, RoadError

HALF_WRITTEN = ".part"  # files on their way to their names; a reader sees none
STEP = 1 << 20  # bytes of a large file held at once
LEFT_OVER = 3600.0  # seconds after which nobody will finish such a file


class Readable(Protocol):
    """An open file, or an answer."""

    def read(self, size: int, /) -> bytes:
        """Read so many bytes at most; none at the end."""


class Writable(Protocol):
    """Where a large file is put, piece by piece."""

    def write(self, piece: bytes, /) -> int:
        """Take the next piece; tells its bytes."""


class DirectoryTransport:
    """Read and write a mirror below one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._unsettled: set[Path] = set()
        self._settled: set[Path] = set()  # folders around, by this transport

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole. Raises as `Source.read`."""
        try:
            with open(self.root / path, "rb", opener=_at_once) as file:
                return file.read(limit + 1) or b""
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise MissingError(f"{path}: no such file") from error
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    read_sent = read  # in a folder every file lies in its own bytes

    def save(self, path: str, limit: int, file: Writable) -> int:
        """Read a file into another. Promises as `Saving.save`."""
        try:
            with open(self.root / path, "rb", opener=_at_once) as source:
                return poured(source, file, limit)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise MissingError(f"{path}: no such file") from error
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def list(self, folder: str) -> Iterator[str]:
        """List the files below a folder. Promises as `Listing.list`."""
        for place, folders, names in os.walk(self.root / folder):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(n for n in names if not n.startswith(".")):
                yield Path(place, name).relative_to(self.root).as_posix()

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""
        return (self.root / path).is_file()

    def write(self, path: str, content: bytes) -> None:
        """Put a whole file in place."""
        try:
            temporary = self._temporary()
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._put(temporary, path)
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def bring(self, path: str, file: Path) -> int:
        """Put a whole file in place, piece by piece; returns its bytes."""
        try:
            temporary = self._temporary()
            with file.open("rb") as source, temporary.open("wb") as target:
                size = poured(source, target)
                target.flush()
                os.fsync(target.fileno())
            self._put(temporary, path)
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error
        return size

    def place(self, path: str, digest: str) -> None:
        """Put an object at a friendly path as a hard link.

        A copy would be as right; a link costs no space. Its time is that of the
        placing: a page that is again what it was before would else be older than what
        a browser holds, and a host would tell it that nothing had changed.
        """
        try:
            stored = self.root / "o" / digest[:2] / digest
            temporary = self._temporary()
            os.link(stored, temporary)
            os.utime(temporary)
            self._put(temporary, path)
            temporary.unlink(missing_ok=True)  # replacing a link by itself does nothing
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error

    def remove(self, path: str) -> None:
        """Take a friendly path away."""
        target = self.root / path
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise RoadError(f"{path}: {error.strerror}") from error
        self._unsettled.add(target.parent)

    def settle(self) -> None:
        """Make every name written or removed so far durable."""
        outside = set(self.root.parents)
        around = {f for place in self._unsettled for f in (place, *place.parents)}
        around -= outside
        try:
            # A delivery that died may have left a folder that its own is not sure of.
            for folder in self._unsettled | (around - self._settled):
                if folder.is_dir():
                    _sync(folder)
        except OSError as error:
            raise RoadError(f"{self.root}: {error.strerror}") from error
        self._settled |= around
        self._unsettled.clear()

    def sweep(self) -> None:
        """Take away files that a delivery left half-written an hour ago."""
        before = time.time() - LEFT_OVER
        try:
            for path in (self.root / HALF_WRITTEN).glob("*"):
                if path.lstat().st_ctime < before and path.is_file():
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise RoadError(f"{HALF_WRITTEN}: {error.strerror}") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other delivery away, of this process or another.

        The folder itself is locked: the lock goes with the process that holds it, and
        no lock file is left on the mirror.
        """
        try:
            handle = os.open(self.root, os.O_RDONLY)
        except OSError as error:
            raise RoadError(f"{self.root}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _temporary(self) -> Path:
        folder = self.root / HALF_WRITTEN
        folder.mkdir(exist_ok=True, parents=True)
        return folder / secrets.token_hex(8)

    def _put(self, temporary: Path, path: str) -> None:
        target = self.root / path
        self._make(target.parent)
        temporary.replace(target)
        self._unsettled.add(target.parent)

    def _make(self, folder: Path) -> None:
        """Make a folder, and note where its name is new."""
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._unsettled.add(folder.parent)


def poured(source: Readable, target: Writable, limit: int | None = None) -> int:
    """Copy a file, piece by piece; of a limited one stop a byte after.

    Returns:
        Bytes copied.
    """
    size = 0
    while limit is None or size <= limit:
        left = STEP if limit is None else min(STEP, limit + 1 - size)
        piece = source.read(left)
        if not piece:
            break
        target.write(piece)
        size += len(piece)
    return size


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a named pipe in a file's place would hold us for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
