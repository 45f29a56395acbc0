"""Read what the editions between two of them say of the articles they changed.

Goes from edition to edition, so that a silent edit is found even when a later release
of the same article would cover it, and a line that was left out or put in is missed by
the line after it.

Source: spec/releases.md, "Verification", step 3; spec/withdrawals.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tamizdat.edition import releases, tree
from tamizdat.edition.compare import Run
from tamizdat.edition.media import name_of
from tamizdat.edition.releases import Head, Line
from tamizdat.edition.tree import Change
from tamizdat.edition.verify import VerifiedEdition, check_not_older
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.packed import Packed
from tamizdat.mirrors.reprint import Found, Reprint
from tamizdat.mirrors.shelf import Shelf, changes_of, pages_of, root_of, texts_of


@dataclass
class Record:
    """What the editions say of the articles they changed.

    Attributes:
        lines: by article, oldest first.
        silent: by article, numbers of editions that changed its words without a line,
            each with what differs.
        reprinted: by article, numbers of editions that printed the same words anew.
        broken: by article, how its lines do not follow one another.
        packed: by story or file, numbers of editions whose pack says something else
            than its articles, each with what differs.
        swapped: names of pictures that have other bytes, or went with no release;
            each with the number of the edition.
        frames: what stood around all articles before and after, by edition.
        unread: numbers of editions that the log or the mirror lacks.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    silent: dict[str, dict[int, Found]] = field(default_factory=dict)
    reprinted: dict[str, list[int]] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)
    packed: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    swapped: list[tuple[str, int]] = field(default_factory=list)
    frames: dict[int, tuple[str, str]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)

    def hold(self, step: "Step", packed: Packed) -> None:
        """Hold the pack of one edition against its articles.

        One that changed in silence is told as such: the pack may say what it said.
        """
        for name, found in packed.judge(step.files, step.lines).items():
            if step.number not in self.silent.get(name, {}):
                self.packed.setdefault(name, {})[step.number] = found

    def judge(self, step: "Step", reprint: Reprint) -> None:
        """Judge what one edition changed without a line."""
        number = step.number
        lined = {line.article for line in step.lines}
        touched = step.pages.keys() | step.changes.keys() | step.texts.keys()
        for article in sorted(touched - lined):
            found: dict[str, Sequence[Run]] = {}
            for pages in step.pages.get(article, ()):
                found.update(reprint.judge(pages))
            if told := step.changes.get(article):
                found.update(reprint.judge_changes(told))
            for page in step.texts.get(article, ()):
                found.update(reprint.judge_text(page))
            if found:
                self.silent.setdefault(article, {})[number] = found
            else:
                self.reprinted.setdefault(article, []).append(number)
        if reprint.frames:
            self.frames[number] = reprint.frames
        self.swapped += [(path, number) for path in step.swapped(lined)]


@dataclass(frozen=True)
class Step:
    """What one edition did.

    Attributes:
        pages: by article, its pages that differ; in their order, for each address.
        changes: by article, pages of what its releases changed that differ.
        texts: by article, its pages without pictures that differ.
        files: all that differ; `pictures`: of them.
    """

    number: int
    lines: Sequence[Line]
    pages: Mapping[str, Sequence[Sequence[Change]]]
    changes: Mapping[str, Sequence[Change]]
    texts: Mapping[str, Sequence[Change]]
    files: Sequence[Change]
    pictures: Sequence[Change]

    def swapped(self, lined: set[str]) -> Iterator[str]:
        """Name pictures whose name is not that of their bytes, or that just went."""
        for path, before, after in self.pictures:
            name = path.removeprefix("m/").partition(".")[0]
            if after is None:
                wrong = not lined
            else:
                wrong = before is not None or name_of(after.digest) != name
            if wrong:
                yield path


class Chain:
    """The lines of every article, followed from edition to edition."""

    def __init__(self, lines: Sequence[Line] | None) -> None:
        """Begin with the lines of an edition, or where there is none yet."""
        self._heads = {line.article: _head(line) for line in lines or ()}
        self._all = lines is None  # every article that has no line has none before
        self._whole = True

    def miss(self) -> None:
        """Take note of an edition that cannot be read."""
        self._whole = self._all = False

    def follow(self, step: Step) -> Iterator[tuple[str, str]]:
        """Follow the lines of the next edition; give each article whose line breaks."""
        for line in step.lines:
            head = self._heads.get(line.article) or self._none(line.article, step)
            if found := releases.break_of(line, head, whole=self._whole):
                yield line.article, found
            self._heads[line.article] = _head(line)

    def _none(self, article: str, step: Step) -> Head | None:
        """Say that an article had no line, if that is known."""
        there = step.pages.get(article, ())
        added = bool(there) and all(pages[0][1] is None for pages in there)
        return Head(0, "") if self._all or (added and self._whole) else None


def _head(line: Line) -> Head:
    return Head(line.number, line.digest)


def record_of(
    shelf: Shelf, before: VerifiedEdition | None, after: VerifiedEdition
) -> Record:
    """Go from edition to edition, skipping those that the mirror does not hold."""
    record, at = Record(), before
    first = before.statement.number if before else 0
    chain = Chain(_lines_of(shelf, before))
    for edition in (*shelf.history((first, after.statement.number)), after):
        if isinstance(edition, int):
            record.unread.append(edition)
            chain.miss()
            continue
        if at is not None:
            check_not_older(edition, at)
        if edition.statement.number == first:
            break
        try:
            step = _step(shelf, at, edition)
        except MissingError:
            if edition is after:
                raise
            record.unread.append(edition.statement.number)
            chain.miss()
            continue
        _note(record, step, chain)
        record.judge(step, Reprint(shelf, edition, at))
        record.hold(step, Packed(shelf, edition, at))
        at = edition
    return record


def _lines_of(shelf: Shelf, edition: VerifiedEdition | None) -> list[Line] | None:
    if edition is None:
        return None
    try:
        return shelf.lines(edition)
    except MissingError:
        return []  # what stood before is then not known


def _note(record: Record, step: Step, chain: Chain) -> None:
    for line in step.lines:
        record.lines.setdefault(line.article, []).append(line)
    for article, found in chain.follow(step):
        record.broken.setdefault(article, []).append(found)


def _step(shelf: Shelf, old: VerifiedEdition | None, new: VerifiedEdition) -> Step:
    found = list(tree.changes(root_of(old), root_of(new), shelf.object))
    pages: dict[str, list[Sequence[Change]]] = {}
    for (_path, article), some in sorted(pages_of(found).items()):
        pages.setdefault(article, []).append(some)
    return Step(
        number=new.statement.number,
        lines=shelf.lines(new),
        pages=pages,
        changes=changes_of(found),
        texts=texts_of(found),
        files=found,
        pictures=[change for change in found if change[0].startswith("m/")],
    )
