"""A mailbox: each letter is one file. Letters stay, and stay unread.

TLS from the first byte, or by STARTTLS before anything is told. Whoever signs in shows
a password or a token.

Source: RFC 9051 (IMAP4rev2), UID, UIDVALIDITY and STARTTLS; `entering` has the others.
"""

import imaplib
import re
import socket
import ssl
from contextlib import suppress
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.imap.entering import enter
from tamizdat.newsroom.sources.kinds import Came, Fetched, Key, Road
from tamizdat.newsroom.sources.listed import too_long
from tamizdat.newsroom.sources.network import Clock, Line, connect, line, reason
from tamizdat.newsroom.sources.said import at, say


def _mailbox(text: str) -> str:
    if '"' in text or "\\" in text or not text.isascii():
        raise ValueError(repr(text))
    return kinds.one_line(text)


def _tls(text: str) -> str:
    if text not in {"yes", "starttls", "no"}:
        raise ValueError(repr(text))
    return text


KEYS = {
    "host": Key("a host's name", read=kinds.host),
    "port": Key("a TCP port", "993", kinds.port),
    "mailbox": Key("its name, in ASCII", "INBOX", _mailbox),
    "tls": Key("yes, starttls or no", "yes", _tls),
}
_OK = "OK"


class _Client(imaplib.IMAP4):
    """Speaks over a socket that is open already."""

    def __init__(self, sock: socket.socket, host: str) -> None:
        self._given = sock
        super().__init__(host)

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
            return _fetch(held, road, clock)
        except imaplib.IMAP4.abort as error:
            raise SourceError(at(host, reason(EOFError(), clock))) from error
        except imaplib.IMAP4.error as error:
            # What a server says may repeat what it was told.
            said = say(_("the server refused a command"))
            raise SourceError(at(host, said)) from error
        except (OSError, ValueError) as error:
            raise SourceError(at(host, reason(error, clock))) from error


def _fetch(held: Line, road: Road, clock: Clock) -> Fetched:
    client = _Client(held.sock, road.place["host"])
    try:
        if road.place["tls"] == "starttls":
            _secure(client, held, road.place["host"])
        enter(client, road)
        status, _count = client.select(f'"{road.place["mailbox"]}"', readonly=True)
        if status != _OK:
            said = say(_("expected a mailbox of this name"))
            raise SourceError(at(road.place["mailbox"], said))
        return _read_new(client, road.state, clock)
    finally:
        with suppress(OSError):  # TLS that failed has closed it
            client.shutdown()


def _secure(client: imaplib.IMAP4, held: Line, host: str) -> None:
    """Speak TLS from now on; what was said before is forgotten.

    Raises:
        SourceError: the server does not offer it: somebody between may have hidden it.
    """
    if "STARTTLS" not in client.capabilities:
        said = say(_("expected a server that offers STARTTLS"))
        raise SourceError(at(host, said))
    client.starttls(ssl.create_default_context())
    held.sock = client.socket()  # TLS has put it in the place of the other


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
            warnings.append(at(f"{number}.eml", too_long()))
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
