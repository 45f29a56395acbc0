"""A press that lost its memory, its archive or its newest days goes on."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from click.testing import CliRunner

import ceremonies
import documents
from cast import NOW
from tamizdat.edition.errors import ProofError, StoryError
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import contradictions, probe
from tamizdat.mirrors.deliver import deliver
from tamizdat.mirrors.diff_command import diff
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.recover import recover
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import keys
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.drafts import Changes
from tamizdat.press.errors import ArchiveError, ContentError
from tamizdat.press.run import Press
from tamizdat.server.cli import main

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


@pytest.fixture
def grown(stage):
    """Give a stage with three editions, all on the mirror."""
    stage.change("Second")
    stage.deliver()
    stage.rows = stage.change("Third")
    stage.deliver()
    stage.press.state.close()
    return stage


def lose_memory(stage):
    """Lose the press's own folder."""
    shutil.rmtree(stage.press.archive.private)


def lose_archive(stage):
    """Lose every file of the archive."""
    shutil.rmtree(stage.press.archive.root)


def run(stage, *sources):
    """Recover from these mirrors."""
    notes = keys.load_chain(stage.folder / "keys")
    named = {str(source.root): source for source in sources}
    return recover(Archive(stage.press.archive.root), notes, named)


def go_on(stage, rows, hours=50):
    """Print the next edition with a press that knows nothing but its memory."""
    press = Press(Archive(stage.press.archive.root), stage.folder / "keys")
    source = ContentFile(documents.write(stage.folder / "again.jsonl", rows))
    now = NOW + timedelta(hours=hours)
    edition = press.publish(source, lambda _digest: None, now)[0]
    deliver(press.archive, stage.mirror, "en")
    return press, edition


def problems(stage):
    """Check every byte of the mirror from outside."""
    chain = probe.trust_of(stage.mirror)
    reports, book = probe.check_mirror(stage.mirror, chain, ["en"])
    return [*book.problems, *(p for report in reports for p in report.problems)]


def explained(stage, first, second):
    """Tell whether every change between two editions has its release line."""
    root = stage.mirror.root
    words = [f"{root}@{first}", f"{root}@{second}", "--service", "en"]
    done = CliRunner().invoke(diff, words)
    return (done.exit_code, done.output)


@pytest.mark.parametrize("lose", [lose_memory, lose_archive])
def test_press_goes_on_where_it_was(grown, lose):
    """The next number, and no story that is said to be new."""
    before = probe.check_service(grown.mirror, probe.trust_of(grown.mirror), "en")
    objects = sorted(grown.press.archive.root.glob("o/*/*"))
    lose(grown)
    done = run(grown, grown.mirror)
    assert objects == sorted(grown.press.archive.root.glob("o/*/*"))
    _press, edition = go_on(grown, grown.rows)

    assert (3, {"en": 3}, 5) == (done.leaves, done.newest, done.stories)
    assert {} == {k: v for k, v in done.skipped.items() if k != "the archive"}
    assert (4, 3, True) == (edition.number, edition.leaf, edition.changed)
    assert before.number == 3
    assert [] == problems(grown)
    assert 0 == explained(grown, 3, 4)[0], explained(grown, 3, 4)[1]


def test_entries_that_only_latest_shows_are_recovered(grown):
    """An ordinary mirror's log is behind; the statement in its `latest` is not."""
    press = Press(Archive(grown.press.archive.root), grown.folder / "keys")
    for headline in ("Fourth", "Fifth"):
        grown.press = press
        grown.rows = grown.change(headline)
        deliver(press.archive, grown.mirror, "en", log=False)
    press.state.close()
    lose_archive(grown)
    done = run(grown, grown.mirror)
    _press, edition = go_on(grown, grown.rows)

    assert (5, {"en": 5}) == (done.leaves, done.newest)
    assert (6, 5) == (edition.number, edition.leaf)
    assert [] == problems(grown)


