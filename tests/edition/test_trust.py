"""Trust notes: a threshold of root keys, counted honestly, link by link."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

import cast
from cast import NOW, signed, signer, trust
from tamizdat.edition.errors import TrustError
from tamizdat.edition.note import Signer, sign_note
from tamizdat.edition.trust import ServiceKey, check_draft, verify_chain


def test_first_note_is_known_by_its_fingerprint():
    """What people compare is the SHA-256 of the first note."""
    note = signed(trust())
    digest = hashlib.sha256(note).hexdigest()

    assert digest == verify_chain([note], digest)[0].digest
    with pytest.raises(TrustError, match="fingerprint"):
        verify_chain([note], "0" * 64)


def test_note_survives_a_round_trip():
    """What is signed is what is read."""
    read = verify_chain([signed(trust())])[0]

    assert trust().text() == read.text()
    assert {"ru", "en"} == set(read.services)


def test_chain_of_three_generations_is_verified():
    """Root keys are replaced under signatures of both the old and the new."""
    new_roots = tuple(signer(f"root/{n}").verifier for n in range(3, 8))
    newer = tuple(signer(f"root/{n}").verifier for n in range(5, 10))
    second = trust(2, roots=new_roots)
    third = trust(3, roots=newer)
    notes = [
        signed(trust()),
        signed(second, (3, 4, 5)),
        signed(third, (5, 6, 7, 8, 9)),
    ]

    assert [1, 2, 3] == [note.version for note in verify_chain(notes)]


def test_note_signed_by_enough_old_but_too_few_new_roots_is_refused():
    """A stolen old threshold cannot install keys nobody holds."""
    strangers = tuple(signer(f"root/{n}").verifier for n in range(6, 11))
    second = trust(2, roots=strangers)

    with pytest.raises(TrustError, match="0 of 3"):
        verify_chain([signed(trust()), signed(second, (1, 2, 3))])


def test_note_signed_by_enough_new_but_too_few_old_roots_is_refused():
    """Nobody can appoint themselves."""
    strangers = tuple(signer(f"root/{n}").verifier for n in range(6, 11))
    second = trust(2, roots=strangers)

    with pytest.raises(TrustError, match="roots of note 1"):
        verify_chain([signed(trust()), signed(second, (6, 7, 8))])


def test_two_of_three_signatures_are_too_few():
    """A threshold is a threshold."""
    with pytest.raises(TrustError, match="2 of 3"):
        verify_chain([signed(trust(), (1, 2))])


def test_one_root_key_under_two_names_counts_once():
    """Distinct public keys count, not names or lines."""
    twin = Signer("twin.example", signer("root/1").seed)
    roots = tuple(signer(f"root/{n}").verifier for n in range(1, 5))
    note = trust(roots=roots)
    lines = [signer("root/1"), signer("root/1"), twin, signer("root/2")]

    with pytest.raises(TrustError, match="2 of 3"):
        verify_chain([sign_note(note.text(), lines)])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"threshold": 0}, "cannot be reached"),
        ({"threshold": 6}, "cannot be reached"),
        ({"opener": signer("log/1").verifier}, "more than one role"),
        ({"roots": (signer("root/1").verifier,) * 2, "threshold": 1}, "stands twice"),
        ({"policy": (f"log {signer('log/1').verifier}",)}, "quorum"),
        (
            {
                "log": Signer("tamizdat-trust/1", b"l" * 32).verifier,
                "policy": (
                    f"log {Signer('tamizdat-trust/1', b'l' * 32).verifier}",
                    "quorum none",
                ),
            },
            "type line",
        ),
        ({"version": 2}, "has version 2"),
        (
            {"services": {"RU": ServiceKey(signer("x").verifier, NOW)}},
            "expected `service",
        ),
        ({"seen": (0, "xyz")}, "expected `seen"),
    ],
)
def test_note_that_says_too_much_is_refused(change, message):
    """A trust note has rules of its own."""
    with pytest.raises(TrustError, match=message):
        verify_chain([signed(trust(**change))])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"tamizdat-trust/1", b"tamizdat-trust/2", "type"),
        (b"threshold 3\n", b"", "expected a line `threshold"),
        (b"from 0", b"from x", "expected a number"),
        (b"organisation press.example\n", b"", "expected a line `organisation"),
        (b"+", b"-", "verifier key|not base64"),
        (b"2027-03-24T06:00:00Z", b"2027-13-24T06:00:00Z", "there is no time"),
    ],
)
def test_malformed_note_is_refused(old, new, message):
    """A trust note has one spelling."""
    text = trust().text().replace(old, new)

    with pytest.raises(TrustError, match=message):
        verify_chain([sign_note(text, [signer(f"root/{n}") for n in (1, 2, 3)])])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 3}, "expected trust note 2, found 3"),
        ({"version": 1}, "expected trust note 2, found 1"),
        ({"organisation": "other.example"}, "another organisation"),
        ({"seen": (0, cast.EMPTY_ROOT), "since": 0}, None),
    ],
)
def test_note_that_skips_or_repeats_a_version_is_refused(change, message):
    """Every note is the next one."""
    notes = [signed(trust()), signed(trust(**{"version": 2, **change}))]
    if message is None:
        assert 2 == len(verify_chain(notes))
        return

    with pytest.raises(TrustError, match=message):
        verify_chain(notes)


def test_note_that_goes_back_in_the_log_is_refused():
    """The index from which a note binds only rises."""
    second = trust(2, since=10, seen=(9, cast.EMPTY_ROOT))
    third = trust(3, since=9, seen=(9, cast.EMPTY_ROOT))

    with pytest.raises(TrustError, match="goes back"):
        verify_chain([signed(trust()), signed(second), signed(third)])


def test_no_note_is_no_chain():
    """There is nothing to believe."""
    with pytest.raises(TrustError, match="found 0"):
        verify_chain([])


def test_service_key_has_an_end():
    """Keys of services are valid for a stated time."""
    until = verify_chain([signed(trust())])[0].services["ru"].until

    assert NOW + timedelta(days=120) == until


def test_draft_is_read_before_anybody_signs_it():
    """A text that no signatures could make a note is refused at once."""
    first = verify_chain([signed(trust())])

    assert 1 == check_draft([], trust().text()).version
    assert 2 == check_draft(first, trust(2).text()).version
    with pytest.raises(TrustError, match="the first trust note has version 2"):
        check_draft([], trust(2).text())
    with pytest.raises(TrustError, match="expected trust note 2, found 3"):
        check_draft(first, trust(3).text())


def test_chain_of_a_thousand_notes_is_the_longest():
    """A mirror cannot make a reader verify without end; the limit itself is valid."""
    first = trust(threshold=1)
    notes = [signed(replace(first, version=n), (1,)) for n in range(1, 1002)]

    assert 1000 == len(verify_chain(notes[:1000]))
    with pytest.raises(TrustError, match="expected 1 to 1000 trust notes, found 1001"):
        verify_chain(notes)
