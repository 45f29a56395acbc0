"""The vectors: as committed, in full, and kept by the Python implementation."""

import json

import pytest

from spec.make_vectors import FOLDER, FORMATS, vectors, written
from spec.mirror_operations import MIRROR_OPERATIONS
from spec.operations import OPERATIONS
from tamizdat.edition import errors

MADE = vectors()
WRITTEN = written()


def test_committed_vectors_are_those_the_script_makes():
    """A changed format shows as a changed vector, never silently."""
    assert {path: vector.content() for path, vector in MADE.items()} == WRITTEN


@pytest.mark.parametrize("path", [p for p in sorted(MADE) if p[:7] != "mirror/"])
def test_implementation_does_what_the_vector_expects(path):
    """Every implementation accepts and refuses the same bytes."""
    vector = json.loads(MADE[path].content())
    expect, operation = vector["expect"], OPERATIONS[vector["operation"]]
    if "ok" in expect:
        assert expect["ok"] == operation(vector["input"])
        return

    with pytest.raises(getattr(errors, expect["refused"])) as caught:
        operation(vector["input"])
    assert expect["refused"] == type(caught.value).__name__
    assert expect["reason contains"] in str(caught.value)
    assert str(caught.value).encode()  # can be printed, whatever was given


@pytest.mark.parametrize("name", FORMATS)
def test_format_has_a_good_and_a_bad_vector(name):
    """A format is known by what it takes and by what it refuses."""
    expected = [MADE[path].expect for path in MADE if path.startswith(f"{name}/")]

    assert {True, False} == {"ok" in expect for expect in expected}


def test_operation_stands_in_the_description_of_vectors():
    """A stranger can tell what each operation takes and gives."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    used = {vector.operation for vector in MADE.values()}

    assert used == {*OPERATIONS, *MIRROR_OPERATIONS}
    assert [] == [name for name in sorted(used) if f"| `{name}` |" not in page]
