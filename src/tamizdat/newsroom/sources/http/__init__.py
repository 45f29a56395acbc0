"""A web address: a feed, or a file that changes, asked for only when it has.

Bounded in size, time and redirects; never a private address unless an operator allows
it; user and password go to no other host than the one they are for.

Source: RFC 9110, "Conditional Requests", "Redirection 3xx", "Retry-After".
"""

import base64
import hashlib
import http.client
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.credentials import Credentials
from tamizdat.newsroom.sources.kinds import FILE_BYTES, Came, Fetched, Key, Road
from tamizdat.newsroom.sources.listed import too_long
from tamizdat.newsroom.sources.network import (
    Clock,
    Line,
    connect,
    line,
    reason,
)
from tamizdat.newsroom.sources.said import at, say

_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_OK, _SAME = 200, 304
_NOBODY, _GONE, _REFUSED = 401, 410, {401, 403}
_TIRED = {429, 503}
_MOST_WAIT = 24 * 3600  # seconds that a server may ask us to wait
_GZIP_WINDOW = 31
_AGENT = "Tamizdat"


def _address(text: str) -> str:
    parts = urlsplit(text)
    _ = parts.port  # ValueError where it is none
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(repr(text))
    if parts.username or parts.password:
        raise ValueError("a password in it: it belongs into a file")
    if re.search(r"[\x00-\x20\x7f]", text):
        raise ValueError("a space or a line end in it")
    return text


KEYS = {"url": Key("an address with http or https", read=_address)}


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def fetch(road: Road) -> Fetched:
    """Ask whether the file has changed, and take it if so. Raises as `kinds.fetch`."""
    url, clock = road.place["url"], Clock(road.seconds)
    first, warnings = url, list[str]()
    for _step in range(_REDIRECTS + 1):
        answer = _ask(url, first, road, clock)
        if answer.status not in _MOVED:
            return _fetched(answer, road, tuple(warnings))
        target = answer.headers.get("Location")
        if not target:
            said = _("HTTP status %(status)s: expected to be told where it moved")
            raise SourceError(say(said, status=answer.status))
        url = _next(url, target)
        if answer.status in _FOR_GOOD:
            said = _("it has moved for good to %(url)s: change it here")
            warnings.append(say(said, url=_shown(url)))
    raise SourceError(say(_("expected %(most)s redirects at most"), most=_REDIRECTS))


def _next(url: str, target: str) -> str:
    """Read where a redirect leads; never from https to http."""
    try:
        found = _address(urljoin(url, target))
    except ValueError as error:
        said = _("expected a redirect to an address of the web")
        raise SourceError(say(said)) from error
    if url.startswith("https:") and not found.startswith("https:"):
        raise SourceError(say(_("expected https, found a redirect to http")))
    return found


def _ask(url: str, first: str, road: Road, clock: Clock) -> _Answer:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = connect(host, port, clock, road.rules)
    with line(sock, clock) as held:
        try:
            return _exchange(held, parts, _headers(url, first, road), clock)
        except http.client.IncompleteRead as error:
            raise SourceError(at(host, reason(EOFError(), clock))) from error
        except OSError as error:
            raise SourceError(at(host, reason(error, clock))) from error
        except http.client.HTTPException as error:
            said = say(_("expected an answer by HTTP"))
            raise SourceError(at(host, said)) from error


def _exchange(
    held: Line, parts: SplitResult, headers: dict[str, str], clock: Clock
) -> _Answer:
    connection = http.client.HTTPConnection(parts.netloc)
    if parts.scheme == "https":
        held.secure(parts.hostname or "")
    connection.sock = held.sock
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", target, headers=headers)
    with connection.getresponse() as response:
        body = _read(response, held, clock) if response.status == _OK else b""
        return _Answer(response.status, response.headers, body)


def _read(response: http.client.HTTPResponse, held: Line, clock: Clock) -> bytes:
    """Read a body, unpacked; never more than a file may have."""
    packed = response.headers.get("Content-Encoding", "").lower() == "gzip"
    inflater = zlib.decompressobj(_GZIP_WINDOW) if packed else None
    whole = bytearray()
    while part := response.read1(1 << 16):
        held.sock.settimeout(clock.patience)
        room = FILE_BYTES + 1 - len(whole)
        whole += part if inflater is None else inflater.decompress(part, room)
        if len(whole) > FILE_BYTES:
            raise SourceError(too_long())
    if response.length:
        raise http.client.IncompleteRead(bytes(whole), response.length)
    return bytes(whole)


def _headers(url: str, first: str, road: Road) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
    if road.state.get("etag"):
        headers["If-None-Match"] = road.state["etag"]
    if road.state.get("modified"):
        headers["If-Modified-Since"] = road.state["modified"]
    if _origin(url) == _origin(first):
        headers |= _authorization(road.credentials)
    return headers


def _origin(url: str) -> tuple[Any, ...]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _authorization(credentials: Credentials) -> dict[str, str]:
    if credentials.bearer:
        return {"Authorization": f"Bearer {credentials.bearer}"}
    if credentials.user:
        pair = f"{credentials.user}:{credentials.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return {}


def _fetched(answer: _Answer, road: Road, warnings: tuple[str, ...]) -> Fetched:
    state = dict(road.state)
    if answer.status == _SAME:
        return Fetched((), state, warnings=warnings)
    if answer.status != _OK:
        raise SourceError(_why(answer, road.credentials), _wait(answer.headers))
    digest = hashlib.sha256(answer.body).hexdigest()
    known = state.get("sha256") == digest
    state = {
        "etag": answer.headers.get("ETag", ""),
        "modified": answer.headers.get("Last-Modified", ""),
        "sha256": digest,
    }
    name = urlsplit(road.place["url"]).path.rpartition("/")[2] or "feed"
    files = () if known else (Came(name[:200], answer.body),)
    return Fetched(files, state, warnings=warnings)


def _why(answer: _Answer, credentials: Credentials) -> str:
    said = _("expected HTTP status 200, found %(status)s")
    if answer.status == _NOBODY and credentials.bearer:
        said = _(
            "HTTP status %(status)s: the token in the secret has ended,"
            " or was never right"
        )
    elif answer.status in _REFUSED:
        said = _("HTTP status %(status)s: expected to be let in; look at the secret")
    elif answer.status == _GONE:
        said = _("HTTP status %(status)s: the address is gone for good")
    return say(said, status=answer.status)


def _wait(headers: http.client.HTTPMessage) -> int | None:
    """Read for how many seconds a server asks to be left alone."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:6]), _MOST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        return None
    left = (until - datetime.now(UTC)).total_seconds()
    return max(0, min(int(left), _MOST_WAIT))


def _shown(url: str) -> str:
    """Name an address without its query, which may hold a key."""
    return url.partition("?")[0][:300]
