"""Hold the trust notes of a press that stays, and put them into its archive.

A note that is finished while the press runs is taken in with its next look at its key
folder, by everybody who holds the chain: it is one list, and it only grows.

A note that gives the log up comes into the archive after every `latest` was proved in
the old log's last head, which readers go on believing; so at no instant is there an
edition that the notes beside it refuse.

Source: spec/trust-note.md; spec/mirror-layout.md, "Order of writing".
"""

from pathlib import Path

from tamizdat.edition import log
from tamizdat.edition.errors import EditionError
from tamizdat.edition.note import parse_note
from tamizdat.edition.statement import parse_latest, write_latest
from tamizdat.edition.trust import Trust, verify_chain, verify_next
from tamizdat.edition.verify import verify_latest
from tamizdat.press import keys
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError

ENDED = "given-up"  # in the press's folder: each `latest` in the old log's last head


class Notes:
    """The chain of one press.

    Attributes:
        chain: verified, the newest note last; grows in place.
    """

    def __init__(self, archive: Archive, key_folder: Path) -> None:
        self._archive = archive
        self._keys = key_folder
        self._notes = keys.load_chain(key_folder)
        self.chain: list[Trust] = verify_chain(self._notes)
        self._sound: set[str] = set()  # services whose `latest` the newest note allows

    @property
    def content(self) -> list[bytes]:
        """Give the notes as they are written, the first one first."""
        return list(self._notes)

    def read(self) -> None:
        """Take in the notes that came since.

        Raises:
            KeyFileError: one does not follow.
        """
        for note in keys.newer_notes(self._keys, self.chain):
            self.chain.append(verify_next(self.chain, note))
            self._notes.append(note)
            self._sound.clear()

    def outdate(self, service: str) -> bool:
        """Tell whether the newest notes ask for a new edition of a service.

        They do if readers refuse the one that stands, if its log was given up, or if a
        note has come that binds at once: that one must reach mirrors with an edition.
        """
        if service in self._sound or service not in self.chain[-1].services:
            return False
        path = self._archive.root / service / "latest"
        try:
            edition = verify_latest(path.read_bytes(), self.chain, service)
        except FileNotFoundError:
            return False
        except EditionError:
            return True
        newer = self.chain[edition.statement.trust :]
        at_once = any(trust.since <= trust.seen[0] for trust in newer)
        if at_once or edition.checkpoint.origin != self.chain[-1].log.name:
            return True
        self._sound.add(service)
        return False

    def place(self) -> None:
        """Put the notes into the archive that it lacks, durable after `settle`.

        Raises:
            ArchiveError: it has another note of a version.
        """
        for trust, note in zip(self.chain, self._notes, strict=True):
            path = self._archive.root / "trust" / f"{trust.version}.note"
            if path.exists():
                if path.read_bytes() != note:
                    raise ArchiveError(f"{path}: another trust note of this version")
                continue
            if trust.version > 1 and trust.log != self.chain[trust.version - 2].log:
                self._prove_at_the_end(trust)
            self._archive.write(path, note)

    def _prove_at_the_end(self, trust: Trust) -> None:
        """Prove each `latest` in the old log's last head, where that is at hand."""
        given_up = trust.oldlogs[-1]
        path = self._archive.root / "log" / "checkpoint"
        checkpoint = path.read_bytes() if path.exists() else b""
        if not checkpoint or (
            log.parse_checkpoint(parse_note(checkpoint)).size != given_up.size
        ):
            return  # the log grew since: the editions beyond it are printed anew
        for service in self.chain[trust.version - 2].services:
            latest = self._archive.root / service / "latest"
            if latest.exists():
                ended = self._proved(latest.read_bytes(), checkpoint, given_up.size)
                self._archive.write(self._archive.private / ENDED / service, ended)
                self._archive.write(latest, ended)
        self._archive.settle()

    def _proved(self, latest: bytes, checkpoint: bytes, size: int) -> bytes:
        held = parse_latest(latest)
        index = held.proof.index
        path = log.inclusion_proof(self._archive.read_tile, index, size)
        return write_latest(held.entry, log.write_proof(index, path, checkpoint))