def test_entries_with_a_gap_between_are_not_recovered(grown):
    """What nobody shows any more is not made up: the log ends before it."""
    press = Press(Archive(grown.press.archive.root), grown.folder / "keys")
    grown.press = press
    for headline in ("Fourth", "Fifth", "Sixth"):
        grown.change(headline)
        deliver(press.archive, grown.mirror, "en", log=False)
    press.state.close()
    lose_archive(grown)

    assert 3 == run(grown, grown.mirror).leaves


def test_change_after_a_recovery_continues_the_release_lines(grown):
    """A correction names the line before it, though nobody remembered it."""
    lose_archive(grown)
    run(grown, grown.mirror)
    newest = documents.changed(grown.rows[-1], "Corrected", "correction", "Why")
    release = newest["tamizdat"]["releases"][-1]
    release["time"] = newest["versionCreated"] = "2026-11-26T06:00:00Z"
    go_on(grown, [*grown.rows[:-1], newest])

    code, said = explained(grown, 3, 4)
    assert 0 == code, said
    assert "Corrected" in said


def test_restored_old_backup_catches_up_with_a_mirror(stage):
    """Archive and memory of last week: the mirror has what came since."""
    stage.press.state.close()
    backup = stage.folder / "backup"
    shutil.copytree(stage.press.archive.root, backup)
    stage.press = Press(Archive(stage.press.archive.root), stage.folder / "keys")
    rows = stage.change("Since the backup")
    stage.deliver()
    stage.press.state.close()
    shutil.rmtree(stage.press.archive.root)
    backup.rename(stage.press.archive.root)
    done = run(stage, stage.mirror)
    _press, edition = go_on(stage, rows)

    assert {"en": 2} == done.newest
    assert 3 == edition.number
    assert [] == problems(stage)


def test_archive_alone_gives_the_memory_back(grown):
    """Without any mirror: what the archive holds is enough."""
    lose_memory(grown)
    done = run(grown)

    assert ({"en": 3}, 0) == (done.newest, done.fetched)


def test_mirror_with_another_history_stops_everything(grown):
    """Which of two histories is true is for people; the evidence is kept."""
    copy = grown.folder / "other"
    shutil.copytree(grown.press.archive.root, copy)
    for number, root in enumerate((grown.press.archive.root, copy)):
        press = Press(Archive(root), grown.folder / "keys")
        rows = [*grown.rows, documents.story(30 + number)]
        source = ContentFile(documents.write(grown.folder / "x.jsonl", rows))
        press.publish(source, lambda _digest: None, NOW + timedelta(hours=60))
        press.state.close()
    lose_memory(grown)

    with pytest.raises(MirrorError, match="hold two histories; evidence: "):
        run(grown, DirectoryTransport(copy))
    evidence = grown.folder / contradictions.EVIDENCE
    assert list(evidence.glob("*.proof"))
    assert not grown.press.archive.memory.exists()


def test_memory_that_knows_more_than_any_mirror_is_not_forgotten(grown):
    """A leaf that was signed is not signed again with other words."""
    behind = grown.folder / "behind"
    shutil.copytree(grown.mirror.root, behind)
    grown.press = Press(Archive(grown.press.archive.root), grown.folder / "keys")
    grown.change("Never delivered")
    grown.press.state.close()
    for name in ("log", "en"):
        shutil.rmtree(grown.press.archive.root / name)

    with pytest.raises(ArchiveError, match="remembers 4 leaves and 0 editions begun"):
        run(grown, DirectoryTransport(behind))


