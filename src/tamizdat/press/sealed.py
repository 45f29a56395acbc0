"""Seal a signing key with a passphrase, where a person is present to type it.

Decides the form of a sealed key and nothing about files. No message quotes a
passphrase or a key.

Source: spec/key-file.md; RFC 7914 (scrypt); NIST SP 800-38D (AES-GCM).
"""

import base64
import re
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tamizdat.edition.errors import NoteError
from tamizdat.edition.note import Signer, Verifier, decode_base64, parse_verifier
from tamizdat.press.errors import KeyFileError, PassphraseError

COST = 1 << 17  # scrypt N: 128 MiB and about half a second for each guess
COSTS = (1 << 14, 1 << 20)  # that are taken: below it guesses fast, above 1 GiB
PASSPHRASE = 12  # characters, at least

_TYPE = "tamizdat-key/1"
_BLOCK, _LANES = 8, 1  # scrypt r and p
_SALT_BYTES, _NONCE_BYTES, _SEED_BYTES, _TAG_BYTES = 16, 12, 32, 16
_SCRYPT = re.compile(r"scrypt ([1-9][0-9]{4,6}) 8 1 (\S+)")


@dataclass(frozen=True)
class Sealed:
    """A sealed key, taken apart; nothing is opened.

    Attributes:
        key: the public half, which the seal covers.
        cost: scrypt N, a power of two.
        head: the lines that the seal covers, bytes.
        box: 32 bytes of key and 16 of tag, encrypted.
    """

    key: Verifier
    cost: int
    salt: bytes
    nonce: bytes
    head: bytes
    box: bytes


def is_sealed(text: str) -> bool:
    """Tell a sealed key from an open one by its first line."""
    return text.startswith(f"{_TYPE}\n")


def seal(signer: Signer, passphrase: str, cost: int = COST) -> str:
    """Seal a key; other bytes each time.

    Args:
        signer: whose seed is sealed.
        passphrase: 12 characters or more.
        cost: scrypt N.

    Raises:
        PassphraseError: the passphrase is too short.
    """
    check_passphrase(passphrase)
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    head = (
        f"{_TYPE}\n"
        f"key {signer.verifier}\n"
        f"scrypt {cost} {_BLOCK} {_LANES} {_base64(salt)}\n"
        f"aes-256-gcm {_base64(nonce)}\n"
    )
    secret = _derive(passphrase, salt, cost)
    box = AESGCM(secret).encrypt(nonce, signer.seed, head.encode())
    return f"{head}sealed {_base64(box)}\n"


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is soon guessed.

    Raises:
        PassphraseError: fewer than 12 characters.
    """
    if len(passphrase) < PASSPHRASE:
        raise PassphraseError(f"a passphrase has at least {PASSPHRASE} characters")


def read_sealed(text: str) -> Sealed:
    """Take a sealed key apart.

    Raises:
        KeyFileError: a line is missing, too many, or spelt otherwise.
    """
    lines = text.split("\n")
    if len(lines) != 6 or lines[0] != _TYPE or lines[5]:  # noqa: PLR2004
        raise KeyFileError(f"expected {_TYPE} and four lines")
    scrypt = _SCRYPT.fullmatch(lines[2])
    cost = int(scrypt[1]) if scrypt else 0
    if not scrypt or cost & (cost - 1) or not COSTS[0] <= cost <= COSTS[1]:
        raise KeyFileError("expected a line `scrypt <N> 8 1 <salt>`")
    try:
        return Sealed(
            key=parse_verifier(_value(lines[1], "key")),
            cost=cost,
            salt=_bytes(scrypt[2], _SALT_BYTES),
            nonce=_bytes(_value(lines[3], "aes-256-gcm"), _NONCE_BYTES),
            head="".join(f"{line}\n" for line in lines[:4]).encode(),
            box=_bytes(_value(lines[4], "sealed"), _SEED_BYTES + _TAG_BYTES),
        )
    except NoteError as error:
        raise KeyFileError(str(error)) from error


def open_sealed(text: str, passphrase: str) -> Signer:
    """Open a sealed key.

    Raises:
        PassphraseError: the passphrase is not the one, or the file was changed.
        KeyFileError: not a sealed key.
    """
    sealed = read_sealed(text)
    secret = _derive(passphrase, sealed.salt, sealed.cost)
    try:
        seed = AESGCM(secret).decrypt(sealed.nonce, sealed.box, sealed.head)
    except InvalidTag as error:
        raise PassphraseError(
            "not opened: another passphrase, or the file was changed; nothing is signed"
        ) from error
    signer = Signer(sealed.key.name, seed)
    if signer.verifier != sealed.key:
        raise KeyFileError(f"holds another key than {sealed.key}")
    return signer


def _derive(passphrase: str, salt: bytes, cost: int) -> bytes:
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=32, n=cost, r=_BLOCK, p=_LANES).derive(typed)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _value(line: str, key: str) -> str:
    name, _, value = line.partition(" ")
    if name != key:
        raise KeyFileError(f"expected a line `{key} ...`")
    return value


def _bytes(text: str, length: int) -> bytes:
    data = decode_base64(text, "sealed key")
    if len(data) != length:
        raise KeyFileError(f"sealed key: expected {length} bytes, found {len(data)}")
    return data
