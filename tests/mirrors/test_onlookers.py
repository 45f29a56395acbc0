"""Rounds beside a press that stays: cosigned on mirrors, labelled for people."""

import json
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner

from mirrors.test_resident import DeafWatcher, Room, verified
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import board, deliver, onlookers, resident
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.probe import check_mirror
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.models import Onlooker, PrintedEdition, Trouble
from tamizdat.server import commands
from tamizdat.server.cli import main
from witness.simulator import WitnessSimulator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def watched(tmp_path, english, monkeypatch):
    """Give a press with an archive mirror, another one and three witnesses."""
    monkeypatch.setattr(resident, "RETRY_SECONDS", 0.5)
    monkeypatch.setattr(resident, "watcher", DeafWatcher)
    monkeypatch.setattr(onlookers, "EVERY_SECONDS", 0.5)
    monkeypatch.setattr(onlookers, "FIRST_SECONDS", 1.0)
    witnesses = [WitnessSimulator(tmp_path, number) for number in (1, 2, 3)]
    lines = [one.line for one in witnesses]
    watch = (*lines, "group two 2 w1 w2 w3", "quorum two")
    room = Room(tmp_path, english, watch)
    for witness in witnesses:
        witness.watch(room.press.chain[-1].log)
    room.witnesses = witnesses
    room.mirrors = [room.add("archive", archive=True), room.add("north")]
    yield room
    room.close()
    for witness in witnesses:
        witness.close()


def shown(room):
    """Tell of each mirror whether it shows a witnessed edition, and which."""
    found = []
    for folder in room.mirrors:
        latest = folder / "en" / "latest"
        if latest.exists():
            edition = verify_latest(latest.read_bytes(), room.press.chain, "en")
            found.append((edition.statement.number, edition.witnessed))
    return found


def test_edition_is_published_at_once_and_witnessed_on_every_mirror_later(watched):
    """Two steps: nobody waits for the second, and it reaches every mirror."""
    for witness in watched.witnesses:
        witness.be_silent()
    watched.watch(lambda: verified(watched, "north", 1))
    pending = board.services()[0]
    for witness in watched.witnesses:
        witness.be_honest()
    watched.watch(lambda: shown(watched) == [(1, True), (1, True)], seconds=30)
    row = PrintedEdition.objects.get()
    reports, book = check_mirror(
        DirectoryTransport(watched.mirrors[1]), watched.press.chain, ["en"]
    )

    assert "published, witnesses pending" == pending["label"]
    assert ("w1 w2", True) == (row.witnesses, row.witnessed is not None)
    assert "witnessed" == board.services()[0]["label"]
    assert {"cosigned"} == {one["state"] for one in board.witnesses()}
    assert book.verified
    assert reports[0].witnessed


def test_mirror_that_was_away_gets_the_cosigned_head_with_the_next_round(watched):
    """A round carries what the one before could not."""
    watched.watch(lambda: shown(watched) == [(1, True), (1, True)])
    head = watched.mirrors[1] / "log" / "checkpoint"
    latest = watched.mirrors[1] / "en" / "latest"
    for path in (head, latest):  # as they were before the round
        text, _gap, lines = path.read_bytes().rpartition(b"\n\n")
        path.write_bytes(text + b"\n\n" + lines.splitlines(keepends=True)[0])
    before = shown(watched)

    def signatures():
        return len(head.read_bytes().rpartition(b"\n\n")[2].splitlines())

    watched.watch(lambda: signatures() == 3)

    assert [(1, True), (1, False)] == before
    assert [(1, True), (1, True)] == shown(watched)


def test_quorum_that_does_not_come_is_said_after_an_hour(watched):
    """Published stays published; whoever looks sees that nobody vouches for it."""
    watched.witnesses[0].answer_html()
    watched.witnesses[1].answer_status(404)
    watched.watch(lambda: verified(watched, "north", 1) and Onlooker.objects.exists())
    PrintedEdition.objects.update(time=resident.now_utc() - timedelta(minutes=61))
    told = {one["witness"]: one["reason"] for one in board.witnesses()}

    assert "not independently witnessed" == board.services()[0]["label"]
    assert "doctype html" in told["w1"]
    assert "does not know the log" in told["w2"]


