"""A witness over HTTP that is honest until it is told to be otherwise."""

import http.client
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from cast import signer
from tamizdat.edition.note import Signer
from tamizdat.edition.witness import cosign, parse_request, witness_key
from tamizdat.witness.book import Book
from tamizdat.witness.judge import SIZE, Answer, add_checkpoint

DRIPS = "drips"
POLL_SECONDS = 0.01  # between two looks whether to stop


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Keep quiet about a press that hangs up."""


class WitnessSimulator:
    """One witness of a log.

    Attributes:
        url: where it is asked.
        line: of a trust note.
        asked: bodies of requests, in their order.
    """

    def __init__(self, folder, number, log=None):
        self.name = f"w{number}"
        self._own = self.signer = signer(f"witness/{number}")
        self._book = Book(folder / f"{self.name}.sqlite3")
        if log is not None:
            self.watch(log)
        self._folder = folder
        self._answer = self._honest
        self._clock = lambda: datetime.now(UTC).replace(microsecond=0)
        self._closed = Event()
        self.asked = []
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                simulator.asked.append(body)
                simulator.send(self, body)

            def log_message(self, *_):
                """Write nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        serve = partial(self._server.serve_forever, poll_interval=POLL_SECONDS)
        self._thread = Thread(target=serve, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def line(self):
        """Write its line of a trust note."""
        return f"witness {self.name} {witness_key(self.signer)} {self.url}"

    def watch(self, key):
        """Begin to watch a log."""
        self._book.watch(key)

    def size(self, origin):
        """Tell how far it has followed a log."""
        return self._book.log(origin).size

    def send(self, request, body):
        """Answer one request."""
        answer = self._answer(body)
        if answer is None:
            self._closed.wait()
            return
        if answer.kind == DRIPS:
            self._drip(request)
            return
        request.send_response(answer.status)
        request.send_header("Content-Type", answer.kind)
        request.send_header("Content-Length", str(len(answer.body)))
        request.end_headers()
        request.wfile.write(answer.body)

    def _drip(self, request):
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        while not self._closed.wait(0.05):
            request.wfile.write(b"-")

    def drip(self):
        """Send a byte now and then, so that no time-out of a socket comes."""
        self._answer = lambda _body: Answer(200, b"", DRIPS)

    def _honest(self, body):
        return add_checkpoint(body, self._book, self.signer, self._clock())

    def be_honest(self):
        """Do again what a witness does."""
        self._answer = self._honest
        self.signer = self._own

    def be_silent(self):
        """Take every request and never answer."""
        self._answer = lambda _body: None

    def answer_html(self):
        """Be a web server whose witness is down."""
        page = b"<!doctype html>\n<title>Welcome</title>\n"
        self._answer = lambda _body: Answer(200, page, "text/html")

    def answer_status(self, status, body=b"no\n", kind="text/plain"):
        """Refuse everything in one way."""
        self._answer = lambda _body: Answer(status, body, kind)

    def claim_a_log_of(self, size):
        """Say that it has cosigned so many leaves."""
        self.answer_status(409, f"{size}\n".encode(), SIZE)

    def change_its_key(self):
        """Cosign by a key that no trust note names, under the same name."""
        self.signer = Signer(self.signer.name, bytes(range(32)))

    def borrow_the_name(self, other):
        """Cosign by the key of another witness."""
        self.signer = other.signer

    def cosign_another_root(self):
        """Cosign a checkpoint of the same size and another root."""

        def other(body):
            request = parse_request(body)
            head = request.checkpoint
            text = type(head)(head.origin, head.size, bytes(32)).text()
            return Answer(200, f"{cosign(text, self.signer, self._clock())}\n".encode())

        self._answer = other

    def be_behind(self, minutes):
        """Have a clock that is behind."""
        behind = timedelta(minutes=minutes)
        self._clock = lambda: datetime.now(UTC).replace(microsecond=0) - behind

    def forget(self):
        """Lose its memory."""
        keys = [log.key for log in self._book.logs()]
        self._book.close()
        self._book = Book(self._folder / f"{self.name}-{time.monotonic_ns()}.sqlite3")
        for key in keys:
            self.watch(key)

    def close(self):
        """Stop answering."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._book.close()


def post(url, body, headers=None):
    """Ask a witness by hand: status, content type and body."""
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request("POST", "/add-checkpoint", body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read()
    finally:
        connection.close()
