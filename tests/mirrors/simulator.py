"""Hosts that answer as hosts do: compressed, cut short, or not at all."""

import gzip
import socket
import sys
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

POLL_SECONDS = 0.01  # between two looks whether to stop


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Keep quiet about a reader who hangs up: it had enough, as it should."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class HostSimulator:
    """Serves a mirror's directory as told.

    Attributes:
        url: where.
        asked: paths in the order they were asked for.
    """

    def __init__(self, folder):
        self._folder = folder
        self._pack = lambda content: content
        self._encoding = None
        self._length_added = 0
        self._refused = ""
        self.asked = []
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits for an ACK

            def do_GET(self):
                simulator.asked.append(self.path)
                simulator.answer(self)

            def log_message(self, *_):
                """Write nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        serve = partial(self._server.serve_forever, poll_interval=POLL_SECONDS)
        self._thread = Thread(target=serve, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def store_gzip(self, *, encoding):
        """Send every file as gzip, with or without saying so."""
        self._pack = lambda content: gzip.compress(content, 9, mtime=0)
        self._encoding = "gzip" if encoding else None

    def cut_gzip_short(self):
        """Lose the end of every compressed file."""
        self._pack = lambda content: gzip.compress(content)[:-9]

    def send_a_bomb(self, size):
        """Send zeros, a thousand times as many as on the wire."""
        bomb = gzip.compress(b"\0" * size)
        self._pack = lambda _content: bomb

    def refuse(self, path):
        """Answer to one address that something is wrong here."""
        self._refused = path

    def promise_more_bytes(self, count):
        """Announce more bytes than are sent, then hang up."""
        self._length_added = count

    def answer(self, request):
        """Answer one request."""
        if request.path == self._refused:
            request.send_error(500)
            return
        path = self._folder / request.path.lstrip("/")
        if not path.is_file():
            request.send_error(404)
            return
        body = self._pack(path.read_bytes())
        request.send_response(200)
        if self._encoding:
            request.send_header("Content-Encoding", self._encoding)
        request.send_header("Content-Length", str(len(body) + self._length_added))
        request.end_headers()
        request.wfile.write(body)
        if self._length_added:
            request.close_connection = True

    def close(self):
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class MuteSimulator:
    """Takes connections and says nothing, or a byte at a time.

    Attributes:
        url: where.
        calls: connections taken.
    """

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.calls = 0
        self._thread = Thread(target=self._take, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _take(self):
        with suppress(OSError):
            while True:
                connection, _address = self._socket.accept()
                self._open.append(connection)
                self.calls += 1

    def drip(self):
        """Send one byte of a never-ending header to everybody who waits."""
        for connection in self._open:
            with suppress(OSError):
                connection.sendall(b"H")

    def close(self):
        """Hang up on everybody."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            connection.close()
        self._thread.join()
