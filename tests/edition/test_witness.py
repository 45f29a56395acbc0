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


def test_newest_of_two_cosignatures_counts():
    """A checkpoint that was shown twice to one witness has its later time."""
    later = NOW + timedelta(minutes=10)
    lines = [witness.cosign(HEAD.text(), WITNESS, time) for time in (later, NOW)]
    note = parse_note(NOTE + "".join(f"{line}\n" for line in lines).encode())

    assert {"w1": later} == witness.cosigned(note, POLICY)
