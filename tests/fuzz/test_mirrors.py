"""Readers of mirrors: a damaged mirror gets a report, and is never called verified."""

import gzip
from contextlib import closing
from random import Random

import pytest

from fuzz import damage
from fuzz.damage import Damager, HostileSimulator
from fuzz.mutate import Mutator
from mirrors.conftest import STORIES, Stage
from tamizdat.edition.errors import EditionError
from tamizdat.mirrors import probe
from tamizdat.mirrors.errors import MirrorError, RoadError
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource

SHARE = 20  # inputs of a parser for each damaged mirror


class MeasuredDirectory(DirectoryTransport):
    """A directory that sees to it that nobody takes more than a limit."""

    def read(self, path, limit):
        """Read a file whole."""
        content = super().read(path, limit)
        assert len(content) <= limit + 1
        return content


class ReaderOfFiles:
    """A directory that cannot be listed, as a reader sees it; notes what is asked."""

    def __init__(self, root):
        self._mirror = DirectoryTransport(root)
        self.asked = set()

    def read(self, path, limit):
        """Read a file whole."""
        self.asked.add(self._mirror.root / path)
        return self._mirror.read(path, limit)


class MeasuredWeb(WebSource):
    """The same of a host."""

    def read(self, path, limit):
        """Read a file whole."""
        content = super().read(path, limit)
        assert len(content) <= limit + 1
        return content


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Print two editions and deliver them."""
    stage = Stage(tmp_path_factory.mktemp("mirror"))
    stage.publish(STORIES[:4])
    stage.deliver()
    stage.publish(STORIES)
    stage.deliver()
    return stage


def verified(source, stage):
    """Read a mirror as `verify` does; tell whether everything is as signed."""
    try:
        chain = probe.trust_of(source, stage.press.chain[0].digest)
    except (EditionError, MirrorError) as error:
        return not str(error).encode()  # can be printed
    reports, book = probe.check_mirror(source, chain, ["en"])
    for problem in [p for found in (*reports, book) for p in found.problems]:
        assert str(problem).encode()  # can be printed
    return all(found.verified for found in (*reports, book))


def test_damaged_directory_is_verified_only_if_its_bytes_are_equal(
    printed, seed, inputs
):
    """Flipped, cut, swapped, lost, replaced, huge: a report says so, nothing else."""
    source = MeasuredDirectory(printed.mirror.root)
    damager = Damager(source.root, Random(f"{seed} directory"))  # noqa: S311 (no secret)
    reader = ReaderOfFiles(source.root)
    assert verified(source, printed)
    assert verified(reader, printed)
    damager.needed &= reader.asked
    for _ in range(inputs // SHARE):
        damager.damage()
        said = verified(source, printed)

        assert not said or damager.equal
        damager.undo()
    assert verified(source, printed)


def test_hostile_host_is_verified_only_if_it_told_no_lie(printed, seed, inputs):
    """Bombs, broken lengths, odd answers: a report says so, nothing else."""
    with closing(HostileSimulator(printed.mirror.root)) as host:
        for number in range(inputs // SHARE):
            host.turn(f"{seed} {number}")
            with closing(MeasuredWeb(host.url, seconds=60)) as source:
                said = verified(source, printed)

            assert said == (not host.lied)


def test_gzip_of_a_hostile_host_gives_no_more_than_was_asked_for(
    printed, seed, inputs, monkeypatch
):
    """Damaged, cut, doubled, bombs: bytes within the limit, or the road's fault."""
    content = (printed.mirror.root / "index.html").read_bytes()
    bombs = [gzip.compress(b"\0" * (1 << n)) for n in (16, 20, 24)]
    mutator = Mutator(
        Random(f"{seed} gzip"),  # noqa: S311 (no secret)
        [gzip.compress(content, mtime=0), *bombs],
        1 << 16,
    )
    monkeypatch.setattr(damage, "RARE", 1.0)
    with closing(HostileSimulator(printed.mirror.root)) as host:
        for number in range(inputs // SHARE):
            body = mutator.input()
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
            monkeypatch.setattr(damage, "LIES", [head.encode() + body])
            limit = (0, 99, len(content), 1 << 20)[number % 4]
            with closing(MeasuredWeb(host.url, seconds=60)) as source:
                assert answered(source, limit)


def answered(source, limit):
    """Read a page; tell that bytes came back, no more than may, or the named error."""
    try:
        return len(source.read("index.html", limit)) <= limit + 1
    except RoadError as error:
        return str(error).startswith("index.html: ")


@pytest.mark.parametrize("length", [b"-1", b"-3"])
def test_chunk_of_less_than_nothing_ends_the_reading(printed, length, monkeypatch):
    """Python would read -1 bytes as all there are, whatever the limit."""
    lie = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + length
    monkeypatch.setattr(damage, "LIES", [lie + b"\r\n" + b"\0" * damage.BOMB])
    monkeypatch.setattr(damage, "RARE", 1.0)
    with (
        closing(HostileSimulator(printed.mirror.root)) as host,
        closing(WebSource(host.url)) as source,
        pytest.raises(RoadError, match="HTTPException"),
    ):
        source.read("index.html", 1000)
