"""The test cast: roles with keys, never people.

Keys are made from the role's name, so that every run signs the same bytes.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from tamizdat.edition.note import Signer, sign_note
from tamizdat.edition.trust import ServiceKey, Trust, verify_chain

ORGANISATION = "press.example"
NOW = datetime(2026, 11, 24, 6, 0, 0, tzinfo=UTC)
EMPTY_ROOT = hashlib.sha256(b"").hexdigest()


def signer(role: str) -> Signer:
    """Make the signing key of a role, "service/ru" or "root/1"."""
    return Signer(f"{ORGANISATION}/{role}", hashlib.sha256(role.encode()).digest())


def trust(
    version: int = 1, services: tuple[str, ...] = ("ru", "en"), **other: object
) -> Trust:
    """Make the text of a trust note; `other` replaces fields."""
    fields: dict[str, object] = {
        "organisation": ORGANISATION,
        "version": version,
        "threshold": 3,
        "roots": tuple(signer(f"root/{n}").verifier for n in range(1, 6)),
        "since": 0,
        "seen": (0, EMPTY_ROOT),
        "services": {
            name: ServiceKey(
                signer(f"service/{name}").verifier, NOW + timedelta(days=120)
            )
            for name in services
        },
        "opener": signer("opener").verifier,
        "log": signer("log/1").verifier,
        "policy": (f"log {signer('log/1').verifier}", "quorum none"),
    }
    return Trust(**{**fields, **other})  # type: ignore[arg-type]


def signed(note: Trust, roots: tuple[int, ...] = (1, 2, 3)) -> bytes:
    """Sign a trust note by the root keys of these numbers."""
    return sign_note(note.text(), [signer(f"root/{n}") for n in roots])


def chain() -> list[Trust]:
    """Make a verified chain of one note."""
    return verify_chain([signed(trust())])
