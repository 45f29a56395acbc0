"""A press run: what it signs, what it leaves alone, what a crash cannot undo."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

import documents
from cast import NOW
from tamizdat.edition import tree
from tamizdat.edition.log import leaf_hash, read_bundle, tile_at
from tamizdat.edition.statement import parse_latest
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.errors import (
    ArchiveError,
    BusyError,
    ContentError,
    KeyFileError,
    PressError,
)
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press
from tamizdat.press.state import State

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


@pytest.fixture
def keys(tmp_path):
    """Give the keys of an organisation with two services."""
    new_organisation(tmp_path / "keys", "press.example", ["en", "ru"], NOW)
    return tmp_path / "keys"


@pytest.fixture
def press(tmp_path, keys):
    """Give a press with an empty archive."""
    return Press(Archive(tmp_path / "archive"), keys)


def content(tmp_path: Path, rows: list[dict]) -> ContentFile:
    """Read documents as the press reads a content file."""
    return ContentFile(documents.write(tmp_path / "content.jsonl", rows))


def publish(press, tmp_path, rows, hours=0, service="en"):
    """Publish documents as the next edition of a service."""
    now = NOW + timedelta(hours=hours)
    source = content(tmp_path, rows)
    return press.publish(source, lambda _digest: None, now, services=[service])[0]


def report(press, service="en"):
    """Check the archive as if it were a mirror."""
    return check_service(DirectoryTransport(press.archive.root), press.chain, service)


def latest(press):
    """Take the archive's `latest` apart."""
    return parse_latest((press.archive.root / "en" / "latest").read_bytes())


def test_first_edition_verifies_to_the_last_byte(press, tmp_path):
    """What the press leaves is what a stranger accepts."""
    edition = publish(press, tmp_path, STORIES)

    assert (1, 0, True) == (edition.number, edition.leaf, edition.changed)
    assert report(press).verified, report(press).problems


def test_unchanged_content_makes_no_edition(press, tmp_path):
    """A press run without news changes no byte."""
    publish(press, tmp_path, STORIES)
    before = {p: p.stat().st_mtime_ns for p in press.archive.root.rglob("*.html")}
    edition = publish(press, tmp_path, STORIES, hours=1)

    assert (1, False) == (edition.number, edition.changed)
    assert before == {
        p: p.stat().st_mtime_ns for p in press.archive.root.rglob("*.html")
    }


def test_second_edition_continues_the_first(press, tmp_path):
    """Numbers, leaves and the chain of statements go on."""
    publish(press, tmp_path, STORIES)
    first = latest(press)
    rows = [*STORIES[:-1], documents.changed(STORIES[-1], "Another headline")]
    edition = publish(press, tmp_path, rows, hours=1)

    assert (2, 1) == (edition.number, edition.leaf)
    assert leaf_hash(first.entry).hex() == latest(press).statement.previous
    assert report(press).verified, report(press).problems


def test_second_edition_lists_only_its_own_releases(press, tmp_path):
    """`releases/` says what this edition published and nothing else."""
    publish(press, tmp_path, STORIES)
    rows = [*STORIES[:-1], documents.changed(STORIES[-1], "Other", "correction", "Why")]
    publish(press, tmp_path, rows, hours=1)
    root = tree.root_of(latest(press).statement.tree)
    part = tree.find(root, "releases/1", press.archive.object)
    lines = press.archive.object(part, "releases/1").decode().splitlines()

    assert 2 == len(lines)
    assert lines[1].startswith("story-5 2 correction ")


def test_friendly_page_is_the_object_itself(press, tmp_path):
    """A page costs its bytes once."""
    publish(press, tmp_path, STORIES)
    root = tree.root_of(latest(press).statement.tree)
    target = tree.find(root, "index.html", press.archive.object)
    page = press.archive.root / "en" / "index.html"

    assert page.samefile(press.archive.object_path(target.digest))


@pytest.mark.parametrize("step", ["sign_statement", "append", "write_latest"])
def test_number_taken_before_a_crash_is_finished_not_given_again(
    press, tmp_path, keys, monkeypatch, step
):
    """After a crash the press repeats its statement, whatever came since."""
    name = "log.append" if step == "append" else step

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"tamizdat.press.signing.{name}", die)
        with pytest.raises(KeyboardInterrupt):
            publish(press, tmp_path, STORIES)
    taken = press.state.pending()[0]
    again = Press(Archive(press.archive.root), keys)
    rows = [*STORIES, documents.story(9)]
    edition = publish(again, tmp_path, rows, hours=1)

    assert (2, 1) == (edition.number, edition.leaf)
    assert latest(again).statement.previous is not None
    first = next(iter(_entries(again)))
    assert first.startswith(taken.text)
    assert report(again).verified, report(again).problems


def _entries(press):
    return read_bundle(press.archive.read_tile(tile_at(-1, 0, 2)))


def test_two_services_share_one_log(press, tmp_path):
    """One leaf an edition, whatever the service."""
    rows = [*STORIES, documents.service("ru"), documents.story(1, "ru")]
    publish(press, tmp_path, rows)
    edition = publish(press, tmp_path, rows, service="ru")

    assert (1, 1) == (edition.number, edition.leaf)
    assert report(press, "ru").verified
    assert report(press, "en").verified


