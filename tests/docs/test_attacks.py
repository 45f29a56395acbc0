"""The table of attacks names tests and vectors that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "attacks.md").read_text(encoding="utf-8")
ROWS = [row for row in PAGE.splitlines() if row.startswith("| ")][1:]
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_attack_has_its_test(row):
    """Who notices, how soon and what they see is shown by something that runs."""
    last = row.split("|")[-2]
    vectors = re.findall(r"vector `([\w/-]+)`", last)
    names = re.findall(r"`(test_\w+)`", last)

    assert vectors or names
    assert set(names) <= TESTS
    for vector in vectors:
        assert (ROOT / "spec" / "vectors" / f"{vector}.json").is_file()
