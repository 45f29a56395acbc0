"""Vectors of proof files: two signed things that cannot both be honest."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from cast import ORGANISATION, signer
from spec.cases import editions, trusts
from spec.cases.editions import ENTRY, FIRST, SECOND_ENTRY, latest
from spec.cases.vector import Series, Vector, field
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import sign_note
from tamizdat.edition.proof_files import write_proof_file
from tamizdat.edition.statement import sign_statement

NOTES = (trusts.first(),)
LOG = f"{ORGANISATION}/log/1"
OTHER = replace(FIRST, tree="ef" * 32)
OTHER_ENTRY = sign_statement(OTHER, signer("service/ru"))
_FINGERPRINT = hashlib.sha256(NOTES[0]).hexdigest()
_JUDGE = Series("proof-file", "proof-file.judge")


def head(size: int, root: str, role: str = "log/1") -> bytes:
    """Sign a checkpoint of the cast's first log."""
    text = Checkpoint(LOG, size, bytes.fromhex(root * 32)).text()
    return sign_note(text, [signer(role)])


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _shown()
    yield from _nothing()
    yield from _misshapen()


def _given(data: bytes, fingerprint: str | None = _FINGERPRINT) -> dict:
    return {**field("proof", data), "fingerprint": fingerprint}


def _proof(kind: str, *parts: tuple[str, bytes], notes=NOTES) -> dict:
    return _given(write_proof_file(kind, notes, parts))


def _result(kind: str) -> dict:
    named = {"kind": kind, "organisation": ORGANISATION}
    return {**named, "fingerprint": _FINGERPRINT}


_Parts = tuple[tuple[str, bytes], ...]


def _shown() -> Iterator[Vector]:
    two = (("checkpoint", head(9, "ab")), ("checkpoint", head(9, "cd")))
    rows = [
        ("two-checkpoints", "checkpoints", two, "One log, one size, two roots."),
        (
            "two-statements",
            "number",
            (("statement", ENTRY), ("statement", OTHER_ENTRY)),
            "One service, one number, two statements.",
        ),
        (
            "two-editions",
            "number",
            (("latest", latest(ENTRY, 2)), ("latest", latest(OTHER_ENTRY, 3))),
            "One number was published twice.",
        ),
        (
            "two-leaves",
            "index",
            (("latest", latest(ENTRY, 5)), ("latest", latest(SECOND_ENTRY, 5))),
            "One place of one log has two entries.",
        ),
    ]
    for name, kind, parts, why in rows:
        yield _JUDGE.ok(name, why, _proof(kind, *parts), _result(kind))
    yield from _shown_later(two, rows[1][2])
    given = _given(write_proof_file("checkpoints", NOTES, two), None)
    why = "Without a fingerprint the notes in the file are believed."
    yield _JUDGE.ok("no-fingerprint", why, given, _result("checkpoints"))


def _shown_later(two: _Parts, statements: _Parts) -> Iterator[Vector]:
    """Show of an old log and an old key what two checkpoints and statements show."""
    notes = (trusts.first(), trusts.moved(9, "ab" * 32))
    why = "A log that was given up can still be shown to have forked."
    given = _proof("checkpoints", *two, notes=notes)
    yield _JUDGE.ok("fork-of-an-old-log", why, given, _result("checkpoints"))
    notes = (trusts.first(), trusts.second(since=3))
    given = _proof("number", *statements, notes=notes)
    why = "A key that was replaced signed twice: it, or whoever stole it."
    yield _JUDGE.ok("two-statements-of-an-old-key", why, given, _result("number"))


def _nothing() -> Iterator[Vector]:
    one, two = ("statement", ENTRY), ("statement", SECOND_ENTRY)
    twice = sign_note(Checkpoint(LOG, 9, b"\xab" * 32).text(), [signer("log/1")] * 2)
    nine, again = ("checkpoint", head(9, "ab")), ("checkpoint", twice)
    ten = ("checkpoint", head(10, "cd"))
    early, fifth = ("latest", latest(ENTRY, 2)), ("latest", latest(ENTRY, 5))
    late = ("latest", editions.later(ENTRY, 5, 9))
    fourth = ("latest", latest(SECOND_ENTRY, 4))
    rows = [
        ("same-bytes", "number", (one, one), "both parts are the same bytes"),
        ("same-statement", "number", (one, early), "one statement"),
        ("two-numbers", "number", (one, two), "number 1 and number 2"),
        ("two-sizes", "checkpoints", (nine, ten), "size 9 and size 10"),
        ("same-root", "checkpoints", (nine, again), "both roots are"),
        ("two-places", "index", (fifth, fourth), "index 5 and index 4"),
        ("same-entry", "index", (fifth, late), "both are one entry"),
    ]
    for name, kind, parts, reason in rows:
        why = "What can both be honest shows nothing."
        yield _JUDGE.bad(name, why, _proof(kind, *parts), ("ProofError", reason))
    yield from _forged()


