"""Servers on this machine that sources fetch from: the web, FTP, SSH, mail.

They speak over real sockets. A fault is a field of the server.
"""

import asyncio
import gzip
import socket
import socketserver
import ssl
import threading
import time
from base64 import b64decode
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import aioftp
import asyncssh

PASSWORD = "correct horse"  # noqa: S105 - of these servers


@dataclass
class Web:
    """A web server of one address.

    Attributes:
        modified: an HTTP date; who has it is told that nothing changed.
        bearer: the token that lets somebody in; "" for everybody.
        asked: headers of each request, in order.
        drips: seconds between two bytes of an answer.
    """

    body: bytes = b""
    etag: str = ""
    modified: str = ""
    bearer: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    packed: bool = False
    drips: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def web(
    site: Web, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[Web]:
    """Serve an address, by TLS if there is something to prove a name with."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Asked, site))
    site.url = f"http{'s' if tls else ''}://{host}:{server.server_port}/feed.xml"
    server.socket = _secured(server.socket, tls)
    with served(server):
        yield site


class _Asked(BaseHTTPRequestHandler):
    def __init__(self, site: Web, *rest: Any) -> None:
        self.site = site
        super().__init__(*rest)

    def do_GET(self) -> None:
        site = self.site
        site.asked.append(dict(self.headers))
        status = self._short()
        self.send_response(status or site.status)
        if status:
            self.end_headers()
            return
        body = gzip.compress(site.body) if site.packed else site.body
        told = {**site.headers, "ETag": site.etag, "Last-Modified": site.modified}
        told |= {"Content-Encoding": "gzip" if site.packed else ""}
        told |= {"Content-Length": str(len(body))}
        for name, value in told.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self._write(body)

    def _short(self) -> int:
        """Give the status of an answer without a body; 0 where it has one."""
        site, asked = self.site, self.headers
        if site.bearer and asked.get("Authorization") != f"Bearer {site.bearer}":
            return 401
        same = (site.etag and asked.get("If-None-Match") == site.etag) or (
            site.modified and asked.get("If-Modified-Since") == site.modified
        )
        return 304 if same else 0

    def _write(self, body: bytes) -> None:
        if not self.site.drips:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(self.site.drips)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _secured(sock: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    return tls.wrap_socket(sock, server_side=True) if tls else sock


@contextmanager
def served(server: Any) -> Iterator[None]:
    """Run a server in a thread."""
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def _looping(begin: Coroutine[Any, Any, Any]) -> Iterator[tuple[Any, Any]]:
    """Run an event loop in a thread; gives it, and what `begin` gave."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop, asyncio.run_coroutine_threadsafe(begin, loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def ftp(folder: Path) -> Iterator[int]:
    """Serve a folder by FTP without TLS; gives the port."""
    user = aioftp.User("wire", PASSWORD, base_path=folder)
    server = aioftp.Server([user])

    async def begin() -> int:
        await server.start("127.0.0.1", 0)
        return int(server.server.sockets[0].getsockname()[1])

    with _looping(begin()) as (loop, port):
        try:
            yield port
        finally:
            asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)


@contextmanager
def sftp(folder: Path, own: asyncssh.SSHKey | None = None) -> Iterator[tuple[int, str]]:
    """Serve a folder by SFTP; gives the port and the fingerprint of its key.

    With a key of the client's own, `own`, no password opens it.
    """
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def begin() -> Any:
        return await asyncssh.create_server(
            partial(_Guard, own),
            "127.0.0.1",
            0,
            server_host_keys=[key],
            sftp_factory=lambda chan: asyncssh.SFTPServer(chan, chroot=str(folder)),
        )

    async def end(server: Any) -> None:
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.05)  # its connections close by themselves

    with _looping(begin()) as (loop, server):
        try:
            yield server.get_port(), key.get_fingerprint()
        finally:
            asyncio.run_coroutine_threadsafe(end(server), loop).result(10)


class _Guard(asyncssh.SSHServer):
    def __init__(self, own: asyncssh.SSHKey | None) -> None:
        self.own = own.convert_to_public() if own else None

    def begin_auth(self, username: str) -> bool:
        del username
        return True

    def password_auth_supported(self) -> bool:
        return self.own is None

    def public_key_auth_supported(self) -> bool:
        return self.own is not None

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == "wire" and key == self.own

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("wire", PASSWORD)


@dataclass
class Mailbox:
    """A mailbox: letters by their numbers; `era` is its UIDVALIDITY.

    Attributes:
        plain: what came by AUTHENTICATE, the only thing that opens it then.
        offers: what it says that it can do, beside IMAP4.
        starts: what it proves itself with once somebody asks for TLS.
    """

    letters: dict[int, bytes] = field(default_factory=dict)
    era: int = 7
    said: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    offers: str = ""
    starts: ssl.SSLContext | None = None


@contextmanager
def imap(box: Mailbox, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve a mailbox by as much of IMAP4 as is asked; gives the port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            with suppress(OSError):
                while line := self.rfile.readline():
                    self.answer(line.decode("latin-1").rstrip())

        def finish(self) -> None:
            super().finish()
            self.request.close()  # TLS has put it in the place of the other

        def answer(self, line: str) -> None:
            tag, _space, command = line.partition(" ")
            box.said.append(command.replace(PASSWORD, "..."))
            if command == "STARTTLS" and box.starts is not None:
                self.wfile.write(f"{tag} OK begin\r\n".encode())
                self.request = box.starts.wrap_socket(self.request, server_side=True)
                self.setup()
                return
            if command.startswith("AUTHENTICATE "):
                self.wfile.write(b"+ \r\n")
                box.plain.append(b64decode(self.rfile.readline()).decode())
                if "auth=Bearer" in box.plain[-1] and PASSWORD not in box.plain[-1]:
                    self.wfile.write(b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n")
                    box.said.append(self.rfile.readline().decode().strip())
                    self.wfile.write(f"{tag} NO refused\r\n".encode())
                    return
            self.wfile.write(_answer(box, tag, command))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = _secured(server.socket, tls)
    with served(server):
        yield int(server.server_address[1])


def _answer(box: Mailbox, tag: str, command: str) -> bytes:
    """Answer one command as a server does."""
    words = command.split()
    match words[:2]:
        case ["LOGIN", _] if f'"{PASSWORD}"' not in command:
            return f"{tag} NO [AUTHENTICATIONFAILED] {command}\r\n".encode()
        case ["EXAMINE", _]:
            told = f"* {len(box.letters)} EXISTS\r\n* OK [UIDVALIDITY {box.era}] era"
        case ["UID", "SEARCH"]:
            first, last = int(words[3].partition(":")[0]), max(box.letters, default=0)
            # The last one is always among them: RFC 9051, 6.4.8.
            found = [n for n in box.letters if n >= first or n == last]
            told = f"* SEARCH {' '.join(map(str, found))}".rstrip()
        case ["UID", "FETCH"]:
            return _letter(box.letters[int(words[2])], words, tag)
        case _:
            told = f"* {words[0]} IMAP4rev1 {box.offers}".rstrip()
    return f"{told}\r\n{tag} OK done\r\n".encode()


def _letter(letter: bytes, words: list[str], tag: str) -> bytes:
    begin, end = f"* 1 FETCH (UID {words[2]} ", f"{tag} OK done\r\n"
    if "(RFC822.SIZE)" in words:
        return f"{begin}RFC822.SIZE {len(letter)})\r\n{end}".encode()
    head = f"{begin}BODY[] {{{len(letter)}}}\r\n".encode()
    return head + letter + f")\r\n{end}".encode()
