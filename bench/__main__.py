"""Print ratios side by side: python -m bench [PART...] [COUNT...]."""

import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click

from . import (
    admin,
    build,
    edit,
    incoming,
    ours,
    pack,
    pictures,
    publish,
    sync,
    trust,
)
from .corpus import Corpus, prepare
from .measure import BenchError, load, remove, say
from .table import Row, render

_PARTS = (
    *("build", "edit", "sync", "pack", "publish", "admin", "incoming"),
    *("pictures", "trust"),
)
_UNCOUNTED = {"pictures", "trust"}  # are the same for any number of stories
_BUILT = {"build", "edit", "sync"}  # need an archive
_COUNTS = (10_000, 100_000)
_PAIRS = 3
_FEW = 1  # pairs of a large corpus, where one run of a peer takes minutes
_LARGE = 50_000  # stories


@click.command()
@click.argument("words", nargs=-1, metavar="[PART...] [COUNT...]")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("/tmp/tamizdat-bench"),  # noqa: S108 - corpora are public, and kept
    show_default=True,
    help="Where corpora are kept and everything is built.",
)
@click.option("--pairs", type=click.IntRange(1), help="Runs of each side.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(
    words: tuple[str, ...], work: Path, pairs: int | None, *, as_json: bool
) -> None:
    """Measure our parts beside their peers, alternated, and print medians.

    PART is build, edit, sync, pack, publish, admin, incoming, pictures or trust, all by
    default; COUNT is a number of stories, 10000 and 100000 by default. Progress goes
    to standard error.

    Example: python -m bench build edit 10000 --pairs 5
    """
    parts, counts = _read(words)
    begun = load()
    try:
        rows = _run(parts, counts, work.resolve(), pairs)
    except BenchError as error:
        raise click.ClickException(str(error)) from error
    _show(rows, [f"before: {begun}", f"after: {load()}"], as_json=as_json)


def _read(words: tuple[str, ...]) -> tuple[list[str], list[int]]:
    counts = sorted({int(word) for word in words if word.isdecimal()})
    parts = [word for word in words if not word.isdecimal()]
    unknown = set(parts) - set(_PARTS)
    if unknown or 0 in counts:
        expected = f"expected {', '.join(_PARTS)} or a number of stories"
        raise click.UsageError(f"{', '.join(sorted(unknown)) or 0}: {expected}")
    return parts or list(_PARTS), counts or list(_COUNTS)


def _run(
    parts: list[str], counts: list[int], work: Path, pairs: int | None
) -> list[Row]:
    rows: list[Row] = []
    costs: list[edit.Costs] = []
    for count in counts if set(parts) - _UNCOUNTED else []:
        corpus = prepare(work, count)
        often = pairs or (_FEW if count >= _LARGE else _PAIRS)
        say(f"{count} stories: {load()}")
        archive = corpus.folder / "archive"
        if "build" in parts:
            rows += build.measure(corpus, often, archive)
        elif _BUILT & set(parts):
            ours.build(corpus, archive)
        if "edit" in parts:
            found, price = edit.measure(corpus, often, archive)
            rows += found
            costs.append(price)
        if "sync" in parts:
            rows += sync.measure(corpus, archive)
        remove(archive)
        rows += _without_archive(parts, corpus, often)
    if len(costs) > 1:
        rows += edit.growth(costs[0], costs[-1])
    return rows + _uncounted(parts, work, pairs)


def _uncounted(parts: list[str], work: Path, pairs: int | None) -> list[Row]:
    rows: list[Row] = []
    if "pictures" in parts:
        rows += pictures.measure(work, pairs or _PAIRS)
    return rows + (trust.measure() if "trust" in parts else [])


def _without_archive(parts: list[str], corpus: Corpus, often: int) -> list[Row]:
    """Measure what makes whatever it needs by itself."""
    rows: list[Row] = []
    if "pack" in parts:
        rows += pack.measure(corpus)
    if "publish" in parts:
        rows += publish.measure(corpus)
    if "admin" in parts:
        rows += admin.measure(corpus)
    if "incoming" in parts:
        rows += incoming.measure(corpus, often)
    return rows


def _show(rows: list[Row], notes: list[str], *, as_json: bool) -> None:
    if as_json:
        when = datetime.now(UTC).isoformat(timespec="seconds")
        whole = {"time": when, "notes": notes, "rows": [r.as_json() for r in rows]}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    click.echo(render(rows))
    click.echo("; ".join(notes))


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)  # unwinds, so that servers started here are ended


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    main()
