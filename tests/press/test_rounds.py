"""Rounds of witnesses: who cosigns, who does not, and what stops the press."""

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import ceremonies
import documents
from tamizdat.edition.statement import parse_latest
from tamizdat.edition.verify import verify_latest
from tamizdat.press import filing, offline, resealing, rounds
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.drafts import Changes
from tamizdat.press.errors import BusyError, DoubtError, PressError
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press
from witness.simulator import WitnessSimulator

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
SECONDS = 2.0  # that a witness has in these tests


class Watched:
    """A press of two services, and three witnesses of whom two are the quorum."""

    def __init__(self, folder, organisation="press.example"):
        self.folder = folder
        self.witnesses = [WitnessSimulator(folder, number) for number in (1, 2, 3)]
        watch = [
            *(witness.line for witness in self.witnesses),
            "group two 2 w1 w2 w3",
            "quorum two",
        ]
        services = ("en", "ru")
        new_organisation(folder / "keys", organisation, services, BEGAN, watch)
        self.open()
        for witness in self.witnesses:
            witness.watch(self.press.chain[-1].log)
        self.minutes = 0

    def open(self):
        """Start the press."""
        self.press = Press(Archive(self.folder / "archive"), self.folder / "keys")

    def publish(self, service="en", stories=1):
        """Print some stories of a service."""
        rows = [documents.service(name) for name in ("en", "ru")]
        rows += [documents.story(n, service) for n in range(1, stories + 1)]
        source = ContentFile(documents.write(self.folder / "content.jsonl", rows))
        self.minutes += 1
        now = BEGAN + timedelta(minutes=self.minutes)
        return self.press.publish(source, lambda _d: None, now, services=[service])[0]

    def round(self):
        """Have the head cosigned."""
        return self.press.round(datetime.now(UTC).replace(microsecond=0), SECONDS)

    def states(self):
        """Tell what each witness said last: state and reason."""
        seen = self.press.state.witnesses(self.press.chain[-1].log.name)
        return {name: (one.state, one.reason) for name, one in seen.items()}

    def latest(self, service="en"):
        """Read the newest statement and its proof."""
        return (self.press.archive.root / service / "latest").read_bytes()

    def verified(self, service="en"):
        """Verify them as a reader does."""
        return verify_latest(self.latest(service), self.press.chain, service)

    def close(self):
        """Stop the witnesses."""
        for witness in self.witnesses:
            witness.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """Give one that has printed, for tests after which all is as before."""
    watched = Watched(tmp_path_factory.mktemp("watched"))
    watched.publish("en")
    watched.publish("ru")
    yield watched
    watched.close()


@pytest.fixture
def watched(tmp_path):
    """Give a press that has printed one edition of each service."""
    watched = Watched(tmp_path)
    watched.publish("en")
    watched.publish("ru")
    yield watched
    watched.close()


def test_edition_is_out_before_any_witness_has_seen_it(watched):
    """Publishing waits for nobody: the log's own signature is there at once."""
    edition = watched.verified()

    assert not edition.witnessed
    assert [] == watched.witnesses[0].asked


def test_one_head_is_cosigned_for_all_services(watched):
    """Every `latest` has its statement as before, and one checkpoint with a quorum."""
    before = {service: watched.latest(service) for service in ("en", "ru")}
    result = watched.round()
    after = {service: watched.latest(service) for service in ("en", "ru")}
    heads = {parse_latest(latest).proof.note.text for latest in after.values()}

    assert (True, ("w1", "w2")) == (result.witnessed, result.cosigners)
    assert {"en": 1, "ru": 1} == result.numbers
    assert 1 == len(heads)
    for service in before:
        assert watched.verified(service).witnessed
        old, new = (parse_latest(one[service]).entry for one in (before, after))
        assert old == new
    checkpoint = (watched.press.archive.root / "log/checkpoint").read_bytes()
    assert checkpoint == after["en"][-len(checkpoint) :]


