"""Serving many mirrors: no mirror waits for another, and none gets news too early."""

import shutil
import threading
import time

import pytest

from mirrors.simulator import MuteSimulator
from tamizdat.mirrors import actions, courier
from tamizdat.mirrors.models import Holding, Mirror
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.resident import now_utc
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.mirrors.transports import web
from tamizdat.mirrors.transports.directory import DirectoryTransport

pytestmark = pytest.mark.django_db


class Fleet:
    """The mirrors of a stage, served or mute. `servers`: by name."""

    def __init__(self, stage):
        self.stage = stage
        self.servers = {}

    def add(self, name, server=None, *, archive=False):
        """Add a mirror, served honestly unless told otherwise; give its folder."""
        folder = self.stage.folder / f"mirror-{name}"
        folder.mkdir()
        self.servers[name] = server or MirrorServer(folder)
        url = self.servers[name].url
        actions.add_mirror(name, folder, url, "press.example", archive=archive)
        return folder

    def push(self, services=("en",), **how):
        """Bring every mirror up to date; give the states by mirror."""
        press = self.stage.press
        rows = actions.push(press.archive, press.chain, services, now_utc(), **how)
        return {row.mirror.name: row for row in rows}

    def number(self, name):
        """Read which edition a mirror's folder holds, verified."""
        folder = DirectoryTransport(self.stage.folder / f"mirror-{name}")
        return check_service(folder, self.stage.press.chain, "en").number

    def close(self):
        """Stop every server."""
        for server in self.servers.values():
            server.close()


@pytest.fixture
def fleet(stage):
    """Give mirrors that are ended afterwards."""
    fleet = Fleet(stage)
    yield fleet
    fleet.close()


def test_mute_mirror_keeps_nobody_waiting(fleet, monkeypatch):
    """The others are verified while one does not answer, and it is said of that one."""
    monkeypatch.setattr(courier, "WHOLE_SECONDS", 2.0)
    fleet.add("archive", archive=True)
    fleet.add("north")
    fleet.add("mute", MuteSimulator())
    began = time.monotonic()
    held = fleet.push()

    assert time.monotonic() - began < 4
    assert {"archive": "verified", "north": "verified", "mute": "unreachable"} == {
        name: row.state for name, row in held.items()
    }
    assert 1 == fleet.number("mute")


def test_mute_mirror_is_asked_once_in_a_round(tmp_path, stage, monkeypatch):
    """Its other services are not read, and it is said of them, too."""
    names = ["en", "fa", "ru"]
    three = type(stage)(tmp_path / "three", services=names)
    for name in names:
        three.print_one(name, names)
    fleet = Fleet(three)
    monkeypatch.setattr(courier, "WHOLE_SECONDS", 1.0)
    mute = MuteSimulator()
    fleet.add("mute", mute)
    fleet.push(names)
    fleet.close()

    assert 1 == mute.calls
    assert ["unreachable"] * 3 == [row.state for row in Holding.objects.all()]


def test_no_mirror_is_ahead_of_the_archive_mirror(fleet):
    """While the archive mirror cannot be written the others wait, and say why."""
    folder = fleet.add("archive", archive=True)
    fleet.add("north")
    fleet.push()
    fleet.stage.change()
    shutil.rmtree(folder)
    folder.write_text("no directory", encoding="utf-8")
    held = fleet.push()
    folder.unlink()

    assert 1 == fleet.number("north")
    assert "waits for the archive mirror archive" in held["north"].reason

    folder.mkdir()
    fleet.push()
    assert 2 == fleet.number("north")


