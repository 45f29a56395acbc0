"""Answer over HTTP; says nothing about who asked, to anybody.

`POST /add-checkpoint` is the whole of C2SP tlog-witness. `GET /` says whose witness it
is, its key, and how far it has followed each log: all of that is public.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import BoundedSemaphore, Thread, Timer
from typing import Any

from tamizdat.edition.note import Signer
from tamizdat.edition.witness import REQUEST_BYTES, witness_key
from tamizdat.witness.book import Book
from tamizdat.witness.errors import BookError
from tamizdat.witness.judge import Answer, add_checkpoint

PATH = "/add-checkpoint"
PATIENCE = 10.0  # seconds for one connection, however slowly its bytes drip
AT_ONCE = 64  # connections that are held; what comes above is closed unread
POLL_SECONDS = 0.05  # between two looks whether to stop

Clock = Callable[[], datetime]


def now_utc() -> datetime:
    """Take the time, UTC in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "tamizdat"
    sys_version = ""
    wbufsize = -1  # head and body in one packet
    timeout = PATIENCE
    disable_nagle_algorithm = True
    server: "_Server"

    def setup(self) -> None:
        """Begin; a time-out of the socket alone would wait for each byte anew."""
        super().setup()
        self._timer = Timer(self.server.patience, _cut, [self.connection])
        self._timer.daemon = True
        self._timer.start()

    def finish(self) -> None:
        """End."""
        self._timer.cancel()
        super().finish()

    def do_POST(self) -> None:
        """Take a checkpoint."""
        self._send(self._judged())

    def do_GET(self) -> None:
        """Say what is known here."""
        if self.path == "/":
            self._send(Answer(200, self.server.told()))
        else:
            self._send(Answer(404, b"nothing here\n"))

    def _judged(self) -> Answer:
        length = self.headers.get("Content-Length", "")
        if self.path != PATH:
            return Answer(404, b"expected POST /add-checkpoint\n")
        if not (length.isascii() and length.isdigit() and len(length) < len("1000000")):
            return Answer(411, b"expected a Content-Length\n")
        if int(length) > REQUEST_BYTES:
            return Answer(413, f"at most {REQUEST_BYTES} bytes\n".encode())
        data = self.rfile.read(int(length))
        if len(data) < int(length):
            return Answer(400, b"the body ends early\n")
        try:
            return self.server.answer(data)
        except BookError:
            return Answer(500, b"the book cannot be written; nothing was cosigned\n")

    def _send(self, answer: Answer) -> None:
        self.close_connection = True  # whatever was not read of a body ends here
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: Any) -> None:
        """Write nothing: a log would hold addresses."""


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it ended by itself
        connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        place: tuple[str, int],
        book: Book,
        signer: Signer,
        clock: Clock,
        patience: float,
    ) -> None:
        self.patience = patience
        self._free = BoundedSemaphore(AT_ONCE)
        self._book = book
        self._signer = signer
        self._clock = clock
        super().__init__(place, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, or close it where too many are held."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread was to be had
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection, then make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def answer(self, data: bytes) -> Answer:
        """Judge one request."""
        return add_checkpoint(data, self._book, self._signer, self._clock())

    def told(self) -> bytes:
        """Say whose witness this is and how far it has followed each log."""
        rows = [f"{log.key.name} {log.size}" for log in self._book.logs()]
        return "\n".join(
            ["witness", str(witness_key(self._signer)), *rows, ""]
        ).encode()

    def server_bind(self) -> None:
        """Bind without asking DNS for this machine's name, which can take seconds."""
        super(HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, *_: Any) -> None:
        """Write nothing: a traceback would hold an address."""


class WitnessServer:
    """One witness served from a thread. `url`: where."""

    def __init__(  # noqa: PLR0913, PLR0917 - what one serves with, each by name
        self,
        book: Book,
        signer: Signer,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock = now_utc,
        patience: float = PATIENCE,
    ) -> None:
        self._server = _Server((host, port), book, signer, clock, patience)
        serve = partial(self._server.serve_forever, poll_interval=POLL_SECONDS)
        self._thread = Thread(target=serve, daemon=True)
        self._thread.start()
        self.url = f"http://{host}:{self._server.server_port}"

    def wait(self) -> None:
        """Serve until somebody interrupts."""
        while self._thread.is_alive():
            self._thread.join(1)

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
