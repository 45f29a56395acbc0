# ruff: noqa: RUF001 - Russian letters that look like Latin ones
"""Vectors of offline files: texts that carry their own proof."""

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from cast import NOW, ORGANISATION, signer
from spec.cases import trusts
from spec.cases.editions import ENTRY, FIRST, SECOND, SECOND_ENTRY
from spec.cases.vector import Series, Vector, field
from tamizdat.edition import log
from tamizdat.edition.files import FileStatement, Seal, sign_file_statement
from tamizdat.edition.log import Checkpoint, leaf_hash
from tamizdat.edition.note import sign_note
from tamizdat.edition.statement import sign_statement, write_time

TEXT = "Кто вправе знать\n\nШвеция приняла первый закон в 1766 году.\n".encode()
NOTES = (trusts.first(),)
SIZE = 8_192  # of the seal
EDITION_LEAF, FILE_LEAF = 5, 6

_VERIFY = Series("offline", "file.verify")
_STATE = Series("offline", "file.statement")
_LIST = Series("offline", "file.list")
_FINGERPRINT = hashlib.sha256(NOTES[0]).hexdigest()


def said(content: bytes = TEXT, **changes) -> FileStatement:
    """Say what the key says of a text with a seal behind it."""
    return replace(
        FileStatement(
            organisation=ORGANISATION,
            service="ru",
            edition=2,
            leaf=leaf_hash(SECOND_ENTRY).hex(),
            name="ru-2.txt",
            size=len(content) + SIZE,
            sha256=hashlib.sha256(content + bytes(SIZE)).hexdigest(),
            seal=(len(content), SIZE),
            crcs=(),
            md5=None,
            trust=1,
            press="0.1.0",
        ),
        **changes,
    )


def proved(entries: dict[int, bytes]) -> dict[int, bytes]:
    """Put entries into a log of seven leaves; give each with its proof."""
    leaves = [entries.get(n, f"leaf {n}".encode()) for n in range(7)]
    tiles = dict(log.append(lambda _: b"", 0, leaves))
    root = log.range_hash(tiles.__getitem__, 7, 0, 7)
    head = sign_note(
        Checkpoint(f"{ORGANISATION}/log/1", 7, root).text(), [signer("log/1")]
    )
    return {
        n: entry
        + log.write_proof(n, log.inclusion_proof(tiles.__getitem__, n, 7), head)
        for n, entry in entries.items()
    }


def sealed(
    statement: FileStatement,
    content: bytes = TEXT,
    edition: bytes = SECOND_ENTRY,
    notes: Sequence[bytes] = NOTES,
    role: str = "service/ru",
) -> bytes:
    """Write a file."""
    entry = sign_file_statement(statement, signer(role))
    parts = proved({EDITION_LEAF: edition, FILE_LEAF: entry})
    seal = Seal(tuple(notes), parts[EDITION_LEAF], parts[FILE_LEAF])
    return content + seal.write(SIZE)


def checked(flip: int | None = None) -> bytes:
    """Write a file with checksums: two of its seal, one of itself at its end."""
    holed, end = b"PK" + bytes(8) + TEXT, len(TEXT) + 10 + SIZE
    statement = said(
        holed,
        size=end + 16,
        sha256=hashlib.sha256(holed + bytes(SIZE + 16)).hexdigest(),
        crcs=(2, 6),
        md5=end,
    )
    whole = sealed(statement, holed)
    crc = zlib.crc32(whole[len(holed) :]).to_bytes(4, "little")
    body = b"PK" + crc + crc + whole[10:]
    file = bytearray(body + hashlib.md5(body, usedforsecurity=False).digest())
    if flip is not None:
        file[flip] ^= 1
    return bytes(file)


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _stated()
    yield from _checksummed()
    yield from _verified()
    yield from _tampered()
    yield from _misstated()
    yield from _misshapen()
    yield from _listed()


