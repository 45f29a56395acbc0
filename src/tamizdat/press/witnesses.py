"""Ask a witness to cosign the head of the log.

One witness, at most two questions: a witness that remembers another size than the
press says so, and is asked again from there. Nothing it says is believed but a
cosignature that verifies; of what it refuses, two words are taken seriously, because
signing on could fork the log: it has a *larger* log, or one with *other* leaves.

Source: C2SP tlog-witness; spec/witness.md.
"""

import http.client
import re
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Empty, Queue
from threading import Thread, Timer
from urllib.parse import SplitResult, urlsplit

from tamizdat.edition import log
from tamizdat.edition.errors import NoteError
from tamizdat.edition.log import Checkpoint, TileReader
from tamizdat.edition.note import NOTE_BYTES, Verifier
from tamizdat.edition.witness import read_answer, write_request
from tamizdat.press.addresses import is_loopback_host
from tamizdat.press.errors import WitnessError
from tamizdat.press.keys import is_demo

AHEAD = timedelta(minutes=5)  # that our clock may be ahead of a witness
SECONDS = 10.0  # for all that one witness is asked in a round
SIZE_TYPE = "text/x.tlog.size"  # of the body that names another size
OK, CONFLICT, UNPROVED = 200, 409, 422
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,15})\n?")
_WORDS = {
    400: "the request is malformed, it says",
    403: "it has another key for the log",
    404: "it does not know the log",
    409: "expected the size that it remembers",
}


@dataclass(frozen=True)
class Witness:
    """One witness of the trust note.

    Attributes:
        name: in the policy.
        url: below which it is asked; "" if the note names none.
        size: of the log when it cosigned last, as the press remembers.
    """

    name: str
    key: Verifier
    url: str
    size: int = 0


@dataclass(frozen=True)
class Head:
    """What is to be cosigned.

    Attributes:
        note: the checkpoint with the log's signature alone.
        text: what is cosigned, three lines.
        read: gives the tiles of the log.
    """

    note: bytes
    text: bytes
    checkpoint: Checkpoint
    read: TileReader


@dataclass(frozen=True)
class Answer:
    """What became of a question.

    Attributes:
        state: cosigned, unreachable, refused, larger, other or clock.
        reason: in words; empty when it cosigned.
        line: its cosignature, a line without its end; "" where there is none.
    """

    witness: Witness
    state: str
    reason: str = ""
    line: str = ""


def ask(witness: Witness, head: Head, seconds: float = SECONDS) -> Answer:
    """Have one witness cosign a head; never raises for what the witness does.

    Args:
        witness: of the newest trust note.
        head: of our log.
        seconds: after which no answer counts.
    """
    try:
        line, when = _Conversation(witness, head, seconds).cosignature()
    except WitnessError as error:
        return Answer(witness, error.state, str(error))
    ahead = datetime.now(UTC) - when
    if ahead > AHEAD:
        minutes = ahead // timedelta(minutes=1)
        reason = f"the clock here is {minutes} minutes ahead of it"
        return Answer(witness, "clock", reason, line)
    return Answer(witness, "cosigned", line=line)


def ask_all(
    witnesses: Sequence[Witness], head: Head, seconds: float = SECONDS
) -> list[Answer]:
    """Ask witnesses at once; nobody waits longer than `seconds` for any of them."""
    answers: Queue[Answer] = Queue()
    for witness in witnesses:
        work = Thread(
            target=lambda one: answers.put(ask(one, head, seconds)),
            args=(witness,),
            daemon=True,
        )
        work.start()
    end = time.monotonic() + seconds + 1  # each of them ends by itself before
    found: dict[str, Answer] = {}
    while len(found) < len(witnesses) and time.monotonic() < end:
        with suppress(Empty):
            answer = answers.get(timeout=max(0.0, end - time.monotonic()))
            found[answer.witness.name] = answer
    late = f"no answer within {seconds:.0f} s"
    return [found.get(w.name, Answer(w, "unreachable", late)) for w in witnesses]


