"""Open a socket to a host, if it may be reached, for as long as a fetch may take.

An address in a source is what somebody typed, and a redirect is what a stranger says:
neither may make the newsroom's machine speak to its own network. The name is resolved
once, what it resolves to is checked, and that is what is connected to: a name that
resolves otherwise the next time gains nothing.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.kinds import Rules
from tamizdat.newsroom.sources.said import at, say, system

SILENCE = 20.0  # seconds without a byte
_HUNG_UP = _("it hung up")
_OLD_TLS = {"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"}


class Clock:
    """Count down the seconds of one fetch."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._half = self._end - seconds / 2

    @property
    def left(self) -> float:
        """Seconds; 0 when it is over."""
        return max(0.0, self._end - time.monotonic())

    def is_late(self) -> bool:
        """Say whether half of the time is over."""
        return time.monotonic() > self._half

    @property
    def patience(self) -> float:
        """How long the next step may be silent; seconds.

        Raises:
            TimeoutError: the fetch is over.
        """
        if self.left <= 0:
            raise TimeoutError
        return min(SILENCE, self.left)


def connect(host: str, port: int, clock: Clock, rules: Rules) -> socket.socket:
    """Connect to a host that may be reached.

    Raises:
        SourceError: its name is unknown, it is private and not allowed, or nobody
            answers there.
    """
    failed = OSError("no address")
    for family, address in _addresses(host, port, rules):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(clock.patience)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            failed = error
            continue
        return sock
    raise SourceError(at(host, reason(failed, clock))) from failed


_Address = tuple[socket.AddressFamily, tuple[str, int]]


def _addresses(host: str, port: int, rules: Rules) -> list[_Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        unknown = say(_("expected a host that is known by name"))
        raise SourceError(at(host, unknown)) from error
    found: list[_Address] = [(row[0], (str(row[4][0]), port)) for row in rows]
    for _family, (address, _port) in found:
        if not is_allowed(host, address, rules):
            said = _(
                "expected an address of the public network, found %(address)s:"
                " an operator allows others in tamizdat.toml, wire.private_hosts"
            )
            raise SourceError(at(host, say(said, address=address)))
    return found


def is_allowed(host: str, address: str, rules: Rules) -> bool:
    """Say whether an address that a host's name resolved to may be reached."""
    if host.lower() in rules.hosts or address in rules.hosts:
        return True
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return (
        number.is_global
        and not number.is_multicast
        and (inner is None or inner.is_global)
    )


class Line:
    """A socket in use, which TLS puts another in the place of.

    Attributes:
        data: another one beside it, as FTP has for each file; None for none.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.data: socket.socket | None = None

    def secure(self, host: str) -> socket.socket:
        """Speak TLS from now on, with whoever proves to be this host."""
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=host)
        return self.sock

    def cut(self) -> None:
        """End a read that is under way, from another thread."""
        for sock in filter(None, (self.sock, self.data)):
            # It may have ended by itself.
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextmanager
def line(sock: socket.socket, clock: Clock) -> Iterator[Line]:
    """End whatever is read from a socket when the fetch is over, then close it."""
    held = Line(sock)
    timer = Timer(clock.left, held.cut)
    timer.daemon = True
    timer.start()
    try:
        yield held
    finally:
        timer.cancel()
        held.sock.close()


def reason(error: BaseException, clock: Clock) -> str:
    """Say why a place did not answer, in words, without what it said."""
    if clock.left <= 0:
        return say(_("the time for one fetch is over"))
    if isinstance(error, TimeoutError):
        return say(_("not a byte for %(seconds)s s"), seconds=f"{SILENCE:.0f}")
    if isinstance(error, ssl.SSLCertVerificationError):
        said = _("its certificate is not believed: %(why)s")
        return say(said, why=system(error.verify_message))
    if isinstance(error, ssl.SSLError):
        return _tls(error.reason or "")
    if isinstance(error, EOFError | ConnectionResetError | BrokenPipeError):
        return say(_HUNG_UP)
    words = getattr(error, "strerror", None)
    return system(str(words)) if words else type(error).__name__


def _tls(name: str) -> str:
    """Say what is wrong with TLS, by the name that OpenSSL has for it."""
    if name in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}:
        return say(_("expected TLS, found a server that speaks without"))
    if name in _OLD_TLS:
        return say(_("expected TLS 1.2 or newer, found an older one"))
    if name == "UNEXPECTED_EOF_WHILE_READING":
        return say(_HUNG_UP)
    return say(_("TLS failed: %(what)s"), what=name.lower().replace("_", " "))
