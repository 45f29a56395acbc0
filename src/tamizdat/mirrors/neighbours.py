"""Find the editions next to one, so that a slow mirror is not taken for a hostile one.

Source: spec/mirror-layout.md, "Verification", step 5.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from tamizdat.edition import log, tree
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import Tile
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.statement import LATEST_BYTES, parse_latest
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import VerifiedEdition, verify_statement
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.transports import Source

BESIDE = "latest.beside"  # the edition next to `latest`, where the log is behind
BUNDLE_BYTES = log.TILE_WIDTH * (2 + LATEST_BYTES)  # entries are notes of that size


class Neighbours:
    """The editions before and after one, in the mirror's own log or beside `latest`."""

    def __init__(
        self, source: Source, edition: VerifiedEdition, chain: Sequence[Trust]
    ) -> None:
        self._source = source
        self._edition = edition
        self._chain = chain
        self._roots: list[Target] | None = None

    def digests(self, path: str) -> set[str]:
        """Name the hashes a page has in the editions next to this one."""
        if self._roots is None:
            self._roots = list(self._neighbour_roots())
        found = set()
        for root in self._roots:
            try:
                target = tree.find(root, path, self._fetch)
            except (EditionError, MirrorError):
                continue  # a neighbour that cannot be read excuses nothing
            if target:
                found.add(target.digest)
        return found

    def _fetch(self, target: Target, path: str) -> bytes:
        stored = f"o/{target.digest[:2]}/{target.digest}"
        content = self._source.read(stored, tree.limit_of(target))
        return tree.check_object(content, target, path)

    def _neighbour_roots(self) -> Iterator[Target]:
        mine = self._edition.statement
        for entry in chain(self._beside(), self._entries()):
            try:
                other = verify_statement(parse_note(entry), self._chain, mine.service)
            except EditionError:
                continue  # another service's, a file's, or one nobody may say
            if abs(other.number - mine.number) == 1:
                yield tree.root_of(other.tree)

    def _beside(self) -> Iterator[bytes]:
        path = f"{self._edition.statement.service}/{BESIDE}"
        try:
            yield parse_latest(self._source.read(path, LATEST_BYTES)).entry
        except (EditionError, MirrorError):
            return

    def _entries(self) -> Iterator[bytes]:
        try:
            note = parse_note(self._source.read("log/checkpoint", NOTE_BYTES))
            size = log.parse_checkpoint(note).size
            for index in range(-(-size // log.TILE_WIDTH)):
                yield from log.read_bundle(self._bundle(log.tile_at(-1, index, size)))
        except (EditionError, MirrorError):
            return

    def _bundle(self, tile: Tile) -> bytes:
        return self._source.read(f"log/{tile.path}", BUNDLE_BYTES)
