"""Check an older edition that a mirror still holds, object by object.

Its statement stands in the log; its friendly copies gave way to newer ones. An object
that is not there is missing, unless the newest edition says that it was withdrawn.

Source: spec/withdrawals.md; spec/mirror-layout.md, "Verification".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError, StatementError, TreeError
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.findings import Problem, Report, refused
from tamizdat.mirrors.history import History, newest
from tamizdat.mirrors.shelf import OBJECTS, Place, Shelf
from tamizdat.mirrors.transports import Source


@dataclass
class PastReport(Report):
    """What a mirror holds of one older edition.

    Attributes:
        withdrawn: objects of it that are not there because their words endanger
            someone.
    """

    withdrawn: int = 0


def check_edition(
    source: Source, chain: Sequence[Trust], service: str, number: int
) -> PastReport:
    """Check every object of one edition of a service.

    Args:
        source: the mirror.
        chain: a verified trust chain.
        service: id of the language service.
        number: of the edition.

    Raises:
        EditionError: the log has no such edition, or it or the newest does not verify.
        MirrorError: the mirror lacks `latest` or its log, or does not answer.
    """
    last = newest(source, chain, service)
    if last is None or last.statement.number < number:
        found = f"the newest is {last.statement.number}" if last else "it has none"
        raise StatementError(f"{service}: no edition {number}; {found}")
    edition = History(source, chain, service).edition(number)
    gone = Shelf([Place(source, chain)], service).withdrawn(last)
    return _Walk(source, edition, gone).report


class _Walk:
    """One edition being read, and the report that grows."""

    def __init__(
        self, source: Source, edition: VerifiedEdition, gone: set[str]
    ) -> None:
        statement = edition.statement
        self.report = PastReport(
            service=statement.service,
            number=statement.number,
            time=statement.time,
            tree=statement.tree,
            index=edition.index,
            leaf=edition.leaf,
        )
        self._source = source
        self._gone = gone
        self._opened = 0
        self._at = statement.service  # what is being read
        self._read_all(tree.root_of(statement.tree))

    def _read_all(self, root: Target) -> None:
        try:
            for path, target in tree.walk(root, self._object):
                self._check(path, target)
        except (EditionError, MissingError) as error:
            # Of a directory: what is below it is unknown.
            self.report.add(refused(self._at, error))

    def _object(self, target: Target, path: str) -> bytes:
        self._opened += 1
        if self._opened > OBJECTS:
            raise TreeError(f"{path}: more than {OBJECTS} objects")
        stored = f"o/{target.digest[:2]}/{target.digest}"
        self._at = f"{stored} ({path})"
        content = self._source.read(stored, tree.limit_of(target))
        return tree.check_object(content, target, self._at)

    def _check(self, path: str, target: Target) -> None:
        self.report.files += 1
        try:
            self.report.size += len(self._object(target, path))
        except MissingError:
            self._miss(path, target)
        except EditionError as error:
            self.report.add(refused(path, error))

    def _miss(self, path: str, target: Target) -> None:
        if target.digest in self._gone:
            self.report.withdrawn += 1
            return
        self.report.add(Problem("missing", path, target.digest, "no object"))
