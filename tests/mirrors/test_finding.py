"""The index of words: a month at a time, brought to mirrors as it changes."""

from datetime import timedelta

import pytest

import documents
from cast import NOW
from tamizdat.mirrors.deliver import deliver
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import finding
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.errors import ArchiveError
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press


class Paper:
    """A service whose index lies in an archive and on a mirror."""

    def __init__(self, folder):
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        (folder / "mirror").mkdir()
        self.folder, self._hours = folder, 0

    def publish(self, stories):
        """Print stories and bring everything to the mirror."""
        self._hours += 1
        rows = map(documents.line, [documents.service(), *stories])
        now = NOW + timedelta(days=60, hours=self._hours)
        self.press.publish(documents_of(rows, whole=True), lambda _digest: None, now)
        self.deliver()

    def index(self):
        """Make the index and bring it to the mirror; tell what was indexed."""
        made = finding.index(self.press.archive, "en")
        self.deliver()
        return made.indexed

    def deliver(self):
        """Bring the mirror what it lacks."""
        mirror = DirectoryTransport(self.folder / "mirror")
        deliver(self.press.archive, mirror, "en")

    def files(self, whose):
        """Give the bytes of the index, by path."""
        folder = self.folder / whose / "find" / "en"
        found = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def story(number, days=0):
    """Make a story of so many days ago."""
    one = documents.story(number)
    time = documents.FIRST - timedelta(days=days, minutes=number)
    one["firstCreated"] = one["versionCreated"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"
    one["tamizdat"]["releases"] = [documents.release(1, "publish", time, None)]
    return one


def test_edit_costs_the_index_of_its_month(tmp_path):
    """Other months stand, byte for byte, and the mirror holds the same files."""
    paper = Paper(tmp_path)
    stories = [story(1, 40), story(2), story(3)]
    paper.publish(stories)

    assert ("2026-10", "2026-11") == paper.index()
    assert () == paper.index()
    before = paper.files("archive")
    stories[2] = documents.changed(stories[2], "Another headline")
    paper.publish(stories)
    assert ("2026-11",) == paper.index()
    after = paper.files("archive")
    old = {path for path in before if path.startswith("2026-10/")}
    assert {p: before[p] for p in old} == {p: after[p] for p in old}
    assert after == paper.files("mirror")
    assert b"2026-11\n2026-10\n" == after["months.txt"]


def test_withdrawal_takes_the_index_away(tmp_path):
    """Words taken back are searched for by nobody from that delivery on."""
    paper = Paper(tmp_path)
    stories = [story(1), story(2)]
    paper.publish(stories)
    paper.index()
    stories[0] = documents.changed(stories[0], "Withdrawn", "withdrawal")
    paper.publish(stories)

    assert {} == paper.files("archive")
    assert {"index.txt", "state.txt"} == paper.files("mirror").keys()
    assert ("2026-11",) == paper.index()
    assert paper.files("archive") == paper.files("mirror")


def test_service_without_an_edition_is_named(tmp_path):
    """There is nothing to index."""
    with pytest.raises(ArchiveError, match="en: no edition"):
        finding.index(Archive(tmp_path), "en")
