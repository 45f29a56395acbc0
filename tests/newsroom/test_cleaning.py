"""Documents as they leave the newsroom: nothing of who made them, or where.

The sample is a page with a name, a place and remarks planted into every field that its
format has for such things.
"""

from pathlib import Path
from random import Random

import pytest

from fuzz.mutate import Mutator
from newsroom import lettered, papers
from tamizdat.newsroom.cleaning import MAX_BYTES, clean_file
from tamizdat.newsroom.errors import AttachmentError

SAMPLES = Path(__file__).parent / "samples"


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def test_csv_is_told_from_text_by_its_ending() -> None:
    """Both must be UTF-8; a byte order mark goes."""
    assert "text/csv" == clean_file("document", b"a,b\n", "Table.CSV").type
    text = clean_file("document", "\ufeffшя\n".encode(), "notes")
    assert ("text/plain", "шя\n".encode()) == (text.type, text.data)


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("audio", b"", "empty"),
        ("document", b"PK\x03\x04\xff", "expected one of PDF"),
        ("document", b"text\0", "expected one of PDF"),
        ("document", b"%PDF-1.7\nnothing", "damaged"),
        ("document", bytes(MAX_BYTES + 1), "at most 64 MiB"),
        ("document", _cut(_sample("paper.pdf")), "damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind: str, data: bytes, said: str) -> None:
    """One line of fact each."""
    with pytest.raises(AttachmentError, match=said):
        clean_file(kind, data)


def test_any_damage_is_refused_or_cleaned() -> None:
    """Bytes changed at random raise nothing but the error of this room."""
    seeds = [_sample("paper.pdf"), papers.paper(), lettered.page()]
    mutator = Mutator(Random("document"), seeds, MAX_BYTES)  # noqa: S311 (no secret)
    refused = 0
    for _ in range(150):
        try:
            clean_file("document", mutator.input())
        except AttachmentError:
            refused += 1
    assert 0 < refused < 150
