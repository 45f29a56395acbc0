"""How far searches by chance go: a few examples in `make test`, many in `make lab`."""

import os

PATIENT = os.environ.get("TESTS_PATIENCE", "short") == "long"


def examples(few: int, many: int) -> int:
    """Choose how many, by how much patience there is."""
    return many if PATIENT else few
