"""The press that stays has files and indexes made, and prints meanwhile."""

import logging

import pytest
from click.testing import CliRunner

from mirrors.test_resident import DeafWatcher, Room, verified
from tamizdat.mirrors import making, resident
from tamizdat.mirrors.commands import verify
from tamizdat.press import filing

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def room(tmp_path, english, monkeypatch):
    """Give a press that looks at everything each half second, and makes at once."""
    monkeypatch.setattr(resident, "RETRY_SECONDS", 0.5)
    monkeypatch.setattr(resident, "watcher", DeafWatcher)
    monkeypatch.setattr(making, "FIRST_SECONDS", 0.0)
    room = Room(tmp_path, english)
    yield room
    room.close()


def test_press_that_stays_makes_signs_and_carries_files_by_itself(room):
    """Every kind and the index, once a day; mirrors have them, and all of it holds.

    A book that another hand changed there is found by reading, and mended.
    """
    mirror = room.add("north")
    room.publish("First")
    printed = [f"en-1{ending}" for ending in (*making.ALWAYS, ".zim")]

    def carried():
        there = {path.name for path in (mirror / "files").glob("en-*")}
        return {*printed} <= there and (mirror / "find/en/state.txt").exists()

    room.watch(carried, 60)
    good = (mirror / "files/en-1.epub").read_bytes()
    (mirror / "files/en-1.epub").write_bytes(good.replace(b"PK", b"KP", 1))
    room.watch(lambda: (mirror / "files/en-1.epub").read_bytes() == good)
    room.watch(lambda: verified(room, "north", 1))
    result = CliRunner().invoke(verify, [str(mirror)])
    leaves = room.press.state.log_size()[0]
    room.publish("Second")
    room.watch(lambda: verified(room, "north", 2))

    assert 0 == result.exit_code, result.output
    assert 1 + len(printed) + 1 == leaves
    assert sorted(printed) == filing.names(room.press.archive)


def test_what_cannot_be_made_is_said_once_and_stops_nothing(room, caplog, monkeypatch):
    """A process that fails is named in the log of the press, and editions go on."""
    monkeypatch.setattr(making, "_WORDS", "import sys; sys.exit('no room left')")
    room.add("north")
    room.publish("First")
    with caplog.at_level(logging.ERROR, making.__name__):
        room.watch(lambda: len(caplog.records) > 1)
    said = [one.getMessage() for one in caplog.records]
    room.publish("Second")
    room.watch(lambda: verified(room, "north", 2))

    assert 2 == len(said)  # of the index, and of the files
    assert all("no room left" in one for one in said)
