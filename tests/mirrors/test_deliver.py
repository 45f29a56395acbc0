"""Delivery: only what is missing, and never a half-made edition in view."""

import os
import shutil
import time
from pathlib import Path

import pytest

import documents
from mirrors.conftest import STORIES
from tamizdat.edition import tree
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import deliver
from tamizdat.mirrors.errors import MirrorError, RoadError
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.repair import repair
from tamizdat.mirrors.transports import directory
from tamizdat.press.archive import Archive
from tamizdat.press.run import Press


class Recorder:
    """A mirror that notes what is written, and fails when told to.

    Attributes:
        writes: paths in the order they were written or placed.
        order: the same, and "settle" where all before became durable.
    """

    def __init__(self, mirror):
        self._mirror = mirror
        self.writes = []
        self.order = []
        self._left = None
        self._fatal = None

    def fail_after(self, writes):
        """Let the road end after so many writes."""
        self._left = writes

    def fail_when_writing(self, path):
        """Let the road end at one file."""
        self._fatal = path

    def read(self, path, limit):
        """Read as the mirror does."""
        return self._mirror.read(path, limit)

    def exists(self, path):
        """Look as the mirror does."""
        return self._mirror.exists(path)

    def write(self, path, content):
        """Write, unless the road has ended."""
        self._step(path)
        self._mirror.write(path, content)

    def place(self, path, digest):
        """Place, unless the road has ended."""
        self._step(path)
        self._mirror.place(path, digest)

    def remove(self, path):
        """Remove, unless the road has ended."""
        self._step(path)
        self._mirror.remove(path)

    def settle(self):
        """Settle, and note it."""
        self._mirror.settle()
        self.order.append("settle")

    def sweep(self):
        """Sweep as the mirror does."""
        self._mirror.sweep()

    def held(self):
        """Hold as the mirror does."""
        return self._mirror.held()

    def _step(self, path):
        if self._left == len(self.writes) or path == self._fatal:
            raise RoadError(f"{path}: the line is cut")
        self.writes.append(path)
        self.order.append(path)


def check(stage):
    """Check the mirror's directory."""
    return check_service(stage.mirror, stage.press.chain, "en")


def test_mirror_holds_what_the_archive_holds(stage):
    """Every file of the archive, and nothing private, is on the mirror."""
    archive = stage.press.archive.root

    def files(root):
        return {
            str(p.relative_to(root)): p.read_bytes()
            for p in root.rglob("*")
            if p.is_file() and ".press" not in p.parts
        }

    assert files(archive) == files(stage.mirror.root)
    assert check(stage).verified


def test_second_delivery_writes_only_what_changed(stage):
    """Cost follows the change: one headline is a handful of objects."""
    stage.change()
    recorder = Recorder(stage.mirror)
    deliver.deliver(stage.press.archive, recorder, "en")
    objects = [path for path in recorder.writes if path.startswith("o/")]

    assert len(objects) <= 20
    assert check(stage).verified


def test_latest_is_written_last_and_objects_first(stage):
    """A reader never meets a `latest` whose objects are not there."""
    stage.change()
    recorder = Recorder(stage.mirror)
    deliver.deliver(stage.press.archive, recorder, "en")
    shown = [path for path in recorder.writes if not path.startswith(".")]
    kinds = [path.split("/", maxsplit=1)[0] for path in shown]
    order = [kinds.index(kind) for kind in ("o", "log", "en", "index.html")]

    assert "en/latest" == shown[-1]
    assert sorted(order) == order


