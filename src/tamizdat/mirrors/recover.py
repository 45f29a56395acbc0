"""Rebuild an archive and the memory of its press from whatever verifies.

Decides which of several logs is the newest, and that the others are its beginnings: a
log that is not stops everything, and becomes evidence. Nothing is signed here. What the
memory knew of stories comes back with the next run, which prints all of them again.

Order of writing: objects, log, `latest` and pages, each settled; then the new memory at
its name. Killed before, it can be begun again.

Source: spec/mirror-layout.md; spec/log.md; docs/howto/restore-a-backup.md.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tamizdat.edition import log, releases, tree, withdrawals
from tamizdat.edition.errors import EditionError
from tamizdat.edition.log import Tile
from tamizdat.edition.note import parse_note
from tamizdat.edition.pages.constant import ROOT_PAGE
from tamizdat.edition.releases import Head
from tamizdat.edition.statement import Statement, read_statement
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust, verify_chain
from tamizdat.edition.verify import verify_statement
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.logbook import rebuild
from tamizdat.mirrors.longest import Found, extended, logs_of, proved, refuse_forks
from tamizdat.mirrors.shown import Shown
from tamizdat.mirrors.transports import Source
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.press import purge, recovered
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError
from tamizdat.press.state import Pending, State

BEFORE = "before-recovery"  # ending of a memory that was put aside


@dataclass(frozen=True)
class Edition:
    """One edition in the log: its statement, entry and leaf."""

    statement: Statement
    entry: bytes
    leaf: int


@dataclass(frozen=True)
class Recovery:
    """What a recovery did.

    Attributes:
        leaves: of the log.
        newest: number of the newest edition of each service.
        stories: articles whose release lines were found.
        skipped: sources that could not be used, each with the reason.
        fetched: objects that the archive lacked.
    """

    leaves: int
    newest: dict[str, int]
    stories: int
    skipped: dict[str, str]
    fetched: int


def recover(
    archive: Archive,
    notes: Sequence[bytes],
    sources: dict[str, Source],
    announce: Callable[[str], None] = lambda _words: None,
    *,
    accept_loss: bool = False,
) -> Recovery:
    """Rebuild an archive and its memory.

    Args:
        archive: may be empty, old, or without its memory; nobody else writes it.
        notes: the trust notes beside the keys, verified.
        sources: mirrors by what the operator calls them; the archive is one anyway.
        announce: told what goes on.
        accept_loss: whether leaves that only the old memory knows are given up.

    Raises:
        MirrorError: no log verifies, or the sources hold two histories.
        ArchiveError: the memory knows more than any source.
    """
    archive.private.mkdir(parents=True, exist_ok=True)
    chain = verify_chain(notes)
    everywhere = {"the archive": DirectoryTransport(archive.root), **sources}
    logs, skipped = logs_of(everywhere, chain)
    newest = max(logs, key=lambda found: found.head.size)
    refuse_forks(logs, newest, everywhere, notes, archive)
    newest = extended(newest, everywhere, chain)
    if not accept_loss:
        _refuse_longer_memory(archive, newest)
    editions = _editions(newest, chain)
    fetch = _Fetching(archive, list(everywhere.values()))
    announce(f"log of {newest.head.size} leaves from {newest.where}")
    heads = {name: _heads(some, fetch) for name, some in editions.items()}
    for name, some in editions.items():
        announce(f"{name}: edition {some[-1].statement.number}")
        for edition in reversed(some):
            root = tree.root_of(edition.statement.tree)
            fetch.tree(root, "", whole=edition is some[-1])
    archive.settle()
    _write_log(archive, newest)
    for name, some in editions.items():
        _place(archive, newest, name, some[-1])
    archive.settle()
    _write_memory(archive, newest, editions, heads)
    numbers = {name: some[-1].statement.number for name, some in editions.items()}
    stories = sum(len(found) for found in heads.values())
    return Recovery(newest.head.size, numbers, stories, skipped, fetch.count)


def _refuse_longer_memory(archive: Archive, newest: Found) -> None:
    """Refuse to forget leaves that the press signed and no source shows."""
    if not archive.memory.exists():
        return
    try:
        state = State(archive.memory)
    except ArchiveError:
        return  # another version's, or damaged: it knows nothing
    try:
        size, _root = state.log_size() or (0, b"")
        pending = state.pending()
    finally:
        state.close()
    if size > newest.head.size or pending:
        raise ArchiveError(
            f"{archive.memory}: remembers {size} leaves and {len(pending)} editions"
            f" begun, the newest log has {newest.head.size}: name the archive mirror"
            " too, or let the press finish with this memory"
        )


def _editions(newest: Found, chain: Sequence[Trust]) -> dict[str, list[Edition]]:
    """List the editions of each service, in the order of leaves."""
    found: dict[str, list[Edition]] = {}
    for leaf, entry in enumerate(newest.entries):
        try:
            note = parse_note(entry)
            name = read_statement(note).service
            statement = verify_statement(note, chain, name)
        except EditionError:
            continue  # a file's statement, or one that no key may make
        found.setdefault(name, []).append(Edition(statement, entry, leaf))
    return found


class _Fetching:
    """Objects, from the archive or the first source that has them.

    Attributes:
        count: of those the archive lacked.
    """

    def __init__(self, archive: Archive, sources: Sequence[Source]) -> None:
        self._archive = archive
        self._sources = sources
        self._done: set[str] = set()  # directories
        self.count = 0

    def object(self, target: Target, path: str) -> bytes:
        """Give an object; the archive has it then.

        Raises:
            MissingError: no source has it whole.
        """
        stored = f"o/{target.digest[:2]}/{target.digest}"
        for source in self._sources:
            try:
                content = source.read(stored, tree.limit_of(target))
                tree.check_object(content, target, path)
            except (MirrorError, EditionError):
                continue
            return self._keep(target, content)
        raise MissingError(f"{path}: object {target.digest} is on no source")

    def _keep(self, target: Target, content: bytes) -> bytes:
        path = self._archive.object_path(target.digest)
        if not path.exists():
            self._archive.write(path, content)
            self.count += 1
        return content

    def tree(self, directory: Target, path: str, *, whole: bool) -> None:
        """Bring a tree into the archive.

        Args:
            directory: its root, or one below.
            path: where that is.
            whole: whether an object that no source has ends it; of an older edition
                some may have been withdrawn.
        """
        if directory.digest in self._done:
            return
        for entry in tree.entries_of(directory, self.object, path):
            inner = f"{path}/{entry.name}".lstrip("/")
            try:
                if entry.kind == "d":
                    self.tree(entry.target, inner, whole=whole)
                else:
                    self.object(entry.target, inner)
            except MissingError:
                if whole:
                    raise
        self._done.add(directory.digest)


def _heads(editions: Sequence[Edition], fetch: _Fetching) -> dict[str, Head]:
    """Follow the release lines of every article through all editions."""
    heads: dict[str, Head] = {}
    for edition in editions:
        where = f"{edition.statement.service} edition {edition.statement.number}"
        for part in _numbered(edition, "releases", fetch):
            heads.update(releases.read_part(part, f"releases of {where}"))
    return heads


def _numbered(edition: Edition, folder: str, fetch: _Fetching) -> Iterator[bytes]:
    root, number = tree.root_of(edition.statement.tree), 1
    while target := tree.find(root, f"{folder}/{number}", fetch.object):
        yield fetch.object(target, f"{folder}/{number}")
        number += 1


def _write_log(archive: Archive, newest: Found) -> None:
    """Write every tile and bundle of the log, then its checkpoint."""
    tiles = rebuild([log.leaf_hash(entry) for entry in newest.entries])
    for tile, content in {**tiles, **_bundles(newest.entries)}.items():
        archive.write_tile(tile, content)
    archive.settle()
    archive.write(archive.root / "log" / "checkpoint", newest.checkpoint)


def _bundles(entries: Sequence[bytes]) -> dict[Tile, bytes]:
    found = {}
    for first in range(0, len(entries), log.TILE_WIDTH):
        some = entries[first : first + log.TILE_WIDTH]
        content = b"".join(len(e).to_bytes(2, "big") + e for e in some)
        found[Tile(-1, first // log.TILE_WIDTH, len(some))] = content
    return found


def _place(archive: Archive, newest: Found, service: str, edition: Edition) -> None:
    """Place the pages of the newest edition and its `latest`."""
    root = tree.root_of(edition.statement.tree)
    for path, target in tree.walk(root, archive.object):
        archive.place(f"{service}/{path}", target)
        if path == ROOT_PAGE:
            archive.place("index.html", target)
    latest = proved(newest, edition.leaf)
    archive.write(archive.root / service / "latest", latest)


def _write_memory(
    archive: Archive,
    newest: Found,
    editions: dict[str, list[Edition]],
    heads: dict[str, dict[str, Head]],
) -> None:
    """Write a new memory and put it in the place of the old one."""
    part = archive.memory.with_name("recovering.sqlite3")
    for path in _files(part):
        path.unlink(missing_ok=True)
    fetch = _Fetching(archive, [DirectoryTransport(archive.root)])
    state = State(part)
    try:
        with state.transaction():
            for name, some in editions.items():
                recovered.keep(state.database, name, heads[name])
                digests = [
                    digest
                    for content in _numbered(some[-1], "withdrawn", fetch)
                    for digest in withdrawals.read_part(content, "withdrawn")
                ]
                purge.keep_listed(state.database, name, digests)
                shown = Shown(fetch.object)
                for edition in some:
                    shown.look(tree.root_of(edition.statement.tree))
                purge.keep_shown(state.database, name, shown.rows())
        state.record_log(newest.head.size, newest.head.root)
        for name, some in editions.items():
            last = some[-1]
            pending = Pending(last.leaf, name, b"")
            state.record_printed(pending, last.statement.number, last.entry)
        state.empty_writes()
    finally:
        state.close()
    for path, place in zip(_files(archive.memory), _files(part), strict=True):
        if path.exists():
            path.replace(path.with_name(f"{path.name}.{BEFORE}"))
        if place.exists():
            place.replace(path)


def _files(memory: Path) -> list[Path]:
    """List the files of a memory: itself last, so that it comes with all of them."""
    return [Path(f"{memory}{ending}") for ending in ("-wal", "-shm", "")]
