"""Answer what a log asks of a witness: a request's bytes in, an answer's bytes out.

Cosigns a head only if the log's key signed it and it continues the head cosigned
before; that is in the book, on the disk, before anybody gets the cosignature.

Source: C2SP tlog-witness, add-checkpoint; the steps are numbered as in spec/witness.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition.errors import EditionError, NoteError, ProofError
from tamizdat.edition.log import Checkpoint, verify_consistency
from tamizdat.edition.note import Signer, Verifier
from tamizdat.edition.witness import Request, bare, cosign, parse_request
from tamizdat.witness.book import Book, Watched

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
EMPTY = hashlib.sha256(b"").digest()  # root of a log without leaves, RFC 6962


@dataclass(frozen=True)
class Answer:
    """What goes back: an HTTP status, a content type and a body."""

    status: int
    body: bytes
    kind: str = TEXT


class _RefusedError(Exception):
    """Carry the answer to a request that is not cosigned."""

    def __init__(self, status: int, words: str, kind: str = TEXT) -> None:
        super().__init__(words)
        self.answer = Answer(status, f"{words}\n".encode(), kind)


def add_checkpoint(data: bytes, book: Book, signer: Signer, now: datetime) -> Answer:
    """Judge one request, and cosign.

    Args:
        data: the body.
        book: of the witness.
        signer: its key.
        now: UTC, whole seconds.

    Raises:
        BookError: the book cannot be written; nothing was cosigned.
    """
    try:
        request = _read(data)
        _check_signed(request, _key_of(book, request.checkpoint.origin))
        line = cosign(request.note.text, signer, now)
        book.cosign_once(
            request.checkpoint.origin,
            lambda before: _continued(request, before, line),
        )
    except _RefusedError as error:
        return error.answer
    return Answer(200, f"{line}\n".encode())


def _read(data: bytes) -> Request:
    """Read the request. Step 1."""
    try:
        return parse_request(data)
    except EditionError as error:
        raise _RefusedError(400, str(error)) from error


def _key_of(book: Book, origin: str) -> Verifier:
    """Find the log. Step 2."""
    watched = book.log(origin)
    if watched is None:
        raise _RefusedError(404, "no such log is watched here")
    return watched.key


def _check_signed(request: Request, key: Verifier) -> None:
    """Ask for the log's signature. Step 3."""
    try:
        signers = request.note.signers([key])
    except NoteError as error:
        raise _RefusedError(403, str(error)) from error
    if not signers:
        raise _RefusedError(403, f"not signed by {key}")
    if request.old > request.checkpoint.size:
        words = f"old {request.old} is above the size {request.checkpoint.size}"
        raise _RefusedError(400, words)
    head = request.checkpoint
    if not head.size and head.root != EMPTY:
        raise _RefusedError(400, "a log without leaves has another root")


def _continued(
    request: Request, before: Watched, line: str
) -> tuple[Checkpoint, bytes]:
    """Give the new head and its note, if it continues what stood before. Steps 5, 6."""
    head = request.checkpoint
    same = request.old == head.size == before.size
    if request.old != before.size or (
        same and before.size and head.root != before.root
    ):
        raise _RefusedError(409, str(before.size), SIZE)
    try:
        old = (before.size, before.root)
        verify_consistency(old, (head.size, head.root), request.path)
    except ProofError as error:
        raise _RefusedError(422, str(error)) from error
    return head, bare(request.note, before.key) + f"{line}\n".encode()
