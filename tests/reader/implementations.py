"""Run the vectors of `spec/` in every implementation that is installed here.

A browser gets a page of ours from loopback; it is asked what Node is asked.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from journeys.conftest import CHROMIUM
from mirrors.simulator import HostSimulator
from spec.make_vectors import FOLDER
from spec.mirror_operations import MIRROR_OPERATIONS
from spec.operations import OPERATIONS
from spec.test_mirrors import found_as_expected, lay
from tamizdat.edition import errors
from tamizdat.mirrors.transports.web import WebSource

ROOT = FOLDER.parent.parent
NODE = ("sh", str(ROOT / "requirements" / "node"))
Found = dict[str, Any]  # passed: a number; failed: what and why; others: not for it

_PAGE = b"""<!doctype html><meta charset="utf-8"><title>vectors</title>
<script type="module" src="/tests/reader/page.mjs"></script>"""


def vectors() -> list[dict[str, Any]]:
    """Read every vector, with its name."""
    paths = sorted(FOLDER.glob("*/*.json"))
    return [
        {"name": f"{p.parent.name}/{p.stem}", **json.loads(p.read_text("utf-8"))}
        for p in paths
    ]


def in_python() -> Found:
    """Run them all in Python; those of whole mirrors over HTTP."""
    reasons = {vector["name"]: _judged(vector) for vector in vectors()}
    failed = [f"{name}: {reason}" for name, reason in reasons.items() if reason]
    return {"passed": len(reasons) - len(failed), "failed": failed, "others": 0}


def _judged(vector: dict[str, Any]) -> str:
    if vector["operation"] in MIRROR_OPERATIONS:
        return "" if _mirror_held(vector) else "another result"
    expect = vector["expect"]
    try:
        found = OPERATIONS[vector["operation"]](vector["input"])
    except errors.EditionError as error:
        kept = type(error).__name__ == expect.get("refused")
        return "" if kept else f"refused: {error}"
    return "" if found == expect.get("ok") else f"found {found}"


def _mirror_held(vector: dict[str, Any]) -> bool:
    with tempfile.TemporaryDirectory() as name:
        lay(Path(name), vector["input"]["files"], undo=False)
        with (
            closing(HostSimulator(Path(name))) as host,
            closing(WebSource(host.url)) as source,
        ):
            try:
                return bool(found_as_expected(vector, source, listed=False))
            except (AssertionError, pytest.fail.Exception, errors.EditionError):
                return False


def in_node() -> Found:
    """Run those of a reader in the pinned Node."""
    return _run(*NODE, str(ROOT / "tests/reader/run.mjs"))


def in_chromium(chromium: str) -> Found:
    """Run those of a reader in Chromium. `chromium`: its program."""
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(CHROMIUM)
        )
        page = browser.new_page()
        page.goto(url)
        found: Found = json.loads(page.locator("pre").inner_text(timeout=60_000))
        browser.close()
        return found


def in_firefox(firefox: str) -> Found:
    """Run those of a reader in Firefox, over WebDriver BiDi. `firefox`: its program."""
    with served() as url:
        return _run(*NODE, str(ROOT / "tests/reader/firefox.mjs"), firefox, url)


def installed() -> dict[str, Any]:
    """Give for each implementation what runs it, or None where it is not there."""
    chromium, firefox = shutil.which("chromium"), shutil.which("firefox-esr")
    return {
        "Python": in_python,
        "Node": in_node,
        "Chromium": partial(in_chromium, chromium) if chromium else None,
        "Firefox": partial(in_firefox, firefox) if firefox else None,
    }


def _run(*words: str) -> Found:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[2]}: {done.stderr[-800:]}")
    found: Found = json.loads(done.stdout)
    return found


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {".mjs": "text/javascript"}  # noqa: RUF012 (as there)

    def do_GET(self) -> None:
        """Serve the page, all vectors at once, and the modules."""
        if self.path == "/":
            self._send("text/html", _PAGE)
        elif self.path == "/vectors.json":
            self._send("application/json", json.dumps(vectors()).encode())
        elif self.path.endswith(".mjs"):
            super().do_GET()
        else:
            self.send_error(404)

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the page and what it needs on loopback; gives its address."""
    handler = partial(_Handler, directory=str(ROOT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def main() -> int:
    """Print for each implementation how many vectors it keeps; 1 if it fails one."""
    bad = 0
    for name, run in installed().items():
        if run is None:
            print(f"{name:9} not installed")  # noqa: T201 (what it is for)
            continue
        found = run()
        bad += len(found["failed"])
        others = f", {found['others']} not a reader's" if found["others"] else ""
        counts = f"{found['passed']} passed, {len(found['failed'])} failed{others}"
        print(f"{name:9} {counts}")  # noqa: T201 (the same)
        for line in found["failed"]:
            print(f"  {line[:300]}")  # noqa: T201 (the same)
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