def test_clock_that_goes_back_stops_the_press(press, tmp_path):
    """An edition is never older than the one before."""
    publish(press, tmp_path, STORIES, hours=1)

    with pytest.raises(PressError, match="the clock is not later"):
        publish(press, tmp_path, [*STORIES, documents.story(9)])


def test_service_without_a_key_names_the_file_expected(press, tmp_path, keys):
    """An operator learns which file is missing."""
    (keys / "service-en.key").unlink()

    with pytest.raises(KeyFileError, match=r"service-en\.key: no such key"):
        publish(press, tmp_path, STORIES)


def test_key_that_others_can_read_is_refused(press, tmp_path, keys):
    """A key is its owner's alone."""
    (keys / "service-en.key").chmod(0o644)

    with pytest.raises(KeyFileError, match="expected mode 0600"):
        publish(press, tmp_path, STORIES)


def test_log_key_that_others_can_read_stops_before_a_statement_is_signed(
    press, tmp_path, keys
):
    """A service's key signs nothing that no log could take."""
    (keys / "log.key").chmod(0o644)

    with pytest.raises(KeyFileError, match=r"log\.key: readable by others"):
        publish(press, tmp_path, STORIES)
    assert [] == press.state.pending()
    assert not (press.archive.root / "log").exists()


def test_key_of_another_service_is_refused(press, tmp_path, keys):
    """A key file in the wrong place signs nothing."""
    (keys / "service-ru.key").replace(keys / "service-en.key")

    with pytest.raises(KeyFileError, match="not the key of the trust note"):
        publish(press, tmp_path, STORIES)


def test_expired_key_is_refused(press, tmp_path):
    """Nothing is signed that readers would refuse."""
    with pytest.raises(KeyFileError, match="expired"):
        publish(press, tmp_path, STORIES, hours=24 * 121)


def test_service_unknown_to_the_trust_note_is_refused(press, tmp_path):
    """A service needs a line in the trust note first."""
    with pytest.raises(KeyFileError, match="names no 'fa'"):
        publish(press, tmp_path, [documents.service("fa")], service="fa")


def test_missing_keys_name_the_trust_note_expected(tmp_path):
    """A folder without keys is said to be one."""
    with pytest.raises(KeyFileError, match=r"1\.note: no such trust note"):
        Press(Archive(tmp_path / "archive"), tmp_path / "none")


def test_second_press_run_says_who_holds_the_archive(press, tmp_path):
    """Two presses never write one archive."""
    press.archive.patience = 0
    with press.archive.locked(), pytest.raises(BusyError, match=str(os.getpid())):
        publish(press, tmp_path, STORIES)


def test_other_trust_note_in_the_archive_stops_the_press(press, tmp_path):
    """An archive belongs to one organisation."""
    (press.archive.root / "trust").mkdir(parents=True)
    (press.archive.root / "trust" / "1.note").write_bytes(b"another")

    with pytest.raises(ArchiveError, match="another trust note"):
        publish(press, tmp_path, STORIES)


def test_empty_or_missing_content_is_said_to_be_so(tmp_path):
    """One clear error names the file."""
    (tmp_path / "empty.jsonl").touch()

    with pytest.raises(ContentError, match="empty"):
        ContentFile(tmp_path / "empty.jsonl")
    with pytest.raises(ContentError, match="No such file"):
        ContentFile(tmp_path / "none.jsonl")


def test_press_without_its_memory_does_not_fork_the_log(press, tmp_path, keys):
    """An archive restored without the press's memory is refused, not signed anew."""
    publish(press, tmp_path, STORIES)
    press.state.close()
    for path in press.archive.private.iterdir():
        path.unlink()
    again = Press(Archive(press.archive.root), keys)

    with pytest.raises(ArchiveError, match="would fork the log"):
        publish(again, tmp_path, [*STORIES, documents.story(9)], hours=1)


def test_press_with_an_older_memory_does_not_fork_the_log(press, tmp_path, keys):
    """A memory restored from an old backup is refused too."""
    publish(press, tmp_path, STORIES)
    press.state.close()
    memory = press.archive.private / "press.sqlite3"
    backup = memory.read_bytes()
    second = Press(Archive(press.archive.root), keys)
    publish(second, tmp_path, [*STORIES, documents.story(9)], hours=1)
    second.state.close()
    for path in press.archive.private.glob("press.sqlite3*"):
        path.unlink()
    memory.write_bytes(backup)
    third = Press(Archive(press.archive.root), keys)

    with pytest.raises(ArchiveError, match="would fork the log"):
        publish(third, tmp_path, [*STORIES, documents.story(8)], hours=2)


def test_memory_of_another_version_is_refused(tmp_path):
    """Tables that would be misread are named, and nothing is written over."""
    path = tmp_path / "press.sqlite3"
    State(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 1")
    before = path.read_bytes()

    with pytest.raises(ArchiveError, match="memory of version 1 of the press, exp"):
        State(path)
    assert before == path.read_bytes()
