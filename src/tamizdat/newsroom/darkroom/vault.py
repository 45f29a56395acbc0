"""Seal what must not be read here: a key pair whose private half needs a passphrase.

Decides the form of the key and of what is sealed, and nothing about files. What is
sealed can be opened by nobody who holds this machine alone.

Source: RFC 9180 (HPKE: DHKEM X25519, HKDF-SHA256, ChaCha20-Poly1305), base mode;
RFC 7914 (scrypt); NIST SP 800-38D (AES-GCM). docs/decisions/0054-pictures.md.
"""

import base64
import re
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tamizdat.newsroom.errors import VaultError
from tamizdat.newsroom.errors import said_later as _

COST = 1 << 17  # scrypt N: 128 MiB and about half a second for each guess
PASSPHRASE = 12  # characters, at least
MARK = b"tamizdat-original/1\n"  # before what is sealed

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_KEY = re.compile(
    r"(tamizdat-vault/1\npublic (\S{44})\nscrypt ([1-9]\d{3,6}) (\S{24})\n"
    r"aes-256-gcm (\S{16})\n)sealed (\S{64})\n"
)
_COSTS = (1 << 10, 1 << 20)


def new_key(passphrase: str, cost: int = COST) -> str:
    """Make a key pair; the private half is sealed with a passphrase.

    Raises:
        VaultError: the passphrase is too short.
    """
    if len(passphrase) < PASSPHRASE:
        said = _("expected a passphrase of at least %(least)d characters")
        raise VaultError(said, least=PASSPHRASE)
    pair = X25519PrivateKey.generate()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = (
        "tamizdat-vault/1\n"
        f"public {_written(pair.public_key().public_bytes_raw())}\n"
        f"scrypt {cost} {_written(salt)}\n"
        f"aes-256-gcm {_written(nonce)}\n"
    )
    secret = _derived(passphrase, salt, cost)
    box = AESGCM(secret).encrypt(nonce, pair.private_bytes_raw(), head.encode())
    return f"{head}sealed {_written(box)}\n"


def seal(data: bytes, key: str) -> bytes:
    """Seal bytes to the public half of a key.

    Raises:
        VaultError: the key is not one.
    """
    public = X25519PublicKey.from_public_bytes(_read(_parts(key)[2]))
    return MARK + _SUITE.encrypt(data, public, info=MARK)


def unseal(sealed: bytes, key: str, passphrase: str) -> bytes:
    """Open what was sealed.

    Raises:
        VaultError: the key is not one, the passphrase is wrong, or bytes changed.
    """
    _all, head, _public, cost, salt, nonce, box = _parts(key)
    secret = _derived(passphrase, _read(salt), int(cost))
    try:
        raw = AESGCM(secret).decrypt(_read(nonce), _read(box), head.encode())
    except InvalidTag:
        raise VaultError(_("the passphrase is wrong, or the key was changed")) from None
    if not sealed.startswith(MARK):
        raise VaultError(_("expected a sealed original"))
    try:
        pair = X25519PrivateKey.from_private_bytes(raw)
        return _SUITE.decrypt(sealed[len(MARK) :], pair, info=MARK)
    except InvalidTag:
        raise VaultError(_("it was sealed to another key, or was changed")) from None


def check_key(key: str) -> None:
    """Refuse what is no key.

    Raises:
        VaultError: naming what was expected.
    """
    _parts(key)


def _parts(key: str) -> tuple[str, ...]:
    match = _KEY.fullmatch(key)
    if match is None or not _COSTS[0] <= int(match[3]) <= _COSTS[1]:
        raise VaultError(_("expected a key as `tamizdat originals key` makes it"))
    return (match[0], *match.groups())


def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(typed)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise VaultError(_("expected base64 in the key")) from None
