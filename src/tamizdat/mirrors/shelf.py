"""Read what a mirror holds of editions: objects, release lines, older editions.

Source: spec/mirror-layout.md; spec/releases.md; spec/withdrawals.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tamizdat.edition import releases, tree, withdrawals
from tamizdat.edition.errors import TreeError
from tamizdat.edition.releases import Line
from tamizdat.edition.tree import Change, Target
from tamizdat.edition.trust import Trust
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.history import History, newest
from tamizdat.mirrors.transports import Source

OBJECTS = 1_000_000  # read for one comparison; a hostile tree ends there
# Every file of a day's folder is of the story whose id its name begins with, whatever
# follows; else one of another name would be judged as no story's. But for its lists.
_DAY = r"a/\d{4}-\d\d/\d\d/"
_LIST = r"all_[1-9]\d*(?:\.[1-9]\d*)?\.(?:html|atom|rss|json)"
_STORY = rf"({_DAY}([a-z0-9][a-z0-9-]*))"
ARTICLE = re.compile(
    rf"(?!{_DAY}{_LIST}$){_STORY}(?!\.(?:changes|text)\.)((?:[^/a-z0-9-][^/]*)?)",
    re.ASCII,
)
CHANGES = re.compile(rf"{_STORY}\.changes\.[^/]*", re.ASCII)
TEXT = re.compile(rf"{_STORY}\.text(\.[^/]*)", re.ASCII)


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
        some = (self.withdrawn_by(edition) for edition in (after, *known) if edition)
        return set().union(*some)

    def withdrawn_by(self, edition: VerifiedEdition) -> set[str]:
        """Name every object that an edition says is withdrawn."""
        return {
            digest
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


def pages_of(found: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    """Gather the pages of articles among changed files.

    Returns:
        By path of the first page and id: the pages that differ, in their order.
    """
    pages: dict[tuple[str, str], dict[tuple[int, str], Change]] = {}
    for change in found:
        if match := ARTICLE.fullmatch(change[0]):
            key = (f"{match[1]}.html", match[2])
            pages.setdefault(key, {})[len(match[3]), match[3]] = change
    return {key: [some[n] for n in sorted(some)] for key, some in pages.items()}


def changes_of(found: Iterable[Change]) -> dict[str, list[Change]]:
    """Gather, by article, the pages that tell what its releases changed."""
    return _gathered(CHANGES, found)


def texts_of(found: Iterable[Change]) -> dict[str, list[Change]]:
    """Gather, by article, its pages without pictures."""
    return _gathered(TEXT, found)


def _gathered(
    pattern: re.Pattern[str], found: Iterable[Change]
) -> dict[str, list[Change]]:
    pages: dict[str, list[Change]] = {}
    for change in found:
        if match := pattern.fullmatch(change[0]):
            pages.setdefault(match[2], []).append(change)
    return pages
