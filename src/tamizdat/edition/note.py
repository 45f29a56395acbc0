"""Sign and open signed notes.

Decides whether bytes were signed by a key. Leaves to `trust` which keys may sign what.

Source: C2SP signed-note; RFC 8032 (Ed25519). Stricter than both where two verifiers
could disagree: canonical base64, S below the group order, no small-order key.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from tamizdat.edition.errors import NoteError

NOTE_BYTES = 16_384  # the largest note a reader takes
SIGNATURE_LINES = 16  # the most signatures a note may carry

_ED25519 = b"\x01"  # C2SP signature type of plain Ed25519
_COSIGNATURE = b"\x04"  # C2SP signature type of a witness (tlog-cosignature)
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_ID_BYTES = 4
_ORDER = 2**252 + 27742317777372353535851937790883648493  # L, RFC 8032 section 5.1
_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255
_ORDER_8_Y = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
# y of the points whose order divides 8: a signature by such a key proves nothing.
_SMALL_ORDER_Y = frozenset({0, 1, _PRIME - 1, _ORDER_8_Y, _PRIME - _ORDER_8_Y})
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f\x85\ufeff]{1,100}")
_LINE = re.compile(r"— ([^\s+\ufeff]{1,100}) (\S{1,200})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # all but the line feed


@dataclass(frozen=True)
class Verifier:
    """A public key and its name.

    Attributes:
        name: no white space and no plus sign.
        key: 32 bytes, an Ed25519 public key of large order.
        type: one byte, how its signatures are made (C2SP signature types).
    """

    name: str
    key: bytes
    type: bytes = _ED25519

    @property
    def id(self) -> bytes:
        """Compute the key id: 4 bytes. Source: C2SP signed-note, Signatures."""
        named = self.name.encode() + b"\n" + self.type + self.key
        return hashlib.sha256(named).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """Write the verifier key (vkey)."""
        key = base64.b64encode(self.type + self.key).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def verify(self, text: bytes, signature: bytes) -> None:
        """Check one signature of 64 bytes.

        Raises:
            NoteError: it does not hold.
        """
        if len(signature) != _SIGNATURE_BYTES:
            raise NoteError(f"signature by {self.name} is not 64 bytes")
        if int.from_bytes(signature[32:], "little") >= _ORDER:
            raise NoteError(f"signature by {self.name}: S is not canonical")
        if _is_weak(signature[:32]):
            raise NoteError(f"signature by {self.name}: R is of small order")
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text)
        except InvalidSignature as error:
            raise NoteError(f"signature by {self.name} does not verify") from error


@dataclass(frozen=True)
class Signer:
    """A private key and its name. `seed`: 32 bytes, secret, never in a message."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        """Show the name only."""
        return f"Signer({self.name!r})"

    @property
    def verifier(self) -> Verifier:
        """Derive the public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, private.public_key().public_bytes_raw())

    def encode(self) -> str:
        """Write the signer key, secret. Source: golang.org/x/mod/sumdb/note."""
        key = base64.b64encode(_ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.id.hex()}+{key}"

    def sign(self, text: bytes) -> bytes:
        """Sign a text: 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text)

    def line(self, text: bytes) -> str:
        """Sign a text and write the signature line, without its line feed."""
        body = base64.b64encode(self.verifier.id + self.sign(text)).decode()
        return f"— {self.name} {body}"


@dataclass(frozen=True)
class Signature:
    """One signature line: whose it says it is, 4 bytes of id, 64 bytes."""

    name: str
    id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A note taken apart; nothing is verified yet.

    Attributes:
        text: what was signed, bytes ending in a line feed.
        signatures: in the order of their lines, 1 to 16.
    """

    text: bytes
    signatures: tuple[Signature, ...]

    def signers(self, known: Iterable[Verifier]) -> set[Verifier]:
        """Verify every signature by a known key; ignore the others.

        Returns:
            Those who signed, distinct by public key.

        Raises:
            NoteError: a signature line of a known key does not verify.
        """
        found: dict[bytes, Verifier] = {}
        by_id: dict[tuple[str, bytes], Verifier] = {}
        for key in known:
            by_id.setdefault((key.name, key.id), key)
        for line in self.signatures:
            if verifier := by_id.get((line.name, line.id)):
                verifier.verify(self.text, line.signature)
                found.setdefault(verifier.key, verifier)
        return set(found.values())


