"""The index of words: a month at a time, brought to mirrors as it changes."""

import json
import subprocess
from datetime import timedelta

import pytest
from click.testing import CliRunner

import documents
from cast import NOW
from mirrors.simulator import HostSimulator
from tamizdat.edition.files import SEAL_LINE
from tamizdat.edition.word_index import Row, read_list, write_list
from tamizdat.mirrors.commands import verify
from tamizdat.mirrors.deliver import deliver
from tamizdat.mirrors.finding import check_index
from tamizdat.mirrors.repair import repair
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource
from tamizdat.press import finding
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.errors import KeyFileError, PressError
from tamizdat.press.find_command import index
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
        made = finding.index(self.press, "en", NOW + timedelta(days=61))
        self.deliver()
        return made.indexed

    def check(self):
        """Verify the mirror as a stranger does; tell what is wrong."""
        mirror = DirectoryTransport(self.folder / "mirror")
        return check_index(mirror, self.press.chain[0].digest, "en")

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
    assert {} == paper.files("mirror")
    assert (0, []) == paper.check()
    assert ("2026-11",) == paper.index()
    assert paper.files("archive") == paper.files("mirror")


def test_month_without_words_is_not_indexed(tmp_path):
    """Its folder holds a list, or stories taken back; the newest other leads."""
    paper = Paper(tmp_path)
    withdrawn = documents.changed(story(1), "Withdrawn", "withdrawal")
    paper.publish([withdrawn, story(2, 40)])

    assert ("2026-10",) == paper.index()
    assert b"2026-10\n" == paper.files("mirror")["months.txt"]
    assert "2026-10/pagefind.js" in paper.files("mirror")
    assert [] == paper.check()[1]


def test_service_without_an_edition_is_named(tmp_path):
    """There is nothing to index."""
    paper = Paper(tmp_path)
    with pytest.raises(PressError, match="en: no edition"):
        finding.index(paper.press, "en", NOW)


def test_service_that_fails_stops_no_other(tmp_path):
    """Each is indexed that can be; those that cannot are named."""
    paper = Paper(tmp_path)
    paper.publish([story(1)])
    place = [str(tmp_path / "archive"), "--keys", str(tmp_path / "keys")]
    ran = CliRunner().invoke(index, [*place, "--service", "fa", "--service", "en"])

    assert 1 == ran.exit_code
    assert "not indexed: fa" in ran.output
    assert "en: indexed 2026-" in ran.output


def test_expired_key_is_named_before_anything_is_made(tmp_path, monkeypatch):
    """Minutes of work would be for nothing."""
    paper = Paper(tmp_path)
    paper.publish([story(1)])
    monkeypatch.delattr(subprocess, "run")
    late = NOW + timedelta(days=400)
    with pytest.raises(KeyFileError, match="expired"):
        finding.index(paper.press, "en", late)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """Give a paper of one month whose index lies on its mirror."""
    paper = Paper(tmp_path_factory.mktemp("indexed"))
    paper.publish([story(1), story(2)])
    paper.index()
    return paper


def test_index_is_signed_and_verifies_as_other_files_do(indexed):
    """Its list proves itself without a network; every other byte stands in the list."""
    path = indexed.folder / "mirror" / "find" / "en" / "index.txt"
    told = CliRunner().invoke(verify, [str(path), "--json"])
    whole = CliRunner().invoke(verify, [str(indexed.folder / "mirror")])
    count, problems = indexed.check()

    assert ("en-1-find.txt", True) == tuple(
        json.loads(told.output)[key] for key in ("name", "verified")
    )
    assert (len(indexed.files("mirror")) - 1, []) == (count, problems)
    assert 0 == whole.exit_code, whole.output
    assert indexed.press.state.log_size()[0] == 2


def test_unchanged_index_takes_no_second_leaf(indexed):
    """Made again it is sealed again, byte for byte where the log has not grown."""
    before = indexed.files("mirror"), indexed.press.state.log_size()

    assert () == indexed.index()
    assert before == (indexed.files("mirror"), indexed.press.state.log_size())


