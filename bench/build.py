"""A full build of everything: ours, hashed and signed, beside Hugo's."""

from pathlib import Path

from . import hugo, ours, stories
from .corpus import Corpus
from .measure import BenchError, Cost, Extent, extent, middle, remove, say, weigh
from .table import Row, at_scale, cost, seconds, size

_HELD, _TWICE = 1 / 3, 2  # of Hugo's rate: what is held, and what is missed (0082)
_CHECKED = 20  # stories whose words are looked up in both outputs


def measure(corpus: Corpus, pairs: int, archive: Path) -> list[Row]:
    """Build both, alternated, and compare medians.

    Args:
        corpus: what is built.
        pairs: builds of each side.
        archive: where ours is built, and left for who needs it next.
    """
    public = corpus.folder / "public-build"
    mine, theirs = [], []
    for number in range(1, pairs + 1):
        mine.append(ours.build(corpus, archive))
        say(f"build {corpus.count}, {number} of {pairs}: ours {cost(mine[-1])}")
        remove(public)
        theirs.append(weigh(hugo.build_command(corpus.site, public)))
        say(f"build {corpus.count}, {number} of {pairs}: Hugo {cost(theirs[-1])}")
    _check_words(corpus, archive, public)
    links = ours.link_seconds(archive)
    extents = extent(archive), extent(public)
    remove(public)
    return _rows(corpus.count, (middle(mine), middle(theirs)), links, extents)


def _rows(
    count: int, costs: tuple[Cost, Cost], links: float, extents: tuple[Extent, Extent]
) -> list[Row]:
    mine, theirs = costs
    at = f"build {count:,}"
    rates = [count / mine.cpu, count / (mine.cpu - links), count / theirs.cpu]
    whole, bare, peer = (f"{rate:,.0f}" for rate in rates)
    apart = f"the same, links apart ({seconds(links)})"
    walls = seconds(mine.wall), seconds(theirs.wall)
    return [
        Row(f"{at}: stories per CPU-second", whole, peer, rates[0] / rates[2], _HELD),
        Row(f"{at}: {apart}", bare, peer, rates[1] / rates[2], _TWICE),
        Row(f"{at}: wall", *walls, theirs.wall / mine.wall),
        Row(
            f"{at}: peak memory",
            size(mine.rss),
            size(theirs.rss),
            mine.rss / theirs.rss,
            at_scale(count, 0.1),
            least=False,
        ),
        _extent_row(f"{at}: files", extents[0].files, extents[1].files),
        _extent_row(f"{at}: bytes", extents[0].size, extents[1].size),
    ]


def _extent_row(axis: str, mine: int, theirs: int) -> Row:
    return Row(axis, f"{mine:,}", f"{theirs:,}", mine / theirs)


def _check_words(corpus: Corpus, archive: Path, public: Path) -> None:
    """See that both outputs hold the same stories with the same words.

    Raises:
        BenchError: a page lacks a paragraph of its story.
    """
    for record in corpus.take(corpus.pick(_CHECKED)).values():
        for root in (archive, public):
            text = hugo.plain((root / stories.address(record)).read_text("utf-8"))
            for paragraph in stories.paragraphs(record):
                if hugo.plain(paragraph, marked=False) not in text:
                    raise BenchError(
                        f"{root.name}/{stories.address(record)}: lacks"
                        f" {paragraph[:60]!r}"
                    )
