"""What the vectors ask for, done by the Python implementation.

Each operation takes the `input` of a vector and returns what stands under `ok`, or
raises an EditionError.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cast import NOW
from spec.cases.packs import plan_of
from spec.cases.vector import content_of
from tamizdat.edition import graft, letters, log, pack, releases, tree, withdrawals
from tamizdat.edition.documents import read_document
from tamizdat.edition.file_check import check_file, verify_file_statement
from tamizdat.edition.fronts import Front
from tamizdat.edition.log import Checkpoint, Tile
from tamizdat.edition.note import Signer, parse_note, parse_verifier, parse_witness
from tamizdat.edition.proof_files import judge
from tamizdat.edition.record import commitment, record
from tamizdat.edition.releases import Head
from tamizdat.edition.statement import Statement, write_time
from tamizdat.edition.stories import Service
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import (
    VerifiedEdition,
    check_not_older,
    verify_latest,
    verify_statement,
)
from tamizdat.edition.witness import parse_request, read_answer
from tamizdat.edition.word_index import read_list
from tamizdat.witness.book import Book
from tamizdat.witness.judge import SIZE, add_checkpoint

Given = dict[str, Any]


def _open_note(given: Given) -> Any:
    note = parse_note(content_of(given, "note"))
    signers = note.signers([parse_verifier(vkey) for vkey in given["keys"]])
    keys = sorted(signer.key.hex() for signer in signers)
    return {"text": note.text.decode(), "signers": keys}


def _read_key(given: Given) -> Any:
    verifier = parse_verifier(given["vkey"])
    name, key = verifier.name, verifier.key.hex()
    return {"name": name, "id": verifier.id.hex(), "key": key}


def _chain(notes: list[str], fingerprint: str | None = None) -> list[Trust]:
    return verify_chain([note.encode() for note in notes], fingerprint)


def _verify_chain(given: Given) -> Any:
    chain = _chain(given["notes"], given["fingerprint"])
    return {
        "version": chain[-1].version,
        "fingerprint": chain[0].digest,
        "services": sorted(chain[-1].services),
        "log": chain[-1].log.name,
    }


def _said(statement: Statement) -> dict[str, Any]:
    return {
        "number": statement.number,
        "time": write_time(statement.time),
        "tree": statement.tree,
        "previous": statement.previous,
        "trust": statement.trust,
    }


def _verify_statement(given: Given) -> Any:
    note, chain = parse_note(content_of(given, "note")), _chain(given["trust"])
    return _said(verify_statement(note, chain, given["service"]))


def _edition(given: Given, name: str) -> VerifiedEdition:
    chain = _chain(given["trust"])
    return verify_latest(content_of(given, name), chain, given["service"])


def _verify_latest(given: Given) -> Any:
    edition = _edition(given, "latest")
    if "seen" in given:
        check_not_older(edition, _edition(given, "seen"))
    return {
        **_said(edition.statement),
        "index": edition.index,
        "size": edition.checkpoint.size,
        "leaf": edition.leaf.hex(),
    }


def _witnessed(given: Given) -> Any:
    return {"witnessed": _edition(given, "latest").witnessed}


def _request(given: Given) -> Any:
    found = parse_request(content_of(given, "request"))
    head = found.checkpoint
    return {
        "old": found.old,
        "path": [one.hex() for one in found.path],
        "checkpoint": {
            "origin": head.origin,
            "size": head.size,
            "root": head.root.hex(),
        },
    }


def _answer(given: Given) -> Any:
    key = parse_witness(given["vkey"])
    answer = content_of(given, "answer")
    _line, time = read_answer(answer, given["text"].encode(), key)
    return {"time": write_time(time)}


def _judge_request(given: Given) -> Any:
    """Ask a witness that has cosigned a head before."""
    book, key = Book(Path(":memory:")), parse_verifier(given["vkey"])
    held = given["held"]
    before = Checkpoint(key.name, held["size"], bytes.fromhex(held["root"]))
    try:
        book.watch(key)
        book.cosign_once(key.name, lambda _none: (before, b""))
        request = content_of(given, "request")
        answer = add_checkpoint(request, book, Signer("w", bytes(32)), NOW)
        after = book.log(key.name)
    finally:
        book.close()
    assert after is not None
    if answer.kind == SIZE:
        assert f"{after.size}\n".encode() == answer.body
    return {"status": answer.status, "size": after.size}


def _tiles(given: Given) -> dict[Tile, bytes]:
    entries = [entry.encode() for entry in given["entries"]]
    return dict(log.append({}.__getitem__, 0, entries))


def _root(given: Given) -> Any:
    read, size = _tiles(given).__getitem__, len(given["entries"])
    return {"root": log.range_hash(read, size, 0, size).hex()}


def _tile_hashes(given: Given) -> Any:
    tiles = _tiles(given).items()
    return {tile.path: tree.target_of(content).digest for tile, content in tiles}


def _tile_path(given: Given) -> Any:
    return {"path": Tile(given["level"], given["index"], given["width"]).path}


def _bundle(given: Given) -> Any:
    entries = log.read_bundle(content_of(given, "bundle"))
    return {"entries": [entry.decode() for entry in entries]}


def _head(checkpoint: log.Checkpoint) -> dict[str, Any]:
    origin, size = checkpoint.origin, checkpoint.size
    return {"origin": origin, "size": size, "root": checkpoint.root.hex()}


def _read_checkpoint(given: Given) -> Any:
    return _head(log.parse_checkpoint(parse_note(content_of(given, "note"))))


def _read_proof(given: Given) -> Any:
    proof = log.parse_proof(content_of(given, "proof"))
    path, head = [sibling.hex() for sibling in proof.path], _head(proof.checkpoint)
    return {"index": proof.index, "path": path, "checkpoint": head}


def _path(given: Given) -> list[bytes]:
    return [bytes.fromhex(sibling) for sibling in given["path"]]


def _inclusion(given: Given) -> Any:
    leaf, root = bytes.fromhex(given["leaf"]), bytes.fromhex(given["root"])
    log.verify_inclusion(leaf, given["index"], _path(given), given["size"], root)
    return {}


def _consistency(given: Given) -> Any:
    old = (given["old_size"], bytes.fromhex(given["old_root"]))
    new = (given["size"], bytes.fromhex(given["root"]))
    log.verify_consistency(old, new, _path(given))
    return {}


def _read_directory(given: Given) -> Any:
    directory = tree.parse_directory(content_of(given, "object"), "directory")
    rows = [[e.kind, e.target.size, e.target.digest, e.name] for e in directory.entries]
    return {"shard": directory.shard, "entries": rows}


def _check_object(given: Given) -> Any:
    size = tree.UNSTATED if given["size"] is None else given["size"]
    target = Target(size, given["sha256"])
    tree.check_object(content_of(given, "content"), target, "object")
    return {}


def _build(given: Given) -> Any:
    objects: dict[str, str] = {}

    def emit(target: Target, content: bytes) -> None:
        objects[target.digest] = content.decode()

    files = {path: Target(size, digest) for path, size, digest in given["files"]}
    return {"root": graft.build(files, emit).digest, "objects": objects}


def _fetch(given: Given) -> tree.Fetch:
    def fetch(target: Target, path: str) -> bytes:
        content = given["objects"][target.digest].encode()
        return tree.check_object(content, target, path)

    return fetch


def _walk(given: Given) -> Any:
    rows = tree.walk(tree.root_of(given["root"]), _fetch(given))
    return {"files": [[path, target.size, target.digest] for path, target in rows]}


def _find(given: Given) -> Any:
    found = tree.find(tree.root_of(given["root"]), given["path"], _fetch(given))
    return {"size": found.size, "sha256": found.digest} if found else None


def _changes(given: Given) -> Any:
    old, new = tree.root_of(given["old_root"]), tree.root_of(given["root"])
    return {"changed": [path for path, _, _ in tree.changes(old, new, _fetch(given))]}


def _document(given: Given) -> Any:
    if "document" in given:
        return read_document(json.dumps(given["document"]).encode(), "vector")
    return read_document(content_of(given, "line"), "vector")


def _read_document(given: Given) -> Any:
    document = _document(given)
    if isinstance(document, Front):
        arranged = document.arrangement
        sections = [[key, list(ids)] for key, ids in arranged.sections.items()]
        named = {"service": document.service, "lead": list(arranged.lead)}
        return {"kind": "front", **named, "sections": sections}
    if isinstance(document, Service):
        retired = [s.id for s in document.sections if s.retired]
        return {"kind": "service", "id": document.id, "retired": retired}
    names = {"service": document.service, "id": document.id}
    subjects = [[tag.id, tag.name] for tag in document.tags]
    number = document.release.number
    return {"kind": "story", **names, "release": number, "subjects": subjects}


def _record(given: Given) -> Any:
    story = _document(given)
    return {"record": record(story).decode(), "commitment": commitment(story)}


def _lines(given: Given) -> Any:
    head = given["head"] and Head(given["head"]["number"], given["head"]["line"])
    return {"lines": releases.new_lines(_document(given), head)}


def _parts(given: Given) -> Any:
    parts = releases.parts(given["lines"]).items()
    return {path: content.decode() for path, content in parts}


def _read_part(given: Given) -> Any:
    heads = releases.read_part(content_of(given, "part"), "part")
    return {"heads": [[article, head.number, head.line] for article, head in heads]}


def _items(given: Given) -> Any:
    items = pack.items_of(_document(given))
    return {"items": [item.content.decode() for item in items]}


def _read_pack(given: Given) -> Any:
    content = content_of(given, "part")
    held = pack.read_part(content)
    items = held.items
    again = pack.write_part(held.service, [(item, "") for item in items])
    text = letters.read(again)[1]  # of whatever length
    assert text == "".join(item.content.decode() for item in items)
    heads = [item.content.decode().split(" ")[1:3] for item in items]
    counts = [count.split("/") for _id, count in heads]
    return {
        "items": [
            {"id": item.story, "item": int(number), "items": int(count)}
            for item, (number, count) in zip(items, counts, strict=True)
        ]
    }


def _salt(given: Given) -> Any:
    return {"salt": pack.salt_of(given["salts"])}


def _plan(given: Given) -> Any:
    return {"parts": plan_of(given)}


def _read_withdrawn(given: Given) -> Any:
    return {"digests": withdrawals.read_part(content_of(given, "part"), "part")}


def _write_withdrawn(given: Given) -> Any:
    parts = withdrawals.parts(given["digests"])
    return {"parts": {path: part.decode() for path, part in parts.items()}}


def _judge_proof(given: Given) -> Any:
    shown = judge(content_of(given, "proof"), given["fingerprint"])
    named = {"kind": shown.kind, "organisation": shown.organisation}
    return {**named, "fingerprint": shown.fingerprint}


def _verify_file(given: Given) -> Any:
    data = content_of(given, "file")
    found = check_file(
        lambda at, size: data[at : at + size],
        len(data),
        given["fingerprint"],
        given["service"],
    )
    said = found.statement
    return {
        "organisation": said.organisation,
        "service": said.service,
        "edition": said.edition,
        "time": write_time(found.edition.statement.time),
        "name": said.name,
        "fingerprint": found.fingerprint,
        "index": found.index,
    }


def _file_statement(given: Given) -> Any:
    said = verify_file_statement(
        parse_note(content_of(given, "note")), _chain(given["trust"])
    )
    return {"service": said.service, "edition": said.edition, "name": said.name}


def _file_list(given: Given) -> Any:
    return {"files": [list(row) for row in read_list(content_of(given, "file"))]}


OPERATIONS: dict[str, Callable[[Given], Any]] = {
    "note.open": _open_note,
    "key.read": _read_key,
    "trust.chain": _verify_chain,
    "statement.verify": _verify_statement,
    "latest.verify": _verify_latest,
    "latest.follow": _verify_latest,
    "latest.witnessed": _witnessed,
    "witness.request": _request,
    "witness.answer": _answer,
    "witness.judge": _judge_request,
    "log.root": _root,
    "log.tiles": _tile_hashes,
    "log.tile-path": _tile_path,
    "log.bundle": _bundle,
    "checkpoint.read": _read_checkpoint,
    "proof.read": _read_proof,
    "proof.inclusion": _inclusion,
    "proof.consistency": _consistency,
    "proof-file.judge": _judge_proof,
    "file.verify": _verify_file,
    "file.statement": _file_statement,
    "file.list": _file_list,
    "directory.read": _read_directory,
    "object.check": _check_object,
    "tree.build": _build,
    "tree.walk": _walk,
    "tree.find": _find,
    "tree.changes": _changes,
    "document.read": _read_document,
    "releases.record": _record,
    "releases.lines": _lines,
    "releases.parts": _parts,
    "releases.read": _read_part,
    "pack.items": _items,
    "pack.read": _read_pack,
    "pack.salt": _salt,
    "pack.plan": _plan,
    "withdrawals.read": _read_withdrawn,
    "withdrawals.parts": _write_withdrawn,
}
