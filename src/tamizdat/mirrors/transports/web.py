"""A mirror read over HTTP, as a reader sees it. Cannot write."""

import gzip
import http.client
import io
import ipaddress
import zlib
from urllib.parse import SplitResult, urlsplit

from tamizdat.mirrors.errors import MirrorError, MissingError, RoadError

TIMEOUT = 20.0  # seconds without a byte
_GZIP = b"\x1f\x8b"
_FOUND, _MISSING = 200, frozenset({404, 410})


class WebSource:
    """Read a mirror below one URL, over one connection kept open."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise MirrorError(f"{url}: expected an http or https address")
        self.url = url.rstrip("/")
        self._parts = parts
        self._connection: http.client.HTTPConnection | None = None

    @property
    def loopback(self) -> bool:
        """Tell whether the address is on this machine."""
        return is_loopback(self.url)

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole. Raises as `Source.read`."""
        target = f"{self._parts.path.rstrip('/')}/{path}"
        try:
            status, content = self._get(target, limit)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise RoadError(f"{path}: {type(error).__name__}") from error
        if status in _MISSING:
            raise MissingError(f"{path}: no such file")
        if status != _FOUND:
            raise RoadError(f"{path}: HTTP status {status}")
        return _identity(content, limit)

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _get(self, target: str, limit: int) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = _connect(self._parts)
        self._connection.request("GET", target, headers={"Accept-Encoding": "gzip"})
        response = self._connection.getresponse()
        content = response.read(limit + 1)
        if not response.isclosed():
            self.close()  # the rest is not wanted
        return response.status, content


def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine by its name or number."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connect(parts: SplitResult) -> http.client.HTTPConnection:
    kind = (
        http.client.HTTPSConnection
        if parts.scheme == "https"
        else http.client.HTTPConnection
    )
    return kind(parts.hostname or "", parts.port, timeout=TIMEOUT)


def _identity(content: bytes, limit: int) -> bytes:
    """Undo gzip, never past the limit. Source: spec/mirror-layout.md."""
    if not content.startswith(_GZIP):
        return content
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(content)).read(limit + 1)
    except (OSError, EOFError, zlib.error):
        return content  # a picture or tile may begin with these two bytes by chance
