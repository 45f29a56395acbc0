"""The press that stays: it prints whatever its mirrors and its database do."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import click
import pytest
from django.db import connection

import ceremonies
from mirrors.simulator import MuteSimulator
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import actions, awake, board, resident
from tamizdat.mirrors.models import Holding
from tamizdat.mirrors.probe import trust_of
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.newsroom import actions as newsroom
from tamizdat.newsroom.front import breaking
from tamizdat.press import snapshot, wake
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.drafts import Changes
from tamizdat.press.errors import PressError
from tamizdat.press.keys import NO_WITNESS, new_organisation
from tamizdat.press.models import Printing, Trouble
from tamizdat.press.run import Press

_NEW_LOG = Changes(new_log=True)

# The press and its tests are different connections: what one does is committed.
pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


class DeafWatcher:
    """Hears nothing: the press sees a change at its next full look."""

    def changed(self):
        """Say no."""
        return False

    def close(self):
        """Have nothing to close."""


class EagerWatcher(DeafWatcher):
    """Takes everything for a change."""

    def changed(self):
        """Say yes."""
        return True


class Room:
    """A press of one service, its mirrors, and the loop under test."""

    def __init__(self, folder, page, watch=NO_WITNESS):
        self.folder = folder
        self.page = page
        now = resident.now_utc()
        new_organisation(folder / "keys", "press.example", ["en"], now, watch)
        self.press = Press(Archive(folder / "archive"), folder / "keys")
        self.servers = {}

    def add(self, name, server=None, *, archive=False):
        """Add a mirror."""
        folder = self.folder / f"mirror-{name}"
        folder.mkdir()
        self.servers[name] = server or MirrorServer(folder)
        url = self.servers[name].url
        actions.add_mirror(name, folder, url, "press.example", archive=archive)
        return folder

    def publish(self, bio):
        """Change something that every edition shows."""
        self.page.bio = bio
        self.page.save_revision().publish()

    def number(self):
        """Tell the newest edition printed."""
        return self.press.state.numbers().get("en", 0)

    def held(self, name):
        """Tell what the board says of a mirror."""
        return Holding.objects.filter(mirror__name=name).first()

    def watch(self, until, seconds=20):
        """Let the resident run until something is so."""
        end = time.monotonic() + seconds
        resident.watch(self.press, lambda: until() or time.monotonic() > end)
        assert until(), f"waited {seconds} s"

    def close(self):
        """Stop every server."""
        for server in self.servers.values():
            server.close()


@pytest.fixture
def room(tmp_path, english, monkeypatch):
    """Give a press that looks at everything each second."""
    monkeypatch.setattr(resident, "RETRY_SECONDS", 0.5)
    for module in (awake, resident):
        monkeypatch.setattr(module, "watcher", DeafWatcher)
    room = Room(tmp_path, english)
    yield room
    room.close()


def verified(room, name, number):
    """Tell whether the board says that a mirror holds an edition."""
    held = room.held(name)
    return held is not None and (held.state, held.number) == ("verified", number)


@pytest.mark.parametrize("changes", [Changes(renew=True, void_from=1), _NEW_LOG])
def test_trust_note_finished_meanwhile_reaches_mirrors_without_a_restart(room, changes):
    """A note that binds at once is signed with and delivered by the press that runs."""
    folder = room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    keys = room.folder / "keys"
    holders = [keys / f"root-{number}.key" for number in (1, 2, 3)]
    now = resident.now_utc()
    ceremonies.issue(keys, room.press.archive, changes, holders, now)
    room.watch(lambda: verified(room, "north", 2))
    chain = trust_of(DirectoryTransport(folder))

    assert 2 == len(chain)
    latest = (folder / "en" / "latest").read_bytes()
    assert 2 == verify_latest(latest, chain, "en").statement.trust


def test_printing_goes_on_while_a_mirror_is_mute(room, monkeypatch):
    """One mirror that does not answer delays neither the press nor the others."""
    monkeypatch.setattr(actions, "LATEST_SECONDS", 0.3)
    room.add("archive", archive=True)
    room.add("mute", MuteSimulator())
    room.watch(lambda: verified(room, "archive", 1))
    room.publish("Something new")
    began = time.monotonic()
    room.watch(lambda: verified(room, "archive", 2))

    assert time.monotonic() - began < 10
    assert not (room.held("mute") and room.held("mute").state == "verified")


def test_page_changed_on_a_mirror_is_noticed_and_mended(room):
    """The board does not go on saying what is no longer so."""
    folder = room.add("north")
    room.watch(lambda: verified(room, "north", 1) and room.held("north").whole)
    page = folder / "en" / "index.html"
    signed = page.read_bytes()
    page.unlink()
    page.write_bytes(b"forged")
    room.watch(lambda: page.read_bytes() == signed)
    room.watch(lambda: verified(room, "north", 1))


def test_board_says_when_each_byte_was_last_read(room):
    """What was verified has an age of its own."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1) and room.held("north").whole)
    Holding.objects.update(whole=resident.now_utc() - timedelta(hours=3))
    [row] = board.services()[0]["holdings"]

    assert "checked just now, every byte 3\xa0hours ago" == row["read"]


