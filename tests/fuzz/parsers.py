"""Every parser of public bytes, and what holds whatever the bytes are.

A parser takes bytes or refuses them by an error of its own kind, one that can be
printed. What it takes it can write again, byte for byte, where a format has one
spelling; what verifies was said.
"""

import base64
from collections.abc import Callable
from functools import cache

from cast import signer
from fuzz.seeds import seeds, vectors
from fuzz.wires import wires
from tamizdat.edition import letters, log, pack, releases, tree, withdrawals
from tamizdat.edition.documents import read_document
from tamizdat.edition.errors import EditionError, NoteError, TreeError
from tamizdat.edition.note import (
    Note,
    Verifier,
    parse_note,
    parse_verifier,
    parse_witness,
)
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.printing import differing
from tamizdat.edition.proof_files import judge, parse_proof_file, write_proof_file
from tamizdat.edition.reading import read_article
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.statement import parse_latest, read_statement
from tamizdat.edition.stories import Story
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust, read_trust, verify_chain
from tamizdat.edition.verify import verify_latest, verify_statement
from tamizdat.edition.witness import parse_request, read_answer, write_request
from tamizdat.wire.errors import WireError

OPENED = 300  # directory objects of one hostile tree

_SERVICE = "ru"
_TRUST = b"tamizdat-trust/1\n"
_KNOWN = [signer(role).verifier for role in ("service/ru", "log/1", "root/1")]


@cache
def _chain() -> list[Trust]:
    given = next(v["input"] for v in vectors() if v["operation"] == "latest.verify")
    return verify_chain([note.encode() for note in given["trust"]])


@cache
def _said() -> frozenset[bytes]:
    """Name the texts that stand in a vector: no others were ever signed."""
    notes = [note.partition(b"\n\n")[0] for note in seeds("statement")]
    latest = [note.partition(b"\n\n")[0] for note in seeds("latest")]
    return frozenset(text + b"\n" for text in [*notes, *latest])


@cache
def _trusted() -> frozenset[bytes]:
    parts = (note.partition(b"\n\n")[0] + b"\n" for note in seeds("trust"))
    return frozenset(parts)


def _written(note: Note) -> bytes:
    lines = (
        f"— {s.name} {base64.b64encode(s.id + s.signature).decode()}\n"
        for s in note.signatures
    )
    return note.text + b"\n" + "".join(lines).encode()


def _note(content: bytes) -> None:
    note = parse_note(content)
    assert content == _written(note)
    note.signers(_KNOWN)


def _key(content: bytes) -> None:
    vkey = content.decode("utf-8", "replace")
    try:
        verifier = parse_verifier(vkey)
    except NoteError:
        verifier = parse_witness(vkey)
    assert vkey == str(verifier)


def _checkpoint(content: bytes) -> None:
    note = parse_note(content)
    assert note.text == log.parse_checkpoint(note).text()


def _proof(content: bytes) -> None:
    proof = log.parse_proof(content)
    assert content == _written_proof(proof)
    head, leaf = proof.checkpoint, log.leaf_hash(b"")
    log.verify_inclusion(leaf, proof.index, proof.path, head.size, head.root)


def _written_proof(proof: log.Proof) -> bytes:
    return log.write_proof(proof.index, proof.path, _written(proof.note))


def _request(content: bytes) -> None:
    found = parse_request(content)
    assert content == write_request(found.old, found.path, _written(found.note))


@cache
def _head() -> tuple[bytes, Verifier]:
    given = next(v["input"] for v in vectors() if v["operation"] == "witness.answer")
    return given["text"].encode(), parse_witness(given["vkey"])


def _answer(content: bytes) -> None:
    line, _time = read_answer(content, *_head())
    said = {row for seed in seeds("answer") for row in seed.split(b"\n")}
    assert line.encode() in said


def _latest(content: bytes) -> None:
    latest = parse_latest(content)
    assert content == latest.entry + _written_proof(latest.proof)
    assert latest.note.text == latest.statement.text()
    verify_latest(content, _chain(), _SERVICE)
    assert latest.note.text in _said()


def _statement(content: bytes) -> None:
    note = parse_note(content)
    assert note.text == read_statement(note).text()
    verify_statement(note, _chain(), _SERVICE)
    assert note.text in _said()


