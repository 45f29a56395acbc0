"""Verification: one honest edition, and each attack on it refused with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

import cast
from cast import NOW, ORGANISATION, signer
from tamizdat.edition import log
from tamizdat.edition.errors import EditionError, NoteError, ProofError, StatementError
from tamizdat.edition.log import Checkpoint, leaf_hash
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import (
    Statement,
    parse_latest,
    sign_statement,
    write_latest,
)
from tamizdat.edition.trust import verify_chain
from tamizdat.edition.verify import check_not_older, verify_latest

FIRST = Statement(
    organisation=ORGANISATION,
    service="ru",
    number=1,
    time=NOW,
    tree="ab" * 32,
    previous=None,
    trust=1,
    press="0.1.0",
)


def log_of(entries: list[bytes], origin: str = f"{ORGANISATION}/log/1"):
    """Make a signed checkpoint over entries, and a reader of its tiles."""
    tiles = dict(log.append({}.__getitem__, 0, entries))
    size = len(entries)
    root = log.range_hash(tiles.__getitem__, size, 0, size)
    note = sign_note(Checkpoint(origin, size, root).text(), [signer("log/1")])
    return note, tiles.__getitem__


def latest(
    statement: Statement = FIRST, role: str = "service/ru", index: int = 0
) -> bytes:
    """Publish a statement: the file a reader gets."""
    entry = sign_statement(statement, signer(role))
    entries = [b"another leaf"] * index + [entry]
    checkpoint, read = log_of(entries)
    path = log.inclusion_proof(read, index, len(entries))
    return write_latest(entry, log.write_proof(index, path, checkpoint))


def test_honest_edition_is_verified():
    """What the newsroom signed is accepted as it is."""
    edition = verify_latest(latest(index=5), cast.chain(), "ru")

    assert (FIRST, 5) == (edition.statement, edition.index)


def test_statement_survives_a_round_trip():
    """A statement with a previous one is read as it was written."""
    second = replace(FIRST, number=2, previous="cd" * 32)

    assert second == parse_latest(latest(second)).statement


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"organisation": "other.example"}, "expected organisation press.example"),
        ({"service": "en"}, "expected service ru, found en"),
        ({"trust": 2}, "names trust note 2, the newest known is 1"),
        ({"number": 2}, "only the first edition"),
        ({"previous": "cd" * 32}, "only the first edition"),
        ({"time": NOW + timedelta(days=120)}, "had expired"),
    ],
)
def test_statement_its_key_may_not_make_is_refused(change, message):
    """A key speaks for its service, in its time, of its organisation."""
    with pytest.raises(StatementError, match=message):
        verify_latest(latest(replace(FIRST, **change)), cast.chain(), "ru")


def test_statement_of_another_services_key_is_refused():
    """The English desk's key cannot forge a Russian edition."""
    with pytest.raises(StatementError, match="not signed by the key of service ru"):
        verify_latest(latest(role="service/en"), cast.chain(), "ru")


def test_service_unknown_to_the_trust_note_is_refused():
    """Nobody may speak for a service that is not there."""
    statement = replace(FIRST, service="fa")

    with pytest.raises(StatementError, match="names no service fa"):
        verify_latest(latest(statement, "service/fa"), cast.chain(), "fa")


def test_statement_with_two_signatures_is_refused():
    """A log entry has one spelling, so exactly one signature."""
    entry = sign_note(FIRST.text(), [signer("service/ru"), signer("service/en")])
    checkpoint, read = log_of([entry])
    proof = log.write_proof(0, log.inclusion_proof(read, 0, 1), checkpoint)

    with pytest.raises(StatementError, match="expected one signature"):
        verify_latest(entry + proof, cast.chain(), "ru")


def test_tampered_statement_is_refused():
    """One changed letter breaks the signature."""
    with pytest.raises(NoteError, match="does not verify"):
        verify_latest(latest().replace(b"tree ab", b"tree bb"), cast.chain(), "ru")


