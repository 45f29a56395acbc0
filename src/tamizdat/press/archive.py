"""Keep every byte ever published, in the layout of a mirror.

Promises: a file is whole or absent, never half-written; what was written is on the
disk when `settle` returns; one writer at a time. Objects are never changed.

After a power cut a name can be on the disk and its bytes not. So the first object of a
run leaves a mark until the run has settled, and whoever finds the mark reads the
objects written since and takes away those that are not what their names say.

Source: spec/mirror-layout.md.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tamizdat.edition.log import Tile
from tamizdat.edition.tree import Target, check_object
from tamizdat.press.errors import ArchiveError, BusyError

MANY = 256  # files from which flushing the whole system is cheaper
PRIVATE = ".press"  # lock and memory of the press; never delivered
UNSETTLED = "unsettled"  # the mark, in PRIVATE
_CLOCK = 2.0  # seconds by which the times of two files may be out of step


class Archive:
    """A directory in the layout of a mirror, and the press's own folder in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.private = root / PRIVATE
        self.memory = self.private / "press.sqlite3"
        self._mark = self.private / UNSETTLED
        self._marked = False
        self._root = str(root)
        self._objects = os.path.join(root, "o")  # noqa: PTH118 - a path a story
        self._files: list[str] = []  # written and not settled yet
        self._folders: set[str] = set()  # the same: where a name is new

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the archive for one writer.

        Raises:
            BusyError: another process holds it; names the process.
        """
        self.private.mkdir(parents=True, exist_ok=True)
        with (self.private / "lock").open("a+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise BusyError(
                    f"{self.root}: process {holder} holds the archive"
                ) from error
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            self._mend()
            yield

    def _mend(self) -> None:
        """Take away the objects that a power cut left without their bytes."""
        try:
            since = self._mark.stat().st_mtime - _CLOCK
        except FileNotFoundError:
            return
        for path in (self.root / "o").glob("*/*"):
            if path.stat().st_mtime >= since:
                content = path.read_bytes()
                if hashlib.sha256(content).hexdigest() != path.name:
                    path.unlink()
        self._mark.unlink()

    def _leave_mark(self) -> None:
        """Say, before the first object is written, that some may not be durable."""
        self.private.mkdir(parents=True, exist_ok=True)
        self._mark.touch()
        _flush(str(self.private))
        self._marked = True

    def object_path(self, digest: str) -> Path:
        """Name the place of an object."""
        return self.root / "o" / digest[:2] / digest

    def put_object(self, target: Target, content: bytes) -> None:
        """Store an object, durable after `settle`."""
        folder = f"{self._objects}/{target.digest[:2]}"
        path = f"{folder}/{target.digest}"
        self._folders.add(folder)  # a killed run may have left it there, unsettled
        if not os.path.exists(path):  # noqa: PTH110 - as above
            if not self._marked:
                self._leave_mark()
            self._put(folder, path, content)

    def object(self, target: Target, path: str) -> bytes:
        """Read an object back and check it.

        Args:
            target: which object.
            path: what it is, for the message.

        Raises:
            ObjectError: the bytes are not the ones named.
            ArchiveError: it is not there.
        """
        try:
            content = self.object_path(target.digest).read_bytes()
        except FileNotFoundError as error:
            raise ArchiveError(f"{path}: object {target.digest} is missing") from error
        return check_object(content, target, path)

    def place(self, path: str, target: Target) -> None:
        """Put an object at its friendly path as a hard link."""
        friendly = f"{self._root}/{path}"
        folder = friendly.rpartition("/")[0]
        source = f"{self._objects}/{target.digest[:2]}/{target.digest}"
        try:
            _link(source, friendly, folder)
        except FileExistsError:
            if os.path.samefile(friendly, source):  # noqa: PTH121 - a path a story
                return  # renaming one link over another of the same file does nothing
            temporary = f"{folder}/.{secrets.token_hex(8)}"
            os.link(source, temporary)
            os.replace(temporary, friendly)  # noqa: PTH105 - as above
        self._folders.add(folder)

    def remove(self, path: str) -> None:
        """Take a friendly path away; the object stays."""
        (self.root / path).unlink(missing_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a whole file, durable after `settle`."""
        self._put(str(path.parent), str(path), content)

    def _put(self, folder: str, path: str, content: bytes) -> None:
        temporary = f"{folder}/.{secrets.token_hex(8)}"
        try:
            file = open(temporary, "wb")  # noqa: PTH123, SIM115 - closed below
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a path a story
            file = open(temporary, "wb")  # noqa: PTH123, SIM115 - closed below
        with file:
            file.write(content)
        os.replace(temporary, path)  # noqa: PTH105 - a path a story
        if len(self._files) <= MANY:  # beyond, `settle` asks for none by name
            self._files.append(path)
        self._folders.add(folder)

    def settle(self) -> None:
        """Make every file and every name written so far durable.

        A few files are flushed one by one; for many, all of the system is cheaper.
        """
        if len(self._files) > MANY:
            os.sync()
        else:
            for path in (*self._files, *self._with_parents()):
                _flush(path)
        self._files.clear()
        self._folders.clear()
        if self._marked:
            self._mark.unlink(missing_ok=True)
            self._marked = False

    def _with_parents(self) -> set[str]:
        outside = {str(path) for path in self.root.parents}
        found = {str(p) for f in self._folders for p in (Path(f), *Path(f).parents)}
        return found - outside

    def read_tile(self, tile: Tile) -> bytes:
        """Read a tile or an entry bundle of the log.

        Raises:
            ArchiveError: it is not there.
        """
        path = self.root / "log" / tile.path
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise ArchiveError(f"log/{tile.path}: no such tile") from error

    def write_tile(self, tile: Tile, content: bytes) -> None:
        """Write a tile or an entry bundle of the log."""
        self.write(self.root / "log" / tile.path, content)


def _link(source: str, path: str, folder: str) -> None:
    """Link a file to a new path, in a folder that is made if it is missing."""
    try:
        os.link(source, path)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - a path a story
        os.link(source, path)


def _flush(path: str) -> None:
    """Flush one file or folder; one that is gone has nothing to lose."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