def test_witness_with_a_larger_log_stops_a_press_that_starts(watched):
    """Before anything is signed witnesses are asked; the board says what to do."""
    watched.watch(lambda: shown(watched) == [(1, True), (1, True)])
    watched.witnesses[2].claim_a_log_of(40)
    time.sleep(1.1)
    watched.publish("The second edition")
    watched.watch(Trouble.objects.exists)
    reason = Trouble.objects.get().reason
    watched.witnesses[2].be_honest()
    watched.watch(lambda: shown(watched) == [(2, True), (2, True)], seconds=30)

    assert "witness w3: it cosigned 40 leaves of the log, the press has 1" in reason
    assert "tamizdat log recover" in reason


def test_archive_from_an_old_backup_takes_no_head_back(watched):
    """A mirror that shows a larger log keeps it."""
    watched.watch(lambda: shown(watched) == [(1, True), (1, True)])
    archive = watched.press.archive
    old = (archive.root / "log" / "checkpoint").read_bytes()
    time.sleep(1.1)
    watched.publish("The second edition")
    watched.watch(lambda: shown(watched) == [(2, True), (2, True)])
    newer = (watched.mirrors[1] / "log" / "checkpoint").read_bytes()
    (archive.root / "log" / "checkpoint").write_bytes(old)
    mirror = DirectoryTransport(watched.mirrors[1])

    with pytest.raises(MirrorError, match="shows 2 leaves, the archive has 1"):
        deliver.bring_heads(archive, mirror, ["en"])
    assert newer == (watched.mirrors[1] / "log" / "checkpoint").read_bytes()


def test_single_command_holds_a_round_and_carries_it(watched, monkeypatch):
    """Without a press that stays: what each witness said, and what is witnessed."""
    monkeypatch.setattr(commands, "_open_press", lambda: watched.press)

    def held(*options):
        done = CliRunner().invoke(main, ["press", "round", *options])
        return done.exit_code, done.output

    nothing = held()
    resident.turn(watched.press, every=True)
    watched.witnesses[1].answer_html()
    good = held()
    again = shown(watched)
    watched.witnesses[2].claim_a_log_of(7)
    bad, told = held("--json")
    stopped = CliRunner().invoke(main, ["press", "status"]).output
    unheard = held("--disbelieve", "w9")
    with resident.printing_alone(watched.press):  # as a press that stays does
        busy = held()
        heeded = held("--disbelieve", "w3")
    disbelieved = held("--disbelieve", "w3")
    status = CliRunner().invoke(main, ["press", "status"]).output
    quiet = watched.press.doubts()
    both = held("--disbelieve", "w3", "--believe", "w3")
    with resident.printing_alone(watched.press):
        heard = held("--believe", "w3")
        twice = held("--believe", "w3")
    again_stopped = CliRunner().invoke(main, ["press", "status"]).output

    assert (1, True) == (nothing[0], "nothing is printed yet" in nothing[1])
    assert 0 == good[0]
    assert "witness w1: cosigned\nwitness w2: expected a cosignature" in good[1]
    assert "en: edition 1 witnessed" in good[1]
    assert [(1, True), (1, True)] == again
    assert (1, "larger") == (bad, json.loads(told)["witnesses"]["w3"]["state"])
    assert "--disbelieve w3" in json.loads(told)["doubt"]
    assert (1, True) == (unheard[0], "no witness 'w9'" in unheard[1])
    assert (1, True) == (busy[0], "is printing for this newsroom" in busy[1])
    assert (0, "witness w3 is disbelieved from now on\n") == heeded
    assert (1, True) == (disbelieved[0], "no quorum" in disbelieved[1])
    assert "" == quiet
    assert (2, True) == (both[0], "either --believe or --disbelieve" in both[1])
    assert (0, "witness w3 is believed from now on\n") == heard
    assert (1, True) == (twice[0], "witness 'w3' is believed already" in twice[1])
    assert "cosigned 7 leaves" in watched.press.doubts()
    assert again_stopped == stopped
    said = "witness w3: it cosigned 7 leaves of the log, the press has 1"
    assert f"{said}; NOTHING IS SIGNED until it agrees" in stopped
    assert f"{said} (disbelieved: this stops nothing)" in status
