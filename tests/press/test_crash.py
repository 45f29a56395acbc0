"""Crashes: the process is killed at every step, and nothing said is ever unsaid."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

import documents
from cast import NOW
from held import holders
from tamizdat.edition.errors import EditionError, StoryError
from tamizdat.edition.log import read_bundle, tile_at
from tamizdat.edition.statement import parse_latest
from tamizdat.edition.trust import verify_chain
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import PRIVATE, UNSETTLED, Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.errors import ArchiveError
from tamizdat.press.keys import load_chain, new_organisation
from tamizdat.press.run import STEPS, Press

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 40))]
CHANGED = [*STORIES[:-1], documents.changed(STORIES[-1], "Another headline")]
PLANTED = "Planted Name"  # of nobody; must not survive
NAMED = documents.changed(STORIES[-1], PLANTED)
REDACTED = documents.changed(NAMED, "Somebody", "redaction")
OTHER = [*CHANGED[:-1], documents.changed(CHANGED[-1], "Quite another", "minor")]

# Runs in a process of its own, which kills itself without a word at a named step.
_DIE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.run import Press

folder, step, now = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
press = Press(Archive(folder / "archive"), folder / "keys")

def reached(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)

press.reached = reached
press.publish(ContentFile(folder / "content.jsonl"), lambda _digest: None, now)
"""


