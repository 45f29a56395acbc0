"""Say of a key folder what ends when, what is missing, and what should not be there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tamizdat.edition.statement import write_time
from tamizdat.edition.trust import Trust
from tamizdat.press import ceremony, keys, spoken
from tamizdat.press.errors import CeremonyError, KeyFileError

GOOD, SOON, BAD = "good", "soon", "bad"
EARLY = timedelta(days=30)  # before a service key ends, a renewal should be begun


@dataclass(frozen=True)
class Finding:
    """One line about a key folder: good, soon or bad, and what."""

    state: str
    what: str


def findings(folder: Path, now: datetime) -> list[Finding]:
    """Look at every key of a press, and at the note in the making.

    Args:
        folder: of the keys.
        now: UTC.

    Raises:
        KeyFileError: there is no trust note, or the chain does not hold.
    """
    if not keys.read_notes(folder / "trust") and (making := list(_making(folder))):
        return [Finding(BAD, f"{folder}: no trust note yet"), *making]
    keys.load_chain(folder)
    chain = ceremony.chain_in(folder / "trust")
    newest = chain[-1]
    return [
        Finding(GOOD, f"trust note {newest.version}, {len(chain)} in all"),
        *_services(folder, newest, now),
        _key(folder, "log", newest.log, f"log key {newest.log.name}"),
        *_guests(folder),
        *_making(folder),
    ]


def _services(folder: Path, newest: Trust, now: datetime) -> Iterator[Finding]:
    for service, allowed in newest.services.items():
        left = allowed.until - now
        what = f"service key {service} ends {write_time(allowed.until)}"
        found = _key(folder, f"service-{service}", allowed.key, what)
        if found.state == BAD:
            yield found
        elif left <= timedelta(0):
            yield Finding(BAD, f"{what}: the press signs nothing for it; renew now")
        elif left <= EARLY:
            yield Finding(SOON, f"{what}, in {left.days} days: renew")
        else:
            yield Finding(GOOD, f"{what}, in {left.days} days")


def _key(folder: Path, role: str, wanted: Any, what: str) -> Finding:
    try:
        keys.find_signer(folder, role, wanted)
    except KeyFileError as error:
        return Finding(BAD, f"{what}: {error}")
    return Finding(GOOD, what)


def _guests(folder: Path) -> Iterator[Finding]:
    """Name keys that the press must not have, sealed or not."""
    for path in sorted([*folder.glob("root-*.key"), *folder.glob("opener*.key")]):
        yield Finding(SOON, f"{path}: does not belong here; move it to its holder")


def _making(folder: Path) -> Iterator[Finding]:
    notes = folder / "trust"
    for path in sorted(notes.glob("*.draft")):
        try:
            draft = ceremony.open_draft(notes, path)
        except CeremonyError as error:
            yield Finding(SOON, f"{error}; nothing needs it, delete it")
            continue
        left = ceremony.missing(draft, ceremony.collect(draft, ()))
        yield Finding(SOON, f"{path}: {'; '.join(left) or 'complete: finish it'}")


def row_of(chain: Sequence[Trust]) -> dict[str, Any]:
    """Write what a chain says as a JSON object."""
    newest = chain[-1]
    return {
        "organisation": newest.organisation,
        "fingerprint": chain[0].digest,
        "words": spoken.words(chain[0].digest),
        "numbers": spoken.numbers(chain[0].digest),
        "version": newest.version,
        "threshold": newest.threshold,
        "roots": [str(root) for root in newest.roots],
        "from": newest.since,
        "services": {
            service: {"key": str(allowed.key), "until": write_time(allowed.until)}
            for service, allowed in newest.services.items()
        },
        "opener": str(newest.opener),
        "log": str(newest.log),
        "policy": list(newest.policy),
        "old_logs": [str(old.key) for old in newest.oldlogs],
    }


def shown(row: dict[str, Any]) -> Iterator[str]:
    """Write the same for people."""
    yield f"fingerprint {row['fingerprint']}"
    for half in (slice(0, 6), slice(6, 12)):
        yield f"  {' '.join(row['words'][half])}"
        yield f"  {' '.join(row['numbers'][half])}"
    yield f"organisation {row['organisation']}, trust note {row['version']}"
    yield f"roots: {row['threshold']} of {len(row['roots'])}"
    for service, key in row["services"].items():
        yield f"service {service}: until {key['until']}"
    yield f"log {row['log']}"  # whole: witnesses are given it
    yield from (line for line in row["policy"] if not line.startswith("log "))
