"""What stays: the newsroom, its press and the wire, and what becomes of them."""

import json
import os
import re
import signal
import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest

from server.conftest import tamizdat
from server.test_commands import said


def children_of(process):
    """Find the processes of the editors' site and of fetching, in this order."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(child) for child in children.read_text(encoding="ascii").split()]


def site_of(process):
    """Find the process that serves the editors' site."""
    [site, _wire] = children_of(process)
    return site


def test_taken_port_is_one_line_and_no_address(newsroom, port):
    """Nobody is sent to an address where something else answers."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        run = tamizdat("run", home=newsroom)

    assert f"Error: 127.0.0.1:{port}: address already in use" == said(run)
    assert 1 == len(run.stderr.strip().splitlines())
    assert "" == run.stdout


def test_address_is_printed_when_the_site_answers(running, port):
    """Whoever opens the printed address at once is served."""
    line = running.stdout.readline()
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/admin/login/")
    status = connection.getresponse().status
    connection.close()
    running.terminate()

    assert f"newsroom http://127.0.0.1:{port}/" == line.strip()
    assert 200 == status
    assert 0 == running.wait(timeout=30)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the site in /proc")
def test_site_that_dies_ends_the_run_as_a_failure(running):
    """A service manager learns that it must start the newsroom again."""
    running.stdout.readline()
    os.kill(site_of(running), signal.SIGKILL)
    said_last = running.stderr.read().strip().splitlines()[-1]

    assert re.fullmatch("Error: the editors' site ended by itself, .*", said_last)
    assert 1 == running.wait(timeout=30)


@pytest.mark.lab
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the process in /proc")
def test_fetching_that_dies_is_started_again(running):
    """A sound that waits to be coded, or a source, does not wait for ever."""
    running.stdout.readline()
    os.kill(children_of(running)[1], signal.SIGKILL)

    assert "fetching of copy ended by itself" in running.stdout.readline()


@pytest.fixture
def damaged(newsroom):
    """Write over the head of the press's memory, as a bad disk does."""
    assert 0 == tamizdat("press", "run", home=newsroom).returncode
    memory = newsroom / "archive" / ".press" / "press.sqlite3"
    for beside in memory.parent.glob("press.sqlite3-*"):
        beside.unlink()
    with memory.open("r+b") as file:
        file.write(b"\0" * 100)
    return newsroom


@pytest.mark.lab
def test_damaged_memory_leaves_the_site_up(damaged, running, port):
    """Editors go on writing; what is wrong and what to do is said there and here."""
    line = running.stdout.readline()
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/admin/login/")
    status = connection.getresponse().status
    connection.close()
    listed = tamizdat("press", "status", "--json", home=damaged).stdout
    running.terminate()
    said_last = running.communicate(timeout=30)[1].splitlines()

    assert f"newsroom http://127.0.0.1:{port}/" == line.strip()
    assert (200, 0) == (status, running.returncode)
    assert "press.sqlite3: file is not a database; restore" in said_last[0]
    assert "the press does not run; the editors' site and the wire go on" in said_last
    assert "file is not a database" in json.loads(listed)["services"][0]["trouble"]
