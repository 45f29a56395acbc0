"""Reading over HTTP: compressed or not, never too much and never for too long."""

import time
import tracemalloc

import pytest

from mirrors.simulator import HostSimulator, MuteSimulator
from tamizdat.mirrors import probe
from tamizdat.mirrors.errors import MirrorError, RoadError
from tamizdat.mirrors.transports.web import WebSource, is_loopback


@pytest.fixture
def host(stage):
    """Give a host that serves the mirror as it is told."""
    host = HostSimulator(stage.mirror.root)
    yield host
    host.close()


@pytest.fixture
def mute():
    """Give a host that never answers."""
    mute = MuteSimulator()
    yield mute
    mute.close()


@pytest.mark.parametrize("encoding", [True, False])
def test_mirror_that_sends_gzip_verifies_the_same(stage, host, encoding):
    """Compression is the host's affair, also where it makes a file longer."""
    host.store_gzip(encoding=encoding)
    source = WebSource(host.url)
    reports, book = probe.check_mirror(source, stage.press.chain, ["en"])
    source.close()

    assert reports[0].verified, reports[0].problems
    assert book.verified, book.problems
    assert (
        reports[0].files
        == probe.check_service(stage.mirror, stage.press.chain, "en").files
    )


def test_every_object_is_read_at_its_stated_size_from_gzip(stage, host):
    """No file is so small that its compressed form is cut."""
    host.store_gzip(encoding=False)
    source = WebSource(host.url)
    for path in stage.mirror.list("o"):
        content = (stage.mirror.root / path).read_bytes()

        assert content == source.read(path, len(content)), path
    source.close()


def test_gzip_that_ends_early_is_the_roads_fault(stage, host):
    """A cut line is not a forgery."""
    host.cut_gzip_short()
    source = WebSource(host.url)
    with pytest.raises(RoadError, match="gzip ends after"):
        source.read("en/index.html", 16_384)
    source.close()


def test_answer_shorter_than_announced_is_the_roads_fault(stage, host):
    """A hang-up in the middle of a file is not a forgery."""
    host.promise_more_bytes(5)
    source = WebSource(host.url)
    with pytest.raises(RoadError, match="IncompleteRead"):
        source.read("en/index.html", 16_384)
    source.close()


def test_gzip_bomb_stops_one_byte_after_the_limit(stage, host):
    """A small answer cannot fill the reader's memory."""
    host.send_a_bomb(50_000_000)
    source = WebSource(host.url)
    tracemalloc.start()
    content = source.read("en/index.html", 1000)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    source.close()

    assert 1001 == len(content)
    assert peak < 5_000_000


def test_reading_ends_at_its_time_however_slowly_bytes_drip(mute):
    """A host that sends a byte now and then holds nobody."""
    source = WebSource(mute.url, 0.5)
    began = time.monotonic()
    with pytest.raises(RoadError, match="the time for one reading is over"):
        source.read("en/latest", 4096)
    with pytest.raises(RoadError):
        source.read("ru/latest", 4096)
    source.close()

    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://host:99999", "ftp://host", "http://", "http://[x]/"]
)
def test_odd_address_is_one_clear_error(url):
    """No address ends in a traceback."""
    with pytest.raises(MirrorError):
        WebSource(url)
    with pytest.raises(MirrorError):
        is_loopback(url)
