"""Write and read what a service key says of an offline file, and the seal it carries.

Decides the text of a file statement and the form of a seal. A file cannot name its own
hash, so the bytes of its seal count as zeros when it is hashed, and so do checksums of
its format that depend on them. Leaves to `file_check` whether all of it holds.

Source: spec/offline.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition.errors import FileError, StatementError
from tamizdat.edition.log import PROOF_LINE, Proof, leaf_hash, parse_proof
from tamizdat.edition.note import NOTE_BYTES, Note, Signer, parse_note, sign_note
from tamizdat.edition.statement import LATEST_BYTES, ORGANISATION
from tamizdat.edition.trust import MAX_NOTES

FILED_BYTES = 6_144  # of a file statement with its proof, at most
SEAL_STEP = 1_024  # bytes; seals have a multiple of it
SEAL_LINE = b"tamizdat-seal/1\n"
TYPE = "tamizdat-file/1"
MD5_BYTES, CRC_BYTES = 16, 4

_NUMBER = r"[1-9][0-9]{0,11}"
_OFFSET = r"0|[1-9][0-9]{0,14}"
_LINES = (  # key, form of its value; in this order, each once
    ("organisation", ORGANISATION.pattern),
    ("service", r"[a-z0-9][a-z0-9-]{0,29}"),
    ("edition", rf"({_NUMBER}) ([0-9a-f]{{64}})"),
    ("name", r"[a-z0-9][a-z0-9._-]{0,99}"),
    ("size", r"[1-9][0-9]{0,14}"),
    ("sha256", r"[0-9a-f]{64}"),
    ("seal", rf"({_OFFSET}) ([1-9][0-9]{{0,7}})"),
)
_CHECKSUMS = (("crc32", rf"{_OFFSET}"), ("md5", rf"{_OFFSET}"))
_ENDS = (("trust", r"[1-9][0-9]{0,8}"), ("press", r"[0-9a-zA-Z.+-]{1,40}"))
_CRCS = 8  # of a file, at most
_PART = re.compile(rb"(trust|edition|file) ([1-9][0-9]{0,4})\n")
_HEAD_BYTES = 16  # of the line before a part, at most


@dataclass(frozen=True)
class FileStatement:
    """What a service key says of one offline file.

    Attributes:
        edition: number of the edition it is made from.
        leaf: leaf hash of that edition's statement, hex.
        size: bytes of the whole file.
        sha256: hex, of the file with seal and checksums as zeros.
        seal: offset and bytes of the seal.
        crcs: offsets of CRC-32s of the seal, 4 bytes each, the lowest byte first.
        md5: offset of an MD5 of all bytes before it, None where there is none.
        trust: version of the trust note whose key signed.
        press: version of the press that made it.
    """

    organisation: str
    service: str
    edition: int
    leaf: str
    name: str
    size: int
    sha256: str
    seal: tuple[int, int]
    crcs: tuple[int, ...]
    md5: int | None
    trust: int
    press: str

    def text(self) -> bytes:
        """Write the signed text, lines in their fixed order."""
        rows = [
            f"organisation {self.organisation}",
            f"service {self.service}",
            f"edition {self.edition} {self.leaf}",
            f"name {self.name}",
            f"size {self.size}",
            f"sha256 {self.sha256}",
            f"seal {self.seal[0]} {self.seal[1]}",
            *(f"crc32 {at}" for at in self.crcs),
            *(() if self.md5 is None else (f"md5 {self.md5}",)),
            f"trust {self.trust}",
            f"press {self.press}",
        ]
        return "".join(f"{row}\n" for row in (TYPE, *rows)).encode()

    def blanks(self) -> list[tuple[int, int]]:
        """List offset and size of what counts as zeros, by offset."""
        checks = [(at, CRC_BYTES) for at in self.crcs]
        if self.md5 is not None:
            checks.append((self.md5, MD5_BYTES))
        return sorted([self.seal, *checks])


@dataclass(frozen=True)
class Filed:
    """A taken-apart file statement with its proof; nothing is verified yet.

    Attributes:
        entry: the statement note whole, the log entry.
    """

    entry: bytes
    note: Note
    statement: FileStatement
    proof: Proof

    @property
    def leaf(self) -> bytes:
        """Hash the log entry: 32 bytes."""
        return leaf_hash(self.entry)


@dataclass(frozen=True)
class Seal:
    """What a file carries so that it can be verified without a network.

    Attributes:
        notes: trust notes, the first one first.
        latest: of the edition it is made from.
        filed: its file statement and the proof of that.
    """

    notes: tuple[bytes, ...]
    latest: bytes
    filed: bytes

    def write(self, size: int) -> bytes:
        """Write the seal, filled up with spaces to `size` bytes.

        Raises:
            ValueError: it does not fit.
        """
        parts = [("trust", note) for note in self.notes]
        parts += [("edition", self.latest), ("file", self.filed)]
        rows = [f"{key} {len(part)}\n".encode() + part for key, part in parts]
        whole = SEAL_LINE + b"".join(rows)
        if len(whole) >= size:
            raise ValueError(f"a seal of {len(whole)} bytes, {size} are reserved")
        return whole + b" " * (size - len(whole) - 1) + b"\n"


def seal_size(notes: Sequence[bytes]) -> int:
    """Tell how many bytes to reserve for a seal, whatever its proofs will be."""
    parts = sum(len(note) for note in notes) + LATEST_BYTES + FILED_BYTES
    heads = _HEAD_BYTES * (len(notes) + 2) + len(SEAL_LINE) + 1
    return -(-(parts + heads) // SEAL_STEP) * SEAL_STEP


def read_seal(data: bytes) -> tuple[Seal, int]:
    """Take a seal apart that stands at the beginning of some bytes, its line too.

    Returns:
        The seal, and its bytes without the spaces that fill it up.

    Raises:
        FileError: not as spec/offline.md says.
    """
    parts, at = [], len(SEAL_LINE)
    for key, part in _parts(data, at):
        parts.append((key, part))
        at += len(f"{key} {len(part)}\n") + len(part)
    keys = [key for key, _part in parts]
    notes = keys.count("trust")
    if not 0 < notes <= MAX_NOTES or keys != ["trust"] * notes + ["edition", "file"]:
        raise FileError(f"expected trust, edition and file in the seal, found {keys}")
    *chain, latest, filed = (part for _key, part in parts)
    return Seal(tuple(chain), latest, filed), at


def _parts(data: bytes, at: int) -> Iterator[tuple[str, bytes]]:
    limits = {"trust": NOTE_BYTES, "edition": LATEST_BYTES, "file": FILED_BYTES}
    key = ""
    while key != "file":
        head = _PART.match(data, at)
        if head is None:
            raise FileError("the seal ends before its file statement")
        key, size = head[1].decode(), int(head[2])
        at = head.end() + size
        if size > limits[key] or at > len(data):
            raise FileError(f"{key} of {size} bytes in the seal")
        yield key, data[head.end() : at]


def write_filed(entry: bytes, proof: bytes) -> bytes:
    """Join a file statement note and its proof.

    Raises:
        ValueError: too long for a seal.
    """
    if len(entry) + len(proof) > FILED_BYTES:
        raise ValueError(f"a file statement with its proof over {FILED_BYTES} bytes")
    return entry + proof


def parse_filed(data: bytes) -> Filed:
    """Take a file statement and its proof apart without believing them.

    Raises:
        StatementError: no proof in it, or as `parse_file_statement`.
        NoteError, ProofError: a part does not parse.
    """
    at = data.find(b"\n" + PROOF_LINE) + 1
    if not at:
        raise StatementError("the file statement has no tlog-proof@v1")
    note = parse_note(data[:at])
    return Filed(data[:at], note, read_file_statement(note), parse_proof(data[at:]))


def sign_file_statement(statement: FileStatement, signer: Signer) -> bytes:
    """Sign a file statement; the note whole is the log entry.

    Raises:
        StatementError: it could not be read back.
    """
    entry = sign_note(statement.text(), [signer])
    read_file_statement(parse_note(entry))
    return entry


def is_file_statement(text: bytes) -> bool:
    """Tell by its type whether a text speaks of a file."""
    return text.startswith(f"{TYPE}\n".encode())


def read_file_statement(note: Note) -> FileStatement:
    """Read a file statement note without believing it.

    Raises:
        StatementError: not exactly one signature line, or as `parse_file_statement`.
    """
    if len(note.signatures) != 1:
        raise StatementError(f"expected one signature, found {len(note.signatures)}")
    return parse_file_statement(note.text)


def parse_file_statement(text: bytes) -> FileStatement:
    """Read the text of a file statement.

    Raises:
        StatementError: another type, or a line too many, too few or out of place; a
            seal or a checksum outside the file, or one inside another.
    """
    first, *lines = text.decode().split("\n")[:-1]
    if first != TYPE:
        raise StatementError(f"expected a note of type {TYPE}, found {first[:40]!r}")
    rows = iter(lines)
    head = [_value(next(rows, ""), *line) for line in _LINES]
    crcs, md5, rest = _checksums(list(rows))
    if len(rest) != len(_ENDS):
        raise StatementError(f"expected `trust` and `press` at the end: {rest[:3]}")
    ends = [_value(row, *line) for row, line in zip(rest, _ENDS, strict=True)]
    edition, seal = head[2].split(" "), head[6].split(" ")
    statement = FileStatement(
        organisation=head[0],
        service=head[1],
        edition=int(edition[0]),
        leaf=edition[1],
        name=head[3],
        size=int(head[4]),
        sha256=head[5],
        seal=(int(seal[0]), int(seal[1])),
        crcs=crcs,
        md5=md5,
        trust=int(ends[0]),
        press=ends[1],
    )
    _check_places(statement)
    return statement


def _value(line: str, key: str, form: str) -> str:
    name, _, value = line.partition(" ")
    if name != key or not re.fullmatch(form, value, re.ASCII):
        raise StatementError(f"expected the line `{key} ...`, found {line[:60]!r}")
    return value


def _checksums(rows: list[str]) -> tuple[tuple[int, ...], int | None, list[str]]:
    """Read what checksums a file has; give the lines that follow too."""
    found: dict[str, list[int]] = {"crc32": [], "md5": []}
    for key, form in _CHECKSUMS:
        while rows and rows[0].startswith(f"{key} "):
            found[key].append(int(_value(rows.pop(0), key, form)))
    crcs, md5 = tuple(found["crc32"]), found["md5"]
    if len(crcs) > _CRCS or len(md5) > 1 or list(crcs) != sorted(set(crcs)):
        raise StatementError("expected few checksums, each once, by offset")
    return crcs, md5[0] if md5 else None, rows


def _check_places(statement: FileStatement) -> None:
    end = 0
    for offset, size in statement.blanks():
        if offset < end or offset + size > statement.size:
            raise StatementError(f"{size} bytes at {offset}: expected them apart")
        end = offset + size
