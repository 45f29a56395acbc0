"""Serve a mirror's directory over HTTP, for demonstrations and tests.

Any static host serves a mirror as well; this one keeps no log and no cookie. Only the
layout of a mirror is served: names that begin with a dot are not.
"""

from functools import partial
from http import HTTPStatus
from http.server import HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

POLL_SECONDS = 0.05  # between two looks whether to stop
_IMMUTABLE = "public, max-age=31536000, immutable"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "tamizdat"
    sys_version = ""
    wbufsize = -1  # head and body in one packet: apart, each waits 40 ms for an answer
    disable_nagle_algorithm = True
    extensions_map = {  # noqa: RUF012 - the base class has it so
        ".html": "text/html; charset=utf-8",
        ".atom": "application/atom+xml; charset=utf-8",
        ".rss": "application/rss+xml; charset=utf-8",
        ".json": "application/feed+json; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".avif": "image/avif",
        ".jpg": "image/jpeg",
        ".webp": "image/webp",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".m4a": "audio/mp4",
        ".pdf": "application/pdf",
        ".epub": "application/epub+zip",
        ".txt": "text/plain; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".note": "text/plain; charset=utf-8",
        "": "application/octet-stream",
    }

    def send_head(self) -> Any:
        """Answer with a file; never list a directory, never show a dotted name."""
        if self._is_hidden():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self._believe_no_later_time()
        return super().send_head()

    def _believe_no_later_time(self) -> None:
        """Answer "not modified" to the very time of a file alone.

        A page that is again what it was before is older than what a browser holds.
        """
        asked = self.headers.get("If-Modified-Since")
        try:
            path = Path(self.translate_path(self.path))
            time = (path / "index.html" if path.is_dir() else path).stat().st_mtime
        except (OSError, ValueError):
            return  # answered as missing
        if asked is not None and asked != self.date_time_string(int(time)):
            del self.headers["If-Modified-Since"]

    def _is_hidden(self) -> bool:
        """Tell a name that begins with a dot, and what can be no name at all."""
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            return True
        dotted = any(part.startswith(".") and part != "." for part in path.split("/"))
        return dotted or "\0" in path

    def list_directory(self, path: Any) -> None:
        """Refuse: a mirror has pages, not listings."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def guess_type(self, path: Any) -> str:
        """Name the type; the signed texts are shown, not saved."""
        if Path(path).name in {"latest", "checkpoint"}:
            return "text/plain; charset=utf-8"
        return str(super().guess_type(path))

    def end_headers(self) -> None:
        """Let a changing file be asked for each time, an object never again."""
        lasting = self.path.startswith("/o/")
        self.send_header("Cache-Control", _IMMUTABLE if lasting else "no-cache")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Write nothing: a log would hold readers' addresses."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def server_bind(self) -> None:
        """Bind without asking DNS for this machine's name, which can take seconds."""
        super(HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, *_: Any) -> None:
        """Write nothing: a traceback would hold the reader's address."""


class MirrorServer:
    """One mirror served from a thread. `url`: where."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 0) -> None:
        def handler(*args: Any) -> _Handler:
            return _Handler(*args, directory=str(folder))

        self._server = _Server((host, port), handler)
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
