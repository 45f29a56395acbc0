"""Keep the keys of an organisation in files, and issue its trust notes.

Decides where a key lies and who may read it. What a key may sign is for the trust
note. Each key has one file: `root-1.key`, `log.key`, `opener.key`, `service-ru.key`.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tamizdat.edition.errors import EditionError, NoteError
from tamizdat.edition.note import Signer, parse_signer, sign_note
from tamizdat.edition.trust import ServiceKey, Trust, verify_chain
from tamizdat.press.errors import KeyFileError

ROOTS, THRESHOLD = 5, 3
SERVICE_KEY_LIFE = timedelta(days=120)
_ORGANISATION = re.compile(r"[a-z0-9]([a-z0-9.-]{0,78}[a-z0-9])?")


def is_demo(name: str) -> bool:
    """Tell a demonstration key, whose name has the label "demo", from a real one."""
    return "demo" in name.split("/", maxsplit=1)[0].split(".")


def load_signer(keys: Path, role: str) -> Signer:
    """Read one signing key.

    Args:
        keys: the key directory.
        role: "log", "opener", "root-1", "service-ru".

    Raises:
        KeyFileError: the file is missing, open to others, or no signer key.
    """
    path = keys / f"{role}.key"
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise KeyFileError(f"{path}: no such key, expected one for {role}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path}: cannot be read as a key") from error
    if mode & 0o077:
        raise KeyFileError(f"{path}: readable by others, expected mode 0600")
    try:
        return parse_signer(text.strip())
    except NoteError as error:
        raise KeyFileError(f"{path}: {error}") from error


def new_organisation(
    keys: Path, organisation: str, services: Iterable[str], now: datetime
) -> Trust:
    """Make every key of an organisation and its first trust note.

    Args:
        keys: a directory to create, mode 0700.
        organisation: a DNS-like name; every key name begins with it.
        services: ids of the language services.
        now: UTC; service keys are valid for 120 days from then.

    Returns:
        The first trust note; its digest is the fingerprint people compare.

    Raises:
        KeyFileError: the directory holds keys already, or the name is not allowed.
    """
    if not _ORGANISATION.fullmatch(organisation):
        raise KeyFileError(f"organisation {organisation!r}: expected a name as in DNS")
    if list(keys.glob("*.key")):
        raise KeyFileError(f"{keys}: holds keys already")
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    roots = tuple(
        _new_signer(keys, f"root-{number}", f"{organisation}/root/{number}")
        for number in range(1, ROOTS + 1)
    )
    log = _new_signer(keys, "log", f"{organisation}/log/1").verifier
    opener = _new_signer(keys, "opener", f"{organisation}/opener/1").verifier
    trust = Trust(
        organisation=organisation,
        version=1,
        threshold=THRESHOLD,
        roots=tuple(root.verifier for root in roots),
        since=0,
        seen=(0, hashlib.sha256(b"").hexdigest()),
        services={s: _service_key(keys, organisation, s, now) for s in services},
        opener=opener,
        log=log,
        policy=(f"log {log}", "quorum none"),
    )
    return _issue(keys, trust, roots)


def load_chain(keys: Path) -> list[bytes]:
    """Read the trust notes that lie beside the keys, the first one first.

    Raises:
        KeyFileError: there is none, or the chain does not verify.
    """
    notes: list[bytes] = []
    while (path := keys / "trust" / f"{len(notes) + 1}.note").is_file():
        notes.append(path.read_bytes())
    if not notes:
        raise KeyFileError(f"{keys / 'trust' / '1.note'}: no such trust note")
    try:
        verify_chain(notes)
    except EditionError as error:
        raise KeyFileError(f"{keys / 'trust'}: {error}") from error
    return notes


def _service_key(
    keys: Path, organisation: str, service: str, now: datetime
) -> ServiceKey:
    signer = _new_signer(
        keys, f"service-{service}", f"{organisation}/service/{service}"
    )
    until = (now + SERVICE_KEY_LIFE).astimezone(UTC).replace(microsecond=0)
    return ServiceKey(signer.verifier, until)


def _new_signer(keys: Path, role: str, name: str) -> Signer:
    signer = Signer(name, secrets.token_bytes(32))
    path = keys / f"{role}.key"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(signer.encode() + "\n")
    return signer


def _issue(keys: Path, trust: Trust, roots: Iterable[Signer]) -> Trust:
    note = sign_note(trust.text(), list(roots)[:THRESHOLD])
    folder = keys / "trust"
    folder.mkdir(exist_ok=True)
    (folder / f"{trust.version}.note").write_bytes(note)
    return verify_chain(load_chain(keys))[-1]
