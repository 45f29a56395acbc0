"""Write spec/vectors/ anew from the test cast.

    PYTHONPATH=src:tests python tests/spec/make_vectors.py

Keys come from `cast` and Ed25519 is deterministic, so the files change only when a
format or a case does. The expected results are stated in `cases`, by hand or by a
plainer computation, and `test_vectors` holds the implementation to them.
"""

from pathlib import Path

from spec.cases import (
    changes,
    documents,
    editions,
    fronts,
    logs,
    media,
    mirrors,
    monitors,
    notes,
    offline,
    packs,
    proofs,
    requests,
    trees,
    trusts,
    withdrawn,
    witnesses,
)
from spec.cases.vector import Vector

FOLDER = Path(__file__).resolve().parents[2] / "spec" / "vectors"
FORMATS = (
    "front-document",
    "latest",
    "log",
    "mirror",
    "note",
    "offline",
    "pack",
    "proof-file",
    "releases",
    "statement",
    "story-document",
    "tree",
    "trust-note",
    "withdrawals",
    "witness",
)
_CASES = (
    *(
        notes,
        trusts,
        editions,
        witnesses,
        logs,
        trees,
        documents,
        changes,
        fronts,
        withdrawn,
        media,
    ),
    mirrors,
    monitors,
    offline,
    packs,
    proofs,
    requests,
)


def vectors() -> dict[str, Vector]:
    """Make every vector, by its path below spec/vectors/ without the ending.

    Raises:
        ValueError: two have one name.
    """
    found: dict[str, Vector] = {}
    for cases in _CASES:
        for vector in cases.vectors():
            if vector.path in found:
                raise ValueError(f"two vectors are named {vector.path}")
            found[vector.path] = vector
    return found


def written() -> dict[str, bytes]:
    """Read the committed files of these formats, by the same paths."""
    return {
        path.relative_to(FOLDER).with_suffix("").as_posix(): path.read_bytes()
        for name in FORMATS
        for path in sorted((FOLDER / name).glob("*.json"))
    }


def main() -> None:
    """Write what is missing or different; remove what is not made any more."""
    made, before = vectors(), written()
    for path in before.keys() - made.keys():
        (FOLDER / f"{path}.json").unlink()
    for path, vector in made.items():
        if before.get(path) != vector.content():
            file = FOLDER / f"{path}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(vector.content())


if __name__ == "__main__":
    main()
