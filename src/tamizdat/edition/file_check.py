"""Judge an offline file: from its own bytes to one verified edition, with no network.

Decides whether a file is the one that a service key signed and the log holds. Asks for
bytes and for nothing else; every byte of the file is one that was signed, or a checksum
that is right, or part of a seal that verifies.

Source: spec/offline.md, "Verification"; the steps are numbered as there.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition.errors import EditionError, FileError, StatementError
from tamizdat.edition.files import (
    CRC_BYTES,
    MD5_BYTES,
    SEAL_LINE,
    Filed,
    FileStatement,
    Seal,
    parse_filed,
    read_file_statement,
    read_seal,
)
from tamizdat.edition.log import verify_inclusion
from tamizdat.edition.note import Note
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import (
    VerifiedEdition,
    needed,
    verify_checkpoint,
    verify_latest,
)
from tamizdat.edition.witness import cosigned, is_witnessed

Reader = Callable[[int, int], bytes]  # offset and size to bytes, fewer at the end

_STRETCH = 1 << 20  # bytes read at once
_SEAL_BYTES = 1 << 24  # of a seal, at most: a thousand trust notes
_TRIES = 1_000  # places that look like a seal, at most; a story may quote one


@dataclass(frozen=True)
class VerifiedFile:
    """An offline file every byte of which holds.

    Attributes:
        edition: that it is made from.
        fingerprint: SHA-256 of the first trust note it carries, hex.
        index: of its leaf in the log.
        witnesses: names of those whose cosignature of its checkpoint holds.
        witnessed: they are as many as the newest trust note it carries asks for.
        asked: that note asks for any.
    """

    statement: FileStatement
    edition: VerifiedEdition
    fingerprint: str
    index: int
    witnesses: frozenset[str]
    witnessed: bool
    asked: bool


def check_file(
    read: Reader, size: int, fingerprint: str | None = None, service: str | None = None
) -> VerifiedFile:
    """Verify an offline file.

    Args:
        read: gives its bytes.
        size: bytes of it.
        fingerprint: SHA-256 in hex of the first trust note, if it is known; otherwise
            the file's own is believed.
        service: whose file was asked for, if one was.

    Raises:
        FileError: no seal in it, or other bytes than its statement names.
        TrustError, NoteError, StatementError, ProofError: its seal does not verify.
    """
    seal, filed = _find(read, size)  # step 1
    chain = verify_chain(list(seal.notes), fingerprint)  # step 2
    said = filed.statement
    if service is not None and said.service != service:
        raise StatementError(f"expected service {service}, found {said.service}")
    edition = verify_latest(seal.latest, chain, said.service)  # step 3
    _check_says(filed, edition, chain)  # step 4
    witnesses = _check_logged(filed, chain)  # step 5
    _check_bytes(read, size, seal, said)  # step 6
    policy = parse_policy(chain[-1].policy)
    return VerifiedFile(
        statement=said,
        edition=edition,
        fingerprint=chain[0].digest,
        index=filed.proof.index,
        witnesses=witnesses,
        witnessed=is_witnessed(policy, witnesses),
        asked=policy.asks,
    )


def _find(read: Reader, size: int) -> tuple[Seal, Filed]:
    """Find the seal that stands where its own statement says."""
    reason: EditionError = FileError("no seal: nothing in it says who made it")
    for at in _places(read, size):
        try:
            seal, _used = read_seal(read(at, min(size - at, _SEAL_BYTES)))
            filed = parse_filed(seal.filed)
        except EditionError as error:
            reason = error
            continue
        if filed.statement.seal[0] == at:
            return seal, filed
        reason = FileError(
            f"a seal stands at byte {at}, its statement says"
            f" {filed.statement.seal[0]}: bytes came or went before it"
        )
    raise reason


def _places(read: Reader, size: int) -> Iterator[int]:
    """List where a seal may begin."""
    found, at, kept = 0, 0, b""
    while at < size and found < _TRIES:
        content = read(at, _STRETCH)
        joined, start = kept + content, at - len(kept)
        place = joined.find(SEAL_LINE)
        while place >= 0 and found < _TRIES:
            found += 1
            yield start + place
            place = joined.find(SEAL_LINE, place + 1)
        kept, at = joined[-len(SEAL_LINE) + 1 :], at + _STRETCH


def verify_file_statement(note: Note, chain: Sequence[Trust]) -> FileStatement:
    """Verify that a service's key said this of a file; its edition is not asked.

    Raises:
        StatementError: says something its key may not say.
        NoteError: the signature does not verify.
    """
    said = read_file_statement(note)
    if said.trust > len(chain):
        raise StatementError(
            f"names trust note {said.trust}, the newest known is {len(chain)}"
        )
    trust = chain[said.trust - 1]
    if said.organisation != trust.organisation:
        raise StatementError(
            f"expected organisation {trust.organisation}, found {said.organisation}"
        )
    if said.service not in trust.services:
        raise StatementError(f"trust note {said.trust} names no {said.service}")
    if not note.signers([trust.services[said.service].key]):
        raise StatementError(f"not signed by the key of service {said.service}")
    return said


def _check_says(filed: Filed, edition: VerifiedEdition, chain: Sequence[Trust]) -> None:
    said = verify_file_statement(filed.note, chain)
    found = edition.statement.number, edition.leaf.hex()
    if (said.edition, said.leaf) != found:
        raise StatementError(
            f"a file of edition {said.edition}, carrying another edition:"
            f" {found[0]}, leaf {found[1]}"
        )
    if edition.statement.time >= chain[said.trust - 1].services[said.service].until:
        raise StatementError(f"the key of service {said.service} had expired")


def _check_logged(filed: Filed, chain: Sequence[Trust]) -> frozenset[str]:
    proof, trust = filed.proof, chain[-1]
    head = verify_checkpoint(proof.note, trust)
    verify_inclusion(filed.leaf, proof.index, proof.path, head.size, head.root)
    wanted = needed(chain, proof.index)
    if filed.statement.trust < wanted:
        raise StatementError(
            f"leaf {proof.index} must name trust note {wanted} or later,"
            f" names {filed.statement.trust}"
        )
    return frozenset(cosigned(proof.note, parse_policy(trust.policy)))


def _check_bytes(read: Reader, size: int, seal: Seal, said: FileStatement) -> None:
    if size != said.size:
        raise FileError(f"expected {said.size} bytes, found {size}")
    if read(*said.seal) != _written(seal, said):
        raise FileError("the seal is not as it would be written")
    crc = zlib.crc32(read(*said.seal)).to_bytes(CRC_BYTES, "little")
    for at in said.crcs:
        if read(at, CRC_BYTES) != crc:
            raise FileError(f"byte {at}: another checksum than that of the seal")
    digest, md5 = digests(read, size, said.blanks(), said.md5)
    if digest != said.sha256:
        raise FileError(f"expected sha256 {said.sha256}, found {digest}")
    if said.md5 is not None and read(said.md5, MD5_BYTES) != md5:
        raise FileError(f"byte {said.md5}: another checksum than that of the file")


def _written(seal: Seal, said: FileStatement) -> bytes:
    try:
        return seal.write(said.seal[1])
    except ValueError as error:
        raise FileError(str(error)) from error


def digests(
    read: Reader, size: int, blanks: Sequence[tuple[int, int]], end: int | None
) -> tuple[str, bytes]:
    """Hash a file.

    Args:
        read: gives its bytes.
        size: of them.
        blanks: offset and size of what counts as zeros for SHA-256, by offset.
        end: of what is hashed for MD5, as it stands; None for none.

    Returns:
        SHA-256 in hex, and 16 bytes of MD5.
    """
    sha, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    for at in range(0, size, _STRETCH):
        content = bytearray(read(at, min(_STRETCH, size - at)))
        if end is not None and at < end:
            md5.update(content[: end - at])
        for offset, many in blanks:
            first, last = max(offset, at), min(offset + many, at + len(content))
            if first < last:
                content[first - at : last - at] = bytes(last - first)
        sha.update(content)
    return sha.hexdigest(), md5.digest()
