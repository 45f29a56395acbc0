"""What a newsroom does when a key is lost or stolen, and what its readers see.

A reader here has pinned the first trust note, fetches what a mirror has, and believes
nothing else.
"""

from datetime import timedelta

import pytest

import ceremonies
import documents
from cast import NOW
from tamizdat.edition import log
from tamizdat.edition.errors import ProofError, StatementError, TrustError
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import Statement, parse_latest, sign_statement
from tamizdat.edition.verify import verify_latest
from tamizdat.mirrors import probe
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import ceremony, keys
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.drafts import Changes
from tamizdat.press.errors import CeremonyError, KeyFileError
from tamizdat.press.notes import ENDED
from tamizdat.press.run import Press

OLD = [1, 2, 3]
STORIES = [documents.service(), *(documents.story(n) for n in range(1, 6))]


class Reader:
    """Somebody who pinned the first trust note of a mirror."""

    def __init__(self, mirror):
        self._mirror = mirror
        self.pinned = probe.trust_of(mirror)[0].digest

    def edition(self, service="en"):
        """Read the newest edition as a reader would."""
        chain = probe.trust_of(self._mirror, self.pinned)
        return verify_latest(
            self._mirror.read(f"{service}/latest", 4096), chain, service
        )

    def believes(self, latest, service="en"):
        """Judge bytes that somebody else shows."""
        chain = probe.trust_of(self._mirror, self.pinned)
        return verify_latest(latest, chain, service)


def issue(stage, changes, holders=OLD, days=0):
    """Issue the next trust note of the stage's organisation."""
    folder = stage.folder / "keys"
    paths = [folder / f"root-{number}.key" for number in holders]
    now = NOW + timedelta(days=days)
    return ceremonies.issue(folder, stage.press.archive, changes, paths, now)


def whole(stage):
    """Check every byte of the mirror from outside."""
    chain = probe.trust_of(stage.mirror)
    services = probe.services_of(chain, [])
    reports, book = probe.check_mirror(stage.mirror, chain, services)
    return [*book.problems, *(p for report in reports for p in report.problems)]


def thief(stage):
    """Take a copy of every key the press has, as they are now."""
    signers = {path.stem: path.read_text() for path in stage.folder.glob("keys/*.key")}
    return {
        stem: keys.parse_signer(text.strip())
        for stem, text in signers.items()
        if stem.startswith(("log", "service"))
    }


def forged(stage, stolen, number):
    """Sign an edition with stolen keys, in a log that goes on from ours."""
    held = parse_latest((stage.press.archive.root / "en" / "latest").read_bytes())
    statement = Statement(
        organisation="press.example",
        service="en",
        number=number,
        time=NOW + timedelta(days=3),
        tree="ee" * 32,
        previous=held.leaf.hex(),
        trust=held.statement.trust,
        press="0.1.0",
    )
    entry = sign_statement(statement, stolen["service-en"])
    size = held.proof.checkpoint.size
    bundle = stage.press.archive.read_tile(log.tile_at(-1, 0, size))
    entries = [*log.read_bundle(bundle), entry]
    tiles = dict(log.append({}.__getitem__, 0, entries))
    root = log.range_hash(tiles.__getitem__, size + 1, 0, size + 1)
    head = Checkpoint(stolen["log"].name, size + 1, root)
    path = log.inclusion_proof(tiles.__getitem__, size, size + 1)
    note = sign_note(head.text(), [stolen["log"]])
    return entry + log.write_proof(size, path, note)


def test_reader_of_the_first_note_follows_three_generations(stage):
    """New roots, then new service keys, then a new log: the pinned note leads there."""
    reader, folder = Reader(stage.mirror), stage.folder / "keys"
    new = [ceremonies.new_root(folder, number) for number in (6, 7)]
    kept = [folder / f"root-{number}.key" for number in (3, 4, 5)]
    roots = tuple(ceremonies.public(path) for path in [*kept, *new])
    issue(stage, Changes(roots=roots), [3, 4, 5])
    stage.change("Under new roots")
    stage.deliver()
    assert 2 == reader.edition().statement.trust
    issue(stage, Changes(renew=True), [3, 6, 7], days=90)
    stage.change("Under new service keys")
    stage.deliver()
    assert 3 == reader.edition().statement.trust
    issue(stage, Changes(new_log=True), [4, 6, 7])
    stage.change("In a new log")
    stage.deliver()
    edition = reader.edition()

    assert (4, 4) == (edition.statement.trust, edition.statement.number)
    assert ("press.example/log/2", 4) == (
        edition.checkpoint.origin,
        edition.checkpoint.size,
    )
    assert [] == whole(stage)