@pytest.mark.parametrize(
    ("name", "bad", "kind"),
    [
        ("months.txt", b"2026-11\n2026-09\n", "forged"),
        ("find.mjs", b"", "forged"),
        ("2026-11/made.txt", None, "missing"),
        ("2026-11/pagefind.js", b"import 'https://elsewhere.example/x.js'", "forged"),
        ("index.txt", b"2026-11\n", "forged"),
        ("state.txt", b"0" * 64, "forged"),
        ("state.txt", None, "unfinished"),
    ],
)
def test_changed_index_is_named_and_mended(indexed, name, bad, kind):
    """Whatever a mirror shows in place of a signed file; a repair brings it back."""
    path = indexed.folder / "mirror" / "find" / "en" / name
    good = path.read_bytes()
    path.unlink() if bad is None else path.write_bytes(bad)
    _count, (problem,) = indexed.check()
    result = CliRunner().invoke(verify, [str(indexed.folder / "mirror")])
    shown = indexed.folder / "mirror"
    (shown / "find" / "en" / "stray.js").write_text("planted")
    repair(indexed.press.archive, DirectoryTransport(shown), "en")

    where = "index.txt" if name == "state.txt" and bad else name
    assert (kind, f"find/en/{where}") == (problem.kind, problem.path)
    assert 1 == result.exit_code
    assert f"find/en/{where}: {kind}" in result.output
    assert good == path.read_bytes()
    assert indexed.files("archive") == indexed.files("mirror")


@pytest.mark.parametrize("packs", [None, True, False])
def test_index_verifies_over_http_whatever_the_host_does_with_gzip(indexed, packs):
    """Most of its files are gzip by themselves, and are to stay so."""
    host = HostSimulator(indexed.folder / "mirror")
    if packs is not None:
        host.store_gzip(encoding=packs)
    source = WebSource(host.url)
    count, problems = check_index(source, indexed.press.chain[0].digest, "en")
    source.close()
    host.close()

    assert (len(indexed.files("mirror")) - 1, []) == (count, problems)


def test_host_that_refuses_one_file_of_the_index_is_named(indexed):
    """Whoever answers everything else has not been found silent by anybody."""
    host = HostSimulator(indexed.folder / "mirror")
    host.refuse("/find/en/2026-11/made.txt")
    source = WebSource(host.url)
    _count, (problem,) = check_index(source, indexed.press.chain[0].digest, "en")
    source.close()
    host.close()

    assert ("unreachable", "find/en/2026-11/made.txt") == (problem.kind, problem.path)


def test_list_is_written_in_the_order_it_is_read():
    """Whoever writes it need not sort."""
    rows = [Row("a", 1, "ab" * 32), Row("b/c.js", 0, "cd" * 32)]

    assert rows == read_list(write_list(reversed(rows)) + SEAL_LINE)


def test_withdrawal_while_an_index_is_made_leaves_none(tmp_path, monkeypatch):
    """What was read before the withdrawal is neither signed nor left anywhere."""
    paper = Paper(tmp_path)
    stories = [story(1), story(2)]
    paper.publish(stories)
    run = subprocess.run

    def slow(*command, **more):
        monkeypatch.undo()
        stories[0] = documents.changed(stories[0], "Withdrawn", "withdrawal")
        paper.publish(stories)
        return run(*command, **more)

    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(PressError):
        paper.index()

    assert {} == paper.files("archive")
    assert [] == list((tmp_path / "archive" / ".press" / "files").iterdir())
    assert ("2026-11",) == paper.index()
    assert [] == paper.check()[1]


def test_killed_after_the_files_are_placed_the_next_run_signs(tmp_path):
    """Until its list is signed nothing is claimed, and no mirror gets it."""
    paper = Paper(tmp_path)
    paper.publish([story(1)])

    class Killed(BaseException):
        """End a run as a power cut does."""

    def reached(found):
        if found == "file recorded":
            raise Killed

    paper.press.reached = reached
    with pytest.raises(Killed):
        paper.index()
    paper.press.reached = lambda _step: None
    paper.deliver()
    assert {} == paper.files("mirror")
    paper.index()

    assert [] == paper.check()[1]
    assert paper.press.state.log_size()[0] == 2
