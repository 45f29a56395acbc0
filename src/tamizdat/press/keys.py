"""Keep the keys of an organisation in files, and issue its trust notes.

Decides where a key lies and who may read it. What a key may sign is for the trust
note. Each key has one file: `root-1.key`, `log.key`, `opener.key`, `service-ru.key`.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tamizdat.edition.errors import EditionError, NoteError
from tamizdat.edition.note import Signer, Verifier, parse_signer, sign_note
from tamizdat.edition.trust import ServiceKey, Trust, verify_chain
from tamizdat.press import sealed
from tamizdat.press.errors import KeyFileError
from tamizdat.press.journal import flush

ROOTS, THRESHOLD = 5, 3
SERVICE_KEY_LIFE = timedelta(days=120)
NO_WITNESS = ("quorum none",)
PUBLIC = 0o644  # mode of a trust note
OTHERS = 0o077  # bits of a mode that let anybody else in
_SEED_BYTES = 32
_ORGANISATION = re.compile(r"[a-z0-9]([a-z0-9.-]{0,78}[a-z0-9])?")


def is_demo(name: str) -> bool:
    """Tell a demonstration key, whose name has the label "demo", from a real one."""
    return "demo" in name.split("/", maxsplit=1)[0].split(".")


def read_key(path: Path, encoding: str = "ascii") -> str:
    """Read the text of a key file that nobody else can read.

    Raises:
        KeyFileError: it is missing, or it or its folder is open to others.
    """
    try:
        modes = path.stat().st_mode, path.parent.stat().st_mode
        text = path.read_text(encoding=encoding)
    except FileNotFoundError as error:
        raise KeyFileError(f"{path}: no such key") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path}: cannot be read as a key") from error
    if modes[0] & OTHERS:
        reason = "readable by others, expected mode 0600; chmod 600, and renew the key"
        raise KeyFileError(f"{path}: {reason} if somebody may have read it")
    if modes[1] & OTHERS:
        reason = "open to others, expected mode 0700; chmod 700"
        raise KeyFileError(f"{path.parent}: {reason}")
    return text


def load_signer(keys: Path, role: str) -> Signer:
    """Read one signing key of the press, where nobody is present to type.

    Args:
        keys: the key directory.
        role: "log", "root-1", "service-ru", "service-ru.2".

    Raises:
        KeyFileError: the file is missing, open to others, sealed, or no signer key.
    """
    path = keys / f"{role}.key"
    text = read_key(path)
    if sealed.is_sealed(text):
        raise KeyFileError(f"{path}: sealed with a passphrase, expected an open key")
    try:
        return parse_signer(text.strip())
    except NoteError as error:
        raise KeyFileError(f"{path}: {error}") from error


def find_signer(keys: Path, role: str, wanted: Verifier) -> Signer:
    """Read the key of a role that a trust note names.

    `log.key` is the first one; `log.4.key` came with trust note 4.

    Raises:
        KeyFileError: no file of the role holds that key.
    """
    later = sorted(path.stem for path in keys.glob(f"{role}.*.key"))
    names = [role, *later] if (keys / f"{role}.key").exists() or not later else later
    for name in names:
        signer = load_signer(keys, name)
        if signer.verifier == wanted:
            return signer
    raise KeyFileError(f"{keys / role}.key: not the key of the trust note, {wanted}")


def new_organisation(
    keys: Path,
    organisation: str,
    services: Iterable[str],
    now: datetime,
    watch: Sequence[str] = NO_WITNESS,
) -> Trust:
    """Make every key of an organisation and its first trust note.

    Args:
        keys: a directory to create, mode 0700.
        organisation: a DNS-like name; every key name begins with it.
        services: ids of the language services.
        now: UTC; service keys are valid for 120 days from then.
        watch: the lines of a trust note behind its `log` line.

    Returns:
        The first trust note; its digest is the fingerprint people compare.

    Raises:
        KeyFileError: the directory holds keys already, or the name is not allowed.
    """
    check_name(organisation)
    if list(keys.glob("*.key")):
        raise KeyFileError(f"{keys}: holds keys already")
    make_private(keys)
    roots = tuple(
        new_signer(keys / f"root-{number}.key", f"{organisation}/root/{number}")
        for number in range(1, ROOTS + 1)
    )
    log = new_signer(keys / "log.key", f"{organisation}/log/1").verifier
    opener = new_signer(keys / "opener.key", f"{organisation}/opener/1").verifier
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
        policy=(f"log {log}", *watch),
    )
    return _issue(keys, trust, roots)


def load_chain(keys: Path) -> list[bytes]:
    """Read the trust notes that lie beside the keys, the first one first.

    Raises:
        KeyFileError: there is none, or the chain does not verify.
    """
    notes = read_notes(keys / "trust")
    if not notes:
        begun = (keys / "trust" / "1.draft").exists()
        way = f"; the ceremony is not at its end: tamizdat keys check {keys}"
        missing = f"{keys / 'trust' / '1.note'}: no such trust note"
        raise KeyFileError(missing + (way if begun else ""))
    return notes


def read_notes(folder: Path) -> list[bytes]:
    """Read and verify the trust notes of a folder, the first one first.

    Raises:
        KeyFileError: the chain does not verify.
    """
    notes: list[bytes] = []
    while (path := folder / f"{len(notes) + 1}.note").is_file():
        notes.append(path.read_bytes())
    try:
        if notes:
            verify_chain(notes)
    except EditionError as error:
        raise KeyFileError(f"{folder}: {error}") from error
    return notes


def newer_notes(keys: Path, chain: Sequence[Trust]) -> list[bytes]:
    """Read the trust notes that were finished since a chain was read.

    Raises:
        KeyFileError: one does not follow.
    """
    path = keys / "trust" / f"{len(chain) + 1}.note"
    return load_chain(keys)[len(chain) :] if path.exists() else []


def check_name(organisation: str) -> None:
    """Refuse a name that no organisation can have.

    Raises:
        KeyFileError: not as in DNS, or longer than 80 characters.
    """
    if not _ORGANISATION.fullmatch(organisation):
        raise KeyFileError(f"organisation {organisation!r}: expected a name as in DNS")


def make_private(folder: Path) -> None:
    """Make a folder for keys, if it is not there; refuse one that is open to others.

    Raises:
        KeyFileError: it is open to others.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & OTHERS:
        raise KeyFileError(f"{folder}: open to others, expected mode 0700")


