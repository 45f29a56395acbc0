"""An onlooker outside the newsroom: what is explained is news, the rest an alert."""

import json
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner

import ceremonies
import documents
from cast import NOW, signer
from mirrors.forger import PAGE, Forger, page
from tamizdat.edition.errors import TrustError
from tamizdat.edition.witness import witness_key
from tamizdat.mirrors.deep import check as check_deep
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.monitor import ALERT, NEWS, Monitor
from tamizdat.mirrors.probe import trust_of
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import ceremony
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.drafts import Changes
from tamizdat.press.run import Press
from tamizdat.server.cli import main

STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


@pytest.fixture
def onlooker(stage):
    """Give a monitor that has seen the first edition."""
    monitor = Monitor(stage.folder / "seen")
    monitor.look(source(stage))
    return monitor


def source(stage):
    """Read the archive as if it were a mirror."""
    return DirectoryTransport(stage.press.archive.root)


def alerts(words):
    """Keep what nobody explained."""
    return [word.what for word in words if word.kind == ALERT]


def test_first_look_tells_the_fingerprint_and_no_alarm(stage):
    """Whoever begins to follow learns whom, and that all is explained."""
    words = Monitor(stage.folder / "seen").look(source(stage))
    told = [word.what for word in words]

    assert {NEWS} == {word.kind for word in words}
    assert f"fingerprint {stage.press.chain[0].digest}" in told
    assert "en: edition none to 1" in told


def test_explained_edition_is_news_once(stage, onlooker):
    """A correction with its line is no alarm, and is not told again."""
    stage.change()
    words = onlooker.look(source(stage))

    assert ["en: edition 1 to 2"] == [word.what for word in words]
    assert [] == onlooker.look(source(stage))


def test_article_changed_without_its_release_line_is_an_alarm(stage, onlooker):
    """Whoever holds the keys and edits in silence is named with the edition."""
    words = page(stage).replace(b"story 5", b"story five")
    assert words != page(stage)
    Forger(stage).edit({PAGE: words, "releases/1": None})
    said = " ".join(alerts(onlooker.look(source(stage))))

    assert "story-5" in said
    assert "without a release line" in said


def test_silent_edit_between_two_looks_is_found_under_a_later_edition(stage, onlooker):
    """A good edition on top of a silent one hides nothing."""
    old = page(stage)
    new = old.replace(b"story 5", b"story five")
    Forger(stage).edit({PAGE: new, "releases/1": None})
    Forger(stage).edit({PAGE: old})
    said = " ".join(alerts(onlooker.look(source(stage))))

    assert "story-5" in said


def test_new_signer_of_anything_is_an_alarm(stage, onlooker):
    """A key nobody has seen is named, with what it may sign."""
    folder = stage.folder / "keys"
    holders = [folder / f"root-{number}.key" for number in (1, 2, 3)]
    changes = Changes(renew=True, new_log=True)
    ceremonies.issue(folder, stage.press.archive, changes, holders)
    stage.change()
    said = alerts(onlooker.look(source(stage)))

    assert 2 == len(said)
    assert said[0].startswith("trust note 2: a new signer: service en press.example/")
    assert said[1].startswith("trust note 2: a new signer: log press.example/log/2+")
    assert [] == onlooker.look(source(stage))


def test_new_witness_is_named_to_holders_and_by_a_monitor(stage, onlooker):
    """Whoever signs a note reads who will watch the log; whoever follows is told."""
    folder = stage.folder / "keys"
    holders = [folder / f"root-{number}.key" for number in (1, 2, 3)]
    line = f"witness w1 {witness_key(signer('witness/1'))} https://w1.example"
    changes = Changes(watch=(line, "quorum w1"), threshold=2)
    draft = ceremonies.begin(folder, stage.press.archive, changes)
    told = ceremony.told(draft)
    draft.path.unlink()
    ceremonies.issue(folder, stage.press.archive, changes, holders)
    stage.change()
    said = alerts(onlooker.look(source(stage)))

    assert "roots: 2 of 5; gone: none; new: none" == told[1]
    assert [f"watched: {line}", "watched: quorum w1"] == told[2:4]
    assert said[0].startswith("trust note 2: a new signer: witness w1 press.example/")
    assert [
        "trust note 2: 2 roots are enough, 3 before",
        "trust note 2: watched by another rule: quorum w1",
    ] == said[1:]


def test_other_history_of_the_same_size_is_an_alarm_with_evidence(stage, onlooker):
    """A mirror that swaps its history under an onlooker proves it itself."""
    copy = stage.folder / "copy"
    stage.press.state.close()
    shutil.copytree(stage.press.archive.root, copy)
    for number, root in enumerate((stage.press.archive.root, copy)):
        press = Press(Archive(root), stage.folder / "keys")
        rows = [*STORIES, documents.story(20 + number)]
        content = ContentFile(documents.write(stage.folder / "x.jsonl", rows))
        press.publish(content, lambda _digest: None, NOW + timedelta(hours=3))
    onlooker.look(source(stage))
    said = " ".join(alerts(onlooker.look(DirectoryTransport(copy))))

    assert "the log does not go on" in said
    assert "edition 2 of en was published twice with different contents" in said
    assert list((stage.folder / "seen" / "evidence").glob("*.proof"))