def test_running_press_takes_a_new_note_in_without_a_restart(stage):
    """What a ceremony finishes is signed with by the next run of the same press."""
    issue(stage, Changes(renew=True))
    stage.change()

    assert 2 == len(stage.press.chain)
    assert (stage.press.archive.root / "trust" / "2.note").exists()
    first, second = (stage.folder / "keys" / f"service-en{n}.key" for n in ("", ".2"))
    first.unlink()
    stage.change("With the new key alone")
    assert second.exists()


def test_renewed_key_signs_after_the_old_one_ended(stage):
    """A newsroom that renews in time goes on; one that does not stops."""
    issue(stage, Changes(renew=True), days=100)
    stage.hours = 24 * 150
    stage.publish([*STORIES, documents.story(9)])
    stage.deliver()

    assert 2 == Reader(stage.mirror).edition().statement.trust
    stage.hours = 24 * 221
    with pytest.raises(KeyFileError, match="expired, renew it"):
        stage.publish([*STORIES, documents.story(9), documents.story(10)])


def test_lost_service_key_is_replaced_and_old_editions_stay_good(stage):
    """Nothing that was published becomes void."""
    reader = Reader(stage.mirror)
    (stage.folder / "keys" / "service-en.key").unlink()
    with pytest.raises(KeyFileError, match=r"service-en\.key"):
        stage.change()
    issue(stage, Changes(renew=True))
    stage.deliver()
    assert 1 == reader.edition().statement.trust
    stage.change()
    stage.deliver()

    assert 2 == reader.edition().statement.trust


def test_stolen_service_key_signs_nothing_from_the_leaf_named(stage):
    """Readers refuse the thief's edition, and the press replaces it at once."""
    reader, stolen = Reader(stage.mirror), thief(stage)
    bad = forged(stage, stolen, 2)
    assert 2 == reader.believes(bad).statement.number  # until the note comes
    issue(stage, Changes(renew=True, void_from=1))
    edition = stage.publish()
    stage.deliver()

    assert (2, True) == (edition.number, edition.changed)
    with pytest.raises(StatementError, match="leaf 1 must name trust note 2 or later"):
        reader.believes(bad)
    assert (2, 2) == (
        reader.edition().statement.trust,
        reader.edition().statement.number,
    )
    assert [] == whole(stage)


def test_editions_signed_since_a_theft_are_void_and_printed_anew(stage):
    """A void edition keeps its place in the log; the next one takes its place."""
    stage.change("Signed by the thief, perhaps")
    stage.deliver()
    reader = Reader(stage.mirror)
    issue(stage, Changes(renew=True, void_from=1))
    source = ContentFile(stage.folder / "content.jsonl", {})
    assert {"en": False} == stage.press.stale(source)
    stage.publish([*STORIES[:-1], stage.newest])
    stage.deliver()

    assert (3, 2) == (reader.edition().statement.number, reader.edition().index)
    assert [] == whole(stage)


@pytest.mark.parametrize(
    ("leaf", "said"),
    [(1, "from leaf 1 to 1 every entry is void"), (2, "none is void")],
)
def test_holder_reads_which_entries_a_note_makes_void(stage, leaf, said):
    """Whoever signs sees the first and the last of them before signing."""
    stage.change("Signed by the thief, perhaps")
    changes = Changes(renew=True, void_from=leaf)
    draft = ceremonies.begin(stage.folder / "keys", stage.press.archive, changes)

    assert f"binds at once: {said}" in ceremony.told(draft)


def test_stolen_log_key_proves_nothing_after_the_log_was_given_up(stage):
    """A new origin goes on with the same leaves; the thief keeps a dead log."""
    reader, stolen = Reader(stage.mirror), thief(stage)
    issue(stage, Changes(new_log=True, renew=True, void_from=1))
    stage.publish()
    stage.deliver()
    new = thief(stage)["service-en.2"]  # even so
    bad = forged(stage, {"service-en": new, "log": stolen["log"]}, 3)

    with pytest.raises(ProofError, match="was given up at 1 leaves"):
        reader.believes(bad)
    assert "press.example/log/2" == reader.edition().checkpoint.origin
    assert [] == whole(stage)


