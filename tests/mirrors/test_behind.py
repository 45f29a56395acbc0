"""An ordinary mirror gets its log in rounds; what it shows in between is proved."""

import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner

import documents
from cast import NOW
from mirrors.conftest import STORIES
from mirrors.test_monitor import alerts
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import deliver
from tamizdat.mirrors.deep import check as check_deep
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.monitor import Monitor
from tamizdat.mirrors.probe import check_mirror
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.run import Press
from tamizdat.server.cli import main


def bring(stage):
    """Deliver the newest edition as an ordinary mirror gets it."""
    return deliver.deliver(stage.press.archive, stage.mirror, "en", log=False)


def head_of(stage):
    """Read how many leaves the mirror's log has."""
    return int(stage.mirror.read("log/checkpoint", 16384).splitlines()[1])


def verify(stage, *options):
    """Check the mirror on the command line."""
    words = ["edition", "verify", str(stage.mirror.root), *options]
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


@pytest.fixture
def behind(stage):
    """Give a mirror with edition 3 and a log of edition 1."""
    for headline in ("A second headline", "A third headline"):
        stage.change(headline)
        bring(stage)
    return stage


def test_edition_goes_to_an_ordinary_mirror_without_the_log_and_verifies(behind):
    """Whoever verifies needs `latest` alone; the log comes with the next round."""
    reports, book = check_mirror(behind.mirror, behind.press.chain, ["en"])
    before = head_of(behind)
    code, said = verify(behind, "--deep")
    beside = parse_latest(behind.mirror.read("en/latest.beside", 4096))
    deliver.bring_heads(behind.press.archive, behind.mirror, ["en"])
    after = deliver.bring_heads(behind.press.archive, behind.mirror, ["en"])

    assert (1, 3) == (before, head_of(behind))
    assert (True, True, 3) == (book.verified, reports[0].verified, reports[0].number)
    assert 2 == beside.statement.number
    assert 0 == code
    assert "proved in a log of 3 leaves, 0 of the 1 here compared" in said
    assert 0 == after
    assert "compared" not in verify(behind, "--deep")[1]


def test_longer_log_of_another_mirror_closes_the_gap(behind):
    """The archive mirror has what an ordinary one has not yet."""
    code, said = verify(behind, "--deep", "--log", str(behind.press.archive.root))
    wrong = verify(behind, "--log", str(behind.press.archive.root))

    assert (0, False) == (code, "compared" in said)
    assert 2 == wrong[0]


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("nowhere", "no such directory"),
        ("n" * 300, "no such directory"),
        ("empty", "log/checkpoint: no such file: this mirror has no log; ask another"),
    ],
)
def test_longer_log_that_cannot_be_read_is_named(behind, monkeypatch, where, reason):
    """The mirror is not: it is not what is missing."""
    monkeypatch.chdir(behind.folder)
    (behind.folder / "empty").mkdir()
    code, said = verify(behind, "--deep", "--log", where)

    assert (1, True) == (code, said.startswith(f"Error: {where}: {reason}")), said
    assert "verified" not in said


def test_head_one_leaf_ahead_is_compared_with_the_whole_log(stage):
    """The proof in `latest` names every leaf before its own."""
    stage.change()
    bring(stage)
    found = check_deep(stage.mirror, stage.press.chain, ["en"])

    assert ([], []) == (found.problems, found.unseen)


def test_newer_head_of_another_history_is_forged(stage):
    """A `latest` that does not continue the log beside it is named."""
    copy = stage.folder / "copy"
    stage.press.state.close()
    shutil.copytree(stage.press.archive.root, copy)
    for root, many in ((stage.press.archive.root, [20]), (copy, [21, 22])):
        press, rows = Press(Archive(root), stage.folder / "keys"), [*STORIES]
        for number in many:
            rows.append(documents.story(number))
            content = ContentFile(documents.write(stage.folder / "x.jsonl", rows))
            now = NOW + timedelta(hours=number)
            press.publish(content, lambda _digest: None, now)
        deliver.deliver(Archive(stage.press.archive.root), stage.mirror, "en")
    shutil.copy(copy / "en" / "latest", stage.mirror.root / "en" / "latest")
    _reports, book = check_mirror(stage.mirror, stage.press.chain, ["en"])
    _head, other = read_log(DirectoryTransport(copy), stage.press.chain[-1])
    found = check_deep(stage.mirror, stage.press.chain, ["en"], other)

    assert [
        "log: forged: expected one history, found another than the longer log's"
    ] == [str(problem) for problem in found.problems]
    assert any(str(one).startswith("en/latest: forged: exp") for one in book.problems)


def test_monitor_waits_an_hour_for_the_log_of_editions_between(behind):
    """A round that is still to come is no alarm; a log held back is."""
    monitor = Monitor(behind.folder / "seen")
    shutil.copytree(behind.mirror.root, behind.folder / "old")
    old = DirectoryTransport(behind.folder / "old")
    first = behind.press.archive.root / "en" / "latest"
    monitor.look(old)
    for headline in ("A fourth headline", "A fifth headline"):
        behind.change(headline)
        bring(behind)
    signed = parse_latest(first.read_bytes()).statement.time
    waits = monitor.look(behind.mirror, signed + timedelta(minutes=59))
    late = monitor.look(behind.mirror, signed + timedelta(minutes=61))
    deliver.bring_heads(behind.press.archive, behind.mirror, ["en"])
    judged = monitor.look(behind.mirror, signed + timedelta(minutes=62))

    assert [] == alerts(waits)
    assert [
        "en: edition 5 cannot be judged: the mirror's log ends at 1 leaves since"
    ] == [what.partition(" more than")[0] for what in alerts(late)]
    assert ["en: edition 3 to 5"] == [word.what for word in judged]


def test_delivery_after_one_that_died_brings_the_log(behind):
    """Pages of two editions beside `latest` are explained by the log alone."""
    note = behind.mirror.root / ".placing"
    note.mkdir(exist_ok=True)
    (note / "en").write_text("")
    assert 1 == head_of(behind)
    (note / "en").write_text("ab" * 32 + "\n")
    behind.change("A fourth headline")
    bring(behind)

    assert 4 == head_of(behind)
