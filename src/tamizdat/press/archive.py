"""Keep every byte ever published, in the layout of a mirror.

Promises: a file is whole or absent, never half-written; what was written is on the
disk when `settle` returns; one writer at a time. Objects are never changed.

What a run brings in is noted in a journal until its statements are recorded. `undo`
takes the objects of a run that recorded none away again and puts its pages back.

Source: spec/mirror-layout.md.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tamizdat.edition.log import Tile
from tamizdat.edition.tree import Target, check_object
from tamizdat.press.errors import ArchiveError, BusyError
from tamizdat.press.journal import Journal, flush

MANY = 256  # files from which flushing the whole system is cheaper
PRIVATE = ".press"  # lock and memory of the press; never delivered
UNSETTLED = "unsettled"  # the journal, in PRIVATE
WRITING = ".writing"  # a file on its way to its name; there is one writer
LINKING = ".linking"  # the same of a link: writing through it would change an object
PATIENCE = 5.0  # seconds: whoever signs a file holds the archive for a moment
_LOOK = 0.01  # seconds between two looks whether an archive is free
_CLOCK = 2.0  # seconds by which the times of two files may be out of step


class Archive:
    """A directory in the layout of a mirror, and the press's own folder in it.

    Attributes:
        patience: seconds that a writer waits for another one to end.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.patience = PATIENCE
        self.private = root / PRIVATE
        self.memory = self.private / "press.sqlite3"
        self.journal = Journal(self.private / UNSETTLED)
        self._root = str(root)
        self._objects = f"{root}/o"
        self._writing = f"{root}/{WRITING}"
        self._linking = f"{root}/{LINKING}"
        self._files: list[str] = []  # written and not settled yet
        self._folders: set[str] = set()  # the same: where a name is new

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the archive for one writer, waiting `patience` for the one before.

        Raises:
            BusyError: another process holds it; names the process.
        """
        self.private.mkdir(parents=True, exist_ok=True)
        with (self.private / "lock").open("a+", encoding="ascii") as file:
            end = time.monotonic() + self.patience
            while not _lock(file):
                if time.monotonic() >= end:
                    file.seek(0)
                    holder = file.read().strip() or "unknown"
                    reason = f"{self.root}: process {holder} holds the archive"
                    raise BusyError(reason)
                time.sleep(_LOOK)
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            self._clear()
            yield

    def _clear(self) -> None:
        """Take away what a writer before this one had on its way."""
        (self.root / WRITING).unlink(missing_ok=True)
        (self.root / LINKING).unlink(missing_ok=True)

    def undo(self, standing: Callable[[str], Target | None]) -> None:
        """Undo a run that recorded no statement; may be cut and begun again.

        Args:
            standing: tells what the newest editions have at a friendly path.
        """
        self._clear()
        for page in self.journal.pages():
            target = standing(page)
            if target and self.object_path(target.digest).exists():
                self.place(page, target)
            else:
                self.remove(page)
        for digest in self.journal.objects():
            self._take_away(self.object_path(digest))
        self._mend(self.journal.since() - _CLOCK)
        self.settle()
        self.journal.end()

    def _mend(self, since: float) -> None:
        """Take away objects that a power cut left without their bytes or their note."""
        for path in (self.root / "o").glob("*/*"):
            if path.stat().st_mtime >= since:
                content = path.read_bytes()
                if hashlib.sha256(content).hexdigest() != path.name:
                    self._take_away(path)

    def _take_away(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._folders.add(str(path.parent))

    def object_path(self, digest: str) -> Path:
        """Name the place of an object."""
        return self.root / "o" / digest[:2] / digest

    def put_object(self, target: Target, content: bytes) -> None:
        """Store an object, durable after `settle`."""
        folder = f"{self._objects}/{target.digest[:2]}"
        path = f"{folder}/{target.digest}"
        if not os.path.exists(path):  # noqa: PTH110 - a path a story
            self.journal.note_object(target.digest)
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
            _move(os.link, source, friendly)
        except FileExistsError:
            if os.path.samefile(friendly, source):  # noqa: PTH121 - a path a story
                return  # renaming one link over another of the same file does nothing
            os.link(source, self._linking)
            os.replace(self._linking, friendly)  # noqa: PTH105 - as above
        self._folders.add(folder)

    def remove(self, path: str) -> None:
        """Take a friendly path away; the object stays."""
        self._take_away(self.root / path)

    def write(self, path: Path, content: bytes) -> None:
        """Write a whole file, durable after `settle`."""
        self._put(str(path.parent), str(path), content)

    def _put(self, folder: str, path: str, content: bytes) -> None:
        with open(self._writing, "wb") as file:  # noqa: PTH123 - a path a story
            file.write(content)
        _move(os.replace, self._writing, path)
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
                flush(path)
        self._files.clear()
        self._folders.clear()

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


def _lock(file: IO[str]) -> bool:
    """Lock a file, or tell that another process has."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _move(act: Callable[[str, str], None], source: str, path: str) -> None:
    """Link or rename a file to a path, in a folder that is made if it is missing."""
    try:
        act(source, path)
    except FileNotFoundError:
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as above
        act(source, path)