def _listed() -> Iterator[Vector]:
    digest, seal = "ab" * 32, b"tamizdat-seal/1\n"
    lines = f"{digest} 12 2026-11/made.txt\n{digest} 0 find.mjs\n".encode()
    rows = [["2026-11/made.txt", 12, digest], ["find.mjs", 0, digest]]
    why = "The list of an index of words ends where its seal begins."
    yield _LIST.ok("list", why, field("file", lines + seal + lines), {"files": rows})
    why = "An index without a file."
    yield _LIST.ok("list-of-nothing", why, field("file", seal), {"files": []})
    refused = [
        ("leads-upward", f"{digest} 1 a/../b", "line 1: expected"),
        ("names-a-hidden-file", f"{digest} 1 a/.b", "line 1: expected"),
        ("with-an-absolute-path", f"{digest} 1 /a", "line 1: expected"),
        ("with-a-zero-before-a-size", f"{digest} 01 a", "line 1: expected"),
        ("of-a-long-path", f"{digest} 1 {'a' * 201}", "line 1: expected"),
        ("out-of-order", f"{digest} 1 b\n{digest} 1 a", "line 2: a after b"),
        ("of-one-file-twice", f"{digest} 1 a\n{digest} 1 a", "line 2: a after a"),
    ]
    for name, text, reason in refused:
        why = f"Refused: a list {name.replace('-', ' ')}."
        given = field("file", f"{text}\n".encode() + seal)
        yield _LIST.bad(f"list-{name}", why, given, ("FileError", reason))


def _given(file: bytes, fingerprint: str | None = _FINGERPRINT, **more) -> dict:
    given = {**field("file", file), "fingerprint": fingerprint, "service": None}
    return {**given, **more}


def _stated() -> Iterator[Vector]:
    rows = [
        ("of-another-organisation", {"organisation": "other.example"}, "organisation"),
        ("of-a-service-nobody-named", {"service": "hy"}, "names no hy"),
        ("by-an-unknown-note", {"trust": 2}, "the newest known is 1"),
    ]
    note = sign_file_statement(said(), signer("service/ru"))
    trust = [note.decode() for note in NOTES]
    given = {**field("note", note), "trust": trust}
    result = {"service": "ru", "edition": 2, "name": "ru-2.txt"}
    why = "What a monitor finds in the log beside editions."
    yield _STATE.ok("statement", why, given, result)
    for name, change, reason in rows:
        note = sign_file_statement(said(**change), signer("service/ru"))
        given = {**field("note", note), "trust": trust}
        bad = ("StatementError", reason)
        why = f"Refused: {name.replace('-', ' ')}."
        yield _STATE.bad(f"statement-{name}", why, given, bad)


def _checksummed() -> Iterator[Vector]:
    result = {
        "organisation": ORGANISATION,
        "service": "ru",
        "edition": 2,
        "time": write_time(SECOND.time),
        "name": "ru-2.txt",
        "fingerprint": _FINGERPRINT,
        "index": FILE_LEAF,
    }
    why = "Checksums that depend on the seal are not in the hash, and are held to it."
    yield _VERIFY.ok("checksums", why, _given(checked()), result)
    end = len(checked())
    for name, at in (("crc-changed", 7), ("md5-changed", end - 1)):
        why = f"Refused: {name.replace('-', ' ')}."
        bad = ("FileError", "another checksum than")
        yield _VERIFY.bad(name, why, _given(checked(at)), bad)
    why = "Refused: a word changed behind the checksums."
    bad = ("FileError", "expected sha256")
    yield _VERIFY.bad("checksums-word", why, _given(checked(12)), bad)


def _verified() -> Iterator[Vector]:
    whole = sealed(said())
    result = {
        "organisation": ORGANISATION,
        "service": "ru",
        "edition": 2,
        "time": write_time(SECOND.time),
        "name": "ru-2.txt",
        "fingerprint": _FINGERPRINT,
        "index": FILE_LEAF,
    }
    why = "A text, a seal behind it, and nothing asked of a network."
    yield _VERIFY.ok("text", why, _given(whole), result)
    why = "Without a fingerprint the file's own first note is believed, and shown."
    yield _VERIFY.ok("without-fingerprint", why, _given(whole, None), result)
    quoting = TEXT + b"tamizdat-seal/1\n is how a seal begins.\n"
    why = "A story may quote the beginning of a seal."
    file = sealed(said(quoting), quoting)
    yield _VERIFY.ok("seal-quoted", why, _given(file), result)


