"""Count seconds, bytes and files. The only module that starts programs.

Decides how a cost is taken: CPU seconds are user and system together, wall is a
monotonic clock, memory is the peak of one process.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

import click

ROOT = Path(__file__).resolve().parent.parent  # of the repository


class BenchError(Exception):
    """A program failed or is not there; the message says which and how."""


@dataclass(frozen=True)
class Cost:
    """What one run took. `cpu`, `wall`: seconds; `rss`: bytes at the peak."""

    cpu: float
    wall: float
    rss: int


@dataclass(frozen=True)
class Extent:
    """How much lies in a folder. `size`: bytes, each hard-linked file once."""

    files: int
    size: int


def say(text: str) -> None:
    """Tell the progress of long work."""
    click.echo(text, err=True)


def load() -> str:
    """Say how busy the machine is and how many processors it has."""
    one, five, _ = os.getloadavg()
    return f"load {one:.2f} ({five:.2f} over 5 min) on {os.cpu_count()} processors"


def program(name: str) -> Path | None:
    """Find a program beside this Python, or on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    return Path(found) if found else None


def weigh(argv: Sequence[object]) -> Cost:
    """Run a program to its end and say what it cost.

    Raises:
        BenchError: it failed; the message holds its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "cost.json"
        helper = Path(__file__).with_name("weigh.py")
        run([sys.executable, "-I", helper, report, *argv])
        return Cost(**json.loads(report.read_text("ascii")))


def run(argv: Sequence[object], *, feed: bytes | None = None) -> bytes:
    """Run a program to its end, from the root of the repository; return its output.

    Raises:
        BenchError: it failed; the message holds its last words.
    """
    words = [str(word) for word in argv]
    done = subprocess.run(  # noqa: S603
        words, input=feed, capture_output=True, cwd=ROOT, check=False
    )
    if done.returncode:
        last = (done.stderr or done.stdout).decode("utf-8", "replace")[-800:]
        raise BenchError(f"{' '.join(words)[:200]}: exit {done.returncode}: {last}")
    return done.stdout


def start(
    argv: Sequence[object], errors: IO[bytes], **environment: str
) -> subprocess.Popen[bytes]:
    """Start a program that answers on its standard output; the caller ends it."""
    words = [str(word) for word in argv]
    return subprocess.Popen(  # noqa: S603
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def middle(costs: Sequence[Cost]) -> Cost:
    """Take the median of each figure."""
    return Cost(
        cpu=median(c.cpu for c in costs),
        wall=median(c.wall for c in costs),
        rss=int(median(c.rss for c in costs)),
    )


def files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """List the files below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files(Path(entry.path))
            else:
                yield entry


def extent(folder: Path) -> Extent:
    """Count the files below a folder, and bytes by hard-linked file."""
    count, sizes = 0, {}
    for entry in files(folder):
        status = entry.stat(follow_symlinks=False)
        count += 1
        sizes[status.st_ino] = status.st_size
    return Extent(count, sum(sizes.values()))


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Note inode and time of change of every file: a rewritten one has others."""
    found = {}
    for entry in files(folder):
        status = entry.stat(follow_symlinks=False)
        found[os.path.relpath(entry.path, folder)] = (status.st_ino, status.st_mtime_ns)
    return found


def changed(
    before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]
) -> list[str]:
    """List the files that are new or were rewritten."""
    return sorted(path for path, stamp in after.items() if before.get(path) != stamp)


def gzipped(parts: Iterable[bytes]) -> int:
    """Add up the bytes of each part compressed by itself, level 9."""
    return sum(len(gzip.compress(part, 9, mtime=0)) for part in parts)


def link_tree(source: Path, target: Path) -> None:
    """Copy a folder as hard links; good for trees whose files are never written in."""
    remove(target)
    run(["cp", "-al", source, target])


def remove(folder: Path) -> None:
    """Remove a folder if it is there."""
    if folder.exists():
        run(["rm", "-rf", folder])
