"""A witness on the command line: its key, its logs, its service, what is refused."""

import json
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest
from click.testing import CliRunner

from cast import NOW, signer
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import parse_witness, sign_note
from tamizdat.edition.witness import REQUEST_BYTES, read_answer, write_request
from tamizdat.server.cli import main
from tamizdat.witness import service
from tamizdat.witness.book import Book
from tamizdat.witness.service import WitnessServer
from witness.simulator import post

LOG = signer("log/1")
HEAD = Checkpoint(LOG.name, 3, b"\1" * 32)
REQUEST = write_request(0, (), sign_note(HEAD.text(), [LOG]))


def run(*words):
    """Run a command."""
    return CliRunner().invoke(main, ["witness", *map(str, words)])


@pytest.fixture
def folder(tmp_path):
    """Give a witness that watches one log."""
    made = run("new", tmp_path / "w", "--name", "watch.example/witness/1")
    assert 0 == made.exit_code, made.output
    run("watch", tmp_path / "w", LOG.verifier)
    return tmp_path / "w"


def test_line_for_a_trust_note_is_printed(tmp_path):
    """What a newsroom needs is one line, with the key and the address."""
    name, url = "watch.example/witness/1", "https://watch.example"
    word, label, vkey, place = run(
        *("new", tmp_path / "w", "--name", name, "--url", url)
    ).output.split()

    assert ("witness", "watch", url) == (word, label, place)
    assert name == parse_witness(vkey).name
    assert 0o600 == (tmp_path / "w" / "witness.key").stat().st_mode & 0o777


def test_witness_is_shown_with_the_logs_it_follows(folder):
    """Its key, and how far each log was followed."""
    shown = json.loads(run("show", folder, "--json").output)

    assert [{"log": LOG.name, "size": 0, "root": None}] == shown["logs"]
    assert f"{LOG.name}: 0 leaves" in run("show", folder).output


REFUSED = {
    "key-there": (("new", "{w}", "--name", "a"), "is there already"),
    "odd-name": (("new", "{w}/x", "--name", "a b"), "no white space"),
    "no-vkey": (("watch", "{w}", "nonsense"), "'nonsense': verifier key"),
    "no-folder": (("show", "{w}/none"), "none/witness.key: no such key"),
    "key-open": (("show", "{w}"), "readable by others, expected mode 0600"),
    "no-key": (("show", "{w}"), "expected PRIVATE+KEY"),
    "book-odd": (("show", "{w}"), "book.sqlite3: file is not a database"),
    "book-newer": (("show", "{w}"), "a book of version 9, expected 1"),
    "nothing-watched": (("run", "{w}"), "watches no log: tamizdat witness watch"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_said_in_one_line(folder, name):
    """Each says what, where and what was expected."""
    words, reason = REFUSED[name]
    key, book = folder / "witness.key", folder / "book.sqlite3"
    if name == "key-open":
        key.chmod(0o644)
    if name == "no-key":
        key.write_text("hello\n")
    if name == "book-odd":
        book.write_bytes(b"words " * 1000)
    if name == "book-newer":
        held = Book(book)
        held._database.execute("PRAGMA user_version = 9")  # noqa: SLF001 - a later one
        held.close()
    if name == "nothing-watched":
        book.unlink()
    done = run(*(word.format(w=folder) for word in words))

    assert 1 == done.exit_code
    assert reason in done.output
    assert 1 == len(done.output.splitlines())
    assert not (folder / "x").exists()


def test_process_that_runs_cosigns_and_lets_no_second_one_run(folder):
    """One process answers; what it cosigned is remembered by the next."""
    code = "from tamizdat.server.cli import main; main()"
    command = [sys.executable, "-c", code, "witness", "run", folder, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        status, _kind, body = post(url, REQUEST)
        second = run("run", folder, "--port", 0)
        process.terminate()
    vkey = json.loads(run("show", folder, "--json").output)["key"]

    assert 200 == status
    assert read_answer(body, HEAD.text(), parse_witness(vkey))[0]
    assert 1 == second.exit_code
    assert "is running this witness already" in second.output
    assert f"{LOG.name}: 3 leaves" in run("show", folder).output


@pytest.fixture
def url(folder):
    """Give the address of a witness that runs here."""
    book = Book(folder / "book.sqlite3")
    server = WitnessServer(book, signer("witness/1"), clock=lambda: NOW)
    yield server.url
    server.close()
    book.close()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, REQUEST, 200),
        ({}, b"", 400),
        ({}, b"x" * (REQUEST_BYTES + 1), 413),
        ({"Content-Length": "many"}, b"", 411),
        ({"Content-Length": "-1"}, b"", 411),
        ({"Content-Length": "9" * 30}, b"", 411),
    ],
)
def test_requests_of_any_shape_are_answered(url, headers, body, status):
    """Nothing that is sent takes the service down or waits for more than was named."""
    found, _kind, _body = post(url, body, headers)

    assert status == found
    assert 400 == post(url, b"")[0]


def drip(connection):
    """Send a byte now and then, for as long as it is taken."""
    for _byte in range(1_000):
        connection.sendall(b"x")
        time.sleep(0.02)


def test_request_that_drips_or_ends_early_keeps_no_place(folder, monkeypatch):
    """A connection has its seconds, whatever comes; then others are served again."""
    monkeypatch.setattr(service, "AT_ONCE", 2)
    book = Book(folder / "book.sqlite3")
    server = WitnessServer(book, signer("witness/1"), clock=lambda: NOW, patience=0.5)
    port = int(server.url.rpartition(":")[2])
    head = b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 2000\r\n\r\n"
    with (
        closing(server),
        socket.create_connection(("127.0.0.1", port), timeout=10) as early,
        socket.create_connection(("127.0.0.1", port), timeout=10) as slow,
        socket.create_connection(("127.0.0.1", port), timeout=10) as third,
    ):
        early.sendall(head + REQUEST)
        slow.sendall(head)
        closed = third.recv(100)
        early.shutdown(socket.SHUT_WR)
        refused = early.makefile("rb").readline()
        with pytest.raises(OSError, match=r"pipe|reset"):
            drip(slow)
        served = post(server.url, REQUEST)[0]
    book.close()

    assert b"" == closed
    assert b" 400 " in refused
    assert 200 == served
