"""Vectors of the list of withdrawn objects."""

from collections.abc import Iterator

from spec.cases.vector import Series, Vector, field
from tamizdat.edition import withdrawals

_PART = Series("withdrawals", "withdrawals.read")
_PARTS = Series("withdrawals", "withdrawals.parts")
_HEAD = "tamizdat-withdrawn/1\n"


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _good()
    yield from _bad()


def _digest(number: int) -> str:
    return f"{number:064x}"


def _line(number: int) -> str:
    return f"withdrawn {_digest(number)}\n"


def _good() -> Iterator[Vector]:
    two = f"{_HEAD}{_line(9)}{_line(3)}"
    given, why = {"part": two}, "Objects stand in the order in which they went."
    yield _PART.ok("two-objects", why, given, {"digests": [_digest(9), _digest(3)]})
    many = [_digest(n) for n in range(1, 402)]
    parts = {p: c.decode() for p, c in withdrawals.parts(many).items()}
    why = "Parts are filled from the first; only the newest one changes."
    yield _PARTS.ok("four-hundred-and-one", why, {"digests": many}, {"parts": parts})
    yield _PARTS.ok(
        "none", "No list while nothing went.", {"digests": []}, {"parts": {}}
    )


def _bad() -> Iterator[Vector]:
    lines = "".join(_line(n) for n in range(201))
    rows = [
        ("another-version", _HEAD.replace("/1", "/2") + _line(1), "not a tamizdat-w"),
        ("no-final-line-feed", (_HEAD + _line(1))[:-1], "not a tamizdat-w"),
        ("empty", _HEAD, "expected `withdrawn"),
        ("crlf", _HEAD + _line(1).replace("\n", "\r\n"), "expected `withdrawn"),
        ("upper-case", _HEAD + f"withdrawn {'AB' * 32}\n", "expected `withdrawn"),
        ("short-hash", _HEAD + "withdrawn abc\n", "expected `withdrawn"),
        ("object-twice", _HEAD + _line(1) + _line(1), "stands twice"),
        ("two-hundred-and-one-lines", _HEAD + lines, "more than 200"),
    ]
    for name, part, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        given = field("part", part.encode())
        yield _PART.bad(name, why, given, ("TreeError", reason))
