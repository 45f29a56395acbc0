"""Find what is new in a content file without reading what is not.

A file whose stamp is the one remembered is not opened. In any other the stretches that
are remembered are looked for by their digests, wherever they stand now; the lines in
between are left to the caller. Decides nothing about documents.

A stamp is trusted as git trusts one: only if the file had been left alone for a while
when it was read, for a file system counts time in ticks, and a change within a tick
leaves no trace. The time of the inode's last change (ctime), which no program can set,
is part of it. What remains: a program that goes on writing through a memory map, and a
clock that is set back.

Source: git, Documentation/technical/racy-git.txt.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from tamizdat.edition.documents import DOCUMENT_BYTES
from tamizdat.press.errors import ContentError
from tamizdat.press.recall import Remembered, Stamp, Stretch
from tamizdat.press.stock import DIGEST_BYTES

STRETCH_BYTES = 1 << 20  # some 200 stories: soon read, and few to remember
SETTLED = 2_000_000_000  # ns without a change; FAT counts time in steps as long
SERVICE_MARK, FRONT_MARK = b'"tamizdat-service/1"', b'"tamizdat-front/1"'

_BUFFER = 1 << 18  # bytes; a system call for some 50 stories


@dataclass(frozen=True)
class Span:
    """A run of whole lines. `offset`, `size`: bytes; `first`: number of a line."""

    offset: int
    size: int
    first: int


@dataclass(frozen=True)
class Standing(Span):
    """A remembered stretch, where it stands now."""

    stretch: Stretch


class Part:
    """One file of a content beside what is remembered of it.

    Attributes:
        spans: all of the file, in order; what is not a `Standing` is new.
        others: lines that may be documents other than stories, with their places.
        stamp: None if it proves nothing.
        empty: no line of it was read, and none is remembered.
    """

    def __init__(self, path: Path, before: Remembered | None, now: int) -> None:
        """Compare a file with what is remembered of it.

        Args:
            path: of the file.
            before: what is remembered.
            now: ns, of the clock that stamps files.

        Raises:
            ContentError: it cannot be read.
        """
        self.path = path
        self.others: list[tuple[str, bytes]] = []
        self.empty = True
        self._buffer = bytearray()
        stretches = before.stretches if before else []
        try:
            self._found = stamp_of(path)
            settled = self._found[2] + SETTLED < now
            self.stamp: Stamp | None = self._found if settled else None
            if before and before.stamp == self._found:
                self.stamp = before.stamp
                self.spans: list[Span] = [*_in_a_row(stretches)]
                for span in _in_a_row(stretches):
                    self._recall_others(span)
            else:
                self.spans = [*_joined(self._compare(stretches))]
        except OSError as error:
            raise ContentError(f"{path}: {error.strerror}") from error

    def lines(self, span: Span) -> Iterator[tuple[str, bytes]]:
        """Read the lines of a span with their places, empty ones too.

        Of a line too long for a document only the beginning is given.

        Raises:
            ContentError: it cannot be read.
        """
        number, left = span.first, span.size
        try:
            with self.path.open("rb", _BUFFER) as file:
                file.seek(span.offset)
                while left > 0:
                    line, size = _read_line(file)
                    if not size:
                        break  # cut short since; `check` says so
                    yield self._place(number), line
                    number, left = number + 1, left - size
        except OSError as error:
            raise ContentError(f"{self.path}: {error.strerror}") from error

    def check(self) -> None:
        """Check that the file is still the one that was compared.

        Raises:
            ContentError: it was changed meanwhile.
        """
        try:
            same = stamp_of(self.path) == self._found
        except OSError as error:
            raise ContentError(f"{self.path}: {error.strerror}") from error
        if not same:
            raise ContentError(f"{self.path}: changed while it was read")

    def _place(self, number: int) -> str:
        return f"{self.path.name} line {number}"

    def _compare(self, before: list[Stretch]) -> Iterator[Span]:
        """Look for stretches in one pass; give them and, each by itself, other lines.

        After a stretch the one that followed it is tried; where that does not stand,
        lines are read until one begins a stretch. None is tried three times, and none
        that stood is tried again.
        """
        heads = {stretch.head: stretch for stretch in before}
        follows = dict(pairwise(before))
        likely = before[0] if before else None
        offset, number = 0, 1
        with self.path.open("rb", _BUFFER) as file:
            while True:
                if likely is None or not self._stands(file, offset, likely):
                    line, size = _read_line(file)
                    if not size:
                        return
                    likely = heads.pop(digest_of(line).hex(), None) if heads else None
                    if likely is None or not self._stands(file, offset, likely):
                        self._note(number, line)
                        yield Span(offset, size, number)
                        offset, number, likely = offset + size, number + 1, None
                        continue
                heads.pop(likely.head, None)
                standing = Standing(offset, likely.size, number, likely)
                self._recall_others(standing)  # it may yet be joined to what is new
                yield standing
                offset, number = offset + likely.size, number + likely.lines
                likely = follows.get(likely)
                likely = likely if likely and likely.head in heads else None

    def _stands(self, file: BinaryIO, offset: int, stretch: Stretch) -> bool:
        """Tell whether a stretch stands at an offset; if not, the file is as before.

        Bytes are read into one buffer and not mapped: a file cut short while it is
        mapped kills the process.
        """
        end = offset + stretch.size
        if end > self._found[0]:
            return False
        if len(self._buffer) < stretch.size:
            self._buffer = bytearray(stretch.size)
        back = file.tell()
        file.seek(offset)
        with memoryview(self._buffer)[: stretch.size] as content:
            whole = file.readinto(content) == stretch.size  # type: ignore[attr-defined]
            ends = end == self._found[0] or content[-1] == ord("\n")
            same = hashlib.sha256(content).hexdigest() == stretch.digest
        if whole and ends and same:
            return True
        file.seek(back)
        return False

    def _note(self, number: int, line: bytes) -> None:
        self.empty = self.empty and not line.strip()
        if is_other(line):
            self.others.append((self._place(number), line))

    def _recall_others(self, span: Standing) -> None:
        self.empty = False
        if span.stretch.others:
            self.others += [row for row in self.lines(span) if is_other(row[1])]


class Cutter:
    """Cut the lines of a span into stretches of about one size."""

    def __init__(self, span: Span) -> None:
        pieces = max(1, round(span.size / STRETCH_BYTES))
        self._most = span.size / pieces
        self._begin()

    def _begin(self) -> None:
        self.stories: list[tuple[str, str]] = []  # digests in hex, and names
        self._hash = hashlib.sha256()
        self._size, self.lines, self._others, self._head = 0, 0, False, ""

    def add(self, line: bytes, digest: bytes, story: str | None) -> bool:
        """Add a line; tell whether a stretch is full."""
        if not self.lines:
            self._head = digest.hex()
        if story is not None:
            self.stories.append((digest.hex(), story))
        self._hash.update(line)
        self._size += len(line)
        self.lines += 1
        self._others = self._others or is_other(line)
        return self._size >= self._most

    def cut(self, number: int) -> Stretch:
        """Make a stretch of what was added, and begin anew. `number`: its id."""
        stretch = Stretch(
            id=number,
            size=self._size,
            lines=self.lines,
            others=self._others,
            head=self._head,
            digest=self._hash.hexdigest(),
        )
        self._begin()
        return stretch


def stamp_of(path: Path) -> Stamp:
    """Tell size, times in ns of change and of the inode's change, and inode."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest_of(line: bytes) -> bytes:
    """Digest a document as it stands in its line."""
    return hashlib.sha256(line.strip()).digest()[:DIGEST_BYTES]