def test_statement_proved_at_another_place_is_refused():
    """A proof for another leaf proves nothing of this one."""
    entry = sign_statement(FIRST, signer("service/ru"))
    checkpoint, read = log_of([b"another leaf", entry])
    proof = log.write_proof(0, log.inclusion_proof(read, 0, 2), checkpoint)

    with pytest.raises(ProofError, match="does not lead to the root"):
        verify_latest(entry + proof, cast.chain(), "ru")


def test_checkpoint_of_another_log_is_refused():
    """The trust note names the log."""
    entry = sign_statement(FIRST, signer("service/ru"))
    checkpoint, _read = log_of([entry], origin="other.example/log")

    with pytest.raises(ProofError, match=r"expected log press\.example/log/1"):
        verify_latest(entry + log.write_proof(0, [], checkpoint), cast.chain(), "ru")


def test_checkpoint_without_the_logs_signature_is_refused():
    """Only the log's key makes a checkpoint of the log."""
    entry = sign_statement(FIRST, signer("service/ru"))
    head = Checkpoint(f"{ORGANISATION}/log/1", 1, leaf_hash(entry))
    checkpoint = sign_note(head.text(), [signer("stranger")])

    with pytest.raises(ProofError, match="not signed by"):
        verify_latest(entry + log.write_proof(0, [], checkpoint), cast.chain(), "ru")


def test_leaf_that_names_an_older_trust_note_than_allowed_is_refused():
    """After a planned renewal the old note's keys sign nothing new."""
    second = cast.trust(2, since=3, seen=(1, cast.EMPTY_ROOT))
    chain = verify_chain([cast.signed(cast.trust()), cast.signed(second)])

    assert 1 == verify_latest(latest(index=2), chain, "ru").statement.trust
    with pytest.raises(StatementError, match="must name trust note 2"):
        verify_latest(latest(index=3), chain, "ru")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"tamizdat-edition/1", b"tamizdat-edition/2"),
        (b"number 1", b"number 01"),
        (b"number 1\n", b""),
        (b"number 1\n", b"number 1\nextra line\n"),
        (b"number 1", b"number x"),
        (b"T06:00:00Z", b"T06:00:00+00:00"),
        (b"2026-11-24", b"2026-13-24"),
        (b"c2sp.org/tlog-proof@v1", b"c2sp.org/tlog-proof@v2"),
    ],
)
def test_malformed_latest_is_refused(old, new):
    """A statement has one spelling."""
    with pytest.raises(EditionError):
        parse_latest(latest().replace(old, new, 1))


def test_oversized_latest_is_refused():
    """A reader stops at 4,096 bytes."""
    with pytest.raises(StatementError, match="at most 4096"):
        parse_latest(latest() + b"x" * 4096)
    with pytest.raises(ValueError, match="at most 4096"):
        write_latest(b"x" * 4096, b"y")


def second(**change):
    """Publish an honest second edition, or one with a change."""
    leaf = leaf_hash(sign_statement(FIRST, signer("service/ru"))).hex()
    fields = {"number": 2, "previous": leaf, "time": NOW + timedelta(hours=1)}
    statement = replace(FIRST, **{**fields, **change})
    return verify_latest(latest(statement, index=1), cast.chain(), "ru")


def test_next_edition_continues_the_one_seen():
    """A newer edition is taken."""
    first = verify_latest(latest(), cast.chain(), "ru")

    check_not_older(second(), first)
    check_not_older(first, first)


def test_older_edition_is_refused_as_rollback():
    """A mirror cannot turn back what a reader has seen."""
    first = verify_latest(latest(), cast.chain(), "ru")

    with pytest.raises(StatementError, match="rollback"):
        check_not_older(first, second())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"time": NOW}, "not later"),
        ({"previous": "cd" * 32}, "does not continue"),
        ({"number": 1, "previous": None}, "two statements of ru edition 1"),
    ],
)
def test_edition_that_does_not_follow_is_refused(change, message):
    """Numbers, times and the chain of statements go one way."""
    first = verify_latest(latest(), cast.chain(), "ru")

    with pytest.raises(StatementError, match=message):
        check_not_older(second(**change), first)
