"""Seals of offline files: room for what comes, and files longer than one look."""

import pytest

from cast import signer
from spec.cases.offline import FILE_LEAF, NOTES, proved, said, sealed
from tamizdat.edition.file_check import check_file
from tamizdat.edition.files import (
    FILED_BYTES,
    SEAL_STEP,
    Seal,
    is_file_statement,
    seal_size,
    sign_file_statement,
    write_filed,
)
from tamizdat.edition.statement import LATEST_BYTES

LONG = (1 << 20) - 5  # bytes: a seal's first line lies over the end of a look


def test_room_is_kept_for_the_longest_proofs():
    """Whatever the log will be when the file is signed, its seal fits."""
    longest = Seal(NOTES, b"x" * LATEST_BYTES, b"x" * FILED_BYTES)
    size = seal_size(NOTES)

    assert size % SEAL_STEP == 0
    assert size == len(longest.write(size))
    with pytest.raises(ValueError, match="are reserved"):
        longest.write(size - SEAL_STEP)


def test_statement_with_its_proof_has_a_limit():
    """Better no file than one that nobody can read."""
    assert write_filed(b"ab", b"c") == b"abc"
    with pytest.raises(ValueError, match="over"):
        write_filed(b"x", b"x" * FILED_BYTES)


def test_seal_is_found_where_two_looks_meet():
    """A long file is read in stretches, and hashed over all of them."""
    content = b"w" * (LONG + (1 << 20)) + b"\n"
    file = sealed(said(content), content)
    found = check_file(lambda at, size: file[at : at + size], len(file))

    assert found.statement.size == len(file)
    assert found.index == FILE_LEAF


def test_files_are_told_from_editions_by_their_type():
    """One key signs both; the first line says of which it speaks."""
    entry = sign_file_statement(said(), signer("service/ru"))

    assert is_file_statement(entry)
    assert not is_file_statement(proved({5: b"tamizdat-edition/1\n"})[5])
