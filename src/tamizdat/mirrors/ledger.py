"""Read what the editions between two of them say of the articles they changed.

Goes from edition to edition, so that a silent edit is found even when a later release
of the same article would cover it.

Source: spec/releases.md, "Verification", step 3; spec/withdrawals.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tamizdat.edition import releases, tree, withdrawals
from tamizdat.edition.errors import TreeError
from tamizdat.edition.releases import Line
from tamizdat.edition.tree import Target
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import VerifiedEdition, check_not_older
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.history import History, newest
from tamizdat.mirrors.transports import Source

OBJECTS = 1_000_000  # read for one comparison; a hostile tree ends there
ARTICLE = re.compile(
    r"(a/\d{4}-\d\d/\d\d/([a-z0-9][a-z0-9-]{0,59}))(?:\.([1-9]\d{0,3}))?\.html"
)


@dataclass(frozen=True)
class Place:
    """A mirror that one of the two editions is on.

    Attributes:
        chain: its verified trust chain.
    """

    source: Source
    chain: Sequence[Trust]


def root_of(edition: VerifiedEdition | None) -> Target | None:
    """Name the tree of an edition; None where there is no edition."""
    return tree.root_of(edition.statement.tree) if edition else None


class Shelf:
    """The objects of both mirrors, each checked against its name."""

    def __init__(self, places: Sequence[Place], service: str) -> None:
        self.places = places
        self.service = service
        self._read = 0

    def object(self, target: Target, path: str) -> bytes:
        """Read an object from the first mirror that has it."""
        self._read += 1
        if self._read > OBJECTS:
            raise TreeError(f"{path}: more than {OBJECTS} objects")
        stored = f"o/{target.digest[:2]}/{target.digest}"
        content = self._first(stored, tree.limit_of(target), path)
        return tree.check_object(content, target, f"{stored} ({path})")

    def _first(self, stored: str, limit: int, path: str) -> bytes:
        for place in self.places:
            try:
                return place.source.read(stored, limit)
            except MissingError:
                continue
        raise MissingError(f"{path}: object {stored} is missing")

    def parts(self, edition: VerifiedEdition, folder: str) -> Iterator[bytes]:
        """Read the numbered parts in a directory of an edition."""
        root = tree.root_of(edition.statement.tree)
        number = 1
        while target := tree.find(root, f"{folder}/{number}", self.object):
            yield self.object(target, f"{folder}/{number}")
            number += 1

    def lines(self, edition: VerifiedEdition) -> list[Line]:
        """Read the release lines of an edition."""
        where = f"releases of edition {edition.statement.number}"
        parts = self.parts(edition, "releases")
        return [line for part in parts for line in releases.read_lines(part, where)]

    def withdrawn(self, after: VerifiedEdition) -> set[str]:
        """Name every object that is withdrawn by now, by its SHA-256."""
        known = [newest(p.source, p.chain, self.service) for p in self.places]
        return {
            digest
            for edition in (after, *known)
            if edition is not None
            for part in self.parts(edition, "withdrawn")
            for digest in withdrawals.read_part(part, "withdrawn")
        }

    def history(self, numbers: tuple[int, int]) -> Iterator[VerifiedEdition | int]:
        """Find the editions between two numbers; a number is one the log lacks."""
        first, last = numbers
        if last - first <= 1:
            return
        place = self.places[0]
        log = History(place.source, place.chain, self.service)
        known = set(log.between(first, last))
        for number in range(first + 1, last):
            yield log.edition(number) if number in known else number


@dataclass
class Record:
    """What the editions say of the articles they changed.

    Attributes:
        lines: by article, oldest first.
        silent: numbers of editions that changed it without a line, by article.
        unread: numbers of editions that the log or the mirror lacks.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    silent: dict[str, list[int]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)

    def add(self, number: int, lines: Sequence[Line], changed: set[str]) -> None:
        """Note the lines of an edition and the articles it changed."""
        for line in lines:
            self.lines.setdefault(line.article, []).append(line)
        for article in sorted(changed - {line.article for line in lines}):
            self.silent.setdefault(article, []).append(number)


def record_of(
    shelf: Shelf, before: VerifiedEdition | None, after: VerifiedEdition
) -> Record:
    """Go from edition to edition, skipping those that the mirror does not hold."""
    record, at = Record(), before
    first = before.statement.number if before else 0
    last = after.statement.number
    for edition in (*shelf.history((first, last)), after):
        if isinstance(edition, int):
            record.unread.append(edition)
            continue
        if at is not None:
            check_not_older(edition, at)
        number = edition.statement.number
        if number == first:
            break
        try:
            lines = shelf.lines(edition)
            changed = _changed(shelf, at, edition)
        except MissingError:
            if edition is after:
                raise
            record.unread.append(number)
            continue
        record.add(number, lines, changed)
        at = edition
    return record


def _changed(
    shelf: Shelf, old: VerifiedEdition | None, new: VerifiedEdition
) -> set[str]:
    found = tree.changes(root_of(old), root_of(new), shelf.object)
    matches = (ARTICLE.fullmatch(path) for path, _, _ in found)
    return {match[2] for match in matches if match}