def test_files_are_sealed_again_with_the_head_that_witnesses_cosigned(watched):
    """What is carried along says so, too; nothing else of it is another."""
    now = BEGAN + timedelta(minutes=30)
    names = ["en-1.txt", "en-1.epub"]
    for kind in ("text", "book"):
        offline.make(watched.press, "en", kind, now)
    archive = watched.press.archive
    folder = archive.root / "files"
    before = {name: (folder / name).read_bytes() for name in names}
    not_yet = list(resealing.seal_again(watched.press))
    watched.round()
    sealed = list(resealing.seal_again(watched.press))
    found = {name: filing.check(folder / name) for name in names}
    again = list(resealing.seal_again(watched.press))
    watched.publish("en", 2)  # a newer head that nobody has cosigned
    later = list(resealing.seal_again(watched.press))

    assert ([], names, [], []) == (not_yet, sealed, again, later)
    assert all(one.witnessed for one in found.values())
    for name, one in found.items():
        blanks = one.statement.blanks()
        assert blanked(before[name], blanks) == blanked(
            (folder / name).read_bytes(), blanks
        )
    rows = {name: digest for digest, _size, name in filing.index_rows(archive)}
    assert rows == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names
    }


def blanked(content, blanks):
    """Put zeros where a seal and its checksums stand."""
    found = bytearray(content)
    for at, size in blanks:
        found[at : at + size] = bytes(size)
    return found


def test_each_round_continues_the_one_before(watched):
    """A witness that remembers is asked once, with a proof from where it stood."""
    watched.round()
    for stories in (2, 3, 4):
        watched.publish("en", stories)
    watched.round()

    assert [2, 2, 2] == [len(one.asked) for one in watched.witnesses]
    assert watched.witnesses[0].asked[1].startswith(b"old 2\n")
    assert 5 == watched.verified("ru").checkpoint.size
    assert all(watched.verified(service).witnessed for service in ("en", "ru"))


def test_press_that_forgot_what_witnesses_hold_asks_twice(watched):
    """The size that a witness names is where the proof begins."""
    watched.round()
    watched.press.state.database.execute("DELETE FROM witness")
    watched.publish("en", 2)
    watched.round()

    assert watched.witnesses[0].asked[1].startswith(b"old 0\n")
    assert watched.witnesses[0].asked[2].startswith(b"old 2\n")
    assert watched.verified().witnessed


def test_witness_that_forgot_is_led_from_the_beginning(watched):
    """It loses its use for a moment, not its place."""
    watched.round()
    watched.witnesses[0].forget()
    watched.publish("en", 2)
    watched.round()

    assert 3 == watched.witnesses[0].size(watched.press.chain[-1].log.name)
    assert ("cosigned", "") == watched.states()["w1"]


def test_round_without_news_asks_all_the_same(standing):
    """Witnesses are compared with at each round, whether or not something came."""
    first = standing.round()
    before = [len(witness.asked) for witness in standing.witnesses]
    again = standing.round()

    assert first.numbers == again.numbers
    assert [n + 1 for n in before] == [len(one.asked) for one in standing.witnesses]


