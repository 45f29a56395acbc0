"""A mirror read over HTTP, as a reader sees it. Cannot write."""

import http.client
import socket
import time
import zlib
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from tamizdat.mirrors.errors import MirrorError, MissingError, RoadError
from tamizdat.mirrors.transports.directory import STEP, Writable, poured
from tamizdat.press.addresses import is_loopback_host

TIMEOUT = 20.0  # seconds without a byte
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib's word for a gzip header and trailer
_FOUND, _MISSING = 200, frozenset({404, 410})


class WebSource:
    """Read a mirror below one URL, over one connection kept open.

    Promises: nothing is read after `seconds`, however slowly the other side drips.
    """

    def __init__(self, url: str, seconds: float | None = None) -> None:
        self._parts = _split(url)
        self.url = url.rstrip("/")
        self._connection: http.client.HTTPConnection | None = None
        self._end = None if seconds is None else time.monotonic() + seconds
        self._timer = Timer(seconds, self.cut) if seconds else None
        if self._timer:
            self._timer.daemon = True
            self._timer.start()

    @property
    def loopback(self) -> bool:
        """Tell whether the address is on this machine."""
        return is_loopback(self.url)

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole. Raises as `Source.read`."""
        return _identity(self._content(path, limit, "gzip"), limit, path)

    def read_sent(self, path: str, limit: int) -> bytes:
        """Read a file whole as it is sent. Promises as `Sending.read_sent`.

        It is asked for as it is, so most hosts do.
        """
        return self._content(path, limit, "identity")[: limit + 1]

    def _content(self, path: str, limit: int, coding: str) -> bytes:
        target = f"{self._parts.path.rstrip('/')}/{path}"
        try:
            status, content = self._get(target, limit, coding)
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise RoadError(f"{path}: {self._why(error)}") from error
        if status in _MISSING:
            raise MissingError(f"{path}: no such file")
        if status != _FOUND:
            raise RoadError(f"{path}: HTTP status {status}")
        return content

    def save(self, path: str, limit: int, file: Writable) -> int:
        """Read a file into another. Promises as `Saving.save`.

        It is asked for as it is. A host that sends gzip all the same is undone, as any.
        """
        target = f"{self._parts.path.rstrip('/')}/{path}"
        try:
            response = self._ask(target, "identity")
            if response.status == _FOUND:
                return self._pour(response, limit, file, path)
            self._drop()
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise RoadError(f"{path}: {self._why(error)}") from error
        if response.status in _MISSING:
            raise MissingError(f"{path}: no such file")
        raise RoadError(f"{path}: HTTP status {response.status}")

    def _pour(
        self, response: http.client.HTTPResponse, limit: int, file: Writable, path: str
    ) -> int:
        head = response.read(len(_GZIP))
        if head == _GZIP:
            size = _unpacked(head, response, limit, file, path)
            self._drop()
            return size
        size = file.write(head[: limit + 1])
        size += poured(response, file, limit - size) if size <= limit else 0
        if response.length and size <= limit:
            raise http.client.IncompleteRead(b"", response.length)
        if not response.isclosed():
            self._drop()  # the rest is not wanted
        return size

    def close(self) -> None:
        """Close the connection, if one is open; the source can be read again."""
        if self._timer:
            self._timer.cancel()
        self._drop()

    def cut(self) -> None:
        """End a read that is under way, from another thread."""
        connection = self._connection
        sock = getattr(connection, "sock", None)
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, target: str, coding: str) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = _connect(self._parts, self._patience())
        elif self._connection.sock:
            self._connection.sock.settimeout(self._patience())
        self._connection.request("GET", target, headers={"Accept-Encoding": coding})
        return self._connection.getresponse()

    def _get(self, target: str, limit: int, coding: str) -> tuple[int, bytes]:
        response = self._ask(target, coding)
        content = response.read(limit + 1)
        if content.startswith(_GZIP):
            content += response.read(_wire(limit) - len(content))
        if response.length and len(content) <= limit:
            raise http.client.IncompleteRead(content, response.length)
        if not response.isclosed():
            self._drop()  # the rest is not wanted
        return response.status, content

    def _why(self, error: OSError | http.client.HTTPException) -> str:
        """Say why there was no answer, without any address."""
        if self._end is not None and time.monotonic() >= self._end:
            return "the time for one reading is over"
        if isinstance(error, TimeoutError):
            return f"not a byte for {TIMEOUT:.0f} s"
        words = getattr(error, "strerror", None)
        return words.lower() if words else type(error).__name__

    def _patience(self) -> float:
        """Tell how many seconds the next step may take.

        Raises:
            TimeoutError: the time of the whole reading is over.
        """
        if self._end is None:
            return TIMEOUT
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(TIMEOUT, left)


def _unpacked(
    head: bytes,
    response: http.client.HTTPResponse,
    limit: int,
    file: Writable,
    path: str,
) -> int:
    """Undo gzip piece by piece, never past one byte over the limit.

    Raises:
        RoadError: it is broken, or ends too early.
    """
    inflater, packed, size = zlib.decompressobj(_GZIP_WINDOW), head, 0
    try:
        while packed and size <= limit and not inflater.eof:
            size += file.write(inflater.decompress(packed, min(STEP, limit + 1 - size)))
            packed = inflater.unconsumed_tail or response.read(STEP)
    except zlib.error as error:
        raise RoadError(f"{path}: {error}") from error
    if not inflater.eof and size <= limit:
        raise RoadError(f"{path}: gzip ends after {size} bytes")
    return size


def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine by its name or number."""
    return is_loopback_host(_split(url).hostname or "")


def _split(url: str) -> SplitResult:
    """Take an address apart.

    Raises:
        MirrorError: it is not one of http or https, or has an odd host or port.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and parts.hostname
        _ = parts.port  # out of range is found on asking
    except ValueError as error:
        raise MirrorError(f"{url}: {error}") from error
    if not fine:
        raise MirrorError(f"{url}: expected an http or https address")
    return parts


def _connect(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    kind = (
        http.client.HTTPSConnection
        if parts.scheme == "https"
        else http.client.HTTPConnection
    )
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    connection.response_class = _Response
    return connection


class _Response(http.client.HTTPResponse):
    """An answer whose chunks have a length; -1 would be read as "all there is"."""

    def _read_next_chunk_size(self) -> int:
        size: int = super()._read_next_chunk_size()  # type: ignore[misc]
        if size < 0:
            raise http.client.HTTPException(f"a chunk of {size} bytes")
        return size


def _wire(limit: int) -> int:
    """Bound what gzip makes of `limit` bytes: small or random ones become longer."""
    return limit + limit // 1000 + 64


def _identity(content: bytes, limit: int, path: str) -> bytes:
    """Undo gzip, never past one byte over the limit. Source: spec/mirror-layout.md.

    Raises:
        RoadError: the compressed bytes end too early.
    """
    if not content.startswith(_GZIP):
        return content
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        found = inflater.decompress(content, limit + 1)
    except zlib.error:
        return content[
            : limit + 1
        ]  # a picture or tile may begin with these two bytes by chance
    if not inflater.eof and len(found) <= limit:
        raise RoadError(f"{path}: gzip ends after {len(content)} bytes")
    return found