@pytest.mark.parametrize("log", [True, False])
def test_delivery_cut_anywhere_leaves_a_verified_edition(stage, log):
    """At every step `latest` and objects verify, and the next run mends."""
    stage.change()
    deliver.deliver(stage.press.archive, stage.mirror, "en", log=log)
    stage.change("A third headline")
    probe = Recorder(stage.mirror)
    number = parse_latest(stage.mirror.read("en/latest", 4096)).statement.number
    cut = 0
    while True:
        probe.writes.clear()
        probe.fail_after(cut)
        try:
            deliver.deliver(stage.press.archive, probe, "en", log=log)
            break
        except RoadError:
            cut += 1
        held = check(stage)
        kinds = {problem.kind for problem in held.problems}

        assert held.number in {number, number + 1}
        assert kinds <= {"unfinished"}, held.problems
        if cut > 200:
            pytest.fail("delivery does not end")

    assert check(stage).verified
    assert number + 1 == check(stage).number


def test_page_no_longer_in_the_tree_is_taken_away(stage):
    """A mirror shows the pages of its edition and no others."""
    gone = {path for path in _pages(stage) if path.startswith("en/s/law")}
    assert gone
    service = documents.service(sections=[{"id": "society", "name": "Society"}])
    stage.publish([service, *(documents.story(n) for n in range(1, 6))])
    stage.deliver()

    assert not gone & _pages(stage)
    assert check(stage).verified


def test_mirror_of_unknown_state_is_brought_up_to_date(stage):
    """What a mirror says of itself is not believed."""
    (stage.mirror.root / "en" / "latest").write_bytes(b"nonsense")
    stage.change()
    stage.deliver()

    assert check(stage).verified
    assert 2 == check(stage).number


