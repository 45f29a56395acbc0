"""The longest command there is, once for the room, and one newsroom to copy."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

import template
from patience import PATIENT
from ready import Anybody

OF_COPIES = 65_501  # the port that a copied newsroom names until it has its own
MAIN = "from tamizdat.server.cli import main; main()"
# A demo whose newsroom gets its tables before it is brought up to date, in two of its
# languages.
_FURNISHED = """
import shutil, sys
from tamizdat.server.demo import commands

def furnished(*words, make=commands.make_home, tables=sys.argv.pop(), **settings):
    home = make(*words, **settings)
    shutil.copyfile(tables, home.database)
    return home

def of_two_languages(migrate=commands.migrate):
    from tamizdat.server.demo import load
    migrate()
    whole = load._read
    load._read = lambda folder: [
        one for one in whole(folder) if one["service"]["id"] in ("en", "fa")
    ]

commands.make_home = furnished
commands.migrate = of_two_languages
"""


_FOLDER = tempfile.TemporaryDirectory(prefix="tamizdat-commands-")


@cache
def anybody():
    """Start what forks for each command; it ends with the tests."""
    process = Anybody(Path(_FOLDER.name))
    atexit.register(process.close)
    return process


def tamizdat(*words, home=None, zone="UTC", code=None):
    """Run one command as a person would; return the finished process."""
    settings = {"TAMIZDAT_HOME": str(home)} if home else {}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    return anybody().run(
        [str(word) for word in words], {**kept, **settings, "TZ": zone}, code
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Give a finished demo: its folder and the summary it printed.

    From nothing and in all languages in `make lab`; every day `tests/template.py`
    begins so, and the demo with what that made, in two.
    """
    folder = tmp_path_factory.mktemp("once") / "demo"
    words = ("demo", "--once", "--json", "--dir", folder)
    if PATIENT:
        run = tamizdat(*words)
    else:
        run = tamizdat(*words, template.migrated(), code=_FURNISHED + MAIN)
    assert run.returncode == 0, run.stderr
    return folder, json.loads(run.stdout)


@pytest.fixture
def port():
    """Find a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Make a newsroom with one service and its keys, for copies of it."""
    home = tmp_path_factory.mktemp("made") / "newsroom"
    organisation = ("--organisation-id", "press.example", "--organisation-name", "P")
    service = ("--name", "News", "--language", "en")
    template.lay(home)
    made = [
        tamizdat("init", home, *organisation, "--port", OF_COPIES),
        tamizdat("service", "add", "en", *service, home=home),
        tamizdat(
            *("keys", "new", home / "keys", "--organisation", "press.example"),
            *("--service", "en"),
        ),
    ]
    assert all(run.returncode == 0 for run in made), [run.stderr for run in made]
    return home


@pytest.fixture
def newsroom(made, tmp_path, port):
    """Give a newsroom with one service and its keys, at a port of its own."""
    home = shutil.copytree(made, tmp_path / "newsroom")
    settings = home / "tamizdat.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace(str(OF_COPIES), str(port)), "utf-8")
    return home


@pytest.fixture
def running(newsroom):
    """Start `tamizdat run` in a process of its own, ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "run"],
        env={**os.environ, "TAMIZDAT_HOME": str(newsroom)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=30)
