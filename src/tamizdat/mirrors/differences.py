"""Find what changed between two editions, and what of it has no release line.

Walks both trees and groups what differs into articles and other files. Words of a
withdrawn or redacted story are never read out. What the editions say of the changes is
for `ledger`.

Source: spec/releases.md, spec/addresses.md, spec/withdrawals.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tamizdat.edition import tree, withdrawals
from tamizdat.edition.compare import Run, compare
from tamizdat.edition.errors import PageError
from tamizdat.edition.pages.cards import WITHDRAWN
from tamizdat.edition.reading import PARTS, Reading, read_article
from tamizdat.edition.releases import Line
from tamizdat.edition.tree import Change, Target
from tamizdat.edition.verify import VerifiedEdition, check_not_older
from tamizdat.mirrors.history import History, newest
from tamizdat.mirrors.ledger import Record, record_of
from tamizdat.mirrors.reprint import UNKNOWN_STYLE, Found, Pages, pages_in
from tamizdat.mirrors.shelf import (
    ARTICLE,
    CHANGES,
    TEXT,
    Place,
    Shelf,
    changes_of,
    pages_of,
    root_of,
)

NEW, CHANGED, GONE, SAME = "new", "changed", "taken away", "unchanged"
REPRINTED = "reprinted"  # its words are the same, what surrounds them is not

_GROUPS = (  # of files that are no article's; the first that fits
    ("pictures", re.compile(r"m/.+")),
    ("pages of changes", CHANGES),
    ("pages of text", TEXT),
    ("releases", re.compile(r"releases/.+")),
    ("withdrawn objects", re.compile(r"withdrawn/.+")),
    ("trust page", re.compile(r"trust\.html")),
    (
        "lists",
        re.compile(
            r"(a/.+_.+|(s|t|by|feeds)/.+|(index|text|news|corrections).*)"
            r"\.(html|atom|rss|json|xml)"
        ),
    ),
    ("other files", re.compile(r".+")),
)


@dataclass(frozen=True)
class Article:
    """What happened to one article.

    Attributes:
        path: of its first page; "" when no page of it differs.
        change: new, changed, taken away or unchanged.
        lines: of the editions in between that can be read, oldest first.
        silent: numbers of the editions that changed its words without a line, each
            with what differs.
        reprinted: numbers of the editions that printed the same words anew.
        broken: how its release lines do not follow one another.
        noted: numbers of the releases whose note stands on the page.
        hidden: its words endanger someone, so that no part is read out.
        parts: those that differ, "note" among them, each with its difference.
        problem: why its pages could not be read, or "".
    """

    id: str
    path: str
    change: str
    lines: tuple[Line, ...] = ()
    silent: Mapping[int, Found] = field(default_factory=dict)
    reprinted: tuple[int, ...] = ()
    broken: tuple[str, ...] = ()
    noted: frozenset[int] = frozenset()
    hidden: bool = False
    parts: Mapping[str, Sequence[Run]] = field(default_factory=dict)
    problem: str = ""

    @property
    def explained(self) -> bool:
        """Tell whether every change of its words has its release line."""
        return not self.silent and not self.broken

    @property
    def styled(self) -> bool:
        """Tell whether all that is silent is an unknown stylesheet."""
        found = {what for some in self.silent.values() for what in some}
        return found == {UNKNOWN_STYLE} and not self.broken and not self.lines

    @property
    def same(self) -> bool:
        """Tell whether it was reprinted and nothing else."""
        return bool(self.reprinted) and self.explained and not self.lines


@dataclass(frozen=True)
class Difference:
    """What changed between two editions of a service.

    Attributes:
        before: None when there was no edition.
        articles: sorted by path.
        files: paths of other files by group; each with its change.
        packed: stories or files of a pack that says something else than its articles;
            each with its editions, and what differs.
        swapped: pictures that changed under their names; each with its edition.
        frames: what stood around articles before and after, by edition.
        unread: numbers of editions in between that are not on the mirror.
    """

    service: str
    before: VerifiedEdition | None
    after: VerifiedEdition
    articles: Sequence[Article]
    files: Mapping[str, Sequence[tuple[str, str]]]
    packed: Mapping[str, Mapping[int, Sequence[str]]]
    swapped: Sequence[tuple[str, int]]
    frames: Mapping[int, Sequence[Run]]
    unread: Sequence[int]

    @property
    def explained(self) -> bool:
        """Tell whether all changes have release lines, and packs say what they say."""
        rest = self.packed or self.swapped
        return not rest and all(article.explained for article in self.articles)


def find(place: Place, service: str, number: int | None) -> VerifiedEdition | None:
    """Verify an edition: the one of a number, or the newest; None if there is none.

    Raises:
        EditionError: there is no such number, or it does not verify.
        MirrorError: the mirror cannot be read.
    """
    if number is None:
        return newest(place.source, place.chain, service)
    return History(place.source, place.chain, service).edition(number)


def differ(
    old: tuple[Place, VerifiedEdition | None], new: tuple[Place, VerifiedEdition]
) -> Difference:
    """Compare two editions of a service.

    Args:
        old: the earlier one and its mirror; None if there is none yet.
        new: the later one and its mirror.

    Raises:
        EditionError: one does not verify, or does not continue the other.
        MirrorError: an object is missing, or a mirror does not answer.
    """
    before, after = old[1], new[1]
    if before is not None:
        check_not_older(after, before)
    shelf = Shelf([new[0], old[0]], after.statement.service)
    record = record_of(shelf, before, after)
    found = list(tree.changes(root_of(before), root_of(after), shelf.object))
    gone = shelf.withdrawn(after) if found else set()
    return Difference(
        service=after.statement.service,
        before=before,
        after=after,
        articles=list(_articles(found, record, shelf, gone)),
        files=_files(found),
        packed=record.packed,
        swapped=record.swapped,
        frames={n: compare(old, new) for n, (old, new) in record.frames.items()},
        unread=record.unread,
    )


def _articles(
    found: Sequence[Change], record: Record, shelf: Shelf, gone: set[str]
) -> Iterator[Article]:
    pages, changes = pages_of(found), changes_of(found)
    for (path, article), some in sorted(pages.items()):
        known = _known(Article(article, path, _kind(some)), record)
        both = some, changes.get(article, [])
        yield known if known.same else _told(known, both, shelf, gone)
    seen = {article for _path, article in pages}
    said = {*record.lines, *record.silent, *record.reprinted, *record.broken}
    for article in sorted(said - seen):
        yield _known(Article(article, "", SAME), record)


def _known(article: Article, record: Record) -> Article:
    return replace(
        article,
        lines=tuple(record.lines.get(article.id, ())),
        silent=record.silent.get(article.id, {}),
        reprinted=tuple(record.reprinted.get(article.id, ())),
        broken=tuple(record.broken.get(article.id, ())),
    )


def _kind(pages: Sequence[Change]) -> str:
    """Say what happened to an article by the first of its pages that differs."""
    if "." in pages[0][0].rpartition("/")[2].removesuffix(".html"):
        return CHANGED
    _path, before, after = pages[0]
    return _change(before, after)


def _change(before: Target | None, after: Target | None) -> str:
    if before is None:
        return NEW
    return GONE if after is None else CHANGED


def _files(found: Sequence[Change]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for path, before, after in found:
        if not ARTICLE.fullmatch(path):
            name = next(name for name, form in _GROUPS if form.fullmatch(path))
            groups.setdefault(name, []).append((path, _change(before, after)))
    return {name: groups[name] for name, _form in _GROUPS if name in groups}


def _told(
    article: Article,
    files: tuple[Sequence[Change], Sequence[Change]],
    shelf: Shelf,
    gone: set[str],
) -> Article:
    """Read an article's pages and say which parts differ, unless nobody may.

    Args:
        article: what is known of it.
        files: its pages that differ, and those of what its releases changed.
        shelf: where they are.
        gone: hashes of what is withdrawn.
    """
    old = [[(path, before) for path, before, _ in some if before] for some in files]
    new = [[(path, after) for path, _, after in some if after] for some in files]
    targets = (target for _path, target in (*old[0], *new[0]))
    hidden = any(line.kind in withdrawals.KINDS for line in article.lines)
    hidden = hidden or any(target.digest in gone for target in targets)
    try:
        is_gone = any(target.digest in gone for _path, target in new[0])
        after = None if is_gone else _reading(new[0], new[1], shelf)
        before = None if hidden else _reading(old[0], old[1], shelf)
    except PageError as error:
        problem = "its page cannot be read" if hidden else str(error)
        return replace(article, hidden=hidden, problem=problem)
    both = [reading for reading in (before, after) if reading]
    hidden = hidden or any(reading.standing == WITHDRAWN for reading in both)
    return replace(
        article,
        noted=_noted(after),
        hidden=hidden,
        parts={} if hidden else dict(_parts(before, after)),
    )


def _noted(reading: Reading | None) -> frozenset[int]:
    notes = reading.notes if reading else ()
    return frozenset(note.number for note in notes if note.number)


def _reading(pages: Pages, told: Pages, shelf: Shelf) -> Reading | None:
    if not pages:
        return None
    path = pages[0][0]
    return read_article(pages_in(shelf, pages), path, pages_in(shelf, told))


def _parts(
    before: Reading | None, after: Reading | None
) -> Iterator[tuple[str, Sequence[Run]]]:
    for name in (*PARTS, "note"):
        left, right = _text(before, name), _text(after, name)
        if left != right:
            yield name, compare(left, right)


def _text(reading: Reading | None, part: str) -> str:
    if reading is None:
        return ""
    if part == "note":
        return "\n".join(note.text for note in reading.notes)
    return "\n".join(reading.parts.get(part, ()))