def test_mirror_that_went_away_is_said_to_be_unreachable(room):
    """Nobody reads "verified" of a host that does not answer."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    room.servers["north"].close()
    room.servers.clear()
    room.watch(lambda: room.held("north").state == "unreachable")


def test_longest_unread_mirror_is_read_first(room):
    """Every mirror has its turn."""
    for name in ("north", "south", "west"):
        room.add(name)
    room.watch(lambda: all(verified(room, n, 1) for n in ("north", "south", "west")))
    first = {h.pk: h.whole for h in Holding.objects.all()}
    time.sleep(1.1)
    room.watch(
        lambda: all(h.whole > first[h.pk] for h in Holding.objects.all()), seconds=30
    )


def test_press_from_an_old_backup_prints_nothing_and_says_why(room):
    """No number is signed twice with other content."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    backup = shutil.copytree(room.press.archive.root, room.folder / "backup")
    time.sleep(1.1)
    room.publish("The second edition")
    room.watch(lambda: verified(room, "north", 2))
    shutil.rmtree(room.press.archive.root)
    backup.rename(room.press.archive.root)
    room.press = Press(Archive(room.folder / "archive"), room.folder / "keys")
    time.sleep(1.1)
    room.publish("Another second edition")
    room.watch(Trouble.objects.exists)

    assert 1 == room.number()
    assert "restore the newest backup" in Trouble.objects.get().reason


def test_loop_survives_whatever_a_turn_raises(room, monkeypatch, caplog):
    """A fault is logged and tried again; news goes on."""
    room.add("north")
    faults = [ValueError("odd"), OverflowError("far"), RuntimeError("new")]

    class FaultyWatcher(DeafWatcher):
        """Raises before it goes on."""

        def changed(self):
            if faults:
                raise faults.pop()
            return False

    monkeypatch.setattr(resident, "watcher", FaultyWatcher)
    room.watch(lambda: verified(room, "north", 1))

    assert [] == faults
    assert 3 <= caplog.text.count("a turn of the press failed")


def test_damaged_memory_stops_the_press_and_not_the_newsroom(room, editor):
    """The board says it until one prints again; what was set for an hour is done."""
    room.watch(lambda: room.number() == 1)
    memory = room.press.archive.memory
    room.press.state.close()
    sound = memory.read_bytes()
    _spoil(memory, "edition", "constants")
    press = Press(room.press.archive, room.folder / "keys")
    with pytest.raises(PressError, match=r"malformed; restore the newest backup"):
        resident.watch(press, lambda: False)

    [row] = board.services()
    assert "put this file aside" in row["trouble"]
    assert "You can go on writing" in row["trouble_said"]
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    article = newsroom.create_article(room.page, "Later", body, editor, section="law")
    article.go_live_at = datetime.now(UTC) + timedelta(seconds=1)
    article.save_revision(user=editor).publish(user=editor)
    end = time.monotonic() + 20
    released = article.article.releases
    awake.stand_by(lambda: released.exists() or time.monotonic() > end)
    assert ["publish"] == list(released.values_list("kind", flat=True))
    memory.write_bytes(sound)
    room.press = Press(room.press.archive, room.folder / "keys")
    room.watch(lambda: room.number() == 2)
    assert not Trouble.objects.exists()


def _spoil(memory, *tables):
    """Write over the first page of some tables, as a bad disk does."""
    with sqlite3.connect(memory) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = database.execute("PRAGMA page_size").fetchone()
        where = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
        pages = [page for name in tables for (page,) in database.execute(where, [name])]
    database.close()
    with memory.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)


def test_second_resident_says_who_is_there(room):
    """Two processes never print for one newsroom at once."""
    lock = room.press.archive.private / "resident.lock"
    with (
        _other_process_holding(lock) as other,
        pytest.raises(click.ClickException, match=f"process {other.pid} is printing"),
        resident.printing_alone(room.press),
    ):
        pytest.fail("two processes print for one newsroom")
    with resident.printing_alone(room.press):
        assert lock.exists()


@contextmanager
def _other_process_holding(lock):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from tamizdat.mirrors.locks import alone\n"
        "with alone(Path(sys.argv[1]), 'printing'): print('held', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert b"held\n" == other.stdout.readline()
        yield other
    finally:
        other.communicate(b"\n")


