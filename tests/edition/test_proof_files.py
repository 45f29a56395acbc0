"""Evidence: what contradicts itself is found, explained, and proves nothing else."""

import pytest

from cast import signer
from spec.cases import proofs, trusts
from spec.cases.editions import ENTRY, SECOND_ENTRY, later, latest
from spec.cases.proofs import NOTES, OTHER_ENTRY, head
from tamizdat.edition.errors import ProofError
from tamizdat.edition.proof_files import (
    PROOF_FILE_BYTES,
    contradictions,
    judge,
    parse_proof_file,
    write_proof_file,
)


def sentences(notes, latests, checkpoints=()):
    """Find contradictions and say each."""
    found = contradictions(notes, latests, checkpoints)
    return [judge(proof).sentence for proof in found]


def test_journalist_reads_that_an_edition_was_published_twice():
    """The sentence names the edition and says what is wrong with it."""
    expected = "edition 1 of ru was published twice with different contents"

    assert [expected] == sentences(NOTES, [latest(ENTRY, 2), latest(OTHER_ENTRY, 3)])


def test_forked_log_is_found_in_two_checkpoints():
    """Two heads of one size are enough, without any entry."""
    found = sentences(NOTES, [], [head(9, "ab"), head(9, "cd"), head(9, "ef")])

    expected = "was shown with two different contents at the same size, 9 entries"
    assert [f"the log press.example/log/1 {expected}"] == found


def test_two_entries_at_one_place_are_found_at_different_sizes():
    """A fork that shows no two heads of one size still gives itself away."""
    found = sentences(NOTES, [latest(ENTRY, 5), later(SECOND_ENTRY, 5, 9)])

    expected = "at place 5: as edition 1 of ru and as edition 2 of ru"
    said = "the log press.example/log/1 was shown with two different entries"
    assert [f"{said} {expected}"] == found


def test_honest_history_contradicts_nothing():
    """Editions one after another, seen in any checkpoint, are no evidence."""
    seen = [latest(ENTRY, 0), later(ENTRY, 0, 1), latest(ENTRY, 0)]

    assert [] == contradictions(NOTES, seen, [head(9, "ab"), head(10, "cd")])


def test_what_was_never_signed_accuses_nobody():
    """A mirror cannot make evidence out of bytes of its own."""
    forged = latest(OTHER_ENTRY, 3).replace(b"tree ef", b"tree fe")
    stranger = head(9, "cd", "stranger")

    assert [] == contradictions(NOTES, [latest(ENTRY, 3), forged, b"<html>"])
    assert [] == contradictions(NOTES, [], [head(9, "ab"), stranger, b"<html>"])


@pytest.mark.parametrize(
    ("notes", "kind", "parts", "said"),
    [
        (
            (trusts.first(), trusts.second(since=3)),
            "number",
            (("statement", ENTRY), ("statement", OTHER_ENTRY)),
            "trust note 2 replaced a key that signed here, from place 3 of the log on",
        ),
        (
            (trusts.first(), trusts.moved(9, "ab" * 32)),
            "checkpoints",
            (("checkpoint", head(9, "ab")), ("checkpoint", head(9, "cd"))),
            "the log press.example/log/1 was given up at 9 entries",
        ),
        (
            (trusts.first(), trusts.moved(9, "ab" * 32)),
            "index",
            (("latest", latest(ENTRY, 5)), ("latest", latest(SECOND_ENTRY, 5))),
            "a thief may have used its key",
        ),
    ],
)
def test_sentence_says_when_a_thief_may_have_signed(notes, kind, parts, said):
    """A key that was replaced may have been another's when it contradicted itself."""
    shown = judge(write_proof_file(kind, notes, parts))

    assert said in " ".join(shown.remarks)


def test_only_signed_is_not_called_published():
    """A statement that no log holds was signed; nobody can say that it was read."""
    parts = (("statement", ENTRY), ("latest", latest(OTHER_ENTRY, 3)))
    shown = judge(write_proof_file("number", NOTES, parts))

    assert "edition 1 of ru was signed twice with different contents" == shown.sentence


def test_same_tree_with_another_date_is_said_so():
    """Two statements may differ in what they say of one content."""
    later_text = ENTRY.partition(b"\n\n")[0] + b"\n"
    text = later_text.replace(b"T06:00:00Z", b"T06:00:01Z")
    other = proofs.sign_note(text, [signer("service/ru")])
    parts = (("statement", ENTRY), ("statement", other))
    shown = judge(write_proof_file("number", NOTES, parts))

    assert "the same contents and different dates" in shown.sentence


def test_part_that_is_in_no_log_makes_no_proof_of_places():
    """A kind has its own parts."""
    parts = (("statement", ENTRY), ("statement", OTHER_ENTRY))

    with pytest.raises(ProofError, match="expected trust notes and two parts"):
        judge(write_proof_file("index", NOTES, parts))


def test_oversized_file_is_not_read():
    """A hostile file costs a megabyte and no more."""
    with pytest.raises(ProofError, match="at most 1048576"):
        parse_proof_file(b"x" * (PROOF_FILE_BYTES + 1))