def parse_verifier(vkey: str) -> Verifier:
    """Read the verifier key of a root, a service, the opener or a log.

    Raises:
        NoteError: not `name+id+base64`, wrong id, or a key that proves nothing.
    """
    return _parse_vkey(vkey, _ED25519)


def parse_witness(vkey: str) -> Verifier:
    """Read the verifier key of a witness. Source: C2SP tlog-cosignature.

    Raises:
        NoteError: as `parse_verifier`.
    """
    return _parse_vkey(vkey, _COSIGNATURE)


def _parse_vkey(vkey: str, kind: bytes) -> Verifier:
    name, _, rest = vkey.partition("+")
    hex_id, _, encoded = rest.partition("+")
    verifier = Verifier(name, _key_bytes(encoded, kind, "verifier key"), kind)
    if not _NAME.fullmatch(name) or hex_id != verifier.id.hex():
        raise NoteError(f"verifier key {name!r}: expected id {verifier.id.hex()}")
    if _is_weak(verifier.key):
        raise NoteError(f"verifier key {name!r}: a key of small order")
    return verifier


def parse_signer(skey: str) -> Signer:
    """Read a signer key, secret; no message quotes it.

    Raises:
        NoteError: not `PRIVATE+KEY+name+id+base64`, or the id is another key's.
    """
    private, key, name, hex_id, encoded = (skey.split("+", 4) + [""] * 5)[:5]
    if (private, key) != ("PRIVATE", "KEY") or not _NAME.fullmatch(name):
        raise NoteError("expected PRIVATE+KEY+<name>+<id>+<key>")
    signer = Signer(name, _key_bytes(encoded, _ED25519, "signer key"))
    if signer.verifier.id.hex() != hex_id:
        raise NoteError(f"signer key {name!r}: the id is another key's")
    return signer


def sign_note(text: bytes, signers: Iterable[Signer]) -> bytes:
    """Sign a text that ends in a line feed and write the whole note."""
    if not text.endswith(b"\n") or b"\n\n" in text:
        raise ValueError("a note's text ends in one line feed and has no empty line")
    lines = "".join(f"{signer.line(text)}\n" for signer in signers)
    return text + b"\n" + lines.encode()


def write_note(note: Note) -> bytes:
    """Write a note that was taken apart, signature by signature."""
    rows = (
        f"— {one.name} {base64.b64encode(one.id + one.signature).decode()}\n"
        for one in note.signatures
    )
    return note.text + b"\n" + "".join(rows).encode()


def parse_note(data: bytes) -> Note:
    """Take a note apart without believing it.

    Args:
        data: at most 16 KiB, UTF-8.

    Raises:
        NoteError: too long, not UTF-8, control characters, no or bad signature lines.
    """
    if len(data) > NOTE_BYTES:
        raise NoteError(f"note of {len(data)} bytes, at most {NOTE_BYTES}")
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("note is not UTF-8") from error
    if _CONTROL.search(decoded):
        raise NoteError("note holds a control character")
    text, gap, lines = decoded.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteError("note has no signature lines")
    rows = lines[:-1].split("\n")
    if len(rows) > SIGNATURE_LINES:
        raise NoteError(f"note has {len(rows)} signatures, at most {SIGNATURE_LINES}")
    return Note((text + "\n").encode(), tuple(_signature(row) for row in rows))


def decode_base64(text: str, what: str) -> bytes:
    """Decode standard base64 that could not be written another way.

    Raises:
        NoteError: not base64, or not the canonical form of its bytes.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"{what}: not base64") from error
    if base64.b64encode(data).decode() != text:
        raise NoteError(f"{what}: base64 is not canonical")
    return data


def _signature(row: str) -> Signature:
    match = _LINE.fullmatch(row)
    if not match:
        raise NoteError("a signature line is not `— name base64`")
    body = decode_base64(match[2], f"signature by {match[1]}")
    if len(body) <= _ID_BYTES:
        raise NoteError(f"signature by {match[1]} is too short")
    return Signature(match[1], body[:_ID_BYTES], body[_ID_BYTES:])


def _key_bytes(encoded: str, kind: bytes, what: str) -> bytes:
    body = decode_base64(encoded, what)
    if len(body) != 1 + _KEY_BYTES or body[:1] != kind:
        raise NoteError(f"{what}: expected type {kind[0]} and 32 bytes")
    return body[1:]


def _is_weak(point: bytes) -> bool:
    """Tell an encoded point that is not canonical or whose order divides 8."""
    y = int.from_bytes(point, "little") % _SIGN_BIT
    return y >= _PRIME or y in _SMALL_ORDER_Y
