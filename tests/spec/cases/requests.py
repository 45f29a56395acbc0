"""Vectors for witnesses: what a log asks, what is answered, when nothing is signed."""

from collections.abc import Iterator, Sequence
from typing import Any

from cast import NOW, signer
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint, Tile, leaf_hash
from tamizdat.edition.note import NOTE_BYTES, Signer, sign_note
from tamizdat.edition.statement import write_time
from tamizdat.edition.witness import PROOF_LINES, cosign, witness_key, write_request

_READ = Series("witness", "witness.request")
_ANSWER = Series("witness", "witness.answer")
_JUDGE = Series("witness", "witness.judge")
_LOG, _WITNESS, _OTHER = signer("log/1"), signer("witness/1"), signer("witness/2")


class _Log:
    """A log of so many entries, of one history or another."""

    def __init__(self, size: int, history: str = "edition") -> None:
        entries = [f"{history} {n}".encode() for n in range(size)]
        tiles = dict(log.append(dict[Tile, bytes]().__getitem__, 0, entries))
        self.size, self.leaf = size, leaf_hash(entries[-1])
        self.read = tiles.__getitem__
        self.root = log.range_hash(self.read, size, 0, size)

    def note(self, by: Signer = _LOG, origin: str = _LOG.name) -> bytes:
        return sign_note(Checkpoint(origin, self.size, self.root).text(), [by])

    def path(self, old: int) -> Sequence[bytes]:
        return log.consistency_proof(self.read, old, self.size)

    def request(self, old: int, **other: Any) -> bytes:
        return write_request(old, self.path(old), self.note(**other))


_THREE, _FIVE, _SEVEN = _Log(3), _Log(5), _Log(7)
_TEXT = Checkpoint(_LOG.name, _FIVE.size, _FIVE.root).text()


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _requests()
    yield from _answers()
    yield from _judged()


def _requests() -> Iterator[Vector]:
    for name, old in (("first", 0), ("next", 3), ("again", 5)):
        result = {
            "old": old,
            "path": [one.hex() for one in _FIVE.path(old)],
            "checkpoint": {
                "origin": _LOG.name,
                "size": 5,
                "root": _FIVE.root.hex(),
            },
        }
        why = f"Asks from a size of {old} on."
        yield _READ.ok(name, why, field("request", _FIVE.request(old)), result)
    yield from _bad_requests()


def _bad_requests() -> Iterator[Vector]:
    good = _FIVE.request(3)
    rows = [
        ("old-with-a-zero", good.replace(b"old 3", b"old 03"), "expected `old"),
        ("old-missing", good.partition(b"\n")[2], "expected `old"),
        ("no-empty-line", good.replace(b"\n\n", b"\n"), "expected `old"),
        ("hash-too-short", good.replace(b"\n", b"\nAAAA\n", 1), "hash of 32 bytes"),
        (
            "proof-too-long",
            write_request(3, [bytes(32)] * (PROOF_LINES + 1), _FIVE.note()),
            "at most 63",
        ),
    ]
    for name, data, reason in rows:
        yield _bad(name, data, ("ProofError", reason))
    unsigned = good.rpartition(b"\n\n")[0] + b"\n"
    yield _bad("not-signed", unsigned, ("NoteError", "no signature lines"))
    large = good + b"\xe2\x80\x94 a AAAAAAA=\n" * (NOTE_BYTES // 15)
    yield _bad("note-too-large", large, ("NoteError", "at most 16384"))


def _bad(name: str, data: bytes, why: tuple[str, str]) -> Vector:
    about = "No witness reads it otherwise."
    return _READ.bad(f"request-{name}", about, field("request", data), why)


def _line(by: Signer = _WITNESS, text: bytes = _TEXT) -> bytes:
    return f"{cosign(text, by, NOW)}\n".encode()


def _answers() -> Iterator[Vector]:
    for name, data in (
        ("cosigned", _line()),
        ("cosigned-among-others", _line(_OTHER) + _line()),
    ):
        why = "The line of the witness counts, others are ignored."
        yield _ANSWER.ok(name, why, _given(data), {"time": write_time(NOW)})
    other = _TEXT.replace(b"\n5\n", b"\n6\n")
    rows = [
        ("page", b"<!doctype html>\n<title>Welcome</title>\n", "signature line is not"),
        ("nothing", b"", "no signature lines"),
        ("by-another", _line(_OTHER), "no cosignature by"),
        (
            "of-another-head",
            _line(text=other),
            "does not verify",
        ),
        ("after-an-empty-line", b"5\n\n" + _line(), "signature lines alone"),
        ("seventeen-lines", _line() * 17, "at most 16"),
    ]
    for name, data, reason in rows:
        why = "A witness that answers so has not cosigned."
        yield _ANSWER.bad(f"answer-{name}", why, _given(data), ("NoteError", reason))


def _given(answer: bytes) -> dict[str, Any]:
    key = str(witness_key(_WITNESS))
    return {**field("answer", answer), "text": _TEXT.decode(), "vkey": key}


def _judged() -> Iterator[Vector]:
    forged = _Log(7, "another")
    bent = _SEVEN.note().replace(b"\n7\n", b"\n8\n")
    rows = [
        ("goes-on", "It continues what was cosigned.", _SEVEN.request(5), 200),
        ("the-same-again", "As often as it is asked.", _FIVE.request(5), 200),
        ("asked-from-before", "The size cosigned is said.", _SEVEN.request(3), 409),
        ("asked-from-nothing", "The same.", _SEVEN.request(0), 409),
        ("smaller", "A log does not shrink.", _THREE.request(3), 409),
        ("fork-of-one-size", "Two roots.", _Log(5, "another").request(5), 409),
        ("fork", "Another history, with a proof of its own.", forged.request(5), 422),
        ("no-proof", "Anybody can say so.", write_request(5, (), _SEVEN.note()), 422),
        ("old-above-size", "Nonsense.", write_request(6, (), _FIVE.note()), 400),
        ("unknown-log", "Not watched.", _SEVEN.request(5, origin="b.example"), 404),
        ("by-a-stranger", "Another key signed.", _SEVEN.request(5, by=_OTHER), 403),
        ("bad-signature", "A bad one.", write_request(5, (), bent), 403),
        ("no-request", "Not a request.", b"hello\n", 400),
    ]
    held = {"size": 5, "root": _FIVE.root.hex()}
    for name, why, request, status in rows:
        given = {**field("request", request), "vkey": str(_LOG.verifier), "held": held}
        size = 7 if name == "goes-on" else 5
        yield _JUDGE.ok(f"judged-{name}", why, given, {"status": status, "size": size})
