"""Prove to anybody that an organisation's key or log contradicted itself.

Decides which two signed things cannot both be honest, and says in a sentence what they
show. Whether a thief or the newsroom signed them it cannot know; it says when a key had
been replaced. Needs no network: the file holds the trust notes as well.

Source: spec/proof-file.md; the steps are numbered as there.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition.errors import EditionError, ProofError
from tamizdat.edition.log import Checkpoint, parse_checkpoint, verify_inclusion
from tamizdat.edition.note import Note, parse_note
from tamizdat.edition.statement import Statement, parse_latest, read_statement
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import verify_statement

PROOF_FILE_BYTES = 1_048_576  # of a proof file, at most

CHECKPOINTS, NUMBER, INDEX = "checkpoints", "number", "index"
_FORMS = {  # which two parts a kind has after its trust notes
    CHECKPOINTS: re.compile(r"checkpoint checkpoint"),
    NUMBER: re.compile(r"(statement|latest) (statement|latest)"),
    INDEX: re.compile(r"latest latest"),
}
_HEAD = re.compile(r"tamizdat-proof/1\nkind ([a-z]+)\n")
_PART = re.compile(rb"part (trust|checkpoint|statement|latest) ([1-9][0-9]{0,6})\n")


@dataclass(frozen=True)
class ProofFile:
    """A proof file taken apart; nothing is verified yet.

    Attributes:
        notes: trust notes whole, the first one first.
        parts: name and bytes of the two that contradict each other.
    """

    kind: str
    notes: tuple[bytes, ...]
    parts: tuple[tuple[str, bytes], tuple[str, bytes]]


@dataclass(frozen=True)
class Misconduct:
    """What a proof file shows.

    Attributes:
        fingerprint: SHA-256 of the first trust note, hex.
        sentence: what was done twice.
        remarks: what else a reader of the sentence must know.
    """

    kind: str
    organisation: str
    fingerprint: str
    sentence: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Signed:
    """A statement that its service's key made, and its note whole."""

    statement: Statement
    entry: bytes


@dataclass(frozen=True)
class _Logged(_Signed):
    """The same, at its place in a log. `checkpoint`: the note of `head`, bytes."""

    index: int
    head: Checkpoint
    checkpoint: bytes


def write_proof_file(
    kind: str, notes: Sequence[bytes], parts: Iterable[tuple[str, bytes]]
) -> bytes:
    """Write a proof file; what it shows is for `judge`."""
    rows = [("trust", note) for note in notes] + list(parts)
    body = b"".join(
        f"part {name} {len(content)}\n".encode() + content for name, content in rows
    )
    return f"tamizdat-proof/1\nkind {kind}\n".encode() + body


def parse_proof_file(data: bytes) -> ProofFile:
    """Take a proof file apart.

    Raises:
        ProofError: too long, another type or kind, or other parts than its kind has.
    """
    if len(data) > PROOF_FILE_BYTES:
        raise ProofError(f"proof file of {len(data)} bytes, at most {PROOF_FILE_BYTES}")
    head = _HEAD.match(data[:60].decode("ascii", "replace"))
    form = _FORMS.get(head[1]) if head else None
    if head is None or form is None:
        raise ProofError(f"expected tamizdat-proof/1 and kind {', '.join(_FORMS)}")
    rows = list(_parts(data, head.end()))
    notes = tuple(content for name, content in rows if name == "trust")
    names = " ".join(name for name, _ in rows[len(notes) :])
    if not notes or not form.fullmatch(names):
        raise ProofError(f"expected trust notes and two parts, {form.pattern}")
    return ProofFile(head[1], notes, (rows[-2], rows[-1]))


def _parts(data: bytes, at: int) -> Iterator[tuple[str, bytes]]:
    while at < len(data):
        match = _PART.match(data, at)
        end = match.end() + int(match[2]) if match else 0
        if match is None or end > len(data):
            raise ProofError(f"expected a whole `part <name> <size>` at byte {at}")
        yield match[1].decode(), data[match.end() : end]
        at = end