def _forged() -> Iterator[Vector]:
    ru = sign_statement(replace(OTHER, service="en"), signer("service/en"))
    bad = ("ProofError", "service ru and service en")
    given = _proof("number", ("statement", ENTRY), ("statement", ru))
    why = "Two services may have one number each."
    yield _JUDGE.bad("two-services", why, given, bad)
    stranger = head(9, "cd", "stranger")
    given = _proof(
        "checkpoints", ("checkpoint", head(9, "ab")), ("checkpoint", stranger)
    )
    bad = ("ProofError", "signed by no log of the notes")
    why = "A stranger's checkpoint accuses nobody."
    yield _JUDGE.bad("checkpoint-by-a-stranger", why, given, bad)
    changed = OTHER_ENTRY.replace(b"tree ef", b"tree fe")
    given = _proof("number", ("statement", ENTRY), ("statement", changed))
    why = "A statement that was never signed accuses nobody."
    bad = ("NoteError", "does not verify")
    yield _JUDGE.bad("statement-forged", why, given, bad)
    foreign = sign_statement(OTHER, signer("service/en"))
    given = _proof("number", ("statement", ENTRY), ("statement", foreign))
    bad = ("StatementError", "not signed by the key of service ru")
    why = "Another key than the service's accuses nobody."
    yield _JUDGE.bad("statement-by-another-key", why, given, bad)
    yield from _forged_leaves()


def _forged_leaves() -> Iterator[Vector]:
    moved = latest(SECOND_ENTRY, 4).replace(b"index 4", b"index 5")
    given = _proof("index", ("latest", latest(ENTRY, 5)), ("latest", moved))
    bad = ("ProofError", "leaf 5 is outside")
    why = "A proof that does not hold accuses nobody."
    yield _JUDGE.bad("leaf-not-in-the-log", why, given, bad)
    alone = latest(OTHER_ENTRY, 5, "press.example/log/9")
    given = _proof("index", ("latest", latest(ENTRY, 5)), ("latest", alone))
    bad = ("ProofError", "signed by no log of the notes")
    why = "A log that no note names is nobody's."
    yield _JUDGE.bad("leaf-of-another-log", why, given, bad)
    parts = (("statement", ENTRY), ("statement", OTHER_ENTRY))
    given = _given(write_proof_file("number", NOTES, parts), "0" * 64)
    bad = ("TrustError", "fingerprint")
    why = "An organisation of the same name with other roots."
    yield _JUDGE.bad("another-organisation", why, given, bad)


def _misshapen() -> Iterator[Vector]:
    parts = (("statement", ENTRY), ("statement", OTHER_ENTRY))
    good = write_proof_file("number", NOTES, parts)
    size = f"part statement {len(ENTRY)}\n".encode()
    rows = [
        (
            "another-type",
            good.replace(b"-proof/1", b"-proof/2", 1),
            "expected tamizdat",
        ),
        ("kind-unknown", good.replace(b"kind number", b"kind other", 1), "and kind"),
        ("another-kind", good.replace(b"kind number", b"kind index", 1), "two parts"),
        ("no-trust-notes", write_proof_file("number", (), parts), "trust notes"),
        ("three-parts", good + size + ENTRY, "two parts"),
        ("part-cut-off", good[:-1], "expected a whole `part"),
        (
            "size-spelt-otherwise",
            good.replace(b"part statement ", b"part statement 0", 1),
            "whole",
        ),
        ("bytes-behind-the-last-part", good + b"\n", "expected a whole `part"),
        ("not-ascii", b"\xff" + good, "expected tamizdat-proof/1"),
    ]
    for name, data, reason in rows:
        why = "A proof file has one spelling."
        yield _JUDGE.bad(name, why, _given(data), ("ProofError", reason))
