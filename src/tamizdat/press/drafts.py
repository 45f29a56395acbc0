"""Write the text of the next trust note from the one before and what is to change.

Decides what a note says; who signs it is for `ceremony`. New keys of the press are
made on the way and lie in its key folder before the text names them: a ceremony that
stops leaves keys that nothing names, and the next draft of that note takes them.

Source: spec/trust-note.md.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from tamizdat.edition.note import Verifier
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.trust import OldLog, ServiceKey, Trust
from tamizdat.press import keys
from tamizdat.press.errors import CeremonyError

MARGIN = timedelta(days=2)  # of leaves between a planned note and its binding
DAILY = 2  # leaves of a quiet service in that time
EMPTY = (0, hashlib.sha256(b"").hexdigest())


@dataclass(frozen=True)
class Head:
    """The log when a note is drafted.

    Attributes:
        size: leaves.
        root: hex.
        recent: leaves of the last two days.
    """

    size: int = EMPTY[0]
    root: str = EMPTY[1]
    recent: int = 0


@dataclass(frozen=True)
class Changes:
    """What the next note says otherwise; what is not named stays.

    Attributes:
        renew: whether every service gets a new key.
        services: ids added.
        roots: all of them, where they change.
        threshold: None to keep it.
        opener: None to keep it.
        watch: the lines behind the `log` line: witnesses, groups, quorum; () to keep
            them.
        new_log: whether the log is given up where it stands.
        void_from: first leaf that the keys before may not have signed, after a theft;
            None for a planned change.
    """

    renew: bool = False
    services: tuple[str, ...] = ()
    roots: tuple[Verifier, ...] = ()
    threshold: int | None = None
    opener: Verifier | None = None
    watch: tuple[str, ...] = ()
    new_log: bool = False
    void_from: int | None = None


def first_text(
    folder: Path, organisation: str, changes: Changes, now: datetime
) -> bytes:
    """Write the first note of an organisation, making the keys of the press.

    Raises:
        CeremonyError: roots, opener or services are missing.
    """
    if not changes.roots or changes.opener is None or not changes.services:
        raise CeremonyError(
            "a first trust note needs --root for each root, --opener and --service"
        )
    log = _made(folder, "log", f"{organisation}/log/1", 1)
    trust = Trust(
        organisation=organisation,
        version=1,
        threshold=changes.threshold or keys.THRESHOLD,
        roots=changes.roots,
        since=0,
        seen=EMPTY,
        services={
            service: _service(folder, organisation, service, 1, now)
            for service in sorted(changes.services)
        },
        opener=changes.opener,
        log=log,
        policy=(f"log {log}", *(changes.watch or keys.NO_WITNESS)),
    )
    return trust.text()


def next_text(
    folder: Path, chain: Sequence[Trust], changes: Changes, head: Head, now: datetime
) -> bytes:
    """Write the note after those of a chain, making the new keys of the press.

    Args:
        folder: the key folder of the press.
        chain: verified.
        changes: what is to be said otherwise.
        head: the log as it stands.
        now: UTC; new service keys are valid for 120 days from then.

    Raises:
        CeremonyError: a service is there already, or the leaf named is not possible.
    """
    old = chain[-1]
    if twice := sorted(set(changes.services) & old.services.keys()):
        raise CeremonyError(f"trust note {old.version} names {twice[0]} already")
    trust = replace(
        old,
        version=old.version + 1,
        digest="",
        roots=changes.roots or old.roots,
        threshold=changes.threshold or old.threshold,
        opener=changes.opener or old.opener,
        policy=(*_log_line(old), *changes.watch) if changes.watch else old.policy,
        since=_since(old, changes, head),
        seen=(head.size, head.root),
    )
    renewed = old.services if changes.renew else ()
    made = {
        service: _service(folder, old.organisation, service, trust.version, now)
        for service in sorted({*renewed, *changes.services})
    }
    trust = replace(trust, services={**old.services, **made})
    return (_given_up(folder, trust) if changes.new_log else trust).text()


def _since(old: Trust, changes: Changes, head: Head) -> int:
    """Tell from which leaf on the note binds."""
    if changes.void_from is None:
        services = len(old.services) + len(changes.services)
        return max(old.since, head.size + max(head.recent, DAILY * services))
    if changes.void_from < old.since or old.since > head.size:
        return _since_waiting(old, changes)
    if changes.void_from > head.size:
        raise CeremonyError(
            f"leaf {changes.void_from} is not in the log of {head.size}: name the first"
            " leaf that must not count"
        )
    return changes.void_from


def _since_waiting(old: Trust, changes: Changes) -> int:
    """Tell it where the note before binds only later than the theft.

    No note binds sooner than the one before it. So the log is given up: where that
    ended, nothing more can be proved, whatever the thief signs until then.
    """
    if changes.void_from != old.since or not changes.new_log:
        raise CeremonyError(
            f"trust note {old.version} binds from leaf {old.since} only, leaf"
            f" {changes.void_from} was named: name {old.since}, and give the log up in"
            " the same note (--new-log)"
        )
    return old.since


def _given_up(folder: Path, trust: Trust) -> Trust:
    """Give the log up where it stands, for a new one that begins with its leaves."""
    number = len(trust.oldlogs) + 2
    name = f"{trust.organisation}/log/{number}"
    log = _made(folder, "log", name, trust.version)
    parse_policy(trust.policy)  # its first line names the log
    others = [line for line in trust.policy if not line.startswith("log ")]
    return replace(
        trust,
        log=log,
        policy=(f"log {log}", *others),
        oldlogs=(*trust.oldlogs, OldLog(trust.log, *trust.seen)),
    )


def _log_line(trust: Trust) -> list[str]:
    return [line for line in trust.policy if line.startswith("log ")]


def _service(
    folder: Path, organisation: str, service: str, version: int, now: datetime
) -> ServiceKey:
    name = f"{organisation}/service/{service}"
    key = _made(folder, f"service-{service}", name, version)
    return ServiceKey(key, keys.until(now))


def _made(folder: Path, role: str, name: str, version: int) -> Verifier:
    """Make the key that comes with a note, or take the one an earlier draft made."""
    stem = role if version == 1 else f"{role}.{version}"
    if (folder / f"{stem}.key").exists():
        signer = keys.load_signer(folder, stem)
        if signer.name != name:
            raise CeremonyError(f"{folder / stem}.key: the key of {signer.name}")
        return signer.verifier
    return keys.new_signer(folder / f"{stem}.key", name).verifier
