"""What an update costs a mirror: 50 new and 20 edited stories.

Ours: a host that can only store files, sent what it lacks, each file compressed by
itself. The peers move the same pages of ours: rsync with times kept, and git as a thin
pack. Neither of them signs or proves anything.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import ours, stories
from .corpus import FRESH, Corpus
from .measure import (
    changed,
    gzipped,
    link_tree,
    program,
    remove,
    run,
    say,
    stamps,
    weigh,
)
from .table import Row, size

_EDITS = 20
_EMPTY = "-"


class _Update(NamedTuple):
    """Bytes that each way moves; None where the peer is not installed."""

    objects: int
    pack: int
    copies: int
    rest: int
    rsync: int | None
    git: int | None


def measure(corpus: Corpus, base: Path) -> list[Row]:
    """Update a copy of an archive once and count bytes; no clock is in it."""
    archive = corpus.folder / "archive-sync"
    before, after = corpus.folder / "pages-before", corpus.folder / "pages-after"
    say(f"sync {corpus.count}: updating")
    ours.copy_archive(base, archive)
    _pages(archive, before)
    objects, old = ours.objects(archive), stamps(archive)
    _update(corpus, archive)
    _pages(archive, after)
    new = ours.objects(archive) - objects
    written = ours.outside(changed(old, stamps(archive)))
    copies = [path for path in written if _is_page(path)]
    rest = [path for path in written if not _is_page(path)]
    update = _Update(
        objects=gzipped(ours.object_bytes(archive, digest) for digest in new),
        pack=gzipped(_new_parts(before, after)),
        copies=gzipped((archive / path).read_bytes() for path in copies),
        rest=gzipped((archive / path).read_bytes() for path in rest),
        rsync=_rsync(before, after),
        git=_git(corpus.folder / "pages.git", before, after),
    )
    for folder in (archive, before, after):
        remove(folder)
    counts = f"{len(new)} objects, {len(copies)} copies, {len(rest)} other files"
    say(f"sync {corpus.count}: {counts}")
    return _rows(corpus.count, update)


def _update(corpus: Corpus, archive: Path) -> None:
    """Edit and add stories, and publish the next editions."""
    now = ours.moment(1)
    fresh = range(corpus.count, corpus.count + FRESH)
    records = corpus.take([*corpus.pick(_EDITS), *fresh])
    edited = {
        i: stories.story_document(r, (now,))
        for i, r in records.items()
        if i < corpus.count
    }
    added = [stories.story_document(records[i]) for i in fresh]
    content = corpus.folder / "updated.jsonl"
    corpus.write_content(content, edited, added)
    weigh(ours.build_command(corpus, content, archive, now))
    content.unlink()


def _is_page(path: str) -> bool:
    head, _, name = path.partition("/")
    return path == "index.html" or (head in stories.SERVICES and name != "latest")


def _pages(archive: Path, out: Path) -> None:
    """Set the friendly pages apart, as a plain site that a peer would carry."""
    remove(out)
    out.mkdir()
    for service in stories.SERVICES:
        if (archive / service).exists():
            link_tree(archive / service, out / service)
            (out / service / "latest").unlink()


def _new_parts(before: Path, after: Path) -> Iterator[bytes]:
    """Read what a reader who keeps the packs of all services has to fetch."""
    held = {path.read_bytes() for path in before.glob("*/p/*.txt")}
    for path in after.glob("*/p/*.txt"):
        content = path.read_bytes()
        if content not in held:
            yield content


def _rsync(before: Path, after: Path) -> int | None:
    """Bring a copy of `before` to `after`; bytes both ways, the list of files too."""
    command = program("rsync")
    if command is None:
        say("skipped: rsync is not installed")
        return None
    mirror = before.with_name("pages-mirror")
    link_tree(before, mirror)
    options = ["-az", "--no-whole-file", "--delete", "--stats"]
    shown = run([command, *options, f"{after}/", f"{mirror}/"]).decode()
    remove(mirror)
    rows = [row.split(":") for row in shown.splitlines() if ":" in row]
    told = {row[0]: row[1].strip().split(" ")[0].replace(",", "") for row in rows}
    return int(told["Total bytes sent"]) + int(told["Total bytes received"])


def _git(store: Path, before: Path, after: Path) -> int | None:
    """Commit both trees and measure the thin pack from one to the other."""
    command = program("git")
    if command is None:
        say("skipped: git is not installed")
        return None
    remove(store)
    run([command, "init", "--quiet", "--bare", store])
    git: list[object] = [command, "--git-dir", store]
    old, new = _commit(git, before), _commit(git, after)
    pack = ["-c", "pack.compression=9", "pack-objects", "--quiet"]
    how = ["--thin", "--stdout", "--revs", "--window=50"]
    thin = run([*git, *pack, *how], feed=f"{new}\n^{old}\n".encode())
    remove(store)
    return len(thin)


def _commit(git: list[object], tree: Path) -> str:
    who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    plain = ["-c", "core.bare=false", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
    run([*git, *plain, "--work-tree", tree, "add", "--all"])
    run([*git, *who, *plain, "--work-tree", tree, "commit", "--quiet", "-m", "pages"])
    return run([*git, "rev-parse", "HEAD"]).decode().strip()


def _rows(count: int, update: _Update) -> list[Row]:
    at = f"sync {count:,}"
    whole = update.objects + update.rest
    rows = [
        Row(
            f"{at}: mirror, objects + log and latest, of objects alone",
            f"{size(update.objects)} + {size(update.rest)}",
            _EMPTY,
            whole / update.objects,
            1.05,
            least=False,
        )
    ]
    if update.rsync:
        rows += [
            _beside(f"{at}: objects + log, beside rsync", whole, update.rsync),
            _beside(
                f"{at}: friendly copies too, beside rsync",
                whole + update.copies,
                update.rsync,
            ),
        ]
    if update.git:
        rows.append(_beside(f"{at}: objects + log, beside git", whole, update.git))
        at = f"{at}: a reader's packs, beside git"
        rows.append(_beside(at, update.pack, update.git, 0.45))
    return rows


def _beside(axis: str, mine: int, theirs: int, goal: float | None = None) -> Row:
    return Row(axis, size(mine), size(theirs), mine / theirs, goal, least=False)
