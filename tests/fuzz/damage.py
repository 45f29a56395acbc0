"""Ways in which a mirror goes wrong, on its disk or on the wire."""

import gzip
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from mirrors.simulator import HostSimulator

HUGE = 1 << 33  # bytes of a file that is mostly a hole
BOMB = 1 << 24  # zeros in a small gzip
RARE = 0.02  # of the files of a hostile host

_ODD_NAMES = (b"a\xff", b"line\nbreak", b"x" * 200, b"\xe2\x80\xaegnp", b".part")
_ODD_FOLDERS = ("o", "o/00", "log", "log/tile/0", "trust", "en")


class Damager:
    """Damages files below a root and can undo it.

    Attributes:
        files: bytes that stood there, by path.
        needed: those of them that a mirror may not lose: the rest is of older editions.
    """

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.random = random
        found = sorted(path for path in root.rglob("*") if path.is_file())
        self.files = {path: path.read_bytes() for path in found}
        self.needed: set[Path] = set(found)
        self._touched: set[Path] = set()

    def damage(self) -> None:
        """Do one to three things to as many files."""
        for _ in range(self.random.randint(1, 3)):
            path = self.random.choice(list(self.files))
            self.random.choice(_DAMAGES)(self, path)

    @property
    def equal(self) -> bool:
        """Tell whether every file has the bytes it had or, if it is old, is gone."""
        return all(
            self._is_whole(path) or not (path in self.needed or path.is_file())
            for path in self._touched & self.files.keys()
        )

    def undo(self) -> None:
        """Put everything back."""
        for path in self._touched:
            self._clear(path)
            if path in self.files:
                path.write_bytes(self.files[path])
        self._touched.clear()

    def _is_whole(self, path: Path) -> bool:
        content = self.files[path]
        whole = path.is_file() and path.stat().st_size == len(content)
        return whole and path.read_bytes() == content

    def _clear(self, path: Path) -> None:
        """Take a name away; other links of the file keep their bytes."""
        self._touched.add(path)
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)

    def put(self, path: Path, content: bytes) -> None:
        """Write a file anew."""
        self._clear(path)
        path.write_bytes(content)

    def flip(self, path: Path) -> None:
        """Turn some bits of one byte."""
        content = bytearray(self.files[path])
        content[self.random.randrange(len(content))] ^= self.random.randint(1, 255)
        self.put(path, bytes(content))

    def truncate(self, path: Path) -> None:
        """Lose the end."""
        content = self.files[path]
        self.put(path, content[: self.random.randrange(len(content))])

    def extend(self, path: Path) -> None:
        """Repeat the beginning at the end."""
        content = self.files[path]
        self.put(path, content + content[: self.random.randint(1, 99)])

    def swap(self, path: Path) -> None:
        """Let two files stand in each other's place."""
        other = self.random.choice(list(self.files))
        self.put(path, self.files[other])
        self.put(other, self.files[path])

    def remove(self, path: Path) -> None:
        """Lose the file."""
        self._clear(path)

    def fill(self, path: Path) -> None:
        """Make the file larger than memory."""
        self.put(path, self.files[path])
        with path.open("r+b") as file:
            file.truncate(HUGE)

    def nest(self, path: Path) -> None:
        """Put a folder where the file was."""
        self._clear(path)
        path.mkdir()

    def link(self, path: Path) -> None:
        """Let the name lead nowhere, or to itself."""
        self._clear(path)
        path.symlink_to(self.random.choice((path.name, "nowhere", "..")))

    def pack(self, path: Path) -> None:
        """Store a gzip in the file's place."""
        self.put(path, gzip.compress(self.files[path], mtime=0))

    def stray(self, _path: Path) -> None:
        """Leave a file with an odd name."""
        folder = self.root / self.random.choice(_ODD_FOLDERS)
        if folder.is_dir():
            name = self.random.choice(_ODD_NAMES).decode("utf-8", "surrogateescape")
            self.put(folder / name, b"stray")


_DAMAGES: tuple[Callable[[Damager, Path], None], ...] = (
    Damager.flip,
    Damager.truncate,
    Damager.extend,
    Damager.swap,
    Damager.remove,
    Damager.fill,
    Damager.nest,
    Damager.link,
    Damager.pack,
    Damager.stray,
)


class HostileSimulator(HostSimulator):
    """Serves a mirror, and for a few of its files something else, always the same.

    Attributes:
        lied: paths that were answered by anything but their bytes.
    """

    def __init__(self, folder: Path) -> None:
        self.lied: set[str] = set()
        self._salt = ""
        super().__init__(folder)

    def turn(self, salt: str) -> None:
        """Choose other files to lie about."""
        self._salt = salt
        self.lied.clear()

    def answer(self, request) -> None:
        """Answer one request."""
        request.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        random = Random(f"{self._salt} {request.path}")  # noqa: S311 (no secret)
        if random.random() > RARE or not (self._folder / request.path[1:]).is_file():
            super().answer(request)
            return
        self.lied.add(request.path)
        request.close_connection = True
        with suppress(ConnectionError):  # whoever asked had enough
            request.wfile.write(random.choice(LIES))


_BOMB = gzip.compress(b"\0" * BOMB)
_HEAD = b"HTTP/1.1 200 OK\r\n"
LIES = (
    b"",
    b"\0" * 99,
    _HEAD,
    b"HTTP/1.1 999 No\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
    b"HTTP/1.1 204 None\r\n\r\n",
    b"HTTP/1.1 503 Later\r\nContent-Length: 3\r\n\r\nlie",
    _HEAD + b"a: b\r\n" * 200 + b"\r\n",
    _HEAD + b"a: " + b"b" * 99_999 + b"\r\n\r\n",
    _HEAD + b"Content-Length: -5\r\n\r\nlie",
    _HEAD + b"Content-Length: 9999999999999\r\n\r\nlie",
    _HEAD + b"Content-Length: x\r\n\r\nlie",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nlie",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\nlie",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\n-3\r\nlie",
    _HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + b"\0" * BOMB,
    _HEAD + b"\r\n" + _BOMB,
    _HEAD + b"\r\n" + _BOMB[:999],
    _HEAD + b"\r\n\x1f\x8blie",
    _HEAD + b"\r\n" + gzip.compress(b"lie") * 9,
    _HEAD + b"\r\n" + b"\0" * BOMB,
)
