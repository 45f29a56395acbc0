"""An FTP server, with TLS unless it is said otherwise. Files stay where they are.

Source: RFC 959, RFC 3659 (MLSD), RFC 4217 (AUTH TLS).
"""

import ftplib
import ssl
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.kinds import Fetched, Key, Listed, Road
from tamizdat.newsroom.sources.network import Clock, Line, connect, line, reason

KEYS = {
    "host": Key("a host's name", read=kinds.host),
    "port": Key("a TCP port", "21", kinds.port),
    "path": Key("a folder there", "/", kinds.one_line),
    "names": Key("a pattern of names, as *.xml", "*", kinds.one_line),
    "tls": Key("yes or no", "yes", kinds.yes_or_no),
}
_MOST_LISTED = 20_000  # files of a folder


def fetch(road: Road) -> Fetched:
    """Read the files that are new or changed. Raises as `kinds.fetch`."""
    host, clock = road.place["host"], Clock(road.seconds)
    sock = connect(host, int(road.place["port"]), clock, road.rules)
    with line(sock, clock) as held:
        server = _server(road, sock, clock)
        try:
            return _fetch(server, road, held)
        except ftplib.error_perm as error:
            raise SourceError(f"{host}: {_said(error)}") from error
        except (OSError, EOFError, ftplib.Error, ValueError) as error:
            raise SourceError(f"{host}: {reason(error, clock)}") from error
        finally:
            server.close()


def _server(road: Road, sock: Any, clock: Clock) -> ftplib.FTP:
    """Speak FTP over a socket that is open already."""
    # Some agencies have nothing else; an operator says so by `tls=no`.
    if road.place["tls"] == "yes":
        context = ssl.create_default_context()
        server: ftplib.FTP = ftplib.FTP_TLS(context=context)  # noqa: S321
    else:
        server = ftplib.FTP()  # noqa: S321
    server.timeout = clock.patience  # also of data
    server.host, server.af = road.place["host"], sock.family
    server.sock = sock
    server.file = sock.makefile("r", encoding="utf-8", errors="replace")
    return server


def _fetch(server: ftplib.FTP, road: Road, held: Line) -> Fetched:
    server.welcome = server.getresp()
    secret = road.credentials
    if isinstance(server, ftplib.FTP_TLS):
        server.auth()
        held.sock = (
            server.sock or held.sock
        )  # which TLS has put in the place of the other
    server.login(secret.user or "anonymous", secret.password)
    if isinstance(server, ftplib.FTP_TLS):
        server.prot_p()
    server.voidcmd("TYPE I")
    server.cwd(road.place["path"])
    listing = _listing(server, road.place["names"])
    return kinds.fetch_listed(listing, road.state, lambda name: _read(server, name))


def _listing(server: ftplib.FTP, pattern: str) -> list[Listed]:
    try:
        rows = list(_bounded(server.mlsd()))
    except ftplib.error_perm:
        return [
            Listed(name, 0, _mark(server, name)) for name in _names(server, pattern)
        ]
    return [
        Listed(name, int(facts.get("size", "0")), f"{facts.get('modify', '')}-{size}")
        for name, facts in rows
        if (size := facts.get("size", "0")).isdecimal()
        and facts.get("type", "file") == "file"
        and _is_wanted(name, pattern)
    ]


def _names(server: ftplib.FTP, pattern: str) -> list[str]:
    """List names where a server has no better list."""
    found = [name.rpartition("/")[2] for name in server.nlst()[:_MOST_LISTED]]
    return [name for name in found if _is_wanted(name, pattern)]


def _mark(server: ftplib.FTP, name: str) -> str:
    try:
        return f"{server.size(name)}"
    except ftplib.error_perm:
        return ""


def _bounded(rows: Iterator[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number >= _MOST_LISTED:
            raise SourceError(f"expected {_MOST_LISTED:,} files at most in the folder")
        yield row


def _is_wanted(name: str, pattern: str) -> bool:
    odd = not name or "/" in name or "\r" in name or "\n" in name
    return not odd and not kinds.is_unfinished(name) and fnmatchcase(name, pattern)


def _read(server: ftplib.FTP, name: str) -> bytes:
    try:
        with server.transfercmd(f"RETR {name}") as data:
            whole = kinds.bounded(iter(lambda: data.recv(1 << 16), b""), name)
    except ftplib.error_perm as error:
        raise OSError(0, _said(error)) from error
    server.voidresp()
    return whole


def _said(error: ftplib.Error) -> str:
    """Give the number of what a server answered: its words may repeat ours."""
    return f"expected success, found FTP answer {str(error)[:3]}"
