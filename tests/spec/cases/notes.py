"""Vectors of signed notes and the keys that sign them."""

import base64
import hashlib
from collections.abc import Callable, Iterator

from cast import signer
from spec.cases.vector import Series, Vector, field
from tamizdat.edition.note import Signer, Verifier, sign_note

TEXT = b"tamizdat-example/1\nwords nobody may change\n"
KEY = signer("log/1")
HONEST = sign_note(TEXT, [KEY])
ORDER = 2**252 + 27742317777372353535851937790883648493  # RFC 8032 section 5.1
PRIME = 2**255 - 19
ORDER_8_Y = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
# The key of the Go checksum database: written by another tool than ours.
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

_NOTE = Series("note", "note.open")
_KEY = Series("note", "key.read")
_LINE = "— a AAAAAAA=\n".encode()


def vectors() -> Iterator[Vector]:
    """Make every vector of the format."""
    yield from _opened()
    yield from _malformed()
    yield from _bad_signatures()
    yield from _keys()


def _given(note: bytes, *keys: Signer) -> dict:
    known = [str(key.verifier) for key in keys or (KEY,)]
    return {**field("note", note), "keys": known}


def _result(*signers: Signer, text: bytes = TEXT) -> dict:
    keys = sorted({s.verifier.key.hex() for s in signers})
    return {"text": text.decode(), "signers": keys}


def _openers() -> list[tuple[str, str, bytes, list[Signer], list[Signer]]]:
    root = signer("root/1").seed
    twins = [Signer("one.example", root), Signer("two.example", root)]
    stranger = sign_note(TEXT, [signer("stranger")])
    both = sign_note(TEXT, [KEY, signer("stranger")])
    return [
        ("honest", "A note by a known key opens.", HONEST, [KEY], [KEY]),
        ("two-signers", "Only known keys count as signers.", both, [KEY], [KEY]),
        ("stranger", "A stranger neither helps nor hurts.", stranger, [KEY], []),
        (
            "line-twice",
            "One line given twice counts once.",
            sign_note(TEXT, [KEY, KEY]),
            [KEY],
            [KEY],
        ),
        (
            "one-key-two-names",
            "A threshold counts public keys, not names.",
            sign_note(TEXT, twins),
            twins,
            twins[:1],
        ),
        (
            "sixteen-signatures",
            "Sixteen signature lines are the most.",
            sign_note(TEXT, [KEY, *(signer(f"stranger/{n}") for n in range(15))]),
            [KEY],
            [KEY],
        ),
    ]


def _opened() -> Iterator[Vector]:
    for name, why, note, known, found in _openers():
        yield _NOTE.ok(name, why, _given(note, *known), _result(*found))
    why = "Nobody who is known signed: which is no error here."
    short = "a\n\n— a AAAAAAA=\n".encode()
    yield _NOTE.ok("short", why, _given(short), _result(text=b"a\n"))
    why = "The last empty line parts the text from the signatures."
    poem = b"one\n\ntwo\n"
    spaced = poem + b"\n" + KEY.line(poem).encode() + b"\n"
    result = _result(KEY, text=poem)
    yield _NOTE.ok("empty-line-in-text", why, _given(spaced), result)


def _signed(text: bytes) -> str:
    return sign_note(text, [KEY]).decode()


