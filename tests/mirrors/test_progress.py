"""A reading of every byte that is put off goes on from where it was."""

from io import BytesIO

import pytest

from tamizdat.edition.tree import PAGE_BYTES
from tamizdat.mirrors import probe
from tamizdat.mirrors.errors import PutOffError
from tamizdat.mirrors.jobs import Pausing
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.transports import directory

WHOLE = 10**6  # files; more than there are


class Reader:
    """Reads a mirror in parts. `paths`: what the newest part has read."""

    def __init__(self, stage):
        self.stage = stage
        self.paths = []
        self._progress = Progress()

    def read(self, path, limit):
        """Read a file, as a source."""
        self.paths.append(path)
        return self.stage.mirror.read(path, limit)

    def part(self, files=WHOLE):
        """Read on, until it is put off after so many files."""
        self.paths = []
        source = Pausing(self, lambda: len(self.paths) >= files)
        chain = self.stage.press.chain
        report = probe.check_service(source, chain, "en", progress=self._progress)
        assert source.paused == (files != WHOLE)
        return report

    def pages(self):
        """List the pages that the newest part has read."""
        return {p for p in self.paths if p.startswith("en/") and p != "en/latest"}


@pytest.fixture
def reader(stage):
    """Give a reader that has read about two thirds, the articles among them."""
    whole = Reader(stage)
    assert whole.part().verified
    reader = Reader(stage)
    reader.part(files=len(whole.paths) * 2 // 3)
    return reader


def articles(pages):
    """Choose the pages of articles."""
    return {page for page in pages if page.startswith("en/a/") and "/story-" in page}


def test_second_part_reads_only_what_the_first_has_not(reader):
    """Both parts together have read every page, most of them once."""
    first = reader.pages()
    report = reader.part()
    second = reader.pages()

    assert report.verified
    assert len(articles(first)) == 5
    assert not articles(second)
    whole = Reader(reader.stage)
    whole.part()
    assert whole.pages() == first | second


def test_what_an_edition_changed_meanwhile_is_read_anew(reader):
    """A page written after it was read does not pass unread."""
    first = articles(reader.pages())
    reader.stage.change()
    reader.stage.deliver()
    forged = max(first)
    path = reader.stage.mirror.root / forged
    path.unlink()
    path.write_bytes(b"forged")
    report = reader.part()

    assert [("forged", forged)] == [(p.kind, p.path) for p in report.problems]


def test_problem_found_before_the_pause_is_found_again(stage):
    """A part that was put off is not reported, so its problems are not lost."""
    path = next((stage.mirror.root / "en" / "a").rglob("story-1.html"))
    path.unlink()
    reader = Reader(stage)
    whole = Reader(stage)
    assert 1 == whole.part().count
    reader.part(files=len(whole.paths) * 2 // 3)
    report = reader.part()

    assert ["unfinished"] == [problem.kind for problem in report.problems]
    assert articles(reader.pages())


def test_reading_tells_since_when_it_began(stage, monkeypatch):
    """Its age is that of the first byte, not of the last part."""
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    reader = Reader(stage)
    reader.part(files=10)
    monkeypatch.setattr("time.monotonic", lambda: 3700.0)

    assert 3600 == reader.part().seconds


def test_large_file_is_put_off_in_the_middle(stage, monkeypatch):
    """What is to be written does not wait for the end of a library."""
    monkeypatch.setattr(directory, "STEP", 2 * PAGE_BYTES)
    (stage.mirror.root / "large").write_bytes(bytes(8 * PAGE_BYTES))
    copy, asked = BytesIO(), []

    def urgent():
        asked.append(copy.tell())
        return copy.tell() == 6 * PAGE_BYTES

    source = Pausing(stage.mirror, urgent, pause=1e-6)
    with pytest.raises(PutOffError, match="large: put off"):
        source.save("large", WHOLE, copy)

    assert source.paused
    assert 1 + 2 * 3 + 1 == len(asked)  # before it, before each page, and once more
