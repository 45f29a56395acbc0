"""Build and sign one edition of one service, in an order that survives a crash.

The steps are those of spec/mirror-layout.md, "Order of writing"; each leaves the last
edition whole:

    1 objects and pages written and settled
    2 the statement recorded with its number        (from here on it is only finished)
    3 signed, entry and tiles written and settled
    4 log size and root recorded
    5 checkpoint signed and put in place
    6 `latest` put in place
    7 recorded as printed

Killed after 2, the next run finishes the same statement from the memory of step 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import tamizdat
from tamizdat.edition import log, releases, tree
from tamizdat.edition.log import Checkpoint
from tamizdat.edition.note import Signer, parse_note, sign_note
from tamizdat.edition.statement import (
    Statement,
    parse_statement,
    read_statement,
    sign_statement,
    write_latest,
)
from tamizdat.edition.stories import Service
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.press import build, keys
from tamizdat.press.archive import Archive
from tamizdat.press.content import Content
from tamizdat.press.errors import ArchiveError, KeyFileError, PressError
from tamizdat.press.state import Pending, Printed, State


@dataclass(frozen=True)
class Edition:
    """One published edition.

    Attributes:
        tree: SHA-256 of the root directory object, hex.
        leaf: index in the log.
        changed: False when nothing had changed and no edition was made.
    """

    service: str
    number: int
    time: datetime
    tree: str
    leaf: int
    changed: bool


class Press:
    """An archive, the keys that sign for it and the memory of what was signed."""

    def __init__(self, archive: Archive, key_folder: Path) -> None:
        self.archive = archive
        self._keys = key_folder
        self._notes = keys.load_chain(key_folder)
        self.chain: list[Trust] = verify_chain(self._notes)
        archive.private.mkdir(parents=True, exist_ok=True)
        self.state = State(archive.private / "press.sqlite3")

    def publish(
        self,
        service: Service,
        content: Content,
        pictures: build.PictureReader,
        now: datetime,
    ) -> Edition:
        """Publish a service's content as its next edition, if anything changed.

        Args:
            service: one of the content's services.
            content: the frozen input.
            pictures: gives the bytes of a rendition by its SHA-256.
            now: UTC, whole seconds; the age of the edition.

        Raises:
            PressError: a key is missing, the clock is behind, the archive is damaged.
            EditionError: the content cannot be printed.
        """
        signer = self._signer(service.id, self.chain[-1], now)
        with self.archive.locked():
            self._finish_pending()
            files = build.render(service, content, pictures, self.archive)
            lines, heads = self._release_lines(service, content)
            printed = self.state.printed(service.id)
            if printed and printed.digest == files.digest and not lines:
                return _edition(printed, changed=False)
            statement, root = self._compose(service, files, lines, now, printed)
            pending = Pending(service.id, statement.text(), self._size(), files.digest)
            self._place_pages(service.id, printed, root)
            self.archive.settle()  # 1
            self.state.record_pending(pending, heads)  # 2
            return self._complete(pending, signer)

    def _compose(
        self,
        service: Service,
        files: build.Files,
        lines: list[str],
        now: datetime,
        printed: Printed | None,
    ) -> tuple[Statement, Target]:
        number = printed.number + 1 if printed else 1
        facts = build.Facts(
            self.chain[0].organisation, number, now, self.chain[0].digest
        )
        root = build.finish(files, service, lines, facts, self.archive)
        previous = log.leaf_hash(printed.entry).hex() if printed else None
        if printed and _statement(printed.entry).time >= now:
            raise PressError(f"the clock is not later than edition {number - 1}")
        statement = Statement(
            organisation=facts.organisation,
            service=service.id,
            number=number,
            time=now,
            tree=root.digest,
            previous=previous,
            trust=self.chain[-1].version,
            press=tamizdat.VERSION,
        )
        return statement, root

    def _complete(self, pending: Pending, signer: Signer) -> Edition:
        statement = parse_statement(pending.text)
        entry = sign_statement(statement, signer)
        size = self._append(pending, entry)  # 3 and 4
        checkpoint = self._sign_checkpoint(size)  # 5
        path = log.inclusion_proof(self.archive.read_tile, pending.leaf, size)
        proof = log.write_proof(pending.leaf, path, checkpoint)
        latest = self.archive.root / pending.service / "latest"
        self.archive.write(latest, write_latest(entry, proof))
        self.archive.settle()  # 6
        self.state.record_printed(pending, statement.number, entry)  # 7
        printed = self.state.printed(pending.service)
        if printed is None:
            raise ArchiveError(f"{pending.service}: the memory of the press is gone")
        return _edition(printed, changed=True)

    def _append(self, pending: Pending, entry: bytes) -> int:
        size = self._size()
        if size == pending.leaf:
            tiles = log.append(self.archive.read_tile, size, [entry])
            for tile, content in list(tiles):
                self.archive.write_tile(tile, content)
            self.archive.settle()
            size += 1
            self.state.record_log(size, self._root(size))
        return size

    def _sign_checkpoint(self, size: int) -> bytes:
        signer = keys.load_signer(self._keys, "log")
        checkpoint = Checkpoint(self.chain[-1].log.name, size, self._root(size))
        if signer.verifier != self.chain[-1].log:
            raise KeyFileError(
                f"{self._keys / 'log.key'}: not the log of the trust note"
            )
        note = sign_note(checkpoint.text(), [signer])
        self.archive.write(self.archive.root / "log" / "checkpoint", note)
        self.archive.settle()
        return note

    def _finish_pending(self) -> None:
        self._place_trust()
        if pending := self.state.pending():
            statement = parse_statement(pending.text)
            named = self.chain[statement.trust - 1]  # whose key began it
            signer = self._signer(pending.service, named, statement.time)
            self._complete(pending, signer)

    def _place_trust(self) -> None:
        for version, note in enumerate(self._notes, 1):
            path = self.archive.root / "trust" / f"{version}.note"
            if not path.exists():
                self.archive.write(path, note)
            elif path.read_bytes() != note:
                raise ArchiveError(f"{path}: another trust note of this version")

    def _place_pages(self, service: str, printed: Printed | None, root: Target) -> None:
        old = tree.root_of(_statement(printed.entry).tree) if printed else None
        for path, _before, after in tree.changes(
            old, tree.root_of(root.digest), self.archive.object
        ):
            if after is None:
                self.archive.remove(f"{service}/{path}")
            else:
                self.archive.place(f"{service}/{path}", after)
            if path == build.ROOT_PAGE and after is not None:
                self.archive.place("index.html", after)

    def _release_lines(
        self, service: Service, content: Content
    ) -> tuple[list[str], Mapping[str, releases.Head]]:
        stories = content.stories[service.id]
        known = self.state.heads(service.id, (story.id for story in stories))
        lines, heads = [], {}
        for story in stories:
            new = releases.new_lines(story, known.get(story.id))
            if new:
                number = story.release.number
                heads[story.id] = releases.Head(number, releases.line_hash(new[-1]))
            lines.extend(new)
        return lines, heads

    def _signer(self, service: str, trust: Trust, now: datetime) -> Signer:
        allowed = trust.services.get(service)
        if allowed is None:
            raise KeyFileError(f"trust note {trust.version} names no {service!r}")
        signer = keys.load_signer(self._keys, f"service-{service}")
        if signer.verifier != allowed.key:
            raise KeyFileError(f"service-{service}.key: not the key of the trust note")
        if now >= allowed.until:
            raise KeyFileError(f"service-{service}.key: expired, renew it")
        return signer

    def _size(self) -> int:
        """Tell the log's size, once its tiles are the ones recorded."""
        size, root = self.state.log_size() or (0, self._root(0))
        shown = self._checkpoint_size()
        if shown > size or self._root(size) != root:
            raise ArchiveError(
                f"{self.archive.root / 'log'}: holds {shown} leaves, but the press"
                f" remembers {size}; signing on would fork the log. Restore"
                f" {self.archive.private} as it was"
            )
        return size

    def _checkpoint_size(self) -> int:
        path = self.archive.root / "log" / "checkpoint"
        if not path.exists():
            return 0
        return log.parse_checkpoint(parse_note(path.read_bytes())).size

    def _root(self, size: int) -> bytes:
        return log.range_hash(self.archive.read_tile, size, 0, size)


def _statement(entry: bytes) -> Statement:
    return read_statement(parse_note(entry))


def _edition(printed: Printed, *, changed: bool) -> Edition:
    statement = _statement(printed.entry)
    return Edition(
        service=statement.service,
        number=statement.number,
        time=statement.time,
        tree=statement.tree,
        leaf=printed.leaf,
        changed=changed,
    )