def _malformed() -> Iterator[Vector]:
    rows = [
        ("oversized", "x" * 16_385, "at most 16384"),
        ("oversized-and-signed", _signed(b"x" * 16_384 + b"\n"), "at most 16384"),
        ("crlf", HONEST.decode().replace("\n", "\r\n"), "control character"),
        ("tab", "a\tb\n\n— a AAAAAAA=\n", "control character"),
        ("delete-character", "a\x7f\n\n— a AAAAAAA=\n", "control character"),
        ("no-signature", "a\n", "no signature lines"),
        ("no-final-line-feed", HONEST[:-1].decode(), "no signature lines"),
        ("plain-row", "a\n\nplain\n", "is not `— name base64`"),
        ("four-words", "a\n\n— a b c\n", "is not `— name base64`"),
        ("hyphen-for-dash", "a\n\n- a AAAAAAA=\n", "is not `— name base64`"),
        ("plus-in-name", "a\n\n— a+b AAAAAAA=\n", "is not `— name base64`"),
        ("mark-in-name", "a\n\n— a\ufeff AAAAAAA=\n", "is not `— name base64`"),
        ("wide-space-in-name", "a\n\n— a\u3000b AAAAAAA=\n", "is not `— name base64`"),
        ("name-of-101-letters", f"a\n\n— {'a' * 101} AAAAAAA=\n", "is not `— name"),
        ("long-base64", f"a\n\n— a {'A' * 204}\n", "is not `— name base64`"),
        ("base64-spare-bits", "a\n\n— a AAAAAAB=\n", "not canonical"),
        ("base64-unpadded", "a\n\n— a AAAAAAA\n", "not base64"),
        ("base64-url", "a\n\n— a AAAAAA_=\n", "not base64"),
        ("signature-of-an-id-alone", "a\n\n— a AAAAAA==\n", "too short"),
    ]
    for name, note, reason in rows:
        why = f"Refused: {name.replace('-', ' ')}."
        given = _given(note.encode())
        yield _NOTE.bad(name, why, given, ("NoteError", reason))
    yield from _malformed_bytes()


def _malformed_bytes() -> Iterator[Vector]:
    why = "A note is UTF-8."
    given = _given(b"\xff\n\n" + _LINE)
    yield _NOTE.bad("not-utf-8", why, given, ("NoteError", "not UTF-8"))
    why = "Seventeen signature lines are one too many."
    given = _given(b"a\n\n" + _LINE * 17)
    yield _NOTE.bad("seventeen-signatures", why, given, ("NoteError", "17 signatures"))


def _other_row() -> bytes:
    """Write a line of the key that signs another text."""
    return sign_note(b"another\n", [KEY]).removeprefix(b"another\n\n")


def _unverified() -> Iterator[tuple[str, str, bytes, str]]:
    yield from [
        (
            "text-changed",
            "A bad signature by a known key refuses the note.",
            HONEST.replace(b"nobody", b"no-one"),
            "does not verify",
        ),
        (
            "known-key-bad-signature-beside-a-good-one",
            "One good signature does not excuse a bad one of another known key.",
            sign_note(TEXT, [signer("opener")]) + _other_row(),
            "does not verify",
        ),
    ]


def _odd_signatures() -> Iterator[tuple[str, str, bytes, str]]:
    yield from [
        (
            "s-above-the-order",
            "S is below the group order, so a signature has one encoding.",
            _resigned(_with_large_s),
            "S is not canonical",
        ),
        (
            "r-not-canonical",
            "R is the identity written as y = p + 1: a lax check would take it.",
            TEXT + b"\n" + _row(KEY, _identity_signature(PRIME + 1)),
            "R is of small order",
        ),
        (
            "r-of-small-order",
            "R is the identity: some verifiers take it, so all refuse it.",
            TEXT + b"\n" + _row(KEY, _identity_signature(1)),
            "R is of small order",
        ),
        (
            "sixty-three-bytes",
            "A signature has 64 bytes.",
            _resigned(lambda signature: signature[:-1]),
            "not 64 bytes",
        ),
    ]


def _bad_signatures() -> Iterator[Vector]:
    for name, why, note, reason in (*_unverified(), *_odd_signatures()):
        given = _given(note, KEY, signer("opener"))
        yield _NOTE.bad(name, why, given, ("NoteError", reason))


def _row(key: Signer, signature: bytes) -> bytes:
    body = base64.b64encode(key.verifier.id + signature).decode()
    return f"— {key.name} {body}\n".encode()


