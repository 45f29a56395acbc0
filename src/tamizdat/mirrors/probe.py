"""Read a mirror as a stranger would and say what it holds, exactly.

Decides nothing about trust: bytes are judged by `edition.verify`. Walks `latest` and
`o/`, then compares the pages people see with the objects they are copies of. The log
is for `logbook`.

Source: spec/mirror-layout.md, "Verification".
"""

import hashlib
from collections.abc import Iterator, Sequence

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError, StatementError, TreeError, TrustError
from tamizdat.edition.note import NOTE_BYTES
from tamizdat.edition.pages.constant import ROOT_PAGE
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.statement import LATEST_BYTES
from tamizdat.edition.tree import PAGE_BYTES, Target
from tamizdat.edition.trust import MAX_NOTES, Trust, verify_next
from tamizdat.edition.verify import VerifiedEdition, verify_latest
from tamizdat.mirrors import logbook
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.findings import Problem, Report, refused
from tamizdat.mirrors.logbook import LogReport
from tamizdat.mirrors.neighbours import Neighbours
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.transports import Source

FILES = 2_000_000  # objects and pages of one service; a hostile tree ends there


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
        TrustError: the chain does not hold, or is not the one pinned; names the note.
    """
    notes = read_chain(source)
    found = hashlib.sha256(notes[0]).hexdigest()
    if fingerprint is not None and found != fingerprint:
        raise TrustError(
            f"trust/1.note: expected the fingerprint {fingerprint}, found {found}"
        )
    chain: list[Trust] = []
    for version, note in enumerate(notes, 1):
        try:
            chain.append(verify_next(chain, note))
        except EditionError as error:
            found = hashlib.sha256(note).hexdigest()
            named = f"trust/{version}.note: found sha256 {found}"
            raise TrustError(f"{named}: {error}") from error
    return chain


def check_mirror(
    source: Source, chain: Sequence[Trust], services: Sequence[str]
) -> tuple[list[Report], LogReport]:
    """Check services of a mirror, every byte, and the log and trust folder once.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        services: ids.
    """
    reports = [check_service(source, chain, service) for service in services]
    book = logbook.check(source, chain, reports)
    _name_root_once(reports)
    return reports, book


def _name_root_once(reports: Sequence[Report]) -> None:
    """Leave the root page to the first service that found it wrong."""
    named = [r for r in reports if any(p.path == "index.html" for p in r.problems)]
    for report in named[1:]:
        report.drop("index.html")


def check_service(
    source: Source,
    chain: Sequence[Trust],
    service: str,
    since: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check one service of a mirror, every byte or what changed since a known tree.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        service: id of the language service.
        since: tree (hex) this mirror was verified to hold before; only what differs
            from it is read.
        progress: of a reading of every byte that ended early; this one goes on from
            there, and leaves it behind if it ends early too.
    """
    report = Report(service)
    progress = progress or Progress()
    edition = _edition(source, chain, report)
    if edition is not None:
        _name(report, edition)
        report.asked = parse_policy(chain[-1].policy).asks
        mirror = _Mirror(source, report, progress)
        _check_files(mirror, edition, chain, since)
    report.seconds = progress.seconds
    return report


def _name(report: Report, edition: VerifiedEdition) -> None:
    report.number = edition.statement.number
    report.time = edition.statement.time
    report.tree = edition.statement.tree
    report.index, report.leaf = edition.index, edition.leaf
    report.witnesses = tuple(sorted(edition.witnesses))
    report.witnessed = edition.witnessed


def _edition(
    source: Source, chain: Sequence[Trust], report: Report
) -> VerifiedEdition | None:
    path = f"{report.service}/latest"
    try:
        latest = source.read(path, LATEST_BYTES)
    except MirrorError as error:
        report.add(refused(path, error))
        return None
    try:
        edition = verify_latest(latest, chain, report.service)
        report.latest = latest
        return edition  # noqa: TRY300 - what verified is kept
    except EditionError as error:
        found = hashlib.sha256(latest).hexdigest()
        report.add(Problem("refused", path, "signed bytes", f"sha256 {found}: {error}"))
        return None


def _check_files(
    mirror: "_Mirror",
    edition: VerifiedEdition,
    chain: Sequence[Trust],
    since: str | None,
) -> None:
    service, root = edition.statement.service, tree.root_of(edition.statement.tree)
    neighbours = Neighbours(mirror.source, edition, chain)
    try:
        for path, target in _targets(root, since, mirror):
            mirror.check(f"o/{target.digest[:2]}/{target.digest}", target, path)
            mirror.check_page(f"{service}/{path}", path, target, neighbours)
            if path == ROOT_PAGE and not _is_any_root(mirror, chain):
                mirror.check_page("index.html", path, target, neighbours)
            if mirror.report.files > FILES:
                raise TreeError(f"{service}: more than {FILES} files")
    except (EditionError, MirrorError) as error:
        mirror.report.add(refused(mirror.at, error))  # what is below it is unknown


def _is_any_root(mirror: "_Mirror", chain: Sequence[Trust]) -> bool:
    """Tell whether the mirror's own first page is some service's signed copy.

    Services are delivered one after another, and the last one's copy stands there.
    """
    mirror.at = "index.html"
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
        yield from _unread(root, mirror, "")
        return
    old = tree.root_of(since)
    for path, _before, after in tree.changes(old, root, mirror.directory):
        if after is not None:
            yield path, after


def _unread(
    directory: Target, mirror: "_Mirror", path: str
) -> Iterator[tuple[str, Target]]:
    """List the files of a tree, but for directories that were read whole before."""
    if mirror.progress.has(path, directory):
        return
    before = mirror.report.count
    entries = tree.entries_of(directory, mirror.directory, path)
    for entry in sorted(entries, key=lambda entry: entry.name):
        inner = f"{path}/{entry.name}".lstrip("/")
        if entry.kind == "f":
            yield inner, entry.target
        elif inner.count("/") >= tree.DEPTH:
            raise TreeError(f"{inner}: deeper than {tree.DEPTH} directories")
        else:
            yield from _unread(entry.target, mirror, inner)
    if mirror.report.count == before:
        mirror.progress.add(path, directory)


class _Mirror:
    """One mirror being read, and the report that grows.

    Attributes:
        at: what is being read, for a problem that ends the walk.
    """

    def __init__(self, source: Source, report: Report, progress: Progress) -> None:
        self.source = source
        self.report = report
        self.progress = progress
        self.at = report.service
        self._opened = 0

    def directory(self, target: Target, path: str) -> bytes:
        self._opened += 1
        if self._opened > FILES:
            raise TreeError(f"{path}: more than {FILES} directories")
        stored = f"o/{target.digest[:2]}/{target.digest}"
        self.at = f"{stored} ({path})"
        content = self.source.read(stored, tree.limit_of(target))
        return tree.check_object(content, target, self.at)

    def check(self, stored: str, target: Target, path: str) -> None:
        self.at = f"{stored} ({path})"
        try:
            content = self.source.read(stored, target.size)
            tree.check_object(content, target, self.at)
        except (EditionError, MissingError) as error:
            self.report.add(refused(self.at, error))
        self._count(target)

    def check_page(
        self, place: str, path: str, target: Target, neighbours: Neighbours
    ) -> None:
        self._count(target)
        self.at = place
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
