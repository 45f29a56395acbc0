"""Read a mirror as a stranger would and say what it holds, exactly.

Decides nothing about trust: bytes are judged by `edition.verify`. Walks `latest` and
`o/`, then compares the pages people see with the objects they are copies of.

Source: spec/mirror-layout.md, "Verification".
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tamizdat.edition import log, tree
from tamizdat.edition.errors import EditionError, ObjectError, StatementError
from tamizdat.edition.log import Tile
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.statement import LATEST_BYTES
from tamizdat.edition.tree import PAGE_BYTES, Target
from tamizdat.edition.trust import MAX_NOTES, Trust, verify_chain
from tamizdat.edition.verify import VerifiedEdition, verify_latest, verify_statement
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.transports import Source
from tamizdat.press.build import ROOT_PAGE

PROBLEMS = 100  # listed for one service; the rest is counted
_BUNDLE_BYTES = log.TILE_WIDTH * (2 + LATEST_BYTES)  # entries are notes of that size


@dataclass(frozen=True)
class Problem:
    """One thing that is not as signed.

    Attributes:
        kind: forged, missing, unfinished, refused or unreachable.
        path: below the mirror's root.
        expected: SHA-256 in hex, or words.
        found: SHA-256 in hex, or words.
    """

    kind: str
    path: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.path}: {self.kind}: expected {self.expected}, found {self.found}"


@dataclass
class Report:
    """What a mirror holds of one service.

    Attributes:
        number: of the edition its `latest` names, None if that does not verify.
        files: files checked; `size`: their bytes, identity.
        count: of all problems; `problems` has the first hundred.
    """

    service: str
    number: int | None = None
    time: datetime | None = None
    tree: str | None = None
    files: int = 0
    size: int = 0
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Tell whether every byte looked at is the signed one."""
        return self.number is not None and not self.count

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.problems) < PROBLEMS:
            self.problems.append(problem)


def read_chain(source: Source) -> list[bytes]:
    """Read the trust notes of a mirror, the first one first.

    Raises:
        MissingError: there is no first note.
        RoadError: the mirror does not answer.
    """
    notes = [source.read("trust/1.note", NOTE_BYTES)]
    while len(notes) < MAX_NOTES:
        try:
            notes.append(source.read(f"trust/{len(notes) + 1}.note", NOTE_BYTES))
        except MissingError:
            break
    return notes


def trust_of(source: Source, fingerprint: str | None = None) -> list[Trust]:
    """Verify the trust chain of a mirror.

    Raises:
        MirrorError: the mirror cannot be read.
        EditionError: the chain does not hold, or is not the one pinned.
    """
    return verify_chain(read_chain(source), fingerprint)


def check_service(
    source: Source,
    chain: Sequence[Trust],
    service: str,
    since: str | None = None,
) -> Report:
    """Check one service of a mirror, every byte or what changed since a known tree.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        service: id of the language service.
        since: tree (hex) this mirror was verified to hold before; only what differs
            from it is read.
    """
    report = Report(service)
    try:
        latest = source.read(f"{service}/latest", LATEST_BYTES)
        edition = verify_latest(latest, chain, service)
    except (EditionError, MirrorError) as error:
        report.add(_refused(f"{service}/latest", error))
        return report
    report.number = edition.statement.number
    report.time = edition.statement.time
    report.tree = edition.statement.tree
    _check_files(_Mirror(source, report), edition, chain, since)
    return report


def _check_files(
    mirror: "_Mirror",
    edition: VerifiedEdition,
    chain: Sequence[Trust],
    since: str | None,
) -> None:
    service, root = edition.statement.service, tree.root_of(edition.statement.tree)
    neighbours = _Neighbours(mirror.source, edition, chain)
    try:
        for path, target in _targets(root, since, mirror):
            mirror.check(f"o/{target.digest[:2]}/{target.digest}", target, path)
            mirror.check_page(f"{service}/{path}", path, target, neighbours)
            if path == ROOT_PAGE and not _is_any_root(mirror, chain):
                mirror.check_page("index.html", path, target, neighbours)
    except (EditionError, MirrorError) as error:
        mirror.report.add(_refused(f"{service}", error))


