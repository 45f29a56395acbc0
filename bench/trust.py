"""What a reader fetches to believe: trust note and `latest`, beside TUF's metadata.

27 language services, a log of a million editions, two cosignatures. TUF: the same
services as delegated roles, two of three keys for root, targets and each of them, one
key for timestamp and snapshot. It has no history and no witness.

Source: spec/trust-note.md, spec/latest.md; The Update Framework 1.0.
"""

import base64
import gzip
import hashlib
import random
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import tamizdat
from tamizdat.edition import log
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import Signer, Verifier, sign_note
from tamizdat.edition.statement import Statement, sign_statement, write_latest
from tamizdat.edition.trust import Trust, verify_chain, verify_next
from tamizdat.press import keys as key_files

from . import ours, tuf_model
from .table import Row, size

SERVICES = tuple(f"l{number:02}" for number in range(27))
_ORGANISATION = "press.example"
_LEAVES = 1_000_000  # of the log
_BEHIND = 27  # leaves: one edition of each other service came after this one
_COSIGNED = 2
_FIRST, _CHANGE, _UPDATE = 3_600, 3_800, 1_500  # bytes of the goal
_CHANGED = 3  # roots exchanged at once: nobody signs for both sides


def measure() -> list[Row]:
    """Count bytes of a first visit and of an update, gzip level 9."""
    rng = random.Random(27)  # noqa: S311 - stands for hashes, signs nothing real
    note, trust, roots, (signer, log_signer) = _trust(rng)
    changed = _zip(_root_change(rng, trust, roots))
    latest = _latest(rng, trust, signer, log_signer)
    theirs = tuf_model.sizes(SERVICES, ours.START)
    mine_first, mine_update = _zip(note) + _zip(latest), _zip(latest)
    mine_change = changed + mine_update
    return [
        _of_goal("first visit", mine_first, theirs.first, _FIRST),
        _of_goal("first visit at a root change", mine_change, theirs.first, _CHANGE),
        _of_goal("update", mine_update, theirs.update, _UPDATE),
        _beside("first visit", mine_first, theirs.first),
        _beside("update", mine_update, theirs.update),
    ]


def _of_goal(what: str, mine: int, peer: int, goal: int) -> Row:
    axis = f"trust: {what}, of the goal's bytes"
    return Row(axis, size(mine), size(peer), mine / goal, 1.0, least=False)


def _beside(what: str, mine: int, peer: int) -> Row:
    return Row(f"trust: {what} beside TUF", size(mine), size(peer), peer / mine)


def _trust(
    rng: random.Random,
) -> tuple[bytes, Trust, list[Signer], tuple[Signer, Signer]]:
    """Write the first trust note of a large organisation, with its witnesses."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        made = key_files.new_organisation(keys, _ORGANISATION, SERVICES, ours.START)
        roots = [key_files.load_signer(keys, f"root-{n}") for n in (1, 2, 3)]
        signer = key_files.load_signer(keys, f"service-{SERVICES[0]}")
        log_signer = key_files.load_signer(keys, "log")
    trust = replace(made, policy=_policy(rng, made))
    note = sign_note(trust.text(), roots)
    return note, verify_chain([note])[0], roots, (signer, log_signer)


def _root_change(rng: random.Random, trust: Trust, before: list[Signer]) -> bytes:
    """Write a second note whose new roots sign beside those before."""
    names = [f"{_ORGANISATION}/root/{n}" for n in range(6, 6 + _CHANGED)]
    after = [Signer(name, rng.randbytes(32)) for name in names]
    stay = trust.roots[_CHANGED:]
    roots = (*stay, *(signer.verifier for signer in after))
    note = sign_note(replace(trust, version=2, roots=roots).text(), [*before, *after])
    verify_next([trust], note)
    return note


def _policy(rng: random.Random, trust: Trust) -> tuple[str, ...]:
    names = ["one", "two", "three"]
    witnesses = [
        f"witness {name} {_witness(rng, name)} https://witness-{name}.example/"
        for name in names
    ]
    group = f"group witnesses 2 {' '.join(names)}"
    return (f"log {trust.log}", *witnesses, group, "quorum witnesses")


def _witness(rng: random.Random, name: str) -> Verifier:
    public = Signer(f"witness-{name}.example", rng.randbytes(32)).verifier.key
    return Verifier(f"witness-{name}.example", public, b"\x04")


def _latest(
    rng: random.Random, trust: Trust, signer: Signer, log_signer: Signer
) -> bytes:
    statement = Statement(
        organisation=_ORGANISATION,
        service=SERVICES[0],
        number=41_200,
        time=ours.START + timedelta(days=1),
        tree=rng.randbytes(32).hex(),
        previous=rng.randbytes(32).hex(),
        trust=1,
        press=tamizdat.VERSION,
    )
    entry = sign_statement(statement, signer)
    index = _LEAVES - _BEHIND
    path = [rng.randbytes(32) for _ in range(_depth(index, _LEAVES))]
    root = hashlib.sha256(entry).digest()
    text = Checkpoint(trust.log.name, _LEAVES, root).text()
    checkpoint = sign_note(text, [log_signer]) + _cosignatures(rng)
    return write_latest(entry, log.write_proof(index, path, checkpoint))


def _depth(index: int, size: int) -> int:
    """Count the hashes of an inclusion proof. Source: RFC 6962, 2.1.1."""
    depth = 0
    while size > 1:
        left = 1 << ((size - 1).bit_length() - 1)
        index, size = (index, left) if index < left else (index - left, size - left)
        depth += 1
    return depth


def _cosignatures(rng: random.Random) -> bytes:
    """Stand in for cosignatures: id, time and signature are as good as random."""
    names = ["one", "two"][:_COSIGNED]
    rows = [
        f"— witness-{name}.example {base64.b64encode(rng.randbytes(76)).decode()}\n"
        for name in names
    ]
    return "".join(rows).encode()


def _zip(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))
