"""A whole newsroom for a journey: real processes, real servers, a real browser."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time

import pytest
from playwright.sync_api import sync_playwright

import template
from journeys.waiting import PATIENCE
from ready import Ready
from tamizdat.mirrors.serve import MirrorServer

ORGANISATION = "demo.press.example"
CHROMIUM = (
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class Newsroom:
    """A newsroom in a folder, its resident press and three served mirrors.

    Attributes:
        mirrors: by name, the folder and the server of each.
        url: address of the editors' site.
    """

    def __init__(self, folder, like):
        """Choose a folder, and the newsroom to be copied there."""
        self.folder = folder
        self.password = _password(like).read_text(encoding="utf-8").strip()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.mirrors = {}
        self._like = like
        self._ready = None
        self._process = None

    def tamizdat(self, *words, status=0):
        """Run one command in this newsroom; return what it printed."""
        done = self._prompt().command(*words)
        assert status == done.status, done.said
        return done.said

    def python(self, code):
        """Run a few lines inside this newsroom, as an operator's script would."""
        done = self._prompt().python(code)
        assert 0 == done.status, done.said

    def _prompt(self):
        self._ready = self._ready or Ready(self.folder)
        return self._ready

    def make(self, *services, second_factor=False):
        """Set up the newsroom with language services and three mirrors.

        Most journeys are about something else than signing in: they ask nobody for a
        second factor.
        """
        shutil.copytree(self._like, self.folder)
        shutil.copyfile(_password(self._like), _password(self.folder))
        settings = self.folder / "tamizdat.toml"
        text = settings.read_text(encoding="utf-8")
        text = re.sub("port = .*", f"port = {self.port}", text)
        if not second_factor:
            text = re.sub("second_factor = .*", "second_factor = []", text)
        settings.write_text(text, encoding="utf-8")
        self.python(
            "from tamizdat.newsroom.actions import create_service\n"
            f"for one in {services!r}: create_service(**{{'hold_seconds': 0, **one}})\n"
        )
        self.tamizdat(
            *("keys", "new", self.folder / "keys", "--organisation", ORGANISATION),
            *(word for one in services for word in ("--service", one["service_id"])),
        )
        for name in ("archive", "north", "south"):
            self._add_mirror(name)

    def _add_mirror(self, name):
        place = self.folder.parent / f"mirror-{name}"
        place.mkdir()
        self.mirrors[name] = (place, MirrorServer(place))
        archive = ["--archive"] if name == "archive" else []
        self.tamizdat("mirror", "add", name, place, self.mirrors[name][1].url, *archive)

    def start(self):
        """Start the editors' site and the resident press."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", _MAIN, "run"],
            env={**os.environ, "TAMIZDAT_HOME": str(self.folder)},
        )
        until(lambda: answers(self.port), "the editors' site to answer")

    def stop(self):
        """End everything that was started."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=60)
        if self._ready:
            self._ready.close()
        for _place, server in self.mirrors.values():
            server.close()

    def take_down(self, name):
        """Let a mirror answer nobody any more."""
        _place, server = self.mirrors.pop(name)
        server.close()

    def wait_for_edition(self, number):
        """Wait until this edition of every service is verified on every mirror."""

        def verified():
            rows = json.loads(self.tamizdat("press", "status", "--json"))["services"]
            return all(
                (number, len(self.mirrors)) == (row["edition"], row["verified"])
                for row in rows
            )

        until(verified, f"edition {number} on every mirror")

    def wait_for_editions(self, **numbers):
        """Wait until these editions are verified on every mirror, by service."""

        def verified():
            rows = json.loads(self.tamizdat("press", "status", "--json"))["services"]
            held = {row["service"]: (row["edition"], row["verified"]) for row in rows}
            return all(
                (held[service][0] or 0) >= number
                and held[service][1] == len(self.mirrors)
                for service, number in numbers.items()
            )

        until(verified, f"editions {numbers} on every mirror")


_MAIN = "from tamizdat.server.cli import main; main()"


def tamizdat(*words):
    """Run one command that needs no newsroom; return what it printed."""
    command = [sys.executable, "-c", _MAIN, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def until(done, what, seconds=PATIENCE):
    """Wait for something that must come soon."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.1)


def free_port():
    """Find a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    """Tell whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def first_newsroom(tmp_path_factory):
    """Give the folder of a newsroom of one editor, set up as `init` does."""
    home = tmp_path_factory.mktemp("first") / "newsroom"
    password = _password(home)
    password.write_text(secrets.token_urlsafe(12) + "\n", encoding="utf-8")
    template.lay(home)
    words = (
        *("init", home, "--organisation-id", ORGANISATION),
        *("--organisation-name", "Press"),
        *("--editor", "editor", "--password-file", password),
    )
    tamizdat(*words)
    return home


def _password(home):
    """Name the file that holds the password of the accounts of a newsroom."""
    return home.with_suffix(".password")


@pytest.fixture
def newsroom(tmp_path, first_newsroom):
    """Give a newsroom that is ended afterwards, whatever happens."""
    newsroom = Newsroom(tmp_path / "newsroom", first_newsroom)
    yield newsroom
    newsroom.stop()


@pytest.fixture(scope="session")
def chromium():
    """Give a headless Chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium: `make tools` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def editor_page(chromium):
    """Give a browser window with scripts, as editors have it."""
    context = chromium.new_context(viewport=DESKTOP)
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


@pytest.fixture
def reader_page(chromium):
    """Give a small window with scripts off, as readers may have it."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def sign_in(page, newsroom, name="editor"):
    """Sign in as the editor, or another account with the same password."""
    page.goto(newsroom.url)
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", newsroom.password)
    page.click(".login-form button[type=submit]")
    page.wait_for_url(re.compile("^[^?]*/admin/$"))


def open_story(reader, newsroom, service, headline):
    """Open a story from its front page, as a reader who comes back until it is there.

    A service that has no story gets an edition all the same: which number is the one
    with the story is up to the press.
    """
    link = reader.get_by_role("link", name=headline).first

    def listed():
        reader.goto(f"{newsroom.mirrors['north'][1].url}/{service}/")
        return link.count()

    until(listed, f"{headline!r} on a mirror")
    link.click()


def press_publish(page):
    """Press Publish, in the menu at the foot of the form if it is kept there."""
    button = page.locator("button[name=action-publish]").first
    button.wait_for(state="attached")
    if not button.is_visible():
        page.get_by_role("button", name="More actions").click()
    button.click()
