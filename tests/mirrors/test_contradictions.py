"""Two histories under one key: met, written down, explained, never silent."""

import hashlib
import json
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner

import documents
from cast import NOW
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import contradictions, probe
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.run import Press
from tamizdat.server.cli import main

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


@pytest.fixture
def twins(stage):
    """Give two archives that went apart: each signed its own edition 2."""
    copy = stage.folder / "copy"
    stage.press.state.close()
    shutil.copytree(stage.press.archive.root, copy)
    presses = [
        Press(Archive(place), stage.folder / "keys")
        for place in (stage.press.archive.root, copy)
    ]
    for number, press in enumerate(presses):
        rows = [*STORIES, documents.story(20 + number)]
        place = documents.write(stage.folder / f"{number}.jsonl", rows)
        press.publish(
            ContentFile(place, {}), lambda _digest: None, NOW + timedelta(hours=3)
        )
    return [DirectoryTransport(press.archive.root) for press in presses]


def latest(source):
    """Read what a mirror shows."""
    return source.read("en/latest", 4096)


def run(*words):
    """Run `edition verify` as it is typed."""
    return CliRunner().invoke(main, ["edition", "verify", *map(str, words)])


def test_mirror_beside_another_history_gives_evidence(twins):
    """One edition number, one place, one size: three contradictions in one theft."""
    one, two = twins
    notes = probe.read_chain(one)
    found = contradictions.met(one, notes, ["en"], [latest(two)])
    kinds = {contradictions.judge(proof).kind for proof in found}

    assert {"checkpoints", "number", "index"} == kinds


def test_mirror_that_is_behind_gives_no_evidence(stage, twins):
    """Old news is no contradiction."""
    one, _two = twins
    notes = probe.read_chain(one)

    assert [] == contradictions.met(one, notes, ["en"], [latest(stage.mirror)])
    assert [] == contradictions.met(one, notes, ["en"])


def test_log_put_under_another_latest_is_written_down_and_explained(twins, tmp_path):
    """`edition verify` names the file; the file convinces somebody else."""
    one, two = twins
    root = one.root
    (root / "en" / "latest").write_bytes(latest(two))
    done = run(root, "--proofs", tmp_path / "evidence")
    files = sorted((tmp_path / "evidence").iterdir())
    first = hashlib.sha256((root / "trust" / "1.note").read_bytes()).hexdigest()

    assert 1 == done.exit_code
    assert files
    told = [run("--proof", file, "--fingerprint", first) for file in files]
    assert {0} == {one.exit_code for one in told}
    words = " ".join(one.stdout for one in told)
    assert "press.example: the log press.example/log/1 was shown with two" in words
    assert "with different contents" in words
    assert all(file.name in done.stdout for file in files)


def test_number_given_twice_in_one_log_is_found(twins, stage, tmp_path):
    """A press that forgot what it signed leaves both in its log."""
    one, _two = twins
    press = Press(Archive(one.root), stage.folder / "keys")
    held = parse_latest(latest(one))
    database = press.state.database
    first = parse_latest(latest(stage.mirror)).entry
    database.execute("UPDATE edition SET number = 1, entry = ?, leaf = 0", (first,))
    again = documents.changed(documents.story(20), "Another headline")
    rows = [*STORIES, again, documents.story(30)]  # what is kept of it is of edition 2
    place = documents.write(tmp_path / "again.jsonl", rows)
    press.publish(ContentFile(place, {}), lambda _digest: None, NOW + timedelta(days=1))
    done = run(one.root, "--proofs", tmp_path / "evidence")

    assert 2 == held.statement.number
    assert 1 == done.exit_code
    assert "each number of en once, going up, found 2 at leaf 2, 2 at leaf 1" in (
        done.stdout
    )
    assert "edition 2 of en was published twice with different contents" in done.stdout


def test_evidence_as_json_says_the_same(twins, tmp_path):
    """A program can read what a proof file shows."""
    one, two = twins
    notes = probe.read_chain(one)
    found = contradictions.met(one, notes, ["en"], [latest(two)])
    path, shown = contradictions.keep(found[0], tmp_path)
    assert path == contradictions.keep(found[0], tmp_path)[0]
    row = json.loads(run("--proof", path, "--json").stdout)

    assert (shown.sentence, shown.kind) == (row["sentence"], row["kind"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "expected tamizdat-proof/1"),
        (b"", "expected tamizdat-proof/1"),
        (b"tamizdat-proof/1\nkind number\n", "expected trust notes and two parts"),
    ],
)
def test_file_that_shows_nothing_says_so_in_one_line(tmp_path, content, said):
    """Exit status 1, the file, what was expected."""
    path = tmp_path / "x.proof"
    path.write_bytes(content)
    done = run("--proof", path)

    assert 1 == done.exit_code
    assert f"{path}: {said}" in done.stderr


def test_verify_wants_a_mirror_or_a_proof_file():
    """Neither and both are wrong use."""
    assert (2, 2) == (run().exit_code, run(".", "--proof", __file__).exit_code)


def test_damaged_log_proves_nothing(twins):
    """Entries that do not fit make no evidence and no crash."""
    one, two = twins
    for path in (one.root / "log" / "tile").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00")
    notes = probe.read_chain(one)
    kinds = {
        contradictions.judge(proof).kind
        for proof in contradictions.met(one, notes, ["en"], [latest(two), b"x"])
    }

    assert {"checkpoints", "number", "index"} == kinds


def test_press_that_reads_a_mirror_back_keeps_evidence(twins, stage):
    """The board says what was met and where the proof lies."""
    one, two = twins
    chain = probe.trust_of(one)
    report = probe.check_service(two, chain, "en")
    archive = Archive(one.root)
    contradictions.weigh(report, archive)
    files = sorted((stage.folder / contradictions.EVIDENCE).iterdir())

    assert 3 == len(files) == report.count
    assert not report.verified
    assert "evidence: " in report.problems[0].found
    good = probe.check_service(one, chain, "en")
    contradictions.weigh(good, archive)
    assert good.verified