def test_repair_mends_every_wrong_byte(stage):
    """One command brings a damaged mirror back."""
    damaged = sorted((stage.mirror.root / "o").rglob("*"))
    files = [path for path in damaged if path.is_file()]
    for path in (files[0], files[-1]):
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    files[len(files) // 2].unlink()
    assert not check(stage).verified
    repair(stage.press.archive, stage.mirror, "en")
    stage.deliver()

    assert check(stage).verified, check(stage).problems


def test_page_of_a_delivery_that_died_is_taken_away_by_the_next(stage):
    """A page that only a half-delivered edition had does not stay."""
    before = _pages(stage)
    stage.publish(with_section("culture"))
    cut = Recorder(stage.mirror)
    cut.fail_when_writing("en/latest")
    with pytest.raises(RoadError):
        deliver.deliver(stage.press.archive, cut, "en")
    assert before < _pages(stage)
    stage.publish(STORIES)
    stage.deliver()

    assert before == _pages(stage)
    assert check(stage).verified, check(stage).problems
    assert not stage.mirror.exists(".placing/en")


def test_two_deliveries_that_died_are_both_undone(stage):
    """However many editions were skipped, a mirror shows one."""
    before = _pages(stage)
    for section in ("culture", "health"):
        stage.publish(with_section(section))
        cut = Recorder(stage.mirror)
        cut.fail_when_writing("en/latest")
        with pytest.raises(RoadError):
            deliver.deliver(stage.press.archive, cut, "en")
        assert any(path.startswith(f"en/s/{section}") for path in _pages(stage))
    stage.publish(STORIES)
    stage.deliver()

    assert before == _pages(stage)
    assert check(stage).verified


def _pages(stage):
    return {path for path in stage.mirror.list("en") if path.endswith(".html")}


def with_section(name):
    """Write the stories of a service that has one section more."""
    sections = [*documents.service()["sections"], {"id": name, "name": name.title()}]
    return [documents.service(sections=sections), *STORIES[1:]]


def test_repair_takes_away_what_the_tree_does_not_name(stage):
    """A page somebody put beside the signed ones goes."""
    stray = stage.mirror.root / "en" / "a" / "stray.html"
    stray.write_bytes(b"not ours")
    repair(stage.press.archive, stage.mirror, "en")

    assert not stray.exists()
    assert check(stage).verified


def test_repair_mends_the_log(stage):
    """A wrong tile is written again, too."""
    tile = stage.mirror.root / "log" / "tile" / "0" / "000.p" / "1"
    clean = tile.read_bytes()
    tile.write_bytes(b"\0" * 32)
    repair(stage.press.archive, stage.mirror, "en")

    assert clean == tile.read_bytes()


def test_names_are_durable_before_what_relies_on_them(stage):
    """After a power failure no directory, log or `latest` names what is lost."""
    stage.change()
    recorder = Recorder(stage.mirror)
    deliver.deliver(stage.press.archive, recorder, "en")
    order = recorder.order
    latest = order.index("en/latest")
    sent = {path: at for at, path in enumerate(order) if path.startswith("o/")}
    below = [
        (sent[child], at)
        for path, at in sent.items()
        for child in _children((stage.mirror.root / path).read_bytes())
        if child in sent
    ]

    assert below
    assert all("settle" in order[child:parent] for child, parent in below)
    assert "settle" == order[order.index("log/checkpoint") - 1]
    assert ["settle", "en/latest", "settle"] == order[latest - 1 : latest + 2]


def _children(content):
    """List the places of the objects that a directory object names."""
    if not content.startswith(b"tamizdat-dir/1"):
        return []
    entries = tree.parse_directory(content, "").entries
    return [deliver.object_path(entry.target) for entry in entries]


def test_settled_folders_are_synced_with_those_above(stage, monkeypatch):
    """A file is durable only when each folder on its path is."""
    stage.mirror.settle()
    synced = set()
    real = os.fsync

    def sync(handle):
        synced.add(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    stage.mirror.write("x/y/file", b"1")
    synced.clear()
    stage.mirror.settle()
    root = stage.mirror.root.resolve()

    assert {str(root), str(root / "x"), str(root / "x" / "y")} == synced


def test_newer_latest_is_not_written_over_by_an_old_archive(stage):
    """An archive restored from an old backup takes no news back."""
    backup = shutil.copytree(stage.press.archive.root, stage.folder / "backup")
    stage.change()
    stage.deliver()
    held = stage.mirror.read("en/latest", 4096)
    for verb in (deliver.deliver, repair):
        with pytest.raises(
            MirrorError, match=r"edition 2, leaf .* archive has 1, leaf"
        ):
            verb(Archive(backup), stage.mirror, "en")

    assert held == stage.mirror.read("en/latest", 4096)
    assert check(stage).verified


def test_other_statement_of_the_same_number_is_not_written_over(stage):
    """Two editions of one number are never both delivered to one place."""
    backup = shutil.copytree(stage.press.archive.root, stage.folder / "backup")
    stage.change("One headline")
    stage.deliver()
    press = Press(Archive(backup), stage.folder / "keys")
    stage.press, kept = press, stage.press
    stage.change("Another one")
    with pytest.raises(MirrorError, match=r"edition 2, leaf .* archive has 2, leaf"):
        stage.deliver()
    stage.press = kept

    assert check(stage).verified


def test_delivery_of_an_older_edition_leaves_the_newer_one(stage):
    """Two processes deliver at once; `latest` never goes back."""
    old = (stage.press.archive.root / "en" / "latest").read_bytes()
    stage.change()
    stage.deliver()

    assert 0 == deliver.deliver(stage.press.archive, stage.mirror, "en", old)
    assert 2 == check(stage).number


def test_leftovers_of_dead_deliveries_are_swept(stage, monkeypatch):
    """A half-written file goes after its time, not before."""
    old, new = (stage.mirror.root / ".part" / name for name in ("old", "new"))
    monkeypatch.setattr(directory, "LEFT_OVER", 0.5)
    old.touch()
    time.sleep(0.6)
    new.touch()
    stage.deliver()

    assert not old.exists()
    assert new.exists()


def test_tenth_trust_note_is_sent_after_the_second(stage):
    """A mirror never has a note whose forerunners are missing."""
    recorder = Recorder(stage.mirror)
    trust = stage.press.archive.root / "trust"
    for version in range(2, 12):
        (trust / f"{version}.note").write_bytes(b"a later note")
    deliver._send_trust(stage.press.archive, recorder)  # noqa: SLF001 - signing is slow

    assert [f"trust/{version}.note" for version in range(2, 12)] == recorder.writes
