"""A mailbox: each letter is one file. Letters stay, and stay unread.

Source: RFC 9051 (IMAP4rev2), UID and UIDVALIDITY.
"""

import imaplib
import re
import socket
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.kinds import Came, Fetched, Key, Road
from tamizdat.newsroom.sources.network import Clock, connect, line, reason


def _mailbox(text: str) -> str:
    if '"' in text or "\\" in text or not text.isascii():
        raise ValueError(repr(text))
    return kinds.one_line(text)


KEYS = {
    "host": Key("a host's name", read=kinds.host),
    "port": Key("a TCP port", "993", kinds.port),
    "mailbox": Key("its name, in ASCII", "INBOX", _mailbox),
    "tls": Key("yes or no", "yes", kinds.yes_or_no),
}
_OK = "OK"


class _Client(imaplib.IMAP4):
    """Speaks over a socket that is open already."""

    def __init__(self, sock: socket.socket) -> None:
        self._given = sock
        super().__init__()

    def _create_socket(self, _timeout: float | None) -> socket.socket:
        return self._given


def fetch(road: Road) -> Fetched:
    """Read the letters that came since. Raises as `kinds.fetch`."""
    host, clock = road.place["host"], Clock(road.seconds)
    sock = connect(host, int(road.place["port"]), clock, road.rules)
    with line(sock, clock) as held:
        try:
            if road.place["tls"] == "yes":
                held.secure(host)
            return _fetch(held.sock, road, clock)
        except imaplib.IMAP4.abort as error:
            raise SourceError(f"{host}: {reason(EOFError(), clock)}") from error
        except imaplib.IMAP4.error as error:
            # What a server says may repeat what it was told.
            raise SourceError(f"{host}: the server refused a command") from error
        except (OSError, ValueError) as error:
            raise SourceError(f"{host}: {reason(error, clock)}") from error


def _fetch(sock: socket.socket, road: Road, clock: Clock) -> Fetched:
    client = _Client(sock)
    try:
        _enter(client, road)
        status, _count = client.select(f'"{road.place["mailbox"]}"', readonly=True)
        if status != _OK:
            raise SourceError(
                f"{road.place['mailbox']}: expected a mailbox of this name"
            )
        return _read_new(client, road.state, clock)
    finally:
        client.shutdown()


def _enter(client: imaplib.IMAP4, road: Road) -> None:
    """Sign in.

    Raises:
        SourceError: the server lets nobody in like this, and why if it says so.
    """
    secret, host = road.credentials, road.place["host"]
    if "LOGINDISABLED" in client.capabilities:
        raise SourceError(f"{host}: the server lets nobody in without TLS")
    try:
        if (secret.user + secret.password).isascii():
            client.login(secret.user, secret.password)
            return
        # LOGIN has no letters but ASCII (RFC 9051, 6.2.3); PLAIN has (RFC 4616).
        pair = f"\0{secret.user}\0{secret.password}".encode()
        client.authenticate("PLAIN", lambda _asked: pair)
    except imaplib.IMAP4.abort:
        raise  # it hung up: the secret may be right
    except imaplib.IMAP4.error as error:
        said = "expected to be let in; look at the secret"
        raise SourceError(f"{host}: {said}") from error


def _read_new(client: imaplib.IMAP4, state: Any, clock: Clock) -> Fetched:
    """Read what has a higher number than the last one, in the order of numbers."""
    _status, told = client.response("UIDVALIDITY")
    era = told[0].decode() if told and told[0] else ""
    last = int(state.get("uid", 0)) if state.get("era") == era else 0
    _status, rows = client.uid("SEARCH", f"UID {last + 1}:*")
    numbers = sorted(int(n) for n in (rows[0] or b"").split() if int(n) > last)
    came, warnings = list[Came](), list[str]()
    for number in numbers[: kinds.FILES]:
        heavy = sum(len(one.data) for one in came) > kinds.FETCH_BYTES
        if heavy or (came and clock.is_late()):
            break
        size = _size(client, number)
        last = number
        if size > kinds.FILE_BYTES:
            warnings.append(f"letter {number}: expected {kinds.FILE_BYTES:,} bytes")
            continue
        data = _letter(client, number)
        if data is not None:
            came.append(Came(f"{number}.eml", data))
    more = bool(numbers) and last < numbers[-1]
    return Fetched(tuple(came), {"era": era, "uid": last}, more, tuple(warnings))


def _size(client: imaplib.IMAP4, number: int) -> int:
    _status, rows = client.uid("FETCH", str(number), "(RFC822.SIZE)")
    text = b" ".join(row for row in rows if isinstance(row, bytes))
    found = re.search(rb"RFC822\.SIZE (\d{1,12})", text)
    return int(found[1]) if found else 0


def _letter(client: imaplib.IMAP4, number: int) -> bytes | None:
    """Give a letter; None where it went meanwhile. PEEK leaves it unread."""
    _status, rows = client.uid("FETCH", str(number), "(BODY.PEEK[])")
    parts = [row[1] for row in rows if isinstance(row, tuple)]
    return parts[0] if parts else None
