"""Sign recorded statements, put them into the log and editions in their place.

Steps 3 to 7 of spec/mirror-layout.md, "Order of writing". Whatever was cut off is done
again from the memory of step 2, with the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tamizdat.edition import log
from tamizdat.edition.files import (
    FileStatement,
    is_file_statement,
    parse_file_statement,
    sign_file_statement,
)
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import Signer, parse_note, sign_note
from tamizdat.edition.statement import (
    Statement,
    parse_statement,
    read_statement,
    sign_statement,
    write_latest,
)
from tamizdat.edition.trust import Trust
from tamizdat.press import filing, keys
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError, FormatError, KeyFileError
from tamizdat.press.state import Pending, State

STEPS = (  # where signing can be cut; each leaves the last edition whole
    "tiles written",
    "tiles settled",
    "log recorded",
    "checkpoint in place",
    "latest written",
    "latest settled",
    "done",
)


class Signing:
    """The one hand that signs for an archive."""

    def __init__(
        self,
        archive: Archive,
        state: State,
        key_folder: Path,
        chain: Sequence[Trust],
        reached: Callable[[str], None],
    ) -> None:
        self._archive = archive
        self._state = state
        self._keys = key_folder
        self._chain = chain
        self._reached = reached

    def signer(self, service: str, trust: Trust, now: datetime) -> Signer:
        """Load the key of a service, once that of the log is found good too.

        Else a statement would be signed that no log could take.

        Raises:
            KeyFileError: one is missing, expired or not the one a trust note names.
        """
        keys.find_signer(self._keys, "log", self._chain[-1].log)
        allowed = trust.services.get(service)
        if allowed is None:
            reason = f"trust note {trust.version} names no {service!r}"
            raise KeyFileError(reason, "key-unnamed", note=trust.version)
        signer = keys.find_signer(self._keys, f"service-{service}", allowed.key)
        if now >= allowed.until:
            key = f"service-{service}.key"
            raise KeyFileError(f"{key}: expired, renew it", "key-expired", key=key)
        return signer

    def finish(self) -> None:
        """Complete whatever a run before this one had recorded."""
        for pending in self._state.pending():
            if is_file_statement(pending.text):
                self.complete_file(pending)
                continue
            statement = parse_statement(pending.text)
            named = self._chain[statement.trust - 1]  # whose key began it
            signer = self.signer(pending.service, named, statement.time)
            self.complete(pending, signer)

    def complete(self, pending: Pending, signer: Signer) -> None:
        """Bring one recorded statement from step 3 to step 7."""
        statement = parse_statement(pending.text)
        entry = sign_statement(statement, signer)
        size = self._append(pending, entry)  # 3 and 4
        checkpoint = self._sign_checkpoint(size)  # 5
        path = log.inclusion_proof(self._archive.read_tile, pending.leaf, size)
        proof = log.write_proof(pending.leaf, path, checkpoint)
        latest = self._archive.root / pending.service / "latest"
        self._archive.write(latest, write_latest(entry, proof))
        self._reached("latest written")
        self._archive.settle()  # 6
        self._reached("latest settled")
        self._state.record_printed(pending, statement.number, entry)  # 7
        self._reached("done")

    def file(
        self,
        said: FileStatement,
        place: Callable[[], None],
        trust: Trust,
    ) -> None:
        """Record what is to be said of a file, and say it: steps 2 to 4.

        Args:
            said: its trust version is that of the note in force now, or is made so.
            place: puts in its place what goes with the file, before it is signed.
            trust: the note in force.

        Raises:
            FormatError: other bytes were filed under its name.
        """
        said = replace(said, trust=trust.version)
        before = self._state.filed(said.name)
        if before is None:
            place()
            pending = Pending(self.size(), said.service, said.text())
            self._state.record_pending([pending])
            self._reached("file recorded")
            self.complete_file(pending)
            return
        known = parse_file_statement(before.text)
        if replace(said, trust=known.trust) != known:
            (filing.draft_folder(self._archive) / said.name).unlink()
            why = "filed before by another version of the press or of a library of it"
            raise FormatError(f"{said.name}: {why}; the next edition has a new name")
        place()
        filing.place(self._archive, self._notes(), known, before.entry, before.leaf)

    def complete_file(self, pending: Pending) -> None:
        """Bring the recorded statement of a file from step 3 to its place."""
        said = parse_file_statement(pending.text)
        allowed = self._chain[said.trust - 1].services[said.service]
        signer = keys.find_signer(self._keys, f"service-{said.service}", allowed.key)
        entry = sign_file_statement(said, signer)
        self._sign_checkpoint(self._append(pending, entry))
        filing.place(self._archive, self._notes(), said, entry, pending.leaf)
        self._reached("file in place")
        self._state.record_filed(pending, said.name, entry)
        self._reached("filed")

    def _notes(self) -> list[bytes]:
        """Read the trust notes of the archive, the first one first."""
        folder = self._archive.root / "trust"
        return [(folder / f"{t.version}.note").read_bytes() for t in self._chain]

    def size(self) -> int:
        """Tell the log's size, once its tiles are the ones recorded.

        Raises:
            ArchiveError: the log holds more or others than the press remembers.
        """
        size, root = self._state.log_size() or (0, self._root(0))
        shown = self._checkpoint_size()
        if shown > size or self._root(size) != root:
            reason = (
                f"{self._archive.root / 'log'}: holds {shown} leaves, but the press"
                f" remembers {size}; signing on would fork the log. Restore"
                f" {self._archive.private} as it was, or `tamizdat log recover`"
            )
            raise ArchiveError(reason, "fork", shown=shown, kept=size)
        return size

    def _append(self, pending: Pending, entry: bytes) -> int:
        size = self.size()
        self._refuse_revoked(pending)
        if size == pending.leaf:
            tiles = log.append(self._archive.read_tile, size, [entry])
            for tile, content in list(tiles):
                self._archive.write_tile(tile, content)
            self._reached("tiles written")
            self._archive.settle()
            self._reached("tiles settled")
            size += 1
            self._state.record_log(size, self._root(size))
            self._reached("log recorded")
        return size

    def _refuse_revoked(self, pending: Pending) -> None:
        """Refuse a leaf readers would: it names a note no longer in force there."""
        named = _trust_named(pending.text)
        for trust in self._chain[named:]:
            if trust.since <= pending.leaf:
                raise ArchiveError(
                    f"{pending.service}: statement of leaf {pending.leaf} names trust"
                    f" note {named}, but note {trust.version} is in force from leaf"
                    f" {trust.since}"
                )

    def _sign_checkpoint(self, size: int) -> bytes:
        signer = keys.find_signer(self._keys, "log", self._chain[-1].log)
        checkpoint = Checkpoint(signer.name, size, self._root(size))
        note = sign_note(checkpoint.text(), [signer])
        self._archive.write(self._archive.root / "log" / "checkpoint", note)
        self._archive.settle()
        self._reached("checkpoint in place")
        return note

    def _checkpoint_size(self) -> int:
        path = self._archive.root / "log" / "checkpoint"
        if not path.exists():
            return 0
        return log.parse_checkpoint(parse_note(path.read_bytes())).size

    def _root(self, size: int) -> bytes:
        return log.range_hash(self._archive.read_tile, size, 0, size)


def _trust_named(text: bytes) -> int:
    if is_file_statement(text):
        return parse_file_statement(text).trust
    return parse_statement(text).trust


def statement_of(entry: bytes) -> Statement:
    """Read the statement in a log entry of our own."""
    return read_statement(parse_note(entry))
