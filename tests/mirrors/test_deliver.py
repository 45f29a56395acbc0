"""Delivery: only what is missing, and never a half-made edition in view."""

import pytest

import documents
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors import deliver
from tamizdat.mirrors.errors import RoadError
from tamizdat.mirrors.probe import check_service


class Recorder:
    """A mirror that notes what is written, and fails when told to.

    Attributes:
        writes: paths in the order they were written or placed.
    """

    def __init__(self, mirror):
        self._mirror = mirror
        self.writes = []
        self._left = None

    def fail_after(self, writes):
        """Let the road end after so many writes."""
        self._left = writes

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

    def _step(self, path):
        if self._left == len(self.writes):
            raise RoadError(f"{path}: the line is cut")
        self.writes.append(path)


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
    kinds = [path.split("/", maxsplit=1)[0] for path in recorder.writes]
    order = [kinds.index(kind) for kind in ("o", "log", "en", "index.html")]

    assert "en/latest" == recorder.writes[-1]
    assert sorted(order) == order


def test_delivery_cut_anywhere_leaves_a_verified_edition(stage):
    """At every step `latest` and objects verify, and the next run mends."""
    stage.change()
    probe = Recorder(stage.mirror)
    number = parse_latest(stage.mirror.read("en/latest", 4096)).statement.number
    cut = 0
    while True:
        probe.writes.clear()
        probe.fail_after(cut)
        try:
            deliver.deliver(stage.press.archive, probe, "en")
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
    gone = stage.mirror.root / "en" / "s" / "law" / "index.html"
    assert gone.exists()
    service = documents.service(sections=[{"id": "society", "name": "Society"}])
    stage.publish([service, *(documents.story(n) for n in range(1, 6))])
    stage.deliver()

    assert not gone.exists()
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
    deliver.repair(stage.press.archive, stage.mirror, "en")
    stage.deliver()

    assert check(stage).verified, check(stage).problems
