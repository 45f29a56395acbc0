"""Read the tree that names every file of an edition by hash.

Decides which directory objects are well-formed, lists what they name and how two trees
differ. `graft` writes them. Holds no storage: objects are asked for.

Source: spec/tree.md.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tamizdat.edition.errors import ObjectError, TreeError

DIRECTORY_ENTRIES = 128  # above this a directory becomes shards
NAME_BYTES = 6_400  # the same, of its names together: 128 lines stay under 16 KiB
DIRECTORY_BYTES = 16_384  # of one directory object, at most
PAGE_BYTES = 16_384  # of a page or part, at most
FILE_BYTES = 1 << 26  # of any file in a tree, at most
DEPTH = 24  # directories and shards above a file, at most

PLAIN = b"tamizdat-dir/1\n"  # first line of a directory object
SHARD = b"tamizdat-dir/1 shard\n"  # the same, of one split by hash
UNSTATED = -1  # size of a root: a statement names its hash alone

_HEX = frozenset("0123456789abcdef")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_LINE = re.compile(r"([fd]) (0|[1-9][0-9]{0,9}) ([0-9a-f]{64}) (\S+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A named object. `size`: bytes, or UNSTATED; `digest`: SHA-256 in hex."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory object. `kind`: f for a file, d for a directory."""

    kind: str
    target: Target
    name: str

    def line(self) -> str:
        """Write the line."""
        return f"{self.kind} {self.target.size} {self.target.digest} {self.name}\n"


@dataclass(frozen=True)
class Directory:
    """A parsed directory object. Entries are sorted by name bytes, unique."""

    shard: bool
    entries: tuple[Entry, ...]


Fetch = Callable[[Target, str], bytes]


def target_of(content: bytes) -> Target:
    """Measure and hash identity bytes."""
    return Target(len(content), hashlib.sha256(content).hexdigest())


def root_of(digest: str) -> Target:
    """Name the root directory object that a statement's `tree` names."""
    return Target(UNSTATED, digest)


def limit_of(target: Target) -> int:
    """Tell how many bytes of an object a reader takes at most."""
    return DIRECTORY_BYTES if target.size == UNSTATED else target.size


def check_object(content: bytes, target: Target, path: str) -> bytes:
    """Return the bytes if they are the ones named.

    Raises:
        ObjectError: another length or another hash.
    """
    found = hashlib.sha256(content).hexdigest()
    stated = target.size == len(content) or (
        target.size == UNSTATED and len(content) <= DIRECTORY_BYTES
    )
    if not stated or found != target.digest:
        raise ObjectError(path, target.digest, f"{found} ({len(content)} bytes)")
    return content


def shard_digit(name: str, depth: int) -> str:
    """Name the shard of an entry: one hex digit of SHA-256(name)."""
    return hashlib.sha256(name.encode()).hexdigest()[depth]


def parse_directory(content: bytes, path: str) -> Directory:
    """Read a directory object that `check_object` has passed.

    Raises:
        TreeError: not as spec/tree.md says.
    """
    shard = content.startswith(SHARD)
    head = SHARD if shard else PLAIN
    if not content.startswith(head) or not content.endswith(b"\n"):
        raise TreeError(f"{path}: not a tamizdat-dir/1 object")
    lines = content[len(head) : -1].decode("ascii", "replace").split("\n")
    entries = tuple(_entry(line, path) for line in lines)
    names = [entry.name for entry in entries]
    if names != sorted(set(names)):
        raise TreeError(f"{path}: names are not sorted and unique")
    if len(entries) > DIRECTORY_ENTRIES:
        raise TreeError(f"{path}: {len(entries)} entries, at most {DIRECTORY_ENTRIES}")
    if shard and any(e.kind != "d" or e.name not in _HEX for e in entries):
        raise TreeError(f"{path}: a shard names directories by one hex digit")
    return Directory(shard, entries)


def _entry(line: str, path: str) -> Entry:
    match = _LINE.fullmatch(line)
    if not match or not _NAME.fullmatch(match[4]):
        raise TreeError(f"{path}: expected `f|d size sha256 name`, found {line[:80]!r}")
    kind, size = match[1], int(match[2])
    most = FILE_BYTES if kind == "f" else DIRECTORY_BYTES
    if size > most:
        raise TreeError(f"{path}/{match[4]}: {size} bytes, at most {most}")
    return Entry(kind, Target(size, match[3]), match[4])


def walk(root: Target, fetch: Fetch, path: str = "") -> Iterator[tuple[str, Target]]:
    """List the files of a tree, sorted by path within each directory.

    Args:
        root: the directory object to start from.
        fetch: returns the checked bytes of a directory object; may raise.
        path: of this directory, "" at the top.

    Raises:
        TreeError: malformed, too deep, or an entry in the wrong shard.
    """
    for entry in sorted(entries_of(root, fetch, path, ""), key=lambda e: e.name):
        inner = f"{path}/{entry.name}".lstrip("/")
        if entry.kind == "f":
            yield inner, entry.target
        elif inner.count("/") >= DEPTH:
            raise TreeError(f"{inner}: deeper than {DEPTH} directories")
        else:
            yield from walk(entry.target, fetch, inner)