class Stage:
    """An archive with one edition, and a press that can be made to die."""

    def __init__(self, folder):
        self.folder = folder
        new_organisation(folder / "keys", "press.example", ["en"], NOW)
        self.publish(STORIES, 0)
        self.first = self.entries()

    def publish(self, rows, hours):
        """Publish documents in this process."""
        path = documents.write(self.folder / "content.jsonl", rows)
        press = Press(Archive(self.folder / "archive"), self.folder / "keys")
        now = NOW + timedelta(hours=hours)
        try:
            return press.publish(ContentFile(path), lambda _digest: None, now)[0]
        finally:
            press.state.close()

    def publish_and_die(self, rows, hours, step):
        """Publish documents in a process that is killed when it reaches a step."""
        documents.write(self.folder / "content.jsonl", rows)
        now = (NOW + timedelta(hours=hours)).isoformat()
        run = subprocess.run(
            [sys.executable, "-c", _DIE, self.folder, step, now],
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        return run.returncode

    def report(self):
        """Check every byte of the archive as a stranger would."""
        chain = verify_chain(load_chain(self.folder / "keys"))
        return check_service(DirectoryTransport(self.folder / "archive"), chain, "en")

    def latest(self):
        """Take `latest` apart."""
        return parse_latest((self.folder / "archive" / "en" / "latest").read_bytes())

    def entries(self):
        """List the log's entries as `latest` proves them."""
        size = self.latest().proof.checkpoint.size
        archive = Archive(self.folder / "archive")
        return list(read_bundle(archive.read_tile(tile_at(-1, 0, size))))


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Print the first edition once for all tests."""
    return Stage(tmp_path_factory.mktemp("printed")).folder


@pytest.fixture
def stage(printed, tmp_path):
    """Give an archive with one edition."""
    shutil.copytree(printed, tmp_path / "stage")
    stage = Stage.__new__(Stage)
    stage.folder = tmp_path / "stage"
    stage.first = stage.entries()
    return stage


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_last_edition_verifies_and_the_next_run_completes(
    stage, step
):
    """Signatures and objects stay whole; a number is finished, never given again."""
    assert -signal.SIGKILL == stage.publish_and_die(CHANGED, 1, step)
    held = stage.report()

    assert held.number in {1, 2}
    assert {p.kind for p in held.problems} <= {"unfinished", "forged"}, held.problems
    assert all(
        p.path.startswith("en/") or p.path == "index.html" for p in held.problems
    )

    said = stage.entries()
    edition = stage.publish(OTHER, 2)
    finished = STEPS.index(step) >= STEPS.index("recorded")

    assert (3 if finished else 2) == edition.number
    assert said == stage.entries()[: len(said)]
    assert stage.first == stage.entries()[:1]
    assert stage.report().verified, stage.report().problems


def carriers(folder):
    """List every file of an archive that holds the planted words."""
    return holders(folder / "archive", PLANTED)


def objects(folder):
    """List the objects of an archive, and whatever else stands beside them."""
    return {p for p in (folder / "archive" / "o").rglob("*") if p.is_file()}


def hidden(folder):
    """List what is on its way or unsettled in an archive."""
    archive = folder / "archive"
    kept = {".press", "press.sqlite3", "press.sqlite3-wal", "press.sqlite3-shm", "lock"}
    found = [*archive.rglob(".*"), *(archive / ".press").iterdir()]
    return [path.name for path in found if path.name not in kept]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_same_content_is_printed_once(stage, step):
    """The next run completes the edition, and leaves nothing on its way."""
    assert -signal.SIGKILL == stage.publish_and_die([*STORIES[:-1], NAMED], 1, step)
    stage.publish([*STORIES[:-1], NAMED], 2)
    report = stage.report()

    assert (2, True) == (report.number, report.verified), report.problems
    assert [] == hidden(stage.folder)


@pytest.mark.parametrize("step", STEPS)
def test_release_taken_back_after_a_kill_was_never_published(stage, step):
    """A run that changes nothing takes away the objects and pages of the killed one."""
    before = objects(stage.folder)
    assert -signal.SIGKILL == stage.publish_and_die([*STORIES[:-1], NAMED], 1, step)
    if STEPS.index(step) < STEPS.index("recorded"):
        assert not stage.publish(STORIES, 2).changed
        assert before == objects(stage.folder)
        assert [] == carriers(stage.folder)
    else:  # its number was taken, so it is finished
        with pytest.raises(EditionError, match="story-39"):
            stage.publish(STORIES, 2)
        assert 2 == stage.report().number

    assert stage.report().verified, stage.report().problems
    assert [] == hidden(stage.folder)


@pytest.mark.parametrize("step", STEPS)
def test_words_of_a_killed_run_go_with_a_redaction(stage, step):
    """Printed or not, words that a redaction takes back stand in no file."""
    assert -signal.SIGKILL == stage.publish_and_die([*STORIES[:-1], NAMED], 1, step)
    assert carriers(stage.folder)
    stage.publish([*STORIES[:-1], REDACTED], 2)

    assert [] == carriers(stage.folder)
    assert stage.report().verified, stage.report().problems


def test_refused_run_leaves_nothing_of_its_other_stories(stage):
    """What was printed before the refusal is gone when the run returns."""
    before = objects(stage.folder)
    bad = documents.story(50, section="nope")
    with pytest.raises(StoryError, match="section"):
        stage.publish([*STORIES[:-1], NAMED, bad], 1)

    assert before == objects(stage.folder)
    assert [] == carriers(stage.folder)
    assert [] == hidden(stage.folder)
    assert stage.report().verified, stage.report().problems


def test_undoing_may_be_cut_anywhere(stage, monkeypatch):
    """Each try to undo takes away one file more; the last one completes."""
    stage.publish_and_die([*STORIES[:-1], NAMED], 1, "placed")
    take_away, left = Archive._take_away, 0  # noqa: SLF001 - where the disk gives out

    def fail_after_some(archive, path):
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.EIO, "Input/output error")
        take_away(archive, path)

    monkeypatch.setattr(Archive, "_take_away", fail_after_some)
    tries = 0
    while True:
        left = tries
        try:
            stage.publish(STORIES, 2)
            break
        except ArchiveError:
            tries += 1

    assert tries > 5
    assert [] == carriers(stage.folder)
    assert stage.report().verified, stage.report().problems


def test_first_run_of_an_archive_is_undone_to_nothing(tmp_path):
    """Without an edition before, no page and no object stays, nor `index.html`."""
    stage = Stage.__new__(Stage)
    stage.folder = tmp_path
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    stage.publish_and_die([*STORIES[:-1], NAMED], 1, "settled")
    assert (tmp_path / "archive" / "index.html").exists()
    with pytest.raises(StoryError, match="section"):
        stage.publish([STORIES[0], documents.story(1, section="nope")], 2)
    left = {p for p in (tmp_path / "archive").rglob("*") if p.is_file()}

    assert {"1.note", "press.sqlite3", "lock"} == {path.name for path in left}


def test_objects_of_a_killed_run_are_flushed_before_they_are_signed(stage, monkeypatch):
    """What a killed run left in memory only is written and flushed by the next one."""
    before = objects(stage.folder)
    stage.publish_and_die(CHANGED, 1, "placed")
    flushed, fsync = set(), os.fsync

    def note(handle):
        flushed.add(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    assert 2 == stage.publish(CHANGED, 2).number
    new = objects(stage.folder) - before

    assert len(new) > 5
    assert set() == new - flushed


@pytest.mark.parametrize("step", STEPS)
def test_killed_twice_at_the_same_step_the_press_still_completes(stage, step):
    """Recovery is the ordinary path, and can be cut like any run."""
    assert -signal.SIGKILL == stage.publish_and_die(CHANGED, 1, step)
    stage.publish_and_die(CHANGED, 2, step)  # may not come by the same step again
    stage.publish(CHANGED, 3)

    assert 2 == stage.latest().statement.number
    assert stage.report().verified, stage.report().problems


class FailingArchive(Archive):
    """An archive whose disk gives out after some writes."""

    def __init__(self, root, writes):
        super().__init__(root)
        self._left = writes

    def _put(self, folder, path, content):
        if self._left == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._left -= 1
        super()._put(folder, path, content)


def test_write_that_fails_anywhere_changes_no_edition(stage):
    """At every write the run stops, the edition stands, and the next run completes."""
    path = documents.write(stage.folder / "content.jsonl", CHANGED)
    writes = 0
    while True:
        archive = FailingArchive(stage.folder / "archive", writes)
        press = Press(archive, stage.folder / "keys")
        now = NOW + timedelta(hours=1, minutes=writes)
        try:
            press.publish(ContentFile(path), lambda _digest: None, now)
            break
        except ArchiveError:
            pass  # the disk gave out, as it was told to
        finally:
            press.state.close()
        assert stage.report().number in {1, 2}
        writes += 1

    assert writes > 5
    assert 2 == stage.latest().statement.number
    assert stage.report().verified, stage.report().problems


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_full_disk_changes_no_edition(stage, tmp_path):
    """A disk that is really full stops the press with one clear error."""
    disk = tmp_path / "disk"
    disk.mkdir()
    blocks = sum(1 + p.stat().st_size // 4096 for p in stage.folder.rglob("*"))
    mounted = subprocess.run(
        [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={4 * blocks + 2048}k",
            "none",
            disk,
        ],
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine mounts nothing")
    try:
        folder = disk / "stage"
        shutil.copytree(stage.folder, folder)
        stage.folder = folder
        filler = disk / "filler"
        _fill(filler)
        with pytest.raises(ArchiveError, match=r"No space left|disk"):
            stage.publish(CHANGED, 1)
        assert stage.report().number == 1
        assert stage.report().verified
        filler.unlink()
        stage.publish(CHANGED, 2)

        assert 2 == stage.latest().statement.number
        assert stage.report().verified, stage.report().problems
    finally:
        subprocess.run(["umount", disk], check=True)


def _fill(path: Path) -> None:
    """Write until nothing more fits."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


@pytest.mark.parametrize(("step", "lines"), [("placed", None), ("printed", 4)])
@pytest.mark.parametrize("rows", [CHANGED, STORIES])
def test_what_a_power_cut_left_empty_is_no_object(stage, step, lines, rows):
    """Names without their bytes go, the torn end of the journal or not."""
    before = objects(stage.folder)
    stage.publish_and_die(CHANGED, 1, step)
    new = sorted(objects(stage.folder) - before)
    journal = stage.folder / "archive" / PRIVATE / UNSETTLED
    if lines:
        kept = journal.read_bytes().splitlines(keepends=True)[:lines]
        journal.write_bytes(b"".join(kept) + b"o 0123" + bytes(60) + b"\n\xff")
    for path in new:
        os.truncate(path, 0)
    stage.publish(rows, 2)

    assert len(new) > 5
    assert stage.report().verified, stage.report().problems
    assert [] == [p for p in objects(stage.folder) if not p.stat().st_size]
    assert [] == hidden(stage.folder)