def judge(data: bytes, fingerprint: str | None = None) -> Misconduct:
    """Verify a proof file and say what it shows.

    Args:
        data: its bytes.
        fingerprint: SHA-256 of the organisation's first trust note, if it is known.

    Raises:
        ProofError: it shows nothing, or is no proof file.
        TrustError: the trust notes are another organisation's, or do not hold.
        NoteError, StatementError: one of the two is not signed as it must be.
    """
    file = parse_proof_file(data)  # step 1
    chain = verify_chain(file.notes, fingerprint)  # step 2
    (_, one), (_, two) = file.parts
    if one == two:
        raise ProofError("shows nothing: both parts are the same bytes")
    sentence, remarks = _JUDGES[file.kind](file, chain)
    return Misconduct(
        kind=file.kind,
        organisation=chain[0].organisation,
        fingerprint=chain[0].digest,
        sentence=sentence,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _two_checkpoints(file: ProofFile, chain: Sequence[Trust]) -> tuple[str, list[str]]:
    one, two = (_head(parse_note(content), chain) for _, content in file.parts)
    _same("log", one.origin, two.origin)
    _same("size", one.size, two.size)
    if one.root == two.root:
        raise ProofError(f"shows nothing: both roots are {one.root.hex()}")
    sentence = (
        f"the log {one.origin} was shown with two different contents at the same size,"
        f" {one.size} entries"
    )
    return sentence, _given_up(one, chain)


def _two_statements(file: ProofFile, chain: Sequence[Trust]) -> tuple[str, list[str]]:
    one, two = (_signed(name, content, chain) for name, content in file.parts)
    _same("service", one.statement.service, two.statement.service)
    _same("number", one.statement.number, two.statement.number)
    if one.entry == two.entry:
        raise ProofError("shows nothing: both are one statement")
    logged = isinstance(one, _Logged) and isinstance(two, _Logged)
    done = "published" if logged else "signed"
    told = one.statement
    sentence = f"edition {told.number} of {told.service} was {done} twice"
    other = "different contents"
    if told.tree == two.statement.tree:
        other = "the same contents and different dates or names"
    remarks = [r for signed in (one, two) for r in _replaced(signed, chain)]
    return f"{sentence} with {other}", remarks


def _two_leaves(file: ProofFile, chain: Sequence[Trust]) -> tuple[str, list[str]]:
    one, two = (_logged(content, chain) for _, content in file.parts)
    _same("log", one.head.origin, two.head.origin)
    _same("index", one.index, two.index)
    if one.entry == two.entry:
        raise ProofError("shows nothing: both are one entry")
    names = " and as ".join(
        f"edition {s.statement.number} of {s.statement.service}" for s in (one, two)
    )
    sentence = (
        f"the log {one.head.origin} was shown with two different entries at place"
        f" {one.index}: as {names}"
    )
    remarks = [r for signed in (one, two) for r in _replaced(signed, chain)]
    return sentence, [*remarks, *_given_up(one.head, chain)]


_Judge = Callable[[ProofFile, Sequence[Trust]], tuple[str, list[str]]]
_JUDGES: dict[str, _Judge] = {
    CHECKPOINTS: _two_checkpoints,
    NUMBER: _two_statements,
    INDEX: _two_leaves,
}


def _same(what: str, one: str | int, two: str | int) -> None:
    if one != two:
        raise ProofError(f"shows nothing: {what} {one} and {what} {two}")


def _head(note: Note, chain: Sequence[Trust]) -> Checkpoint:
    """Verify a checkpoint by any log that the notes ever named."""
    head = parse_checkpoint(note)
    logs = [trust.log for trust in chain if trust.log.name == head.origin]
    if not logs or not note.signers(logs[:1]):
        raise ProofError(f"checkpoint of {head.origin}: signed by no log of the notes")
    return head


def _signed(name: str, content: bytes, chain: Sequence[Trust]) -> _Signed:
    """Verify a statement, and its place in a log if it is a `latest`."""
    if name == "latest":
        return _logged(content, chain)
    note = parse_note(content)
    service = read_statement(note).service
    return _Signed(verify_statement(note, chain, service), content)


def _logged(content: bytes, chain: Sequence[Trust]) -> _Logged:
    latest = parse_latest(content)
    statement = verify_statement(latest.note, chain, latest.statement.service)
    proof = latest.proof
    head = _head(proof.note, chain)
    verify_inclusion(latest.leaf, proof.index, proof.path, head.size, head.root)
    checkpoint = content[len(latest.entry) :].partition(b"\n\n")[2]
    return _Logged(statement, latest.entry, proof.index, head, checkpoint)


def _replaced(signed: _Signed, chain: Sequence[Trust]) -> Iterator[str]:
    """Say that a key was replaced: whoever stole it may have signed."""
    told = signed.statement
    key = chain[told.trust - 1].services[told.service].key
    for trust in chain[told.trust :]:
        now = trust.services.get(told.service)
        if now is None or now.key != key:
            yield (
                f"trust note {trust.version} replaced a key that signed here, from"
                f" place {trust.since} of the log on; a thief may have used it"
            )
            return


def _given_up(head: Checkpoint, chain: Sequence[Trust]) -> list[str]:
    return [
        f"the log {head.origin} was given up at {old.size} entries; a thief may have"
        " used its key"
        for old in chain[-1].oldlogs
        if old.key.name == head.origin
    ]


def contradictions(
    notes: Sequence[bytes], latests: Iterable[bytes], checkpoints: Iterable[bytes] = ()
) -> list[bytes]:
    """Find what contradicts itself among things seen; each as a proof file.

    Args:
        notes: the trust notes, verified.
        latests: `latest` files from wherever they were seen. One that does not verify
            proves nothing and is left out.
        checkpoints: the same of checkpoints.
    """
    chain = verify_chain(notes)
    seen: dict[tuple[str, str, int], tuple[str, bytes, bytes]] = {}
    found: dict[tuple[str, str, int], bytes] = {}
    rows = [row for latest in latests for row in _claims(latest, chain)]
    rows += [row for note in checkpoints for row in _claim(note, chain)]
    for key, part, content, meaning in rows:
        first = seen.setdefault(key, (part, content, meaning))
        if first[2] != meaning and key not in found:
            parts = [first[:2], (part, content)]
            found[key] = write_proof_file(key[0], notes, parts)
    return list(found.values())


_Row = tuple[tuple[str, str, int], str, bytes, bytes]


def _claims(latest: bytes, chain: Sequence[Trust]) -> Iterator[_Row]:
    """List what a `latest` claims: of a number, of a place, of a log's head."""
    try:
        logged = _logged(latest, chain)
    except EditionError:
        return
    told, entry = logged.statement, logged.entry
    yield (NUMBER, told.service, told.number), "latest", latest, entry
    yield (INDEX, logged.head.origin, logged.index), "latest", latest, entry
    yield from _claim(logged.checkpoint, chain)


def _claim(note: bytes, chain: Sequence[Trust]) -> Iterator[_Row]:
    try:
        head = _head(parse_note(note), chain)
    except EditionError:
        return
    yield (CHECKPOINTS, head.origin, head.size), "checkpoint", note, head.root