def until(now: datetime) -> datetime:
    """Tell when a service key made now ends, UTC."""
    return (now + SERVICE_KEY_LIFE).astimezone(UTC).replace(microsecond=0)


def _service_key(
    keys: Path, organisation: str, service: str, now: datetime
) -> ServiceKey:
    name = f"{organisation}/service/{service}"
    signer = new_signer(keys / f"service-{service}.key", name)
    return ServiceKey(signer.verifier, until(now))


def new_seed() -> bytes:
    """Draw 32 random bytes for a key, secret."""
    return secrets.token_bytes(_SEED_BYTES)


def new_signer(path: Path, name: str) -> Signer:
    """Make an open key and its file, mode 0600, on the disk when it returns."""
    signer = Signer(name, new_seed())
    write_new(path, f"{signer.encode()}\n")
    return signer


def write_new(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file that is not there yet: whole, and on the disk when it returns.

    Raises:
        KeyFileError: it is there, or cannot be written.
    """
    if path.exists():
        raise KeyFileError(f"{path}: is there already")
    write_over(path, text, mode)


def write_over(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file whole, over what was there; the old one stays until then.

    Raises:
        KeyFileError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)  # of a writer that died
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        flush(str(path.parent))
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KeyFileError(f"{path}: {error.strerror}") from error


def _issue(keys: Path, trust: Trust, roots: Iterable[Signer]) -> Trust:
    note = sign_note(trust.text(), list(roots)[:THRESHOLD])
    folder = keys / "trust"
    folder.mkdir(exist_ok=True)
    write_new(folder / f"{trust.version}.note", note.decode(), PUBLIC)
    return verify_chain(load_chain(keys))[-1]