FAULTS = {
    "silent": ("be_silent", (), "unreachable", "no answer within 2 s"),
    "dripping": ("drip", (), "unreachable", "no answer within 2 s"),
    "html": ("answer_html", (), "refused", "cosignature, found '<!doctype html>'"),
    "redirecting": ("answer_status", (302,), "refused", "HTTP status 302"),
    "another-key": ("change_its_key", (), "refused", "no cosignature by"),
    "another-root": ("cosign_another_root", (), "refused", "does not verify"),
    "log-unknown": ("answer_status", (404,), "refused", "does not know the log"),
    "key-unknown": ("answer_status", (403,), "refused", "another key for the log"),
    "busy": ("answer_status", (503,), "refused", "HTTP status 503"),
    "size-in-html": (
        *("answer_status", (409, b"<p>9</p>", "text/html")),
        *("refused", "expected the size that it remembers"),
    ),
    "stale-size": ("claim_a_log_of", (1,), "refused", "asked from 1, it said 1"),
    "two-notes": (
        *("answer_status", (200, b"\n\n\xe2\x80\x94 a AAAA\n")),
        *("refused", "signature"),
    ),
    "endless": ("answer_status", (200, b"x" * 100_000), "refused", "at most"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_witness_that_does_not_cosign_is_named_and_outvoted(standing, name):
    """One of three that is slow, broken or lying changes nothing but what is said."""
    method, arguments, state, reason = FAULTS[name]
    getattr(standing.witnesses[0], method)(*arguments)
    result = standing.round()
    standing.witnesses[0].be_honest()

    assert (True, ("w2", "w3")) == (result.witnessed, result.cosigners)
    assert state == standing.states()["w1"][0]
    assert reason in standing.states()["w1"][1]
    assert standing.verified().witnessed


def test_dead_witness_stops_no_publication(watched):
    """News goes on, cosigned by the two that are left."""
    watched.witnesses[0].close()
    watched.round()

    assert ("unreachable", "connection refused") == watched.states()["w1"]
    assert watched.publish("en", 2).changed
    assert watched.round().witnessed


def test_key_of_one_witness_counts_once(watched):
    """Two addresses with one key are one witness."""
    watched.witnesses[0].borrow_the_name(watched.witnesses[1])
    watched.witnesses[2].be_silent()
    result = watched.round()

    assert not result.witnessed
    assert "no cosignature by" in watched.states()["w1"][1]


def test_without_a_quorum_nothing_is_written_and_news_goes_on(watched):
    """Published stays published; it is said that nobody vouches for it."""
    before = watched.latest()
    watched.witnesses[0].answer_html()
    watched.witnesses[1].be_silent()
    result = watched.round()

    assert (False, {}) == (result.witnessed, result.numbers)
    assert before == watched.latest()
    assert watched.publish("en", 2).changed
    watched.witnesses[0].be_honest()

    assert watched.round().witnessed
    assert watched.verified().witnessed


def test_edition_that_comes_during_a_round_keeps_its_own_head(watched):
    """No `latest` goes back to a statement or a log from before."""
    begun = watched.press.begin_round()
    answers = rounds.ask(begun, SECONDS)
    watched.publish("en", 2)
    newer = watched.latest("en")
    checkpoint = (watched.press.archive.root / "log/checkpoint").read_bytes()
    result = watched.press.end_round(begun, answers, BEGAN)

    assert {"ru": 1} == result.numbers
    assert newer == watched.latest("en")
    assert checkpoint == (watched.press.archive.root / "log/checkpoint").read_bytes()
    assert watched.verified("ru").witnessed
    watched.round()

    assert watched.verified("en").witnessed


def test_round_that_is_killed_leaves_what_verifies_and_the_next_one_ends_it(
    watched, monkeypatch
):
    """Some services have the cosigned head, some the one before; none is worse off."""
    begun = watched.press.begin_round()
    answers = rounds.ask(begun, SECONDS)
    write, written = watched.press.archive.write, []

    def dies(path, content):
        if path.name == "latest" and written:
            raise KeyboardInterrupt
        written.append(path.name)
        write(path, content)

    monkeypatch.setattr(watched.press.archive, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        watched.press.end_round(begun, answers, BEGAN)
    monkeypatch.undo()
    watched.press.state.close()
    watched.open()
    held = [watched.verified(service).statement.number for service in ("en", "ru")]

    assert [1, 1] == held
    assert watched.round().witnessed
    assert all(watched.verified(service).witnessed for service in ("en", "ru"))


def test_head_of_a_log_given_up_is_shown_to_nobody(watched):
    """A new log has rounds from its first edition on."""
    keys = watched.folder / "keys"
    holders = [keys / f"root-{number}.key" for number in (1, 2, 3)]
    changes = Changes(new_log=True)
    now = datetime.now(UTC)
    ceremonies.issue(keys, watched.press.archive, changes, holders, now)
    before = watched.round()
    for witness in watched.witnesses:
        witness.watch(watched.press.chain[-1].log)
    watched.publish("en", 2)

    assert before is None
    assert watched.round().witnessed
    assert watched.verified().checkpoint.origin.endswith("/log/2")


def test_round_ends_when_another_process_holds_the_archive(watched):
    """Two writers never meet; the next round does it."""
    begun = watched.press.begin_round()
    answers = rounds.ask(begun, SECONDS)
    other = Archive(watched.press.archive.root)
    watched.press.archive.patience = 0
    with other.locked(), pytest.raises(BusyError):
        watched.press.end_round(begun, answers, BEGAN)


def test_restored_old_backup_is_stopped_by_a_witness_alone(watched):
    """Where no mirror answers, the witnesses know that the log was longer."""
    watched.round()
    root = watched.press.archive.root
    shutil.copytree(root, watched.folder / "backup")
    watched.publish("en", 2)
    watched.round()
    watched.press.state.close()
    shutil.rmtree(root)
    (watched.folder / "backup").rename(root)
    watched.open()
    watched.round()

    with pytest.raises(DoubtError, match=r"cosigned 3 leaves.*tamizdat log recover"):
        watched.publish("ru", 2)
    assert 2 == watched.verified().checkpoint.size


def test_other_history_is_stopped_by_a_witness(watched):
    """A log whose leaves were made anew is not signed on."""
    watched.round()
    shutil.rmtree(watched.press.archive.root)
    watched.open()
    for stories in (3, 4, 5):
        watched.publish("en", stories)
    result = watched.round()

    assert not result.witnessed
    assert {"other"} == {state for state, _reason in watched.states().values()}
    with pytest.raises(DoubtError, match="does not continue"):
        watched.publish("ru", 2)


def test_other_history_of_one_size_is_stopped_by_a_witness(watched):
    """The same number of leaves and another root is a fork."""
    watched.round()
    shutil.rmtree(watched.press.archive.root)
    watched.open()
    watched.publish("en", 3)
    watched.publish("en", 4)
    watched.round()

    with pytest.raises(DoubtError, match="cosigned other 2 leaves"):
        watched.publish("ru", 2)


def test_witness_that_lies_about_its_size_can_be_disbelieved(watched):
    """One witness can stop the press; the operator can go on without it."""
    watched.witnesses[0].claim_a_log_of(900)
    assert ["w1"] == watched.round().stopping
    with pytest.raises(DoubtError, match="--disbelieve w1"):
        watched.publish("en", 2)
    watched.press.disbelieve("w1")

    assert watched.publish("en", 2).changed
    assert [] == watched.round().stopping
    assert watched.publish("en", 3).changed
    assert watched.verified("ru").witnessed


def test_disbelieved_witness_can_be_believed_again(watched):
    """What it last said stops the press again, until it cosigns."""
    watched.witnesses[0].claim_a_log_of(900)
    watched.round()
    watched.press.disbelieve("w1")
    watched.press.believe("w1")

    with pytest.raises(DoubtError, match="cosigned 900 leaves"):
        watched.publish("en", 2)
    with pytest.raises(PressError, match="'w1' is believed already"):
        watched.press.believe("w1")
    watched.witnesses[0].be_honest()
    watched.round()
    assert watched.publish("en", 2).changed


def test_disbelief_is_of_a_key_and_not_of_a_name(watched):
    """Whoever takes over the name of a disbelieved witness is believed again."""
    watched.witnesses[0].claim_a_log_of(900)
    watched.round()
    watched.press.disbelieve("w1")
    trust = watched.press.chain[-1]
    quiet = watched.press.doubts()
    lines = [
        f"witness w1 {watched.witnesses[2].line.split()[2]} http://127.0.0.1:1",
        *(line for line in trust.policy if not line.startswith("witness w1 ")),
    ]
    renewed = replace(trust, policy=tuple(lines))

    assert "" == quiet
    assert "cosigned 900 leaves" in rounds.doubts(watched.press.state, renewed)


def test_head_of_a_later_round_does_not_give_way_to_an_earlier_one(watched):
    """Answers that come late write over nothing that is newer."""
    begun = watched.press.begin_round()
    answers = rounds.ask(begun)
    watched.publish("ru", 2)
    watched.round()
    newer = watched.verified("en").checkpoint.size
    watched.press.end_round(begun, answers, BEGAN)

    assert newer == watched.verified("en").checkpoint.size
    assert newer > begun.head.checkpoint.size


def test_round_brings_back_a_latest_that_was_lost(watched):
    """What a round writes needs nothing of what stood there."""
    (watched.press.archive.root / "en" / "latest").unlink()
    watched.round()

    assert watched.verified("en").witnessed


def test_silence_takes_no_warning_back(watched):
    """A witness that is cut off after it warned stops the press as before."""
    watched.witnesses[0].claim_a_log_of(900)
    watched.round()
    watched.witnesses[0].answer_status(503)
    watched.round()
    with pytest.raises(DoubtError, match="cosigned 900 leaves"):
        watched.publish("en", 2)
    watched.witnesses[0].be_honest()
    watched.round()

    assert ("cosigned", "") == watched.states()["w1"]
    assert watched.publish("en", 2).changed


def test_clock_ahead_of_a_witness_stops_the_press_until_it_agrees(watched):
    """No time is signed that onlookers did not have; the head is cosigned anyway."""
    watched.witnesses[1].be_behind(minutes=6)
    result = watched.round()

    assert result.witnessed
    with pytest.raises(DoubtError, match=r"6 minutes ahead.*right.*--disbelieve w2"):
        watched.publish("en", 2)
    watched.witnesses[1].be_behind(minutes=4)
    watched.round()

    assert watched.publish("en", 2).changed


def test_planned_trust_note_reaches_the_archive_with_a_round(watched):
    """Readers learn who the witnesses are before the next edition comes."""
    keys = watched.folder / "keys"
    holders = [keys / f"root-{number}.key" for number in (1, 2, 3)]
    watch = (*(one.line for one in watched.witnesses), "quorum w3")
    archive = watched.press.archive
    ceremonies.issue(keys, archive, Changes(watch=watch), holders, datetime.now(UTC))
    result = watched.round()

    assert ("w3",) == result.cosigners
    assert 2 == len(watched.press.chain)
    assert (archive.root / "trust" / "2.note").exists()
    assert watched.verified().witnessed


def test_witness_of_an_older_trust_note_stops_nobody(watched):
    """Whom the newest note does not name has no say."""
    origin = watched.press.chain[-1].log.name
    watched.round()
    watched.press.state.database.execute(
        "UPDATE witness SET name = 'w9', state = 'larger' WHERE name = 'w1'"
    )

    assert "w9" in watched.press.state.witnesses(origin)
    assert watched.publish("en", 2).changed


def test_demonstration_asks_nobody_off_this_machine(tmp_path):
    """Demonstration keys stay here."""
    watched = Watched(tmp_path, "demo.example")
    watched.publish("en")
    begun = watched.press.begin_round()
    far = [type(w)(w.name, w.key, "http://watch.example") for w in begun.asked]
    answers = rounds.ask(type(begun)(begun.head, begun.policy, tuple(far)), SECONDS)

    assert {"refused"} == {answer.state for answer in answers}
    assert "refused off this machine" in answers[0].reason
    watched.close()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "it has no address"),
        ("ftp://watch.example", "expected an http or https address"),
        ("http://[::1", "Invalid IPv6"),
        ("http://watch.example:99999", "out of range"),
    ],
)
def test_odd_address_of_a_witness_is_named(standing, url, reason):
    """The trust note is taken as it is; the round says what is wrong with it."""
    begun = standing.press.begin_round()
    odd = type(begun.asked[0])("w1", begun.asked[0].key, url)
    (answer,) = rounds.ask(type(begun)(begun.head, begun.policy, (odd,)), SECONDS)

    assert "refused" == answer.state
    assert reason in answer.reason


def test_nobody_is_asked_where_the_trust_note_asks_for_nobody(tmp_path):
    """An organisation without witnesses has no rounds."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], BEGAN)
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")

    assert press.round(BEGAN) is None


def test_log_without_a_leaf_is_shown_to_nobody(tmp_path):
    """A round before the first edition has nothing to show."""
    watched = Watched(tmp_path)

    assert watched.round() is None
    watched.close()


def test_readers_pay_for_no_more_cosignatures_than_the_quorum(watched):
    """Three cosigned; `latest` has the lines of two beside the log's."""
    result = watched.round()

    assert ["cosigned"] * 3 == [answer.state for answer in result.answers]
    assert 3 == len(parse_latest(watched.latest()).proof.note.signatures)
