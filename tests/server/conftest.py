"""One demo for all tests of the room: it is the longest command there is."""

import json
import os
import subprocess
import sys

import pytest

MAIN = "from tamizdat.server.cli import main; main()"


def tamizdat(*words, home=None, zone="UTC"):
    """Run one command as a person would; return the finished process."""
    settings = {"TAMIZDAT_HOME": str(home)} if home else {}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    return subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, words)],
        env={**kept, **settings, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Give a finished demo: its folder and the summary it printed."""
    folder = tmp_path_factory.mktemp("once") / "demo"
    run = tamizdat("demo", "--once", "--json", "--dir", folder)
    assert run.returncode == 0, run.stderr
    return folder, json.loads(run.stdout)
