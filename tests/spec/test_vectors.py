"""The vectors: as committed, in full, and kept by the Python implementation."""

import json

import pytest

from spec.make_vectors import FOLDER, FORMATS, vectors, written
from spec.mirror_operations import MIRROR_OPERATIONS
from spec.operations import OPERATIONS
from tamizdat.edition import errors

MADE = vectors()
WRITTEN = written()
PURE = [path for path in sorted(MADE) if MADE[path].operation in OPERATIONS]


def test_committed_vectors_are_those_the_script_makes():
    """A changed format shows as a changed vector, never silently."""
    assert {path: vector.content() for path, vector in MADE.items()} == WRITTEN


@pytest.mark.parametrize("path", PURE)
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


def leaves(value, place=()):
    """Name every single value of an input by where it stands; bytes are one."""
    if not isinstance(value, dict | list) or not value:
        return {place: value}
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    found = {}
    for key, inner in rows:
        found |= leaves(inner, (*place, str(key).removesuffix("_base64")))
    return found


def differing(one, two):
    """Name the fields in which two inputs differ; entries of a list are one field."""
    left, right = leaves(one), leaves(two)
    places = {p for p in left.keys() | right.keys() if left.get(p) != right.get(p)}
    fields = {_field(place) for place in places}
    inside = {f for f in fields if f[:-1] in fields}
    return fields - inside - (ROOTS if ("objects",) in fields else set())


def _field(place):
    named = [part for part in place if not part.isdigit() and len(part) < HASH]
    return tuple(named[:3])


HASH = 64  # digits: the key of an object
ROOTS = {("root",), ("old_root",)}  # follow from the objects
GOOD = [vector for vector in MADE.values() if "ok" in vector.expect]
REFUSED = [path for path in PURE if "refused" in MADE[path].expect]


@pytest.mark.parametrize("path", REFUSED)
def test_hostile_input_has_a_good_twin(path):
    """What is refused is taken once the one or two fields with its flaw are others."""
    vector = MADE[path]
    twins = [good for good in GOOD if good.operation == vector.operation]
    least = min((differing(vector.given, twin.given) for twin in twins), key=len)

    assert len(least) in {1, 2}, least


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