def test_theft_before_a_planned_note_binds_ends_with_the_log(stage):
    """What the old key signs until then stands in no log that readers believe."""
    reader, stolen = Reader(stage.mirror), thief(stage)
    issue(stage, Changes(renew=True))
    planned = ceremony.chain_in(stage.folder / "keys" / "trust")[-1].since
    with pytest.raises(CeremonyError, match=f"name {planned}, and give the log up"):
        issue(stage, Changes(renew=True, void_from=1))
    bad = forged(stage, stolen, 2)
    assert 2 == reader.believes(bad).statement.number  # until the note comes
    issue(stage, Changes(new_log=True, renew=True, void_from=planned))
    stage.change("After the theft")
    stage.deliver()

    with pytest.raises(ProofError, match="was given up at 1 leaves"):
        reader.believes(bad)
    assert (3, 1) == (reader.edition().statement.trust, reader.edition().index)
    assert [] == whole(stage)


def test_lost_log_key_costs_a_new_origin_and_no_edition(stage):
    """Whoever holds only the old head still believes what it proves."""
    reader = Reader(stage.mirror)
    (stage.folder / "keys" / "log.key").unlink()
    issue(stage, Changes(new_log=True))
    stage.change()
    stage.deliver()

    assert (2, 1) == (reader.edition().statement.number, reader.edition().index)
    assert [] == whole(stage)


def test_no_service_goes_dark_while_the_log_is_given_up(stage):
    """The note arrives with one service; the others are believed all the while."""
    stage = type(stage)(stage.folder / "two", ["en", "ru"])
    for name in ("en", "ru"):
        stage.print_one(name, ["en", "ru"])
        stage.deliver(name)
    reader = Reader(stage.mirror)
    issue(stage, Changes(new_log=True))
    services = [documents.service(name) for name in ("en", "ru")]
    rows = [*services, documents.story(1), documents.story(2)]
    stage.publish(rows)
    assert {"en", "ru"} == {
        p.name for p in (stage.press.archive.private / ENDED).iterdir()
    }
    stage.deliver("en")

    assert "press.example/log/2" == reader.edition("en").checkpoint.origin
    held = reader.edition("ru")
    assert ("press.example/log/1", 2) == (held.checkpoint.origin, held.checkpoint.size)


def test_lost_roots_below_the_threshold_are_replaced_by_those_left(stage):
    """Two of five gone: the other three name five new ones."""
    reader, folder = Reader(stage.mirror), stage.folder / "keys"
    for number in (1, 2):
        (folder / f"root-{number}.key").unlink()
    new = [ceremonies.new_root(folder, number) for number in (6, 7)]
    kept = [folder / f"root-{number}.key" for number in (3, 4, 5)]
    roots = tuple(ceremonies.public(path) for path in [*kept, *new])
    issue(stage, Changes(roots=roots), [3, 4, 5])
    stage.change()
    stage.deliver()

    assert 2 == reader.edition().statement.trust


def test_stolen_roots_below_the_threshold_sign_no_note(stage):
    """Two of five roots in one hand are not enough for anything."""
    with pytest.raises(CeremonyError, match="2 of 3 signatures of the roots of note 2"):
        issue(stage, Changes(renew=True), [1, 2])
    assert not (stage.folder / "keys" / "trust" / "2.note").exists()


def test_roots_lost_beyond_the_threshold_cost_a_new_first_note(stage, tmp_path):
    """Two roots left of five: a new organisation, whose fingerprint is told on air."""
    for number in (1, 2, 3):
        (stage.folder / "keys" / f"root-{number}.key").unlink()
    reader = Reader(stage.mirror)
    with pytest.raises(CeremonyError, match="2 of 3"):
        issue(stage, Changes(renew=True), [4, 5])
    again = keys.new_organisation(tmp_path / "new", "press.example", ["en"], NOW)
    press = Press(Archive(tmp_path / "new-archive"), tmp_path / "new")
    source = ContentFile(stage.folder / "content.jsonl", {})
    press.publish(source, lambda _digest: None, NOW + timedelta(hours=9))
    other = DirectoryTransport(press.archive.root)
    assert 1 == reader.edition().statement.number
    with pytest.raises(TrustError, match="expected the fingerprint"):
        probe.trust_of(other, reader.pinned)
    chain = probe.trust_of(other, again.digest)
    assert probe.check_service(other, chain, "en").verified
