"""Vectors of cosignatures: which hold, and whether they are a quorum."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime

from cast import NOW, signed, signer, trust
from spec.cases.editions import ENTRY, latest
from spec.cases.vector import Series, Vector, field
from tamizdat.edition.note import Signer
from tamizdat.edition.witness import cosign, witness_key

_SERIES = Series("latest", "latest.witnessed")
_LOG = f"log {signer('log/1').verifier}"
_WITNESSES = [signer(f"witness/{n}") for n in (1, 2, 3)]
_LINES = tuple(f"witness w{n} {witness_key(w)}" for n, w in enumerate(_WITNESSES, 1))


def _note(*quorum: str) -> bytes:
    return signed(trust(policy=(_LOG, *_LINES, *quorum)))


TWO_OF_THREE = _note("group two 2 w1 w2 w3", "quorum two")


def cosigned(*witnesses: Signer, time: datetime = NOW) -> bytes:
    """Write `latest` of the first edition, its checkpoint cosigned."""
    plain = latest(ENTRY)
    lines = "".join(f"{cosign(_head(plain), w, time)}\n" for w in witnesses)
    return plain + lines.encode()


def _head(plain: bytes) -> bytes:
    """Cut out the three lines of the checkpoint."""
    end = plain.rindex(b"\n\n") + 1
    return plain[plain.rindex(b"\n\n", 0, end - 1) + 2 : end]


def vectors() -> Iterator[Vector]:
    """Make every vector of cosignatures."""
    yield from _counted()
    yield from _refused()


def _given(data: bytes, note: bytes) -> dict:
    return {**field("latest", data), "trust": [note.decode()], "service": "ru"}


_Row = tuple[str, str, list[Signer], bytes, bool]


def _by_number() -> list[_Row]:
    first, second, third = _WITNESSES
    stranger = signer("witness/9")
    return [
        ("by-two-of-three", "A quorum.", [first, third], TWO_OF_THREE, True),
        ("by-all", "More than a quorum.", _WITNESSES, TWO_OF_THREE, True),
        ("by-one-of-three", "Published, not witnessed.", [second], TWO_OF_THREE, False),
        ("by-nobody", "Witnesses are pending.", [], TWO_OF_THREE, False),
        (
            "by-one-twice",
            "One witness counts once.",
            [first, first],
            TWO_OF_THREE,
            False,
        ),
        (
            "by-a-stranger",
            "A witness the trust note does not name is ignored.",
            [first, stranger],
            TWO_OF_THREE,
            False,
        ),
    ]


def _by_groups() -> list[_Row]:
    first, second, third = _WITNESSES
    nested = _note("group a any w1 w2", "group b all w3 a", "quorum b")
    return [
        ("by-a-group-of-groups", "Groups hold groups.", [second, third], nested, True),
        ("by-half-a-group", "All means all.", [first, second], nested, False),
        (
            "with-no-witness-asked",
            "Where none is asked for, nobody has witnessed it.",
            [first],
            _note("quorum none"),
            False,
        ),
    ]


def _counted() -> Iterator[Vector]:
    for name, why, witnesses, note, witnessed in (*_by_number(), *_by_groups()):
        given = _given(cosigned(*witnesses), note)
        yield _SERIES.ok(f"cosigned-{name}", why, given, {"witnessed": witnessed})
    late = datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC)  # 2^32 seconds
    given = _given(cosigned(*_WITNESSES[:2], time=late), TWO_OF_THREE)
    why = "Its time has 64 bits."
    yield _SERIES.ok("cosigned-in-2106", why, given, {"witnessed": True})


def _refused() -> Iterator[Vector]:
    plain, first = latest(ENTRY), _WITNESSES[0]
    head = _head(plain)
    stamp = int(NOW.timestamp()).to_bytes(8, "big")
    late = int(NOW.timestamp() + 1).to_bytes(8, "big")
    body = base64.b64decode(cosign(head, first, NOW).rpartition(" ")[2])[12:]
    other = cosign(head.replace(b"\n1\n", b"\n2\n"), first, NOW)
    rows = [
        ("another-checkpoint", other, "does not verify"),
        ("at-another-time", _line(first, late + body), "does not verify"),
        ("without-a-time", _line(first, first.sign(head)), "no time before it"),
        ("time-alone", _line(first, stamp), "no time before it"),
        ("in-no-year", _line(first, b"\x7f" + stamp[1:] + body), "no time before it"),
    ]
    for name, line, reason in rows:
        why = "A bad line of a known witness refuses the whole."
        given = _given(plain + f"{line}\n".encode(), TWO_OF_THREE)
        yield _SERIES.bad(f"cosigned-{name}", why, given, ("NoteError", reason))


def _line(witness: Signer, stamped: bytes) -> str:
    body = base64.b64encode(witness_key(witness).id + stamped).decode()
    return f"\N{EM DASH} {witness.name} {body}"
