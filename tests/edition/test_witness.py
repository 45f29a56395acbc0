"""What a witness is asked and what it says, read and written."""

from datetime import timedelta

import pytest

from cast import NOW, signer
from tamizdat.edition import witness
from tamizdat.edition.errors import NoteError, ProofError
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import NOTE_BYTES, parse_note, sign_note
from tamizdat.edition.policy import parse_policy

HEAD = Checkpoint("press.example/log/1", 3, b"\1" * 32)
NOTE = sign_note(HEAD.text(), [signer("log/1")])
WITNESS = signer("witness/1")
POLICY = parse_policy(
    (
        f"log {signer('log/1').verifier}",
        f"witness w1 {witness.witness_key(WITNESS)}",
        "quorum w1",
    )
)


def test_request_is_read_as_it_was_written():
    """Old size, proof and checkpoint come through whole."""
    path = (b"\2" * 32, b"\3" * 32)

    request = witness.parse_request(witness.write_request(2, path, NOTE))

    assert (2, path, HEAD) == (request.old, request.path, request.checkpoint)
    assert parse_note(NOTE) == request.note


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (NOTE, ProofError, "expected `old <size>`"),
        (b"old 01\n\n" + NOTE, ProofError, "expected `old <size>`"),
        (b"old 1\n" + b"AAAA\n" + b"\n" + NOTE, ProofError, "hash of 32 bytes"),
        (b"old 1\n" + b"x\n" * 64 + b"\n" + NOTE, ProofError, "at most 63"),
        (b"old 1\n\n" + b"x" * 60 + b"\n", NoteError, "no signature lines"),
        (b"old 1\n\n" + b"x" * (NOTE_BYTES + 1), NoteError, "at most"),
    ],
)
def test_malformed_request_is_refused(data, error, reason):
    """A witness signs nothing it could not read."""
    with pytest.raises(error, match=reason):
        witness.parse_request(data)


def answer(*signers):
    """Write what witnesses answer, one after another."""
    return "".join(f"{witness.cosign(HEAD.text(), s, NOW)}\n" for s in signers).encode()


OTHER = f"{witness.cosign(b'other', WITNESS, NOW)}\n".encode()


def test_cosignature_is_found_among_others():
    """A witness answers with its line; whatever else stands there is ignored."""
    key = witness.witness_key(WITNESS)
    line, time = witness.read_answer(
        answer(signer("witness/2"), WITNESS), HEAD.text(), key
    )

    assert (answer(WITNESS).decode(), NOW) == (f"{line}\n", time)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no signature lines"),
        (b"<!doctype html>\n", "not `"),
        (answer(signer("witness/2")), "no cosignature by"),
        (OTHER, "does not verify"),
        (b"4\n\n" + answer(WITNESS), "signature lines alone"),
        (answer(WITNESS) * 17, "at most 16"),
    ],
)
def test_answer_that_is_no_cosignature_is_refused(data, reason):
    """Whatever a witness answers instead is named."""
    with pytest.raises(NoteError, match=reason):
        witness.read_answer(data, HEAD.text(), witness.witness_key(WITNESS))


def test_head_is_shown_to_a_witness_with_the_log_alone():
    """Cosignatures of the round before are left out."""
    note = parse_note(NOTE + answer(WITNESS))

    assert witness.bare(note, signer("log/1").verifier) == NOTE


THREE = tuple(
    f"witness w{n} {witness.witness_key(signer(f'witness/{n}'))} http://w{n}.example"
    for n in (1, 2, 3)
)


def policy(*quorum):
    """Read a policy of three witnesses."""
    return parse_policy((f"log {signer('log/1').verifier}", *THREE, *quorum))


@pytest.mark.parametrize(
    ("cosigners", "chosen"),
    [
        (["w3", "w1", "w2"], ["w1", "w2"]),
        (["w3", "w2"], ["w2", "w3"]),
        (["w3"], ["w3"]),
        ([], []),
    ],
)
def test_readers_are_sent_no_more_cosignatures_than_the_quorum(cosigners, chosen):
    """More than enough is cut to enough; less is left as it is."""
    two = policy("group two 2 w1 w2 w3", "quorum two")

    assert chosen == witness.enough(two, cosigners)


def test_address_of_a_witness_is_read_and_a_quorum_asked_for():
    """The round finds all it needs in the trust note."""
    asked, alone = policy("quorum w1"), policy("quorum none")

    assert {f"w{n}": f"http://w{n}.example" for n in (1, 2, 3)} == asked.urls
    assert (True, False) == (asked.asks, alone.asks)
    assert {} == POLICY.urls


def test_label_says_what_is_known():
    """Pending for an hour, then a warning; a quorum ends both."""
    hour, later = witness.PENDING, witness.PENDING + timedelta(seconds=1)
    said = [
        witness.label(age, witnessed=witnessed, asked=asked)
        for age, witnessed, asked in (
            (later, True, True),
            (hour, False, True),
            (later, False, True),
            (timedelta(0), False, False),
        )
    ]

    assert [*witness.LABELS, witness.LABELS[2]] == said


def test_newest_of_two_cosignatures_counts():
    """A checkpoint that was shown twice to one witness has its later time."""
    later = NOW + timedelta(minutes=10)
    lines = [witness.cosign(HEAD.text(), WITNESS, time) for time in (later, NOW)]
    note = parse_note(NOTE + "".join(f"{line}\n" for line in lines).encode())

    assert {"w1": later} == witness.cosigned(note, POLICY)
