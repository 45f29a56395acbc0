"""Tell which services may be opened: those that the newest trust note names.

A page of an edition leads readers to every other service. One that no key may sign is
on no mirror, and the way to it would end nowhere. Signatures are checked where the
press signs and where readers verify; here a note is read to know what it names.

Source: spec/trust-note.md.
"""

import hashlib
from pathlib import Path

from tamizdat.edition.errors import EditionError
from tamizdat.edition.note import parse_note
from tamizdat.edition.trust import read_trust
from tamizdat.newsroom.errors import UnnamedError


def require_named(notes: Path, service_id: str) -> None:
    """Refuse a service that the newest trust note does not name.

    Args:
        notes: folder of the trust notes, 1.note and on; without one any may open.
        service_id: path of the service, as "ru".

    Raises:
        UnnamedError: the newest note does not name it, or cannot be read.
    """
    newest = _newest(notes)
    if newest is None:
        return
    try:
        data = newest.read_bytes()
        trust = read_trust(parse_note(data), hashlib.sha256(data).hexdigest())
    except (OSError, EditionError, UnicodeDecodeError) as error:
        raise UnnamedError(f"{newest}: cannot be read as a trust note") from error
    if service_id not in trust.services:
        named = ", ".join(sorted(trust.services)) or "no service"
        raise UnnamedError(
            f"{newest}: names {named}, expected {service_id}; keys come first: issue"
            " a trust note that names the service, then open it"
        )


def _newest(notes: Path) -> Path | None:
    numbers = [int(path.stem) for path in notes.glob("*.note") if path.stem.isdecimal()]
    return notes / f"{max(numbers)}.note" if numbers else None