def test_leaves_lost_for_good_are_given_up_with_their_log(grown):
    """A new origin goes on with what is left; the old head past it is refused."""
    grown.press = Press(Archive(grown.press.archive.root), grown.folder / "keys")
    rows = grown.change("Lost for good")
    seen = (grown.press.archive.root / "en" / "latest").read_bytes()
    grown.press.state.close()
    for name in ("log", "en"):
        shutil.rmtree(grown.press.archive.root / name)
    notes = keys.load_chain(grown.folder / "keys")
    archive = Archive(grown.press.archive.root)
    recover(archive, notes, {"mirror": grown.mirror}, accept_loss=True)
    holders = [grown.folder / "keys" / f"root-{n}.key" for n in (1, 2, 3)]
    ceremonies.issue(grown.folder / "keys", archive, Changes(new_log=True), holders)
    press, edition = go_on(grown, rows)

    assert (4, 3) == (edition.number, edition.leaf)
    assert "press.example/log/2" == press.chain[-1].log.name
    assert [] == problems(grown)
    with pytest.raises(ProofError, match="was given up at 3 leaves"):
        verify_latest(seen, press.chain, "en")


def test_recovery_that_was_cut_is_begun_again(grown, monkeypatch):
    """Killed before the new memory stands, nothing was signed and nothing is lost."""
    lose_archive(grown)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tamizdat.mirrors.recover._write_memory", die)
        with pytest.raises(KeyboardInterrupt):
            run(grown, grown.mirror)
    assert not grown.press.archive.memory.exists()
    run(grown, grown.mirror)

    assert 4 == go_on(grown, grown.rows)[1].number


def test_content_without_a_printed_story_prints_nothing(grown):
    """A recovery is no silent withdrawal."""
    lose_memory(grown)
    run(grown)

    with pytest.raises(ContentError, match="missing or refused now: en/story-3"):
        go_on(grown, [row for row in grown.rows if row.get("uri") != STORIES[3]["uri"]])
    assert 4 == go_on(grown, grown.rows)[1].number


def test_content_older_than_the_editions_is_refused(grown):
    """A newsroom restored from before the last release would take it back."""
    lose_memory(grown)
    run(grown)

    with pytest.raises(StoryError, match="release 3 is printed, the ledger ends at 1"):
        go_on(grown, STORIES)


def test_withdrawn_objects_stay_listed_and_away(grown):
    """Whoever recovers brings no endangering words back."""
    newest = documents.changed(grown.rows[-1], "Safe", "redaction", None)
    release = newest["tamizdat"]["releases"][-1]
    release["time"] = newest["versionCreated"] = "2026-11-25T06:00:00Z"
    rows = [*grown.rows[:-1], newest]
    press, _edition = go_on(grown, rows)
    gone = [d for (d,) in press.state.database.execute("SELECT digest FROM withdrawn")]
    press.state.close()
    lose_archive(grown)
    run(grown, grown.mirror)
    again, _edition = go_on(grown, rows, hours=70)
    listed = again.state.database.execute("SELECT digest FROM withdrawn").fetchall()

    assert gone
    assert sorted(gone) == sorted(digest for (digest,) in listed)
    assert not any(again.archive.object_path(digest).exists() for digest in gone)
    assert [] == problems(grown)


def test_command_says_what_it_used_and_what_not(grown, tmp_path):
    """A mirror without a log is named with its reason; the rest goes on."""
    lose_memory(grown)
    (tmp_path / "empty").mkdir()
    words = ["log", "recover", grown.press.archive.root, "--keys"]
    more = ["--mirror", grown.mirror.root, "--mirror", tmp_path / "empty"]
    line = [str(word) for word in [*words, grown.folder / "keys", *more]]
    done = CliRunner().invoke(main, line)

    assert 0 == done.exit_code, done.output
    assert "en: edition 3" in done.stdout
    assert f"not used: {tmp_path / 'empty'}: trust/1.note" in done.stderr
    with closing(sqlite3.connect(grown.press.archive.memory)) as memory:
        assert (3,) == memory.execute("SELECT size FROM log").fetchone()


def test_nothing_that_verifies_is_said_with_every_reason(tmp_path, grown):
    """Where no source has a log, each says why."""
    lose_archive(grown)

    with pytest.raises(MirrorError, match="no log that verifies: the archive: "):
        run(grown)
