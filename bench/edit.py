"""One story edited: from the changed text to a complete edition, ours beside Hugo.

Cold: a command that starts, reads all content and ends. Warm: a process that was there
before. Each edit is a correction with a note, of another story of the archive.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import hugo, ours, stories
from .corpus import Corpus
from .measure import Cost, changed, middle, remove, say, stamps, weigh
from .servers import HugoServer, WarmPress
from .stories import Record
from .table import Row, at_scale, cost, seconds, size

_COLD, _WARM = 20, 500  # times faster than Hugo
_SETTLED = 3  # s that files were left alone, as files of past months are
_OBJECTS = 40  # new ones that an edit may make, leaves and directories
_LEAVES, _DIRECTORIES = 22, 18


@dataclass(frozen=True)
class Written:
    """What one edit left on the disk.

    Attributes:
        leaves, directories: new objects.
        copies: files outside `o/` that are new or were written again.
    """

    leaves: int
    directories: int
    copies: int


@dataclass(frozen=True)
class Costs:
    """Medians of one size of corpus.

    Attributes:
        cold, months: a command, on content in one file or in one a month.
        fast: Hugo's server in its own habit.
    """

    cold: Cost
    months: Cost
    warm: Cost
    rebuild: Cost
    fast: Cost
    full: Cost


def measure(corpus: Corpus, pairs: int, base: Path) -> tuple[list[Row], Costs]:
    """Edit stories one by one on both sides, alternated, and compare medians.

    Args:
        corpus: whose stories are edited.
        pairs: edits of each kind.
        base: an archive of the corpus; it stays as it is.
    """
    records = corpus.take(corpus.pick(3 * pairs))
    thirds = [
        {i: records[i] for i in list(records)[start : start + pairs]}
        for start in range(0, 3 * pairs, pairs)
    ]
    cold, rebuild, written, rewritten = _commands(corpus, thirds[0], base)
    months = _months(corpus, thirds[0], base)
    warm, fast, full = _residents(corpus, thirds[1:], base)
    costs = Costs(*map(middle, (cold, months, warm, rebuild, fast, full)))
    return _rows(corpus.count, costs, written, rewritten), costs


def _commands(
    corpus: Corpus, records: Mapping[int, Record], base: Path
) -> tuple[list[Cost], list[Cost], list[Written], list[int]]:
    archive, public = corpus.folder / "archive-edit", corpus.folder / "public-edit"
    say(f"edit {corpus.count}: building what Hugo edits")
    weigh(hugo.build_command(corpus.site, public))
    ours.copy_archive(base, archive)
    cold, rebuild, written, rewritten = [], [], [], []
    content, edited = corpus.folder / "edited.jsonl", {}
    for number, (index, record) in enumerate(records.items(), 1):
        now = ours.moment(number)
        edited[index] = stories.story_document(record, (now,))
        corpus.write_content(content, edited)
        command = ours.build_command(corpus, content, archive, now)
        price, news = _counted(archive, command)
        say(f"edit {corpus.count}, {number}: ours cold {cost(price)}; {news}")
        cold.append(price)
        written.append(news)
        hugo.write_page(corpus.site, record, 1)
        before = stamps(public)
        rebuild.append(weigh(hugo.build_command(corpus.site, public)))
        rewritten.append(len(changed(before, stamps(public))))
        say(f"edit {corpus.count}, {number}: Hugo rebuild {cost(rebuild[-1])}")
        hugo.write_page(corpus.site, record)
    content.unlink()
    remove(archive)
    remove(public)
    return cold, rebuild, written, rewritten


def _months(corpus: Corpus, records: Mapping[int, Record], base: Path) -> list[Cost]:
    """Edit a content in files of one month, of which one is written anew each time."""
    archive, folder = corpus.folder / "archive-months", corpus.folder / "months"
    ours.copy_archive(base, archive)
    remove(folder)
    corpus.write_months(folder)
    time.sleep(_SETTLED)
    weigh(ours.build_command(corpus, folder, archive, ours.moment(1)))
    costs = []
    for number, record in enumerate(records.values(), 2):
        now = ours.moment(number)
        corpus.edit_month(folder, record, stories.story_document(record, (now,)))
        costs.append(weigh(ours.build_command(corpus, folder, archive, now)))
        say(f"edit {corpus.count}: ours cold, one month {cost(costs[-1])}")
    remove(folder)
    remove(archive)
    return costs


def _counted(archive: Path, command: list[object]) -> tuple[Cost, Written]:
    """Run an edit and count what it wrote."""
    objects, files = ours.objects(archive), stamps(archive)
    price = weigh(command)
    new = ours.objects(archive) - objects
    kinds = Counter(ours.is_directory(ours.object_bytes(archive, d)) for d in new)
    copies = len(ours.outside(changed(files, stamps(archive))))
    return price, Written(kinds[False], kinds[True], copies)


def _residents(
    corpus: Corpus, halves: Sequence[Mapping[int, Record]], base: Path
) -> tuple[list[Cost], list[Cost], list[Cost]]:
    archive = corpus.folder / "archive-warm"
    ours.copy_archive(base, archive)
    mine: list[Cost] = []
    theirs: tuple[list[Cost], list[Cost]] = ([], [])
    say(f"edit {corpus.count}: starting our press")
    with WarmPress(corpus.content, archive, ours.keys_for(corpus)) as press:
        for records, fast, costs in zip(halves, (True, False), theirs, strict=True):
            say(f"edit {corpus.count}: starting hugo server, fast render {fast}")
            with HugoServer(corpus.site, fast=fast) as server:
                for record in records.values():
                    mine.append(press.edit(record, ours.moment(len(mine) + 1)))
                    say(f"edit {corpus.count}: ours warm {cost(mine[-1])}")
                    costs.append(server.edit(record))
                    say(f"edit {corpus.count}: hugo server {cost(costs[-1])}")
            for record in records.values():
                hugo.write_page(corpus.site, record)
    remove(archive)
    return mine, *theirs


def _rows(
    count: int, costs: Costs, written: list[Written], rewritten: list[int]
) -> list[Row]:
    at = f"edit {count:,}"
    cold, warm = at_scale(count, _COLD), at_scale(count, _WARM)
    leaves = max(w.leaves for w in written)
    directories = max(w.directories for w in written)
    objects = max(w.leaves + w.directories for w in written)
    files = f"{median(rewritten):,.0f} files"
    return [
        *_against(f"{at}: cold, Hugo rebuild", costs.cold, costs.rebuild, cold),
        *_against(
            f"{at}: cold, a file a month, Hugo", costs.months, costs.rebuild, cold
        ),
        *_against(f"{at}: warm, Hugo rebuild", costs.warm, costs.rebuild, warm),
        *_against(f"{at}: warm, hugo server", costs.warm, costs.fast),
        *_against(f"{at}: warm, hugo server full", costs.warm, costs.full),
        _memory(f"{at}: memory, cold and Hugo rebuild", costs.cold, costs.rebuild),
        _memory(f"{at}: memory, warm and hugo server", costs.warm, costs.fast),
        _most(f"{at}: new objects, most", objects, files, _OBJECTS),
        _most(f"{at}: leaves, most", leaves, "-", _LEAVES),
        _most(f"{at}: directories, most", directories, "-", _DIRECTORIES),
        Row(
            f"{at}: files written in place, median",
            f"{median(w.copies for w in written):,.0f}",
            files,
            median(w.copies for w in written) / median(rewritten),
        ),
    ]


def growth(small: Costs, large: Costs) -> list[Row]:
    """Compare what one edit costs in a small and in a large archive."""
    return [
        Row(
            f"edit: {name} CPU, largest beside smallest archive",
            f"{seconds(after.cpu)} / {seconds(before.cpu)}",
            f"{seconds(large.rebuild.cpu)} / {seconds(small.rebuild.cpu)}",
            after.cpu / before.cpu,
            1.5,
            least=False,
        )
        for name, before, after in (
            ("cold", small.cold, large.cold),
            ("cold, a file a month", small.months, large.months),
            ("warm", small.warm, large.warm),
        )
    ]


def _against(
    axis: str, mine: Cost, theirs: Cost, goal: float | None = None
) -> list[Row]:
    return [
        Row(f"{axis}: {name}", seconds(a), seconds(b), b / a, goal)
        for name, a, b in (
            ("wall", mine.wall, theirs.wall),
            ("CPU", mine.cpu, theirs.cpu),
        )
    ]


def _memory(axis: str, mine: Cost, theirs: Cost) -> Row:
    return Row(axis, size(mine.rss), size(theirs.rss), mine.rss / theirs.rss)


def _most(axis: str, count: int, peer: str, goal: int) -> Row:
    return Row(axis, f"{count:,}", peer, count, goal, least=False)
