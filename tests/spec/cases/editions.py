"""Vectors of statements and of `latest`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cast import NOW, ORGANISATION, signer
from spec.cases import trusts
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint, leaf_hash
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import (
    Statement,
    parse_latest,
    sign_statement,
    write_time,
)

FIRST = Statement(ORGANISATION, "ru", 1, NOW, "ab" * 32, None, 1, "0.1.0")
ENTRY = sign_statement(FIRST, signer("service/ru"))
SECOND = replace(
    FIRST,
    number=2,
    time=NOW + timedelta(hours=1),
    tree="cd" * 32,
    previous=leaf_hash(ENTRY).hex(),
)
SECOND_ENTRY = sign_statement(SECOND, signer("service/ru"))
NOTES = (trusts.first(),)
RENEWED = (trusts.first(), trusts.second(since=3))

_STATEMENT = Series("statement", "statement.verify")
_LATEST = Series("latest", "latest.verify")
_FOLLOW = Series("latest", "latest.follow")


def vectors() -> Iterator[Vector]:
    """Make every vector of both formats."""
    yield from _statements()
    yield from _spellings()
    yield from _proved()
    yield from _unproved()
    yield from _rotations()
    yield from _moved_logs()
    yield from _follows()
    yield from _withheld()


def _given(name: str, data: bytes, notes: tuple[bytes, ...] = NOTES, **more) -> dict:
    trust = [note.decode() for note in notes]
    return {**field(name, data), "trust": trust, "service": "ru", **more}


def _said(statement: Statement) -> dict:
    return {
        "number": statement.number,
        "time": write_time(statement.time),
        "tree": statement.tree,
        "previous": statement.previous,
        "trust": statement.trust,
    }


def _statements() -> Iterator[Vector]:
    given = _given("note", ENTRY)
    why = "What a service's key says of its first edition."
    yield _STATEMENT.ok("first", why, given, _said(FIRST))
    given = _given("note", SECOND_ENTRY)
    yield _STATEMENT.ok("second", "It names the leaf before.", given, _said(SECOND))
    last = replace(FIRST, time=NOW + timedelta(days=120, seconds=-1))
    given = _given("note", sign_statement(last, signer("service/ru")))
    why = "A key may sign until the second before its end."
    yield _STATEMENT.ok("last-second-of-the-key", why, given, _said(last))
    early = replace(FIRST, time=datetime(26, 11, 24, 6, tzinfo=UTC))
    given = _given("note", sign_statement(early, signer("service/ru")))
    why = "A year has four digits, the first ones too."
    yield _STATEMENT.ok("year-26", why, given, _said(early))
    yield from _bad_statements()
    yield from _signatures()


def _bad_statements() -> Iterator[Vector]:
    changes: list[tuple[str, dict, str]] = [
        (
            "another-organisation",
            {"organisation": "other.example"},
            "expected organisation press.example",
        ),
        ("another-service", {"service": "en"}, "expected service ru, found en"),
        ("trust-note-unknown", {"trust": 2}, "the newest known is 1"),
        ("second-without-previous", {"number": 2}, "only the first edition"),
        ("first-with-previous", {"previous": "cd" * 32}, "only the first edition"),
        ("key-expired", {"time": NOW + timedelta(days=120)}, "had expired"),
    ]
    for name, change, reason in changes:
        note = sign_statement(replace(FIRST, **change), signer("service/ru"))
        why = f"Refused: {name.replace('-', ' ')}."
        bad = ("StatementError", reason)
        yield _STATEMENT.bad(name, why, _given("note", note), bad)


def _signatures() -> Iterator[Vector]:
    both = sign_note(FIRST.text(), [signer("service/ru"), signer("service/en")])
    rows = [
        ("two-signatures", both, "expected one signature, found 2"),
        (
            "signed-by-another-service",
            sign_statement(FIRST, signer("service/en")),
            "not signed by the key of service ru",
        ),
    ]
    for name, note, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        bad = ("StatementError", reason)
        yield _STATEMENT.bad(name, why, _given("note", note), bad)
    note = sign_statement(replace(FIRST, service="fa"), signer("service/fa"))
    given = {**_given("note", note), "service": "fa"}
    bad = ("StatementError", "names no service fa")
    why = "Nobody speaks for a service that the trust note does not name."
    yield _STATEMENT.bad("service-unknown", why, given, bad)
    given = _given("note", ENTRY.replace(b"tree ab", b"tree bb"))
    bad = ("NoteError", "does not verify")
    yield _STATEMENT.bad("text-changed", "One letter was changed.", given, bad)


def _spellings() -> Iterator[Vector]:
    rows = [
        ("another-type", b"tamizdat-edition/1", b"tamizdat-edition/2", "of type"),
        ("number-with-a-zero-before", b"number 1", b"number 01", "`number"),
        ("number-0", b"number 1", b"number 0", "`number"),
        ("line-missing", b"number 1\n", b"", "expected 8 lines, found 7"),
        ("line-unknown", b"number 1\n", b"number 1\nextra 1\n", "found 9"),
        ("lines-out-of-order", b"trust 1\npress 0.1.0\n", _SWAPPED, "`trust"),
        ("time-with-an-offset", b"06:00:00Z", b"06:00:00+00:00", "`time"),
        ("time-in-other-digits", b"2026-11", "٢٠٢٦-11".encode(), "time"),
        ("no-such-time", b"2026-11-24", b"2026-13-24", "there is no time"),
        ("hour-24", b"T06:00:00Z", b"T24:00:00Z", "`time"),
        ("tree-in-upper-case", b"tree ab", b"tree AB", "`tree"),
        ("service-with-a-slash", b"service ru", b"service ../ru", "`service"),
        ("organisation-in-capitals", b"press.ex", b"Press.ex", "`organisation"),
        ("organisation-with-a-space", b"press.ex", b"press ex", "`organisation"),
        ("two-spaces", b"service ru", b"service  ru", "`service"),
    ]
    for name, old, new, reason in rows:
        note = sign_note(FIRST.text().replace(old, new, 1), [signer("service/ru")])
        why = "A statement has one spelling."
        bad = ("StatementError", reason)
        yield _STATEMENT.bad(name, why, _given("note", note), bad)


_SWAPPED = b"press 0.1.0\ntrust 1\n"


def _checkpoint(entries: list[bytes], origin: str, role: str) -> tuple[bytes, dict]:
    tiles = dict(log.append({}.__getitem__, 0, entries))
    root = log.range_hash(tiles.__getitem__, len(entries), 0, len(entries))
    head = Checkpoint(origin, len(entries), root)
    return sign_note(head.text(), [signer(role)]), tiles


def latest(
    entry: bytes,
    index: int = 0,
    origin: str = f"{ORGANISATION}/log/1",
    role: str = "log/1",
) -> bytes:
    """Write `latest` for an entry that is the last of a log."""
    entries = [f"leaf {n}".encode() for n in range(index)] + [entry]
    checkpoint, tiles = _checkpoint(entries, origin, role)
    path = log.inclusion_proof(tiles.__getitem__, index, len(entries))
    return entry + log.write_proof(index, path, checkpoint)


def _verified(statement: Statement, entry: bytes, index: int) -> dict:
    return {
        **_said(statement),
        "index": index,
        "size": index + 1,
        "leaf": leaf_hash(entry).hex(),
    }


def _proved() -> Iterator[Vector]:
    for name, index in (("first-leaf", 0), ("sixth-leaf", 5), ("leaf-300", 299)):
        given = _given("latest", latest(ENTRY, index))
        result = _verified(FIRST, ENTRY, index)
        yield _LATEST.ok(name, "An honest edition is taken.", given, result)


def _unproved() -> Iterator[Vector]:
    good = latest(ENTRY, 5)
    at = good.index(b"index 5")
    other = latest(SECOND_ENTRY, 5)
    other_proof = other[other.index(b"c2sp.org/tlog-proof@v1") :]
    rows = [
        ("proof-of-another-leaf", ENTRY + other_proof, "does not lead to the root"),
        ("another-index", good.replace(b"index 5", b"index 4"), "leaf 4"),
        ("index-outside-the-log", good.replace(b"index 5", b"index 6"), "outside"),
        ("index-spelt-otherwise", good.replace(b"index 5", b"index 05"), "decimal"),
        ("extra-line", good[:at] + b"extra AAAA\n" + good[at:], "expected tlog-proof"),
        (
            "another-log",
            latest(ENTRY, origin="other.example/log"),
            "expected log press.example/log/1",
        ),
        (
            "checkpoint-by-a-stranger",
            latest(ENTRY, role="stranger"),
            "not signed by press.example/log/1",
        ),
    ]
    for name, data, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _LATEST.bad(name, why, _given("latest", data), ("ProofError", reason))
    forged = good.replace(f"{ORGANISATION}/log/1\n6\n".encode(), _GROWN)
    why = "The log's signature holds for its own size only."
    bad = ("NoteError", "does not verify")
    yield _LATEST.bad("size-changed", why, _given("latest", forged), bad)
    yield from _misshapen(good)


_GROWN = f"{ORGANISATION}/log/1\n7\n".encode()


def _misshapen(good: bytes) -> Iterator[Vector]:
    rows = [
        ("oversized", good + b"x" * 4096, "at most 4096"),
        ("proof-alone", _proof_of(good), "holds no tlog-proof@v1"),
        ("statement-alone", ENTRY, "holds no tlog-proof@v1"),
        ("proof-of-another-version", good.replace(b"@v1", b"@v2"), "no tlog-proof@v1"),
    ]
    for name, data, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _LATEST.bad(name, why, _given("latest", data), ("StatementError", reason))
    given = _given("latest", good.replace(b"\n", b"\r\n"))
    bad = ("StatementError", "holds no tlog-proof@v1")
    yield _LATEST.bad("crlf", "Lines end in one line feed.", given, bad)
    given = _given("latest", b"\xff" + good)
    bad = ("NoteError", "not UTF-8")
    yield _LATEST.bad("not-utf-8", "It is UTF-8.", given, bad)


def _proof_of(latest_file: bytes) -> bytes:
    return latest_file[latest_file.index(log.PROOF_LINE) :]


def _rotations() -> Iterator[Vector]:
    newer = replace(FIRST, trust=2)
    entry = sign_statement(newer, signer(trusts.RENEWED))
    given = _given("latest", latest(ENTRY, 2), RENEWED)
    why = "Before the renewal binds, the note a statement names decides."
    result = _verified(FIRST, ENTRY, 2)
    yield _LATEST.ok("before-the-renewal-binds", why, given, result)
    given = _given("latest", latest(entry, 3), RENEWED)
    why = "From the renewal's index on, the new key signs."
    yield _LATEST.ok("after-the-renewal", why, given, _verified(newer, entry, 3))
    given = _given("latest", latest(ENTRY, 3), RENEWED)
    bad = ("StatementError", "leaf 3 must name trust note 2 or later, names 1")
    why = "A key that was replaced signs nothing from the renewal's index on."
    yield _LATEST.bad("rotation-skipped", why, given, bad)
    entry = sign_statement(newer, signer("service/ru"))
    given = _given("latest", latest(entry, 3), RENEWED)
    bad = ("StatementError", "not signed by the key of service ru")
    why = "The old key cannot speak under the new note."
    yield _LATEST.bad("old-key-under-the-new-note", why, given, bad)


def _root_of(data: bytes) -> str:
    """Tell the root of the checkpoint in a `latest`, hex."""
    return parse_latest(data).proof.checkpoint.root.hex()


def _moved_logs() -> Iterator[Vector]:
    """The old log counts at the size and root where it was given up, and nowhere."""
    old, new = latest(ENTRY, 5), latest(ENTRY, 5, f"{ORGANISATION}/log/2", "log/2")
    notes = (trusts.first(), trusts.moved(6, _root_of(old)))
    result = _verified(FIRST, ENTRY, 5)
    why = "A new log begins with the leaves of the old one."
    yield _LATEST.ok("new-log", why, _given("latest", new, notes), result)
    why = "The old log's head where it was given up still proves an edition."
    yield _LATEST.ok("old-log-at-its-end", why, _given("latest", old, notes), result)
    bad = ("ProofError", "was given up at 6 leaves")
    rows = [
        ("old-log-grown", latest(ENTRY, 6), "Whoever stole the old log's key goes on."),
        ("old-log-shorter", latest(ENTRY, 4), "A shorter head may be a stolen key's."),
    ]
    for name, data, why in rows:
        yield _LATEST.bad(name, why, _given("latest", data, notes), bad)
    other = (trusts.first(), trusts.moved(6, "cd" * 32))
    why = "At the size where the old log was given up, another root."
    yield _LATEST.bad("old-log-forked", why, _given("latest", old, other), bad)
    bad = ("ProofError", "expected log press.example/log/1")
    why = "A new log is believed with the note that names it, not before."
    yield _LATEST.bad("new-log-without-its-note", why, _given("latest", new), bad)


def later(entry: bytes, index: int, size: int) -> bytes:
    """Write `latest` for an entry of a log that has grown since."""
    entries = [f"leaf {n}".encode() for n in range(size)]
    entries[index] = entry
    checkpoint, tiles = _checkpoint(entries, f"{ORGANISATION}/log/1", "log/1")
    path = log.inclusion_proof(tiles.__getitem__, index, size)
    return entry + log.write_proof(index, path, checkpoint)


def _withheld() -> Iterator[Vector]:
    """A mirror that holds back, goes back, or shows another log."""
    fresh = later(ENTRY, 0, 9)
    result = {**_verified(FIRST, ENTRY, 0), "size": 9}
    why = "Freeze: old news in a fresh checkpoint is as old as its own time says."
    yield _LATEST.ok(
        "old-edition-in-a-fresh-checkpoint", why, _given("latest", fresh), result
    )
    why = "Freeze: the edition held, proved anew, is the edition held, and no younger."
    yield _FOLLOW.ok(
        "freeze-in-a-fresh-checkpoint", why, _seen(fresh, latest(ENTRY)), result
    )
    two = latest(SECOND_ENTRY, 1)
    why = "A fresh checkpoint does not make a rollback good."
    bad = ("StatementError", "rollback: edition 2 was seen")
    yield _FOLLOW.bad("rollback-in-a-fresh-checkpoint", why, _seen(fresh, two), bad)
    why = "Fork: one log has two roots for one size."
    bad = ("ProofError", "fork: log press.example/log/1 has two roots for 2 leaves")
    seen = _seen(two, later(ENTRY, 0, 2))
    yield _FOLLOW.bad("fork-of-one-size", why, seen, bad)
    why = "A log that shrank: the newer edition stands before the older one."
    bad = ("StatementError", "stands at leaf 1, not after leaf 5 of edition 1")
    yield _FOLLOW.bad("log-shrunk", why, _seen(two, latest(ENTRY, 5)), bad)


def _follows() -> Iterator[Vector]:
    one, two = latest(ENTRY), latest(SECOND_ENTRY, 1)
    key = signer("service/ru")
    why = "A newer edition that names the one seen is taken."
    result = _verified(SECOND, SECOND_ENTRY, 1)
    yield _FOLLOW.ok("next", why, _seen(two, one), result)
    result = _verified(FIRST, ENTRY, 0)
    why = "The same edition again is no news."
    yield _FOLLOW.ok("same-again", why, _seen(one, one), result)
    why = "An older edition than one seen is a rollback."
    bad = ("StatementError", "rollback")
    yield _FOLLOW.bad("rollback", why, _seen(one, two), bad)
    changes: list[tuple[str, dict, str]] = [
        ("time-not-later", {"time": NOW}, "is not later than 1"),
        ("previous-is-another", {"previous": "ef" * 32}, "does not continue 1"),
        ("two-of-one-number", {"number": 1, "previous": None}, "two statements"),
    ]
    for name, change, reason in changes:
        data = latest(sign_statement(replace(SECOND, **change), key), 1)
        why = "Numbers, times and previous leaves go one way."
        bad = ("StatementError", reason)
        yield _FOLLOW.bad(name, why, _seen(data, one), bad)


def _seen(data: bytes, seen: bytes) -> dict:
    return _given("latest", data, seen=seen.decode())
