"""Serving a mirror: what a stranger may ask, and what a demonstration may not do."""

import http.client
import os

import pytest
from click.testing import CliRunner

from cast import NOW
from tamizdat.mirrors.commands import mirror, verify
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.keys import new_organisation


@pytest.fixture
def server(stage):
    """Give the archive served, private folder and all."""
    server = MirrorServer(stage.press.archive.root)
    yield server
    server.close()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", ["/%00", "/en/%00.html", "/.press/lock", "/.placing/en", "//[", "/en/"]
)
def test_name_that_is_none_is_not_found(stage, server, method, path):
    """An odd name is answered as a missing one, and the line stays up."""
    (stage.press.archive.root / ".placing").mkdir()
    (stage.press.archive.root / ".placing" / "en").touch()
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request(method, path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    expected = 200 if path == "/en/" else 404

    assert expected == answer.status


def test_page_that_is_again_as_before_is_sent_again(stage, server):
    """A browser that holds a later page is not told that nothing has changed."""
    page = stage.press.archive.root / "en" / "index.html"
    os.utime(page, (1_800_000_000, 1_800_000_000))
    same, later = (
        _status(server, "/en/", f"Fri, 15 Jan 2027 08:{minute}:00 GMT")
        for minute in ("00", "01")
    )

    assert (304, 200) == (same, later)


def test_placed_page_is_as_new_as_its_placing(tmp_path):
    """An object may lie there long before a page is made of it."""
    mirror = DirectoryTransport(tmp_path)
    mirror.write("o/aa/aa", b"page")
    os.utime(tmp_path / "o/aa/aa", (0, 0))
    mirror.place("en/index.html", "aa")

    assert (tmp_path / "en/index.html").stat().st_mtime > 0


def _status(server, path, since):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", path, headers={"If-Modified-Since": since})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - refused
def test_demonstration_is_not_served_off_this_machine(tmp_path, host):
    """Nobody takes a demonstration for a newspaper, by this command either."""
    new_organisation(tmp_path, "demo.press.example", ["en"], NOW)
    run = CliRunner().invoke(mirror, ["serve", str(tmp_path), "--host", host])

    assert 1 == run.exit_code
    assert "demonstration keys are refused off this machine" in run.output


@pytest.mark.parametrize(
    "words", [["--port", "99999"], ["--host", "192.0.2.1", "--port", "8400"]]
)
def test_address_that_cannot_be_had_is_one_line(tmp_path, words):
    """A wrong port or host is told, not traced."""
    run = CliRunner().invoke(mirror, ["serve", str(tmp_path), *words])

    assert run.exit_code in {1, 2}
    assert isinstance(run.exception, SystemExit)


@pytest.mark.parametrize("where", ["http://[::1", "http://127.0.0.1:99999/"])
def test_odd_address_to_verify_is_one_line(where):
    """A mistyped address is told, not traced."""
    run = CliRunner().invoke(verify, [where])

    assert 1 == run.exit_code
    assert isinstance(run.exception, SystemExit)
    assert 1 == len(run.output.splitlines())