def _is_any_root(mirror: "_Mirror", chain: Sequence[Trust]) -> bool:
    """Tell whether the mirror's own first page is some service's signed copy.

    Services are delivered one after another, and the last one's copy stands there.
    """
    try:
        content = mirror.source.read("index.html", PAGE_BYTES)
        found = tree.target_of(content)
        return any(found == _root_page(mirror, chain, s) for s in chain[-1].services)
    except MissingError:
        return False


def _root_page(
    mirror: "_Mirror", chain: Sequence[Trust], service: str
) -> Target | None:
    try:
        latest = mirror.source.read(f"{service}/latest", LATEST_BYTES)
        root = tree.root_of(verify_latest(latest, chain, service).statement.tree)
        return tree.find(root, ROOT_PAGE, mirror.directory)
    except (EditionError, MirrorError):
        return None  # that service's own report tells


def _targets(
    root: Target, since: str | None, mirror: "_Mirror"
) -> Iterator[tuple[str, Target]]:
    if since is None:
        yield from tree.walk(root, mirror.directory)
        return
    old = tree.root_of(since)
    for path, _before, after in tree.changes(old, root, mirror.directory):
        if after is not None:
            yield path, after


def _refused(path: str, error: Exception) -> Problem:
    if isinstance(error, ObjectError):
        return Problem("forged", error.path, error.expected, error.found)
    if isinstance(error, MissingError):
        return Problem("missing", path, "a file", str(error))
    kind = "unreachable" if isinstance(error, MirrorError) else "refused"
    return Problem(kind, path, "signed bytes", str(error))


class _Mirror:
    """One mirror being read, and the report that grows."""

    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report

    def directory(self, target: Target, path: str) -> bytes:
        stored = f"o/{target.digest[:2]}/{target.digest}"
        content = self.source.read(stored, tree.limit_of(target))
        return tree.check_object(content, target, f"{stored} ({path})")

    def check(self, stored: str, target: Target, path: str) -> None:
        try:
            content = self.source.read(stored, target.size)
            tree.check_object(content, target, f"{stored} ({path})")
        except (EditionError, MissingError) as error:
            self.report.add(_refused(f"{stored} ({path})", error))
        self._count(target)

    def check_page(
        self, place: str, path: str, target: Target, neighbours: "_Neighbours"
    ) -> None:
        self._count(target)
        try:
            content = self.source.read(place, max(target.size, PAGE_BYTES))
        except MissingError:
            found = Problem("unfinished", place, target.digest, "no file")
            self.report.add(found)
            return
        digest = hashlib.sha256(content).hexdigest()
        if digest == target.digest:
            return
        kind = "unfinished" if digest in neighbours.digests(path) else "forged"
        self.report.add(Problem(kind, place, target.digest, digest))

    def _count(self, target: Target) -> None:
        self.report.files += 1
        self.report.size += target.size


class _Neighbours:
    """The editions before and after one, found in the mirror's own log."""

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
        for entry in self._entries():
            try:
                other = verify_statement(parse_note(entry), self._chain, mine.service)
            except EditionError:
                continue  # another service's, a file's, or one nobody may say
            if abs(other.number - mine.number) == 1:
                yield tree.root_of(other.tree)

    def _entries(self) -> Iterator[bytes]:
        try:
            note = parse_note(self._source.read("log/checkpoint", NOTE_BYTES))
            size = log.parse_checkpoint(note).size
            for index in range(-(-size // log.TILE_WIDTH)):
                yield from log.read_bundle(self._bundle(log.tile_at(-1, index, size)))
        except (EditionError, MirrorError):
            return

    def _bundle(self, tile: Tile) -> bytes:
        return self._source.read(f"log/{tile.path}", _BUNDLE_BYTES)


def services_of(chain: Sequence[Trust], only: Sequence[str]) -> list[str]:
    """Choose the services to check: those asked for, or all in the trust note.

    Raises:
        StatementError: one asked for is not in the trust note.
    """
    known = chain[-1].services
    for service in only:
        if service not in known:
            raise StatementError(f"the trust note names no service {service!r}")
    return sorted(only or known)