def is_other(line: bytes) -> bool:
    """Tell whether a line may be a service or front document; a story may quote one."""
    return SERVICE_MARK in line or FRONT_MARK in line


def _read_line(file: BinaryIO) -> tuple[bytes, int]:
    """Read a line, of one too long for a document the beginning, and tell its bytes."""
    line = file.readline(DOCUMENT_BYTES + 2)
    size, end = len(line), line
    while len(line) > DOCUMENT_BYTES and not end.endswith(b"\n"):
        end = file.readline(DOCUMENT_BYTES)
        if not end:
            break
        size += len(end)
    return line, size


def _in_a_row(stretches: list[Stretch]) -> Iterator[Standing]:
    offset, number = 0, 1
    for stretch in stretches:
        yield Standing(offset, stretch.size, number, stretch)
        offset, number = offset + stretch.size, number + stretch.lines


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Join what is new, small neighbours with it, or many edits would leave crumbs."""
    last = None
    for span in spans:
        if last is not None and _belong(last, span):
            last = Span(last.offset, last.size + span.size, last.first)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _belong(one: Span, other: Span) -> bool:
    standing = isinstance(one, Standing) + isinstance(other, Standing)
    small = one.size + other.size <= STRETCH_BYTES
    return standing == 0 or (standing == 1 and small)