def _tampered() -> Iterator[Vector]:
    whole, at = sealed(said()), len(TEXT)
    edition = whole.replace(b"number 2\n", b"number 3\n")
    statement = whole.replace(b"name ru-2.txt", b"name ru-3.txt")
    renamed = whole[:at] + b"tamizdat-seal/2" + whole[at + 15 :]
    smaller = re.sub(rb"\nedition \d", b"\nedition 1", whole, count=1)
    rows = [
        ("word-changed", whole.replace(b"1766", b"1776"), "FileError", "sha256"),
        ("cut-short", whole[:-1], "FileError", "expected"),
        ("longer", whole + b" ", "FileError", "bytes, found"),
        ("byte-before", b" " + whole, "FileError", "bytes came or went before"),
        ("without-seal", TEXT, "FileError", "no seal"),
        ("padding-changed", whole[:-9] + b"x" + whole[-8:], "FileError", "written"),
        ("edition-changed", edition, "NoteError", "does not verify"),
        ("statement-changed", statement, "NoteError", "does not verify"),
        ("seal-renamed", renamed, "FileError", "no seal"),
        ("part-of-another-size", smaller, "FileError", "the seal ends before"),
    ]
    for name, file, error, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _VERIFY.bad(name, why, _given(file), (error, reason))


def _misstated() -> Iterator[Vector]:
    other = replace(SECOND, service="en")
    rows = [
        ("another-edition", sealed(said(edition=3)), "carrying another edition"),
        ("another-leaf", sealed(said(leaf="ab" * 32)), "carrying another edition"),
        ("first-edition-carried", sealed(said(), edition=ENTRY), "another edition"),
        (
            "another-organisation",
            sealed(said(organisation="other.example")),
            "expected organisation press.example",
        ),
        (
            "another-service",
            sealed(said(service="en", leaf=leaf_hash(SECOND_ENTRY).hex())),
            "expected service en, found ru",
        ),
        ("trust-note-unknown", sealed(said(trust=2)), "the newest known is 1"),
        ("signed-by-another", sealed(said(), role="service/en"), "not signed by"),
        ("signed-by-the-log", sealed(said(), role="log/1"), "not signed by"),
    ]
    for name, file, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        yield _VERIFY.bad(name, why, _given(file), ("StatementError", reason))
    why = f"Refused: asked for {other.service}, it is {FIRST.service}."
    given = _given(sealed(said()), service="en")
    bad = ("StatementError", "expected service en, found ru")
    yield _VERIFY.bad("service-not-the-one-asked-for", why, given, bad)
    yield from _against_the_notes()


def _against_the_notes() -> Iterator[Vector]:
    given = _given(sealed(said()), "ab" * 32)
    why = "Refused: another first trust note than the one pinned."
    bad = ("TrustError", "fingerprint")
    yield _VERIFY.bad("another-fingerprint", why, given, bad)
    later = trusts.first(), trusts.second(since=100)
    aged = replace(SECOND, time=NOW + timedelta(days=130), trust=2)
    entry = sign_statement(aged, signer(trusts.RENEWED))
    file = sealed(said(leaf=leaf_hash(entry).hex()), edition=entry, notes=later)
    why = "Refused: the key was at its end when the edition was made."
    bad = ("StatementError", "had expired")
    yield _VERIFY.bad("key-expired", why, _given(file), bad)
    renewed = (trusts.first(), trusts.second(since=FILE_LEAF))
    why = "Refused: the leaf stands where a newer trust note is in force."
    given = _given(sealed(said(), notes=renewed))
    bad = ("StatementError", "must name trust note 2")
    yield _VERIFY.bad("older-trust-note-than-its-leaf-demands", why, given, bad)


