"""Judge the bytes of a mirror: from a trust chain to one verified edition.

Decides whether an edition is what its service signed and the log holds. Fetches
nothing and knows no clock: bytes and what was seen before are arguments. The reader
app has a twin of each function.

Source: spec/latest.md, "Verification"; the steps are numbered as there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tamizdat.edition.errors import ProofError, StatementError
from tamizdat.edition.log import Checkpoint, parse_checkpoint, verify_inclusion
from tamizdat.edition.note import Note
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.statement import (
    Latest,
    Statement,
    parse_latest,
    read_statement,
)
from tamizdat.edition.trust import Trust
from tamizdat.edition.witness import cosigned, is_witnessed


@dataclass(frozen=True)
class VerifiedEdition:
    """An edition whose signature, dates, key and place in the log hold.

    Attributes:
        index: of its leaf in the log.
        leaf: its leaf hash, 32 bytes.
        checkpoint: the signed head that proves it.
        witnesses: names of those whose cosignature of that head holds.
        witnessed: they are as many as the newest trust note asks for; no edition is
            refused for it, whoever shows one says so.
    """

    statement: Statement
    index: int
    leaf: bytes
    checkpoint: Checkpoint
    witnesses: frozenset[str] = frozenset()
    witnessed: bool = False


def verify_latest(data: bytes, chain: Sequence[Trust], service: str) -> VerifiedEdition:
    """Verify `<service>/latest` against a verified trust chain.

    Args:
        data: the file's bytes, at most 4,096.
        chain: as `trust.verify_chain` returned it.
        service: whose `latest` was asked for.

    Raises:
        StatementError: says something its key may not say.
        NoteError: a signature does not verify.
        ProofError: the log does not hold it.
    """
    latest = parse_latest(data)  # step 1
    statement = verify_statement(latest.note, chain, service)  # steps 2 to 4
    witnesses = _check_logged(latest, chain[-1])  # step 5
    _check_age_of_trust(latest, chain)  # step 6
    return VerifiedEdition(
        statement=statement,
        index=latest.proof.index,
        leaf=latest.leaf,
        checkpoint=latest.proof.checkpoint,
        witnesses=frozenset(witnesses),
        witnessed=is_witnessed(parse_policy(chain[-1].policy), witnesses),
    )


def verify_statement(note: Note, chain: Sequence[Trust], service: str) -> Statement:
    """Verify that a service's key said this, while it might; the log is not asked.

    Raises:
        StatementError: says something its key may not say.
        NoteError: the signature does not verify.
    """
    statement = read_statement(note)
    if statement.trust > len(chain):
        raise StatementError(
            f"names trust note {statement.trust}, the newest known is {len(chain)}"
        )
    trust = chain[statement.trust - 1]  # step 2
    _check_says(statement, trust, service)  # step 3
    allowed = trust.services[service]
    if not note.signers([allowed.key]):  # step 4
        raise StatementError(f"not signed by the key of service {service}")
    if statement.time >= allowed.until:
        raise StatementError(f"the key of service {service} had expired")
    return statement


def check_not_older(edition: VerifiedEdition, seen: VerifiedEdition) -> None:
    """Refuse an edition older than one seen before, or another of its number.

    Raises:
        StatementError: a rollback, or two statements of one number.
        ProofError: the log has two roots for one size.
    """
    new, old = edition.statement, seen.statement
    if new.number < old.number:
        raise StatementError(f"rollback: edition {old.number} was seen, this is older")
    if new.number == old.number and edition.leaf != seen.leaf:
        raise StatementError(f"two statements of {new.service} edition {new.number}")
    if new.number > old.number and new.time <= old.time:
        raise StatementError(f"edition {new.number} is not later than {old.number}")
    if new.number == old.number + 1 and new.previous != seen.leaf.hex():
        raise StatementError(f"edition {new.number} does not continue {old.number}")
    if new.number > old.number and edition.index <= seen.index:
        raise StatementError(
            f"edition {new.number} stands at leaf {edition.index}, not after leaf"
            f" {seen.index} of edition {old.number}"
        )
    _check_one_log(edition.checkpoint, seen.checkpoint)


def _check_one_log(new: Checkpoint, old: Checkpoint) -> None:
    same = (new.origin, new.size) == (old.origin, old.size)
    if same and new.root != old.root:
        raise ProofError(f"fork: log {new.origin} has two roots for {new.size} leaves")


def _check_says(statement: Statement, trust: Trust, service: str) -> None:
    if statement.organisation != trust.organisation:
        raise StatementError(
            f"expected organisation {trust.organisation},"
            f" found {statement.organisation}"
        )
    if statement.service != service:
        raise StatementError(f"expected service {service}, found {statement.service}")
    if service not in trust.services:
        raise StatementError(f"trust note {trust.version} names no service {service}")
    if (statement.previous is None) != (statement.number == 1):
        raise StatementError("only the first edition has no previous one")


def verify_checkpoint(note: Note, trust: Trust) -> Checkpoint:
    """Verify the head of the log, or of a log that was given up just there.

    Raises:
        ProofError: of another log, or an old log of another size or root.
        NoteError: the log's signature does not verify.
    """
    head = parse_checkpoint(note)
    old = {old.key.name: old for old in trust.oldlogs}.get(head.origin)
    if old and (head.size, head.root.hex()) != (old.size, old.root):
        raise ProofError(
            f"log {head.origin} was given up at {old.size} leaves with another root"
            f" or size, found {head.size}"
        )
    key = old.key if old else trust.log
    if head.origin != key.name:
        raise ProofError(f"expected log {key.name}, found {head.origin}")
    if not note.signers([key]):
        raise ProofError(f"checkpoint is not signed by {key.name}")
    return head


def _check_logged(latest: Latest, trust: Trust) -> Collection[str]:
    """Check the head and the leaf's place under it; name the witnesses of the head."""
    proof = latest.proof
    verify_checkpoint(proof.note, trust)
    verify_inclusion(
        latest.leaf,
        proof.index,
        proof.path,
        proof.checkpoint.size,
        proof.checkpoint.root,
    )
    return cosigned(proof.note, parse_policy(trust.policy))


def needed(chain: Sequence[Trust], index: int) -> int:
    """Tell the oldest trust note a leaf may name. Source: spec/latest.md, step 6."""
    return max((trust.version for trust in chain if trust.since <= index), default=1)


def _check_age_of_trust(latest: Latest, chain: Sequence[Trust]) -> None:
    index, named = latest.proof.index, latest.statement.trust
    wanted = needed(chain, index)
    if named < wanted:
        raise StatementError(
            f"leaf {index} must name trust note {wanted} or later, names {named}"
        )