def test_edition_seen_before_is_the_one_that_was_seen(stage, onlooker):
    """A mirror's log tells an onlooker nothing of its own past."""
    head = stage.press.archive.root / "log" / "checkpoint"
    old = head.read_bytes()
    stage.change()
    newer = head.read_bytes()
    held = stage.folder / "seen" / "en.latest"
    head.write_bytes(old)  # as where heads travel after editions
    assert [] == alerts(onlooker.look(source(stage)))
    assert [] == alerts(onlooker.look(source(stage)))
    seen = held.read_bytes()
    head.write_bytes(newer)
    Forger(stage).edit({PAGE: page(stage) + b"<!-- -->"}, previous="ab" * 32)
    said = " ".join(alerts(onlooker.look(source(stage))))

    assert "en: cannot be judged: edition 3 does not continue 2" in said
    assert seen == held.read_bytes()


def test_mirror_that_goes_back_is_an_alarm(stage, onlooker):
    """A log that shrank is told, and the larger one stays remembered."""
    stage.change()
    onlooker.look(source(stage))
    said = alerts(onlooker.look(stage.mirror))

    assert "the log went back from 2 leaves to 1" in said
    assert [] == alerts(onlooker.look(source(stage)))


def test_trust_note_put_in_anothers_place_is_kept(stage, onlooker):
    """Two notes of one number are evidence that roots were misused."""
    folder = stage.folder / "keys"
    other = folder / "trust" / "1.note"
    text, _gap, lines = other.read_bytes().partition(b"\n\n")
    fewer = text + b"\n\n" + b"\n".join(reversed(lines.splitlines())) + b"\n"
    (stage.press.archive.root / "trust" / "1.note").write_bytes(fewer)
    said = alerts(onlooker.look(source(stage)))

    assert any("trust note 1 is another one than before" in word for word in said)
    kept = stage.folder / "seen" / "evidence" / "trust-1-other.note"
    assert fewer == kept.read_bytes()


def test_entry_that_no_key_may_make_is_an_alarm(stage, onlooker):
    """What stands in the log is a service's, or it is named."""
    forger = Forger(stage)
    latest = (stage.press.archive.root / "en" / "latest").read_bytes()
    forger._append(b"anything\n")  # noqa: SLF001 - what only a thief would write
    (stage.press.archive.root / "en" / "latest").write_bytes(latest)
    said = alerts(onlooker.look(source(stage)))

    assert any("log leaf 1: refused: expected a statement" in word for word in said)


def test_mirror_without_a_log_is_said_and_nothing_forgotten(stage, onlooker):
    """A mirror that lost its log says nothing against the newsroom."""
    (stage.mirror.root / "log" / "checkpoint").unlink()

    with pytest.raises(MissingError, match="log/checkpoint"):
        onlooker.look(stage.mirror)
    assert [] == alerts(onlooker.look(source(stage)))


def test_organisation_other_than_the_one_named_is_refused(stage):
    """The fingerprint says whom to follow."""
    with pytest.raises(TrustError, match="fingerprint"):
        Monitor(stage.folder / "other", "0" * 64).look(source(stage))


def test_command_ends_with_what_was_found(stage):
    """Exit status 0 while all is explained, 1 when something is not."""
    where, memory = stage.press.archive.root, stage.folder / "cli"

    def look(*more):
        words = ["log", "monitor", str(where), "--memory", str(memory), "--once"]
        return CliRunner().invoke(main, [*words, *more])

    assert 0 == look().exit_code
    Forger(stage).edit({PAGE: page(stage).replace(b"story 5", b"story five")})
    done = look("--json")

    assert 1 == done.exit_code
    assert {"alert"} == {json.loads(row)["kind"] for row in done.stdout.splitlines()}
    shutil.rmtree(where)
    gone = look()
    assert (1, f"{where}: no such directory\n") == (gone.exit_code, gone.stderr)


def deep(stage):
    """Check all entries of the archive's log."""
    found = check_deep(source(stage), trust_of(source(stage)), ["en"])
    return [str(problem) for problem in found.problems]


def test_honest_log_is_verified_to_its_first_leaf(stage):
    """Every entry continues the one before, whatever key signed."""
    stage.change()
    folder = stage.folder / "keys"
    holders = [folder / f"root-{number}.key" for number in (1, 2, 3)]
    changes = Changes(renew=True, void_from=1)
    ceremonies.issue(folder, stage.press.archive, changes, holders)
    stage.publish([*STORIES[:-1], stage.newest])

    assert [] == deep(stage)
    words = ["edition", "verify", str(stage.press.archive.root), "--deep"]
    assert 0 == CliRunner().invoke(main, words).exit_code


@pytest.mark.parametrize(
    "change", [{"previous": "ab" * 32}, {"number": 7}, {"time": NOW}]
)
def test_entry_that_does_not_continue_the_one_before_is_named(stage, change):
    """A press that lost its thread is found, though readers of the newest see none."""
    Forger(stage).edit({}, **change)

    assert ["log leaf 1: refused: expected en edition 2, later, naming the one"] == [
        problem.partition(" before")[0] for problem in deep(stage)
    ]


def test_head_that_is_no_beginning_of_the_log_is_forged(stage):
    """A `latest` proved in another log of the same key is found by its head."""
    copy = stage.folder / "copy"
    stage.press.state.close()
    shutil.copytree(stage.press.archive.root, copy)
    for number, root in enumerate((stage.press.archive.root, copy)):
        press = Press(Archive(root), stage.folder / "keys")
        rows = [*STORIES, documents.story(20 + number)]
        content = ContentFile(documents.write(stage.folder / "x.jsonl", rows))
        press.publish(content, lambda _digest: None, NOW + timedelta(hours=3))
    shutil.copy(copy / "en" / "latest", stage.press.archive.root / "en" / "latest")

    assert any("en/latest: forged: expected root" in problem for problem in deep(stage))