def test_second_edition_of_one_second_waits_for_the_next(room):
    """Two statements of a service never bear the same time."""
    began = resident.now_utc()
    times = iter([*[began] * 4, began + timedelta(seconds=1)])
    printed = []

    for bio in ("One", "Two"):
        room.publish(bio)
        folder = room.folder / "pictures"
        printed += print_released(
            room.press, folder, lambda: next(times), lambda _e: None
        )

    assert [began, began + timedelta(seconds=1)] == [e.time for e in printed]


def _release(room, headline):
    article = newsroom.create_article(
        room.page,
        headline,
        [{"kind": "paragraph", "text": "Words.", "marks": []}],
        None,
        section=room.page.sections.first().section_id,
    )
    return newsroom.publish_article(article, None)


def test_release_is_printed_without_a_look_at_every_service(room, monkeypatch):
    """News costs what changed: services are frozen when one of them is published."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    monkeypatch.setattr(resident, "watcher", EagerWatcher)
    monkeypatch.setattr(resident, "RETRY_SECONDS", 60)
    looks = []
    frozen = snapshot.service_lines
    monkeypatch.setattr(snapshot, "service_lines", lambda: looks.append(1) or frozen())
    time.sleep(1.1)
    released = []

    def done():
        if verified(room, "north", 1) and looks and not released:
            released.append(_release(room, "News"))
        return verified(room, "north", 2)

    room.watch(done)

    assert [1] == looks
    assert 2 == Printing.objects.get().edition.number


def test_release_is_printed_when_it_is_told(room, postgres, monkeypatch):
    """The press is woken: it does not wait for its next look at everything."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    monkeypatch.setattr(resident, "RETRY_SECONDS", 3600)
    monkeypatch.setattr(resident, "watcher", wake.watcher)
    looks = []

    def second_comes():
        looks.append(room.number())
        if len(looks) == 3:  # the full look at the start is over
            room.publish("The second edition")
        return verified(room, "north", 2)

    room.watch(second_comes)


def test_press_outlives_the_server_of_its_database(room, postgres, monkeypatch, caplog):
    """When the server is back, what waits is printed; no log says where it is."""
    monkeypatch.setattr(resident, "watcher", wake.watcher)
    monkeypatch.setattr(awake, "AGAIN_SECONDS", 0.1)
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    faults = []

    def server_comes_back():
        faults.append("the database failed and is asked again" in caplog.text)
        if len(faults) == 2:
            postgres.stop()
        if faults[-1] and not faults[-2]:
            postgres.start()
            connection.close()
            room.publish("The second edition")
        return len(faults) > 2 and faults[-1] and verified(room, "north", 2)

    room.watch(server_comes_back, seconds=60)

    assert not [word for word in postgres.words() if word in caplog.text]


def test_hour_that_comes_is_printed_without_a_look(room, editor, monkeypatch):
    """A publication set for later goes out at its hour, though no row changes then."""
    room.add("north")
    room.watch(lambda: verified(room, "north", 1))
    monkeypatch.setattr(resident, "RETRY_SECONDS", 3600)
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    article = newsroom.create_article(room.page, "Later", body, editor, section="law")
    article.go_live_at = datetime.now(UTC) + timedelta(seconds=2)
    article.save_revision(user=editor).publish(user=editor)
    room.watch(lambda: verified(room, "north", 2))

    assert article.go_live_at <= article.newest_release.time + timedelta(seconds=1)
    assert "publish" == article.newest_release.kind


def test_end_of_breaking_news_is_printed_without_a_look(room, editor, monkeypatch):
    """The flag and its end each make an edition, though nothing is released."""
    monkeypatch.setattr(
        resident,
        "watcher",
        wake.watcher if connection.vendor == "postgresql" else EagerWatcher,
    )
    room.watch(lambda: room.number() == 1)
    article = _release(room, "law")
    room.watch(lambda: room.number() == 2)
    monkeypatch.setattr(resident, "RETRY_SECONDS", 3600.0)
    now = datetime.now(UTC)
    breaking.begin(article.article, editor, now + timedelta(seconds=2), now)
    index = room.press.archive.root / "en/index.html"
    room.watch(lambda: 'class="alarm"' in index.read_text())
    room.watch(lambda: 'class="alarm"' not in index.read_text())

    assert 4 == room.number()


def test_refused_publication_holds_up_no_other(room, editor, caplog):
    """What cannot be released at its hour waits for a person; the next goes out."""
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    articles = [
        newsroom.create_article(room.page, name, body, editor, section="law")
        for name in ("Refused", "Sound")
    ]
    newsroom.publish_article(articles[0], editor)
    articles[0].next_kind, articles[0].next_number = "correction", 2  # without a note
    for article in articles:
        article.go_live_at = datetime.now(UTC) + timedelta(seconds=1)
        article.save_revision(user=editor).publish(user=editor)
    time.sleep(1.1)
    room.watch(lambda: articles[1].newest_release is not None)

    assert 1 == articles[0].newest_release.number
    assert "is due and was refused" in caplog.text