def _resigned(change: Callable[[bytes], bytes]) -> bytes:
    body = base64.b64decode(KEY.line(TEXT).rpartition(" ")[2])
    return TEXT + b"\n" + _row(KEY, change(body[4:]))


def _with_large_s(signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "little") + ORDER
    return signature[:32] + s.to_bytes(32, "little")


def _identity_signature(y: int) -> bytes:
    """Sign with the nonce 0: R is the identity, written as `y`."""
    scalar = int.from_bytes(hashlib.sha512(KEY.seed).digest()[:32], "little")
    scalar = scalar & ((1 << 254) - 8) | (1 << 254)
    r = y.to_bytes(32, "little")
    digest = hashlib.sha512(r + KEY.verifier.key + TEXT).digest()
    s = int.from_bytes(digest, "little") * scalar % ORDER
    return r + s.to_bytes(32, "little")


def _keys() -> Iterator[Vector]:
    for name, vkey in (("key", str(KEY.verifier)), ("key-of-another-tool", GO_KEY)):
        owner, key_id, body = vkey.split("+", 2)
        result = {"name": owner, "id": key_id, "key": base64.b64decode(body)[1:].hex()}
        yield _KEY.ok(name, "A key carries its name and id.", {"vkey": vkey}, result)
    for name, key in _SMALL.items():
        given = {"vkey": str(Verifier("weak.example", key))}
        why = "A signature by a key of small order, or written twice, proves nothing."
        yield _KEY.bad(f"small-order-{name}", why, given, ("NoteError", "small order"))
    for name, vkey, reason in _bad_keys():
        why = f"Refused: {name.replace('-', ' ')}."
        yield _KEY.bad(name, why, {"vkey": vkey}, ("NoteError", reason))


_SMALL = {
    "y-0": bytes(32),
    "y-1": (1).to_bytes(32, "little"),
    "y-1-sign": (1 | 1 << 255).to_bytes(32, "little"),
    "y-minus-1": (PRIME - 1).to_bytes(32, "little"),
    "y-p": PRIME.to_bytes(32, "little"),
    "y-p-plus-1": (PRIME + 1).to_bytes(32, "little"),
    "y-of-order-8": bytes.fromhex(ORDER_8_Y),
    "y-of-order-8-sign": bytes.fromhex(f"{ORDER_8_Y[:-2]}85"),
}


def _with_body(name: str, body: bytes) -> str:
    """Write a verifier key whose id is right, whatever its bytes."""
    digest = hashlib.sha256(name.encode() + b"\n" + body).hexdigest()
    return f"{name}+{digest[:8]}+{base64.b64encode(body).decode()}"


def _bad_keys() -> Iterator[tuple[str, str, str]]:
    name, key_id, body = str(KEY.verifier).split("+", 2)
    witness = base64.b64encode(b"\x04" + KEY.verifier.key).decode()
    yield "key-with-another-id", f"{name}+00000000+{body}", "expected id"
    yield "key-id-in-upper-case", f"{name}+{key_id.upper()}+{body}", "expected id"
    yield "key-of-type-4", f"{name}+{key_id}+{witness}", "expected type 1"
    yield "key-too-short", f"{name}+{key_id}+AQAA", "expected type 1"
    short, other = b"\x01" + KEY.verifier.key[:-1], b"\x02" + KEY.verifier.key
    yield "key-shorter-by-a-byte", _with_body(name, short), "expected type 1"
    yield "key-of-type-2", _with_body(name, other), "expected type 1"
    yield "key-not-base64", f"{name}+{key_id}+A", "not base64"
    yield "key-name-alone", name, "expected type 1"
    spaced = Verifier("a b", KEY.verifier.key)
    yield "key-name-with-a-space", str(spaced), "expected id"
    marked = Verifier("a\ufeff", KEY.verifier.key)
    yield "key-name-with-a-mark", str(marked), "expected id"
