"""Write what an edition published: the lines of `releases/`.

Decides how releases of an article are chained, so that a silent edit can be proved.

Source: spec/releases.md.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition.errors import StatementError, TreeError
from tamizdat.edition.record import commitment
from tamizdat.edition.statement import read_time, write_time
from tamizdat.edition.stories import RELEASE_KINDS, Story

PART_LINES = 80  # of one part of releases/, at most
PART_BYTES = 16_384  # the same, in bytes

_HEAD = b"tamizdat-releases/1\n"
_LINE = re.compile(
    rf"([a-z0-9][a-z0-9-]{{0,59}}) ([1-9][0-9]{{0,6}}) ({'|'.join(RELEASE_KINDS)})"
    r" ([0-9TZ:-]{20}) (-|[0-9a-f]{64}) (-|[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Head:
    """The newest printed release of one article.

    Attributes:
        number: of the release.
        line: SHA-256 of its line in `releases/`, hex.
    """

    number: int
    line: str


@dataclass(frozen=True)
class Line:
    """One line of `releases/`.

    Attributes:
        article: id of the story.
        number: of the release, from 1.
        kind: one of RELEASE_KINDS.
        time: UTC, whole seconds.
        digest: SHA-256 of the line with its line feed, hex.
        previous: the same of this article's line before, None for the first.
    """

    article: str
    number: int
    kind: str
    time: datetime
    digest: str
    previous: str | None


def new_lines(story: Story, head: Head | None) -> list[str]:
    """Write the lines of the releases not printed before, oldest first.

    A release that a newer one replaced before any edition carried it has no text to
    commit to; its commitment is `-`.

    Raises:
        TreeError: the ledger is shorter than what was printed.
    """
    printed = head.number if head else 0
    if len(story.releases) < printed:
        raise TreeError(
            f"{story.service}/{story.id}: release {printed} is printed, the ledger"
            f" ends at {len(story.releases)}"
        )
    previous, lines = head.line if head else "-", []
    for release in story.releases[printed:]:
        text = commitment(story) if release is story.release else "-"
        lines.append(
            f"{story.id} {release.number} {release.kind}"
            f" {write_time(release.time)} {text} {previous}\n"
        )
        previous = line_hash(lines[-1])
    return lines


def line_hash(line: str) -> str:
    """Hash a release line with its line feed: hex."""
    return hashlib.sha256(line.encode()).hexdigest()


def parts(lines: Iterable[str]) -> Mapping[str, bytes]:
    """Pack release lines in any order into numbered parts.

    Returns:
        As `packed`, by path.
    """
    return dict(packed(sorted(lines, key=_order)))


def packed(lines: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Pack release lines into numbered parts, one at a time.

    Args:
        lines: sorted by article and number.

    Yields:
        Path below the service's tree, "releases/1", and at most 80 lines or 16 KiB.
    """
    number, part = 1, [_HEAD]
    size = len(_HEAD)
    for line in (line.encode() for line in lines):
        if size + len(line) > PART_BYTES or len(part) > PART_LINES:
            yield f"releases/{number}", b"".join(part)
            number, part, size = number + 1, [_HEAD], len(_HEAD)
        part.append(line)
        size += len(line)
    if len(part) > 1:
        yield f"releases/{number}", b"".join(part)


def _order(line: str) -> tuple[str, int]:
    article, number, _ = line.split(" ", 2)
    return article, int(number)


def read_part(content: bytes, path: str) -> list[tuple[str, Head]]:
    """Read one part of `releases/`: for each line its article and new head.

    Raises:
        TreeError: not as spec/releases.md says.
    """
    lines = read_lines(content, path)
    return [(line.article, Head(line.number, line.digest)) for line in lines]


def read_lines(content: bytes, path: str) -> list[Line]:
    """Read one part of `releases/` whole, in the order of its lines.

    Raises:
        TreeError: not as spec/releases.md says.
    """
    if not content.startswith(_HEAD) or not content.endswith(b"\n"):
        raise TreeError(f"{path}: not a tamizdat-releases/1 part")
    rows = content[len(_HEAD) : -1].decode("utf-8", "replace").split("\n")
    if len(rows) > PART_LINES or len(content) > PART_BYTES:
        raise TreeError(f"{path}: more than {PART_LINES} lines or {PART_BYTES} bytes")
    lines = [_line(row, path) for row in rows]
    order = [(line.article, line.number) for line in lines]
    if order != sorted(set(order)):
        raise TreeError(
            f"{path}: lines are not sorted by article and number, once each"
        )
    return lines


def _line(row: str, path: str) -> Line:
    match = _LINE.fullmatch(row)
    if not match:
        raise TreeError(f"{path}: expected a release line, found {row[:60]!r}")
    try:
        time = read_time(match[4])
    except StatementError as error:
        raise TreeError(f"{path}: {error}") from error
    previous = None if match[6] == "-" else match[6]
    digest = line_hash(f"{row}\n")
    return Line(match[1], int(match[2]), match[3], time, digest, previous)


def break_of(line: Line, head: Head | None, *, whole: bool = True) -> str:
    """Say how a line breaks the chain of its article, or "".

    Args:
        line: the one that comes next.
        head: the article's line before; number 0 if it has none, None if that is
            not known.
        whole: every edition in between was read, so that no line was missed.
    """
    if head is None:
        first, number = line.previous is None, line.number
        if first == (number == 1):
            return ""
        return f"release {number} names {'no' if first else 'a'} line before it"
    if line.number <= head.number:
        return f"release {line.number} is repeated"
    if line.number > head.number + 1:
        return _skipped(head.number + 1, line.number - 1) if whole else ""
    if line.previous != (head.line or None):
        return f"release {line.number} names another line before it than the one there"
    return ""


def _skipped(first: int, last: int) -> str:
    one = first == last
    found = f"release {first} is" if one else f"releases {first} to {last} are"
    return f"{found} skipped"