class _Conversation:
    """One witness, asked about one head."""

    def __init__(self, witness: Witness, head: Head, seconds: float) -> None:
        self._witness = witness
        self._head = head
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def cosignature(self) -> tuple[str, datetime]:
        """Ask from the size remembered, then from the size it names.

        Raises:
            WitnessError: it does not cosign.
        """
        size = self._head.checkpoint.size
        old = min(self._witness.size, size)
        answer = self._ask(old)
        if isinstance(answer, int) and answer != old:
            old = self._not_larger(answer)
            answer = self._ask(old)
        if isinstance(answer, int):
            self._not_larger(answer)
            if answer != size or old != size:
                raise WitnessError("refused", f"asked from {old}, it said {answer}")
            raise WitnessError("other", f"it cosigned other {size} leaves of the log")
        try:
            return read_answer(answer, self._head.text, self._witness.key)
        except NoteError as error:
            shown = answer[:40].decode("ascii", "replace").split("\n", maxsplit=1)[0]
            words = f"expected a cosignature, found {shown!r}: {error}"
            raise WitnessError("refused", words) from error

    def _not_larger(self, size: int) -> int:
        ours = self._head.checkpoint.size
        if size > ours:
            words = f"it cosigned {size} leaves of the log, the press has {ours}"
            raise WitnessError("larger", words)
        return size

    def _ask(self, old: int) -> bytes | int:
        """Put one question; give the body of a yes, or the size it remembers."""
        size = self._head.checkpoint.size
        path = log.consistency_proof(self._head.read, old, size)
        status, kind, body = self._post(write_request(old, path, self._head.note))
        if status == OK:
            return body
        if status == CONFLICT and kind == SIZE_TYPE and _SIZE.fullmatch(body):
            return int(body)
        if status == UNPROVED:
            words = f"the log of {size} leaves does not continue its {old}"
            raise WitnessError("other", words)
        why = _WORDS.get(status, "expected 200")
        raise WitnessError("refused", f"HTTP status {status}: {why}")

    def _post(self, body: bytes) -> tuple[int, str, bytes]:
        parts = self._parts()
        connection = _connect(parts, max(0.01, self._end - time.monotonic()))
        timer = Timer(max(0.01, self._end - time.monotonic()), _cut, [connection])
        timer.daemon = True
        timer.start()
        try:
            path = f"{parts.path.rstrip('/')}/add-checkpoint"
            connection.request("POST", path, body, {"Content-Type": "text/plain"})
            response = connection.getresponse()
            content = response.read(NOTE_BYTES)
            if response.length and len(content) < NOTE_BYTES:
                raise http.client.IncompleteRead(content, response.length)
            kind = (response.getheader("Content-Type") or "").partition(";")[0]
            return response.status, kind.strip().lower(), content
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise WitnessError("unreachable", self._why(error)) from error
        finally:
            timer.cancel()
            connection.close()

    def _parts(self) -> SplitResult:
        url = self._witness.url
        try:
            parts = urlsplit(url)
            _ = parts.port  # out of range is found on asking
        except ValueError as error:
            raise WitnessError("refused", f"{url}: {error}") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            words = f"{url}: expected an http or https address"
            raise WitnessError("refused", words if url else "it has no address")
        demo = is_demo(self._head.checkpoint.origin)
        if demo and not is_loopback_host(parts.hostname):
            words = f"{url}: demonstration keys are refused off this machine"
            raise WitnessError("refused", words)
        return parts

    def _why(self, error: Exception) -> str:
        if time.monotonic() >= self._end or isinstance(error, TimeoutError):
            return f"no answer within {self._seconds:.0f} s"
        words = getattr(error, "strerror", None)
        return words.lower() if words else type(error).__name__


def _connect(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=seconds)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a question that takes too long, however slowly the answer drips."""
    with suppress(OSError, TypeError):  # it ended by itself, or is not open yet
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