def test_log_goes_to_the_archive_mirror_at_once_and_to_others_in_rounds(fleet):
    """Entries are kept outside before `latest` is shown; no reader needs them."""

    def leaves():
        heads = [folder / "log" / "checkpoint" for folder in folders]
        return [int(head.read_bytes().splitlines()[1]) for head in heads]

    folders = [fleet.add("north"), fleet.add("south")]
    fleet.push()
    fleet.stage.change()
    fleet.push()
    without_archive = leaves()
    folders.append(fleet.add("archive", archive=True))
    fleet.stage.change("A third headline")
    held = fleet.push()
    at_once = leaves()
    press = fleet.stage.press
    actions.bring_heads(press.archive, press.chain, ["en"], now_utc())

    assert [2, 2] == without_archive
    assert [2, 2, 3] == at_once
    assert {"verified"} == {row.state for row in held.values()}
    assert [3, 3, 3] == leaves()


def test_two_pushes_at_once_leave_the_newest(fleet):
    """A mirror has one writer at a time, of whatever process."""
    folder = fleet.add("north")
    transport = DirectoryTransport(folder)
    done = threading.Event()
    with transport.held():
        other = threading.Thread(target=lambda: _hold(folder, done))
        other.start()
        assert not done.wait(0.3)
    other.join()

    assert done.is_set()


def _hold(folder, done):
    with DirectoryTransport(folder).held():
        done.set()


def test_looking_is_put_off_for_what_is_to_be_written(fleet, monkeypatch):
    """A long reading never delays an edition."""
    fleet.add("north")
    fleet.push()
    press = fleet.stage.press
    carrier = actions.courier(press.archive, press.chain, now_utc)
    place = actions.places()[0]
    slow = threading.Event()
    real = web.WebSource.read
    monkeypatch.setattr(
        web.WebSource, "read", lambda *a: (slow.wait(0.02), real(*a))[1]
    )
    carrier.look(place, "en")
    carrier.step(0.05)
    fleet.stage.change()
    carrier.carry([place], ["en"])
    began = time.monotonic()
    while fleet.number("north") != 2:
        carrier.step(0.05)
        assert time.monotonic() - began < 2
    carrier.finish()
    carrier.close()

    assert "verified" == Holding.objects.get().state


def test_closing_ends_a_reading_under_way(fleet):
    """Nobody waits for a mute mirror to stop the press."""
    fleet.add("mute", MuteSimulator())
    press = fleet.stage.press
    carrier = actions.courier(press.archive, press.chain, now_utc)
    carrier.look(actions.places()[0], "en")
    carrier.step(0.2)
    began = time.monotonic()
    carrier.close()

    assert time.monotonic() - began < 2
    assert not Holding.objects.exists()


def test_unreachable_mirror_is_left_alone_for_a_while(fleet, monkeypatch):
    """It is still written, but not asked again at once."""
    monkeypatch.setattr(courier, "WHOLE_SECONDS", 0.5)
    mute = MuteSimulator()
    fleet.add("mute", mute)
    press = fleet.stage.press
    carrier = actions.courier(press.archive, press.chain, now_utc)
    for _ in range(3):
        fleet.stage.change(str(time.monotonic()))
        carrier.carry(actions.places(), ["en"])
        carrier.finish()
    carrier.close()

    assert 1 == mute.calls
    assert 4 == fleet.number("mute")
    assert "unreachable" == Holding.objects.get().state


def test_highest_edition_on_any_mirror_is_found(fleet, monkeypatch):
    """What was once shown to readers is remembered by the mirrors."""
    monkeypatch.setattr(actions, "LATEST_SECONDS", 0.5)
    monkeypatch.setattr(courier, "WHOLE_SECONDS", 2.0)
    fleet.add("north")
    fleet.add("south")
    fleet.add("mute", MuteSimulator())
    fleet.push()
    fleet.stage.change()
    fleet.push()
    Mirror.objects.get(name="south").holdings.all().delete()
    latest = fleet.stage.folder / "mirror-south" / "en" / "latest"
    latest.write_bytes(b"nonsense")
    chain = fleet.stage.press.chain
    report = check_service(
        DirectoryTransport(fleet.stage.folder / "mirror-north"), chain, "en"
    )

    assert {"en": (2, report.leaf.hex())} == actions.highest(chain, ["en", "fa"])