def _trust(content: bytes) -> None:
    note = parse_note(content)
    assert note.text == read_trust(note, "").text()
    verify_chain([content])
    assert note.text in _trusted()


def _notes(content: bytes) -> None:
    chain = verify_chain([_TRUST + part for part in content.split(_TRUST)[1:]])
    assert _trusted().issuperset(trust.text() for trust in chain)


def _policy(content: bytes) -> None:
    policy = parse_policy(tuple(content.decode("utf-8", "replace").split("\n")))
    assert policy.quorum
    assert policy.keys()


def _directory(content: bytes) -> None:
    found = tree.parse_directory(content, "fuzz")
    head = tree.SHARD if found.shard else tree.PLAIN
    assert content == head + "".join(e.line() for e in found.entries).encode()


def _tree(content: bytes) -> None:
    """Walk directory objects that name each other in any order, in circles too."""
    objects, left = content.split(b"\n\n"), [OPENED]

    def fetch(target: Target, path: str) -> bytes:
        left[0] -= 1
        if left[0] < 0:
            raise TreeError(f"{path}: more than {OPENED} directories")
        return objects[int(target.digest[:4], 16) % len(objects)]

    for path, _ in tree.walk(tree.root_of("0" * 64), fetch):
        tree.find(tree.root_of("0" * 64), path, fetch)
    list(tree.changes(tree.root_of("0" * 64), tree.root_of("1" * 64), fetch))


def _releases(content: bytes) -> None:
    heads = releases.read_part(content, "fuzz")
    lines = content.decode().splitlines(keepends=True)[1:]
    assert {"releases/1": content} == releases.parts(lines)
    assert [releases.line_hash(line) for line in lines] == [h.line for _, h in heads]


def _article(content: bytes) -> None:
    assert read_article([content], "fuzz") == read_article([content], "fuzz")


def _printing(content: bytes) -> None:
    printing = read_printing([content], "fuzz")
    assert [] == differing(printing, read_printing([content], "fuzz"))


def _pack(content: bytes) -> None:
    held = pack.read_part(content)
    text = b"".join(item.content for item in held.items).decode()
    again = pack.write_part(held.service, [(item, "") for item in held.items])
    assert text == letters.read(again)[1]  # of whatever length


def _withdrawn(content: bytes) -> None:
    digests = withdrawals.read_part(content, "fuzz")
    assert {"withdrawn/1": content} == withdrawals.parts(digests)


def _bundle(content: bytes) -> None:
    entries = list(log.read_bundle(content))
    assert content == b"".join(len(e).to_bytes(2, "big") + e for e in entries)


def _document(content: bytes) -> None:
    story = read_document(content, "fuzz")
    if isinstance(story, Story):
        lines = releases.new_lines(story, None)
        assert len(lines) == story.release.number
        for path, part in releases.parts(lines).items():
            releases.read_part(part, path)


def _proof_file(content: bytes) -> None:
    file = parse_proof_file(content)
    assert content == write_proof_file(file.kind, file.notes, file.parts)
    judge(content)


PARSERS: dict[str, Callable[[bytes], None]] = {
    "answer": _answer,
    "article": _article,
    "bundle": _bundle,
    "chain": _notes,
    "checkpoint": _checkpoint,
    "directory": _directory,
    "document": _document,
    "key": _key,
    "latest": _latest,
    "note": _note,
    "pack": _pack,
    "policy": _policy,
    "printing": _printing,
    "proof": _proof,
    "proof-file": _proof_file,
    "releases": _releases,
    "request": _request,
    "statement": _statement,
    "tree": _tree,
    "trust": _trust,
    "withdrawn": _withdrawn,
    **wires(),
}


# Bytes of an input: what its caller takes at most, and some more to be refused.
MOST = dict.fromkeys(PARSERS, 20_000) | {"latest": 5_000, "key": 1_000}


def holds(parser: str, content: bytes) -> bool:
    """Give bytes to a parser and tell whether it took them.

    Raises:
        AssertionError: a law does not hold.
        Exception: the parser failed by no error of its own; nothing else lets it out.
    """
    try:
        PARSERS[parser](content)
    except (EditionError, WireError) as error:
        _check_error(error)
        return False
    return True


def _check_error(error: EditionError | WireError) -> None:
    assert type(error) not in {EditionError, WireError}
    assert str(error).encode()  # can be printed: half a surrogate pair cannot
