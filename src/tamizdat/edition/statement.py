"""Write and read what a service key says: edition statements and `latest`.

Decides the text of a statement. Leaves to `verify` whether its key was allowed to say
it, and to `log` whether it is in the log.

Source: spec/statement.md; C2SP signed-note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition.errors import StatementError
from tamizdat.edition.log import PROOF_LINE, Proof, leaf_hash, parse_proof
from tamizdat.edition.note import Note, Signer, parse_note, sign_note

LATEST_BYTES = 4096  # of `<service>/latest`, at most

TIME = re.compile(  # hour 24 is midnight to some versions of Python and none to others
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII
)

ORGANISATION = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")  # a domain it holds

_TYPE = "tamizdat-edition/1"
_KEYS = (
    "organisation",
    "service",
    "number",
    "time",
    "tree",
    "previous",
    "trust",
    "press",
)
_FORMS = {
    "organisation": ORGANISATION,
    "service": re.compile(r"[a-z0-9][a-z0-9-]{0,29}"),
    "number": re.compile(r"[1-9][0-9]{0,11}"),
    "time": TIME,
    "tree": re.compile(r"[0-9a-f]{64}"),
    "previous": re.compile(r"-|[0-9a-f]{64}"),
    "trust": re.compile(r"[1-9][0-9]{0,8}"),
    "press": re.compile(r"[0-9a-zA-Z.+-]{1,40}"),
}


@dataclass(frozen=True)
class Statement:
    """What one service key says of one edition.

    Attributes:
        organisation: the name in the trust note.
        number: 1 for the first, then previous + 1.
        time: UTC, whole seconds; the age of the edition.
        tree: SHA-256 of the root directory object, hex.
        previous: leaf hash of the statement before, hex, or None for the first.
        trust: version of the trust note whose key signed.
        press: version of the press that built the tree.
    """

    organisation: str
    service: str
    number: int
    time: datetime
    tree: str
    previous: str | None
    trust: int
    press: str

    def text(self) -> bytes:
        """Write the signed text, lines in their fixed order."""
        values = {
            **vars(self),
            "time": write_time(self.time),
            "previous": self.previous or "-",
        }
        lines = [f"{key} {values[key]}\n" for key in _KEYS]
        return f"{_TYPE}\n{''.join(lines)}".encode()


@dataclass(frozen=True)
class Latest:
    """A taken-apart `<service>/latest`; nothing is verified yet.

    Attributes:
        entry: the statement note whole, the log entry.
    """

    entry: bytes
    note: Note
    statement: Statement
    proof: Proof

    @property
    def leaf(self) -> bytes:
        """Hash the log entry: 32 bytes."""
        return leaf_hash(self.entry)


def write_time(time: datetime) -> str:
    """Write a UTC time in whole seconds, RFC 3339 with Z."""
    # strftime writes the year 26 as "26" or "0026", by platform.
    return f"{time.isoformat()[:19]}Z"


def sign_statement(statement: Statement, signer: Signer) -> bytes:
    """Sign a statement; the note whole is the log entry.

    Raises:
        StatementError: the statement could not be read back.
    """
    entry = sign_note(statement.text(), [signer])
    read_statement(parse_note(entry))
    return entry


def read_statement(note: Note) -> Statement:
    """Read a statement note without believing it.

    Raises:
        StatementError: not exactly one signature line, or as `parse_statement`.
    """
    if len(note.signatures) != 1:
        raise StatementError(f"expected one signature, found {len(note.signatures)}")
    return parse_statement(note.text)


def parse_statement(text: bytes) -> Statement:
    """Read the text of a statement.

    Raises:
        StatementError: another type, or a line too many, too few or out of place.
    """
    values = dict(zip(_KEYS, _values(text.decode()), strict=True))
    return Statement(
        organisation=values["organisation"],
        service=values["service"],
        number=int(values["number"]),
        time=read_time(values["time"]),
        tree=values["tree"],
        previous=None if values["previous"] == "-" else values["previous"],
        trust=int(values["trust"]),
        press=values["press"],
    )


def _values(text: str) -> Sequence[str]:
    first, *lines = text.split("\n")[:-1]
    if first != _TYPE:
        raise StatementError(f"expected a note of type {_TYPE}, found {first[:40]!r}")
    if len(lines) != len(_KEYS):
        raise StatementError(f"expected {len(_KEYS)} lines, found {len(lines)}")
    values = []
    for key, line in zip(_KEYS, lines, strict=True):
        name, _, value = line.partition(" ")
        if name != key or not _FORMS[key].fullmatch(value):
            raise StatementError(f"expected the line `{key} ...`, found {line[:60]!r}")
        values.append(value)
    return values


def read_time(value: str) -> datetime:
    """Read a UTC time in whole seconds, in its one spelling.

    Raises:
        StatementError: another spelling, or there is no such time.
    """
    if not TIME.fullmatch(value):
        raise StatementError(f"expected a time as 2026-11-24T06:00:00Z: {value[:40]!r}")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise StatementError(f"there is no time {value!r}") from error


def write_latest(entry: bytes, proof: bytes) -> bytes:
    """Join a statement note and its proof.

    Raises:
        ValueError: longer than 4,096 bytes; a reader would refuse it.
    """
    latest = entry + proof
    if len(latest) > LATEST_BYTES:
        raise ValueError(f"latest of {len(latest)} bytes, at most {LATEST_BYTES}")
    return latest


def parse_latest(data: bytes) -> Latest:
    """Take `latest` apart without believing it.

    Raises:
        StatementError: too long, or no proof in it.
        NoteError, ProofError: a part does not parse.
    """
    if len(data) > LATEST_BYTES:
        raise StatementError(f"latest of {len(data)} bytes, at most {LATEST_BYTES}")
    at = data.find(b"\n" + PROOF_LINE) + 1
    if not at:
        raise StatementError("latest holds no tlog-proof@v1")
    note = parse_note(data[:at])
    return Latest(data[:at], note, read_statement(note), parse_proof(data[at:]))
