"""Limits of a reading: whatever a mirror holds, it ends and says where."""

import pytest

from cast import trust
from spec.cases.mirrors import THREE, TWO
from spec.cases.printed import FIRST, SECOND, directories, place_of, sha
from tamizdat.edition.errors import StatementError
from tamizdat.edition.trust import verify_chain
from tamizdat.mirrors import past, probe
from tamizdat.mirrors.errors import MissingError, RoadError
from tamizdat.mirrors.findings import PROBLEMS, Problem, Report

CHAIN = verify_chain([TWO.files["trust/1.note"]])


class Memory:
    """A mirror in memory.

    Attributes:
        files: by path.
        asked: how often a file was asked for.
    """

    def __init__(self, files):
        self.files = dict(files)
        self.asked = 0
        self._silent = ""

    def fall_silent_at(self, start):
        """Give no answer for the paths that begin so."""
        self._silent = start

    def read(self, path, limit):
        """Read a file whole."""
        self.asked += 1
        if self._silent and path.startswith(self._silent):
            raise RoadError(f"{path}: no answer")
        if path not in self.files:
            raise MissingError(f"{path}: no such file")
        return self.files[path][: limit + 1]


def words(report):
    """Say each problem in one line."""
    return [str(problem) for problem in report.problems]


def test_report_lists_a_hundred_problems_and_counts_the_rest():
    """A hostile mirror cannot fill the memory of whoever reads it."""
    report = Report(service="en")
    for number in range(PROBLEMS + 20):
        report.add(Problem("missing", f"o/{number}", "a file", "none"))

    assert PROBLEMS + 20 == report.count
    assert PROBLEMS == len(report.problems)


def test_reading_ends_after_so_many_files(monkeypatch):
    """A tree without end is refused where the limit is passed."""
    monkeypatch.setattr(probe, "FILES", 4)
    report = probe.check_service(Memory(TWO.files), CHAIN, "en")

    assert ["more than 4 files"] == [line[-17:] for line in words(report)]


def test_reading_ends_after_so_many_directories(monkeypatch):
    """The same of directories, which name no file at all."""
    monkeypatch.setattr(probe, "FILES", 1)
    report = probe.check_service(Memory(TWO.files), CHAIN, "en")

    assert ["more than 1 directories"] == [line[-23:] for line in words(report)]


def test_older_edition_ends_after_so_many_objects(monkeypatch):
    """The same of an edition that is not the newest."""
    monkeypatch.setattr(past, "OBJECTS", 1)
    report = past.check_edition(Memory(TWO.files), CHAIN, "en", 1)

    assert ["more than 1 objects"] == [line[-19:] for line in words(report)]


def test_chain_ends_after_so_many_notes(monkeypatch):
    """Notes beyond the most that a chain may have are not asked for."""
    monkeypatch.setattr(probe, "MAX_NOTES", 1)
    mirror = Memory({**TWO.files, "trust/2.note": b"anything"})

    assert 1 == len(probe.trust_of(mirror))
    assert 1 == mirror.asked


def test_service_that_no_trust_note_names_is_refused():
    """Nobody is asked about a service that does not exist."""
    with pytest.raises(StatementError, match="names no service 'xx'"):
        probe.services_of(CHAIN, ["xx"])
    assert sorted(trust().services) == probe.services_of(CHAIN, [])


def test_log_that_gives_no_answer_is_unreachable():
    """A silent host is no forger."""
    mirror = Memory(TWO.files)
    mirror.fall_silent_at("log/tile")
    _reports, book = probe.check_mirror(mirror, CHAIN, ["en"])

    assert ["log: unreachable"] == [line[:16] for line in words(book)]


def test_root_page_that_gives_no_answer_is_unreachable():
    """The place that was asked for is named."""
    mirror = Memory(TWO.files)
    mirror.fall_silent_at("index.html")
    report = probe.check_service(mirror, CHAIN, "en")

    assert ["index.html: unreachable"] == [line[:23] for line in words(report)]


def test_page_taken_away_is_not_looked_for_among_changes():
    """What is read since a known tree is what stands in the new one."""
    paper = {path: FIRST[path] for path in FIRST if path != "notice.html"}
    press = type(TWO)()
    press.publish(FIRST)
    press.publish(paper)
    since = sha(directories(FIRST)[-1])
    report = probe.check_service(Memory(press.files), CHAIN, "en", since)

    assert report.verified, words(report)
    assert 0 == report.files


def test_object_that_changed_is_read_since_a_known_tree():
    """A forged object among the changes is named."""
    place = place_of(SECOND["index.html"])
    since = sha(directories(FIRST)[-1])
    mirror = Memory({**THREE.files, **TWO.files, place: b"forged"})
    report = probe.check_service(mirror, CHAIN, "en", since)

    assert [place] == [line.partition(" ")[0] for line in words(report)]
