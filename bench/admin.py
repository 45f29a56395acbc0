"""The editors' site with a full ledger: its commonest pages, and eight who save.

The peer is the same site with a hundredth of the articles, in the same run: what a page
costs must follow what it shows, not the archive.
"""

import sys

from .corpus import Corpus
from .measure import remove, say
from .servers import Program
from .table import Row, at_scale, seconds

PAGES_IN = 20  # one article in so many is a page of the editors' site
LEAST = 400  # articles of the peer: eight editors need a page each
SHARE = 100  # the peer's archive is so many times smaller
EDITORS = 8
QUERIES = 60  # of any page, at most
_GROWTH = 2.0  # a page of the large site beside the same one of the small


def measure(corpus: Corpus) -> list[Row]:
    """Measure pages and saves at the size of a corpus and at a hundredth of it."""
    few = max(corpus.count // SHARE, LEAST)
    small, _ = _site(corpus, few)
    large, saves = _site(corpus, corpus.count)
    return [*_pages(corpus.count, few, large, small), *_saves(corpus.count, saves)]


Shown = dict[str, dict[str, float]]


def _site(corpus: Corpus, count: int) -> tuple[Shown, dict[str, float]]:
    folder = corpus.folder / "admin"
    remove(folder)
    say(f"admin {count}: filling the ledger")
    argv = [sys.executable, "-m", "bench.site", folder, corpus.folder]
    with Program([*argv, corpus.count, count, count // PAGES_IN]) as site:
        site.answer()
        shown: Shown = site.ask({"do": "pages"})  # type: ignore[assignment]
        saves = site.ask({"do": "saves", "editors": EDITORS})
    remove(folder)
    return shown, saves


def _pages(count: int, few: int, large: Shown, small: Shown) -> list[Row]:
    rows = []
    for name, cost in large.items():
        beside = small[name]["seconds"]
        rows.append(
            Row(
                f"admin {count:,}: {name}",
                f"{seconds(cost['seconds'])}, {cost['queries']:.0f} queries",
                f"{seconds(beside)} of {few:,}",
                cost["seconds"] / beside,
                at_scale(count, _GROWTH),
                least=False,
            )
        )
    most = max(cost["queries"] for cost in large.values())
    limit = at_scale(count, QUERIES)
    axis = f"admin {count:,}: most queries of a page"
    return [*rows, Row(axis, f"{most:.0f}", "-", most, limit, least=False)]


def _saves(count: int, saves: dict[str, float]) -> list[Row]:
    """Tell what a save costs while others save, and whether any text was lost."""
    axis = f"admin {count:,}: {EDITORS} editors saving at once"
    alone, together = saves["alone"], saves["together"]
    return [
        Row(
            f"{axis}, median",
            seconds(together),
            f"{seconds(alone)} alone",
            together / alone,
        ),
        Row(f"{axis}, slowest", seconds(saves["slowest"]), "-", saves["slowest"]),
        Row(
            f"{axis}, texts lost",
            f"{saves['lost']:.0f}",
            "-",
            saves["lost"],
            0,
            least=False,
        ),
    ]
