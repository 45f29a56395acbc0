"""An FTP server, with TLS unless it is said otherwise. Files stay where they are.

Source: RFC 959, RFC 3659 (MLSD), RFC 4217 (AUTH TLS).
"""

import ftplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources import kinds, listed
from tamizdat.newsroom.sources.ftp import listing
from tamizdat.newsroom.sources.kinds import Fetched, Key, Road
from tamizdat.newsroom.sources.network import Clock, Line, connect, line, reason
from tamizdat.newsroom.sources.said import at, say

KEYS = {
    "host": Key("a host's name", read=kinds.host),
    "port": Key("a TCP port", "21", kinds.port),
    "path": Key("a folder there", "/", kinds.one_line),
    "names": Key("a pattern of names, as *.xml", "*", kinds.one_line),
    "tls": Key("yes or no", "yes", kinds.yes_or_no),
}
_BROKEN = (OSError, EOFError, ftplib.Error, ValueError)


class _Server(ftplib.FTP):
    """Speaks FTP over a socket that is open already.

    Attributes:
        held: what ends a read, of this socket or of the one for data.
    """

    held: Line
    clock: Clock

    def take(self, host: str, held: Line, clock: Clock) -> None:
        """Speak over this socket from now on."""
        self.host, self.held, self.clock = host, held, clock
        self.sock, self.af = held.sock, held.sock.family
        self.timeout = clock.patience  # also of data
        self.file = held.sock.makefile("r", encoding="utf-8", errors="replace")

    def ntransfercmd(self, cmd: str, rest: Any = None) -> tuple[Any, int | None]:
        """Open the socket for data, which ends with the fetch as the other does."""
        sock, size = super().ntransfercmd(cmd, rest)
        self.held.data = sock
        return sock, size


class _SecureServer(_Server, ftplib.FTP_TLS):
    """The same with TLS; data on a session of the first connection.

    Servers ask for that (RFC 4217, 10.2): it shows that whoever fetches the data is
    whoever signed in.
    """

    def auth(self) -> str:
        """Speak TLS from now on."""
        try:
            said = super().auth()
        except ftplib.error_perm as error:
            said = _(
                "expected TLS, found a server that speaks without;"
                " an operator allows it by tls=no"
            )
            raise SourceError(at(self.host, say(said))) from error
        if self.sock is not None:
            self.held.sock = self.sock  # TLS has put it in the place of the other
        return said

    def ntransfercmd(self, cmd: str, rest: Any = None) -> tuple[Any, int | None]:
        """Open the socket for data, by TLS."""
        sock, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - below TLS
        self.held.data = sock
        session = self.sock.session if isinstance(self.sock, ssl.SSLSocket) else None
        secure = self.context.wrap_socket(
            sock, server_hostname=self.host, session=session
        )
        self.held.data = secure
        return secure, size


def fetch(road: Road) -> Fetched:
    """Read the files that are new or changed. Raises as `kinds.fetch`."""
    host, clock = road.place["host"], Clock(road.seconds)
    sock = connect(host, int(road.place["port"]), clock, road.rules)
    with line(sock, clock) as held:
        server = _server(secure=road.place["tls"] == "yes")
        server.take(host, held, clock)
        try:
            return _fetch(server, road)
        except ftplib.error_perm as error:
            raise SourceError(at(host, _said(error))) from error
        except _BROKEN as error:
            raise SourceError(at(host, reason(error, clock))) from error
        finally:
            server.close()


def _server(*, secure: bool) -> _Server:
    """Give one that speaks TLS, or one that does not.

    Some agencies have nothing else; an operator says so by `tls=no`.
    """
    if secure:
        return _SecureServer(context=ssl.create_default_context())
    return _Server()


def _fetch(server: _Server, road: Road) -> Fetched:
    server.welcome = server.getresp()
    if isinstance(server, _SecureServer):
        server.auth()
    _enter(server, road)
    if isinstance(server, _SecureServer):
        server.prot_p()
    server.voidcmd("TYPE I")
    server.cwd(road.place["path"])
    found = listing.of_folder(server, road.place["names"], road.state.get("seen", {}))
    return listed.fetch_listed(
        found, road.state, lambda name: _read(server, name), server.clock.is_late
    )


def _enter(server: _Server, road: Road) -> None:
    """Sign in.

    Raises:
        SourceError: the server lets nobody in like this.
    """
    secret = road.credentials
    try:
        server.login(secret.user or "anonymous", secret.password)
    except ftplib.error_perm as error:
        said = _(
            "expected to be let in, found FTP answer %(number)s; look at the secret"
        )
        if road.place["tls"] == "no":
            said = _(
                "expected to be let in, found FTP answer %(number)s; look at the"
                " secret, and whether the server asks for TLS"
            )
        why = say(said, number=str(error)[:3])
        raise SourceError(at(server.host, why)) from error


def _read(server: _Server, name: str) -> bytes:
    """Read a file.

    Raises:
        OSError: this one cannot be read.
        SourceError: the connection broke.
    """
    try:
        with server.transfercmd(f"RETR {name}") as data:
            whole = listed.bounded(_parts(server, data), name)
        server.voidresp()
    except listed.TooLongError:
        with suppress(ftplib.Error):
            server.voidresp()  # that it was cut short, before the next answer
        raise
    except (ftplib.error_perm, ftplib.error_temp) as error:
        raise OSError(0, _said(error)) from error
    except _BROKEN as error:
        raise SourceError(at(server.host, reason(error, server.clock))) from error
    return whole


def _parts(server: _Server, data: Any) -> Iterator[bytes]:
    while True:
        data.settimeout(server.clock.patience)
        part = data.recv(1 << 16)
        if not part:
            return
        yield part


def _said(error: ftplib.Error) -> str:
    """Give the number of what a server answered: its words may repeat ours."""
    said = _("expected success, found FTP answer %(number)s")
    return say(said, number=str(error)[:3])