def entries_of(
    target: Target, fetch: Fetch, path: str, digits: str = ""
) -> Iterator[Entry]:
    """List the entries of a directory, whatever its shards.

    Args:
        target: the directory object, or the shard that `digits` lead to.
        fetch: returns the checked bytes of a directory object; may raise.
        path: of the directory, for messages.
        digits: of SHA-256(name), shared by every name below.
    """
    return _expand(open_directory(target, fetch, path), fetch, path, digits)


def open_directory(target: Target, fetch: Fetch, path: str) -> Directory:
    """Fetch and read one directory object."""
    return parse_directory(fetch(target, path or "/"), path or "/")


def _expand(
    directory: Directory, fetch: Fetch, path: str, digits: str
) -> Iterator[Entry]:
    """List the entries of a directory, opening its shards.

    Args:
        directory: parsed, at the shard that `digits` lead to.
        fetch: returns the checked bytes of a directory object.
        path: of the directory, for messages.
        digits: of SHA-256(name), shared by every name below.
    """
    if not directory.shard:
        for entry in directory.entries:
            if not hashlib.sha256(entry.name.encode()).hexdigest().startswith(digits):
                raise TreeError(f"{path}: {entry.name} is in the wrong shard")
            yield entry
        return
    _refuse_deep(path, digits)
    for shard in directory.entries:
        inner = open_directory(shard.target, fetch, path)
        yield from _expand(inner, fetch, path, digits + shard.name)


def _refuse_deep(path: str, digits: str) -> None:
    """Refuse a shard below 24 others."""
    if len(digits) >= DEPTH:
        raise TreeError(f"{path}: more than {DEPTH} levels of shards")


Change = tuple[str, Target | None, Target | None]


def changes(
    old: Target | None, new: Target | None, fetch: Fetch, path: str = ""
) -> Iterator[Change]:
    """List the files that differ between two trees; equal subtrees are not opened.

    Args:
        old: the directory object before, None where there was none.
        new: the directory object after, None where there is none.
        fetch: returns the checked bytes of a directory object; may raise.
        path: of the directory, "" at the top.

    Yields:
        Path, target before, target after; sorted by name within each directory.
    """
    if old == new:
        return
    before, after = _differing(old, new, fetch, (path, ""))
    for name in sorted(before.keys() | after.keys()):
        left, right = before.get(name), after.get(name)
        if left == right:
            continue
        inner = f"{path}/{name}".lstrip("/")
        below = _of(left, "d"), _of(right, "d")
        if any(below) and inner.count("/") >= DEPTH:
            raise TreeError(f"{inner}: deeper than {DEPTH} directories")
        yield from changes(*below, fetch, inner)
        if _of(left, "f") != _of(right, "f"):
            yield inner, _of(left, "f"), _of(right, "f")


def _of(entry: Entry | None, kind: str) -> Target | None:
    return entry.target if entry and entry.kind == kind else None


def _differing(
    old: Target | None, new: Target | None, fetch: Fetch, place: tuple[str, str]
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """List the entries of two directories, leaving out shards that are equal.

    Args:
        old: the directory or shard before.
        new: the same after.
        fetch: returns the checked bytes of a directory object.
        place: path of the directory, and the digits that lead to the shard.
    """
    path, digits = place
    before = open_directory(old, fetch, path) if old else None
    after = open_directory(new, fetch, path) if new else None
    if not (before and after and before.shard and after.shard):
        return _named(before, fetch, place), _named(after, fetch, place)
    _refuse_deep(path, digits)
    found: tuple[dict[str, Entry], dict[str, Entry]] = ({}, {})
    left = {entry.name: entry.target for entry in before.entries}
    right = {entry.name: entry.target for entry in after.entries}
    for digit in sorted(left.keys() | right.keys()):
        if left.get(digit) != right.get(digit):
            inner = (path, digits + digit)
            pair = _differing(left.get(digit), right.get(digit), fetch, inner)
            found[0].update(pair[0])
            found[1].update(pair[1])
    return found


def _named(
    directory: Directory | None, fetch: Fetch, place: tuple[str, str]
) -> dict[str, Entry]:
    if directory is None:
        return {}
    return {entry.name: entry for entry in _expand(directory, fetch, *place)}


def find(root: Target, path: str, fetch: Fetch) -> Target | None:
    """Find one file by its path, opening only the directories on the way.

    Raises:
        TreeError: a directory on the way is malformed.
    """
    at, done = Entry("d", root, ""), ""
    for part in path.split("/"):
        if at.kind != "d":
            return None
        entry = _lookup(at.target, part, fetch, done)
        if entry is None:
            return None
        at, done = entry, f"{done}/{part}".lstrip("/")
    return at.target if at.kind == "f" else None


def _lookup(target: Target, name: str, fetch: Fetch, path: str) -> Entry | None:
    digits = ""
    while True:
        directory = open_directory(target, fetch, path)
        if directory.shard:
            _refuse_deep(path, digits)
            digits += shard_digit(name, len(digits))
        wanted = digits[-1] if directory.shard else name
        entry = next((e for e in directory.entries if e.name == wanted), None)
        if entry is None or not directory.shard:
            return entry
        target = entry.target
