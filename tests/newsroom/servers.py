"""Servers on this machine that sources fetch from: the web, FTP, SSH, mail.

They speak over real sockets. A fault is a field of the server.
"""

import asyncio
import gzip
import socketserver
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
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
        asked: headers of each request, in order.
        drips: seconds between two bytes of an answer.
    """

    body: bytes = b""
    etag: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    packed: bool = False
    drips: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def web(site: Web) -> Iterator[Web]:
    """Serve an address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(dict(self.headers))
            if site.etag and self.headers.get("If-None-Match") == site.etag:
                self.send_response(304)
                self.end_headers()
                return
            body = gzip.compress(site.body) if site.packed else site.body
            self.send_response(site.status)
            for name, value in site.headers.items():
                self.send_header(name, value)
            if site.etag:
                self.send_header("ETag", site.etag)
            if site.packed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self._write(body)

        def _write(self, body: bytes) -> None:
            if not site.drips:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(site.drips)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}/feed.xml"
    with _served(server):
        yield site


@contextmanager
def _served(server: Any) -> Iterator[None]:
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
def sftp(folder: Path) -> Iterator[tuple[int, str]]:
    """Serve a folder by SFTP; gives the port and the fingerprint of its key."""
    key = asyncssh.generate_private_key("ssh-ed25519")

    class Server(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            del username
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("wire", PASSWORD)

    async def begin() -> Any:
        return await asyncssh.create_server(
            Server,
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


@dataclass
class Mailbox:
    """A mailbox: letters by their numbers; `era` is its UIDVALIDITY."""

    letters: dict[int, bytes] = field(default_factory=dict)
    era: int = 7
    said: list[str] = field(default_factory=list)


@contextmanager
def imap(box: Mailbox) -> Iterator[int]:
    """Serve a mailbox by as much of IMAP4 as is asked; gives the port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            for line in self.rfile:
                tag, _space, command = line.decode().rstrip().partition(" ")
                box.said.append(command.replace(PASSWORD, "..."))
                self.wfile.write(_answer(box, tag, command))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _served(server):
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
            told = f"* {words[0]} IMAP4rev1"
    return f"{told}\r\n{tag} OK done\r\n".encode()


def _letter(letter: bytes, words: list[str], tag: str) -> bytes:
    begin, end = f"* 1 FETCH (UID {words[2]} ", f"{tag} OK done\r\n"
    if "(RFC822.SIZE)" in words:
        return f"{begin}RFC822.SIZE {len(letter)})\r\n{end}".encode()
    head = f"{begin}BODY[] {{{len(letter)}}}\r\n".encode()
    return head + letter + f")\r\n{end}".encode()