def _misshapen() -> Iterator[Vector]:
    end = len(TEXT) + SIZE
    rows = [
        ("hash-of-something-else", {"sha256": "ab" * 32}, "expected sha256"),
        ("size-of-something-else", {"size": end + 1}, f"expected {end + 1} bytes"),
        ("checksum-of-something-else", {"crcs": (2,)}, "another checksum than"),
        ("md5-of-something-else", {"md5": 20}, "expected sha256"),
    ]
    for name, change, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        given = _given(sealed(said(**change)))
        yield _VERIFY.bad(name, why, given, ("FileError", reason))
    yield from _bent_seals()
    yield from _bent_statements()
    yield from _bent_proofs()


def _bent_seals() -> Iterator[Vector]:
    small = said(seal=(len(TEXT), 1_024))
    why, bad = "Refused: more than is reserved.", ("FileError", "are reserved")
    yield _VERIFY.bad("seal-too-small", why, _given(sealed(small)), bad)
    whole = sealed(said())
    rows = [
        ("parts-out-of-order", b"\ntrust ", b"\nedition "),
        ("unknown-part", b"\ntrust ", b"\ntruce "),
    ]
    for name, old, new in rows:
        given = _given(whole.replace(old, new, 1))
        why = f"Refused: {name.replace('-', ' ')}."
        yield _VERIFY.bad(name, why, given, ("FileError", "seal"))
    at = whole.index(b"\ntrust ") + 7
    given = _given(whole[:at] + b"9" + whole[at:-1])
    why, bad = "Refused: a note too long.", ("FileError", "trust of 9")
    yield _VERIFY.bad("part-too-long", why, given, bad)


def _bent_statements() -> Iterator[Vector]:
    end = len(TEXT) + SIZE
    rows = [
        ("seal-outside", b"seal %d" % len(TEXT), b"seal %d" % end, "apart"),
        ("checksum-in-seal", b"trust 1", b"crc32 200\ntrust 1", "apart"),
        ("line-missing", b"name ru-2.txt\n", b"", "`name ...`"),
        ("name-with-a-slash", b"name ru-2", b"name ../ru-2", "`name ...`"),
        ("line-more", b"press 0.1.0\n", b"press 0.1.0\nnote x\n", "at the end"),
        ("checksums-out-of-order", b"trust 1", b"crc32 3\ncrc32 2\ntrust 1", "once"),
        ("another-type", b"tamizdat-file/1", b"tamizdat-file/2", "of type"),
    ]
    for name, old, new, reason in rows:
        note = sign_note(said().text().replace(old, new, 1), [signer("service/ru")])
        parts = proved({EDITION_LEAF: SECOND_ENTRY, FILE_LEAF: note})
        seal = Seal(NOTES, parts[EDITION_LEAF], parts[FILE_LEAF])
        why = f"Refused: {name.replace('-', ' ')}."
        given = _given(TEXT + seal.write(SIZE))
        yield _VERIFY.bad(name, why, given, ("StatementError", reason))


def _bent_proofs() -> Iterator[Vector]:
    lines = said().text()
    both = [signer("service/ru"), signer("service/en")]
    parts = proved({EDITION_LEAF: SECOND_ENTRY, FILE_LEAF: sign_note(lines, both)})
    seal = Seal(NOTES, parts[EDITION_LEAF], parts[FILE_LEAF])
    bad = ("StatementError", "expected one signature, found 2")
    given = _given(TEXT + seal.write(SIZE))
    yield _VERIFY.bad("two-signatures", "Refused: two signatures.", given, bad)
    unproved = Seal(NOTES, parts[EDITION_LEAF], sign_note(lines, both[:1]))
    given = _given(TEXT + unproved.write(SIZE))
    bad = ("StatementError", "no tlog-proof")
    yield _VERIFY.bad("without-proof", "Refused: no proof.", given, bad)
    entry = sign_file_statement(said(), signer("service/ru"))
    moved = proved({EDITION_LEAF: SECOND_ENTRY, FILE_LEAF: entry})[FILE_LEAF].replace(
        b"index 6", b"index 5"
    )
    given = _given(TEXT + Seal(NOTES, parts[EDITION_LEAF], moved).write(SIZE))
    bad = ("ProofError", "does not lead to the root")
    yield _VERIFY.bad("proof-of-another-leaf", "Refused: another leaf.", given, bad)
