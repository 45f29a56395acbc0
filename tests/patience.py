"""How far tests go: a few examples in `make test`, many in `make lab`.

A test with the mark `lab` waits for the lab; `lab(one_in=4)` leaves one case of four in
`make test`, its first among them. Who names a test on the command line is given it.
"""

import os
from collections import Counter

import pytest

PATIENT = os.environ.get("TESTS_PATIENCE", "short") == "long"


def examples(few: int, many: int) -> int:
    """Choose how many, by how much patience there is."""
    return many if PATIENT else few


def leave_to_the_lab(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what is too dear for every day.

    Args:
        config: of the run; what it names is asked.
        items: as collected; changed in place.
    """
    if PATIENT or any("::" in one for one in config.args):
        return
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    seen: Counter[str] = Counter()  # cases of a test so far
    for item in items:
        mark = item.get_closest_marker("lab")
        test = item.nodeid.partition("[")[0]
        one_in = mark.kwargs.get("one_in", 0) if mark else 1
        (left if not one_in or seen[test] % one_in else kept).append(item)
        seen[test] += 1
    if left:
        items[:] = kept
        config.hook.pytest_deselected(items=left)
