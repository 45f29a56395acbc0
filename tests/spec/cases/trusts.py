"""Vectors of trust notes and their chains."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import cast
from cast import NOW, signed, signer, trust
from spec.cases.vector import Series, Vector
from tamizdat.edition.note import Signer, Verifier, sign_note
from tamizdat.edition.trust import OldLog, ServiceKey

RENEWED = "service/ru/2"  # the key of the second quarter

_CHAIN = Series("trust-note", "trust.chain")
_ROOTS = tuple(signer(f"root/{n}").verifier for n in range(1, 6))
_STRANGERS = tuple(signer(f"root/{n}").verifier for n in range(6, 11))
_NEWER = (*_ROOTS[2:], *_STRANGERS[:2])


def _witness(role: str) -> Verifier:
    """Make the key of a witness, whose signatures are of type 4."""
    key = signer(role).verifier
    return Verifier(key.name, key.key, b"\x04")


def first() -> bytes:
    """Sign the first trust note of the cast."""
    return signed(trust())


def second(since: int = 3, size: int = 1) -> bytes:
    """Sign a planned renewal: another key for ru, binding from a leaf on."""
    key = ServiceKey(signer(RENEWED).verifier, NOW + timedelta(days=210))
    note = trust(2, since=since, seen=(size, "ab" * 32))
    return signed(replace(note, services={**note.services, "ru": key}))


def moved(size: int, root: str, version: int = 2, **other: object) -> bytes:
    """Sign a note that gives log `version - 1` up at its size and root (hex)."""
    numbers = range(1, version)
    given_up = {n: signer(f"log/{n}").verifier for n in numbers}
    log = signer(f"log/{version}").verifier
    fields: dict[str, object] = {
        "since": size,
        "seen": (size, root),
        "oldlogs": tuple(OldLog(given_up[n], size, root) for n in numbers),
        "log": log,
        "policy": (f"log {log}", "quorum none"),
    }
    return signed(trust(version, **{**fields, **other}))


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _good()
    yield from _thresholds()
    yield from _links()
    yield from _texts()
    yield from _lines()
    yield from _bad_policies()
    yield from _generations()
    yield from _old_logs()


def _given(*notes: bytes, fingerprint: str | None = None) -> dict:
    return {"notes": [note.decode() for note in notes], "fingerprint": fingerprint}


def _result(*notes: bytes, services: tuple[str, ...] = ("en", "ru")) -> dict:
    return {
        "version": len(notes),
        "fingerprint": hashlib.sha256(notes[0]).hexdigest(),
        "services": list(services),
        "log": signer("log/1").name,
    }


def _good() -> Iterator[Vector]:
    note, digest = first(), hashlib.sha256(first()).hexdigest()
    why = "The first note, signed by three of five roots."
    yield _CHAIN.ok("first-note", why, _given(note), _result(note))
    given = _given(note, fingerprint=digest)
    yield _CHAIN.ok("pinned", "The first note is the pinned one.", given, _result(note))
    given = _given(note, second())
    why = "A planned renewal; the fingerprint is that of the first note."
    yield _CHAIN.ok("renewal", why, given, _result(note, second()))
    newer = signed(trust(2, roots=_NEWER), (3, 4, 5))
    given = _given(note, newer)
    why = "New roots, under signatures that are a threshold of the old and of the new."
    yield _CHAIN.ok("new-roots", why, given, _result(note, newer))
    policy = (
        f"log {signer('log/1').verifier} https://press.example/log",
        f"witness w1 {_witness('witness/1')}",
        "quorum w1",
    )
    note = signed(trust(policy=policy))
    why = "Log, witness and quorum lines are a tlog-policy; a log may have an address."
    yield _CHAIN.ok("with-a-witness", why, _given(note), _result(note))
    for name, why, lines in _POLICIES:
        note = _with_policy(lines)
        yield _CHAIN.ok(name, why, _given(note), _result(note))


def _with_policy(lines: str) -> bytes:
    """Sign the first note with other lines in the place of `quorum none`."""
    text = trust().text().replace(b"quorum none", lines.encode(), 1)
    return sign_note(text, [signer(f"root/{n}") for n in (1, 2, 3)])


def _witnesses(count: int) -> str:
    rows = [f"witness w{n} {_witness(f'witness/{n}')}" for n in range(1, count + 1)]
    return "\n".join(rows)


def _groups(count: int) -> str:
    return "\n".join(f"group g{n} any w1" for n in range(1, count + 1))


_THREE = "group a any w1 w2\ngroup b all w3 a\ngroup c 2 w1 a b\n"
_POLICIES = (
    (
        "groups",
        "A group asks for a number of its members, for any or for all of them.",
        f"{_witnesses(3)}\n{_THREE}quorum c",
    ),
    (
        "thirty-two-witnesses-and-groups",
        "32 witnesses and 32 groups are the most.",
        f"{_witnesses(32)}\n{_groups(32)}\nquorum g32",
    ),
)
_ONE = _witnesses(1)
_BAD_POLICIES = (
    ("witness-without-a-key", "witness w1\nquorum w1", "expected `witness"),
    ("witness-key-of-type-1", f"witness w1 {_ROOTS[0]}\nquorum w1", "type 4"),
    ("witness-twice", f"{_ONE}\n{_ONE}\nquorum w1", "already"),
    (
        "group-of-a-witness-name",
        f"{_ONE}\ngroup w1 any w1\nquorum w1",
        "already",
    ),
    ("group-of-one-twice", f"{_ONE}\ngroup g 1 w1 w1\nquorum g", "once each"),
    ("group-of-two-in-one", f"{_ONE}\ngroup g 2 w1\nquorum g", "no threshold"),
    ("group-of-itself", "group g any g\nquorum g", "defined before"),
    ("thirty-three-witnesses", f"{_witnesses(33)}\nquorum w1", "more than 32"),
    (
        "thirty-three-groups",
        f"{_ONE}\n{_groups(33)}\nquorum g1",
        "more than 32",
    ),
    ("log-line-twice", f"log {signer('x').verifier}\nquorum none", "one line `log"),
    ("log-line-of-three-words", "quorum none", "one line `log"),
    ("line-after-the-quorum", f"quorum none\n{_ONE}", "a quorum line last"),
)


def _bad_policies() -> Iterator[Vector]:
    for name, lines, reason in _BAD_POLICIES:
        note = _with_policy(lines)
        if name == "log-line-of-three-words":
            text = trust().text().replace(b"\nquorum", b" a b\nquorum")
            note = sign_note(text, [signer(f"root/{n}") for n in (1, 2, 3)])
        why = "A policy has one spelling, and names what stands before."
        yield _CHAIN.bad(name, why, _given(note), ("TrustError", reason))


def _thresholds() -> Iterator[Vector]:
    twin = Signer("twin.example", signer("root/1").seed)
    lines = [signer("root/1"), signer("root/1"), twin, signer("root/2")]
    twice = sign_note(trust().text(), lines)
    old_only = signed(trust(2, roots=_STRANGERS), (1, 2, 3))
    new_only = signed(trust(2, roots=_STRANGERS), (6, 7, 8))
    known = {"threshold": 2, "roots": (*_ROOTS[:4], twin.verifier)}
    rows = [
        ("two-of-three", [signed(trust(), (1, 2))], "2 of 3"),
        ("one-key-twice", [twice], "2 of 3"),
        ("one-root-under-two-names", [signed(trust(**known))], "more than one role"),
        ("threshold-of-the-old-alone", [first(), old_only], "0 of 3"),
        ("threshold-of-the-new-alone", [first(), new_only], "roots of note 1"),
        ("threshold-0", [signed(trust(threshold=0))], "cannot be reached"),
        ("threshold-6-of-5", [signed(trust(threshold=6))], "cannot be reached"),
    ]
    for name, notes, reason in rows:
        why = "A threshold counts distinct public keys of the roots named."
        yield _CHAIN.bad(name, why, _given(*notes), ("TrustError", reason))
    forged = first().replace(b"threshold 3", b"threshold 2")
    why = "A root's signature that does not verify refuses the note."
    bad = ("NoteError", "does not verify")
    yield _CHAIN.bad("root-signature-bad", why, _given(forged), bad)


def _links() -> Iterator[Vector]:
    other = signed(trust(2, organisation="other.example"))
    third = signed(trust(3, since=2, seen=(9, "ab" * 32)))
    rows = [
        ("version-skipped", [first(), signed(trust(3))], "expected trust note 2"),
        ("version-repeated", [first(), first()], "expected trust note 2, found 1"),
        ("starts-at-version-2", [second()], "has version 2"),
        ("another-organisation", [first(), other], "another organisation"),
        ("from-goes-back", [first(), second(since=3), third], "goes back in the log"),
        (
            "seen-goes-back",
            [first(), second(size=9), signed(trust(3, since=3, seen=(8, "ab" * 32)))],
            "goes back in the log",
        ),
        ("no-notes", [], "found 0"),
    ]
    for name, notes, reason in rows:
        why = "Every note is the next one of its organisation."
        yield _CHAIN.bad(name, why, _given(*notes), ("TrustError", reason))
    given = _given(first(), fingerprint="0" * 64)
    why = "Another first note than the pinned one is another organisation's."
    yield _CHAIN.bad("not-the-pinned-one", why, given, ("TrustError", "fingerprint"))


def _generations() -> Iterator[Vector]:
    """Turn over roots, service keys and log, one after another."""
    roots = signed(trust(2, roots=_NEWER), (3, 4, 5))
    keys = {
        name: ServiceKey(
            signer(f"service/{name}/2").verifier, NOW + timedelta(days=210)
        )
        for name in ("en", "ru")
    }
    renewed = signed(trust(3, roots=_NEWER, services=keys, since=5), (3, 4, 6))
    last = {"roots": _NEWER, "services": keys, "since": 5}
    log = signer("log/2").verifier
    given_up = (OldLog(signer("log/1").verifier, 9, "ab" * 32),)
    policy = (f"log {log}", "quorum none")
    last = {**last, "seen": (9, "ab" * 32), "oldlogs": given_up, "log": log}
    moved_log = signed(trust(4, **last, policy=policy), (4, 6, 7))
    notes = (first(), roots, renewed, moved_log)
    why = (
        "New roots, then new service keys, then a new log: the first note leads there."
    )
    result = {**_result(*notes), "log": log.name}
    given = _given(*notes, fingerprint=hashlib.sha256(first()).hexdigest())
    yield _CHAIN.ok("three-generations", why, given, result)
    yield from _turned_back(roots)


def _turned_back(roots: bytes) -> Iterator[Vector]:
    """Lead the chain back to roots that were replaced."""
    circle = _given(first(), roots, first())
    bad = ("TrustError", "expected trust note 3, found 1")
    why = "Trust notes in a circle: the first note does not come again."
    yield _CHAIN.bad("in-a-circle", why, circle, bad)
    back = signed(trust(3), (1, 2, 3))
    bad = ("TrustError", "1 of 3 signatures needed by the roots of note 2")
    why = "Roots that were replaced cannot take the chain back to themselves."
    yield _CHAIN.bad("back-to-former-roots", why, _given(first(), roots, back), bad)


def _old_logs() -> Iterator[Vector]:
    size, root = 9, "ab" * 32
    note = moved(size, root)
    why = "A lost or stolen log: a new origin, and the old log with what counts of it."
    result = {**_result(first(), note), "log": signer("log/2").name}
    yield _CHAIN.ok("new-log", why, _given(first(), note), result)
    third = moved(size, root, 3)
    why = "Every later note goes on naming every log given up."
    result = {**_result(first(), note, third), "log": signer("log/3").name}
    yield _CHAIN.ok("third-log", why, _given(first(), note, third), result)
    log = signer("log/1").verifier
    same = {"log": log, "policy": (f"log {log}", "quorum none")}
    twin = Signer(signer("log/1").name, b"t" * 32).verifier
    named = {"log": twin, "policy": (f"log {twin}", "quorum none")}
    stranger = (OldLog(signer("stranger").verifier, size, root),)
    rows: list[tuple[str, bytes, str]] = [
        ("old-log-not-named", moved(size, root, oldlogs=()), "expected other `oldlog`"),
        ("old-log-of-a-stranger", moved(size, root, oldlogs=stranger), "`oldlog`"),
        ("old-log-of-another-size", moved(size, root, seen=(10, root)), "`oldlog`"),
        ("log-given-up-and-kept", moved(size, root, **same), "more than one role"),
        ("new-log-of-the-same-origin", moved(size, root, **named), "one origin"),
    ]
    for name, data, reason in rows:
        why = "The log before is named with its key, and with the size and root seen."
        bad = ("TrustError", reason)
        yield _CHAIN.bad(name, why, _given(first(), data), bad)
    text = trust(oldlogs=stranger)
    bad = ("TrustError", "the first trust note names an old log")
    why = "Nothing was before the first note."
    yield _CHAIN.bad("first-note-with-old-log", why, _given(signed(text)), bad)
    yield from _odd_old_logs(note)


def _odd_old_logs(
    note: bytes, size: int = 9, root: str = "ab" * 32
) -> Iterator[Vector]:
    log = signer("log/2").verifier
    fields = {"log": log, "policy": (f"log {log}", "quorum none"), "oldlogs": ()}
    forgotten = signed(trust(3, since=size, seen=(size, root), **fields))
    bad = ("TrustError", "expected other `oldlog` lines")
    why = "A log given up stays named."
    given = _given(first(), note, forgotten)
    yield _CHAIN.bad("old-log-forgotten", why, given, bad)
    at = note.index(b"oldlog ")
    crooked = note[:at] + note[at:].replace(
        f" 9 {root}".encode(), f" 09 {root}".encode()
    )
    text = crooked[: crooked.index(b"\n\n") + 1]
    bent = sign_note(text, [signer(f"root/{n}") for n in (1, 2, 3)])
    bad = ("TrustError", "expected `oldlog <vkey> <size> <root>`")
    yield _CHAIN.bad("old-log-spelt-otherwise", why, _given(first(), bent), bad)


def _texts() -> Iterator[Vector]:
    log = signer("log/1").verifier
    ours = Signer("tamizdat-edition/1", b"l" * 32).verifier
    weak = Verifier("weak.example", bytes(32))
    policy = (f"log {ours}", "quorum none")
    upper = {"RU": ServiceKey(signer("x").verifier, NOW)}
    changes: list[tuple[str, dict, str]] = [
        ("opener-is-the-log", {"opener": log}, "more than one role"),
        ("key-of-small-order", {"opener": weak}, "small order"),
        ("no-quorum-line", {"policy": (f"log {log}",)}, "quorum"),
        ("log-origin-a-type-line", {"log": ours, "policy": policy}, "type line"),
        ("root-line-twice", {"roots": (*_ROOTS, _ROOTS[0])}, "stands twice"),
        ("service-in-upper-case", {"services": upper}, "expected `service"),
        ("seen-not-a-hash", {"seen": (0, "xyz")}, "expected `seen"),
    ]
    for name, change, reason in changes:
        given = _given(signed(replace(trust(), **change)))
        why = f"Refused: {name.replace('-', ' ')}."
        yield _CHAIN.bad(name, why, given, ("TrustError", reason))


def _spellings() -> list[tuple[str, bytes, bytes, str]]:
    return [
        ("another-type", b"tamizdat-trust/1", b"tamizdat-trust/2", "note of type"),
        ("line-missing", b"threshold 3\n", b"", "expected a line `threshold"),
        ("line-unknown", b"from 0\n", b"extra 1\nfrom 0\n", "expected a line `from"),
        ("lines-out-of-order", b"version 1\nthreshold 3\n", _SWAPPED, "`version"),
        (
            "organisation-in-capitals",
            b"press.example\n",
            b"Press.example\n",
            "as press",
        ),
        ("organisation-of-101-bytes", b"press.example\n", _LONG, "as press"),
        ("number-with-a-zero-before", b"from 0", b"from 00", "expected a number"),
        ("no-such-time", b"2027-03-24T06", b"2027-13-24T06", "there is no time"),
        ("time-without-a-zone", b"2027-03-24T06:00:00Z", b"2027-03-24", "a time as"),
        ("service-twice", b"service en", b"service ru", "not sorted by id"),
        ("quorum-of-nobody", b"quorum none", b"quorum nobody", "defined before"),
        ("quorum-twice", b"quorum none", b"quorum none\nquorum none", "quorum"),
        ("policy-line-unknown", b"quorum none", b"anything goes", "a policy line"),
        (
            "group-of-strangers",
            b"quorum none",
            b"group g any a b\nquorum g",
            "members defined before",
        ),
        ("group-of-many-digits", b"quorum none", _group("9" * 5000), "no threshold"),
        ("group-in-other-digits", b"quorum none", _group("٣"), "no threshold"),
        ("group-with-a-zero-before", b"quorum none", _group("01"), "no threshold"),
    ]


def _lines() -> Iterator[Vector]:
    roots = [signer(f"root/{n}") for n in (1, 2, 3)]
    for name, old, new, reason in _spellings():
        text = cast.trust().text().replace(old, new, 1)
        given = _given(sign_note(text, roots))
        why = "A trust note has one spelling."
        yield _CHAIN.bad(name, why, given, ("TrustError", reason))


_LONG = b"p" * 101 + b"\n"
_SWAPPED = b"threshold 3\nversion 1\n"


def _group(threshold: str) -> bytes:
    witness = f"witness w1 {_witness('witness/1')}"
    return f"{witness}\ngroup g {threshold} w1\nquorum g".encode()
