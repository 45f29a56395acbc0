"""Decide who may sign what: trust notes and their chain from a pinned first note.

Decides which key may speak for a service, and when. Leaves statements to `verify`.

Source: spec/trust-note.md; C2SP signed-note and tlog-policy. The rules of the chain
(a threshold of both the old and the new roots) are those of the TUF specification 5.3.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition.errors import NoteError, StatementError, TrustError
from tamizdat.edition.note import Note, Verifier, parse_note, parse_verifier
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.statement import ORGANISATION, read_time, write_time

MAX_NOTES = 1000  # of one chain: more than two centuries of quarters

_TYPE = "tamizdat-trust/1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_HEX = re.compile(r"[0-9a-f]{64}")
_SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")


@dataclass(frozen=True)
class ServiceKey:
    """The key of one language service. `until`: UTC, exclusive."""

    key: Verifier
    until: datetime


@dataclass(frozen=True)
class OldLog:
    """A log given up: its key, the leaves that count, and their root (hex)."""

    key: Verifier
    size: int
    root: str


@dataclass(frozen=True)
class Trust:
    """What one trust note says.

    Attributes:
        threshold: signatures by distinct root keys that a note needs.
        since: first log index whose statement must name this version or a later one.
        seen: size and root (hex) of the log when the note was issued.
        oldlogs: logs given up before, the first one first.
        policy: the log and witness lines, a C2SP tlog-policy, verbatim.
        digest: SHA-256 of the note whole, hex; the fingerprint if it is the first.
    """

    organisation: str
    version: int
    threshold: int
    roots: tuple[Verifier, ...]
    since: int
    seen: tuple[int, str]
    services: Mapping[str, ServiceKey]
    opener: Verifier
    log: Verifier
    policy: tuple[str, ...]
    digest: str = ""
    oldlogs: tuple[OldLog, ...] = ()

    def text(self) -> bytes:
        """Write the signed text, lines in their fixed order."""
        lines = [
            _TYPE,
            f"organisation {self.organisation}",
            f"version {self.version}",
            f"threshold {self.threshold}",
            *(f"root {root}" for root in self.roots),
            f"from {self.since}",
            f"seen {self.seen[0]} {self.seen[1]}",
            *(
                f"service {name} {self.services[name].key}"
                f" {write_time(self.services[name].until)}"
                for name in sorted(self.services)
            ),
            f"opener {self.opener}",
            *(f"oldlog {old.key} {old.size} {old.root}" for old in self.oldlogs),
            *self.policy,
        ]
        return "".join(f"{line}\n" for line in lines).encode()


def verify_chain(notes: Sequence[bytes], fingerprint: str | None = None) -> list[Trust]:
    """Verify trust notes 1 to n, each signed by a threshold of itself and the last.

    Args:
        notes: note bytes whole, the first one first.
        fingerprint: SHA-256 of the first note in hex, if it is pinned.

    Returns:
        The notes in order; the last is in force.

    Raises:
        TrustError: the first is not the pinned one, or a link does not hold.
        NoteError: a note does not parse, or a root's signature does not verify.
    """
    if not 1 <= len(notes) <= MAX_NOTES:
        raise TrustError(f"expected 1 to {MAX_NOTES} trust notes, found {len(notes)}")
    chain: list[Trust] = []
    for data in notes:
        chain.append(verify_next(chain, data))
    if fingerprint is not None and chain[0].digest != fingerprint:
        raise TrustError(
            f"fingerprint: expected {fingerprint}, found {chain[0].digest}"
        )
    return chain


def verify_next(chain: Sequence[Trust], data: bytes) -> Trust:
    """Verify the note after those of a chain; the first one, if the chain is empty.

    Raises:
        TrustError: it is not signed as it must be, or does not follow.
        NoteError: it does not parse, or a root's signature does not verify.
    """
    note = parse_note(data)
    trust = read_trust(note, hashlib.sha256(data).hexdigest())
    _check_threshold(note, trust, trust)
    if chain:
        _check_link(note, chain[-1], trust)
    else:
        _check_first(trust)
    return trust


def _check_first(trust: Trust) -> None:
    if trust.version != 1:
        raise TrustError(f"the first trust note has version {trust.version}")
    if trust.oldlogs:
        raise TrustError("the first trust note names an old log")


def check_draft(chain: Sequence[Trust], text: bytes) -> Trust:
    """Read the text of the note after those of a chain, before anybody signed it.

    Raises:
        TrustError: no signatures could make it follow.
    """
    trust = read_trust(Note(text, ()), "")
    if chain:
        _check_follows(chain[-1], trust)
    else:
        _check_first(trust)
    return trust


def _check_link(note: Note, old: Trust, new: Trust) -> None:
    _check_follows(old, new)
    _check_threshold(note, old, new)


def _check_follows(old: Trust, new: Trust) -> None:
    if new.version != old.version + 1:
        raise TrustError(f"expected trust note {old.version + 1}, found {new.version}")
    if new.organisation != old.organisation:
        raise TrustError(f"trust note {new.version} names another organisation")
    if new.since < old.since or new.seen[0] < old.seen[0]:
        raise TrustError(f"trust note {new.version} goes back in the log")
    if new.oldlogs != (old.oldlogs if new.log == old.log else _given_up(old, new)):
        raise TrustError(f"trust note {new.version}: expected other `oldlog` lines")


def _given_up(old: Trust, new: Trust) -> tuple[OldLog, ...]:
    """List the old logs of a note that names another log than the one before."""
    return (*old.oldlogs, OldLog(old.log, *new.seen))


def _check_threshold(note: Note, by: Trust, of: Trust) -> None:
    count = len(note.signers(by.roots))
    if count < by.threshold:
        raise TrustError(
            f"trust note {of.version}: {count} of {by.threshold} signatures needed"
            f" by the roots of note {by.version}"
        )


def read_trust(note: Note, digest: str) -> Trust:
    """Read the text of a trust note without believing it.

    Raises:
        TrustError: a line is missing, unknown or out of place.
    """
    lines = _Lines(note.text.decode().split("\n")[:-1])
    lines.expect(_TYPE)
    trust = Trust(
        organisation=_organisation(lines.value("organisation")),
        version=lines.number("version"),
        threshold=lines.number("threshold"),
        roots=tuple(_key(value) for value in lines.values("root")),
        since=lines.number("from"),
        seen=_seen(lines.value("seen")),
        services=_services(lines.values("service")),
        opener=_key(lines.value("opener")),
        oldlogs=tuple(_oldlog(value) for value in lines.values("oldlog")),
        log=_key(lines.peek("log").split(" ")[0]),
        policy=lines.rest(),
        digest=digest,
    )
    _check_roles(trust)
    return trust


def _check_roles(trust: Trust) -> None:
    if not 1 <= trust.threshold <= len({root.key for root in trust.roots}):
        raise TrustError(f"a threshold of {trust.threshold} cannot be reached")
    keys = [
        *(root.key for root in trust.roots),
        *(service.key.key for service in trust.services.values()),
        trust.opener.key,
        *(old.key.key for old in trust.oldlogs),
        *parse_policy(trust.policy).keys(),
    ]
    if len(keys) != len(set(keys)):
        raise TrustError("a key has more than one role")
    if trust.log.name.startswith("tamizdat-"):
        raise TrustError(f"log origin {trust.log.name!r} could be a type line")
    origins = [trust.log.name, *(old.key.name for old in trust.oldlogs)]
    if len(origins) != len(set(origins)):
        raise TrustError("two logs have one origin")


def _services(values: list[str]) -> dict[str, ServiceKey]:
    rows = [_service(value) for value in values]
    names = [name for name, _key in rows]
    if names != sorted(set(names)):
        raise TrustError("service lines are not sorted by id, one for each")
    return dict(rows)


def _service(value: str) -> tuple[str, ServiceKey]:
    name, vkey, until = [*value.split(" "), "", ""][:3]
    if not _SERVICE.fullmatch(name) or value.count(" ") != 2:  # noqa: PLR2004
        raise TrustError(f"expected `service <id> <vkey> <time>`, found {value[:60]!r}")
    try:
        return name, ServiceKey(_key(vkey), read_time(until))
    except StatementError as error:
        raise TrustError(f"service {name}: {error}") from error


def _organisation(value: str) -> str:
    if not ORGANISATION.fullmatch(value):
        raise TrustError(f"expected an organisation as press.example: {value[:40]!r}")
    return value


def _oldlog(value: str) -> OldLog:
    vkey, _, head = value.partition(" ")
    return OldLog(_key(vkey), *_seen(head, "oldlog <vkey>"))


def _seen(value: str, what: str = "seen") -> tuple[int, str]:
    size, _, root = value.partition(" ")
    if not _NUMBER.fullmatch(size) or not _HEX.fullmatch(root):
        raise TrustError(f"expected `{what} <size> <root>`, found {value[:40]!r}")
    return int(size), root


def _key(vkey: str) -> Verifier:
    try:
        return parse_verifier(vkey)
    except NoteError as error:
        raise TrustError(str(error)) from error


class _Lines:
    """The lines of a trust note, taken in order."""

    def __init__(self, lines: list[str]) -> None:
        self._left = lines

    def expect(self, line: str) -> None:
        if not self._left or self._left.pop(0) != line:
            raise TrustError(f"expected a note of type {line}")

    def peek(self, key: str) -> str:
        if not self._left or not self._left[0].startswith(f"{key} "):
            found = self._left[0][:40] if self._left else "the end"
            raise TrustError(f"expected a line `{key} ...`, found {found!r}")
        return self._left[0].removeprefix(f"{key} ")

    def value(self, key: str) -> str:
        value = self.peek(key)
        self._left.pop(0)
        return value

    def values(self, key: str) -> list[str]:
        found = []
        while self._left and self._left[0].startswith(f"{key} "):
            found.append(self.value(key))
        if len(found) != len(set(found)):
            raise TrustError(f"a line `{key} ...` stands twice")
        return found

    def number(self, key: str) -> int:
        value = self.value(key)
        if not _NUMBER.fullmatch(value):
            raise TrustError(f"{key}: expected a number, found {value[:20]!r}")
        return int(value)

    def rest(self) -> tuple[str, ...]:
        left, self._left = tuple(self._left), []
        return left
